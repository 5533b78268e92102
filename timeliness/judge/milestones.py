"""From a complaint's events to the columns that the clocks read.

The first event that fits counts. An event that is not on the record did not happen where the
record is complete, and is unknown where it is partial or where the act is internal to the landlord.
A request whose own record is missing is no later than the first event of its stage.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from timeliness.judge.columns import Bounds, Column, EndColumn, ExtensionColumn, State, Table
from timeliness.model.calendars import DAY, FAR_FUTURE, FAR_PAST, Days
from timeliness.model.dates import When
from timeliness.model.timelines import Event, Timeline
from timeliness.model.vocabulary import REQUESTED, STAGE_TRIGGERS, Kind, Vocabulary


@dataclass(frozen=True)
class Milestone:
    """The first occurrence of one event: its days as ordinals, its state and its minute."""

    earliest: int
    latest: int
    state: State
    minute: int = -1


@dataclass(frozen=True)
class Extended:
    """One extension: the days on which it was told, the new date, and what is recorded of it."""

    earliest: int
    latest: int
    until_earliest: int
    until_latest: int
    attributes: Mapping[str, bool]


@dataclass(frozen=True)
class Milestones:
    """What the clocks need of one complaint, as of one day."""

    as_at: int
    events: Mapping[str, Milestone]
    extensions: Mapping[str, Sequence[Extended]]
    ends: Mapping[int, tuple[int, int]]
    closed: Mapping[int, tuple[int, int]]
    later: tuple[Event, ...]
    """Events dated after the as-at date: they count as not yet done."""


def milestones(timeline: Timeline, as_at: date, vocabulary: Vocabulary) -> Milestones:
    """Return the milestones of a complaint as of a day."""
    day = as_at.toordinal()
    later = tuple(event for event in timeline.events if _bounds(event)[0] > day)
    known = [event for event in timeline.events if event not in later]
    # What first happened after the as-at date had not happened by then.
    not_yet = {name for event in later if event.evidence == "seen" for name in counts_as(event)}
    found = {
        kind.name: _first(timeline.record, kind, known, day, not_yet=kind.name in not_yet)
        for kind in vocabulary.kinds
    }
    for stage in sorted(STAGE_TRIGGERS):
        found[STAGE_TRIGGERS[stage]] = _infer(stage, found, vocabulary)
    hard, closed = _ends(known, vocabulary, found, day)
    return Milestones(
        day,
        found,
        {
            kind.name: [_extended(event, day) for event in _in_order(known, kind.name)]
            for kind in vocabulary.kinds
            if any(key.name == "until" for key in kind.keys)
        },
        hard,
        closed,
        later,
    )


def counts_as(event: Event) -> set[str]:
    """Return the names under which an event counts.

    A further complaint that the landlord treated as an escalation counts as the escalation. A
    request to escalate counts as one whatever the landlord took it for (2024 Code, 6.10 to 6.12).
    """
    names = {event.treated_as or event.name}
    return names | {REQUESTED} if event.name == REQUESTED else names


def _bounds(event: Event) -> tuple[int, int]:
    return ordinals(event.when) if event.when else (FAR_PAST, FAR_FUTURE)


def ordinals(when: When) -> tuple[int, int]:
    """Return the earliest and latest day of a date as ordinals, open ends in the far."""
    span = when.span
    return (
        span.earliest.toordinal() if span.earliest else FAR_PAST,
        span.latest.toordinal() if span.latest else FAR_FUTURE,
    )


def _in_order(events: Iterable[Event], name: str) -> list[Event]:
    dated = [
        event
        for event in events
        if name in counts_as(event) and event.when and event.attributes.get("sent") is not False
    ]
    return sorted(dated, key=_bounds)


def _first(
    record: str, kind: Kind, events: Sequence[Event], as_at: int, *, not_yet: bool
) -> Milestone:
    """Return the first occurrence of an event: no earlier than any, no later than one seen."""
    dated = _in_order(events, kind.name)
    if dated:
        seen = [event for event in dated if event.evidence == "seen"]
        earliest = min(_bounds(event)[0] for event in dated)
        latest = min((_bounds(event)[1] for event in seen), default=FAR_FUTURE)
        state = State.SEEN if seen else State.CLAIMED
        # What is on the record by the as-at date happened by then.
        latest = min(latest, as_at) if seen else latest
        exact = [event for event in seen if _bounds(event) == (earliest, earliest)]
        minutes = [_minute(event) for event in exact]
        minute = min(minutes) if minutes and earliest == latest else -1
        return Milestone(earliest, latest, state, minute)
    # Looked for and not there, or decided and never sent.
    absent = any(kind.name in counts_as(event) for event in events)
    if absent or not_yet or (record == "complete" and not kind.internal):
        return Milestone(FAR_FUTURE, FAR_FUTURE, State.NOT_DONE)
    return Milestone(FAR_FUTURE, FAR_FUTURE, State.UNKNOWN)


def _minute(event: Event) -> int:
    moment = event.when.time if event.when else None
    return moment.hour * 60 + moment.minute if moment else -1


def _infer(stage: int, found: Mapping[str, Milestone], vocabulary: Vocabulary) -> Milestone:
    """Bound a request that is not on the record by the first event that follows from it."""
    own = found[STAGE_TRIGGERS[stage]]
    if own.state == State.SEEN:
        return own
    following = [
        found[kind.name].latest
        for kind in vocabulary.kinds
        if kind.stage >= stage and found[kind.name].state == State.SEEN
    ]
    if not following:
        return own
    bound = min(following)
    if own.state == State.CLAIMED and own.earliest <= bound:
        return Milestone(own.earliest, bound, State.CLAIMED)
    before = found[STAGE_TRIGGERS[stage - 1]] if stage > 1 else None
    began = before is not None and before.state in (State.SEEN, State.CLAIMED, State.INFERRED)
    lower = min(before.earliest, bound) if before and began else FAR_PAST
    return Milestone(lower, bound, State.INFERRED)


def _ends(
    events: Sequence[Event], vocabulary: Vocabulary, found: Mapping[str, Milestone], as_at: int
) -> tuple[dict[int, tuple[int, int]], dict[int, tuple[int, int]]]:
    """Return when the clocks of each stage were ended: for good, and by closing.

    What was over before a stage began does not end it; of several ends the first counts.
    """
    reopened = [
        (*_bounds(event), event.evidence)
        for event in events
        if event.name == "complaint reopened" and event.when
    ]
    hard: dict[int, tuple[int, int]] = {}
    closed: dict[int, tuple[int, int]] = {}
    for event in events:
        kind = vocabulary.find(event.name)
        if kind is None or not kind.ends or event.when is None:
            continue
        earliest, latest = _bounds(event)
        if event.evidence == "seen":
            latest = min(latest, as_at)
        if any(first >= latest and shown == "seen" for first, _, shown in reopened):
            continue
        # What may have been taken up again, or is only said, may not have ended.
        doubtful = event.evidence != "seen" or any(last >= earliest for _, last, _ in reopened)
        kept = closed if kind.name == "complaint closed" else hard
        for stage in kind.ends:
            if latest < found[STAGE_TRIGGERS[stage]].earliest:
                continue
            other = kept.get(stage, (FAR_FUTURE, FAR_FUTURE))
            surely = FAR_FUTURE if doubtful else latest
            kept[stage] = (min(earliest, other[0]), min(surely, other[1]))
    return hard, closed


def _extended(event: Event, as_at: int) -> Extended:
    earliest, latest = _bounds(event)
    latest = min(latest, as_at) if event.evidence == "seen" else FAR_FUTURE
    until = event.attributes.get("until")
    until_earliest, until_latest = (
        ordinals(until) if isinstance(until, When) else (FAR_PAST, FAR_FUTURE)
    )
    attributes = {
        name: value for name, value in event.attributes.items() if isinstance(value, bool)
    }
    attributes |= {
        name: str(event.attributes[name]).lower() not in ("none", "no")
        for name in ("until", "reason")
        if name in event.attributes
    }
    return Extended(earliest, latest, until_earliest, until_latest, attributes)


def as_table(rows: Sequence[Milestones]) -> Table:
    """Return the columns of several complaints."""
    names = dict.fromkeys(name for row in rows for name in row.events)
    unknown = Milestone(FAR_FUTURE, FAR_FUTURE, State.UNKNOWN)
    return Table(
        len(rows),
        _days(row.as_at for row in rows),
        {name: _column([row.events.get(name, unknown) for row in rows]) for name in names},
        {
            name: _extension_columns([row.extensions.get(name, ()) for row in rows])
            for name in dict.fromkeys(name for row in rows for name in row.extensions)
        },
        {
            stage: _end_column(rows, stage)
            for stage in STAGE_TRIGGERS
            if any(stage in row.ends or stage in row.closed for row in rows)
        },
    )


def _days(ordinals: Iterable[int]) -> Days:
    return np.array(list(ordinals), dtype=DAY)


def _column(cells: Sequence[Milestone]) -> Column:
    earliest = _days(cell.earliest for cell in cells)
    exact = all(cell.earliest == cell.latest for cell in cells)
    minutes = [cell.minute for cell in cells]
    return Column(
        Bounds(earliest, earliest if exact else _days(cell.latest for cell in cells)),
        np.array([cell.state for cell in cells], dtype=np.int8),
        np.array(minutes, dtype=np.int16) if max(minutes) >= 0 else None,
    )


def _extension_columns(rows: Sequence[Sequence[Extended]]) -> list[ExtensionColumn]:
    none = Extended(FAR_FUTURE, FAR_FUTURE, FAR_PAST, FAR_PAST, {})
    columns = []
    for place in range(max(map(len, rows), default=0)):
        cells = [row[place] if place < len(row) else none for row in rows]
        columns.append(
            ExtensionColumn(
                _days(cell.earliest for cell in cells),
                _days(cell.latest for cell in cells),
                _days(cell.until_earliest for cell in cells),
                _days(cell.until_latest for cell in cells),
                {
                    name: np.array([_tri(cell.attributes.get(name)) for cell in cells], np.int8)
                    for name in sorted({name for cell in cells for name in cell.attributes})
                },
            )
        )
    return columns


def _tri(value: bool | None) -> int:
    return -1 if value is None else int(value)


def _end_column(rows: Sequence[Milestones], stage: int) -> EndColumn:
    never = (FAR_FUTURE, FAR_FUTURE)
    hard = [row.ends.get(stage, never) for row in rows]
    closed = [row.closed.get(stage, never) for row in rows]
    return EndColumn(
        _days(end[0] for end in hard),
        _days(end[1] for end in hard),
        _days(end[0] for end in closed),
        _days(end[1] for end in closed),
    )
