"""The arithmetic of clocks, on columns: spans of dates in, a span, a verdict and a reason out.

Every clock is monotone in each of its dates, so the two corners (all dates at their earliest, all
at their latest) decide exactly.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from timeliness.judge.bounds import clock_due, clock_end, clock_start
from timeliness.judge.columns import (
    Bounds,
    Codes,
    Column,
    Flags,
    State,
    Table,
    never,
    pick,
    pick_codes,
)
from timeliness.judge.verdicts import Reason, Verdict
from timeliness.model.calendars import FAR_FUTURE, FAR_PAST, Days, WorkingDays
from timeliness.model.rulebooks import Clock, Rule, Rulebook, Start
from timeliness.model.vocabulary import COMMON


@dataclass(frozen=True)
class Ending:
    """When clocks were ended without their stop, in the far future where they were not.

    They may have been where `perhaps` is set, and were for certain where `surely` is.
    """

    days: Bounds
    perhaps: Flags
    surely: Flags


@dataclass(frozen=True)
class Reading:
    """One way to read a clock, for many complaints.

    `present` says where the reading exists. `due` is with extensions, `original_due` without.
    `open` marks where the stop had not happened. What only a finding that is shown needs is worked
    out when it is asked for.
    """

    start: Bounds
    due: Bounds
    original_due: Bounds
    stop: Column
    as_at: Days
    ending: Ending | None
    open: Flags
    bounded: Flags
    start_not_done: Flags
    present: Flags
    verdict: Codes
    impossible: Flags | None
    started: Flags

    @cached_property
    def ended(self) -> Bounds:
        """Return the day on which the clock was ended, in the far future where it was not."""
        return self.ending.days if self.ending else never(len(self.as_at))

    @cached_property
    def done(self) -> Bounds:
        """Return when it was done; where it was not, the as-at date or when it was ended."""
        done = self.stop.days
        unknown = self.stop.is_in(State.UNKNOWN)
        if unknown.any():
            done = Bounds(
                pick(unknown, self.start.earliest, done.earliest),
                pick(unknown, FAR_FUTURE, done.latest),
            )
        if self.open.any():
            until = _open_until(self.ending, self.as_at)
            done = Bounds(
                pick(self.open, until.earliest, done.earliest),
                pick(self.open, until.latest, done.latest),
            )
        return done

    def days_late(self, places: NDArray[np.int64]) -> Days:
        """Return by how many days at least it was done, or stood open, past due in some places."""
        done = self.stop.earliest.take(places)
        if (open_ := self.open.take(places)).any():
            until = _open_until(self.ending, self.as_at).earliest.take(places)
            done = pick(open_, until, done)
        return done - self.due.latest.take(places)

    @cached_property
    def done_known(self) -> Flags:
        """Return where done has a latest day."""
        return self.done.latest < FAR_FUTURE

    @cached_property
    def reason(self) -> Codes:
        """Return why the verdict is what it is."""
        verdict, due, original_due = self.verdict, self.due, self.original_due
        met, breach = verdict == Verdict.MET, verdict == Verdict.BREACH
        unclear = verdict == Verdict.CANNOT_TELL
        cases: list[tuple[Flags, IntEnum]] = [
            (~self.started, Reason.NOT_STARTED),
            (verdict == Verdict.NOT_APPLICABLE, Reason.ENDED),
            (met & (self.stop.latest > original_due.earliest), Reason.WITHIN_EXTENSION),
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
            cases += [
                (self.stop.is_in(State.UNKNOWN), Reason.NOT_RECORDED),
                (self.stop.is_in(State.CLAIMED), Reason.NOT_EVIDENCED),
                (extension_matters, Reason.EXTENSION_UNCLEAR),
                (self.bounded, Reason.START_NOT_RECORDED),
            ]
        return _first_that_holds(cases, Reason.IMPRECISE_DATE, len(verdict))


@dataclass(frozen=True)
class Source:
    """Where a reading comes from: its rulebook and rule, and the start that it takes."""

    rulebook: Rulebook
    rule: Rule
    start: Start
    calendar: WorkingDays
    decides: bool


def read_clock(
    rulebook: Rulebook, rule: Rule, start: Start, table: Table, calendar: WorkingDays
) -> Reading:
    """Judge one clock from one of its starts."""
    clock = rule.clock
    trigger = table.events[start.trigger]
    stop = table.events[clock.stop]
    began, bounded = clock_start(rulebook, clock, start, table, calendar)
    original_due, due = clock_due(clock, began, table, calendar)
    started = trigger.is_in(State.SEEN, State.CLAIMED, State.INFERRED)
    ending = _ending(clock, table, trigger, stop, began, bounded)
    impossible = _impossible(clock, start, table, trigger, stop)

    not_done = stop.is_in(State.NOT_DONE)
    if ending:
        # What was ended for good needed no answer after that: one that came is not what counts.
        dated = stop.is_in(State.SEEN, State.CLAIMED)
        not_done = not_done | (dated & ending.surely & (stop.earliest > ending.days.latest))
    answered = ~(not_done | stop.is_in(State.UNKNOWN))
    met = answered & (stop.latest <= due.earliest)
    late = answered & (stop.earliest > due.latest)
    cases: list[tuple[Flags, IntEnum]] = [(~started, Verdict.NOT_APPLICABLE)]
    if impossible is not None:
        cases.append((impossible, Verdict.CANNOT_TELL))
    if ending:
        # An answer that may have come before the end, and in time either way, is met.
        in_time = ending.surely & (ending.days.latest <= due.earliest)
        cases.append((in_time & ~(stop.is_in(State.SEEN) & met), Verdict.NOT_APPLICABLE))
        late &= ~ending.perhaps | (ending.days.earliest > due.latest)
    cases += [(met, Verdict.MET), (late, Verdict.BREACH)]
    if not_done.any():
        pending = not_done & (table.as_at <= due.earliest)
        if ending:
            pending &= ~ending.perhaps
        open_until = _open_until(ending, table.as_at)
        cases.append((not_done & (open_until.earliest > due.latest), Verdict.BREACH))
        cases.append((pending, Verdict.PENDING))
    return Reading(
        start=began,
        due=due,
        original_due=original_due,
        stop=stop,
        as_at=table.as_at,
        ending=ending,
        open=not_done,
        bounded=bounded,
        start_not_done=table.events[start.event].is_in(State.NOT_DONE),
        present=_present(rulebook, rule, start, table),
        verdict=_first_that_holds(cases, Verdict.CANNOT_TELL, table.size),
        impossible=impossible,
        started=started,
    )


def _ending(
    clock: Clock, table: Table, trigger: Column, stop: Column, began: Bounds, bounded: Flags
) -> Ending | None:
    # A start that is not on the record may have been cut off by the end.
    set_off = began
    if bounded.any():
        set_off = Bounds(
            pick(bounded, trigger.earliest, began.earliest),
            pick(bounded, trigger.latest, began.latest),
        )
    ended = clock_end(table.ends.get(_stage(clock)), stop, set_off)
    if ended is None:
        return None
    days, perhaps = ended
    # Certain where it came after the clock was set off, and is not itself in doubt.
    surely = perhaps & (days.earliest >= set_off.latest) & (days.latest < FAR_FUTURE)
    return Ending(days, perhaps, surely)


def _open_until(ending: Ending | None, as_at: Days) -> Bounds:
    """Return until when a clock that was not stopped stood open."""
    if ending is None:
        return Bounds(as_at, as_at)
    return Bounds(
        pick(ending.perhaps, np.minimum(ending.days.earliest, as_at), as_at),
        pick(ending.surely, np.minimum(ending.days.latest, as_at), as_at),
    )


def _first_that_holds(cases: Sequence[tuple[Flags, IntEnum]], other: IntEnum, size: int) -> Codes:
    """Return for each row the value of the first case that holds there, otherwise the other."""
    codes = np.full(size, other, dtype=np.int8)
    for flags, value in reversed(cases):
        if flags.any():
            codes = pick_codes(flags, int(value), codes)
    return codes


def _stage(clock: Clock) -> int:
    """Return the stage whose ends concern a clock, from its trigger; 0 for a policy's own."""
    kind = COMMON.find(clock.trigger)
    return kind.stage if kind else 0


def _present(rulebook: Rulebook, rule: Rule, start: Start, table: Table) -> Flags:
    """Return where a reading exists.

    One that is only shown needs its event on the record. Of several that decide, one whose event
    did not happen drops out.
    """
    event = table.events[start.event]
    if not start.decides:
        return event.is_in(State.SEEN)
    if start.unrecorded and not rule.clock.start_stated:
        return ~event.is_in(State.NOT_DONE)
    return np.full(table.size, True)


def _impossible(
    clock: Clock, start: Start, table: Table, trigger: Column, stop: Column
) -> Flags | None:
    """Return where an effect stands before its cause: an answer before what it answers.

    None where that is nowhere so.
    """
    impossible = stop.is_in(State.SEEN) & (stop.latest < trigger.earliest)
    if (claimed := stop.is_in(State.CLAIMED) & (stop.earliest > FAR_PAST)).any():
        impossible |= claimed & (stop.earliest < trigger.earliest)
    if start.unrecorded:
        event = table.events[start.event]
        dated = event.is_in(State.SEEN, State.CLAIMED)
        impossible |= dated & (event.latest < trigger.earliest)
    impossible &= trigger.is_in(State.SEEN)
    return impossible if impossible.any() else None
