"""What a table says of its complaints beside dates that the figures of a year are split by."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import numpy as np
import polars as pl
from numpy.typing import NDArray

from timeliness.judge.columns import Bounds
from timeliness.results.year import (
    YearCount,
)
from timeliness.results.year_groups import group_of_day, outcome_of, plain, tenure_of
from timeliness.results.year_records import (
    OUTCOME_CODES,
)
from timeliness.tables.complaints import Complaints, Rows


class RowLabels:
    """The tenure, outcomes and group of the rows of one table, as codes."""

    def __init__(self, complaints: Complaints, year: YearCount) -> None:
        self.complaints, self.year = complaints, year
        named = {plain(name): cells for name, cells in complaints.carried.items()}
        asked = year.asked
        wanted = [plain(asked.tenure)] if asked.tenure else ["tenure", "tenure type"]
        self.tenure = next((named[name] for name in wanted if name in named), None)
        if self.tenure is not None:
            year.has_tenure = True
        self.outcome = {
            stage: named[name]
            for stage in (1, 2)
            for name in (f"stage {stage} outcome", "outcome")
            if name in named
        }
        self.by = named.get(plain(asked.by)) if asked.by else None

    def tenures(self, rows: Rows) -> NDArray[np.int64]:
        """Return the tenure of each, as a code."""
        if self.tenure is None:
            return np.full(len(rows), tenure_of("", self.year), dtype=np.int64)
        return self._codes(self.tenure, rows, lambda text: tenure_of(text, self.year))

    def outcomes(self, stage: int, rows: Rows) -> NDArray[np.int64]:
        """Return the outcome of each at a stage, as a code."""
        cells = self.outcome.get(stage)
        if cells is None:
            return np.full(len(rows), OUTCOME_CODES[""], dtype=np.int64)
        return self._codes(cells, rows, outcome_of)

    def groups(self, rows: Rows, begun: Bounds) -> NDArray[np.int64]:
        """Return the group of each, as a code."""
        year, by = self.year, self.year.asked.by
        if by in ("month", "quarter") and self.by is None:
            days = np.where(begun.earliest == begun.latest, begun.earliest, 0)
            different, which = np.unique(days, return_inverse=True)
            texts = [
                group_of_day(date.fromordinal(day) if day else None, by)
                for day in different.tolist()
            ]
            return np.array([year.group(text) for text in texts], dtype=np.int64)[which]
        if by == "landlord" and self.by is None:
            labels = self.complaints.landlords
            codes = np.array([year.group(text) for text in labels.texts], dtype=np.int64)
            return codes.take(labels.codes.take(rows))
        if self.by is None:
            return np.full(len(rows), year.group(""), dtype=np.int64)
        return self._codes(self.by, rows, year.group)

    @staticmethod
    def _codes(cells: pl.Series, rows: Rows, code: Callable[[str], int]) -> NDArray[np.int64]:
        own = cells.gather(pl.Series(rows)).fill_null("").str.strip_chars()
        texts = own.unique().to_list()
        codes = own.replace_strict({text: code(text) for text in texts}, return_dtype=pl.Int64)
        found: NDArray[np.int64] = codes.to_numpy()
        return found
