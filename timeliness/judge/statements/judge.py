"""What others state about time, checked: right, right on another reading, or wrong, and why.

A statement is first read as it stands: from the first event that it names, by the default count.
Then up to two points of that reading are changed (another start, another end, another way to
count, elapsed for overshoot, another limit), and the readings that differ least are told.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from timeliness.judge.statements.claims import in_time_or_late
from timeliness.judge.statements.figures import (
    WEEKDAYS,
    Measure,
    Way,
    measure,
    ways,
)
from timeliness.judge.statements.limits import Deadline, deadlines, limits_meant
from timeliness.judge.statements.outcomes import (
    Outcome,
    Tried,
    decide,
    may_fit_between,
    with_last_day,
)
from timeliness.judge.statements.points import (
    Candidate,
    ends,
    event_of,
    label_of,
    limits_for,
    occurrences,
    starts,
)
from timeliness.model.calendars import WorkingDays, working_days
from timeliness.model.dates import in_words
from timeliness.model.errors import CalendarError
from timeliness.model.findings import (
    NOT_CHECKABLE,
    RIGHT,
    RIGHT_OTHERWISE,
    WRONG,
    Finding,
    StatementFound,
)
from timeliness.model.plain import capital, span_in_words
from timeliness.model.rulebooks import POLICY, Rulebook
from timeliness.model.spans import Span
from timeliness.model.statements import (
    DUE,
    ELAPSED,
    EXACTLY,
    HAPPENED,
    OVERSHOOT,
    Figure,
    Statement,
)
from timeliness.model.timelines import Timeline

MOST_DEPARTURES = 2
"""In how many points a reading may differ from the statement as it stands."""


def check_statements(
    timeline: Timeline, books: Sequence[Rulebook], findings: Sequence[Finding]
) -> tuple[StatementFound, ...]:
    """Check every statement of a timeline.

    `books` are the rulebooks that apply to the complaint, and `findings` what was found of it.
    """
    found = []
    for statement in timeline.statements:
        try:
            outcome = _Statement(statement, timeline, books, findings).outcome()
        except CalendarError as error:
            outcome = Outcome(NOT_CHECKABLE, f"Not checked: {error}.")
        found.append(
            StatementFound(
                words=statement.words,
                by=statement.by,
                source=statement.source,
                outcome=outcome.outcome,
                says=outcome.says,
                line=statement.line,
                stated=statement.stated,
                about=statement.topic,
                would_be=outcome.would_be,
                readings=outcome.readings,
            )
        )
    return tuple(found)


class _Statement:
    def __init__(
        self,
        statement: Statement,
        timeline: Timeline,
        books: Sequence[Rulebook],
        findings: Sequence[Finding],
    ) -> None:
        self.statement = statement
        self.timeline = timeline
        self.books = books
        self.findings = findings
        self.calendar = working_days(timeline.nation)
        self.event = event_of(statement.about, timeline)
        self.bounds = limits_for(self.event, books) if self.event else []

    def outcome(self) -> Outcome:
        states = self.statement.states
        if isinstance(states, Figure):
            return self._of_figure(states)
        if isinstance(states, date):
            kind = self.statement.kind or (DUE if self.bounds else HAPPENED)
            return self._of_due(states) if kind == DUE else self._of_day(states)
        return in_time_or_late(self.statement, self.event, self.findings)

    # A figure ---------------------------------------------------------------------------------

    def _of_figure(self, figure: Figure) -> Outcome:
        statement = self.statement
        kind = statement.kind or ELAPSED
        from_days = starts(statement, self.timeline, self.bounds)
        to_days = ends(statement, self.timeline)
        if all(one.departures for one in from_days):
            return Outcome(NOT_CHECKABLE, self._no_start())
        if not to_days:
            end = event_of(statement.end, self.timeline) or self.event
            return Outcome(NOT_CHECKABLE, f"Nothing says when {_what(end)} was; add to: DATE.")
        if kind == OVERSHOOT and not limits_meant(self.bounds, statement.against):
            return Outcome(NOT_CHECKABLE, f"No rule here sets a limit for {_what(self.event)}.")
        tried = [
            *self._elapsed(figure, from_days, to_days, kind),
            *self._overshoot(figure, to_days, kind),
        ]
        if not any(one.departures == 0 for one in tried):
            return Outcome(
                NOT_CHECKABLE,
                f"{capital(to_days[0].label)} lies before {from_days[0].label}.",
            )
        outcome = decide(tried, str(figure))
        if outcome.outcome == WRONG and figure.bound == EXACTLY and kind == ELAPSED:
            return with_last_day(outcome, figure, from_days[0], self.calendar)
        return outcome

    def _elapsed(
        self, figure: Figure, from_days: list[Candidate], to_days: list[Candidate], kind: str
    ) -> Iterator[Tried]:
        other = () if kind == ELAPSED else ("as time elapsed",)
        calendars: list[tuple[WorkingDays, tuple[str, ...]]] = [(self.calendar, ())]
        for book in self.books:
            if book.standard == POLICY and book.closures:
                says = f"with the closure days of the {book.short}"
                calendars.append((book.calendar(self.timeline.nation), (says,)))
        for start in from_days:
            for end in to_days:
                if _out_of_order(start, end):
                    continue
                for calendar, closed in calendars:
                    for way in ways(figure):
                        count = start.departures + end.departures + way.departures
                        count += len(other) + len(closed)
                        if count > MOST_DEPARTURES:
                            continue
                        least, most = _corners(way, start, end, calendar)
                        yield Tried(
                            str(least),
                            str(most),
                            least.fits(figure) and most.fits(figure),
                            may_fit_between(figure, least, most),
                            count,
                            (*other, *_ends_told(start, end), *way.says, *closed),
                            way.departures == 0 and not closed and not start.picked + end.picked,
                            f"from {start.label} to {end.label}",
                            start.picked + end.picked,
                        )

    def _overshoot(self, figure: Figure, to_days: list[Candidate], kind: str) -> Iterator[Tried]:
        """Read the figure as the time by which the event lies past each last day."""
        other = kind != OVERSHOOT
        units = [way for way in ways(figure) if way.rule == "day-after"]
        for deadline in self._deadlines():
            for end in to_days:
                for way in units:
                    count = deadline.departures + end.departures + way.departures + other
                    if count > MOST_DEPARTURES:
                        continue
                    counted = replace(way, rule=WEEKDAYS) if deadline.rule == WEEKDAYS else way
                    least, most = _corners(counted, deadline.last, end, self.calendar)
                    over = "as time over the limit of" if other else "over"
                    named = other or not deadline.meant
                    yield Tried(
                        str(least),
                        str(most),
                        least.any and least.fits(figure) and most.fits(figure),
                        most.any and may_fit_between(figure, least, most),
                        count,
                        (
                            *((f"{over} the {deadline.name}",) if named else ()),
                            *deadline.points,
                            *((f"to {end.label}",) if end.departures else ()),
                            *way.says,
                        ),
                        deadline.plain and way.departures == 0 and not other + end.picked,
                        f"over the limit of the {deadline.name}, due "
                        f"{span_in_words(deadline.last.span)},{deadline.told} to {end.label}",
                        deadline.picked + end.picked,
                    )

    def _deadlines(self) -> list[Deadline]:
        limits = limits_meant(self.bounds, self.statement.against)
        return list(deadlines(self.statement, self.timeline, limits, self.findings))

    def _no_start(self) -> str:
        start = self.statement.start
        if start is not None:
            named = event_of(start, self.timeline)
            return f"Nothing says when {_what(named)} was; write from: DATE."
        return "Nothing says from which day it counts; add from: an event or a date."

    # A date -----------------------------------------------------------------------------------

    def _of_due(self, stated: date) -> Outcome:
        if not limits_meant(self.bounds, self.statement.against):
            return Outcome(NOT_CHECKABLE, f"No rule here sets a limit for {_what(self.event)}.")
        tried = [
            Tried(
                in_words(one.last.first),
                in_words(one.last.last),
                one.last.first == one.last.last == stated,
                one.last.first <= stated <= one.last.last,
                one.departures,
                (*(() if one.meant else (f"by the {one.name}",)), *one.points),
                one.plain,
                f"by the {one.name}{one.told}",
                one.picked,
            )
            for one in self._deadlines()
            if one.departures <= MOST_DEPARTURES
        ]
        if all(one.departures for one in tried):
            return Outcome(NOT_CHECKABLE, self._no_start())
        return decide(tried, in_words(stated), "The last day is")

    def _of_day(self, stated: date) -> Outcome:
        assert self.statement.about
        days = occurrences(self.statement.about, self.timeline)
        if not days:
            return Outcome(NOT_CHECKABLE, f"Nothing says when {_what(self.event)} was.")
        fits = [day for day in days if day.span == Span.day(stated)]
        told = ", and ".join(
            dict.fromkeys(f"{span_in_words(day.span)}" + _claimed(day) for day in days)
        )
        says = f"For {label_of(self.event)} the record has {told}."
        first = span_in_words(days[0].span)
        if fits and fits[0].departures == 0:
            return Outcome(RIGHT, says, first)
        if fits:
            return Outcome(RIGHT_OTHERWISE, says, first, (fits[0].label,))
        possible = any(day.first <= stated <= day.last for day in days)
        return Outcome(NOT_CHECKABLE if possible else WRONG, says, first)


def _what(event: str) -> str:
    return label_of(event) if event else "that"


def _claimed(day: Candidate) -> str:
    return ", claimed and not shown" if "(claimed)" in day.label else ""


def _out_of_order(start: Candidate, end: Candidate) -> bool:
    """Whether an end lies before a start, or on it where the statement names another start."""
    if start.departures and start.span == end.span:
        return True
    return end.last < start.first


def _corners(
    way: Way, start: Candidate, end: Candidate, calendar: WorkingDays
) -> tuple[Measure, Measure]:
    """Return the least and the most time between two days that may be known roughly."""
    return (
        measure(way, start.last, end.first, calendar),
        measure(way, start.first, end.last, calendar),
    )


def _ends_told(start: Candidate, end: Candidate) -> tuple[str, ...]:
    return (
        *((f"from {start.label}",) if start.departures else ()),
        *((f"to {end.label}",) if end.departures else ()),
    )
