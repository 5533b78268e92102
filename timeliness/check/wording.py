"""The sentences of a finding: what the record shows, and what would settle it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from timeliness.calendars import Limit, WorkingDays
from timeliness.dates import in_words
from timeliness.findings import Reading, Settlement
from timeliness.spans import Span, hull_of
from timeliness.timelines import Timeline


@dataclass(frozen=True)
class Facts:
    """What is known of one finding when its sentences are written.

    `stop_claimed` is the line of the event that claims the stop, or 0.
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

    @property
    def first(self) -> Reading:
        """Return the first reading that decides."""
        return self.readings[0]


_DONE = {
    "complaint received": "received",
    "complaint logged": "logged",
    "complaint acknowledged": "acknowledged",
    "escalation requested": "requested",
    "escalation logged": "logged",
    "escalation acknowledged": "acknowledged",
    "stage 3 requested": "requested",
    "stage 3 logged": "logged",
    "stage 3 acknowledged": "acknowledged",
    "stage 1 response": "answered",
    "stage 2 response": "answered",
    "stage 3 response": "answered",
}
_NOUNS = {
    "complaint received": "receipt",
    "complaint logged": "logging",
    "complaint acknowledged": "the acknowledgement",
    "escalation requested": "the request",
    "escalation logged": "the request the landlord recorded",
    "escalation acknowledged": "the acknowledgement",
    "stage 3 requested": "the request",
    "stage 3 logged": "the request the landlord recorded",
    "stage 3 acknowledged": "the acknowledgement",
    "stage 1 response": "the stage 1 response",
    "stage 2 response": "the stage 2 response",
    "stage 3 response": "the stage 3 response",
}


_THINGS = {
    "complaint received": "receipt of the complaint",
    "complaint logged": "logging of the complaint",
    "complaint acknowledged": "acknowledgement of the complaint",
    "escalation requested": "request to escalate",
    "escalation logged": "logging of the escalation",
    "escalation acknowledged": "acknowledgement of the escalation",
    "complaint refused": "refusal of the complaint",
    "escalation refused": "refusal to escalate",
    "early resolution agreed": "agreement to early resolution",
    "early resolution closed": "closing of the early resolution",
    "commitment": "promise",
    "commitment met": "keeping of the promise",
    "order complied": "compliance with the order",
    "compensation offered": "offer of compensation",
    "ombudsman referral": "referral to the Ombudsman",
    "complaint reopened": "reopening of the complaint",
    "complaint withdrawn": "withdrawal of the complaint",
    "complaint closed": "closing of the complaint",
    "stage 1 extended": "extension of stage 1",
    "stage 2 extended": "extension of stage 2",
    "stage 3 extended": "extension of stage 3",
    "stage 3 requested": "request for stage 3",
    "stage 3 logged": "logging of the request for stage 3",
    "stage 3 acknowledged": "acknowledgement of the request for stage 3",
}


def thing(event: str) -> str:
    """Return an event as a noun in a sentence: receipt of the complaint, stage 1 response."""
    if event in _THINGS:
        return _THINGS[event]
    return f'event "{event}"' if event.endswith("ed") else event


def done_word(event: str) -> str:
    """Return the past participle for an event: acknowledged, answered, or its own last word."""
    return _DONE.get(event, event.split()[-1])


def noun(event: str) -> str:
    """Return an event as the start of a clock: receipt, the request, the acknowledgement."""
    return _NOUNS.get(event, event)


def on_or_between(span: Span | None) -> str:
    """Return a span with its preposition: on one day, or between two."""
    if span is None or span.earliest is None or span.latest is None or span.exact:
        known = span is not None and (span.earliest or span.latest)
        return f"on {span_in_words(span)}" if known else "on a day that is not known"
    return f"between {_start_in_words(span.earliest, span.latest)} and {in_words(span.latest)}"


def _start_in_words(start: date, end: date) -> str:
    """Return the first day of a span, without the year where the last day tells it."""
    return in_words(start).removesuffix(f" {end.year}")


def span_in_words(span: Span | None) -> str:
    """Return a span as people write it: one day, two days, or from one to another."""
    if span is None or (span.earliest is None and span.latest is None):
        return "a day that is not known"
    if span.earliest is None:
        assert span.latest
        return f"{in_words(span.latest)} or earlier"
    if span.latest is None:
        return f"{in_words(span.earliest)} or later"
    if span.exact:
        return in_words(span.earliest)
    return f"{_start_in_words(span.earliest, span.latest)} to {in_words(span.latest)}"


def says(facts: Facts) -> str:
    """Return what the record shows of one obligation, in plain words."""
    parts = [_main(facts)]
    first = facts.first
    one_book = len({reading.rulebook.id for reading in facts.readings}) == 1
    settled = facts.reason in ("not-started", "ended", "impossible-order")
    if facts.bounded and first.start and one_book and not settled:
        parts.append(_bounded(facts))
    unstated = not settled and not first.rule.clock.start_stated
    same = [one for one in facts.readings if one.rulebook == first.rulebook]
    if unstated and len({reading.start_event for reading in same}) > 1:
        names = [noun(reading.start_event) for reading in same]
        parts.append(
            f"{first.rulebook.short} does not say whether its clock starts at "
            + " or at ".join(dict.fromkeys(names))
            + "."
        )
    if _extension_would_change(facts):
        parts.append("No extension is recorded.")
    return " ".join(part for part in parts if part)


def _main(facts: Facts) -> str:
    first = facts.first
    word = done_word(first.rule.clock.stop)
    due = hull_of([reading.due for reading in facts.readings])
    done = first.done
    counted = _counted(facts)
    if facts.reason == "not-started":
        return f"{_none(first.rule.clock.trigger)}, so this clock never started."
    if facts.reason == "ended":
        return f"The complaint was ended before this was due, {on_or_between(due)}."
    if facts.reason == "impossible-order":
        (later, later_on), (earlier, earlier_on) = _out_of_order(facts)
        return (
            f"{_sentence(noun(later))} is dated {span_in_words(later_on)}, before "
            f"{noun(earlier)}, {span_in_words(earlier_on)}: one of the dates is wrong."
        )
    if facts.reason == "overdue":
        return f"Not {word} by {in_words(facts.as_at)}; it was due {_due(facts)}."
    if facts.reason == "not-yet-due":
        return f"Not yet {word}; due {_due(facts)}."
    if facts.reason == "not-recorded":
        return f"The record does not say whether it was {word}; due {on_or_between(due)}."
    if facts.stop_claimed and facts.reason == "not-evidenced":
        return (
            f"Said to have been {word} on {_earliest(done)}, but nothing on the record shows it; "
            f"due {on_or_between(due)}."
        )
    if facts.open:
        return f"Not {word} by {in_words(facts.as_at)}; due {_due(facts)}."
    return f"{word.capitalize()} {on_or_between(done)}{counted}; due {_due(facts)}."


def _out_of_order(facts: Facts) -> tuple[tuple[str, Span | None], tuple[str, Span | None]]:
    """Return what is dated too early with its date, and what it should have followed."""
    first = facts.first
    stop, start, trigger = first.rule.clock.stop, first.start_event, first.rule.clock.trigger
    begun, done = _first_seen(facts.timeline, trigger), first.done
    if begun and done and begun.earliest and (done.latest or date.max) < begun.earliest:
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


def _sentence(text: str) -> str:
    return text[0].upper() + text[1:]


def _none(event: str) -> str:
    """Return that an event did not happen: No escalation was requested."""
    subject, _, verb = event.rpartition(" ")
    return f"No {subject} was {verb}" if subject else f"There was no {event}"


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
    number = str(least) if least == most else f"{least} to {most}"
    days = "working day" if number == "1" else "working days"
    if len(facts.readings) == 1:
        return f", {number} {days} after {noun(first.start_event)}"
    return f", {number} {days} from the start"


def _bounded(facts: Facts) -> str:
    first = facts.first
    start = first.start
    assert start
    word = done_word(first.start_event)
    if start.earliest is None:
        return f"No record says when it was {word}; it was {on_or_between(start)}."
    if facts.start_not_done:
        return (
            f"It was never {word}; the clock is counted from the time in which it should have "
            f"been, {on_or_between(start)}."
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
        day = _first_start_in_time(facts, first, first.done.earliest)
        if day:
            text += (
                f" {word.capitalize()} on {in_words(day)} or later it would be {rule.clause} that "
                "was breached instead."
            )
    return text


def _extension_would_change(facts: Facts) -> bool:
    if facts.extended or facts.verdict not in ("breach", "cannot-tell"):
        return False
    for reading in facts.readings:
        extension = reading.rule.clock.extension
        if extension is None or reading.reason not in (
            "late",
            "start-not-recorded",
            "imprecise-date",
        ):
            continue
        if extension.most is None:
            return True
        if reading.due and reading.due.latest and reading.done and reading.done.earliest:
            furthest = facts.calendar.due_later(reading.due.latest, extension.most)
            if reading.done.earliest <= furthest:
                return True
    return False


# What would settle it -------------------------------------------------------------------------


def settlement(facts: Facts) -> Settlement:
    """Return what would settle a "cannot tell", and the line to add."""
    first = facts.first
    stop = first.rule.clock.stop
    due = hull_of([reading.due for reading in facts.readings])
    start_event = _start_to_record(facts)
    if facts.reason == "not-recorded":
        return Settlement(f"In time if {done_word(stop)} {_by(due)}.", f"- DATE {stop}")
    if facts.reason == "not-evidenced":
        return Settlement(
            f"In time only if something shows that it was {done_word(stop)} {_by(due)}.",
            f"evidence: seen   (for the event on line {facts.stop_claimed}, once it is shown)",
        )
    if facts.reason == "impossible-order":
        (later, _), (earlier, _) = _out_of_order(facts)
        return Settlement(
            f"Correct the date of {noun(later)} or of {noun(earlier)}.", f"- DATE {later}"
        )
    if facts.reason == "readings-differ":
        told = "; ".join(
            f"{_verdict_words(reading)} from {noun(reading.start_event)}"
            for reading in facts.readings
        )
        return Settlement(
            f"{told[0].upper()}{told[1:]}. The policy's own words would settle it.",
            f"start: EVENT   (in the rule {first.rule.id} of {first.rulebook.id})",
        )
    if facts.reason == "edition-unclear":
        told = "; ".join(
            f"{_verdict_words(reading)} under the {reading.rulebook.short}"
            for reading in facts.readings
        )
        return Settlement(f"The day of receipt decides: {told}.", "- DATE complaint received")
    if facts.reason == "extension-unclear":
        only = (
            f"Not overdue only if the extension counts and reaches {in_words(facts.as_at)}"
            if facts.open
            else f"In time only if the extension counts and reaches {_latest_done(first)}"
        )
        return Settlement(
            f"{only}; without it the answer was due {on_or_between(first.original_due)}.",
            _unrecorded_of_extension(facts),
        )
    threshold = _threshold(facts)
    if threshold:
        return Settlement(
            f"In time only if {done_word(start_event)} on or after {in_words(threshold)}.",
            f"- DATE {start_event}",
        )
    if due and due.exact and not facts.open:
        return Settlement(f"In time only if {done_word(stop)} {_by(due)}.", f"- DATE {stop}")
    limit = first.rule.clock.limit
    passed = first.working_days
    if passed is None or limit.unit != "working_days":
        says = f"The dates known do not decide whether {limit} had passed."
    else:
        says = (
            f"{str(passed).capitalize()} working days may have passed; the limit is {limit.amount}."
        )
    return Settlement(
        says, f"- DATE {start_event if first.start and not first.start.exact else stop}"
    )


def _unrecorded_of_extension(facts: Facts) -> str:
    """Return the keys that are missing from the last extension, as a line to add."""
    extension = facts.first.rule.clock.extension
    told = facts.timeline.named(extension.event) if extension else []
    if extension is None or not told:
        return "- DATE of the extension"
    wanted = (*extension.needs, *extension.beyond)
    missing = [name for name in wanted if name not in told[-1].attributes]
    keys = ", ".join(f"{name}: ..." for name in missing) or "date: the exact day"
    return f"{keys}   (on the extension of line {told[-1].line})"


def _start_to_record(facts: Facts) -> str:
    """Return the event whose date is missing: the start, or the request it follows from."""
    first = facts.first
    if first.start and first.start.earliest is None:
        return first.rule.clock.trigger
    return first.start_event


def _threshold(facts: Facts) -> date | None:
    """Return the first day of the start on which the answer would have been in time."""
    first = facts.first
    if len(facts.readings) > 1 or facts.open or not (first.done and first.done.exact):
        return None
    assert first.done.earliest
    if not first.start or first.start.exact:
        return None
    return _first_start_in_time(facts, first, first.done.earliest)


def _first_start_in_time(facts: Facts, reading: Reading, done: date) -> date | None:
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


def _verdict_words(reading: Reading) -> str:
    late = reading.late_by
    if reading.verdict == "breach":
        if late and (late.most is None or late.most > 0):
            return f"{late} {_unit(reading.rule.clock.limit, str(late))} late"
        return "late"
    return {
        "met": "in time",
        "pending": "not yet due",
        "cannot-tell": "cannot be told",
        "not-applicable": "not applicable",
    }[reading.verdict]


def _unit(limit: Limit, number: str) -> str:
    name = limit.unit.replace("_", " ")
    return name.removesuffix("s") if number == "1" else name


def _by(due: Span | None) -> str:
    if due is None or due.earliest is None:
        return "by its due date, which is not known"
    if due.exact:
        return f"on or before {in_words(due.earliest)}"
    return f"on or before {in_words(due.earliest)} (certainly)"


def _earliest(span: Span | None) -> str:
    return in_words(span.earliest) if span and span.earliest else "a day that is not known"


def _latest_done(reading: Reading) -> str:
    done = reading.done
    return in_words(done.latest) if done and done.latest else "the day it was done"
