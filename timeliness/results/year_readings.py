"""The named readings of the share in time: what no source settles is counted in every way."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from msgspec import Struct

from timeliness.results.year_records import (
    ENDED,
    EXTENDED,
    IN_TIME,
    LATE,
    NO,
    NOT_DUE_EXTENDED,
    OVERDUE,
    PERHAPS,
)

MADE, MADE_DUE, ANSWERED_IN = "made", "made-and-due", "answered"
"""Whose share it is: all that were made in the year, those but for the ones not yet due, or those
that were answered in the year, whenever they were made."""
BASES = {
    MADE: "made in the year",
    MADE_DUE: "made in the year, without those not yet due",
    ANSWERED_IN: "answered in the year",
}


class YearReading(Struct, frozen=True):
    """One way to count the share in time.

    `extensions` says that an answer within a valid extension is in time, and `ended` that what was
    withdrawn or refused is among those made, though nobody answered it.
    """

    base: str
    extensions: bool
    ended: bool

    @property
    def key(self) -> str:
        """Return its name for programs."""
        extended = "extensions-count" if self.extensions else "extensions-do-not-count"
        ended = "with-ended" if self.ended else "without-ended"
        return "-".join((self.base, extended, *([] if self.base == ANSWERED_IN else [ended])))

    @property
    def name(self) -> str:
        """Return its name in words."""
        ended = ""
        if self.base != ANSWERED_IN:
            ended = f"; withdrawn and refused {'in' if self.ended else 'out'}"
        return f"{BASES[self.base]}; extensions {'' if self.extensions else 'not '}counted{ended}"

    def counted(self, mask: int, place: int) -> set[int | None]:
        """Return how a complaint may count: 1 in time, 0 not in time, or None not at all.

        `place` says whether it lies in the year.
        """
        if place == NO:
            return {None}
        ways = {self._of(1 << bit) for bit in range(8) if mask >> bit & 1}
        return ways | {None} if place == PERHAPS else ways

    def _of(self, standing: int) -> int | None:
        if standing == EXTENDED:
            return int(self.extensions)
        if standing in (IN_TIME, LATE):
            return int(standing == IN_TIME)
        if self.base == ANSWERED_IN:
            return None
        if standing & ENDED:
            return 0 if self.ended else None
        if self.base == MADE_DUE:
            is_due = standing == NOT_DUE_EXTENDED and not self.extensions
            return 0 if is_due or standing == OVERDUE else None
        return 0


READINGS = tuple(
    YearReading(base, extensions, ended)
    for base in BASES
    for ended in (True, False)
    for extensions in (True, False)
    if not (base == ANSWERED_IN and ended)
)


class Portion(Struct, frozen=True):
    """How many of how many."""

    part: int
    whole: int

    @property
    def share(self) -> float | None:
        """Return the share, from 0 to 1; None of nothing."""
        return self.part / self.whole if self.whole else None


class ShareRange(Struct, frozen=True):
    """A share with all that is undecided once against it, and once for it."""

    worst: Portion
    best: Portion

    @property
    def ends(self) -> tuple[float, float] | None:
        """Return the least and the most; None where it is a share of nothing either way."""
        ends = [one.share for one in (self.worst, self.best) if one.share is not None]
        return (min(ends), max(ends)) if ends else None


def share_range(ways: Iterable[tuple[set[int | None], int]]) -> ShareRange:
    """Return the share of what may count in several ways, each so many times."""
    least, most = Counter[int](), Counter[int]()
    for possible, number in ways:
        worst = next(one for one in (0, None, 1) if one in possible)
        best = next(one for one in (1, None, 0) if one in possible)
        for counter, one in ((least, worst), (most, best)):
            if one is not None:
                counter[one] += number
    return ShareRange(Portion(least[1], least.total()), Portion(most[1], most.total()))
