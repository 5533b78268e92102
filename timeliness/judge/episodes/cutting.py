"""Cutting a complaint into episodes: every order in which its events may have happened is played.

An episode of a stage begins with a request and is open until it is answered or ended. Where the
order of events decides which episode one belongs to, there are several ways to cut.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from functools import cached_property, lru_cache
from itertools import accumulate, pairwise

from msgspec import Struct
from msgspec.structs import replace

from timeliness.judge.episodes.acts import Act, Does, next_ones
from timeliness.judge.episodes.courses import Course, Cut, DatedCut, Days
from timeliness.judge.episodes.steps import Steps
from timeliness.model.calendars import FAR_FUTURE

MOST_STATES = 3_000
"""As many states are played through for one complaint before it is asked for otherwise."""


class TooManyOrdersError(Exception):
    """The events of a complaint may have happened in more orders than are played through."""


def cuts_of(acts: Sequence[Act]) -> list[DatedCut]:
    """Return every way to cut a complaint, with the days on which each act happened in it.

    Complaints whose events came in the same order are cut alike, whatever their days: what one
    such order comes to is worked out once. Raises `TooManyOrdersError`.
    """
    calendar = _Near.of(acts)
    return [
        replace(cut, days={number: calendar.back(days) for number, days in cut.days.items()})
        for cut in cuts_of_order(calendar.brought_near(acts))
    ]


class _Near(Struct, frozen=True):
    """The days of some acts beside days that are nearer to one another, in the same order.

    Nothing but the order of days matters to how a complaint is cut, unless one of them is not
    known exactly and something was closed or reopened: an act may give way then to the day before
    or after another, once for each act. So days further apart than that are brought nearer, and
    complaints become alike.
    """

    days: tuple[int, ...]
    near: tuple[int, ...]
    reach: int

    @classmethod
    def of(cls, acts: Sequence[Act]) -> _Near:
        """Return the days of some acts, brought near."""
        days = tuple(sorted({day for act in acts for day in (act.earliest, act.latest)}))
        gives_way = any(one.does in (Does.CLOSES, Does.REOPENS) for one in acts)
        reach = len(acts) + 1 if gives_way and not all(one.exact for one in acts) else 1
        steps = (min(day - before, 2 * reach - 1) for before, day in pairwise(days))
        return cls(days, tuple(accumulate(steps, initial=reach)) if days else (), reach)

    def brought_near(self, acts: Sequence[Act]) -> tuple[Act, ...]:
        """Return the acts on days near to one another, with their places in the same order."""
        near = dict(zip(self.days, self.near, strict=True))
        places = {place: number for number, place in enumerate(sorted({one.place for one in acts}))}
        return tuple(
            replace(
                act, place=places[act.place], earliest=near[act.earliest], latest=near[act.latest]
            )
            for act in acts
        )

    def back(self, days: tuple[int, int]) -> tuple[int, int]:
        """Return the days of an act, from those that were brought near."""
        earliest, latest = days
        return self._back(earliest), self._back(latest)

    def _back(self, near: int) -> int:
        place = bisect_right(self.near, near) - 1
        if place >= 0 and near - self.near[place] < self.reach:
            return self.days[place] + near - self.near[place]
        return self.days[place + 1] + near - self.near[place + 1]


@lru_cache(maxsize=4096)
def cuts_of_order(acts: tuple[Act, ...]) -> tuple[DatedCut, ...]:
    """Return every way to cut a complaint whose events happened on these very days.

    Raises `TooManyOrdersError`.
    """
    together: dict[Cut, DatedCut] = {}
    for cut, days in _Player(acts).play().items():
        courses = tuple(_lasting(one) for one in cut.courses)
        key = replace(cut, courses=courses, notes=frozenset(), lately="", idle=frozenset())
        same = together.get(key)
        notes, spans, told = cut.notes, days, cut.courses
        if same:
            notes, spans = notes & same.notes, _hull(days, same.days)
            told = tuple(map(_closed_in_both, told, same.courses))
        together[key] = DatedCut(
            told, notes, cut.premature, cut.lately, cut.waiting, cut.idle, days=spans
        )
    return tuple(together.values())


def _lasting(course: Course) -> Course:
    """Return a course without what does not matter once all has happened.

    A closing does not where an answer followed it.
    """
    closed_by = -1 if course.answered else course.closed_by
    if not course.early and closed_by == course.closed_by:
        return course
    return replace(course, early=False, closed_by=closed_by)


def _closed_in_both(one: Course, other: Course) -> Course:
    """Return a course without a closing that came while it was open in one of two orders alone."""
    return one if one.closed_by == other.closed_by else replace(one, closed_by=-1)


def _hull(one: Days, other: Days) -> Days:
    """Return for each act the days that it has in either of two orders of the same acts."""
    return {
        number: (min(low, other[number][0]), max(high, other[number][1]))
        for number, (low, high) in one.items()
    }


class _Player(Struct, dict=True):
    acts: Sequence[Act]

    @cached_property
    def steps(self) -> Steps:
        """Return what each act comes to."""
        return Steps(self.acts)

    @cached_property
    def last_days(self) -> list[int]:
        """Return the last day of each act; of a request, that of what follows from no other."""
        return [self._last_day(act) if act.does == Does.BEGINS else act.latest for act in self.acts]

    def _last_day(self, request: Act) -> int:
        own = [one for one in self.acts if one.stage == request.stage]
        others = (one for one in own if one.does == Does.BEGINS and one != request)
        next_one = min((one.earliest for one in others), default=FAR_FUTURE)
        follow = (one for one in own if one.does in (Does.FOLLOWS, Does.ANSWERS) and one.binds)
        days = (one.latest for one in follow if request.earliest <= one.latest < next_one)
        return min([request.latest, *days])

    @cached_property
    def binding(self) -> dict[int, int]:
        """Return the last day of each act whose day tells the order of others too."""
        return {number: act.latest for number, act in enumerate(self.acts) if act.binds}

    @cached_property
    def doing(self) -> dict[Does, frozenset[int]]:
        """Return the acts that do each thing."""
        return {
            does: frozenset(number for number, act in enumerate(self.acts) if act.does == does)
            for does in Does
        }

    def play(self) -> dict[Cut, Days]:
        """Return every cut that some order of the acts comes to, with their days in these orders.

        All orders are played at once, an act at a time: what came of other orders of the same acts
        goes on as one.
        """
        everything = frozenset(range(len(self.acts)))
        states: dict[tuple[frozenset[int], Cut], Days] = {(everything, Cut()): {}}
        seen = 0
        for _ in self.acts:
            after: dict[tuple[frozenset[int], Cut], Days] = {}
            for (remaining, cut), days in states.items():
                for number in next_ones(self.acts, remaining):
                    left = remaining - {number}
                    earliest, latest = self._days(number, remaining, cut.idle, days)
                    if earliest > latest or self._waits(number, cut, left, earliest):
                        continue
                    told = {**days, number: (earliest, latest)}
                    for changed in self.steps.after(cut, number):
                        other = after.get((left, changed))
                        after[left, changed] = _hull(told, other) if other else told
                    if seen + len(after) > MOST_STATES:
                        raise TooManyOrdersError
            states = after
            seen += len(states)
        return {cut: days for (_, cut), days in states.items()}

    def _days(
        self, number: int, remaining: frozenset[int], idle: frozenset[int], days: Days
    ) -> tuple[int, int]:
        """Return on which days an act happened that is the next of those that remain.

        `days` are those of the acts before it.
        """
        act = self.acts[number]
        binding, apart = self.binding, self._perhaps_apart(number, idle)
        before = [
            low + (at in apart and self._is_day_before(at, number, idle))
            for at, (low, _) in days.items()
            if at in binding
        ]
        after = [
            binding[at] - (at in apart and self._is_day_before(number, at, idle))
            for at in remaining
            if at in binding
        ]
        return max([act.earliest, *before]), min([act.latest, *after])

    def _perhaps_apart(self, number: int, idle: frozenset[int]) -> frozenset[int]:
        """Return all that can have come on an earlier or a later day alone than an act.

        Of all others `_is_day_before` says no, and there may be very many.
        """
        match self.acts[number].does:
            case Does.ANSWERS:
                return self.doing[Does.CLOSES]
            case Does.ENDS:
                return idle
            case Does.CLOSES:
                return idle | self.doing[Does.ANSWERS]
        return self.doing[Does.CLOSES] | self.doing[Does.ENDS] if number in idle else frozenset()

    def _is_day_before(self, number: int, later: int, idle: frozenset[int]) -> bool:
        """Whether an act can only have come before another on an earlier day.

        A closing before an answer, and a reopening that took nothing back before a closing or end.
        """
        one, other = self.acts[number], self.acts[later]
        if number in idle and other.does in (Does.CLOSES, Does.ENDS):
            return not one.comes_before(other)
        return one.is_not_same_day(other)

    def _waits(self, number: int, cut: Cut, left: frozenset[int], earliest: int) -> bool:
        """Whether something that is left must have come first, from a day on.

        Within a day an answer comes before a closing, and an end before what takes it up again. A
        complaint was received before everything else of it, and a stage was asked for before it
        was acknowledged, extended or answered, as far as the dates allow.
        """
        act = self.acts[number]
        if act.sure and not act.binds:
            return False
        if act.does == Does.REOPENS:
            if self.steps.taken_up(cut):
                return False
            ending = (Does.CLOSES, Does.ENDS)
            return any(
                (one.does in ending and one.latest <= act.earliest)
                or (one.does == Does.BEGINS and one.stage == 1 and not cut.courses)
                for one in (self.acts[other] for other in left)
                if not act.comes_before(one)
            )
        own = [one for stage in act.stages for one in cut.of(stage)]
        nothing_open = act.does == Does.ENDS and not any(one.unanswered for one in own)
        if nothing_open and any(
            act.must_follow(self.acts[other], self.last_days[other], earliest)
            for other in left & self.doing[Does.BEGINS]
        ):
            return True
        if self.steps.is_of_what_was_answered(act):
            return False
        first = act.asked_before - {one.stage for one in cut.courses if one.begun}
        return bool(first) and any(
            one.stage in first and not act.comes_before(one)
            for one in (self.acts[other] for other in left & self.doing[Does.BEGINS])
        )
