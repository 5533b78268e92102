"""Workbooks that are packed as zip files: how large they are inside, and whether they are sound."""

from __future__ import annotations

import copy
import io
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from xml.parsers import expat

from timeliness.model.errors import InputError, Mistake
from timeliness.model.patterns import regex

MOST_BYTES = 150_000_000
"""What a workbook may unpack to."""

MOST_CELLS = 4_000_000
"""How many rows times columns the sheets that are read may have together."""

_MOST_READ_HERE = 2_000_000
_CHUNK = 1 << 18
_PACKINGS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_END = b"PK\x05\x06"
_BROKEN = (
    *(zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError, ValueError, OverflowError),
    *(NotImplementedError, IndexError),
)

_CELL = regex(rb"<c[\s/>]|:c[\s/>]")
_PLAIN_CELL = regex(
    rb'<c r="([A-Z]{1,3})([1-9]\d{0,6})"(?: (?:s|t|cm|vm|ph)="\w{1,12}")*/?>', re.ASCII
)


def is_sound(data: bytes, path: str) -> bool:
    """Whether a reader of workbooks can be trusted with a file: a small .xlsx, plainly written.

    Its parts are well-formed, are as long as it says, and no cell in them is far away. Raises
    `InputError` where a packed workbook is damaged, or unpacks to more than `MOST_BYTES`.
    """
    if not data.startswith(b"PK"):
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            _check_size(packed, path)
            return data[-22:-18] == _END and _is_sound(packed, path)
    except _BROKEN:
        says = (
            "the workbook cannot be read, because the file is damaged; open it in Excel or "
            "LibreOffice and save it again"
        )
        raise InputError([Mistake(path, 0, says)]) from None


def _check_size(packed: zipfile.ZipFile, path: str) -> None:
    """Raise `InputError` where the parts are too large, whatever the file says of their size."""
    total = 0
    for part in packed.infolist():
        if part.flag_bits & 1 or part.compress_type not in _PACKINGS:
            continue
        size = 0
        for chunk in _chunks(packed, part):
            size += len(chunk)
            if total + size > MOST_BYTES:
                says = (
                    f"the workbook unpacks to more than {MOST_BYTES // 1_000_000} MB, the most "
                    "that is read; save the table as CSV UTF-8"
                )
                raise InputError([Mistake(path, 0, says)])
        if size != part.file_size:
            raise zipfile.BadZipFile
        total += size


def _chunks(packed: zipfile.ZipFile, part: zipfile.ZipInfo) -> Iterator[bytes]:
    """Unpack a part to its very end, which may lie beyond the size that the file gives."""
    endless = copy.copy(part)
    endless.file_size = MOST_BYTES + _CHUNK
    with packed.open(endless) as file:
        while chunk := file.read(_CHUNK):
            yield chunk


def _is_sound(packed: zipfile.ZipFile, path: str) -> bool:
    parts = packed.infolist()
    names = [part.filename for part in parts]
    if "content.xml" in names:
        _check_document(packed, path)
        return False
    if "xl/workbook.xml" not in names or len(set(names)) < len(names):
        return False
    if any(part.flag_bits & 1 or part.compress_type not in _PACKINGS for part in parts):
        return False
    read = [part for part in parts if part.filename.endswith((".xml", ".rels"))]
    return sum(part.file_size for part in parts) <= _MOST_READ_HERE and all(
        _is_plain(packed.read(part), path, part.filename) for part in read
    )


def _is_plain(xml: bytes, path: str, name: str) -> bool:
    """Whether a part is written as every program writes it, with no cell far from the others."""
    _check_form(xml, path, name)
    # Comments, declarations and texts set apart may hold what looks like a cell.
    if b"<!" in xml or b"\0" in xml[:200]:
        return False
    cells = _PLAIN_CELL.findall(xml)
    if len(cells) != len(_CELL.findall(xml)):
        return False
    columns = max((_number(letters) for letters in {letters for letters, _ in cells}), default=0)
    return max((int(row) for _, row in cells), default=0) * columns <= MOST_CELLS


def _check_document(packed: zipfile.ZipFile, path: str) -> None:
    """Raise `InputError` where the content of an .ods file is not well-formed.

    Of one that is protected by a password the reader says so.
    """
    try:
        if b"encryption-data" in packed.read("META-INF/manifest.xml"):
            return
        content = packed.read("content.xml")
    except (KeyError, RuntimeError):
        return
    _check_form(content, path, "content.xml")


def _check_form(xml: bytes, path: str, name: str) -> None:
    try:
        expat.ParserCreate().Parse(xml, True)
    except expat.ExpatError as error:
        says = (
            f'the workbook cannot be read, because its part "{name}" is damaged on line '
            f"{error.lineno}; open it in Excel or LibreOffice and save it again"
        )
        raise InputError([Mistake(path, 0, says)]) from None


def _number(letters: bytes) -> int:
    """Return the number of a column, counted from 1: 28 of AB."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
