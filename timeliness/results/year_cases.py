"""The stages of complaints that were checked one by one, in the columns of a year's figures."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from typing import Any

import numpy as np
from msgspec import Struct, field
from numpy.typing import NDArray

from timeliness.judge.columns import Bounds
from timeliness.judge.verdicts import VERDICT_NAMES
from timeliness.model.calendars import DAY, FAR_FUTURE, FAR_PAST
from timeliness.model.dates import Span, hull_of
from timeliness.model.findings import Case, Finding
from timeliness.model.sides import CODE
from timeliness.model.timelines import Event, Timeline
from timeliness.model.verdict_words import NOT_APPLICABLE
from timeliness.model.vocabulary import STAGE_RESPONSES, STAGE_TRIGGERS
from timeliness.results.year_records import (
    ACK_NONE,
    ACKNOWLEDGED,
    ACKNOWLEDGEMENTS,
    CAUSE_CODES,
    NONE,
    OUTCOME_CODES,
    REFUSED,
    RESPONSES,
    WITHDRAWN,
    Records,
)

ENDINGS = {
    1: {"complaint withdrawn": WITHDRAWN, "complaint refused": REFUSED},
    2: {"complaint withdrawn": WITHDRAWN, "escalation refused": REFUSED},
}
"""What ends each stage."""
NOT_STARTED = "not-started"
SILENT = ("not-recorded", "not-evidenced", "closed-unanswered", "passed-over", "impossible-order")
"""The reasons for which nobody can say whether something was answered."""
_CODES = {name: code for code, name in VERDICT_NAMES.items()}
_UNKNOWN = Span(None, None)


class _Course(Struct):
    """One course of one stage of a complaint: its acknowledgement and its answer."""

    stage: int
    episode: int
    response: Finding | None = None
    acknowledged: Finding | None = None
    escalated: date | None = None

    @property
    def begun(self) -> Span:
        """Return the day of receipt or of the request."""
        starts = [
            reading.start
            for finding in (self.acknowledged, self.response)
            for reading in (finding.readings if finding else ())
            if reading.start_event == STAGE_TRIGGERS[self.stage] and reading.start
        ]
        if starts:
            return hull_of(starts) or _UNKNOWN
        return (self.response and self.response.start) or _UNKNOWN


class Labels(Struct, frozen=True):
    """What says of a complaint its tenure, its outcomes and its group, all as codes.

    `group` takes the complaint, by its place among the cases, and the day on which a stage began.
    """

    tenure: Callable[[int], int]
    outcome: Callable[[int, int], int]
    group: Callable[[int, Span], int]


class _Column(Struct):
    """The records of one stage as they are put together."""

    values: dict[str, list[int]] = field(default_factory=dict)

    def add(self, **values: int) -> None:
        for name, value in values.items():
            self.values.setdefault(name, []).append(value)

    def days(self, name: str) -> Bounds:
        ends = (np.array(self.values[f"{name}_{end}"], dtype=DAY) for end in ("first", "last"))
        return Bounds(*ends)

    def array(self, name: str, kind: type[np.generic]) -> NDArray[Any]:
        return np.array(self.values[name], dtype=kind)


def records_of(cases: Sequence[Case], labels: Labels) -> Iterator[Records]:
    """Return the stages of complaints, by stage; `rows` are their places among the cases."""
    columns: dict[int, _Column] = {}
    for row, case in enumerate(cases):
        for course in _courses(case):
            if course.response:
                _add(columns.setdefault(course.stage, _Column()), row, case, course, labels)
    for stage, own in sorted(columns.items()):
        yield Records(
            stage=stage,
            rows=own.array("row", np.int64),
            episodes=own.array("episode", np.int8),
            as_at=own.array("as_at", DAY),
            verdict=own.array("verdict", np.int8),
            reason=own.array("reason", np.int8),
            begun=own.days("begun"),
            due=own.days("due"),
            original=own.days("original"),
            done=own.days("done"),
            unknown=own.array("unknown", np.bool_),
            ended=own.array("ended", np.int16),
            ended_by=own.array("ended_by", DAY),
            perhaps_ended=own.array("perhaps_ended", np.bool_),
            from_start=own.array("from_start", DAY),
            from_receipt=own.array("from_receipt", DAY),
            acknowledged=own.array("acknowledged", np.int8),
            escalated=own.array("escalated", DAY),
            outcomes=own.array("outcome", np.int8),
            tenures=own.array("tenure", np.int8),
            groups=own.array("group", np.int64),
        )


def _courses(case: Case) -> list[_Course]:
    """Return the courses of the stages that began, each with whether it was escalated."""
    found: dict[tuple[int, int], _Course] = {}
    for finding in case.findings:
        if finding.side.standard != CODE or finding.side.name != CODE:
            continue
        for rules in (RESPONSES, ACKNOWLEDGEMENTS):
            if (stage := rules.get(finding.rule)) is None or finding.reason == NOT_STARTED:
                continue
            course = found.setdefault((stage, finding.episode), _Course(stage, finding.episode))
            if rules is RESPONSES:
                course.response = finding
            else:
                course.acknowledged = finding
    courses = [found[key] for key in sorted(found)]
    for later in (one for one in courses if one.stage == 2 and one.response):
        if first := _escalated_from([one for one in courses if one.stage == 1], later):
            first.escalated = later.begun.earliest or date.min
    return courses


def _escalated_from(first: Sequence[_Course], later: _Course) -> _Course | None:
    """Return the complaint that a request belongs to: the latest that was answered before it."""
    asked = later.begun.latest
    answered = [
        one
        for one in first
        if one.response
        and one.response.done
        and asked
        and (one.response.done.earliest or date.max) <= asked
    ]
    known = answered or first
    return known[-1] if known else None


def _add(own: _Column, row: int, case: Case, course: _Course, labels: Labels) -> None:
    finding, begun = course.response, course.begun
    assert finding
    done = finding.done if finding.done else None
    original = hull_of(
        one.original_due for one in finding.readings if one.decides and one.original_due
    )
    none = (0, FAR_FUTURE, False)
    ended, ended_by, perhaps = none if done and done.latest else _ended(case, course, begun)
    reasons = {one.reason for one in finding.readings if one.decides}
    exact = done is not None and done.exact
    own.add(
        row=row,
        episode=min(course.episode, 127),
        as_at=case.as_at.toordinal(),
        verdict=_CODES[finding.verdict],
        reason=CAUSE_CODES[finding.reason],
        unknown=not reasons.isdisjoint(SILENT) or _is_silent(case.timeline, course.stage),
        ended=ended,
        ended_by=ended_by,
        perhaps_ended=perhaps,
        from_start=_exact(finding) if exact else NONE,
        from_receipt=_between(finding, begun, done) if exact and done else NONE,
        acknowledged=_acknowledged(course.acknowledged),
        escalated=course.escalated.toordinal() if course.escalated else FAR_FUTURE,
        outcome=_outcome(case.timeline, course.stage, done) or labels.outcome(row, course.stage),
        tenure=labels.tenure(row),
        group=labels.group(row, begun),
    )
    for name, span in (
        ("begun", begun),
        ("due", finding.due),
        ("original", original),
        ("done", done),
    ):
        first, last = (span.earliest, span.latest) if span else (None, None)
        own.add(
            **{
                f"{name}_first": first.toordinal() if first else FAR_PAST,
                f"{name}_last": last.toordinal() if last else FAR_FUTURE,
            }
        )


def _exact(finding: Finding) -> int:
    taken = finding.working_days
    return taken.least if taken and taken.least == taken.most else NONE


def _between(finding: Finding, begun: Span, done: Span) -> int:
    if not begun.exact or begun.earliest is None or done.earliest is None:
        return NONE
    return finding.calendar.between(begun.earliest, done.earliest)


def _acknowledged(finding: Finding | None) -> int:
    return ACKNOWLEDGED[_CODES[finding.verdict]] if finding else ACK_NONE


def _is_silent(timeline: Timeline, stage: int) -> bool:
    """Whether nothing says whether a stage was answered, in a record that is not complete."""
    return timeline.record == "partial" and not timeline.named(STAGE_RESPONSES[stage])


def _ended(case: Case, course: _Course, begun: Span) -> tuple[int, int, bool]:
    """Return how a course ended that was not answered, 0 where it did not.

    With it come the last day on which it may have, and whether that may have been after the day of
    the check.
    """
    finding, timeline = course.response, case.timeline
    assert finding
    is_open = finding.still_open or not (finding.verdict == NOT_APPLICABLE or _may_have(finding))
    for event in _endings(timeline, course.stage):
        span = event.when.span if event.when else _UNKNOWN
        until = finding.counted_until
        perhaps = (span.latest or timeline.as_at or case.as_at) > case.as_at
        if span.earliest and span.earliest > case.as_at:
            continue
        if is_open and not perhaps:
            continue
        if until and span.exact and span.earliest != until:
            continue
        if begun.earliest and span.latest and span.latest < begun.earliest:
            continue
        ended_by = span.latest.toordinal() if span.latest else FAR_FUTURE
        return ENDINGS[course.stage][event.name], ended_by, perhaps
    return 0, FAR_FUTURE, False


def _may_have(finding: Finding) -> bool:
    """Whether an end may have come before an answer."""
    return finding.verdict in ("breach", "cannot-tell")


def _endings(timeline: Timeline, stage: int) -> Iterable[Event]:
    return (
        event
        for event in timeline.events
        if event.name in ENDINGS[stage] and event.evidence == "seen"
    )


def _outcome(timeline: Timeline, stage: int, done: Span | None) -> int:
    """Return the outcome that the answer of a stage gives, 0 where it gives none."""
    for event in timeline.named(STAGE_RESPONSES[stage]):
        told = event.attributes.get("outcome")
        if told and done and event.when and event.when.span == done:
            return OUTCOME_CODES.get(str(told), 0)
    return 0
