"""CSV as it comes: comma, semicolon or tab; UTF-8, UTF-16 or Windows-1252; quoted newlines."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

import numpy as np
import polars as pl
from numpy.typing import NDArray

from timeliness.errors import InputError, Mistake
from timeliness.tables.grid import (
    HEADER_WITHIN,
    Grid,
    frame_of,
    names_for,
    without_blank_rows,
)
from timeliness.tables.headers import Recognise, find_header

SEPARATORS = ",;\t|"
_HEAD = 1 << 17


def read_csv(data: bytes, path: str, recognise: Recognise) -> Grid:
    """Read the table in the bytes of a CSV file. Raises `InputError`."""
    data, notes = _as_utf8(data, path)
    data, declared = _declared_separator(data)
    head = data[:_HEAD].decode("utf-8", errors="replace")
    separator = declared or _separator(head)
    first_rows, ends = _first_rows(head, separator, whole=len(data) <= _HEAD)
    header = find_header(first_rows, recognise)
    if header is None:
        raise InputError([Mistake(path, 0, "the file is empty; there is no header row in it")])
    if header.above:
        notes.append(f"{_rows(header.above)} above the header left out")
    offset, line = ends[header.last_row]
    rest = data[offset:]
    width = len(header.names)
    names = names_for(width)
    ragged: list[tuple[int, str]] = []
    lines_known = True
    try:
        frame = pl.read_csv(
            io.BytesIO(rest),
            has_header=False,
            separator=separator,
            schema=dict.fromkeys(names, pl.String),
            raise_if_empty=False,
        )
        lines_known = _is_even(rest, separator, frame)
    except pl.exceptions.PolarsError:
        lines_known = False
    if lines_known:
        lines = np.arange(line + 1, line + 1 + frame.height, dtype=np.int64)
    else:
        frame, lines, ragged = _read_slowly(rest, separator, width, line)
    frame, lines = without_blank_rows(frame, lines)
    return Grid(path, header.names, frame, lines, "line", ragged=tuple(ragged), notes=tuple(notes))


def _as_utf8(data: bytes, path: str) -> tuple[bytes, list[str]]:
    """Return the text as UTF-8 without a byte order mark, and which encoding it was in."""
    if data.startswith(b"\xef\xbb\xbf"):
        data = data[3:]
    elif data.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in data[:200]:
        encoding = "utf-16"
        if not data.startswith((b"\xff\xfe", b"\xfe\xff")):
            encoding = "utf-16-le" if data[1:2] == b"\0" else "utf-16-be"
        try:
            return data.decode(encoding).encode("utf-8"), ["read as UTF-16"]
        except UnicodeError:
            raise InputError(
                [Mistake(path, 0, "this is not a text file; save the table as CSV UTF-8")]
            ) from None
    if data.isascii():
        return data, []
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        try:
            text = data.decode("cp1252")
        except UnicodeDecodeError as error:
            line = data[: error.start].count(b"\n") + 1
            says = "the text is neither UTF-8 nor Windows-1252; save the table as CSV UTF-8"
            raise InputError([Mistake(path, line, says)]) from None
        return text.encode("utf-8"), ["read as Windows-1252, since it is not UTF-8"]
    return data, []


def _declared_separator(data: bytes) -> tuple[bytes, str]:
    """Return the separator that Excel writes in a first line such as "sep=;"."""
    end = data.find(b"\n", 0, 16)
    plain = data[: max(end, 0)].strip().strip(b'"')
    if plain[:4].lower() == b"sep=" and len(plain) <= 5:
        # The line is kept, empty, so that the numbers of the others stay right.
        return data[end:], plain[4:5].decode("ascii", "replace") or ","
    return data, ""


def _separator(head: str) -> str:
    """Return the separator that most of the first lines hold equally often."""
    lines = [line for line in head.splitlines()[:HEADER_WITHIN] if line.strip()]
    return max(SEPARATORS, key=lambda mark: (_columns(lines, mark), -SEPARATORS.index(mark)))


def _columns(lines: Sequence[str], mark: str) -> int:
    rows = list(csv.reader(lines, delimiter=mark))
    widths = [len(row) for row in rows]
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


def _read_slowly(
    rest: bytes, separator: str, width: int, line: int
) -> tuple[pl.DataFrame, NDArray[np.int64], list[tuple[int, str]]]:
    """Read row by row, where quoted newlines or rows of another width need it."""
    reader = csv.reader(io.StringIO(rest.decode("utf-8"), newline=""), delimiter=separator)
    rows: list[list[str | None]] = []
    lines: list[int] = []
    ragged: list[tuple[int, str]] = []
    begins = line + 1
    while True:
        try:
            row = next(reader)
        except StopIteration:
            break
        except csv.Error as error:
            ragged.append((line + reader.line_num, f"the row cannot be read: {error}"))
            begins = line + reader.line_num + 1
            continue
        surplus = [cell for cell in row[width:] if cell.strip()]
        if not any(cell.strip() for cell in row):
            pass
        elif surplus or len(row) < width:
            ragged.append((begins, _says_uneven(len(row), width)))
        else:
            rows.append([*row[:width]])
            lines.append(begins)
        begins = line + reader.line_num + 1
    columns = list(zip(*rows, strict=True)) or [()] * width
    return frame_of(columns), np.array(lines, dtype=np.int64), ragged


def _is_even(rest: bytes, separator: str, frame: pl.DataFrame) -> bool:
    """Whether every row stands on one line and has a cell for every column."""
    if rest.count(b"\n") + (not rest.endswith(b"\n") and bool(rest)) != frame.height:
        return False
    if not frame.to_series(-1).null_count():
        return True
    wanted = frame.height * (frame.width - 1)
    if b'"' not in rest:
        return rest.count(separator.encode()) == wanted
    last = rest[rest.rfind(b"\n", 0, len(rest) - 2) + 1 :].rstrip(b"\r\n")
    return b'"' in last or last.count(separator.encode()) == frame.width - 1


def _says_uneven(cells: int, width: int) -> str:
    return (
        f"the row has {cells} cells and the header {width}; a text that holds the separator "
        "needs quotes, or the file was cut off"
    )


def _rows(count: int) -> str:
    return f"{count} row{'' if count == 1 else 's'}"
