"""What every summary says: shares, counts, rows and what fails, in the same words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from timeliness.judge.duties import RECORD_TITLES
from timeliness.model.clean import printable
from timeliness.model.dates import in_words
from timeliness.model.errors import Mistake
from timeliness.model.plain import capital, number
from timeliness.model.sides import CODE, RuleKey, side_name
from timeliness.model.sums import Counted, Sums
from timeliness.model.verdict_words import (
    BREACH,
    CANNOT_TELL,
    MET,
    NOT_APPLICABLE,
    NOT_FOLLOWED,
    PENDING,
    of_several,
)
from timeliness.results import weights
from timeliness.results.flat import RECORD, Flat
from timeliness.results.gate import (
    ACCEPTED,
    EXPIRED,
    KNOWN,
    Floor,
    Key,
    broken_floors,
    episode_text,
    unmeasured_floors,
)
from timeliness.results.shares import Share, percent
from timeliness.results.tally import Tally
from timeliness.write.headline import answer_for_many
from timeliness.write.words import configuration_name, days_in_words, whose

COLUMNS = (
    (MET, "met"),
    (BREACH, "breach"),
    (NOT_FOLLOWED, "not followed"),
    (CANNOT_TELL, "cannot tell"),
    (PENDING, "not yet due"),
    (NOT_APPLICABLE, "n/a"),
)


def answer(tally: Tally) -> str:
    """Return the one sentence that answers."""
    total, breached = tally.complaints, tally.breached
    return answer_for_many(
        total,
        breached,
        tally.undecided,
        decides=tally.decides,
        named=f" ({percent(breached / total)})" if total else "",
        missing=tally.missing,
        closed=tally.closed,
        later=len(tally.later),
        unlooked=str(tally.gate.weights),
        scope=of_several(tally.scopes),
    )


def as_at(tally: Tally) -> str:
    """Return the day as of which the check was made, or the first and last of several."""
    first, last = tally.days or (tally.as_at, tally.as_at)
    return f"As at {days_in_words(first, last)}."


def rows(tally: Tally) -> str:
    """Return what became of every row that was read."""
    later = f" + {tally.rows_left_out:,} left out" if tally.rows_left_out else ""
    return (
        f"Rows: {tally.read:,} read = {tally.checked:,} checked + {tally.rows_partly:,} checked "
        f"in part + {tally.rows_rejected:,} rejected{later}."
    )


def period(tally: Tally) -> str:
    """Return when what is checked was received, and what that leaves out; nothing if all is."""
    of = tally.period
    if of is None:
        return ""
    span = f"{in_words(of.first)} to {in_words(of.last)}"
    says = f"Left out: {number(of.left_out, 'complaint')} received outside {span}."
    if of.unsure:
        says += (
            f" {number(of.unsure, 'complaint')} that may have been received then "
            f"{'is' if of.unsure == 1 else 'are'} checked: the day of receipt is not known exactly."
        )
    return says


def ordered(tally: Tally) -> list[RuleKey]:
    """Return the rules that were counted, rule by rule, policy before Code."""
    names = {rule: place for place, rule in enumerate(_RULES)}

    def place_of(key: RuleKey) -> tuple[int, str, bool, str]:
        code = key.side.standard == CODE
        return names.get(key.rule, len(names)), key.rule, code, key.side.series if code else ""

    return sorted((key for key in tally.counts if key.side.standard != RECORD), key=place_of)


_RULES = (
    "acknowledge-complaint",
    "stage-1-response",
    "acknowledge-escalation",
    "stage-2-response",
    "stage-3-response",
)


def share_rows(tally: Tally) -> Iterator[tuple[str, Share]]:
    """Return each stage that has a share in time, by its name and whose it is."""
    shares = tally.shares
    for key in ordered(tally):
        share = shares[key]
        if key in tally.clocks and share.met + share.breach + share.cannot_tell:
            yield stage_name(tally, key), share


def rests_on(tally: Tally) -> dict[str, str]:
    """Return what a run rests on beside its inputs: configuration, what is left out or assumed."""
    told = {
        "configuration": configuration_name(tally.configuration),
        "received": period(tally) if tally.period else "",
        "not_looked_at": str(tally.gate.weights),
        "assumed": printable(str(tally.assumption)) if tally.assumption else "",
    }
    return {name: says for name, says in told.items() if says}


WITHOUT = "without what is assumed"
"""What a share is called beside the one that rests on an assumption."""


def shares_without(tally: Tally) -> dict[str, Share]:
    """Return, by the name of a stage, its share without what is assumed, where that differs."""
    shares = tally.assumed.changed if tally.assumed else {}
    return {stage_name(tally, key): Share(*without) for key, without in shares.items()}


def stage_name(tally: Tally, key: RuleKey) -> str:
    """Return a stage by its title and whose its limit is."""
    return ", ".join(part for part in (tally.titles[key], whose([key.side])) if part)


def sums(tally: Tally) -> Sums:
    """Return the figures of a run, in the order in which they are shown."""
    return Sums(
        {key: tally.titles[key] for key in ordered(tally)},
        frozenset(tally.clocks),
        Counted(tally.complaints, tally.breached, tally.undecided, tally.counts),
        tally.groups.months,
        tally.groups.found,
    )


def record(tally: Tally) -> Iterator[tuple[str, int]]:
    """Return the title of each finding about the record or the rows, with how often it occurs."""
    for rule, title in record_titles(tally):
        yield title, tally.record[rule]


def record_titles(tally: Tally) -> Iterator[tuple[str, str]]:
    """Return the findings about the record or the rows that occur, each with its title."""
    for rule in sorted(tally.record):
        yield rule, RECORD_TITLES.get(rule, rule)


MOST_NAMED = 10
"""As many findings as a summary names of those that the gate lets pass."""

ERROR, WARNING, NOTICE = "error", "warning", "notice"


def gate(tally: Tally) -> Iterator[tuple[str, str]]:
    """Return what fails the run, and what does not although it was found, each with its weight."""
    if tally.gate.baseline is not None:
        says = f"Baseline: {tally.statuses[KNOWN]:,} known, {len(tally.gone):,} no longer occur"
        unlooked = tally.known_unlooked
        yield NOTICE, f"{says}, {unlooked:,} not looked at." if unlooked else f"{says}."
    if accepted := tally.statuses[ACCEPTED]:
        yield NOTICE, f"Accepted: {accepted:,} finding{'' if accepted == 1 else 's'}."
    if expired := tally.statuses[EXPIRED]:
        yield WARNING, f"Acceptance expired: {expired:,}; they count again."
    for severity, weight in ((weights.WARNING, WARNING), (weights.NOTE, NOTICE)):
        if lowered := tally.statuses[severity]:
            says = f"{capital(severity)} only: {number(lowered, 'finding')}, by [severity] in the"
            yield weight, f"{says} configuration; this does not fail the run."
    if tally.failing:
        new = "new " if tally.gate.baseline is not None else ""
        findings = "finding fails" if tally.failing == 1 else "findings fail"
        says = f"{tally.failing:,} {new}{findings} the run (--fail-on {tally.gate.fail_on})."
        yield ERROR, says
    yield from ((ERROR, below_floor(*one)) for one in broken(tally))
    yield from ((WARNING, says) for _, says in unmeasured(tally))


def gate_names(tally: Tally) -> Iterator[str]:
    """Return what the gate lets pass, and what no longer occurs, one in a line."""
    lowered = tally.statuses[weights.WARNING] + tally.statuses[weights.NOTE]
    for named, total in (
        (tally.excused, tally.statuses[ACCEPTED]),
        (tally.expired, tally.statuses[EXPIRED]),
        (tally.lowered, lowered),
    ):
        yield from _first(about_findings(named[:MOST_NAMED]), total)
    gone = [f"no longer occurs: {key_text(key)}" for key in tally.gone[:MOST_NAMED]]
    yield from _first(gone, len(tally.gone))


def _first(lines: Sequence[str], total: int) -> list[str]:
    more = total - len(lines)
    return [*lines, f"and {more:,} more"] if more > 0 else [*lines]


def broken(tally: Tally) -> list[tuple[Floor, Share]]:
    """Return the floors that were missed."""
    return broken_floors(tally.gate.floors, tally.shares)


def unmeasured(tally: Tally) -> list[tuple[Floor, str]]:
    """Return the floors that nothing in the run falls under, each with what to say of it."""
    looked = "looked at that was answered" if str(tally.gate.weights) else "answered"
    why = f"no such stage was {looked} or fell due."
    return [
        (floor, f"The floor for {floor.name} could not be applied: {why}")
        for floor in unmeasured_floors(tally.gate.floors, tally.shares)
    ]


def below_floor(floor: Floor, share: Share) -> str:
    """Return what to say about a floor that was missed."""
    return (
        f"Below the floor: {floor.name} is {percent(share.worst)} in time "
        f"at worst, the floor is {percent(floor.share)}."
    )


LEFT_OUT = "Left out: received after the day of the check"
"""The heading over the complaints that had not been received by the day of the check."""


def left_out(tally: Tally) -> str:
    """Return what to say of findings for which a format has no room, or nothing."""
    number = tally.left_out
    if not number:
        return ""
    return (
        f"{number:,} more finding{' is' if number == 1 else 's are'} left out here; "
        "--output csv:PATH and jsonl:PATH have them all."
    )


def said(flat: Flat) -> str:
    """Return a finding in one line, with its status where it has one."""
    return f"{flat.says()} ({flat.status})" if flat.status else flat.says()


def said_of_row(tally: Tally, one: Mistake) -> str:
    """Return what is wrong with a row in one line, with its status where it has one."""
    status = tally.status_of_row(one)
    return f"{one} ({status})" if status else str(one)


def about_findings(told: Iterable[tuple[Key, str]]) -> list[str]:
    """Return findings that are named by their key alone, each with its status."""
    return [f"{key_text(key)}: {status}" for key, status in told]


def key_text(key: Key) -> str:
    """Return a finding's key as a line."""
    landlord, complaint, standard, series, rule, episode = key
    told = (landlord, complaint, side_name(standard, series), rule, episode_text(episode))
    return " ".join(", ".join(part for part in told if part).split())
