"""What a table says of its complaints beside dates that the figures of a year are split by."""

from __future__ import annotations

import numpy as np

from timeliness.judge.columns import Bounds
from timeliness.results.grouping import plain
from timeliness.results.year import (
    YearCount,
)
from timeliness.results.year_groups import outcome_of, tenure_of
from timeliness.results.year_records import (
    OUTCOME_CODES,
)
from timeliness.run.row_groups import RowCodes, RowGroups, codes_of
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
        self.by = RowGroups(complaints, asked.by, year.group)

    def tenures(self, rows: Rows) -> RowCodes:
        """Return the tenure of each, as a code."""
        if self.tenure is None:
            return np.full(len(rows), tenure_of("", self.year), dtype=np.int64)
        return codes_of(self.tenure, rows, lambda text: tenure_of(text, self.year))

    def outcomes(self, stage: int, rows: Rows) -> RowCodes:
        """Return the outcome of each at a stage, as a code."""
        cells = self.outcome.get(stage)
        if cells is None:
            return np.full(len(rows), OUTCOME_CODES[""], dtype=np.int64)
        return codes_of(cells, rows, outcome_of)

    def groups(self, rows: Rows, begun: Bounds) -> RowCodes:
        """Return the group of each, as a code."""
        return self.by.codes(rows, begun)
