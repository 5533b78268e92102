"""What the policy and each Code come to, beside one another in columns of text."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Iterable, Sequence

from timeliness.model.findings import Finding
from timeliness.model.plain import number, short_span
from timeliness.model.sides import Side
from timeliness.model.verdict_words import (
    BREACH,
    CANNOT_TELL,
    MET,
    NOT_APPLICABLE,
    NOT_FOLLOWED,
    PENDING,
)
from timeliness.write.words import due_time, lateness, side_title

Paint = Callable[[str, str], str]
"""Colours a text for a verdict, where colours are wanted."""

VERDICT_WORDS = {
    MET: "met",
    BREACH: "BREACH",
    PENDING: "not yet due",
    CANNOT_TELL: "CANNOT TELL",
    NOT_APPLICABLE: "not applicable",
    NOT_FOLLOWED: "NOT FOLLOWED (explain)",
}
MOST_BESIDE = 3
"""As many sides have room beside one another."""


def side_by_side(sides: Sequence[Side], findings: Iterable[Finding], paint: Paint) -> list[str]:
    """Return the lines of the policy and each Code beside one another, three of them at most."""
    rows: dict[tuple[str, int], dict[Side, Finding]] = {}
    titles: dict[tuple[str, int], str] = {}
    for finding in findings:
        if finding.verdict == NOT_APPLICABLE or not finding.readings:
            continue
        key = finding.rule, finding.episode
        rows.setdefault(key, {})[finding.side] = finding
        titles.setdefault(key, finding.title)
    present = {side for row in rows.values() for side in row}
    sides = [side for side in sides if side in present]
    lines: list[str] = []
    for first in range(0, len(sides), MOST_BESIDE):
        beside = sides[first : first + MOST_BESIDE]
        shown = [
            (titles[key], row) for key, row in rows.items() if any(side in row for side in beside)
        ]
        lines += _beside(beside, shown, paint)
    return lines


def _beside(
    sides: Sequence[Side], rows: Sequence[tuple[str, dict[Side, Finding]]], paint: Paint
) -> list[str]:
    head, wide = (26, 27) if len(sides) < MOST_BESIDE else (20, 20)
    heads = "".join(f"{side_title(side).upper():{wide}}" for side in sides)
    lines = ["", " " * head + heads]
    for title, row in rows:
        words = textwrap.wrap(title, head - 2)
        cells = [_cell(row[side], wide - 1) if side in row else [] for side in sides]
        for place in range(max(len(words), *map(len, cells))):
            line = f"{words[place] if place < len(words) else '':{head}}"
            for side, cell in zip(sides, cells, strict=True):
                text = cell[place] if place < len(cell) else ""
                padded = f"{text:{wide}}"
                if place == 0 and side in row:
                    padded = paint(text, row[side].counts_as) + padded[len(text) :]
                line += padded
            lines.append(line)
    return lines


def _cell(finding: Finding, wide: int) -> list[str]:
    lines = textwrap.wrap(VERDICT_WORDS[finding.counts_as], wide)
    if finding.verdict == BREACH:
        lines += textwrap.wrap(lateness(finding), wide)
    lines += textwrap.wrap(f"due {short_span(finding.due)} {due_time(finding)}", wide)
    limit = finding.limit
    if finding.working_days and finding.done and limit and limit.unit == "working_days":
        extended = ", extended" if finding.reason == "within-extension" else ""
        lines += textwrap.wrap(f"took {number(finding.working_days, 'working day')}", wide)
        lines += textwrap.wrap(f"(limit {limit.amount}{extended})", wide)
    elif finding.due_in:
        lines += textwrap.wrap(f"in {number(finding.due_in, 'working day')}", wide)
    return lines
