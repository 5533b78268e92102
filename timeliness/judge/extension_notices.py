"""The findings of extensions: each judged under every rulebook that may apply, and joined."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from timeliness.judge.clocks import Source, read_clock
from timeliness.judge.duties.editions import joined
from timeliness.judge.duties.extensions import extensions
from timeliness.judge.duties.subject import Heading, Outcome, Subject, as_finding
from timeliness.judge.findings import reading_of
from timeliness.judge.inference import completed
from timeliness.judge.milestones import as_table
from timeliness.model.findings import Finding
from timeliness.model.rulebooks import Extension, Rule, Rulebook
from timeliness.model.spans import Span


def extension_findings(
    subject: Subject, standards: Iterable[tuple[Rulebook, ...]]
) -> Iterator[Finding]:
    """Return, for each extension on the record, whether it counts.

    `standards` holds, for the policy and for the Code, the rulebooks of each possible part.
    """
    for books in standards:
        told: dict[tuple[str, int], list[tuple[Rulebook, Rule, Outcome]]] = {}
        for book in books:
            for rule in book.rules:
                due_before = _due_before(subject, book, rule)
                calendar = book.calendar(subject.timeline.nation)
                for event, outcome in extensions(subject, rule.clock, due_before, calendar):
                    told.setdefault((event.name, event.line), []).append((book, rule, outcome))
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
        event[0].upper() + event[1:],
        book.standard,
        " or ".join(dict.fromkeys(extension.clause for extension in asked)),
        rule.duty,
        _weakest(asked),
    )
    outcome = joined(books, [(one, rule.duty, outcome) for one, rule, outcome in found])
    return as_finding(subject, heading, [one for one, _, _ in found], outcome)


def _weakest(asked: list[Extension]) -> str:
    """Return how far the least well sourced of several can be relied on."""
    order = ("quoted", "reported", "unverified")
    return max((extension.provenance for extension in asked), key=order.index)


def _due_before(subject: Subject, book: Rulebook, rule: Rule) -> Callable[[int], Span | None]:
    """Return when a clock was due, given how many of its extensions are counted."""

    def due(counted: int) -> Span | None:
        kept = {name: told[:counted] for name, told in subject.facts.extensions.items()}
        facts = replace(subject.facts, extensions=kept)
        calendar = book.calendar(subject.timeline.nation)
        start = rule.clock.starts[0]
        columns = read_clock(book, rule, start, completed(as_table([facts])), calendar)
        source = Source(book, rule, start, calendar, decides=True)
        reading = reading_of(source, columns, 0)
        return reading.due if reading else None

    return due
