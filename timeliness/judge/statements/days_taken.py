"""How long something took, as a column claims: under every count, and which count the column uses.

A figure in a letter says what it counts. A column does not: so it is read by the count that fits
most of its cells, of working or calendar days, from receipt, logging or the acknowledgement.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import numpy as np
from msgspec import Struct

from timeliness.judge.statements.checking import Entries, each_once
from timeliness.judge.statements.claimed import UNREAD, Checked, Flags, Label, Tried
from timeliness.judge.statements.figures import MOST_DEPARTURES, Way, days_between, ways
from timeliness.judge.statements.points import label_of, same_stage
from timeliness.model.calendars import DAY, FAR_FUTURE, Days
from timeliness.model.claims import DAYS_TAKEN
from timeliness.model.plain import unit_noun
from timeliness.model.timelines import Figure
from timeliness.model.vocabulary import STAGE_ACKNOWLEDGED, STAGE_RESPONSES, STAGE_TRIGGERS


class Base(Struct, frozen=True):
    """The count that a column is read by: its unit, and the event that it counts from."""

    unit: str
    start: str

    def __str__(self) -> str:
        return f"{unit_noun(self.unit)}s from {label_of(self.start)}"


Fits = Counter[tuple[str, str, Label]]
"""How many claims of a column each count fits: its unit, its start and how it counts."""


def starts_of(event: str) -> list[str]:
    """Return the events that the time to an event may be counted from, the request first."""
    stage = next(
        stage
        for stage in STAGE_TRIGGERS
        if event in (STAGE_ACKNOWLEDGED[stage], STAGE_RESPONSES[stage])
    )
    return [name for name in same_stage(STAGE_TRIGGERS[stage]) if name != event]


def fits_of(entries: Entries) -> Fits:
    """Return how many claims each count fits."""
    found: Fits = Counter()
    values = entries.claims.values
    for start in starts_of(entries.claims.event):
        for way, known, passed in _counted(entries, start, "working_days"):
            says = tuple(one for one in way.says if one != "in calendar days")
            fits = known & (passed == values) & (values != UNREAD)
            found[way.unit, start, says] += int(np.count_nonzero(fits))
    return found


def base_of(fits: Fits, event: str, kind: str) -> Base:
    """Return the count that fits most claims, of those in the unit that the column names.

    Of several it is the plainest, in working days, from what comes first.
    """
    unit, starts = DAYS_TAKEN[kind], starts_of(event)
    best = max(
        (key for key in fits if not unit or key[0] == unit),
        key=lambda key: (
            fits[key],
            -len(key[2]),
            key[0] == "working_days",
            -starts.index(key[1]),
        ),
        default=(unit or "working_days", starts[0], ()),
    )
    return Base(best[0], best[1])


def check_days(entries: Entries, base: Base) -> Checked:
    """Check how long something took by one count, and by every other that is near it."""
    values = entries.claims.values
    size = entries.size
    truth: Days = np.full(size, UNREAD, dtype=DAY)
    known = np.zeros(size, dtype=np.bool_)
    tried = []
    for start in starts_of(entries.claims.event):
        other = start != base.start
        from_there = (f"from {label_of(start)}",) if other else ()
        for way, dated, passed in _counted(entries, start, base.unit):
            departures = way.departures + other
            if not departures:
                truth = np.where(dated, passed, truth).astype(DAY)
                known |= dated & (values != UNREAD)
            elif departures <= MOST_DEPARTURES:
                tried.append(
                    Tried((*from_there, *way.says), departures, dated & (passed == values))
                )
    tried = [Tried(one.label, one.departures, one.fits & known) for one in tried]
    right = known & (truth == values)
    return Checked(np.ones(size, dtype=np.bool_), known, right, truth, each_once(tried))


def _counted(entries: Entries, start: str, unit: str) -> Iterator[tuple[Way, Flags, Days]]:
    """Return every count from one start: where both its ends are known, and what it comes to.

    Claims about complaints of different nations, or of policies with closure days of their own, are
    counted by calendars of their own.
    """
    days, done = entries.day(start), entries.done
    dated = (days <= done) & (done < FAR_FUTURE)
    if not dated.any():
        return
    for counted, own in entries.counted:
        for way in ways(Figure(0, unit), list(counted)):
            yield way, dated & own, days_between(way, days, done)
