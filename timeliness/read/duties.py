"""Reading the duties of a rulebook that are no clocks: letters, persons, refusals and the like."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from timeliness.model.errors import Mistakes
from timeliness.model.keys import LETTER_ITEMS, REFUSAL_GROUNDS, Key, names_of
from timeliness.model.rulebooks import (
    PROVENANCE,
    After,
    AnotherPerson,
    Attributes,
    Check,
    Clock,
    Family,
    Letter,
    Never,
    Refusal,
    Rule,
    Window,
)
from timeliness.model.vocabulary import Vocabulary
from timeliness.read.fields import Fields
from timeliness.read.nodes import MapNode, Node

FAMILIES = ("promise", "record")
_EVENT = Key("event", "event", "the event", required=True)
CHECK_KEYS = (
    Key(
        "letter",
        "map",
        "what a letter must say",
        keys=(
            replace(_EVENT, says="the event whose letter it is"),
            Key("items", "items", "what the letter must say", tuple(LETTER_ITEMS), required=True),
            Key("disputed", "items", "items about which the sources differ", tuple(LETTER_ITEMS)),
        ),
        page="what the letter of an `event` says: `items`, and those of them that are `disputed` "
        "between sources",
    ),
    Key(
        "attributes",
        "map",
        "what must be so of an event",
        keys=(
            _EVENT,
            Key("must", "items", "the attributes that must be yes, or given"),
            Key("must_not", "items", "the attributes that must be no"),
        ),
        page="an `event`, of which some attributes `must` be so and others `must_not`",
    ),
    Key(
        "refusal",
        "map",
        "on what grounds a complaint may be refused",
        keys=(
            replace(_EVENT, says="the refusal"),
            Key("needs", "items", "the attributes that must be yes"),
            Key("grounds", "items", "the grounds on which it may refuse", REFUSAL_GROUNDS),
            Key("too_old", "limit", "how old the matter must be to be too old"),
        ),
        page="a refusal (`event`), what it `needs`, the `grounds` that are allowed, and when a "
        "matter is `too_old`",
    ),
    Key(
        "another_person",
        "map",
        "that another person dealt with it",
        keys=(
            _EVENT,
            Key("not_by", "event", "the event whose handler it may not be", required=True),
        ),
        page="that the `handler` of an `event` is `not_by` the one of another",
    ),
    Key(
        "sequence",
        "map",
        "that an event comes after others",
        keys=(
            _EVENT,
            Key("after", "items", "the events that must come before", required=True),
        ),
        page="that an `event` comes `after` others",
    ),
    Key(
        "never",
        "map",
        "that there are none of some events",
        keys=(Key("events", "items", "the events that may not be", required=True),),
        page="that there are none of some `events`",
    ),
    Key(
        "window",
        "map",
        "a step that the resident may take",
        keys=(
            replace(_EVENT, says="the step that the resident may take"),
            Key(
                "after",
                "items",
                "the events after the last of which it opens",
                required=True,
            ),
            Key("closes_after", "limit", "when it closes", required=True),
            Key("opens_after", "limit", "when it opens, if not at once"),
            Key("opens_until", "date", "the last day on which that wait held"),
            Key("without_wait", "items", "who may take the step without that wait"),
        ),
        page="a step that the resident may take (`event`) `after` the last of some events: "
        "`closes_after`; `opens_after`, and `opens_until`, the last day on which that wait held; "
        "`without_wait`: who need not wait",
    ),
    Key(
        "family",
        "map",
        "the clause behind all findings of a family",
        keys=(
            Key(
                "name",
                "choice",
                "promise or record: the clause behind all findings of that family",
                FAMILIES,
                required=True,
            ),
        ),
        page="nothing of its own: the clause behind every `promise` or `record` finding",
    ),
)
"""Each kind of duty and its keys; a duty has exactly one."""

DUTY_KEYS = (
    Key("id", "text", "the duty's id, the same in every edition", required=True),
    Key("title", "text", "a short title", required=True),
    Key("clause", "text", "the clause", required=True),
    Key("duty", "choice", "must or should", ("must", "should"), required=True),
    Key("says", "text", "what it asks, in one sentence", required=True),
    Key(
        "provenance",
        "choice",
        "quoted, reported or unverified",
        tuple(PROVENANCE),
        required=True,
    ),
    Key("source", "text", "where this one was read"),
    Key("note", "text", "how the clause is read"),
    *CHECK_KEYS,
)


def rule_in(fields: Fields, read: Callable[[], Clock | Check | None]) -> Rule | None:
    """Return a rule from the keys that a clock and a duty share, and from what it asks."""
    complete = fields.need()
    duty, provenance = fields.choice("duty"), fields.choice("provenance")
    asks = read()
    if asks is None or not complete:
        return None
    return Rule(
        id=fields.text("id"),
        title=fields.text("title"),
        clause=fields.text("clause"),
        duty=duty,
        says=fields.text("says"),
        provenance=provenance,
        asks=asks,
        source=fields.text("source"),
        note=fields.text("note"),
    )


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

    def read(self, node: Node) -> Rule | None:
        """Return the duty in a node, or None where it is wrong."""
        if not isinstance(node, MapNode):
            self.mistakes.add(node.line, "duties: each is a mapping: id, title, clause ...")
            return None
        fields = Fields(node, DUTY_KEYS, self.mistakes, "a duty")
        return rule_in(fields, lambda: self._check(fields))

    def _check(self, fields: Fields) -> Check | None:
        kinds = [key for key in CHECK_KEYS if fields.has(key.name)]
        if len(kinds) != 1:
            names = ", ".join(names_of(CHECK_KEYS))
            self.mistakes.add(fields.line, f"a duty needs exactly one of {names}")
            return None
        kind = kinds[0]
        inner = fields.node(kind.name)
        if not isinstance(inner, MapNode):
            names = ", ".join(names_of(kind.keys))
            fields.wrong(kind.name, f"the keys {names} are expected here")
            return None
        return self._checks[kind.name](Fields(inner, kind.keys, self.mistakes, kind.name))

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
        items = fields.items("items")
        return Letter(event, items, fields.items("disputed")) if event else None

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
            fields.items("grounds"),
            fields.limit("too_old"),
        )

    def _another_person(self, fields: Fields) -> Check | None:
        event, other = self._event(fields), self._event(fields, "not_by")
        return AnotherPerson(event, other) if event and other else None

    def _sequence(self, fields: Fields) -> Check | None:
        event = self._event(fields)
        after = self._events(fields, "after") if fields.need("after") else ()
        return After(event, after) if event and after else None

    def _never(self, fields: Fields) -> Check | None:
        events = self._events(fields, "events") if fields.need("events") else ()
        return Never(events) if events else None

    def _window(self, fields: Fields) -> Check | None:
        event = self._event(fields)
        after = self._events(fields, "after") if fields.need("after", "closes_after") else ()
        closes = fields.limit("closes_after")
        if not event or not after or closes is None:
            return None
        return Window(
            event,
            after,
            closes,
            fields.limit("opens_after"),
            fields.day("opens_until"),
            fields.texts("without_wait"),
        )

    def _family(self, fields: Fields) -> Check | None:
        name = fields.choice("name") if fields.need("name") else ""
        return Family(name) if name else None
