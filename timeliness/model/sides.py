"""Whose rules are meant: those of a policy, or those of one series of a Code."""

from __future__ import annotations

from typing import NamedTuple

from timeliness.model.plain import the

CODE, POLICY = "code", "policy"
CALLED = {CODE: "Code", POLICY: "policy"}
"""How a report calls a rulebook that does not say so itself, by its standard."""

HOUSING, COUNCIL = "housing", "council"
BODIES = (HOUSING, COUNCIL)
"""The kinds of body that a Code may be for; the first is meant where none is named."""


FIRST = "housing-ombudsman"
"""The series that "code" alone means: there was no other before Codes had series."""
FIRST_OMBUDSMAN = "Housing Ombudsman"
"""Whose findings a report without any complaint is compared with."""


def side_name(standard: str, series: str) -> str:
    """Return how floors, baselines and outputs for programs name a side: policy, code or awaab."""
    return series if standard == CODE and series not in ("", FIRST) else standard


class Side(NamedTuple):
    """A policy, or one series of a Code: what stands side by side for a complaint.

    `standard` is code or policy; of a finding that is under no rule of a rulebook it is its family,
    such as promise, and it has no series. `called` is how a report calls it in brackets.
    """

    standard: str
    series: str = ""
    called: str = ""

    @property
    def name(self) -> str:
        """Return how floors, baselines and outputs for programs name it."""
        return side_name(self.standard, self.series)

    @property
    def the(self) -> str:
        """Return how a sentence names it, with its article: the Code, Awaab's Law."""
        return the(self.called)

    @property
    def for_all(self) -> Side:
        """Return under what the complaints of many landlords are counted.

        Each landlord has a policy of its own, and all are counted as one; each Code is apart.
        """
        return EVERY_POLICY if self.standard == POLICY else self


EVERY_POLICY = Side(POLICY, "", CALLED[POLICY])
ANY_CODE = Side(CODE, "", CALLED[CODE])
"""The side of what is measured by a Code, and which is not known."""


class RuleKey(NamedTuple):
    """One rule of one side: two series may have rules of the same id."""

    side: Side
    rule: str

    @property
    def for_all(self) -> RuleKey:
        """Return under what the complaints of many landlords are counted; see `Side.for_all`."""
        return RuleKey(self.side.for_all, self.rule)

    @property
    def name(self) -> str:
        """Return how outputs for programs name it: code/stage-1-response."""
        return f"{self.side.name}/{self.rule}"
