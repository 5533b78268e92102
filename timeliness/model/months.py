"""Calendar months on columns of days, each a proleptic Gregorian ordinal."""

from __future__ import annotations

from datetime import date

import numpy as np
from numpy.typing import NDArray

Days = NDArray[np.int32]


_EPOCH = date(1970, 1, 1).toordinal()
_LAST = date.max.toordinal() - 36_500


def _split_month(day: Days) -> tuple[NDArray[np.datetime64], Days]:
    """Return the month of each day, and the days since its first."""
    days = (np.clip(day, 1, _LAST) - _EPOCH).astype("datetime64[D]")
    month = days.astype("datetime64[M]")
    return month, (days - month.astype("datetime64[D]")).astype(np.int32)


def add_months(start: Days, months: int | Days) -> Days:
    """Add calendar months; a day that the month lacks becomes the month's last day."""
    month, since_first = _split_month(start)
    target = month + np.asarray(months).astype("timedelta64[M]")
    first: Days = target.astype("datetime64[D]").astype(np.int32)
    length = (target + np.timedelta64(1, "M")).astype("datetime64[D]").astype(np.int32) - first
    due: Days = first + np.minimum(since_first, length - 1) + _EPOCH
    return due


def whole_months(due: Days, done: Days) -> Days:
    """Return the whole calendar months from due to done."""
    months: Days = (_split_month(done)[0] - _split_month(due)[0]).astype(np.int32)
    return months - (add_months(due, months) > done)
