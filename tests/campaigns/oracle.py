"""A twin of the clock engine for tests: one world at a time, day by day, on plain dates.

A record says of each event on which days it may have happened, and whether it happened at all. A
world settles all of that: every event has one day, or did not happen. In a world a clock is judged
by comparing two days, and what a record shows is what all the worlds it leaves open have in common.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, time, timedelta
from functools import cache
from itertools import product

from govuk_bank_holidays.bank_holidays import BankHolidays

DAY = timedelta(days=1)
LONG_AGO = (
    date(2001, 1, 1),
    *(date(2020, 7, 1), date(2022, 3, 31)),
    *(date(2022, 4, 1), date(2024, 3, 31)),
    date(2024, 4, 1),
)
"""Where nothing says how early a receipt was, each edition's ends stand for its days long ago."""

MET, BREACH, PENDING = "met", "breach", "pending"
CANNOT_TELL, NOT_APPLICABLE = "cannot-tell", "not-applicable"
NOT_BREACHED = "met or not-applicable"
"""Answered in time in some worlds, and ended before it was due in all others."""

RECEIVED, LOGGED, ACKNOWLEDGED = "complaint received", "complaint logged", "complaint acknowledged"
REQUESTED = "escalation requested"
INTERNAL = (LOGGED, "escalation logged", "stage 3 logged")
STAGES = {
    1: (RECEIVED, LOGGED, ACKNOWLEDGED, "stage 1 extended", "stage 1 response"),
    2: (
        REQUESTED,
        "escalation logged",
        "escalation acknowledged",
        "stage 2 extended",
        "stage 2 response",
    ),
    3: (
        "stage 3 requested",
        "stage 3 logged",
        "stage 3 acknowledged",
        "stage 3 extended",
        "stage 3 response",
    ),
}
ENDS = {
    "complaint withdrawn": (1, 2, 3),
    "complaint closed": (1, 2, 3),
    "complaint refused": (1,),
    "early resolution closed": (1,),
    "escalation refused": (2, 3),
}
REOPENED = "complaint reopened"

Limit = tuple[int, str]


# Working days ---------------------------------------------------------------------------------


@cache
def bank_holidays(nation: str) -> frozenset[date]:
    division = "england-and-wales" if nation in ("england", "wales") else nation
    told = BankHolidays(use_cached_holidays=True).get_holidays(division=division)
    return frozenset(holiday["date"] for holiday in told)


@dataclass(frozen=True)
class Calendar:
    nation: str = "england"
    closures: frozenset[date] = frozenset()
    counting: str = "day-after"

    def is_working(self, day: date) -> bool:
        if day.weekday() in (5, 6):
            return False
        return day not in bank_holidays(self.nation) and day not in self.closures

    def next_working(self, day: date) -> date:
        day += DAY
        while not self.is_working(day):
            day += DAY
        return day

    def add(self, start: date, limit: Limit) -> date:
        """Return the last day of a limit."""
        return _add(self, start, limit)

    def count(self, start: date, end: date) -> int:
        """Return how many working days have passed at the end of a day."""
        return _count(self, start, end)

    def lengthen(self, due: date, limit: Limit) -> date:
        """Return the last day of a limit that is added to a due date: no event happens on it."""
        return _add(replace(self, counting="day-after"), due, limit)

    def late(self, due: date, done: date, unit: str) -> int:
        """Return how many whole units lie between the due day and the day it was done."""
        return _late(self, due, done, unit)


@cache
def _add(calendar: Calendar, start: date, limit: Limit) -> date:
    amount, unit = limit
    if unit == "calendar_days":
        return start + amount * DAY
    if unit == "weeks":
        return start + 7 * amount * DAY
    if unit == "months":
        months = start.year * 12 + start.month - 1 + amount
        year, month = months // 12, months % 12 + 1
        return date(year, month, min(start.day, monthrange(year, month)[1]))
    day, passed = _day_zero(calendar, start)
    while passed < amount:
        day += DAY
        passed += calendar.is_working(day)
    return day


@cache
def _count(calendar: Calendar, start: date, end: date) -> int:
    if end < start:
        return 0
    day, passed = _day_zero(calendar, start)
    while day < end:
        day += DAY
        passed += calendar.is_working(day)
    return passed


@cache
def _late(calendar: Calendar, due: date, done: date, unit: str) -> int:
    if unit == "working_days":
        return _count(replace(calendar, counting="day-after"), due, done)
    late = 0
    while _add(calendar, due, (late + 1, unit)) <= done:
        late += 1
    return late


def _day_zero(calendar: Calendar, start: date) -> tuple[date, int]:
    """Return the day from which a count goes on, and what has been counted by then."""
    if calendar.counting == "same-day" and calendar.is_working(start):
        return start, 1
    if calendar.counting == "roll-forward" and not calendar.is_working(start):
        return calendar.next_working(start), 0
    return start, 0


# Rules ----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Extension:
    """`most` is None where the rulebook does not say whether there may be one."""

    event: str
    most: Limit | None
    beyond: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()


@dataclass(frozen=True)
class Clock:
    """`starts` has two events where the rulebook does not say which one it is.

    `own_limit` is what the rulebook allows from the trigger to the event that starts this clock.
    """

    stage: int
    trigger: str
    starts: tuple[str, ...]
    stop: str
    limit: Limit
    own_limit: Limit | None = None
    no_later_than: tuple[str, ...] = ()
    extension: Extension | None = None
    and_logged: bool = False


@dataclass(frozen=True)
class Book:
    clocks: Mapping[str, Clock]
    first: date = date.min
    last: date = date.max
    calendar: Calendar = field(default_factory=Calendar)
    cut_off: time | None = None


def _days(amount: int) -> Limit:
    return amount, "working_days"


_ACKNOWLEDGE = Clock(1, RECEIVED, (RECEIVED,), ACKNOWLEDGED, _days(5), and_logged=True)
_STAGE_3 = Clock(
    3,
    "stage 3 requested",
    ("stage 3 requested",),
    "stage 3 response",
    _days(20),
    extension=Extension("stage 3 extended", None),
)


def _stage(
    stage: int,
    start: str,
    limit: int,
    most: int,
    beyond: tuple[str, ...],
    own: int | None = None,
    needs: tuple[str, ...] = ("reason", "until"),
) -> Clock:
    extended = f"stage {stage} extended"
    return Clock(
        stage,
        STAGES[stage][0],
        (start,),
        f"stage {stage} response",
        _days(limit),
        own_limit=_days(own) if own else None,
        no_later_than=(extended,) if own else (),
        extension=Extension(extended, _days(most), beyond, needs),
    )


_GOOD, _EITHER = ("good_reason",), ("good_reason", "agreed_by_resident")
_IN_2024 = ("reason", "until", "in_writing", "ombudsman_details")
CODE = (
    Book(
        {
            "acknowledge-complaint": _ACKNOWLEDGE,
            "stage-1-response": _stage(1, RECEIVED, 10, 10, _GOOD),
            "stage-2-response": _stage(2, REQUESTED, 20, 10, _GOOD),
            "stage-3-response": _STAGE_3,
        },
        date(2020, 7, 1),
        date(2022, 3, 31),
    ),
    Book(
        {
            "acknowledge-complaint": _ACKNOWLEDGE,
            "stage-1-response": _stage(1, LOGGED, 10, 10, _EITHER, own=5),
            "stage-2-response": _stage(2, REQUESTED, 20, 10, _EITHER),
            "stage-3-response": _STAGE_3,
        },
        date(2022, 4, 1),
        date(2024, 3, 31),
    ),
    Book(
        {
            "acknowledge-complaint": _ACKNOWLEDGE,
            "stage-1-response": _stage(1, ACKNOWLEDGED, 10, 10, _GOOD, 5, _IN_2024),
            "acknowledge-escalation": Clock(
                2, REQUESTED, (REQUESTED,), "escalation acknowledged", _days(5), and_logged=True
            ),
            "stage-2-response": _stage(2, "escalation acknowledged", 20, 20, _GOOD, 5, _IN_2024),
        },
        date(2024, 4, 1),
    ),
)
"""The editions of the Code, as the Ombudsman's clocks were written down beside each other."""


# Records and worlds ---------------------------------------------------------------------------


@dataclass(frozen=True)
class Fact:
    """One event of a record: `first` and `last` bound its day, and are None where it is absent.

    An attribute is None where it is not recorded.
    """

    name: str
    first: date | None = None
    last: date | None = None
    evidence: str = "seen"
    at: time | None = None
    until: tuple[date, date] | None = None
    good_reason: bool | None = None
    agreed_by_resident: bool | None = None
    reason: bool | None = None
    in_writing: bool | None = None
    ombudsman_details: bool | None = None

    def possible_days(self, as_at: date) -> list[date | None]:
        """Return the days on which it may have happened by the day of the check."""
        if self.first is None or self.first > as_at:
            return [None]
        if self.evidence == "claimed":
            return [*_from_to(self.first, as_at), None]
        return list(_from_to(self.first, min(self.last or as_at, as_at)))


@dataclass(frozen=True)
class Record:
    facts: tuple[Fact, ...]
    as_at: date
    complete: bool = True

    def named(self, *names: str) -> list[Fact]:
        return [fact for fact in self.facts if fact.name in names]

    def dated(self, *names: str) -> list[Fact]:
        """Return the events that are said to have happened."""
        return [fact for fact in self.named(*names) if fact.evidence != "absent"]

    def seen(self, *names: str) -> list[Fact]:
        """Return the events that are known to have happened."""
        return [
            fact
            for fact in self.named(*names)
            if fact.evidence == "seen" and fact.first and fact.first <= self.as_at
        ]


@dataclass(frozen=True)
class World:
    """The day on which each event first happened, None where it had not by the day of the check."""

    first: Mapping[str, date | None]
    told: tuple[tuple[date, Fact], ...] = ()
    ended: tuple[tuple[date, str], ...] = ()
    reopened: tuple[date, ...] = ()


def _from_to(first: date, last: date) -> Iterator[date]:
    while first <= last:
        yield first
        first += DAY


def _first_days(record: Record, name: str) -> set[date | None]:
    """Return every day on which an event may have happened first."""
    choices = [fact.possible_days(record.as_at) for fact in record.named(name)]
    firsts: set[date | None] = set()
    for days in product(*choices):
        happened = [day for day in days if day]
        firsts.add(min(happened) if happened else None)
    return firsts


def later_events(name: str) -> list[str]:
    """Return the events that cannot come before the one that begins a stage."""
    stage = next(number for number, names in STAGES.items() if names[0] == name)
    return [event for number in STAGES if number >= stage for event in STAGES[number]][1:]


def is_implied(record: Record, trigger: str) -> bool:
    begins_a_stage = any(names[0] == trigger for names in STAGES.values())
    return begins_a_stage and bool(record.seen(*later_events(trigger)))


def possible_worlds(record: Record, clocks: Sequence[Clock]) -> Iterator[World]:
    """Return every world that a record leaves open to clocks with the same trigger and stop."""
    trigger, stop = clocks[0].trigger, clocks[0].stop
    starts = {start for clock in clocks for start in clock.starts}
    names = {trigger, stop, RECEIVED} | starts
    missing = [name for name in dict.fromkeys((RECEIVED, trigger)) if not record.dated(name)]
    for name in missing:
        if is_implied(record, name):
            names |= {fact.name for fact in record.seen(*later_events(name))}
    names -= set(missing)

    known = {name: _first_days(record, name) for name in names if record.named(name)}
    if stop not in known:
        known[stop] = {None}
        if not record.complete or stop in INTERNAL:
            dated = [fact.first for fact in record.facts if fact.first]
            known[stop] |= set(_from_to(min(dated), record.as_at))
    told = [fact for clock in clocks[:1] for fact in _extensions(record, clock)]
    ended = record.named(*(name for name, stages in ENDS.items() if clocks[0].stage in stages))
    reopened = record.named(REOPENED)
    others = [*told, *ended, *reopened]
    for days in product(*known.values()):
        first = dict(zip(known, days, strict=True))
        for other_days in product(*(fact.possible_days(record.as_at) for fact in others)):
            happened = [
                (day, fact) for day, fact in zip(other_days, others, strict=True) if day is not None
            ]
            for implied in _implied(record, first, missing, trigger):
                yield World(
                    implied,
                    tuple((day, fact) for day, fact in happened if fact in told),
                    tuple((day, fact.name) for day, fact in happened if fact in ended),
                    tuple(day for day, fact in happened if fact.name == REOPENED),
                )


def _extensions(record: Record, clock: Clock) -> list[Fact]:
    return record.named(clock.extension.event) if clock.extension else []


def _implied(
    record: Record, first: dict[str, date | None], missing: Sequence[str], trigger: str
) -> Iterator[dict[str, date | None]]:
    """Return the days on which a receipt or a request that is not recorded may have happened."""
    if not missing:
        yield first
        return
    name, *rest = missing
    if not is_implied(record, name):
        yield from _implied(record, first | {name: None}, rest, trigger)
        return
    upper = min(day for event in later_events(name) if (day := first.get(event)))
    long_ago = LONG_AGO if name == RECEIVED else [first[RECEIVED] or upper]
    recent = max(long_ago[0], upper - 20 * DAY)
    for day in (*(day for day in long_ago if day < recent), *_from_to(recent, upper)):
        yield from _implied(record, first | {name: day}, rest, trigger)


# One world ------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Outcome:
    verdict: str
    due: date
    working_days: int
    late_by: int
    days_late: int
    possible: bool = True


def judge(record: Record, book: Book, clock: Clock, world: World) -> Iterator[Outcome]:
    """Judge one clock in one world: once for each day that may start it or be its due day."""
    trigger = world.first[clock.trigger]
    if trigger is None:
        return
    done = world.first[clock.stop]
    for begun, start in _possible_starts(record, book, clock, world, trigger, done):
        ended = _ended(record, clock, world, begun, done)
        until = ended or done or record.as_at
        for due in possible_dues(
            book.calendar, clock.extension, world.told, book.calendar.add(start, clock.limit)
        ):
            if ended:
                verdict = BREACH if ended > due else NOT_APPLICABLE
            elif done:
                verdict = BREACH if done > due else MET
            else:
                verdict = BREACH if record.as_at > due else PENDING
            late = until > due
            yield Outcome(
                verdict,
                due,
                book.calendar.count(start, until),
                book.calendar.late(due, until, clock.limit[1]) if late else 0,
                (until - due).days if late else 0,
                possible=done is None or done >= trigger,
            )


def _ended(
    record: Record, clock: Clock, world: World, begun: date, done: date | None
) -> date | None:
    """Return the day on which an open clock was ended for good."""
    answered = bool(record.seen(clock.stop))
    for day, name in sorted(world.ended):
        if day < begun or any(again >= day for again in world.reopened):
            continue
        if name == "complaint closed" and answered:
            continue
        if done is None or done > day:
            return day
    return None


def _possible_starts(
    record: Record, book: Book, clock: Clock, world: World, trigger: date, done: date | None
) -> Iterator[tuple[date, date]]:
    """Return each day on which the clock may have begun, with the day from which it counts.

    A start that nothing shows may have come at once, and at the latest on the last day allowed.
    """
    for start in clock.starts:
        day = trigger if start == clock.trigger else world.first.get(start)
        if day and (start == clock.trigger or record.seen(start)):
            yield day, _counted_from(record, book, start, day)
        elif len(clock.starts) > 1 and (record.complete or record.named(start)):
            continue
        else:
            bounds = [done] if done else []
            if clock.own_limit:
                received = _counted_from(record, book, clock.trigger, trigger)
                bounds.append(book.calendar.add(received, clock.own_limit))
            if clock.no_later_than and world.told:
                bounds.append(min(told for told, _ in world.told))
            yield from ((trigger, day) for day in _from_to(trigger, min(bounds)))


def _counted_from(record: Record, book: Book, name: str, day: date) -> date:
    """Return the day that a start counts as, past the hour at which the landlord stops for it."""
    at = next((fact.at for fact in record.named(name) if fact.at and fact.first == day), None)
    if book.cut_off and at and at > book.cut_off and book.calendar.is_working(day):
        return book.calendar.next_working(day)
    return day


@cache
def possible_dues(
    calendar: Calendar,
    extension: Extension | None,
    told_in_world: tuple[tuple[date, Fact], ...],
    due: date,
) -> set[date]:
    """Return the days that may be due once every extension told in a world is taken in."""
    dues = {due}
    if extension is None:
        return dues
    maximum = calendar.lengthen(due, extension.most) if extension.most else None
    for told, fact in sorted(told_in_world, key=lambda pair: pair[0]):
        dues = {
            longer
            for current in dues
            for longer in _extended(extension, fact, told, current, maximum)
        }
    return dues


def _extended(
    extension: Extension, fact: Fact, told: date, due: date, maximum: date | None
) -> set[date]:
    """Return the days that may be due after one more extension."""
    given = list(_from_to(*fact.until)) if fact.until else []
    needed = [bool(given) or None if n == "until" else getattr(fact, n) for n in extension.needs]
    if told > due or False in needed:
        return {due}
    in_doubt = {due} if None in needed or maximum is None else set()
    if maximum is None:
        return in_doubt | {max(due, until) for until in given}
    cap = max(due, maximum)
    if not given:
        return set(_from_to(due, cap))
    full = {max(due, until) for until in given}
    capped = {min(until, cap) for until in full}
    allowed = [getattr(fact, name) for name in extension.beyond]
    if any(allowed):
        return in_doubt | full
    if None in allowed:
        return in_doubt | full | capped
    return in_doubt | capped


# A record -------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Expected:
    """What every world agrees on; the pairs hold the least and the most of all worlds."""

    verdict: str
    due: tuple[date, date] | None = None
    working_days: tuple[int, int] | None = None
    late_by: tuple[int, int] | None = None
    days_late: tuple[int, int] | None = None


def possible_books(record: Record, books: Sequence[Book]) -> list[Book]:
    """Return the books in force on some day on which the complaint may have been received."""
    if len(books) == 1:
        return list(books)
    days = _first_days(record, RECEIVED)
    if days == {None}:
        later = record.seen(*later_events(RECEIVED))
        last = min((fact.last or record.as_at for fact in later), default=date.min)
        days = {day for day in (*LONG_AGO, last) if day <= last}
    return [book for book in books if any(day and book.first <= day <= book.last for day in days)]


def expected(record: Record, rule: str, books: Sequence[Book]) -> Expected | None:
    """Return what must be found of a rule; None where there is nothing to find."""
    clocks = [book.clocks[rule] for book in possible_books(record, books) if rule in book.clocks]
    if not clocks:
        return None
    trigger = clocks[0].trigger
    happened = bool(record.seen(trigger)) or any(
        fact.evidence == "claimed" for fact in record.named(trigger)
    )
    if not happened and not is_implied(record, trigger):
        nothing = not record.complete and not record.named(trigger)
        return None if nothing else Expected(NOT_APPLICABLE)

    outcomes: set[Outcome] = set()
    without_rule = False
    for world in possible_worlds(record, clocks):
        received = world.first.get(RECEIVED)
        in_force = [
            book
            for book in books
            if len(books) == 1 or (received and book.first <= received <= book.last)
        ]
        if not in_force or rule not in in_force[0].clocks:
            without_rule = True
        else:
            outcomes.update(judge(record, in_force[0], in_force[0].clocks[rule], world))
    if not outcomes:
        return None
    verdicts = {outcome.verdict for outcome in outcomes}
    verdict = verdicts.pop() if len(verdicts) == 1 else CANNOT_TELL
    if {outcome.verdict for outcome in outcomes} == {MET, NOT_APPLICABLE}:
        verdict = NOT_BREACHED
    if {outcome.verdict for outcome in outcomes} == {MET, PENDING}:
        verdict = PENDING
    if without_rule and verdict == BREACH:
        verdict = CANNOT_TELL
    if not any(outcome.possible for outcome in outcomes):
        verdict = CANNOT_TELL
    return Expected(
        verdict,
        *(
            (min(values), max(values))
            for values in (
                [getattr(outcome, name) for outcome in outcomes]
                for name in ("due", "working_days", "late_by", "days_late")
            )
        ),
    )
