"""The last days that a statement may mean: of each limit, from each start, by each count."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from timeliness.judge.statements.figures import due, rule_words, rules_for
from timeliness.judge.statements.points import Bound, Candidate, starts
from timeliness.model.calendars import Limit, WorkingDays
from timeliness.model.findings import Finding
from timeliness.model.plain import span_in_words
from timeliness.model.rulebooks import CODE, POLICY
from timeliness.model.spans import Span
from timeliness.model.statements import Statement
from timeliness.model.timelines import Timeline


@dataclass(frozen=True)
class Deadline:
    """The last day of a limit on one reading.

    `name` is the limit and whose it is, `told` the start it runs from. `departures` counts the
    points in which the reading differs, `points` names them, and `meant` is False where it is the
    limit of another standard than the statement means.
    """

    last: Candidate
    rule: str
    name: str
    told: str
    departures: int
    points: tuple[str, ...]
    meant: bool
    plain: bool
    picked: int = 0


def limits_meant(bounds: Sequence[Bound], against: str) -> list[tuple[Bound, bool]]:
    """Return the limits that a statement may mean, each with whether it is the one it means.

    Where it does not say, that is the policy's, if there is one.
    """
    if against:
        return [(one, True) for one in bounds if one.book.standard == against]
    own = POLICY if any(one.book.standard == POLICY for one in bounds) else CODE
    return [(one, one.book.standard == own) for one in bounds]


def deadlines(
    statement: Statement,
    timeline: Timeline,
    limits: Sequence[tuple[Bound, bool]],
    findings: Sequence[Finding],
) -> Iterator[Deadline]:
    """Return every last day that may be meant, those that were extended first.

    Each limit runs from its own start where the statement does not give one.
    """
    for bound, meant in limits:
        yield from _extended(bound, meant, findings)
    for bound, meant in limits:
        calendar, limit = bound.book.calendar(timeline.nation), bound.rule.clock.limit
        for start in starts(statement, timeline, [bound]):
            for rule in rules_for(limit):
                own = rule != bound.book.counting and limit.unit == "working_days"
                yield Deadline(
                    last=_last_day(limit, rule, start, calendar),
                    rule=rule,
                    name=f"{bound.book.short}, {limit}",
                    told=f" from {start.label}",
                    departures=start.departures + int(own) + int(not meant),
                    points=(
                        *((f"from {start.label}",) if start.departures else ()),
                        *((rule_words(rule),) if own else ()),
                    ),
                    meant=meant,
                    plain=not own and not start.picked,
                    picked=int(start.picked),
                )


def _extended(bound: Bound, meant: bool, findings: Sequence[Finding]) -> Iterator[Deadline]:
    """Return the last day of a limit as it was extended, taking the extension to count."""
    for finding in findings:
        for reading in finding.readings:
            extended = reading.due and reading.due != reading.original_due
            if reading.rule != bound.rule or not reading.decides or not extended:
                continue
            assert reading.due
            if reading.due.latest:
                yield Deadline(
                    last=Candidate(Span.day(reading.due.latest), "the last day"),
                    rule="day-after",
                    name=f"{bound.book.short}, {bound.rule.clock.limit} and the extension",
                    told=f" from {span_in_words(reading.start)}",
                    departures=int(not meant),
                    points=(),
                    meant=meant,
                    plain=True,
                )


def _last_day(limit: Limit, rule: str, start: Candidate, calendar: WorkingDays) -> Candidate:
    first, last = (due(limit, rule, day, calendar) for day in (start.first, start.last))
    return Candidate(Span(first, last), "the last day")
