"""Reading the duties of a rulebook that are no clocks: letters, persons, refusals and the like."""

from __future__ import annotations

from collections.abc import Callable

from timeliness.judge.duties import KINDS
from timeliness.model.errors import Mistakes
from timeliness.model.keys import Key, names_of
from timeliness.model.rulebooks import PROVENANCE, Check, Clock, Rule
from timeliness.model.vocabulary import Vocabulary
from timeliness.read.fields import Fields
from timeliness.read.nodes import ListNode, MapNode, Node

_HEAD = (
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
)


def kind_keys() -> tuple[Key, ...]:
    """Return the key of each kind of duty; a duty has exactly one."""
    return tuple(kind.KEY for kind in KINDS.values())


def duty_keys() -> tuple[Key, ...]:
    """Return every key of a duty."""
    return (*_HEAD, *kind_keys())


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
        self.keys = duty_keys()

    def read(self, node: Node) -> Rule | None:
        """Return the duty in a node, or None where it is wrong."""
        if not isinstance(node, MapNode):
            self.mistakes.add(node.line, "duties: each is a mapping: id, title, clause ...")
            return None
        fields = Fields(node, self.keys, self.mistakes, "a duty")
        return rule_in(fields, lambda: self._check(fields))

    def _check(self, fields: Fields) -> Check | None:
        kinds = [kind for name, kind in KINDS.items() if fields.has(name)]
        if len(kinds) != 1:
            names = ", ".join(KINDS)
            self.mistakes.add(fields.line, f"a duty needs exactly one of {names}")
            return None
        key = kinds[0].KEY
        inner = fields.node(key.name)
        if not isinstance(inner, MapNode):
            names = ", ".join(names_of(key.keys))
            fields.wrong(key.name, f"the keys {names} are expected here")
            return None
        return self._made(kinds[0], Fields(inner, key.keys, self.mistakes, key.name))

    def _made(self, make: Callable[..., Check], fields: Fields) -> Check | None:
        """Return a check with the value of each key, or None where one that it needs is not."""
        complete = fields.need()
        values: dict[str, object] = {}
        for key in fields.keys.values():
            values[key.name] = self._value(fields, key, str(values.get("event", "")))
            complete = complete and not (key.required and not values[key.name])
        return make(**values) if complete else None

    def _value(self, fields: Fields, key: Key, event: str) -> object:
        """Return the value of a key, by its kind; attributes are those that the event can carry."""
        node = fields.node(key.name)
        if key.required and isinstance(node, ListNode) and not node.items:
            fields.wrong(key.name, "there is nothing in the list; write at least one")
        match key.kind:
            case "event":
                kind = fields.event(key.name, self.vocabulary)
                return kind.name if kind else ""
            case "events":
                named = [
                    fields.known_event(key.name, text, self.vocabulary)
                    for text in fields.texts(key.name)
                ]
                return tuple(kind.name for kind in named if kind)
            case "attributes":
                carrier = self.vocabulary.find(event)
                return fields.items(key.name, names_of(carrier.keys)) if carrier else ()
            case "items":
                return fields.items(key.name) if key.choices else fields.texts(key.name)
            case "choice":
                return fields.choice(key.name)
            case "limit":
                return fields.limit(key.name)
            case "date":
                return fields.day(key.name)
            case _:
                return fields.text(key.name)
