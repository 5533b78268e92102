"""How many claims of a landlord's own system are right, and how those that are not come about."""

from __future__ import annotations

from collections import Counter

import numpy as np
from msgspec import Struct, field

from timeliness.judge.statements.claimed import Checked, ClaimColumn, Flags, Label, Outcome
from timeliness.model.claims import ClaimTotal
from timeliness.model.sides import Side


class ClaimKey(Struct, frozen=True):
    """What is counted together: one column, about one event, under one side."""

    column: str
    about: str
    kind: str
    side: Side | None
    counted: str = ""


class Score(Struct):
    """What the claims of one column come to under one side.

    `nearest` counts the claims that are right only on another reading, by the readings that are
    equally near, and `fits` how many claims of the column each reading fits in all.
    """

    claims: int = 0
    right: int = 0
    wrong: int = 0
    unknown: int = 0
    in_time: int = 0
    late: int = 0
    nearest: Counter[tuple[Label, ...]] = field(default_factory=Counter)
    fits: Counter[Label] = field(default_factory=Counter)

    def add(self, checked: Checked, in_time: Flags | None = None) -> None:
        """Add claims, those that a side covers; of flags `in_time` says which say in time."""
        covered = checked.covered
        outcome = checked.outcome[covered]
        self.claims += len(outcome)
        self.right += int(np.count_nonzero(outcome == Outcome.RIGHT))
        self.wrong += int(np.count_nonzero(outcome == Outcome.WRONG))
        self.unknown += int(np.count_nonzero(outcome == Outcome.UNKNOWN))
        if in_time is not None:
            false = covered & checked.is_problem
            self.in_time += int(np.count_nonzero(false & in_time))
            self.late += int(np.count_nonzero(false & ~in_time))
        for one in checked.tried:
            self.fits[one.label] += int(np.count_nonzero(one.fits & covered))
        otherwise = covered & (checked.outcome == Outcome.OTHERWISE)
        patterns, numbers = np.unique(checked.patterns[otherwise], return_counts=True)
        for pattern, number in zip(patterns.tolist(), numbers.tolist(), strict=True):
            self.nearest[tuple(checked.labels(pattern))] += number

    def __add__(self, other: Score) -> Score:
        return Score(
            self.claims + other.claims,
            self.right + other.right,
            self.wrong + other.wrong,
            self.unknown + other.unknown,
            self.in_time + other.in_time,
            self.late + other.late,
            self.nearest + other.nearest,
            self.fits + other.fits,
        )

    def otherwise(self) -> list[tuple[Label, int]]:
        """Return by which reading how many are right, the most common first.

        Of several that are equally near it is the one that fits most claims of the column.
        """
        found: Counter[Label] = Counter()
        for labels, number in self.nearest.items():
            found[min(labels, key=lambda label: (-self.fits[label], len(label), label))] += number
        return sorted(found.items(), key=lambda one: (-one[1], len(one[0]), one[0]))


Scores = dict[ClaimKey, Score]


def key_of(claims: ClaimColumn, side: Side | None = None) -> ClaimKey:
    """Return what the claims of a column are counted under."""
    return ClaimKey(claims.header, claims.event, claims.kind, side)


def totals_of(scores: Scores) -> list[ClaimTotal]:
    """Return what was counted, column by column."""
    return [
        ClaimTotal(
            column=key.column,
            about=key.about,
            kind=key.kind,
            side=key.side,
            counted=key.counted,
            claims=score.claims,
            right=score.right,
            otherwise=tuple((", ".join(label), number) for label, number in score.otherwise()),
            wrong=score.wrong,
            unknown=score.unknown,
            in_time=score.in_time,
            late=score.late,
        )
        for key, score in scores.items()
        if score.claims
    ]
