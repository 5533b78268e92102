"""Workbooks as they are read: one that is sound here, any other in a process of its own."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from typing import Any, Protocol

from timeliness.model.errors import InputError, Mistake
from timeliness.tables.apart import AS_CSV, Apart, Kind, Limits
from timeliness.tables.book_epochs import counts_from_1904
from timeliness.tables.cell_texts import texts_of
from timeliness.tables.formulas import Cell, untold_of
from timeliness.tables.packed import MOST_CELLS, is_sound

_PROTECTED = "EncryptedPackage".encode("utf-16-le")

Untold = tuple[Sequence[Cell] | None, frozenset[int]]
"""The cells of a sheet in which a formula failed, None where that is not known, and its hidden
columns."""


class Book(Protocol):
    """A workbook that is open: the names of its sheets, and of those that are shown."""

    names: list[str]
    visible: frozenset[str]
    from_1904: bool | None
    """Whether serial numbers of days count from 1904 and not from 1900, None if it does not say."""

    def columns(self, place: int) -> list[list[str]]:
        """Return the columns of the sheet of a place, as texts. Raises `InputError`."""

    def rows(self, place: int) -> list[list[object]]:
        """Return the rows of the sheet of a place, each value as it is. Raises `InputError`."""

    def untold(self, place: int) -> Untold:
        """Return what the reader does not tell of a sheet. Raises `InputError`."""

    def __enter__(self) -> Book: ...

    def __exit__(self, *raised: object) -> None: ...


def open_book(data: bytes, path: str) -> Book:
    """Open a workbook. Raises `InputError` where it cannot be read."""
    return BookHere(data, path) if is_sound(data, path) else BookApart(data, path)


class BookHere:
    """A workbook that is read in this process."""

    def __init__(self, data: bytes, path: str) -> None:
        from python_calamine import CalamineWorkbook, SheetVisibleEnum

        self._data, self._path = data, path
        self._cells = 0
        self._book = self._read(lambda: CalamineWorkbook.from_filelike(io.BytesIO(data)))
        self.names: list[str] = self._book.sheet_names
        self.from_1904 = counts_from_1904(data)
        self.visible = frozenset(
            one.name
            for one in self._book.sheets_metadata
            if one.visible == SheetVisibleEnum.Visible
        )

    def columns(self, place: int) -> list[list[str]]:
        """Return the columns of the sheet of a place, as texts. Raises `InputError`."""
        return [texts_of(column) for column in zip(*self.rows(place), strict=True)]

    def rows(self, place: int) -> list[list[object]]:
        """Return the rows of the sheet of a place, each value as it is. Raises `InputError`."""
        sheet = self._read(lambda: self._book.get_sheet_by_index(place))
        last_row, last_column = sheet.end or (-1, -1)
        rows, columns = last_row + 1, last_column + 1
        self._cells += rows * columns
        if self._cells > MOST_CELLS:
            says = (
                f'with the sheet "{self.names[place]}" of {rows:,} rows and {columns:,} columns '
                f"the workbook has more than {MOST_CELLS:,} cells; delete the rows and columns "
                f"beyond the table, or {AS_CSV}"
            )
            raise InputError([Mistake(self._path, 0, says)])
        cells: list[list[object]] = self._read(lambda: sheet.to_python(skip_empty_area=False))
        return cells

    def untold(self, place: int) -> Untold:
        """Return what the reader does not tell of a sheet. Raises `InputError`."""
        return untold_of(self._data, place, self.names[place], self._path)

    @property
    def opened(self) -> tuple[list[str], frozenset[str], bool | None]:
        """Return the names of the sheets, those that are shown, and how days are counted."""
        return self.names, self.visible, self.from_1904

    def __enter__(self) -> BookHere:
        return self

    def __exit__(self, *raised: object) -> None:
        """Leave nothing open: all of it is in memory."""

    def _read(self, read: Callable[[], Any]) -> Any:
        from python_calamine import CalamineError, PasswordError

        try:
            return read()
        except CalamineError as error:
            says = f"the workbook cannot be read ({error}); save it again as .xlsx, or as CSV UTF-8"
            if isinstance(error, PasswordError) or _PROTECTED in self._data:
                says = "the workbook is protected by a password; save it without one"
        except BaseException as error:
            # What the reader itself did not expect is no `Exception`.
            if type(error).__name__ != "PanicException":
                raise
            says = f"the workbook cannot be read; save it again as .xlsx, or {AS_CSV}"
        raise InputError([Mistake(self._path, 0, says)]) from None


_WORKBOOK = Kind(
    __name__,
    "BookHere",
    "workbook",
    f"delete what stands far to the right of the table or far below it, or {AS_CSV}",
    f"open it in Excel or LibreOffice and {AS_CSV}",
)


class BookApart:
    """A workbook that is read in a process of its own."""

    def __init__(self, data: bytes, path: str, limits: Limits | None = None) -> None:
        self._apart = Apart(_WORKBOOK, data, path, limits)
        self.names, self.visible, self.from_1904 = self._apart.opened

    def columns(self, place: int) -> list[list[str]]:
        """Return the columns of the sheet of a place, as texts. Raises `InputError`."""
        found: list[list[str]] = self._apart.ask("columns", place)
        return found

    def rows(self, place: int) -> list[list[object]]:
        """Return the rows of the sheet of a place, each value as it is. Raises `InputError`."""
        found: list[list[object]] = self._apart.ask("rows", place)
        return found

    def untold(self, place: int) -> Untold:
        """Return what the reader does not tell of a sheet. Raises `InputError`."""
        found: Untold = self._apart.ask("untold", place)
        return found

    def __enter__(self) -> BookApart:
        return self

    def __exit__(self, *raised: object) -> None:
        self._apart.close()
