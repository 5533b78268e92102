"""Whether a step may be taken: refusals, the order of stages, a third one, the Ombudsman."""

from __future__ import annotations

from collections.abc import Sequence as SequenceOf
from dataclasses import replace
from datetime import date

from timeliness.judge.columns import State
from timeliness.judge.duties.subject import NOT_EXAMINED, Outcome, Subject, bounds, span_of
from timeliness.model.calendars import Limit, WorkingDays
from timeliness.model.dates import When, in_words
from timeliness.model.findings import BREACH, CANNOT_TELL, MET, NOT_APPLICABLE, PENDING, Settlement
from timeliness.model.plain import listed, on_or_between, span_in_words
from timeliness.model.rulebooks import Never, Refusal, Sequence, Window
from timeliness.model.spans import Span
from timeliness.model.timelines import Event
from timeliness.model.vocabulary import KEYS, RECEIVED, plain_name

_DESIGNATED = ("designated person", "councillor", "mp", "tenant panel")
"""Who could refer a complaint without the wait."""


def refusal(subject: Subject, check: Refusal) -> Outcome | None:
    """Judge a refusal: on a ground that counts, in writing, with the right to the Ombudsman."""
    events = subject.dated(check.event)
    if not events:
        return None
    event = events[0]
    if not event.attributes:
        return NOT_EXAMINED
    wrong = [KEYS[name].said(False) for name in check.needs if event.attributes.get(name) is False]
    unknown = [name for name in check.needs if event.attributes.get(name) is None]
    grounds = event.attributes.get("grounds")
    if grounds is None:
        unknown.append("grounds")
    elif grounds not in check.grounds:
        wrong.append(
            "no grounds were given" if grounds == "none given" else "the ground is none that counts"
        )
    elif grounds == "too old" and check.too_old:
        age = _age(subject, check.too_old, event)
        if isinstance(age, str):
            wrong.append(age)
        elif age is None:
            unknown.append("arose")
    when = on_or_between(span_of(event))
    if wrong:
        return Outcome(
            BREACH,
            "not-as-required",
            f"The {subject.noun(check.event)} {when} falls short: {listed(wrong)}.",
            f"{subject.noun(check.event)}: {listed(wrong)}",
            done=span_of(event),
            line=event.line,
        )
    if unknown:
        received = subject.dated(RECEIVED)
        rough = unknown == ["arose"] and bool(received) and "arose" in received[0].attributes
        asked = listed([KEYS[name].open_question for name in unknown])
        where = "the complaint received" if unknown[0] == "arose" else f"line {event.line}"
        return Outcome(
            CANNOT_TELL,
            "imprecise-date" if rough else "not-recorded",
            f"The record does not say all that decides on the {subject.noun(check.event)} {when}: "
            f"{asked}{', more exactly' if rough else ''}.",
            settled_by=Settlement(
                f"Knowing {asked} would settle it.",
                f"{unknown[0]}: ...   (on the event of {where})",
            ),
            done=span_of(event),
            line=event.line,
        )
    return Outcome(
        MET,
        "as-required",
        f"The {subject.noun(check.event)} {when} was on a ground that counts, with all that it "
        "needs.",
        done=span_of(event),
        line=event.line,
    )


def _age(subject: Subject, limit: Limit, event: Event) -> str | bool | None:
    """Return why a matter was not too old to refuse, True where it was, None where unknown."""
    received = subject.dated(RECEIVED)
    arose = received[0].attributes.get("arose") if received else None
    receipt = span_of(received[0]) if received else None
    if not isinstance(arose, When) or receipt is None or receipt.latest is None:
        return None
    oldest = _add(subject.calendar, arose.span, limit)
    if oldest.earliest and receipt.latest <= oldest.earliest:
        return (
            f"the matter was not more than {limit} old, since it arose {on_or_between(arose.span)}"
        )
    if oldest.latest and receipt.earliest and receipt.earliest > oldest.latest:
        return True
    return None


def _add(calendar: WorkingDays, span: Span, limit: Limit) -> Span:
    return Span(
        calendar.due(span.earliest, limit) if span.earliest else None,
        calendar.due(span.latest, limit) if span.latest else None,
    )


def sequence(subject: Subject, check: Sequence) -> Outcome | None:
    """Judge whether an event came only after others."""
    events = subject.dated(check.event)
    if not events:
        return None
    event = events[0]
    unclear: list[str] = []
    missing = False
    for name in check.after:
        before = subject.dated(name)
        if not before:
            fact = subject.facts.events.get(name)
            inferred = fact is not None and fact.state == State.INFERRED
            if subject.timeline.record == "partial" or inferred:
                missing = True
                unclear.append(name)
                continue
            return _not_after(subject, check, event, f"there was no {subject.noun(name)}")
        if bounds(before[0])[0] > bounds(event)[1]:
            when = on_or_between(span_of(before[0]))
            return _not_after(subject, check, event, f"the {subject.noun(name)} came later, {when}")
        if bounds(before[0])[1] > bounds(event)[0]:
            unclear.append(name)
    if unclear:
        return Outcome(
            CANNOT_TELL,
            "not-recorded" if missing else "imprecise-date",
            f"The record does not show that the {subject.noun(check.event)} came after the "
            f"{listed([subject.noun(name) for name in unclear])}.",
            settled_by=Settlement(
                f"The day of the {subject.noun(unclear[0])} would settle it.",
                f"- DATE {unclear[0]}",
            ),
            done=span_of(event),
            line=event.line,
        )
    others = listed([subject.noun(name) for name in check.after])
    says = f"The {subject.noun(check.event)} came after the {others}."
    return Outcome(MET, "as-required", says, done=span_of(event), line=event.line)


def _not_after(subject: Subject, check: Sequence, event: Event, why: str) -> Outcome:
    return Outcome(
        BREACH,
        "not-as-required",
        f"The {subject.noun(check.event)} was sent {on_or_between(span_of(event))}, but {why}.",
        f"{subject.noun(check.event)} out of turn",
        done=span_of(event),
        line=event.line,
    )


def never(subject: Subject, check: Never) -> Outcome | None:
    """Judge events that may not be."""
    events = subject.dated(*check.events)
    if not events:
        return None
    event = events[0]
    return Outcome(
        BREACH,
        "not-as-required",
        f"There was a {subject.noun(event.name)} {on_or_between(span_of(event))}.",
        f"a {subject.noun(event.name)}, which is not allowed",
        done=span_of(event),
        line=event.line,
    )


def window(subject: Subject, check: Window) -> Outcome | None:
    """Judge when the resident took, or may take, a step after the last of some events.

    It is the resident's time, so nothing here is a breach.
    """
    final = _last(subject, check.after)
    if final is None:
        return None
    span = span_of(final)
    assert span
    closes = _add(subject.calendar, span, check.closes_after)
    # One before the final response is no step after it, unless there is no other.
    steps = subject.dated(check.event)
    steps = [one for one in steps if bounds(one)[1] >= bounds(final)[0]] or steps
    if not steps:
        if closes.earliest is None or subject.as_at > closes.earliest:
            return None
        says = f"The resident may go to the Ombudsman until {in_words(closes.earliest)}."
        return Outcome(PENDING, "not-yet-due", says, start=span, due=closes)
    step = span_of(steps[0])
    assert step
    found = Outcome("", "", "", start=span, due=closes, done=step, line=steps[0].line)
    early = _too_early(subject.calendar, check, span, step)
    if early is not False and plain_name(steps[0].by) not in _DESIGNATED:
        perhaps = "" if early else "perhaps "
        return replace(
            found,
            verdict=CANNOT_TELL,
            reason="not-recorded" if early else "imprecise-date",
            says=f"The resident went to the Ombudsman {on_or_between(step)}, {perhaps}before "
            f"{check.opens_after} had passed: that needed a designated person, of whom the record "
            "says nothing.",
            settled_by=Settlement(
                "In order if a designated person referred it.",
                f"by: designated person   (on the event of line {steps[0].line})",
            ),
        )
    told_when = (
        f"The resident went to the Ombudsman {on_or_between(step)}; the time for it ran until "
        f"{span_in_words(closes)}."
    )
    if step.latest and closes.earliest and step.latest <= closes.earliest:
        return replace(found, verdict=MET, reason="in-time", says=told_when)
    if step.earliest and closes.latest and step.earliest > closes.latest:
        says = f"{told_when} Whether to take up a later one is for the Ombudsman to decide."
        return replace(found, verdict=NOT_APPLICABLE, reason="late", says=says)
    return replace(
        found,
        verdict=CANNOT_TELL,
        reason="imprecise-date",
        says=told_when,
        settled_by=Settlement("The exact day would settle it.", f"- DATE {check.event}"),
    )


def _last(subject: Subject, names: SequenceOf[str]) -> Event | None:
    found = [events[0] for name in names if (events := subject.dated(name))]
    return max(found, key=lambda event: bounds(event)[0]) if found else None


def _too_early(calendar: WorkingDays, check: Window, final: Span, step: Span) -> bool | None:
    """Whether a step was taken before the window opened; None where the dates do not tell."""
    if not check.opens_after or not check.opens_until:
        return False
    opens = _add(calendar, final, check.opens_after)
    first, last = step.earliest or date.min, step.latest or date.max
    if first > check.opens_until or (opens.latest and first >= opens.latest):
        return False
    if last <= check.opens_until and opens.earliest and last < opens.earliest:
        return True
    return None
