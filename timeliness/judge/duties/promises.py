"""Promises and orders: a due date of their own, and whether they were kept.

What a promise calls "within a week" or "by 11 October" is a limit or a day in the timeline.
Orders of the Ombudsman run in calendar time.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct
from msgspec.structs import replace

from timeliness.judge.duties.silence import with_silence
from timeliness.judge.duties.subject import Outcome, Subject, bounds, span_of
from timeliness.model.calendars import Limit
from timeliness.model.dates import Span, When, in_words
from timeliness.model.plain import on_or_between, span_in_words
from timeliness.model.ranges import Range
from timeliness.model.sentences import Settlement
from timeliness.model.timelines import Event
from timeliness.model.verdict_words import BREACH, CANNOT_TELL, MET, PENDING

_FULL_RESPONSES = (
    "stage 1 response",
    "stage 2 response",
    "stage 3 response",
    "supplementary response",
)


class _Deadline(Struct, frozen=True):
    """One promise or order: what it is called, what keeps it, and when it is due."""

    subject: Subject
    event: Event
    noun: str
    kept_by: str
    kept: str
    due: Span | None
    limit: Limit | None
    unit: str = "working_days"

    @property
    def found(self) -> Outcome:
        """Return an outcome that holds the dates, without a verdict yet."""
        return Outcome(
            "",
            "",
            "",
            start=span_of(self.event),
            due=self.due,
            limit=self.limit,
            line=self.event.line,
        )

    @property
    def title(self) -> str:
        name = f" ({self.event.id})" if self.event.id else ""
        return f"{self.noun.capitalize()} of {span_in_words(span_of(self.event))}{name}"

    @property
    def headline(self) -> str:
        return f"{self.noun} of {span_in_words(span_of(self.event))}"


def promises(subject: Subject) -> Iterator[tuple[str, Outcome]]:
    """Judge each promise; yields its title and what it comes to."""
    for event in subject.dated("commitment"):
        deadline = _Deadline(
            subject, event, "promise", "commitment met", "kept", *_due(subject, event)
        )
        outcome = _judge(deadline)
        if event.attributes.get("promises") == "updates":
            outcome = with_silence(subject, event, outcome)
        yield deadline.title, outcome


def orders(subject: Subject) -> Iterator[tuple[str, Outcome]]:
    """Judge each order of the Ombudsman; yields its title and what it comes to."""
    for event in subject.dated("order"):
        due, limit = _due(subject, event)
        deadline = _Deadline(
            subject, event, "order", "order complied", "complied with", due, limit, "calendar_days"
        )
        yield deadline.title, _judge(deadline)


def _due(subject: Subject, event: Event) -> tuple[Span | None, Limit | None]:
    due, within = event.attributes.get("due"), event.attributes.get("within")
    if isinstance(due, When):
        return due.span, None
    span = span_of(event)
    if not isinstance(within, Limit) or span is None:
        return None, None
    first, last = (
        subject.calendar.due(day, within) if day else None for day in (span.earliest, span.latest)
    )
    return Span(first, last), within


def _judge(deadline: _Deadline) -> Outcome:
    event, subject = deadline.event, deadline.subject
    kept, unlinked = _keeping(deadline)
    seen = sorted((one for one in kept if one.evidence == "seen"), key=bounds)
    claimed = sorted((one for one in kept if one.evidence == "claimed"), key=bounds)
    absent = any(one.evidence == "absent" for one in kept)
    if seen:
        return _done(deadline, span_of(seen[0]))
    if claimed:
        return _claimed(deadline, claimed[0])
    if absent:
        return _looked_for(deadline)
    if unlinked:
        return _perhaps(deadline, unlinked[0])
    if deadline.due is None:
        return _undated(deadline)
    if subject.timeline.record == "complete" or _is_pending(deadline):
        return _not_done(deadline, f"Not {deadline.kept}")
    return replace(
        deadline.found,
        verdict=CANNOT_TELL,
        reason="not-recorded",
        says=f"The record does not say whether it was {deadline.kept}; due "
        f"{on_or_between(deadline.due)}.",
        settled_by=Settlement(
            f"In time if {deadline.kept} by then.",
            f"- {{date: DATE, event: {deadline.kept_by}, of: {event.id or 'ID'}}}",
        ),
    )


def _is_pending(deadline: _Deadline) -> bool:
    """Whether it is not late either way, whatever the record leaves out."""
    due = deadline.due
    return bool(due and due.earliest and deadline.subject.as_at <= due.earliest)


def _keeping(deadline: _Deadline) -> tuple[list[Event], list[Event]]:
    """Return what keeps a promise, and what may keep it, since it does not say which it is of.

    It need not say where only one promise was made by then and is not kept by another. A promise
    of a response is kept by the next full response.
    """
    event, subject = deadline.event, deadline.subject
    keeping = subject.named(deadline.kept_by)
    linked = {str(one.attributes["of"]) for one in keeping if "of" in one.attributes}
    kept = [one for one in keeping if event.id and one.attributes.get("of") == event.id]
    perhaps: list[Event] = []
    for one in keeping:
        made = [
            other
            for other in subject.dated(event.name)
            if other.id not in linked and bounds(one)[1] >= bounds(other)[0]
        ]
        if "of" in one.attributes or event not in made:
            continue
        (perhaps if len(made) > 1 else kept).append(one)
    if event.attributes.get("promises") == "response" and not kept:
        answers = subject.said(*_FULL_RESPONSES)
        kept = [one for one in answers if bounds(one)[0] >= bounds(event)[1]][:1]
    return kept, perhaps


def _perhaps(deadline: _Deadline, keeping: Event) -> Outcome:
    return replace(
        deadline.found,
        verdict=CANNOT_TELL,
        reason="not-recorded",
        says=f"The record says that one {deadline.noun} was {deadline.kept} "
        f"{on_or_between(span_of(keeping))}, but not which one.",
        settled_by=Settlement(
            f"In time only if it was this one, {deadline.kept} by its due date.",
            f"of: {deadline.event.id or 'ID'}   (on the event of line {keeping.line})",
        ),
    )


def _done(deadline: _Deadline, done: Span | None) -> Outcome:
    due = deadline.due
    head = f"{deadline.kept.capitalize()} {on_or_between(done)}"
    found = replace(deadline.found, done=done)
    start = span_of(deadline.event)
    if done and done.latest and start and start.earliest and done.latest < start.earliest:
        return replace(
            found,
            verdict=CANNOT_TELL,
            reason="impossible-order",
            says=f"{head}, which is before the {deadline.noun} itself, {on_or_between(start)}: one "
            "of the dates is wrong.",
            settled_by=Settlement("Correct one of the two dates.", "date: DATE"),
        )
    if due is None or done is None:
        return replace(found, verdict=MET, reason="in-time", says=f"{head}; it had no date.")
    found = replace(_counted(deadline, due, done, found), says=f"{head}; due {on_or_between(due)}.")
    if done.latest and due.earliest and done.latest <= due.earliest:
        return replace(found, verdict=MET, reason="in-time")
    if done.earliest and due.latest and done.earliest > due.latest:
        headline = f"{deadline.headline} {deadline.kept}"
        return replace(found, verdict=BREACH, reason="late", headline=headline)
    return replace(
        found,
        verdict=CANNOT_TELL,
        reason="imprecise-date",
        settled_by=_by_when(deadline, due),
    )


def _by_when(deadline: _Deadline, due: Span) -> Settlement:
    if not due.exact:
        return Settlement("The exact due date would settle it.", "due: DATE")
    return Settlement(
        f"In time only if {deadline.kept} on or before {span_in_words(due)}.",
        f"- {{date: DATE, event: {deadline.kept_by}, of: {deadline.event.id or 'ID'}}}",
    )


def _counted(deadline: _Deadline, due: Span, done: Span, found: Outcome) -> Outcome:
    """Add the working days it took, and how late it was, where both ends are known."""
    start = span_of(deadline.event)
    if start is None or start.earliest is None or start.latest is None:
        return found
    if not (due.earliest and due.latest and done.earliest and done.latest):
        return found
    calendar = deadline.subject.calendar
    unit = deadline.limit.unit if deadline.limit else deadline.unit
    return replace(
        found,
        working_days=Range(
            calendar.between(start.latest, done.earliest),
            calendar.between(start.earliest, done.latest),
        ),
        late_by=Range(
            calendar.past(due.latest, done.earliest, unit),
            calendar.past(due.earliest, done.latest, unit),
        ),
        days_late=Range(
            max((done.earliest - due.latest).days, 0), max((done.latest - due.earliest).days, 0)
        ),
    )


def _claimed(deadline: _Deadline, claim: Event) -> Outcome:
    said, due = span_of(claim), deadline.due
    says = (
        f"Said to have been {deadline.kept} {on_or_between(said)}, but there is no evidence of it."
    )
    found = replace(deadline.found, says=says)
    if due and due.latest and said and said.earliest and said.earliest > due.latest:
        return replace(
            found,
            verdict=BREACH,
            reason="late",
            says=f"{says} It was due {on_or_between(due)}, so even that would be late.",
            headline=f"{deadline.headline} late even if {deadline.kept} as claimed",
        )
    return replace(
        found,
        verdict=CANNOT_TELL,
        reason="not-evidenced",
        settled_by=Settlement(
            "Evidence would settle it.",
            f"evidence: seen   (for the event on line {claim.line}, once it is shown)",
        ),
    )


def _looked_for(deadline: _Deadline) -> Outcome:
    if deadline.due is not None:
        return _not_done(deadline, f"No evidence was found that it was {deadline.kept}")
    return replace(
        deadline.found,
        verdict=BREACH,
        reason="not-kept",
        says=f"The {deadline.noun} was not {deadline.kept}. It had no date.",
        headline=f"{deadline.headline} not {deadline.kept}",
    )


def _not_done(deadline: _Deadline, how: str) -> Outcome:
    due, subject = deadline.due, deadline.subject
    found = deadline.found
    if due is None:
        return _undated(deadline)
    if due.earliest and _is_pending(deadline):
        left = subject.calendar.past(subject.as_at, due.earliest, "working_days")
        return replace(
            found,
            verdict=PENDING,
            reason="not-yet-due",
            says=f"Not yet {deadline.kept}; due {on_or_between(due)}.",
            due_in=Range(left, left),
        )
    if due.latest and subject.as_at > due.latest:
        return replace(
            found,
            verdict=BREACH,
            reason="overdue",
            says=f"{how}; it was due {on_or_between(due)}.",
            headline=f"{deadline.headline} not {deadline.kept}",
        )
    return replace(
        found,
        verdict=CANNOT_TELL,
        reason="imprecise-date",
        says=f"{how} by {in_words(subject.as_at)}; due {on_or_between(due)}.",
        settled_by=Settlement("The exact due date would settle it.", "due: DATE"),
    )


def _undated(deadline: _Deadline) -> Outcome:
    return replace(
        deadline.found,
        verdict=CANNOT_TELL,
        reason="no-date",
        says=f"The {deadline.noun} had no date, and the record does not say whether it was "
        f"{deadline.kept}.",
        settled_by=Settlement(
            f"A date, or a record that it was {deadline.kept}, would settle it.", "due: DATE"
        ),
    )
