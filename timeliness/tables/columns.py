"""From the complaints of a table to the columns that the clocks read, some rows at a time.

It says of columns what `check.milestones` says of one timeline; a test holds the two together.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

import numpy as np
from numpy.typing import NDArray

from timeliness.calendars import FAR_FUTURE, FAR_PAST, Days
from timeliness.check.columns import Column, EndColumn, ExtensionColumn, State, Table, far
from timeliness.check.milestones import as_table, milestones
from timeliness.tables.complaints import Complaints, Dated, Told
from timeliness.vocabulary import STAGE_TRIGGERS, Vocabulary

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
    as_at = complaints.as_at[rows].astype(np.int64)
    span: Rows | slice = rows
    if size and rows[-1] - rows[0] == size - 1:
        span = slice(int(rows[0]), int(rows[-1]) + 1)
    events: dict[str, Column] = {}
    for name, dated in complaints.events.items():
        events[name] = _column(dated.take(span), as_at, trigger=name in STAGE_TRIGGERS.values())
    unknown = Column(
        far(size),
        far(size),
        np.full(size, State.UNKNOWN, dtype=np.int8),
        np.full(size, -1, dtype=np.int16),
    )
    for name in (*needed, *STAGE_TRIGGERS.values()):
        events.setdefault(name, unknown)
    for stage in sorted(STAGE_TRIGGERS):
        events[STAGE_TRIGGERS[stage]] = _infer(stage, events, vocabulary)
    extensions = {
        name: [_extension(told.take(span), as_at) for told in several]
        for name, several in complaints.extensions.items()
    }
    ends = _ends(events, vocabulary, size)
    return Table(size, as_at, events, extensions, ends)


def _column(dated: Dated, as_at: Days, *, trigger: bool) -> Column:
    """Return an event as of a day: what is dated later counts as not yet done."""
    earliest = dated.earliest.astype(np.int64)
    latest = earliest if dated.earliest is dated.latest else dated.latest.astype(np.int64)
    given = dated.given & (earliest <= as_at)
    state = np.where(given, np.int8(State.SEEN), np.int8(State.NOT_DONE))
    earliest = np.where(given, earliest, FAR_FUTURE)
    latest = np.where(given, np.minimum(latest, as_at), FAR_FUTURE)
    if dated.bad.any():
        # Something stands there that cannot be read: of a request, that it was made some day.
        state[dated.bad] = State.CLAIMED if trigger else State.UNKNOWN
        if trigger:
            earliest[dated.bad] = FAR_PAST
    if dated.minute is None:
        minute = np.full(len(state), -1, dtype=np.int16)
    else:
        minute = np.where(given & (earliest == latest), dated.minute, -1).astype(np.int16)
    return Column(earliest, latest, state, minute)


def _infer(stage: int, found: Mapping[str, Column], vocabulary: Vocabulary) -> Column:
    """Bound a request that is not on the record by the first event that follows from it."""
    own = found[STAGE_TRIGGERS[stage]]
    seen = own.state == State.SEEN
    if seen.all():
        return own
    bound = far(len(seen))
    for kind in vocabulary.kinds:
        if kind.stage >= stage and kind.name in found:
            column = found[kind.name]
            bound = np.where(column.state == State.SEEN, np.minimum(bound, column.latest), bound)
    open_ = ~seen & (bound < FAR_FUTURE)
    if not open_.any():
        return own
    claimed = open_ & (own.state == State.CLAIMED) & (own.earliest <= bound)
    inferred = open_ & ~claimed
    lower: Days = np.full(len(seen), FAR_PAST, dtype=np.int64)
    if stage > 1:
        before = found[STAGE_TRIGGERS[stage - 1]]
        began = before.is_in(State.SEEN, State.CLAIMED, State.INFERRED)
        lower = np.where(began, np.minimum(before.earliest, bound), lower)
    return Column(
        np.where(inferred, lower, own.earliest),
        np.where(open_, bound, own.latest),
        np.where(inferred, np.int8(State.INFERRED), own.state),
        np.where(open_, np.int16(-1), own.minute),
    )


def _extension(told: Told, as_at: Days) -> ExtensionColumn:
    earliest = told.told.earliest.astype(np.int64)
    given = told.told.given & (earliest <= as_at)
    latest = np.where(given, np.minimum(told.told.latest, as_at), FAR_FUTURE)
    size = len(given)
    if told.until is None:
        until = (np.full(size, FAR_PAST), np.full(size, FAR_FUTURE))
        dated = np.zeros(size, dtype=np.bool_)
    else:
        until = (told.until.earliest.astype(np.int64), told.until.latest.astype(np.int64))
        dated = told.until.given
    return ExtensionColumn(
        np.where(given, earliest, FAR_FUTURE),
        latest,
        np.where(given & dated, until[0], FAR_PAST),
        np.where(given, np.where(dated, until[1], FAR_FUTURE), FAR_PAST),
        {"until": np.where(given & dated, np.int8(1), np.int8(-1))},
    )


def _ends(events: Mapping[str, Column], vocabulary: Vocabulary, size: int) -> dict[int, EndColumn]:
    """Return when the clocks of each stage were ended: for good, and by closing."""
    reopened = events.get("complaint reopened")
    ends = {}
    for stage in STAGE_TRIGGERS:
        hard, closed = (far(size), far(size)), (far(size), far(size))
        for kind in vocabulary.kinds:
            if stage not in kind.ends or kind.name not in events:
                continue
            column = events[kind.name]
            known = column.state == State.SEEN
            if reopened is not None:
                known &= ~((reopened.state == State.SEEN) & (reopened.earliest >= column.earliest))
            earliest = np.where(known, column.earliest, FAR_FUTURE)
            latest = np.where(known, column.latest, FAR_FUTURE)
            if kind.name == "complaint closed":
                closed = _first_of(closed, (earliest, latest))
            else:
                hard = _first_of(hard, (earliest, latest))
        ends[stage] = EndColumn(*hard, *closed)
    return ends


def _first_of(one: tuple[Days, Days], other: tuple[Days, Days]) -> tuple[Days, Days]:
    """Return the earlier of two spans, row by row."""
    takes = (other[0] < one[0]) | ((other[0] == one[0]) & (other[1] < one[1]))
    return np.where(takes, other[0], one[0]), np.where(takes, other[1], one[1])
