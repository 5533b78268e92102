"""Clocks on a policy's own events, which repeat: a repair reported, and then another.

A start while one is open is a repeat, unless both carry an id. A stop with `of` stops that one,
any other the one that is open; a stop before the start is none. So does what ends a clock.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import product

from msgspec import Struct
from msgspec.structs import replace

from timeliness.judge.episodes.acts import Act, Does, next_ones
from timeliness.judge.episodes.cutting import MOST_STATES, TooManyOrdersError
from timeliness.judge.episodes.gaps import gaps
from timeliness.judge.episodes.life import Life
from timeliness.judge.episodes.own import OwnRow, Turn
from timeliness.judge.episodes.ways import MOST_WAYS
from timeliness.judge.milestones import counts_as, ordinals
from timeliness.model.rulebooks import Clock
from timeliness.model.timelines import Event, Timeline
from timeliness.model.vocabulary import Vocabulary

MOST_DOUBTFUL = 4


def turns_of(
    timeline: Timeline, life: Life, clock: Clock, as_at: date, vocabulary: Vocabulary
) -> list[Turn] | None:
    """Return every turn of a clock on a policy's own events, in order.

    None where the clock is judged as it is, on the rows of the episodes: its events belong to the
    stages, or do not repeat.
    """
    names = (clock.trigger, *(start.event for start in clock.starts), clock.stop)
    stages = [_stage(vocabulary, name) for name in names]
    if all(stages):
        return None
    if clock.stop == clock.trigger:
        return gaps(timeline, clock, as_at, vocabulary)
    if stages[0]:
        return _in_each_episode(life, clock, as_at, stages[0])
    return _turns(timeline, clock, _acts(timeline, clock, as_at))


def _stage(vocabulary: Vocabulary, name: str) -> int:
    kind = vocabulary.find(name)
    return kind.stage if kind else 0


def _acts(timeline: Timeline, clock: Clock, as_at: date) -> list[Act]:
    """Return what the events of a clock do to it that had happened by a day."""
    day = as_at.toordinal()
    # What is shown for information alone belongs to no turn, such as the receipt of the complaint.
    starts = {start.event for start in clock.starts if start.decides}
    acts = []
    for place, event in enumerate(timeline.events):
        names = counts_as(event)
        if event.when is None or event.attributes.get("sent") is False:
            continue
        earliest, latest = ordinals(event.when)
        if clock.trigger in names:
            does = Does.BEGINS
        elif names & {clock.stop, *clock.ended_by}:
            does = Does.ANSWERS
        elif starts & names:
            does = Does.FOLLOWS
        else:
            continue
        if earliest > day:
            continue
        time = event.when.time
        minute = time.hour * 60 + time.minute if time else -1
        sure = event.evidence == "seen"
        acts.append(Act(place, event.name, does, (1,), earliest, min(latest, day), sure, minute))
    return acts


# A clock that starts with an event of a stage --------------------------------------------------


def _in_each_episode(life: Life, clock: Clock, as_at: date, stage: int) -> list[Turn] | None:
    """Return, for each episode of the stage in which it starts, the stops on or after the start."""
    found: dict[int, list[OwnRow]] = {}
    for way in life.ways:
        for row in way.rows:
            if stage in row.numbers:
                number = row.numbers[stage]
                rows = [
                    OwnRow(one, clock, ends=row.ends)
                    for one in _from_the_start(row.timeline, clock, as_at)
                ]
                found.setdefault(number, []).extend(rows)
    unchanged = not life.several and len(life.ways) == 1
    if unchanged and [row.timeline for rows in found.values() for row in rows] == [
        row.timeline for row in life.ways[0].rows
    ]:
        return None
    sure = {one.number: one.sure for one in life.of(stage)}
    return [
        Turn(number, tuple(rows), sure.get(number, True)) for number, rows in sorted(found.items())
    ]


def _from_the_start(timeline: Timeline, clock: Clock, as_at: date) -> Iterator[Timeline]:
    """Return the timeline without what cannot stop a clock, since it came before the start."""
    acts = _acts(timeline, clock, as_at)
    starts = [act for act in acts if act.does != Does.ANSWERS and act.sure]
    if not starts:
        yield timeline
        return
    first = min(starts, key=lambda act: (act.earliest, act.latest))
    stops = [act for act in acts if act.does == Does.ANSWERS]
    gone = {act.place for act in stops if act.comes_before(first)}
    doubtful = [
        act
        for act in stops
        if act.place not in gone and act.earliest < first.latest and not act.same_day(first)
    ]
    if len(doubtful) > MOST_DOUBTFUL or len(stops) < 2:
        doubtful = []
    for choice in product((True, False), repeat=len(doubtful)):
        left = gone | {
            act.place for act, counts in zip(doubtful, choice, strict=True) if not counts
        }
        events = [
            _no_earlier(event, first.earliest)
            if place in {act.place for act in doubtful}
            else event
            for place, event in enumerate(timeline.events)
            if place not in left
        ]
        yield replace(timeline, events=tuple(events)) if left or doubtful else timeline


def _no_earlier(event: Event, day: int) -> Event:
    """Return an event that did not happen before a day."""
    assert event.when
    return replace(event, when=event.when.within(date.fromordinal(day), None))


# A clock that starts with an event of the policy's own -----------------------------------------


class _Turn(Struct, frozen=True):
    """One turn, as numbers of acts."""

    begun: tuple[int, ...]
    others: frozenset[int] = frozenset()
    stopped: bool = False


Cut = tuple[_Turn, ...]


def _turns(timeline: Timeline, clock: Clock, acts: Sequence[Act]) -> list[Turn] | None:
    begins = [act for act in acts if act.does == Does.BEGINS]
    stops = [act for act in acts if act.does == Does.ANSWERS]
    early = any(stop.comes_before(begin) for stop in stops for begin in begins)
    if not begins or (len(begins) == 1 and (clock.early_stop or (len(stops) < 2 and not early))):
        return None
    try:
        cuts = list(dict.fromkeys(_Player(timeline, acts).play()))
    except TooManyOrdersError:
        cuts = []
    if not cuts or len(cuts) > MOST_WAYS:
        return [Turn(1, (OwnRow(timeline, clock),), crowded=True)]
    keys = sorted(
        {turn.begun[0] for cut in cuts for turn in cut},
        key=lambda one: (acts[one].earliest, one),
    )
    found = []
    for number, key in enumerate(keys, 1):
        own = [turn for cut in cuts for turn in cut if turn.begun[0] == key]
        rows = [
            OwnRow(_row(timeline, acts, turn, last=number == len(keys)), clock)
            for turn in dict.fromkeys(own)
        ]
        request = timeline.events[acts[key].place]
        found.append(Turn(number, tuple(rows), len(own) == len(cuts), request))
    return found


def _row(timeline: Timeline, acts: Sequence[Act], turn: _Turn, *, last: bool) -> Timeline:
    """Return the events of one turn, with all that belongs to none.

    What is still to come belongs to the last.
    """
    kept = {acts[number].place for number in (*turn.begun, *turn.others)}
    gone = {act.place for act in acts} - kept
    names = {timeline.events[place].name for place in kept}
    clock_names = {act.name for act in acts}
    events = [
        event
        for place, event in enumerate(timeline.events)
        if place in kept
        or (
            place not in gone
            and not (event.when is None and event.name in names)
            and not (event.when and not last and event.name in clock_names)
        )
    ]
    return replace(timeline, events=tuple(events))


class _Player:
    """Plays the events of a clock through in every order in which they may have happened."""

    def __init__(self, timeline: Timeline, acts: Sequence[Act]) -> None:
        self.events = timeline.events
        self.acts = acts

    def play(self) -> Iterator[Cut]:
        seen: set[tuple[frozenset[int], Cut]] = set()
        waiting: list[tuple[frozenset[int], Cut]] = [(frozenset(range(len(self.acts))), ())]
        while waiting:
            one = waiting.pop()
            if one in seen:
                continue
            seen.add(one)
            if len(seen) > MOST_STATES:
                raise TooManyOrdersError
            remaining, cut = one
            if not remaining:
                yield cut
            for number in next_ones(self.acts, remaining):
                left = remaining - {number}
                if not self._waits(number, cut, left):
                    waiting += [(left, after) for after in self._step(cut, number)]

    def _waits(self, number: int, cut: Cut, left: Iterable[int]) -> bool:
        """Whether a start of the same day comes first, since there is nothing else to stop."""
        act = self.acts[number]
        if act.does == Does.BEGINS or any(not turn.stopped for turn in cut):
            return False
        return any(
            self.acts[one].does == Does.BEGINS
            and (act.same_day(self.acts[one]) or (not cut and not act.comes_before(self.acts[one])))
            for one in left
        )

    def _step(self, cut: Cut, number: int) -> Iterator[Cut]:
        act = self.acts[number]
        open_ = [turn for turn in cut if not turn.stopped]
        if act.does == Does.BEGINS:
            yield self._begin(cut, number, open_)
        elif act.does == Does.FOLLOWS:
            last = (open_ or list(cut))[-1:]
            yield _changed(cut, last[0], number) if last else cut
        else:
            of = str(self._event(number).attributes.get("of", ""))
            meant = [turn for turn in cut if self._event(turn.begun[0]).id == of] if of else open_
            if not act.sure or not meant:
                yield _changed(cut, meant[0], number) if meant else cut
            for turn in meant:
                yield _changed(cut, turn, number, stopped=True)

    def _event(self, number: int) -> Event:
        return self.events[self.acts[number].place]

    def _begin(self, cut: Cut, number: int, open_: Sequence[_Turn]) -> Cut:
        own = self._event(number).id
        named = own and all(self._event(turn.begun[0]).id for turn in open_)
        if not open_ or named:
            return (*cut, _Turn((number,)))
        begun = sorted((*open_[-1].begun, number), key=lambda one: (self.acts[one].earliest, one))
        changed = replace(open_[-1], begun=tuple(begun))
        return tuple(changed if turn is open_[-1] else turn for turn in cut)


def _changed(cut: Cut, turn: _Turn, number: int, *, stopped: bool = False) -> Cut:
    changed = replace(turn, others=turn.others | {number}, stopped=turn.stopped or stopped)
    return tuple(changed if one is turn else one for one in cut)
