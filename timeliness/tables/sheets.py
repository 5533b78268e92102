"""Workbooks: which of their sheets are tables, and each of these below its title and header."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from msgspec import Struct
from msgspec.structs import replace

from timeliness.model.errors import InputError, Mistake
from timeliness.model.plain import number
from timeliness.tables.books import Book, open_book
from timeliness.tables.contents import is_date
from timeliness.tables.grid import HEADER_WITHIN, Grid, frame_of, without_blank_rows
from timeliness.tables.headers import CARRY, REFERENCE, Header, Recognise, find_header


def read_sheets(
    data: bytes, path: str, recognise: Recognise, wanted: Sequence[str] = ()
) -> list[Grid]:
    """Read the named sheets of a workbook, or else every visible one that is a table.

    That is one with a reference and a date or an event among its columns. Where there is none it
    is the first in which any name is known, or the first with a header. Raises `InputError`.
    """
    with open_book(data, path) as book:
        names = book.names
        for name in wanted:
            if name not in names:
                says = f'there is no sheet "{name}"; the sheets are {", ".join(names)}'
                raise InputError([Mistake(path, 0, says)])
        every = [
            _sheet(book, place, recognise)
            for place, name in enumerate(names)
            if (name in wanted if wanted else name in book.visible)
        ]
        sheets = [sheet for sheet in every if sheet.header]
        tables = sheets if wanted else [sheet for sheet in sheets if sheet.is_table]
        chosen = tables or sorted(sheets, key=lambda sheet: not sheet.known)[:1]
        if not chosen:
            raise InputError([Mistake(path, 0, "the workbook is empty; it has no header row")])
        if not wanted:
            _check_headless(every, chosen, names, path)
        read = [names[sheet.place] for sheet in chosen]
        left = [name for name in names if name not in read]
        grids = []
        for sheet in chosen:
            own = f"{path}#{names[sheet.place]}" if len(chosen) > 1 else path
            grids.append(_grid(book, sheet, own))
    if len(names) > 1:
        named = ", ".join(f'"{name}"' for name in read)
        note = f"read the {'sheets' if len(read) > 1 else 'sheet'} {named}"
        note += f"; not read: {', '.join(left)}" if left else ""
        grids[0] = replace(grids[0], notes=(note, *grids[0].notes))
    return grids


class _Sheet(Struct, frozen=True):
    """A sheet of a workbook, with its header if it has one; `known` are the fields it names."""

    place: int
    columns: list[list[str]]
    header: Header | None
    known: frozenset[str]

    @property
    def is_table(self) -> bool:
        """Whether it has a reference, and more that is known."""
        return REFERENCE in self.known and len(self.known) > 1

    def days_from(self, row: int) -> frozenset[int]:
        """Return the columns in which days are, in the first rows from one on."""
        return frozenset(
            place
            for place, cells in enumerate(self.columns)
            if any(is_date(cell) for cell in cells[row : row + HEADER_WITHIN])
        )


def _check_headless(
    every: Sequence[_Sheet], chosen: Sequence[_Sheet], names: Sequence[str], path: str
) -> None:
    """Raise `InputError` for a sheet without a header that has the days of one that is read.

    It goes on where that one ends, as the sheet of another month does.
    """
    for sheet in (one for one in every if one.header is None):
        days = sheet.days_from(0)
        for other in chosen:
            if (
                len(days) > 1
                and other.header
                and days <= other.days_from(other.header.last_row + 1)
            ):
                says = (
                    f'the sheet "{names[sheet.place]}" has no header, and dates where '
                    f'"{names[other.place]}" has them; give it the same header, or name the '
                    f'sheets to read: --sheet "{names[other.place]}"'
                )
                raise InputError([Mistake(path, 0, says)])


def _sheet(book: Book, place: int, recognise: Recognise) -> _Sheet:
    columns = book.columns(place)
    top = list(zip(*(cells[:HEADER_WITHIN] for cells in columns), strict=True))
    header = find_header(top, recognise)
    own = header.names if header else ()
    known = frozenset(field for name in own if name and (field := recognise(name)))
    return _Sheet(place, columns, header, known - {CARRY})


def _grid(book: Book, sheet: _Sheet, path: str) -> Grid:
    columns, header = sheet.columns, sheet.header
    assert header is not None
    failed, hidden = book.untold(sheet.place)
    for row, column, text in failed or ():
        if column < len(columns) and row < len(columns[column]):
            columns[column][row] = text
    first = header.last_row + 1
    lines = np.arange(first + 1, len(columns[0]) + 1, dtype=np.int64)
    frame, lines = without_blank_rows(frame_of([cells[first:] for cells in columns]), lines)
    notes = []
    if header.above:
        notes.append(f"{number(header.above, 'row')} above the header left out")
    if failed is None:
        notes.append(
            "in this kind of workbook a failed formula (#N/A) looks blank, and blank means not "
            "done; if it has formulas, save it as .xlsx"
        )
    return Grid(
        path,
        header.names,
        frame,
        lines,
        "row",
        book.names[sheet.place],
        notes=tuple(notes),
        hidden=hidden,
        from_1904=book.from_1904,
        header_ends=first,
    )
