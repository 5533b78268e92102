"""What each way to cut a complaint comes to: its rows, its episodes, and why there is a doubt."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property

from msgspec import Struct
from msgspec.structs import replace

from timeliness.judge.episodes.acts import STAGES, Act, Does, acts_of, arrived, may_repeat
from timeliness.judge.episodes.courses import ANSWERED, CLOSED_OVER, ENDED, PASSED, Course, DatedCut
from timeliness.judge.episodes.cutting import TooManyOrdersError, cuts_of
from timeliness.judge.episodes.life import (
    CLOSED,
    EARLY,
    ENDING,
    ORDER,
    Doubt,
    Episode,
    Life,
    Row,
    Way,
)
from timeliness.judge.episodes.misdated import before_requests, begun_late
from timeliness.judge.milestones import NEVER, StageEnd, counts_as, ordinals
from timeliness.model.dates import Span
from timeliness.model.timelines import Event, Timeline
from timeliness.model.vocabulary import STAGE_TRIGGERS, Vocabulary

MOST_WAYS = 128


def life_of(timeline: Timeline, as_at: date, vocabulary: Vocabulary) -> Life:
    """Return the life of a complaint as of a day.

    Where there can be one episode of each stage alone, it is not told of.
    """
    acts = acts_of(timeline, as_at, vocabulary)
    if not may_repeat(acts):
        return _uncut(timeline)
    return _played(timeline, vocabulary, acts)


def told_life_of(timeline: Timeline, as_at: date, vocabulary: Vocabulary) -> Life:
    """Return the life of a complaint as of a day, with its episodes however few there are."""
    return _played(timeline, vocabulary, acts_of(timeline, as_at, vocabulary))


def _uncut(timeline: Timeline, *, crowded: bool = False) -> Life:
    return Life((Way((Row(timeline, dict.fromkeys(STAGES, 1)),)),), crowded=crowded)


def _played(timeline: Timeline, vocabulary: Vocabulary, acts: Sequence[Act]) -> Life:
    try:
        cuts = cuts_of(acts)
    except TooManyOrdersError:
        cuts = []
    if not cuts or len(cuts) > MOST_WAYS:
        return _uncut(timeline, crowded=True)
    return _Life(timeline, vocabulary, acts, cuts).life()


class _Life(Struct, frozen=True, dict=True):
    timeline: Timeline
    vocabulary: Vocabulary
    acts: Sequence[Act]
    cuts: Sequence[DatedCut]

    def life(self) -> Life:
        notes = frozenset.intersection(*(cut.notes for cut in self.cuts))
        told = sorted(notes, key=lambda note: (self.acts[note[1]].earliest, note))
        return Life(
            tuple(self._way(cut) for cut in self.cuts),
            tuple(self._episodes()),
            tuple((name, self._event(number)) for name, number in told),
            tuple(self._event(number) for number in before_requests(self.acts)),
            begun_late(self.acts),
            doubt=self._doubt(),
        )

    def _doubt(self) -> Doubt | None:
        """Return why there is more than one way; the first thing of several."""
        if len(self.cuts) == 1:
            return None
        for cut in self.cuts:
            if cut.premature >= 0 and 2 not in begun_late(self.acts):
                after = [
                    number
                    for one in cut.of(2)
                    for number in one.begun
                    if one.key == cut.premature != number
                ]
                return Doubt(EARLY, self._event(after[0]), self._event(cut.premature))
        for cut in self.cuts:
            for place, one in enumerate(cut.courses):
                following = cut.courses[place + 1 : place + 2]
                if one.over == CLOSED_OVER and following and following[0].key >= 0:
                    return Doubt(CLOSED, self._event(following[0].key))
        differing = _differing(
            {
                (number, one.stage, one.key, one.complaint, one.before, one.unclear)
                for one in cut.courses
                for number in (*one.begun, *one.others, one.ended_by, one.closed_by)
                if number >= 0
            }
            for cut in self.cuts
        )
        late = {
            number: one.ended_by
            for cut in self.cuts
            for one in cut.courses
            for number in one.after_end
        }
        for number in sorted(late, key=self._day):
            if number not in differing:
                return Doubt(ENDING, self._event(number), self._event(late[number]))
        return Doubt(ORDER, self._event(max(differing, key=self._day))) if differing else None

    def _event(self, number: int) -> Event:
        return self.timeline.events[self.acts[number].place]

    # Numbers ----------------------------------------------------------------------------------

    @cached_property
    def _numbers(self) -> Mapping[tuple[int, int], int]:
        """Return the number of each episode by its stage and the request it is known by."""
        numbers: dict[tuple[int, int], int] = {}
        for stage in STAGES:
            keys = {one.key for cut in self.cuts for one in cut.of(stage)}
            ordered = sorted(keys, key=lambda key: (key >= 0, key >= 0 and self._day(key), key))
            numbers |= {(stage, key): number for number, key in enumerate(ordered, 1)}
        return numbers

    def _day(self, number: int) -> int:
        return self.acts[number].earliest

    def _number(self, course: Course) -> int:
        return self._numbers[course.stage, course.key]

    # Rows -------------------------------------------------------------------------------------

    def _way(self, cut: DatedCut) -> Way:
        rows = tuple(self._rows(cut))
        if cut.premature < 0:
            return Way(rows)
        complaint = next(one.complaint for one in cut.of(2) if one.key == cut.premature)
        before = self._number(cut.of(1)[complaint])
        return Way(rows, self._event(cut.premature), before)

    def _rows(self, cut: DatedCut) -> Iterator[Row]:
        nowhere = [stage for stage in STAGES if not cut.of(stage)]
        last = {stage: own[-1] for stage in STAGES if (own := cut.of(stage))}
        for complaint, chains in enumerate(_chains(cut)):
            every = list(dict.fromkeys(one for chain in chains for one in chain))
            whole = Row(self._timeline(cut, every, every, last), {}, _ends(cut, every))
            told: set[int] = set()
            for chain in chains:
                own = [one for one in chain if id(one) not in told]
                told |= {id(one) for one in own}
                numbers = {one.stage: self._number(one) for one in own}
                if not complaint and len(told) == len(own):
                    numbers |= dict.fromkeys(nowhere, 1)
                yield Row(
                    self._timeline(cut, chain, own, last),
                    numbers,
                    _ends(cut, own),
                    frozenset(one.stage for one in own if one.unclear),
                    whole,
                )

    def _timeline(
        self,
        cut: DatedCut,
        chain: Sequence[Course],
        own: Sequence[Course],
        last: Mapping[int, Course],
    ) -> Timeline:
        """Return the events of some courses, with all that belongs to none.

        They are on the days that they can have had in this way.
        What is still to come belongs to the last of its stage, and what was looked for in vain to
        each. What came after the end had not been done by then.
        """
        after = {number for one in chain for number in one.after_end}
        numbers = {number for one in chain for number in (*one.begun, *one.others)} - after
        numbers |= {number for one in own for number in (one.ended_by, one.closed_by)} - {-1}
        names: dict[int, set[str]] = {}
        days: dict[int, list[tuple[int, int]]] = {}
        for number in numbers:
            act = self.acts[number]
            names.setdefault(act.place, set()).add(self._name_in(act, chain, number))
            days.setdefault(act.place, []).append(_days_in(cut, chain, number))
        late = {self.acts[one].place for one in after if self._is_asked_for(self.acts[one])}
        acted = {act.place for act in self.acts}
        dated = {name for place in names for name in names[place]}
        here = {stage for stage, one in last.items() if one in chain}
        events = []
        for place, event in enumerate(self.timeline.events):
            if place in names:
                (own_days, *more) = days[place]
                named = _as_named(event, names[place])
                events.append(named if more else self._cut(named, place, own_days))
            elif place in late:
                events.append(replace(event, when=None, evidence="absent"))
            elif place in acted:
                continue
            elif event.when is None or event.attributes.get("sent") is False:
                if event.attributes.get("sent") is False or event.name not in dated:
                    events.append(event)
            elif ordinals(event.when)[1] < self._arrived:
                # An extension before the complaint arrived is none, unless that is dated wrong.
                events += [event] if chain[0] is cut.courses[0] else []
            elif self._is_to_come_here(event, here, last):
                events.append(event)
        return replace(self.timeline, events=tuple(events))

    @cached_property
    def _arrived(self) -> int:
        return arrived(self.acts)

    def _is_asked_for(self, act: Act) -> bool:
        """Whether an act is one that a clock of its stage waits for."""
        return act.acknowledges or act.does == Does.ANSWERS

    def _cut(self, event: Event, place: int, days: tuple[int, int]) -> Event:
        """Return an event on the days that it can have had."""
        act = next(one for one in self.acts if one.place == place)
        if event.when is None or not act.sure or days == (act.earliest, act.latest):
            return event
        if days[1] > act.latest:
            span = Span(*map(date.fromordinal, days))
            return replace(event, when=replace(event.when, span=span, given=event.when.as_given))
        earliest = date.fromordinal(days[0]) if days[0] > act.earliest else None
        latest = date.fromordinal(days[1]) if days[1] < act.latest else None
        return replace(event, when=event.when.within(earliest, latest))

    def _is_to_come_here(self, event: Event, here: set[int], last: Mapping[int, Course]) -> bool:
        kinds = [self.vocabulary.find(name) for name in counts_as(event)]
        stages = {kind.stage for kind in kinds if kind and kind.stage}
        return not stages or any(stage in here or stage not in last for stage in stages)

    def _name_in(self, act: Act, chain: Sequence[Course], number: int) -> str:
        """Return what an event is in a row: a reopening may be the request that begins it."""
        if act.does != Does.REOPENS:
            return act.name
        begun = [one.stage for one in chain if number in one.begun]
        return STAGE_TRIGGERS[begun[0]] if begun else act.name

    # Episodes ---------------------------------------------------------------------------------

    def _episodes(self) -> Iterator[Episode]:
        """Return every episode that there is in some way to cut, by stage and number."""
        for (stage, key), number in self._numbers.items():
            found = [one for cut in self.cuts for one in cut.of(stage) if one.key == key]
            over = [one for one in found if one.over in (ANSWERED, ENDED, PASSED)]
            one = (over or found)[0]
            repeats = set.intersection(*(set(other.begun) for other in found)) - {key}
            answers = [
                number
                for number in sorted(one.others, key=self._day)
                if self.acts[number].does == Does.ANSWERS
            ]
            yield Episode(
                stage,
                number,
                self._began(stage, key, one),
                self._event(key) if key >= 0 else None,
                tuple(self._event(each) for each in sorted(repeats, key=self._day)),
                self._event(one.ended_by) if one.over == ENDED else None,
                self._event(answers[0]) if one.answered and answers else None,
                sure=len(found) == len(self.cuts),
                over=len(over) == len(self.cuts),
            )

    def _began(self, stage: int, key: int, course: Course) -> str:
        for cut in self.cuts:
            own = [one for one in cut.of(stage) if stage == 1 or one.complaint == course.complaint]
            place = next((place for place, one in enumerate(own) if one.key == key), 0)
            if place:
                return _HOW[own[place - 1].over]
        return "first"


def _ends(cut: DatedCut, own: Iterable[Course]) -> dict[int, StageEnd]:
    """Return what ended or closed each of some courses.

    That of a course that is not judged in a row does not matter there.
    """
    return {
        one.stage: StageEnd(
            cut.days[one.ended_by] if one.ended_by >= 0 else NEVER,
            cut.days[one.closed_by] if one.closed_by >= 0 and not one.answered else NEVER,
        )
        for one in own
        if max(one.ended_by, one.closed_by) >= 0
    }


def _days_in(cut: DatedCut, chain: Sequence[Course], number: int) -> tuple[int, int]:
    """Return the days of an act; no earlier than the request that it acknowledged beforehand."""
    earliest, latest = cut.days[number]
    for one in chain:
        if number in one.beforehand:
            request = cut.days[one.begun[0]]
            return max(earliest, request[0]), max(latest, request[1])
    return earliest, latest


def _differing(sides: Iterable[set[tuple[int, ...]]]) -> set[int]:
    """Return the acts that differ between the ways to cut."""
    every = list(sides)
    return {number for one in every for number, *_ in one ^ every[0]}


_HOW = {ANSWERED: "further", PASSED: "further", ENDED: "again", CLOSED_OVER: "closed"}
"""How an episode began, by why the one before it was over."""


def _chains(cut: DatedCut) -> Iterator[list[list[Course]]]:
    """Return, for each course of stage 1, each line of courses that followed from it."""
    seconds, thirds = cut.of(2), cut.of(3)
    for complaint, first in enumerate(cut.of(1)):
        chains: list[list[Course]] = []
        for place, second in enumerate(seconds):
            if second.complaint == complaint:
                after = [one for one in thirds if one.before == place]
                chains += [[first, second, third] for third in after] or [[first, second]]
        loose = [one for one in thirds if one.before < 0 and one.complaint == complaint]
        yield (chains or [[first]]) + [[first, third] for third in loose]


def _as_named(event: Event, names: Iterable[str]) -> Event:
    """Return an event that counts under these names alone."""
    wanted = set(names)
    if counts_as(event) == wanted:
        return event
    return replace(event, name=min(wanted), treated_as="")
