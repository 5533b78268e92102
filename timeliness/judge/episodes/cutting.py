"""Cutting a complaint into episodes: every order in which its events may have happened is played.

An episode of a stage begins with a request and is open until it is answered or ended. Where the
order of events decides which episode one belongs to, there are several ways to cut.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from timeliness.judge.episodes.acts import Act, Does, next_ones
from timeliness.judge.episodes.courses import (
    AFTER_END,
    AFTER_FINAL,
    ANSWERED,
    CLOSED_OVER,
    ENDED,
    NOT_OPEN,
    PASSED,
    REOPENED_ANSWERED,
    TWO_OPEN,
    Course,
    Cut,
    Days,
    complaint_of,
    is_answered,
    is_early,
    with_stage_1,
)
from timeliness.model.vocabulary import REFUSALS

MOST_STATES = 3_000
"""As many states are played through for one complaint before it is asked for otherwise."""


class TooManyOrdersError(Exception):
    """The events of a complaint may have happened in more orders than are played through."""


def cuts_of(acts: Sequence[Act]) -> list[Cut]:
    """Return every way to cut a complaint, with the days on which each act happened in it.

    Raises `TooManyOrdersError`.
    """
    together: dict[Cut, Cut] = {}
    for cut, days in _Player(acts).play().items():
        courses = tuple(replace(one, early=False) for one in cut.courses)
        key = replace(cut, courses=courses, notes=frozenset(), lately="")
        same = together.get(key)
        notes, spans = cut.notes, days
        if same:
            notes, spans = notes & same.notes, _hull(days, same.days)
        together[key] = replace(cut, notes=notes, days=spans)
    return list(together.values())


def _hull(one: Days, other: Days) -> Days:
    """Return for each act the days that it has in either of two orders of the same acts."""
    return {
        number: (min(low, other[number][0]), max(high, other[number][1]))
        for number, (low, high) in one.items()
    }


@dataclass
class _Player:
    acts: Sequence[Act]

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
                    if self._waits(self.acts[number], cut, left):
                        continue
                    told = {**days, number: self._days(number, remaining)}
                    for changed in self._step(cut, number):
                        other = after.get((left, changed))
                        after[left, changed] = _hull(told, other) if other else told
                    if seen + len(after) > MOST_STATES:
                        raise TooManyOrdersError
            states = after
            seen += len(states)
        return {cut: days for (_, cut), days in states.items()}

    def _days(self, number: int, remaining: frozenset[int]) -> tuple[int, int]:
        """Return on which days an act happened that is the next of those that remain."""
        act = self.acts[number]
        gone = set(range(len(self.acts))) - remaining
        before = [self.acts[at].earliest for at in gone if self.acts[at].binds]
        after = [self.acts[at].latest for at in remaining if self.acts[at].binds]
        return max([act.earliest, *before]), min([act.latest, *after])

    def _waits(self, act: Act, cut: Cut, left: frozenset[int]) -> bool:
        """Whether something that is left must have come first.

        Within a day an answer comes before a closing, and an end before what takes it up again. A
        complaint was received before everything else of it, and a stage was asked for before it
        was acknowledged, extended or answered, as far as the dates allow.
        """
        if act.sure and not act.binds:
            return False
        others = [self.acts[number] for number in left]
        if act.does == Does.CLOSES and any(
            one.does == Does.ANSWERS and one.same_day(act) for one in others
        ):
            return True
        if act.does == Does.REOPENS:
            ending = (Does.CLOSES, Does.ENDS)
            return any(
                one.does in ending and one.latest <= act.earliest and not act.comes_before(one)
                for one in others
            )
        own = [one for stage in act.stages for one in cut.of(stage)]
        nothing_open = act.does == Does.ENDS and not any(one.unanswered for one in own)
        if nothing_open and any(act.must_follow(one) for one in others):
            return True
        if self._of_what_was_answered(act):
            return False
        first = act.asked_before - {one.stage for one in cut.courses if one.begun}
        return any(
            one.does == Does.BEGINS and one.stage in first and not act.comes_before(one)
            for one in others
        )

    def _of_what_was_answered(self, act: Act) -> bool:
        """Whether an act is a closing on the day of an answer, which is what it closes."""
        return act.does == Does.CLOSES and any(
            one.does == Does.ANSWERS and one.sure and one.same_day(act) for one in self.acts
        )

    def _step(self, cut: Cut, number: int) -> Iterator[Cut]:
        match self.acts[number].does:
            case Does.BEGINS:
                yield from self._request(cut, number)
            case Does.FOLLOWS | Does.ANSWERS:
                yield from self._follow(cut, number)
            case Does.ENDS:
                yield from self._end(cut, number)
            case Does.CLOSES:
                yield from self._close(cut, number)
            case Does.REOPENS:
                yield from self._reopen(cut, number)

    # Requests ---------------------------------------------------------------------------------

    def _request(self, cut: Cut, number: int) -> Iterator[Cut]:
        act = self.acts[number]
        cut = with_stage_1(cut) if act.stage > 1 else cut
        complaint = complaint_of(cut, act.stage)
        own = [one for one in cut.of(act.stage) if act.stage == 1 or one.complaint == complaint]
        if not own:
            yield self._begin(cut, number, act.stage, complaint)
            return
        last = own[-1]
        begun = self._in_order(*last.begun, number)
        key = begun[0] if last.key in last.begun else last.key
        early = last.early and not is_answered(cut, 1, last.complaint)
        repeated = cut.with_changed(last, begun=begun, key=key, early=early)
        if not last.begun:
            early = is_early(cut, act.stage, complaint)
            changed = replace(last, begun=(number,), key=number, early=early)
            if last.over == ENDED:
                # What was over before it began did not end it.
                changed = replace(changed, over="", ended_by=-1, after_end=frozenset())
            yield replace(
                cut, courses=tuple(changed if one is last else one for one in cut.courses)
            )
        elif last.open:
            yield repeated
            yield from self._no_repeat(cut, number, last)
        elif act.stage > 1 and last.over in (ANSWERED, PASSED):
            yield cut.with_note(AFTER_FINAL, number) if act.sure else cut
        else:
            yield from self._again(cut, number, last)
            if not act.sure:
                yield cut

    def _no_repeat(self, cut: Cut, number: int, last: Course) -> Iterator[Cut]:
        """Return the ways in which a request is not a repeat, though the last one is still open.

        That was closed, or it was made before stage 1 was answered and this one is made after.
        """
        if last.closed_by >= 0:
            closed = cut.with_changed(last, over=CLOSED_OVER)
            yield self._begin(closed, number, last.stage, last.complaint, last.before)
        answered = is_answered(cut, 1, last.complaint)
        if last.stage == 2 and last.early and answered and cut.premature < 0:
            kept = replace(cut, premature=last.begun[0])
            yield kept.with_changed(last, begun=(number,), others=frozenset(), early=False)

    def _again(self, cut: Cut, number: int, last: Course) -> Iterator[Cut]:
        """Return the ways in which a request after an answer or an end begins a course."""
        yield self._begin(cut, number, last.stage, last.complaint, last.before)
        told = frozenset(one for one in last.after_end if self.acts[one].acknowledges)
        if told:
            # What was acknowledged after the end may have been this request.
            notes = cut.notes - {(AFTER_END, one) for one in told}
            without = replace(cut, notes=notes).with_changed(
                last, others=last.others - told, after_end=last.after_end - told
            )
            yield self._begin(without, number, last.stage, last.complaint, last.before, told)

    def _begin(
        self,
        cut: Cut,
        number: int,
        stage: int,
        complaint: int,
        before: int = -1,
        beforehand: frozenset[int] = frozenset(),
    ) -> Cut:
        if stage == 1:
            complaint = len(cut.of(1))
        elif before < 0:
            places = [
                place for place, one in enumerate(cut.of(stage - 1)) if one.complaint == complaint
            ]
            before = places[-1] if places else -1
        early = is_early(cut, stage, complaint)
        waited = frozenset(one for one in cut.waiting if stage in self.acts[one].stages)
        cut = replace(cut, waiting=cut.waiting - waited)
        others = beforehand | waited
        begun = Course(stage, complaint, before, (number,), number, others, beforehand)
        return cut.with_added(replace(begun, early=early))

    def _in_order(self, *numbers: int) -> tuple[int, ...]:
        return tuple(sorted(numbers, key=lambda one: (self.acts[one].earliest, one)))

    # What follows -----------------------------------------------------------------------------

    def _follow(self, cut: Cut, number: int) -> Iterator[Cut]:
        act = self.acts[number]
        if act.sure and not act.binds and not cut.of(act.stage) and self._is_asked_for(act):
            yield replace(cut, waiting=cut.waiting | {number})
            return
        unchanged = cut
        cut = with_stage_1(cut)
        if not cut.of(act.stage):
            before = len(cut.of(act.stage - 1)) - 1
            complaint = complaint_of(cut, act.stage)
            cut = cut.with_added(Course(act.stage, complaint, before))
        open_ = [one for one in cut.of(act.stage) if one.open]
        if len(open_) > 1:
            for one in open_:
                cut = cut.with_changed(one, unclear=True)
            cut = cut.with_note(TWO_OPEN, number)
            open_ = [one for one in cut.of(act.stage) if one.open]
        last = open_[0] if open_ else cut.of(act.stage)[-1]
        others = last.others | {number}
        if last.over == ENDED:
            asked = act.sure and (act.acknowledges or act.does == Does.ANSWERS)
            noted = cut.with_note(AFTER_END, number) if asked else cut
            yield noted.with_changed(last, others=others, after_end=last.after_end | {number})
            return
        answered = cut.with_changed(last, others=others, over=ANSWERED, answered=True)
        answered = replace(answered, lately=ANSWERED)
        if act.does == Does.FOLLOWS or not act.sure:
            yield cut.with_changed(last, others=others)
        elif not last.begun and self._is_asked_for_later(act):
            # One of the dates is wrong: perhaps that of the answer, which then was none.
            yield unchanged
        if act.does == Does.ANSWERS:
            for one in answered.courses:
                if one.open and one.complaint == last.complaint and one.stage < act.stage:
                    answered = answered.with_changed(one, over=PASSED)
            yield answered

    def _is_asked_for(self, act: Act) -> bool:
        """Whether a request for the first stage that an act concerns is on the record."""
        return any(
            one.does == Does.BEGINS and one.sure and one.stage == act.stage for one in self.acts
        )

    def _is_asked_for_later(self, answer: Act) -> bool:
        """Whether what an answer is to was only asked for after it."""
        requests = [
            one for one in self.acts if one.does == Does.BEGINS and one.stage == answer.stage
        ]
        return bool(requests) and all(answer.comes_before(one) for one in requests)

    # Ends, closings, reopenings ---------------------------------------------------------------

    def _end(self, cut: Cut, number: int) -> Iterator[Cut]:
        act = self.acts[number]
        early = 1 in act.stages and not cut.courses and self._is_asked_for(act)
        if early and act.sure and act.name not in REFUSALS:
            # It is dated before the complaint arrived: one of the dates is wrong.
            yield replace(cut, waiting=cut.waiting | {number})
            return
        if 1 in act.stages and not early:
            cut = with_stage_1(cut)
        open_ = [one for stage in act.stages for one in cut.of(stage) if one.unanswered]
        if not open_:
            refused = act.name in REFUSALS and act.sure
            yield cut.with_note(NOT_OPEN, number) if refused else cut
            return
        ended = cut
        for one in open_:
            ended = ended.with_changed(one, over=ENDED, ended_by=number)
        ended = replace(ended, lately=ENDED)
        yield ended
        if not act.sure:
            yield cut

    def _close(self, cut: Cut, number: int) -> Iterator[Cut]:
        act = self.acts[number]
        after = cut
        for one in cut.courses if not self._of_what_was_answered(act) else ():
            if one.open and one.closed_by < 0:
                after = after.with_changed(one, closed_by=number)
        yield after
        if not act.sure:
            yield cut

    def _reopen(self, cut: Cut, number: int) -> Iterator[Cut]:
        """Take back a closing, or begin anew what was ended last."""
        act = self.acts[number]
        if not act.sure:
            yield cut
        closed = [one for one in cut.courses if one.open and one.closed_by >= 0]
        last = [own[-1] for stage in (1, 2, 3) if (own := cut.of(stage))]
        ended = [one for one in last if one.over == ENDED]
        if closed:
            for one in closed:
                cut = cut.with_changed(one, closed_by=-1)
        elif ended and cut.lately == ENDED:
            by = max((one.ended_by for one in ended), key=lambda one: self.acts[one].earliest)
            ways = [cut]
            for one in ended:
                if one.ended_by == by:
                    ways = [after for way in ways for after in self._again(way, number, one)]
            yield from ways
            return
        elif act.sure and any(one.over == ANSWERED for one in last):
            cut = cut.with_note(REOPENED_ANSWERED, number)
        yield cut
