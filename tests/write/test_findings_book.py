"""The workbook of findings: every finding on its sheet, as what it is, and nothing lost."""

from __future__ import annotations

import hashlib
import io
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter

from tests.helpers.command import Chcheck
from timeliness import cli
from timeliness.write import listing

HEAD = (
    *("Complaint Ref", "Date Received", "Acknowledged", "Stage 1 Response", "Stage 1 Due Date"),
    "Team",
)
# Of 2025. Received on Monday 3 March, so that the acknowledgement is due on the 10th and, where it
# came on the 5th, the response on the 19th.
ROWS = (
    ("A1", date(2025, 3, 3), date(2025, 3, 5), date(2025, 3, 21), date(2025, 3, 20), "=1+1"),
    ("A2", date(2025, 3, 3), date(2025, 3, 5), date(2025, 3, 12), date(2025, 3, 19), "+North"),
    ("A3", date(2025, 3, 3), date(2025, 3, 5), None, None, "@South"),
    ("A4", date(2025, 3, 24), date(2025, 3, 26), None, None, "-East"),
    ("A5", date(2025, 3, 3), None, date(2025, 3, 12), None, "\tWest"),
    (None, date(2025, 3, 3), None, None, None, "North"),
)
CHECK = ("in/cases.xlsx", "--as-at", "2025-03-28")
WORDS = (
    *(*CHECK, "--show", "problems", "--by", "Team"),
    *("--output", "xlsx:found.xlsx", "--output", "csv:found.csv"),
)
SHEETS = ["Summary", "Breaches", "Cannot tell", "Due", "Claims", "Rejected"]


def workbook(path: Path, sheet: str = "Q4 2025's") -> None:
    """The rows as a workbook, with a title above them."""
    with xlsxwriter.Workbook(str(path)) as made:
        own = made.add_worksheet(sheet)
        own.write_string(0, 0, "Complaints, all teams")
        day = made.add_format({"num_format": "dd/mm/yyyy"})
        for number, cells in enumerate((HEAD, *ROWS), 1):
            for place, cell in enumerate(cells):
                if isinstance(cell, date):
                    own.write_datetime(number, place, cell, day)
                elif cell is not None:
                    own.write_string(number, place, cell)


@contextmanager
def opened(data: bytes | Path) -> Iterator[Any]:
    found = openpyxl.load_workbook(io.BytesIO(data) if isinstance(data, bytes) else data)
    yield found
    found.close()


def rows_of(sheet: Any) -> list[dict[str, Any]]:
    head, *rows = sheet.iter_rows()
    names = [cell.value for cell in head]
    return [dict(zip(names, row, strict=True)) for row in rows]


def value(cell: Any) -> Any:
    """What a cell holds, a day as a day."""
    return cell.value.date() if isinstance(cell.value, datetime) else cell.value


def values(row: dict[str, Any], *names: str) -> list[Any]:
    return [value(row[name]) for name in names]


def said(sheet: Any) -> str:
    cells = (cell for row in sheet.iter_rows(values_only=True) for cell in row)
    return "\n".join(str(cell) for cell in cells if cell is not None)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the rows, and what was made of them."""
    made = tmp_path_factory.mktemp("book")
    (made / "in").mkdir()
    workbook(made / "in" / "cases.xlsx")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(made)
        patch.setattr(sys, "argv", ["chcheck", *WORDS])
        with pytest.raises(SystemExit) as ended:
            cli.main()
    assert ended.value.code == 2
    return made


@pytest.fixture
def there(folder: Path, tmp_path: Path) -> Path:
    """The same rows in an empty folder."""
    return Path(shutil.copytree(folder / "in", tmp_path / "in"))


def test_each_finding_is_on_its_sheet_as_what_it_is(folder: Path) -> None:
    with opened(folder / "found.xlsx") as made:
        assert made.sheetnames == SHEETS
        first, second, third = rows_of(made["Breaches"])
        shown = {name: value(cell) for name, cell in first.items()}
        # Answered on Friday 21 March 2025, due on Wednesday the 19th.
        assert shown == {
            "Complaint": "A1",
            "Landlord": None,
            "What": "Stage 1 response",
            "Whose rule": "Code",
            "Clause": "6.3",
            "Verdict": "Breach",
            "Why": "Done after the due date",
            "From": date(2025, 3, 5),
            "Due": date(2025, 3, 19),
            "Done": date(2025, 3, 21),
            "Working days taken": 12,
            "Late by": 2,
            "Unit": "working days",
            "Calendar days late": 2,
            "Status": None,
            "File": "in/cases.xlsx",
            "Row": 3,
            "Team": "=1+1",
        }
        assert first["Due"].is_date
        assert (second["Complaint"].value, second["Row"].value) == ("A3", 5)
        # Never acknowledged, and answered on 12 March: two working days after the 10th.
        assert (third["Complaint"].value, third["Late by"].value) == ("A5", 2)
        assert all(cell.data_type != "f" for sheet in made for row in sheet for cell in row)


def test_a_link_leads_to_the_row_of_the_workbook(folder: Path) -> None:
    with opened(folder / "found.xlsx") as made:
        cell = rows_of(made["Breaches"])[0]["Row"]
        assert cell.hyperlink.target.replace("\\", "/") == "in/cases.xlsx"
        assert cell.hyperlink.location == "'Q4 2025''s'!A3"
        (rejected,) = rows_of(made["Rejected"])
        assert rejected["Row"].hyperlink.location == "'Q4 2025''s'!A8"
        assert rejected["What is wrong"].value == "There is no reference, so it cannot be checked"


def test_what_is_due_comes_by_day_with_its_carried_columns(folder: Path) -> None:
    with opened(folder / "found.xlsx") as made:
        overdue, coming = rows_of(made["Due"])
        # Due on Wednesday 19 March: 7 working days before Friday the 28th.
        assert values(overdue, "How it is", "Overdue by", "Unit", "Team") == [
            *("Overdue", 7, "working days", "@South")
        ]
        # Acknowledged on Wednesday 26 March, due on 9 April: 8 working days from Friday the 28th.
        assert values(
            coming, "How it is", "Due", "Working days left", "Complaint", "What", "Team"
        ) == ["To be done", date(2025, 4, 9), 8, "A4", "Stage 1 response", "-East"]


def test_a_claim_that_is_not_right_says_what_would_be(folder: Path) -> None:
    with opened(folder / "found.xlsx") as made:
        (claim,) = rows_of(made["Claims"])
        assert values(claim, "Complaint", "Where it says so", "What it says", "Right", "Row") == [
            "A1",
            "Stage 1 Due Date",
            date(2025, 3, 20),
            date(2025, 3, 19),
            3,
        ]


def test_every_sheet_has_filters_and_a_frozen_head_and_says_none(folder: Path) -> None:
    with opened(folder / "found.xlsx") as made:
        for name in SHEETS[1:]:
            assert made[name].freeze_panes == "B2"
            assert made[name].auto_filter.ref.startswith("A1:")
        # A5 says nowhere when it was acknowledged, but a blank cell means that it was not done.
        assert made["Cannot tell"]["A2"].value == "None"


def test_the_summary_names_what_it_rests_on(folder: Path) -> None:
    with opened(folder / "found.xlsx") as made:
        told = said(made["Summary"])
    assert "3 of 5 complaints have breaches (60.0%)." in told
    assert "As at 28 March 2025." in told
    assert "Against Complaint Handling Code 2024." in told
    assert "Configuration: none" in told
    assert "Rows: 6 read = 5 checked + 0 checked in part + 1 rejected." in told
    assert "Note on in/cases.xlsx: 1 row above the header left out" in told
    digest = hashlib.sha256((folder / "in" / "cases.xlsx").read_bytes()).hexdigest()
    assert f"Input: in/cases.xlsx (SHA-256 {digest})" in told
    # Of five, one was met and three were breached; one is not due yet.
    assert "Stage 1 Due Date (Code): right in 1 of 2" in told


def test_the_summary_has_the_groups_by_which_a_run_is_split(folder: Path) -> None:
    with opened(folder / "found.xlsx") as made:
        rows = list(made["Summary"].iter_rows(max_col=4, values_only=True))
    # A1 is the one complaint of its team, and late.
    assert rows[rows.index(("By Team", None, None, None)) + 2 :][:5].count(("=1+1", 1, 1, 0)) == 1


def test_showing_problems_alone_leaves_the_other_files_as_they_are(
    folder: Path, there: Path, chcheck: Chcheck, tmp_path: Path
) -> None:
    beside = (folder / "found.csv").read_bytes()
    chcheck(*CHECK, "--show", "problems", "--output", "csv:alone.csv")
    assert (tmp_path / "alone.csv").read_bytes() == beside


def test_the_same_input_gives_the_same_bytes_and_leaves_nothing_behind(
    folder: Path, there: Path, chcheck: Chcheck, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(scratch))
    words = (*CHECK, "--show", "problems", "--by", "Team", "--output", "xlsx:again.xlsx")
    chcheck(*words)
    assert (tmp_path / "again.xlsx").read_bytes() == (folder / "found.xlsx").read_bytes()
    assert chcheck(*words[:-2], "--complaint", "A9", *words[-2:]).code == 2
    assert not list(scratch.iterdir())


def test_a_timeline_is_named_by_file_and_line(chcheck: Chcheck, tmp_path: Path) -> None:
    case = (
        "complaint: C-1\nlandlord: Sample Homes\nas_at: 2025-03-14\nevents:\n"
        "  - 2025-03-03 complaint received\n  - 2025-03-12 complaint acknowledged\n"
        "statements:\n  - {about: complaint acknowledged, words: 5 working days, by: landlord, "
        "source: letter of 20 March}\n"
    )
    ran = chcheck("case.yaml", "--output", "xlsx:found.xlsx", files={"case.yaml": case})
    assert ran.code == 1
    with opened(tmp_path / "found.xlsx") as made:
        (late,) = rows_of(made["Breaches"])
        assert values(late, "Complaint", "Landlord", "File", "Row") == [
            *("C-1", "Sample Homes", "case.yaml", 1)
        ]
        assert late["Row"].hyperlink is None
        (claim,) = rows_of(made["Claims"])
        # From Monday 3 to Wednesday 12 March 2025.
        names = ("Where it says so", "What it says", "Is it right?", "Right", "Row")
        assert values(claim, *names) == [
            *("landlord, letter of 20 March", "5 working days", "Wrong", "7 working days", 8)
        ]


def test_what_no_sheet_holds_goes_on_in_another_and_is_said(
    there: Path, chcheck: Chcheck, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listing, "MOST_ROWS", 3)
    monkeypatch.setattr(listing, "MOST_LINKS", 1)
    again = chcheck(*CHECK, "--output", "xlsx:found.xlsx")
    with opened(tmp_path / "found.xlsx") as made:
        assert made.sheetnames == [*SHEETS, "Breaches 2"]
        first, second = rows_of(made["Breaches"])
        (third,) = rows_of(made["Breaches 2"])
        assert [one["Complaint"].value for one in (first, second, third)] == ["A1", "A3", "A5"]
        assert first["Row"].hyperlink
        assert not second["Row"].hyperlink
        assert third["Row"].hyperlink
        told = said(made["Summary"])
    goes_on = "Breaches has more rows than a sheet holds, and goes on in Breaches 2"
    unlinked = (
        "Breaches: 1 row is named by file and row, without a link, because a sheet holds 1 link"
    )
    for says in (goes_on, unlinked):
        assert says in told
        assert says in again.err


def test_chcheck_knows_its_own_workbook_in_a_folder(
    folder: Path, there: Path, chcheck: Chcheck
) -> None:
    shutil.copy(folder / "found.xlsx", there)
    ran = chcheck("in", "--as-at", "2025-03-28")
    assert "in/found.xlsx: written by chcheck; left out" in ran.err
    assert ran.out.startswith("3 of 5 complaints have breaches (60.0%).")


def test_a_full_disk_is_said_in_a_sentence(
    there: Path, chcheck: Chcheck, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*cells: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(xlsxwriter.worksheet.Worksheet, "_write_single_row", full)
    ran = chcheck(*CHECK, "--output", "xlsx:found.xlsx")
    assert ran.code == 2
    assert ran.err.endswith(
        "chcheck: there is no room for a workbook in the making: No space left on device\n"
    )
    assert not Path("found.xlsx").exists()


def test_a_workbook_is_not_shown_on_a_terminal(
    chcheck: Chcheck, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    ran = chcheck("case.yaml", "--format", "xlsx", files={"case.yaml": "complaint: C\n"})
    assert (ran.code, ran.err) == (
        2,
        "chcheck: --format xlsx is for a file to open; write --output xlsx:PATH\n",
    )
