"""A clock from an event to the same event: every gap is judged, such as from update to update."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from msgspec.structs import replace

from timeliness.judge.episodes.life import Life
from timeliness.judge.episodes.own import OwnRow, Turn
from timeliness.judge.episodes.ways import told_life_of
from timeliness.judge.milestones import counts_as, ordinals
from timeliness.model.calendars import FAR_FUTURE, FAR_PAST
from timeliness.model.dates import Span, When
from timeliness.model.rulebooks import Clock
from timeliness.model.timelines import Event, Timeline
from timeliness.model.vocabulary import Kind, Vocabulary

NEXT = "next "
"""Begins the name under which the end of a gap is judged."""


def gaps(
    timeline: Timeline, clock: Clock, as_at: date, vocabulary: Vocabulary
) -> list[Turn] | None:
    """Return every gap, from the first event until the complaint asks for nothing more.

    None where there is no such event. Of several days that are not exact, the gaps lie between the
    first, the second and so on that they may be. One that is only said counts or does not.
    """
    name = clock.trigger
    day = as_at.toordinal()
    events = [
        event
        for event in timeline.events
        if name in counts_as(event) and event.when and event.attributes.get("sent") is not False
    ]
    done = [event for event in events if event.when and ordinals(event.when)[0] <= day]
    seen = [event for event in done if event.evidence == "seen"]
    if not done:
        return None
    others = [event for event in timeline.events if event not in done]
    until = _until(told_life_of(timeline, as_at, vocabulary), as_at)
    found: dict[int, list[list[OwnRow]]] = {}
    ways = [seen, done] if seen and len(seen) < len(done) else [done]
    for way in ways:
        for number, rows in enumerate(_gaps(timeline, others, clock, way, until, day), 1):
            found.setdefault(number, []).append(rows)
    return [
        Turn(
            number,
            tuple(row for rows in each for row in rows),
            len(each) == len(ways),
            next(one for one in each[0][0].timeline.events if one.name == name),
        )
        for number, each in found.items()
    ]


def _gaps(
    timeline: Timeline,
    others: Sequence[Event],
    clock: Clock,
    way: Sequence[Event],
    until: tuple[int, int] | None,
    as_at: int,
) -> list[list[OwnRow]]:
    """Return the rows of each gap: one, or one for each end of the days on which it was over."""
    name = clock.trigger
    stop = NEXT + name
    kinds = (Kind(stop, f"the {stop}"),)
    own = replace(clock, stop=stop)
    ordered = _in_order(way, as_at)
    rows = []
    for place, event in enumerate(ordered):
        assert event.when
        if until and ordinals(event.when)[0] >= until[1]:
            continue
        following = [replace(one, name=stop, treated_as="") for one in _next(ordered, place)]
        to_come = [] if following else [one for one in others if name in counts_as(one)]
        rest = [one for one in others if one not in to_come and name not in counts_as(one)]
        to_come = [replace(one, name=stop, treated_as="") for one in to_come]
        events = (*rest, replace(event, name=name, treated_as=""), *following, *to_come)
        own_timeline = replace(timeline, events=events)
        days = _judged_as_at(following, until, as_at)
        rows.append([OwnRow(own_timeline, own, kinds, day) for day in days])
    return rows


def _next(ordered: Sequence[Event], place: int) -> Sequence[Event]:
    """Return what may be the next event after one: what is only said to be, up to the first seen.

    The next came no later than that.
    """
    seen = (at for at in range(place + 1, len(ordered)) if ordered[at].evidence == "seen")
    return ordered[place + 1 : next(seen, len(ordered)) + 1]


def _judged_as_at(
    following: Sequence[Event], until: tuple[int, int] | None, as_at: int
) -> list[date | None]:
    """Return the days as of which a gap is judged: that of the check, unless it was over before."""
    last = following[0].when if following else None
    if until is None or (last and ordinals(last)[1] <= until[0]):
        return [None]
    return [_day(day) if day < as_at else None for day in dict.fromkeys(until)]


def _in_order(events: Sequence[Event], as_at: int) -> list[Event]:
    """Return the events with the days on which the first, the second and so on may have been."""
    bounds = [ordinals(event.when) for event in events if event.when]
    firsts = sorted(earliest for earliest, _ in bounds)
    lasts = sorted(min(latest, as_at) for _, latest in bounds)
    ordered = sorted(events, key=lambda event: ordinals(event.when) if event.when else (0, 0))
    result = []
    for event, earliest, latest in zip(ordered, firsts, lasts, strict=True):
        if event.when and ordinals(event.when) == (earliest, latest):
            result.append(event)
        else:
            span = Span(_day(earliest), _day(latest))
            result.append(replace(event, when=When(span)))
    return result


def _day(ordinal: int) -> date | None:
    return date.fromordinal(ordinal) if FAR_PAST < ordinal < FAR_FUTURE else None


def _until(life: Life, as_at: date) -> tuple[int, int] | None:
    """Return when the complaint was answered at the last stage asked for, or ended.

    None while an episode is open; of several ends the last. Where one may be open still, so may
    the complaint.
    """
    ends = []
    sure = True
    for episode in life.episodes:
        event = episode.answered_by or episode.ended_by
        sure &= episode.over
        if event and event.when:
            ends.append(ordinals(event.when))
        elif not episode.over:
            return None
    if not ends:
        return None
    latest = min(max(last for _, last in ends), as_at.toordinal())
    return max(one for one, _ in ends), latest if sure else FAR_FUTURE
