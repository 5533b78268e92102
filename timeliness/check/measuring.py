"""Measuring many findings at once, as `check.rows` does for one: their dates, and how late."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from timeliness.calendars import FAR_FUTURE, FAR_PAST, Days
from timeliness.check.clocks import Reading, Reason, Source, Verdict

if TYPE_CHECKING:
    from timeliness.check.exports import Judged

Rows = NDArray[np.int64]
NONE = -1
"""Stands for a number that is not known, in the columns of numbers."""


@dataclass(frozen=True)
class Common:
    """What the findings of one rule have in common where the same readings exist."""

    rule: str
    title: str
    rulebook: str
    standard: str
    clause: str
    duty: str
    unit: str


@dataclass(frozen=True)
class Measured:
    """Findings as columns: for each its row, what it has in common with others, and its dates.

    A day that is not known is in the far past where it would be the earliest, in the far future
    where it would be the latest. A number that is not known is `NONE`.
    """

    rows: Rows
    order: NDArray[np.int64]
    common: tuple[Common, ...]
    which: NDArray[np.int64]
    verdict: NDArray[np.int8]
    reason: NDArray[np.int8]
    start: tuple[Days, Days]
    due: tuple[Days, Days]
    done: tuple[Days, Days]
    working_days: tuple[Days, Days]
    late_by: tuple[Days, Days]
    days_late: tuple[Days, Days]


def measure(judged: Judged, places: Rows) -> Measured:
    """Measure the findings in some places, as `check.rows` does for one."""
    size = len(places)
    deciding = judged.deciding
    start, due = _nothing(size), _nothing(size)
    done: tuple[Days, Days] | None = None
    taken = np.zeros(size, dtype=np.bool_)
    applied = np.zeros(size, dtype=np.bool_)
    pattern = np.zeros(size, dtype=np.int64)
    numbers = [_Union(size) for _ in range(3)]
    for number, (source, reading) in enumerate(deciding):
        present = reading.present[places]
        pattern |= present.astype(np.int64) << number
        one = _Dates(source, reading, places, judged)
        here = present & one.applies
        start = _hull(start, one.start, here & ~applied, here & applied)
        due = _hull(due, one.due, here & ~applied, here & applied)
        applied |= here
        first = present & ~taken
        own = (
            np.where(one.dated, one.done[0], FAR_PAST),
            np.where(one.dated, one.done[1], FAR_FUTURE),
        )
        done = (
            own
            if done is None
            else (np.where(first, own[0], done[0]), np.where(first, own[1], done[1]))
        )
        taken |= present
        for union, measured in zip(numbers, one.numbers(), strict=True):
            union.add(measured, present, one.counted)
    patterns, which = np.unique(pattern, return_inverse=True)
    return Measured(
        rows=judged.rows[places],
        order=np.full(size, judged.order, dtype=np.int64),
        common=tuple(_common(judged, bits) for bits in patterns.tolist()),
        which=which.astype(np.int64),
        verdict=judged.verdict[places],
        reason=judged.reason[places],
        start=start,
        due=due,
        done=_nothing(size) if done is None else done,
        working_days=numbers[0].result(),
        late_by=numbers[1].result(),
        days_late=numbers[2].result(),
    )


class _Dates:
    """The dates of one reading in some places, and where they apply, stand and count."""

    def __init__(self, source: Source, reading: Reading, places: Rows, judged: Judged) -> None:
        self.source = source
        self.start = (reading.start.earliest[places], reading.start.latest[places])
        self.due = (reading.due.earliest[places], reading.due.latest[places])
        self.done = (reading.done.earliest[places], reading.done.latest[places])
        verdict, reason = reading.verdict[places], reading.reason[places]
        ended = reason == Reason.ENDED
        known = reading.done_known[places]
        self.applies = (verdict != Verdict.NOT_APPLICABLE) | ended
        self.counted = (
            self.applies
            & (reason != Reason.IMPOSSIBLE_ORDER)
            & (known | (verdict == Verdict.BREACH))
        )
        self.dated = (
            ~reading.open[places]
            & (reason != Reason.NOT_RECORDED)
            & (reason != Reason.NOT_STARTED)
            & ~(ended & ~known)
        )

    def numbers(self) -> Iterator[tuple[Days, Days]]:
        """Return the working days, how late in the unit of the limit, and how late in days."""
        calendar, unit = self.source.calendar, self.source.rule.clock.limit.unit
        yield self._range(calendar.count, self.start)
        yield self._range(lambda one, other: calendar.late(one, other, unit), self.due)
        yield self._range(lambda one, other: np.maximum(other - one, 0), self.due)

    def _range(
        self, measure: Callable[[Days, Days], Days], begin: tuple[Days, Days]
    ) -> tuple[Days, Days]:
        least = np.where(begin[1] < FAR_FUTURE, measure(begin[1], self.done[0]), 0)
        unbounded = (self.done[1] >= FAR_FUTURE) | (begin[0] <= FAR_PAST)
        return least, np.where(unbounded, NONE, measure(begin[0], self.done[1]))


class _Union:
    """The least and the most of a number over several readings; none where one has none."""

    def __init__(self, size: int) -> None:
        self.least = np.full(size, FAR_FUTURE, dtype=np.int64)
        self.most = np.full(size, NONE, dtype=np.int64)
        self.none = np.zeros(size, dtype=np.bool_)
        self.unbounded = np.zeros(size, dtype=np.bool_)
        self.any = np.zeros(size, dtype=np.bool_)

    def add(
        self,
        numbers: tuple[Days, Days],
        present: NDArray[np.bool_],
        counted: NDArray[np.bool_],
    ) -> None:
        """Add one reading where it is present."""
        least, most = numbers
        here = present & counted
        self.least = np.where(here, np.minimum(self.least, least), self.least)
        self.most = np.where(here, np.maximum(self.most, most), self.most)
        self.unbounded |= here & (most == NONE)
        self.none |= present & ~counted
        self.any |= here

    def result(self) -> tuple[Days, Days]:
        """Return the least and the most."""
        known = self.any & ~self.none
        return (
            np.where(known, self.least, NONE),
            np.where(known & ~self.unbounded, self.most, NONE),
        )


def _nothing(size: int) -> tuple[Days, Days]:
    return np.full(size, FAR_PAST, dtype=np.int64), np.full(size, FAR_FUTURE, dtype=np.int64)


def _hull(
    span: tuple[Days, Days],
    other: tuple[Days, Days],
    fresh: NDArray[np.bool_],
    again: NDArray[np.bool_],
) -> tuple[Days, Days]:
    """Return the other span where there was none yet, and the hull of both where there was."""
    earliest = np.where(again, np.minimum(span[0], other[0]), span[0])
    latest = np.where(again, np.maximum(span[1], other[1]), span[1])
    return np.where(fresh, other[0], earliest), np.where(fresh, other[1], latest)


def _common(judged: Judged, bits: int) -> Common:
    """Return what findings have in common in which these readings exist."""
    sources = [source for number, (source, _) in enumerate(judged.deciding) if bits >> number & 1]
    rules = [source.rule for source in sources]
    return Common(
        rule=judged.rule.id,
        title=rules[0].title if rules else judged.rule.title,
        rulebook=" or ".join(dict.fromkeys(source.rulebook.id for source in sources)),
        standard=judged.standard,
        clause=" or ".join(dict.fromkeys(rule.clause for rule in rules)),
        duty="should" if all(rule.duty == "should" for rule in rules) else "must",
        unit=rules[0].clock.limit.unit if rules else "",
    )
