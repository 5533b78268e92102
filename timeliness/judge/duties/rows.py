"""Complaints that have dates and nothing else, and which of them are alike to a duty.

Of those that are alike one is judged, as a timeline: the others come to the same, on their days.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import combinations
from typing import Any

import numpy as np
from msgspec import Struct
from msgspec.structs import replace
from numpy.typing import NDArray

from timeliness.judge.columns import Bounds, Flags, State, Table, far, pick
from timeliness.judge.duties.subject import Subject
from timeliness.judge.readings import span_at
from timeliness.model.calendars import DAY, FAR_FUTURE, FAR_PAST, Days, WorkingDays
from timeliness.model.dates import UNKNOWN, When
from timeliness.model.timelines import Event, Timeline
from timeliness.model.vocabulary import Vocabulary

Places = NDArray[np.int64]
_UNBOUNDED = 1 << 62


class Recorded(Struct, frozen=True):
    """The days of one event as they are recorded, not cut by anything that follows from others.

    There is a day where `given` is set, and something that cannot be read where `unread` is.
    """

    days: Bounds
    given: Flags
    unread: Flags


class Alike(Struct, frozen=True):
    """Complaints, some of them alike.

    `which` numbers for each in `places` what it is like. Of each number the complaint in `first` is
    the one to be judged, by `names` of events. `ends` holds the days of all, end by end, `judged`
    those of the ones to be judged.
    """

    places: Places
    which: Places
    first: Places
    names: Sequence[str]
    ends: Days
    judged: Days

    def where(self, kept: Flags) -> Alike:
        """Return those that are like some of the ones to be judged."""
        own, number = kept[self.which], np.cumsum(kept) - 1
        return replace(
            self,
            places=self.places[own],
            which=number[self.which[own]],
            first=self.first[kept],
            ends=self.ends[:, own],
            judged=self.judged[:, kept],
        )

    def days(self, ordinals: Sequence[int]) -> Days:
        """Return a day of each, given that of the ones to be judged."""
        given = np.array(ordinals, dtype=DAY)
        same = self.judged == given
        own = self.ends[same.argmax(axis=0)[self.which], np.arange(len(self.places))]
        # What is counted from the calendar is none of these days, and the same for all alike.
        return pick(same.any(axis=0)[self.which], own, given[self.which])


class RowDates(Struct, frozen=True):
    """The dates of complaints that have nothing else.

    `recorded` holds the events that are recorded, `untils` the new dates that extensions gave by
    the name of their event, and `table` what is known of each event.
    """

    recorded: Mapping[str, Recorded]
    untils: Mapping[str, Recorded]
    table: Table
    calendar: WorkingDays
    vocabulary: Vocabulary
    nation: str

    def subject(self, place: int, names: Iterable[str]) -> Subject:
        """Return what there is of some events of the complaint in a place, to be judged."""
        found = [self._event(name, place) for name in names]
        events = tuple(event for event in found if event)
        return self.subject_of(Timeline("", events, nation=self.nation, record="partial"), place)

    def subject_of(self, timeline: Timeline, place: int) -> Subject:
        """Return the complaint in a place, which is this timeline, to be judged."""
        day = date.fromordinal(int(self.table.as_at[place]))
        return Subject.of(timeline, day, self.table, place, self.calendar, self.vocabulary)

    def _event(self, name: str, place: int) -> Event | None:
        """Return an event of the complaint in a place."""
        one, new = self.recorded.get(name), self.untils.get(name)
        if one is None or not (one.given[place] or one.unread[place]):
            return None
        if one.unread[place]:
            return Event(name, When(UNKNOWN), "claimed")
        until = new and new.given[place] and not new.unread[place]
        attributes = {"until": When(span_at(new.days, place))} if new and until else {}
        return Event(name, When(span_at(one.days, place)), attributes=attributes)

    def later(self, name: str) -> Flags:
        """Return where an event is dated after the as-at date."""
        one = self.recorded[name]
        after: Flags = one.given & (one.days.earliest > self.table.as_at)
        return after & ~one.unread

    def seen(self, name: str) -> Flags:
        """Return where an event happened by the as-at date."""
        one = self.recorded.get(name)
        if one is None:
            return np.zeros(self.table.size, dtype=np.bool_)
        return one.given & ~one.unread & ~self.later(name)

    def said(self, names: Iterable[str]) -> Flags:
        """Return where any of some events happened by then, or is said to have happened."""
        said = np.zeros(self.table.size, dtype=np.bool_)
        for name in names:
            if one := self.recorded.get(name):
                said |= self.seen(name) | one.unread
        return said

    def may_precede(self, one: str, other: str) -> Flags:
        """Return where two events happened, and the first of them may have come first."""
        before: Flags = self.days(one).earliest < self.days(other).earliest
        return before & self.seen(one) & self.seen(other) if before.any() else before

    def after(self, name: str, other: str, places: Places) -> Bounds:
        """Return the days of an event in some places, in the far future unless it may be later."""
        later, future = self.may_precede(other, name).take(places), far(len(places))
        days = self.days(name).take(places)
        return days.through(lambda ends: pick(later, ends, future))

    def until(self, name: str, places: Places) -> Bounds:
        """Return the new dates that extensions in some places gave, in the far future for none."""
        future = far(len(places))
        new = self.untils.get(name)
        if new is None:
            return Bounds(future, future)
        given = (new.given & ~new.unread).take(places)
        return new.days.take(places).through(lambda ends: pick(given, ends, future))

    def days(self, name: str) -> Bounds:
        """Return the days of an event, in the far future where none is recorded."""
        one = self.recorded.get(name)
        return one.days if one else Bounds(far(self.table.size), far(self.table.size))

    def alike(
        self,
        flags: Flags,
        names: Sequence[str],
        *,
        by_calendar: bool = False,
        more: Sequence[Bounds] = (),
    ) -> Alike:
        """Return where a flag is set, put together by all that is known of some events.

        `more` are other days of these complaints. Those are alike whose days come in the same
        order, or by the calendar whose days are the same, with that of the check.
        """
        places = np.flatnonzero(flags)
        columns = [self._status(name, places) for name in names]
        spans = [*more, *(self.days(name).take(places) for name in names)]
        far_off = [np.full(len(places), day, dtype=DAY) for day in (FAR_PAST, FAR_FUTURE)]
        ends = [*far_off, *(end for one in spans for end in _ends(one))]
        if by_calendar:
            columns += [end.astype(np.int64) for end in (*ends, self.table.as_at.take(places))]
        else:
            columns += [np.sign(one - other) + 1 for one, other in combinations(ends, 2)]
        _, first, which = np.unique(_as_one(columns), return_index=True, return_inverse=True)
        every = np.array(ends)
        return Alike(places, which, places[first], names, every, every[:, first])

    def _status(self, name: str, places: Places) -> Places:
        """Return as a number what is known of an event beside its days."""
        column, one = self.table.events.get(name), self.recorded.get(name)
        flags = [] if one is None else [one.given, one.unread, self.later(name)]
        flags += [] if column is None else [column.is_in(State.NOT_DONE)]
        status = np.zeros(len(places), dtype=np.int64)
        for flag in flags:
            status = status * 2 + flag.take(places)
        return status


def _ends(days: Bounds) -> list[Days]:
    return [days.earliest] if days.exact else [days.earliest, days.latest]


def _as_one(columns: Iterable[NDArray[np.signedinteger[Any]]]) -> Places:
    """Return one number for each that differs wherever any of some columns differs."""
    key: Places = np.zeros(1, dtype=np.int64)
    wide = 1
    for column in columns:
        width = 1 + int(column.max(initial=0))
        if wide * width > _UNBOUNDED:
            key = np.unique(key, return_inverse=True)[1]
            wide = 1 + int(key.max())
        key, wide = key * width + column, wide * width
    return key
