"""What follows from the events on the record: requests that are not on it, and ends of clocks.

A request whose own record is missing is no later than the first event of its stage.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from timeliness.judge.columns import (
    Bounds,
    Column,
    EndColumn,
    Flags,
    State,
    Table,
    far,
    never,
    pick,
    pick_codes,
)
from timeliness.model.calendars import DAY, FAR_FUTURE, FAR_PAST, Days
from timeliness.model.vocabulary import ENDING, KINDS, REOPENED, STAGE_TRIGGERS


def completed(table: Table) -> Table:
    """Return a table with its missing requests bounded, and with the ends of its stages."""
    events = dict(table.events)
    for stage in sorted(STAGE_TRIGGERS):
        events[STAGE_TRIGGERS[stage]] = _infer(stage, events)
    return replace(table, events=events, endings={}, ends=_ends(table, events))


def _infer(stage: int, found: Mapping[str, Column]) -> Column:
    """Bound a request that is not on the record by the first event that follows from it."""
    own = found[STAGE_TRIGGERS[stage]]
    seen = own.is_in(State.SEEN)
    if seen.all():
        return own
    bound = far(len(seen))
    for kind in KINDS:
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


def _ends(table: Table, events: Mapping[str, Column]) -> dict[int, EndColumn]:
    """Return when the clocks of each stage were ended: for good, and by closing.

    What was over before a stage began, or was taken up again, does not end it. What may have been
    taken up again, or is only said, may not have ended. Of several ends the first counts.
    """
    ends = {}
    for stage, trigger in STAGE_TRIGGERS.items():
        hard = closed = never(table.size)
        ended = False
        for kind in ENDING:
            if stage not in kind.ends:
                continue
            for column in table.endings.get(kind.name, ()):
                if not column.is_in(State.SEEN, State.CLAIMED).any():
                    continue
                ended = True
                own = _end(column, events[trigger], table)
                if kind.name == "complaint closed":
                    closed = _first_of(closed, own)
                else:
                    hard = _first_of(hard, own)
        if ended:
            ends[stage] = EndColumn(hard.earliest, hard.latest, closed.earliest, closed.latest)
    return ends


def _end(column: Column, trigger: Column, table: Table) -> Bounds:
    """Return when one end was, in the far future where it ended nothing."""
    known = column.is_in(State.SEEN, State.CLAIMED) & (column.latest >= trigger.earliest)
    sure: Flags = known & column.is_in(State.SEEN)
    for reopened in table.endings.get(REOPENED, ()):
        known = known & ~(reopened.is_in(State.SEEN) & (reopened.earliest >= column.latest))
        perhaps = reopened.is_in(State.SEEN, State.CLAIMED)
        sure = sure & ~(perhaps & (reopened.latest >= column.earliest))
    future = far(table.size)
    return Bounds(pick(known, column.earliest, future), pick(known & sure, column.latest, future))


def _first_of(one: Bounds, other: Bounds) -> Bounds:
    """Return when the first of two ends was, row by row."""
    return Bounds(np.minimum(one.earliest, other.earliest), np.minimum(one.latest, other.latest))
