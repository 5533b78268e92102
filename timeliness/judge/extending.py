"""Where an extension that a partial record does not show would change what is late."""

from __future__ import annotations

import numpy as np

from timeliness.judge.columns import Flags, State
from timeliness.judge.judged import JudgedRule, Rows
from timeliness.judge.measuring import Dates
from timeliness.judge.verdicts import Reason, Verdict
from timeliness.model.calendars import FAR_FUTURE

EXTENDABLE = (Reason.LATE, Reason.OVERDUE, Reason.START_NOT_RECORDED, Reason.IMPRECISE_DATE)
"""The reasons for which something is late, or may be, that an extension could take away."""


def unless_extended(judged: JudgedRule, places: Rows) -> Flags:
    """Return where, in some places, a breach is none if it was extended, which nothing shows.

    That is so where it is not known whether there was an extension, if one within its maximum
    reaches the day on which it was done or, where it was not, the day of the check.
    """
    table = judged.table
    found = np.zeros(len(places), dtype=np.bool_)
    for source, reading in judged.deciding:
        extension = source.rule.clock.extension
        if extension is None:
            continue
        dates = Dates(source, reading, places)
        own = dates.present & np.isin(dates.reason, EXTENDABLE)
        own &= table.events[extension.event].is_in(State.UNKNOWN).take(places)
        if extension.most is not None:
            known = dates.due.latest < FAR_FUTURE
            done = np.where(dates.dated, dates.done.earliest, table.as_at.take(places))
            furthest = source.calendar.add_more(dates.due.latest, extension.most)
            own &= known & (done <= furthest)
        found |= own
    late: Flags = judged.verdict.take(places) == Verdict.BREACH
    return found & late
