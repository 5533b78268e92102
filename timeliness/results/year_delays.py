"""The answers of a year that came latest after the day on which they were due."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from msgspec import Struct

from timeliness.results.year_records import LATE, SURE, Masks, Period, Records, lies_in

MOST_LATE = 5
"""As many of the answers that came latest are kept."""

Who = Callable[[int], tuple[str, str, str, int]]
"""Says of a row its complaint, landlord, path and line."""


class LateAnswer(Struct, frozen=True, order=True):
    """An answer that came late: by how many days at least, and of which complaint.

    `due` and `done` are the first and last day of each, as ordinals. They are in order, the latest
    first.
    """

    before: int
    complaint: str
    landlord: str
    path: str
    line: int
    stage: int
    due: tuple[int, int]
    done: tuple[int, int]

    @property
    def days(self) -> int:
        """Return by how many days it came late, at least."""
        return -self.before


def latest(
    known: list[LateAnswer], records: Records, masks: Masks, period: Period, who: Who
) -> list[LateAnswer]:
    """Return the latest answers of a period, of those that are known and some records."""
    answered = lies_in(records, masks, period)[1]
    late = np.flatnonzero((masks == LATE) & (answered == SURE))
    days = (records.done.earliest - records.due.latest).take(late)
    if len(late) > MOST_LATE:
        kept = np.flatnonzero(days >= np.partition(days, -MOST_LATE)[-MOST_LATE])
        late, days = late[kept], days[kept]
    found = [
        LateAnswer(
            -number,
            *who(int(records.rows[place])),
            records.stage,
            (int(records.due.earliest[place]), int(records.due.latest[place])),
            (int(records.done.earliest[place]), int(records.done.latest[place])),
        )
        for place, number in zip(late.tolist(), days.tolist(), strict=True)
    ]
    return sorted([*known, *found])[:MOST_LATE]
