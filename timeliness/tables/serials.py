"""Serial numbers of days in workbooks of an old Mac, which count from 1904 and not from 1900."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl
from msgspec.structs import replace

from timeliness.model.errors import InputError, Mistake
from timeliness.tables.grid import Grid

_BETWEEN = 1462
"""The days from 30 December 1899, where serial numbers begin, to 1 January 1904."""


def from_1900(grid: Grid, places: Sequence[int]) -> Grid:
    """Return a table with the serial numbers in some columns counted from 1900.

    Cells with the format of a date are dates already, and stay. Raises `InputError` where there are
    serial numbers, and it is not known from which day they count.
    """
    frame = grid.frame
    for place in places:
        cells = grid.column(place)
        head = cells.str.extract(r"^(\d{5})(?:\.\d+)?$", 1)
        if grid.from_1904 is None and head.null_count() < len(head):
            says = (
                f'column "{grid.header[place]}" holds days as numbers, such as '
                f"{head.drop_nulls()[0]}, and the workbook does not say whether they count from "
                "1900 or 1904; give the column the format of a date, or save the table as .xlsx"
            )
            raise InputError([Mistake(grid.path, 0, says)])
        moved = (head.cast(pl.Int64) + _BETWEEN).cast(pl.String) + cells.str.slice(5)
        both = pl.DataFrame({"cells": cells, "moved": moved})
        own = both.select(pl.coalesce("moved", "cells").alias(cells.name)).to_series()
        frame = frame.with_columns(own)
    return replace(grid, frame=frame)
