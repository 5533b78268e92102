"""How the complaints of a year stand: from the columns of a check to counts that add up.

What the record leaves open is kept as the ways in which a complaint may stand, so that a share can
be given as a range.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import Any, NamedTuple

import numpy as np
from msgspec import Struct, field
from numpy.typing import NDArray

from timeliness.model.calendars import FAR_FUTURE, Days
from timeliness.model.sides import CODE, Side
from timeliness.results.year_delays import LateAnswer, Who, latest
from timeliness.results.year_records import (
    ANSWERED,
    FROM_RECEIPT,
    FROM_START,
    NO,
    NONE,
    RESPONSES,
    SURE,
    Masks,
    Period,
    Records,
    Rows,
    causes,
    lies_in,
    standings,
)


class Kind(NamedTuple):
    """What complaints have in common that are counted together."""

    stage: int
    tenure: int
    group: int
    received: int
    answered: int
    mask: int
    acknowledged: int
    escalated: int
    outcome: int
    again: int
    cause: int


_BITS = Kind(2, 2, 24, 2, 2, 8, 3, 1, 2, 1, 7)


class Taken(NamedTuple):
    """Working days that answers took, and from when they are counted."""

    stage: int
    tenure: int
    group: int
    since: str
    days: int


class Monthly(NamedTuple):
    """The month in which a stage began, as months since year 0, and how it may stand."""

    stage: int
    month: int
    mask: int


class Counts(Struct):
    """How many complaints there are of each kind, of each number of days and of each month.

    All of them add up.
    """

    kinds: Counter[Kind] = field(default_factory=Counter)
    days: Counter[Taken] = field(default_factory=Counter)
    months: Counter[Monthly] = field(default_factory=Counter)

    def add(self, records: Records, period: Period) -> Masks:
        """Add those that lie in a time, and return how each of all may stand."""
        masks = standings(records)
        received, answered = lies_in(records, masks, period)
        counted = np.flatnonzero((received > NO) | (answered > NO))
        parts = (
            np.full(len(masks), records.stage),
            records.tenures,
            records.groups,
            received,
            answered,
            masks,
            records.acknowledged,
            records.escalated < FAR_FUTURE,
            records.outcomes,
            records.episodes > 1,
            causes(records, masks),
        )
        for values, number in _counted(parts, _BITS, counted):
            self.kinds[Kind(*values)] += number
        timed = (received == SURE) & (masks & ~ANSWERED == 0)
        for since, days in (
            (FROM_START, records.from_start),
            (FROM_RECEIPT, records.from_receipt),
        ):
            own = np.flatnonzero(timed & (days != NONE))
            columns = (records.tenures, records.groups, days)
            for (tenure, group, n), number in _counted(columns, (2, 24, 16), own):
                self.days[Taken(records.stage, tenure, group, since, n)] += number
        own = np.flatnonzero(received == SURE)
        months = _month_of(records.begun.earliest)
        for (month, mask), number in _counted((months, masks), (20, 8), own):
            self.months[Monthly(records.stage, month, mask)] += number
        return masks


_EPOCH = date(1970, 1, 1).toordinal()


def _month_of(days: Days) -> NDArray[np.int64]:
    """Return the month of each day, as months since year 0."""
    since = (days.astype(np.int64) - _EPOCH).astype("datetime64[D]")
    return since.astype("datetime64[M]").astype(np.int64) + 1970 * 12


def _counted(
    columns: tuple[NDArray[Any], ...], bits: tuple[int, ...], places: Rows
) -> Iterator[tuple[list[int], int]]:
    """Return how often each combination of values occurs in some places."""
    code = np.zeros(len(places), dtype=np.int64)
    for column, width in zip(columns, bits, strict=True):
        code = code << width | column.take(places).astype(np.int64)
    different, counts = np.unique(code, return_counts=True)
    for packed, number in zip(different.tolist(), counts.tolist(), strict=True):
        values = []
        for width in reversed(bits):
            values.append(packed & (1 << width) - 1)
            packed >>= width
        yield values[::-1], number


AT_END, NOW = "end", "now"
"""As of when: the last day of the year, or the day of the check."""


class YearAsked(Struct, frozen=True):
    """What is asked of a year: which, how many homes there are of each tenure, and by what.

    `homes` has those of all tenures under "". `by` is a carried column, `landlord`, `month` or
    `quarter`; `tenure` the column of tenures, and `tenures` what its texts mean. `rows` says that
    an output lists the complaints behind the figures. `last_apart` says that the year before is
    counted in another file. `targets` are the shares in time that are aimed at, by stage.
    """

    period: Period
    homes: dict[str, int] = field(default_factory=dict)
    by: str = ""
    tenure: str = ""
    tenures: dict[str, str] = field(default_factory=dict)
    rows: bool = False
    last_apart: bool = False
    targets: dict[int, float] = field(default_factory=dict)

    @property
    def periods(self) -> tuple[Period, ...]:
        """Return the year, and the one before it."""
        return (self.period,) if self.last_apart else (self.period, self.period.year_before)


class Listed(Struct, frozen=True):
    """Records behind the figures of one period and moment, and which complaints they are of.

    `who` says of a row its complaint, landlord, path and line.
    """

    period: Period
    moment: str
    records: Records
    masks: Masks
    who: Who


class YearCount(Struct):
    """The counts of a run, by period and moment, and the texts of its groups by their codes.

    `not_counted` is how many complaints are under no edition of the Housing Ombudsman's Code, and
    `odd_tenures` the texts of tenures that are not known. `columns` are those of the tables.
    `plain` counts the same without what is assumed of the tables, and `late` holds the answers of
    the year that came latest.
    """

    asked: YearAsked
    counts: dict[tuple[Period, str], Counts] = field(default_factory=dict)
    groups: dict[str, int] = field(default_factory=dict)
    listed: list[Listed] = field(default_factory=list)
    not_counted: int = 0
    odd_tenures: dict[str, None] = field(default_factory=dict)
    columns: dict[str, None] = field(default_factory=dict)
    has_tenure: bool = False
    plain: YearCount | None = None
    late: list[LateAnswer] = field(default_factory=list)

    @classmethod
    def asked_for(cls, asked: YearAsked, *, assumes: bool) -> YearCount:
        """Return the counts to be made; `assumes` says that the same is counted without as well."""
        year = cls(asked)
        year.plain = cls(asked, groups=year.groups) if assumes else None
        return year

    @staticmethod
    def is_answer(side: Side, rule: str) -> bool:
        """Whether a rule is one on whose answers the figures rest."""
        return rule in RESPONSES and side.standard == side.name == CODE

    @property
    def both(self) -> tuple[YearCount, ...]:
        """Return the counts, and those without what is assumed where there are any."""
        return (self, self.plain) if self.plain else (self,)

    def add_before(self, last: YearCount) -> None:
        """Add the year before, which was counted apart."""
        for own, other in zip(self.both, last.both, strict=True):
            own.counts |= other.counts

    def of(self, period: Period, moment: str) -> Counts:
        """Return the counts of a period as of a moment."""
        return self.counts.setdefault((period, moment), Counts())

    def group(self, text: str) -> int:
        """Return the code of a group."""
        return self.groups.setdefault(text, len(self.groups))

    def add(
        self,
        records: Records,
        period: Period,
        moment: str,
        who: Who,
    ) -> None:
        """Add records as of a moment."""
        masks = self.of(period, moment).add(records, period)
        if (period, moment) == (self.asked.period, NOW):
            self.late = latest(self.late, records, masks, period, who)
        if self.asked.rows:
            received, answered = lies_in(records, masks, period)
            kept = np.flatnonzero((received > NO) | (answered > NO))
            if len(kept):
                self.listed.append(Listed(period, moment, records.take(kept), masks[kept], who))

    @property
    def reach(self) -> tuple[int, int]:
        """Return the first and last day of all periods, as ordinals."""
        return (
            min(one.first for one in self.asked.periods).toordinal(),
            max(one.last for one in self.asked.periods).toordinal(),
        )
