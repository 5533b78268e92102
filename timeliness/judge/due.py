"""When a clock starts, is due and is ended, on columns: spans of days in, spans of days out."""

from __future__ import annotations

from collections.abc import Callable
from datetime import time
from typing import Protocol

import numpy as np
from msgspec import Struct
from msgspec.structs import replace

from timeliness.judge.columns import (
    Bounds,
    Column,
    ExtensionColumn,
    Flags,
    PauseColumn,
    State,
    Table,
    far,
    pick,
)
from timeliness.model.calendars import FAR_FUTURE, Days, Limit, WorkingDays
from timeliness.model.pauses import Pauses
from timeliness.model.rulebooks import Clock, Extension, Rulebook, Start


class Adds(Protocol):
    """What adds a limit to a start, and more time to a due date: on days, or on instants."""

    @property
    def add(self) -> Callable[[Days, Limit], Days]:
        """Return what adds a limit to a start."""

    @property
    def add_more(self) -> Callable[[Days, Limit], Days]:
        """Return what adds a limit to a due date."""

    @property
    def lengthened(self) -> Callable[[Days, Days, Days, str], Days]:
        """Return what moves a due date by the time between two others, in a unit."""


# The start ------------------------------------------------------------------------------------


def clock_start(
    rulebook: Rulebook, clock: Clock, start: Start, table: Table, calendar: WorkingDays
) -> tuple[Bounds, Flags]:
    """Return when the clock began, and where that is only bounded.

    A start that may lie within the time that its own clock allowed did so, as one does that is not
    on the record; only one wholly after it counts as late. One after the stop, or after the end,
    does not count.
    """
    recorded = table.events[start.event]
    event = _received(recorded, rulebook.cut_off, calendar)
    if start.unrecorded is None:
        return event.days, event.is_in(State.INFERRED)
    after = _received(table.events[start.unrecorded.after], rulebook.cut_off, calendar)
    limiting = rulebook.timed(start.unrecorded.limited_by)
    limit = calendar.add(after.latest, limiting.clock.limit) if limiting else far(table.size)
    stop = table.events[clock.stop]
    stopped = stop.is_in(State.SEEN)
    latest = limit
    for name in (clock.stop, *start.unrecorded.no_later_than):
        other = table.events[name]
        seen = other.is_in(State.SEEN)
        if name != clock.stop:
            # What came before the clock could begin, as an extension before the receipt, says
            # nothing of the day on which it did.
            seen = seen & (other.latest >= after.earliest)
        if seen.any():
            latest = pick(seen, np.minimum(latest, other.latest), latest)
    seen = recorded.is_in(State.SEEN)
    too_late = seen & stopped & (recorded.earliest > stop.latest)
    closed = np.zeros(table.size, dtype=np.bool_)
    ends_late = far(table.size)
    if (ends := table.ends.get(clock.stage)) is not None:
        closed = seen & ~stopped & (recorded.latest > ends.closed_earliest)
        ends_late = ends.closed_latest
    counts = seen & ~too_late
    bounded = ~counts
    perhaps = stop.is_in(State.SEEN, State.CLAIMED)
    if not bounded.any() and recorded.days.exact and not (perhaps | closed).any():
        return event.days, bounded
    # Where the start may come after the stop, the clock may run from any day that is allowed. It
    # makes no odds where such a stop is in time from the first of these days.
    loose = counts & perhaps & (recorded.latest > stop.earliest)
    if loose.any():
        loose &= recorded.latest > calendar.add(after.earliest, clock.limit)
    if closed.any():
        loose |= counts & closed & (ends_late > calendar.add(after.earliest, clock.limit))
    late = np.where(recorded.earliest <= latest, latest, FAR_FUTURE).astype(latest.dtype)
    late = pick(stopped, np.minimum(late, np.maximum(stop.latest, event.earliest)), late)
    latest = np.maximum(latest, after.earliest)
    return Bounds(
        pick(counts & ~loose, event.earliest, after.earliest),
        pick(counts, np.minimum(event.latest, late), latest),
    ), bounded


def _received(column: Column, cut_off: time | None, calendar: WorkingDays) -> Column:
    """Return when starts count as received: after the cut-off hour, on the next working day.

    A date without a time is before it. A day that is no working day has no cut-off hour: what came
    on it counts as of that day.
    """
    if cut_off is None or column.minute is None:
        return column
    after_hours = (column.minute > cut_off.hour * 60 + cut_off.minute) & calendar.are_working(
        column.earliest
    )
    return replace(
        column,
        days=column.days.through(
            lambda days: pick(after_hours, calendar.next_working(days), days),
        ),
    )


# The due date ---------------------------------------------------------------------------------


class Due(Struct, frozen=True):
    """When clocks are due: `original` without extensions, `paused` where pauses leave that open."""

    original: Bounds
    due: Bounds
    paused: Flags | None = None


def clock_due(
    clock: Clock, began: Bounds, table: Table, calendar: Adds, pauses: Pauses | None
) -> Due:
    """Return the due dates without and with the extensions on the record.

    `pauses` says what lets the clock stand still, if anything does.
    """
    original = plain = began.through(lambda days: calendar.add(days, clock.limit))
    paused = None
    least, most = (Standing(clock, table, calendar, pauses, least=one) for one in (True, False))
    if pauses is not None and table.pauses:
        original = Bounds(
            least.moved(plain.earliest, began.earliest), most.moved(plain.latest, began.latest)
        )
        paused = (original.latest - plain.latest) > (original.earliest - plain.earliest)
    told = table.extensions.get(clock.extension.event, ()) if clock.extension else ()
    if clock.extension is None or not any((one.earliest < FAR_FUTURE).any() for one in told):
        return Due(original, original, paused)
    extended = Bounds(
        _extend(clock.extension, original.earliest, least),
        _extend(clock.extension, original.latest, most),
    )
    return Due(original, extended, paused)


class Standing(Struct, frozen=True):
    """How due dates are moved by the pauses of a clock, given as short or as long as can be."""

    clock: Clock
    table: Table
    calendar: Adds
    pauses: Pauses | None
    least: bool

    def moved(self, due: Days, since: Days) -> Days:
        """Return due dates moved by each pause, in the unit of the limit.

        A pause moves what is due on or after its first day. Before the clock began it did not
        stand still, nor for an extension before that was given: both are `since`.
        """
        for pause in self.table.pauses if self.pauses else ():
            counts = self._counts(pause)
            if self.least:
                begins, ends = pause.begun.latest, pause.ended.earliest
            else:
                begins, ends = pause.begun.earliest, pause.ended.latest
            begins = np.maximum(begins, since)
            counts &= (begins <= due) & (ends > begins)
            if counts.any():
                unit = self.clock.limit.unit
                due = pick(counts, self.calendar.lengthened(due, begins, ends, unit), due)
        return due

    def _counts(self, pause: PauseColumn) -> Flags:
        """Return where a pause counts: certainly, or perhaps."""
        assert self.pauses
        counts = pause.sure.copy() if self.least else pause.begun.earliest < FAR_FUTURE
        for name in self.pauses.needs:
            column = pause.attributes[name]
            counts = counts & (column == 1 if self.least else column != 0)
        return counts


def _extend(extension: Extension, original: Days, standing: Standing) -> Days:
    """Return the due date after every extension, given as late or as early as can be.

    An extension counts if it was given before the limit it extends ran out, with all that it needs.
    It never shortens, and reaches beyond the maximum only where that is allowed. A pause that came
    after it moves its new date too.
    """
    table, calendar, least = standing.table, standing.calendar, standing.least
    due = original
    most = calendar.add_more(original, extension.most) if extension.most else far(table.size)
    # One may be in time only by another that was told before it: so once for each.
    told_all = table.extensions[extension.event]
    for told in (*told_all,) * len(told_all):
        if not extension.stated:
            # The rulebook does not say whether there may be one: perhaps not, perhaps in full.
            if not least:
                until = standing.moved(told.until_latest, told.earliest)
                due = pick(told.earliest <= due, np.maximum(due, until), due)
            continue
        flags = [_attribute(told, name, table.size, least=least) for name in extension.needs]
        valid = np.logical_and.reduce(flags) if flags else np.full(table.size, True)
        flags = [_attribute(told, name, table.size, least=least) for name in extension.beyond]
        allowed = np.logical_or.reduce(flags) if flags else np.full(table.size, False)
        if least:
            counts = (told.latest <= due) & valid
            until = pick(allowed, told.until_earliest, np.minimum(told.until_earliest, most))
            until = standing.moved(until, told.latest)
        else:
            counts = (told.earliest <= due) & valid
            unstated = told.until_latest >= FAR_FUTURE
            until = pick(
                allowed & ~unstated, told.until_latest, np.minimum(told.until_latest, most)
            )
            until = standing.moved(until, told.earliest)
        due = pick(counts, np.maximum(due, until), due)
    return due


def _attribute(told: ExtensionColumn, name: str, size: int, *, least: bool) -> Flags:
    """Return where an attribute of an extension is so: certainly, or perhaps."""
    column = told.attributes.get(name)
    if column is None:
        return np.full(size, not least)
    flags: Flags = column == 1 if least else column != 0
    return flags
