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

from msgspec import Struct, field

from timeliness.model.clean import printable
from timeliness.model.errors import UsageError
from timeliness.model.patterns import regex
from timeliness.model.plain import number
from timeliness.write.files import ScratchFolder

MOST_ROWS = 1_048_576
"""How many rows a sheet has in Excel; what is more goes on a further sheet."""
MOST_COLUMNS = 16_384
MOST_LINKS = 65_530
"""How many links a sheet may have in Excel; what is more goes without."""
_LONGEST = 32_767
"""How many characters a cell may have in Excel."""
_LONGEST_LINK = 2_000
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


class Column(Struct, frozen=True):
    """A column of a sheet: its heading.

    `wrapped` says that long texts run over several lines, and `plain` that a number with a fraction
    is no share.
    """

    name: str
    wrapped: bool = False
    plain: bool = False


class Links:
    """Where the row of a finding is, as a link; "" where it can only be named."""

    def to(self, path: str, line: int) -> str:
        """Return the link to a row of a file."""
        return ""


class Book:
    """A workbook in the making, of some title; `end` returns it.

    Until then it takes room on the disk and next to none in memory. `from_1904` says that it counts
    days from 1904.
    """

    def __init__(self, title: str, *, from_1904: bool = False) -> None:
        # Nothing else needs it, and it takes as long to import as a small check.
        from xlsxwriter import Workbook

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
        sheet = self.made.add_worksheet(name)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(across, 0)
        return sheet

    def put(self, sheet: Any, row: int, place: int, cell: Cell, style: Any = None) -> None:
        """Write a cell; a date is a date there, a number a number, and a text always a text."""
        if cell is None or cell == "":
            return
        if isinstance(cell, date):
            sheet.write_datetime(row, place, cell, style or self.day)
        elif isinstance(cell, Decimal):
            sheet.write_number(row, place, float(cell), style or self.decimal)
        elif isinstance(cell, float):
            sheet.write_number(row, place, cell, style or self.share)
        elif isinstance(cell, int):
            sheet.write_number(row, place, cell, style or self.number)
        else:
            sheet.write_string(row, place, _shown(cell), style or self.text)

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
def _shown(text: str) -> str:
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


class Listing(Struct):
    """Rows below a head with filters, on one sheet or, beyond what a sheet holds, on several.

    `linked` is the place of the column whose cells are links. `parts` counts the rows of each
    sheet, and `without_link` those that had no room for their link.
    """

    book: Book
    name: str
    columns: Sequence[Column]
    linked: int = -1
    parts: dict[str, int] = field(default_factory=dict)
    without_link: int = 0
    _sheet: Any = None
    _row: int = 0
    _links: int = 0
    _widths: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._begin()

    @property
    def rows(self) -> int:
        """Return how many rows it has."""
        return sum(self.parts.values())

    def add(self, cells: Sequence[Cell], link: str = "") -> None:
        """Add a row; `link` is where its linked cell leads."""
        if self._row >= MOST_ROWS:
            self._end()
            self._begin()
        for place, cell in enumerate(cells):
            style = self.book.left if isinstance(cell, int) else None
            if self.columns[place].wrapped:
                style = self.book.wrapped
            elif self.columns[place].plain and isinstance(cell, float):
                style = self.book.plain
            if place == self.linked and self._links_to(link, cell):
                style = self.book.link
            self.book.put(self._sheet, self._row, place, cell, style)
            self._widths[place] = max(self._widths[place], _width(cell))
        self._row += 1
        self.parts[self._sheet.name] += 1

    def _links_to(self, link: str, cell: Cell) -> bool:
        """Make the cell that is written next a link, where there is one and room for it."""
        if not link or len(link) > _LONGEST_LINK:
            return False
        if self._links >= MOST_LINKS:
            self.without_link += 1
            return False
        self._links += 1
        self._sheet.write_url(self._row, self.linked, link, self.book.link, str(cell))
        return True

    def _begin(self) -> None:
        """Begin a sheet with its head."""
        part = len(self.parts) + 1
        name = self.name if part == 1 else f"{self.name} {part}"
        self._sheet = self.book.sheet(name, across=2)
        self.parts[self._sheet.name] = 0
        self._sheet.freeze_panes(1, 1)
        self._sheet.repeat_rows(0)
        self._sheet.repeat_columns(0)
        self._sheet.set_row(0, 32)
        self._links, self._row = 0, 1
        # Beside its widest word a heading has room for a filter.
        self._widths = [max(map(len, (*one.name.split(), ""))) + 2 for one in self.columns]
        for place, one in enumerate(self.columns):
            self.book.put(self._sheet, 0, place, one.name, self.book.head)

    def _end(self) -> None:
        """Give the columns of a sheet their widths, and its head the filters."""
        for place, (one, width) in enumerate(zip(self.columns, self._widths, strict=True)):
            most = 60 if one.wrapped else 40
            self._sheet.set_column(place, place, min(max(width + 1, 8), most))
        self._sheet.autofilter(0, 0, max(self._row - 1, 1), len(self.columns) - 1)

    def end(self) -> None:
        """Write what follows the last row: that there is none, if so."""
        if not self.rows:
            self.book.put(self._sheet, 1, 0, "None")
        self._end()

    def notes(self) -> Iterator[str]:
        """Yield what is not as on every sheet: that it goes on, that rows have no link."""
        if len(self.parts) > 1:
            others = ", ".join(list(self.parts)[1:])
            yield f"{self.name} has more rows than a sheet holds, and goes on in {others}"
        if self.without_link:
            is_or_are = "is" if self.without_link == 1 else "are"
            yield (
                f"{self.name}: {number(self.without_link, 'row')} {is_or_are} named by file and "
                f"row, without a link, because a sheet holds {number(MOST_LINKS, 'link')}"
            )


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


def _width(cell: Cell) -> int:
    """Return about how many characters wide a cell is."""
    if isinstance(cell, str):
        return len(cell)
    return 11 if isinstance(cell, date) else 0 if cell is None else len(f"{cell:,}")


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
