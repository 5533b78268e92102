"""When a clock starts, is due and is ended, on columns: spans of days in, spans of days out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time

import numpy as np
from numpy.typing import NDArray

from timeliness.calendars import FAR_FUTURE, Days, WorkingDays
from timeliness.check.columns import Column, EndColumn, ExtensionColumn, State, Table, far
from timeliness.rulebooks import Clock, Extension, Rulebook, Start

Flags = NDArray[np.bool_]


@dataclass(frozen=True)
class Bounds:
    """A column of spans of days."""

    earliest: Days
    latest: Days


# The start ------------------------------------------------------------------------------------


def clock_start(
    rulebook: Rulebook, clock: Clock, start: Start, table: Table, calendar: WorkingDays
) -> tuple[Bounds, Flags]:
    """Return when the clock began, and where that is only bounded."""
    event = _received(table.events[start.event], rulebook.cut_off, calendar)
    if start.unrecorded is None:
        return Bounds(event.earliest, event.latest), event.is_in(State.INFERRED)
    after = _received(table.events[start.unrecorded.after], rulebook.cut_off, calendar)
    latest = far(table.size)
    limiting = rulebook.rule(start.unrecorded.limited_by)
    if limiting:
        latest = np.minimum(latest, calendar.add(after.latest, limiting.clock.limit))
    for name in (clock.stop, *start.unrecorded.no_later_than):
        other = table.events[name]
        latest = np.where(other.is_in(State.SEEN), np.minimum(latest, other.latest), latest)
    latest = np.maximum(latest, after.earliest)
    recorded = event.is_in(State.SEEN)
    began = Bounds(
        np.where(recorded, event.earliest, after.earliest),
        np.where(recorded, event.latest, latest),
    )
    return began, ~recorded


def _received(column: Column, cut_off: time | None, calendar: WorkingDays) -> Column:
    """Return when starts count as received: after the cut-off hour, on the next working day.

    A time on a day that is no working day is after the last cut-off too. A date without a time
    is before it.
    """
    if cut_off is None:
        return column
    after_hours = (column.minute > cut_off.hour * 60 + cut_off.minute) | (
        (column.minute >= 0) & ~calendar.are_working(column.earliest)
    )
    return Column(
        np.where(after_hours, calendar.next_working(column.earliest), column.earliest),
        np.where(after_hours, calendar.next_working(column.latest), column.latest),
        column.state,
        column.minute,
    )


# The due date ---------------------------------------------------------------------------------


def clock_due(
    clock: Clock, began: Bounds, table: Table, calendar: WorkingDays
) -> tuple[Bounds, Bounds]:
    """Return the due dates without and with the extensions on the record."""
    original = Bounds(
        calendar.add(began.earliest, clock.limit), calendar.add(began.latest, clock.limit)
    )
    told = table.extensions.get(clock.extension.event, ()) if clock.extension else ()
    if clock.extension is None or not any((one.earliest < FAR_FUTURE).any() for one in told):
        return original, original
    return original, Bounds(
        _extend(clock.extension, original.earliest, table, calendar, least=True),
        _extend(clock.extension, original.latest, table, calendar, least=False),
    )


def _extend(
    extension: Extension, original: Days, table: Table, calendar: WorkingDays, *, least: bool
) -> Days:
    """Return the due date after every extension, told as late or as early as can be.

    An extension counts if it was told before the limit it extends ran out, with all that it needs.
    It never shortens, and reaches beyond the maximum only where that is allowed.
    """
    due = original
    most = original if extension.most is None else calendar.add_more(original, extension.most)
    # One may be in time only by another that was told before it: so once for each.
    told_all = table.extensions[extension.event]
    for told in (*told_all,) * len(told_all):
        if extension.most is None:
            # The rulebook does not say whether there may be one: perhaps not, perhaps in full.
            if not least:
                counts = told.earliest <= due
                due = np.where(counts, np.maximum(due, told.until_latest), due)
            continue
        flags = [_attribute(told, name, table.size, least=least) for name in extension.needs]
        valid = np.logical_and.reduce(flags) if flags else np.full(table.size, True)
        flags = [_attribute(told, name, table.size, least=least) for name in extension.beyond]
        allowed = np.logical_or.reduce(flags) if flags else np.full(table.size, False)
        if least:
            counts = (told.latest <= due) & valid
            until = np.where(allowed, told.until_earliest, np.minimum(told.until_earliest, most))
        else:
            counts = (told.earliest <= due) & valid
            unstated = told.until_latest >= FAR_FUTURE
            until = np.where(
                allowed & ~unstated, told.until_latest, np.minimum(told.until_latest, most)
            )
        due = np.where(counts, np.maximum(due, until), due)
    return due


def _attribute(told: ExtensionColumn, name: str, size: int, *, least: bool) -> Flags:
    """Return where an attribute of an extension is so: certainly, or perhaps."""
    column = told.attributes.get(name)
    if column is None:
        return np.full(size, not least)
    flags: Flags = column == 1 if least else column != 0
    return flags


# The end --------------------------------------------------------------------------------------


def clock_end(
    ends: EndColumn | None, stop: Column, set_off: Bounds, size: int
) -> tuple[Bounds, Flags]:
    """Return when a clock was ended without its stop, and where it may have been."""
    if ends is None:
        return Bounds(far(size), far(size)), np.full(size, False)
    seen = stop.is_in(State.SEEN)
    # Closing a complaint ends what is open; an answer that followed is judged all the same.
    # What was over before the clock was set off does not hide what came after.
    over = ends.latest < set_off.earliest
    closed_over = seen | (ends.closed_latest < set_off.earliest)
    earliest = np.minimum(
        np.where(over, FAR_FUTURE, ends.earliest),
        np.where(closed_over, FAR_FUTURE, ends.closed_earliest),
    )
    latest = np.minimum(
        np.where(over, FAR_FUTURE, ends.latest),
        np.where(closed_over, FAR_FUTURE, ends.closed_latest),
    )
    ended = (earliest < FAR_FUTURE) & (latest >= set_off.earliest)
    ended &= ~(seen & (stop.latest <= earliest))
    return Bounds(earliest, latest), ended
