"""The rows of a CSV one by one, where quoted newlines or rows of another width need it.

Some programs leave out blanks at the end of a row. Such a row is read as it is meant, unless it may
be one that was cut short: by the end of the file, by a quote that is not closed, or by a text with
an unquoted newline in it, of which the rest is then the next row.
"""

from __future__ import annotations

import contextlib
import csv
import io
from collections.abc import Iterator, Sequence

import numpy as np
import polars as pl
from msgspec import Struct
from numpy.typing import NDArray

from timeliness.tables.contents import is_date
from timeliness.tables.footers import is_foot
from timeliness.tables.grid import Ragged, TooUnevenError, check_ragged, content_of, frame_of
from timeliness.tables.headers import (
    AS_AT,
    CARRY,
    COMPLAINT_FIELDS,
    EVENT,
    REFERENCE,
    STAGE,
    Recognise,
)
from timeliness.tables.status_names import OUTCOME, STATUS

csv.field_size_limit(1 << 30)

_MOST_FOOT = 100
"""How many totals and remarks there may be below the last row."""

_MOST_BLANKS = 4_000_000
"""How many cells may be left out at the ends of rows, whatever the others are."""

_SAMPLE = 1 << 16
_LONGEST = 40
_NO_DATES = {*COMPLAINT_FIELDS, CARRY, EVENT, STAGE, STATUS, OUTCOME} - {AS_AT}


class Likeness(Struct, frozen=True):
    """What the rows of a table look like, by which the rest of a text is known not to be one.

    `reference` is the place of its column, `dates` the places of those of dates; `digits` and
    `spaces` say that most references have some.
    """

    reference: int
    dates: frozenset[int]
    digits: bool
    spaces: bool

    @classmethod
    def of(
        cls, names: Sequence[str], recognise: Recognise, rows: Sequence[Sequence[str]]
    ) -> Likeness:
        """Return what most of the rows are like, or most of those as wide as the header."""
        fields = [recognise(name) if name else None for name in names]
        reference = fields.index(REFERENCE) if REFERENCE in fields else 0
        dates = {
            place
            for place, field in enumerate(fields)
            if field and field not in _NO_DATES and not field.endswith(".handler")
        }
        whole = [row for row in rows if len(row) == len(names)] or rows
        texts = [row[reference].strip() for row in whole if reference < len(row)]
        return cls(
            reference,
            frozenset(dates),
            sum(map(_has_digit, texts)) * 2 > len(texts),
            sum(" " in text for text in texts) * 2 > len(texts),
        )

    def has(self, row: Sequence[str]) -> bool:
        """Whether a row that lacks its end may be one of these."""
        text = row[self.reference].strip() if self.reference < len(row) else ""
        if not 0 < len(text) <= _LONGEST or (" " in text and not self.spaces):
            return False
        if self.digits and not _has_digit(text):
            return False
        given = [row[place] for place in self.dates if place < len(row) and row[place].strip()]
        return not given or any(map(is_date, given))

    def may_go_on(self, row: Sequence[str]) -> bool:
        """Whether the last cell of a row may be a text that goes on in the next."""
        last = len(row) - 1
        return bool(row[last].strip()) and last != self.reference and last not in self.dates


class _Record(Struct, frozen=True):
    """One row as it comes: where it begins, and what is wrong with it.

    `cut` says that its last cell may not be whole.
    """

    line: int
    cells: Sequence[str]
    says: str = ""
    cut: bool = False


def read_rows(
    rest: bytes, separator: str, names: Sequence[str], line: int, recognise: Recognise
) -> tuple[pl.DataFrame, NDArray[np.int64], list[Ragged], list[str]]:
    """Return the rows after a line: their cells and lines, those that do not fit, and notes.

    Raises `TooUnevenError` where very many do not fit, or most of the table was left out.
    """
    rows = _Rows(names, Likeness.of(names, recognise, _first_rows(rest, separator)))
    for record in _records(rest, separator, line):
        rows.add(record)
    return rows.end()


def _first_rows(rest: bytes, separator: str) -> list[list[str]]:
    sample = io.StringIO(rest[:_SAMPLE].decode("utf-8", errors="replace"), newline="")
    rows: list[list[str]] = []
    # What cannot be read is named where the row itself is.
    with contextlib.suppress(csv.Error):
        rows.extend(csv.reader(sample, delimiter=separator))
    return rows


class _Rows:
    """Takes the rows of a table, and settles of each whether it fits once it knows the next."""

    def __init__(self, names: Sequence[str], likeness: Likeness) -> None:
        self.width, self.likeness = len(names), likeness
        self.rows: list[list[str | None]] = []
        self.lines: list[int] = []
        self.ragged: list[Ragged] = []
        self.foot: list[_Record] = []
        self.short: list[int] = []
        self.waiting: _Record | None = None
        self.given = self.blanks = 0

    def add(self, record: _Record) -> None:
        """Take the next row."""
        cells = record.cells
        if record.says:
            self.settle(likely=False)
            self.ragged.append((record.line, record.says, ""))
        elif not any(cell.strip() for cell in cells):
            return
        elif any(cell.strip() for cell in cells[self.width :]):
            self.settle(likely=False)
            self.refuse(record)
        elif len(cells) >= self.width:
            self.settle(likely=self.likeness.has(cells))
            self.keep(record)
        elif len(cells) == 1 and len(self.foot) < _MOST_FOOT and is_foot(cells[0]):
            self.settle(likely=False)
            self.foot.append(record)
        else:
            likely = len(cells) > 1 and self.likeness.has(cells)
            self.settle(likely=likely)
            if likely and not record.cut:
                self.waiting = record
            else:
                self.refuse(record)

    def settle(self, *, likely: bool) -> None:
        """Keep or refuse the short row that waits; `likely` says that the next one is a row."""
        record, self.waiting = self.waiting, None
        if record is None:
            return
        if not likely and self.likeness.may_go_on(record.cells):
            self.refuse(record)
        else:
            self.short.append(record.line)
            self.keep(record)

    def keep(self, record: _Record) -> None:
        """Take a row, and what was like a foot as none: it stands between rows."""
        for one in self.foot:
            self.refuse(one)
        self.foot.clear()
        missing = self.width - len(record.cells)
        self.given += len(record.cells)
        self.blanks += max(missing, 0)
        if self.blanks > max(_MOST_BLANKS, 2 * self.given):
            raise TooUnevenError(
                f"most rows have few of the {self.width:,} cells that the header names; delete the "
                "columns that are blank"
            )
        self.rows.append([*record.cells[: self.width], *[None] * missing])
        self.lines.append(record.line)

    def refuse(self, record: _Record) -> None:
        """Note a row that does not fit."""
        says = (
            f"the row has {len(record.cells)} cells and the header {self.width}; a text that "
            "contains the separator needs quotes, or the file was cut off"
        )
        self.ragged.append((record.line, says, content_of(record.cells)))
        check_ragged(self.ragged)

    def end(self) -> tuple[pl.DataFrame, NDArray[np.int64], list[Ragged], list[str]]:
        """Return all that was taken."""
        self.settle(likely=True)
        # A total or a remark below the last row is written without separators by some.
        rows = [*self.rows, *([one.cells[0], *[None] * (self.width - 1)] for one in self.foot)]
        lines = [*self.lines, *(one.line for one in self.foot)]
        frame = frame_of(list(zip(*rows, strict=True)) or [()] * self.width)
        return frame, np.array(lines, dtype=np.int64), self.ragged, self._notes()

    def _notes(self) -> list[str]:
        if not self.short:
            return []
        if len(self.short) == 1:
            return [
                f"the row on line {self.short[0]} has fewer cells than the header; those that are "
                "missing at its end were read as blank"
            ]
        return [
            f"{len(self.short):,} rows have fewer cells than the header, first on line "
            f"{self.short[0]}; those that are missing at their ends were read as blank"
        ]


def _records(rest: bytes, separator: str, line: int) -> Iterator[_Record]:
    """Return each row of a text that begins after a line."""
    text = io.StringIO(rest.decode("utf-8"), newline="")
    lines = Taken(text)
    reader = csv.reader(lines, delimiter=separator)
    begins = line + 1
    while True:
        lines.own.clear()
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield _Record(line + reader.line_num, (), f"the row cannot be read: {error}")
        else:
            yield _Record(begins, row, cut=_is_cut(row, lines.own, separator))
        begins = line + reader.line_num + 1


def _is_cut(cells: Sequence[str], lines: Sequence[str], separator: str) -> bool:
    """Whether a row may be cut short, or hold what should be rows of their own."""
    if not lines[-1].endswith(("\n", "\r")) or sum(one.count('"') for one in lines) % 2:
        return True
    return len(lines) > 1 and any(
        separator in below for cell in cells for below in cell.splitlines()[1:]
    )


def _has_digit(text: str) -> bool:
    return any(letter.isdigit() for letter in text)


class Taken:
    """Lines, and those of them that were taken of late."""

    def __init__(self, lines: Iterator[str]) -> None:
        self._lines = iter(lines)
        self.own: list[str] = []

    def __iter__(self) -> Taken:
        return self

    def __next__(self) -> str:
        line = next(self._lines)
        self.own.append(line)
        return line
