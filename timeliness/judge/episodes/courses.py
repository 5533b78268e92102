"""The episodes of a complaint in one way to cut it: what belongs to each, and why it is over."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set

from msgspec import Struct, field
from msgspec.structs import replace

AFTER_END, AFTER_FINAL, NOT_OPEN = "after-end", "after-final", "not-open"
REOPENED_ANSWERED, TWO_OPEN = "reopened-answered", "two-open"
"""What the record of a complaint leaves to ask."""

ANSWERED, ENDED, PASSED, CLOSED_OVER = "answered", "ended", "passed", "closed"
"""Why an episode is over: `PASSED` where a later stage was answered, `CLOSED_OVER` where it was
closed and a further request is taken to begin another."""


Days = Mapping[int, tuple[int, int]]
"""For acts, by their numbers, the first and the last day on which each can have happened."""


class Course(Struct, frozen=True):
    """One episode of one stage, from a request to its answer or end; events as numbers of acts.

    `complaint` numbers the stage 1 episode to which it belongs, and `before` the episode of the
    stage before, each from 0 within its stage. `begun` holds its request and the repeats of it,
    the earliest first; it is empty where no request is on the record. `key` is the request by
    which it is known in every way to cut. `beforehand` are acknowledgements that came before it,
    after the end of the episode before, and count as of its day. `ended_by` is what ended it,
    `closed_by` its first closing that nothing took back (-1 for none), and `after_end` what came
    after the end.
    """

    stage: int
    complaint: int
    before: int = -1
    begun: tuple[int, ...] = ()
    key: int = -1
    others: frozenset[int] = frozenset()
    beforehand: frozenset[int] = frozenset()
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

    @property
    def unanswered(self) -> bool:
        """Whether an end would end it: a closing without an answer did not."""
        return self.over in ("", CLOSED_OVER)


class Cut(Struct, frozen=True):
    """One way to cut a complaint: the courses of each stage in the order in which they began.

    `notes` holds what the record leaves to ask: its name and the number of the act. `premature`
    is the early request that is set aside in this way for its repeat after the answer, or -1.
    `lately` says how the course came out that was over last. `waiting` are acts that are dated
    before the first request of their stage, and `idle` reopenings that took nothing back.
    """

    courses: tuple[Course, ...] = ()
    notes: frozenset[tuple[str, int]] = frozenset()
    premature: int = -1
    lately: str = ""
    waiting: frozenset[int] = frozenset()
    idle: frozenset[int] = frozenset()

    def of(self, stage: int) -> list[Course]:
        """Return the courses of a stage."""
        return [one for one in self.courses if one.stage == stage]

    def with_changed(self, course: Course, **changes: object) -> Cut:
        """Return the same cut with one course changed."""
        changed = replace(course, **changes)
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


class DatedCut(Cut, frozen=True):
    """A way to cut a complaint, with the days on which each act can have happened in it."""

    days: Days = field(default_factory=dict)


def with_stage_1(cut: Cut) -> Cut:
    """Return a cut that has a course of stage 1, be it without a request on the record."""
    return cut if cut.of(1) else cut.with_added(Course(1, 0))


def received_at_last(cut: Cut, number: int, refusals: Set[int]) -> Cut:
    """Return a cut in which all that is dated before a receipt is dated wrong, not the receipt.

    There is one complaint then, which was neither ended nor reopened before that; refusals before
    it are none.
    """
    several = cut.of(1)
    ends = {one.ended_by for one in several} - {-1} - refusals
    return _as_one(cut, several, Course(1, 0, -1, (number,), number, frozenset(ends)))


def asked_at_last(cut: Cut, number: int, stage: int) -> Cut | None:
    """Return a cut in which what is dated before a request is dated wrong, not the request.

    It belongs then to the complaint that its date says; None where it does so anyhow.
    """
    lacking = [one for one in cut.of(stage) if not one.begun]
    complaint = complaint_of(cut, stage)
    if all(one.complaint == complaint for one in lacking):
        return None
    asked = Course(stage, complaint, last_place(cut, stage - 1, complaint), (number,), number)
    asked = replace(asked, early=is_early(cut, stage, complaint))
    return _as_one(cut, lacking, asked)


def _as_one(cut: Cut, several: Sequence[Course], course: Course) -> Cut:
    """Return a cut with one course more for all that belonged to several of its stage."""
    last = several[-1]
    course = replace(
        course,
        others=course.others.union(*(one.others for one in several)),
        over="" if last.over == ENDED else last.over,
        closed_by=last.closed_by,
        answered=last.answered,
    )
    own = cut.of(course.stage)
    kept = [*(one for one in own if one not in several), course]

    def belonging(one: Course) -> Course:
        if one.stage == course.stage + 1 and one.before >= 0:
            old = own[one.before]
            one = replace(one, before=kept.index(course if old in several else old))
        return replace(one, complaint=0) if course.stage == 1 else one

    others = (belonging(one) for one in cut.courses if one.stage != course.stage)
    courses = sorted((*others, *kept), key=lambda one: one.stage)
    return replace(cut, courses=tuple(courses))


def last_place(cut: Cut, stage: int, complaint: int) -> int:
    """Return the place of the last course of a complaint among those of a stage; -1 if none."""
    places = [place for place, one in enumerate(cut.of(stage)) if one.complaint == complaint]
    return places[-1] if places else -1


def complaint_of(cut: Cut, stage: int) -> int:
    """Return the complaint to which a request for a stage belongs.

    The latest whose stage before was answered; where none was, the latest.
    """
    latest = max(len(cut.of(1)) - 1, 0)
    if stage == 1:
        return latest
    answered = [one for one in range(latest + 1) if is_answered(cut, stage - 1, one)]
    return answered[-1] if answered else latest


def complaints_of(cut: Cut, stage: int) -> Iterator[tuple[int, int]]:
    """Yield each complaint to which a request that is not on the record may belong.

    Beside it the place of its course in the stage before: nobody knows when it was made, so it may
    belong to any complaint answered at that stage, or to the latest if none was.
    """
    if stage == 1:
        yield complaint_of(cut, stage), -1
        return
    before = cut.of(stage - 1)
    complaints = [one.complaint for one in before if one.answered] or [complaint_of(cut, stage)]
    for complaint in dict.fromkeys(complaints):
        yield complaint, last_place(cut, stage - 1, complaint)


def is_answered(cut: Cut, stage: int, complaint: int) -> bool:
    """Whether a stage of a complaint was answered."""
    return any(one.answered and one.complaint == complaint for one in cut.of(stage))


def is_early(cut: Cut, stage: int, complaint: int) -> bool:
    """Whether a request for stage 2 is made before stage 1 was answered."""
    return stage == 2 and not is_answered(cut, 1, complaint)
