"""A made year of complaints, and its figures worked out by hand-written rules of the 2024 Code.

Nothing here imports the program: working days are counted one by one with the `holidays` package,
and what the record leaves open is every way in which it may have been.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from random import Random
from statistics import mean, median

import holidays

HOLIDAYS = holidays.country_holidays("GB", subdiv="ENG", years=range(2023, 2029))
FIRST, LAST = date(2025, 4, 1), date(2026, 3, 31)
ONE = timedelta(days=1)

IN_TIME, EXTENDED, LATE, OVERDUE, NOT_DUE, NOT_DUE_EXTENDED, WITHDRAWN, REFUSED = (
    *("in time", "extended", "late", "overdue", "not due", "not due, extended"),
    *("withdrawn", "refused"),
)
ANSWERED = {IN_TIME, EXTENDED, LATE}
ENDED = {WITHDRAWN, REFUSED}


@cache
def is_working(day: date) -> bool:
    return day.weekday() < 5 and day not in HOLIDAYS


@cache
def add(day: date, working: int) -> date:
    """Return the last day of a limit; the day of the event is day 0."""
    while working:
        day += ONE
        working -= is_working(day)
    return day


@cache
def count(start: date, end: date) -> int:
    """Return the working days after one day, up to another and including it."""
    days = 0
    while start < end:
        start += ONE
        days += is_working(start)
    return days


Days = tuple[date, date]
"""The first and the last day on which something may have happened."""


def days_in(span: Days) -> Iterator[date]:
    day = span[0]
    while day <= span[1]:
        yield day
        day += ONE


@dataclass
class Stage:
    """One stage as it is on the record; None for what is not there.

    `facts` says of an extension whether all that makes it valid is recorded, or None where it is
    not recorded.
    """

    begun: Days
    acknowledged: date | None = None
    told: date | None = None
    until: date | None = None
    facts: bool | None = None
    answered: Days | None = None
    refused: date | None = None
    outcome: str = ""


@dataclass
class Complaint:
    reference: str
    tenure: str
    first: Stage
    second: Stage | None = None
    withdrawn: date | None = None

    @property
    def stages(self) -> list[tuple[int, Stage]]:
        return [(1, self.first), *([(2, self.second)] if self.second else [])]


# The year that is made ------------------------------------------------------------------------


def make(random: Random, number: int, as_at: date) -> list[Complaint]:
    return [_complaint(random, f"C-{place:04}", as_at) for place in range(number)]


def _complaint(random: Random, reference: str, as_at: date) -> Complaint:
    # From January 2025, so that some belong to the year before, and some come after the year.
    day = date(2025, 1, 2) + timedelta(days=random.randrange((as_at - date(2025, 1, 2)).days))
    if random.random() < 0.2:
        day = date(2026, 3, 1) + timedelta(days=random.randrange(31))
    first = _stage(random, 1, day, as_at)
    one = Complaint(reference, random.choice(["LCRA", "LCRA", "Shared ownership"]), first)
    answered = first.answered
    if answered and answered[0] == answered[1] and random.random() < 0.3:
        asked = answered[1] + timedelta(days=random.randrange(1, 30))
        if asked <= as_at:
            one.second = _stage(random, 2, asked, as_at)
    last = one.second or first
    if random.random() < 0.06:
        ended = last.begun[1] + timedelta(days=random.randrange(0, 45))
        after = [last.acknowledged, last.told, last.answered[1] if last.answered else None]
        if ended <= as_at and all(one is None or one < ended for one in after):
            if random.random() < 0.5:
                one.withdrawn = ended
            else:
                last.refused = ended
    return one


def _stage(random: Random, number: int, day: date, as_at: date) -> Stage:
    begun = (day, day)
    spread = number == 1 and random.random() < 0.03
    if spread:
        begun = (day, day + timedelta(days=random.randrange(1, 6)))
    one = Stage(begun)
    limit, longest = (10, 10) if number == 1 else (20, 20)
    base = begun[1]
    if random.random() < 0.93 or spread:
        one.acknowledged = add(base, random.choice([1, 1, 2, 3, 4, 5, 6, 8]))
    start = one.acknowledged or base
    original = add(start, limit)
    if one.acknowledged and random.random() < 0.2:
        early = random.random() < 0.85
        one.told = add(start, limit - 2 if early else limit + 2)
        one.until = add(original, random.choice([3, longest, longest + 4]))
        one.facts = random.choice([True, True, True, None, False])
    if random.random() < 0.9:
        taken = random.choice([1, 3, 5, 8, 9, 10, 11, 14, 19, 20, 21, 26, 40])
        answered = add(start, taken)
        if one.told and answered <= one.told:
            answered = add(one.told, 1)
        one.answered = (answered, answered)
        if not one.told and one.acknowledged and random.random() < 0.04:
            end = min(answered + timedelta(days=4), as_at)
            if end > answered and not answered <= LAST < end:
                one.answered = (answered, end)
        one.outcome = random.choice(["", "Upheld", "Partly upheld", "Not upheld"])
    return as_of(one, as_at)


def as_of(one: Stage, day: date) -> Stage:
    """Return a stage as it was on the record on a day."""
    told = one.told if one.told and one.told <= day else None
    return Stage(
        one.begun,
        one.acknowledged if one.acknowledged and one.acknowledged <= day else None,
        told,
        one.until if told else None,
        one.facts if told else None,
        one.answered if one.answered and one.answered[0] <= day else None,
        one.refused if one.refused and one.refused <= day else None,
        one.outcome,
    )


# As files -------------------------------------------------------------------------------------

COLUMNS = (
    *("Ref", "Tenure", "Received", "Acknowledged", "Stage 1 extended", "Stage 1 extended until"),
    *("S1 reason", "S1 written", "S1 details", "Stage 1 response", "Stage 1 outcome"),
    *("Escalation requested", "Escalation acknowledged", "Stage 2 extended"),
    *("Stage 2 extended until", "S2 reason", "S2 written", "S2 details", "Stage 2 response"),
    *("Stage 2 outcome", "Complaint withdrawn", "Complaint refused", "Escalation refused"),
)
CONFIG = "[columns]\n" + "".join(
    f'"S{stage} {short}" = "stage {stage} extended.{key}"\n'
    for stage in (1, 2)
    for short, key in (
        ("reason", "reason"),
        ("written", "in_writing"),
        ("details", "ombudsman_details"),
    )
)


def _span(days: Days | None) -> str:
    if days is None:
        return ""
    first, last = days
    return first.isoformat() if first == last else f"{first.isoformat()}/{last.isoformat()}"


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


def _facts(one: Stage) -> list[str]:
    if one.told is None or one.facts is None:
        return ["", "", ""]
    said = "yes" if one.facts else "no"
    return ["more evidence needed", said, said]


def as_table(complaints: Iterable[Complaint], *, tenure: bool = True) -> str:
    lines = [",".join(COLUMNS)]
    for one in complaints:
        first, second = one.first, one.second
        cells = [
            *(one.reference, one.tenure if tenure else "", _span(first.begun)),
            *(_day(first.acknowledged), _day(first.told), _day(first.until), *_facts(first)),
            *(_span(first.answered), first.outcome if first.answered else ""),
        ]
        if second:
            cells += [
                *(_span(second.begun), _day(second.acknowledged), _day(second.told)),
                *(_day(second.until), *_facts(second), _span(second.answered)),
                second.outcome if second.answered else "",
            ]
        else:
            cells += [""] * 9
        cells += [_day(one.withdrawn), _day(first.refused)]
        cells.append(_day(second.refused) if second else "")
        lines.append(",".join(cells))
    return "\n".join(lines) + "\n"


def as_timelines(complaints: Iterable[Complaint], as_at: date) -> str:
    return "---\n".join(_timeline(one, as_at) for one in complaints)


def _timeline(one: Complaint, as_at: date) -> str:
    lines = [f"complaint: {one.reference}", f"as_at: {as_at.isoformat()}", "events:"]

    def event(day: str, name: str, **keys: str) -> None:
        if day:
            more = "".join(f", {key}: {value}" for key, value in keys.items() if value)
            lines.append(f"  - {{date: {day}, event: {name}{more}}}")

    for number, stage in one.stages:
        names = (
            ("complaint received", "complaint acknowledged", "complaint refused")
            if number == 1
            else ("escalation requested", "escalation acknowledged", "escalation refused")
        )
        event(_span(stage.begun), names[0])
        event(_day(stage.acknowledged), names[1])
        reason, written, details = _facts(stage)
        event(
            _day(stage.told),
            f"stage {number} extended",
            until=_day(stage.until),
            reason=reason,
            in_writing=written,
            ombudsman_details=details,
        )
        event(_span(stage.answered), f"stage {number} response", outcome=stage.outcome.lower())
        event(_day(stage.refused), names[2])
    event(_day(one.withdrawn), "complaint withdrawn")
    return "\n".join(lines) + "\n"


# Its figures ----------------------------------------------------------------------------------


def standings(stage: int, one: Stage, withdrawn: date | None, day: date) -> set[str]:
    """Return every way in which a stage may stand on a day."""
    ended = [
        (when, kind) for when, kind in ((withdrawn, WITHDRAWN), (one.refused, REFUSED)) if when
    ]
    limit, longest = (10, 10) if stage == 1 else (20, 20)
    if one.answered is None and ended:
        return {min(ended)[1]}
    # Without an acknowledgement on the record it may have been on any day that its limit allowed.
    starts: list[date] = [one.acknowledged] if one.acknowledged else []
    if not starts:
        last = add(one.begun[1], 5)
        starts = list(days_in((one.begun[0], last)))
        if one.answered:
            starts = [start for start in starts if start <= one.answered[1]]
    found = set()
    for start in starts:
        original = add(start, limit)
        ways = [original]
        if one.told and one.until and one.told <= original:
            # Beyond the longest it counts only with good reason, which is on no record here.
            longer = [min(one.until, add(original, longest)), one.until]
            ways = {True: longer, False: [original], None: [original, *longer]}[one.facts]
        for due in ways:
            if one.answered is None:
                found.add(
                    OVERDUE if day > due else NOT_DUE if day <= original else NOT_DUE_EXTENDED
                )
                continue
            for answered in days_in(one.answered):
                if answered < start:
                    continue
                found.add(LATE if answered > due else IN_TIME if answered <= original else EXTENDED)
    return found


def acknowledged(one: Stage, withdrawn: date | None, day: date) -> set[str]:
    """Return every way in which the acknowledgement of a stage may stand on a day."""
    ended = min([when for when in (withdrawn, one.refused) if when], default=None)
    found = set()
    for begun in days_in(one.begun):
        due = add(begun, 5)
        answered = one.answered[1] if one.answered else None
        if (one.acknowledged and one.acknowledged <= due) or (answered and answered <= due):
            found.add("yes")
        elif ended and not one.answered and not one.acknowledged and ended <= due:
            found.add("ended")
        elif one.acknowledged or one.answered or ended or day > due:
            found.add("no")
        else:
            found.add("not due")
    return found


@dataclass
class Worked:
    """The figures of one stage of some complaints on a day."""

    became: dict[str, int] = field(default_factory=dict)
    received: int = 0
    perhaps: int = 0
    acknowledged: tuple[int, int, int, int] = (0, 0, 0, 0)
    from_start: list[int] = field(default_factory=list)
    from_receipt: list[int] = field(default_factory=list)
    answered: int = 0
    escalated: int = 0
    outcomes: dict[str, int] = field(default_factory=dict)
    shares: dict[tuple[str, bool, bool], tuple[int, int, int, int]] = field(default_factory=dict)


CLASSES = {
    "in-time": {IN_TIME},
    "in-time-extended": {EXTENDED},
    "late": {LATE},
    "overdue": {OVERDUE},
    "not-due": {NOT_DUE, NOT_DUE_EXTENDED},
    "withdrawn": {WITHDRAWN},
    "refused": {REFUSED},
}


def inside(span: Days) -> set[bool]:
    """Return whether days lie in the year: yes, no or both."""
    return {FIRST <= day <= LAST for day in days_in(span)}


def work_out(complaints: Iterable[Complaint], number: int, day: date) -> Worked:
    """Work out the figures of one stage as they were on a day."""
    told = Worked(became=dict.fromkeys((*CLASSES, "undecided"), 0))
    ways: dict[tuple[str, bool, bool], list[set[int | None]]] = {}
    acks: list[set[int]] = []
    for complaint in complaints:
        stages = dict(complaint.stages)
        if number not in stages or stages[number].begun[0] > day:
            continue
        one = as_of(stages[number], day)
        withdrawn = complaint.withdrawn
        withdrawn = withdrawn if withdrawn and withdrawn <= day else None
        how = standings(number, one, withdrawn, day)
        lies = inside(one.begun)
        done = inside(one.answered) if one.answered else {False}
        for base in ("made", "made-and-due", "answered"):
            for extensions in (True, False):
                for ended in (True, False):
                    own = {_counts(base, extensions, ended, way) for way in how}
                    where = done if base == "answered" else lies
                    if False in where:
                        own = own | {None} if True in where else {None}
                    ways.setdefault((base, extensions, ended), []).append(own)
        if lies != {True}:
            told.perhaps += True in lies
            continue
        told.received += 1
        told.became[next((name for name, own in CLASSES.items() if how <= own), "undecided")] += 1
        ack = acknowledged(one, withdrawn, day)
        if ack == {"yes"} or ack == {"no"} or ack == {"yes", "no"}:
            acks.append({int(way == "yes") for way in ack})
        if how <= ANSWERED and one.answered:
            told.answered += 1
            second = complaint.second
            told.escalated += number == 1 and second is not None and second.begun[0] <= day
            if one.outcome:
                told.outcomes[one.outcome] = told.outcomes.get(one.outcome, 0) + 1
            if one.answered[0] == one.answered[1]:
                if one.acknowledged:
                    told.from_start.append(count(one.acknowledged, one.answered[0]))
                if one.begun[0] == one.begun[1]:
                    told.from_receipt.append(count(one.begun[0], one.answered[0]))
    told.acknowledged = (
        sum(min(way) for way in acks),
        len(acks),
        sum(max(way) for way in acks),
        len(acks),
    )
    for reading, several in ways.items():
        # Of what may count in several ways: against it before out, and for it before out.
        worst = [0 if 0 in way else None if None in way else 1 for way in several]
        best = [1 if 1 in way else None if None in way else 0 for way in several]
        told.shares[reading] = (
            *(worst.count(1), len(worst) - worst.count(None)),
            *(best.count(1), len(best) - best.count(None)),
        )
    return told


def _counts(base: str, extensions: bool, ended: bool, way: str) -> int | None:
    """Return how a way to stand counts in a reading: 1, 0, or None where it is left out."""
    if way == IN_TIME or (way == EXTENDED and extensions):
        return 1
    if way in ANSWERED:
        return 0
    if base == "answered":
        return None
    if way in ENDED:
        return 0 if ended else None
    if base == "made":
        return 0
    not_due = way == NOT_DUE or (way == NOT_DUE_EXTENDED and extensions)
    return None if not_due else 0


def nine_in_ten(days: list[int]) -> int:
    """Return the least number of days that at least nine in ten did not exceed."""
    return next(one for one in sorted(days) if sum(d <= one for d in days) * 10 >= len(days) * 9)


def averages(days: list[int]) -> tuple[float, float, int]:
    return mean(days), median(days), nine_in_ten(days)
