"""What is known of one finding when its sentences are written."""

from __future__ import annotations

from datetime import date

from msgspec import Struct

from timeliness.model.calendars import WorkingDays
from timeliness.model.dates import Span
from timeliness.model.event_words import Words
from timeliness.model.findings import Reading
from timeliness.model.timelines import Timeline


class Facts(Struct, frozen=True):
    """What is known of one finding when its sentences are written.

    `ended` is when the clock was ended without its stop, if it was; `answered` is the answer that
    makes an acknowledgement needless, `passed` the answer of a later stage to one that had none,
    and `closed` when the stage was closed without a recorded answer. `stop_claimed` and
    `answer_claimed` are the lines of the events that claim the stop and that answer, or 0.
    `without_rule` says that on some possible day of receipt no such rule was in force.
    """

    timeline: Timeline
    as_at: date
    verdict: str
    reason: str
    readings: tuple[Reading, ...]
    calendar: WorkingDays
    extended: bool
    open: bool
    bounded: bool
    start_not_done: bool
    stop_claimed: int
    ended: Span | None
    answered: Span | None = None
    passed: Span | None = None
    closed: Span | None = None
    answer_claimed: int = 0
    without_rule: bool = False

    @property
    def first(self) -> Reading:
        """Return the first reading that decides."""
        return self.readings[0]

    def words(self, event: str) -> Words:
        """Return how sentences speak of an event."""
        return self.first.rulebook.words(event)
