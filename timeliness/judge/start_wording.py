"""The sentences on where a clock starts, if the record does not simply say it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from timeliness.judge.facts import Facts
from timeliness.model.calendars import HOURS, Limit
from timeliness.model.dates import Span, in_words
from timeliness.model.findings import Reading
from timeliness.model.plain import capital, on_or_between, span_in_words
from timeliness.model.timelines import Timeline
from timeliness.model.vocabulary import PAUSED


def bounded(facts: Facts) -> str:
    """Return how far an unrecorded start is known, and what a later one would come to."""
    first = facts.first
    start = first.start
    assert start
    word = first.began.done
    if start.earliest is None:
        return f"The day it was {word} is not recorded; it was {on_or_between(start)}."
    if facts.start_not_done and start.latest and start.latest >= facts.as_at:
        return (
            f"It has not been {word} yet, so the days are counted from when it should be: "
            f"{on_or_between(start)}."
        )
    if facts.start_not_done:
        return (
            f"The record does not say that it was {word}, so the days are counted from when it "
            f"should have been: {on_or_between(start)}."
        )
    text = (
        f"The day it was {word} is not recorded. It is taken to be {on_or_between(start)}: a gap "
        "in the record gives the landlord no extra time."
        if start.latest
        else f"The day it was {word} is not recorded."
    )
    limiting = next((s.unrecorded.limited_by for s in first.rule.clock.starts if s.unrecorded), "")
    rule = first.rulebook.timed(limiting)
    if facts.verdict == "breach" and rule and first.done and first.done.earliest:
        day = first_start_in_time(facts, first, first.done.earliest)
        if day:
            text += (
                f" If it was {word} on {in_words(day)} or later, {rule.clause} was breached "
                "instead."
            )
    return text


def after_hours(facts: Facts) -> str:
    """Return that what came after the policy's cut-off hour counts as a later day's."""
    first = facts.first
    cut_off, start = first.rulebook.cut_off, first.start
    if cut_off is None or start is None or start.earliest is None:
        return ""
    came = first_seen(facts.timeline, first.start_event)
    if came is None or came.earliest is None:
        return ""
    if not (came.exact and start.exact) or start.earliest <= came.earliest:
        return ""
    return (
        f"{capital(first.began.thing)} on {in_words(came.earliest)} counts from "
        f"{in_words(start.earliest)}, because of {first.rulebook.the}'s cut-off hour of "
        f"{cut_off:%H:%M}."
    )


def narrowed(facts: Facts) -> Iterator[str]:
    """Yield how dates that are known only roughly were cut by what must be true."""
    first = facts.first
    for event, span in ((first.start_event, first.start), (first.rule.clock.stop, first.done)):
        recorded = first_seen(facts.timeline, event)
        cut = recorded and span and not recorded.exact and span != recorded
        if not (recorded and span and cut) or (facts.stop_claimed and event != first.start_event):
            continue
        thing = facts.words(event).thing
        if recorded.earliest or recorded.latest:
            yield (
                f"{capital(thing)} is dated {span_in_words(recorded)}; it can only be "
                f"{span_in_words(span)}."
            )
        elif not facts.bounded:
            yield f"The day of {thing} is not known; it can only be {span_in_words(span)}."


def first_seen(timeline: Timeline, name: str) -> Span | None:
    """Return when an event first happened, of those that are shown if any are."""
    events = [
        event for event in timeline.events if event.when and name in (event.name, event.treated_as)
    ]
    shown = [event for event in events if event.evidence == "seen"] or events
    spans = [event.when.as_given for event in shown if event.when]
    if not spans:
        return None
    earliest = min(span.earliest or date.min for span in spans)
    latest = min(span.latest or date.max for span in spans)
    return Span(None if earliest == date.min else earliest, None if latest == date.max else latest)


def first_start_in_time(facts: Facts, reading: Reading, done: date) -> date | None:
    """Return the earliest start from which `done` is in time, without extensions."""
    pauses = reading.rulebook.pauses and facts.timeline.named(PAUSED)
    if facts.extended or pauses or reading.rule.clock.limit.unit == HOURS:
        return None
    limit: Limit = reading.rule.clock.limit
    day = done
    while facts.calendar.due(day, limit) >= done:
        day -= timedelta(1)
        if (done - day).days > 800:
            return None
    return day + timedelta(1)
