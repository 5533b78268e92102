"""A stated figure compared with two days: counted in every unit and by every rule that is used.

Counting without bank holidays exists here only: it explains figures that somebody else stated, and
nothing is ever judged by it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

import numpy as np
from msgspec import Struct

from timeliness.model.bank_holidays import ANNOUNCEMENTS
from timeliness.model.calendars import COUNTING_RULES, DAY, Days, Limit, WorkingDays, working_days
from timeliness.model.covered import check_covered
from timeliness.model.dates import in_words
from timeliness.model.timelines import (
    ABOUT,
    AT_LEAST,
    AT_MOST,
    DAYS,
    EXACTLY,
    LESS,
    MORE,
    NEARLY,
    Figure,
)

MOST_DEPARTURES = 2
"""In how many points a reading may differ from the statement as written."""

NO_BANK_HOLIDAYS = "if bank holidays are ignored"
_RULE_WORDS = {
    "day-after": "counted day-after",
    "same-day": "if the first day counts as day 1",
    "roll-forward": "if a day that is not a working day counts as the next working day "
    "(roll-forward)",
}


class Measure(Struct, frozen=True):
    """The time between two days in one unit: whole units, and the days left over."""

    whole: int
    unit: str
    left: int = 0

    def __str__(self) -> str:
        told = _units(self.whole, self.unit)
        if self.left:
            told += f" and {_units(self.left, 'days')}"
        in_all = self.whole * 7 + self.left
        return f"{told} ({_units(in_all, 'days')})" if self.unit == "weeks" else told

    @property
    def any(self) -> bool:
        """Whether any time passed at all."""
        return self.whole > 0 or self.left > 0

    def fits(self, figure: Figure) -> bool:
        """Whether a stated figure holds for it.

        "About" is to the nearest unit, or for days to a tenth, so that under 10 days it is exact;
        "nearly" reaches from the unit before, or for days from a tenth below, at least 1.
        """
        amount, beyond = figure.amount, self.whole == figure.amount and self.left > 0
        in_days = not self.unit.startswith(("weeks", "months"))
        tenth = amount // 10
        if figure.bound == EXACTLY:
            return self.whole == amount
        if figure.bound == ABOUT:
            half = {"weeks": 4, "months": 15}.get(self.unit, 10)
            rounded = self.whole + (self.left >= half)
            return abs(self.whole - amount) <= tenth if in_days else amount in (self.whole, rounded)
        if figure.bound == NEARLY:
            if in_days:
                return amount - max(1, tenth) <= self.whole <= amount
            return (self.whole == amount - 1 and self.left > 0) or (
                self.whole == amount and not self.left
            )
        if figure.bound == LESS:
            return self.whole < amount
        if figure.bound == MORE:
            return self.whole > amount or beyond
        if figure.bound == AT_LEAST:
            return self.whole >= amount
        assert figure.bound == AT_MOST
        return self.whole <= amount and not beyond


class Count(Struct, frozen=True):
    """One way to count working days: its calendar, and how it differs from the plain one.

    `departures` is the number of points in which it differs, and `says` names them. `days_differ`
    says that it has other working days than the plain one.
    """

    calendar: WorkingDays
    departures: int = 0
    says: tuple[str, ...] = ()
    days_differ: bool = False


def counts(plain: WorkingDays, variants: Iterable[Count] = ()) -> list[Count]:
    """Return every way to count working days, the plain one first, then those nearest to it.

    They are the counting rules, without bank holidays, and whatever `variants` of the calendar
    there are, each alone and two together.
    """
    calendars = [Count(plain), *variants]
    without = [
        Count(
            without_bank_holidays(one.calendar),
            one.departures + 1,
            (*one.says, NO_BANK_HOLIDAYS),
            days_differ=True,
        )
        for one in calendars
    ]
    found = [
        *calendars,
        *(
            Count(
                with_counting(one.calendar, rule),
                one.departures + 1,
                _joined((_RULE_WORDS[rule], *one.says)),
                one.days_differ,
            )
            for rule in COUNTING_RULES
            if rule != plain.counting
            for one in (*calendars, *without)
        ),
        *without,
    ]
    near = [one for one in found if one.departures <= MOST_DEPARTURES]
    return sorted(near, key=lambda one: one.departures)


def before_announced(plain: WorkingDays, start: date, until: date) -> Iterator[Count]:
    """Return the calendar as it was before each bank holiday of a run was announced.

    A last day that was worked out before then could not allow for it.
    """
    for one in ANNOUNCEMENTS:
        if start < one.announced and one.day <= until and one.day in plain.bank_holidays:
            says = (
                f"as worked out before the bank holiday of {in_words(one.day)} was announced, on "
                f"{in_words(one.announced)}"
            )
            left_out = frozenset({one.day}) | left_out_of(plain)
            yield Count(_leaving_out(plain, left_out), 1, (says,), days_differ=True)


def known_on(plain: WorkingDays, day: date) -> WorkingDays:
    """Return a calendar as it was known on a day."""
    later = frozenset(one.day for one in ANNOUNCEMENTS if one.announced > day)
    return _leaving_out(plain, later | left_out_of(plain))


def left_out_of(calendar: WorkingDays) -> frozenset[date]:
    """Return the bank holidays that a calendar leaves out."""
    return frozenset(working_days(calendar.nation).bank_holidays) - frozenset(
        calendar.bank_holidays
    )


def _joined(says: tuple[str, ...]) -> tuple[str, ...]:
    """Return two conditions as one: if the first day counts as day 1 and bank holidays ..."""
    if len(says) == 2 and all(one.startswith("if ") for one in says):
        return (f"{says[0]} and {says[1].removeprefix('if ')}",)
    return says


class Way(Struct, frozen=True):
    """One way to count: the unit and the calendar, whose rule counts.

    `departures` is the number of points in which it differs from the plain reading, and `says`
    names them.
    """

    unit: str
    calendar: WorkingDays
    departures: int = 0
    says: tuple[str, ...] = ()


def units(figure: Figure) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Return each unit that a figure may be in, and how it differs from the one it names."""
    exact = figure.bound == EXACTLY
    if figure.unit == DAYS:
        yield "calendar_days", ()
        yield "working_days", ("in working days",)
    else:
        yield figure.unit, ()
    if exact and figure.unit == "working_days":
        yield "calendar_days", ("in calendar days",)
    elif exact and figure.unit == "calendar_days":
        yield "working_days", ("in working days",)
    elif exact and figure.unit != DAYS:
        short = "weeks of 5 working days" if figure.unit == "weeks" else "months of 4 weeks"
        yield short, (f"in {short}",)


def ways(figure: Figure, counted: list[Count]) -> Iterator[Way]:
    """Return every way to count a stated figure, the plain one first.

    A figure with a limit, such as "within", is counted by the other rules besides; one that is
    bounded loosely is read plainly only, since nearly any other way would fit it.
    """
    plain = counted[0]
    for unit, says in units(figure):
        for count in counted:
            departures = len(says) + count.departures
            if departures <= MOST_DEPARTURES and (
                count is plain or _may_count(figure, unit, says, count, plain)
            ):
                yield Way(unit, count.calendar, departures, (*says, *count.says))


def _may_count(
    figure: Figure, unit: str, says: tuple[str, ...], count: Count, plain: Count
) -> bool:
    """Whether another count than the plain one may be meant by a figure in a unit."""
    rules = {count.calendar.counting, plain.calendar.counting}
    if figure.bound != EXACTLY and (figure.bound in (ABOUT, NEARLY) or says or count.days_differ):
        return False
    if unit == "calendar_days":
        return not count.days_differ and rules == {"same-day", "day-after"}
    return unit in ("working_days", "weeks of 5 working days")


def measure(way: Way, start: date, end: date) -> Measure:
    """Return the time from start to end, counted one way; 0 where end is earlier."""
    calendar = way.calendar
    if way.unit in ("working_days", "calendar_days"):
        check_covered(start)
        check_covered(end)
        ends = (np.array([day.toordinal()], dtype=DAY) for day in (start, end))
        return Measure(int(days_between(way, *ends)[0]), way.unit)
    days = max((end - start).days, 0)
    if way.unit == "weeks":
        return Measure(days // 7, way.unit, days % 7)
    if way.unit == "weeks of 5 working days":
        number = calendar.between(start, end)
        return Measure(number // 5, way.unit, number % 5)
    if way.unit == "months of 4 weeks":
        return Measure(days // 28, way.unit, days % 28)
    months = max((end.year - start.year) * 12 + end.month - start.month, 0)
    if months and calendar.due(start, Limit(months, "months")) > end:
        months -= 1
    whole = calendar.due(start, Limit(months, "months")) if months else start
    return Measure(months, "months", max((end - whole).days, 0))


def days_between(way: Way, start: Days, end: Days) -> Days:
    """Return the working or calendar days from start to end, counted one way, on columns."""
    if way.unit == "working_days":
        return way.calendar.count(start, end)
    passed: Days = np.maximum(end - start, 0) + DAY(way.calendar.counting == "same-day")
    return passed


def with_counting(calendar: WorkingDays, counting: str) -> WorkingDays:
    """Return a calendar under another counting rule."""
    return _made(calendar, counting, left_out_of(calendar))


def without_bank_holidays(calendar: WorkingDays) -> WorkingDays:
    """Return a calendar in which every bank holiday counts as any other day."""
    return _leaving_out(calendar, frozenset(working_days(calendar.nation).bank_holidays))


def _leaving_out(calendar: WorkingDays, left_out: frozenset[date]) -> WorkingDays:
    """Return a calendar without some bank holidays."""
    return _made(calendar, calendar.counting, left_out)


def _made(calendar: WorkingDays, counting: str, left_out: frozenset[date]) -> WorkingDays:
    closures, off = tuple(calendar.closures.items()), tuple(calendar.days_off.items())
    return working_days(calendar.nation, counting, closures, left_out, off)


def _units(number: int, unit: str) -> str:
    name = unit.replace("_", " ")
    if number != 1:
        return f"{number} {name}"
    head, _, tail = name.partition(" of ")
    return f"1 {head.removesuffix('s')}" + (f" of {tail}" if tail else "")
