"""One complaint as the HTML report shows it: what goes into each section, ready to be set out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence

from msgspec import Struct

from timeliness.model.comparison import STANDINGS, PolicyPoint
from timeliness.model.findings import Case
from timeliness.model.plain import listed
from timeliness.model.report import Report
from timeliness.model.rulebooks import Rulebook
from timeliness.model.sides import CODE, POLICY, Side
from timeliness.model.verdict_words import (
    BREACH,
    CANNOT_TELL,
    MET,
    NOT_APPLICABLE,
    NOT_FOLLOWED,
    PENDING,
    PROBLEMS,
)
from timeliness.write.answers import Answer, answer, is_judged
from timeliness.write.html.calendar import Working, working_of
from timeliness.write.html.sources import Book, books_of, used_by
from timeliness.write.html.strip import Panel, panels
from timeliness.write.html.timeline import Entry, entries_of
from timeliness.write.words import (
    GROUPS,
    RECORD,
    RESIDENT,
    STATUSES,
    Numbered,
    Status,
    group_of,
    is_residents_own,
    side_title,
    sides_named,
    sides_of,
)

_SIDES = (POLICY, CODE)
"""The standards that stand side by side."""


class SideRow(Struct, frozen=True):
    """One obligation, under the policy and under each Code."""

    title: str
    cells: tuple[Numbered | None, ...]


class CasePage(Struct, frozen=True):
    """Everything that one complaint's pages show; `id` is what its links begin with."""

    id: str
    case: Case
    answer: Answer
    counts: tuple[tuple[Status, int], ...]
    sides: tuple[Side, ...]
    side_names: str
    side_rows: tuple[SideRow, ...]
    others: tuple[tuple[str, tuple[Numbered, ...]], ...]
    breaches: tuple[Numbered, ...]
    not_followed: tuple[Numbered, ...]
    unclear: tuple[Numbered, ...]
    pending: tuple[Numbered, ...]
    residents_own: tuple[Numbered, ...]
    met: tuple[Numbered, ...]
    not_applicable: tuple[tuple[str, str], ...]
    not_examined: tuple[str, ...]
    accepted: tuple[Numbered, ...]
    record: tuple[Numbered, ...]
    points: tuple[PolicyPoint, ...]
    compared_with: str
    point_codes: Mapping[str, str]
    panels: tuple[Panel, ...]
    entries: tuple[Entry, ...]
    workings: tuple[Working, ...]
    sums: tuple[Numbered, ...]
    books: tuple[Book, ...]
    used: tuple[tuple[str, str], ...]
    problems_only: bool = False

    @property
    def finding_sections(self) -> list[tuple[str, str, tuple[Numbered, ...], str]]:
        """Return the sections of findings that are shown one by one, with what they contain."""
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
            ("resident", RESIDENT, bool(self.residents_own)),
            ("statements", "What was said about time", bool(self.case.statements)),
            ("points", "Policy and Code", bool(self.points)),
            ("record", "About the record", bool(self.record or self.case.problems)),
            ("events", "What happened", bool(self.entries)),
            ("figures", "Every time limit in figures", bool(self.panels)),
            ("working", "The count, day by day", bool(self.workings or self.sums)),
            ("clauses", "The clauses", bool(self.books)),
            ("used", "How the days were counted", True),
        ]


def case_page(case: Case, place: int, report: Report, *, problems_only: bool = False) -> CasePage:
    """Return what the report shows of one complaint; `problems_only` leaves out what was met.

    It is long, since it names each list of the page.
    """
    numbered = list(enumerate(case.findings, 1))
    shown = [
        (number, finding)
        for number, finding in numbered
        if is_judged(finding) and (not problems_only or finding.counts_as in PROBLEMS)
    ]
    counts = Counter(finding.counts_as for finding in case.findings if is_judged(finding))

    def having(*verdicts: str) -> tuple[Numbered, ...]:
        return tuple(one for one in shown if one[1].counts_as in verdicts)

    drawn = [one for one in shown if one[1].verdict != NOT_APPLICABLE]
    residents_own = [] if problems_only else [one for one in numbered if is_residents_own(one[1])]
    told = [*drawn, *residents_own]
    workings = [
        working for number, finding in drawn if (working := working_of(number, finding)) is not None
    ]
    counted = {working.place for working in workings}
    sides, rows = _side_by_side(case, drawn)
    compared = {
        book.id: book
        for book in case.rulebooks
        if any(point.code == book.id for point in case.policy_points)
    }
    return CasePage(
        id=f"c{place}",
        case=case,
        answer=answer(case),
        counts=tuple((status, counts[name]) for name, status in STATUSES.items() if counts[name]),
        sides=sides,
        side_names=_names_of(sides),
        side_rows=rows,
        others=_others(drawn),
        breaches=having(BREACH),
        not_followed=having(NOT_FOLLOWED),
        unclear=having(CANNOT_TELL),
        pending=having(PENDING),
        residents_own=tuple(residents_own),
        met=having(MET),
        not_applicable=_not_applicable(having(NOT_APPLICABLE)),
        not_examined=()
        if problems_only
        else tuple(
            dict.fromkeys(
                f"{one.title} ({side_title(one.side)} {one.clause})"
                + (f": {one.hint}" if one.hint else "")
                for one in case.not_examined
            )
        ),
        accepted=tuple(one for one in shown if one[1].accepted),
        record=tuple(one for one in numbered if one[1].standard == RECORD),
        points=tuple(
            sorted(case.policy_points, key=lambda one: list(STANDINGS).index(one.standing))
        ),
        compared_with=sides_named(compared.values()) if compared else "",
        point_codes=_point_codes(compared.values()),
        panels=tuple(panels(case, drawn)),
        entries=() if problems_only else tuple(entries_of(case, told)),
        workings=tuple(workings),
        sums=tuple(one for one in drawn if one[0] not in counted and one[1].limit and one[1].start),
        books=books_of(case, told),
        used=used_by(case),
        problems_only=problems_only,
    )


# Side by side -----------------------------------------------------------------------------------


def _side_by_side(
    case: Case, drawn: Sequence[Numbered]
) -> tuple[tuple[Side, ...], tuple[SideRow, ...]]:
    """Return the sides shown beside one another, and a row for each obligation."""
    rows: dict[tuple[str, int], dict[Side, Numbered]] = {}
    more: list[tuple[str, dict[Side, Numbered]]] = []
    for number, finding in drawn:
        if finding.standard not in _SIDES:
            continue
        row = rows.setdefault((finding.rule, finding.episode), {})
        if finding.side in row:
            more.append((finding.title, {finding.side: (number, finding)}))
        else:
            row[finding.side] = (number, finding)
    everything = [(next(iter(row.values()))[1].title, row) for row in rows.values()] + more
    sides = tuple(side for side in sides_of(case) if any(side in row for _, row in everything))
    return sides, tuple(
        SideRow(title, tuple(row.get(side) for side in sides)) for title, row in everything
    )


def _point_codes(codes: Collection[Rulebook]) -> dict[str, str]:
    """Return how the clauses of each Code are told apart, where there are several Codes."""
    several = len({book.side for book in codes}) > 1
    return {book.id: book.side.called for book in codes} if several else {}


def _names_of(sides: Sequence[Side]) -> str:
    """Return what stands side by side: the policy and the Code, unless there are others."""
    if all(side.name in _SIDES for side in sides):
        return "policy and Code"
    return listed([side.called for side in sides])


def _others(drawn: Sequence[Numbered]) -> tuple[tuple[str, tuple[Numbered, ...]], ...]:
    """Return what is under no clause of policy or Code, by group: promises, orders."""
    groups: dict[str, list[Numbered]] = {}
    for number, finding in drawn:
        if finding.standard not in _SIDES:
            name = GROUPS.get(group_of(finding), side_title(finding.side))
            if finding.standard not in GROUPS:
                name = side_title(finding.side)
            groups.setdefault(name, []).append((number, finding))
    order = [*GROUPS.values(), *groups]
    return tuple((name, tuple(groups[name])) for name in sorted(groups, key=order.index))


def _not_applicable(findings: Sequence[Numbered]) -> tuple[tuple[str, str], ...]:
    told: dict[tuple[str, str], list[str]] = {}
    for _, finding in findings:
        key = (finding.title, finding.says)
        told.setdefault(key, []).append(side_title(finding.side))
    return tuple(
        (f"{title} ({' and '.join(dict.fromkeys(by))})", says) for (title, says), by in told.items()
    )


MOST_POINTS = 6

# Heights on paper, in millimetres; measured, with a little to spare.
_PAGE = 246
_HEAD = 50
_POINT = 4.5
_NOTE = 12
_LINE, _ROW_EDGE = 4.1, 1.8
_TABLE = 12
_STRIP_HEAD, _PANEL, _LANE, _READING = 8, 9, 10, 4.5

_FIRST = (BREACH, NOT_FOLLOWED, CANNOT_TELL)


class SummaryPlan(Struct, frozen=True):
    """What the one page of a complaint holds, and how many points found no room on it."""

    panels: tuple[Panel, ...]
    others: tuple[tuple[str, tuple[Numbered, ...]], ...]
    left_out: int


def summary_plan(page: CasePage) -> SummaryPlan:
    """Return what fits: promises and orders, those that failed first, then the strip."""
    points = min(len(page.answer.points), MOST_POINTS + 1)
    room = _PAGE - _HEAD - points * _POINT - len(page.case.notes) * _NOTE
    room -= _TABLE + sum(_row_height(row) for row in page.side_rows)
    others: list[tuple[str, tuple[Numbered, ...]]] = []
    left_out = 0
    for name, findings in page.others:
        ordered = sorted(findings, key=lambda one: one[1].counts_as not in _FIRST)
        kept: list[Numbered] = []
        space = room - _TABLE
        for number, finding in ordered:
            space -= _LINE * (1 + (finding.verdict == BREACH)) + _ROW_EDGE
            if space < 0:
                break
            kept.append((number, finding))
        left_out += len(ordered) - len(kept)
        if kept:
            others.append((name, tuple(kept)))
            room = space
    panels: list[Panel] = []
    room -= _STRIP_HEAD
    for panel in page.panels:
        height = _PANEL + sum(
            lane.deciding * (_LANE + (_READING if lane.deciding > 1 else 0)) for lane in panel.lanes
        )
        if height > room:
            break
        panels.append(panel)
        room -= height
    return SummaryPlan(tuple(panels), tuple(others), left_out)


def _row_height(row: SideRow) -> float:
    """Return how high a row of the table is, by its fullest cell."""
    lines = 1
    for cell in row.cells:
        finding = cell[1] if cell else None
        if finding and finding.due and finding.done and len(row.cells) > 1:
            rough = not finding.due.exact or not finding.done.exact
            lines = max(lines, 2 + (rough and finding.verdict == BREACH))
    return lines * _LINE + _ROW_EDGE
