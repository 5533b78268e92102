"""CSV as it comes: what separates its cells, where its header ends, rows that were cut short."""

from __future__ import annotations

import csv
from collections.abc import Sequence

import numpy as np
import polars as pl
from msgspec import Struct

from timeliness.model.errors import InputError, Mistake
from timeliness.tables.csv_rows import read_rows
from timeliness.tables.grid import (
    HEADER_WITHIN,
    Grid,
    Ragged,
    names_for,
    without_blank_rows,
)
from timeliness.tables.headers import Header, Recognise, find_header


def read_csv(data: bytes, path: str, recognise: Recognise) -> Grid:
    """Read the table in a text, which is UTF-8. Raises `InputError`."""
    if not data or data.isspace():
        raise InputError([Mistake(path, 0, "the file is empty")])
    data = _with_newlines(data)
    try:
        top = top_of(data, recognise)
    except csv.Error as error:
        says = f"the first rows cannot be read: {error}; save the table as CSV UTF-8"
        raise InputError([Mistake(path, 0, says)]) from None
    if top is None:
        says = (
            f"none of the first {HEADER_WITHIN} rows is a header, with a name for each column; "
            "put one above the rows"
        )
        raise InputError([Mistake(path, 0, says)])
    header, separator, line = top.header, top.separator, top.line
    notes = [f"{_rows(header.above)} above the header left out"] if header.above else []
    width = len(header.names)
    names = names_for(width)
    ragged: list[Ragged] = []
    lines_known = True
    try:
        # Each cell takes a byte or more. Where there are fewer, rows are cut short, and blanks in
        # their place could take all memory there is.
        if data.count(b"\n", top.offset) * width > len(data) - top.offset:
            raise pl.exceptions.ShapeError
        frame = pl.read_csv(
            data,
            has_header=False,
            skip_lines=line,
            separator=separator,
            schema=dict.fromkeys(names, pl.String),
            raise_if_empty=False,
        )
        lines_known = _is_even(data, top.offset, separator, frame)
    except pl.exceptions.PolarsError:
        lines_known = False
    if lines_known:
        lines = np.arange(line + 1, line + 1 + frame.height, dtype=np.int64)
    else:
        frame, lines, ragged, short = read_rows(
            data[top.offset :], separator, header.names, line, recognise
        )
        notes += short
    frame, lines = without_blank_rows(frame, lines)
    return Grid(
        path,
        header.names,
        frame,
        lines,
        "line",
        ragged=tuple(ragged),
        notes=tuple(notes),
        header_ends=line,
        separator=separator,
    )


def _with_newlines(data: bytes) -> bytes:
    """Return a text whose lines end in newlines: on an old Mac they end in a return alone."""
    first = data.find(b"\r")
    if first < 0 or data[first : first + 2] == b"\r\n" or 0 <= data.find(b"\n") < first:
        return data
    return data.replace(b"\r\n", b"\n").replace(b"\r", b"\n")


def _is_even(data: bytes, begins: int, separator: str, frame: pl.DataFrame) -> bool:
    """Whether every row is on one line and has a cell for every column."""
    size = len(data) - begins
    newlines = data.count(b"\n", begins)
    if newlines + (not data.endswith(b"\n") and size > 0) != frame.height:
        return False
    if not frame.to_series(-1).null_count():
        return True
    wanted = frame.height * (frame.width - 1)
    separators = data.count(separator.encode(), begins)
    quotes = data.count(b'"', begins)
    if not quotes:
        return separators == wanted
    # No row has too many. What is neither cell nor quote nor the end of a line separates cells;
    # quotes within cells make this too few, and then those within the cells are counted.
    cells: int = sum(frame.select(pl.all().str.len_bytes().sum()).row(0))
    if size - cells - newlines - data.count(b"\r", begins) - quotes == wanted:
        return True
    inside = frame.select(pl.all().str.count_matches(separator, literal=True).sum())
    within: int = sum(inside.row(0))
    return separators - within == wanted


def _rows(count: int) -> str:
    return f"{count} row{'' if count == 1 else 's'}"


SEPARATORS = ",;\t|"
_HEAD = 1 << 17


class Top(Struct, frozen=True):
    """What the first rows of a file say of it; the rows begin at `offset`, after `line`."""

    separator: str
    header: Header
    offset: int
    line: int


def top_of(data: bytes, recognise: Recognise) -> Top | None:
    """Return the top of a text, or None where nothing in it is a header. Raises `csv.Error`.

    The separator is the one under which most names of columns are known, then the one that most
    of the first lines hold equally often.
    """
    begins, declared = _declared_separator(data)
    head = data[begins : begins + _HEAD].decode("utf-8", errors="replace")
    lines = [line for line in head.splitlines()[:HEADER_WITHIN] if line.strip()]
    marks = declared or "".join(mark for mark in SEPARATORS if mark in head) or ","
    best: tuple[tuple[int, int], Top] | None = None
    for mark in marks:
        rows, ends = _first_rows(head, mark, whole=len(data) - begins <= _HEAD)
        header = find_header(rows, recognise)
        if header is None:
            continue
        rank = (header.known, _columns(lines, mark) if len(marks) > 1 else 0)
        if best is None or rank > best[0]:
            offset, line = ends[header.last_row]
            best = (rank, Top(mark, header, begins + offset, line))
    return best[1] if best else None


def _declared_separator(data: bytes) -> tuple[int, str]:
    """Return where the text goes on, and what Excel declares in a first line such as "sep=;"."""
    end = data.find(b"\n", 0, 16)
    plain = data[: max(end, 0)].rstrip(b"\r").strip(b'"')
    if plain[:4].lower() == b"sep=" and len(plain) <= 5:
        # The end of the line is kept, so that the numbers of the others stay right.
        return end, plain[4:5].decode("ascii", "replace") or ","
    return 0, ""


def _columns(lines: Sequence[str], mark: str) -> int:
    widths = [len(row) for row in csv.reader(lines, delimiter=mark)]
    return sum(width - 1 for width in widths if width == max(widths))


def _first_rows(
    head: str, separator: str, *, whole: bool
) -> tuple[list[list[str]], list[tuple[int, int]]]:
    """Return the first rows, and for each the offset and number of the line where it ends."""
    rows: list[list[str]] = []
    ends: list[tuple[int, int]] = []
    counted = _Counted(_split(head))
    for row in csv.reader(counted, delimiter=separator):
        rows.append(row)
        ends.append((counted.taken, counted.count))
        if len(rows) == HEADER_WITHIN or (not whole and counted.taken > _HEAD - 4096):
            break
    return rows, ends


def _split(text: str) -> list[str]:
    """Split at newlines alone, as csv and polars do, keeping them."""
    return [line + "\n" for line in text.split("\n")]


class _Counted:
    """Lines, and how many of them and of their bytes were taken."""

    def __init__(self, lines: Sequence[str]) -> None:
        self._lines = iter(lines)
        self.taken = 0
        self.count = 0

    def __iter__(self) -> _Counted:
        return self

    def __next__(self) -> str:
        line = next(self._lines)
        self.taken += len(line.encode("utf-8"))
        self.count += 1
        return line
