"""Several complaints as a list, the most urgent first: each with its answer and what is next."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec import Struct

from timeliness.model.findings import Case
from timeliness.model.plain import short_day, small
from timeliness.model.verdict_words import BREACH, CANNOT_TELL, MET, NOT_APPLICABLE, NOT_FOLLOWED
from timeliness.results.due import KINDS, OVERDUE, UNCLEAR, OpenLimit, open_limits, together
from timeliness.write.answers import Answer, answer
from timeliness.write.due import hour, lateness, short_due, what
from timeliness.write.headline import no_breach
from timeliness.write.lines import wrap

_WIDEST = 24
"""The widest reference that makes the column of references wider."""


class CaseLine(Struct, frozen=True):
    """One complaint of a list: its answer, and the limit that is the most urgent, if any is open.

    `place` is its place among the complaints as they were given.
    """

    place: int
    case: Case
    answer: Answer
    first: OpenLimit | None

    @property
    def order(self) -> tuple[object, ...]:
        """Return what a list is sorted by: what is overdue, to come, in doubt, and the rest."""
        if self.first:
            return KINDS.index(self.first.when), self.first.first, self.place
        problems = self.case.with_verdict(BREACH, CANNOT_TELL)
        return len(KINDS) + (not problems), self.case.as_at, self.place

    @property
    def says(self) -> str:
        """Return the answer in a few words; where nothing is open any more, with its points."""
        status = self.answer.status.name
        says = _ANSWERS.get(status, small(self.answer.says))
        if status in (MET, NOT_FOLLOWED):
            says = small(no_breach(self.case.scope)) + says
        points = [small(one) for one in self.answer.points]
        if self.first or not points:
            return says
        return f"{says}: {points[0]}" + (f" and {len(points) - 1} more" if points[1:] else "")

    @property
    def next(self) -> str:
        """Return what is most urgent: overdue by 2 working days: stage 1 response (Code)."""
        one = self.first
        if one is None:
            return ""
        if one.when == OVERDUE:
            how = f"overdue by {lateness(one)}"
        elif one.when == UNCLEAR:
            how = f"perhaps overdue, due {short_due(one)}"
        elif one.first == one.as_at:
            how = f"due today {hour(one)}".rstrip()
        else:
            day = short_day(one.first).removesuffix(f" {one.as_at.year}")
            how = f"due {one.first:%a} {day} {hour(one)}".rstrip()
        return f"{how}: {what(one)}"


_ANSWERS = {
    CANNOT_TELL: "cannot tell",
    MET: "",
    NOT_APPLICABLE: "nothing was due",
    NOT_FOLLOWED: ", but something to explain",
}
"""The answers that take more than a few words where there is room for them.

Those without a breach go on from saying of what there is none.
"""


def caseload(cases: Iterable[Case]) -> list[CaseLine]:
    """Return complaints as a list, the most urgent first."""
    lines = []
    for place, case in enumerate(cases):
        limits = together(open_limits(case))
        lines.append(CaseLine(place, case, answer(case), limits[0] if limits else None))
    return sorted(lines, key=lambda line: line.order)


FULL_REPORT = "Add --complaint REFERENCE to print the full report of one."


def caseload_lines(lines: Sequence[CaseLine]) -> list[str]:
    """Return the list as text."""
    references = [line.case.timeline.complaint for line in lines]
    width = max((len(one) for one in references if len(one) <= _WIDEST), default=0)
    told = ["COMPLAINTS"]
    for line, reference in zip(lines, references, strict=True):
        says = "; ".join(part for part in (line.says, line.next) if part)
        told += wrap(says, " " * (width + 4), f"  {reference:{width}}  ")
    return told
