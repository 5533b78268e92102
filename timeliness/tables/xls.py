"""Errors of formulas in the workbooks of Excel before 2007, which its reader gives as blank.

Such a file is a container of chained sectors; one of its streams holds a record for each cell.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence

from timeliness.tables.failed import Cell

_CODES = (0x00, 0x07, 0x0F, 0x17, 0x1D, 0x24, 0x2A)
_NAMES = ("#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A")
_ERRORS = dict(zip(_CODES, _NAMES, strict=True))
_BEGIN, _END, _SHEET, _FORMULA, _ERROR = 0x0809, 0x000A, 0x0085, 0x0006, 0x0205
_LEAST_IN_SECTORS = 4096


def failed_in_xls(data: bytes, sheet: str) -> list[Cell] | None:
    """Return the cells of a sheet that hold an error; None where the file cannot be followed."""
    try:
        stream = _workbook(data)
        begins = _begin_of(stream, sheet)
        return list(_errors(stream, begins))
    except (struct.error, IndexError, ValueError):
        return None


def _workbook(data: bytes) -> bytes:
    """Return the stream of the cells. Raises `ValueError` where there is none."""
    (shift,) = struct.unpack_from("<H", data, 30)
    if not 7 <= shift <= 16:
        raise ValueError(shift)
    size = 1 << shift

    def sector(number: int) -> bytes:
        return data[(number + 1) * size : (number + 2) * size]

    listed = [*struct.unpack_from("<109I", data, 76)]
    further, count = struct.unpack_from("<II", data, 68)
    for _ in range(min(count, len(data) // size)):
        *more, further = struct.unpack(f"<{size // 4}I", sector(further))
        listed += more
    used = [number for number in listed if (number + 2) * size <= len(data) + size]
    if len(set(used)) < len(used):
        raise ValueError(used)
    table = b"".join(sector(number).ljust(size, b"\xff") for number in used)
    following = struct.unpack(f"<{len(table) // 4}I", table)

    def chain(first: int) -> bytes:
        return b"".join(sector(number) for number in _chained(first, following))

    directory = chain(struct.unpack_from("<I", data, 48)[0])
    (small_from,) = struct.unpack_from("<I", directory, 116)
    for place in range(0, len(directory) - 127, 128):
        name = directory[place : place + 64].decode("utf-16-le", errors="replace").split("\0")[0]
        first, length = struct.unpack_from("<II", directory, place + 116)
        if name not in ("Workbook", "Book"):
            continue
        if length >= _LEAST_IN_SECTORS:
            return chain(first)[:length]
        # A short stream lies in pieces within that of the first entry.
        small, links = chain(small_from), chain(struct.unpack_from("<I", data, 60)[0])
        numbers = _chained(first, struct.unpack(f"<{len(links) // 4}I", links))
        return b"".join(small[number * 64 : number * 64 + 64] for number in numbers)[:length]
    raise ValueError("Workbook")


def _chained(first: int, following: Sequence[int]) -> list[int]:
    numbers: dict[int, None] = {}
    while first < len(following):
        if first in numbers:
            raise ValueError(first)
        numbers[first] = None
        first = following[first]
    return list(numbers)


def _records(stream: bytes, place: int = 0) -> Iterator[tuple[int, int, int]]:
    """Return the kind, place and length of each record from a place on."""
    while place + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, place)
        yield kind, place + 4, length
        place += 4 + length


def _begin_of(stream: bytes, sheet: str) -> int:
    """Return where the records of a sheet begin. Raises `ValueError` where it is not listed."""
    for kind, place, _ in _records(stream):
        if kind == _SHEET:
            length, wide = stream[place + 6], stream[place + 7] & 1
            text = stream[place + 8 : place + 8 + length * (1 + wide)]
            if text.decode("utf-16-le" if wide else "latin-1") == sheet:
                return int(struct.unpack_from("<I", stream, place)[0])
        elif kind == _END:
            break
    raise ValueError(sheet)


def _errors(stream: bytes, begins: int) -> Iterator[Cell]:
    depth = 0
    for kind, place, _ in _records(stream, begins):
        if kind == _BEGIN:
            depth += 1
        elif kind == _END:
            depth -= 1
            if not depth:
                return
        elif kind in (_FORMULA, _ERROR) and depth == 1:
            row, column = struct.unpack_from("<HH", stream, place)
            if kind == _ERROR:
                failed, code = stream[place + 7] == 1, stream[place + 6]
            else:
                failed = stream[place + 6] == 2 and stream[place + 12 : place + 14] == b"\xff\xff"
                code = stream[place + 8]
            if failed:
                yield row, column, _ERRORS.get(code, "#ERROR!")
