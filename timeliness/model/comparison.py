"""What comes out where a policy is compared with the Code."""

from __future__ import annotations

from msgspec import Struct

from timeliness.model.rulebooks import Rulebook
from timeliness.model.verdict_words import BREACH, CANNOT_TELL, MET, NOT_FOLLOWED

SAME, STRICTER, WEAKER, UNSAID, LACKING = "same", "stricter", "weaker", "unsaid", "lacking"
STANDINGS = {
    LACKING: "the policy has no such rule",
    WEAKER: "the policy allows more than the Code",
    UNSAID: "the policy does not say",
    STRICTER: "the policy allows less than the Code",
    SAME: "the policy and the Code agree",
}
"""How a policy may compare with a clause of the Code, the worst first."""


class PolicyPoint(Struct, frozen=True):
    """How one limit, start or extension of a policy compares with a clause of the Code.

    `standing` is same, stricter, weaker, unsaid or lacking. `aspect` is limit, start, stop,
    duty, extension, count, procedure, or rule where the whole rule is lacking. `duty` and
    `provenance` are those of the clause.
    """

    rule: str
    title: str
    policy: str
    code: str
    clause: str
    standing: str
    says: str
    aspect: str = "limit"
    duty: str = "must"
    provenance: str = ""

    @property
    def counts_as(self) -> str:
        """Return the verdict it counts as: a weaker or lacking "should" is not a breach."""
        if self.standing in (WEAKER, LACKING):
            return BREACH if self.duty == "must" else NOT_FOLLOWED
        return CANNOT_TELL if self.standing == UNSAID else MET


class Comparison(Struct, frozen=True):
    """A policy compared with one edition of the Code."""

    policy: Rulebook
    code: Rulebook
    points: tuple[PolicyPoint, ...]

    def counting_as(self, *verdicts: str) -> list[PolicyPoint]:
        """Return the points that count as these verdicts, in order."""
        return [point for point in self.points if point.counts_as in verdicts]
