"""What would settle a "cannot tell": the day that decides, and the line to add."""

from __future__ import annotations

from datetime import date

from timeliness.judge.facts import Facts
from timeliness.judge.pause_words import pause_settlement
from timeliness.judge.start_wording import first_start_in_time
from timeliness.judge.wording import out_of_order
from timeliness.model.calendars import HOURS, unit_of
from timeliness.model.dates import Span, When, hull_of, in_words
from timeliness.model.findings import Reading
from timeliness.model.plain import capital, number, on_or_between
from timeliness.model.ranges import union_of
from timeliness.model.rulebooks import Extension
from timeliness.model.sentences import Settlement
from timeliness.model.sides import POLICY
from timeliness.model.timelines import Event


def settlement(facts: Facts) -> Settlement:
    """Return what would settle a "cannot tell", and the line to add."""
    first = facts.first
    stop = first.rule.clock.stop
    due = hull_of([reading.due for reading in facts.readings])
    start_event = _start_to_record(facts)
    if facts.reason == "not-recorded":
        return Settlement(f"In time if {first.stop.done} {_surely_by(due)}.", f"- DATE {stop}")
    if facts.reason in ("closed-unanswered", "passed-over"):
        return Settlement(f"In time only if {first.stop.done} {_by(due)}.", f"- DATE {stop}")
    if facts.reason == "not-evidenced":
        done = first.stop.done if facts.stop_claimed else "answered"
        line = facts.stop_claimed or facts.answer_claimed
        return Settlement(
            f"In time only if there is evidence that it was {done} {_by(due)}.",
            f"evidence: seen   (for the event on line {line}, once it is shown)",
        )
    if facts.reason == "impossible-order":
        (later, day), (earlier, _) = out_of_order(facts)
        lines = [
            one.line for one in facts.timeline.named(later) if one.when and one.when.span == day
        ]
        return Settlement(
            f"Correct the date of {facts.words(later).thing} or of {facts.words(earlier).thing}.",
            f"date: DATE   (on the event of line {lines[0]})" if lines else f"- DATE {later}",
        )
    if facts.reason == "readings-differ":
        return _of_readings(facts)
    if facts.reason == "edition-unclear":
        each = "; ".join(
            f"{_verdict_words(reading)} under {reading.rulebook.the}" for reading in facts.readings
        )
        if facts.without_rule:
            each += "; otherwise no such limit was in force"
        return Settlement(f"The day of receipt decides: {each}.", "- DATE complaint received")
    if facts.reason == "pause-unclear":
        return pause_settlement(facts)
    if facts.reason == "extension-unclear":
        only = (
            f"Not overdue only if the extension counts and reaches {in_words(facts.as_at)}"
            if facts.open
            else f"In time only if the extension counts and reaches {_latest_done(first)}"
        )
        return Settlement(
            f"{only}; without it the answer was due {on_or_between(_without_it(first))}.",
            _unrecorded_of_extension(facts),
        )
    return _of_dates(facts, due, start_event)


def _of_readings(facts: Facts) -> Settlement:
    """Return what each reading comes to, and what the rulebook would have to say."""
    first, several = facts.first, len({one.start_event for one in facts.readings}) > 1
    each = "; ".join(
        " ".join(
            [
                _verdict_words(one),
                *([f"from {one.began.thing}"] if several else []),
                *([f"if {one.first_day} is day 1"] if one.first_day else []),
            ]
        )
        for one in facts.readings
    )
    keys = " and ".join(
        [
            *(["start: EVENT"] if several else []),
            *(["counting: day-after, or same-day"] if first.counting else []),
        ]
    )
    whose = "policy" if first.rulebook.standard == POLICY else "rulebook"
    return Settlement(
        f"{capital(each)}. The {whose}'s own words would settle it.",
        f"{keys}   (in the rule {first.rule.id} of {first.rulebook.id})",
    )


def _of_dates(facts: Facts, due: Span | None, start_event: str) -> Settlement:
    """Return which date would settle it, where that is all that is open."""
    first = facts.first
    if first.rule.clock.limit.unit == HOURS:
        return _of_times(facts)
    stop, threshold = first.rule.clock.stop, _threshold(facts)
    if threshold:
        return Settlement(
            f"In time only if {facts.words(start_event).done} on or after {in_words(threshold)}.",
            f"- DATE {start_event}",
        )
    if due and due.exact and not facts.open:
        return Settlement(f"In time only if {first.stop.done} {_by(due)}.", f"- DATE {stop}")
    limit = first.rule.clock.limit
    passed = union_of([reading.working_days for reading in facts.readings])
    if passed is None or limit.unit != "working_days":
        says = f"The dates known do not decide whether {limit} had passed."
    else:
        says = (
            f"{str(passed).capitalize()} working days may have passed; the limit is {limit.amount}."
        )
    return Settlement(
        says, f"- DATE {start_event if first.start and not first.start.exact else stop}"
    )


def _of_times(facts: Facts) -> Settlement:
    """Return which time of day would settle it, where a clock runs in hours."""
    first = facts.first
    names = {
        event.name: event.line
        for event in facts.timeline.events
        if event.name in (first.start_event, first.rule.clock.stop)
        and event.when
        and event.when.span.exact
        and event.when.time is None
    }
    says = f"The times known do not decide whether {first.rule.clock.limit} had passed."
    if not names:
        return Settlement(says, f"- DATE TIME {_start_to_record(facts)}")
    lines = " and ".join(str(line) for line in names.values())
    lined = f"the event of line {lines}" if len(names) == 1 else f"the events of lines {lines}"
    return Settlement(says, f"date: DATE TIME   (on {lined})")


def _without_it(reading: Reading) -> Span | None:
    """Return when something was due with only those extensions that count for certain."""
    due, original = reading.due, reading.original_due
    if due is None or due.earliest is None or original is None or not original.exact:
        return original
    return Span.day(due.earliest)


def _unrecorded_of_extension(facts: Facts) -> str:
    """Return the keys that are missing from the last extension, as a line to add."""
    extension = facts.first.rule.clock.extension
    told = facts.timeline.named(extension.event) if extension else []
    if extension is None or not told:
        return "- DATE of the extension"
    event = told[-1]
    wanted = [name for name in extension.needs if name not in event.attributes]
    if event.when is None or not event.when.span.exact:
        wanted.insert(0, "date")
    if _may_be_beyond(facts, extension, event):
        wanted += [name for name in extension.beyond if name not in event.attributes]
    keys = ", ".join(f"{name}: ..." for name in wanted) or "until: the exact day"
    return f"{keys}   (on the extension of line {event.line})"


def _may_be_beyond(facts: Facts, extension: Extension, event: Event) -> bool:
    """Whether the new date may lie beyond the longest extension."""
    until = event.attributes.get("until")
    original = facts.first.original_due
    if extension.most is None or not isinstance(until, When) or until.span.latest is None:
        return False
    if original is None or original.earliest is None:
        return True
    return until.span.latest > facts.calendar.due_later(original.earliest, extension.most)


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
    return first_start_in_time(facts, first, first.done.earliest)


def _verdict_words(reading: Reading) -> str:
    late = reading.late_by
    if reading.verdict == "breach":
        if late and (late.most is None or late.most > 0):
            return f"{number(late, unit_of(reading.rule.clock.limit))} late"
        return "late"
    return {
        "met": "in time",
        "pending": "not yet due",
        "cannot-tell": "cannot be decided",
        "not-applicable": "not applicable",
    }[reading.verdict]


def _surely_by(due: Span | None) -> str:
    """Return by when something is in time for certain."""
    if due is None or due.earliest is None or due.exact or due.latest is None:
        return _by(due)
    return f"on or before {in_words(due.earliest)}, and perhaps up to {in_words(due.latest)}"


def _by(due: Span | None) -> str:
    if due is None or due.earliest is None:
        return "by its due date, which is not known"
    if due.exact:
        return f"on or before {in_words(due.earliest)}"
    if due.latest is None:
        return f"on or before {in_words(due.earliest)}, and perhaps later"
    return (
        f"on or before {in_words(due.latest)} at the latest ({in_words(due.earliest)} for certain)"
    )


def _latest_done(reading: Reading) -> str:
    done = reading.done
    return in_words(done.latest) if done and done.latest else "the day it was done"
