"""What others state about time, checked: right, right on another reading, or wrong, and why.

A statement is first read as written: from the first event that it names, by the default count.
Then up to two points of that reading are changed (another start, another end, another way to
count, elapsed for overshoot, another limit), and the readings that differ least are named.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from msgspec.structs import replace

from timeliness.judge.statements.figures import (
    MOST_DEPARTURES,
    Measure,
    Way,
    counts,
    measure,
    units,
    ways,
)
from timeliness.judge.statements.outcomes import (
    Answer,
    Tried,
    decide,
    in_time_or_late,
    may_fit_between,
    of_one_episode,
    with_last_day,
)
from timeliness.judge.statements.points import (
    Candidate,
    Deadline,
    as_it_stood,
    deadlines,
    ends,
    ends_told,
    event_of,
    label_of,
    limits_for,
    limits_meant,
    occurrences,
    starts,
    with_closures,
)
from timeliness.model.calendars import working_days
from timeliness.model.dates import Span, in_words
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
from timeliness.model.rulebooks import Rulebook
from timeliness.model.timelines import (
    AT_LEAST,
    AT_MOST,
    DUE,
    ELAPSED,
    EXACTLY,
    HAPPENED,
    LESS,
    MORE,
    OVERSHOOT,
    Figure,
    Statement,
    Timeline,
)


def check_statements(
    timeline: Timeline, books: Sequence[Rulebook], findings: Sequence[Finding], as_at: date
) -> tuple[StatementFound, ...]:
    """Check every statement of a timeline as of the day of the check.

    `books` are the rulebooks that apply to the complaint, and `findings` what was found about it.
    """
    found = []
    for statement in timeline.statements:
        try:
            answer = _Statement(statement, timeline, books, findings, as_at).answer()
        except CalendarError as error:
            answer = Answer(NOT_CHECKABLE, f"Not checked: {error}.")
        found.append(
            StatementFound(
                words=statement.words,
                by=statement.by,
                source=statement.source,
                outcome=answer.outcome,
                says=answer.says,
                line=statement.line,
                stated=statement.stated,
                about=statement.topic,
                would_be=answer.would_be,
                readings=answer.readings,
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
        as_at: date,
    ) -> None:
        self.statement = statement
        self.whole, self.timeline = timeline, as_it_stood(timeline, as_at)
        self.as_at, self.books, nation = as_at, books, timeline.nation
        self.calendar = books[0].plain_calendar(nation) if books else working_days(nation)
        self.counts = counts(self.calendar, with_closures(books, nation))
        self.event = event_of(statement.about, timeline)
        self.bounds = limits_for(self.event, books) if self.event else []
        one = of_one_episode(statement, self.event, timeline, findings)
        self.findings, self.must_name_days = one or [], one is None

    def answer(self) -> Answer:
        states = self.statement.states
        if self.must_name_days:
            says = f"{capital(_what(self.event))} comes more than once; name its days with from: "
            return Answer(NOT_CHECKABLE, f"{says}DATE and to: DATE.")
        if isinstance(states, Figure):
            return self._of_figure(states)
        if isinstance(states, date):
            kind = self.statement.kind or (DUE if self.bounds else HAPPENED)
            return self._of_due(states) if kind == DUE else self._of_day(states)
        return in_time_or_late(self.statement, self.event, self.findings, self._deadlines)

    # A figure ---------------------------------------------------------------------------------

    def _of_figure(self, figure: Figure) -> Answer:
        statement = self.statement
        kind = statement.kind or ELAPSED
        from_days = starts(statement, self.timeline, self.bounds)
        to_days = ends(statement, self.timeline)
        if all(one.departures for one in from_days):
            return Answer(NOT_CHECKABLE, self._no_start())
        if kind == OVERSHOOT and not limits_meant(self.bounds, statement.against):
            return Answer(NOT_CHECKABLE, f"No rule here sets a limit for {_what(self.event)}.")
        if to_days:
            return self._between(figure, from_days, to_days, kind)
        end = event_of(statement.end, self.whole) or self.event
        if not self._is_open(end):
            return Answer(
                NOT_CHECKABLE, f"The record does not say when {_what(end)} was; add to: DATE."
            )
        return self._so_far(figure, from_days, kind, end)

    def _between(
        self, figure: Figure, from_days: list[Candidate], to_days: list[Candidate], kind: str
    ) -> Answer:
        tried: list[Tried] = []
        # Time elapsed is nearly always more than some limit, and time over a limit less.
        if kind == ELAPSED or figure.bound == EXACTLY:
            tried += self._elapsed(figure, from_days, to_days, kind)
        if kind == OVERSHOOT or figure.bound == EXACTLY:
            tried += self._overshoot(figure, to_days, kind)
        if not any(one.departures == 0 for one in tried):
            return Answer(
                NOT_CHECKABLE,
                f"{capital(to_days[0].label)} lies before {from_days[0].label}.",
            )
        answer = decide(tried, str(figure))
        if answer.outcome == WRONG and figure.bound == EXACTLY and kind == ELAPSED:
            return with_last_day(answer, figure, from_days[0], self.calendar)
        return answer

    def _is_open(self, event: str) -> bool:
        """Whether an event is known not to have happened by the day of the check."""
        clocks = [
            finding
            for finding in self.findings
            if finding.readings and finding.readings[0].rule.clock.stop == event
        ]
        if clocks:
            return any(finding.reason in ("overdue", "not-yet-due") for finding in clocks)
        return bool(event) and self.timeline.record == "complete"

    def _so_far(self, figure: Figure, from_days: list[Candidate], kind: str, end: str) -> Answer:
        """Check a figure about what has not happened by the time that has passed so far."""
        today = Candidate(Span.day(self.as_at), f"the day of the check, {in_words(self.as_at)}")
        found = self._between(figure, from_days, [today], kind)
        limit, least = figure.bound in (AT_MOST, LESS), figure.bound in (MORE, AT_LEAST)
        decided = (
            found.outcome == WRONG
            if limit
            else found.outcome == RIGHT or (least and found.outcome == RIGHT_OTHERWISE)
        )
        open_still = f"{capital(_what(end))} was still outstanding on {in_words(self.as_at)}"
        if decided:
            return replace(found, says=f"{open_still}. {found.says}")
        says = f"{open_still}, so the time taken is not yet known. So far it is {found.would_be}."
        return Answer(NOT_CHECKABLE, says, found.would_be)

    def _elapsed(
        self, figure: Figure, from_days: list[Candidate], to_days: list[Candidate], kind: str
    ) -> Iterator[Tried]:
        other = () if kind == ELAPSED else ("as time elapsed",)
        every_way = list(ways(figure, self.counts))
        for start in from_days:
            for end in to_days:
                if _out_of_order(start, end):
                    continue
                for way in every_way:
                    count = start.departures + end.departures + way.departures + len(other)
                    if count > MOST_DEPARTURES:
                        continue
                    least, most = _corners(way, start, end)
                    yield Tried(
                        str(least),
                        str(most),
                        least.fits(figure) and most.fits(figure),
                        may_fit_between(figure, least, most),
                        count,
                        (*other, *ends_told(start, end), *way.says),
                        way.departures == 0 and not start.picked + end.picked,
                        f"from {start.label} to {end.label}",
                        start.picked + end.picked,
                    )

    def _overshoot(self, figure: Figure, to_days: list[Candidate], kind: str) -> Iterator[Tried]:
        """Read the figure as the time by which the event lies past each last day."""
        other = kind != OVERSHOOT
        for deadline in self._deadlines(self.event):
            for end in to_days:
                for unit, says in units(figure):
                    count = deadline.departures + end.departures + len(says) + other
                    if count > MOST_DEPARTURES:
                        continue
                    least, most = _corners(Way(unit, deadline.calendar), deadline.last, end)
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
                            *says,
                        ),
                        deadline.plain and not says and not other + end.picked,
                        f"over the limit, counted to {end.label}. The last day was "
                        f"{span_in_words(deadline.last.span)} ({deadline.name}{deadline.told})",
                        deadline.picked + end.picked,
                    )

    def _deadlines(self, event: str) -> list[Deadline]:
        limits = limits_meant(limits_for(event, self.books), self.statement.against)
        return list(deadlines(self.statement, self.timeline, limits, self.findings))

    def _no_start(self) -> str:
        start = self.statement.start
        if start is not None:
            named = event_of(start, self.whole)
            return f"The record does not say when {_what(named)} was; write from: DATE."
        return "The record does not say which day it counts from; add from: an event or a date."

    # A date -----------------------------------------------------------------------------------

    def _of_due(self, stated: date) -> Answer:
        if not limits_meant(self.bounds, self.statement.against):
            return Answer(NOT_CHECKABLE, f"No rule here sets a limit for {_what(self.event)}.")
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
            for one in self._deadlines(self.event)
            if one.departures <= MOST_DEPARTURES
        ]
        if all(one.departures for one in tried):
            return Answer(NOT_CHECKABLE, self._no_start())
        return self._as_said(decide(tried, in_words(stated), "The last day is"))

    def _as_said(self, answer: Answer) -> Answer:
        """Add what a last day became by the bank holidays announced after it was said."""
        if not self.statement.said:
            return answer
        limits = limits_meant(self.bounds, self.statement.against)
        later = replace(self.statement, said=None)
        now = next(
            span_in_words(one.last.span)
            for one in deadlines(later, self.timeline, limits, self.findings)
            if not one.departures
        )
        if now == answer.would_be:
            return answer
        said = in_words(self.statement.said)
        says = f"{answer.says} Bank holidays announced after {said} moved it to {now}."
        return replace(answer, says=says)

    def _of_day(self, stated: date) -> Answer:
        assert self.statement.about
        days = occurrences(self.statement.about, self.timeline)
        if not days:
            return Answer(NOT_CHECKABLE, f"The record does not say when {_what(self.event)} was.")
        fits = [day for day in days if day.span == Span.day(stated)]
        told = ", and ".join(
            dict.fromkeys(f"{span_in_words(day.span)}" + _claimed(day) for day in days)
        )
        says = f"For {label_of(self.event)} the record has {told}."
        first = span_in_words(days[0].span)
        if fits and fits[0].departures == 0:
            return Answer(RIGHT, says, first)
        if fits:
            return Answer(RIGHT_OTHERWISE, says, first, (fits[0].label,))
        possible = any(day.first <= stated <= day.last for day in days)
        return Answer(NOT_CHECKABLE if possible else WRONG, says, first)


def _what(event: str) -> str:
    return label_of(event) if event else "that"


def _claimed(day: Candidate) -> str:
    return ", claimed without evidence" if "(claimed)" in day.label else ""


def _out_of_order(start: Candidate, end: Candidate) -> bool:
    """Whether an end lies before a start, or on it where the statement names another start."""
    if start.departures and start.span == end.span:
        return True
    return end.last < start.first


def _corners(way: Way, start: Candidate, end: Candidate) -> tuple[Measure, Measure]:
    """Return the least and the most time between two days that may be known roughly."""
    return measure(way, start.last, end.first), measure(way, start.first, end.last)
