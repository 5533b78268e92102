"""What must, and what must not, be so of every event of a kind."""

from __future__ import annotations

from typing import ClassVar

from timeliness.judge.duties.subject import EVENT, NOT_EXAMINED, Duty, Outcome, Subject, span_of
from timeliness.model.keys import Key
from timeliness.model.plain import capital, listed, on_or_between
from timeliness.model.sentences import Settlement
from timeliness.model.verdict_words import BREACH, CANNOT_TELL, MET
from timeliness.model.vocabulary import KEYS


class Attributes(Duty, frozen=True):
    """What must, and what must not, be so of an event."""

    event: str
    must: tuple[str, ...] = ()
    must_not: tuple[str, ...] = ()

    KEY: ClassVar[Key] = Key(
        "attributes",
        "map",
        "what must be so of an event",
        keys=(
            EVENT,
            Key("must", "attributes", "the attributes that must be yes, or given"),
            Key("must_not", "attributes", "the attributes that must be no"),
        ),
        page="an `event`: which of its attributes `must` be so and which `must_not`",
    )

    def page(self) -> list[tuple[str, str]]:
        """Return what it looks at, for the page of a rule."""
        asked = [f"{name}: yes" for name in self.must] + [f"{name}: no" for name in self.must_not]
        return [("Looks at", f"the {self.event}, with {', '.join(asked)}.")]

    def judge(self, subject: Subject) -> Outcome | None:
        """Judge what must, and must not, be so of every event of a kind."""
        events = subject.dated(self.event)
        if not events:
            return None
        wanted = {**dict.fromkeys(self.must, True), **dict.fromkeys(self.must_not, False)}
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
                f"{capital(subject.noun(self.event))} {when}: {words}.",
                f"{subject.noun(self.event)}: {words}",
                done=span_of(event),
                line=event.line,
            )
        if len(unknown) == len(events) * len(wanted):
            return NOT_EXAMINED
        if unknown:
            event, name = unknown[0]
            answer = "yes" if wanted[name] else "no"
            return Outcome(
                CANNOT_TELL,
                "not-recorded",
                f"The record does not say whether {KEYS[name].said(True)} at the "
                f"{subject.noun(self.event)} {on_or_between(span_of(event))}.",
                settled_by=Settlement(
                    f"Met if {KEYS[name].said(wanted[name])}.",
                    f"{name}: {answer}   (on the event of line {event.line})",
                ),
                done=span_of(event),
                line=event.line,
            )
        words = listed([KEYS[name].said(value) for name, value in wanted.items()])
        return Outcome(
            MET,
            "as-required",
            f"{capital(subject.noun(self.event))} {on_or_between(span_of(events[0]))}: {words}.",
            done=span_of(events[0]),
            line=events[0].line,
        )
