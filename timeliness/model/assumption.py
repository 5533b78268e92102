"""What somebody declared and approved of extensions, where no column of a table holds it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from msgspec import Struct, field

from timeliness.model.dates import in_words
from timeliness.model.plain import listed
from timeliness.model.sides import RuleKey
from timeliness.model.timelines import Attribute
from timeliness.model.vocabulary import KEYS

FACTS: Mapping[str, Attribute] = {
    "reason": "assumed",
    "in_writing": True,
    "ombudsman_details": True,
}
"""What an extension may need that its letter gives, by its key, and what is filled in for it."""


ASSUMED_COLUMNS = ("assumed", "assumed (2)")
"""The column of the output that names what was filled in; the second if the first is taken."""


class Assumption(Struct, frozen=True):
    """That every letter of an extension gives some facts; who approved that, and when."""

    facts: tuple[str, ...]
    approver: str
    day: date

    def __str__(self) -> str:
        facts = listed([KEYS[name].yes for name in self.facts])
        by = " ".join(self.approver.split())
        return f"Assumed: for every extension {facts}; approved by {by} on {in_words(self.day)}."


Counts = tuple[int, int, int]
"""How many time limits were met, were breached, and cannot be decided."""


class Assumed(Struct, frozen=True):
    """An assumption, and what each rule comes to with it and without it, rule by rule."""

    assumption: Assumption
    shares: Mapping[RuleKey, tuple[Counts, Counts]] = field(default_factory=dict)

    @property
    def changed(self) -> dict[RuleKey, Counts]:
        """Return what those rules come to without the assumption for which that is another."""
        return {key: without for key, (own, without) in self.shares.items() if own != without}
