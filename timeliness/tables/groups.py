"""Which rows of a long table belong to which complaint."""

from __future__ import annotations

from functools import cached_property

import numpy as np
import polars as pl
from msgspec import Struct

from timeliness.tables.complaints import Flags, Labels, Rows


class Groups(Struct, frozen=True, dict=True):
    """The rows of each complaint, in the order of the table, as are the complaints themselves.

    `rows` holds the rows one complaint after another, `starts` where each complaint begins there.
    """

    rows: Rows
    starts: Rows

    @classmethod
    def of(cls, references: pl.Series, landlords: Labels, left_out: Flags) -> Groups:
        """Return the rows by their reference and landlord, without those that are left out."""
        frame = pl.DataFrame(
            {
                "reference": references,
                "landlord": landlords.codes,
                "row": np.arange(len(references), dtype=np.int64),
            }
        )
        if left_out.any():
            frame = frame.filter(pl.Series(~left_out))
        by = ["reference", "landlord"] if len(landlords.texts) > 1 else ["reference"]
        found = frame.group_by(by, maintain_order=True).agg("row")["row"]
        sizes = found.list.len().to_numpy().astype(np.int64)
        return cls(found.explode().to_numpy(), np.cumsum(sizes) - sizes)

    @property
    def size(self) -> int:
        """Return how many complaints there are."""
        return len(self.starts)

    @cached_property
    def sizes(self) -> Rows:
        """Return how many rows each complaint has."""
        return np.diff(self.starts, append=len(self.rows))

    @cached_property
    def numbers(self) -> Rows:
        """Return the complaint of each of `rows`."""
        return np.repeat(np.arange(self.size), self.sizes)

    @property
    def heads(self) -> Rows:
        """Return the first row of each complaint."""
        return self.rows.take(self.starts)

    def of_one(self, number: int) -> Rows:
        """Return the rows of one complaint."""
        first = int(self.starts[number])
        return self.rows[first : first + int(self.sizes[number])]

    def take(self, numbers: Rows) -> Groups:
        """Return some of the complaints."""
        kept = np.zeros(self.size, dtype=np.bool_)
        kept[numbers] = True
        sizes = self.sizes.take(numbers)
        return Groups(self.rows[kept.take(self.numbers)], np.cumsum(sizes) - sizes)

    def any(self, flags: Flags) -> Flags:
        """Return for which complaints any row has a flag set."""
        if not self.size:
            return np.zeros(0, dtype=np.bool_)
        return np.logical_or.reduceat(flags.take(self.rows), self.starts)

    def first(self, flags: Flags) -> Rows:
        """Return of each complaint the first row with a flag set, or its first row."""
        if not self.size or not flags.any():
            return self.heads
        end = len(self.rows)
        places = np.where(flags.take(self.rows), np.arange(end), end)
        firsts = np.minimum.reduceat(places, self.starts)
        return self.rows.take(np.where(firsts < end, firsts, self.starts))
