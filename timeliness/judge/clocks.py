"""The arithmetic of clocks, on columns: spans of dates in, a span, a verdict and a reason out.

Every clock is monotone in each of its dates, so the two corners (all dates at their earliest, all
at their latest) decide exactly.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum
from functools import cached_property

import numpy as np
from msgspec import Struct
from msgspec.structs import replace
from numpy.typing import NDArray

from timeliness.judge.columns import (
    Bounds,
    Codes,
    Flags,
    State,
    Table,
    pick,
    pick_codes,
)
from timeliness.judge.due import Adds, clock_due, clock_start
from timeliness.judge.hours import Scale
from timeliness.judge.stops import Stop, stop_of
from timeliness.judge.verdicts import Reason, Verdict
from timeliness.model.calendars import FAR_FUTURE, HOURS, Days, WorkingDays
from timeliness.model.pauses import Pauses
from timeliness.model.rulebooks import Clock, Rule, Rulebook, Start


class Reading(Struct, frozen=True, dict=True):
    """One way to read a clock, for many complaints.

    `present` says where the reading exists. `due` is with extensions, `original_due` without.
    `impossible` marks where dates that it turns on are in an impossible order, and the verdict
    depends on which of them is wrong; None where that is nowhere so. What only a finding that is
    shown needs is worked out when it is asked for. `by_hours` is the same reading of a clock that
    runs in hours, with instants in place of days, which the verdict is from. `paused` marks where
    pauses leave the due date open; None where there is none.
    """

    start: Bounds
    due: Bounds
    original_due: Bounds
    stop: Stop
    as_at: Days
    bounded: Flags
    start_not_done: Flags
    present: Flags
    verdict: Codes
    impossible: Flags | None
    started: Flags
    by_hours: ByHours | None = None
    paused: Flags | None = None

    @property
    def open(self) -> Flags:
        """Return where the stop had not happened by the as-at date, or before the end."""
        return self.stop.open

    @cached_property
    def until(self) -> Bounds:
        """Return to which day it is counted how long it took."""
        until = self.stop.until(self.start.earliest, self.as_at)
        first = self.reason == Reason.ANSWERED_FIRST
        if not first.any():
            return until
        answered = self.stop.answered
        return Bounds(
            pick(first, answered.earliest, until.earliest),
            pick(first, answered.latest, until.latest),
        )

    def days_late(self, places: NDArray[np.int64]) -> Days:
        """Return by how many days at least it was done, or stood open, past due in some places."""
        return self.until.earliest.take(places) - self.due.latest.take(places)

    @property
    def _said_answered(self) -> Flags:
        """Return where something is late unless it was answered in time, as nothing shows."""
        answered = self.stop.answered
        late = self.stop.done.earliest > self.due.latest
        return late & (answered.earliest < FAR_FUTURE) & (answered.latest >= FAR_FUTURE)

    @cached_property
    def reason(self) -> Codes:
        """Return why the verdict is what it is."""
        if self.by_hours is not None:
            exact = self.by_hours.reading
            return replace(exact, verdict=self.verdict, impossible=self.impossible).reason
        verdict, due, original_due = self.verdict, self.due, self.original_due
        own = self.stop.own
        met, breach = verdict == Verdict.MET, verdict == Verdict.BREACH
        unclear = verdict == Verdict.CANNOT_TELL
        cases: list[tuple[Flags, IntEnum]] = [
            (~self.started, Reason.NOT_STARTED),
            (verdict == Verdict.NOT_APPLICABLE, Reason.ENDED),
            (met & (self.stop.done.latest > due.earliest), Reason.ANSWERED_FIRST),
            (met & (own.latest > original_due.earliest), Reason.WITHIN_EXTENSION),
            (met, Reason.IN_TIME),
            (breach & ~self.open, Reason.LATE),
            (breach, Reason.OVERDUE),
            (verdict == Verdict.PENDING, Reason.NOT_YET_DUE),
        ]
        if unclear.any():
            # An extension is what leaves it open where it may not count, or may reach so far or
            # not.
            exact_start = self.start.earliest == self.start.latest
            extension_matters = (due.latest > original_due.latest) & (
                (due.earliest == original_due.earliest)
                | (exact_start & (due.earliest < due.latest))
            )
            if self.impossible is not None:
                cases.append((self.impossible, Reason.IMPOSSIBLE_ORDER))
            closed = self.stop.closed.earliest < FAR_FUTURE
            passed = self.open & (self.stop.passed.earliest <= due.latest)
            cases += [
                (passed, Reason.PASSED_OVER),
                (closed & ~own.is_in(State.CLAIMED), Reason.CLOSED_UNANSWERED),
                (own.is_in(State.UNKNOWN), Reason.NOT_RECORDED),
                (own.is_in(State.CLAIMED) | self._said_answered, Reason.NOT_EVIDENCED),
                *([(self.paused, Reason.PAUSE_UNCLEAR)] if self.paused is not None else []),
                (extension_matters, Reason.EXTENSION_UNCLEAR),
                (self.bounded, Reason.START_NOT_RECORDED),
            ]
        return _first_that_holds(cases, Reason.IMPRECISE_DATE, len(verdict))


class Source(Struct, frozen=True):
    """Where a reading comes from: its rulebook and rule, and the start that it takes."""

    rulebook: Rulebook
    rule: Rule
    start: Start
    calendar: WorkingDays
    decides: bool


class ByHours(Struct, frozen=True):
    """A reading with instants in place of days, on the scale of each row."""

    reading: Reading
    scale: Scale


class _Begun(Struct, frozen=True):
    """When a clock began, and where it did; `perhaps` marks where it may not apply at all."""

    clock: Clock
    start: Bounds
    bounded: Flags
    start_not_done: Flags
    present: Flags
    started: Flags
    perhaps: Flags
    pauses: Pauses | None


def sources_of(book: Rulebook, rule: Rule, nation: str) -> list[Source]:
    """Return where each reading of a clock comes from: one for each start and counting rule."""
    calendars = book.calendars(nation, rule.clock)
    return [
        Source(book, rule, start, calendar, start.decides)
        for start in rule.clock.starts
        for calendar in calendars
    ]


def read_clock(source: Source, table: Table) -> Reading:
    """Judge one clock from one of its starts, by one of its counting rules."""
    rulebook, rule, start, calendar = source.rulebook, source.rule, source.start, source.calendar
    clock = rule.clock
    trigger = table.events[start.trigger]
    began, bounded = clock_start(rulebook, clock, start, table, calendar)
    outside, perhaps = _outside(clock, table)
    started = trigger.is_in(State.SEEN, State.CLAIMED, State.INFERRED)
    own = table.events[start.event]
    if trigger is not own and not clock.start_stated:
        started = started | own.is_in(State.SEEN, State.CLAIMED)
    begun = _Begun(
        clock,
        began,
        bounded=bounded,
        start_not_done=table.events[start.event].is_in(State.NOT_DONE),
        present=_present(rulebook, rule, start, table),
        started=started & ~outside,
        perhaps=perhaps,
        pauses=rulebook.pauses,
    )
    if clock.limit.unit != HOURS:
        return _judged(begun, table, calendar)
    scale = Scale.near(began, table.as_at)
    in_minutes = replace(begun, start=scale.began(began, own))
    found = _judged(in_minutes, scale.table(table), scale.adding(calendar))
    due = scale.days(found.due)
    return replace(
        found,
        start=began,
        due=due,
        original_due=scale.days(found.original_due),
        stop=stop_of(clock, table, began, due),
        as_at=table.as_at,
        by_hours=ByHours(found, scale),
    )


def _judged(begun: _Begun, table: Table, calendar: Adds) -> Reading:
    """Judge a clock that has begun: on days, or on instants with what adds limits to those."""
    found = clock_due(begun.clock, begun.start, table, calendar, begun.pauses)
    due = found.due
    stop = stop_of(begun.clock, table, begun.start, due)
    over = stop.over()
    met = over.latest <= due.earliest
    cases: list[tuple[Flags, IntEnum]] = [
        (~begun.started, Verdict.NOT_APPLICABLE),
        (begun.perhaps, Verdict.CANNOT_TELL),
        (met, Verdict.MET),
        (stop.ended.latest <= due.earliest, Verdict.NOT_APPLICABLE),
        (over.earliest > due.latest, Verdict.BREACH),
        ((table.as_at <= due.earliest) & ~stop.is_ended, Verdict.PENDING),
    ]
    return Reading(
        start=begun.start,
        due=due,
        original_due=found.original,
        stop=stop,
        as_at=table.as_at,
        bounded=begun.bounded,
        start_not_done=begun.start_not_done,
        present=begun.present,
        verdict=_first_that_holds(cases, Verdict.CANNOT_TELL, table.size),
        impossible=None,
        started=begun.started,
        paused=found.paused,
    )


def _outside(clock: Clock, table: Table) -> tuple[Flags, Flags]:
    """Return where a clock does not apply, and where it perhaps does not, by its `unless`."""
    surely = np.zeros(table.size, dtype=np.bool_)
    perhaps = surely.copy()
    for one in clock.unless:
        if (column := table.events.get(one.event)) is not None:
            day = one.before.toordinal()
            surely = surely | (column.is_in(State.SEEN) & (column.latest < day))
            perhaps |= column.is_in(State.SEEN, State.CLAIMED) & (column.earliest < day)
    return surely, perhaps & ~surely


def _first_that_holds(cases: Sequence[tuple[Flags, IntEnum]], other: IntEnum, size: int) -> Codes:
    """Return for each row the value of the first case that holds there, otherwise the other."""
    codes = np.full(size, other, dtype=np.int8)
    for flags, value in reversed(cases):
        if flags.any():
            codes = pick_codes(flags, int(value), codes)
    return codes


def _present(rulebook: Rulebook, rule: Rule, start: Start, table: Table) -> Flags:
    """Return where a reading exists.

    One that is only shown needs its event on the record. Of several that decide, one whose event
    did not happen drops out, but for the first where none did.
    """
    event = table.events[start.event]
    if not start.decides:
        return event.is_in(State.SEEN)
    if rule.clock.start_stated:
        return np.full(table.size, True)
    happened = ~event.is_in(State.NOT_DONE)
    if start.unrecorded:
        return happened
    others = [table.events[name].is_in(State.NOT_DONE) for name in rule.clock.triggers[1:]]
    present: Flags = np.logical_and.reduce(others) | happened
    return present


def turns_on(clock: Clock, start: Start, table: Table) -> Flags:
    """Return where a clock turns on dates in an impossible order."""
    read = clock.turns_on(start.event)
    found = [
        flags for pair, flags in table.clashes.items() if not read.isdisjoint(pair) and flags.any()
    ]
    doubtful: Flags = np.logical_or.reduce([np.zeros(table.size, dtype=np.bool_), *found])
    return doubtful


def either_way(
    reading: Reading, places: NDArray[np.int64], ways: Sequence[Reading], unclear: Flags
) -> Reading:
    """Return a reading whose verdict in some places is that of several ways to read them.

    Where they come to the same that is the verdict; otherwise, and where it is not clear what
    applies, nobody can tell.
    """
    first = ways[0]
    same = np.logical_and.reduce([one.verdict == first.verdict for one in ways])
    # What never began did not under any edition.
    same &= ~unclear | (first.verdict == Verdict.NOT_APPLICABLE)
    verdict = reading.verdict.copy()
    verdict[places] = np.where(same, first.verdict, Verdict.CANNOT_TELL)
    impossible = np.zeros(len(verdict), dtype=np.bool_)
    impossible[places] = ~same | (first.verdict == Verdict.CANNOT_TELL)

    def hull(name: str) -> Bounds:
        own: Bounds = getattr(reading, name)
        earliest, latest = own.earliest.copy(), own.latest.copy()
        several: list[Bounds] = [getattr(one, name) for one in ways]
        agreed = places[same]
        earliest[agreed] = np.minimum.reduce([one.earliest for one in several])[same]
        latest[agreed] = np.maximum.reduce([one.latest for one in several])[same]
        return Bounds(earliest, latest)

    return replace(
        reading,
        verdict=verdict,
        impossible=impossible,
        start=hull("start"),
        due=hull("due"),
        original_due=hull("original_due"),
    )
