"""What follows from the events on the record: dates that are known better.

An imprecise date is cut by what must be true: a cause comes no later than its effects, and they no
earlier than it. A request whose own record is missing is no later than the first event of its
stage. An effect that is dated before its cause is an impossible order.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from msgspec.structs import replace
from numpy.typing import NDArray

from timeliness.judge.columns import (
    Bounds,
    Codes,
    Column,
    EndColumn,
    ExtensionColumn,
    Flags,
    State,
    Table,
    far,
    pick,
    pick_codes,
)
from timeliness.model.calendars import DAY, FAR_FUTURE, FAR_PAST, Days
from timeliness.model.vocabulary import (
    CLOSED,
    COMMON,
    KINDS,
    ORDERS,
    RECEIVED,
    REFUSALS,
    STAGE_TRIGGERS,
)

Clashes = dict[tuple[str, str], Flags]
_ENDING_NOTHING = (CLOSED, *REFUSALS)
CAUSE, EFFECT = 0, 1
"""The two sides of an impossible order."""


def completed(table: Table) -> Table:
    """Return a table with its dates narrowed and its missing requests bounded.

    An extension that was given before the complaint arrived is none.
    """
    begun = _without_early_extensions(table)
    events = dict(begun.events)
    clashes = _narrow(events)
    for stage in sorted(STAGE_TRIGGERS):
        events[STAGE_TRIGGERS[stage]] = _infer(stage, events, table.ends)
    return replace(
        begun,
        events=events,
        extensions={
            name: [_after_request(told, events[_trigger_of(name)]) for told in several]
            for name, several in begun.extensions.items()
        },
        clashes=clashes,
        recorded=table if clashes else None,
    )


def left_out(table: Table, places: NDArray[np.int64], side: int) -> Table:
    """Return some rows as if the date on one side of each impossible order were not known."""
    assert table.recorded
    part = table.recorded.take(places)
    events = dict(part.events)

    def undated(column: Column, flags: Flags) -> Column:
        earliest = pick(flags, FAR_PAST, column.earliest)
        latest = pick(flags, part.as_at, column.latest)
        return replace(column, days=Bounds(earliest, latest), minute=None)

    for pair, flags in table.clashes.items():
        name = pair[side]
        events[name] = undated(events[name], flags.take(places))
    return completed(replace(part, events=events))


def received_too_late(table: Table) -> Flags:
    """Return where the day of receipt is one side of an impossible order."""
    found = [flags for (cause, _), flags in table.clashes.items() if cause == RECEIVED]
    late: Flags = np.logical_or.reduce([np.zeros(table.size, dtype=np.bool_), *found])
    return late


# Extensions of what had not arrived -------------------------------------------------------------


def _without_early_extensions(table: Table) -> Table:
    """Return a table without the extensions that were given wholly before the receipt."""
    received = table.events[RECEIVED]
    seen, arrived = received.is_in(State.SEEN), received.earliest
    extensions, events = dict(table.extensions), dict(table.events)
    for name, several in table.extensions.items():
        early = [seen & (told.latest < arrived) for told in several]
        if not any(flags.any() for flags in early):
            continue
        kept = [_without(told, flags) for told, flags in zip(several, early, strict=True)]
        extensions[name] = kept
        events[name] = _first_of(kept, events[name], np.logical_or.reduce(early), table.partial)
    return replace(table, events=events, extensions=extensions)


def _without(told: ExtensionColumn, gone: Flags) -> ExtensionColumn:
    """Return an extension without that of some rows."""
    return replace(
        told,
        earliest=pick(gone, FAR_FUTURE, told.earliest),
        latest=pick(gone, FAR_FUTURE, told.latest),
        until_earliest=pick(gone, FAR_PAST, told.until_earliest),
        until_latest=pick(gone, FAR_PAST, told.until_latest),
    )


def _first_of(
    several: Sequence[ExtensionColumn], event: Column, changed: Flags, partial: Flags
) -> Column:
    """Return when the first of several extensions was given, in the rows that have changed."""
    earliest = np.minimum.reduce([told.earliest for told in several])
    latest = np.minimum.reduce([told.latest for told in several])
    not_done: Codes = np.full(len(changed), State.NOT_DONE, dtype=np.int8)
    state = pick_codes(partial, int(State.UNKNOWN), not_done)
    state = pick_codes(earliest < FAR_FUTURE, int(State.CLAIMED), state)
    state = pick_codes(latest < FAR_FUTURE, int(State.SEEN), state)
    days = Bounds(pick(changed, earliest, event.earliest), pick(changed, latest, event.latest))
    return replace(event, days=days, state=pick_codes(changed, state, event.state), minute=None)


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
        # What was closed or refused before anything was asked for ended nothing.
        if clash.any() and effect not in _ENDING_NOTHING:
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


def _infer(stage: int, found: Mapping[str, Column], ends: Mapping[int, EndColumn]) -> Column:
    """Bound a request that is not on the record, or on a day that is not known at all.

    It came no later than the first event that follows from it, and no earlier than the request of
    the stage before. A complaint was received before it was ended or closed.
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
    if stage == 1 and (end := ends.get(stage)) is not None:
        bound = np.minimum(bound, np.minimum(end.latest, end.closed_latest))
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
    """Return an extension without those that were given before there was anything to extend."""
    seen = request.is_in(State.SEEN)
    given = told.earliest < FAR_FUTURE
    before = seen & given & (told.latest < request.earliest)
    early = seen & given & (told.earliest < request.earliest)
    if not early.any():
        return told
    begun = replace(told, earliest=pick(early, request.earliest, told.earliest))
    return _without(begun, before)
