"""Parquet files, read in a process of their own, with each value as a text."""

from __future__ import annotations

import io

import numpy as np
import polars as pl

from timeliness.model.errors import InputError, Mistake
from timeliness.tables.apart import AS_CSV, Apart, Kind
from timeliness.tables.grid import Grid, frame_of, without_blank_rows
from timeliness.tables.headers import check_number
from timeliness.tables.packed import MOST_CELLS
from timeliness.tables.values import as_texts

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
            texts = as_texts(self._frame.to_series(place)).to_list()
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
