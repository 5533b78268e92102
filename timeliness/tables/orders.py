"""Which complaints of a table have dates in an impossible order."""

from __future__ import annotations

import numpy as np

from timeliness.judge.columns import Bounds
from timeliness.judge.milestones import ordinals
from timeliness.judge.orders import out_of_order
from timeliness.model.calendars import DAY, FAR_FUTURE
from timeliness.model.vocabulary import ORDERS
from timeliness.tables.complaints import Complaints, Flags


def rows_out_of_order(complaints: Complaints) -> Flags:
    """Return in which rows an effect is dated before its cause."""
    events = _first_seen(complaints) if complaints.rows_of_events else complaints.events
    return out_of_order(events, complaints.as_at)


def _first_seen(complaints: Complaints) -> dict[str, Bounds]:
    """Return when each event was first seen, of a table in which each row is one event."""
    days = {
        name: np.full((2, complaints.size), FAR_FUTURE, dtype=DAY)
        for name in dict.fromkeys(name for pair in ORDERS for name in pair)
    }
    for row in range(complaints.size):
        as_at = int(complaints.as_at[row])
        for event in complaints.timeline(row).events:
            if event.name in days and event.when and event.evidence == "seen":
                span = ordinals(event.when)
                first = days[event.name][:, row]
                if span[0] <= as_at and span < (int(first[0]), int(first[1])):
                    first[:] = span
    return {name: Bounds(earliest, latest) for name, (earliest, latest) in days.items()}
