"""Random pauses under a policy that allows them, judged by the program and day by day.

A pause begins where the clock was not paused yet and ends with the next resumption. What is due on
its first day or later is due later by the time that it stood still, in the unit of the limit; one
that was never resumed stands still for ever. Within a day the events may have come in any order.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import chain, groupby, permutations, product
from pathlib import Path
from random import Random

from tests.campaigns.making import CHRISTMASES, EASTERS, WEEKENDS
from tests.campaigns.oracle import (
    BREACH,
    CANNOT_TELL,
    DAY,
    MET,
    PENDING,
    Calendar,
    Limit,
)
from tests.helpers.books import book, clock
from timeliness import Finding, Timeline, check
from timeliness.model.errors import Mistakes
from timeliness.model.library import Library
from timeliness.read.library import Loader, load_rulebooks
from timeliness.read.rulebooks import parse_rulebook

PAUSED, RESUMED = "clock paused", "clock resumed"
RULE = "stage-1-response"
LIMITS: dict[str, Limit] = {
    "10 working days": (10, "working_days"),
    "14 calendar days": (14, "calendar_days"),
    "2 weeks": (2, "weeks"),
}


@dataclass(frozen=True)
class Line:
    """One pause or resumption: its first and last possible day, and the reason that was given."""

    event: str
    first: date
    last: date
    reason: str = ""

    def __str__(self) -> str:
        when = f"{self.first}" if self.first == self.last else f"{self.first}/{self.last}"
        reason = f", reason: {self.reason}" if self.reason else ""
        return f"{{date: {when}, event: {self.event}{reason}}}"

    @property
    def days(self) -> list[date]:
        return [self.first + DAY * step for step in range((self.last - self.first).days + 1)]


@dataclass(frozen=True)
class Paused:
    """A complaint with pauses, under one limit; `needs` says that a pause counts with a reason."""

    limit: str
    needs: bool
    received: date
    answered: date | None
    as_at: date
    complete: bool
    lines: tuple[Line, ...]

    @property
    def policy(self) -> str:
        return f"own-{list(LIMITS).index(self.limit)}-{int(self.needs)}"

    def yaml(self, name: str) -> str:
        record = "complete" if self.complete else "partial"
        events = [f"{self.received} complaint received", *map(str, self.lines)]
        events += [f"{self.answered} stage 1 response"] if self.answered else []
        head = f"complaint: {name}\npolicy: {self.policy}\nas_at: {self.as_at}\nrecord: {record}\n"
        return head + "events:\n" + "".join(f"  - {one}\n" for one in events)


class PauseMaker:
    """Makes one complaint at a time, its pauses one after the other."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)

    def some(self, least: int, most: int) -> timedelta:
        return timedelta(days=self.random.randint(least, most))

    def chance(self, of_100: int) -> bool:
        return self.random.random() * 100 < of_100

    def paused(self) -> Paused:
        anchors = (*WEEKENDS, *EASTERS, *CHRISTMASES)
        received = self.random.choice(anchors) + self.some(-4, 5)
        limit = self.random.choice(list(LIMITS))
        needs = self.chance(50)
        lines: list[Line] = []
        day = received + self.some(-4, 16)
        for _ in range(self.random.choice((1, 1, 2, 3))):
            reason = self.random.choice(("waiting", "waiting", "none", "")) if needs else ""
            lines.append(self.line(PAUSED, day, reason))
            if self.chance(15):
                again = lines[-1].last + self.some(0, 1)
                lines.append(Line(PAUSED, again, again, reason))
            if self.chance(12):
                break
            lines.append(self.line(RESUMED, lines[-1].last + self.some(0, 9)))
            day = lines[-1].last + self.some(1, 9)
        due = Calendar().add(received, LIMITS[limit])
        answered = max(received, due + self.some(-4, 26)) if self.chance(75) else None
        last = max(received, *(line.last for line in lines), answered or received)
        as_at = last + self.some(0, 20)
        return Paused(limit, needs, received, answered, as_at, self.chance(80), tuple(lines))

    def line(self, event: str, day: date, reason: str = "") -> Line:
        width = self.some(0, 3) if self.chance(25) else timedelta(0)
        return Line(event, day, day + width, reason)


# Day by day -----------------------------------------------------------------------------------


def verdicts(one: Paused) -> set[str]:
    """Return the verdicts of every possible world."""
    found = set()
    for days in product(*(line.days for line in one.lines)):
        for order in _orders(one.lines, days):
            for due in _dues(one, order):
                found |= _come_to(one, due)
    return found


def may_be_asked(one: Paused) -> bool:
    """Whether the lines of a day may have come in more than one order, so that it may be asked."""
    every = product(*(line.days for line in one.lines))
    return any(len(_orders(one.lines, days)) > 1 for days in every)


def _come_to(one: Paused, due: date | None) -> set[str]:
    """Return what it may come to: what a partial record does not say may have been done."""
    if one.answered:
        return {BREACH if due and one.answered > due else MET}
    if due is None or one.as_at <= due:
        return {PENDING}
    return {BREACH} if one.complete else {BREACH, MET}


Order = Sequence[tuple[date, Line]]


def _orders(lines: Sequence[Line], days: Sequence[date]) -> list[Order]:
    """Return the orders in which the lines may have come on their days.

    Within a day they came in the order that leaves the fewest lines over: a pause that repeats
    another, a resumption of nothing, or a pause without its resumption.
    """
    told = sorted(zip(days, lines, strict=True), key=lambda each: each[0])
    grouped = [list(group) for _, group in groupby(told, key=lambda each: each[0])]
    orders = [list(chain(*ways)) for ways in product(*map(permutations, grouped))]
    least = min(map(_left_over, orders))
    return [order for order in orders if _left_over(order) == least]


def _left_over(order: Order) -> int:
    paused, left = False, 0
    for _, line in order:
        left += (line.event == PAUSED) is paused
        paused = line.event == PAUSED
    return left + paused


def _dues(one: Paused, order: Order) -> set[date | None]:
    """Return the days that may be due in one order; None where the clock stands still for ever."""
    unit = LIMITS[one.limit][1]
    dues: set[date | None] = {Calendar().add(one.received, LIMITS[one.limit])}
    for begun, ended, reason in _pauses(order):
        ends = [ended] if ended or one.complete else [None, *_from_to(begun, one.as_at)]
        moved = {
            due
            if due is None or begun > due
            else None
            if end is None
            else _moved(due, max(begun, one.received), end, unit)
            for due in dues
            for end in ends
        }
        counts = [True] if not one.needs or reason == "waiting" else [False]
        counts = [True, False] if one.needs and not reason else counts
        dues = (moved if True in counts else set()) | (dues if False in counts else set())
    return dues


def _pauses(order: Order) -> Iterator[tuple[date, date | None, str]]:
    begun: date | None = None
    reason = ""
    for day, line in order:
        if line.event == RESUMED and begun:
            yield begun, day, reason
            begun = None
        elif line.event == PAUSED and begun is None:
            begun, reason = day, line.reason
    if begun:
        yield begun, None, reason


def _moved(due: date, begins: date, ends: date, unit: str) -> date:
    if ends <= begins:
        return due
    if unit != "working_days":
        return due + (ends - begins)
    return Calendar().lengthen(due, (Calendar().count(begins, ends), "working_days"))


def _from_to(first: date, last: date) -> list[date]:
    return [first + DAY * step for step in range((last - first).days + 1)]


def allowed(found: set[str]) -> str:
    """Return the verdict that is right where worlds come to these."""
    if len(found) == 1:
        return next(iter(found))
    return PENDING if found == {MET, PENDING} else CANNOT_TELL


# A round --------------------------------------------------------------------------------------

COMPLAINTS = 120


def _policy(one: Paused) -> str:
    needs = ", needs: [reason]" if one.needs else ""
    more = f"pauses: {{clause: '3.5', provenance: quoted{needs}}}\n"
    rule = clock(RULE, "complaint received", "stage 1 response", one.limit)
    return book(rule, more=more).replace("id: own\n", f"id: {one.policy}\n")


def went_wrong(seed: int) -> Iterator[str]:
    """Go through one round, and return what is judged otherwise than day by day."""
    maker = PauseMaker(seed)
    several = [maker.paused() for _ in range(COMPLAINTS)]
    books = dict(load_rulebooks().rulebooks)
    for one in several:
        if one.policy not in books:
            books[one.policy] = parse_rulebook(_policy(one).encode(), Mistakes("own.yaml"))
    loader = Loader(Library(books))
    timelines: list[Timeline] = []
    for number, one in enumerate(several):
        timelines += loader.parse(one.yaml(f"{number}").encode(), "case.yaml", Path())
    cases = {case.timeline.complaint: case for case in check(timelines, loader.library).cases}
    for number, one in enumerate(several):
        want = allowed(verdicts(one))
        findings = cases[f"{number}"].findings
        (found,) = [each for each in findings if each.rulebook == one.policy]
        if found.verdict != want and not (found.verdict == CANNOT_TELL and may_be_asked(one)):
            yield f"{_stated(found)}; want {want}\n{one.limit}, {_policy(one)}{one.yaml('A')}"


def _stated(one: Finding) -> str:
    return f"{one.verdict} ({one.reason}), due {one.due and (one.due.earliest, one.due.latest)}"
