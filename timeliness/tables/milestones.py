"""From the complaints of a table to the columns that the clocks read, some rows at a time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy as np
from numpy.typing import NDArray

from timeliness.judge.columns import (
    Bounds,
    Column,
    EndColumn,
    ExtensionColumn,
    Flags,
    State,
    Table,
    far,
    never,
    pick,
    pick_codes,
)
from timeliness.judge.duties.rows import Recorded
from timeliness.model.calendars import DAY, FAR_FUTURE, FAR_PAST, Days
from timeliness.model.vocabulary import CLOSED, ENDING, STAGE_TRIGGERS, Kind, Vocabulary
from timeliness.tables.complaints import Complaints, Dated, Told
from timeliness.tables.landlords import stands_unread

Rows = NDArray[np.int64]


def table_of(
    complaints: Complaints, rows: Rows, vocabulary: Vocabulary, needed: Iterable[str]
) -> Table:
    """Return some complaints as columns, with every event in `needed` among them."""
    size = len(rows)
    as_at = complaints.as_at.take(rows)
    events = {
        name: _column(dated.take(rows), as_at, vocabulary.find(name))
        for name, dated in complaints.events.items()
    }
    unknown = Column(never(size), np.full(size, State.UNKNOWN, dtype=np.int8))
    for name in (*needed, *STAGE_TRIGGERS.values()):
        events.setdefault(name, unknown)
    extensions = {
        name: [_extension(told.take(rows), as_at) for told in several]
        for name, several in complaints.extensions.items()
        if events[name].is_in(State.SEEN, State.CLAIMED).any()
    }
    return Table(size, as_at, events, extensions, np.full(size, True), _last_ends(events, size))


def recorded_of(
    complaints: Complaints, rows: Rows, vocabulary: Vocabulary
) -> tuple[dict[str, Recorded], dict[str, Recorded]]:
    """Return the events of some complaints as they are recorded, and the new dates of extensions.

    Both are by the name of the event.
    """
    events = {}
    for name, dated in complaints.events.items():
        own, kind = dated.take(rows), vocabulary.find(name)
        unread = own.bad if kind and own.bad is not None and stands_unread(kind) else None
        events[name] = _as_recorded(own, unread)
    untils = {
        name: _as_recorded(until := told.until.take(rows), until.bad)
        for name, several in complaints.extensions.items()
        for told in several
        if told.until
    }
    return events, untils


def _as_recorded(dated: Dated, unread: Flags | None) -> Recorded:
    none = np.zeros(len(dated.earliest), dtype=np.bool_)
    return Recorded(
        Bounds(dated.earliest, dated.latest), dated.given, none if unread is None else unread
    )


def _last_ends(events: Mapping[str, Column], size: int) -> dict[int, EndColumn]:
    """Return how each stage was ended: a row of which that is not the last has a list of events."""
    ends: dict[int, EndColumn] = {}
    for kind in ENDING:
        column = events.get(kind.name)
        if column is None or not column.is_in(State.SEEN).any():
            continue
        seen, future = column.is_in(State.SEEN), far(size)
        days = pick(seen, column.earliest, future)
        nothing = EndColumn(future, future, future, future)
        for stage in kind.ends:
            end = ends.get(stage, nothing)
            if kind.name == CLOSED:
                first = np.minimum(end.closed_earliest, days)
                ends[stage] = EndColumn(end.earliest, end.latest, first, first)
            else:
                first = np.minimum(end.earliest, days)
                ends[stage] = EndColumn(first, first, end.closed_earliest, end.closed_latest)
    return ends


def _column(dated: Dated, as_at: Days, kind: Kind | None) -> Column:
    """Return an event as of a day: what is dated later counts as not yet done.

    What the landlord does out of the resident's sight may be done without being recorded.
    """
    seen = dated.earliest <= as_at
    blank = State.UNKNOWN if kind is not None and kind.internal else State.NOT_DONE
    state = pick_codes(seen, int(State.SEEN), np.full(len(seen), blank, dtype=np.int8))
    if dated.unsaid is not None:
        state[dated.unsaid] = State.UNKNOWN
    if blank == State.UNKNOWN:
        state = pick_codes(dated.given & ~seen, int(State.NOT_DONE), state)
    days = Bounds(dated.earliest, dated.latest)
    if (dated.given & ~seen).any():
        days = days.through(lambda ends: pick(seen, ends, far(len(seen))))
    if not days.exact:
        latest = pick(seen, np.minimum(days.latest, as_at), days.latest)
        days = Bounds(days.earliest, latest)
    if dated.bad is not None:
        stands = kind is not None and stands_unread(kind)
        state[dated.bad] = State.CLAIMED if stands else State.UNKNOWN
        if stands:
            days = Bounds(
                pick(dated.bad, FAR_PAST, days.earliest), pick(dated.bad, FAR_FUTURE, days.latest)
            )
    if dated.minute is None:
        return Column(days, state)
    exact = seen & (days.earliest == days.latest)
    return Column(days, state, np.where(exact, dated.minute, -1).astype(np.int16))


def _extension(told: Told, as_at: Days) -> ExtensionColumn:
    given = told.told.given & (told.told.earliest <= as_at)
    future = far(len(given))
    if told.until is None:
        dated, until = np.zeros(len(given), dtype=np.bool_), never(len(given))
    else:
        dated = given & told.until.given
        until = Bounds(told.until.earliest, told.until.latest)
    past: Days = np.full(len(given), FAR_PAST, dtype=DAY)
    seen = given if told.told.bad is None else given & ~told.told.bad
    return ExtensionColumn(
        pick(given, told.told.earliest, future),
        pick(seen, np.minimum(told.told.latest, as_at), future),
        pick(dated, until.earliest, past),
        pick(given, pick(dated, until.latest, future), past),
        {"until": np.where(dated, np.int8(1), np.int8(-1))},
    )
