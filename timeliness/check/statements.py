"""What others state about time, checked: right, right on another reading, or wrong, and why.

A statement is first read as it stands: from the first event that it names, by the default count.
Then up to two points of that reading are changed (another start, another end, another way to
count, elapsed for overshoot, another limit), and the readings that differ least are told.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from timeliness.calendars import Limit, WorkingDays, working_days
from timeliness.check.claims import in_time_or_late
from timeliness.check.figures import (
    WEEKDAYS,
    Measure,
    Way,
    due,
    measure,
    rule_words,
    rules_for,
    ways,
)
from timeliness.check.outcomes import (
    Outcome,
    Tried,
    capital,
    decide,
    may_fit_between,
    with_last_day,
)
from timeliness.check.points import (
    Bound,
    Candidate,
    ends,
    event_of,
    label_of,
    limits_for,
    occurrences,
    starts,
)
from timeliness.check.wording import span_in_words
from timeliness.dates import in_words
from timeliness.errors import CalendarError
from timeliness.findings import (
    NOT_CHECKABLE,
    RIGHT,
    RIGHT_OTHERWISE,
    WRONG,
    Finding,
    StatementFound,
)
from timeliness.rulebooks import CODE, POLICY, Rulebook
from timeliness.spans import Span
from timeliness.statements import (
    DUE,
    ELAPSED,
    EXACTLY,
    HAPPENED,
    OVERSHOOT,
    Figure,
    Statement,
)
from timeliness.timelines import Timeline

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
        if not from_days:
            return Outcome(NOT_CHECKABLE, self._no_start())
        if not to_days:
            return Outcome(
                NOT_CHECKABLE,
                f"Nothing on the record says when {label_of(self.event)} was; add to: DATE.",
            )
        if kind == OVERSHOOT and not self._limits():
            return Outcome(
                NOT_CHECKABLE, f"No rule here sets a limit for {label_of(self.event) or 'it'}."
            )
        tried = [
            *self._elapsed(figure, from_days, to_days, kind),
            *self._overshoot(figure, from_days, to_days, kind),
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
                            way.departures == 0 and not closed,
                            f"from {start.label} to {end.label}",
                            start,
                        )

    def _overshoot(
        self, figure: Figure, from_days: list[Candidate], to_days: list[Candidate], kind: str
    ) -> Iterator[Tried]:
        other = () if kind == OVERSHOOT else ("as time over the limit",)
        for bound, standard in self._limits():
            calendar = bound.book.calendar(self.timeline.nation)
            limit = bound.rule.clock.limit
            for start in from_days:
                for end in to_days:
                    if _out_of_order(start, end):
                        continue
                    for way in ways(figure, bound.book.counting):
                        count = start.departures + end.departures + way.departures
                        count += len(other) + standard
                        if count > MOST_DEPARTURES:
                            continue
                        least, most, last = self._over(way, limit, start, end, calendar)
                        name = f"{bound.book.short}, {limit}"
                        yield Tried(
                            str(least),
                            str(most),
                            least.any and least.fits(figure) and most.fits(figure),
                            most.any and may_fit_between(figure, least, most),
                            count,
                            (
                                *((f"{other[0]} of the {name}",) if other else ()),
                                *((f"over the {name}",) if standard and not other else ()),
                                *_ends_told(start, end),
                                *way.says,
                            ),
                            way.departures == 0 and not other,
                            f"over the limit of the {name}, due {span_in_words(last.span)}, from "
                            f"{start.label} to {end.label}",
                            start,
                        )

    def _over(
        self,
        way: Way,
        limit: Limit,
        start: Candidate,
        end: Candidate,
        calendar: WorkingDays,
    ) -> tuple[Measure, Measure, Candidate]:
        """Return how far the end lies past a limit at least and at most, and its last day."""
        last = _last_day(limit, way.rule, start, calendar)
        if end.last <= last.first:
            nothing = Measure(0, way.unit)
            return nothing, nothing, last
        counted = Way(way.unit, WEEKDAYS if way.rule == WEEKDAYS else "day-after", 0)
        return *_corners(counted, last, end, self.calendar), last

    def _limits(self) -> list[tuple[Bound, int]]:
        """Return the limits that may be meant; those that are not said to be count as another."""
        against = self.statement.against
        if against:
            return [(one, 0) for one in self.bounds if one.book.standard == against]
        own = POLICY if any(one.book.standard == POLICY for one in self.bounds) else CODE
        return [(one, int(one.book.standard != own)) for one in self.bounds]

    def _no_start(self) -> str:
        start = self.statement.start
        if start is not None:
            named = event_of(start, self.timeline) or "its start"
            return f"Nothing on the record says when {label_of(named)} was; write from: DATE."
        return "Nothing says from which day it counts; add from: an event or a date."

    # A date -----------------------------------------------------------------------------------

    def _of_due(self, stated: date) -> Outcome:
        limits = self._limits()
        if not limits:
            return Outcome(NOT_CHECKABLE, f"No rule here sets a limit for {label_of(self.event)}.")
        from_days = starts(self.statement, self.timeline, self.bounds)
        if not from_days:
            return Outcome(NOT_CHECKABLE, self._no_start())
        tried = []
        for bound, standard in limits:
            calendar, limit = bound.book.calendar(self.timeline.nation), bound.rule.clock.limit
            for start in from_days:
                for rule in rules_for(limit):
                    own = int(rule != bound.book.counting and limit.unit == "working_days")
                    count = start.departures + standard + own
                    if count > MOST_DEPARTURES:
                        continue
                    last = _last_day(limit, rule, start, calendar)
                    tried.append(
                        Tried(
                            in_words(last.first),
                            in_words(last.last),
                            last.first == last.last == stated,
                            last.first <= stated <= last.last,
                            count,
                            (
                                *((f"by the {bound.book.short}, {limit}",) if standard else ()),
                                *((f"from {start.label}",) if start.departures else ()),
                                *((rule_words(rule),) if own else ()),
                            ),
                            not own,
                            f"by the {bound.book.short}, {limit} from {start.label}",
                            start,
                        )
                    )
        return decide(tried, in_words(stated), "The last day is")

    def _of_day(self, stated: date) -> Outcome:
        assert self.statement.about
        days = occurrences(self.statement.about, self.timeline)
        if not days:
            return Outcome(
                NOT_CHECKABLE, f"Nothing on the record says when {label_of(self.event)} was."
            )
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


def _last_day(limit: Limit, rule: str, start: Candidate, calendar: WorkingDays) -> Candidate:
    first, last = (due(limit, rule, day, calendar) for day in (start.first, start.last))
    return Candidate(Span(first, last), "the last day")


def _ends_told(start: Candidate, end: Candidate) -> tuple[str, ...]:
    return (
        *((f"from {start.label}",) if start.departures else ()),
        *((f"to {end.label}",) if end.departures else ()),
    )
