"""What duties are judged on where complaints have dates and nothing else, as columns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from timeliness.judge.columns import Bounds, Codes, Column, Flags, State, far, pick
from timeliness.model.calendars import DAY, FAR_FUTURE, FAR_PAST, Days, Limit, WorkingDays

Places = NDArray[np.int64]


@dataclass(frozen=True)
class Recorded:
    """The days of one event as they are recorded, not cut by anything that follows from others.

    There is a day where `given` is set, and something that cannot be read where `unread` is.
    """

    days: Bounds
    given: Flags
    unread: Flags


@dataclass(frozen=True)
class RowDates:
    """The dates of complaints that have nothing else.

    `recorded` holds the events that are recorded, and `columns` what is known of each event.
    `calendar` counts as the Code does.
    """

    as_at: Days
    recorded: Mapping[str, Recorded]
    columns: Mapping[str, Column]
    calendar: WorkingDays

    @property
    def size(self) -> int:
        """Return how many complaints there are."""
        return len(self.as_at)

    def seen(self, name: str) -> Flags:
        """Return where an event happened by the as-at date."""
        one = self.recorded.get(name)
        if one is None:
            return np.zeros(self.size, dtype=np.bool_)
        seen: Flags = one.given & ~one.unread & (one.days.earliest <= self.as_at)
        return seen

    def said(self, name: str) -> Flags:
        """Return where an event happened by then, or is said to have happened."""
        one = self.recorded.get(name)
        return self.seen(name) | one.unread if one else self.seen(name)

    def days(self, name: str) -> Bounds:
        """Return the days of an event, in the far future where none is recorded."""
        one = self.recorded.get(name)
        return one.days if one else Bounds(far(self.size), far(self.size))

    def not_done(self, name: str) -> Flags:
        """Return where the record says that an event did not happen."""
        column = self.columns.get(name)
        if column is None:
            return np.zeros(self.size, dtype=np.bool_)
        return column.is_in(State.NOT_DONE)


def unknown(size: int) -> Bounds:
    """Return a column of days of which nothing is known."""
    return Bounds(np.full(size, FAR_PAST, dtype=DAY), np.full(size, FAR_FUTURE, dtype=DAY))


@dataclass(frozen=True)
class Told:
    """What one duty comes to in the places where it is triggered; see `Finding` for the fields."""

    places: Places
    verdict: Codes
    reason: Codes
    start: Bounds
    due: Bounds
    done: Bounds


def later(calendar: WorkingDays, days: Bounds, limit: Limit) -> Bounds:
    """Return the days on which a time that begins in a span may end."""
    return days.through(lambda ends: calendar.add(ends, limit))


def earlier(one: Bounds, other: Bounds, flags: Flags) -> Bounds:
    """Return the spans of one, and those of the other where a flag is set and they come before."""
    before = (other.earliest < one.earliest) | (
        (other.earliest == one.earliest) & (other.latest < one.latest)
    )
    own = flags & before
    return Bounds(pick(own, other.earliest, one.earliest), pick(own, other.latest, one.latest))
