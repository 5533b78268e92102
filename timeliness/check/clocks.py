"""The arithmetic of clocks, on columns: spans of dates in, a span, a verdict and a reason out.

Every clock is monotone in each of its dates, so the two corners (all dates at their earliest, all
at their latest) decide exactly.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from timeliness.calendars import FAR_FUTURE, WorkingDays
from timeliness.check.bounds import Bounds, Flags, clock_due, clock_end, clock_start
from timeliness.check.columns import Column, State, Table
from timeliness.rulebooks import Clock, Rule, Rulebook, Start
from timeliness.vocabulary import COMMON

Codes = NDArray[np.int8]


class Verdict(IntEnum):
    """What a clock comes to."""

    MET = 0
    BREACH = 1
    PENDING = 2
    CANNOT_TELL = 3
    NOT_APPLICABLE = 4


class Reason(IntEnum):
    """Why; the closed list of docs/verdicts.md."""

    IN_TIME = 0
    WITHIN_EXTENSION = 1
    LATE = 2
    OVERDUE = 3
    NOT_YET_DUE = 4
    NOT_RECORDED = 5
    NOT_EVIDENCED = 6
    START_NOT_RECORDED = 7
    IMPRECISE_DATE = 8
    EXTENSION_UNCLEAR = 9
    IMPOSSIBLE_ORDER = 10
    READINGS_DIFFER = 11
    EDITION_UNCLEAR = 12
    ENDED = 13
    NOT_STARTED = 14
    NO_RULE = 15


@dataclass(frozen=True)
class Reading:
    """One way to read a clock, for many complaints.

    `present` says where the reading exists. `due` is with extensions, `original_due` without.
    `open` marks where the stop had not happened; there `done` is the as-at date, or the day on
    which the clock was ended. `ended` is that day, in the far future where there is none.
    `done_known` says where done has a latest day.
    """

    start: Bounds
    due: Bounds
    original_due: Bounds
    done: Bounds
    ended: Bounds
    open: Flags
    done_known: Flags
    bounded: Flags
    start_not_done: Flags
    present: Flags
    verdict: Codes
    reason: Codes


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

    # A start that is not on the record may have been cut off by the end.
    set_off = Bounds(
        np.where(bounded, trigger.earliest, began.earliest),
        np.where(bounded, trigger.latest, began.latest),
    )
    started = trigger.is_in(State.SEEN, State.CLAIMED, State.INFERRED)
    end, may_end = clock_end(table.ends.get(_stage(clock)), stop, set_off, table.size)
    # Certain where it came after the clock was set off, and is not itself in doubt.
    surely_ends = may_end & (end.earliest >= set_off.latest) & (end.latest < FAR_FUTURE)
    # What was ended for good needed no answer after that: one that came is not what counts.
    dated = stop.is_in(State.SEEN, State.CLAIMED)
    ended_first = dated & surely_ends & (stop.earliest > end.latest)
    not_done = stop.is_in(State.NOT_DONE) | ended_first
    unknown = stop.is_in(State.UNKNOWN)
    open_until = Bounds(
        np.where(may_end, np.minimum(end.earliest, table.as_at), table.as_at),
        np.where(surely_ends, np.minimum(end.latest, table.as_at), table.as_at),
    )
    done = Bounds(
        np.where(not_done, open_until.earliest, np.where(unknown, began.earliest, stop.earliest)),
        np.where(not_done, open_until.latest, np.where(unknown, FAR_FUTURE, stop.latest)),
    )
    impossible = _impossible(clock, start, table, trigger, stop)

    met = ~not_done & (done.latest <= due.earliest)
    late = ~not_done & (done.earliest > due.latest) & (~may_end | (end.earliest > due.latest))
    overdue = not_done & (open_until.earliest > due.latest)
    pending = not_done & ~may_end & (table.as_at <= due.earliest)
    # An answer that may have come before the end, and in time either way, is met.
    ended_in_time = surely_ends & (end.latest <= due.earliest)
    ended_in_time &= ~(stop.is_in(State.SEEN) & met)

    verdict = _first_that_holds(
        [
            (~started, Verdict.NOT_APPLICABLE),
            (impossible, Verdict.CANNOT_TELL),
            (ended_in_time, Verdict.NOT_APPLICABLE),
            (met, Verdict.MET),
            (late | overdue, Verdict.BREACH),
            (pending, Verdict.PENDING),
        ],
        Verdict.CANNOT_TELL,
        table.size,
    )
    claimed = stop.is_in(State.CLAIMED)
    # An extension is what leaves it open where it may not count, or may reach so far or not.
    exact_start = began.earliest == began.latest
    extension_matters = (due.latest > original_due.latest) & (
        (due.earliest == original_due.earliest) | (exact_start & (due.earliest < due.latest))
    )
    reason = _first_that_holds(
        [
            (~started, Reason.NOT_STARTED),
            (impossible, Reason.IMPOSSIBLE_ORDER),
            (ended_in_time, Reason.ENDED),
            (met & (done.latest > original_due.earliest), Reason.WITHIN_EXTENSION),
            (met, Reason.IN_TIME),
            (late, Reason.LATE),
            (overdue, Reason.OVERDUE),
            (pending, Reason.NOT_YET_DUE),
            (unknown, Reason.NOT_RECORDED),
            (claimed, Reason.NOT_EVIDENCED),
            (extension_matters, Reason.EXTENSION_UNCLEAR),
            (bounded, Reason.START_NOT_RECORDED),
        ],
        Reason.IMPRECISE_DATE,
        table.size,
    )
    return Reading(
        start=began,
        due=due,
        original_due=original_due,
        done=done,
        open=not_done,
        ended=end,
        done_known=done.latest < FAR_FUTURE,
        bounded=bounded,
        start_not_done=table.events[start.event].is_in(State.NOT_DONE),
        present=_present(rulebook, rule, start, table),
        verdict=verdict,
        reason=reason,
    )


def _first_that_holds(cases: Sequence[tuple[Flags, IntEnum]], other: IntEnum, size: int) -> Codes:
    """Return for each row the value of the first case that holds there, otherwise the other."""
    codes = np.full(size, other, dtype=np.int8)
    for flags, value in reversed(cases):
        np.putmask(codes, flags, value)
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


def _impossible(clock: Clock, start: Start, table: Table, trigger: Column, stop: Column) -> Flags:
    """Return where an effect stands before its cause: an answer before what it answers."""
    dated = (State.SEEN, State.CLAIMED)
    known = trigger.is_in(State.SEEN)
    impossible = known & stop.is_in(State.SEEN) & (stop.latest < trigger.earliest)
    impossible |= known & stop.is_in(State.CLAIMED) & (stop.earliest < trigger.earliest)
    if start.unrecorded:
        event = table.events[start.event]
        impossible |= known & event.is_in(*dated) & (event.latest < trigger.earliest)
    return impossible


# Several readings -----------------------------------------------------------------------------


@dataclass(frozen=True)
class Joined:
    """The verdict over the readings that decide, for many complaints."""

    present: Flags
    verdict: Codes
    reason: Codes


def join(readings: Sequence[tuple[Source, Reading]], size: int) -> Joined:
    """Join the readings that decide: where they agree their verdict, otherwise cannot tell."""
    deciding = [(source, reading) for source, reading in readings if source.decides]
    verdict = np.full(size, Verdict.NOT_APPLICABLE, dtype=np.int8)
    reason = np.full(size, Reason.NO_RULE, dtype=np.int8)
    joined = np.full(size, False)
    parts = len({source.rulebook.id for source, _ in deciding}) > 1
    differ = np.int8(Reason.EDITION_UNCLEAR if parts else Reason.READINGS_DIFFER)
    for _, reading in deciding:
        first = reading.present & ~joined
        again = reading.present & joined
        clash = again & (reading.verdict != verdict)
        other_reason = again & ~clash & (reading.reason != reason)
        verdict = np.where(first, reading.verdict, verdict)
        reason = np.where(first, reading.reason, reason)
        verdict = np.where(clash, np.int8(Verdict.CANNOT_TELL), verdict)
        reason = np.where(clash, differ, reason)
        # The same verdict for two reasons: the weightier one (in time, but for the extension).
        reason = np.where(other_reason, np.maximum(reason, reading.reason), reason)
        joined |= reading.present
    return Joined(joined, verdict.astype(np.int8), reason.astype(np.int8))
