"""Reading what a rulebook says of its procedure: the terms under `procedure`."""

from __future__ import annotations

from timeliness.model.errors import Mistakes
from timeliness.model.keys import Key
from timeliness.model.procedures import MUST, NOT_STATED, STRICTER, TERMS, WEAKER, Term, TermKind
from timeliness.model.provenance import PROVENANCE
from timeliness.read.fields import Fields
from timeliness.read.nodes import MapNode

DUTIES = (MUST, "should")
PROVENANCE_KEY = Key(
    "provenance",
    "choice",
    "quoted, reported or unverified",
    tuple(PROVENANCE),
    required=True,
)
"""The key of how well a clause is known."""
BELOW = (STRICTER, WEAKER, NOT_STATED)


def _term_key(kind: TermKind) -> Key:
    return Key(
        kind.name,
        "map",
        kind.says,
        keys=(
            Key("value", "choice", kind.says, kind.values, required=True),
            Key("clause", "text", "the clause", required=True),
            Key("duty", "choice", "must (default) or should", DUTIES),
            PROVENANCE_KEY,
            Key("note", "text", "how the clause is read"),
            Key(
                "below",
                "choice",
                "how a policy compares that has less: stricter (default), weaker or not stated",
                BELOW,
            ),
        ),
    )


PROCEDURE_KEYS = tuple(map(_term_key, TERMS.values()))


def read_procedure(fields: Fields, mistakes: Mistakes) -> tuple[Term, ...]:
    """Return the terms of a rulebook, noting what is wrong with its line."""
    node = fields.node("procedure")
    if node is None:
        return ()
    if not isinstance(node, MapNode):
        fields.wrong("procedure", f"the keys {', '.join(TERMS)} are expected here")
        return ()
    terms = Fields(node, PROCEDURE_KEYS, mistakes, "a procedure")
    return tuple(
        term for key in PROCEDURE_KEYS if terms.has(key.name) and (term := _term(terms, key))
    )


def _term(terms: Fields, key: Key) -> Term | None:
    node = terms.node(key.name)
    if not isinstance(node, MapNode):
        value = key.keys[0].choices[0]
        terms.wrong(key.name, f"write it as {{value: {value}, clause: ..., provenance: quoted}}")
        return None
    fields = Fields(node, key.keys, terms.mistakes, key.name)
    complete = fields.need()
    value, provenance = fields.choice("value"), fields.choice("provenance")
    duty = fields.choice("duty", MUST)
    clause, note = fields.text("clause"), fields.text("note")
    below = fields.choice("below", STRICTER)
    if not complete or not value or not provenance:
        return None
    return Term(key.name, value, clause, provenance, duty, note, below)
