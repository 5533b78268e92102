"""A row that is written whole is the one that xlsxwriter writes of the same cells."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date
from decimal import Decimal

import openpyxl
import pytest

from timeliness.write.book import Book, Cell
from timeliness.write.listing import Column, Listing

CELLS: tuple[Cell, ...] = (
    *("plain words, and more", "a & b < c > d", ' "quoted" ', "two\nlines", "\ttab", "_x0041_"),
    *("<r>not a format</r>", "<r>x & y</r>", "=1+1", "café 🏠", "control \x07", "x " * 3, ""),
    *(None, 0, 12, -3, 1_234_567, 0.125, 1.0, 1, Decimal("2.5"), Decimal("1.0")),
    *(date(2025, 3, 3), date(1900, 2, 28), date(1900, 3, 1), date(1899, 12, 30)),
)


@pytest.mark.parametrize("from_1904", [False, True])
def test_a_row_is_what_it_is_cell_by_cell(from_1904: bool) -> None:
    book = Book("Rows", from_1904=from_1904)
    listing = Listing(book, "Whole", [Column(f"c{place}") for place in range(len(CELLS))])
    listing.add(CELLS)
    listing.add(CELLS)
    listing.end()
    sheet = book.sheet("Cell by cell")
    for place, cell in enumerate(CELLS):
        book.put(sheet, 1, place, cell, book.left if isinstance(cell, int) else None)
    data = book.end(date(2025, 3, 31))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        whole, by_cell = (
            archive.read(f"xl/worksheets/sheet{number}.xml").decode() for number in (1, 2)
        )
    row = re.compile(r'<row r="2">.*?</row>', re.DOTALL)
    assert row.findall(whole) == row.findall(by_cell) != []
    # The second row is as the first, which it takes its cells from.
    (second,) = re.findall(r'<row r="3">.*?</row>', whole, re.DOTALL)
    (first,) = row.findall(whole)
    assert re.sub(r'(r="[A-Z]*)3"', r'\g<1>2"', second) == first
    made = openpyxl.load_workbook(io.BytesIO(data))["Whole"]
    read = [made.cell(2, place).value for place in range(1, len(CELLS) + 1)]
    assert read[:5] == [*CELLS[:5]]
    assert read[6:9] == ["<r>not a format</r>", "<r>x & y</r>", "=1+1"]
    assert made.cell(2, 9).data_type == "s"
    assert (read[14], read[18], read[19], read[20]) == (0, 0.125, 1, 1)
    assert [made.cell(2, place).number_format for place in (20, 21, 22)] == [
        *("0.0%", "#,##0", "#,##0.0"),
    ]
    assert read[23].date() == date(2025, 3, 3)
