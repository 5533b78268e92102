"""One stage of many complaints as a check found it, and the ways in which each may stand."""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np
from msgspec import Struct
from msgspec.structs import replace
from numpy.typing import NDArray

from timeliness.judge.columns import Bounds, Codes, Flags
from timeliness.judge.verdicts import Verdict
from timeliness.model.calendars import FAR_FUTURE, FAR_PAST, Days
from timeliness.model.verdict_words import REASONS

Masks = NDArray[np.int64]
Rows = NDArray[np.int64]

RESPONSES = {"stage-1-response": 1, "stage-2-response": 2}
ACKNOWLEDGEMENTS = {"acknowledge-complaint": 1, "acknowledge-escalation": 2}
"""The rules that the figures of a year are made of, and their stages."""

IN_TIME, EXTENDED, LATE, OVERDUE = 1, 2, 4, 8
NOT_DUE, NOT_DUE_EXTENDED, WITHDRAWN, REFUSED = 16, 32, 64, 128
"""How a stage may stand: each a bit, of which a mask holds those that are possible.

`NOT_DUE_EXTENDED` is open, and past the day on which it was due without its extension.
"""
ANSWERED = IN_TIME | EXTENDED | LATE
OPEN_NOT_DUE = NOT_DUE | NOT_DUE_EXTENDED
ENDED = WITHDRAWN | REFUSED

ACK_NONE, ACK_IN_TIME, ACK_LATE, ACK_NOT_DUE, ACK_ENDED, ACK_UNDECIDED = range(6)
"""How an acknowledgement stands; none where no rule asks for one."""
ACKNOWLEDGED: dict[int, int] = {
    Verdict.MET: ACK_IN_TIME,
    Verdict.BREACH: ACK_LATE,
    Verdict.PENDING: ACK_NOT_DUE,
    Verdict.NOT_APPLICABLE: ACK_ENDED,
    Verdict.CANNOT_TELL: ACK_UNDECIDED,
}
OUTCOME_CODES = {"": 0, "upheld": 1, "partly upheld": 2, "not upheld": 3}

NO, PERHAPS, SURE = range(3)
"""Whether something lies in the year."""
FROM_START, FROM_RECEIPT = "start", "receipt"
"""From when working days are counted: the start of the clock, or receipt (or the request)."""
NONE = -1


CLASSES = {
    "in-time": IN_TIME,
    "in-time-extended": EXTENDED,
    "late": LATE,
    "overdue": OVERDUE,
    "not-due": OPEN_NOT_DUE,
    "withdrawn": WITHDRAWN,
    "refused": REFUSED,
}
"""What becomes of a complaint, each with the standings that it means."""
UNDECIDED = "undecided"


def class_of(mask: int) -> str:
    """Return what became of complaints that stand in one of several ways."""
    return next((name for name, own in CLASSES.items() if mask & ~own == 0), UNDECIDED)


IN_TIME_EITHER_WAY = "in-time-either-way"
MAY_BE_ANSWERED = "may-be-answered"
PERHAPS_ENDED = "perhaps-ended"
"""Why it is not known what became of a stage on which a verdict is no doubt."""
CAUSES = ("", *REASONS, IN_TIME_EITHER_WAY, MAY_BE_ANSWERED, PERHAPS_ENDED)
"""Why it is not known what became of a stage, by code."""
CAUSE_CODES = {name: code for code, name in enumerate(CAUSES)}


class Period(Struct, frozen=True):
    """The time of which the figures are: first and last day, and what it is called."""

    first: date
    last: date
    name: str

    @property
    def year_before(self) -> Period:
        """Return the same time a year earlier."""
        first, last = (_year_before(day) for day in (self.first, self.last))
        return Period(first, last, period_name(first, last))

    def lies(self, days: Bounds) -> Codes:
        """Return whether days lie in it: no, perhaps, or sure."""
        first, last = self.first.toordinal(), self.last.toordinal()
        sure = (days.earliest >= first) & (days.latest <= last)
        perhaps = (days.latest >= first) & (days.earliest <= last)
        return np.where(sure, SURE, np.where(perhaps, PERHAPS, NO)).astype(np.int8)


def _year_before(day: date) -> date:
    """Return the same day a year earlier; 28 February for the 29th."""
    if (day.month, day.day) == (2, 29):
        return date(day.year - 1, 2, 28)
    last_of_february = (day.month, day.day) == (2, 28) and _is_leap(day.year - 1)
    return date(day.year - 1, 2, 29) if last_of_february else day.replace(year=day.year - 1)


def _is_leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def period_name(first: date, last: date) -> str:
    """Return what a time is called: 2025/26, or its first and last day."""
    whole = (first.month, first.day, last.month, last.day) == (4, 1, 3, 31)
    if whole and last.year == first.year + 1:
        return f"{first.year}/{last.year % 100:02}"
    return f"{first.isoformat()} to {last.isoformat()}"


class Records(Struct, frozen=True):
    """One stage of some complaints as of one day, in columns.

    `rows` says which complaint each is of, and `episodes` which course of the stage. `reason` is
    that of the verdict, by its place among the `CAUSES`. `begun` is
    receipt, or the request to escalate. `original` is `due` without extensions. `done` is the
    answer: from the far past to the far future where there is no day of one. `unknown` marks where
    the record does not say whether it was answered, and `ended` where it was withdrawn or refused,
    `ended_by` the last day on which that may have been (the far future where it was not), and
    `perhaps_ended` where that may have been after the day of the check.
    Working days are `NONE` where they are not known exactly. `escalated` is the
    day of the request to escalate that followed, in the far future where there was none. `tenures`
    and `groups` are codes.
    """

    stage: int
    rows: Rows
    episodes: Codes
    as_at: Days
    verdict: Codes
    reason: Codes
    begun: Bounds
    due: Bounds
    original: Bounds
    done: Bounds
    unknown: Flags
    ended: NDArray[np.int16]
    ended_by: Days
    perhaps_ended: Flags
    from_start: Days
    from_receipt: Days
    acknowledged: Codes
    escalated: Days
    outcomes: NDArray[Any]
    tenures: NDArray[Any]
    groups: NDArray[np.int64]

    def take(self, places: Rows) -> Records:
        """Return some of them."""
        names = [name for name in self.__struct_fields__ if name != "stage"]
        return replace(self, **{name: getattr(self, name).take(places) for name in names})

    @property
    def over(self) -> Days:
        """Return the last day on which each may have been answered."""
        return self.done.latest


def standings(records: Records) -> Masks:
    """Return the ways in which each may stand, as a mask of one or more."""
    r, verdict = records, records.verdict
    dated = r.done.earliest > FAR_PAST
    extension = (r.due.latest > r.original.latest) | (r.due.earliest > r.original.earliest)
    within = r.done.earliest <= r.original.latest
    beyond = extension & (r.done.latest > r.original.earliest)
    ended = (r.ended > 0) & ~r.perhaps_ended
    as_ended = np.where(r.ended == WITHDRAWN, WITHDRAWN, REFUSED)
    met = _mask((IN_TIME, within | ~dated), (EXTENDED, beyond & dated))
    not_due = _mask(
        (NOT_DUE, r.as_at <= r.original.latest),
        (NOT_DUE_EXTENDED, extension & (r.as_at > r.original.earliest)),
    )
    late = np.where(dated, LATE, OVERDUE)
    open_ = _open(r, not_due)
    pending = np.where(not_due > 0, not_due, NOT_DUE) | np.where(r.unknown, IN_TIME, 0)
    undecided = _undecided(r, met, open_)
    found = np.select(
        [
            verdict == Verdict.MET,
            ended,
            (r.ended > 0) & r.perhaps_ended,
            verdict == Verdict.PENDING,
            verdict == Verdict.BREACH,
        ],
        [np.where(met > 0, met, IN_TIME), as_ended, open_ | as_ended, pending, late],
        undecided,
    )
    return found.astype(np.int64)


def causes(records: Records, masks: Masks) -> Codes:
    """Return why it is not known what became of each, by its place among the `CAUSES`; or 0."""
    r = records
    found = np.select(
        [
            r.verdict == Verdict.MET,
            (r.ended > 0) & r.perhaps_ended,
            r.verdict == Verdict.PENDING,
        ],
        [CAUSE_CODES[one] for one in (IN_TIME_EITHER_WAY, PERHAPS_ENDED, MAY_BE_ANSWERED)],
        r.reason,
    )
    return np.where(_UNDECIDED.take(masks), found, 0).astype(np.int8)


_UNDECIDED = np.array([class_of(mask) == UNDECIDED for mask in range(256)])


def _open(r: Records, not_due: Masks) -> Masks:
    """Return how each may stand that is open."""
    past, before = r.as_at > r.due.earliest, r.as_at <= r.due.latest
    found = np.where(past, OVERDUE, 0) | np.where(before, not_due, 0)
    return np.where(found > 0, found, OVERDUE)


def _undecided(r: Records, met: Masks, open_: Masks) -> Masks:
    """Return how each may stand of which nobody can tell."""
    answered = r.done.latest < FAR_FUTURE
    may_be = r.unknown | (r.done.earliest > FAR_PAST)
    in_time = np.where(met > 0, met, IN_TIME)
    perhaps = open_ | in_time | np.where(r.as_at > r.due.earliest, LATE, 0)
    found: Masks = np.where(answered, in_time | LATE, np.where(may_be, perhaps, open_))
    return found


def _mask(*bits: tuple[int, Flags]) -> Masks:
    found: Masks = sum(
        (np.where(flags, bit, 0) for bit, flags in bits), start=np.zeros(1, dtype=np.int64)
    )
    return found


def lies_in(records: Records, masks: Masks, period: Period) -> tuple[Codes, Codes]:
    """Return whether each was received, and whether it was answered, in a time."""
    answered = period.lies(records.done)
    answered = np.where(masks & ANSWERED == 0, NO, answered)
    unsure = (masks & ~ANSWERED != 0) & (answered == SURE)
    answered = np.where(unsure, PERHAPS, answered).astype(np.int8)
    return period.lies(records.begun), answered
