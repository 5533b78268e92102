"""How things stood on an earlier day, as far as that is known without judging them again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from msgspec.structs import replace

from timeliness.model.calendars import DAY, FAR_FUTURE
from timeliness.results.year_records import (
    ANSWERED,
    ENDED,
    NO,
    OVERDUE,
    Period,
    Records,
    Rows,
    standings,
)


def still_open(records: Sequence[Records], period: Period) -> Rows:
    """Return the complaints in a period of which something was still open on its last day.

    What had been answered or ended by then was judged then as it is now, and so was what was
    overdue by then and never answered.
    """
    last = period.last.toordinal()
    inside, open_, later = ([np.empty(0, dtype=np.int64)] for _ in range(3))
    for one in records:
        inside.append(one.rows[period.lies(one.begun) > NO])
        masks = standings(one)
        goes_on = (one.done.latest > last) | (masks & ~ANSWERED > 0)
        goes_on &= (masks != OVERDUE) | (one.due.latest >= last)
        goes_on &= (masks & ~ENDED > 0) | (one.ended_by > last)
        open_.append(one.rows[goes_on & (one.as_at > last)])
        if one.stage == 1:
            later.append(one.rows[(one.begun.earliest > last) & (one.episodes == 1)])
    found: Rows = np.intersect1d(np.concatenate(inside), np.concatenate(open_))
    return np.setdiff1d(found, np.concatenate(later))


def as_they_were(records: Sequence[Records], again: Rows, period: Period) -> Iterator[Records]:
    """Return the records that stood on the last day of a period as they do now.

    Those of `again` are judged again, and what began later had not begun.
    """
    last = period.last.toordinal()
    for one in records:
        kept = np.flatnonzero(~np.isin(one.rows, again) & (one.begun.earliest <= last))
        if len(kept):
            own = one.take(kept)
            asked = np.where(own.escalated <= last, own.escalated, FAR_FUTURE).astype(DAY)
            yield replace(own, escalated=asked)
