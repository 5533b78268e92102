"""Somebody else must deal with an event than dealt with an earlier one.

References to persons are compared and never shown.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from timeliness.judge.duties.subject import EVENT, NOT_EXAMINED, Duty, Outcome, Subject, span_of
from timeliness.model.findings import BREACH, CANNOT_TELL, MET, Settlement
from timeliness.model.keys import Key


@dataclass(frozen=True)
class AnotherPerson(Duty):
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
        """Judge whether somebody else dealt with an event than with an earlier one."""
        # One who decided has considered it, sent or not.
        events, others = (
            [event for event in subject.named(name) if event.when and event.evidence == "seen"]
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
