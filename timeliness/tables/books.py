"""Workbooks as they are read: one that is sound here, any other in a process of its own.

No reader of workbooks holds whatever a file is: it may never come to an end, ask for more memory
than there is, and then ends the process that it is in.
"""

from __future__ import annotations

import contextlib
import io
import os
import pickle
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import IO, Any, Protocol, cast

from timeliness.model.errors import InputError, Mistake
from timeliness.model.plain import number
from timeliness.stopping import at_stop
from timeliness.tables.formulas import Cell, untold_of
from timeliness.tables.packed import MOST_CELLS, is_sound

_PROTECTED = "EncryptedPackage".encode("utf-16-le")
_AS_CSV = "save the table as CSV UTF-8"

Untold = tuple[Sequence[Cell] | None, frozenset[int]]
"""The cells of a sheet in which a formula failed, None where that is not known, and its hidden
columns."""


class Book(Protocol):
    """A workbook that is open: the names of its sheets, and of those that are shown."""

    names: list[str]
    visible: frozenset[str]

    def columns(self, place: int) -> list[list[str]]:
        """Return the columns of the sheet of a place, as texts. Raises `InputError`."""

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
        self.visible = frozenset(
            one.name
            for one in self._book.sheets_metadata
            if one.visible == SheetVisibleEnum.Visible
        )

    def columns(self, place: int) -> list[list[str]]:
        """Return the columns of the sheet of a place, as texts. Raises `InputError`."""
        sheet = self._read(lambda: self._book.get_sheet_by_index(place))
        last_row, last_column = sheet.end or (-1, -1)
        rows, columns = last_row + 1, last_column + 1
        self._cells += rows * columns
        if self._cells > MOST_CELLS:
            says = (
                f'with the sheet "{self.names[place]}" of {rows:,} rows and {columns:,} columns '
                f"the workbook has more than {MOST_CELLS:,} cells; delete the rows and columns "
                f"beyond the table, or {_AS_CSV}"
            )
            raise InputError([Mistake(self._path, 0, says)])
        cells = self._read(lambda: sheet.to_python(skip_empty_area=False))
        return [_texts(column) for column in zip(*cells, strict=True)]

    def untold(self, place: int) -> Untold:
        """Return what the reader does not tell of a sheet. Raises `InputError`."""
        return untold_of(self._data, place, self.names[place], self._path)

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
            says = f"the workbook cannot be read; save it again as .xlsx, or {_AS_CSV}"
        raise InputError([Mistake(self._path, 0, says)]) from None


@dataclass(frozen=True)
class Limits:
    """What a process that reads a workbook may take: bytes of memory, seconds of its processor."""

    memory: int
    seconds: int


def limits_for(size: int) -> Limits:
    """Return the limits for reading a file of a number of bytes."""
    return Limits(400_000_000 + 5 * size, 20 + 10 * (size // 1_000_000))


class BookApart:
    """A workbook that is read in a process of its own."""

    def __init__(self, data: bytes, path: str, limits: Limits | None = None) -> None:
        self._path = path
        self._limits = limits or limits_for(len(data))
        self._late = False
        start = (
            f"import sys; sys.path[:] = {sys.path!r}; "
            f"from {__name__} import serve; serve({self._limits.memory}, {self._limits.seconds})"
        )
        self._process = subprocess.Popen(
            [sys.executable, "-I", "-c", start],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        _READING.add(self._process)
        # Where a process cannot be limited the clock ends it.
        self._clock = threading.Timer(10 * self._limits.seconds, self._end)
        self._clock.daemon = True
        self._clock.start()
        try:
            self.names, self.visible = self._ask("open", data, path)
        except BaseException:
            self.__exit__()
            raise

    def columns(self, place: int) -> list[list[str]]:
        """Return the columns of the sheet of a place, as texts. Raises `InputError`."""
        found: list[list[str]] = self._ask("columns", place)
        return found

    def untold(self, place: int) -> Untold:
        """Return what the reader does not tell of a sheet. Raises `InputError`."""
        found: Untold = self._ask("untold", place)
        return found

    def __enter__(self) -> BookApart:
        return self

    def __exit__(self, *raised: object) -> None:
        self._clock.cancel()
        self._process.kill()
        for pipe in (self._process.stdin, self._process.stdout):
            with contextlib.suppress(OSError):
                cast(IO[bytes], pipe).close()
        self._process.wait()
        _READING.discard(self._process)

    def _end(self) -> None:
        self._late = True
        self._process.kill()

    def _ask(self, *request: object) -> Any:
        asked = cast(IO[bytes], self._process.stdin)
        told = cast(IO[bytes], self._process.stdout)
        try:
            pickle.dump(request, asked)
            asked.flush()
            mistakes, value = pickle.load(told)
        except (OSError, EOFError, pickle.UnpicklingError):
            raise InputError([Mistake(self._path, 0, self._why())]) from None
        if mistakes:
            raise InputError(mistakes)
        return value

    def _why(self) -> str:
        """Return why the process came to an end."""
        code = self._process.wait()
        if self._late or -code in _OUT_OF_TIME:
            seconds = number(self._limits.seconds, "second")
            return (
                f"the workbook cannot be read within {seconds}; open it in Excel or LibreOffice "
                f"and {_AS_CSV}"
            )
        return (
            f"the workbook cannot be read in {self._limits.memory // 1_000_000} MB of memory; "
            "delete what stands far to the right of the table or far below it, or " + _AS_CSV
        )


_OUT_OF_TIME = {getattr(signal, name, None) for name in ("SIGXCPU", "SIGKILL")}

_READING: set[subprocess.Popen[bytes]] = set()


@at_stop
def end_reading() -> None:
    """End every process that still reads a workbook."""
    for process in tuple(_READING):
        process.kill()


def serve(memory: int, seconds: int) -> None:
    """Open a workbook that comes on standard input, and answer what is asked of it.

    Without an answer the process was beyond its limits.
    """
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    for name in ("SIGINT", "SIGHUP"):
        # Whoever started this process ends it.
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), signal.SIG_IGN)
    book: BookHere | None = None
    with contextlib.suppress(EOFError, MemoryError, OSError):
        while True:
            what, *rest = pickle.load(sys.stdin.buffer)
            try:
                if what == "open":
                    book = BookHere(*rest)
                    value: object = (book.names, book.visible)
                else:
                    value = getattr(book, what)(*rest)
                pickle.dump(((), value), sys.stdout.buffer)
                del value
            except InputError as error:
                pickle.dump((error.mistakes, None), sys.stdout.buffer)
            sys.stdout.buffer.flush()
    os._exit(0)


def _texts(cells: Sequence[object]) -> list[str]:
    """Return the cells of a column as texts, each different one made once."""
    kinds = set(map(type, cells))
    if kinds <= {str}:
        return cast(list[str], list(cells))
    if bool in kinds and len(kinds & {int, float, bool}) > 1:
        # Yes and 1 are the same to a dictionary.
        return [_text(cell) for cell in cells]
    known = {cell: _text(cell) for cell in set(cells)}
    return [known[cell] for cell in cells]


def _text(cell: object) -> str:
    """Return a cell as text: a date as 2025-04-03, a whole number without its point."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, datetime):
        midnight = not (cell.hour or cell.minute or cell.second)
        return cell.strftime("%Y-%m-%d") if midnight else cell.strftime("%Y-%m-%d %H:%M")
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return "" if cell is None else str(cell)
