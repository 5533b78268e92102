"""UK working days: Monday to Friday except the bank holidays of the resident's nation.

A calendar is two tables: for each day the number of working days up to it, and for each number
its day. Adding, counting and explaining are look-ups, on one day or on a column of days. Bank
holidays come from the `holidays` package, always for a named nation.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache, lru_cache

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from timeliness.model.covered import FIRST_YEAR, LAST_YEAR, check_covered
from timeliness.model.errors import CalendarError, UsageError
from timeliness.model.months import add_months, whole_months
from timeliness.model.plain import number, unit_noun

DAY = np.int32
Days = NDArray[np.int32]
"""A column of days, each a proleptic Gregorian ordinal (`date.toordinal`)."""

FAR_PAST = date.min.toordinal()
FAR_FUTURE = date.max.toordinal()


NATIONS = {
    "england": "ENG",
    "wales": "WLS",
    "scotland": "SCT",
    "northern-ireland": "NIR",
}

COUNTING_RULES = {
    "day-after": "the first day counted is the working day after the event",
    "same-day": "the day of the event is the first day counted, if it is a working day",
    "roll-forward": "an event on a day that is not a working day counts as of the next working "
    "day; the first day counted is the working day after that",
}

UNSAID_COUNTINGS = ("day-after", "same-day")
"""The counting rules that are possible where it is not stated which day is day 1."""

UNITS = ("working_days", "calendar_days", "weeks", "months")
HOURS = "hours"
"""The unit of a clock that runs by the hour; no limit but that of a rulebook's clock has it."""

# A limit and its extensions may run this many years past the last covered one.
_MARGIN_YEARS = 6

_WEEKEND = {5: "weekend: Saturday", 6: "weekend: Sunday"}

COVERED_YEARS = range(FIRST_YEAR - 1, LAST_YEAR + _MARGIN_YEARS + 1)
"""The years of which a calendar knows each day."""


class Limit(Struct, frozen=True):
    """A length of time in one unit: working_days, calendar_days, weeks, months (calendar) or hours.

    Where it `rolls`, a last day that is no working day moves to the next one.
    """

    amount: int
    unit: str = "working_days"
    rolls: bool = False

    def __str__(self) -> str:
        return number(self.amount, unit_noun(self.unit))


def unit_of(limit: Limit | None) -> str:
    """Return the unit of a limit for one: working day, week. Without a limit: working day."""
    return unit_noun(limit.unit) if limit else "working day"


class DayCounted(Struct, frozen=True):
    """One day of a count: its number where it counts, otherwise why it is skipped."""

    day: date
    number: int | None
    why: str


@cache
def _bank_holidays(nation: str) -> Mapping[date, str]:
    from timeliness.model.bank_holidays import bank_holidays

    return bank_holidays(NATIONS[nation], COVERED_YEARS)


@lru_cache(maxsize=256)
def working_days(
    nation: str,
    counting: str = "day-after",
    closures: tuple[tuple[date, str], ...] = (),
    leaving_out: frozenset[date] = frozenset(),
    days_off: tuple[tuple[date, str], ...] = (),
) -> WorkingDays:
    """Return the calendar of a nation, made once.

    `closures` are days, with their reasons, on which a landlord is closed besides, and `days_off`
    those that were announced too late to be among the bank holidays. `leaving_out` are bank
    holidays that count as any other day, which no clock ever does. Raises `UsageError` for a nation
    or counting rule that does not exist.
    """
    if nation not in NATIONS:
        raise UsageError(f'"{nation}" is not a nation; choose one of {", ".join(NATIONS)}')
    if counting not in COUNTING_RULES:
        raise UsageError(
            f'"{counting}" is not a counting rule; choose one of {", ".join(COUNTING_RULES)}'
        )
    return WorkingDays(nation, counting, dict(closures), leaving_out, dict(days_off))


class WorkingDays:
    """The working days of one nation under one counting rule; see `working_days`."""

    def __init__(
        self,
        nation: str,
        counting: str,
        closures: Mapping[date, str],
        leaving_out: frozenset[date],
        days_off: Mapping[date, str],
    ) -> None:
        self.nation = nation
        self.counting = counting
        self.closures = closures
        self.days_off = days_off
        self.bank_holidays = {
            day: name for day, name in _bank_holidays(nation).items() if day not in leaving_out
        }
        self._first = date(FIRST_YEAR - 1, 1, 1).toordinal()
        self._last = date(LAST_YEAR + _MARGIN_YEARS, 12, 31).toordinal()
        days = np.arange(self._first, self._last + 1, dtype=DAY)
        # 1 January of year 1 was a Monday and has the ordinal 1.
        working = (days - 1) % 7 < 5
        for off in (*self.bank_holidays, *closures, *days_off):
            if self._first <= off.toordinal() <= self._last:
                working[off.toordinal() - self._first] = False
        self._working: NDArray[np.bool_] = working
        # Working days up to and including each day, and the day of each such number.
        self._number: Days = np.cumsum(working, dtype=DAY)
        self._day: Days = np.concatenate(([self._first], days[working])).astype(DAY)
        self._days: Days = days
        self._ends: dict[tuple[int, bool], Days] = {}
        self._due: dict[tuple[date, Limit], date] = {}

    # Columns of days --------------------------------------------------------------------------

    def add(self, start: Days, limit: Limit) -> Days:
        """Return the last day of a limit that starts on each day; open ends stay open.

        A limit in hours is the last day on which it may end, whatever the time it started.
        """
        if limit.unit == "working_days":
            return self._last_days(start, limit.amount, more=False)
        if limit.unit == "months":
            due = add_months(start, limit.amount)
        elif limit.unit == HOURS:
            due = start + -(-limit.amount // 24)
        else:
            due = start + limit.amount * (7 if limit.unit == "weeks" else 1)
        if limit.rolls:
            due = np.where(self.are_working(due), due, self.next_working(due))
        due = np.where(start <= FAR_PAST, FAR_PAST, due)
        return np.where(start >= FAR_FUTURE, FAR_FUTURE, due).astype(DAY)

    def add_more(self, due: Days, limit: Limit) -> Days:
        """Return the last day of a limit that is added to a due date.

        The due date was the last day of what went before, whatever the counting rule.
        """
        if limit.unit != "working_days":
            return self.add(due, limit)
        return self._last_days(due, limit.amount, more=True)

    def lengthened(self, due: Days, begins: Days, ends: Days, unit: str) -> Days:
        """Return due dates moved by the time from one day to another, in the unit of a limit."""
        if unit == "working_days":
            passed = self._number[self._at(ends)] - self._number[self._at(begins)]
            number = self._number[self._at(due)] + passed
            moved = self._day[np.minimum(number, len(self._day) - 1)]
        else:
            moved = due + np.minimum(ends - begins, self._last)
        moved = np.where(ends >= FAR_FUTURE, FAR_FUTURE, moved)
        return np.where((due <= FAR_PAST) | (due >= FAR_FUTURE), due, moved).astype(DAY)

    def _last_days(self, start: Days, amount: int, *, more: bool) -> Days:
        """Return the last days of a limit in working days, which is a table of its own.

        Before its first day is the far past, after its last the far future.
        """
        ends = self._ends.get((amount, more))
        if ends is None:
            zero = self._number if more else self._day_zero(self._days)
            due = self._day[np.clip(zero + amount, 0, len(self._day) - 1)]
            ends = np.concatenate(([FAR_PAST], due, [FAR_FUTURE])).astype(DAY)
            self._ends[amount, more] = ends
        return ends.take(np.clip(start - (self._first - 1), 0, len(ends) - 1))

    def count(self, start: Days, end: Days) -> Days:
        """Return the working days that have passed from start to end, never below 0."""
        passed: Days = np.maximum(self._number[self._at(end)] - self._day_zero(start), 0)
        return passed

    def late(self, due: Days, done: Days, unit: str) -> Days:
        """Return how far done lies past due, in whole units of the limit, never below 0."""
        if unit == "working_days":
            late: Days = self._number[self._at(done)] - self._number[self._at(due)]
        elif unit == "months":
            late = whole_months(due, done)
        else:
            late = (done - due) // (7 if unit == "weeks" else 1)
        past: Days = np.maximum(late, 0)
        return past

    def next_working(self, day: Days) -> Days:
        """Return the first working day after each day."""
        number = self._number[self._at(day)] + 1
        return self._day[np.minimum(number, len(self._day) - 1)]

    def are_working(self, day: Days) -> NDArray[np.bool_]:
        """Return which days are working days."""
        return self._working[self._at(day)]

    def _at(self, day: Days) -> Days:
        # np.clip takes ten times as long for one day.
        return np.minimum(np.maximum(day, self._first), self._last) - self._first

    def _day_zero(self, start: Days) -> Days:
        """Return the number of the working day that counts as day 0."""
        number = self._number[at := self._at(start)]
        if self.counting == "same-day":
            return np.where(self._working[at], number - 1, number)
        if self.counting == "roll-forward":
            return np.where(self._working[at], number, number + 1)
        return number

    # Single days ------------------------------------------------------------------------------

    def due(self, start: date, limit: Limit) -> date:
        """Return the last day of a limit that starts on `start`.

        Raises `CalendarError` outside the covered years, and for a limit that runs too far past
        them.
        """
        if not (due := self._due.get((start, limit))):
            due = self._due[start, limit] = self._due_from(start, limit)
        return due

    def _due_from(self, start: date, limit: Limit) -> date:
        check_covered(start)
        column = _column(start)
        fits = limit.amount <= self._last - self._first
        if fits and limit.unit == "working_days":
            fits = int(self._day_zero(column)[0]) + limit.amount < len(self._day)
        due = int(self.add(column, limit)[0]) if fits else self._last + 1
        if due > self._last:
            raise CalendarError(
                f"{limit} from {start.isoformat()} end past {LAST_YEAR + _MARGIN_YEARS}, where the "
                "calendar ends; write a shorter limit"
            )
        return date.fromordinal(due)

    def due_later(self, due: date, limit: Limit) -> date:
        """Return the last day of a limit that is added to a due date, which `due` gave."""
        return date.fromordinal(int(self.add_more(_column(due), limit)[0]))

    def between(self, start: date, end: date) -> int:
        """Return the working days that have passed from start to end, 0 where end is earlier."""
        check_covered(start)
        check_covered(end)
        return int(self.count(_column(start), _column(end))[0])

    def past(self, due: date, done: date, unit: str) -> int:
        """Return how far a day lies past its due date, in whole units, never below 0."""
        return int(self.late(_column(due), _column(done), unit)[0])

    def is_working(self, day: date) -> bool:
        """Whether a day is a working day."""
        check_covered(day)
        return bool(self._working[day.toordinal() - self._first])

    def next_after(self, day: date) -> date:
        """Return the first working day after a day."""
        check_covered(day)
        return date.fromordinal(int(self.next_working(_column(day))[0]))

    def last_before(self, day: date) -> date:
        """Return the last working day before a day."""
        check_covered(day)
        return date.fromordinal(int(self._day[self._number[day.toordinal() - self._first - 1]]))

    def why_not(self, day: date) -> str | None:
        """Return why a day is not a working day (a holiday, weekend or closure), or None."""
        check_covered(day)
        if holiday := self.bank_holidays.get(day):
            return f"bank holiday: {holiday}"
        if weekend := _WEEKEND.get(day.weekday()):
            return weekend
        if extra := self.days_off.get(day):
            return f"non-working day: {extra}"
        closure = self.closures.get(day)
        return f"closure day: {closure}" if closure else None

    def explain(self, start: date, end: date) -> list[DayCounted]:
        """Return every day from start to end with its number in the count, or why it is skipped."""
        check_covered(start)
        check_covered(end)
        zero = int(self._day_zero(_column(start))[0])
        part = slice(start.toordinal() - self._first, end.toordinal() + 1 - self._first)
        working, numbers = self._working[part].tolist(), (self._number[part] - zero).tolist()
        told = []
        for ordinal, works, nth in zip(self._days[part].tolist(), working, numbers, strict=True):
            day = date.fromordinal(ordinal)
            why = None if works else self.why_not(day)
            if why:
                told.append(DayCounted(day, None, why))
            elif nth < 1:
                told.append(DayCounted(day, 0, "day 0"))
            else:
                told.append(DayCounted(day, nth, "counted"))
        return told


def _column(day: date) -> Days:
    return np.array([day.toordinal()], dtype=DAY)
