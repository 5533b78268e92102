"""From a complaint's events to the columns that the clocks read.

The first event that fits counts. An event that is not on the record did not happen where the
record is complete, and is unknown where it is partial or where the act is internal to the landlord.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from types import MappingProxyType

import numpy as np
from msgspec import Struct

from timeliness.judge.columns import Bounds, Column, EndColumn, ExtensionColumn, State, Table
from timeliness.judge.pauses import Paused, pause_columns, paused_by
from timeliness.model.calendars import DAY, FAR_FUTURE, FAR_PAST, Days
from timeliness.model.dates import When
from timeliness.model.timelines import Event, Timeline
from timeliness.model.vocabulary import REQUESTED, Vocabulary


class Milestone(Struct, frozen=True):
    """The first occurrence of one event: its days as ordinals, its state and its minute."""

    earliest: int
    latest: int
    state: State
    minute: int = -1
    later: bool = False
    """Whether it may have happened after the as-at date, at which its days are cut."""


class Extended(Struct, frozen=True):
    """One extension: the days on which it was told, the new date, and what is recorded of it."""

    earliest: int
    latest: int
    until_earliest: int
    until_latest: int
    attributes: Mapping[str, bool]


NEVER = (FAR_FUTURE, FAR_FUTURE)
"""The days of what did not happen."""


class StageEnd(Struct, frozen=True):
    """How the open clocks of a stage came to an end: first and last day of each, as ordinals.

    A withdrawal or a refusal `ended` them. A closing is the landlord's act, and ends nothing.
    """

    ended: tuple[int, int] = NEVER
    closed: tuple[int, int] = NEVER


class Milestones(Struct, frozen=True):
    """What the record holds of one complaint, as of one day.

    `ends` says of each stage how it was ended or closed.
    """

    as_at: int
    events: Mapping[str, Milestone]
    extensions: Mapping[str, Sequence[Extended]]
    ends: Mapping[int, StageEnd]
    partial: bool
    pauses: Sequence[Paused] = ()


def milestones(
    timeline: Timeline,
    as_at: date,
    vocabulary: Vocabulary,
    taken: date | None = None,
    ends: Mapping[int, StageEnd] = MappingProxyType({}),
) -> Milestones:
    """Return the milestones of a complaint as of a day.

    `taken` is the day on which the record was taken, where that is later: what is on it happened
    by then, and may have happened after the day of the check. `ends` says how each stage was ended.
    """
    day = as_at.toordinal()
    until = max(day, taken.toordinal()) if taken else day
    later = tuple(event for event in timeline.events if _bounds(event)[0] > day)
    known = [event for event in timeline.events if event not in later]
    # What first happened after the as-at date had not happened by then.
    not_yet = {name for event in later if event.evidence == "seen" for name in counts_as(event)}
    own = by_name(known)
    complete = timeline.record == "complete"
    # A record would hold an event if it had happened; none holds acts internal to the landlord.
    found = dict.fromkeys(vocabulary.names, _NOT_DONE if complete else _UNKNOWN)
    found |= dict.fromkeys(vocabulary.internal, _UNKNOWN)
    # What is looked for and not there, or only later, did not happen.
    found |= {name: _NOT_DONE for name in not_yet if name in found}
    found |= {name: _first(events, (day, until)) for name, events in own.items() if name in found}
    return Milestones(
        day,
        found,
        {
            kind.name: [_extended(event, day) for event in _in_order(own.get(kind.name, ()))]
            for kind in vocabulary.extensions
        },
        ends,
        timeline.record == "partial",
        paused_by(known, later, day, partial=timeline.record == "partial"),
    )


def counts_as(event: Event) -> set[str]:
    """Return the names under which an event counts.

    A further complaint that the landlord treated as an escalation counts as the escalation. A
    request to escalate counts as one whatever the landlord took it for (2024 Code, 6.10 to 6.12).
    """
    names = {event.treated_as or event.name}
    return names | {REQUESTED} if event.name == REQUESTED else names


def _bounds(event: Event) -> tuple[int, int]:
    return ordinals(event.when) if event.when else (FAR_PAST, FAR_FUTURE)


def ordinals(when: When) -> tuple[int, int]:
    """Return the earliest and latest day of a date as ordinals, open ends in the far."""
    span = when.span
    return (
        span.earliest.toordinal() if span.earliest else FAR_PAST,
        span.latest.toordinal() if span.latest else FAR_FUTURE,
    )


def by_name(events: Iterable[Event]) -> dict[str, list[Event]]:
    """Return events by each name under which they count, in their order."""
    found: dict[str, list[Event]] = {}
    for event in events:
        for name in counts_as(event):
            found.setdefault(name, []).append(event)
    return found


def _in_order(events: Iterable[Event]) -> list[Event]:
    dated = [event for event in events if event.when and event.attributes.get("sent") is not False]
    return sorted(dated, key=_bounds)


_NOT_DONE = Milestone(FAR_FUTURE, FAR_FUTURE, State.NOT_DONE)
_UNKNOWN = Milestone(FAR_FUTURE, FAR_FUTURE, State.UNKNOWN)


def _first(events: Sequence[Event], days: tuple[int, int]) -> Milestone:
    """Return the first occurrence of an event: no earlier than any, no later than one seen.

    `events` are those that count as it, `days` that of the check and that on which the record was
    taken.
    """
    as_at, taken = days
    dated = _in_order(events)
    if dated:
        seen = [event for event in dated if event.evidence == "seen"]
        earliest = min(_bounds(event)[0] for event in dated)
        latest = min((_bounds(event)[1] for event in seen), default=FAR_FUTURE)
        state = State.SEEN if seen else State.CLAIMED
        # What is on the record happened by the day on which that was taken.
        later = bool(seen) and min(latest, taken) > as_at
        latest = min(latest, as_at) if seen else latest
        exact = [event for event in seen if _bounds(event) == (earliest, earliest)]
        minutes = [_minute(event) for event in exact]
        minute = min(minutes) if minutes and earliest == latest else -1
        return Milestone(earliest, latest, state, minute, later)
    # Looked for and not there, or decided and never sent.
    return _NOT_DONE


def _minute(event: Event) -> int:
    moment = event.when.time if event.when else None
    return moment.hour * 60 + moment.minute if moment else -1


def _extended(event: Event, as_at: int) -> Extended:
    earliest, latest = _bounds(event)
    latest = min(latest, as_at) if event.evidence == "seen" else FAR_FUTURE
    until = event.attributes.get("until")
    until_earliest, until_latest = (
        ordinals(until) if isinstance(until, When) else (FAR_PAST, FAR_FUTURE)
    )
    attributes = {
        name: value for name, value in event.attributes.items() if isinstance(value, bool)
    }
    attributes |= {
        name: str(event.attributes[name]).lower() not in ("none", "no")
        for name in ("until", "reason")
        if name in event.attributes
    }
    return Extended(earliest, latest, until_earliest, until_latest, attributes)


def as_table(rows: Sequence[Milestones]) -> Table:
    """Return the columns of several complaints."""

    def names(of: str) -> Iterable[str]:
        return dict.fromkeys(name for row in rows for name in getattr(row, of))

    return Table(
        len(rows),
        _days(row.as_at for row in rows),
        {
            name: _column([row.events.get(name, _UNKNOWN) for row in rows])
            for name in names("events")
        },
        {
            name: _extension_columns([row.extensions.get(name, ()) for row in rows])
            for name in names("extensions")
        },
        ends=_end_columns([row.ends for row in rows]),
        partial=np.array([row.partial for row in rows], dtype=np.bool_),
        pauses=pause_columns([row.pauses for row in rows]),
    )


def _days(ordinals: Iterable[int]) -> Days:
    return np.array(list(ordinals), dtype=DAY)


def _column(cells: Sequence[Milestone]) -> Column:
    first, last = [cell.earliest for cell in cells], [cell.latest for cell in cells]
    earliest = _days(first)
    minutes = [cell.minute for cell in cells]
    later = [cell.later for cell in cells]
    return Column(
        Bounds(earliest, earliest if first == last else _days(last)),
        np.array([cell.state for cell in cells], dtype=np.int8),
        np.array(minutes, dtype=np.int16) if max(minutes) >= 0 else None,
        np.array(later, dtype=np.bool_) if any(later) else None,
    )


def _end_columns(rows: Sequence[Mapping[int, StageEnd]]) -> dict[int, EndColumn]:
    """Return the ends of each stage that any row was ended or closed in."""
    return {
        stage: EndColumn(
            *(
                _days(getattr(row.get(stage, StageEnd()), how)[side] for row in rows)
                for how in ("ended", "closed")
                for side in (0, 1)
            )
        )
        for stage in sorted({stage for row in rows for stage in row})
    }


def _extension_columns(rows: Sequence[Sequence[Extended]]) -> list[ExtensionColumn]:
    none = Extended(FAR_FUTURE, FAR_FUTURE, FAR_PAST, FAR_PAST, {})
    columns = []
    for place in range(max(map(len, rows), default=0)):
        cells = [row[place] if place < len(row) else none for row in rows]
        columns.append(
            ExtensionColumn(
                _days(cell.earliest for cell in cells),
                _days(cell.latest for cell in cells),
                _days(cell.until_earliest for cell in cells),
                _days(cell.until_latest for cell in cells),
                {
                    name: np.array([_tri(cell.attributes.get(name)) for cell in cells], np.int8)
                    for name in sorted({name for cell in cells for name in cell.attributes})
                },
            )
        )
    return columns


def _tri(value: bool | None) -> int:
    return -1 if value is None else int(value)
