"""As of when, and of which complaints, the figures of a year are given."""

from __future__ import annotations

from datetime import date

from msgspec import Struct

from timeliness.model.tenures import MEASURED, TENURES
from timeliness.results.year import (
    AT_END,
    NOW,
    Counts,
    Kind,
    Taken,
    YearCount,
)
from timeliness.results.year_figures import (
    Figures,
)
from timeliness.results.year_readings import MADE_DUE, ShareRange, YearReading, share_range
from timeliness.results.year_records import (
    NO,
    SURE,
    Period,
)


class Moment(Struct, frozen=True):
    """As of when figures are: the last day of a period, or the day of the check."""

    period: Period
    at: str


class Block(Struct, frozen=True):
    """The complaints of which figures are given: all, those of one tenure, or of one group."""

    tenure: str | None = None
    group: str | None = None


def figures_of(year: YearCount, moment: Moment, stage: int, block: Block) -> Figures:
    """Return the figures of some complaints at a stage as of a moment.

    The homes are those of this year: nobody says how many there were in the last.
    """
    counts = year.counts.get((moment.period, moment.at), Counts())
    tenure = None if block.tenure is None else TENURES.index(block.tenure)
    group = None if block.group is None else year.groups[block.group]

    def is_meant(one: Kind | Taken) -> bool:
        return one.stage == stage and tenure in (None, one.tenure) and group in (None, one.group)

    homes = homes_of(year, block) if moment.period == year.asked.period else None
    kinds = [(kind, number) for kind, number in counts.kinds.items() if is_meant(kind)]
    days = [(one, number) for one, number in counts.days.items() if is_meant(one)]
    return Figures(stage, kinds, days, homes)


def homes_of(year: YearCount, block: Block) -> int | None:
    """Return how many homes there are to which some complaints belong, None where not said."""
    homes = year.asked.homes
    if block.group is not None:
        return None
    if block.tenure is not None:
        return homes.get(block.tenure)
    if "" in homes:
        return homes[""]
    return sum(homes.values()) if homes.keys() >= set(MEASURED) else None


def has_measures(year: YearCount, block: Block) -> bool:
    """Whether CH01 and CH02 are given of some complaints.

    Where a table gives tenures, they are given of each that is measured, and of no other.
    """
    if block.group is not None:
        return False
    return block.tenure in MEASURED if year.has_tenure else block.tenure is None


def blocks_of(year: YearCount) -> list[Block]:
    """Return all complaints together and then each tenure, where a table gives tenures."""
    if not year.has_tenure:
        return [Block()]
    there = {kind.tenure for counts in year.counts.values() for kind in counts.kinds}
    tenures = [one for place, one in enumerate(TENURES) if place in there or one in MEASURED]
    return [Block(), *(Block(tenure=one) for one in tenures)]


def groups_of(year: YearCount) -> list[Block]:
    """Return the groups that the figures are split by, in order, what has none last."""
    if not year.asked.by:
        return []
    there = {
        kind.group
        for (period, _), counts in year.counts.items()
        if period == year.asked.period
        for kind in counts.kinds
        if kind.received > NO
    }
    names = [name for name, code in year.groups.items() if code in there]
    return [Block(group=name) for name in sorted(names, key=lambda name: (not name, name))]


def moments_of(year: YearCount, day: date) -> list[Moment]:
    """Return as of when figures are given: the end of the year if it is over, the check, last year.

    Last year is given as it stood at its own end, where there are complaints of it.
    """
    this, before = year.asked.period, year.asked.period.year_before
    found = [Moment(this, NOW)]
    if day > this.last:
        found.insert(0, Moment(this, AT_END))
    counts = year.counts.get((before, AT_END))
    if counts and any(kind.received > NO for kind in counts.kinds):
        found.append(Moment(before, AT_END))
    return found


class Month(Struct, frozen=True):
    """What was received in a month, and the share in time of what was answered or fell due.

    `unfinished` says that the month was not over on the day of the check.
    """

    first: date
    received: int
    share: ShareRange
    unfinished: bool


MONTHLY = YearReading(MADE_DUE, extensions=True, ended=False)
"""The reading of the share in time by month."""


def months_of(year: YearCount, moment: Moment, stage: int, day: date) -> list[Month]:
    """Return the months of a period, none after the day of the check."""
    counts = year.counts.get((moment.period, moment.at), Counts())
    first, last = moment.period.first, min(moment.period.last, day)
    found = []
    for number in range(first.year * 12 + first.month - 1, last.year * 12 + last.month):
        own = [
            (one.mask, many)
            for one, many in counts.months.items()
            if (one.stage, one.month) == (stage, number)
        ]
        begins = date(number // 12, number % 12 + 1, 1)
        after = date((number + 1) // 12, (number + 1) % 12 + 1, 1)
        found.append(
            Month(
                begins,
                sum(many for _, many in own),
                share_range((MONTHLY.counted(mask, SURE), many) for mask, many in own),
                day.toordinal() + 1 < after.toordinal(),
            )
        )
    return found
