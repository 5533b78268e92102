"""Measuring findings: their dates, and how late, for one or many at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np
from msgspec import Struct
from msgspec.structs import replace
from numpy.typing import NDArray

from timeliness.judge.clocks import Reading, Source
from timeliness.judge.columns import Bounds, Codes, Flags, State, pick
from timeliness.judge.judged import JudgedRule
from timeliness.judge.verdicts import Reason, Verdict
from timeliness.model.calendars import FAR_FUTURE, FAR_PAST, Days
from timeliness.model.provenance import least_read
from timeliness.model.sides import Side

Rows = NDArray[np.int64]
NONE = -1
"""Stands for a number that is not known, in the columns of numbers."""


class Common(Struct, frozen=True):
    """What the findings of one rule have in common where the same readings exist."""

    rule: str
    title: str
    rulebook: str
    side: Side
    clause: str
    duty: str
    unit: str
    provenance: str


class Measured(Struct, frozen=True):
    """Findings of one rule as columns: for each its row, its dates, and what it has in common.

    A day that is not known is in the far past where it would be the earliest, in the far future
    where it would be the latest. A number that is not known is `NONE`.
    """

    rows: Rows
    order: int
    common: tuple[Common, ...]
    which: NDArray[np.int64]
    verdict: Codes
    reason: Codes
    start: Bounds
    due: Bounds
    done: Bounds
    working_days: Bounds
    late_by: Bounds
    days_late: Bounds
    is_owed: Flags

    def take(self, places: Rows) -> Measured:
        """Return some of the findings."""
        return replace(
            self,
            **{
                name: getattr(self, name).take(places)
                for name in (
                    *("rows", "which", "verdict", "reason", "start", "due", "done"),
                    *("working_days", "late_by", "days_late", "is_owed"),
                )
            },
        )


def measure(judged: JudgedRule, places: Rows) -> Measured:
    """Measure the findings in some places."""
    dates = [Dates(source, reading, places) for source, reading in judged.deciding]
    first, *others = dates
    start, due = (_where(first.applies, days) for days in (first.start, first.due))
    done = _where(first.dated, first.done)
    taken, applied = first.present, first.applies
    numbers = [_Union(pair, first) for pair in first.numbers()]
    pattern = first.present.astype(np.int64)
    for number, one in enumerate(others, 1):
        fresh, again = one.applies & ~applied, one.applies & applied
        start, due = hull(start, one.start, fresh, again), hull(due, one.due, fresh, again)
        applied = applied | one.applies
        own = one.dated & ~taken
        done = Bounds(
            pick(own, one.done.earliest, done.earliest), pick(own, one.done.latest, done.latest)
        )
        taken = taken | one.present
        for union, pair in zip(numbers, one.numbers(), strict=True):
            union.add(pair, one)
        pattern |= one.present.astype(np.int64) << number
    patterns, which = np.unique(pattern, return_inverse=True)
    return Measured(
        rows=judged.rows.take(places),
        order=judged.order,
        common=tuple(_common(judged, bits) for bits in patterns.tolist()),
        which=which,
        verdict=judged.verdict.take(places),
        reason=judged.reason.take(places),
        start=start,
        due=due,
        done=done,
        working_days=numbers[0].result(),
        late_by=numbers[1].result(),
        days_late=numbers[2].result(),
        is_owed=judged.is_owed(places),
    )


class Dates:
    """The dates of one reading in some places, and where they apply, are known and count.

    `applies` marks where the clock has a start and a due date, `counted` where it was measured how
    long it took, and `dated` where it has a date on which it was done. What is not recorded has
    none, and what is not done has none yet. All are so only where the reading is present.
    """

    def __init__(self, source: Source, reading: Reading, places: Rows) -> None:
        self.source = source
        self.start, self.due = reading.start.take(places), reading.due.take(places)
        self.done, self.until = reading.stop.own.days.take(places), reading.until.take(places)
        exact = reading.by_hours
        self.by_hours: list[Bounds] | None = None
        if exact is not None:
            several = exact.reading.start, exact.reading.due, exact.reading.until
            self.by_hours = [one.take(places) for one in several]
        self.present = reading.present.take(places)
        verdict, reason = reading.verdict.take(places), reading.reason.take(places)
        self.verdict, self.reason = verdict, reason
        ended = reason == Reason.ENDED
        known = self.until.latest < FAR_FUTURE
        unknown = reading.stop.own.is_in(State.UNKNOWN).take(places)
        self.applies = self.present & ((verdict != Verdict.NOT_APPLICABLE) | ended)
        self.counted = (
            self.applies
            & (reason != Reason.IMPOSSIBLE_ORDER)
            & (reason != Reason.NOT_RECORDED)
            & ~ended
            & (known | (verdict == Verdict.BREACH))
        )
        self.dated = (
            self.present
            & ~reading.open.take(places)
            & ~unknown
            & (reason != Reason.NOT_STARTED)
            & ~(ended & ~known)
        )

    def numbers(self) -> Iterator[Bounds]:
        """Return the working days, how late in the unit of the limit, and how late in days.

        They are right only where they count.
        """
        calendar, unit = self.source.calendar, self.source.rule.clock.limit.unit
        yield _range(calendar.count, self.start, self.until)
        if self.by_hours is None:
            yield _range(lambda one, other: calendar.late(one, other, unit), self.due, self.until)
        else:
            _, due, until = self.by_hours
            yield _range(_whole_hours, due, until)
        yield _range(lambda one, other: np.maximum(other - one, 0), self.due, self.until)

    def hours(self) -> Bounds:
        """Return the hours that a clock took which runs in hours."""
        assert self.by_hours
        start, _, until = self.by_hours
        return _range(_whole_hours, start, until)


def _whole_hours(one: Days, other: Days) -> Days:
    """Return the whole hours from some instants to others, never below 0."""
    hours: Days = np.maximum(other - one, 0) // 60
    return hours


def _range(measure: Callable[[Days, Days], Days], begin: Bounds, until: Bounds) -> Bounds:
    """Return the least and the most from some days to others; none where one is not known."""
    least = measure(begin.latest, until.earliest)
    open_ = begin.latest >= FAR_FUTURE
    if begin.exact and until.exact and not open_.any():
        unknown = begin.earliest <= FAR_PAST
        if not unknown.any():
            return Bounds(least, least)
    unbounded = (until.latest >= FAR_FUTURE) | (begin.earliest <= FAR_PAST)
    most = measure(begin.earliest, until.latest)
    return Bounds(pick(open_, 0, least), pick(unbounded, NONE, most))


class _Union:
    """The least and the most of a number over several readings; none where one has none."""

    def __init__(self, pair: Bounds, one: Dates) -> None:
        self.pair = pair
        self.any = one.counted
        self.none = one.present & ~one.counted
        self.unbounded = one.counted & (pair.latest == NONE)

    def add(self, pair: Bounds, one: Dates) -> None:
        """Add one reading where it is present."""
        fresh, again = one.counted & ~self.any, one.counted & self.any
        self.pair = hull(self.pair, pair, fresh, again)
        self.unbounded = self.unbounded | (one.counted & (pair.latest == NONE))
        self.none = self.none | (one.present & ~one.counted)
        self.any = self.any | one.counted

    def result(self) -> Bounds:
        """Return the least and the most."""
        unknown = self.none | ~self.any
        no_most = unknown | self.unbounded
        if self.pair.exact and not no_most.any():
            return self.pair
        return Bounds(
            pick(unknown, NONE, self.pair.earliest), pick(no_most, NONE, self.pair.latest)
        )


def _where(flags: Flags, days: Bounds) -> Bounds:
    """Return days where a flag is set, and elsewhere any day at all."""
    if flags.all():
        return days
    return Bounds(pick(~flags, FAR_PAST, days.earliest), pick(~flags, FAR_FUTURE, days.latest))


def hull(span: Bounds, other: Bounds, fresh: Flags, again: Flags) -> Bounds:
    """Return the other span where there was none yet, and the hull of both where there was."""
    earliest = pick(again, np.minimum(span.earliest, other.earliest), span.earliest)
    latest = pick(again, np.maximum(span.latest, other.latest), span.latest)
    return Bounds(pick(fresh, other.earliest, earliest), pick(fresh, other.latest, latest))


def _common(judged: JudgedRule, bits: int) -> Common:
    """Return what findings have in common in which these readings exist."""
    sources = [source for number, (source, _) in enumerate(judged.deciding) if bits >> number & 1]
    rules = [source.rule for source in sources]
    return Common(
        rule=judged.rule.id,
        title=rules[0].title if rules else judged.rule.title,
        rulebook=" or ".join(dict.fromkeys(source.rulebook.id for source in sources)),
        side=judged.side,
        clause=" or ".join(dict.fromkeys(rule.clause for rule in rules)),
        duty="should" if all(rule.duty == "should" for rule in rules) else "must",
        unit=rules[0].clock.limit.unit if rules else "",
        provenance=least_read(rule.provenance for rule in rules),
    )
