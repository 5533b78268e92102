"""The days that a statement may mean: every event that could be its start or its end, and the last
days of the limits that it may mean, from each start and by each count."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from timeliness.judge.milestones import counts_as
from timeliness.judge.statements.figures import (
    Count,
    before_announced,
    counts,
    known_on,
    left_out_of,
    with_counting,
)
from timeliness.model.calendars import Limit, WorkingDays, working_days
from timeliness.model.dates import Span, When, in_words
from timeliness.model.findings import Finding
from timeliness.model.plain import on_or_between, span_in_words
from timeliness.model.rulebooks import Rule, Rulebook
from timeliness.model.sides import POLICY
from timeliness.model.timelines import Event, Point, Statement, Timeline
from timeliness.model.vocabulary import COMMON, LOGGED, STAGE_ACKNOWLEDGED, STAGE_TRIGGERS

_LOGGED = {1: LOGGED, 2: "escalation logged", 3: "stage 3 logged"}
MOST_DAYS = 40
"""How many days are tried for either end of a statement."""


class Candidate(Struct, frozen=True):
    """A day, or the days, that one end of a statement may mean.

    `departures` is 0 for what the statement says and more for what it may have meant. `picked` says
    that it is one end of a span of days, picked from it.
    """

    span: Span
    label: str
    departures: int = 0
    picked: bool = False

    @property
    def first(self) -> date:
        """Return the earliest day."""
        assert self.span.earliest
        return self.span.earliest

    @property
    def last(self) -> date:
        """Return the latest day."""
        assert self.span.latest
        return self.span.latest


class Bound(Struct, frozen=True):
    """A limit that a statement may mean: a rule with its rulebook."""

    book: Rulebook
    rule: Rule


def as_it_stood(timeline: Timeline, as_at: date) -> Timeline:
    """Return a timeline with what had been done by some day up to the day of the check."""
    done = [
        event
        for event in timeline.events
        if event.evidence != "absent"
        and event.attributes.get("sent") is not False
        and _first_day(event) <= as_at.toordinal()
    ]
    return replace(timeline, events=tuple(done))


def limits_for(event: str, books: Iterable[Rulebook]) -> list[Bound]:
    """Return every rule whose clock an event stops."""
    return [Bound(book, rule) for book in books for rule in book.rules if rule.clock.stop == event]


def starts(statement: Statement, timeline: Timeline, bounds: Sequence[Bound]) -> list[Candidate]:
    """Return every day that could be the start, the one that the statement names first.

    A start given by its date is the only one. One given by an event brings its repetitions with it,
    and where it begins a stage the other events that could begin that stage. Where none is given
    it is what starts the limits, or if that is not on the record what begins the stage.
    """
    point = statement.start
    if point is not None:
        found = _of_point(point, timeline)
        if point.when is not None:
            return found
        names = same_stage(_name_of(point, timeline))
    else:
        names = list(dict.fromkeys(start.event for b in bounds for start in b.rule.clock.starts))
        names += [name for name in same_stage(names[0]) if name not in names] if names else []
        found = []
    for name in names:
        least = 1 if found or point is not None else 0
        found += [
            replace(one, departures=max(one.departures, least)) for one in _named(name, timeline)
        ]
    return _each_day_once(found)


def ends(statement: Statement, timeline: Timeline) -> list[Candidate]:
    """Return every day that could be the end.

    Beside a day that the statement gives, the other days that the record gives for the event it
    is about could be meant.
    """
    given = _of_point(statement.end, timeline) if statement.end else []
    recorded = _of_point(statement.about, timeline) if statement.about else []
    if given:
        recorded = [replace(one, departures=max(one.departures, 1)) for one in recorded]
    return _each_day_once([*given, *recorded])


def ends_told(start: Candidate, end: Candidate) -> tuple[str, ...]:
    """Return how a start and an end differ from what the statement says."""
    return (
        *((f"from {start.label}",) if start.departures else ()),
        *((f"to {end.label}",) if end.departures else ()),
    )


def occurrences(point: Point, timeline: Timeline) -> list[Candidate]:
    """Return the days on which an event is recorded to have happened."""
    return [one for one in _each_day_once(_of_point(point, timeline)) if not one.picked]


def event_of(point: Point | None, timeline: Timeline) -> str:
    """Return the name of the event that a statement points to, or nothing."""
    return _name_of(point, timeline) if point else ""


def _name_of(point: Point, timeline: Timeline) -> str:
    if point.id:
        return next((event.name for event in timeline.events if event.id == point.id), "")
    return point.event


def _of_point(point: Point, timeline: Timeline) -> list[Candidate]:
    if point.when is not None:
        return _days_of(point.when, "")
    if point.id:
        chosen = [event for event in timeline.events if event.id == point.id]
        return _of_events(chosen, event_of(point, timeline))
    return _named(point.event, timeline)


def _named(name: str, timeline: Timeline) -> list[Candidate]:
    return _of_events([event for event in timeline.events if name in counts_as(event)], name)


def _of_events(events: Iterable[Event], name: str) -> list[Candidate]:
    """Return the occurrences of an event, what is only claimed after what is seen."""
    found: list[Candidate] = []
    dated = [event for event in events if event.when]
    for event in sorted(dated, key=lambda one: (one.evidence != "seen", _first_day(one))):
        assert event.when
        label = label_of(name) + (" (claimed)" if event.evidence == "claimed" else "")
        for one in _days_of(event.when, label):
            found.append(replace(one, departures=1 if found else 0))
    return found


def _first_day(event: Event) -> int:
    earliest = event.when.span.earliest if event.when else None
    return earliest.toordinal() if earliest else 0


def _days_of(when: When, label: str) -> list[Candidate]:
    """Return each date that the sources give; one without both ends says nothing."""
    found = []
    for place, span in enumerate(when.sources or (when.span,)):
        if span.earliest and span.latest:
            about = on_or_between(span)
            told = f"{label} {about}" if label else about.removeprefix("on ")
            told = told if label or span.exact else f"a day {told}"
            found.append(Candidate(span, told, 1 if place else 0))
            if not span.exact:
                on = f"{label} on " if label else ""
                for day, which in ((span.earliest, "earliest"), (span.latest, "latest")):
                    told = f"{on}{in_words(day)}, the {which} day"
                    found.append(Candidate(Span.day(day), told, 1, picked=True))
    return found


def label_of(event: str) -> str:
    """Return an event as a sentence names it: receipt, the request, "repair reported"."""
    return COMMON.kind(event).words.thing


def same_stage(event: str) -> list[str]:
    """Return the events that could begin the stage that an event begins."""
    for stage, trigger in STAGE_TRIGGERS.items():
        names = [trigger, _LOGGED[stage], STAGE_ACKNOWLEDGED[stage]]
        if event in names:
            return names
    return []


def _each_day_once(found: Iterable[Candidate]) -> list[Candidate]:
    """Return the first candidate of each day, and of very many only the first."""
    by_day: dict[Span, Candidate] = {}
    for one in sorted(found, key=lambda one: one.picked):
        by_day.setdefault(one.span, one)
    return list(by_day.values())[:MOST_DAYS]


class Deadline(Struct, frozen=True):
    """The last day of a limit on one reading.

    `calendar` counts the days past it, from the day after. `name` is the limit and whose it is,
    `told` the start it runs from. `departures` counts the points in which the reading differs,
    `points` names them, and `meant` is False where it is the limit of another side than the
    statement means.
    """

    last: Candidate
    calendar: WorkingDays
    name: str
    told: str
    departures: int
    points: tuple[str, ...]
    meant: bool
    plain: bool
    picked: int = 0


def limits_meant(bounds: Sequence[Bound], against: str) -> list[tuple[Bound, bool]]:
    """Return the limits that a statement may mean, each with whether it is the one it means.

    Where it does not say, that is the policy's, if there is one, and else that of the first Code.
    """
    possible = [one for one in bounds if against in ("", one.book.standard)]
    in_order = sorted(possible, key=lambda one: one.book.standard != POLICY)
    return [(one, one.book.side == in_order[0].book.side) for one in possible]


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
        yield from _extended(bound, findings, timeline.nation, meant=meant)
    for bound, meant in limits:
        for start in starts(statement, timeline, [bound]):
            yield from _from_start(bound, start, statement, timeline.nation, meant=meant)


def _from_start(
    bound: Bound, start: Candidate, statement: Statement, nation: str, *, meant: bool
) -> Iterator[Deadline]:
    """Return the last days of a limit from one start, by every count that makes a difference."""
    limit, book = bound.rule.clock.limit, bound.book
    counted = _counts(bound, start, statement, nation)
    if limit.unit != "working_days":
        counted = counted[:1]
    found: set[tuple[str, Span]] = set()
    for count in counted:
        last = _last_day(limit, start, count.calendar)
        # Days left out that the run never meets explain nothing.
        if (count.calendar.counting, last.span) in found:
            continue
        found.add((count.calendar.counting, last.span))
        yield Deadline(
            last=last,
            calendar=with_counting(count.calendar, "day-after"),
            name=f"{book.short}, {limit}",
            told=f" from {start.label}",
            departures=start.departures + count.departures + int(not meant),
            points=(*((f"from {start.label}",) if start.departures else ()), *count.says),
            meant=meant,
            plain=not count.departures and not start.picked,
            picked=int(start.picked),
        )


def with_closures(books: Iterable[Rulebook], nation: str) -> Iterator[Count]:
    """Return the calendar with the closure days of each policy."""
    for book in books:
        if book.standard == POLICY and book.closures:
            says = f"with the closure days of {book.the}"
            off = tuple(book.plain_calendar(nation).days_off.items())
            calendar = working_days(nation, closures=book.closures, days_off=off)
            yield Count(calendar, 1, (says,), days_differ=True)


def _counts(bound: Bound, start: Candidate, statement: Statement, nation: str) -> list[Count]:
    """Return the ways to count a limit, on the day on which a statement was made if it says so."""
    plain, *_ = bound.book.calendars(nation, bound.rule.clock)
    variants: list[Count] = []
    if statement.said:
        plain = known_on(plain, statement.said)
    else:
        latest = plain.due(start.last, bound.rule.clock.limit)
        variants += before_announced(plain, start.last, latest)
    return counts(plain, [*variants, *without_closures(bound.book, plain)])


def without_closures(book: Rulebook, plain: WorkingDays) -> Iterator[Count]:
    """Return the calendar of a policy without its closure days, if it has any."""
    if book.closures:
        says = f"without the closure days of {book.the}"
        off = tuple(plain.days_off.items())
        open_all = working_days(plain.nation, plain.counting, (), left_out_of(plain), off)
        yield Count(open_all, 1, (says,), days_differ=True)


def _extended(
    bound: Bound, findings: Sequence[Finding], nation: str, *, meant: bool
) -> Iterator[Deadline]:
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
                    calendar=with_counting(reading.calendar, "day-after"),
                    name=f"{bound.book.short}, {bound.rule.clock.limit} and the extension",
                    told=f" from {span_in_words(reading.start)}",
                    departures=int(not meant),
                    points=(),
                    meant=meant,
                    plain=True,
                )


def _last_day(limit: Limit, start: Candidate, calendar: WorkingDays) -> Candidate:
    first, last = (calendar.due(day, limit) for day in (start.first, start.last))
    return Candidate(Span(first, last), "the last day")
