"""What takes the findings of a run one after another, and writes them as they come."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Protocol

from timeliness.model.clean import written_cell
from timeliness.model.findings import Finding, StatementFound
from timeliness.model.report import Report
from timeliness.model.timelines import Timeline
from timeliness.model.verdict_words import BREACH
from timeliness.results.flat import Flat
from timeliness.results.gate import BASELINE_FIELDS
from timeliness.results.tally import Tally
from timeliness.write.formats import FORMATS

if TYPE_CHECKING:
    # The rows of tables take polars, for which a run without a table does not pay.
    from timeliness.run.batches import Batch

Put = Callable[[bytes], None]
Found = tuple[Timeline, Finding, Flat]
"""A finding with its timeline, and as a flat row with its status."""


class Stream(Protocol):
    """Takes findings as they are found; `begin` comes first, and counts once."""

    def begin(self, carried: Sequence[str]) -> None:
        """Write the head, with the columns that the tables carry."""

    def add(self, found: Iterable[Found]) -> None:
        """Write findings of timelines."""

    def add_batch(self, batch: Batch) -> None:
        """Write the findings of some rows of a table."""


class Keeps(Stream, Protocol):
    """Takes every finding as it is found, and writes a whole file of them at the end."""

    def end(self, tally: Tally, report: Report) -> None:
        """Write the file."""

    def discard(self) -> None:
        """Leave nothing of it behind."""


class Rows:
    """CSV: a row for each finding."""

    def __init__(self, put: Put) -> None:
        self.put, self.write = put, FORMATS["csv"].load()
        self.carried: tuple[str, ...] | None = None

    def begin(self, carried: Sequence[str]) -> None:
        """Write the header."""
        from timeliness.write.csv import header

        if self.carried is None:
            self.carried = tuple(carried)
            self.put(_line(header(carried)))

    def add(self, found: Iterable[Found]) -> None:
        """Write findings of timelines."""
        self.begin(())
        flats = (flat for _, _, flat in found)
        self.put(self.write(flats, self.carried).encode("utf-8", errors="replace"))

    def add_batch(self, batch: Batch) -> None:
        """Write the findings of some rows of a table, from their frame."""
        from timeliness.run.frame_csv import write_frame

        self.begin(batch.carried)
        write_frame(batch.rows, batch.complaints, self.carried or (), self.put)


class Lines:
    """JSON Lines: a line for each finding, and no head."""

    def __init__(self, put: Put) -> None:
        self.put, self.write = put, FORMATS["jsonl"].load()

    def begin(self, carried: Sequence[str]) -> None:
        """Write nothing: each line names what it carries."""

    def add(self, found: Iterable[Found]) -> None:
        """Write findings, each with its sentences."""
        self.put(self.write(found).encode("utf-8", errors="replace"))

    def add_batch(self, batch: Batch) -> None:
        """Write the findings of some rows of a table."""
        self.add((one.timeline, one.finding, one.flat) for one in batch.findings)
        complaints = batch.complaints
        for row, claims in sorted(batch.claimed.by_row.items()):
            self._claims(complaints.timeline(row), claims, complaints.carried_of(row))

    def _claims(
        self, timeline: Timeline, claims: Sequence[StatementFound], carried: Mapping[str, str]
    ) -> None:
        from timeliness.write.json import write_claims

        self.put(write_claims(timeline, claims, carried).encode("utf-8", errors="replace"))


class Baseline:
    """A baseline: the key of each breach."""

    def __init__(self, put: Put) -> None:
        self.put, self.begun = put, False

    def begin(self, carried: Sequence[str]) -> None:
        """Write the header."""
        if not self.begun:
            self.begun = True
            self.put(_line(BASELINE_FIELDS))

    def add(self, found: Iterable[Found]) -> None:
        """Write the breaches of timelines."""
        self.begin(())
        for _, _, flat in found:
            if flat.counts_as == BREACH:
                self.put(_line((*flat.key, flat.verdict)))

    def add_batch(self, batch: Batch) -> None:
        """Write the breaches of some rows of a table, from their frame."""
        from timeliness.run.frame_csv import write_known

        self.begin(())
        write_known(batch.frame, self.put)


STREAMS: dict[str, Callable[[Put], Stream]] = {"csv": Rows, "jsonl": Lines}
"""What writes each format that is streamed."""


def _line(cells: Iterable[str]) -> bytes:
    return (",".join(map(written_cell, cells)) + "\n").encode("utf-8", errors="replace")
