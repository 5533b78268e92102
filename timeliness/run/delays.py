"""Which breaches may be among the longest delays of a run: only those are measured for it."""

from __future__ import annotations

from collections.abc import Iterator
from heapq import nlargest

import numpy as np

from timeliness.judge.judged import JudgedRule
from timeliness.judge.measuring import Measured, measure
from timeliness.model.calendars import Days
from timeliness.results.tally import MOST_DELAYS, Tally
from timeliness.tables.complaints import Complaints, Rows


class Delays:
    """The longest delays so far, in days: those still open apart from those that are over."""

    def __init__(self, tally: Tally, complaints: Complaints) -> None:
        self.complaints = complaints
        self.longest: dict[bool, list[int]] = {
            True: [flat.days_late[0] or 0 for flat in tally.delays_open],
            False: [flat.days_late[0] or 0 for flat in tally.delays_over],
        }

    def among(self, one: JudgedRule, places: Rows) -> Iterator[Measured]:
        """Yield, of the breaches of a rule in some places, those that may be among them."""
        owed = one.is_owed(places)
        for still, own in ((True, places[owed]), (False, places[~owed])):
            if len(chosen := self._latest(one, own, self.longest[still])):
                yield measure(one, chosen)

    def _latest(self, one: JudgedRule, places: Rows, longest: list[int]) -> Rows:
        """Return the places, of some, of the longest delays; `longest` are those so far."""
        late = one.days_late(places)
        longest[:] = nlargest(MOST_DELAYS, [*longest, *_largest(late)])
        least = longest[-1] if len(longest) == MOST_DELAYS else 0
        places, late = places[late >= least], late[late >= least]
        if len(places) > MOST_DELAYS:
            # Equally late: those whose references come first, wherever their rows stand.
            references = self.complaints.references.gather(one.rows[places]).to_list()
            ranked = sorted(zip((-late).tolist(), references, range(len(places)), strict=True))
            places = np.sort(places[[place for _, _, place in ranked[:MOST_DELAYS]]])
        return places


def _largest(numbers: Days) -> list[int]:
    """Return the largest of some numbers, as many as are kept of the longest delays."""
    few = len(numbers) <= MOST_DELAYS
    kept = numbers if few else np.partition(numbers, -MOST_DELAYS)[-MOST_DELAYS:]
    return [int(number) for number in kept]
