"""Frames of findings as CSV, written fast; `write.csv` writes the same from objects."""

from __future__ import annotations

import io
from collections.abc import Sequence

import polars as pl

from timeliness.flat import FIELDS
from timeliness.tables.complaints import Complaints
from timeliness.write.safe_csv import FORMULA_PATTERN, safe_cell

_UNSAFE = FORMULA_PATTERN + "|[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]"
_FROM_INPUT = ("complaint", "landlord", "path", "status")


def csv_of(frame: pl.DataFrame, complaints: Complaints, carried: Sequence[str]) -> bytes:
    """Return the rows of a frame as CSV, without a header."""
    columns = []
    for name in FIELDS:
        column = frame[name]
        if column.dtype == pl.String:
            column = _safe(column) if name in _FROM_INPUT else _without_empty(column)
        columns.append(column)
    for place, name in enumerate(carried):
        cells = complaints.carried.get(name)
        if cells is None:
            cells = pl.repeat("", frame.height, dtype=pl.String, eager=True)
        else:
            cells = cells.gather(frame["row"]).fill_null("")
        columns.append(_safe(cells).alias(f"carried {place}"))
    out = io.BytesIO()
    pl.DataFrame(columns).write_csv(out, include_header=False)
    return out.getvalue()


def _safe(column: pl.Series) -> pl.Series:
    """Return texts of which no spreadsheet makes a formula; most columns stay as they are."""
    if column.str.contains(_UNSAFE).any():
        column = pl.Series(column.name, [safe_cell(text or "") for text in column], dtype=pl.String)
    return _without_empty(column)


def _without_empty(column: pl.Series) -> pl.Series:
    """Return texts with null for an empty one, which would be written as a pair of quotes."""
    return column.replace("", None) if (column == "").any() else column
