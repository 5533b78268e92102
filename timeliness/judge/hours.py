"""Clocks that run in hours: instants in place of days, so that the same arithmetic judges them.

Each row has a scale of its own, of minutes from a day near its start; a day without a time is the
span from its first minute to its last. What lies years away is cut at the ends of the scale, which
keeps its order. The far past and the far future are the same on every scale.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from msgspec import Struct
from msgspec.structs import replace
from numpy.typing import NDArray

from timeliness.judge.columns import (
    Bounds,
    Column,
    EndColumn,
    ExtensionColumn,
    Table,
)
from timeliness.model.calendars import DAY, FAR_FUTURE, FAR_PAST, HOURS, Days, Limit, WorkingDays
from timeliness.model.uk_time import DAY_LONG, Minutes, local_time, utc_minutes

MinutesOfDay = NDArray[np.int16] | NDArray[np.int32]

_BEFORE = 30 * DAY_LONG
"""As many minutes of a scale lie before its day: a month; nearly seven years lie after it."""


class Scale(Struct, frozen=True):
    """The scales of some rows; `origin` is the minute of UTC that is 0 on each."""

    origin: Minutes

    @classmethod
    def near(cls, began: Bounds, as_at: Days) -> Scale:
        """Return scales near the days on which clocks began, or near the as-at date."""
        known = (began.earliest > FAR_PAST) & (began.earliest < FAR_FUTURE)
        days = np.where(known, began.earliest, as_at).astype(np.int64)
        return cls(days * DAY_LONG - _BEFORE)

    def take(self, places: NDArray[np.int64]) -> Scale:
        """Return the scales of some rows."""
        return Scale(self.origin.take(places))

    def first(self, days: Days, minute: MinutesOfDay | None = None) -> Days:
        """Return the first instant of each day, or that of a minute where one is given (not -1)."""
        told = np.zeros(len(days), dtype=DAY) if minute is None else np.maximum(minute, 0)
        return self._on_scale(days, utc_minutes(days, told, least=True))

    def last(self, days: Days, minute: MinutesOfDay | None = None) -> Days:
        """Return the last instant of each day, or that of a minute where one is given (not -1)."""
        end = DAY_LONG - 1
        told = np.full(len(days), end, dtype=DAY)
        if minute is not None:
            told = np.where(minute < 0, end, minute).astype(DAY)
        return self._on_scale(days, utc_minutes(days, told, least=False))

    def _on_scale(self, days: Days, utc: Minutes) -> Days:
        at = np.clip(utc - self.origin, FAR_PAST + 1, FAR_FUTURE - 1)
        at = np.where(days <= FAR_PAST, FAR_PAST, at)
        return np.where(days >= FAR_FUTURE, FAR_FUTURE, at).astype(DAY)

    def local(self, instants: Days) -> tuple[Days, Days]:
        """Return the day of each instant, far ends as they are, and its minute."""
        days, minutes = local_time(instants + self.origin)
        days = np.where(instants <= FAR_PAST, FAR_PAST, days)
        return np.where(instants >= FAR_FUTURE, FAR_FUTURE, days).astype(DAY), minutes

    def days(self, instants: Bounds) -> Bounds:
        """Return the days of instants."""
        return instants.through(lambda column: self.local(column)[0])

    def began(self, days: Bounds, event: Column) -> Bounds:
        """Return when clocks began that run from an event, whose time counts on its own day."""
        if event.minute is None:
            return self._timed(days, None)
        first = np.where(event.earliest == days.earliest, event.minute, -1)
        last = np.where(event.latest == days.latest, event.minute, -1)
        return Bounds(self.first(days.earliest, first), self.last(days.latest, last))

    def table(self, table: Table) -> Table:
        """Return a table whose days are instants."""
        return replace(
            table,
            as_at=self.first(table.as_at),
            events={name: self._column(column) for name, column in table.events.items()},
            extensions={
                name: [self._extension(told) for told in several]
                for name, several in table.extensions.items()
            },
            ends={stage: self._end(end) for stage, end in table.ends.items()},
            pauses=[
                replace(
                    one,
                    begun=self._timed(one.begun, one.minutes[:, 0]),
                    ended=self._timed(one.ended, one.minutes[:, 1]),
                )
                for one in table.pauses
            ],
        )

    def _timed(self, days: Bounds, minute: MinutesOfDay | None) -> Bounds:
        return Bounds(self.first(days.earliest, minute), self.last(days.latest, minute))

    def _column(self, column: Column) -> Column:
        return replace(column, days=self._timed(column.days, column.minute), minute=None)

    def _extension(self, told: ExtensionColumn) -> ExtensionColumn:
        """Return an extension whose new date lasts until the end of its day."""
        return replace(
            told,
            earliest=self.first(told.earliest),
            latest=self.last(told.latest),
            until_earliest=self.last(told.until_earliest),
            until_latest=self.last(told.until_latest),
        )

    def _end(self, end: EndColumn) -> EndColumn:
        return EndColumn(
            self.first(end.earliest),
            self.last(end.latest),
            self.first(end.closed_earliest),
            self.last(end.closed_latest),
        )

    def adding(self, calendar: WorkingDays) -> Adding:
        """Return how a limit is added to instants, by a calendar where it is not in hours."""
        return Adding(
            lambda start, limit: self._added(start, limit, calendar.add),
            lambda due, limit: self._added(due, limit, calendar.add_more),
            _lengthened,
        )

    def _added(self, start: Days, limit: Limit, by_days: Callable[[Days, Limit], Days]) -> Days:
        if limit.unit != HOURS:
            return self.last(by_days(self.local(start)[0], limit))
        known = (start > FAR_PAST) & (start < FAR_FUTURE)
        due = np.minimum(start + limit.amount * 60, FAR_FUTURE - 1)
        return np.where(known, due, start).astype(DAY)


def _lengthened(due: Days, begins: Days, ends: Days, unit: str) -> Days:
    """Return due instants moved by the minutes from one instant to another; the unit is hours."""
    assert unit == HOURS
    moved = np.minimum(due.astype(np.int64) + ends - begins, FAR_FUTURE - 1)
    moved = np.where(ends >= FAR_FUTURE, FAR_FUTURE, moved)
    return np.where((due <= FAR_PAST) | (due >= FAR_FUTURE), due, moved).astype(DAY)


class Adding(Struct, frozen=True):
    """How limits are added to a start and to a due date, and a due date is moved by a pause."""

    add: Callable[[Days, Limit], Days]
    add_more: Callable[[Days, Limit], Days]
    lengthened: Callable[[Days, Days, Days, str], Days]
