"""The figures of a year as a workbook: the same as CSV has, and each with what is behind it."""

from __future__ import annotations

import csv
import io
import sys
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter

from tests.helpers.command import Chcheck
from timeliness import cli
from timeliness.write.book import Cell, figure

# Each was acknowledged on the day of receipt, so that the answer is due 10 working days later: on
# 16 April (Good Friday is the 18th), 17 April and 30 May 2025 (a bank holiday is on the 26th).
ROWS = (
    ("Ref", "Received", "Acknowledged", "Stage 1 Response", "Team"),
    ("A1", date(2025, 4, 2), date(2025, 4, 2), date(2025, 4, 16), "North"),
    ("A2", date(2025, 4, 3), date(2025, 4, 3), date(2025, 4, 22), "=South"),
    ("A3", date(2025, 5, 15), date(2025, 5, 15), None, "North"),
)
WORDS = ("year", "in.xlsx", "--year", "2025/26", "--homes", "1000", "--as-at", "2025-06-30")
READING = "made-extensions-count-with-ended"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("year")
    with xlsxwriter.Workbook(str(made / "in.xlsx"), {"strings_to_formulas": False}) as book:
        sheet, day = book.add_worksheet("Year"), book.add_format({"num_format": "dd/mm/yyyy"})
        for row, cells in enumerate(ROWS):
            for place, cell in enumerate(cells):
                sheet.write(row, place, cell, day if isinstance(cell, date) else None)
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(made)
        outputs = [f"--output={name}:year.{name}" for name in ("xlsx", "csv", "rows")]
        patch.setattr(sys, "argv", ["chcheck", *WORDS, "--by", "Team", *outputs])
        with pytest.raises(SystemExit) as ended:
            cli.main()
    assert ended.value.code == 0
    return made


@pytest.fixture(scope="module")
def made(folder: Path) -> Iterator[Any]:
    book = openpyxl.load_workbook(folder / "year.xlsx")
    yield book
    book.close()


def value(cell: Any) -> Any:
    return cell.date() if isinstance(cell, datetime) else cell


def texts(sheet: Any) -> list[list[str]]:
    """The rows below the head as CSV has them."""
    rows = sheet.iter_rows(min_row=2, values_only=True)
    return [["" if cell is None else str(value(cell)) for cell in row] for row in rows]


def test_the_summary_has_the_measures_as_numbers(made: Any) -> None:
    assert made.sheetnames == ["Summary", "By group", "Figures", "Complaints"]
    rows = [row for row in made["Summary"].iter_rows(values_only=True) if row[0]]
    (head,) = [place for place, row in enumerate(rows) if row[0] == "All complaints, stage 1"]
    by_name = {row[0].strip(): row[1] for row in reversed(rows[head:])}
    assert rows[head][1] == "30 Jun 2025"
    assert [by_name[name] for name in ("Received", "Answered in time", "Answered late")] == [
        3,
        1,
        1,
    ]
    assert by_name["Not answered, and overdue"] == 1
    # From 2 to 16 April 10 working days, from 3 to 22 April 11 (the 18th and the 21st are none).
    assert by_name["Mean"] == 10.5
    assert by_name["Extensions count"] == 0.333
    # Three complaints of 1,000 homes.
    assert by_name["All"] == 3
    told = "\n".join(str(row[0]) for row in rows)
    assert "Each figure can be traced on the sheet Complaints." in told
    assert f"{READING}: made in the year; extensions counted" in told
    assert "Input: in.xlsx (SHA-256 " in told


def test_each_group_has_what_became_of_its_complaints(made: Any) -> None:
    head, *rows = made["By group"].iter_rows(values_only=True)
    assert head[:6] == ("Team", "Stage", "Period", "As at", "Received", "Answered in time")
    first = [tuple(map(value, row[:6])) for row in rows if row[1] == 1]
    day = date(2025, 6, 30)
    assert first == [("=South", 1, "2025/26", day, 1, 0), ("North", 1, "2025/26", day, 2, 1)]


@pytest.mark.parametrize(("name", "sheet"), [("csv", "Figures"), ("rows", "Complaints")])
def test_every_figure_and_every_complaint_is_that_of_the_csv(
    folder: Path, made: Any, name: str, sheet: str
) -> None:
    text = (folder / f"year.{name}").read_text(encoding="utf-8")
    _, *rows = csv.reader(io.StringIO(text))
    numbers = [[one.removeprefix("'") for one in row] for row in rows]
    found = texts(made[sheet])
    assert len(found) == len(numbers) > 2
    for one, other in zip(found, numbers, strict=True):
        for cell, own in zip(one, other, strict=True):
            # 1 and 1.0 are the same number in a workbook.
            assert cell == own or Decimal(cell) == Decimal(own)


def test_a_figure_is_the_sum_of_its_column_and_each_row_links_to_its_own(made: Any) -> None:
    head, *rows = made["Complaints"].iter_rows()
    names = [cell.value for cell in head]
    cells = [dict(zip(names, row, strict=True)) for row in rows]
    stage_1 = [one for one in cells if one["Stage"].value == 1]
    assert [one[READING].value for one in stage_1] == [1, 0, 0]
    assert [one["Row"].hyperlink.location for one in stage_1] == [
        "'Year'!A2",
        "'Year'!A3",
        "'Year'!A4",
    ]
    assert made["Complaints"].freeze_panes == "B2"
    assert made["Complaints"].auto_filter.ref.startswith("A1:")
    assert not [one for sheet in made for row in sheet for one in row if one.data_type == "f"]


def test_without_groups_the_sheet_says_so(chcheck: Chcheck, folder: Path, tmp_path: Path) -> None:
    (tmp_path / "in.xlsx").write_bytes((folder / "in.xlsx").read_bytes())
    assert chcheck(*WORDS, "--output", "xlsx:one.xlsx").code == 0
    book = openpyxl.load_workbook(tmp_path / "one.xlsx")
    assert book["By group"]["A2"].value == "None"
    book.close()


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("1,234", 1234),
        ("82.4%", 0.824),
        ("1,007.5", Decimal("1007.5")),
        ("85.7% to 86.7%", "85.7% to 86.7%"),
        ("under 0.1%", "under 0.1%"),
        ("-", "-"),
    ],
)
def test_what_is_a_number_and_what_is_not(text: str, cell: Cell) -> None:
    assert figure(text) == cell
