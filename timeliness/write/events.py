"""The events of a complaint as text: when, what, and what the record says about it."""

from __future__ import annotations

from datetime import date

from timeliness.model.calendars import Limit
from timeliness.model.dates import When
from timeliness.model.plain import short_span
from timeliness.model.timelines import Event, Timeline
from timeliness.write.lines import wrap

_COLUMN = 26
"""Where what happened begins, in characters."""


def event_lines(timeline: Timeline) -> list[str]:
    """Return every event, the oldest first, as lines of at most 80 columns."""
    lines = ["", "TIMELINE"]
    for event in sorted(timeline.told, key=_when_key):
        when = short_span(event.when.span) if event.when else "not done"
        if event.when and event.when.time:
            when += f" {event.when.time:%H:%M}"
        head = f"  {when:{_COLUMN - 2}}"
        if len(head) > _COLUMN:
            lines.append(head.rstrip())
            head = " " * _COLUMN
        lines += wrap(_told(event), " " * _COLUMN, head)
    return lines


def _told(event: Event) -> str:
    text = event.name
    if event.treated_as:
        text += f", treated as {event.treated_as}"
    for name, value in event.attributes.items():
        if isinstance(value, When):
            text += f", {name} {short_span(value.span)}"
        elif isinstance(value, Limit):
            text += f", {name} {value}"
    if event.attributes.get("sent") is False:
        text += " (not sent)"
    if event.evidence != "seen":
        text += f" ({event.evidence})"
    if event.note:
        text += f": {event.note}"
    return text


def _when_key(event: Event) -> tuple[date, date]:
    if event.when is None:
        return date.max, date.max
    span = event.when.span
    return span.earliest or date.min, span.latest or date.max
