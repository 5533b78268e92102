"""The group of each row of a table, as codes: by a column, the landlord, a month or a quarter."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import numpy as np
import polars as pl
from numpy.typing import NDArray

from timeliness.judge.columns import Bounds
from timeliness.results.grouping import DATED, LANDLORD, group_of_day, plain
from timeliness.tables.complaints import Complaints, Rows

RowCodes = NDArray[np.int64]


class RowGroups:
    """The groups of the rows of one table, by what they are split by.

    `code` gives the code of the text of a group.
    """

    def __init__(self, complaints: Complaints, by: str, code: Callable[[str], int]) -> None:
        self.complaints, self.by, self.code = complaints, by, code
        named = {plain(name): cells for name, cells in complaints.carried.items()}
        self.cells = named.get(plain(by)) if by else None

    def codes(self, rows: Rows, days: Bounds) -> RowCodes:
        """Return the group of some rows; `days` are those that months and quarters go by."""
        if self.cells is not None:
            return codes_of(self.cells, rows, self.code)
        if self.by in DATED:
            return self._by_day(days)
        if self.by == LANDLORD:
            labels = self.complaints.landlords
            codes = np.array([self.code(text) for text in labels.texts], dtype=np.int64)
            return codes.take(labels.codes.take(rows))
        return np.full(len(rows), self.code(""), dtype=np.int64)

    def _by_day(self, days: Bounds) -> RowCodes:
        exact = np.where(days.earliest == days.latest, days.earliest, 0)
        different, which = np.unique(exact, return_inverse=True)
        texts = [
            group_of_day(date.fromordinal(day) if 0 < day <= _LAST else None, self.by)
            for day in different.tolist()
        ]
        return np.array([self.code(text) for text in texts], dtype=np.int64)[which]


_LAST = date.max.toordinal()


def codes_of(cells: pl.Series, rows: Rows, code: Callable[[str], int]) -> RowCodes:
    """Return a code for the text of a column in some rows."""
    own = cells.gather(pl.Series(rows)).fill_null("").str.strip_chars()
    texts = own.unique(maintain_order=True).to_list()
    codes = own.replace_strict({text: code(text) for text in texts}, return_dtype=pl.Int64)
    found: RowCodes = codes.to_numpy()
    return found
