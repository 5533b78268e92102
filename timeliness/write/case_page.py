"""One complaint as the HTML report shows it: what goes into each section, ready to be set out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from timeliness.calendars import ANNOUNCED_UNTIL, COUNTING_RULES
from timeliness.dates import When, in_words
from timeliness.findings import (
    BREACH,
    CANNOT_TELL,
    MET,
    NOT_APPLICABLE,
    NOT_FOLLOWED,
    PENDING,
    STANDINGS,
    Case,
    Finding,
    Input,
    PolicyPoint,
    Report,
)
from timeliness.rulebooks import PROVENANCE, Duty, Rule, Rulebook
from timeliness.timelines import Event
from timeliness.write.calendar_page import Working, working_of
from timeliness.write.days_told import span_tag, when_tag
from timeliness.write.strip import Panel, panels
from timeliness.write.told import (
    GROUPS,
    STATUSES,
    Headline,
    Status,
    group_of,
    headline,
    is_judged,
    plural,
    rule_of,
    standard_name,
)

Numbered = tuple[int, Finding]
"""A finding with its place among the findings of its case, from which its link is made."""

_PROBLEMS = (BREACH, NOT_FOLLOWED, CANNOT_TELL)
_SIDES = ("policy", "code")


@dataclass(frozen=True)
class SideRow:
    """One obligation, under the policy and under the Code."""

    title: str
    cells: tuple[Numbered | None, ...]


@dataclass(frozen=True)
class Entry:
    """One line of the timeline: an event, or the last day of a limit."""

    when: Markup
    title: str
    by: str
    note: str
    facts: tuple[tuple[str, Markup | str], ...]
    source: str
    evidence: str
    due: tuple[Numbered, ...] = ()


@dataclass(frozen=True)
class Clause:
    """One clause that was applied."""

    rule: Rule | Duty
    clause: str
    clock: str
    source: str


@dataclass(frozen=True)
class Book:
    """A rulebook and those of its clauses that were applied."""

    book: Rulebook
    in_force: str
    clauses: tuple[Clause, ...]


@dataclass(frozen=True)
class CasePage:
    """Everything that one complaint's pages show; `id` is what its links begin with."""

    id: str
    case: Case
    headline: Headline
    counts: tuple[tuple[Status, int], ...]
    sides: tuple[str, ...]
    side_rows: tuple[SideRow, ...]
    others: tuple[tuple[str, tuple[Numbered, ...]], ...]
    breaches: tuple[Numbered, ...]
    not_followed: tuple[Numbered, ...]
    unclear: tuple[Numbered, ...]
    pending: tuple[Numbered, ...]
    met: tuple[Numbered, ...]
    not_applicable: tuple[tuple[str, str], ...]
    not_examined: tuple[str, ...]
    accepted: tuple[Numbered, ...]
    record: tuple[Numbered, ...]
    points: tuple[PolicyPoint, ...]
    panels: tuple[Panel, ...]
    entries: tuple[Entry, ...]
    workings: tuple[Working, ...]
    sums: tuple[Numbered, ...]
    books: tuple[Book, ...]
    used: tuple[tuple[str, str], ...]
    problems_only: bool = False

    @property
    def finding_sections(self) -> list[tuple[str, str, tuple[Numbered, ...], str]]:
        """Return the sections of findings that are told one by one, with what they hold."""
        return [
            ("breaches", "Breaches", self.breaches, "What was due and was late, or not done."),
            (
                "follow",
                "Not followed",
                self.not_followed,
                "What the rules say should be done, and was not. No breach, but to be explained.",
            ),
            (
                "unclear",
                "Cannot tell",
                self.unclear,
                "What the record does not decide, and what would settle it.",
            ),
            ("pending", "Not yet due", self.pending, "What is still to be done, and by when."),
        ]

    @property
    def sections(self) -> list[tuple[str, str, bool]]:
        """Return every section, by its link and title, and whether it is there."""
        return [
            ("glance", "At a glance", True),
            ("strip", "The time taken", bool(self.panels)),
            *((name, title, bool(found)) for name, title, found, _ in self.finding_sections),
            ("met", "Met", bool(self.met)),
            ("statements", "What was said about time", bool(self.case.statements)),
            ("points", "Policy and Code", bool(self.points)),
            ("record", "About the record", bool(self.record or self.case.problems)),
            ("events", "What happened", bool(self.entries)),
            ("figures", "Every clock in figures", bool(self.panels)),
            ("working", "The count, day by day", bool(self.workings or self.sums)),
            ("clauses", "The clauses", bool(self.books)),
            ("used", "What was used", True),
        ]


def case_page(
    case: Case, place: int, inputs: Sequence[Input], *, problems_only: bool = False
) -> CasePage:
    """Return what the report shows of one complaint; `problems_only` leaves out what was met."""
    numbered = list(enumerate(case.findings, 1))
    shown = [
        (number, finding)
        for number, finding in numbered
        if is_judged(finding) and (not problems_only or finding.counts_as in _PROBLEMS)
    ]
    counts = Counter(finding.counts_as for finding in case.findings if is_judged(finding))

    def having(*verdicts: str) -> tuple[Numbered, ...]:
        return tuple(one for one in shown if one[1].counts_as in verdicts)

    drawn = [one for one in shown if one[1].verdict != NOT_APPLICABLE]
    workings = [
        working for number, finding in drawn if (working := working_of(number, finding)) is not None
    ]
    counted = {working.place for working in workings}
    sides, rows = _side_by_side(drawn)
    return CasePage(
        id=f"c{place}",
        case=case,
        headline=headline(case),
        counts=tuple((status, counts[name]) for name, status in STATUSES.items() if counts[name]),
        sides=sides,
        side_rows=rows,
        others=_others(drawn),
        breaches=having(BREACH),
        not_followed=having(NOT_FOLLOWED),
        unclear=having(CANNOT_TELL),
        pending=having(PENDING),
        met=having(MET),
        not_applicable=_not_applicable(having(NOT_APPLICABLE)),
        not_examined=()
        if problems_only
        else tuple(
            dict.fromkeys(
                f"{one.title} ({standard_name(one.standard)} {one.clause})"
                for one in case.not_examined
            )
        ),
        accepted=tuple(one for one in shown if one[1].accepted),
        record=tuple(one for one in numbered if not is_judged(one[1])),
        points=tuple(
            sorted(case.policy_points, key=lambda one: list(STANDINGS).index(one.standing))
        ),
        panels=tuple(panels(case, drawn)),
        entries=() if problems_only else tuple(_entries(case, drawn)),
        workings=tuple(workings),
        sums=tuple(one for one in drawn if one[0] not in counted and one[1].limit and one[1].start),
        books=_books(case, drawn),
        used=_used(case, inputs),
        problems_only=problems_only,
    )


# Side by side -----------------------------------------------------------------------------------


def _side_by_side(drawn: Sequence[Numbered]) -> tuple[tuple[str, ...], tuple[SideRow, ...]]:
    """Return the standards that stand side by side, and a row for each obligation."""
    rows: dict[str, dict[str, Numbered]] = {}
    more: list[tuple[str, dict[str, Numbered]]] = []
    for number, finding in drawn:
        if finding.standard not in _SIDES:
            continue
        row = rows.setdefault(finding.rule, {})
        if finding.standard in row:
            more.append((finding.title, {finding.standard: (number, finding)}))
        else:
            row[finding.standard] = (number, finding)
    everything = [(next(iter(row.values()))[1].title, row) for row in rows.values()] + more
    sides = tuple(side for side in _SIDES if any(side in row for _, row in everything))
    return sides, tuple(
        SideRow(title, tuple(row.get(side) for side in sides)) for title, row in everything
    )


def _others(drawn: Sequence[Numbered]) -> tuple[tuple[str, tuple[Numbered, ...]], ...]:
    """Return what stands under no clause of policy or Code, by group: promises, orders."""
    groups: dict[str, list[Numbered]] = {}
    for number, finding in drawn:
        if finding.standard not in _SIDES:
            name = GROUPS.get(group_of(finding), standard_name(finding.standard))
            if finding.standard not in GROUPS:
                name = standard_name(finding.standard)
            groups.setdefault(name, []).append((number, finding))
    order = [*GROUPS.values(), *groups]
    return tuple((name, tuple(groups[name])) for name in sorted(groups, key=order.index))


def _not_applicable(findings: Sequence[Numbered]) -> tuple[tuple[str, str], ...]:
    told: dict[tuple[str, str], list[str]] = {}
    for _, finding in findings:
        key = (finding.title, finding.says)
        told.setdefault(key, []).append(standard_name(finding.standard))
    return tuple(
        (f"{title} ({' and '.join(dict.fromkeys(by))})", says) for (title, says), by in told.items()
    )


# The timeline -----------------------------------------------------------------------------------


def _entries(case: Case, drawn: Sequence[Numbered]) -> list[Entry]:
    """Return the events and the last days of the limits, the oldest first."""
    named = {event.id: event for event in case.timeline.events if event.id}
    placed: list[tuple[date, int, date, Entry]] = []
    for event in case.timeline.events:
        span = event.when.span if event.when else None
        first = (span.earliest or date.min) if span else date.max
        last = (span.latest or date.max) if span else date.max
        placed.append((first, 0, last, _entry(event, named)))
    lasts: dict[date, list[Numbered]] = {}
    for number, finding in drawn:
        day = finding.due.latest or finding.due.earliest if finding.due else None
        if day:
            lasts.setdefault(day, []).append((number, finding))
    placed += [
        (day, 1, day, Entry(span_tag(found[0][1].due), "", "", "", (), "", "", tuple(same)))
        for day, found in lasts.items()
        for same in _same_due(found)
    ]
    placed.sort(key=lambda one: one[:3])
    return [entry for _, _, _, entry in placed]


def _same_due(found: Sequence[Numbered]) -> list[list[Numbered]]:
    """Group the findings that fell due in the same days."""
    groups: dict[object, list[Numbered]] = {}
    for number, finding in found:
        groups.setdefault(finding.due, []).append((number, finding))
    return list(groups.values())


def _entry(event: Event, named: dict[str, Event]) -> Entry:
    title = event.name[0].upper() + event.name[1:]
    if event.treated_as:
        title += f", treated as {event.treated_as}"
    facts: list[tuple[str, Markup | str]] = []
    for key, value in event.attributes.items():
        name = key.replace("_", " ")
        if key == "of":
            other = named.get(str(value))
            if other and other.when:
                facts.append(
                    ("of", Markup("the {} of {}").format(other.name, when_tag(other.when)))
                )
        elif isinstance(value, When):
            facts.append((name, when_tag(value)))
        elif isinstance(value, bool):
            facts.append((name, "yes" if value else "no"))
        elif isinstance(value, tuple):
            facts.append((name, ", ".join(value)))
        elif isinstance(value, date):
            facts.append((name, in_words(value)))
        else:
            facts.append((name, str(value)))
    evidence = {
        "seen": "",
        "claimed": "Said to have happened; nothing on the record shows it",
        "absent": "Looked for, and did not happen or cannot be shown",
    }[event.evidence]
    return Entry(
        when_tag(event.when), title, event.by, event.note, tuple(facts), event.source, evidence
    )


# Clauses and what was used ----------------------------------------------------------------------


def _books(case: Case, drawn: Sequence[Numbered]) -> tuple[Book, ...]:
    books = []
    for book in case.rulebooks:
        clauses: dict[str, Clause] = {}
        for _, finding in drawn:
            rules: list[Rule | Duty] = [
                one.rule for one in finding.readings if one.rulebook == book
            ]
            known = rule_of(finding)
            if not rules and known and any(one.id == book.id for one in finding.rulebooks):
                rules = [known]
            for rule in rules:
                clauses.setdefault(rule.id, _clause(rule, book))
        if clauses:
            books.append(Book(book, _in_force(book), tuple(clauses.values())))
    return tuple(books)


def _clause(rule: Rule | Duty, book: Rulebook) -> Clause:
    clock = ""
    if isinstance(rule, Rule):
        clock_of = rule.clock
        starts = " or ".join(one.event for one in clock_of.starts if one.decides)
        unsaid = "" if clock_of.start_stated else " (not stated which)"
        clock = f"From {starts}{unsaid} to {clock_of.stop}: {clock_of.limit}."
    bare = book.standard == "policy" or rule.clause.startswith("the ")
    name = rule.clause if bare else f"Clause {rule.clause}"
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


def used_by_all(report: Report) -> tuple[tuple[str, str], ...]:
    """Return what the check of all complaints of a report was made with."""
    from timeliness import __version__

    nations = sorted({case.timeline.nation.replace("-", " ").title() for case in report.cases})
    told = [
        ("As at", in_words(report.as_at)),
        (
            "Calendar",
            f"Monday to Friday without the bank holidays of {' and '.join(nations)}, announced "
            f"until {in_words(ANNOUNCED_UNTIL)}",
        ),
        *(
            (book.title, f"{book.id}; source: {book.source}; checked {in_words(book.checked)}")
            for book in report.rulebooks
        ),
        ("Program", f"chcheck {__version__}"),
    ]
    told += [("Input", f"{one.path}, SHA-256 {one.sha256}") for one in report.inputs]
    return tuple(told)


def _used(case: Case, inputs: Sequence[Input]) -> tuple[tuple[str, str], ...]:
    from timeliness import __version__

    timeline = case.timeline
    nation = timeline.nation.replace("-", " ").title()
    countings = dict.fromkeys(finding.calendar.counting for finding in case.findings)
    closures = {day for finding in case.findings for day in finding.calendar.closures}
    record = {
        "complete": "complete: what is not on it did not happen",
        "partial": "partial: what is not on it may still have happened",
    }[timeline.record]
    told = [
        ("As at", in_words(case.as_at)),
        ("The record", record),
        (
            "Calendar",
            f"Monday to Friday without the bank holidays of {nation}"
            + (f" and {plural(len(closures), 'closure day')} of the policy" if closures else ""),
        ),
        (
            "Bank holidays known to",
            f"{in_words(ANNOUNCED_UNTIL)}; later ones are projected, and marked so",
        ),
        (
            "Counting rule",
            "; ".join(f"{name}: {COUNTING_RULES[name]}" for name in countings or ["day-after"]),
        ),
        ("Program", f"chcheck {__version__}"),
    ]
    own = [one for one in inputs if one.path == timeline.path] or list(inputs[:1])
    told += [("Input", f"{one.path}, SHA-256 {one.sha256}") for one in own]
    return tuple(told)
