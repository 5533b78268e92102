"""From columns to one complaint's findings: the objects and sentences are made on demand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from functools import cached_property

import numpy as np

from timeliness.judge.clocks import Reading as ClockColumns
from timeliness.judge.clocks import Source
from timeliness.judge.columns import Bounds
from timeliness.judge.extending import unless_extended
from timeliness.judge.facts import Facts
from timeliness.judge.gains import gained
from timeliness.judge.hours import Scale
from timeliness.judge.judged import JudgedRule, Rows
from timeliness.judge.measuring import NONE, Dates
from timeliness.judge.pause_words import told_pauses
from timeliness.judge.settling import settlement
from timeliness.judge.verdicts import REASON_NAMES, VERDICT_NAMES
from timeliness.judge.wording import says
from timeliness.model.calendars import FAR_FUTURE, FAR_PAST
from timeliness.model.covered import is_projected
from timeliness.model.dates import Span, When, hull_of
from timeliness.model.findings import ExtensionTold, Finding, Reading, Settlement
from timeliness.model.provenance import least_read
from timeliness.model.ranges import Moments, Range, moments_of, union_of
from timeliness.model.timelines import Timeline
from timeliness.model.verdict_words import CANNOT_TELL, PENDING


class Found:
    """The findings of one rule, made one by one; what is measured is measured for all at once."""

    def __init__(self, judged: JudgedRule) -> None:
        self.judged = judged
        self.readings = [Readings(*one) for one in judged.readings]
        places = np.arange(len(judged.rows))
        self.owed = judged.is_owed(places) | judged.may_be_owed(places)
        self.unless_extended = unless_extended(judged, places)

    def at(self, place: int, timeline: Timeline, as_at: date) -> Finding | None:
        """Return the finding for the complaint in one place, None where there is none."""
        if not self.judged.found[place]:
            return None
        rows = [
            (one.source, one.columns, reading)
            for one in self.readings
            if (reading := one.at(place))
        ]
        found = _finding(self.judged, place, rows, timeline, as_at, owed=bool(self.owed[place]))
        return replace(found, unless_extended=True) if self.unless_extended[place] else found


def _finding(
    judged: JudgedRule,
    place: int,
    rows: Sequence[tuple[Source, ClockColumns, Reading]],
    timeline: Timeline,
    as_at: date,
    *,
    owed: bool,
) -> Finding:
    """Return the finding over some readings: long, since it names each field of what it makes."""
    deciding = [(source, columns, reading) for source, columns, reading in rows if reading.decides]
    starts = {reading.start for _, _, reading in deciding}
    shown = [
        reading for _, _, reading in rows if not reading.decides and reading.start not in starts
    ]
    verdict = VERDICT_NAMES[int(judged.verdict[place])]
    reason = REASON_NAMES[int(judged.reason[place])]
    books = {source.rulebook.id: source.rulebook for source, _, _ in deciding}
    source, columns, first = deciding[0]
    rule, stop = source.rule, columns.stop
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
        answer_claimed=_claimed(timeline, *rule.clock.answers) if reason == "not-evidenced" else 0,
        ended=_known(stop.ended, place),
        answered=_known(stop.answered, place) if stop.answered.latest[place] < FAR_FUTURE else None,
        passed=_known(stop.passed, place) if stop.open[place] else None,
        closed=_known(stop.closed, place),
        without_rule=judged.without_rule,
    )
    due = hull_of(reading.due for _, _, reading in deciding)
    return Finding(
        rule=rule.id,
        title=rule.title,
        rulebooks=tuple(books.values()),
        side=judged.side,
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
        provenance=least_read(source.rule.provenance for source, _, _ in deciding),
        told=_FromFacts(facts, tuple(shown)),
        calendar=source.calendar,
        extensions=extensions,
        due_in=_due_in(source, due, as_at) if verdict == PENDING else None,
        projected=due is not None
        and any(day is not None and is_projected(day) for day in (due.earliest, due.latest)),
        counted_until=_day(int(columns.until.latest[place])) if first.done is None else None,
        still_open=owed,
    )


@dataclass(frozen=True)
class _FromFacts:
    """The sentences of a finding, made from its facts and the readings that only count."""

    facts: Facts
    shown: tuple[Reading, ...]

    @cached_property
    def says(self) -> str:
        """Return what the record shows."""
        facts = self.facts
        parts = (says(facts), told_pauses(facts), gained(facts, self.shown))
        return " ".join(part for part in parts if part)

    @cached_property
    def settled_by(self) -> Settlement | None:
        """Return what would settle it, if it cannot be decided."""
        return settlement(self.facts) if self.facts.verdict == CANNOT_TELL else None


class Readings:
    """One reading of a clock, made for one complaint after another; see `Found`."""

    def __init__(self, source: Source, columns: ClockColumns) -> None:
        self.source, self.columns = source, columns
        self.dates = Dates(source, columns, np.arange(len(columns.verdict)))
        self.numbers = list(self.dates.numbers())
        self.moments: dict[str, _Moments] = {}
        if (exact := columns.by_hours) is not None:
            own = exact.reading
            for name, instants in (("due", own.due), ("done", own.stop.done)):
                self.moments[name] = _Moments(instants, exact.scale)

    def at(self, place: int) -> Reading | None:
        """Return the reading of the complaint in one place, None where it does not exist there."""
        dates, source = self.dates, self.source
        if not dates.present[place]:
            return None
        applies, counted = dates.applies[place], dates.counted[place]
        numbers = [_range(pair, place) if counted else None for pair in self.numbers]
        at = {name: one.at(place) for name, one in self.moments.items() if applies}
        return Reading(
            start_event=source.start.event,
            rulebook=source.rulebook,
            rule=source.rule,
            calendar=source.calendar,
            decides=source.decides,
            start=span_at(dates.start, place) if applies else None,
            due=span_at(dates.due, place) if applies else None,
            original_due=span_at(self.columns.original_due, place) if applies else None,
            done=span_at(dates.done, place) if dates.dated[place] else None,
            verdict=VERDICT_NAMES[int(dates.verdict[place])],
            reason=REASON_NAMES[int(dates.reason[place])],
            working_days=numbers[0],
            late_by=numbers[1],
            days_late=numbers[2],
            due_at=at.get("due"),
            done_at=at.get("done") if dates.dated[place] else None,
            hours=_range(dates.hours(), place) if counted and self.moments else None,
        )


def due_moments(judged: JudgedRule, places: Rows) -> list[Moments | None]:
    """Return, in some places, when a clock that runs in hours was due; None for any other."""
    several = [Readings(*one) for one in judged.deciding if one[1].by_hours is not None]
    return [
        moments_of(reading.due_at for one in several if (reading := one.at(place)))
        for place in (places.tolist() if several else ())
    ] or [None] * len(places)


class _Moments:
    """Instants of many complaints, as the moments of the clock on the wall."""

    def __init__(self, instants: Bounds, scale: Scale) -> None:
        self.ends = [scale.local(end) for end in (instants.earliest, instants.latest)]

    def at(self, place: int) -> Moments | None:
        """Return the moments of one complaint; None where one of them is not known."""
        told = []
        for days, minutes in self.ends:
            day = _day(int(days[place]))
            if day is None:
                return None
            told.append(datetime.combine(day, time(*divmod(int(minutes[place]), 60))))
        return Moments(*told)


def _range(pair: Bounds, place: int) -> Range:
    """Return the least and most of a number."""
    most = int(pair.latest[place])
    return Range(int(pair.earliest[place]), None if most == NONE else most)


def _day(ordinal: int) -> date | None:
    return date.fromordinal(ordinal) if FAR_PAST < ordinal < FAR_FUTURE else None


def span_at(bounds: Bounds, place: int) -> Span:
    """Return the span of days in one place of a column."""
    return Span(_day(int(bounds.earliest[place])), _day(int(bounds.latest[place])))


def _known(bounds: Bounds, place: int) -> Span | None:
    """Return a span, or None where there is none."""
    return span_at(bounds, place) if bounds.earliest[place] < FAR_FUTURE else None


def _due_in(source: Source, due: Span | None, as_at: date) -> Range | None:
    if due is None or due.earliest is None:
        return None
    least = source.calendar.past(as_at, due.earliest, "working_days")
    if due.latest is None or due.exact:
        return Range(least, least if due.exact else None)
    return Range(least, source.calendar.past(as_at, due.latest, "working_days"))


def _claimed(timeline: Timeline, *names: str) -> int:
    """Return the line of the event that claims a stop, or 0."""
    return next((event.line for event in timeline.named(*names) if event.evidence == "claimed"), 0)


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
