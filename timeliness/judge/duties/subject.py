"""What the duties of one complaint are judged on, and how a judgement becomes a finding.

Where the day of receipt leaves it open which edition applies, what each comes to is joined.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import ClassVar, Self

from msgspec import Struct
from msgspec.structs import replace

from timeliness.judge.columns import State, Table
from timeliness.judge.episodes.life import UNCUT, Life
from timeliness.judge.milestones import by_name, counts_as
from timeliness.model.calendars import FAR_FUTURE, FAR_PAST, Limit, WorkingDays
from timeliness.model.dates import Span
from timeliness.model.findings import Finding
from timeliness.model.keys import Key
from timeliness.model.ranges import Range
from timeliness.model.rulebooks import Check, Rulebook
from timeliness.model.sentences import Said, Settlement
from timeliness.model.sides import Side
from timeliness.model.timelines import Event, Timeline
from timeliness.model.verdict_words import BREACH, CANNOT_TELL, MET, NOT_APPLICABLE, PENDING
from timeliness.model.vocabulary import COMMON, Vocabulary

_STANDING = {
    MET: "as required",
    BREACH: "not as required",
    PENDING: "not yet due",
    CANNOT_TELL: "it cannot be decided",
    NOT_APPLICABLE: "not applicable",
}


class Subject(Struct, frozen=True, dict=True):
    """One complaint as of one day.

    `events` are those dated no later than that day, `later` the others, which count as not yet
    done. Its columns are in one `place` of a `table`. `calendar` counts as the Code does;
    `vocabulary` holds the events of its rulebooks, `life` its episodes.
    """

    timeline: Timeline
    as_at: date
    table: Table
    place: int
    events: tuple[Event, ...]
    later: tuple[Event, ...]
    calendar: WorkingDays
    vocabulary: Vocabulary = COMMON
    life: Life = UNCUT

    @classmethod
    def of(
        cls,
        timeline: Timeline,
        as_at: date,
        table: Table,
        place: int,
        calendar: WorkingDays,
        vocabulary: Vocabulary,
        life: Life = UNCUT,
    ) -> Self:
        """Return a complaint with these columns."""
        day = as_at.toordinal()
        known = tuple(event for event in timeline.events if bounds(event)[0] <= day)
        later = tuple(event for event in timeline.events if bounds(event)[0] > day)
        return cls(timeline, as_at, table, place, known, later, calendar, vocabulary, life)

    def only(self, *names: str) -> Self:
        """Return what there is of some events."""
        events, later = (
            tuple(event for event in several if event.name in names)
            for several in (self.events, self.later)
        )
        return replace(self, events=events, later=later)

    def is_not_done(self, name: str) -> bool:
        """Whether the record says that an event did not happen."""
        column = self.table.events.get(name)
        return column is not None and column.state[self.place] == State.NOT_DONE

    def noun(self, event: str) -> str:
        """Return an event as a noun, without its article: request to escalate."""
        return self.vocabulary.kind(event).words.noun

    def named(self, *names: str) -> list[Event]:
        """Return the events that count under these names, in the order of the file."""
        if len(names) == 1:
            return self._by_name.get(names[0], [])
        return [event for event in self.events if counts_as(event) & set(names)]

    @cached_property
    def _by_name(self) -> Mapping[str, list[Event]]:
        return by_name(self.events)

    @property
    def names(self) -> Collection[str]:
        """Return the names under which its events count."""
        return self._by_name.keys()

    def has(self, names: Iterable[str]) -> bool:
        """Whether any event counts under one of these names."""
        return not self._by_name.keys().isdisjoint(names)

    def dated(self, *names: str) -> Sequence[Event]:
        """Return those that happened, as far as the record goes, the earliest first.

        A response that was decided but not sent does not count.
        """
        if names not in self._dated:
            self._dated[names] = [one for one in self.said(*names) if one.evidence == "seen"]
        return self._dated[names]

    def said(self, *names: str) -> Sequence[Event]:
        """Return those that happened or are said to have happened, the earliest first."""
        if names not in self._said:
            self._said[names] = sorted(
                (
                    event
                    for event in self.named(*names)
                    if event.when and event.attributes.get("sent") is not False
                ),
                key=bounds,
            )
        return self._said[names]

    @cached_property
    def _said(self) -> dict[tuple[str, ...], list[Event]]:
        return {}

    @cached_property
    def _dated(self) -> dict[tuple[str, ...], list[Event]]:
        return {}


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


class Outcome(Struct, frozen=True):
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
"""The outcome of a duty that nothing is recorded about."""

EVENT = Key("event", "event", "the event", required=True)
"""The key of a duty that asks something of one event."""


class Duty(Check, frozen=True, dict=True):
    """What a duty asks that is judged by itself, on one complaint.

    Unless `by_calendar`, it turns on the order of days alone: wherever they lie, it comes to the
    same as long as they come in the same order.
    """

    by_calendar: ClassVar[bool] = False

    @cached_property
    def looks_at(self) -> tuple[str, ...]:
        """Return the events that it looks at; without any of them nothing triggers it."""
        names = [(key, getattr(self, key.name)) for key in self.KEY.keys]
        return (
            *(name for key, name in names if key.kind == "event"),
            *(name for key, several in names if key.kind == "events" for name in several),
        )

    def judge(self, subject: Subject) -> Outcome | None:
        """Return what it comes to; None where nothing triggers it."""
        raise NotImplementedError

    def hint(self, subject: Subject) -> str:
        """Return what to write where it was triggered and nothing is recorded about it."""
        return ""


class Heading(Struct, frozen=True):
    """The heading of a finding: its rule, clause and side."""

    rule: str
    title: str
    side: Side
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
        side=heading.side,
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
        told=Said(outcome.says, outcome.settled_by),
        calendar=subject.calendar,
        due_in=outcome.due_in,
        headline=outcome.headline,
        line=outcome.line,
        still_open=outcome.reason == "overdue" or _may_be_owed(heading.side.standard, outcome),
    )


def _may_be_owed(standard: str, outcome: Outcome) -> bool:
    """Whether a promise or an order may still be owed, as far as the record shows."""
    unclear = outcome.verdict == CANNOT_TELL and outcome.done is None
    return unclear and standard in ("promise", "order")


def joined(books: tuple[Rulebook, ...], found: Sequence[tuple[Rulebook, str, Outcome]]) -> Outcome:
    """Return what the rulebooks that may apply come to together.

    `found` holds for each that asks for it whether it must or should be, and what it comes to.
    """
    verdicts = {outcome.verdict for _, _, outcome in found}
    same = len(verdicts) == 1 and len({duty for _, duty, _ in found}) == 1
    if same and (len(found) == len(books) or verdicts == {MET}):
        return found[0][2]
    worst = max(
        (outcome for _, _, outcome in found if outcome is not NOT_EXAMINED),
        key=lambda outcome: (outcome.verdict == BREACH, outcome.verdict == CANNOT_TELL),
    )
    verdict_of = {book.id: _STANDING[outcome.verdict] for book, _, outcome in found}
    each = "; ".join(
        f"{verdict_of.get(book.id, 'no such duty')} under {book.the}" for book in books
    )
    return replace(
        worst,
        verdict=CANNOT_TELL,
        reason="edition-unclear",
        says=f"{worst.says} It is not known which edition applies: {each}.",
        headline="",
        settled_by=Settlement(f"The day of receipt decides: {each}.", "- DATE complaint received"),
    )
