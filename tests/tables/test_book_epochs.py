"""From which day workbooks of every kind count their serial numbers."""

import io
import zipfile
from pathlib import Path

import pytest

from tests.helpers.command import Chcheck
from tests.helpers.tables import days, read, says
from timeliness.read.config import Config
from timeliness.tables.book_epochs import counts_from_1904
from timeliness.tables.preview import open_for_columns

XLS = (Path(__file__).parent / "workbooks" / "formulas.xls").read_bytes()
ODS = (Path(__file__).parent / "workbooks" / "formulas.ods").read_bytes()
FROM_1900, FROM_1904 = b"\x22\0\2\0\0\0", b"\x22\0\2\0\1\0"
"""How an .xls file says from which day it counts."""


def packed(name: str, part: bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as book:
        book.writestr(name, part)
    return made.getvalue()


def test_serial_numbers_of_an_xls_file() -> None:
    # The acknowledgement of A2 is the number 45664 without the format of a date. That is 7 January
    # 2025 from 1900. From 1904 it is 1,462 days later, four years and a day: 8 January 2029.
    assert XLS.count(FROM_1900) == 1
    old = XLS.replace(FROM_1900, FROM_1904)
    assert days(read(XLS), "complaint acknowledged")[1] == "2025-01-07"
    assert days(read(old), "complaint acknowledged")[1] == "2029-01-08"


def test_an_xls_file_that_does_not_say() -> None:
    unsaid = XLS.replace(FROM_1900, b"\x23\0\2\0\0\0")
    assert counts_from_1904(unsaid) is None
    assert says(unsaid) == (
        'export.csv: column "Acknowledged" holds days as numbers, such as 45664, and the workbook '
        "does not say whether they count from 1900 or 1904; give the column the format of a date, "
        "or save the table as .xlsx"
    )


def record(kind: int, *cells: int) -> bytes:
    """A record of an .xls file: its kind, its size and its cells, each of two bytes."""
    return b"".join(cell.to_bytes(2, "little") for cell in (kind, 2 * len(cells), *cells))


def test_the_records_of_an_xls_file() -> None:
    # A part of the file begins (0x0809): of the workbook as a whole (5) or of one sheet (16). The
    # code page (0x42) is 1 here, the mode of dates (0x22) is 1 for 1904; 0x0A ends the part.
    book, sheet = record(0x0809, 0x0600, 5, 0, 0), record(0x0809, 0x0600, 16, 0, 0)
    page, end = record(0x42, 1), record(0x0A)
    from_1900, from_1904 = record(0x22, 0), record(0x22, 1)
    assert counts_from_1904(book + page + from_1900 + end) is False
    assert counts_from_1904(book + page + from_1904 + end) is True
    assert counts_from_1904(book + from_1904) is True
    assert counts_from_1904(book + end + from_1904) is None
    assert counts_from_1904(sheet + from_1904 + end) is None
    assert counts_from_1904(book + record(0x22, 2) + from_1904 + end) is None
    # A file that breaks off.
    assert counts_from_1904(book + page) is None
    assert counts_from_1904(book + from_1904[:4]) is None


@pytest.mark.parametrize(
    ("flags", "counts"), [(b"\x00", False), (b"\x01", True), (b"\x20", False), (b"\x21", True)]
)
def test_an_xlsb_file(flags: bytes, counts: bool) -> None:
    # The workbook begins (131), has a version (128) of 130 bytes, and its properties (153).
    version = b"\x80\x01\x82\x01" + b"\x99" * 130
    part = b"\x83\x01\x00" + version + b"\x99\x01\x0c" + flags + bytes(11)
    assert counts_from_1904(packed("xl/workbook.bin", part)) is counts
    assert counts_from_1904(packed("xl/workbook.bin", part[:20])) is None
    # The size of a record has four bytes at most: here 2, 128 and two that add nothing.
    longest = part.replace(b"\x80\x01\x82\x01", b"\x80\x01\x82\x81\x80\x80")
    assert counts_from_1904(packed("xl/workbook.bin", longest)) is counts


def test_other_workbooks() -> None:
    assert counts_from_1904(ODS) is False
    null = b'<table:null-date table:date-value="1904-01-01"/>'
    assert counts_from_1904(packed("content.xml", null)) is True
    assert counts_from_1904(packed("xl/workbook.xml", b'<workbookPr date1904="1"/>')) is True
    assert counts_from_1904(packed("xl/workbook.xml", b"<workbookPr/>")) is False
    assert counts_from_1904(packed("other", b"")) is None
    assert counts_from_1904(b"PK\3\4") is None


def test_columns_counts_as_the_check_does(chcheck: Chcheck, tmp_path: Path) -> None:
    (tmp_path / "old.xls").write_bytes(XLS.replace(FROM_1900, FROM_1904))
    (tmp_path / "unsaid.xls").write_bytes(XLS.replace(FROM_1900, b"\x23\0\2\0\0\0"))
    opened = open_for_columns(tmp_path / "old.xls", Config()).opened
    # 45664 from 1904 is 47126 from 1900.
    assert "47126" in opened.grid.column(2).to_list()
    ran = chcheck("columns", "unsaid.xls")
    assert ran.code == 2
    assert "does not say whether they count from 1900 or 1904" in ran.err
