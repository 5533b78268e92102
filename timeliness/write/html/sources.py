"""What a check rests on, for the HTML report: the clauses with their sources, and what was used."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from timeliness.model.calendars import COUNTING_RULES
from timeliness.model.covered import ANNOUNCED_UNTIL
from timeliness.model.dates import in_words
from timeliness.model.findings import Case
from timeliness.model.plain import nation_name, number
from timeliness.model.provenance import PROVENANCE
from timeliness.model.rulebooks import Clock, Rule, Rulebook
from timeliness.write.words import RECORDS, Numbered, rule_of


class Clause(Struct, frozen=True):
    """One clause that was applied."""

    rule: Rule
    clause: str
    clock: str
    source: str


class Book(Struct, frozen=True):
    """A rulebook and those of its clauses that were applied."""

    book: Rulebook
    in_force: str
    clauses: tuple[Clause, ...]


def books_of(case: Case, drawn: Sequence[Numbered]) -> tuple[Book, ...]:
    """Return the rulebooks of a complaint, each with the clauses that were applied."""
    books = []
    for book in case.rulebooks:
        clauses: dict[str, Clause] = {}
        for _, finding in drawn:
            rules: list[Rule] = [one.rule for one in finding.readings if one.rulebook == book]
            known = rule_of(finding)
            if not rules and known and any(one.id == book.id for one in finding.rulebooks):
                rules = [known]
            for rule in rules:
                clauses.setdefault(rule.id, _clause(rule, book))
        if clauses:
            books.append(Book(book, _in_force(book), tuple(clauses.values())))
    return tuple(books)


def _clause(rule: Rule, book: Rulebook) -> Clause:
    clock = ""
    if isinstance(rule.asks, Clock):
        clock_of = rule.asks
        starts = " or ".join(one.event for one in clock_of.starts if one.decides)
        unsaid = "" if clock_of.start_stated else " (not stated which)"
        clock = f"From {starts}{unsaid} to {clock_of.stop}: {clock_of.limit}."
    numbered = book.standard != "policy" and rule.clause[:1].isdigit()
    name = f"Clause {rule.clause}" if numbered else rule.clause
    told = f"{rule.provenance.capitalize()}: {PROVENANCE[rule.provenance]}."
    return Clause(rule, name, clock, f"{told} {rule.source or ''}".strip())


def _in_force(book: Rulebook) -> str:
    if book.start and book.end:
        return f"for complaints received {in_words(book.start)} to {in_words(book.end)}"
    if book.start:
        return f"for complaints received on or after {in_words(book.start)}"
    return (
        f"for complaints received up to {in_words(book.end)}"
        if book.end
        else "in force: not stated"
    )


def used_by(case: Case) -> tuple[tuple[str, str], ...]:
    """Return how the days of one complaint were counted."""
    timeline = case.timeline
    nation = nation_name(timeline.nation)
    countings = dict.fromkeys(rule for one in case.findings for rule in one.countings)
    years = _years(case)
    closures = {day for one in case.findings for day in one.calendar.closures if day.year in years}
    return (
        ("As at", in_words(case.as_at)),
        ("The record", RECORDS[timeline.record]),
        (
            "Calendar",
            f"Monday to Friday without the bank holidays of {nation}"
            + (f" and {number(len(closures), 'closure day')} of the policy" if closures else ""),
        ),
        (
            "Bank holidays known to",
            f"{in_words(ANNOUNCED_UNTIL)}; later ones are projected, and marked so",
        ),
        (
            "Counting rule",
            "; ".join(f"{name}: {COUNTING_RULES[name]}" for name in countings or ["day-after"]),
        ),
    )


def _years(case: Case) -> range:
    """Return the years over which the clocks of a complaint run."""
    starts = [one.start.earliest for one in case.findings if one.start and one.start.earliest]
    dues = [one.due.latest for one in case.findings if one.due and one.due.latest]
    first, last = min([*starts, case.as_at]), max([*dues, case.as_at])
    return range(first.year, last.year + 1)
