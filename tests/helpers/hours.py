"""A clock of 24 hours judged on columns of one."""

from __future__ import annotations

from datetime import date, datetime
from functools import cache

import numpy as np

from tests.helpers.books import book, clock
from timeliness.judge.clocks import read_clock, sources_of
from timeliness.judge.columns import Bounds, Column, State, Table
from timeliness.judge.verdicts import VERDICT_NAMES
from timeliness.model.calendars import DAY
from timeliness.model.errors import Mistakes
from timeliness.model.rulebooks import Rulebook
from timeliness.read.rulebooks import parse_rulebook

EVENTS = """\
events:
  - {name: hazard reported, says: a hazard was reported}
  - {name: hazard made safe, says: it was made safe}
"""


@cache
def own() -> Rulebook:
    text = book(
        clock("make-safe", "hazard reported", "hazard made safe", "{hours: 24}"), more=EVENTS
    )
    return parse_rulebook(text.encode(), Mistakes("own.yaml"))


def verdict_of(began: datetime, done: datetime, *, timed: tuple[bool, bool]) -> str:
    """The verdict where the start, and what was done, have a time or only a day."""

    def column(moment: datetime, told: bool) -> Column:
        days = np.array([moment.toordinal()], dtype=DAY)
        minute = np.array([moment.hour * 60 + moment.minute], dtype=np.int16) if told else None
        return Column(Bounds(days, days), np.array([State.SEEN], dtype=np.int8), minute)

    events = {
        "hazard reported": column(began, timed[0]),
        "hazard made safe": column(done, timed[1]),
    }
    as_at = np.array([date(2040, 12, 31).toordinal()], dtype=DAY)
    table = Table(1, as_at, events, {}, np.array([False]))
    (source,) = sources_of(own(), own().rules[0], "england")
    return VERDICT_NAMES[int(read_clock(source, table).verdict[0])]
