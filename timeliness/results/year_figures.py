"""The figures of a year, from its counts: what became of the complaints, and each named reading."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import cached_property

from msgspec import Struct

from timeliness.results.year import (
    Kind,
    Taken,
)
from timeliness.results.year_readings import (
    ANSWERED_IN,
    READINGS,
    Portion,
    ShareRange,
    YearReading,
    share_range,
)
from timeliness.results.year_records import (
    ACK_IN_TIME,
    ACK_LATE,
    ACK_NOT_DUE,
    ACK_UNDECIDED,
    ANSWERED,
    CAUSES,
    CLASSES,
    ENDED,
    NO,
    PERHAPS,
    SURE,
    UNDECIDED,
    class_of,
)


class DaysTaken(Struct, frozen=True):
    """The working days that a number of answers took: mean, median and nine in ten."""

    number: int
    mean: float
    median: float
    nine_in_ten: int

    @classmethod
    def of(cls, days: Counter[int]) -> DaysTaken | None:
        """Return them for so many answers of each number of days; None of none.

        The median of an even number lies halfway between the two in the middle. Nine in ten took
        no more days than the number that is given.
        """
        number = days.total()
        if not number:
            return None

        def at(rank: int) -> int:
            passed = 0
            for one in sorted(days):
                passed += days[one]
                if passed >= rank:
                    return one
            raise AssertionError(rank)

        median = (at((number + 1) // 2) + at(number // 2 + 1)) / 2
        mean = sum(one * count for one, count in days.items()) / number
        return cls(number, mean, median, at(-(-number * 9 // 10)))


class Figures(Struct, frozen=True, dict=True):
    """The figures of one stage, of the complaints of one tenure or group or of all.

    `homes` is how many homes there are, None where that is not known or not asked.
    """

    stage: int
    kinds: Sequence[tuple[Kind, int]]
    days: Sequence[tuple[Taken, int]]
    homes: int | None = None

    @cached_property
    def causes(self) -> dict[str, int]:
        """Return why it is not known what became of complaints, the most common first."""
        found = Counter[str]()
        for kind, number in self.kinds:
            if kind.received == SURE and kind.cause:
                found[CAUSES[kind.cause]] += number
        return dict(sorted(found.items(), key=lambda one: (-one[1], one[0])))

    def _sum(self, **wanted: int) -> int:
        return sum(
            number
            for kind, number in self.kinds
            if all(getattr(kind, name) == value for name, value in wanted.items())
        )

    @cached_property
    def received(self) -> int:
        """Return how many were received in the year, or asked for at stage 2."""
        return self._sum(received=SURE)

    @cached_property
    def perhaps(self) -> int:
        """Return of how many nobody can tell whether they were."""
        return self._sum(received=PERHAPS)

    @cached_property
    def again(self) -> int:
        """Return how many were a further complaint, or a second request after an end."""
        return self._sum(received=SURE, again=1)

    @cached_property
    def became(self) -> dict[str, int]:
        """Return what became of those that were received in the year."""
        found = Counter[str]()
        for kind, number in self.kinds:
            if kind.received == SURE:
                found[class_of(kind.mask)] += number
        return {name: found[name] for name in (*CLASSES, UNDECIDED)}

    @cached_property
    def acknowledged(self) -> ShareRange:
        """Return the share that was acknowledged in time, of what was acknowledged or was due."""
        ways: dict[int, set[int | None]] = {
            ACK_IN_TIME: {1},
            ACK_LATE: {0},
            ACK_UNDECIDED: {0, 1},
        }
        return share_range(
            (ways[kind.acknowledged], number)
            for kind, number in self.kinds
            if kind.received == SURE and kind.acknowledged in ways
        )

    @cached_property
    def to_acknowledge(self) -> int:
        """Return how many were not acknowledged, and not yet due."""
        return self._sum(received=SURE, acknowledged=ACK_NOT_DUE)

    def taken(self, since: str) -> DaysTaken | None:
        """Return the working days of what was answered, from the clock's start or from receipt."""
        found = Counter[int]()
        for one, number in self.days:
            if one.since == since:
                found[one.days] += number
        return DaysTaken.of(found)

    @cached_property
    def answered(self) -> int:
        """Return how many of those received in the year were answered, whenever that was."""
        return sum(
            number
            for kind, number in self.kinds
            if kind.received == SURE and kind.mask & ~ANSWERED == 0
        )

    @cached_property
    def escalated(self) -> Portion:
        """Return how many of the stage 1 answers were followed by a request to escalate."""
        part = sum(
            number
            for kind, number in self.kinds
            if kind.received == SURE and kind.mask & ~ANSWERED == 0 and kind.escalated
        )
        return Portion(part, self.answered)

    @cached_property
    def outcomes(self) -> Counter[int]:
        """Return how many answers there are of each outcome that is recorded."""
        found = Counter[int]()
        for kind, number in self.kinds:
            if kind.received == SURE and kind.mask & ~ANSWERED == 0 and kind.outcome:
                found[kind.outcome] += number
        return found

    def upheld(self, *codes: int) -> Portion:
        """Return how many of the answers with an outcome have one of some outcomes."""
        return Portion(sum(self.outcomes[code] for code in codes), self.outcomes.total())

    @cached_property
    def has_ended(self) -> bool:
        """Whether anything was, or may have been, withdrawn or refused."""
        return any(kind.mask & ENDED for kind, _ in self.kinds)

    def share(self, reading: YearReading) -> ShareRange:
        """Return CH02 in one reading."""
        return share_range(
            (
                reading.counted(
                    kind.mask, kind.answered if reading.base == ANSWERED_IN else kind.received
                ),
                number,
            )
            for kind, number in self.kinds
        )

    def number(self, *, ended: bool) -> tuple[int, int]:
        """Return how many were received, at least and at most; without what ended if so asked."""
        least = most = 0
        for kind, number in self.kinds:
            if kind.received == NO:
                continue
            sure = kind.received == SURE and (ended or kind.mask & ENDED == 0)
            least += number if sure else 0
            most += number if ended or kind.mask & ~ENDED else 0
        return least, most

    def per_thousand(self, *, ended: bool) -> tuple[float, float] | None:
        """Return CH01, at least and at most; None where nobody says how many homes there are."""
        if not self.homes:
            return None
        least, most = self.number(ended=ended)
        return least / self.homes * 1000, most / self.homes * 1000

    @property
    def span(self) -> tuple[float, float] | None:
        """Return CH02 over every reading: the least and the most."""
        ends = [ends for one in READINGS if (ends := self.share(one).ends)]
        return (min(low for low, _ in ends), max(high for _, high in ends)) if ends else None
