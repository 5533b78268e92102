"""The top of a CSV file: what separates its cells, and where its header ends."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass

from timeliness.tables.grid import HEADER_WITHIN
from timeliness.tables.headers import Header, Recognise, find_header

SEPARATORS = ",;\t|"
_HEAD = 1 << 17


@dataclass(frozen=True)
class Top:
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
