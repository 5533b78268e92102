"""A frame of findings written as CSV; `write.csv` writes the same from objects."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import cache
from typing import IO, cast

import polars as pl

from timeliness.model.clean import UNSAFE_PATTERN, written_cell
from timeliness.model.covered import FIRST_YEAR, LAST_YEAR
from timeliness.model.verdict_words import BREACH
from timeliness.results.flat import FIELDS
from timeliness.results.gate import BASELINE_FIELDS
from timeliness.run.frames import SUMMED_AS
from timeliness.tables.complaints import Complaints

Put = Callable[[bytes], None]

_EPOCH = date(1970, 1, 1).toordinal()
_FIRST = date(FIRST_YEAR - 1, 1, 1).toordinal()
_LAST = date(LAST_YEAR + 10, 1, 1).toordinal()
_SPECIAL = f'{UNSAFE_PATTERN}|[",]'
_FREE = (
    "complaint",
    "landlord",
    "path",
    "series",
    "rule",
    "rulebook",
    "clause",
    "reason",
    "status",
)
"""The columns whose texts come from the input or a rulebook, or are sentences."""
_SAMPLE = 1_000


def write_frame(
    frame: pl.DataFrame, complaints: Complaints, carried: Sequence[str], put: Put
) -> None:
    """Write the rows of a frame as CSV, without a header. Raises what `put` raises."""
    columns = []
    for name in FIELDS:
        column = frame[name]
        if column.dtype == pl.Date:
            column = _iso_days().gather(column.to_physical() - (_FIRST - _EPOCH)).alias(name)
        columns.append(_written(column) if name in _FREE else column)
    for place, name in enumerate(carried):
        cells = complaints.carried.get(name)
        if cells is None:
            cells = pl.repeat("", frame.height, dtype=pl.String, eager=True)
        else:
            cells = cells.gather(frame["row"])
        columns.append(_written(cells).alias(f"carried {place}"))
    _write(columns, put)


def write_known(frame: pl.DataFrame, put: Put) -> None:
    """Write the breaches of a frame as a baseline has them, without a header."""
    known = frame.filter(SUMMED_AS == BREACH)
    _write([_written(known[name].cast(pl.String)) for name in BASELINE_FIELDS], put)


def _write(columns: Sequence[pl.Series], put: Put) -> None:
    sink = _Sink(put)
    try:
        # What needs quotes has them by now.
        pl.DataFrame(columns).write_csv(
            cast(IO[bytes], sink), include_header=False, quote_style="never"
        )
    except OSError as error:
        sink.error = sink.error or error
    # Not every version of polars tells of an error at all.
    if sink.error:
        raise sink.error


class _Sink:
    """What polars writes to; it keeps a whole error: polars gives only its text."""

    def __init__(self, put: Put) -> None:
        self.put = put
        self.error: Exception | None = None

    def write(self, data: bytes) -> int:
        try:
            self.put(data)
        except Exception as error:
            self.error = error
            raise
        return len(data)

    def flush(self) -> None:
        pass


@cache
def _iso_days() -> pl.Series:
    """Return every day that a finding may have, in ISO form."""
    return pl.Series([date.fromordinal(day).isoformat() for day in range(_FIRST, _LAST)])


def _written(column: pl.Series) -> pl.Series:
    """Return texts as they stand in a CSV: no spreadsheet makes a formula of them."""
    # Most columns hold a few texts again and again, which are looked at once.
    few = column.head(_SAMPLE).n_unique() < _SAMPLE // 10
    texts = column.unique() if few else column
    special = texts.filter(texts.str.contains(_SPECIAL)).unique()
    if special.is_empty():
        return column
    return column.replace(special, [written_cell(text) for text in special])
