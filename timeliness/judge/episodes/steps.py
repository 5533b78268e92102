"""What one event does to a complaint that is cut so far: it begins, ends or belongs to an episode.

Where the order of events decides which episode one belongs to, or a request may be a repeat or a
new one, there are several ways to go on.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property

from msgspec import Struct
from msgspec.structs import replace

from timeliness.judge.episodes.acts import STAGES, Act, Does
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
    asked_at_last,
    complaint_of,
    complaints_of,
    is_answered,
    is_early,
    last_place,
    received_at_last,
    with_stage_1,
)
from timeliness.judge.episodes.misdated import before_receipt, begun_late
from timeliness.model.vocabulary import REFUSALS


class Steps(Struct, frozen=True, dict=True):
    """What each of the acts of a complaint comes to, after some of the others."""

    acts: Sequence[Act]

    @cached_property
    def _begun_late(self) -> frozenset[int]:
        return begun_late(self.acts)

    @cached_property
    def _before_receipt(self) -> frozenset[int]:
        return before_receipt(self.acts)

    def after(self, cut: Cut, number: int) -> Iterator[Cut]:
        """Return every way to cut a complaint after one act more."""
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
        if act.stage > 1 and act.stage in self._begun_late:
            if rightly_dated := asked_at_last(cut, number, act.stage):
                yield rightly_dated
            own = [one for one in cut.of(act.stage) if not one.begun] or own
        if not own:
            yield self._begin(cut, number, act.stage, complaint)
            return
        last = own[-1]
        begun = self._in_order(*last.begun, number)
        key = begun[0] if last.key in last.begun else last.key
        early = last.early and not is_answered(cut, 1, last.complaint)
        repeated = cut.with_changed(last, begun=begun, key=key, early=early)
        if not last.begun:
            early = self._is_early(cut, act.stage, complaint)
            changed = replace(last, begun=(number,), key=number, early=early)
            if last.over == ENDED:
                # What was over before it began did not end it: nothing was refused, or one of the
                # dates is wrong, that of the end or its own.
                misdated = {last.ended_by} - self._refusals()
                if misdated or act.stage in self._begun_late:
                    yield cut.with_changed(last, begun=(number,), key=number)
                others = changed.others | misdated
                changed = replace(changed, over="", ended_by=-1, after_end=frozenset())
                changed = replace(changed, others=others)
            yield replace(
                cut, courses=tuple(changed if one is last else one for one in cut.courses)
            )
        elif last.open and act.stage == 1 in self._begun_late and not own[0].begun:
            # What was reopened has begun: this is the request that it lacked when it was ended.
            yield cut.with_changed(own[0], begun=(number,), key=number)
            yield received_at_last(cut, number, self._refusals())
        elif last.open:
            yield repeated
            yield from self._no_repeat(cut, number, last)
        elif act.stage > 1 and last.over in (ANSWERED, PASSED):
            yield cut.with_note(AFTER_FINAL, number) if act.sure else cut
        else:
            yield from self._again(cut, number, last)
            first = cut.of(1)[0]
            if act.stage == 1 and not first.begun:
                # Its date may be wrong: then it is the request that the first one lacks.
                yield cut.with_changed(first, begun=(number,), key=number)
                if len(own) > 1:
                    yield received_at_last(cut, number, self._refusals())
            if not act.sure:
                yield cut

    def _refusals(self) -> set[int]:
        return {number for number, act in enumerate(self.acts) if act.name in REFUSALS}

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
            before = last_place(cut, stage - 1, complaint)
        early = self._is_early(cut, stage, complaint)
        waited = frozenset(one for one in cut.waiting if stage in self.acts[one].stages)
        cut = replace(cut, waiting=cut.waiting - waited)
        others = beforehand | waited
        begun = Course(stage, complaint, before, (number,), number, others, beforehand)
        return cut.with_added(replace(begun, early=early))

    def _is_early(self, cut: Cut, stage: int, complaint: int) -> bool:
        """Whether a request may have come before the answer of the stage before.

        One that is dated after what follows from it may have, whatever its date.
        """
        return is_early(cut, stage, complaint) or stage == 2 in self._begun_late

    def _in_order(self, *numbers: int) -> tuple[int, ...]:
        return tuple(sorted(numbers, key=lambda one: (self.acts[one].earliest, one)))

    # What follows -----------------------------------------------------------------------------

    def _follow(self, cut: Cut, number: int) -> Iterator[Cut]:
        act = self.acts[number]
        if act.sure and not act.binds and not cut.of(act.stage) and self._is_asked_for(act):
            yield replace(cut, waiting=cut.waiting | {number})
            return
        begun = with_stage_1(cut)
        if begun.of(act.stage):
            yield from self._go_on(begun, number)
            return
        for complaint, before in complaints_of(begun, act.stage):
            yield from self._go_on(begun.with_added(Course(act.stage, complaint, before)), number)

    def _go_on(self, cut: Cut, number: int) -> Iterator[Cut]:
        """Return the ways in which an act belongs to a course that has begun."""
        act = self.acts[number]
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
            # One of the dates is wrong: perhaps that of the answer, which then was none yet.
            yield cut.with_changed(last, others=others)
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
        """Whether what an answer is to was only asked for on a later day."""
        requests = [
            one for one in self.acts if one.does == Does.BEGINS and one.stage == answer.stage
        ]
        return bool(requests) and all(answer.latest < one.earliest for one in requests)

    # Ends, closings, reopenings ---------------------------------------------------------------

    def _perhaps_begun(self, cut: Cut, act: Act) -> Iterator[Cut]:
        """Yield a cut as it is, and as it is if what was asked for on a wrong day was by now."""
        yield cut
        for stage in act.stages:
            if stage not in self._begun_late or cut.of(stage):
                continue
            begun = with_stage_1(cut)
            if stage == 1:
                yield begun
                continue
            for complaint, before in complaints_of(begun, stage):
                yield begun.with_added(Course(stage, complaint, before))

    def _asked_by_then(self, courses: Sequence[Course]) -> Iterator[Sequence[Course]]:
        """Yield some courses, and those of them that were asked for by now in any case.

        A request for a later stage that is dated before the receipt may have come at any time.
        """
        yield courses
        sure = [one for one in courses if one.key not in self._before_receipt]
        if len(sure) < len(courses):
            yield sure

    def _end(self, cut: Cut, number: int) -> Iterator[Cut]:
        for one in self._perhaps_begun(cut, self.acts[number]):
            yield from self._end_of(one, number)

    def _end_of(self, cut: Cut, number: int) -> Iterator[Cut]:
        act = self.acts[number]
        early = not cut.courses and self._is_asked_for(act)
        if 1 in act.stages and not (early and (act.name in REFUSALS or not act.sure)):
            cut = with_stage_1(cut)
        open_ = [one for stage in act.stages for one in cut.of(stage) if one.unanswered]
        if not open_:
            refused = act.name in REFUSALS and act.sure
            yield cut.with_note(NOT_OPEN, number) if refused else cut
            return
        for many in self._asked_by_then(open_):
            ended = cut
            for one in many:
                ended = ended.with_changed(one, over=ENDED, ended_by=number)
            yield replace(ended, lately=ENDED) if many else cut
        if not act.sure:
            yield cut

    def _close(self, cut: Cut, number: int) -> Iterator[Cut]:
        for one in self._perhaps_begun(cut, self.acts[number]):
            yield from self._close_of(one, number)

    def _close_of(self, cut: Cut, number: int) -> Iterator[Cut]:
        act = self.acts[number]
        if not cut.courses and not self._is_asked_for(act):
            cut = with_stage_1(cut)
        answered = self.is_of_what_was_answered(act)
        open_ = [one for one in cut.courses if one.open and one.closed_by < 0 and not answered]
        for many in self._asked_by_then(open_):
            after = cut
            for one in many:
                after = after.with_changed(one, closed_by=number)
            yield after
        if not act.sure:
            yield cut

    def _reopen(self, cut: Cut, number: int) -> Iterator[Cut]:
        """Take back a closing, or begin anew what was ended last."""
        act = self.acts[number]
        if not act.sure:
            yield cut
        taken_up = self.taken_up(cut)
        if not taken_up:
            last = self._last(cut)
            if act.sure and any(one.over == ANSWERED for one in last):
                cut = cut.with_note(REOPENED_ANSWERED, number)
            yield replace(cut, idle=cut.idle | {number})
            return
        ways = [cut]
        for one in taken_up:
            if one.open:
                ways = [way.with_changed(one, closed_by=-1) for way in ways]
            else:
                ways = [after for way in ways for after in self._again(way, number, one)]
        yield from ways

    def taken_up(self, cut: Cut) -> list[Course]:
        """Return what a reopening takes up: what is closed, otherwise what was ended last."""
        closed = [one for one in cut.courses if one.open and one.closed_by >= 0]
        ended = [one for one in self._last(cut) if one.over == ENDED]
        if closed or not ended or cut.lately != ENDED:
            return closed
        by = max((one.ended_by for one in ended), key=lambda one: self.acts[one].earliest)
        return [one for one in ended if one.ended_by == by]

    def _last(self, cut: Cut) -> list[Course]:
        return [own[-1] for stage in STAGES if (own := cut.of(stage))]

    def is_of_what_was_answered(self, act: Act) -> bool:
        """Whether an act is a closing on the day of an answer, which is what it closes."""
        return act.does == Does.CLOSES and any(
            one.does == Does.ANSWERS and one.sure and one.same_day(act) for one in self.acts
        )
