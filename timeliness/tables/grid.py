"""A table as it is in a file: its header, its cells as text, and the line of every row."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence

import numpy as np
import polars as pl
from msgspec import Struct, field
from numpy.typing import NDArray

from timeliness.model.errors import ChcheckError

HEADER_WITHIN = 30
"""The header row is among this many first rows."""


MOST_RAGGED = 100_000
"""How many rows that do not fit the header are told."""

Ragged = tuple[int, str, str]
"""A row whose cells do not fit the header: its line, what is wrong with it, a hash of its cells."""


class TooUnevenError(ChcheckError):
    """Too many rows of a table do not fit its header."""


def check_ragged(ragged: Sequence[Ragged]) -> None:
    """Raise `TooUnevenError` where more rows than are told do not fit the header."""
    if len(ragged) > MOST_RAGGED:
        line, says, _ = ragged[0]
        raise TooUnevenError(
            f"more than {MOST_RAGGED:,} rows do not fit the header; the first is row {line}: {says}"
        )


class Grid(Struct, frozen=True):
    """The cells of one table, all of them text; an empty cell is null.

    `lines` gives each row's line in the file, `unit` what such a line is called. `ragged` holds
    the rows whose cells do not fit the header, each with its line, what is wrong with it and a hash
    of its cells.
    `notes` says what was left out above and below, `hidden` are the places of columns that are not
    shown, and `from_1904` says that serial numbers of days count from 1904, None that nobody knows.
    `header_ends` is the line of the last row of the header, and `separator` what stands between the
    cells of a text.
    """

    path: str
    header: tuple[str, ...]
    frame: pl.DataFrame
    lines: NDArray[np.int64]
    unit: str = "line"
    sheet: str = ""
    ragged: tuple[tuple[int, str, str], ...] = ()
    notes: tuple[str, ...] = ()
    hidden: frozenset[int] = field(default_factory=frozenset)
    from_1904: bool | None = False
    header_ends: int = 0
    separator: str = ""

    def column(self, place: int) -> pl.Series:
        """Return one column of cells."""
        return self.frame.to_series(place)

    def content(self, row: int) -> str:
        """Return a hash of the cells of a row, by which it is known again wherever it is."""
        return content_of(self.frame.row(row))


def content_of(cells: Iterable[str | None]) -> str:
    """Return a hash of the cells of a row; blank cells at its end make no other row of it."""
    text = "\x1f".join((cell or "").strip() for cell in cells).rstrip("\x1f")
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:32]


def names_for(width: int) -> list[str]:
    """Return names for the columns of a frame: a header may repeat a name, or lack one."""
    return [str(place) for place in range(width)]


def frame_of(columns: Sequence[Sequence[str | None]]) -> pl.DataFrame:
    """Return columns of texts as a frame; blank texts become null."""
    return blank_to_null(
        pl.DataFrame(
            [
                pl.Series(str(place), list(cells), dtype=pl.String)
                for place, cells in enumerate(columns)
            ]
        )
    )


def blank_to_null(frame: pl.DataFrame) -> pl.DataFrame:
    """Return a frame whose empty cells are null."""
    return frame.with_columns(pl.when(pl.all() == "").then(None).otherwise(pl.all()).name.keep())


def without_blank_rows(
    frame: pl.DataFrame, lines: NDArray[np.int64]
) -> tuple[pl.DataFrame, NDArray[np.int64]]:
    """Return the rows that are not blank."""
    if not frame.width or not frame.height:
        return frame, lines
    first = frame.to_series(0)
    starts_blank = (first.is_null() | (first.str.strip_chars() == "")).fill_null(value=True)
    if not starts_blank.any():
        return frame, lines
    blank = frame.select(
        pl.all_horizontal((pl.all().str.strip_chars() == "").fill_null(value=True))
    ).to_series()
    if not blank.any():
        return frame, lines
    keep = ~blank
    return frame.filter(keep), lines[keep.to_numpy()]
