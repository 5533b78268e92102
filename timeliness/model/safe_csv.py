"""Cells of a CSV made safe: no text of an input is a formula to a spreadsheet."""

from __future__ import annotations

from timeliness.model.clean import printable

FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a cell that a spreadsheet takes for a formula begins with."""

FORMULA_PATTERN = "^[=+\\-@\t\r]"


def safe_cell(text: str) -> str:
    """Return a text that a spreadsheet shows as it is; an apostrophe goes before a formula."""
    safe = printable(text)
    return f"'{safe}" if text.startswith(FORMULA) else safe


def written_cell(text: str) -> str:
    """Return a safe text as it stands in a CSV, in quotes where it needs them."""
    safe = safe_cell(text)
    needs = any(mark in safe for mark in ',"\n\r')
    return '"' + safe.replace('"', '""') + '"' if needs else safe
