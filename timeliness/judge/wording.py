"""The sentences of a finding: what the record shows, and what would settle it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from timeliness.model.calendars import Limit, WorkingDays
from timeliness.model.dates import in_words
from timeliness.model.event_words import Words
from timeliness.model.findings import Range, Reading
from timeliness.model.plain import capital, number, on_or_between, span_in_words
from timeliness.model.spans import Span, hull_of
from timeliness.model.timelines import Timeline


@dataclass(frozen=True)
class Facts:
    """What is known of one finding when its sentences are written.

    `ended` is when the clock was ended without its stop, if it was; `stop_claimed` is the line of
    the event that claims the stop, or 0. `without_rule` says that on some possible day of receipt
    no such rule was in force.
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
    without_rule: bool = False

    @property
    def first(self) -> Reading:
        """Return the first reading that decides."""
        return self.readings[0]

    def words(self, event: str) -> Words:
        """Return how sentences speak of an event."""
        return self.first.rulebook.words(event)


def says(facts: Facts) -> str:
    """Return what the record shows of one obligation, in plain words."""
    parts = [_main(facts)]
    first = facts.first
    one_book = len({reading.rulebook.id for reading in facts.readings}) == 1
    settled = facts.reason in ("not-started", "ended", "impossible-order")
    if facts.bounded and first.start and one_book and not settled:
        parts.append(_bounded(facts))
    if not settled:
        parts.append(_after_hours(facts))
    unstated = not settled and not first.rule.clock.start_stated
    same = [one for one in facts.readings if one.rulebook == first.rulebook]
    if unstated and len({reading.start_event for reading in same}) > 1:
        names = [reading.began.thing for reading in same]
        parts.append(
            f"{first.rulebook.short} does not say whether its clock starts at "
            + " or at ".join(dict.fromkeys(names))
            + "."
        )
    if extension_would_change(facts):
        parts.append("No extension is recorded.")
    return " ".join(part for part in parts if part)


def _main(facts: Facts) -> str:
    first = facts.first
    word = first.stop.done
    due = hull_of([reading.due for reading in facts.readings])
    done = first.done
    counted = _counted(facts)
    if facts.reason == "not-started":
        return f"{facts.words(first.rule.clock.trigger).none}, so this clock never started."
    if facts.reason == "ended":
        return f"Ended {on_or_between(facts.ended)}, before this was due, {on_or_between(due)}."
    if facts.reason == "impossible-order":
        (later, later_on), (earlier, earlier_on) = out_of_order(facts)
        return (
            f"{capital(facts.words(later).thing)} is dated {span_in_words(later_on)}, before "
            f"{facts.words(earlier).thing}, {span_in_words(earlier_on)}: one of the dates is wrong."
        )
    if facts.reason == "overdue":
        until = f"by {in_words(facts.as_at)}"
        if facts.ended:
            until = f"when it was ended, {on_or_between(facts.ended)}"
        return f"Not {word} {until}; it was due {_due(facts)}."
    if facts.reason == "not-yet-due":
        return f"Not yet {word}; due {_due(facts)}."
    if facts.reason == "not-recorded":
        return f"The record does not say whether it was {word}; due {on_or_between(due)}."
    if facts.stop_claimed and facts.reason == "not-evidenced":
        return (
            f"Said to have been {word} {on_or_between(_said(done))}, but nothing on the record "
            f"shows it; due {on_or_between(due)}."
        )
    if facts.open:
        return f"Not {word} by {in_words(facts.as_at)}; due {_due(facts)}."
    return f"{capital(word)} {on_or_between(done)}{counted}; due {_due(facts)}."


def _said(done: Span | None) -> Span | None:
    """Return the day on which something is said to have been done."""
    return Span(done.earliest, done.earliest) if done else None


def out_of_order(facts: Facts) -> tuple[tuple[str, Span | None], tuple[str, Span | None]]:
    """Return what is dated too early with its date, and what it should have followed."""
    first = facts.first
    stop, start, trigger = first.rule.clock.stop, first.start_event, first.rule.clock.trigger
    begun, done = _first_seen(facts.timeline, trigger), first.done
    # What is said to have been done on a day is dated that day.
    last = (done.latest or done.earliest) if done else None
    if begun and begun.earliest and last and last < begun.earliest:
        return (stop, done), (trigger, begun)
    if start != trigger:
        return (start, _first_seen(facts.timeline, start) or first.start), (trigger, begun)
    return (stop, done), (start, first.start)


def _first_seen(timeline: Timeline, name: str) -> Span | None:
    """Return the dates of the first event of a name."""
    spans = [
        event.when.span
        for event in timeline.events
        if event.when and name in (event.name, event.treated_as)
    ]
    return min(spans, key=lambda span: span.earliest or date.min, default=None)


def _due(facts: Facts) -> str:
    """Return when it was due, and from when that was extended."""
    due = hull_of(reading.due for reading in facts.readings)
    original = hull_of(reading.original_due for reading in facts.readings)
    if due == original or due is None or original is None:
        return on_or_between(due)
    return f"{on_or_between(due)}, extended from {span_in_words(original)}"


def _counted(facts: Facts) -> str:
    first = facts.first
    ranges = [reading.working_days for reading in facts.readings]
    if any(one is None for one in ranges):
        return ""
    least = min(one.least for one in ranges if one)
    mosts = [one.most for one in ranges if one]
    if None in mosts:
        return ""
    most = max(one for one in mosts if one is not None)
    days = number(Range(least, most), "working day")
    if len(facts.readings) == 1:
        return f", {days} after {first.began.clause}"
    return f", {days} from the start"


def _bounded(facts: Facts) -> str:
    first = facts.first
    start = first.start
    assert start
    word = first.began.done
    if start.earliest is None:
        return f"No record says when it was {word}; it was {on_or_between(start)}."
    if facts.start_not_done and start.latest and start.latest >= facts.as_at:
        return (
            f"It is not {word} yet; the clock is counted from the time in which it should be, "
            f"{on_or_between(start)}."
        )
    if facts.start_not_done:
        return (
            f"No record says that it was {word}; the clock is counted from the time in which it "
            f"should have been, {on_or_between(start)}."
        )
    text = (
        f"No record says when it was {word}; that was {on_or_between(start)}, since a missing "
        "record cannot lengthen the clock."
        if start.latest
        else f"No record says when it was {word}."
    )
    limiting = next((s.unrecorded.limited_by for s in first.rule.clock.starts if s.unrecorded), "")
    rule = first.rulebook.rule(limiting)
    if facts.verdict == "breach" and rule and first.done and first.done.earliest:
        day = first_start_in_time(facts, first, first.done.earliest)
        if day:
            text += (
                f" {capital(word)} on {in_words(day)} or later it would be {rule.clause} that "
                "was breached instead."
            )
    return text


def _after_hours(facts: Facts) -> str:
    """Return that what came after the policy's cut-off hour counts as a later day's."""
    first = facts.first
    cut_off, start = first.rulebook.cut_off, first.start
    came = _first_seen(facts.timeline, first.start_event)
    if cut_off is None or not (came and came.earliest and start and start.earliest):
        return ""
    if not (came.exact and start.exact) or start.earliest <= came.earliest:
        return ""
    return (
        f"{capital(first.began.thing)} on {in_words(came.earliest)} counts as of "
        f"{in_words(start.earliest)}, by the {first.rulebook.short}'s cut-off hour of "
        f"{cut_off:%H:%M}."
    )


_EXTENDABLE = ("late", "overdue", "start-not-recorded", "imprecise-date")


def extension_would_change(facts: Facts) -> bool:
    """Whether an extension within its maximum, none of which is recorded, would change it."""
    if facts.extended or facts.verdict not in ("breach", "cannot-tell"):
        return False
    for reading in facts.readings:
        extension = reading.rule.clock.extension
        if extension is None or reading.reason not in _EXTENDABLE:
            continue
        if extension.most is None:
            return True
        done = reading.done.earliest if reading.done else facts.as_at
        if reading.due and reading.due.latest and done:
            furthest = facts.calendar.due_later(reading.due.latest, extension.most)
            if done <= furthest:
                return True
    return False


def first_start_in_time(facts: Facts, reading: Reading, done: date) -> date | None:
    """Return the earliest start from which `done` is in time, without extensions."""
    if facts.extended:
        return None
    limit: Limit = reading.rule.clock.limit
    day = done
    while facts.calendar.due(day, limit) >= done:
        day -= timedelta(1)
        if (done - day).days > 800:
            return None
    return day + timedelta(1)
