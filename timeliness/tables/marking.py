"""Which complaints of a table are checked by their lists of events, and which are yet to come.

The clocks read columns. Where more is recorded than dates, or their order is in doubt, the list of
events decides.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from timeliness.model.calendars import Days
from timeliness.model.vocabulary import ENDS, RECEIVED, REOPENED, STAGE_RESPONSES, Kind
from timeliness.tables.complaints import Dated, Flags
from timeliness.tables.landlords import is_of_clocks, stands_unread


def beyond_dates(events: Mapping[str, Dated], kinds: Mapping[str, Kind], size: int) -> Flags:
    """Return where the events say more than the clocks read of their dates."""
    marked = np.zeros(size, dtype=np.bool_)
    for name, event in events.items():
        kind = kinds[name]
        if not is_of_clocks(kind):
            marked |= event.given
            if event.bad is not None and stands_unread(kind):
                marked |= event.bad
    first, second = events.get("stage 1 response"), events.get("stage 2 response")
    if first and second:
        # Answered out of turn, perhaps: that is for the list of events to tell.
        answered = first.given & (first.latest <= second.earliest)
        if first.unsaid is not None:
            answered |= first.unsaid
        marked |= second.given & ~answered
    return marked | _ended_in_doubt(events, size)


def yet_to_come(events: Mapping[str, Dated], as_at: Days) -> Flags:
    """Return where the complaint had not been received by the day of the check."""
    received = events.get(RECEIVED)
    if received is None:
        return np.zeros(len(as_at), dtype=np.bool_)
    return (received.earliest > as_at) & received.given


def _ended_in_doubt(events: Mapping[str, Dated], size: int) -> Flags:
    """Return where an end may belong to either of two episodes.

    It does where something else is dated on its day or later (but for a closing, an answer on its
    day: the complaint was closed with it), before anything was asked for,
    where its day is not exact, where it was reopened, and where anything came before the request.
    """
    marked = np.zeros(size, dtype=np.bool_)
    dated = [(name, event) for name, event in events.items() if name not in ENDS]
    for name in ENDS & events.keys():
        end = events[name]
        exact = end.earliest == end.latest
        doubt = ~exact if end.bad is None else ~exact | end.bad
        received = events.get(RECEIVED)
        if received is not None:
            doubt |= received.given & (end.latest < received.latest)
        for other_name, other in dated:
            # Closed on the day of the answer, it was closed with it.
            with_it = name == "complaint closed" and other_name in STAGE_RESPONSES.values()
            after = other.latest > end.earliest if with_it else other.latest >= end.earliest
            doubt |= other.given & after
            if received is not None:
                doubt |= received.given & (other.latest < received.earliest)
        if (reopened := events.get(REOPENED)) is not None:
            doubt |= reopened.given if reopened.bad is None else reopened.given | reopened.bad
        marked |= doubt & (end.given if end.bad is None else end.given | end.bad)
    return marked
