"""Checking the claims of one column: every other reading tried on all of them at once.

What one comes to is kept as columns; its sentences are made when they are asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

import numpy as np
from msgspec import Struct, field
from msgspec.structs import replace
from numpy.typing import NDArray

from timeliness.judge.statements.claimed import (
    UNREAD,
    Checked,
    ClaimColumn,
    Flags,
    Label,
    Limits,
    Rows,
    Source,
    Tried,
    exact_days,
)
from timeliness.judge.statements.figures import MOST_DEPARTURES, Count, counts
from timeliness.judge.statements.points import label_of, same_stage, without_closures
from timeliness.judge.verdicts import Verdict
from timeliness.model.calendars import DAY, FAR_FUTURE, Days, WorkingDays
from timeliness.model.claims import FLAGS
from timeliness.model.sides import ANY_CODE, EVERY_POLICY, Side


class Entries(Struct, frozen=True):
    """The claims of a column beside what the record has for each of them.

    `done` is when the event happened, in the far future where that is not known or not exact, and
    `day_of` gives the same of any other event. `limits` holds what decides, by the `keys` of the
    claims, and `counted` the ways to count working days, each with the claims it is for. What no
    limit decides is counted under `otherwise`.
    """

    claims: ClaimColumn
    keys: Rows
    done: Days
    day_of: Callable[[str], Days]
    limits: Sequence[Limits] = ()
    counted: Sequence[tuple[Sequence[Count], Flags]] = ()
    otherwise: Side = ANY_CODE
    _days: dict[str, Days] = field(default_factory=dict)
    _unders: dict[Side, Under] = field(default_factory=dict)

    @property
    def size(self) -> int:
        """Return how many claims there are."""
        return len(self.keys)

    def day(self, event: str) -> Days:
        """Return when an event happened, worked out once."""
        if event not in self._days:
            self._days[event] = self.day_of(event)
        return self._days[event]

    @property
    def sides(self) -> list[Side]:
        """Return whose limits there are, policies first and as one."""
        sides = dict.fromkeys(one.side.for_all for one in self.limits)
        return sorted(sides, key=lambda side: side != EVERY_POLICY)

    def under(self, side: Side) -> Under:
        """Return what one side says of each claim, worked out once."""
        if side not in self._unders:
            own = [one for one in self.limits if one.side.for_all == side]
            self._unders[side] = Under.of(own, self.keys)
        return self._unders[side]


class Under(Struct, frozen=True):
    """The limits of one side, claim by claim.

    `places` says for each piece of the limits which claims it decides. Where several do, what they
    do not agree on is not known.
    """

    due: Days
    original: Days
    verdict: NDArray[np.int8]
    places: tuple[tuple[Limits, Rows], ...]

    @classmethod
    def of(cls, pieces: Sequence[Limits], keys: Rows) -> Under:
        """Put the pieces of a side together."""
        size = len(keys)
        due, original = np.full((2, size), FAR_FUTURE, dtype=DAY)
        verdict = np.full(size, Verdict.CANNOT_TELL, dtype=np.int8)
        filled = np.zeros(size, dtype=np.bool_)
        places = []
        for one in pieces:
            at = np.minimum(np.searchsorted(one.rows, keys), len(one.rows) - 1)
            held = np.flatnonzero(one.rows[at] == keys)
            at, again = at[held], filled[held]
            places.append((one, held))
            for days, ends in ((due, one.due), (original, one.original)):
                own = exact_days(*(end.take(at) for end in ends))
                days[held] = np.where(again & (days[held] != own), FAR_FUTURE, own)
            decided = one.verdict.take(at)
            differs = again & (verdict[held] != decided)
            verdict[held] = np.where(differs, Verdict.CANNOT_TELL, decided)
            filled[held] = True
        return cls(due, original, verdict, tuple(places))

    @property
    def covered(self) -> Flags:
        """Return for which claims there is a limit at all."""
        flags = np.zeros(len(self.due), dtype=np.bool_)
        for _, held in self.places:
            flags[held] = True
        return flags


# Due dates --------------------------------------------------------------------------------------


def _check_due(entries: Entries, under: Under) -> Checked:
    """Check due dates against those of one side."""
    values = entries.claims.values
    known = (under.due < FAR_FUTURE) & (values != UNREAD)
    tried = [
        Tried(label, departures, known & (last == values))
        for label, departures, last in _last_days(entries, under)
    ]
    right = known & (under.due == values)
    return Checked(under.covered, known, right, under.due, each_once(tried))


def _check_flags(entries: Entries, under: Under) -> Checked:
    """Check whether something was in time, against the verdicts of one side.

    One other point at most is tried, such as another start, since with more nearly any is right.
    """
    values, done = entries.claims.values, entries.done
    met = under.verdict == Verdict.MET
    known = (met | (under.verdict == Verdict.BREACH)) & (values != UNREAD)
    dated = known & (done < FAR_FUTURE)
    tried = [
        Tried(label, 1, dated & (last < FAR_FUTURE) & ((done <= last) == (values == 1)))
        for label, departures, last in _last_days(entries, under)
        if departures == 1
    ]
    right = known & (met == (values == 1))
    return Checked(under.covered, known, right, met.astype(DAY), each_once(tried))


def _last_days(entries: Entries, under: Under) -> Iterator[tuple[Label, int, Days]]:
    """Return every other last day that may be meant, with how it differs from the plain one.

    Each is in the far future where it is not known. Where an extension moved the due date, any
    other count is one without it. What a bank holiday was before it was announced is not tried.
    """
    extended = under.original != under.due
    if extended.any():
        yield (_NOT_EXTENDED,), 1, np.where(extended, under.original, FAR_FUTURE)
    for limits, held in under.places:
        for source in limits.sources:
            for label, departures, own in _from_each_start(entries, source):
                last = np.full(entries.size, FAR_FUTURE, dtype=DAY)
                last[held] = own[held]
                yield label, departures, np.where(extended, FAR_FUTURE, last)
                if departures < MOST_DEPARTURES and extended.any():
                    without = np.where(extended, last, FAR_FUTURE)
                    yield (_NOT_EXTENDED, *label), departures + 1, without


_NOT_EXTENDED = "without the extension"


def _from_each_start(entries: Entries, source: Source) -> Iterator[tuple[Label, int, Days]]:
    """Return the last days of a limit from each start of its stage, by every other count."""
    for start in dict.fromkeys((source.start, *same_stage(source.start))):
        other = start != source.start
        if start == entries.claims.event:
            continue
        for says, departures, calendar in _counts(source):
            departed = departures + other
            if 0 < departed <= MOST_DEPARTURES:
                last = calendar.add(entries.day(start), source.rule.clock.limit)
                yield (*((f"from {label_of(start)}",) if other else ()), *says), departed, last


def _counts(source: Source) -> Iterator[tuple[Label, int, WorkingDays]]:
    """Return the ways to count a limit, the plain one first."""
    found = counts(source.calendar, without_closures(source.book, source.calendar))
    if source.rule.clock.limit.unit != "working_days":
        found = found[:1]
    for one in found:
        yield one.says, one.departures, one.calendar


def each_once(tried: Sequence[Tried]) -> tuple[Tried, ...]:
    """Return the readings with those of one label put together."""
    found: dict[Label, Tried] = {}
    for one in tried:
        own = found.get(one.label)
        found[one.label] = replace(own, fits=own.fits | one.fits) if own else one
    return tuple(sorted(found.values(), key=lambda one: one.departures))


# Every side -------------------------------------------------------------------------------------


def check_limits(entries: Entries) -> dict[Side, Checked]:
    """Check the claims of a column, under each side that has a limit for any of them.

    Those for which none has one are counted under a Code, where nothing decides them.
    """
    check = _check_flags if entries.claims.kind in FLAGS else _check_due
    code = next((one for one in entries.sides if one != EVERY_POLICY), entries.otherwise)
    found = {side: check(entries, entries.under(side)) for side in (*entries.sides, code)}
    covered = np.logical_or.reduce([one.covered for one in found.values()])
    found[code] = replace(found[code], covered=found[code].covered | ~covered)
    return {side: one for side, one in found.items() if one.covered.any()}


def together(found: Mapping[Side, Checked]) -> Checked:
    """Return what claims come to: by the policy where there is one, and otherwise by a Code.

    A claim that is right by a later side alone is right on another reading.
    """
    (_, main), *others = found.items()
    for side, one in others:
        own = main.covered
        tried = [
            *(replace(way, fits=way.fits & own) for way in main.tried),
            Tried((f"by {side.the}",), 1, own & main.known & one.right),
            *(replace(way, fits=way.fits & ~own) for way in one.tried),
        ]
        main = Checked(
            own | one.covered,
            np.where(own, main.known, one.known),
            np.where(own, main.right, one.right),
            np.where(own, main.truth, one.truth),
            each_once(tried),
        )
    return main
