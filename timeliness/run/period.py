"""Which complaints were received in the time that is asked for: the others are counted apart.

A complaint is left out only where every day of receipt that it may have lies outside that time.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from timeliness.judge.milestones import counts_as
from timeliness.model.calendars import FAR_FUTURE, FAR_PAST
from timeliness.model.timelines import Timeline
from timeliness.model.vocabulary import RECEIVED
from timeliness.results.period import ReceivedIn
from timeliness.results.tally import Tally

if TYPE_CHECKING:
    # The rows of tables take polars, for which a run without a table does not pay.
    from timeliness.tables.complaints import Complaints

NO, PERHAPS, SURE = range(3)
"""Whether a complaint was received in a time."""


def among_timelines(timelines: Sequence[Timeline], tally: Tally) -> list[Timeline]:
    """Return the timelines that were received in the time that is asked for; count the others."""
    period = tally.period
    if period is None:
        return list(timelines)
    kept = []
    for one in timelines:
        how = _lies(one, period)
        period.unsure += how == PERHAPS
        if how == NO:
            period.leave_out(one.landlord, one.complaint)
            tally.read += 1
            tally.rows_left_out += 1
        else:
            kept.append(one)
    return kept


def among_rows(complaints: Complaints, tally: Tally) -> Complaints:
    """Return the complaints of a table that were received in that time; count the others."""
    period = tally.period
    if period is None:
        return complaints
    found = _lie(complaints, period)
    out = np.flatnonzero(found == NO)
    period.unsure += int(np.count_nonzero(found == PERHAPS))
    for row in out.tolist():
        landlord, reference = complaints.landlords.of(row), complaints.references[row]
        period.leave_out(landlord, reference)
        tally.rows_left_out += len(complaints.places_of(row))
    return complaints.take(np.flatnonzero(found != NO)) if len(out) else complaints


def _lies(timeline: Timeline, period: ReceivedIn) -> int:
    """Return whether a timeline was received in a time; of several receipts any one counts."""
    spans = [
        event.when.span for event in timeline.events if event.when and RECEIVED in counts_as(event)
    ]
    if not spans:
        # It was received no later than anything else that happened.
        ends = [one.when.span.latest for one in timeline.events if one.when]
        before = any(end and end < period.first for end in ends)
        return NO if before else PERHAPS
    first, last = period.first, period.last
    within = [
        ((one.earliest or date.min) >= first) + ((one.latest or date.max) <= last)
        for one in spans
        if (one.latest or date.max) >= first and (one.earliest or date.min) <= last
    ]
    return NO if not within else SURE if max(within) == SURE else PERHAPS


def _lie(complaints: Complaints, period: ReceivedIn) -> NDArray[np.int8]:
    """Return whether each complaint of a table was received in a time."""
    first, last = period.first.toordinal(), period.last.toordinal()
    size = complaints.size
    dated = complaints.events.get(RECEIVED)
    earliest = np.full(size, FAR_FUTURE) if dated is None else dated.earliest
    latest = earliest if dated is None else dated.latest
    known = earliest < FAR_FUTURE
    end = np.full(size, FAR_FUTURE)
    for other in complaints.events.values():
        end = np.minimum(end, other.latest)
    earliest = np.where(known, earliest, FAR_PAST)
    latest = np.where(known, latest, end)
    sure = (earliest >= first) & (latest <= last)
    perhaps = (latest >= first) & (earliest <= last)
    found = np.where(sure, SURE, np.where(perhaps, PERHAPS, NO)).astype(np.int8)
    # More may be recorded of these than their columns hold: another receipt.
    for row in np.flatnonzero(complaints.objects & (found != SURE)).tolist():
        found[row] = _lies(complaints.timeline(row), period)
    return found
