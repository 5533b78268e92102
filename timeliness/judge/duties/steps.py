"""Whether a step may be taken: refusals, the order of stages, a third one, the Ombudsman."""

from __future__ import annotations

from timeliness.judge.columns import State
from timeliness.judge.duties.subject import (
    NOT_EXAMINED,
    Outcome,
    Subject,
    bounds,
    later,
    span_of,
)
from timeliness.model.calendars import Limit
from timeliness.model.dates import When
from timeliness.model.findings import BREACH, CANNOT_TELL, MET, Settlement
from timeliness.model.plain import listed, on_or_between
from timeliness.model.rulebooks import After, Never, Refusal
from timeliness.model.timelines import Event
from timeliness.model.vocabulary import KEYS, RECEIVED


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
    oldest = later(subject.calendar, arose.span, limit)
    if oldest.earliest and receipt.latest <= oldest.earliest:
        return (
            f"the matter was not more than {limit} old, since it arose {on_or_between(arose.span)}"
        )
    if oldest.latest and receipt.earliest and receipt.earliest > oldest.latest:
        return True
    return None


def sequence(subject: Subject, check: After) -> Outcome | None:
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


def _not_after(subject: Subject, check: After, event: Event, why: str) -> Outcome:
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
