"""Cutting a complaint into episodes: every order in which its events may have happened is played.

An episode of a stage begins with a request and is open until it is answered or ended. Where the
order of events decides which episode one belongs to, there are several ways to cut.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from timeliness.judge.episodes.acts import REFUSALS, Act, Does, next_ones

MOST_STATES = 3_000
"""As many states are played through for one complaint before it is asked for otherwise."""

AFTER_END, AFTER_FINAL, NOT_OPEN = "after-end", "after-final", "not-open"
REOPENED_ANSWERED, TWO_OPEN = "reopened-answered", "two-open"
"""What the record of a complaint leaves to ask."""

ANSWERED, ENDED, PASSED, CLOSED_OVER = "answered", "ended", "passed", "closed"
"""Why an episode is over: `PASSED` where a later stage was answered, `CLOSED_OVER` where it was
closed and a further request is taken to begin another."""


@dataclass(frozen=True)
class Course:
    """One episode of one stage, from a request to its answer or end; events as numbers of acts.

    `complaint` numbers the stage 1 episode to which it belongs, and `before` the episode of the
    stage before, each from 0 within its stage. `begun` holds its request and the repeats of it,
    the earliest first; it is empty where no request is on the record. `key` is the request by
    which it is known in every way to cut. `ends` holds what ended or closed it, or may have.
    """

    stage: int
    complaint: int
    before: int = -1
    begun: tuple[int, ...] = ()
    key: int = -1
    others: frozenset[int] = frozenset()
    ends: frozenset[int] = frozenset()
    after_end: frozenset[int] = frozenset()
    over: str = ""
    ended_by: int = -1
    closed_by: int = -1
    answered: bool = False
    early: bool = False
    unclear: bool = False

    @property
    def open(self) -> bool:
        """Whether it is neither answered nor over."""
        return not self.over


@dataclass(frozen=True)
class Cut:
    """One way to cut a complaint: the courses of each stage in the order in which they began.

    `notes` holds what the record leaves to ask: its name and the number of the act. `premature`
    is the early request that is set aside in this way for its repeat after the answer, or -1.
    """

    courses: tuple[Course, ...] = ()
    notes: frozenset[tuple[str, int]] = frozenset()
    premature: int = -1

    def of(self, stage: int) -> list[Course]:
        """Return the courses of a stage."""
        return [one for one in self.courses if one.stage == stage]

    def with_changed(self, course: Course, **changes: object) -> Cut:
        """Return the same cut with one course changed."""
        changed = replace(course, **changes)  # type: ignore[arg-type]
        return replace(
            self, courses=tuple(changed if one is course else one for one in self.courses)
        )

    def with_added(self, course: Course) -> Cut:
        """Return the same cut with one course more."""
        courses = sorted((*self.courses, course), key=lambda one: one.stage)
        return replace(self, courses=tuple(courses))

    def with_note(self, name: str, number: int) -> Cut:
        """Return the same cut with a note."""
        return replace(self, notes=self.notes | {(name, number)})


class TooManyOrdersError(Exception):
    """The events of a complaint may have happened in more orders than are played through."""


def cuts_of(acts: Sequence[Act]) -> list[Cut]:
    """Return every way to cut a complaint; those that differ only in what ended it are one.

    Raises `TooManyOrdersError`.
    """
    together: dict[tuple[object, ...], Cut] = {}
    for cut in _Player(acts).play():
        key = _structure(cut, acts)
        together[key] = _either(together[key], cut) if key in together else cut
    return list(together.values())


def _structure(cut: Cut, acts: Sequence[Act]) -> tuple[object, ...]:
    return cut.premature, *(
        (
            *(one.stage, one.complaint, one.before, one.begun, one.key, one.others, one.unclear),
            *(_ends_of_its_day(one, acts), _later_than_its_end(one, acts)),
        )
        for one in cut.courses
    )


def _ends_of_its_day(course: Course, acts: Sequence[Act]) -> frozenset[int]:
    """Return what ended a course on the day of its request: that may have been before it."""
    begun = course.begun[:1]
    return frozenset(
        end for end in course.ends for first in begun if acts[end].same_day(acts[first])
    )


def _later_than_its_end(course: Course, acts: Sequence[Act]) -> frozenset[int]:
    """Return what came after the end of a course, but for what came on the same day."""
    return frozenset(
        one for one in course.after_end if not acts[one].same_day(acts[course.ended_by])
    )


def _either(one: Cut, other: Cut) -> Cut:
    """Return a cut that leaves open which of two it is that differ in what ended the courses.

    The clocks themselves know from the days what may have ended them.
    """
    courses = tuple(
        replace(mine, ends=mine.ends | theirs.ends, after_end=mine.after_end & theirs.after_end)
        for mine, theirs in zip(one.courses, other.courses, strict=True)
    )
    return replace(one, courses=courses, notes=one.notes & other.notes)


@dataclass
class _Player:
    acts: Sequence[Act]
    seen: set[tuple[frozenset[int], Cut]] = field(default_factory=set)

    def play(self) -> Iterator[Cut]:
        waiting = [(frozenset(range(len(self.acts))), Cut())]
        while waiting:
            one = waiting.pop()
            if one in self.seen:
                continue
            self.seen.add(one)
            if len(self.seen) > MOST_STATES:
                raise TooManyOrdersError
            remaining, cut = one
            if not remaining:
                yield cut
            for number in next_ones(self.acts, remaining):
                left = remaining - {number}
                if not self._waits(self.acts[number], cut, left):
                    waiting += [(left, after) for after in self._step(cut, number)]

    def _waits(self, act: Act, cut: Cut, left: frozenset[int]) -> bool:
        """Whether something that is left must have come first.

        Within a day an answer comes before a closing, and what ends something before what takes it
        up again. What would come before the first request of its stage waits for it.
        """
        if act.does == Does.BEGINS:
            return False
        others = [self.acts[number] for number in left]
        if act.does == Does.CLOSES and any(
            one.does == Does.ANSWERS and one.same_day(act) for one in others
        ):
            return True
        if act.does == Does.REOPENS:
            ending = (Does.CLOSES, Does.ENDS)
            return any(one.does in ending and one.same_day(act) for one in others)
        own = [one for stage in act.stages for one in cut.of(stage)]
        if any(one.begun for one in own) or self._of_what_was_answered(act):
            return False
        return any(
            one.does == Does.BEGINS and one.stage in act.stages and not act.comes_before(one)
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
        cut = _with_stage_1(cut) if act.stage > 1 else cut
        complaint = _complaint_of(cut, act.stage)
        own = [one for one in cut.of(act.stage) if act.stage == 1 or one.complaint == complaint]
        if not own:
            yield self._begin(cut, number, act.stage, complaint)
            return
        last = own[-1]
        begun = self._in_order(*last.begun, number)
        key = begun[0] if last.key in last.begun else last.key
        repeated = cut.with_changed(last, begun=begun, key=key)
        if not last.begun:
            early = _is_early(cut, act.stage, complaint)
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

    def _no_repeat(self, cut: Cut, number: int, last: Course) -> Iterator[Cut]:
        """Return the ways in which a request is no repeat, though the last one is still open.

        That was closed, or it was made before stage 1 was answered and this one is made after.
        """
        if last.closed_by >= 0:
            closed = cut.with_changed(last, over=CLOSED_OVER)
            yield self._begin(closed, number, last.stage, last.complaint, last.before)
        answered = _is_answered(cut, 1, last.complaint)
        if last.stage == 2 and last.early and answered and cut.premature < 0:
            kept = replace(cut, premature=last.begun[0])
            yield kept.with_changed(last, begun=(number,), others=frozenset(), early=False)

    def _again(self, cut: Cut, number: int, last: Course) -> Iterator[Cut]:
        """Return the ways in which a request after an answer or an end begins a course."""
        act = self.acts[number]
        yield self._begin(cut, number, last.stage, last.complaint, last.before)
        told = frozenset(one for one in last.after_end if self.acts[one].acknowledges)
        if told and not self._is_acknowledged_from(act):
            # What was acknowledged after the end may have been this request.
            notes = cut.notes - {(AFTER_END, one) for one in told}
            without = replace(cut, notes=notes).with_changed(
                last, others=last.others - told, after_end=last.after_end - told
            )
            yield self._begin(without, number, last.stage, last.complaint, last.before, told)
        if not act.sure:
            yield cut

    def _is_acknowledged_from(self, request: Act) -> bool:
        """Whether an acknowledgement on or after a request is on the record."""
        return any(
            one.acknowledges
            and one.sure
            and one.stage == request.stage
            and not one.comes_before(request)
            for one in self.acts
        )

    def _begin(
        self,
        cut: Cut,
        number: int,
        stage: int,
        complaint: int,
        before: int = -1,
        others: frozenset[int] = frozenset(),
    ) -> Cut:
        if stage == 1:
            complaint = len(cut.of(1))
        elif before < 0:
            places = [
                place for place, one in enumerate(cut.of(stage - 1)) if one.complaint == complaint
            ]
            before = places[-1] if places else -1
        early = _is_early(cut, stage, complaint)
        return cut.with_added(
            Course(
                stage,
                complaint,
                before,
                (number,),
                number,
                others,
                early=early,
            )
        )

    def _in_order(self, *numbers: int) -> tuple[int, ...]:
        return tuple(sorted(numbers, key=lambda one: (self.acts[one].earliest, one)))

    # What follows -----------------------------------------------------------------------------

    def _follow(self, cut: Cut, number: int) -> Iterator[Cut]:
        act = self.acts[number]
        cut = _with_stage_1(cut)
        if not cut.of(act.stage):
            before = len(cut.of(act.stage - 1)) - 1
            complaint = _complaint_of(cut, act.stage)
            cut = cut.with_added(Course(act.stage, complaint, before))
        open_ = [one for one in cut.of(act.stage) if one.open]
        if len(open_) > 1:
            for one in open_:
                cut = cut.with_changed(one, unclear=True)
            cut = cut.with_note(TWO_OPEN, number)
            open_ = [one for one in cut.of(act.stage) if one.open]
        last = open_[0] if open_ else cut.of(act.stage)[-1]
        others = last.others | {number}
        if last.over == ENDED and (act.acknowledges or act.does == Does.ANSWERS):
            noted = cut.with_note(AFTER_END, number) if act.sure else cut
            yield noted.with_changed(last, others=others, after_end=last.after_end | {number})
            return
        if last.over == ENDED:
            yield cut.with_changed(last, others=others, after_end=last.after_end | {number})
            return
        answered = cut.with_changed(last, others=others, over=ANSWERED, answered=True)
        if act.does == Does.FOLLOWS or not act.sure:
            yield cut.with_changed(last, others=others)
        if act.does == Does.ANSWERS:
            for one in answered.courses:
                if one.open and one.complaint == last.complaint and one.stage < act.stage:
                    answered = answered.with_changed(one, over=PASSED)
            yield answered

    # Ends, closings, reopenings ---------------------------------------------------------------

    def _end(self, cut: Cut, number: int) -> Iterator[Cut]:
        act = self.acts[number]
        if 1 in act.stages:
            cut = _with_stage_1(cut)
        open_ = [one for stage in act.stages for one in cut.of(stage) if one.open]
        if not open_:
            refused = act.name in REFUSALS and act.sure
            yield cut.with_note(NOT_OPEN, number) if refused else cut
            return
        marked = ended = cut
        for one in open_:
            ends = one.ends | {number}
            marked = marked.with_changed(one, ends=ends)
            ended = ended.with_changed(one, ends=ends, over=ENDED, ended_by=number)
        yield ended
        if not act.sure:
            yield marked

    def _close(self, cut: Cut, number: int) -> Iterator[Cut]:
        act = self.acts[number]
        after = cut
        for one in cut.courses if not self._of_what_was_answered(act) else ():
            if one.open:
                after = after.with_changed(one, ends=one.ends | {number}, closed_by=number)
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
                cut = cut.with_changed(one, ends=one.ends | {number}, closed_by=-1)
        elif ended:
            by = max((one.ended_by for one in ended), key=lambda one: self.acts[one].earliest)
            for one in ended:
                if one.ended_by == by:
                    cut = self._begin(cut, number, one.stage, one.complaint, one.before)
        elif act.sure and any(one.over == ANSWERED for one in last):
            cut = cut.with_note(REOPENED_ANSWERED, number)
        yield cut


def _with_stage_1(cut: Cut) -> Cut:
    """Return a cut that has a course of stage 1, be it without a request on the record."""
    return cut if cut.of(1) else cut.with_added(Course(1, 0))


def _complaint_of(cut: Cut, stage: int) -> int:
    """Return the complaint to which a request for a stage belongs.

    The latest whose stage before was answered; where none was, the latest.
    """
    latest = max(len(cut.of(1)) - 1, 0)
    if stage == 1:
        return latest
    answered = [one for one in range(latest + 1) if _is_answered(cut, stage - 1, one)]
    return answered[-1] if answered else latest


def _is_answered(cut: Cut, stage: int, complaint: int) -> bool:
    return any(one.answered and one.complaint == complaint for one in cut.of(stage))


def _is_early(cut: Cut, stage: int, complaint: int) -> bool:
    return stage == 2 and not _is_answered(cut, 1, complaint)
