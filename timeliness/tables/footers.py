"""The foot of a table: totals, and remarks below them, which are not complaints."""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec.structs import replace

from timeliness.model.errors import DayError
from timeliness.model.patterns import regex
from timeliness.tables.date_columns import read_cell
from timeliness.tables.formulas import is_failed
from timeliness.tables.grid import Grid
from timeliness.tables.instead import is_not_done

_TOTAL = regex(
    r"(?:(?:grand |sub-?)?totals?|sum|count|average|mean)(?P<more>[:\s].*)?", re.IGNORECASE
)
_COUNT = regex(r"[\d,.\s]+%?", re.ASCII)
_WORDS_OF_A_SENTENCE = 4


def without_foot(grid: Grid, reference: int | None, dates: Sequence[int]) -> tuple[Grid, list[str]]:
    """Leave out the totals and remarks at the foot of a table, and note each.

    A row with a date is a complaint, whatever it is called.
    """
    frame, lines = grid.frame, grid.lines
    notes = []
    while frame.height > 1:
        what = _what(frame.row(-1), reference, dates)
        if not what:
            break
        notes.append(f"the {what} on {grid.unit} {lines[-1]} left out")
        frame, lines = frame.head(frame.height - 1), lines[:-1]
    return (replace(grid, frame=frame, lines=lines), notes) if notes else (grid, notes)


def is_foot(text: str) -> bool:
    """Whether a line that holds one text alone is a total or a remark, and no reference."""
    return bool(_TOTAL.fullmatch(text.strip())) or _is_remark(text)


def _what(row: Sequence[str | None], reference: int | None, dates: Sequence[int]) -> str:
    """Return whether a row is a "total" or a "remark", or "" where it may be a complaint."""
    cells = {place: cell.strip() for place, cell in enumerate(row) if cell and cell.strip()}
    if not cells:
        return ""
    first = min(cells)
    named = cells.get(reference, "") if reference is not None else cells[first]
    counted = bool(_COUNT.fullmatch(named))
    text = named if named and not counted else cells[first]
    total = _TOTAL.fullmatch(text)
    # Beside a number for a reference, a landlord may be called Total Homes.
    if total and not (counted and total["more"] and total["more"] != ":"):
        in_dates = [cells[place] for place in dates if place in cells and place != first]
        if all(_is_figure(cell, plain=not re.search(r"\d", text)) for cell in in_dates):
            return "total"
    if len(cells) == 1 and first == 0 and first not in dates:
        return "remark" if _is_remark(text) else ""
    return ""


def _is_figure(cell: str, *, plain: bool) -> bool:
    """Whether a cell under a date is a count; below a plain "Total" no number is a date."""
    if is_failed(cell) or is_not_done(cell):
        return True
    if not _COUNT.fullmatch(cell):
        return False
    try:
        read_cell(cell, "uk")
    except DayError:
        return True
    return plain and cell.isdigit()


def _is_remark(text: str) -> bool:
    """Whether a text is a sentence: a reference of several words has a number in it."""
    words = text.split()
    numbered = any(letter.isdigit() for letter in text)
    return len(words) > 1 and (not numbered or len(words) >= _WORDS_OF_A_SENTENCE)
