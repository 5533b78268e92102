"""Cells in which something stands, and no value: above all formulas that failed.

The reader of workbooks calls them blank, and blank means not done; each gets a text that is no
date.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from struct import error

from timeliness.model.errors import InputError, Mistake

UNSAVED = "#NO RESULT"
"""What stands for a formula that was written by a program and never worked out."""
NESTED = "#SEVERAL VALUES"
"""What stands for a list or an object in a cell of JSON."""

_NAMES = ("N/A", "REF!", "VALUE!", "NAME?", "DIV/0!", "NUM!", "NULL!", "SPILL!", "CALC!")
_OTHERS = ("#GETTING_DATA", "#FIELD!", "#BLOCKED!", "#UNKNOWN!", "#CONNECT!", UNSAVED, NESTED)
_FAILED = frozenset((*(f"#{name}" for name in _NAMES), *_OTHERS))

Cell = tuple[int, int, str]
"""The row and column of a cell, counted from 0, and the text that stands for it."""

_TAG = rb"(?:\w+:)?"
_ERROR = re.compile(
    rb"<%bc(?=\s)([^>]*\st=[\"']e[\"'](?:[^>]*[^>/])?)>(.*?)</%bc>" % (_TAG, _TAG), re.S
)
_VALUE = re.compile(rb"<%bv(?:\s[^>]*)?>\s*(#[^<]{1,20})<" % _TAG)
_EMPTY = re.compile(
    rb"<%bc(\s[^>]*)?>\s*<%bf(?:\s[^>]*)?(?:/>|>[^<]*</%bf>)\s*"
    rb"(?:<%bv\s*/>|<%bv(?:\s[^>]*)?>\s*</%bv>)?\s*</%bc>" % ((_TAG,) * 7)
)
_PLACE = re.compile(rb"\sr=[\"']([A-Z]{1,3})(\d{1,7})[\"']")
_TEXT = re.compile(rb"\st=[\"']str[\"']")

_ODS_TABLE = re.compile(rb"<table:table[ >].*?</table:table>", re.S)
_ODS_CELL = re.compile(
    rb"<table:(table-row|table-cell|covered-table-cell)(?=[\s/>])([^>]*)>"
    rb"(?:(<text:p[^>]*>)([^<]*))?"
)
_ODS_REPEATED = re.compile(rb'\stable:number-(?:rows|columns)-repeated="(\d{1,7})"')


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
    tables = _ODS_TABLE.findall(content)
    row = column = -1
    rows = columns = 1
    cells = _ODS_CELL.findall(tables[sheet] if sheet < len(tables) else b"")
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
