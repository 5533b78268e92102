"""The last days of two limits compared, from every day on which both rulebooks are in force."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time

import numpy as np

from timeliness.model.calendars import ANNOUNCED_UNTIL, DAY, Days, Limit, working_days
from timeliness.model.rulebooks import Rulebook

_FIRST = date(2020, 1, 1)


@dataclass(frozen=True)
class Later:
    """Whether one limit ever ends later than another, and whether earlier.

    `later` holds a start with the two last days that show it, and `at` the hour of that start
    where it matters.
    """

    later: tuple[date, date, date] | None
    earlier: bool
    at: time | None = None


def counts_like_the_code(policy: Rulebook) -> bool:
    """Whether a policy counts as the Code does: day-after, without closures or cut-off."""
    return policy.counting == "day-after" and not policy.closures and policy.cut_off is None


def window(policy: Rulebook, code: Rulebook) -> Days:
    """Return every day on which both rulebooks are in force and bank holidays are announced."""
    starts = [day for day in (policy.start, code.start) if day]
    ends = [day for day in (policy.end, code.end) if day]
    first = max(starts, default=_FIRST)
    last = min([*ends, max(ANNOUNCED_UNTIL.replace(month=11, day=1), first)])
    return np.arange(first.toordinal(), last.toordinal() + 1, dtype=DAY)


def later_day(
    policy: Rulebook,
    nation: str,
    ours: Limit,
    theirs: Limit,
    days: Days,
    *,
    policy_calendar: bool,
) -> Later:
    """Compare two limits from every day: the policy's by its own calendar or by the Code's."""
    plain = working_days(nation)
    calendar = policy.calendar(nation) if policy_calendar else plain
    asked = plain.add(days, theirs)
    given = calendar.add(days, ours)
    at = None
    if policy_calendar and policy.cut_off and not np.any(given > asked):
        late = calendar.add(calendar.next_working(days), ours)
        if np.any(late > asked):
            given, at = late, _after(policy.cut_off)
    past = np.flatnonzero(given > asked)
    if not len(past):
        return Later(None, bool(np.any(given < asked)))
    # A working day shows it best, as a complaint is likelier to begin on one.
    working = past[plain.are_working(days[past])]
    place = int((working if len(working) else past)[0])
    shown = tuple(date.fromordinal(int(column[place])) for column in (days, given, asked))
    return Later((shown[0], shown[1], shown[2]), bool(np.any(given < asked)), at)


def _after(hour: time) -> time:
    """Return a time half an hour after another, or the last minute of the day."""
    minutes = min(hour.hour * 60 + hour.minute + 30, 24 * 60 - 1)
    return time(minutes // 60, minutes % 60)
