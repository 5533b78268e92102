"""A stated figure held against two days: counted in every unit and by every rule that is used.

`weekdays`, which ignores bank holidays, exists here only: it explains figures that somebody else
stated, and nothing is ever judged by it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from timeliness.model.calendars import COUNTING_RULES, Limit, WorkingDays, working_days
from timeliness.model.statements import (
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

WEEKDAYS = "weekdays"
RULES = {**COUNTING_RULES, WEEKDAYS: "Monday to Friday, bank holidays ignored"}
"""Every counting rule that a stated figure may follow."""

_RULE_WORDS = {
    "day-after": "counted day-after",
    "same-day": "if the first day counts as day 1",
    "roll-forward": "if a day that is no working day counts as the next working day (roll-forward)",
    WEEKDAYS: "if bank holidays are ignored",
}


@dataclass(frozen=True)
class Measure:
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

        "Nearly" reaches from the unit before, or for days from a tenth below; "about" is to the
        nearest unit, or for days to a tenth.
        """
        amount, beyond = figure.amount, self.whole == figure.amount and self.left > 0
        in_days = not self.unit.startswith(("weeks", "months"))
        slack = max(2, amount // 10)
        if figure.bound == EXACTLY:
            return self.whole == amount
        if figure.bound == ABOUT:
            half = {"weeks": 4, "months": 15}.get(self.unit, 10)
            rounded = self.whole + (self.left >= half)
            return abs(self.whole - amount) <= slack if in_days else amount in (self.whole, rounded)
        if figure.bound == NEARLY:
            if in_days:
                return amount - slack <= self.whole <= amount
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


@dataclass(frozen=True)
class Way:
    """One way to count: the unit and the rule.

    `departures` is the number of points in which it differs from the plain reading, and `says`
    names them.
    """

    unit: str
    rule: str
    departures: int
    says: tuple[str, ...] = ()


def ways(figure: Figure, rule: str = "day-after") -> Iterator[Way]:
    """Return every way to count a stated figure, the plain one first.

    A figure that is bounded loosely is read plainly only, since nearly any other way would fit it.
    """
    if figure.unit == DAYS:
        yield Way("calendar_days", rule, 0)
        yield Way("working_days", rule, 1, ("in working days",))
    else:
        yield Way(figure.unit, rule, 0)
    if figure.bound != EXACTLY:
        return
    if figure.unit == "working_days":
        yield Way("calendar_days", rule, 1, ("in calendar days",))
        others = [other for other in RULES if other != rule]
    elif figure.unit in ("calendar_days", DAYS):
        if figure.unit == "calendar_days":
            yield Way("working_days", rule, 1, ("in working days",))
        others = ["same-day"] if rule != "same-day" else ["day-after"]
    else:
        short = "weeks of 5 working days" if figure.unit == "weeks" else "months of 4 weeks"
        yield Way(short, rule, 1, (f"in {short}",))
        others = []
    unit = "calendar_days" if figure.unit == DAYS else figure.unit
    for other in others:
        yield Way(unit, other, 1, (_RULE_WORDS[other],))


def measure(way: Way, start: date, end: date, calendar: WorkingDays) -> Measure:
    """Return the time from start to end, counted one way; 0 where end is earlier."""
    days = max((end - start).days, 0)
    if way.unit == "working_days":
        return Measure(_working(way.rule, start, end, calendar), way.unit)
    if way.unit == "calendar_days":
        return Measure(days + (way.rule == "same-day"), way.unit)
    if way.unit == "weeks":
        return Measure(days // 7, way.unit, days % 7)
    if way.unit == "weeks of 5 working days":
        number = _working(way.rule, start, end, calendar)
        return Measure(number // 5, way.unit, number % 5)
    if way.unit == "months of 4 weeks":
        return Measure(days // 28, way.unit, days % 28)
    months = max((end.year - start.year) * 12 + end.month - start.month, 0)
    if months and calendar.due(start, Limit(months, "months")) > end:
        months -= 1
    whole = calendar.due(start, Limit(months, "months")) if months else start
    return Measure(months, "months", max((end - whole).days, 0))


def due(limit: Limit, rule: str, start: date, calendar: WorkingDays) -> date:
    """Return the last day of a limit under a counting rule, `weekdays` included."""
    if limit.unit != "working_days":
        return calendar.due(start, limit)
    if rule != WEEKDAYS:
        return _under(rule, calendar).due(start, limit)
    day, left = start, limit.amount
    while left:
        day += timedelta(1)
        left -= day.weekday() < 5
    return day


def rules_for(limit: Limit) -> tuple[str, ...]:
    """Return the counting rules that make a difference to a limit."""
    return tuple(RULES) if limit.unit == "working_days" else ("day-after",)


def rule_words(rule: str) -> str:
    """Return a counting rule as a condition: if bank holidays are ignored."""
    return _RULE_WORDS[rule]


def _working(rule: str, start: date, end: date, calendar: WorkingDays) -> int:
    if rule == WEEKDAYS:
        return max(_weekdays_up_to(end) - _weekdays_up_to(start), 0)
    return _under(rule, calendar).between(start, end)


def _weekdays_up_to(day: date) -> int:
    """Return the weekdays up to a day since the year 1, which began on a Monday."""
    weeks, days = divmod(day.toordinal(), 7)
    return weeks * 5 + min(days, 5)


def _under(rule: str, calendar: WorkingDays) -> WorkingDays:
    """Return a calendar with another counting rule."""
    if rule == calendar.counting:
        return calendar
    return working_days(calendar.nation, rule, tuple(calendar.closures.items()))


def _units(number: int, unit: str) -> str:
    name = unit.replace("_", " ")
    if number != 1:
        return f"{number} {name}"
    head, _, tail = name.partition(" of ")
    return f"1 {head.removesuffix('s')}" + (f" of {tail}" if tail else "")
