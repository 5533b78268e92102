"""Where the findings of a run go: to files and the screen, each in its format."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct, field
from msgspec.structs import replace

from timeliness.model.findings import Case
from timeliness.model.report import Report, TableRead
from timeliness.model.verdict_words import PROBLEMS
from timeliness.results.gate import Gate
from timeliness.results.tally import Settled, Tally
from timeliness.run.collected import Collected
from timeliness.run.streams import STREAMS, Baseline, Found, Keeps, Put, Stream
from timeliness.write.files import WholeFile, put_all_in_place
from timeliness.write.formats import (
    ANNOTATED,
    CASE,
    FINDING,
    SUMMARY,
    XLSX,
    Format,
    Options,
)

if TYPE_CHECKING:
    # The rows of tables take polars, for which a run without a table does not pay.
    from timeliness.run.batches import Batch

MOST_OBJECTS = 20_000
"""The most complaints of tables that the formats made of whole complaints hold."""


class Target(Struct, frozen=True):
    """One thing to be written: its format, and its file, or None for the screen."""

    format: Format
    path: Path | None = None


class Outputs(Struct):
    """The outputs of one run: give it what is found, then let it finish, or discard everything.

    With `whole_text`, text describes the complaints of tables as well. `cases` holds every
    complaint that was checked as a timeline, and those of tables where a format is made of whole
    complaints. `tables` says where each table is, and `stdin` is what came on standard input.
    """

    targets: Sequence[Target]
    options: Options
    gate: Gate
    baseline: Path | None = None
    rejects: Path | None = None
    whole_text: bool = False
    tables: Sequence[TableRead] = ()
    stdin: bytes | None = None
    cases: list[Case] = field(default_factory=list)
    files: list[WholeFile] = field(default_factory=list)
    streams: list[Stream] = field(default_factory=list)
    books: list[Keeps] = field(default_factory=list)
    collected: Collected | None = None
    _puts: dict[Target, Put] = field(default_factory=dict)
    _put_rejects: Put | None = None

    def open(self) -> None:
        """Open every file, so that one that cannot be written is refused before the work."""
        if any(one.format.needs == FINDING and not one.format.streamed for one in self.targets):
            self.collected = Collected(self.gate)
        for one in self.targets:
            put = self._file(one.path) if one.path else to_screen
            self._puts[one] = put
            if one.format is XLSX:
                from timeliness.run.book import BookStream

                self.books.append(BookStream(put, one.path, self.tables))
            elif one.format is ANNOTATED:
                from timeliness.run.annotated import AnnotatedStream

                self.books.append(AnnotatedStream(put, self.stdin, self.tables))
            elif one.format.streamed:
                self.streams.append(STREAMS[one.format.name](put))
        if self.baseline:
            self.streams.append(Baseline(self._file(self.baseline)))
        if self.rejects:
            self._put_rejects = self._file(self.rejects)

    def _file(self, path: Path) -> Put:
        self.files.append(WholeFile(path))
        return self.files[-1].write

    # What a run has to make for these outputs ---------------------------------------------------

    @property
    def findings(self) -> bool:
        """Whether any output takes findings as the run goes on."""
        return bool(self.streams or self.books or self.collected or self.whole)

    @property
    def everything(self) -> bool:
        """Whether an output takes findings that are not problems as well."""
        return bool(self.whole or self.books) or (self.options.show == "all" and bool(self.streams))

    @property
    def takes_all(self) -> bool:
        """Whether an output takes every finding of a timeline as a flat row."""
        shown = bool(self.streams or self.collected)
        return bool(self.books) or (shown and self.options.show == "all")

    @property
    def objects(self) -> bool:
        """Whether an output takes each finding with its sentences."""
        return bool(self.whole) or "jsonl" in self._names

    @property
    def whole(self) -> str:
        """Return the first format that is made of whole complaints, those of tables too, or ""."""
        names = [one.format.name for one in self.targets if one.format.needs == CASE]
        return next((name for name in names if self.whole_text or name != SUMMARY.name), "")

    @property
    def hashed(self) -> bool:
        """Whether an output gives the hash of every file that was read."""
        forms = [one.format for one in self.targets]
        return bool(self.whole) or any(form.binary or form.traces for form in forms)

    @property
    def _takers(self) -> Sequence[Stream]:
        return *self.streams, *self.books

    @property
    def _names(self) -> set[str]:
        return {one.format.name for one in self.targets}

    # What is found ------------------------------------------------------------------------------

    def carry(self, names: Sequence[str]) -> None:
        """Take along these columns, whichever of the tables has them."""
        for taker in self._takers:
            taker.begin(names)

    def give(self, batch: Batch) -> None:
        """Take the findings of some rows of a table."""
        shown = batch if self.options.show == "all" else batch.problems
        for stream in self.streams:
            stream.add_batch(shown)
        for book in self.books:
            book.add_batch(batch)
        if self.collected:
            self.collected.add_batch(batch)
        if self.whole:
            self.cases += batch.cases()

    def give_settled(self, settled: Sequence[Settled]) -> None:
        """Take complaints that were checked as timelines."""
        every: list[Found] = [
            (case.timeline, case.findings[place], flat)
            for case, flats in settled
            for place, flat in flats.items()
        ]
        shown = self.options.show
        found = [one for one in every if shown == "all" or one[2].counts_as in PROBLEMS]
        for stream in self.streams:
            stream.add(found)
        for book in self.books:
            book.add(every)
        if self.collected:
            self.collected.add(flat for _, _, flat in found)
        self.cases += [self.gate.marked(case, flats) for case, flats in settled]

    def finish(self, tally: Tally, report: Report, *, summed: bool) -> None:
        """Write what is written at the end, and put every file in its place.

        `summed` says that text gives the summary, and not each complaint.
        """
        for taker in self._takers:
            taker.begin(())
        collected = self.collected.flats if self.collected else []
        tally.left_out = self.collected.given - len(collected) if self.collected else 0
        for target, put in self._puts.items():
            if target.format.streamed:
                continue
            form = SUMMARY if summed and target.format.name == SUMMARY.name else target.format
            on_screen = target.path is None
            if form.needs == CASE:
                # Nobody is shown a report of nothing; what is wrong is said beside it.
                nothing = not (report.cases or report.later)
                if on_screen and form.name == SUMMARY.name and nothing:
                    continue
                text = form.load()(report, replace(self.options, colour=self._colours(target)))
            elif form.needs == FINDING:
                text = form.load()(collected, tally)
            elif form.binary:
                from timeliness.run.book import RowLinks

                links = RowLinks(self.tables, target.path)
                put(form.load_binary()(tally, report, links))
                continue
            else:
                text = form.load(target.path.suffix.lower() if target.path else "")(tally)
            put(text.encode("utf-8", errors="replace"))
        for book in self.books:
            book.end(tally, report)
        if self._put_rejects:
            from timeliness.write.csv import write_rejects

            self._put_rejects(write_rejects(tally).encode("utf-8"))
        put_all_in_place(self.files)

    def _colours(self, target: Target) -> bool:
        return self.options.colour and target.path is None

    def discard(self) -> None:
        """Leave no file half written."""
        for book in self.books:
            book.discard()
        for file in self.files:
            file.discard()


def to_screen(data: bytes) -> None:
    """Write to standard output."""
    sys.stdout.flush()
    sys.stdout.buffer.write(data)
    sys.stdout.buffer.flush()
