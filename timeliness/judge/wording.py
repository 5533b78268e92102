"""The sentences of a finding: what the record shows, and what would settle it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from timeliness.judge.facts import Facts
from timeliness.judge.start_wording import after_hours, bounded, first_seen, narrowed
from timeliness.judge.time_taken import if_not_done, time_taken
from timeliness.model.dates import Span, hull_of, in_words
from timeliness.model.event_words import Words
from timeliness.model.plain import capital, on_or_between, small, span_in_words
from timeliness.model.ranges import Moments
from timeliness.model.vocabulary import ENDS, ORDERS, RECEIVED


def says(facts: Facts) -> str:
    """Return what the record shows of one obligation, in plain words."""
    parts = [_main(facts)]
    first = facts.first
    one_book = len({reading.rulebook.id for reading in facts.readings}) == 1
    settled = facts.reason in ("not-started", "ended", "impossible-order")
    if facts.bounded and first.start and one_book and not settled:
        parts.append(bounded(facts))
    if not settled:
        parts.append(after_hours(facts))
    if one_book and not settled:
        parts += narrowed(facts)
    unstated = not settled and not first.rule.clock.start_stated
    same = [one for one in facts.readings if one.rulebook == first.rulebook]
    if unstated and len({reading.start_event for reading in same}) > 1:
        names = [reading.began.thing for reading in same]
        parts.append(
            f"{capital(first.rulebook.the)} does not say whether its clock starts at "
            + " or at ".join(dict.fromkeys(names))
            + "."
        )
    if not settled and first.counting:
        parts.append(
            f"What was read of {first.rulebook.the} does not say whether day 1 is the day of "
            f"{first.began.thing} or the day after it."
        )
    if extension_would_change(facts):
        parts.append("No extension is recorded.")
    return " ".join(part for part in parts if part)


def _main(facts: Facts) -> str:
    first = facts.first
    word = first.stop.done
    due = hull_of([reading.due for reading in facts.readings])
    done = first.done
    counted = _before_it_started(facts) or time_taken(facts.readings)
    if facts.reason == "not-started":
        return (
            f"Not needed: {_outside(facts) or small(facts.words(first.rule.clock.trigger).none)}."
        )
    if facts.reason == "ended":
        return f"{capital(_end(facts))}, before this was due, {on_or_between(due)}."
    if facts.reason == "impossible-order":
        (later, later_on), (earlier, earlier_on) = out_of_order(facts)
        return (
            f"{capital(facts.words(later).thing)} is dated {span_in_words(later_on)}, before "
            f"{facts.words(earlier).thing}, {span_in_words(earlier_on)}: one of the dates is wrong."
        )
    if facts.reason == "answered-first":
        return (
            f"Answered in full {on_or_between(facts.answered)}{counted}, so there was nothing left "
            f"to acknowledge; the acknowledgement was due {_due(facts)}."
        )
    if facts.reason == "closed-unanswered":
        return f"Closed {on_or_between(facts.closed)} without a recorded answer; due {_due(facts)}."
    if half := _logged_late(facts):
        return f"{half}; due {_due(facts)}."
    if facts.reason in ("overdue", "passed-over"):
        return _overdue(facts)
    if facts.reason == "late" and facts.answered and done and _is_after(done, facts.answered):
        return (
            f"{capital(word)} {on_or_between(done)}, after the answer "
            f"{on_or_between(facts.answered)}{counted}; due {_due(facts)}."
        )
    if facts.reason == "not-yet-due":
        return f"Not yet {word}; due {_due(facts)}."
    if facts.reason == "not-recorded":
        over = facts.answered or facts.passed or facts.ended or facts.closed
        limit = first.rule.clock.limit
        if_not = "" if over else if_not_done(due, limit, facts.as_at, facts.calendar)
        return f"The record does not say whether it was {word}; due {on_or_between(due)}{if_not}."
    if facts.stop_claimed and facts.reason == "not-evidenced":
        return (
            f"Said to have been {word} {on_or_between(_said(done))}, but there is no evidence of "
            f"it; due {on_or_between(due)}."
        )
    if facts.answer_claimed:
        how = f"Not {word} by {in_words(facts.as_at)}" if facts.open else capital(word)
        on = "" if facts.open else f" {on_or_between(done)}"
        return (
            f"{how}{on}; said to have been answered before that, but there is no evidence of it; "
            f"due {on_or_between(due)}."
        )
    if facts.open:
        return f"Not {word} by {in_words(facts.as_at)}; due {_due(facts)}."
    return f"{capital(word)} {on_or_between(done)}{_at(facts)}{counted}; due {_due(facts)}."


def _at(facts: Facts) -> str:
    """Return at what time something was done, where its clock runs in hours and that is known."""
    at = facts.first.done_at
    return f" at {at.earliest:%H:%M}" if at and at.exact else ""


def _before_it_started(facts: Facts) -> str:
    """Return that the stop came before the start, where it counts then too; or nothing."""
    first = facts.first
    start, done = first.start, first.done
    if len(facts.readings) > 1 or not first.rule.clock.early_stop or not (start and done):
        return ""
    return f", before {first.began.clause}" if _is_after(start, done) else ""


def _logged_late(facts: Facts) -> str:
    """Return, of a clause that asks for logging too, that this half of it was late or not done."""
    clock = facts.first.rule.clock
    due = hull_of(reading.due for reading in facts.readings)
    if not clock.logged or facts.verdict != "breach" or not (due and due.latest):
        return ""
    done, logged = (first_seen(facts.timeline, name) for name in (clock.stop, clock.logged))
    late = logged and logged.earliest and due.latest < logged.earliest <= facts.as_at
    if done is None and late and facts.timeline.record == "partial":
        when, word = on_or_between(logged), facts.first.stop.done
        return f"Logged {when}, and the record does not say when it was {word}"
    if done is None or done.latest is None or done.latest > due.latest:
        return ""
    half = f"{capital(facts.first.stop.done)} {on_or_between(done)}, but"
    if late:
        return f"{half} logged {on_or_between(logged)}{time_taken(facts.readings)}"
    return f"{half} not logged by {in_words(facts.as_at)}"


def _overdue(facts: Facts) -> str:
    """Return that something was not done, and by when or until when."""
    word, counted = facts.first.stop.done, time_taken(facts.readings)
    if facts.ended:
        return f"Not {word} before {_end(facts)}; it was due {_due(facts)}."
    if facts.answered:
        return (
            f"Never {word}; answered {on_or_between(facts.answered)}{counted}; "
            f"it was due {_due(facts)}."
        )
    if facts.passed:
        stage = facts.first.rule.clock.answers[0]
        return (
            f"Never {word}; {facts.words(stage).thing} came {on_or_between(facts.passed)}"
            f"{counted}; it was due {_due(facts)}."
        )
    if facts.closed:
        until = f"before the complaint was closed {on_or_between(facts.closed)}"
        return f"Not {word} {until}; it was due {_due(facts)}."
    return f"Not {word} by {in_words(facts.as_at)}; it was due {_due(facts)}."


def _end(facts: Facts) -> str:
    """Return what ended the complaint or request, and when: the complaint was withdrawn on ..."""
    own = facts.first.rule.clock.ended_by
    names = [
        event.name
        for event in facts.timeline.events
        if event.name in (*ENDS, *own) and event.when and event.when.span == facts.ended
    ]
    if own and (not names or names[0] in own):
        happened = _happened(facts.words(names[0] if names else own[0]))
        return f"{happened} {on_or_between(facts.ended)}"
    what, _, done = names[0].rpartition(" ") if names else ("complaint or request", "", "ended")
    return f"the {what} was {done} {on_or_between(facts.ended)}"


def _happened(words: Words) -> str:
    """Return that an event happened: the escalation was requested."""
    what = words.none.removeprefix("No ")
    plain = what != words.none and what[0].isalpha()
    return f"the {what}" if plain else f"{words.thing} came"


def _outside(facts: Facts) -> str:
    """Return what came before the day from which a clock applies, or nothing."""
    for one in facts.first.rule.clock.unless:
        seen = first_seen(facts.timeline, one.event)
        if seen and seen.latest and seen.latest < one.before:
            happened = _happened(facts.words(one.event))
            return f"{happened} {on_or_between(seen)}, and this applies from {in_words(one.before)}"
    return ""


def _is_after(one: Span, other: Span) -> bool:
    return bool(one.earliest and other.latest and one.earliest > other.latest)


def _said(done: Span | None) -> Span | None:
    """Return the day on which something is said to have been done."""
    return Span(done.earliest, done.earliest) if done else None


def out_of_order(facts: Facts) -> tuple[tuple[str, Span | None], tuple[str, Span | None]]:
    """Return what is dated too early with its date, and what it should have followed.

    Of several, one that the clock itself reads; the day of receipt decides the edition too. An
    extension before the complaint arrived is none, and nothing turns on it.
    """
    first = facts.first
    read = first.rule.clock.turns_on(first.start_event)
    received = first_seen(facts.timeline, RECEIVED)
    arrived = received.earliest if received and received.earliest else date.min
    clashes = [
        (read.isdisjoint((cause, effect)), (effect, late), (cause, early))
        for cause, effect in ORDERS
        if (early := first_seen(facts.timeline, cause))
        and (late := first_seen(facts.timeline, effect))
        and late.latest
        and early.earliest
        and late.latest < early.earliest
        and not (effect.endswith(" extended") and late.latest < arrived)
    ]
    if not clashes:
        return (first.rule.clock.stop, first.done), (first.start_event, first.start)
    _, effect, cause = min(clashes, key=lambda clash: clash[0])
    return effect, cause


def _due(facts: Facts) -> str:
    """Return when it was due, and from when that was extended."""
    due = hull_of(reading.due for reading in facts.readings)
    original = hull_of(reading.original_due for reading in facts.readings)
    if due and (by := _due_at([one.due_at for one in facts.readings if one.due_at], due)):
        return by
    if due == original or due is None or original is None:
        return on_or_between(due)
    return f"{on_or_between(due)}, extended from {span_in_words(original)}"


def _due_at(moments: Sequence[Moments], due: Span) -> str:
    """Return by what time a clock that runs in hours was due, or between which; else nothing."""
    if moments and all(at.exact for at in moments):
        first, last = min(at.earliest for at in moments), max(at.earliest for at in moments)
        if first == last:
            return f"by {first:%H:%M} on {in_words(first.date())}"
        day = "" if first.date() == last.date() else f" on {in_words(first.date())}"
        return f"between {first:%H:%M}{day} and {last:%H:%M} on {in_words(last.date())}"
    return f"{on_or_between(due)}, by an hour that is not known" if moments and due.exact else ""


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
