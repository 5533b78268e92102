"""What a run finds, given to the workbook of its findings, and where each row of it is."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from timeliness.model.claims import DAYS_TAKEN, DUE, FLAGS
from timeliness.model.report import Report, TableRead
from timeliness.model.verdict_words import PENDING, PROBLEMS
from timeliness.results.flat import Flat
from timeliness.results.tally import Tally
from timeliness.write.book import room_on_disk
from timeliness.write.findings_book import ClaimTold, FindingsBook
from timeliness.write.listing import Links

if TYPE_CHECKING:
    # The rows of tables take polars, for which a run without a table does not pay.
    from timeliness.judge.statements.claim_words import ClaimsFound
    from timeliness.run.batches import Batch
    from timeliness.run.streams import Found


class RowLinks(Links):
    """Links to the rows of workbooks, seen from the folder of the file that has them."""

    def __init__(self, tables: Sequence[TableRead], beside: Path | None) -> None:
        self.tables = tables
        self.folder = Path(os.path.realpath(beside)).parent if beside else Path.cwd()
        self._bases: dict[str, str] = {}

    def to(self, path: str, line: int) -> str:
        """Return the link to a row, or "" where it is not in a workbook or has no number."""
        if path not in self._bases:
            of = next((one for one in self.tables if one.path == path), None)
            self._bases[path] = self._base(of)
        base = self._bases[path]
        return f"{base}!A{line}" if base and line else ""

    def _base(self, table: TableRead | None) -> str:
        # A file with such a mark in its name cannot be taken apart from its sheet.
        if table is None or not table.sheet or "#" in table.file or table.file == "-":
            return ""
        try:
            file = os.path.relpath(os.path.realpath(table.file), self.folder)
        except ValueError:
            # It is on another drive.
            file = os.path.realpath(table.file)
        sheet = table.sheet.replace("'", "''")
        return f"external:{Path(file).as_posix()}#'{sheet}'"


class BookStream:
    """The workbook of the findings of a run, made as the run goes on."""

    def __init__(
        self, put: Callable[[bytes], None], path: Path | None, tables: Sequence[TableRead]
    ) -> None:
        self.put = put
        self.links = RowLinks(tables, path)
        self.book: FindingsBook | None = None

    def begin(self, carried: Sequence[str]) -> None:
        """Begin the sheets, with the columns that the tables carry."""
        if self.book is None:
            self.book = FindingsBook(carried, self.links)

    def add(self, found: Iterable[Found]) -> None:
        """Take findings of timelines."""
        self._add(flat for _, _, flat in found)

    def _add(self, flats: Iterable[Flat]) -> None:
        self.begin(())
        assert self.book
        with room_on_disk():
            for flat in flats:
                self.book.add(flat)

    def add_batch(self, batch: Batch) -> None:
        """Take the findings of some rows of a table."""
        import polars as pl

        from timeliness.run.frames import SUMMED_AS, flats_in

        self.begin(batch.carried)
        assert self.book
        listed = batch.frame.filter(SUMMED_AS.is_in([*PROBLEMS, PENDING]) | pl.col("is_owed"))
        self._add(flats_in(listed, batch.complaints, batch.carried))
        with room_on_disk():
            for one in batch.claimed.found:
                for claim in _claims_of(one, batch):
                    self.book.add_claim(claim)

    def end(self, tally: Tally, report: Report) -> None:
        """Write the workbook, and note on the run what is not as everywhere else in it."""
        assert self.book
        with room_on_disk():
            data = self.book.end(tally, report)
        self.put(data)
        tally.notes += self.book.notes()

    def discard(self) -> None:
        """Leave nothing of it on the disk."""
        if self.book:
            self.book.book.discard()


def _claims_of(found: ClaimsFound, batch: Batch) -> Iterator[ClaimTold]:
    """Return the claims of a column that are not right."""
    import numpy as np

    from timeliness.judge.statements.claim_words import OUTCOMES, readings_in_words
    from timeliness.judge.statements.claimed import Outcome
    from timeliness.model.calendars import FAR_FUTURE

    claims, main, complaints = found.entries.claims, found.main, batch.complaints

    def shown(value: int) -> str | int | date:
        if claims.kind == DUE:
            return date.fromordinal(value)
        if claims.kind in DAYS_TAKEN:
            return value
        assert claims.kind in FLAGS
        return "in time" if value else "late"

    for place in np.flatnonzero(main.is_problem).tolist():
        row, done = int(claims.rows[place]), int(found.entries.done[place])
        yield ClaimTold(
            complaint=complaints.references[row],
            landlord=complaints.landlords.of(row),
            where=claims.header,
            says=shown(int(claims.values[place])),
            outcome=OUTCOMES[Outcome(int(main.outcome[place]))],
            only=readings_in_words(main.labels(int(main.patterns[place]))),
            right=shown(int(main.truth[place])),
            done=date.fromordinal(done) if done < FAR_FUTURE else None,
            path=claims.path,
            line=int(claims.lines[place]),
            carried=complaints.carried_of(row),
        )
