"""The problems that the formats for CI hold: of those that fail the run the latest, then others."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from heapq import nlargest
from typing import TYPE_CHECKING

from msgspec import Struct, field

from timeliness.model.verdict_words import BREACH, PROBLEMS
from timeliness.results.flat import Flat
from timeliness.results.gate import ACCEPTED, FAILING, PASSING, Gate

if TYPE_CHECKING:
    # The rows of tables take polars, for which a run without a table does not pay.
    import polars as pl

    from timeliness.run.batches import Batch

MOST_COLLECTED = 5_000
"""As many findings as the formats for CI hold, and beside them as many that are accepted."""

Ranked = tuple[int, int, Flat]
"""How late a finding is, its place among all, and the finding."""


class Collected(Struct):
    """Collects findings as a run goes on, and never more than are shown at its end."""

    gate: Gate
    failing: list[Ranked] = field(default_factory=list)
    accepted: list[Ranked] = field(default_factory=list)
    others: list[Ranked] = field(default_factory=list)
    given: int = 0

    def add_batch(self, batch: Batch) -> None:
        """Take the findings of some rows."""
        import polars as pl

        from timeliness.run.frames import SUMMED_AS

        # What was met or is not due yet is in none of these formats.
        problems = batch.frame.filter(SUMMED_AS.is_in(PROBLEMS))
        frame = problems.with_columns(
            pl.int_range(self.given, self.given + problems.height).alias("place"),
            pl.when(pl.col("verdict") == BREACH)
            .then(pl.col("days_late_least").fill_null(0) + 1)
            .otherwise(0)
            .alias("rank"),
        )
        self.given += problems.height
        accepted = pl.col("status").str.starts_with(ACCEPTED)
        passes = pl.any_horizontal(pl.col("status").str.starts_with(one) for one in PASSING)
        fails = SUMMED_AS.is_in(list(FAILING[self.gate.fail_on])) & ~passes
        failing = frame.filter(fails)
        if len(self.failing) == MOST_COLLECTED:
            failing = failing.filter(pl.col("rank") > min(rank for rank, _, _ in self.failing))
        if failing.height > MOST_COLLECTED:
            failing = failing.top_k(MOST_COLLECTED, by="rank")
        self._keep_latest(_ranked(failing, batch))
        self.accepted += _ranked(frame.filter(accepted).head(_room(self.accepted)), batch)
        self.others += _ranked(frame.filter(~fails & ~accepted).head(_room(self.others)), batch)

    def add(self, flats: Iterable[Flat]) -> None:
        """Take findings of timelines."""
        for flat in flats:
            if flat.counts_as not in PROBLEMS:
                continue
            late = (flat.days_late[0] or 0) + 1 if flat.verdict == BREACH else 0
            one = (late, self.given, flat)
            self.given += 1
            accepted = flat.status.startswith(ACCEPTED)
            if not accepted and self.gate.fails(flat.counts_as, flat.status):
                self._keep_latest([one])
                continue
            kept = self.accepted if accepted else self.others
            if _room(kept):
                kept.append(one)

    def _keep_latest(self, found: Iterable[Ranked]) -> None:
        self.failing += found
        if len(self.failing) > MOST_COLLECTED:
            self.failing = nlargest(MOST_COLLECTED, self.failing, key=lambda one: (one[0], -one[1]))

    @property
    def flats(self) -> list[Flat]:
        """Return what is shown, in the order in which it was found, the failing ones first."""
        failing = sorted(self.failing, key=lambda one: one[1])
        others = self.others[: MOST_COLLECTED - len(failing)]
        return [flat for _, _, flat in (*failing, *self.accepted, *others)]


def _room(kept: list[Ranked]) -> int:
    return MOST_COLLECTED - len(kept)


def _ranked(frame: pl.DataFrame, batch: Batch) -> Iterator[Ranked]:
    from timeliness.run.frames import flats_in

    flats = flats_in(frame, batch.complaints, batch.carried)
    return zip(frame["rank"].to_list(), frame["place"].to_list(), flats, strict=True)
