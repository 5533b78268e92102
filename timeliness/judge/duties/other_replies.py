"""Replies that are not the full response to a stage, those of one kind together."""

from __future__ import annotations

from collections.abc import Iterator

from timeliness.judge.duties.subject import Outcome, Subject, span_of
from timeliness.model.plain import listed, on_or_between, span_in_words
from timeliness.model.verdict_words import NOT_APPLICABLE

_KINDS = {
    "holding response": (
        "is not the full response, so it does not stop the clock",
        "are not the full response, so they do not stop the clock",
    ),
    "provisional response": (
        "is not the final response, so it does not stop the clock",
        "are not the final response, so they do not stop the clock",
    ),
    "supplementary response": (
        "does not change the date of the response it adds to",
        "do not change the date of the response they add to",
    ),
}


def other_replies(subject: Subject) -> Iterator[tuple[str, Outcome]]:
    """Name each kind of reply that is not the full response, with the days of all of that kind.

    Days follow the timeline; the finding has the span and the line of the first of them.
    """
    for name, (one, several) in _KINDS.items():
        replies = [event for event in subject.events if event.name == name and event.when]
        if not replies:
            continue
        noun = subject.noun(name)
        if len(replies) == 1:
            says = f"The {noun} {on_or_between(span_of(replies[0]))} {one}."
        else:
            days = listed([span_in_words(span_of(event)) for event in replies])
            says = f"The {len(replies)} {noun}s ({days}) {several}."
        yield (
            name.replace(" ", "-"),
            Outcome(
                NOT_APPLICABLE,
                "stops-no-clock",
                says,
                start=span_of(replies[0]),
                line=replies[0].line,
            ),
        )
