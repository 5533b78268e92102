"""Somebody else must deal with an event than dealt with an earlier one.

References to persons are compared and never shown.
"""

from __future__ import annotations

from typing import ClassVar

from msgspec.structs import replace

from timeliness.judge.duties.subject import (
    EVENT,
    NOT_EXAMINED,
    Duty,
    Outcome,
    Subject,
    bounds,
    span_of,
)
from timeliness.judge.episodes.life import Way
from timeliness.model.keys import Key
from timeliness.model.sentences import Settlement
from timeliness.model.verdict_words import BREACH, CANNOT_TELL, MET


class AnotherPerson(Duty, frozen=True):
    """That an event is dealt with by somebody who did not deal with another."""

    event: str
    not_by: str

    KEY: ClassVar[Key] = Key(
        "another_person",
        "map",
        "that a different person dealt with it",
        keys=(
            EVENT,
            Key("not_by", "event", "the event whose handler it may not be", required=True),
        ),
        page="that the `handler` of an `event` is `not_by` the one of another",
    )

    def page(self) -> list[tuple[str, str]]:
        """Return what it looks at, for the page of a rule."""
        return [("Looks at", f"handler of the {self.event} and of the {self.not_by}.")]

    def judge(self, subject: Subject) -> Outcome | None:
        """Judge whether somebody else dealt with an event than with an earlier one.

        Of several complaints each is judged by itself. Where it is not known which of them an event
        belongs to, and it matters, that cannot be decided.
        """
        if not subject.life.several:
            return self._judged(subject)
        ways = [self._worst(subject, way) for way in subject.life.ways]
        worst = max(ways, key=_badness)
        if worst and any((one and one.verdict) != worst.verdict for one in ways):
            return replace(
                worst,
                verdict=CANNOT_TELL,
                reason="order-unclear",
                says=f"It is not clear which complaint the {subject.noun(self.event)} answers, and "
                "so who may not have dealt with it.",
                headline="",
                settled_by=Settlement("The exact days would settle it.", "- DATE EVENT"),
            )
        return worst

    def _worst(self, subject: Subject, way: Way) -> Outcome | None:
        """Return the worst that any complaint comes to in one way to tell them apart."""
        last = subject.as_at.toordinal()
        parts = [
            tuple(event for event in row.timeline.events if bounds(event)[0] <= last)
            for row in way.rows
        ]
        return max(
            (self._judged(replace(subject, events=events)) for events in parts), key=_badness
        )

    def _judged(self, subject: Subject) -> Outcome | None:
        # One who decided has considered it, sent or not.
        events, others = (
            sorted(
                (event for event in subject.named(name) if event.when and event.evidence == "seen"),
                key=bounds,
            )
            for name in (self.event, self.not_by)
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
                f"The {subject.noun(self.event)} was dealt with by the same person as the "
                f"{subject.noun(self.not_by)}.",
                f"{subject.noun(self.event)} by the same person as the {subject.noun(self.not_by)}",
                done=span_of(events[0]),
                line=line,
            )
        if mine and theirs:
            return Outcome(
                MET,
                "as-required",
                f"The {subject.noun(self.event)} was dealt with by a different person from the "
                f"{subject.noun(self.not_by)}.",
                done=span_of(events[0]),
                line=line,
            )
        lacking = self.event if not mine else self.not_by
        return Outcome(
            CANNOT_TELL,
            "not-recorded",
            f"The record does not say who dealt with the {subject.noun(lacking)}.",
            settled_by=Settlement(
                "Met if it was somebody else.", f"handler: REFERENCE   (on the {lacking})"
            ),
            done=span_of(events[0]),
            line=line,
        )


def _badness(outcome: Outcome | None) -> int:
    if outcome is None:
        return 0
    if outcome is NOT_EXAMINED:
        return 1
    return {MET: 2, CANNOT_TELL: 3}.get(outcome.verdict, 4)
