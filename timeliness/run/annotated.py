"""What a run finds of one table, gathered row by row and written beside the table itself."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from timeliness.judge.milestones import ordinals
from timeliness.model.errors import InputError, Mistake, UsageError
from timeliness.model.plain import listed
from timeliness.model.report import Report, TableRead
from timeliness.model.timelines import Timeline
from timeliness.model.vocabulary import COMMON, STAGE_TRIGGERS
from timeliness.read.encodings import head_as_text
from timeliness.results.tally import Tally
from timeliness.run.batches import Batch
from timeliness.run.clock_values import CLOCKS, Clocks, Lines
from timeliness.run.frames import SUMMED_AS
from timeliness.run.inputs import Inputs
from timeliness.tables.complaints import Complaints
from timeliness.tables.files import PARQUET, WORKBOOKS, is_json
from timeliness.tables.gzipped import GZIP
from timeliness.tables.headers import ADDED_ROW
from timeliness.write.annotated import (
    Beside,
    SheetRead,
    write_beside_sheet,
    write_beside_text,
)
from timeliness.write.book import Cell

if TYPE_CHECKING:
    from timeliness.run.streams import Found

Asked = tuple[int, int]
"""A stage, and the number of its episode."""


def check_annotated(
    target: Path | None, inputs: Inputs, stdin: bytes | None, complaint: str
) -> None:
    """Refuse what there is no annotated table of. Raises `UsageError`."""
    if complaint:
        raise UsageError(f"{_NAME} has every row of the table; leave out --complaint")
    if len(inputs.tables) > 1:
        names = ", ".join(f'"{path}"' for path in inputs.tables)
        raise UsageError(f"{_NAME} takes one table, and these are several: {names}; run each alone")
    for path in inputs.files:
        if path not in inputs.tables and path.exists():
            raise UsageError(
                f'{_NAME} takes one table, and "{path}" is none; --output xlsx: takes timelines'
            )
    for path in inputs.tables:
        head = (stdin or b"") if str(path) == "-" else _head_of(path)
        if head.startswith(GZIP):
            raise UsageError(f'{_NAME} takes no packed table; unpack "{path}" first')
        if head.startswith(PARQUET) or is_json(head_as_text(head).lstrip().encode()):
            raise UsageError(
                f'{_NAME} takes CSV or a workbook, and "{path}" is neither; save it as one'
            )
        _check_name(target, path, is_book=head.startswith(WORKBOOKS))


_NAME = "--output annotated:"


def _check_name(target: Path | None, path: Path, *, is_book: bool) -> None:
    """Refuse the name of a kind of file that the table is not of."""
    if target is None:
        return
    ends = target.suffix.lower()
    if is_book and ends != ".xlsx":
        meant = target.with_suffix(".xlsx")
        says = f'"{path}" is a workbook, so the output is one too'
    elif not is_book and ends in (".xlsx", ".xlsm", ".xlsb", ".xls", ".ods"):
        meant, says = target.with_suffix(".csv"), f'"{path}" is text, so the output is text too'
    else:
        return
    raise UsageError(f"{says}; write {_NAME}{meant}")


def _head_of(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(1 << 12)
    except OSError:
        # Whoever reads it says what is wrong with it.
        return b""


class AnnotatedStream:
    """The table of a run with what was found beside it."""

    def __init__(
        self,
        put: Callable[[bytes], None],
        stdin: bytes | None,
        tables: Sequence[TableRead],
    ) -> None:
        self.put, self.stdin, self.tables = put, stdin, tables
        self.clocks = Clocks()
        self.complaints: Complaints | None = None

    def begin(self, carried: Sequence[str]) -> None:
        """Take nothing along: the table has its own columns."""

    def add(self, found: Iterable[Found]) -> None:
        """Take nothing of timelines: there are none beside the table."""

    def add_batch(self, batch: Batch) -> None:
        """Take the findings of some rows."""
        self._check_one()
        self.complaints = complaints = batch.complaints
        frame = batch.frame.filter(pl.col("rule").is_in(list(CLOCKS)))
        frame = frame.with_columns(SUMMED_AS.alias("verdict"))
        several = pl.Series(sorted(complaints.joined), dtype=pl.Int64)
        apart = frame["row"].is_in(several.implode())
        if complaints.rows_of_events:
            apart = pl.repeat(True, frame.height, dtype=pl.Boolean, eager=True)
        alone, others = frame.filter(~apart), frame.filter(apart)
        self.clocks.add(alone, alone["line"].to_numpy())
        if others.height:
            self.clocks.add(others, _lines_of(others, complaints))

    def end(self, tally: Tally, report: Report) -> None:
        """Write the table. Raises `InputError` where nothing can be added to it."""
        self._check_one()
        if not self.tables:
            raise InputError(tally.unread)
        (table,) = self.tables
        became = _became(table, tally, self.complaints)
        beside = Beside(
            (ADDED_ROW, *self.clocks.heads),
            lambda line: self._cells(line, became.get(line, "")),
            table.header_ends,
        )
        data = self._data_of(table, tally)
        if table.separator:
            write_beside_text(data, table.file, table.separator, beside, self.put)
            return
        sheet, others = _sheet_of(data, table)
        self.put(write_beside_sheet(sheet, table.file, beside, tally.last_day))
        if others:
            tally.notes.append(
                f'{table.file}: the table with its findings has the sheet "{sheet.name}" alone, '
                f"without {listed(others)}"
            )

    def _data_of(self, table: TableRead, tally: Tally) -> bytes:
        """Return what is in the file that was checked. Raises `InputError` if it has changed."""
        if table.file == "-":
            return self.stdin or b""
        try:
            data = Path(table.file).read_bytes()
        except OSError:
            data = b""
        checked = {one.sha256 for one in tally.inputs if one.path == table.file}
        if hashlib.sha256(data).hexdigest() not in checked:
            says = "the file was changed while it was checked; run it again"
            raise InputError([Mistake(table.file, 0, says)])
        return data

    def _cells(self, line: int, became: str) -> Sequence[Cell]:
        return (became, *self.clocks.cells(line)) if became else ()

    def _check_one(self) -> None:
        """Refuse several sheets. Raises `UsageError`."""
        if len(self.tables) > 1:
            names = [f'"{one.sheet}"' for one in self.tables]
            raise UsageError(
                f"{_NAME} takes one table, and {len(names)} sheets are read: "
                f"{listed(names)}; choose one with --sheet"
            )

    def discard(self) -> None:
        """Leave nothing behind: all of it is in memory."""


def _sheet_of(data: bytes, table: TableRead) -> tuple[SheetRead, list[str]]:
    """Return the sheet of a workbook that was read, and the names of its other sheets."""
    from timeliness.tables.books import open_book

    with open_book(data, table.file) as book:
        place = book.names.index(table.sheet)
        failed, _ = book.untold(place)
        texts = {(row, column): text for row, column, text in failed or ()}
        rows = book.rows(place)
        others = [name for name in book.names if name != table.sheet]
        return SheetRead(table.sheet, rows, texts, from_1904=bool(book.from_1904)), others


def _became(table: TableRead, tally: Tally, complaints: Complaints | None) -> dict[int, str]:
    """Return what became of each row, by its line."""
    found: dict[int, str] = {}
    if complaints is not None:
        found = dict.fromkeys(complaints.lines.tolist(), "Checked")
        many = range(complaints.size) if complaints.rows_of_events else complaints.joined
        for row in many:
            first, *others = (line for _, line in complaints.places_of(row))
            also = "Checked" if complaints.rows_of_events else f"Checked, with row {first}"
            found |= dict.fromkeys(others, also)
        for row in np.flatnonzero(complaints.to_come).tolist():
            for _, line in complaints.places_of(row):
                found[line] = _LATER
    found |= {one.line: _LATER for one in tally.later if one.path == table.path}
    for what, troubles in (("Checked in part", tally.partly), ("Rejected", tally.rejected)):
        by_line: dict[int, list[str]] = {}
        for one in troubles:
            if one.path == table.path:
                by_line.setdefault(one.line, []).append(_trouble(tally, one))
        found |= {line: f"{what}: {'; '.join(says)}" for line, says in by_line.items()}
    return found


_LATER = "Left out: received after the day of the check"


def _trouble(tally: Tally, one: Mistake) -> str:
    status = tally.status_of_row(one)
    column = f'column "{one.column}": ' if one.column else ""
    return f"{column}{one.sentence}{f' ({status})' if status else ''}"


# The row of a clock, where a complaint has several -------------------------------------------


def _lines_of(frame: pl.DataFrame, complaints: Complaints) -> Lines:
    """Return the line to which each finding belongs, of complaints that have several rows."""
    lines: Lines = np.zeros(frame.height, dtype=np.int64)
    rows = frame["row"].to_numpy()
    ends = [*(np.flatnonzero(np.diff(rows)) + 1).tolist(), frame.height]
    start = 0
    for end in ends:
        own = frame.slice(start, end - start).iter_rows(named=True)
        row = int(rows[start])
        known = {line for _, line in complaints.places_of(row)}
        lines[start:end] = _placed(complaints.timeline(row), list(own), known)
        start = end
    return lines


def _placed(
    timeline: Timeline, findings: Sequence[Mapping[str, object]], known: set[int]
) -> list[int]:
    """Return the line of each finding: that of the request with which its episode begins."""
    found: dict[Asked, int] = {}
    for one in findings:
        clock = CLOCKS[str(one["rule"])]
        asked = (clock.stage, int(str(one["episode"])))
        if clock.begins_with_request and one["start_earliest"] == one["start_latest"]:
            for event in timeline.named(STAGE_TRIGGERS[clock.stage]):
                span = event.when.span if event.when and event.line in known else None
                if span and span.exact and span.earliest == one["start_earliest"]:
                    found.setdefault(asked, event.line)
    places = []
    for one in findings:
        asked = (CLOCKS[str(one["rule"])].stage, int(str(one["episode"])))
        if asked not in found:
            found[asked] = _otherwise(timeline, *asked, known)
        places.append(found[asked])
    return places


def _otherwise(timeline: Timeline, stage: int, episode: int, known: Iterable[int]) -> int:
    """Return the line of a stage whose request is not dated exactly, or is on no row."""
    requests = sorted(
        (ordinals(one.when), one.line)
        for one in timeline.named(STAGE_TRIGGERS[stage])
        if one.when and one.line in known
    )
    if len(requests) >= episode:
        return requests[episode - 1][1]
    own = [
        event.line
        for event in timeline.events
        if event.when
        and event.line in known
        and (kind := COMMON.find(event.name))
        and kind.stage == stage
    ]
    return min(own, default=timeline.line)
