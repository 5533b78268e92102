"""How long something took or is overdue, in the unit of its limit: parts of a sentence."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from timeliness.model.calendars import HOURS, Limit, WorkingDays, unit_of
from timeliness.model.dates import Span
from timeliness.model.findings import Reading
from timeliness.model.plain import number, unit_noun
from timeliness.model.ranges import Range


def time_taken(readings: Sequence[Reading]) -> str:
    """Return the time from start to stop over some readings: ", 9 working days after receipt".

    It is nothing where it has no end, and calendar days where the limit counts every day.
    """
    first = readings[0]
    unit = first.rule.clock.limit.unit
    noun = unit_noun(unit) if unit in ("working_days", HOURS) else "calendar day"
    ranges = [_time_of(one, unit) for one in readings]
    if any(one is None for one in ranges):
        return ""
    least = min(one.least for one in ranges if one)
    mosts = [one.most for one in ranges if one]
    if None in mosts:
        return ""
    most = max(one for one in mosts if one is not None)
    days = number(Range(least, most), noun)
    if len(readings) == 1:
        return f", {days} after {first.began.clause}"
    return f", {days} from the start"


def if_not_done(due: Span | None, limit: Limit, as_at: date, calendar: WorkingDays) -> str:
    """Return how long something is overdue if it was not done, where it is due on one day."""
    if not due or not due.exact or not due.earliest:
        return ""
    if limit.unit == HOURS:
        return ""
    late = calendar.past(due.earliest, as_at, limit.unit)
    return f"; if not, it is overdue by {number(late, unit_of(limit))}" if late else ""


def _time_of(reading: Reading, unit: str) -> Range | None:
    """Return the working days or hours that passed from start to stop, or else the days."""
    if unit in ("working_days", HOURS):
        return reading.hours if unit == HOURS else reading.working_days
    start, done = reading.start, reading.done
    if not (start and start.latest and done and done.earliest):
        return None
    most = (done.latest - start.earliest).days if done.latest and start.earliest else None
    return Range(max((done.earliest - start.latest).days, 0), most)
