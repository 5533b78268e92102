"""A workbook for Excel or LibreOffice that is written row by row, however long it is.

No cell is a formula, whatever it begins with. The same rows give the same bytes.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any

from msgspec import Struct

from timeliness.model.clean import printable
from timeliness.model.errors import UsageError
from timeliness.model.patterns import regex
from timeliness.write.files import ScratchFolder

MOST_COLUMNS = 16_384
_LONGEST = 32_767
"""How many characters a cell may have in Excel."""
_HIGHEST = 405
"""How many points high a row may be in Excel."""
_CUT = " (cut short here)"

CATEGORY = "Written by chcheck"
"""What the properties of a workbook say, by which it is known again."""

DAY_FORMAT = "d mmm yyyy"

Cell = str | int | float | Decimal | date | None
"""What a cell may hold; None and "" leave it blank.

A float is a share, from 0 to 1, and a decimal a number to one place.
"""


class Book:
    """A workbook in the making, of some title; `end` returns it.

    Until then it takes room on the disk and next to none in memory. `from_1904` says that it counts
    days from 1904.
    """

    def __init__(self, title: str, *, from_1904: bool = False) -> None:
        # Nothing else needs it, and it takes as long to import as a small check.
        from xlsxwriter import Workbook

        from timeliness.write.row_sheet import RowSheet

        self._kind = RowSheet
        self._data, self._folder = io.BytesIO(), ScratchFolder()
        kept = {"constant_memory": True, "tmpdir": str(self._folder.path)}
        self.made: Any = Workbook(self._data, {**kept, "date_1904": from_1904})
        self.made.set_size(2400, 1400)
        self._properties = {"title": title, "category": CATEGORY, "author": "chcheck"}
        top: dict[str, Any] = {"valign": "top"}
        head = {**top, "bold": True, "text_wrap": True, "bg_color": "#EFE7F0", "bottom": 2}
        self.head = self.made.add_format(head)
        self.head_right = self.made.add_format({**head, "align": "right"})
        self.text = self.made.add_format(top)
        self.wrapped = self.made.add_format({**top, "text_wrap": True})
        self.bold = self.made.add_format({**top, "bold": True})
        self.title = self.made.add_format({**top, "bold": True, "font_size": 14})
        self.day = self.made.add_format({**top, "num_format": DAY_FORMAT, "align": "left"})
        self.number = self.made.add_format({**top, "num_format": "#,##0"})
        self.left = self.made.add_format({**top, "num_format": "#,##0", "align": "left"})
        self.plain = self.made.add_format({**top, "align": "left"})
        self.right = self.made.add_format({**top, "align": "right"})
        self.decimal = self.made.add_format({**top, "num_format": "#,##0.0"})
        self.share = self.made.add_format({**top, "num_format": "0.0%"})
        self.link = self.made.add_format(
            {**top, "font_color": "#0B5394", "underline": 1, "align": "left"}
        )

    def sheet(self, name: str, across: int = 1) -> Any:
        """Return a new sheet, printed on A4 in landscape, so many pages wide."""
        sheet = self.made.add_worksheet(name, self._kind)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(across, 0)
        return sheet

    def put(self, sheet: Any, row: int, place: int, cell: Cell, style: Any = None) -> None:
        """Write a cell; a date is a date there, a number a number, and a text always a text."""
        if cell is None or cell == "":
            return
        style = style or self.style_of(cell)
        if isinstance(cell, date):
            sheet.write_datetime(row, place, cell, style)
        elif isinstance(cell, str):
            sheet.write_string(row, place, shown(cell), style)
        else:
            sheet.write_number(row, place, float(cell), style)

    def style_of(self, cell: Cell) -> Any:
        """Return how a cell looks, by what it holds."""
        if isinstance(cell, date):
            return self.day
        if isinstance(cell, Decimal):
            return self.decimal
        if isinstance(cell, float):
            return self.share
        return self.number if isinstance(cell, int) else self.text

    def end(self, day: date) -> bytes:
        """Return the bytes of the workbook, whose properties say that it was made on a day."""
        made_on = datetime(day.year, day.month, day.day)  # noqa: DTZ001
        self.made.set_properties({**self._properties, "created": made_on})
        self.made.close()
        self._folder.remove()
        return self._data.getvalue()

    def discard(self) -> None:
        """Leave nothing of it on the disk."""
        for sheet in self.made.worksheets():
            # Until the workbook has ended, each of its sheets is an open file.
            sheet.row_data_fh.close()
        self._folder.remove()


@lru_cache(maxsize=1 << 12)
def shown(text: str) -> str:
    """Return a text as a cell shows it: the same few stand in row after row."""
    text = printable(text)
    return text if len(text) <= _LONGEST // 2 else text[: _LONGEST // 2 - len(_CUT)] + _CUT


@contextmanager
def room_on_disk() -> Iterator[None]:
    """Say what is wrong where the disk has no room for a workbook in the making: `UsageError`."""
    from xlsxwriter import exceptions

    try:
        yield
    except (OSError, exceptions.XlsxFileError) as error:
        cause = error if isinstance(error, OSError) or not error.args else error.args[0]
        says = cause.strerror if isinstance(cause, OSError) else str(cause)
        raise UsageError(f"there is no room for a workbook in the making: {says}") from None


def figure(text: str) -> Cell:
    """Return a figure that was written for people as a number; a range stays a text.

    A share is to one place then, as it was written.
    """
    if _WHOLE.fullmatch(text):
        return int(text.replace(",", ""))
    if _SHARE.fullmatch(text):
        return float(Decimal(text.removesuffix("%")) / 100)
    return Decimal(text.replace(",", "")) if _DECIMAL.fullmatch(text) else text


_WHOLE, _SHARE, _DECIMAL = regex(r"[\d,]+"), regex(r"\d+\.\d%"), regex(r"[\d,]+\.\d")


def pages(book: Book, name: str, widths: Sequence[int]) -> Page:
    """Return a sheet that is written from top to bottom, of columns so wide."""
    sheet = book.sheet(name)
    for place, width in enumerate(widths):
        sheet.set_column(place, place, width)
    sheet.hide_gridlines(2)
    return Page(book, sheet, len(widths), sum(widths))


class Page(Struct):
    """A sheet that is read from top to bottom: headings, sentences and small tables."""

    book: Book
    sheet: Any
    columns: int
    width: int
    row: int = 0

    def heading(self, text: str) -> None:
        """Write a heading, with a blank row above it."""
        self.row += self.row > 0
        self.book.put(self.sheet, self.row, 0, text, self.book.bold)
        self.row += 1

    def title(self, text: str) -> None:
        """Write the title."""
        self.sheet.set_row(self.row, 24)
        self.book.put(self.sheet, self.row, 0, text, self.book.title)
        self.row += 1

    def says(self, text: str, style: Any = None) -> None:
        """Write a sentence over the whole width, on as many lines as it needs."""
        text = printable(text)
        lines = sum(1 + len(line) // self.width for line in text.splitlines() or [""])
        self.sheet.set_row(self.row, min(15 * lines, _HIGHEST))
        last = self.columns - 1
        self.sheet.merge_range(self.row, 0, self.row, last, "", style or self.book.wrapped)
        self.book.put(self.sheet, self.row, 0, text, style or self.book.wrapped)
        self.row += 1

    def line(self, *cells: Cell, style: Any = None) -> None:
        """Write a row of cells."""
        for place, cell in enumerate(cells):
            self.book.put(self.sheet, self.row, place, cell, style)
        self.row += 1

    def table(self, head: Sequence[str], rows: Iterable[Sequence[Cell]]) -> None:
        """Write a small table below its head, its figures at the right of their columns."""
        for place, name in enumerate(head):
            style = self.book.head_right if place else self.book.head
            self.book.put(self.sheet, self.row, place, name, style)
        self.row += 1
        for first, *cells in rows:
            self.book.put(self.sheet, self.row, 0, first)
            for place, cell in enumerate(cells, 1):
                style = self.book.right if isinstance(cell, str) else None
                self.book.put(self.sheet, self.row, place, cell, style)
            self.row += 1
