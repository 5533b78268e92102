"""Single values as the texts of cells: a date is 2025-04-03, true is yes, and none is blank."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import UTC, date, datetime
from typing import cast

from timeliness.tables.formulas import NESTED


def texts_of(cells: Sequence[object]) -> list[str]:
    """Return the cells of a column as texts, each different one made once."""
    kinds = set(map(type, cells))
    if kinds <= {str}:
        return cast(list[str], list(cells))
    if bool in kinds and len(kinds & {int, float, bool}) > 1:
        # Yes and 1 are the same to a dictionary.
        return [text_of(cell) for cell in cells]
    try:
        known = {cell: text_of(cell) for cell in set(cells)}
    except TypeError:
        # Lists and their like do not go into one.
        return [text_of(cell) for cell in cells]
    return [known[cell] for cell in cells]


def text_of(cell: object) -> str:
    """Return a cell as text: a date as 2025-04-03, a whole number without its point."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, datetime):
        if cell.tzinfo:
            return cell.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        midnight = not (cell.hour or cell.minute or cell.second)
        return cell.strftime("%Y-%m-%d") if midnight else cell.strftime("%Y-%m-%d %H:%M")
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, Collection):
        return NESTED
    return "" if cell is None else str(cell)
