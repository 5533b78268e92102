"""The events of a complaint as the cutting into episodes sees them: what each does, and when.

Of two events the order is known where their days do not overlap, or where both have a time on the
same day. Everything else may have been either way.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from enum import IntEnum

from msgspec import Struct

from timeliness.judge.milestones import counts_as, ordinals
from timeliness.model.calendars import FAR_PAST
from timeliness.model.timelines import Timeline
from timeliness.model.vocabulary import (
    CLOSED,
    REOPENED,
    STAGE_ACKNOWLEDGED,
    STAGE_TRIGGERS,
    Kind,
    Vocabulary,
)

STAGES = (1, 2, 3)


class Does(IntEnum):
    """What an event does to the episodes of its stage."""

    BEGINS = 0
    FOLLOWS = 1
    ANSWERS = 2
    ENDS = 3
    CLOSES = 4
    REOPENS = 5


class Act(Struct, frozen=True):
    """One event, or one of the two things that it counts as.

    `place` is that of the event in its timeline. `stages` are those it concerns: one, or those that
    it ends. `sure` says that it is known to have happened, and `binds` that its day tells the
    order of others too: that of a logging of a later stage does not, since a request is logged out
    of the resident's sight. `minute` is -1 where no time is given.
    """

    place: int
    name: str
    does: Does
    stages: tuple[int, ...]
    earliest: int
    latest: int
    sure: bool = True
    minute: int = -1
    internal: bool = False

    @property
    def stage(self) -> int:
        """Return the stage whose course it belongs to."""
        return self.stages[0]

    @property
    def binds(self) -> bool:
        """Whether its day says when others can have happened."""
        return self.sure and not (self.internal and self.stage > 1)

    @property
    def exact(self) -> bool:
        """Whether its day is known."""
        return self.earliest == self.latest

    @property
    def acknowledges(self) -> bool:
        """Whether it is the acknowledgement of its stage."""
        return self.does == Does.FOLLOWS and self.name == STAGE_ACKNOWLEDGED[self.stage]

    @property
    def extends(self) -> bool:
        """Whether it is an extension of its stage."""
        return self.name.endswith(" extended")

    def same_day(self, other: Act) -> bool:
        """Whether both are of one day, and nothing says which came first."""
        timed = self.minute >= 0 and other.minute >= 0 and self.minute != other.minute
        return self.exact and other.exact and self.earliest == other.earliest and not timed

    def comes_before(self, other: Act) -> bool:
        """Whether it certainly happened before the other."""
        if self.latest < other.earliest:
            return True
        same = self.exact and other.exact and self.earliest == other.earliest
        return same and 0 <= self.minute < other.minute

    def is_not_same_day(self, other: Act) -> bool:
        """Whether it can only have come before the other on an earlier day, unless times say so.

        A closing on the day of an answer is that of what was answered.
        """
        closing = self.does == Does.CLOSES and other.does == Does.ANSWERS
        return closing and not self.comes_before(other)

    @property
    def asked_before(self) -> set[int]:
        """Return the stages that were asked for before it."""
        if self.does == Does.BEGINS:
            return {1} - {self.stage}
        if self.does in (Does.ENDS, Does.CLOSES):
            return {1} & set(self.stages)
        return set(self.stages)

    def must_follow(self, request: Act, latest: int, earliest: int) -> bool:
        """Whether a request that it ends, where nothing else is open, came before it.

        It cannot have come after it on a later day: `latest` is the last that the request can have
        had, and `earliest` the first of what may have ended it.
        """
        begins = request.does == Does.BEGINS and request.stage in self.stages
        return begins and latest <= earliest and not self.comes_before(request)


def acts_of(timeline: Timeline, as_at: date, vocabulary: Vocabulary) -> list[Act]:
    """Return what the events of a complaint do that had happened by a day, as far as is known.

    An extension that was given before the complaint arrived is none, and does nothing.
    """
    day = as_at.toordinal()
    acts: list[Act] = []
    for place, event in enumerate(timeline.events):
        if event.when is None or event.attributes.get("sent") is False:
            continue
        earliest, latest = ordinals(event.when)
        if earliest > day:
            continue
        sure = event.evidence == "seen"
        latest = min(latest, day)
        time = event.when.time
        minute = time.hour * 60 + time.minute if time else -1
        for name in sorted(counts_as(event)):
            kind = vocabulary.find(name)
            if does := _does(kind):
                # What is only claimed was done on that day, later or not at all.
                last = latest if sure or does[0] == Does.BEGINS else day
                internal = kind is not None and kind.internal
                acts.append(Act(place, name, *does, earliest, last, sure, minute, internal))
    begun = arrived(acts)
    return sorted((one for one in acts if not one.extends or one.latest >= begun), key=_in_order)


def arrived(acts: Iterable[Act]) -> int:
    """Return the first day on which a complaint may have arrived; the far past if not recorded."""
    days = (one.earliest for one in acts if one.sure and one.name == STAGE_TRIGGERS[1])
    return min(days, default=FAR_PAST)


def _in_order(act: Act) -> tuple[object, ...]:
    """Return by what acts are put in one order, whatever that of the lines."""
    return act.earliest, act.latest, act.minute, act.does, act.name, act.place


def _does(kind: Kind | None) -> tuple[Does, tuple[int, ...]] | None:
    """Return what a kind of event does, and to which stages; None where it does nothing."""
    if kind is None:
        return None
    if kind.stage:
        if kind.name == STAGE_TRIGGERS[kind.stage]:
            return Does.BEGINS, (kind.stage,)
        answers = kind.name == f"stage {kind.stage} response"
        return (Does.ANSWERS if answers else Does.FOLLOWS), (kind.stage,)
    if kind.name == CLOSED:
        return Does.CLOSES, kind.ends
    if kind.name == REOPENED:
        return Does.REOPENS, STAGES
    return (Does.ENDS, kind.ends) if kind.ends else None


def may_repeat(acts: Iterable[Act]) -> bool:
    """Whether there may be more than one episode of a stage, or anything that ends one."""
    begun: set[int] = set()
    for act in acts:
        if act.does in (Does.ENDS, Does.CLOSES, Does.REOPENS):
            return True
        if act.does == Does.BEGINS:
            if act.stage in begun:
                return True
            begun.add(act.stage)
    return False


def next_ones(acts: Sequence[Act], remaining: frozenset[int]) -> Iterator[int]:
    """Return which of the acts that remain may be the next to have happened."""
    first = min((acts[one].latest for one in remaining), default=FAR_PAST)
    timed: dict[int, int] = {}
    for one in remaining:
        if acts[one].minute >= 0 and acts[one].exact:
            day = acts[one].earliest
            timed[day] = min(acts[one].minute, timed.get(day, acts[one].minute))
    for one in sorted(remaining):
        act = acts[one]
        earlier_that_day = act.exact and timed.get(act.earliest, act.minute) < act.minute
        if act.earliest <= first and not earlier_that_day:
            yield one
