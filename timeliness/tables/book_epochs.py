"""From which day a workbook counts its serial numbers: 1900, or 1904 if it is from an old Mac."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator

from timeliness.model.patterns import regex

_FROM_1904 = regex(rb"<(?:\w+:)?workbookPr\b[^>]*\bdate1904=[\"'](?:1|true)[\"']")
_NULL_DATE_1904 = regex(rb"<table:null-date\b[^>]*\"1904-01-01\"")
_MOST = 1 << 20
_SECTOR = 512
_BEGIN, _END, _DATE_MODE = 0x0809, 0x000A, 0x0022
"""Records of an .xls file: the beginning and end of a part of it, and how it counts days."""
_GLOBALS = 0x0005
_PROPERTIES = 0x99
"""The record of an .xlsb file of which the first bit says that it counts from 1904."""


def counts_from_1904(data: bytes) -> bool | None:
    """Whether the serial numbers of a workbook count from 1904, None where it does not say."""
    if not data.startswith(b"PK"):
        modes = {mode for offset in range(0, len(data), _SECTOR) for mode in _modes(data, offset)}
        return modes.pop() if len(modes) == 1 else None
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            names = set(packed.namelist())
            for name, told in (
                ("xl/workbook.xml", lambda part: bool(_FROM_1904.search(part))),
                ("xl/workbook.bin", _told_of_properties),
                ("content.xml", lambda part: bool(_NULL_DATE_1904.search(part))),
            ):
                if name in names:
                    with packed.open(name) as part:
                        return told(part.read(_MOST))
    except (zipfile.BadZipFile, OSError, EOFError, ValueError, RuntimeError, zlib.error):
        pass
    return None


def _modes(data: bytes, offset: int) -> Iterator[bool]:
    """Return how days are counted, where the records of an .xls file as a whole begin there."""
    head = data[offset : offset + 8]
    if len(head) < 8 or head[:2] != _BEGIN.to_bytes(2, "little"):
        return
    if struct.unpack_from("<H", head, 6)[0] != _GLOBALS:
        return
    end = offset + _MOST
    while offset + 6 <= min(len(data), end):
        kind, size = struct.unpack_from("<HH", data, offset)
        if kind == _DATE_MODE and size == 2:
            mode = struct.unpack_from("<H", data, offset + 4)[0]
            if mode in (0, 1):
                yield bool(mode)
            return
        if kind == _END:
            return
        offset += 4 + size


def _told_of_properties(part: bytes) -> bool | None:
    """Return how an .xlsb file counts days; a number in it ends with a byte below 128."""
    at = 0
    while at < len(part):
        numbers = []
        for most in (2, 4):
            number = shift = 0
            for byte in part[at : at + most]:
                number |= (byte & 0x7F) << shift
                shift, at = shift + 7, at + 1
                if byte < 0x80:
                    break
            numbers.append(number)
        kind, size = numbers
        if kind == _PROPERTIES and size and at < len(part):
            return bool(part[at] & 1)
        at += size
    return None
