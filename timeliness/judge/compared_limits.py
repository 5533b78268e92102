"""The last days of two limits compared, from every day on which both rulebooks are in force."""

from __future__ import annotations

from datetime import date, time

import numpy as np
from msgspec import Struct

from timeliness.model.calendars import DAY, Days, Limit, WorkingDays, working_days
from timeliness.model.covered import ANNOUNCED_UNTIL
from timeliness.model.rulebooks import Clock, Rulebook

_FIRST = date(2020, 1, 1)


class Later(Struct, frozen=True):
    """Whether one limit ever ends later than another, and whether earlier.

    `later` holds a start with the two last days that show it, and `at` the hour of that start
    where it matters.
    """

    later: tuple[date, date, date] | None
    earlier: bool
    at: time | None = None


class Counted(Struct, frozen=True):
    """A limit as one rulebook counts it: by its working days, and from its cut-off hour."""

    limit: Limit
    calendar: WorkingDays
    cut_off: time | None = None

    def due(self, days: Days, at: time | None) -> Days:
        """Return the last day of the limit from each day, at an hour or before any cut-off."""
        if self.cut_off and at and at > self.cut_off:
            working = self.calendar.are_working(days)
            days = np.where(working, self.calendar.next_working(days), days).astype(DAY)
        return self.calendar.add(days, self.limit)


def as_counted(book: Rulebook, clock: Clock, limit: Limit, nation: str) -> list[Counted]:
    """Return a limit as a rulebook counts it, in each way where it does not say which."""
    return [Counted(limit, one, book.cut_off) for one in book.calendars(nation, clock)]


def plainly(limit: Limit, nation: str) -> Counted:
    """Return a limit as it is counted where nothing else is said."""
    return Counted(limit, working_days(nation))


def counts_alike(policy: Rulebook, own: Clock, code: Rulebook, theirs: Clock) -> bool:
    """Whether two clocks count by one and the same rule, closure days and cut-off hour."""
    rules = policy.countings(own)
    return (
        len(rules) == 1
        and rules == code.countings(theirs)
        and policy.closures == code.closures
        and policy.cut_off == code.cut_off
    )


def count_in_words(book: Rulebook, clock: Clock) -> list[str]:
    """Return how a clock counts, where that is not plainly day-after."""
    told = []
    rules = book.countings(clock)
    if len(rules) > 1:
        told.append("does not say which day is day 1")
    elif rules != ("day-after",):
        told.append(f"counts {rules[0]}")
    if book.closures:
        told.append("leaves out its closure days")
    if book.cut_off:
        hour = f"{book.cut_off:%H:%M}"
        told.append(f"counts what comes after {hour} as received the next working day")
    return told


def window(policy: Rulebook, code: Rulebook) -> Days:
    """Return every day on which both rulebooks are in force and bank holidays are announced."""
    starts = [day for day in (policy.start, code.start) if day]
    ends = [day for day in (policy.end, code.end) if day]
    first = max(starts, default=_FIRST)
    last = min([*ends, max(ANNOUNCED_UNTIL.replace(month=11, day=1), first)])
    return np.arange(first.toordinal(), last.toordinal() + 1, dtype=DAY)


def later_day(ours: Counted, theirs: Counted, days: Days) -> Later:
    """Compare two limits from every day, and where days do not tell from after a cut-off hour."""
    hours = [None, *(_after(hour) for hour in (ours.cut_off, theirs.cut_off) if hour)]
    earlier = False
    for at in hours:
        given, asked = ours.due(days, at), theirs.due(days, at)
        earlier |= bool(np.any(given < asked))
        past = np.flatnonzero(given > asked)
        if len(past):
            # A working day shows it best, as a complaint is likelier to begin on one.
            working = past[theirs.calendar.are_working(days[past])]
            place = int((working if len(working) else past)[0])
            shown = tuple(date.fromordinal(int(column[place])) for column in (days, given, asked))
            return Later((shown[0], shown[1], shown[2]), earlier, at)
    return Later(None, earlier)


def _after(hour: time) -> time:
    """Return a time half an hour after another, or the last minute of the day."""
    minutes = min(hour.hour * 60 + hour.minute + 30, 24 * 60 - 1)
    return time(minutes // 60, minutes % 60)
