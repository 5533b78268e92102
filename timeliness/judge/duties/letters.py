"""What a letter says, and what must or must not be so of an event."""

from __future__ import annotations

from collections.abc import Sequence

from timeliness.judge.duties.subject import NOT_EXAMINED, Outcome, Subject, span_of
from timeliness.model.findings import BREACH, CANNOT_TELL, MET, Settlement
from timeliness.model.keys import LETTER_ITEMS
from timeliness.model.plain import capital, listed, on_or_between, span_in_words
from timeliness.model.rulebooks import AnotherPerson, Attributes, Letter
from timeliness.model.timelines import Event
from timeliness.model.vocabulary import KEYS


def letter(subject: Subject, check: Letter) -> Outcome | None:
    """Judge what the first letter of an event says against the items it must carry.

    A list of what the letter includes is taken as whole: what is not on it is missing.
    """
    letters = subject.dated(check.event) or subject.said(check.event)
    if not letters:
        return None
    event = letters[0]
    includes, missing = _items(event, "includes"), _items(event, "missing")
    if not includes and not missing:
        return NOT_EXAMINED
    lacking = [
        item
        for item in check.items
        if item in missing or (includes and item not in includes and _is_whole(check, includes))
    ]
    certain = [item for item in lacking if item not in check.disputed]
    when = f"The {subject.noun(check.event)} of {span_in_words(span_of(event))}"
    if certain:
        names = listed([LETTER_ITEMS[item] for item in certain])
        return Outcome(
            BREACH,
            "not-as-required",
            f"{when} does not set out {names}.",
            f"{subject.noun(check.event)} does not set out {names}",
            done=span_of(event),
            line=event.line,
        )
    if lacking:
        names = listed([LETTER_ITEMS[item] for item in lacking])
        return Outcome(
            CANNOT_TELL,
            "sources-differ",
            f"{when} does not set out {names}, and sources differ on whether it must.",
            settled_by=Settlement(
                "The clause's own words would settle it.", f"includes: [..., {lacking[0]}]"
            ),
            done=span_of(event),
            line=event.line,
        )
    if not all(item in includes for item in check.items):
        return NOT_EXAMINED
    if event.evidence == "claimed":
        return Outcome(
            CANNOT_TELL,
            "not-evidenced",
            f"{when} is said to have been sent, but nothing on the record shows it.",
            settled_by=Settlement(
                "The letter itself would settle it.",
                f"evidence: seen   (for the event on line {event.line})",
            ),
            line=event.line,
        )
    says = f"{when} sets out {listed([LETTER_ITEMS[item] for item in check.items])}."
    return Outcome(MET, "as-required", says, done=span_of(event), line=event.line)


def _is_whole(check: Letter, includes: Sequence[str]) -> bool:
    """Whether a list speaks of this duty at all: one item is examined only if it is named."""
    return len(check.items) > 1 or check.items[0] in includes


def _items(event: Event, name: str) -> tuple[str, ...]:
    value = event.attributes.get(name)
    return value if isinstance(value, tuple) else ()


def attributes(subject: Subject, check: Attributes) -> Outcome | None:
    """Judge what must, and must not, be so of every event of a kind."""
    events = subject.dated(check.event)
    if not events:
        return None
    wanted = {**dict.fromkeys(check.must, True), **dict.fromkeys(check.must_not, False)}
    wrong, unknown = [], []
    for event in events:
        for name, value in wanted.items():
            given = event.attributes.get(name)
            if given is None:
                unknown.append((event, name))
            elif given is not value:
                wrong.append((event, name))
    if wrong:
        event, name = wrong[0]
        when = on_or_between(span_of(event))
        words = KEYS[name].said(not wanted[name])
        return Outcome(
            BREACH,
            "not-as-required",
            f"{capital(subject.noun(check.event))} {when}: {words}.",
            f"{subject.noun(check.event)}: {words}",
            done=span_of(event),
            line=event.line,
        )
    if len(unknown) == len(events) * len(wanted):
        return NOT_EXAMINED
    if unknown:
        event, name = unknown[0]
        return Outcome(
            CANNOT_TELL,
            "not-recorded",
            f"The record does not say whether {KEYS[name].said(True)} at the "
            f"{subject.noun(check.event)} {on_or_between(span_of(event))}.",
            settled_by=Settlement(
                f"As required if {KEYS[name].said(wanted[name])}.",
                f"{name}: {'yes' if wanted[name] else 'no'}   (on the event of line {event.line})",
            ),
            done=span_of(event),
            line=event.line,
        )
    words = listed([KEYS[name].said(value) for name, value in wanted.items()])
    return Outcome(
        MET,
        "as-required",
        f"{capital(subject.noun(check.event))} {on_or_between(span_of(events[0]))}: {words}.",
        done=span_of(events[0]),
        line=events[0].line,
    )


def another_person(subject: Subject, check: AnotherPerson) -> Outcome | None:
    """Judge whether somebody else dealt with an event than with an earlier one.

    References are compared and never told.
    """
    # One who decided has considered it, sent or not.
    events, others = (
        [event for event in subject.named(name) if event.when and event.evidence == "seen"]
        for name in (check.event, check.not_by)
    )
    if not events or not others:
        return None
    mine = {event.handler.casefold() for event in events if event.handler}
    theirs = {event.handler.casefold() for event in others if event.handler}
    if not mine and not theirs:
        return NOT_EXAMINED
    line = events[0].line
    if mine & theirs:
        return Outcome(
            BREACH,
            "not-as-required",
            f"The {subject.noun(check.event)} was dealt with by the same person as the "
            f"{subject.noun(check.not_by)}.",
            f"{subject.noun(check.event)} by the same person as the {subject.noun(check.not_by)}",
            done=span_of(events[0]),
            line=line,
        )
    if mine and theirs:
        return Outcome(
            MET,
            "as-required",
            f"The {subject.noun(check.event)} was dealt with by another person than the "
            f"{subject.noun(check.not_by)}.",
            done=span_of(events[0]),
            line=line,
        )
    lacking = check.event if not mine else check.not_by
    return Outcome(
        CANNOT_TELL,
        "not-recorded",
        f"The record does not say who dealt with the {subject.noun(lacking)}.",
        settled_by=Settlement(
            "As required if it was somebody else.", f"handler: REFERENCE   (on the {lacking})"
        ),
        done=span_of(events[0]),
        line=line,
    )
