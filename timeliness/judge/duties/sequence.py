"""An event must come only after others: no stage 2 response without one at stage 1."""

from __future__ import annotations

from typing import ClassVar

from timeliness.judge.duties.subject import EVENT, Duty, Outcome, Subject, bounds, span_of
from timeliness.model.keys import Key
from timeliness.model.plain import listed, on_or_between
from timeliness.model.sentences import Settlement
from timeliness.model.timelines import Event
from timeliness.model.verdict_words import BREACH, CANNOT_TELL, MET


class After(Duty, frozen=True):
    """That an event comes only after others."""

    event: str
    after: tuple[str, ...]

    KEY: ClassVar[Key] = Key(
        "sequence",
        "map",
        "that an event comes after others",
        keys=(EVENT, Key("after", "events", "the events that must come before", required=True)),
        page="that an `event` comes `after` others",
    )

    def page(self) -> list[tuple[str, str]]:
        """Return what it looks at, for the page of a rule."""
        return [("Looks at", f"whether the {self.event} comes after {' and '.join(self.after)}.")]

    def judge(self, subject: Subject) -> Outcome | None:
        """Judge whether an event came only after others."""
        events = subject.dated(self.event)
        if not events:
            return None
        event = events[0]
        unclear: list[str] = []
        missing = False
        for name in self.after:
            before = subject.dated(name)
            if not before:
                if subject.is_not_done(name):
                    return self._not_after(subject, event, f"there was no {subject.noun(name)}")
                missing = True
                unclear.append(name)
                continue
            if bounds(before[0])[0] > bounds(event)[1]:
                when = on_or_between(span_of(before[0]))
                return self._not_after(
                    subject, event, f"the {subject.noun(name)} came later, {when}"
                )
            if bounds(before[0])[1] > bounds(event)[0]:
                unclear.append(name)
        if unclear:
            return Outcome(
                CANNOT_TELL,
                "not-recorded" if missing else "imprecise-date",
                f"The record does not show that the {subject.noun(self.event)} came after the "
                f"{listed([subject.noun(name) for name in unclear])}.",
                settled_by=Settlement(
                    f"The day of the {subject.noun(unclear[0])} would settle it.",
                    f"- DATE {unclear[0]}",
                ),
                done=span_of(event),
                line=event.line,
            )
        others = listed([subject.noun(name) for name in self.after])
        says = f"The {subject.noun(self.event)} came after the {others}."
        return Outcome(MET, "as-required", says, done=span_of(event), line=event.line)

    def _not_after(self, subject: Subject, event: Event, why: str) -> Outcome:
        return Outcome(
            BREACH,
            "not-as-required",
            f"The {subject.noun(self.event)} was sent {on_or_between(span_of(event))}, but {why}.",
            f"{subject.noun(self.event)} out of turn",
            done=span_of(event),
            line=event.line,
        )
