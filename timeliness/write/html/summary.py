"""What of a complaint fits on one page: everything that was breached before all else."""

from __future__ import annotations

from dataclasses import dataclass

from timeliness.model.findings import BREACH, CANNOT_TELL, NOT_FOLLOWED
from timeliness.write.html.case import CasePage, SideRow
from timeliness.write.html.strip import Panel
from timeliness.write.words import Numbered

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


@dataclass(frozen=True)
class SummaryPlan:
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
