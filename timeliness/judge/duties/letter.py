"""A letter that must say certain things.

About the `disputed` items the sources differ.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from timeliness.judge.duties.subject import NOT_EXAMINED, Duty, Outcome, Subject, span_of
from timeliness.model.keys import LETTER_ITEMS, Key
from timeliness.model.plain import listed, span_in_words
from timeliness.model.sentences import Settlement
from timeliness.model.timelines import Event
from timeliness.model.verdict_words import BREACH, CANNOT_TELL, MET


class Letter(Duty, frozen=True):
    """What the letter of an event must say."""

    event: str
    items: tuple[str, ...]
    disputed: tuple[str, ...] = ()

    KEY: ClassVar[Key] = Key(
        "letter",
        "map",
        "what a letter must say",
        keys=(
            Key("event", "event", "the event whose letter it is", required=True),
            Key("items", "items", "what the letter must say", tuple(LETTER_ITEMS), required=True),
            Key("disputed", "items", "items about which the sources differ", tuple(LETTER_ITEMS)),
        ),
        page="what the letter of an `event` says: `items`, and those of them that are `disputed` "
        "between sources",
    )

    def page(self) -> list[tuple[str, str]]:
        """Return what it looks at, for the page of a rule."""
        looks = [("Looks at", f"what the {self.event} includes: {', '.join(self.items)}.")]
        if self.disputed:
            looks.append(("Sources differ on", ", ".join(self.disputed) + "."))
        return looks

    def judge(self, subject: Subject) -> Outcome | None:
        """Judge what the first letter of an event says against the items it must carry.

        A list of what the letter includes is taken as whole: what is not on it is missing.
        """
        letters = subject.dated(self.event) or subject.said(self.event)
        if not letters:
            return None
        event = letters[0]
        includes, missing = _items(event, "includes"), _items(event, "missing")
        if not includes and not missing:
            return NOT_EXAMINED
        lacking = [
            item
            for item in self.items
            if item in missing
            or (includes and item not in includes and _is_whole(self.items, includes))
        ]
        certain = [item for item in lacking if item not in self.disputed]
        when = f"The {subject.noun(self.event)} of {span_in_words(span_of(event))}"
        if certain:
            names = listed([LETTER_ITEMS[item] for item in certain])
            return Outcome(
                BREACH,
                "not-as-required",
                f"{when} does not set out {names}.",
                f"{subject.noun(self.event)} does not set out {names}",
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
        if not all(item in includes for item in self.items):
            return NOT_EXAMINED
        if event.evidence == "claimed":
            return Outcome(
                CANNOT_TELL,
                "not-evidenced",
                f"{when} is said to have been sent, but there is no evidence of it.",
                settled_by=Settlement(
                    "The letter itself would settle it.",
                    f"evidence: seen   (for the event on line {event.line})",
                ),
                line=event.line,
            )
        says = f"{when} sets out {listed([LETTER_ITEMS[item] for item in self.items])}."
        return Outcome(MET, "as-required", says, done=span_of(event), line=event.line)


def _is_whole(items: Sequence[str], includes: Sequence[str]) -> bool:
    """Whether a list speaks of this duty at all: one item is examined only if it is named."""
    return len(items) > 1 or items[0] in includes


def _items(event: Event, name: str) -> tuple[str, ...]:
    value = event.attributes.get(name)
    return value if isinstance(value, tuple) else ()
