"""Reading the duties of a rulebook that are no clocks: letters, persons, refusals and the like."""

from __future__ import annotations

from collections.abc import Callable

from timeliness.model.errors import Mistakes
from timeliness.model.keys import LETTER_ITEMS, REFUSAL_GROUNDS
from timeliness.model.rulebooks import (
    PROVENANCE,
    AnotherPerson,
    Attributes,
    Check,
    Duty,
    Family,
    Letter,
    Never,
    Refusal,
    Sequence,
    Window,
)
from timeliness.model.vocabulary import Vocabulary
from timeliness.read.fields import Fields
from timeliness.read.nodes import Mapping, Node

DUTY_KEYS = {
    "id": "the duty's id, the same in every edition",
    "title": "a short title",
    "clause": "the clause",
    "duty": "must or should",
    "says": "what it asks, in one sentence",
    "provenance": "quoted, reported or unverified",
    "source": "where this one was read",
    "note": "how the clause is read",
}
CHECK_KEYS: dict[str, dict[str, str]] = {
    "letter": {
        "event": "the event whose letter it is",
        "items": "what the letter must say",
        "disputed": "items about which the sources differ",
    },
    "attributes": {
        "event": "the event",
        "must": "the attributes that must be yes, or given",
        "must_not": "the attributes that must be no",
    },
    "refusal": {
        "event": "the refusal",
        "needs": "the attributes that must be yes",
        "grounds": "the grounds on which it may refuse",
        "too_old": "how old the matter must be to be too old",
    },
    "another_person": {"event": "the event", "not_by": "the event whose handler it may not be"},
    "sequence": {"event": "the event", "after": "the events that must come before"},
    "never": {"events": "the events that may not be"},
    "window": {
        "event": "the step that the resident may take",
        "after": "the events after the last of which it opens",
        "closes_after": "when it closes",
        "opens_after": "when it opens, if not at once",
        "opens_until": "the last day on which that wait held",
    },
    "family": {"name": "promise or record: the clause behind all findings of that family"},
}
"""Each kind of duty and its keys; a duty has exactly one."""

FAMILIES = ("promise", "record")


class DutyReader:
    """Reads duties; what is wrong is noted with file, line and key."""

    def __init__(self, mistakes: Mistakes, vocabulary: Vocabulary) -> None:
        self.mistakes = mistakes
        self.vocabulary = vocabulary
        self._checks: dict[str, Callable[[Fields], Check | None]] = {
            "letter": self._letter,
            "attributes": self._attributes,
            "refusal": self._refusal,
            "another_person": self._another_person,
            "sequence": self._sequence,
            "never": self._never,
            "window": self._window,
            "family": self._family,
        }

    def read(self, node: Node) -> Duty | None:
        """Return the duty in a node, or None where it is wrong."""
        if not isinstance(node, Mapping):
            self.mistakes.add(node.line, "duties: each is a mapping: id, title, clause ...")
            return None
        fields = Fields(node, (*DUTY_KEYS, *CHECK_KEYS), self.mistakes, "a duty")
        complete = fields.need("id", "title", "clause", "duty", "says", "provenance")
        duty = fields.choice("duty", ("must", "should"))
        provenance = fields.choice("provenance", PROVENANCE)
        kinds = [name for name in CHECK_KEYS if fields.has(name)]
        if len(kinds) != 1:
            self.mistakes.add(fields.line, f"a duty needs exactly one of {', '.join(CHECK_KEYS)}")
            return None
        inner = fields.node(kinds[0])
        if not isinstance(inner, Mapping):
            fields.wrong(kinds[0], f"the keys {', '.join(CHECK_KEYS[kinds[0]])} are expected here")
            return None
        keys = CHECK_KEYS[kinds[0]]
        check = self._checks[kinds[0]](Fields(inner, keys, self.mistakes, kinds[0]))
        if check is None or not complete:
            return None
        return Duty(
            id=fields.text("id"),
            title=fields.text("title"),
            clause=fields.text("clause"),
            duty=duty,
            says=fields.text("says"),
            provenance=provenance,
            check=check,
            source=fields.text("source"),
            note=fields.text("note"),
        )

    def _event(self, fields: Fields, name: str = "event") -> str:
        if not fields.need(name):
            return ""
        found = self._events(fields, name)
        return found[0] if found else ""

    def _events(self, fields: Fields, name: str) -> tuple[str, ...]:
        names = []
        for text in fields.texts(name):
            if kind := fields.known_event(name, text, self.vocabulary):
                names.append(kind.name)
        return tuple(names)

    def _keys(self, fields: Fields, name: str, event: str) -> tuple[str, ...]:
        """Return attributes, each of which the event must be able to carry."""
        kind = self.vocabulary.find(event)
        known = [key.name for key in kind.keys] if kind else []
        return fields.items(name, known)

    def _letter(self, fields: Fields) -> Check | None:
        event = self._event(fields)
        if not fields.need("items"):
            return None
        items = fields.items("items", LETTER_ITEMS)
        return Letter(event, items, fields.items("disputed", LETTER_ITEMS)) if event else None

    def _attributes(self, fields: Fields) -> Check | None:
        event = self._event(fields)
        if not event:
            return None
        return Attributes(
            event, self._keys(fields, "must", event), self._keys(fields, "must_not", event)
        )

    def _refusal(self, fields: Fields) -> Check | None:
        event = self._event(fields)
        if not event:
            return None
        return Refusal(
            event,
            self._keys(fields, "needs", event),
            fields.items("grounds", REFUSAL_GROUNDS),
            fields.limit("too_old"),
        )

    def _another_person(self, fields: Fields) -> Check | None:
        event, other = self._event(fields), self._event(fields, "not_by")
        return AnotherPerson(event, other) if event and other else None

    def _sequence(self, fields: Fields) -> Check | None:
        event = self._event(fields)
        after = self._events(fields, "after") if fields.need("after") else ()
        return Sequence(event, after) if event and after else None

    def _never(self, fields: Fields) -> Check | None:
        events = self._events(fields, "events") if fields.need("events") else ()
        return Never(events) if events else None

    def _window(self, fields: Fields) -> Check | None:
        event = self._event(fields)
        after = self._events(fields, "after") if fields.need("after", "closes_after") else ()
        closes = fields.limit("closes_after")
        if not event or not after or closes is None:
            return None
        return Window(event, after, closes, fields.limit("opens_after"), fields.day("opens_until"))

    def _family(self, fields: Fields) -> Check | None:
        name = fields.choice("name", FAMILIES) if fields.need("name") else ""
        return Family(name) if name else None
