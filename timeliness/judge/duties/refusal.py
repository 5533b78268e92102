"""A refusal must be on a ground that counts, and come with what it needs."""

from __future__ import annotations

from typing import ClassVar

from timeliness.judge.duties.subject import NOT_EXAMINED, Duty, Outcome, Subject, later, span_of
from timeliness.model.calendars import Limit
from timeliness.model.dates import When
from timeliness.model.keys import REFUSAL_GROUNDS, Key
from timeliness.model.plain import listed, on_or_between
from timeliness.model.sentences import Settlement
from timeliness.model.timelines import Event
from timeliness.model.verdict_words import BREACH, CANNOT_TELL, MET
from timeliness.model.vocabulary import KEYS, RECEIVED


class Refusal(Duty, frozen=True):
    """What a refusal needs: its attributes, one of the grounds, and, for "too old", an age."""

    event: str
    grounds: tuple[str, ...]
    needs: tuple[str, ...] = ()
    too_old: Limit | None = None

    KEY: ClassVar[Key] = Key(
        "refusal",
        "map",
        "on what grounds a complaint may be refused",
        keys=(
            Key("event", "event", "the refusal", required=True),
            Key(
                "grounds",
                "items",
                "the grounds on which it may refuse",
                REFUSAL_GROUNDS,
                required=True,
            ),
            Key("needs", "attributes", "the attributes that must be yes"),
            Key("too_old", "limit", "how old the matter must be to be too old"),
        ),
        page="a refusal (`event`), the `grounds` that are allowed, what it `needs`, and when a "
        "matter is `too_old`",
    )

    def page(self) -> list[tuple[str, str]]:
        """Return what it looks at, for the page of a rule."""
        needs = ", ".join(f"{name}: yes" for name in self.needs)
        return [
            ("Looks at", f"the {self.event}, with {needs}." if needs else f"the {self.event}."),
            ("Grounds", ", ".join(self.grounds) + "."),
        ]

    def judge(self, subject: Subject) -> Outcome | None:
        """Judge a refusal: on a ground that counts, in writing, with the right to the Ombudsman."""
        events = subject.dated(self.event)
        if not events:
            return None
        event = events[0]
        if not event.attributes:
            return NOT_EXAMINED
        wrong, unknown = self._wanting(subject, event)
        when = on_or_between(span_of(event))
        if wrong:
            return Outcome(
                BREACH,
                "not-as-required",
                f"The {subject.noun(self.event)} {when} falls short: {listed(wrong)}.",
                f"{subject.noun(self.event)}: {listed(wrong)}",
                done=span_of(event),
                line=event.line,
            )
        if unknown:
            received = subject.dated(RECEIVED)
            rough = unknown == ["arose"] and bool(received) and "arose" in received[0].attributes
            asked = "; ".join(KEYS[name].open_question for name in unknown)
            where = "the complaint received" if unknown[0] == "arose" else f"line {event.line}"
            return Outcome(
                CANNOT_TELL,
                "imprecise-date" if rough else "not-recorded",
                f"It is not clear whether the {subject.noun(self.event)} {when} was allowed. Not "
                f"recorded{' exactly' if rough else ''}: {asked}.",
                settled_by=Settlement(
                    "Recording this would settle it.",
                    f"{unknown[0]}: ...   (on the event of {where})",
                ),
                done=span_of(event),
                line=event.line,
            )
        return Outcome(
            MET,
            "as-required",
            f"The {subject.noun(self.event)} {when} was on a ground that is allowed, and gave "
            "everything required.",
            done=span_of(event),
            line=event.line,
        )

    def _wanting(self, subject: Subject, event: Event) -> tuple[list[str], list[str]]:
        """Return what is wrong with a refusal, and which keys of it are not recorded."""
        wrong = [
            KEYS[name].said(False) for name in self.needs if event.attributes.get(name) is False
        ]
        unknown = [name for name in self.needs if event.attributes.get(name) is None]
        grounds = event.attributes.get("grounds")
        if grounds is None:
            unknown.append("grounds")
        elif grounds not in self.grounds:
            wrong.append(
                "no grounds were given"
                if grounds == "none given"
                else "the ground is not one that is allowed"
            )
        elif grounds == "too old" and self.too_old:
            age = _age(subject, self.too_old, event)
            if isinstance(age, str):
                wrong.append(age)
            elif age is None:
                unknown.append("arose")
        return wrong, unknown

    def hint(self, subject: Subject) -> str:
        """Return what to write of a refusal whose grounds are not recorded."""
        events = subject.dated(self.event)
        if not events:
            return ""
        keys = ", ".join(f"{name}: ..." for name in ("grounds", *self.needs))
        return (
            f"the refusal is recorded, but not its grounds; add {keys} to the event of line "
            f"{events[0].line}"
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
            f"the matter was not more than {limit} old, because it arose "
            f"{on_or_between(arose.span)}"
        )
    if oldest.latest and receipt.earliest and receipt.earliest > oldest.latest:
        return True
    return None
