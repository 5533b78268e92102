"""What some complaints come to in numbers: all of a run, those of one month, or one group."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from msgspec import Struct, field

from timeliness.model.sides import RuleKey


class Counted(Struct):
    """How many complaints there are, and their findings by rule and verdict.

    `breached` counts the complaints that have a breach, and `undecided` those that have none and a
    limit that cannot be decided.
    """

    complaints: int = 0
    breached: int = 0
    undecided: int = 0
    counts: dict[RuleKey, Counter[str]] = field(default_factory=dict)

    def __add__(self, other: Counted) -> Counted:
        both = Counted(
            self.complaints + other.complaints,
            self.breached + other.breached,
            self.undecided + other.undecided,
            {key: Counter(counted) for key, counted in self.counts.items()},
        )
        for key, counted in other.counts.items():
            both.counts.setdefault(key, Counter()).update(counted)
        return both

    def count(self, key: RuleKey, verdict: str, number: int = 1) -> None:
        """Count findings of one rule."""
        self.counts.setdefault(key, Counter())[verdict] += number


class Sums(Struct, frozen=True):
    """The figures of a run: of all complaints, by the month in which a limit fell due, by group.

    `titles` names every rule, in the order in which they are shown; `clocks` are those that are met
    by a day. `groups` holds, by the column by which complaints are split, each of its values; what
    has none is under "".
    """

    titles: Mapping[RuleKey, str]
    clocks: frozenset[RuleKey]
    every: Counted
    months: Mapping[str, Counted] = field(default_factory=dict)
    groups: Mapping[str, Mapping[str, Counted]] = field(default_factory=dict)
