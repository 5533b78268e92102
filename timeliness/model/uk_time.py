"""The time of day in the United Kingdom, on columns: local days and minutes to minutes of UTC.

Summer time runs from 01:00 UTC on the last Sunday of March to 01:00 UTC on the last Sunday of
October: the Summer Time Order 2002 (SI 2002/262); the same days from 1998 to 2001.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import numpy as np
from numpy.typing import NDArray

from timeliness.model.calendars import COVERED_YEARS, DAY, Days

Minutes = NDArray[np.int64]
"""A column of minutes of UTC since the day before 1 January of year 1."""

DAY_LONG = 24 * 60
_HOUR = 60


def _last_sunday(year: int, month: int) -> int:
    last = date(year, month, 31)
    return (last - timedelta((last.weekday() + 1) % 7)).toordinal()


_CHANGES: Days = np.array(
    [_last_sunday(year, month) for year in COVERED_YEARS for month in (3, 10)], dtype=DAY
)
"""The days on which the clocks change: forward, back, forward ..."""


def utc_minutes(days: Days, minutes: Days, *, least: bool) -> Minutes:
    """Return the minutes of UTC of a local time; the first or the last of two that it may be.

    The hour from 01:00 happens twice when the clocks go back. When they go forward it never does,
    and is read as either of the two that it can stand for.
    """
    before = np.searchsorted(_CHANGES, days, side="right")
    summer = before % 2 == 1
    changing = _CHANGES.take(np.maximum(before - 1, 0)) == days
    early, unclear = minutes < _HOUR, (minutes >= _HOUR) & (minutes < 2 * _HOUR)
    ahead = np.where(changing & early, ~summer, summer)
    ahead = np.where(changing & unclear, least, ahead)
    local = days.astype(np.int64) * DAY_LONG + minutes
    utc: Minutes = local - _HOUR * ahead
    return utc


def in_utc(at: datetime) -> datetime:
    """Return a local moment in UTC, the first of two that it may be."""
    day = np.array([at.toordinal()], dtype=DAY)
    minute = np.array([at.hour * 60 + at.minute], dtype=DAY)
    days, rest = divmod(int(utc_minutes(day, minute, least=True)[0]), DAY_LONG)
    return datetime.combine(date.fromordinal(days), time(*divmod(rest, 60)))


def local_time(utc: Minutes) -> tuple[Days, Days]:
    """Return the local day and the minute of that day."""
    days = utc // DAY_LONG
    changed = _CHANGES.astype(np.int64) * DAY_LONG + _HOUR
    summer = np.searchsorted(changed, utc, side="right") % 2 == 1
    local = utc + _HOUR * summer
    days = local // DAY_LONG
    return days.astype(DAY), (local - days * DAY_LONG).astype(DAY)
