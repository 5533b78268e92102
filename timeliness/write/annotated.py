"""Somebody's own table as it is, with what was found of each row beside it.

A text keeps its bytes, its line ends and its encoding: cells are only added at the ends of rows. A
workbook is written anew, from the values of its cells.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from msgspec import Struct

from timeliness.model.errors import InputError, Mistake
from timeliness.model.patterns import regex
from timeliness.read.encodings import codec_of
from timeliness.tables.csv_rows import Taken
from timeliness.write.book import MOST_COLUMNS, Book, Cell, room_on_disk

_AT_ONCE = 1 << 12


class Beside(Struct, frozen=True):
    """What stands beside a table: the headings, and the cells of a row by its line.

    A row that is none of the table, such as a title or a total, has none. `ends` is the line of the
    last row of the header.
    """

    heads: Sequence[str]
    cells: Callable[[int], Sequence[Cell]]
    ends: int


# A text --------------------------------------------------------------------------------------


class _Record(Struct, frozen=True):
    """A row as it is in a text: the lines where it begins and ends, its cells and its letters."""

    begins: int
    ends: int
    width: int
    text: str


def write_beside_text(
    data: bytes, path: str, separator: str, beside: Beside, put: Callable[[bytes], object]
) -> None:
    """Write a text with cells added to its rows. Raises `InputError` where they cannot be added."""
    mark, codec = codec_of(data, path)
    text = data[len(mark) :].decode(codec)
    width = _width_of(text, separator, path, beside.ends)
    put(mark)
    chunk: list[str] = []
    quoted = False
    for one in _records(text, separator, path):
        if one.ends == beside.ends:
            quoted = one.text.count('"') >= 2 * one.width
        chunk.append(_with_cells(one, separator, beside, width, quoted=quoted))
        if len(chunk) >= _AT_ONCE:
            put("".join(chunk).encode(codec, errors="replace"))
            chunk.clear()
    put("".join(chunk).encode(codec, errors="replace"))


def _records(text: str, separator: str, path: str) -> Iterator[_Record]:
    """Yield the rows of a text. Raises `InputError` where it is not clear where one ends."""
    if "\r" in text.replace("\r\n", "") and "\n" in text:
        says = (
            "a line ends in a carriage return alone, so nothing can be added to the rows; open "
            "the table in Excel or LibreOffice and save it as CSV UTF-8"
        )
        raise InputError([Mistake(path, 0, says)])
    lines = Taken(io.StringIO(text, newline=""))
    reader = csv.reader(lines, delimiter=separator)
    begins = 1
    try:
        for cells in reader:
            yield _Record(begins, reader.line_num, len(cells), "".join(lines.own))
            begins = reader.line_num + 1
            lines.own.clear()
    except csv.Error as error:
        raise InputError([Mistake(path, begins, f"the row cannot be read: {error}")]) from None


def _width_of(text: str, separator: str, path: str, ends: int) -> int:
    """Return how many cells the widest row has, from the header on.

    Raises `InputError` where the last row is within a quote that is never closed.
    """
    width, last = 0, None
    for one in _records(text, separator, path):
        last = one
        if one.ends >= ends:
            width = max(width, one.width)
    if last:
        added = f"{_apart(last.text)[0]}{separator}x"
        (cells,) = csv.reader(io.StringIO(added, newline=""), delimiter=separator)
        if len(cells) == last.width and last.width:
            says = "a quote that begins here is never closed, so nothing can be added; close it"
            raise InputError([Mistake(path, last.begins, says)])
    return width


def _apart(text: str) -> tuple[str, str]:
    """Return a row, and what ends its line."""
    kept = text.removesuffix("\n").removesuffix("\r")
    return kept, text[len(kept) :]


def _with_cells(one: _Record, separator: str, beside: Beside, width: int, *, quoted: bool) -> str:
    """Return a row with the cells that belong to it, below those of the header."""
    cells = beside.heads if one.ends == beside.ends else beside.cells(one.begins)
    if one.ends < beside.ends or one.width < (1 if cells else 2):
        return one.text
    kept, end = _apart(one.text)
    # A total below the table keeps as many cells as a row of it has.
    added = _written(cells or [""] * len(beside.heads), separator, quoted=quoted and bool(cells))
    return kept + separator * (width - one.width + 1) + added + end


def _written(cells: Sequence[Cell], separator: str, *, quoted: bool) -> str:
    made = io.StringIO()
    plain = ["" if cell is None else str(cell) for cell in cells]
    if quoted:
        csv.writer(made, delimiter=separator, lineterminator="", quoting=csv.QUOTE_ALL).writerow(
            plain
        )
    else:
        csv.writer(made, delimiter=separator, lineterminator="").writerow(plain)
    return made.getvalue()


# A workbook ----------------------------------------------------------------------------------


class SheetRead(Struct, frozen=True):
    """The sheet of a workbook: its name, its rows from the first on, and its failed formulas.

    `failed` holds the texts of the formulas that failed, by row and column from 0. `from_1904` says
    that numbers of days count from 1904.
    """

    name: str
    rows: Sequence[Sequence[object]]
    failed: Mapping[tuple[int, int], str]
    from_1904: bool


def write_beside_sheet(sheet: SheetRead, path: str, beside: Beside, day: date) -> bytes:
    """Return a workbook with the same values in the same cells, and the others beside them.

    Raises `InputError` where Excel has no room for them.
    """
    width = max(map(len, sheet.rows), default=0)
    if width + len(beside.heads) > MOST_COLUMNS:
        says = (
            f"the sheet has {width:,} columns, so there is no room beside them; delete what is far "
            "to the right of the table"
        )
        raise InputError([Mistake(path, 0, says)])
    book = Book("A table checked with chcheck", from_1904=sheet.from_1904)
    try:
        with room_on_disk():
            _write_rows(book, sheet, path, beside, width)
            return book.end(day)
    finally:
        book.discard()


def _write_rows(book: Book, sheet: SheetRead, path: str, beside: Beside, width: int) -> None:
    """Write the rows of a sheet, so many columns wide, and what stands beside them."""
    kept, own = _Kept(book, path), book.sheet(_name_in_excel(sheet.name), across=2)
    own.set_row(beside.ends - 1, 48)
    widths = [8] * (width + len(beside.heads))
    for row, values in enumerate(sheet.rows):
        line = row + 1
        for place, value in enumerate(values):
            failed = sheet.failed.get((row, place))
            kept.write(own, row, place, failed if failed is not None else value)
            if line >= beside.ends:
                widths[place] = max(widths[place], len(str(value)))
        added = beside.heads if line == beside.ends else beside.cells(line)
        for place, cell in enumerate(added, width):
            style = book.head if line == beside.ends else None
            book.put(own, row, place, cell, style)
            if line > beside.ends:
                widths[place] = max(widths[place], len(str(cell or "")))
    for place, wide in enumerate(widths):
        own.set_column(place, place, min(wide + 2, 30))
    own.freeze_panes(beside.ends, 0)


def _name_in_excel(name: str) -> str:
    """Return the name of a sheet as Excel takes it: other programs allow more."""
    return _NOT_IN_NAMES.sub("-", name)[:31].strip("'") or "Sheet1"


_NOT_IN_NAMES = regex(r"[\[\]:*?/\\]")


class _Kept:
    """Writes the values of somebody's own cells as they are."""

    def __init__(self, book: Book, path: str) -> None:
        self.path = path
        styles = {
            "day": "dd/mm/yyyy",
            "moment": "dd/mm/yyyy hh:mm",
            "exact": "dd/mm/yyyy hh:mm:ss",
            "hour": "hh:mm:ss",
            "span": "[h]:mm:ss",
        }
        self.styles = {
            name: book.made.add_format({"num_format": shown}) for name, shown in styles.items()
        }

    def write(self, sheet: Any, row: int, place: int, value: object) -> None:
        """Write a value into a cell; a text is a text whatever it begins with."""
        if isinstance(value, bool):
            sheet.write_boolean(row, place, value)
        elif isinstance(value, int | float):
            sheet.write_number(row, place, value)
        elif isinstance(value, date) and value.year < _FIRST_YEAR:
            # Excel has no such day.
            sheet.write_string(row, place, value.isoformat())
        elif isinstance(value, date | time | timedelta):
            sheet.write_datetime(row, place, value, self.styles[_kind(value)])
        elif value not in (None, ""):
            self._text(sheet, row, place, str(value))

    def _text(self, sheet: Any, row: int, place: int, text: str) -> None:
        if sheet.write_string(row, place, text):
            says = "a cell has more text than Excel has room for; save the table as CSV UTF-8"
            raise InputError([Mistake(self.path, row + 1, says)])


_FIRST_YEAR = 1905
"""The first year that both ways to count days in Excel have."""


def _kind(value: date | time | timedelta) -> str:
    if isinstance(value, datetime):
        if value.second or value.microsecond:
            return "exact"
        return "moment" if value.hour or value.minute else "day"
    if isinstance(value, date):
        return "day"
    return "hour" if isinstance(value, time) else "span"
