"""The pauses of a complaint's clocks, from its events, and as the columns that the clocks read.

A pause ends with the first resumption on or after it; a pause within another is a repeat. One that
may be a repeat, because it may lie before the resumption of another, may count or not. One that was
never resumed goes on, in a complete record past the as-at date.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from msgspec import Struct

from timeliness.judge.columns import Bounds, PauseColumn
from timeliness.model.calendars import DAY, FAR_FUTURE, FAR_PAST, Days
from timeliness.model.timelines import Event
from timeliness.model.vocabulary import PAUSED, RESUMED


class Paused(Struct, frozen=True):
    """One pause: the first and the last day of its beginning and of its end, as ordinals.

    `sure` says that it is on the record and no repeat, and `reason` whether one was given: 1, 0,
    or -1 where that is not recorded. `minutes` are those of its beginning and its end, -1 where
    not given.
    """

    begun: tuple[int, int]
    ended: tuple[int, int]
    sure: bool
    reason: int
    minutes: tuple[int, int] = (-1, -1)


def _bounds(event: Event) -> tuple[int, int]:
    assert event.when
    span = event.when.span
    return (
        span.earliest.toordinal() if span.earliest else FAR_PAST,
        span.latest.toordinal() if span.latest else FAR_FUTURE,
    )


def pairs(events: Iterable[Event]) -> list[tuple[Event, Event | None]]:
    """Return each pause with what ended it, those that are shown first; None where nothing did."""
    dated = sorted((event for event in events if event.when), key=_bounds)
    resumed = [event for event in dated if event.name == RESUMED]
    pauses = [event for event in dated if event.name == PAUSED]
    found: list[tuple[Event, Event | None]] = []
    for pause in sorted(pauses, key=lambda event: event.evidence != "seen"):
        first = _bounds(pause)[0]
        if any(
            _bounds(other)[0] <= first and (end is None or _is_before(pause, end))
            for other, end in found
        ):
            continue
        end = next((one for one in resumed if _bounds(one)[1] >= first), None)
        if end is not None:
            resumed.remove(end)
        found.append((pause, end))
    return found


def _is_before(one: Event, other: Event) -> bool:
    """Return whether one event came before the other, by its day or else by its time."""
    last, first = _bounds(one)[1], _bounds(other)[0]
    return last < first or (last == first and 0 <= _minute(one) < _minute(other))


def _may_be_repeat(
    pause: Event, pairs: Sequence[tuple[Event, Event | None]], known: Iterable[Event]
) -> bool:
    """Return whether a pause that counts as one of its own may be a repeat of another.

    On the day on which another ended it is one of its own where their times say so, or where it
    was resumed itself and nothing was paused again until then.
    """
    first, last = _bounds(pause)
    own = next(end for one, end in pairs if one is pause)
    until = _bounds(own)[1] if own else FAR_FUTURE
    counted = [one for one, _ in pairs]
    again = any(
        one.name == PAUSED and one not in counted and first <= _bounds(one)[0] <= until
        for one in known
        if one.when
    )
    for other, end in pairs:
        if other is pause or end is None or _bounds(other)[0] > last:
            continue
        ends = _bounds(end)[1]
        touches = first == ends and not _is_before(end, pause)
        if first < ends or (touches and (own is None or again)):
            return True
    return False


def paused_by(
    known: Sequence[Event], later: Iterable[Event], as_at: int, *, partial: bool
) -> tuple[Paused, ...]:
    """Return the pauses of a complaint as of a day; `later` are the events after it."""
    not_yet = any(event.name == RESUMED for event in later)
    found = pairs(known)
    return tuple(
        _paused(
            *(pause, end, as_at),
            unknown=partial and not not_yet,
            repeat=_may_be_repeat(pause, found, known),
        )
        for pause, end in found
    )


def _paused(pause: Event, end: Event | None, as_at: int, *, unknown: bool, repeat: bool) -> Paused:
    first, last = _bounds(pause)
    sure = pause.evidence == "seen" and last <= as_at and not repeat
    if end is None:
        ended = (first if unknown else as_at, FAR_FUTURE)
    else:
        begins, ends = _bounds(end)
        open_ = end.evidence != "seen" or ends > as_at
        ended = (max(begins, first), FAR_FUTURE if open_ else ends)
    given = pause.attributes.get("reason")
    reason = -1 if given is None else int(str(given).lower() not in ("none", "no"))
    return Paused((first, last), ended, sure, reason, (_minute(pause), _minute(end)))


def _minute(event: Event | None) -> int:
    time = event.when.time if event and event.when else None
    return time.hour * 60 + time.minute if time else -1


def pause_columns(rows: Sequence[Sequence[Paused]]) -> list[PauseColumn]:
    """Return the pauses of several complaints as columns, the first of each together."""
    none = Paused((FAR_FUTURE, FAR_FUTURE), (FAR_FUTURE, FAR_FUTURE), sure=False, reason=-1)
    columns = []
    for place in range(max(map(len, rows), default=0)):
        cells = [row[place] if place < len(row) else none for row in rows]
        columns.append(
            PauseColumn(
                Bounds(*(_days(cell.begun[side] for cell in cells) for side in (0, 1))),
                Bounds(*(_days(cell.ended[side] for cell in cells) for side in (0, 1))),
                np.array([cell.sure for cell in cells], dtype=np.bool_),
                {"reason": np.array([cell.reason for cell in cells], dtype=np.int8)},
                np.array([cell.minutes for cell in cells], dtype=np.int16),
            )
        )
    return columns


def _days(ordinals: Iterable[int]) -> Days:
    return np.array(list(ordinals), dtype=DAY)
