"""What a rulebook says of the procedure itself: its stages, and what it asks before each.

These have no time limit. A Code says what it allows, a policy what it does; each term orders its
values from the least that is asked of a resident to the most.
"""

from __future__ import annotations

from msgspec import Struct

MUST = "must"
STRICTER, WEAKER, NOT_STATED = "stricter", "weaker", "not stated"


class TermKind(Struct, frozen=True):
    """A term that a rulebook may state; `values` go from the least to the most."""

    name: str
    title: str
    says: str
    values: tuple[str, ...]


TERMS = {
    kind.name: kind
    for kind in (
        TermKind(
            "stages",
            "Number of stages",
            "how many stages there are, with an early stage where it counts as one",
            ("1", "2", "3", "4"),
        ),
        TermKind(
            "early_stage",
            "Stage before stage 1",
            "whether an informal or early stage comes before stage 1",
            ("none", "with agreement", "required"),
        ),
        TermKind(
            "reasons_for_escalation",
            "Reasons for escalating",
            "whether a resident must give reasons to escalate",
            ("not required", "required"),
        ),
    )
}
"""Every term by its name."""


class Term(Struct, frozen=True):
    """One term of a rulebook, with its clause and source.

    `below` says how a policy compares that has less: stricter, weaker, or not stated.
    """

    name: str
    value: str
    clause: str
    provenance: str
    duty: str = MUST
    note: str = ""
    below: str = STRICTER

    @property
    def rank(self) -> int:
        """Return the place of the value in the order of its kind."""
        return TERMS[self.name].values.index(self.value)
