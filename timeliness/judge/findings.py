"""From columns to one complaint's findings: the objects and sentences are made on demand."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import cached_property

from msgspec import Struct

from timeliness.judge.clocks import Source
from timeliness.judge.columns import Bounds
from timeliness.judge.extending import unless_extended
from timeliness.judge.facts import Facts
from timeliness.judge.gains import gained
from timeliness.judge.judged import JudgedRule, Rows
from timeliness.judge.pause_words import told_pauses
from timeliness.judge.readings import Readings, day_of, span_at
from timeliness.judge.settling import settlement
from timeliness.judge.verdicts import REASON_NAMES, VERDICT_NAMES
from timeliness.judge.wording import says
from timeliness.model.calendars import FAR_FUTURE
from timeliness.model.covered import is_projected
from timeliness.model.dates import Span, When, hull_of
from timeliness.model.findings import ExtensionTold, Finding, Reading
from timeliness.model.provenance import least_read
from timeliness.model.ranges import Moments, Range, moments_of, union_of
from timeliness.model.rulebooks import Clock, Rulebook
from timeliness.model.sentences import Settlement
from timeliness.model.sides import RuleKey
from timeliness.model.timelines import Timeline
from timeliness.model.verdict_words import CANNOT_TELL, PENDING


class Found:
    """The findings of one rule in some places, made one by one.

    What is measured is measured for all of them at once.
    """

    def __init__(self, judged: JudgedRule, places: Rows) -> None:
        self.judged = judged
        self.key = RuleKey(judged.side, judged.rule.id)
        self.places: list[int] = places.tolist()
        self.readings = [Readings(*one, places) for one in judged.readings]
        self.found: list[bool] = judged.found.take(places).tolist()
        self.verdicts = [VERDICT_NAMES[code] for code in judged.verdict.take(places).tolist()]
        self.reasons = [REASON_NAMES[code] for code in judged.reason.take(places).tolist()]
        self.owed: list[bool] = (judged.is_owed(places) | judged.may_be_owed(places)).tolist()
        self.unless_extended: list[bool] = unless_extended(judged, places).tolist()
        self.headings: dict[tuple[int, ...], _Heading] = {}

    def clock_at(self, number: int) -> Clock | None:
        """Return the clock that decides in the place of that number; None without a finding."""
        if not self.found[number]:
            return None
        first = next(one for one in self.readings if one.source.decides and one.present[number])
        return first.source.rule.clock

    def at(self, number: int, timeline: Timeline, as_at: date) -> Finding:
        """Return the finding in the place of that number, from 0, where there is one."""
        deciding: list[Reading] = []
        aside: list[Reading] = []
        which: list[int] = []
        for at, one in enumerate(self.readings):
            if reading := one.at(number):
                if reading.decides:
                    deciding.append(reading)
                    which.append(at)
                else:
                    aside.append(reading)
        return self._finding(number, which, deciding, aside, timeline, as_at)

    def _finding(
        self,
        number: int,
        which: Sequence[int],
        deciding: Sequence[Reading],
        aside: Sequence[Reading],
        timeline: Timeline,
        as_at: date,
    ) -> Finding:
        """Return the finding over some readings: long, since it names each field of what it makes.

        `which` are the places of those that decide among all readings.
        """
        starts = [reading.start for reading in deciding]
        shown = [reading for reading in aside if reading.start not in starts]
        first, heading = self.readings[which[0]], self._heading(which)
        rule, verdict, reason = first.source.rule, self.verdicts[number], self.reasons[number]
        extension = rule.clock.extension
        extensions = _extensions(timeline, extension.event) if extension else ()
        due, done = hull_of([reading.due for reading in deciding]), deciding[0].done
        return Finding(
            rule=rule.id,
            title=rule.title,
            rulebooks=heading.rulebooks,
            side=self.judged.side,
            clause=heading.clause,
            duty=heading.duty,
            limit=rule.clock.limit,
            verdict=verdict,
            reason=reason,
            start=hull_of(starts),
            due=due,
            done=done,
            working_days=union_of([reading.working_days for reading in deciding]),
            late_by=union_of([reading.late_by for reading in deciding]),
            days_late=union_of([reading.days_late for reading in deciding]),
            readings=(*deciding, *shown),
            provenance=heading.provenance,
            told=_Told(self, number, first, timeline, as_at, tuple(deciding), tuple(shown)),
            calendar=first.source.calendar,
            extensions=extensions,
            due_in=_due_in(first.source, due, as_at) if verdict == PENDING else None,
            projected=due is not None
            and any(day is not None and is_projected(day) for day in (due.earliest, due.latest)),
            counted_until=day_of(first.until[number]) if done is None else None,
            unless_extended=self.unless_extended[number],
            still_open=self.owed[number],
        )

    def _heading(self, which: Sequence[int]) -> _Heading:
        """Return what findings have in common in which these readings decide."""
        key = tuple(which)
        if key not in self.headings:
            sources = [self.readings[at].source for at in key]
            rules = [source.rule for source in sources]
            books = {source.rulebook.id: source.rulebook for source in sources}
            self.headings[key] = _Heading(
                tuple(books.values()),
                " or ".join(dict.fromkeys(rule.clause for rule in rules)),
                "should" if all(rule.duty == "should" for rule in rules) else "must",
                least_read(rule.provenance for rule in rules),
            )
        return self.headings[key]


class _Heading(Struct, frozen=True):
    """What the findings of a rule have in common in which the same readings decide."""

    rulebooks: tuple[Rulebook, ...]
    clause: str
    duty: str
    provenance: str


class _Told:
    """The sentences of a finding, made on demand from its columns, readings and events.

    `shown` are the readings that only count.
    """

    def __init__(
        self,
        found: Found,
        number: int,
        first: Readings,
        timeline: Timeline,
        as_at: date,
        deciding: tuple[Reading, ...],
        shown: tuple[Reading, ...],
    ) -> None:
        self.found, self.number, self.first = found, number, first
        self.timeline, self.as_at = timeline, as_at
        self.deciding, self.shown = deciding, shown

    def __repr__(self) -> str:
        return f"_Told(facts={self.facts!r}, shown={self.shown!r})"

    def __hash__(self) -> int:
        return hash(self.as_at)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Told) and (self.facts, self.shown) == (other.facts, other.shown)

    @cached_property
    def facts(self) -> Facts:
        """Return what is known of the finding."""
        found, timeline, columns = self.found, self.timeline, self.first.columns
        place, reason = found.places[self.number], found.reasons[self.number]
        clock, stop = self.first.source.rule.clock, columns.stop
        extension = clock.extension
        claimed = reason == "not-evidenced"
        return Facts(
            timeline=timeline,
            as_at=self.as_at,
            verdict=found.verdicts[self.number],
            reason=reason,
            readings=self.deciding,
            calendar=self.first.source.calendar,
            extended=bool(extension and _extensions(timeline, extension.event)),
            open=bool(columns.open[place]),
            bounded=bool(columns.bounded[place]),
            start_not_done=bool(columns.start_not_done[place]),
            stop_claimed=_claimed(timeline, clock.stop),
            answer_claimed=_claimed(timeline, *clock.answers) if claimed else 0,
            ended=_known(stop.ended, place),
            answered=_known(stop.answered, place)
            if stop.answered.latest[place] < FAR_FUTURE
            else None,
            passed=_known(stop.passed, place) if stop.open[place] else None,
            closed=_known(stop.closed, place),
            without_rule=found.judged.without_rule,
        )

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


def due_moments(judged: JudgedRule, places: Rows) -> list[Moments | None]:
    """Return, in some places, when a clock that runs in hours was due; None for any other."""
    several = [Readings(*one, places) for one in judged.deciding if one[1].by_hours is not None]
    return [
        moments_of(reading.due_at for one in several if (reading := one.at(number)))
        for number in (range(len(places)) if several else ())
    ] or [None] * len(places)


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
