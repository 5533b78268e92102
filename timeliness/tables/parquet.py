"""Parquet files, read in a process of their own, with each value as a text."""

from __future__ import annotations

import io
from typing import Any

import numpy as np
import polars as pl

from timeliness.model.errors import InputError, Mistake
from timeliness.tables.apart import AS_CSV, Apart, Kind
from timeliness.tables.formulas import NESTED
from timeliness.tables.grid import Grid, frame_of, without_blank_rows
from timeliness.tables.headers import check_number
from timeliness.tables.packed import MOST_CELLS

_PARQUET = Kind(__name__, "ParquetHere", "Parquet file", AS_CSV, AS_CSV, times=2)
_DAMAGED = (
    "the Parquet file cannot be read, because it is damaged or of a kind that is not known; write "
    f"it again, or {AS_CSV}"
)


def read_parquet(data: bytes, path: str) -> Grid:
    """Read the table in a Parquet file. Raises `InputError` and `TooManyColumnsError`."""
    apart = Apart(_PARQUET, data, path)
    try:
        names: list[str] = apart.opened
        check_number(len(names))
        columns = [apart.ask("column", place) for place in range(len(names))]
    finally:
        apart.close()
    if not names:
        raise InputError([Mistake(path, 0, "the file is empty; it has no columns")])
    lines = np.arange(1, len(columns[0]) + 1, dtype=np.int64)
    frame, lines = without_blank_rows(frame_of(columns), lines)
    return Grid(path, tuple(names), frame, lines, "row")


class ParquetHere:
    """A Parquet file that is read in this process: `opened` are the names of its columns."""

    def __init__(self, data: bytes, path: str) -> None:
        self._path = path
        try:
            rows = int(pl.scan_parquet(io.BytesIO(data)).select(pl.len()).collect().item())
            columns = len(pl.read_parquet_schema(io.BytesIO(data)))
            self._check_room(rows, columns)
            self._frame = pl.read_parquet(io.BytesIO(data))
        except BaseException as error:
            raise self._unreadable(error) from None
        self.opened = self._frame.columns

    def column(self, place: int) -> list[str]:
        """Return the cells of one column as texts, blank where there is none."""
        try:
            texts = _as_texts(self._frame.to_series(place)).to_list()
        except BaseException as error:
            raise self._unreadable(error) from None
        known: dict[str, str] = {}
        return [known.setdefault(text, text) for text in texts]

    def _check_room(self, rows: int, columns: int) -> None:
        if rows * columns > MOST_CELLS:
            says = (
                f"the Parquet file has {rows:,} rows and {columns:,} columns, more than "
                f"{MOST_CELLS:,} cells; leave out the columns that are not needed, or {AS_CSV}"
            )
            raise InputError([Mistake(self._path, 0, says)])

    def _unreadable(self, error: BaseException) -> BaseException:
        """Return the error to raise: what the reader itself did not expect is no `Exception`."""
        own = isinstance(error, InputError | MemoryError | KeyboardInterrupt | SystemExit)
        return error if own else InputError([Mistake(self._path, 0, _DAMAGED)])


def _as_texts(values: pl.Series) -> pl.Series:
    """Return values as JSON and workbooks have them: a date as 2025-04-03, yes and no."""
    kind: Any = values.dtype
    if kind == pl.Boolean:
        mapping = {True: "yes", False: "no"}
        values = values.replace_strict(mapping, return_dtype=pl.String)
    elif kind == pl.Date:
        values = values.dt.to_string("%Y-%m-%d")
    elif isinstance(kind, pl.Datetime):
        values = _stamps(values, kind.time_zone)
    elif kind.is_nested() or kind in (pl.Binary, pl.Object, pl.Duration):
        frame = pl.DataFrame({"cells": values})
        other = pl.when(pl.col("cells").is_not_null()).then(pl.lit(NESTED))
        values = frame.select(other.alias("cells")).to_series()
    elif kind.is_float():
        whole = values.is_finite() & (values == values.round()) & (values.abs() < 1e15)
        frame = pl.DataFrame({"cells": values, "whole": whole})
        plain = pl.col("cells").cast(pl.Int64, strict=False).cast(pl.String)
        texts = pl.when("whole").then(plain).otherwise(pl.col("cells").cast(pl.String))
        values = frame.select(texts.alias("cells")).to_series()
    else:
        values = values.cast(pl.String)
    return values.fill_null("")


def _stamps(values: pl.Series, zone: str | None) -> pl.Series:
    """Return days with their times: midnight without a zone is a day alone."""
    if zone:
        return values.dt.convert_time_zone("UTC").dt.to_string("%Y-%m-%dT%H:%M:%SZ")
    frame = pl.DataFrame({"cells": values})
    cell = pl.col("cells")
    midnight = cell == cell.dt.truncate("1d")
    day, stamp = cell.dt.to_string("%Y-%m-%d"), cell.dt.to_string("%Y-%m-%d %H:%M")
    return frame.select(pl.when(midnight).then(day).otherwise(stamp).alias("cells")).to_series()
