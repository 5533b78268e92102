"""Somebody's own table with what was found beside it: every cell is there, and where it was."""

from __future__ import annotations

import csv
import gzip
import io
import sys
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import polars as pl
import pytest
import xlsxwriter
from python_calamine import CalamineWorkbook

from tests.helpers.command import Chcheck
from timeliness import cli
from timeliness.model.errors import InputError
from timeliness.run.clock_values import Clocks
from timeliness.write.annotated import Beside, SheetRead, write_beside_sheet

ROOT = Path(__file__).parent.parent.parent
SAMPLES = ("export-wide.csv", "export-long.csv", "export-wide.xlsx")
CONFIG = ("--config", "export-chcheck.toml")

# Of 2025. The days are counted by hand: 10 working days from Wednesday 14 May end on Thursday the
# 29th, after the bank holiday of Monday the 26th; 20 from Monday 16 June on Monday 14 July.
STAGES = (
    "Complaints of the North,;;;;\r\n"
    "Case Ref;Stage;Date Received;Acknowledged;Date Responded;Note\r\n"
    'A1;Stage 1;13/05/2025;14/05/2025;22/05/2025;"said ""no"";\r\nthen yes – £5"\r\n'
    "A1;Stage 2;13/06/2025;16/06/2025;11/07/2025;=1+1\r\n"
    "A2;Stage 1;13/05/2025;14/05/2025;30/05/2025\r\n"
    ";Stage 1;02/06/2025;;;\r\n"
    "A3;Stage 1;02/12/2025;;;later\r\n"
    "A4;Stage 1;2 June 2025;tbc;;\r\n"
    "Total;;;;;\r\n"
)
CASES = "Ref,Received,Acknowledged,Stage 1 Response\nA1,2025-03-03,2025-03-05,2025-03-21\n"
AS_AT = ("--as-at", "2025-08-01")


@pytest.fixture(scope="module")
def samples(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample exports, and each of them with what was found."""
    made = tmp_path_factory.mktemp("annotated")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(made)
        for name in (*SAMPLES, CONFIG[1]):
            (made / name).write_bytes((ROOT / "samples" / name).read_bytes())
        for name in SAMPLES:
            words = ["chcheck", name, *CONFIG, "--output", f"annotated:out-{name}"]
            patch.setattr(sys, "argv", words)
            with pytest.raises(SystemExit) as ended:
                cli.main()
            assert ended.value.code == 2
    return made


def cells_of(path: Path) -> list[list[Any]]:
    if path.suffix == ".xlsx":
        book = CalamineWorkbook.from_path(path)
        return list(book.get_sheet_by_name("Complaints").to_python(skip_empty_area=False))
    with path.open(encoding="utf-8-sig", newline="") as file:
        return [list(row) for row in csv.reader(file)]


def added(rows: Sequence[Sequence[Any]], reference: str) -> dict[str, Any]:
    """What stands beside the first row of a complaint, by the heading without its beginning."""
    head = next(row for row in rows if "chcheck: row" in row)
    row = next(row for row in rows if row and row[0] == reference)
    both = zip(head, row, strict=True)
    return {name.removeprefix("chcheck: "): one for name, one in both if name.startswith("chcheck")}


@pytest.mark.parametrize("name", SAMPLES)
def test_every_cell_of_a_sample_is_where_it_was(samples: Path, name: str) -> None:
    before, after = cells_of(samples / name), cells_of(samples / f"out-{name}")
    assert len(after) == len(before) > 500
    assert [row[: len(own)] for own, row in zip(before, after, strict=True)] == before
    if name.endswith(".csv"):
        old = (samples / name).read_bytes().splitlines(keepends=True)
        new = (samples / f"out-{name}").read_bytes().splitlines(keepends=True)
        for one, other in zip(old, new, strict=True):
            assert other.startswith(one.rstrip(b"\r\n"))
            assert other.endswith(one[len(one.rstrip(b"\r\n")) :])


@pytest.mark.parametrize("name", SAMPLES)
def test_a_row_has_its_due_days_verdicts_and_days_late(samples: Path, name: str) -> None:
    rows = cells_of(samples / f"out-{name}")
    # Received on Thursday 17 April 2025: 22, 23, 24, 25 and 28 April are the five working days.
    easter = added(rows, "CH-0000090")
    due = date(2025, 4, 28)
    assert easter["acknowledgement due (Code)"] == (due if name.endswith("x") else "2025-04-28")
    assert easter["acknowledgement verdict (Code)"] == "Met"
    # A Saturday reply after a Friday limit: late, and by no working day.
    saturday = added(rows, "CH-0000080")
    assert saturday["stage 1 response verdict (Code)"] == "Breach"
    assert str(saturday["stage 1 response working days late (Code)"]) in ("0", "0.0")
    assert added(rows, "CH-0000003")["row"].startswith('Checked in part: column "Date')


def test_the_table_with_its_findings_is_judged_as_before(chcheck: Chcheck, tmp_path: Path) -> None:
    words = (*AS_AT, "--dates", "uk", "--format", "csv")
    before = chcheck("in.csv", *words, "--output", "annotated:out.csv", files={"in.csv": STAGES})
    again = chcheck("out.csv", *words, "--output", "text:again.txt")
    assert again.out == before.out.replace("in.csv", "out.csv")
    assert "are not used" not in (tmp_path / "again.txt").read_text(encoding="utf-8")


def test_a_folder_leaves_it_out(chcheck: Chcheck) -> None:
    head, row = CASES.splitlines()
    own = f"Cases\n{head},chcheck: row,chcheck: acknowledgement due (Code)\n{row},Checked,\n"
    ran = chcheck("in", *AS_AT, "--format", "csv", files={"in/a.csv": own, "in/b.csv": CASES})
    assert ran.err.startswith("in/a.csv: written by chcheck; left out\n")
    assert "b.csv: written" not in ran.err


@pytest.mark.parametrize("codec", ["cp1252", "utf-16"])
def test_each_clock_is_on_the_row_of_its_stage_and_the_bytes_stay(
    chcheck: Chcheck, tmp_path: Path, codec: str
) -> None:
    data = STAGES.encode(codec)
    (tmp_path / "stages.csv").write_bytes(data)
    ran = chcheck("stages.csv", *AS_AT, "--dates", "uk", "--output", "annotated:out.csv")
    assert ran.code == 2
    after = (tmp_path / "out.csv").read_bytes()
    assert after.startswith(data[:6])
    text = after.decode(codec)
    for one, other in zip(STAGES.split("\r\n"), text.split("\r\n"), strict=True):
        assert other.startswith(one)
    title, head, *rows = csv.reader(io.StringIO(text, newline=""), delimiter=";")
    assert title == ["Complaints of the North,", "", "", "", ""]
    assert head[6:] == [
        "chcheck: row",
        *(
            f"chcheck: {name} {what} (Code)"
            for name in (
                *("acknowledgement", "stage 1 response", "stage 2 acknowledgement"),
                "stage 2 response",
            )
            for what in ("due", "verdict", "working days late")
        ),
    ]
    first, second, short, nobody, later, part, total = rows
    assert first[5] == 'said "no";\r\nthen yes – £5'
    met = ["2025-05-20", "Met", "0", "2025-05-29", "Met", "0"]
    assert first[6:] == ["Checked", *met, *[""] * 6]
    assert second[5:7] == ["=1+1", "Checked, with row 3"]
    assert second[7:] == [*[""] * 6, "2025-06-20", "Met", "0", "2025-07-14", "Met", "0"]
    # Answered on Friday 30 May, one working day late; the blank at the end of the row is there.
    assert short[5:13] == ["", "Checked", *met[:4], "Breach", "1"]
    assert nobody[6:8] == [
        'Rejected: column "Case Ref": there is no reference, so it cannot be checked',
        "",
    ]
    assert later[6:8] == ["Left out: received after the day of the check", ""]
    assert part[6].startswith('Checked in part: column "Acknowledged": "tbc" is not a date')
    assert part[8] == "Cannot tell"
    assert total == ["Total", *[""] * 18]


def test_a_table_in_quotes_gets_cells_in_quotes(chcheck: Chcheck) -> None:
    quoted = "".join(
        ",".join(f'"{cell}"' for cell in line.split(",")) + "\n" for line in CASES.splitlines()
    )
    ran = chcheck("-", *AS_AT, "--format", "annotated", stdin=quoted.encode())
    assert ran.code == 1
    head, row = ran.out.splitlines()
    assert head.startswith('"Ref","Received","Acknowledged","Stage 1 Response","chcheck: row",')
    # 10 working days from Wednesday 5 March 2025 end on Wednesday the 19th.
    assert row.endswith(',"Checked","2025-03-10","Met","0","2025-03-19","Breach","2"')


def test_a_row_for_each_event_has_each_clock_at_the_request(chcheck: Chcheck) -> None:
    lines = (
        "Ref,Event,Date\n"
        "A1,complaint received,2025-03-03\nA1,complaint acknowledged,2025-03-05\n"
        "A1,stage 1 response,2025-03-12\nA1,escalation requested,2025-04-01\n"
        "A1,complaint received,2025-06-02\nA1,complaint acknowledged,2025-06-03\n"
    )
    ran = chcheck("-", *AS_AT, "--format", "annotated", stdin=lines.encode())
    rows = list(csv.DictReader(ran.out.splitlines()))
    due = [
        (row["chcheck: stage 1 response due (Code)"], row["chcheck: stage 2 response due (Code)"])
        for row in rows
    ]
    # 10 working days from 5 March and from 3 June; 20 from 1 to 8 April, over Easter and 5 May.
    assert [one for one, _ in due] == ["2025-03-19", "", "", "", "2025-06-17", ""]
    assert due[3][1] == "1 to 9 May 2025"
    assert {row["chcheck: row"] for row in rows} == {"Checked"}


def test_policy_and_code_have_columns_of_their_own(chcheck: Chcheck) -> None:
    ran = chcheck("-", *AS_AT, "--policy", "luton", "--format", "annotated", stdin=CASES.encode())
    (row,) = csv.DictReader(ran.out.splitlines())
    # Luton allows 3 working days to acknowledge: to Thursday 6 March 2025.
    assert row["chcheck: acknowledgement due (policy)"] == "2025-03-06"
    assert row["chcheck: acknowledgement due (Code)"] == "2025-03-10"


def test_two_of_one_clock_in_one_row_are_both_told() -> None:
    clocks = Clocks()
    numbers = {"late_by_least": [0, 3], "late_by_most": [0, 3]}
    days = [date(2025, 3, 10), date(2025, 6, 9)]
    clocks.add(
        pl.DataFrame(
            {
                "rule": ["stage-1-response"] * 2,
                "called": ["Code"] * 2,
                "verdict": ["met", "breach"],
                "late_unit": ["weeks"] * 2,
                **numbers,
                "due_earliest": days,
                "due_latest": days,
                "days_late_least": [0, 21],
                "days_late_most": [0, 21],
            }
        ),
        pl.Series([7, 7]).to_numpy(),
    )
    assert clocks.heads[2] == "chcheck: stage 1 response calendar days late (Code)"
    assert list(clocks.cells(7)) == ["2025-03-10; 2025-06-09", "Met; Breach", "0; 21"]
    assert list(clocks.cells(6)) == [None, None, None]


def test_a_workbook_keeps_each_value_as_what_it_is(chcheck: Chcheck, tmp_path: Path) -> None:
    stamp = datetime(2025, 3, 3, 9, 41)  # noqa: DTZ001
    values = [
        *("A1", stamp, date(2025, 3, 5), date(2025, 3, 21), 0.1, 12345678901, True, False),
        *(time(9, 30), timedelta(hours=30), "=1+1", "007", "http://example.org", 45000.5),
    ]
    heads = ["Ref", "Received", "Acknowledged", "Stage 1 Response", *"abcdefghij"]
    options = {"strings_to_urls": False, "strings_to_formulas": False, "date_1904": True}
    with xlsxwriter.Workbook(str(tmp_path / "in.xlsx"), options) as made:
        day = made.add_format({"num_format": "dd/mm/yyyy hh:mm"})
        span = made.add_format({"num_format": "[h]:mm:ss"})
        made.add_worksheet("About").write_string(0, 0, "Nothing")
        own = made.add_worksheet("Cases & more")
        own.write_row(2, 1, heads)
        for place, value in enumerate(values, 1):
            style = span if isinstance(value, timedelta) else day
            own.write(3, place, value, style if hasattr(value, "resolution") else None)
        own.write_formula(3, 15, "=NA()", None, "#N/A")
    ran = chcheck("in.xlsx", *AS_AT, "--output", "annotated:out.xlsx")
    assert ran.code == 1
    says = 'in.xlsx: the table with its findings has the sheet "Cases & more" alone, without'
    assert f"{says} About\n" in ran.err
    book = CalamineWorkbook.from_path(tmp_path / "out.xlsx")
    assert book.sheet_names == ["Cases & more"]
    rows = book.get_sheet_by_index(0).to_python(skip_empty_area=False)
    before = CalamineWorkbook.from_path(tmp_path / "in.xlsx").get_sheet_by_index(1)
    assert [row[:15] for row in rows] == [
        row[:15] for row in before.to_python(skip_empty_area=False)
    ]
    assert rows[3][15] == "#N/A"
    assert rows[2][16:18] == ["chcheck: row", "chcheck: acknowledgement due (Code)"]
    assert rows[3][16:] == [
        "Checked",
        date(2025, 3, 10),
        "Met",
        0,
        date(2025, 3, 19),
        "Breach",
        2,
    ]


def test_a_file_that_changes_meanwhile_is_not_added_to(
    chcheck: Chcheck, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    heads = Clocks.heads.fget  # type: ignore[attr-defined]

    def changed(clocks: Clocks) -> Sequence[str]:
        (tmp_path / "a.csv").write_text(f"{CASES}{CASES}", encoding="utf-8")
        found: Sequence[str] = heads(clocks)
        return found

    monkeypatch.setattr(Clocks, "heads", property(changed))
    ran = chcheck("a.csv", *AS_AT, "--output", "annotated:out.csv", files={"a.csv": CASES})
    assert ran.code == 2
    assert "a.csv: the file was changed while it was checked; run it again\n" in ran.err
    assert not (tmp_path / "out.csv").exists()


def test_what_excel_does_not_have_is_written_as_text_or_refused() -> None:
    beside = Beside(("chcheck: row",), lambda line: ("Checked",) if line > 1 else (), 1)

    def made(*cells: object) -> bytes:
        sheet = SheetRead("April/May: *all* of the North's complaints", [["Ref"], cells], {}, False)
        return write_beside_sheet(sheet, "in.ods", beside, date(2025, 8, 1))

    book = CalamineWorkbook.from_filelike(io.BytesIO(made(date(1899, 12, 30))))
    assert book.sheet_names == ["April-May- -all- of the North's"]
    assert book.get_sheet_by_index(0).to_python() == [
        ["Ref", "chcheck: row"],
        ["1899-12-30", "Checked"],
    ]
    with pytest.raises(InputError) as error:
        made("x" * 32_768)
    assert str(error.value) == (
        "in.ods:2: a cell has more text than Excel has room for; save the table as CSV UTF-8"
    )
    with pytest.raises(InputError) as error:
        made(*[""] * 16_384)
    assert str(error.value) == (
        "in.ods: the sheet has 16,384 columns, so there is no room beside them; delete what is far "
        "to the right of the table"
    )


TIMELINE = "complaint: C-1\nevents:\n  - 2025-03-03 complaint received\n"
ROWS = '[{"Ref": "A1", "Received": "2025-03-03"}]'


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (
            ("a.csv", "b.csv", "annotated:out.csv"),
            '--output annotated: takes one table, and these are several: "a.csv", "b.csv"; run '
            "each alone",
        ),
        (
            ("a.csv", "case.yaml", "annotated:out.csv"),
            '--output annotated: takes one table, and "case.yaml" is none; --output xlsx: takes '
            "timelines",
        ),
        (
            ("a.csv", "--complaint", "A1", "annotated:out.csv"),
            "--output annotated: has every row of the table; leave out --complaint",
        ),
        (
            ("rows.jsonl", "annotated:out.csv"),
            '--output annotated: takes CSV or a workbook, and "rows.jsonl" is neither; save it as '
            "one",
        ),
        (
            ("a.csv.gz", "annotated:out.csv"),
            '--output annotated: takes no packed table; unpack "a.csv.gz" first',
        ),
        (
            ("a.csv", "annotated:out.xlsx"),
            '"a.csv" is text, so the output is text too; write --output annotated:out.csv',
        ),
        (
            ("two.xlsx", "annotated:out.csv"),
            '"two.xlsx" is a workbook, so the output is one too; write --output annotated:out.xlsx',
        ),
        (
            ("two.xlsx", "annotated:out.xlsx"),
            '--output annotated: takes one table, and 2 sheets are read: "April" and "May"; choose '
            "one with --sheet",
        ),
        (("a.csv", "annotated:a.csv"), '--output would write over "a.csv", which is to be checked'),
    ],
)
def test_what_there_is_no_such_table_of(
    chcheck: Chcheck, tmp_path: Path, words: tuple[str, ...], says: str
) -> None:
    (tmp_path / "a.csv.gz").write_bytes(gzip.compress(CASES.encode()))
    if "two.xlsx" in words:
        with xlsxwriter.Workbook(str(tmp_path / "two.xlsx")) as made:
            for name in ("April", "May"):
                sheet = made.add_worksheet(name)
                for row, line in enumerate(CASES.splitlines()):
                    sheet.write_row(row, 0, line.split(","))
    files = {"a.csv": CASES, "b.csv": CASES, "case.yaml": TIMELINE, "rows.jsonl": ROWS}
    ran = chcheck(*words[:-1], *AS_AT, "--output", words[-1], files=files)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.endswith(f"chcheck: {says}\n")
    assert not {"out.csv", "out.xlsx"} & {one.name for one in tmp_path.iterdir()}


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (
            f'{CASES}A2,2025-03-03,2025-03-05,"2025-03-21\n',
            "a.csv:3: a quote that begins here is never closed, so nothing can be added; close it",
        ),
        (
            f'{CASES}A2,2025-03-03,2025-03-05,"2025-03-21\rx"\n',
            "a.csv: a line ends in a carriage return alone, so nothing can be added to the rows; "
            "open the table in Excel or LibreOffice and save it as CSV UTF-8",
        ),
        ("\n", "a.csv: the file is empty"),
    ],
)
def test_what_nothing_can_be_added_to(
    chcheck: Chcheck, tmp_path: Path, text: str, says: str
) -> None:
    (tmp_path / "a.csv").write_bytes(text.encode())
    ran = chcheck("a.csv", *AS_AT, "--output", "annotated:out.csv")
    assert ran.code == 2
    assert says in ran.err
    assert not (tmp_path / "out.csv").exists()
