"""What the duties of one complaint are judged on, and how a judgement becomes a finding."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from timeliness.judge.episodes.life import UNCUT, Life
from timeliness.judge.milestones import Milestones, counts_as
from timeliness.model.calendars import FAR_FUTURE, FAR_PAST, Limit, WorkingDays
from timeliness.model.findings import CANNOT_TELL, Finding, Range, Settlement
from timeliness.model.keys import Key
from timeliness.model.rulebooks import Check, Rulebook
from timeliness.model.spans import Span
from timeliness.model.timelines import Event, Timeline
from timeliness.model.vocabulary import COMMON, Vocabulary


@dataclass(frozen=True)
class Subject:
    """One complaint as of one day.

    `events` are those dated no later than that day; `calendar` counts as the Code does;
    `vocabulary` holds the events of its rulebooks, `life` its episodes.
    """

    timeline: Timeline
    as_at: date
    facts: Milestones
    events: tuple[Event, ...]
    calendar: WorkingDays
    vocabulary: Vocabulary = COMMON
    life: Life = UNCUT

    def noun(self, event: str) -> str:
        """Return an event as a noun, without its article: request to escalate."""
        return self.vocabulary.kind(event).words.noun

    def named(self, *names: str) -> list[Event]:
        """Return the events that count under these names, in the order of the file."""
        return [event for event in self.events if counts_as(event) & set(names)]

    def dated(self, *names: str) -> list[Event]:
        """Return those that happened, as far as the record goes, the earliest first.

        A response that was decided and not sent is none.
        """
        return [event for event in self.said(*names) if event.evidence == "seen"]

    def said(self, *names: str) -> list[Event]:
        """Return those that happened or are said to have happened, the earliest first."""
        return sorted(
            (
                event
                for event in self.named(*names)
                if event.when and event.attributes.get("sent") is not False
            ),
            key=bounds,
        )


def bounds(event: Event) -> tuple[int, int]:
    """Return the days on which an event may have happened, as ordinals."""
    if event.when is None:
        return FAR_PAST, FAR_FUTURE
    span = event.when.span
    return (
        span.earliest.toordinal() if span.earliest else FAR_PAST,
        span.latest.toordinal() if span.latest else FAR_FUTURE,
    )


def span_of(event: Event) -> Span | None:
    """Return the span of an event's date."""
    return event.when.span if event.when else None


def later(calendar: WorkingDays, span: Span, limit: Limit) -> Span:
    """Return the days on which a time that begins in a span may end."""
    return Span(
        calendar.due(span.earliest, limit) if span.earliest else None,
        calendar.due(span.latest, limit) if span.latest else None,
    )


@dataclass(frozen=True)
class Outcome:
    """What one duty comes to in one complaint; see `Finding` for the fields.

    `provenance` is given where the outcome rests on less than the duty as a whole.
    """

    verdict: str
    reason: str
    says: str
    headline: str = ""
    settled_by: Settlement | None = None
    start: Span | None = None
    due: Span | None = None
    done: Span | None = None
    limit: Limit | None = None
    working_days: Range | None = None
    late_by: Range | None = None
    days_late: Range | None = None
    due_in: Range | None = None
    line: int = 0
    provenance: str = ""


NOT_EXAMINED = Outcome(CANNOT_TELL, "not-recorded", "")
"""The outcome of a duty none of whose facts is on the record."""

EVENT = Key("event", "event", "the event", required=True)
"""The key of a duty that asks something of one event."""


class Duty(Check):
    """What a duty asks that is judged by itself, on one complaint."""

    @abstractmethod
    def judge(self, subject: Subject) -> Outcome | None:
        """Return what it comes to; None where nothing triggers it."""


@dataclass(frozen=True)
class Heading:
    """What a finding stands under: its rule, clause and standard."""

    rule: str
    title: str
    standard: str
    clause: str = ""
    duty: str = "must"
    provenance: str = "quoted"


def as_finding(
    subject: Subject, heading: Heading, books: Iterable[Rulebook], outcome: Outcome
) -> Finding:
    """Return the finding of an outcome."""
    return Finding(
        rule=heading.rule,
        title=heading.title,
        rulebooks=tuple(books),
        standard=heading.standard,
        clause=heading.clause,
        duty=heading.duty,
        limit=outcome.limit,
        verdict=outcome.verdict,
        reason=outcome.reason,
        start=outcome.start,
        due=outcome.due,
        done=outcome.done,
        working_days=outcome.working_days,
        late_by=outcome.late_by,
        days_late=outcome.days_late,
        readings=(),
        provenance=outcome.provenance or heading.provenance,
        says=outcome.says,
        calendar=subject.calendar,
        settled_by=outcome.settled_by,
        due_in=outcome.due_in,
        headline=outcome.headline,
        line=outcome.line,
    )
