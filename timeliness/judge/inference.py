"""What follows from the events on the record: dates that are known better, and ends of clocks.

An imprecise date is cut by what must be true: a cause comes no later than its effects, and they no
earlier than it. A request whose own record is missing is no later than the first event of its
stage.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

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
from timeliness.model.calendars import DAY, FAR_FUTURE, FAR_PAST, Days
from timeliness.model.vocabulary import (
    CLOSED,
    COMMON,
    ENDING,
    KINDS,
    ORDERS,
    RECEIVED,
    REOPENED,
    STAGE_RESPONSES,
    STAGE_TRIGGERS,
)

Clashes = dict[tuple[str, str], Flags]
CAUSE, EFFECT = 0, 1
"""The two sides of an impossible order."""


def completed(table: Table) -> Table:
    """Return a table with its dates narrowed, its missing requests bounded and its stages ended."""
    events = dict(table.events)
    clashes = _narrow(events)
    for stage in sorted(STAGE_TRIGGERS):
        events[STAGE_TRIGGERS[stage]] = _infer(stage, events)
    return replace(
        table,
        events=events,
        extensions={
            name: [_after_request(told, events[_trigger_of(name)]) for told in several]
            for name, several in table.extensions.items()
        },
        ends=_ends(table, events),
        clashes=clashes,
        recorded=table.events if clashes else {},
    )


def left_out(table: Table, places: NDArray[np.int64], side: int) -> Table:
    """Return some rows as if the date on one side of each impossible order were not known."""
    part = table.take(places)
    events, endings = dict(part.recorded), dict(part.endings)

    def undated(column: Column, flags: Flags) -> Column:
        earliest = pick(flags, FAR_PAST, column.earliest)
        latest = pick(flags, part.as_at, column.latest)
        return replace(column, days=Bounds(earliest, latest), minute=None)

    for pair, flags in part.clashes.items():
        name = pair[side]
        events[name] = undated(events[name], flags)
        early = part.recorded[pair[CAUSE]].earliest
        if name in endings:
            endings[name] = [
                undated(column, flags & (column.latest < early)) for column in endings[name]
            ]
    return completed(Table(part.size, part.as_at, events, part.extensions, endings, part.partial))


def received_too_late(table: Table) -> Flags:
    """Return where the day of receipt is one side of an impossible order.

    An extension told before it is none, and says nothing of that day.
    """
    found = [
        flags
        for (cause, effect), flags in table.clashes.items()
        if cause == RECEIVED and not effect.endswith(" extended")
    ]
    late: Flags = np.logical_or.reduce([np.zeros(table.size, dtype=np.bool_), *found])
    return late


# Dates ----------------------------------------------------------------------------------------


def _narrow(events: dict[str, Column]) -> Clashes:
    """Cut causes by their effects and effects by their causes; return where that leaves nothing."""
    clashes: Clashes = {}
    for cause, effect in ORDERS:
        one, other = events.get(cause), events.get(effect)
        if one is None or other is None:
            continue
        if one.days.exact and other.days.exact and not (other.earliest < one.earliest).any():
            continue
        both = one.is_in(State.SEEN) & other.is_in(State.SEEN)
        clash = both & (other.latest < one.earliest)
        both = both & ~clash
        # What was closed before anything was asked for ended nothing.
        if clash.any() and effect != "complaint closed":
            clashes[cause, effect] = clash
        if (both & (one.latest > other.latest)).any():
            latest = pick(both, np.minimum(one.latest, other.latest), one.latest)
            events[cause] = one = _with_days(one, one.earliest, latest)
        if (both & (other.earliest < one.earliest)).any():
            earliest = pick(both, np.maximum(one.earliest, other.earliest), other.earliest)
            events[effect] = _with_days(other, earliest, other.latest)
    return clashes


def _with_days(column: Column, earliest: Days, latest: Days) -> Column:
    return replace(column, days=Bounds(earliest, latest))


def _infer(stage: int, found: Mapping[str, Column]) -> Column:
    """Bound a request that is not on the record, or on a day that is not known at all.

    It came no later than the first event that follows from it, and no earlier than the request of
    the stage before.
    """
    own = found[STAGE_TRIGGERS[stage]]
    seen = own.is_in(State.SEEN)
    undated = seen & (own.earliest <= FAR_PAST)
    if seen.all() and not undated.any():
        return own
    bound = far(len(seen))
    for kind in KINDS:
        if kind.stage >= stage and kind.name in found and kind.name != STAGE_TRIGGERS[stage]:
            column = found[kind.name]
            if (happened := column.is_in(State.SEEN)).any():
                bound = pick(happened, np.minimum(bound, column.latest), bound)
    open_ = (~seen | undated) & (bound < FAR_FUTURE)
    if not open_.any():
        return own
    claimed = open_ & own.is_in(State.CLAIMED) & (own.earliest <= bound)
    inferred = open_ & ~claimed
    lower: Days = np.full(len(seen), FAR_PAST, dtype=DAY)
    if stage > 1:
        before = found[STAGE_TRIGGERS[stage - 1]]
        began = before.is_in(State.SEEN, State.CLAIMED, State.INFERRED)
        lower = pick(began, np.minimum(before.earliest, bound), lower)
    bound = pick(undated, np.minimum(bound, own.latest), bound)
    return replace(
        own,
        days=Bounds(pick(inferred, lower, own.earliest), pick(open_, bound, own.latest)),
        state=pick_codes(inferred & ~seen, int(State.INFERRED), own.state),
        minute=None if own.minute is None else np.where(open_, -1, own.minute).astype(np.int16),
    )


def _trigger_of(name: str) -> str:
    """Return the request of the stage that an extension belongs to."""
    kind = COMMON.find(name)
    assert kind is not None
    return STAGE_TRIGGERS[kind.stage]


def _after_request(told: ExtensionColumn, request: Column) -> ExtensionColumn:
    """Return an extension without those that were told before there was anything to extend."""
    seen = request.is_in(State.SEEN)
    given = told.earliest < FAR_FUTURE
    before = seen & given & (told.latest < request.earliest)
    early = seen & given & (told.earliest < request.earliest)
    if not early.any():
        return told
    return replace(
        told,
        earliest=pick(before, FAR_FUTURE, pick(early, request.earliest, told.earliest)),
        latest=pick(before, FAR_FUTURE, told.latest),
        until_earliest=pick(before, FAR_PAST, told.until_earliest),
        until_latest=pick(before, FAR_PAST, told.until_latest),
    )


# Ends -----------------------------------------------------------------------------------------


def _ends(table: Table, events: Mapping[str, Column]) -> dict[int, EndColumn]:
    """Return when the clocks of each stage were ended, and when it was closed.

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
                own = _end(column, events[trigger], table.endings.get(REOPENED, ()))
                if kind.name == CLOSED:
                    closed = _first_of(closed, _not_the_answers(column, own, stage, events))
                else:
                    hard = _first_of(hard, own)
        if ended:
            ends[stage] = EndColumn(hard.earliest, hard.latest, closed.earliest, closed.latest)
    return ends


def _end(column: Column, trigger: Column, reopenings: Sequence[Column]) -> Bounds:
    """Return when one end was, in the far future where it ended nothing."""
    known = column.is_in(State.SEEN, State.CLAIMED) & (column.latest >= trigger.earliest)
    if column.minute is not None and trigger.minute is not None:
        timed = (column.minute >= 0) & (trigger.minute > column.minute)
        known = known & ~(timed & (column.latest == trigger.earliest))
    sure: Flags = known & column.is_in(State.SEEN)
    for reopened in reopenings:
        known = known & ~(reopened.is_in(State.SEEN) & (reopened.earliest >= column.latest))
        perhaps = reopened.is_in(State.SEEN, State.CLAIMED)
        sure = sure & ~(perhaps & (reopened.latest >= column.earliest))
    future = far(len(known))
    earliest = np.maximum(
        column.earliest, pick(trigger.is_in(State.SEEN), trigger.earliest, column.earliest)
    )
    return Bounds(pick(known, earliest, future), pick(known & sure, column.latest, future))


def _not_the_answers(
    column: Column, closed: Bounds, stage: int, events: Mapping[str, Column]
) -> Bounds:
    """Return a closing without those of the answer of an earlier stage on the same day.

    Unless their hours show that the stage was closed after it was asked for.
    """
    for before in range(1, stage):
        answer = events.get(STAGE_RESPONSES[before])
        if answer is None:
            continue
        same = answer.is_in(State.SEEN) & (answer.earliest == closed.latest)
        same &= answer.latest == closed.earliest
        request = events[STAGE_TRIGGERS[stage]]
        if column.minute is not None and request.minute is not None:
            same &= ~((request.minute >= 0) & (column.minute > request.minute))
        closed = Bounds(
            pick(same, FAR_FUTURE, closed.earliest), pick(same, FAR_FUTURE, closed.latest)
        )
    return closed


def _first_of(one: Bounds, other: Bounds) -> Bounds:
    """Return when the first of two ends was, row by row."""
    return Bounds(np.minimum(one.earliest, other.earliest), np.minimum(one.latest, other.latest))
