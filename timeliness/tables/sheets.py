"""Spreadsheets: real dates and text dates, a title above the header, a named sheet."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Sequence
from datetime import date, datetime
from typing import cast

import numpy as np

from timeliness.model.errors import InputError, Mistake
from timeliness.tables.formulas import Cell, failed_in_ods, failed_in_xls, failed_in_xlsx
from timeliness.tables.grid import HEADER_WITHIN, Grid, frame_of, without_blank_rows
from timeliness.tables.headers import Recognise, find_header

OLD_WORKBOOK = b"\xd0\xcf\x11\xe0"
"""What a workbook of Excel before 2007 begins with."""

_PROTECTED = "EncryptedPackage".encode("utf-16-le")

MOST_BYTES = 1 << 30
"""What a workbook may unpack to: more is taken for a zip bomb."""

_HIDDEN = re.compile(rb'<(?:\w+:)?col\b[^>]*\bhidden="(?:1|true)"[^>]*>')
_SHEET = re.compile(rb'<(?:\w+:)?sheet\b[^>]*?\b\w+:id="([^"]+)"')
_PART = re.compile(rb"<(?:\w+:)?Relationship\b[^>]*>")
_MIN_MAX = re.compile(rb'\b(min|max)="(\d+)"')


def read_sheet(data: bytes, path: str, recognise: Recognise, sheet: str = "") -> Grid:
    """Read one sheet of a workbook: the named one, or the first in which names are known.

    Raises `InputError`.
    """
    from concurrent.futures import ThreadPoolExecutor

    from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetVisibleEnum

    _check_size(data, path)
    # What the reader of workbooks does not tell is looked up while it reads.
    beside = ThreadPoolExecutor(1)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        names = book.sheet_names
        if sheet and sheet not in names:
            raise InputError(
                [
                    Mistake(
                        path, 0, f'there is no sheet "{sheet}"; the sheets are {", ".join(names)}'
                    )
                ]
            )
        visible = {
            one.name for one in book.sheets_metadata if one.visible == SheetVisibleEnum.Visible
        }
        found = None
        for place, name in enumerate(names):
            if (sheet and name != sheet) or (not sheet and name not in visible):
                continue
            untold = beside.submit(_untold, data, place, name, path)
            rows = book.get_sheet_by_index(place).to_python(skip_empty_area=False)
            texts = [[_text(cell) for cell in row] for row in rows[:HEADER_WITHIN]]
            header = find_header(texts, recognise)
            if header is None:
                continue
            known = any(name and recognise(name) for name in header.names)
            if found is None or known:
                found = (name, rows, header, untold)
            if known:
                break
    except CalamineError as error:
        says = f"the workbook cannot be read ({error}); save it again as .xlsx, or as CSV UTF-8"
        if isinstance(error, PasswordError) or _PROTECTED in data:
            says = "the workbook is protected by a password; save it without one"
        raise InputError([Mistake(path, 0, says)]) from None
    finally:
        beside.shutdown()
    if found is None:
        raise InputError([Mistake(path, 0, "the workbook is empty; it has no header row")])
    name, rows, header, untold = found
    failed, hidden = untold.result()
    for row, column, text in failed or ():
        if row < len(rows) and column < len(rows[row]):
            rows[row][column] = text
    width = len(header.names)
    body = rows[header.last_row + 1 :]
    lines = np.arange(header.last_row + 2, header.last_row + 2 + len(body), dtype=np.int64)
    columns = list(zip(*body, strict=True)) or [()] * width
    frame, lines = without_blank_rows(frame_of([_texts(cells) for cells in columns]), lines)
    notes = []
    if len(names) > 1:
        notes.append(f'read the sheet "{name}" of {", ".join(names)}')
    if header.above:
        notes.append(f"{header.above} row{'s' * (header.above > 1)} above the header left out")
    if failed is None:
        notes.append(
            "in this kind of workbook a failed formula (#N/A) looks blank, and blank means not "
            "done; if it has formulas, save it as .xlsx"
        )
    return Grid(path, header.names, frame, lines, "row", name, notes=tuple(notes), hidden=hidden)


def _texts(cells: Sequence[object]) -> Sequence[str]:
    """Return the cells of a column as texts, each different one made once."""
    kinds = set(map(type, cells))
    if kinds <= {str}:
        return cast(Sequence[str], cells)
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


def _untold(
    data: bytes, place: int, name: str, path: str
) -> tuple[Sequence[Cell] | None, frozenset[int]]:
    """Return the cells of a sheet in which a formula failed, and its hidden columns."""
    xml = _sheet_xml(data, place)
    return _failed(data, xml, place, name, path), _hidden_columns(xml)


def _check_size(data: bytes, path: str) -> None:
    if not zipfile.is_zipfile(io.BytesIO(data)):
        return
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        size = sum(one.file_size for one in packed.infolist())
    if size > MOST_BYTES:
        says = f"the workbook unpacks to {size:,} bytes, more than the {MOST_BYTES:,} allowed"
        raise InputError([Mistake(path, 0, f"{says}; save the table as CSV UTF-8")])


def _sheet_xml(data: bytes, place: int) -> bytes:
    """Return the part of an .xlsx file that holds its sheet of this place; b"" of other files."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            ids = _SHEET.findall(packed.read("xl/workbook.xml"))
            for part in _PART.findall(packed.read("xl/_rels/workbook.xml.rels")):
                if b'Id="' + ids[place] + b'"' in part:
                    target = part.partition(b'Target="')[2].partition(b'"')[0].decode("utf-8")
                    name = target[1:] if target.startswith("/") else f"xl/{target}"
                    return packed.read(name)
    except (zipfile.BadZipFile, KeyError, IndexError, UnicodeDecodeError, OSError):
        pass
    return b""


def _failed(data: bytes, xml: bytes, place: int, name: str, path: str) -> Sequence[Cell] | None:
    """Return the cells of a sheet in which a formula failed: the reader gives them as blank.

    None where the workbook is of a kind whose formulas cannot be looked into.
    """
    if xml:
        return list(failed_in_xlsx(xml, path))
    if data.startswith(OLD_WORKBOOK):
        return failed_in_xls(data, name)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            return list(failed_in_ods(packed.read("content.xml"), place))
    except (zipfile.BadZipFile, KeyError, OSError):
        return None


def _hidden_columns(xml: bytes) -> frozenset[int]:
    """Return the hidden columns of a sheet of an .xlsx file; they are read as the others are."""
    hidden: set[int] = set()
    for match in _HIDDEN.findall(xml[: 1 << 16]):
        ends = {name: int(number) for name, number in _MIN_MAX.findall(match)}
        first, last = ends.get(b"min", 1), min(ends.get(b"max", 1), 16_384)
        hidden |= set(range(first - 1, last))
    return frozenset(hidden)
