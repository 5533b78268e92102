"""The scale of a strip: where a day lies along it, its ticks, the days that do not count."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from msgspec import Struct

from timeliness.model.calendars import WorkingDays
from timeliness.model.covered import FIRST_YEAR, LAST_YEAR

MOST_DAYS_SHADED = 420
"""Past this many days a weekend is too narrow to draw."""

_MOST_TICKS = 5

_LETTER = 2.15
"""How much of a drawing's width a letter takes where the drawing is at its narrowest."""


class Bar(Struct, frozen=True):
    """A stretch of a lane; `kind` is allowed, maybe, over or done."""

    kind: str
    x: float
    width: float


class Words(Struct, frozen=True):
    """A few words at a place of a lane, which they begin, straddle or end at."""

    text: str
    x: float
    anchor: str


class Shade(Struct, frozen=True):
    """Days that do not count, next to each other: weekend or holiday."""

    kind: str
    x: float
    width: float


class Scale(Struct, frozen=True):
    """The days from the first to the last, along the whole width."""

    first: date
    last: date

    def start_of(self, day: date) -> float:
        """Return where a day begins, in percent."""
        whole = (self.last - self.first).days + 1
        share = 100 * (day - self.first).days / whole
        return round(min(max(share, 0.0), 100.0), 2)

    def end_of(self, day: date) -> float:
        """Return where a day ends."""
        return self.start_of(day + timedelta(1)) if day < date.max else 100.0

    def middle_of(self, day: date) -> float:
        """Return the middle of a day."""
        return round((self.start_of(day) + self.end_of(day)) / 2, 2)

    def bar(self, kind: str, start: float, end: float) -> list[Bar]:
        """Return a stretch, or nothing where it has no length."""
        return [Bar(kind, start, round(end - start, 2))] if end > start else []


def place_words(text: str, first: float, last: float) -> Words:
    """Return words placed so that they stay within the drawing, on the narrowest screen too."""
    width = len(text) * _LETTER
    middle = round((first + last) / 2, 2)
    if width / 2 <= middle <= 100 - width / 2:
        return Words(text, middle, "middle")
    if middle < 50:
        return Words(text, first if first + width <= 100 else 0.0, "start")
    return Words(text, last if last >= width else 100.0, "end")


def shades_of(scale: Scale, calendar: WorkingDays) -> Iterable[Shade]:
    """Return the runs of days that do not count."""
    if (scale.last - scale.first).days > MOST_DAYS_SHADED:
        return
    day, run, kind = scale.first, None, ""
    while day <= scale.last:
        covered = FIRST_YEAR <= day.year <= LAST_YEAR
        why = (calendar.why_not(day) or "") if covered else ""
        now = "weekend" if why.startswith("weekend") else "holiday" if why else ""
        if now != kind:
            if run is not None and kind:
                yield _shade(scale, kind, run, day)
            run, kind = day, now
        day += timedelta(1)
    if run is not None and kind:
        yield _shade(scale, kind, run, day)


def _shade(scale: Scale, kind: str, first: date, after: date) -> Shade:
    start, end = scale.start_of(first), scale.start_of(after)
    return Shade(kind, start, round(end - start, 2))


def ticks_of(scale: Scale) -> Iterable[Words]:
    """Return at most a handful of dates along the top: Mondays, or the first of months."""
    days = (scale.last - scale.first).days
    if days <= 7 * 2 * _MOST_TICKS:
        step = 7 if days <= 7 * _MOST_TICKS else 14
        day = scale.first + timedelta(-scale.first.weekday() % 7)
        while day <= scale.last:
            yield _tick(scale, day, f"{day.day} {day:%b}")
            day += timedelta(step)
        return
    months = days // 30
    step = next((size for size in (1, 2, 3, 6, 12, 24, 60) if months / size <= _MOST_TICKS), 120)
    number = scale.first.year * 12 + scale.first.month
    number += -number % step if step > 1 else 0
    while (number // 12, number % 12 + 1) <= (scale.last.year, scale.last.month):
        day = date(number // 12, number % 12 + 1, 1)
        yield _tick(scale, day, f"{day:%b} {day.year}")
        number += step


def _tick(scale: Scale, day: date, text: str) -> Words:
    x = scale.start_of(day)
    return Words(text if x + len(text) * _LETTER <= 100 else "", x, "start")
