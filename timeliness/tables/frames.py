"""Frames of findings as CSV, written fast; `write.csv` writes the same from objects."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date

import polars as pl

from timeliness.calendars import FIRST_YEAR, LAST_YEAR
from timeliness.flat import FIELDS
from timeliness.tables.complaints import Complaints
from timeliness.write.safe_csv import FORMULA_PATTERN, written_cell

_SPECIAL = FORMULA_PATTERN + '|[",\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]'
_SAMPLE = 1_000
_EPOCH = date(1970, 1, 1).toordinal()
_FIRST = date(FIRST_YEAR - 1, 1, 1).toordinal()
_LAST = date(LAST_YEAR + 10, 1, 1).toordinal()


def csv_of(frame: pl.DataFrame, complaints: Complaints, carried: Sequence[str]) -> bytes:
    """Return the rows of a frame as CSV, without a header."""
    days = pl.Series([date.fromordinal(day).isoformat() for day in range(_FIRST, _LAST)])
    columns = []
    for name in FIELDS:
        column = frame[name]
        if column.dtype == pl.Date:
            column = days.gather(column.to_physical() - (_FIRST - _EPOCH)).alias(name)
        columns.append(_written(column) if column.dtype == pl.String else column)
    for place, name in enumerate(carried):
        cells = complaints.carried.get(name)
        if cells is None:
            cells = pl.repeat("", frame.height, dtype=pl.String, eager=True)
        else:
            cells = cells.gather(frame["row"])
        columns.append(_written(cells).alias(f"carried {place}"))
    out = io.BytesIO()
    # What needs quotes has them by now.
    pl.DataFrame(columns).write_csv(out, include_header=False, quote_style="never")
    return out.getvalue()


def _written(column: pl.Series) -> pl.Series:
    """Return texts as they stand in a CSV: no spreadsheet makes a formula of them."""
    # Most columns hold a few texts again and again, which are looked at once.
    few = column.head(_SAMPLE).n_unique() < _SAMPLE // 10
    texts = column.unique() if few else column
    special = texts.filter(texts.str.contains(_SPECIAL)).unique()
    if special.is_empty():
        return column
    return column.replace(special, [written_cell(text) for text in special])
