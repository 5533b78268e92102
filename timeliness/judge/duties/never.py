"""Some events may not be at all, such as a third stage."""

from __future__ import annotations

from typing import ClassVar

from timeliness.judge.duties.subject import Duty, Outcome, Subject, span_of
from timeliness.model.keys import Key
from timeliness.model.plain import on_or_between
from timeliness.model.verdict_words import BREACH


class Never(Duty, frozen=True):
    """That these events must not happen."""

    events: tuple[str, ...]

    KEY: ClassVar[Key] = Key(
        "never",
        "map",
        "that some events do not happen",
        keys=(Key("events", "events", "the events that must not happen", required=True),),
        page="that some `events` do not happen",
    )

    def page(self) -> list[tuple[str, str]]:
        """Return what it looks at, for the page of a rule."""
        return [("Looks at", f"whether there is any of {', '.join(self.events)}.")]

    def judge(self, subject: Subject) -> Outcome | None:
        """Judge events that may not be."""
        events = subject.dated(*self.events)
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
