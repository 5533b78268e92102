"""Extensions as acts: told in time, with all that they need, and within the maximum.

Each is judged under every rulebook that may apply, and what they come to is joined.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

from timeliness.judge.clocks import read_clock, sources_of
from timeliness.judge.duties.subject import (
    Heading,
    Outcome,
    Subject,
    as_finding,
    bounds,
    joined,
    span_of,
)
from timeliness.judge.findings import Readings
from timeliness.judge.inference import completed
from timeliness.judge.milestones import as_table
from timeliness.model.calendars import WorkingDays
from timeliness.model.dates import Span, When, hull_of
from timeliness.model.findings import BREACH, CANNOT_TELL, MET, Finding, Settlement
from timeliness.model.plain import capital, listed, on_or_between, span_in_words
from timeliness.model.provenance import least_read
from timeliness.model.rulebooks import Clock, Extension, Rule, Rulebook
from timeliness.model.timelines import Event
from timeliness.model.vocabulary import COMMON, KEYS

DueBefore = Callable[[int], Span | None]
"""Given how many extensions are counted, when the clock was due."""


def extension_findings(
    subject: Subject, standards: Iterable[tuple[Rulebook, ...]]
) -> Iterator[Finding]:
    """Return, for each extension on the record, whether it counts.

    `standards` holds, for the policy and for each Code, the rulebooks of each possible part.
    """
    for books in standards:
        told: dict[tuple[str, int], list[tuple[Rulebook, Rule, Outcome]]] = {}
        for book in books:
            for rule in book.rules:
                due_before = _due_before(subject, book, rule)
                # The new date is counted on from the due date, whatever the counting rule.
                calendar, *_ = book.calendars(subject.timeline.nation, rule.clock)
                for place, event, outcome in _extensions(subject, rule.clock, due_before, calendar):
                    told.setdefault((event.name, place), []).append((book, rule, outcome))
        for found in told.values():
            yield _finding(subject, books, found)


def _finding(
    subject: Subject,
    books: tuple[Rulebook, ...],
    found: list[tuple[Rulebook, Rule, Outcome]],
) -> Finding:
    book, rule, _ = found[0]
    asked = [extension for _, one, _ in found if (extension := one.clock.extension)]
    event = asked[0].event
    heading = Heading(
        event.replace(" ", "-"),
        capital(event),
        book.side,
        " or ".join(dict.fromkeys(extension.clause for extension in asked)),
        rule.duty,
        least_read(extension.provenance for extension in asked),
    )
    outcome = joined(books, [(one, rule.duty, outcome) for one, rule, outcome in found])
    finding = as_finding(subject, heading, [one for one, _, _ in found], outcome)
    if len(subject.said(event)) < 2:
        return finding
    of = f"given {on_or_between(outcome.done)}"
    return replace(finding, title=f"{finding.title} ({of})", episode_of=of)


def _due_before(subject: Subject, book: Rulebook, rule: Rule) -> DueBefore:
    """Return when a clock was due by every reading, given how many extensions are counted."""

    def due(counted: int) -> Span | None:
        kept = {name: told[:counted] for name, told in subject.facts.extensions.items()}
        table = completed(as_table([replace(subject.facts, extensions=kept)]))
        readings = [
            Readings(source, read_clock(source, table)).at(0)
            for source in sources_of(book, rule, subject.timeline.nation)
            if source.decides
        ]
        return hull_of(reading.due for reading in readings if reading)

    return due


def _extensions(
    subject: Subject, clock: Clock, due_before: DueBefore, calendar: WorkingDays
) -> Iterator[tuple[int, Event, Outcome]]:
    """Judge each extension of a clock, in its place among them, by what the rulebook asks for."""
    extension = clock.extension
    if extension is None or not extension.stated:
        return
    requests = subject.dated(clock.trigger)
    original: Span | None = None
    # In the order in which they are counted for the due date, claims among them.
    for place, event in enumerate(subject.said(extension.event)):
        if requests and bounds(event)[1] < bounds(requests[0])[0]:
            # Before there was anything to extend it is none, which the record's findings say.
            continue
        original = original or due_before(0)
        due = due_before(place) if place else original
        if due is None or original is None:
            continue
        yield place, event, _judge(clock, event, due, original, calendar)


def _judge(clock: Clock, event: Event, due: Span, original: Span, calendar: WorkingDays) -> Outcome:
    extension = clock.extension
    assert extension
    lacking = [name for name in extension.needs if _given(event, name) is False]
    wrong = [KEYS[name].said(False) for name in lacking]
    unknown = [name for name in extension.needs if _given(event, name) is None]
    late = due.latest is not None and bounds(event)[0] > due.latest.toordinal()
    in_time = due.earliest is not None and bounds(event)[1] <= due.earliest.toordinal()
    if late:
        wrong.insert(0, f"it was given after the limit had run out ({span_in_words(due)})")
    within = _within(extension, event, original, calendar)
    if within is False:
        wrong.append(f"it goes beyond {extension.most} without good reason")
    elif within is None:
        unknown += [name for name in extension.beyond if _given(event, name) is None]
    when = on_or_between(span_of(event))
    found = Outcome("", "", "", done=span_of(event), line=event.line)
    if wrong:
        effect = (
            "it counts only up to the maximum"
            if within is False and len(wrong) == 1
            else "so it does not move the due date"
        )
        return replace(
            found,
            verdict=BREACH,
            reason="not-as-required",
            says=f"The extension given {when} falls short: {listed(wrong)}; {effect}.",
            headline=f"{COMMON.kind(extension.event).words.noun}: {listed(wrong)}",
            provenance="unverified" if _is_unread(extension, lacking, wrong) else "",
        )
    if event.evidence == "claimed":
        return replace(
            found,
            verdict=CANNOT_TELL,
            reason="not-evidenced",
            says=f"The extension is said to have been given {when}, but there is no evidence of "
            "it.",
            settled_by=Settlement(
                "The letter itself would settle it.",
                f"evidence: seen   (for the event on line {event.line})",
            ),
        )
    if unknown or within is None or not in_time:
        return _unclear(clock, found, event, due, unknown, in_time=in_time)
    until = _until(event)
    moved = f"the date had moved to {span_in_words(until)}" if until else "the answer would be late"
    return replace(
        found,
        verdict=MET,
        reason="as-required",
        says=f"The resident was told {when} that {moved}. That was before the limit ran out "
        f"{on_or_between(due)}, and gave everything required.",
        provenance="unverified" if _is_unread_beyond(extension, event, original, calendar) else "",
    )


def _is_unread(extension: Extension, lacking: Sequence[str], wrong: Sequence[str]) -> bool:
    """Whether an extension lacks only what a clause that nobody has read asks for."""
    return len(lacking) == len(wrong) and set(lacking) <= set(extension.unread)


def _is_unread_beyond(
    extension: Extension, event: Event, original: Span, calendar: WorkingDays
) -> bool:
    """Whether only a clause that nobody has read lets an extension go beyond the most."""
    within = replace(extension, beyond=tuple(set(extension.beyond) - set(extension.unread)))
    return _within(within, event, original, calendar) is not True


def _unclear(
    clock: Clock, found: Outcome, event: Event, due: Span, unknown: list[str], *, in_time: bool
) -> Outcome:
    asked = [KEYS[name].open_question for name in unknown]
    when = f"given {on_or_between(span_of(event))}"
    keys = ", ".join(f"{name}: ..." for name in unknown)
    add = f"{keys}   (on the event of line {event.line})"
    if not in_time:
        asked.insert(
            0, f"whether the resident was told before the limit ran out ({span_in_words(due)})"
        )
    elif not unknown:
        asked.append("whether it goes beyond the maximum")
    if not unknown:
        start = clock.starts[0].event
        add = (
            f"date: DATE   (on the event of line {event.line})" if due.exact else f"- DATE {start}"
        )
    says = f"It is not clear whether the extension {when} is valid"
    settles = "Recording this would settle it." if unknown else "The exact day would settle it."
    return replace(
        found,
        verdict=CANNOT_TELL,
        reason="not-recorded" if unknown else "imprecise-date",
        says=f"{says}. Not recorded: {'; '.join(asked)}."
        if unknown
        else f"{says}: it depends on {listed(asked)}.",
        settled_by=Settlement(settles, add),
    )


def _given(event: Event, name: str) -> bool | None:
    value = event.attributes.get(name)
    if isinstance(value, bool) or value is None:
        return value
    if isinstance(value, When):
        return True if value.span.latest else None
    return str(value).lower() not in ("none", "no")


def _until(event: Event) -> Span | None:
    until = event.attributes.get("until")
    return until.span if isinstance(until, When) else None


def _within(
    extension: Extension, event: Event, original: Span, calendar: WorkingDays
) -> bool | None:
    """Whether the new date is within the maximum, or allowed beyond it; None where unknown."""
    until = _until(event)
    known = until is not None and until.latest is not None and original.earliest is not None
    if extension.most is None or not known:
        return True
    assert until
    assert until.latest
    assert original.earliest
    if until.latest <= calendar.due_later(original.earliest, extension.most):
        return True
    allowed = [_given(event, name) for name in extension.beyond]
    if any(allowed):
        return True
    furthest = original.latest and calendar.due_later(original.latest, extension.most)
    beyond = furthest and until.earliest and until.earliest > furthest
    return False if beyond and None not in allowed else None
