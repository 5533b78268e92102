"""Claims of a landlord's own system about many complaints at once, and what they come to.

They are read as the statements of a timeline are: plainly first, then with up to two points
changed.
"""

from __future__ import annotations

from enum import IntEnum
from functools import cached_property

import numpy as np
from msgspec import Struct
from msgspec.structs import replace
from numpy.typing import NDArray

from timeliness.judge.statements.figures import MOST_DEPARTURES
from timeliness.model.calendars import DAY, FAR_FUTURE, FAR_PAST, Days, WorkingDays
from timeliness.model.rulebooks import Rule, Rulebook
from timeliness.model.sides import Side

Flags = NDArray[np.bool_]
Rows = NDArray[np.int64]
Label = tuple[str, ...]
"""How a reading differs from the plain one, in the words of its points."""

_MOST_TRIED = 62
"""As many readings of one column are told apart."""
UNREAD = -1
"""The value of a claim in a cell that cannot be read."""


class ClaimColumn(Struct, frozen=True):
    """What one column claims, with an entry for each cell that is not blank, in order of the rows.

    `rows` are the places of their complaints, `lines` their lines in the file. Of `values` each is
    a day, a number or 1 and 0 for yes and no, or `UNREAD`. `done` holds when the row itself says
    that the event happened, in the far future where it does not.
    """

    header: str
    event: str
    kind: str
    path: str
    rows: Rows
    lines: Rows
    values: Days
    done: Days

    def entries(self, places: Rows | Flags) -> ClaimColumn:
        """Return some of the entries."""
        return replace(
            self,
            rows=self.rows[places],
            lines=self.lines[places],
            values=self.values[places],
            done=self.done[places],
        )

    def take(self, rows: Rows, size: int) -> ClaimColumn:
        """Return the entries of some of `size` complaints, which are counted anew."""
        place_of = np.full(size, -1, dtype=np.int64)
        place_of[rows] = np.arange(len(rows))
        kept = self.entries(place_of[self.rows] >= 0)
        return replace(kept, rows=place_of[kept.rows])

    def of_row(self, row: int) -> ClaimColumn:
        """Return the entries of one complaint."""
        return self._between(row, row)

    def among(self, rows: Rows) -> ClaimColumn:
        """Return the entries of some complaints, whose places are in order."""
        if not len(rows):
            return self._between(0, -1)
        near = self._between(int(rows[0]), int(rows[-1]))
        return near.entries(np.isin(near.rows, rows))

    def _between(self, first: int, last: int) -> ClaimColumn:
        begin, end = np.searchsorted(self.rows, [first, last + 1])
        return self.entries(np.arange(begin, end))


def exact_days(earliest: Days, latest: Days) -> Days:
    """Return days that are known to be exact, and the far future for all others."""
    exact = (earliest == latest) & (earliest > FAR_PAST)
    return np.where(exact, earliest, FAR_FUTURE).astype(DAY)


class Outcome(IntEnum):
    """What becomes of a claim."""

    RIGHT = 0
    OTHERWISE = 1
    """Right only if read in another way."""
    WRONG = 2
    UNKNOWN = 3
    """The record does not decide it."""


class Source(Struct, frozen=True):
    """A limit that a claim may mean: its rule, the start it takes, and its calendar."""

    book: Rulebook
    rule: Rule
    start: str
    calendar: WorkingDays


class Limits(Struct, frozen=True):
    """The limit on one event of one side for some complaints, and what it came to.

    `rows` are their places, ascending. The dates it is due on, with extensions and without, are
    known where both ends are the same.
    """

    rows: Rows
    side: Side
    sources: tuple[Source, ...]
    due: tuple[Days, Days]
    original: tuple[Days, Days]
    verdict: NDArray[np.int8]


class Tried(Struct, frozen=True):
    """One way to read the claims of a column, how it differs, and which claims are right on it."""

    label: Label
    departures: int
    fits: Flags


class Checked(Struct, frozen=True, dict=True):
    """What the claims of a column come to on one plain reading, and on the others.

    `covered` says where there is anything to check against, and `truth` what the plain reading
    gives where it is `known`.
    """

    covered: Flags
    known: Flags
    right: Flags
    truth: Days
    tried: tuple[Tried, ...] = ()

    @cached_property
    def nearest(self) -> NDArray[np.int64]:
        """Return in how many points the nearest reading differs on which a claim is right.

        It is more than any reading differs where there is none.
        """
        nearest = np.full(len(self.right), MOST_DEPARTURES + 1, dtype=np.int64)
        for one in self.tried:
            nearest = np.where(one.fits, np.minimum(nearest, one.departures), nearest)
        return nearest

    @cached_property
    def outcome(self) -> NDArray[np.int8]:
        """Return what becomes of each claim."""
        otherwise = np.where(self.nearest <= MOST_DEPARTURES, Outcome.OTHERWISE, Outcome.WRONG)
        found = np.where(self.right, Outcome.RIGHT, otherwise)
        return np.where(self.known, found, Outcome.UNKNOWN).astype(np.int8)

    @property
    def is_problem(self) -> Flags:
        """Return which claims are wrong, or right only on another reading."""
        flags: Flags = (self.outcome == Outcome.OTHERWISE) | (self.outcome == Outcome.WRONG)
        return flags

    @cached_property
    def patterns(self) -> NDArray[np.int64]:
        """Return for each claim, as bits, the nearest other readings on which alone it is right."""
        bits = np.zeros(len(self.right), dtype=np.int64)
        otherwise = self.outcome == Outcome.OTHERWISE
        for place, one in enumerate(self.tried[:_MOST_TRIED]):
            near = one.fits & otherwise & (self.nearest == one.departures)
            bits |= near.astype(np.int64) << place
        return bits

    def labels(self, pattern: int) -> list[Label]:
        """Return the readings of a pattern."""
        tried = self.tried[:_MOST_TRIED]
        return [one.label for place, one in enumerate(tried) if pattern >> place & 1]
