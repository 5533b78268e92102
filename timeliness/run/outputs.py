"""Where the findings of a run go: to files and the screen, each in its format."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from timeliness.model.findings import BREACH, CANNOT_TELL, Case, Finding, Report
from timeliness.model.safe_csv import written_cell
from timeliness.results.flat import Flat
from timeliness.results.gate import BASELINE_FIELDS, Gate
from timeliness.results.tally import Tally
from timeliness.run.collected import Collected
from timeliness.run.frames import write_frame, write_known
from timeliness.run.rows import Batch, Wanted
from timeliness.write import FORMATS, Options
from timeliness.write.csv import header, write_rows
from timeliness.write.files import WholeFile, put_all_in_place
from timeliness.write.flat import COLLECTED, STREAMED
from timeliness.write.jsonl import write_line
from timeliness.write.rejects import write_rejects
from timeliness.write.summary import write_summary

MOST_OBJECTS = 20_000
"""As many complaints as the formats hold that are made of whole complaints."""

_BASELINE, _REJECTS = -1, -2
"""The places of the files that are no target of a format."""

Put = Callable[[bytes], None]


@dataclass
class Stream:
    """An output written as the run goes on."""

    name: str
    put: Put
    begun: bool = False
    carried: tuple[str, ...] = ()

    def add(self, batch: Batch) -> None:
        """Write the findings of some rows."""
        if self.name == "jsonl":
            for timeline, finding, flat in batch.findings():
                line = write_line(timeline, finding, flat.status, flat.carried)
                self.put(line.encode("utf-8"))
            return
        self.begin(batch.carried)
        if self.name == "baseline":
            write_known(batch.frame, self.put)
            return
        write_frame(batch.frame, batch.complaints, self.carried, self.put)

    def add_settled(self, settled: Sequence[tuple[Case, Finding, Flat]]) -> None:
        """Write findings of timelines."""
        if self.name == "jsonl":
            for case, finding, flat in settled:
                line = write_line(case.timeline, finding, flat.status, case.carried)
                self.put(line.encode("utf-8", errors="replace"))
            return
        self._add_flats(flat for _, _, flat in settled)

    def _add_flats(self, flats: Iterable[Flat]) -> None:
        self.begin(())
        if self.name == "baseline":
            rows = [
                ",".join(written_cell(part) for part in (*flat.key, flat.verdict))
                for flat in flats
                if flat.counts_as == BREACH
            ]
            self.put("".join(f"{row}\n" for row in rows).encode("utf-8", errors="replace"))
        else:
            self.put(write_rows(flats, self.carried, head=False).encode("utf-8", errors="replace"))

    def begin(self, carried: Sequence[str]) -> None:
        """Write the header, once, with the columns that the tables carry."""
        if self.begun or self.name == "jsonl":
            return
        self.begun = True
        self.carried = tuple(carried)
        names = BASELINE_FIELDS if self.name == "baseline" else header(carried)
        self.put((",".join(written_cell(name) for name in names) + "\n").encode("utf-8"))


@dataclass
class Outputs:
    """The outputs of one run: give it batches, then let it finish, or discard everything."""

    targets: Sequence[tuple[str, Path | None]]
    options: Options
    baseline: Path | None = None
    rejects: Path | None = None
    streams: list[Stream] = field(default_factory=list)
    files: dict[int, WholeFile] = field(default_factory=dict)
    collected: Collected | None = None

    def open(self, gate: Gate) -> None:
        """Open every file, so that one that cannot be written is told before the work is done."""
        if any(name in COLLECTED for name, _ in self.targets):
            self.collected = Collected(gate)
        for place, (name, path) in enumerate(self.targets):
            put: Put = _to_screen
            if path is not None:
                self.files[place] = WholeFile(path)
                put = self.files[place].write
            if name in STREAMED:
                self.streams.append(Stream(name, put))
        if self.baseline:
            self.files[_BASELINE] = WholeFile(self.baseline)
            self.streams.append(Stream("baseline", self.files[_BASELINE].write))
        if self.rejects:
            self.files[_REJECTS] = WholeFile(self.rejects)

    def carry(self, names: Sequence[str]) -> None:
        """Take along these columns, whichever of the tables has them."""
        for stream in self.streams:
            stream.begin(names)

    @property
    def has_columns(self) -> bool:
        """Whether an output has a column for each that is carried."""
        return any(stream.name == "csv" for stream in self.streams)

    @property
    def wanted(self) -> Wanted:
        """Return what a run has to make for these outputs."""
        names = [name for name, _ in self.targets]
        return Wanted(
            frames=bool(self.streams) or self.collected is not None,
            everything=self.options.show == "all",
            objects="jsonl" in names,
        )

    @property
    def whole(self) -> list[str]:
        """Return the formats that need whole complaints."""
        names = [name for name, _ in self.targets]
        return [name for name in names if name not in (*STREAMED, *COLLECTED, "text")]

    def give(self, batch: Batch) -> None:
        """Take the findings of some rows."""
        for stream in self.streams:
            stream.add(batch)
        if self.collected:
            self.collected.add_batch(batch)

    def give_report(self, settled: Sequence[tuple[Case, Finding, Flat]]) -> None:
        """Take the findings of complaints that were checked as timelines."""
        shown = [
            one
            for one in settled
            if self.options.show == "all" or one[2].verdict in (BREACH, CANNOT_TELL)
        ]
        for stream in self.streams:
            stream.add_settled(shown)
        if self.collected:
            self.collected.add(flat for _, _, flat in shown)

    def finish(self, tally: Tally, report: Report | None) -> None:
        """Write what is written at the end, and put every file in its place."""
        for stream in self.streams:
            stream.begin(())
        collected = self.collected.flats if self.collected else []
        tally.left_out = self.collected.given - len(collected) if self.collected else 0
        for place, (name, _) in enumerate(self.targets):
            if name in STREAMED:
                continue
            if name == "text":
                text = write_summary(tally)
            elif name in COLLECTED:
                text = COLLECTED[name](collected, tally)
            else:
                assert report
                text = FORMATS[name](report, self.options)
            put = self.files[place].write if place in self.files else _to_screen
            put(text.encode("utf-8"))
        if self.rejects:
            self.files[_REJECTS].write(write_rejects(tally).encode("utf-8"))
        put_all_in_place(self.files.values())

    def discard(self) -> None:
        """Leave no file half written."""
        for file in self.files.values():
            file.discard()


def _to_screen(data: bytes) -> None:
    sys.stdout.flush()
    sys.stdout.buffer.write(data)
    sys.stdout.buffer.flush()
