"""Several rows of one reference are one complaint, as far as they do not contradict each other.

Rows that say the same, or of which each says what the others leave blank, are joined. Where each
has its own request, made after the one before was answered or ended, they are its episodes. An
exact copy counts once. Two days for one event are a contradiction: the complaint is checked in
part, with either day possible.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import pairwise

import numpy as np
import polars as pl
from msgspec import Struct
from msgspec.structs import replace

from timeliness.judge.milestones import ordinals
from timeliness.judge.received import received_after
from timeliness.judge.statements.claimed import ClaimColumn
from timeliness.model.dates import When
from timeliness.model.errors import Mistake
from timeliness.model.plain import on_or_between
from timeliness.model.timelines import Event, Timeline
from timeliness.model.vocabulary import ENDING, STAGE_RESPONSES, STAGE_TRIGGERS, Kind, Vocabulary
from timeliness.tables.complaints import Complaints, Place
from timeliness.tables.landlords import is_extension
from timeliness.tables.recorded import is_asked_for, lacking_again
from timeliness.tables.same_event import each_once, either
from timeliness.tables.spelt import with_alike_named
from timeliness.tables.unstarted import without_unstarted


def joined(tables: Sequence[Complaints], vocabulary: Vocabulary) -> list[Complaints]:
    """Return the complaints of the tables of a run with the rows of each reference joined to one.

    It stands where the first of its rows does. References that only look alike are named. A row in
    which nothing starts a clock is rejected where there is no other to join it to.
    """
    groups = _repeated(tables)
    if any(table.unstarted for table in tables):
        tables = without_unstarted(tables, groups)
        groups = _repeated(tables)
    found = {places[0]: _Joined.of(tables, places, vocabulary) for places in groups}
    gone = {place for places in groups for place in places[1:]}
    moved = _moved_claims(tables, groups, found)
    together = [
        _with_joined(
            replace(table, claims=[*table.claims, *moved.get(number, ())]),
            {row: one for (at, row), one in found.items() if at == number},
            {row for at, row in gone if at == number},
            [line for one in found.values() for at, line in one.copies if at == number],
        )
        for number, table in enumerate(tables)
    ]
    return with_alike_named(together)


def _moved_claims(
    tables: Sequence[Complaints], groups: Sequence[Sequence[Place]], found: Mapping[Place, _Joined]
) -> dict[int, list[ClaimColumn]]:
    """Return the claims of rows that are joined to others, under those others, table by table.

    An exact copy claims nothing of its own.
    """
    moved: dict[int, list[ClaimColumn]] = {}
    for (head, row), *others in groups if any(table.claims for table in tables) else ():
        for number, other in others:
            table = tables[number]
            if (number, int(table.lines[other])) in found[head, row].copies:
                continue
            for claims in table.claims:
                own = claims.of_row(other)
                if len(own.rows):
                    moved.setdefault(head, []).append(
                        replace(own, rows=np.full_like(own.rows, row))
                    )
    return {head: _in_order(several) for head, several in moved.items()}


def _in_order(claims: Sequence[ClaimColumn]) -> list[ClaimColumn]:
    """Return claims with those of one column of a file as one, in the order of their rows."""
    alike: dict[tuple[str, str, str, str], list[ClaimColumn]] = {}
    for one in claims:
        alike.setdefault((one.path, one.header, one.event, one.kind), []).append(one)
    found = []
    for several in alike.values():
        whole = replace(
            several[0],
            rows=np.concatenate([one.rows for one in several]),
            lines=np.concatenate([one.lines for one in several]),
            values=np.concatenate([one.values for one in several]),
            done=np.concatenate([one.done for one in several]),
        )
        found.append(whole.entries(np.argsort(whole.rows, kind="stable")))
    return found


def _with_joined(
    table: Complaints, found: Mapping[int, _Joined], gone: set[int], copies: Sequence[int]
) -> Complaints:
    """Return a table with some of its complaints joined, and without the rows that others hold."""
    if not found and not gone:
        return table
    kept = [row for row in range(table.size) if row not in gone]
    own = {place: found[row] for place, row in enumerate(kept) if row in found}
    table = table.take(np.array(kept, dtype=np.int64))
    alone = table.timeline
    objects, to_come, carried = table.objects.copy(), table.to_come.copy(), dict(table.carried)
    for place, one in own.items():
        day = one.timeline.as_at
        assert day
        objects[place] = True
        to_come[place] = received_after(one.timeline, day) is not None
        for name in carried:
            carried[name][place] = one.carried.get(name, "")
    return replace(
        table,
        objects=objects,
        to_come=to_come,
        carried=carried,
        problems={
            **table.problems,
            **{place: one.problems for place, one in own.items() if one.problems},
        },
        notes=(*table.notes, *_summed(copies, table.unit)),
        timeline=lambda place: own[place].timeline if place in own else alone(place),
        joined={place: one.places for place, one in own.items()},
    )


def _repeated(tables: Sequence[Complaints]) -> list[list[Place]]:
    """Return the places of each reference of one landlord that stands in several rows."""
    if not tables:
        return []
    # Almost always all differ, and then so do their hashes.
    hashes = pl.concat([table.references.hash() for table in tables])
    if hashes.n_unique() == len(hashes):
        return []
    frame = pl.concat(
        pl.DataFrame(
            {
                "reference": table.references,
                "landlord": pl.Series(table.landlords.texts, dtype=pl.String).gather(
                    pl.Series(table.landlords.codes, dtype=pl.UInt32)
                ),
                "table": pl.Series([number] * table.size, dtype=pl.Int64),
                "row": pl.Series(range(table.size), dtype=pl.Int64),
            }
        )
        for number, table in enumerate(tables)
    )
    frame = frame.filter(pl.struct("reference", "landlord").is_duplicated())
    groups = frame.group_by("reference", "landlord", maintain_order=True).agg("table", "row")
    return [
        list(zip(numbers, rows, strict=True))
        for numbers, rows in zip(groups["table"].to_list(), groups["row"].to_list(), strict=True)
    ]


def _summed(copies: Sequence[int], unit: str) -> Iterator[str]:
    if len(copies) == 1:
        yield f"{unit} {copies[0]} is an exact copy of another and was counted once"
    elif copies:
        shown = ", ".join(map(str, sorted(copies)[:10]))
        more = f" and {len(copies) - 10} more" if len(copies) > 10 else ""
        yield f"{unit}s {shown}{more} are exact copies of others and were counted once"


class _Joined(Struct, frozen=True):
    """What the rows of one reference come to.

    `places` are the file and line of each of them, `copies` the table and line of those that say
    no more than another.
    """

    timeline: Timeline
    places: tuple[tuple[str, int], ...]
    problems: tuple[Mistake, ...]
    copies: tuple[tuple[int, int], ...]
    carried: Mapping[str, str]

    @classmethod
    def of(
        cls, tables: Sequence[Complaints], places: Sequence[Place], vocabulary: Vocabulary
    ) -> _Joined:
        distinct: list[Timeline] = []
        problems: list[Mistake] = []
        copies, seen, lines = [], [], []
        carried: dict[str, str] = {}
        for number, row in places:
            table = tables[number]
            timeline, own = table.timeline(row), table.carried_of(row)
            lines += [(timeline.path, line) for _, line in table.places_of(row)]
            problems += table.problems.get(row, ())
            carried = {**own, **{name: text for name, text in carried.items() if text.strip()}}
            claimed = [one.of_row(row).values.tolist() for one in table.claims]
            content = _content(timeline), own, claimed
            if content in seen:
                copies.append((number, timeline.line))
                continue
            seen.append(content)
            distinct.append(timeline)
        merged, contrary = _merged(distinct, vocabulary)
        problems += [*_unlike(distinct), *contrary]
        return cls(merged, tuple(lines), tuple(problems), tuple(copies), carried)


def _content(timeline: Timeline) -> object:
    """Return what a row says, wherever it stands."""
    events = tuple(replace(event, line=0) for event in timeline.events)
    return events, timeline.policy, timeline.codes, timeline.nation, timeline.as_at


def _unlike(rows: Sequence[Timeline]) -> Iterator[Mistake]:
    """Return the rows that say another policy, Code, nation or day than the first."""
    first, *others = rows
    for row in others:
        for name, own, counts in (
            ("policy", row.policy, first.policy),
            ("code", ", ".join(row.codes), ", ".join(first.codes)),
            ("nation", row.nation, first.nation),
            ("as-at", row.as_at, first.as_at),
        ):
            if own != counts:
                yield Mistake(
                    row.path,
                    row.line,
                    f'the {name} is "{own}" here and "{counts}" at '
                    f"{first.path}:{first.line} of the same complaint, which counts",
                    reference=row.complaint,
                )


def _merged(rows: Sequence[Timeline], vocabulary: Vocabulary) -> tuple[Timeline, list[Mistake]]:
    """Return one timeline of several rows, and where they contradict each other."""
    first = rows[0]
    dated = [(row, event) for row in rows for event in row.events if event.when]
    held = {event.name for _, event in dated}
    absent: dict[str, Event] = {}
    for row in rows:
        for event in row.events:
            if not event.when and event.name not in held:
                absent.setdefault(event.name, event)
    for name in sorted(lacking_again(each_once(dated))):
        kind = vocabulary.find(name)
        if kind and is_asked_for(kind) and _all_speak_of(kind, rows, vocabulary):
            absent[name] = Event(name, None, "absent", first.line)
    names = {
        name
        for name in held
        if _is_once(name, vocabulary)
        and len({event.when for _, event in dated if event.name == name}) > 1
    }
    said = list(dated)
    mistakes: list[Mistake] = []
    if names and not _are_episodes(rows, names, vocabulary):
        for name in sorted(names):
            own = [one for one in dated if one[1].name == name]
            mistakes += _contrary(own)
            place = said.index(own[0])
            said[place] = own[0][0], either([event for _, event in own])
            said = [one for at, one in enumerate(said) if at == place or one[1].name != name]
    return replace(first, events=(*each_once(said), *absent.values())), mistakes


def _all_speak_of(kind: Kind, rows: Sequence[Timeline], vocabulary: Vocabulary) -> bool:
    """Whether each row that is of the stage of an event says of that whether it was done.

    In one of a file without such a column it is not recorded.
    """
    of_stage = {one.name for one in vocabulary.kinds if one.stage == kind.stage}
    own = [row for row in rows if not kind.stage or _has(row, of_stage)]
    return all(row.named(kind.name) for row in own)


def _is_once(name: str, vocabulary: Vocabulary) -> bool:
    """Whether an event happens once in an episode: not an extension, an update or a contact."""
    kind = vocabulary.find(name)
    return bool(kind and ((kind.stage and not is_extension(kind)) or kind.ends))


def _are_episodes(rows: Sequence[Timeline], names: set[str], vocabulary: Vocabulary) -> bool:
    """Whether rows that differ are each of a request of their own, made after the one before.

    Of each stage, every row that differs has its own request, and the row before it an answer or
    an end on or before that day. An end belongs to the request of its row, of whatever stage.
    """
    kinds = [kind for name in names if (kind := vocabulary.find(name))]
    for stage in {kind.stage for kind in kinds if kind.stage}:
        own = {kind.name for kind in kinds if kind.stage == stage}
        if not _follow(stage, [row for row in rows if _has(row, own)]):
            return False
    for kind in kinds:
        if not kind.stage:
            asked = [_requests(row, kind.ends) for row in rows if _has(row, {kind.name})]
            if not all(asked) or len(set(asked)) < len(asked):
                return False
    return True


def _requests(row: Timeline, stages: Collection[int]) -> frozenset[tuple[str, When]]:
    """Return the requests of some stages that a row has, with their dates."""
    names = {STAGE_TRIGGERS[stage] for stage in stages}
    return frozenset((one.name, one.when) for one in row.events if one.when and one.name in names)


def _has(row: Timeline, names: set[str]) -> bool:
    """Whether any event of some names is dated in a row."""
    return any(event.when and event.name in names for event in row.events)


def _follow(stage: int, rows: Sequence[Timeline]) -> bool:
    """Whether each row has a request of a stage, and the one before was over by then."""
    trigger = STAGE_TRIGGERS[stage]
    ends = {STAGE_RESPONSES[stage], *(kind.name for kind in ENDING if stage in kind.ends)}
    begun = []
    for row in rows:
        starts = [ordinals(event.when) for event in row.named(trigger) if event.when]
        over = [
            ordinals(event.when)[1] for event in row.events if event.when and event.name in ends
        ]
        if not starts:
            return False
        begun.append((starts[0], min(over, default=None)))
    begun.sort(key=lambda one: one[0])
    return all(
        over_by is not None and over_by <= start[0] for (_, over_by), (start, _) in pairwise(begun)
    )


def _contrary(said: Sequence[tuple[Timeline, Event]]) -> Iterator[Mistake]:
    """Return for each row that gives another day than the first what both say."""
    (first, own), *others = said
    for row, other in others:
        if other.when != own.when:
            yield Mistake(
                row.path,
                row.line,
                f"{other.name} is {_day(other)} here and {_day(own)} at {first.path}:{first.line} "
                "of the same complaint, so both days were taken as possible; correct one of them",
                reference=row.complaint,
            )


def _day(event: Event) -> str:
    assert event.when
    return on_or_between(event.when.span)
