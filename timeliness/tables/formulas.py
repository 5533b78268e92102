"""Cells that contain something other than a value: above all formulas that failed.

The reader of workbooks calls them blank, and blank means not done; each gets a text that is not a
date.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from struct import error

from timeliness.model.errors import InputError, Mistake
from timeliness.model.patterns import regex

UNSAVED = "#NO RESULT"
"""The text for a formula that was written by a program and never worked out."""
NESTED = "#SEVERAL VALUES"
"""The text for a list or an object in a cell of JSON."""

_NAMES = ("N/A", "REF!", "VALUE!", "NAME?", "DIV/0!", "NUM!", "NULL!", "SPILL!", "CALC!")
_OTHERS = ("#GETTING_DATA", "#FIELD!", "#BLOCKED!", "#UNKNOWN!", "#CONNECT!", UNSAVED, NESTED)
_FAILED = frozenset((*(f"#{name}" for name in _NAMES), *_OTHERS))

Cell = tuple[int, int, str]
"""The row and column of a cell, counted from 0, and the text that stands for it."""

OLD_WORKBOOK = b"\xd0\xcf\x11\xe0"
"""What a workbook of Excel before 2007 begins with."""

_HIDDEN = regex(rb'<(?:\w+:)?col\b[^>]*\bhidden="(?:1|true)"[^>]*>')
_SHEET = regex(rb'<(?:\w+:)?sheet\b[^>]*?\b\w+:id="([^"]+)"')
_PART = regex(rb"<(?:\w+:)?Relationship\b[^>]*>")
_MIN_MAX = regex(rb'\b(min|max)="(\d+)"')

_TAG = rb"(?:\w+:)?"
_ERROR = regex(rb"<%bc(?=\s)([^>]*\st=[\"']e[\"'](?:[^>]*[^>/])?)>(.*?)</%bc>" % (_TAG, _TAG), re.S)
_VALUE = regex(rb"<%bv(?:\s[^>]*)?>\s*(#[^<]{1,20})<" % _TAG)
_EMPTY = regex(
    rb"<%bc(\s[^>]*)?>\s*+<%bf(?:\s[^>]*)?(?:/>|>[^<]*+</%bf>)\s*+"
    rb"(?:<%bv\s*/>|<%bv(?:\s[^>]*)?>\s*+</%bv>)?\s*+</%bc>" % ((_TAG,) * 7)
)
_PLACE = regex(rb"\sr=[\"']([A-Z]{1,3})(\d{1,7})[\"']")
_TEXT = regex(rb"\st=[\"']str[\"']")

_ODS_TABLE, _ODS_TABLE_END = regex(rb"<table:table[ >]"), b"</table:table>"
_ODS_CELL = regex(
    rb"<table:(table-row|table-cell|covered-table-cell)(?=[\s/>])([^>]*)>"
    rb"(?:(<text:p[^>]*>)([^<]*))?"
)
_ODS_REPEATED = regex(rb'\stable:number-(?:rows|columns)-repeated="(\d{1,7})"')


def is_failed(text: str) -> bool:
    """Whether a text is what a spreadsheet shows of a formula that failed."""
    text = text.strip().upper()
    return text in _FAILED or bool(re.fullmatch(r"ERR:\d{3}", text, re.ASCII))


def failed_in_xlsx(xml: bytes, path: str) -> Iterator[Cell]:
    """Return the cells of an .xlsx sheet that hold an error, or a formula without its result.

    Raises `InputError` where it is not clear which cell it is.
    """
    # Most sheets have no formula at all, which is soon seen.
    has_errors = b't="e"' in xml or b"t='e'" in xml
    has_formulas = b"<f" in xml or b":f" in xml
    for attributes, inner in _ERROR.findall(xml) if has_errors else ():
        value = _VALUE.search(inner)
        shown = value[1].decode("ascii", errors="replace").strip() if value else "#ERROR!"
        yield (*_place(attributes, path), shown)
    for attributes in _EMPTY.findall(xml) if has_formulas else ():
        if not _TEXT.search(attributes):
            yield (*_place(attributes, path), UNSAVED)


def _place(attributes: bytes, path: str) -> tuple[int, int]:
    found = _PLACE.search(attributes)
    if not found:
        says = (
            "a formula in the sheet has no result, and its cell no number; open the file in Excel "
            "or LibreOffice and save it"
        )
        raise InputError([Mistake(path, 0, says)])
    column = 0
    for letter in found[1]:
        column = column * 26 + letter - 64
    return int(found[2]) - 1, column - 1


def failed_in_xls(data: bytes, sheet: str) -> list[Cell] | None:
    """Return the cells of a sheet of an .xls file that hold an error; None where none can be told.

    Unlike the reader of workbooks, the older one for these files alone tells them from blanks.
    """
    import xlrd

    try:
        with xlrd.open_workbook(file_contents=data, logfile=io.StringIO(), on_demand=True) as book:
            rows = [row.copy() for row in book.sheet_by_name(sheet).get_rows()]
    except (xlrd.XLRDError, AssertionError, IndexError, KeyError, UnicodeError, ValueError, error):
        return None
    return [
        (row, column, xlrd.error_text_from_code.get(cell.value, "#ERROR!"))
        for row, cells in enumerate(rows)
        for column, cell in enumerate(cells)
        if cell.ctype == xlrd.XL_CELL_ERROR
    ]


def failed_in_ods(content: bytes, sheet: int) -> Iterator[Cell]:
    """Return the cells of a sheet of an .ods file that hold an error, or no result."""
    if b"table:formula" not in content:
        return
    row = column = -1
    rows = columns = 1
    cells = _ODS_CELL.findall(_ods_table(content, sheet))
    for tag, attributes, paragraph, text in cells:
        repeated = _ODS_REPEATED.search(attributes)
        times = int(repeated[1]) if repeated else 1
        if tag == b"table-row":
            row, rows, column, columns = row + rows, times, -1, 1
            continue
        column, columns = column + columns, times
        if b"table:formula=" not in attributes:
            continue
        shown = text.decode("utf-8", errors="replace").strip()
        if b'value-type="error"' not in attributes and not is_failed(shown):
            if paragraph or b"office:value-type=" in attributes:
                continue
            shown = UNSAVED
        yield row, column, shown or "#ERROR!"


def _ods_table(content: bytes, sheet: int) -> bytes:
    """Return the part of an .ods file that holds its sheet of this place, or nothing."""
    begin = end = 0
    for _ in range(sheet + 1):
        found = _ODS_TABLE.search(content, end)
        begin = found.start() if found else len(content)
        end = content.find(_ODS_TABLE_END, begin)
        if end < 0:
            return b""
    return content[begin:end]


def untold_of(
    data: bytes, place: int, name: str, path: str
) -> tuple[Sequence[Cell] | None, frozenset[int]]:
    """Return the cells of a sheet in which a formula failed, and its hidden columns."""
    xml = _sheet_xml(data, place)
    return _failed(data, xml, place, name, path), _hidden_columns(xml)


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
