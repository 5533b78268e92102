"""Complaints that were received after the day of the check: what is said of them."""

from __future__ import annotations

from datetime import date

from timeliness.judge.milestones import counts_as
from timeliness.model.dates import in_words
from timeliness.model.errors import Mistake
from timeliness.model.timelines import Timeline
from timeliness.model.vocabulary import RECEIVED


def received_after(timeline: Timeline, day: date) -> date | None:
    """Return the first day of receipt where every one surely lies after a day, otherwise None."""
    received = [
        event.when.span.earliest
        for event in timeline.events
        if event.when and RECEIVED in counts_as(event)
    ]
    dated = [one for one in received if one]
    if not dated or len(dated) < len(received) or min(dated) <= day:
        return None
    return min(dated)


def left_out(timeline: Timeline, received: date, day: date) -> Mistake:
    """Return that a complaint is left out, since it had not been received by a day."""
    says = f"received on {in_words(received)}, after the day of the check, {in_words(day)}"
    return Mistake(timeline.path, timeline.line, says, reference=timeline.complaint, as_at=day)
