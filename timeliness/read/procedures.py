"""Reading what a rulebook says of its procedure: the terms under `procedure`."""

from __future__ import annotations

from timeliness.model.errors import Mistakes
from timeliness.model.procedures import MUST, TERMS, Term, TermKind
from timeliness.model.rulebooks import PROVENANCE
from timeliness.read.fields import Fields
from timeliness.read.nodes import Mapping

TERM_KEYS = {
    "value": "what holds",
    "clause": "the clause",
    "duty": "must (default) or should",
    "provenance": "quoted, reported or unverified",
    "note": "how the clause is read",
}
DUTIES = (MUST, "should")


def read_procedure(fields: Fields, mistakes: Mistakes) -> tuple[Term, ...]:
    """Return the terms of a rulebook, noting what is wrong with its line."""
    node = fields.node("procedure")
    if node is None:
        return ()
    if not isinstance(node, Mapping):
        fields.wrong("procedure", f"the keys {', '.join(TERMS)} are expected here")
        return ()
    terms = Fields(node, TERMS, mistakes, "a procedure")
    return tuple(
        term for kind in TERMS.values() if terms.has(kind.name) and (term := _term(terms, kind))
    )


def _term(terms: Fields, kind: TermKind) -> Term | None:
    node = terms.node(kind.name)
    if not isinstance(node, Mapping):
        terms.wrong(
            kind.name,
            f"write it as {{value: {kind.values[0]}, clause: ..., provenance: quoted}}",
        )
        return None
    fields = Fields(node, TERM_KEYS, terms.mistakes, kind.name)
    complete = fields.need("value", "clause", "provenance")
    value = fields.choice("value", kind.values)
    provenance = fields.choice("provenance", PROVENANCE)
    duty = fields.choice("duty", DUTIES, MUST)
    clause, note = fields.text("clause"), fields.text("note")
    if not complete or not value or not provenance:
        return None
    return Term(kind.name, value, clause, provenance, duty, note)
