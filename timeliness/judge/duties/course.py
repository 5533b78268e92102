"""What the life of a complaint leaves to ask: repeats, further complaints, what came after an end.

Each is a finding about the record. A repeat and a further complaint are listed; the others cannot
be decided from the record as it is.
"""

from __future__ import annotations

from collections.abc import Iterator

from timeliness.judge.duties.subject import Outcome, Subject, bounds, span_of
from timeliness.judge.episodes.courses import (
    AFTER_END,
    AFTER_FINAL,
    NOT_OPEN,
    REOPENED_ANSWERED,
    TWO_OPEN,
)
from timeliness.judge.episodes.life import Episode
from timeliness.judge.episodes.naming import if_it_was_a_request
from timeliness.model.plain import listed, on_or_between, span_in_words
from timeliness.model.sentences import Settlement
from timeliness.model.timelines import Event
from timeliness.model.verdict_words import CANNOT_TELL, NOT_APPLICABLE
from timeliness.model.vocabulary import STAGE_TRIGGERS

_ANSWERS_TO_A_REQUEST = ("escalation acknowledged", "escalation refused", "stage 2 response")

TITLES = {
    "repeated-request": "Asked again",
    "requests-unanswered": "Requests to escalate",
    "further-complaint": "A further complaint",
    "answer-after-end": "Acknowledged or answered after the end",
    "request-after-final": "Escalated after the final response",
    "reopened-after-answer": "Reopened after an answer",
    "refusal-of-nothing-open": "Refused when nothing was open",
    "two-open-at-once": "Two complaints open at once",
    "orders-unclear": "Order not clear",
}
"""The rules of these findings, with their titles."""


def course(subject: Subject) -> Iterator[tuple[str, Outcome]]:
    """Yield each thing to say of the life of a complaint: its rule id and what it comes to."""
    for episode in subject.life.episodes:
        yield from _repeats(subject, episode)
        if episode.began == "further" and episode.request:
            yield "further-complaint", _further(subject, episode, episode.request)
    told: set[str] = set()
    for name, event in subject.life.notes:
        if name != TWO_OPEN or name not in told:
            yield _NOTES[name](subject, event)
        told.add(name)
    if subject.life.crowded:
        yield (
            "orders-unclear",
            Outcome(
                CANNOT_TELL,
                "order-unclear",
                "The events may have happened in so many orders that no time limit can be checked.",
                settled_by=Settlement("The exact days would settle it.", "- DATE EVENT"),
            ),
        )


def _repeats(subject: Subject, episode: Episode) -> Iterator[tuple[str, Outcome]]:
    """List the repeats of a request on other days; those of one day are told as entered twice."""
    first = episode.request
    repeats = [one for one in episode.repeats if first and span_of(one) != span_of(first)]
    if first is None or not repeats:
        return
    if episode.stage == 2 and (unanswered := [*_unanswered_requests(subject, episode)]):
        yield from unanswered
        return
    days = listed([span_in_words(span_of(one)) for one in repeats])
    noun = _noun(subject, episode.stage)
    yield (
        "repeated-request",
        Outcome(
            NOT_APPLICABLE,
            "repeated",
            f"The {noun} of {span_in_words(span_of(first))} was repeated on {days}: a repeat "
            "does not start a new time limit while the first is open.",
            start=span_of(repeats[0]),
            line=repeats[0].line,
        ),
    )


def _unanswered_requests(subject: Subject, episode: Episode) -> Iterator[tuple[str, Outcome]]:
    """Several requests to escalate in one episode: each listed, and until when none was answered.

    A request after an end begins an episode of its own, and is none of several.
    """
    if episode.request is None or not episode.repeats:
        return
    requests = sorted((episode.request, *episode.repeats), key=bounds)
    first = bounds(requests[0])[0]
    answers = [
        event for event in subject.dated(*_ANSWERS_TO_A_REQUEST) if bounds(event)[0] >= first
    ]
    before = [
        event for event in requests if not answers or bounds(answers[0])[0] > bounds(event)[1]
    ]
    if len(before) < 2:
        return
    days = ", ".join(span_in_words(span_of(event)) for event in requests)
    until = f" before {span_in_words(span_of(answers[0]))}" if answers else ""
    none = "them" if len(before) == len(requests) else f"the first {len(before)}"
    says = (
        f"There were {len(requests)} requests to escalate: {days}. None of {none} was "
        f"answered{until}; the clock runs from the first."
    )
    start = requests[0]
    outcome = Outcome(CANNOT_TELL, "unanswered", says, start=span_of(start), line=start.line)
    yield "requests-unanswered", outcome


def _noun(subject: Subject, stage: int) -> str:
    return "complaint" if stage == 1 else subject.noun(STAGE_TRIGGERS[stage])


def _further(subject: Subject, episode: Episode, event: Event) -> Outcome:
    return Outcome(
        NOT_APPLICABLE,
        "further",
        f"The complaint of {span_in_words(span_of(event))} came after an answer, so it is checked "
        f"as a further one. {if_it_was_a_request(episode)}",
        start=span_of(event),
        line=event.line,
    )


def _asked(reason: str, says: str, event: Event, settle: str, add: str) -> Outcome:
    return Outcome(
        CANNOT_TELL,
        reason,
        says,
        headline=says,
        start=span_of(event),
        line=event.line,
        settled_by=Settlement(settle, add),
    )


def _at(subject: Subject, event: Event) -> str:
    return f"{subject.noun(event.name)} {on_or_between(span_of(event))}"


def _after_end(subject: Subject, event: Event) -> tuple[str, Outcome]:
    return "answer-after-end", _asked(
        "after-end",
        f"The {_at(subject, event)} came after the complaint or request had ended, and no new "
        "one is recorded.",
        event,
        "The day it was taken up again would settle it.",
        "- DATE complaint reopened",
    )


def _after_final(subject: Subject, event: Event) -> tuple[str, Outcome]:
    return "request-after-final", _asked(
        "after-final",
        f"The {_at(subject, event)} came after the final response to the complaint, so it does "
        "not start a time limit.",
        event,
        "If it was a further complaint, record it as one.",
        "- DATE complaint received",
    )


def _reopened(subject: Subject, event: Event) -> tuple[str, Outcome]:
    return "reopened-after-answer", _asked(
        "reopened-answered",
        f"The {_at(subject, event)} came after an answer, so it does not start a time limit.",
        event,
        "Record whether the resident asked to escalate or made a further complaint.",
        "- DATE escalation requested, or - DATE complaint received",
    )


def _not_open(subject: Subject, event: Event) -> tuple[str, Outcome]:
    return "refusal-of-nothing-open", _asked(
        "not-open",
        f"The {_at(subject, event)} has no effect: no complaint or request was open then.",
        event,
        "Record what was refused.",
        "- DATE complaint received"
        if event.name == "complaint refused"
        else "- DATE escalation requested",
    )


def _two_open(subject: Subject, event: Event) -> tuple[str, Outcome]:
    return "two-open-at-once", _asked(
        "two-open",
        f"Two complaints were open at the time of the {_at(subject, event)}, and it may "
        "concern either.",
        event,
        "Give each complaint a timeline of its own.",
        "complaint: REFERENCE of the other complaint",
    )


_NOTES = {
    AFTER_END: _after_end,
    AFTER_FINAL: _after_final,
    REOPENED_ANSWERED: _reopened,
    NOT_OPEN: _not_open,
    TWO_OPEN: _two_open,
}
