"""The readings of a time limit as objects, made for one complaint after another."""

from __future__ import annotations

from datetime import date, datetime, time
from functools import lru_cache

from timeliness.judge.clocks import Reading as ClockColumns
from timeliness.judge.clocks import Source
from timeliness.judge.columns import Bounds
from timeliness.judge.hours import Scale
from timeliness.judge.judged import Rows
from timeliness.judge.measuring import NONE, Dates
from timeliness.judge.verdicts import REASON_NAMES, VERDICT_NAMES
from timeliness.model.calendars import FAR_FUTURE, FAR_PAST
from timeliness.model.dates import Span
from timeliness.model.findings import Reading
from timeliness.model.ranges import Moments, Range

Pair = tuple[int, int]
"""The two ends of a span or of a range, as numbers."""


class Readings:
    """One reading of a clock in some places, made for one complaint after another; see `Found`."""

    def __init__(self, source: Source, columns: ClockColumns, places: Rows) -> None:
        self.source, self.columns = source, columns
        dates = Dates(source, columns, places)
        self.present, self.applies = dates.present.tolist(), dates.applies.tolist()
        self.counted, self.dated = dates.counted.tolist(), dates.dated.tolist()
        self.verdict, self.reason = dates.verdict.tolist(), dates.reason.tolist()
        self.start, self.due, self.done = map(_pairs, (dates.start, dates.due, dates.done))
        self.original_due = _pairs(columns.original_due.take(places))
        self.until: list[int] = dates.until.latest.tolist()
        self.numbers = list(map(_pairs, dates.numbers()))
        self.moments: dict[str, _Moments] = {}
        self.hours: list[Pair] = []
        if (exact := columns.by_hours) is not None:
            self.hours = _pairs(dates.hours())
            for name, instants in (("due", exact.reading.due), ("done", exact.reading.stop.done)):
                self.moments[name] = _Moments(instants.take(places), exact.scale)

    def at(self, number: int) -> Reading | None:
        """Return the reading in the place of that number; None where it does not exist there."""
        if not self.present[number]:
            return None
        source = self.source
        applies, counted = self.applies[number], self.counted[number]
        working_days, late_by, days_late = (
            [_range(*pairs[number]) for pairs in self.numbers] if counted else (None, None, None)
        )
        at = {name: one.at(number) for name, one in self.moments.items()} if applies else {}
        return Reading(
            start_event=source.start.event,
            rulebook=source.rulebook,
            rule=source.rule,
            calendar=source.calendar,
            decides=source.decides,
            start=_span(*self.start[number]) if applies else None,
            due=_span(*self.due[number]) if applies else None,
            original_due=_span(*self.original_due[number]) if applies else None,
            done=_span(*self.done[number]) if self.dated[number] else None,
            verdict=VERDICT_NAMES[self.verdict[number]],
            reason=REASON_NAMES[self.reason[number]],
            working_days=working_days,
            late_by=late_by,
            days_late=days_late,
            due_at=at.get("due"),
            done_at=at.get("done") if self.dated[number] else None,
            hours=_range(*self.hours[number]) if counted and self.hours else None,
        )


class _Moments:
    """Instants of many complaints, as the moments of the clock on the wall."""

    def __init__(self, instants: Bounds, scale: Scale) -> None:
        self.ends = [scale.local(end) for end in (instants.earliest, instants.latest)]

    def at(self, place: int) -> Moments | None:
        """Return the moments of one complaint; None where one of them is not known."""
        told = []
        for days, minutes in self.ends:
            day = day_of(int(days[place]))
            if day is None:
                return None
            told.append(datetime.combine(day, time(*divmod(int(minutes[place]), 60))))
        return Moments(*told)


def _pairs(bounds: Bounds) -> list[Pair]:
    """Return both ends of each row."""
    earliest = bounds.earliest.tolist()
    latest = earliest if bounds.exact else bounds.latest.tolist()
    return list(zip(earliest, latest, strict=True))


@lru_cache(maxsize=10_000)
def _range(least: int, most: int) -> Range:
    """Return the least and most of a number."""
    return Range(least, None if most == NONE else most)


def day_of(ordinal: int) -> date | None:
    """Return the day of an ordinal, None where it lies in the far past or future."""
    return date.fromordinal(ordinal) if FAR_PAST < ordinal < FAR_FUTURE else None


@lru_cache(maxsize=10_000)
def _span(earliest: int, latest: int) -> Span:
    """Return the span of some days, given as ordinals."""
    return Span(day_of(earliest), day_of(latest))


def span_at(bounds: Bounds, place: int) -> Span:
    """Return the span of days in one place of a column."""
    return _span(int(bounds.earliest[place]), int(bounds.latest[place]))
