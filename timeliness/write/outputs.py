"""Where the findings of a run go: to files and the screen, each in its format."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from timeliness.errors import UsageError
from timeliness.findings import Report
from timeliness.flat import Flat, flats_of
from timeliness.gate import BASELINE_FIELDS
from timeliness.tables.frames import write_frame
from timeliness.tables.run import Batch, Wanted
from timeliness.tally import Tally
from timeliness.write import FORMATS, Options
from timeliness.write.csv import header, write_rows
from timeliness.write.files import WholeFile, put_all_in_place
from timeliness.write.flat import COLLECTED, STREAMED
from timeliness.write.jsonl import write_line
from timeliness.write.rejects import write_rejects
from timeliness.write.safe_csv import safe_cell
from timeliness.write.summary import write_summary

MOST_COLLECTED = 5_000
"""As many findings as the formats for CI hold; beyond it csv and jsonl hold them all."""
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
        if self.name == "baseline":
            self.add_flats([flat for flat in batch.flats() if flat.verdict == "breach"])
            return
        self.begin(batch.carried)
        write_frame(batch.frame, batch.complaints, self.carried, self.put)

    def add_flats(self, flats: Sequence[Flat]) -> None:
        """Write findings of timelines."""
        self.begin(())
        if self.name == "baseline":
            rows = [",".join(_quoted(part) for part in (*flat.key, flat.verdict)) for flat in flats]
            self.put("".join(f"{row}\n" for row in rows).encode("utf-8"))
        elif self.name == "csv":
            self.put(write_rows(flats, self.carried, head=False).encode("utf-8"))

    def begin(self, carried: Sequence[str]) -> None:
        """Write the header, once: the columns that the first table carries are those of all."""
        if self.begun or self.name == "jsonl":
            return
        self.begun = True
        self.carried = tuple(carried)
        names = BASELINE_FIELDS if self.name == "baseline" else header(carried)
        self.put((",".join(_quoted(name) for name in names) + "\n").encode("utf-8"))


def _quoted(text: str) -> str:
    safe = safe_cell(text)
    needs = any(mark in safe for mark in ',"\n\r')
    return '"' + safe.replace('"', '""') + '"' if needs else safe


@dataclass
class Outputs:
    """The outputs of one run: give it batches, then let it finish, or discard everything."""

    targets: Sequence[tuple[str, Path | None]]
    options: Options
    baseline: Path | None = None
    rejects: Path | None = None
    streams: list[Stream] = field(default_factory=list)
    files: dict[int, WholeFile] = field(default_factory=dict)
    failing: list[Flat] = field(default_factory=list)
    others: list[Flat] = field(default_factory=list)
    left_out: int = 0

    def open(self) -> None:
        """Open every file, so that one that cannot be written is told before the work is done."""
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

    @property
    def wanted(self) -> Wanted:
        """Return what a run has to make for these outputs."""
        names = [name for name, _ in self.targets]
        return Wanted(
            frames=bool(self.streams) or any(name in COLLECTED for name in names),
            everything=self.options.show == "all",
            objects="jsonl" in names,
        )

    @property
    def whole(self) -> list[str]:
        """Return the formats that need whole complaints."""
        names = [name for name, _ in self.targets]
        return [name for name in names if name not in (*STREAMED, *COLLECTED, "text")]

    @property
    def collects(self) -> bool:
        """Whether findings are collected for the end of the run."""
        return any(name in COLLECTED for name, _ in self.targets)

    def give(self, batch: Batch, tally: Tally) -> None:
        """Take the findings of some rows."""
        for stream in self.streams:
            stream.add(batch)
        if self.collects:
            if len(self.failing) >= MOST_COLLECTED:
                self.left_out += batch.frame.height
                return
            for flat in batch.flats():
                self._collect(flat, tally)

    def give_report(self, report: Report, tally: Tally) -> None:
        """Take complaints that were checked as timelines."""
        flats = [
            flat
            for flat in flats_of(report)
            if self.options.show == "all" or flat.verdict in ("breach", "cannot-tell")
        ]
        for stream in self.streams:
            if stream.name == "baseline":
                stream.add_flats([flat for flat in flats if flat.verdict == "breach"])
            else:
                stream.add_flats(flats)
        if any(stream.name == "jsonl" for stream in self.streams):
            text = FORMATS["jsonl"](report, self.options).encode("utf-8")
            for stream in self.streams:
                if stream.name == "jsonl":
                    stream.put(text)
        for flat in flats:
            self._collect(flat, tally)

    def _collect(self, flat: Flat, tally: Tally) -> None:
        fails = tally.gate.fails(flat.counts_as, flat.status)
        kept = self.failing if fails else self.others
        if len(kept) < MOST_COLLECTED:
            kept.append(flat)
        else:
            self.left_out += 1

    def finish(self, tally: Tally, report: Report | None) -> None:
        """Write what is written at the end, and put every file in its place."""
        for stream in self.streams:
            stream.begin(())
        collected = [*self.failing, *self.others][:MOST_COLLECTED]
        self.left_out += len(self.failing) + len(self.others) - len(collected)
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
        if not self.collects:
            self.left_out = 0

    def discard(self) -> None:
        """Leave no file half written."""
        for file in self.files.values():
            file.discard()


def _to_screen(data: bytes) -> None:
    try:
        sys.stdout.flush()
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        # What is left in the buffer would fail again as the program ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise UsageError(f"standard output cannot be written: {error.strerror}") from None
