"""From the readings of one statement to its answer: the plain one first, then the nearest.

A statement without a figure, that something was in time or late, is compared with the findings.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from timeliness.judge.statements.figures import Measure
from timeliness.judge.statements.points import Candidate, Deadline, label_of
from timeliness.model.calendars import Limit, WorkingDays
from timeliness.model.dates import Span, in_words
from timeliness.model.findings import NOT_CHECKABLE, RIGHT, RIGHT_OTHERWISE, WRONG, Finding
from timeliness.model.plain import capital
from timeliness.model.sides import CODE, POLICY, Side
from timeliness.model.timelines import (
    DAYS,
    HAPPENED,
    IN_TIME,
    LATE,
    Figure,
    Point,
    Statement,
    Timeline,
)
from timeliness.model.verdict_words import BREACH, CANNOT_TELL, MET, NOT_APPLICABLE, PENDING

_TOLD = 4
"""How many readings are named at most."""


class Answer(Struct, frozen=True):
    """What became of one statement; `would_be` is what would be right."""

    outcome: str
    says: str
    would_be: str = ""
    readings: tuple[str, ...] = ()


class Tried(Struct, frozen=True):
    """One reading: what it comes to at least and at most, and how it differs.

    `picked` is the number of its departures that only pick an end of a span of days.
    """

    least: str
    most: str
    fits: bool
    may_fit: bool
    departures: int
    says: tuple[str, ...]
    plain: bool
    context: str
    picked: int = 0

    @property
    def result(self) -> str:
        """Return what the reading comes to."""
        return self.least if self.least == self.most else f"{self.least} to {self.most}"

    @property
    def reading(self) -> str:
        """Return how the reading differs from the statement as written."""
        return ", ".join(self.says)


def may_fit_between(figure: Figure, least: Measure, most: Measure) -> bool:
    """Whether a figure holds for some count between the least and the most."""
    return least.fits(figure) or most.fits(figure) or least.whole < figure.amount < most.whole


def decide(tried: Sequence[Tried], stated: str, head: str = "It is") -> Answer:
    """Return the outcome: by the plain reading if that decides, else by the nearest that fits."""
    plain = [one for one in tried if one.departures == 0]
    first = next((one for one in plain if one.fits or one.may_fit), plain[0])
    main = f"{head} {first.result} {first.context}."
    if first.fits:
        return Answer(RIGHT, main, first.result)
    fitting = [one for one in tried if one.fits]
    if first.may_fit:
        fitting = [one for one in fitting if one.departures == one.picked]
    if first.may_fit and not fitting:
        says = f"{main} The recorded days do not decide whether {stated} is right."
        return Answer(NOT_CHECKABLE, says, first.result)
    nearest = min((one.departures for one in fitting), default=0)
    readings = tuple(dict.fromkeys(one.reading for one in fitting if one.departures == nearest))
    others = _others(tried, first)
    if readings:
        told = "; or ".join(readings[:_TOLD])
        more = f"; or in {len(readings) - _TOLD} more ways" if readings[_TOLD:] else ""
        says = f"{main}{others} {capital(stated)} is right {told}{more}."
        return Answer(RIGHT_OTHERWISE, says, first.result, readings)
    never = f"However the days are counted, it is not {stated}."
    return Answer(WRONG, f"{main}{others} {never}", first.result)


def _others(tried: Sequence[Tried], first: Tried) -> str:
    """Tell what the same count comes to from other starts, ends and limits."""
    told = {
        one.reading: one.result
        for one in tried
        if one.plain and one.departures == 1 and one.reading
    }
    if not told:
        return ""
    shown = [f"{reading} it is {result}" for reading, result in list(told.items())[:_TOLD]]
    return " " + capital("; ".join(shown)) + "."


def with_last_day(
    answer: Answer, figure: Figure, start: Candidate, calendar: WorkingDays
) -> Answer:
    """Add on which day the stated figure would have ended."""
    if not start.span.exact or not figure.amount:
        return answer
    assert start.span.earliest
    limit = Limit(figure.amount, "calendar_days" if figure.unit == DAYS else figure.unit)
    last = in_words(calendar.due(start.span.earliest, limit))
    says = f"{answer.says} {capital(str(figure))} from {start.label} end on {last}."
    return replace(answer, says=says)


def in_time_or_late(
    statement: Statement,
    event: str,
    findings: Sequence[Finding],
    deadlines_of: Callable[[str], Sequence[Deadline]],
) -> Answer:
    """Return whether "in time" or "late" is so of the limits that the statement means.

    That is the policy's where there is one, and else the first Code's; the others are then given
    separately. Without an event it speaks of all responses. What the findings do not bear out may
    be so by another side, or where one point is read otherwise: `deadlines_of` gives the last
    days of what an event stops.
    """
    clocks = [
        finding
        for finding in findings
        if finding.readings
        and finding.verdict != NOT_APPLICABLE
        and statement.against in ("", finding.standard)
        and _is_about(finding, event)
    ]
    if not clocks:
        return Answer(NOT_CHECKABLE, "No limit that was checked applies to it.")
    side_of: dict[str, Side] = {}
    for one in sorted(clocks, key=lambda one: one.standard != POLICY):
        side_of.setdefault(_stop(one), one.side)
    meant = [one for one in clocks if one.side == side_of[_stop(one)]]
    other = [one for one in clocks if one not in meant]
    claimed, value = str(statement.states), _value(meant)
    says = " ".join(part for part in (_told(meant, value), _apart(other)) if part)
    if value == claimed:
        return Answer(RIGHT, says, value)
    readings = _otherwise(claimed, value, meant, other, deadlines_of)
    if readings:
        told = f' "{capital(claimed)}" is right {"; or ".join(readings[:_TOLD])}.'
        return Answer(RIGHT_OTHERWISE, says + (told if value else ""), value, tuple(readings))
    return Answer(WRONG if value else NOT_CHECKABLE, says, value)


def _value(clocks: Sequence[Finding]) -> str:
    """Return whether clocks were late or in time, or nothing where that is not decided."""
    if any(finding.verdict == BREACH for finding in clocks):
        return LATE
    return "" if any(one.verdict in (CANNOT_TELL, PENDING) for one in clocks) else IN_TIME


def _otherwise(
    claimed: str,
    value: str,
    meant: Sequence[Finding],
    other: Sequence[Finding],
    deadlines_of: Callable[[str], Sequence[Deadline]],
) -> list[str]:
    """Return the readings on which a claim is right that the findings do not bear out."""
    if not value:
        wanted = BREACH if claimed == LATE else MET
        unclear = [one for one in meant if one.verdict in (CANNOT_TELL, PENDING)]
        return _starts(unclear, wanted)
    if other and _value(other) == claimed:
        return list(dict.fromkeys(f"by {one.rulebooks[0].the}" for one in other))
    contrary = [one for one in meant if one.verdict == BREACH] or list(meant)
    done = contrary[0].done
    if len(contrary) > 1 or not done or not done.earliest or not done.latest:
        return []
    readings = []
    for one in deadlines_of(_stop(contrary[0])):
        late = done.earliest > one.last.last
        in_time = done.latest <= one.last.first
        if (
            one.meant
            and one.departures == 1
            and not one.picked
            and (late, in_time)[claimed != LATE]
        ):
            readings.append(", ".join(one.points))
    return list(dict.fromkeys(readings))


def _starts(unclear: Sequence[Finding], wanted: str) -> list[str]:
    """Return the readings of unclear clocks that bear a claim out, if each clock has one."""
    borne_out = [
        [reading for reading in finding.readings if reading.verdict == wanted]
        for finding in unclear
    ]
    if not all(borne_out):
        return []
    named = [f"from {label_of(one.start_event)}" for found in borne_out for one in found]
    return list(dict.fromkeys(named))


def _apart(findings: Sequence[Finding]) -> str:
    """Tell of the Code, where a policy decides."""
    if not findings:
        return ""
    value = _value(findings)
    name = " or ".join(dict.fromkeys(book.short for one in findings for book in one.rulebooks))
    return f"By the {name} it is {value or 'not decided'}: {_told(findings, value)}"


def _told(findings: Sequence[Finding], value: str) -> str:
    """Tell of the clocks that decide: those in breach, else those unclear, else all."""
    verdicts = {LATE: (BREACH,), "": (CANNOT_TELL, PENDING)}.get(value)
    told = []
    for finding in findings:
        if verdicts and finding.verdict not in verdicts:
            continue
        text = f"{finding.title} ({_source(finding)}): {finding.says}"
        told.append(text + (f" {finding.settled_by.says}" if finding.settled_by else ""))
    return " ".join(told)


def _source(finding: Finding) -> str:
    """Return whose limit it is, each edition of the Code with its own clause."""
    if finding.standard != CODE:
        return finding.rulebooks[0].short
    named = [f"{one.rulebook.short}, {one.rule.clause}" for one in finding.readings]
    return " or ".join(dict.fromkeys(named))


def of_one_episode(
    statement: Statement, event: str, timeline: Timeline, findings: Sequence[Finding]
) -> list[Finding] | None:
    """Return the findings of the episode that a statement names by its days.

    Where the event has one episode they are all; None where it has several and none is named.
    """
    episodes = {one.episode for one in findings if one.readings and _stop(one) == event}
    if len(episodes) < 2:
        return list(findings)
    start, end = _day_of(statement.start, timeline), _day_of(statement.end, timeline)
    end = end or _day_of(statement.about, timeline)
    if isinstance(statement.states, Figure):
        named = bool(start and end)
    elif isinstance(statement.states, date):
        named = bool(start) or statement.kind == HAPPENED
    else:
        named = bool(end)
    if not named:
        return None
    return [
        one
        for one in findings
        if not one.readings
        or _stop(one) != event
        or (start and one.start == start)
        or (end and one.done == end)
    ]


def _day_of(point: Point | None, timeline: Timeline) -> Span | None:
    """Return the day of a point that is given by its date or by the id of one event."""
    if point is None or point.event:
        return None
    if point.when:
        return point.when.span
    whens = [event.when for event in timeline.events if event.id == point.id]
    return whens[0].span if whens and whens[0] else None


def _is_about(finding: Finding, event: str) -> bool:
    stop = _stop(finding)
    return stop == event if event else stop.endswith("response")


def _stop(finding: Finding) -> str:
    return finding.readings[0].rule.clock.stop
