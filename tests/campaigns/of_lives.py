"""Random lives of complaints, judged by the program and by the twin of `lives.py`.

What differs is shown in the smallest record of each kind of difference.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from tests.campaigns.lives import UNKNOWN, OpenQuestionError, Wanted, has_an_order, wanted
from tests.campaigns.making_lives import LifeMaker
from tests.campaigns.oracle import CODE, Book, Fact, Record
from tests.campaigns.records import timeline
from timeliness import Case, Finding, check, load_rulebooks

RULES = (
    "acknowledge-complaint",
    "stage-1-response",
    "acknowledge-escalation",
    "stage-2-response",
    "stage-3-response",
)
WRONG, VAGUE, COUNT, FIGURES, CORNERS = "wrong", "vague", "count", "figures", "corners"
KINDS = {
    WRONG: "a definite verdict that some possible world contradicts",
    COUNT: "a clock too few or too many",
    VAGUE: "cannot tell, where every possible world agrees",
    FIGURES: "the right verdict with another due day or lateness",
    CORNERS: "cannot tell, where the due day and the answer turn on the same date: allowed",
}


@dataclass(frozen=True)
class Difference:
    kind: str
    rule: str
    found: str
    want: str
    record: Record

    def __str__(self) -> str:
        return (
            f"{self.kind}: {self.rule}\n  program: {self.found}\n  twin: {self.want}\n"
            + "\n".join(f"    {line}" for line in shown(self.record))
        )


def shown(record: Record) -> Iterator[str]:
    """Write a record as the lines of a timeline."""
    if not record.complete:
        yield "record: partial"
    yield f"as_at: {record.as_at}"
    yield "events:"
    for fact in record.facts:
        yield f"  - {written(fact)}"


def written(fact: Fact) -> str:
    keys = {
        "evidence": None if fact.evidence == "seen" else fact.evidence,
        "until": fact.until and fact.until[0],
        **{
            name: getattr(fact, name)
            for name in ("reason", "in_writing", "ombudsman_details", "good_reason")
        },
        "agreed_by_resident": fact.agreed_by_resident,
    }
    keys = {
        name: {True: "yes", False: "no"}.get(value, value)
        for name, value in keys.items()
        if value is not None
    }
    if not keys:
        return f"{dated(fact)} {fact.name}"
    when = {"date": dated(fact)} if fact.first else {}
    told = {**when, "event": fact.name, **keys}
    return "{" + ", ".join(f"{name}: {value}" for name, value in told.items()) + "}"


def dated(fact: Fact) -> str:
    if fact.first == UNKNOWN:
        return "unknown"
    if fact.first == fact.last:
        return f"{fact.first} {fact.at:%H:%M}" if fact.at else f"{fact.first}"
    return f"{fact.first}/{fact.last}"


# Comparing ------------------------------------------------------------------------------------


def differences(
    case: Case | None, record: Record, books: Sequence[Book] = CODE, standard: str = "code"
) -> list[Difference]:
    """Compare what the program found with what every world agrees on; raises on open questions.

    How late a breach is, is compared under the Code alone: the twin counts by its calendar.
    """
    told: list[Difference] = []
    want_of = wanted(record, books)
    for rule in dict.fromkeys(rule for book in books for rule in book.clocks):
        want = want_of.get(rule, [])
        found = [
            f
            for f in (case.findings if case else ())
            if f.rule == rule and f.standard == standard and f.reason != "not-started"
        ]
        told += [
            Difference(kind, rule, *texts, record)
            for kind, *texts in _compared(
                found, want, counted=standard == "code" and is_counted(record)
            )
        ]
    return told


def is_counted(record: Record) -> bool:
    """Whether it is known to which day a late clock is counted: not where it may not be done."""
    return record.complete and all(fact.evidence != "claimed" for fact in record.facts)


def _compared(
    found: list[Finding], want: list[Wanted], *, counted: bool
) -> Iterator[tuple[str, str, str]]:
    if len(found) < len(want):
        sure = [one for one in want if one.sure]
        want = sure if len(sure) >= len(found) else want
    if len(found) != len(want):
        texts = " | ".join(map(stated, found)), " | ".join(map(str, want))
        allowed = {"cannot-tell"}.union(*(one.allowed for one in want))
        if all(one.sure for one in want):
            yield COUNT, *texts
        elif any(finding.verdict not in allowed for finding in found):
            yield WRONG, *texts
        return
    for finding, one in zip(found, want, strict=True):
        if finding.verdict not in one.allowed:
            kind = WRONG
            if finding.verdict == "cannot-tell":
                kind = CORNERS if one.meets_at_corners else VAGUE
            yield kind, stated(finding), str(one)
        elif counted and one.sure and not same_figures(finding, one):
            yield FIGURES, stated(finding), str(one)


def same_figures(finding: Finding, want: Wanted) -> bool:
    """Whether a breach is of the same due day, and as late."""
    if finding.verdict != "breach":
        return True
    if finding.due is None or finding.late_by is None or finding.days_late is None:
        return False
    due = finding.due.earliest, finding.due.latest
    late = finding.late_by.least, finding.late_by.most
    days_late = finding.days_late.least, finding.days_late.most
    return (due, late, days_late) == (want.due, want.late, want.days_late)


def stated(finding: Finding) -> str:
    due = finding.due and f"{finding.due.earliest}..{finding.due.latest}"
    return (
        f"{finding.verdict} ({finding.reason}), due {due}, {finding.late_by} working days late"
        f" ({finding.days_late})"
    )


LIBRARY = load_rulebooks()


def judged(records: Sequence[Record]) -> list[Case | None]:
    """Return what the program finds of each record, all of them checked at once."""
    timelines = [timeline(record, f"{number}") for number, record in enumerate(records)]
    cases = {case.timeline.complaint: case for case in check(timelines, LIBRARY).cases}
    return [cases.get(f"{number}") for number in range(len(records))]


def gone_through(count: int, seed: int) -> tuple[list[Difference], Counter[str]]:
    """Return the differences in so many random records, and how often what was an open question."""
    maker = LifeMaker(seed)
    return compared([maker.record() for _ in range(count)])


def compared(records: Sequence[Record]) -> tuple[list[Difference], Counter[str]]:
    told: list[Difference] = []
    left_out: Counter[str] = Counter()
    for record, case in zip(records, judged(records), strict=True):
        try:
            told += differences(case, record)
        except OpenQuestionError as question:
            left_out[str(question)] += 1
    return told, left_out


# Making small ---------------------------------------------------------------------------------


def smallest(difference: Difference) -> Difference:
    """Return the same kind of difference in the smallest record that shows it."""
    while True:
        records = list(smaller(difference.record))
        for record, case in zip(records, judged(records), strict=True):
            again = same_kind(record, case, difference)
            if again:
                difference = again
                break
        else:
            return difference


def smaller(record: Record) -> Iterator[Record]:
    for at, fact in enumerate(record.facts):
        rest = (*record.facts[:at], *record.facts[at + 1 :])
        if rest:
            yield replace(record, facts=rest)
        for change in plainer(fact):
            yield replace(record, facts=(*record.facts[:at], change, *record.facts[at + 1 :]))
    if not record.complete:
        yield replace(record, complete=True)


def plainer(fact: Fact) -> Iterator[Fact]:
    if fact.at:
        yield replace(fact, at=None)
    if fact.evidence == "claimed":
        yield replace(fact, evidence="seen", last=fact.first)
    if fact.first and fact.last and UNKNOWN < fact.first < fact.last:
        yield replace(fact, last=fact.first)
        yield replace(fact, first=fact.last)


def same_kind(record: Record, case: Case | None, difference: Difference) -> Difference | None:
    try:
        told = differences(case, record)
    except OpenQuestionError:
        return None
    return next((d for d in told if alike(d) == alike(difference)), None)


def alike(difference: Difference) -> tuple[str, ...]:
    """Return by what differences are put together."""
    found, want = (text.split(",")[0] for text in (difference.found, difference.want))
    return difference.kind, difference.rule, found, want


# A round --------------------------------------------------------------------------------------

LIVES = 80
"""How many lives a round compares."""


def went_wrong(seed: int) -> Iterator[str]:
    """Go through one round, and return each kind of difference in its smallest record."""
    return told_of(possible_lives(seed, LIVES))


def possible_lives(seed: int, count: int) -> list[Record]:
    """Return lives of which no date is certainly wrong; those are a part of their own."""
    maker = LifeMaker(seed)
    records = (maker.record() for _ in range(count))
    return [record for record in records if has_an_order(record)]


def misdated_went_wrong(seed: int) -> Iterator[str]:
    """Go through one round of lives in each of which one date is wrong."""
    maker = LifeMaker(seed)
    return told_of([maker.misdated() for _ in range(LIVES)])


def told_of(records: Sequence[Record]) -> Iterator[str]:
    """Return each kind of difference in some records, in its smallest record."""
    kinds: dict[tuple[str, ...], list[Difference]] = defaultdict(list)
    for one in compared(records)[0]:
        if one.kind != CORNERS:
            kinds[alike(one)].append(one)
    for same in kinds.values():
        small = smallest(min(same, key=lambda one: len(one.record.facts)))
        yield f"{len(same)} x {KINDS[small.kind]}\n{small}"
