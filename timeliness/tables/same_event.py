"""One event of which several rows of a complaint speak."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from msgspec.structs import replace

from timeliness.model.dates import When, hull_of
from timeliness.model.timelines import Event, Timeline


def each_once(said: Sequence[tuple[Timeline, Event]]) -> Iterator[Event]:
    """Return the events; one of which several rows speak has what each of them says."""
    kept: list[tuple[Timeline, Event]] = []
    for row, event in said:
        for place, (other, before) in enumerate(kept):
            if replace(before, line=0) == replace(event, line=0):
                break
            if other is not row and (both := _both(before, event)):
                kept[place] = other, both
                break
        else:
            kept.append((row, event))
    return (event for _, event in kept)


def _both(one: Event, other: Event) -> Event | None:
    """Return what two rows say of an event of one day, or None where it is not the same."""
    if (one.name, one.when, one.evidence) != (other.name, other.when, other.evidence):
        return None
    texts: dict[str, Any] = {}
    for name in ("by", "handler", "source", "note", "id", "treated_as"):
        given = {getattr(event, name) for event in (one, other)} - {""}
        if len(given) > 1:
            return None
        texts[name] = next(iter(given), "")
    attributes = {**other.attributes, **one.attributes}
    if attributes != {**one.attributes, **other.attributes}:
        return None
    return replace(one, attributes=attributes, **texts)


def either(events: Sequence[Event]) -> Event:
    """Return an event that happened on one of the days that rows give for it."""
    whens = list(dict.fromkeys(event.when for event in events if event.when))
    hull = hull_of(when.span for when in whens)
    assert hull
    return replace(events[0], when=When(hull, None, tuple(when.span for when in whens)))
