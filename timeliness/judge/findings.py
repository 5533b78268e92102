"""From columns to one complaint's findings: the objects and sentences are made on demand."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

import numpy as np

from timeliness.judge.clocks import Reading as Columns
from timeliness.judge.clocks import Reason as ReasonCode
from timeliness.judge.clocks import Source, Verdict
from timeliness.judge.columns import Bounds
from timeliness.judge.joining import Joined
from timeliness.judge.settling import settlement
from timeliness.judge.wording import Facts, says
from timeliness.model.calendars import DAY, FAR_FUTURE, FAR_PAST, Days, is_projected
from timeliness.model.dates import When
from timeliness.model.findings import (
    BREACH,
    CANNOT_TELL,
    PENDING,
    VERDICTS,
    ExtensionTold,
    Finding,
    Range,
    Reading,
    union_of,
)
from timeliness.model.rulebooks import PROVENANCE
from timeliness.model.spans import Span, hull_of
from timeliness.model.timelines import Timeline

REASON_NAMES = {code: code.name.lower().replace("_", "-") for code in ReasonCode}
VERDICT_NAMES = dict(zip(Verdict, VERDICTS, strict=True))


def finding_of(
    timeline: Timeline,
    as_at: date,
    place: int,
    readings: Sequence[tuple[Source, Columns]],
    joined: Joined,
    *,
    without_rule: bool,
) -> Finding | None:
    """Return the finding of one rule for the complaint in one place of the columns.

    `without_rule` says that on some possible day of receipt no such rule was in force: a breach
    under the others cannot be told then.
    """
    if not joined.present[place]:
        return None
    rows = [
        (source, columns, reading)
        for source, columns in readings
        if (reading := reading_of(source, columns, place))
    ]
    deciding = [(source, columns, reading) for source, columns, reading in rows if reading.decides]
    starts = {reading.start for _, _, reading in deciding}
    shown = [
        reading for _, _, reading in rows if not reading.decides and reading.start not in starts
    ]
    verdict = VERDICT_NAMES[Verdict(joined.verdict[place])]
    reason = REASON_NAMES[ReasonCode(joined.reason[place])]
    if without_rule and verdict == BREACH:
        verdict, reason = CANNOT_TELL, "edition-unclear"
    source, columns, first = deciding[0]
    rule = source.rule
    extensions = _extensions(timeline, rule.clock.extension.event if rule.clock.extension else "")
    facts = Facts(
        timeline=timeline,
        as_at=as_at,
        verdict=verdict,
        reason=reason,
        readings=tuple(reading for _, _, reading in deciding),
        calendar=source.calendar,
        extended=bool(extensions),
        open=bool(columns.open[place]),
        bounded=bool(columns.bounded[place]),
        start_not_done=bool(columns.start_not_done[place]),
        stop_claimed=_claimed(timeline, rule.clock.stop),
        ended=_span(columns.ended, place) if columns.ended.earliest[place] < FAR_FUTURE else None,
        without_rule=without_rule,
    )
    due = hull_of(reading.due for _, _, reading in deciding)
    return Finding(
        rule=rule.id,
        title=rule.title,
        rulebooks=tuple(dict.fromkeys(source.rulebook for source, _, _ in deciding)),
        standard=source.rulebook.standard,
        clause=" or ".join(dict.fromkeys(source.rule.clause for source, _, _ in deciding)),
        duty="should" if all(s.rule.duty == "should" for s, _, _ in deciding) else "must",
        limit=rule.clock.limit,
        verdict=verdict,
        reason=reason,
        start=hull_of(reading.start for _, _, reading in deciding),
        due=due,
        done=first.done,
        working_days=union_of([reading.working_days for _, _, reading in deciding]),
        late_by=union_of([reading.late_by for _, _, reading in deciding]),
        days_late=union_of([reading.days_late for _, _, reading in deciding]),
        readings=(*(reading for _, _, reading in deciding), *shown),
        provenance=max(
            (source.rule.provenance for source, _, _ in deciding), key=list(PROVENANCE).index
        ),
        says=says(facts),
        calendar=source.calendar,
        extensions=extensions,
        settled_by=settlement(facts) if verdict == CANNOT_TELL else None,
        due_in=_due_in(source, due, as_at) if verdict == PENDING else None,
        projected=due is not None
        and any(day is not None and is_projected(day) for day in (due.earliest, due.latest)),
        counted_until=_day(int(columns.done.latest[place])) if columns.open[place] else None,
    )


def reading_of(source: Source, columns: Columns, place: int) -> Reading | None:
    """Return one reading of one complaint, or None where it does not exist there."""
    if not columns.present[place]:
        return None
    verdict = VERDICT_NAMES[Verdict(columns.verdict[place])]
    reason = REASON_NAMES[ReasonCode(columns.reason[place])]
    applies = verdict != "not-applicable" or reason == "ended"
    start, due, done = (
        _cell(bounds, place) for bounds in (columns.start, columns.due, columns.done)
    )
    known = bool(columns.done_known[place])
    breach = verdict == BREACH
    counted = applies and reason not in ("impossible-order", "ended") and (known or breach)
    calendar, unit = source.calendar, source.rule.clock.limit.unit
    # What is not recorded has no date, and what is not done has none yet.
    dated = not columns.open[place] and reason not in ("not-recorded", "not-started")
    dated = dated and not (reason == "ended" and not known)
    return Reading(
        start_event=source.start.event,
        rulebook=source.rulebook,
        rule=source.rule,
        decides=source.decides,
        start=_span(columns.start, place) if applies else None,
        due=_span(columns.due, place) if applies else None,
        original_due=_span(columns.original_due, place) if applies else None,
        done=_span(columns.done, place) if dated else None,
        verdict=verdict,
        reason=reason,
        working_days=_range(calendar.count, start, done) if counted else None,
        late_by=_range(lambda a, b: calendar.late(a, b, unit), due, done) if counted else None,
        days_late=_range(lambda a, b: np.maximum(b - a, 0), due, done) if counted else None,
    )


def _cell(bounds: Bounds, place: int) -> Bounds:
    return Bounds(bounds.earliest[place : place + 1], bounds.latest[place : place + 1])


def _range(measure: Callable[[Days, Days], Days], start: Bounds, end: Bounds) -> Range:
    """Return the least and most of a measure between two spans."""
    least = int(measure(start.latest, end.earliest)[0]) if start.latest[0] < FAR_FUTURE else 0
    unbounded = end.latest[0] >= FAR_FUTURE or start.earliest[0] <= FAR_PAST
    return Range(least, None if unbounded else int(measure(start.earliest, end.latest)[0]))


def _day(ordinal: int) -> date | None:
    return date.fromordinal(ordinal) if FAR_PAST < ordinal < FAR_FUTURE else None


def _span(bounds: Bounds, place: int) -> Span:
    return Span(_day(int(bounds.earliest[place])), _day(int(bounds.latest[place])))


def _due_in(source: Source, due: Span | None, as_at: date) -> Range | None:
    if due is None or due.earliest is None:
        return None
    day: Days = np.array([as_at.toordinal()], dtype=DAY)
    counts = [
        int(source.calendar.late(day, np.array([end.toordinal()], dtype=DAY), "working_days")[0])
        for end in (due.earliest, due.latest or due.earliest)
    ]
    return Range(counts[0], counts[1] if due.latest else None)


def _claimed(timeline: Timeline, name: str) -> int:
    """Return the line of the event that claims a stop, or 0."""
    return next((event.line for event in timeline.named(name) if event.evidence == "claimed"), 0)


def _extensions(timeline: Timeline, name: str) -> tuple[ExtensionTold, ...]:
    told = []
    for event in timeline.named(name) if name else []:
        if event.when:
            until = event.attributes.get("until")
            told.append(
                ExtensionTold(
                    event.when.span, until.span if isinstance(until, When) else None, event.line
                )
            )
    return tuple(told)
