"""The pauses of a complaint's clocks, from its events, and as the columns that the clocks read.

A pause ends with the first resumption on or after it; a pause within another is a repeat. One that
was never resumed goes on, in a complete record past the as-at date.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from timeliness.judge.columns import Bounds, PauseColumn
from timeliness.model.calendars import DAY, FAR_FUTURE, FAR_PAST, Days
from timeliness.model.timelines import Event
from timeliness.model.vocabulary import PAUSED, RESUMED


@dataclass(frozen=True)
class Paused:
    """One pause: the first and the last day of its beginning and of its end, as ordinals.

    `sure` says that it is on the record, and `reason` whether one was given: 1, 0, or -1 where
    that is not recorded. `minutes` are those of its beginning and its end, -1 where not given.
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
        first, last = _bounds(pause)
        if any(
            _bounds(other)[0] <= first and (end is None or last < _bounds(end)[0])
            for other, end in found
        ):
            continue
        end = next((one for one in resumed if _bounds(one)[1] >= first), None)
        if end is not None:
            resumed.remove(end)
        found.append((pause, end))
    return found


def paused_by(
    known: Sequence[Event], later: Iterable[Event], as_at: int, *, partial: bool
) -> tuple[Paused, ...]:
    """Return the pauses of a complaint as of a day; `later` are the events after it."""
    not_yet = any(event.name == RESUMED for event in later)
    return tuple(
        _paused(pause, end, as_at, unknown=partial and not not_yet) for pause, end in pairs(known)
    )


def _paused(pause: Event, end: Event | None, as_at: int, *, unknown: bool) -> Paused:
    first, last = _bounds(pause)
    sure = pause.evidence == "seen" and last <= as_at
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
