"""Workbooks with several sheets: every visible one that is a table is read, any other is named."""

from __future__ import annotations

import io
from pathlib import Path

from openpyxl import Workbook

from tests.helpers.command import Chcheck

HEAD = ("Ref", "Date Received", "Date Acknowledged", "Stage 1 Response")
APRIL = ("A1", "2025-04-02", "2025-04-03", "2025-04-10")
# Received on 2 May, acknowledged on the 30th: due on the 12th (5 May is a bank holiday, so 6, 7, 8,
# 9, 12). Ten working days after 30 May end on 13 June.
MAY = ("A2", "2025-05-02", "2025-05-30", "2025-08-10")
AS_AT = ("--as-at", "2026-03-31")


def workbook(**sheets: list[tuple[str, ...]]) -> bytes:
    book = Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name.replace("_", " "))
        for row in rows:
            sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


MONTHS = {"April_2025": [HEAD, APRIL], "May_2025": [HEAD, MAY]}


def test_every_sheet_that_is_a_table_is_read(chcheck: Chcheck, tmp_path: Path) -> None:
    (tmp_path / "months.xlsx").write_bytes(workbook(**MONTHS, Notes=[("Made by the team",)]))
    result = chcheck("months.xlsx", *AS_AT)
    assert result.code == 1
    assert result.out.startswith("1 of 2 complaints has a breach (50.0%).")
    assert "Rows: 2 read = 2 checked" in result.out
    assert (
        'months.xlsx#April 2025: read the sheets "April 2025", "May 2025"; not read: Notes'
        in result.err
    )
    assert "months.xlsx#May 2025:2: A2: Acknowledge the complaint" in " ".join(result.out.split())


def test_the_rows_of_one_complaint_on_two_sheets_are_joined(
    chcheck: Chcheck, tmp_path: Path
) -> None:
    stages = {
        "Stage_1": [HEAD, APRIL],
        "Stage_2": [
            ("Ref", "Escalation Requested", "Escalation Acknowledged", "Stage 2 Response"),
            ("A1", "2025-04-14", "2025-04-16", "2025-05-09"),
        ],
    }
    (tmp_path / "stages.xlsx").write_bytes(workbook(**stages))
    result = chcheck("stages.xlsx", *AS_AT)
    # Twenty working days after 16 April (Easter on the 18th and 21st, 5 May) end on 19 May.
    assert result.code == 0
    assert result.out.startswith("No breach in 1 complaint.")


def test_named_sheets_are_read_and_no_others(chcheck: Chcheck, tmp_path: Path) -> None:
    more = {**MONTHS, "June_2025": [HEAD, ("A3", "2025-06-02", "2025-06-03", "2025-06-10")]}
    (tmp_path / "months.xlsx").write_bytes(workbook(**more))
    result = chcheck("months.xlsx", *AS_AT, "--sheet", "April 2025", "--sheet", "June 2025")
    assert result.code == 0
    assert result.out.startswith("No breach in 2 complaints.")
    assert "; not read: May 2025" in result.err


def test_a_hidden_sheet_is_named(chcheck: Chcheck, tmp_path: Path) -> None:
    book = Workbook()
    book.active.title = "Cases"
    for row in (HEAD, APRIL):
        book.active.append(row)
    hidden = book.create_sheet("Old")
    hidden.sheet_state = "hidden"
    for row in (HEAD, MAY):
        hidden.append(row)
    book.save(tmp_path / "cases.xlsx")
    result = chcheck("cases.xlsx", *AS_AT)
    assert result.code == 0
    assert 'cases.xlsx: read the sheet "Cases"; not read: Old' in result.err


def test_a_sheet_without_a_header_that_goes_on_with_the_table_is_not_left_out(
    chcheck: Chcheck, tmp_path: Path
) -> None:
    days = [("2025-04-18", "Good Friday"), ("2025-04-21", "Easter Monday")]
    (tmp_path / "other.xlsx").write_bytes(workbook(April=[HEAD, APRIL], Days_off=days))
    assert chcheck("other.xlsx", *AS_AT).code == 0
    (tmp_path / "months.xlsx").write_bytes(workbook(April=[HEAD, APRIL], May=[MAY]))
    result = chcheck("months.xlsx", *AS_AT)
    assert (result.code, result.err) == (
        2,
        'months.xlsx: the sheet "May" has no header, and dates where "April" has them; give it the '
        'same header, or name the sheets to read: --sheet "April"\n',
    )
    assert chcheck("months.xlsx", *AS_AT, "--sheet", "April").code == 0
