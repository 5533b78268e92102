"""What is found of the record of complaints that have dates and nothing else.

It is what `record` finds of each complaint as a timeline, but for what that says.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from timeliness.judge.columns import Bounds, Flags
from timeliness.judge.duties.rows import RowDates, Told, unknown
from timeliness.judge.verdicts import Reason, Verdict
from timeliness.model.vocabulary import ORDERS


def record_rows(dates: RowDates) -> Iterator[tuple[str, Told]]:
    """Yield what is to be said of the record: its rule id and where it is so, event by event."""
    for one in dates.recorded.values():
        later = one.given & ~one.unread & (one.days.earliest > dates.as_at)
        if later.any():
            yield "event-after-as-at", _told(later, one.days, Reason.AFTER_AS_AT)
    for one in dates.recorded.values():
        if one.unread.any():
            yield "not-evidenced", _told(one.unread, unknown(dates.size), Reason.NOT_EVIDENCED)
    for cause, effect in ORDERS:
        if cause in dates.recorded and effect in dates.recorded:
            before, after = dates.days(cause), dates.days(effect)
            clash = after.latest < before.earliest
            if clash.any() and (clash := clash & dates.seen(cause) & dates.seen(effect)).any():
                yield "impossible-order", _told(clash, after, Reason.IMPOSSIBLE_ORDER)


def _told(flags: Flags, days: Bounds, why: Reason) -> Told:
    places = np.flatnonzero(flags)
    none = unknown(len(places))
    return Told(
        places,
        np.full(len(places), Verdict.CANNOT_TELL, dtype=np.int8),
        np.full(len(places), why, dtype=np.int8),
        days.take(places),
        none,
        none,
    )
