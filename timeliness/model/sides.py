"""Whose rules are meant: those of a policy, or those of one series of a Code."""

from __future__ import annotations

from typing import NamedTuple

CODE, POLICY = "code", "policy"
CALLED = {CODE: "Code", POLICY: "policy"}
"""How a report calls a rulebook that does not say so itself, by its standard."""

HOUSING, COUNCIL = "housing", "council"
BODIES = (HOUSING, COUNCIL)
"""The kinds of body that a Code may be for; the first is meant where none is named."""


class Side(NamedTuple):
    """A policy, or one series of a Code: what stands side by side for a complaint.

    `standard` is code or policy, and of a finding that rests on no rulebook's own rule it is its
    family, such as promise, with no series. `called` is how a report calls it in brackets.
    """

    standard: str
    series: str = ""
    called: str = ""

    @property
    def for_all(self) -> Side:
        """Return under whose name the complaints of many landlords are counted.

        Each landlord has its own policy, and all are counted as policies; each Code is apart.
        """
        return EVERY_POLICY if self.standard == POLICY else self


EVERY_POLICY = Side(POLICY, "", CALLED[POLICY])


class RuleKey(NamedTuple):
    """One rule of one side: two series may have rules of the same id."""

    side: Side
    rule: str
