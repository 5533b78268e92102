"""From the complaints of a table to the columns that the clocks read, some rows at a time.

It says of columns what `judge.milestones` says of one timeline; a test holds the two together.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

import numpy as np
from numpy.typing import NDArray

from timeliness.judge.columns import (
    Bounds,
    Column,
    EndColumn,
    ExtensionColumn,
    State,
    Table,
    far,
    never,
    pick,
    pick_codes,
)
from timeliness.judge.milestones import as_table, milestones
from timeliness.model.calendars import DAY, FAR_FUTURE, FAR_PAST, Days
from timeliness.model.vocabulary import STAGE_TRIGGERS, Kind, Vocabulary
from timeliness.tables.complaints import Complaints, Dated, Told
from timeliness.tables.landlords import stands_unread

Rows = NDArray[np.int64]


def table_of(
    complaints: Complaints, rows: Rows, vocabulary: Vocabulary, needed: Iterable[str]
) -> Table:
    """Return some complaints as columns, with every event in `needed` among them."""
    if complaints.rows_of_events:
        facts = []
        for row in rows.tolist():
            day = date.fromordinal(int(complaints.as_at[row]))
            facts.append(milestones(complaints.timeline(row), day, vocabulary))
        return as_table(facts)
    size = len(rows)
    as_at = complaints.as_at.take(rows)
    events = {
        name: _column(dated.take(rows), as_at, vocabulary.find(name))
        for name, dated in complaints.events.items()
    }
    unknown = Column(never(size), np.full(size, State.UNKNOWN, dtype=np.int8))
    for name in (*needed, *STAGE_TRIGGERS.values()):
        events.setdefault(name, unknown)
    for stage in sorted(STAGE_TRIGGERS):
        events[STAGE_TRIGGERS[stage]] = _infer(stage, events, vocabulary)
    extensions = {
        name: [_extension(told.take(rows), as_at) for told in several]
        for name, several in complaints.extensions.items()
        if events[name].is_in(State.SEEN, State.CLAIMED).any()
    }
    return Table(size, as_at, events, extensions, _ends(events, vocabulary, size))


def _column(dated: Dated, as_at: Days, kind: Kind | None) -> Column:
    """Return an event as of a day: what is dated later counts as not yet done."""
    seen = dated.earliest <= as_at
    state = pick_codes(seen, int(State.SEEN), np.full(len(seen), State.NOT_DONE, dtype=np.int8))
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


def _infer(stage: int, found: Mapping[str, Column], vocabulary: Vocabulary) -> Column:
    """Bound a request that is not on the record by the first event that follows from it."""
    own = found[STAGE_TRIGGERS[stage]]
    seen = own.is_in(State.SEEN)
    if seen.all():
        return own
    bound = far(len(seen))
    for kind in vocabulary.kinds:
        if kind.stage >= stage and kind.name in found:
            column = found[kind.name]
            if (happened := column.is_in(State.SEEN)).any():
                bound = pick(happened, np.minimum(bound, column.latest), bound)
    open_ = ~seen & (bound < FAR_FUTURE)
    if not open_.any():
        return own
    claimed = open_ & own.is_in(State.CLAIMED) & (own.earliest <= bound)
    inferred = open_ & ~claimed
    lower: Days = np.full(len(seen), FAR_PAST, dtype=DAY)
    if stage > 1:
        before = found[STAGE_TRIGGERS[stage - 1]]
        began = before.is_in(State.SEEN, State.CLAIMED, State.INFERRED)
        lower = pick(began, np.minimum(before.earliest, bound), lower)
    return Column(
        Bounds(pick(inferred, lower, own.earliest), pick(open_, bound, own.latest)),
        pick_codes(inferred, int(State.INFERRED), own.state),
        None if own.minute is None else np.where(open_, -1, own.minute).astype(np.int16),
    )


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


def _ends(events: Mapping[str, Column], vocabulary: Vocabulary, size: int) -> dict[int, EndColumn]:
    """Return when the clocks of each stage were ended: for good, and by closing.

    What was over before a stage began, or was taken up again, does not end it. What may have been
    taken up again, or is only said, may not have ended.
    """
    reopened = events.get("complaint reopened")
    ends = {}
    for stage, trigger in STAGE_TRIGGERS.items():
        hard = closed = never(size)
        ended = False
        for kind in vocabulary.kinds:
            if stage not in kind.ends or kind.name not in events:
                continue
            column = events[kind.name]
            known = column.is_in(State.SEEN, State.CLAIMED)
            if not known.any():
                continue
            ended = True
            known = known & (column.latest >= events[trigger].earliest)
            sure = known & column.is_in(State.SEEN)
            if reopened is not None:
                again = reopened.is_in(State.SEEN) & (reopened.earliest >= column.latest)
                perhaps = reopened.is_in(State.SEEN, State.CLAIMED)
                known = known & ~again
                sure = sure & ~(perhaps & (reopened.latest >= column.earliest))
            own = Bounds(
                pick(known, column.earliest, far(size)), pick(sure, column.latest, far(size))
            )
            if kind.name == "complaint closed":
                closed = _first_of(closed, own)
            else:
                hard = _first_of(hard, own)
        if ended:
            ends[stage] = EndColumn(hard.earliest, hard.latest, closed.earliest, closed.latest)
    return ends


def _first_of(one: Bounds, other: Bounds) -> Bounds:
    """Return when the first of two ends was, row by row."""
    return Bounds(np.minimum(one.earliest, other.earliest), np.minimum(one.latest, other.latest))
