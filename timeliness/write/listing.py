"""Rows on the sheets of a workbook, below a head with filters, as many as there are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from msgspec import Struct, field

from timeliness.model.plain import number
from timeliness.write.book import Book, Cell, shown

MOST_ROWS = 1_048_576
"""How many rows a sheet has in Excel; what is more goes on a further sheet."""
MOST_LINKS = 65_530
"""How many links a sheet may have in Excel; what is more goes without."""
_LONGEST_LINK = 2_000
_KEPT = 1 << 12
"""For how many cells of a column their XML is kept: the same few stand in row after row."""


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
    _letters: list[str] = field(default_factory=list)
    _kept: list[dict[str | int | date, str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._begin()
        self._letters = self._sheet.letters(len(self.columns))

    @property
    def rows(self) -> int:
        """Return how many rows it has."""
        return sum(self.parts.values())

    def add(self, cells: Sequence[Cell], link: str = "") -> None:
        """Add a row; `link` is where its linked cell leads."""
        if self._row >= MOST_ROWS:
            self._end()
            self._begin()
        self._sheet.begin_row(self._row)
        linked = self.linked if self._links_to(link, cells) else -1
        row, letters, made, last = self._row + 1, self._letters, [], 0
        for place, (cell, kept) in enumerate(zip(cells, self._kept, strict=False)):
            # Nothing is written for what is blank, but 0 is a number.
            if not cell and cell != 0:
                continue
            if place == linked or isinstance(cell, float | Decimal):
                # A share of 1.0 is equal to the number 1, and another cell.
                xml = self._make(cell, place, place == linked)
            else:
                xml = kept.get(cell) or self._keep(cell, place)
            made.append(f'<c r="{letters[place]}{row}"{xml}')
            last = place
        if made:
            self._sheet.end_row(self._row, made, last)
        self._row += 1
        self.parts[self._sheet.name] += 1

    def _keep(self, cell: str | int | date, place: int) -> str:
        """Return the XML of a cell, and keep it for the next rows that have the same."""
        kept = self._kept[place]
        if len(kept) >= _KEPT:
            kept.clear()
        kept[cell] = self._make(cell, place, False)
        return kept[cell]

    def _make(self, cell: Cell, place: int, linked: bool) -> str:
        """Return the XML of a cell of a column, without its address, and make room for it."""
        self._widths[place] = max(self._widths[place], _width(cell))
        column = self.columns[place]
        style = self.book.left if isinstance(cell, int) else self.book.style_of(cell)
        if column.wrapped:
            style = self.book.wrapped
        elif column.plain and isinstance(cell, float):
            style = self.book.plain
        if linked:
            style = self.book.link
        made: str = self._sheet.xml_of(shown(cell) if isinstance(cell, str) else cell, style)
        return made

    def _links_to(self, link: str, cells: Sequence[Cell]) -> bool:
        """Make the linked cell of a row that has begun a link, where there is room for it."""
        if not link or len(link) > _LONGEST_LINK or not cells[self.linked]:
            return False
        if self._links >= MOST_LINKS:
            self.without_link += 1
            return False
        self._links += 1
        self._sheet.write_link(self._row, self.linked, link, self.book.link)
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
        self._kept = [{} for _ in self.columns]
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


def _width(cell: Cell) -> int:
    """Return about how many characters wide a cell is."""
    if isinstance(cell, str):
        return len(cell)
    return 11 if isinstance(cell, date) else 0 if cell is None else len(f"{cell:,}")
