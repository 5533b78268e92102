"""Tables that a program has in memory: polars, pandas, or whatever streams Arrow."""

from __future__ import annotations

import sys
from typing import Any

import numpy as np
import polars as pl

from timeliness.model.errors import InputError, Mistake, UsageError
from timeliness.tables.cell_texts import texts_of
from timeliness.tables.grid import Grid, blank_to_null, names_for, without_blank_rows
from timeliness.tables.headers import TooManyColumnsError, check_number, distinct_names
from timeliness.tables.values import as_texts

EXPECTED = (
    "a polars DataFrame or LazyFrame, a pandas DataFrame, or any object with the Arrow C stream "
    "(__arrow_c_stream__), such as a pyarrow Table or a DuckDB relation"
)
"""What is taken for a table."""


def grid_of(table: object, name: str) -> Grid:
    """Return a table as it would be read from a file: every value as the text of its cell.

    Raises `UsageError` for what is no table, `InputError` for one that cannot be read.
    """
    columns = _columns(table, name)
    header = distinct_names([header.strip() for header, _ in columns])
    places = names_for(len(columns))
    frame = blank_to_null(
        pl.DataFrame(
            [texts.alias(place) for place, (_, texts) in zip(places, columns, strict=True)]
        )
    )
    lines = np.arange(1, frame.height + 1, dtype=np.int64)
    frame, lines = without_blank_rows(frame, lines)
    return Grid(name, header, frame, lines, "row")


def _columns(table: object, name: str) -> list[tuple[str, pl.Series]]:
    """Return the header and the texts of each column."""
    pandas: Any = sys.modules.get("pandas")
    if pandas and isinstance(table, pandas.DataFrame):
        _check_width(len(table.columns), name)
        return _of_pandas(table)
    if isinstance(table, pl.LazyFrame):
        table = table.collect()
    if not isinstance(table, pl.DataFrame):
        if not hasattr(table, "__arrow_c_stream__"):
            raise UsageError(f"a table is expected, {EXPECTED}; this is a {type(table).__name__}")
        table = _of_stream(table, name)
    _check_width(table.width, name)
    return [(column.name, as_texts(column)) for column in table.iter_columns()]


def _check_width(width: int, name: str) -> None:
    if not width:
        raise InputError([Mistake(name, 0, "the table is empty; it has no columns")])
    try:
        check_number(width)
    except TooManyColumnsError as error:
        raise InputError([Mistake(name, 0, str(error))]) from None


def _of_stream(table: Any, name: str) -> pl.DataFrame:
    try:
        return pl.DataFrame(table)
    except (
        *(pl.exceptions.PolarsError, TypeError, ValueError),
        # What earlier versions of polars raise for a stream of something else than rows.
        pl.exceptions.PanicException,
    ) as error:
        says = f"the Arrow stream is not a table that can be read: {error}"
        raise InputError([Mistake(name, 0, says)]) from None


def _of_pandas(table: Any) -> list[tuple[str, pl.Series]]:
    """Return the columns of a pandas frame: a column of it may hold values of several kinds."""
    columns = []
    for place, header in enumerate(table.columns):
        values = table.iloc[:, place]
        kind = values.dtype
        if isinstance(kind, np.dtype) and kind.kind in "iufbM":
            cells = values.to_numpy()
            # Of the resolutions that pandas has, polars lacks that of whole seconds.
            cells = cells.astype("datetime64[us]") if kind.kind == "M" else cells
            series = as_texts(pl.Series(cells, nan_to_null=True))
        else:
            missing = values.isna().tolist()
            cells = values.astype(object).tolist()
            given = [None if lacks else cell for lacks, cell in zip(missing, cells, strict=True)]
            series = pl.Series(texts_of(given), dtype=pl.String)
        columns.append((str(header), series))
    return columns
