"""`chcheck new --format xlsx` and csv: a sheet to fill in, that is read as it is filled in."""

from __future__ import annotations

import io
import json
import os
import shutil
import subprocess
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from tests.helpers.command import Chcheck, Ran
from timeliness.model.vocabulary import COMMON, KINDS
from timeliness.tables.headers import Names
from timeliness.write.sheet import complaint_headings, event_headings, sheet_workbook

AS_AT = ("--as-at", "2025-05-01", "--format", "json")
A = {
    "Complaint": "0012",
    "Landlord": "Sample Homes",
    "Team": "North",
    "Complaint received": date(2025, 3, 3),
    "Complaint acknowledged": date(2025, 3, 10),
    "Stage 1 response": date(2025, 4, 4),
}
# 10 working days after Monday 10 March end on Monday 24 March; 4 April is 9 working days late.
EXTENDED = {
    "Stage 1 extended": date(2025, 3, 20),
    "Stage 1 extended: until": date(2025, 4, 7),
    "Stage 1 extended: reason": "waiting for the surveyor",
    "Stage 1 extended: in writing": "yes",
    "Stage 1 extended: Ombudsman details": "yes",
}
EXTENSION = {
    "Complaint": "0012",
    "Date": date(2025, 3, 20),
    "Event": "stage 1 extended",
    "Extension: until": date(2025, 4, 7),
    "Extension: reason": "waiting for the surveyor",
    "Extension: in writing": "yes",
    "Extension: Ombudsman details": "yes",
}
Rows = Sequence[dict[str, Any]]


def filled(chcheck: Chcheck, complaints: Rows = (), events: Rows = ()) -> Ran:
    """Check a workbook that is filled in."""
    folder = Path.cwd()
    path = folder / "new.xlsx"
    path.unlink(missing_ok=True)
    assert chcheck("new", "--format", "xlsx", "--output", "new.xlsx").code == 0
    book = load_workbook(path)
    for name, rows in (("Complaints", complaints), ("Events", events)):
        sheet = book[name]
        place = {cell.value: cell.column for cell in sheet[1]}
        for number, row in enumerate(rows, 2):
            for heading, value in row.items():
                sheet.cell(number, place[heading], value)
    book.save(folder / "cases.xlsx")
    return chcheck("cases.xlsx", *AS_AT)


def verdicts(ran: Ran) -> dict[str, dict[str, str]]:
    """Return the verdict of each rule, by complaint."""
    return {
        case["complaint"]: {one["rule"]: one["verdict"] for one in case["findings"]}
        for case in json.loads(ran.out)["complaints"]
    }


def test_the_workbook_has_three_sheets_with_lists_and_dates() -> None:
    book = load_workbook(io.BytesIO(sheet_workbook(("luton", "mtvh"), KINDS)))
    assert book.sheetnames == ["Complaints", "How to fill this in", "Events"]
    for name in ("Complaints", "Events"):
        sheet = book[name]
        lists = {}
        for one in sheet.data_validations.dataValidation:
            column = str(one.sqref).split(":")[0].rstrip("0123456789")
            lists[sheet[f"{column}1"].value] = (one.type, one.formula1)
        if name == "Complaints":
            assert lists["Nation"] == ("list", '"england,wales,scotland,northern-ireland"')
            assert lists["Policy"] == ("list", '"luton,mtvh"')
            assert lists["Stage 1 extended: in writing"] == ("list", '"yes,no"')
            assert lists["Complaint received"][0] == "date"
        else:
            kind, source = lists["Event"]
            assert kind == "list"
            cells = book["How to fill this in"][source.rpartition("!")[2].replace("$", "")]
            assert [cell.value for (cell,) in cells] == [one.name for one in KINDS]
            assert lists["Evidence"] == ("list", '"seen,claimed,absent"')
        # A reference keeps its zeros, and a day shows as one.
        assert sheet.column_dimensions["A"].number_format == "@"
        assert sheet.freeze_panes == "B2"


def test_the_same_lists_give_the_same_bytes() -> None:
    assert sheet_workbook(("luton",), KINDS) == sheet_workbook(("luton",), KINDS)


def test_every_heading_is_recognised() -> None:
    names = Names(COMMON)
    for one in complaint_headings(()):
        field = names.recognise(one.name)
        assert field, one.name
        name = one.name.lower().replace(": ", ".").replace("in writing", "in_writing")
        name = name.replace("ombudsman details", "ombudsman_details")
        assert field == ("carry" if one.name == "Team" else name)
    for one in event_headings(KINDS):
        assert names.key_of_event(one.name) or names.recognise(one.name), one.name


def test_a_row_with_all_its_columns(chcheck: Chcheck) -> None:
    ran = filled(chcheck, [{**A, **EXTENDED}, {**A, "Complaint": "C-2"}])
    found = verdicts(ran)
    assert found["0012"]["stage-1-response"] == "met"
    assert found["0012"]["stage-1-extended"] == "met"
    assert found["C-2"]["stage-1-response"] == "breach"
    assert ran.code == 1
    assert ran.err == (
        'cases.xlsx#Complaints: read the sheets "Complaints", "Events"; not read: How to fill '
        "this in\n"
        'cases.xlsx#Complaints: sheet "Events" left out: no rows\n'
    )


def test_an_event_on_the_other_sheet_is_of_the_same_complaint(chcheck: Chcheck) -> None:
    ran = filled(chcheck, [A], [EXTENSION])
    (case,) = json.loads(ran.out)["complaints"]
    assert case["landlord"] == "Sample Homes"
    assert case["carried"] == {"Team": "North"}
    assert verdicts(ran)["0012"]["stage-1-response"] == "met"
    assert ran.code == 0


def test_an_extension_on_both_sheets_counts_once(chcheck: Chcheck) -> None:
    given = {name: value for name, value in EXTENDED.items() if name != "Stage 1 extended: reason"}
    ran = filled(chcheck, [{**A, **given}], [EXTENSION])
    (case,) = json.loads(ran.out)["complaints"]
    extended = [one for one in case["findings"] if one["rule"] == "stage-1-extended"]
    assert [one["verdict"] for one in extended] == ["met"]
    (response,) = [one for one in case["findings"] if one["rule"] == "stage-1-response"]
    assert len(response["extensions"]) == 1


def test_a_complaint_whose_dates_are_all_events(chcheck: Chcheck) -> None:
    events = [
        {"Complaint": "0012", "Date": A[heading], "Event": heading.lower()}
        for heading in ("Complaint received", "Complaint acknowledged", "Stage 1 response")
    ]
    own = {name: A[name] for name in ("Complaint", "Landlord", "Team")}
    ran = filled(chcheck, [own, {**A, "Complaint": "C-2"}], events)
    assert ran.code == 1
    cases = json.loads(ran.out)["complaints"]
    assert [one["complaint"] for one in cases] == ["0012", "C-2"]
    assert [one["carried"] for one in cases] == [{"Team": "North"}] * 2
    assert [one["landlord"] for one in cases] == ["Sample Homes"] * 2
    first, second = verdicts(ran).values()
    assert first == second


def test_the_events_alone_are_enough(chcheck: Chcheck) -> None:
    events = [
        {"Complaint": "C-1", "Date": date(2025, 3, 3), "Event": "complaint received"},
        {"Complaint": "C-1", "Date": date(2025, 3, 11), "Event": "complaint acknowledged"},
    ]
    ran = filled(chcheck, (), events)
    # 5 working days after Monday 3 March end on the 10th.
    assert verdicts(ran)["C-1"]["acknowledge-complaint"] == "breach"
    assert 'sheet "Complaints" left out: no rows' in ran.err


def test_a_reference_that_is_on_no_other_row_is_asked_about(chcheck: Chcheck) -> None:
    ran = filled(chcheck, [A], [{**EXTENSION, "Complaint": "0O12"}])
    assert ran.code == 2
    assert (
        'cases.xlsx#Events:2: the reference 0O12 has no row on the sheet "Complaints" and no '
        "complaint received here; correct it, or add one of the two\n"
    ) in ran.err
    # Without the extension that may be its own, the first is late: but the run does not pass.
    assert verdicts(ran)["0012"]["stage-1-response"] == "breach"


def test_a_reference_of_two_landlords_is_asked_about(chcheck: Chcheck) -> None:
    ran = filled(chcheck, [A, {**A, "Landlord": "Other Homes"}], [EXTENSION])
    assert ran.code == 2
    assert (
        "cases.xlsx#Events:2: the other sheets have the reference 0012 for several landlords; add "
        "a column Landlord here and say which\n"
    ) in ran.err


def test_two_days_for_one_event_are_a_contradiction(chcheck: Chcheck) -> None:
    other = {"Complaint": "0012", "Date": date(2025, 3, 24), "Event": "stage 1 response"}
    ran = filled(chcheck, [A], [other])
    assert ran.code == 2
    assert "so both days were taken as possible; correct one of them" in ran.err


def test_not_filled_in_it_has_no_rows(chcheck: Chcheck) -> None:
    ran = filled(chcheck)
    assert ran.code == 2
    assert "the table has no rows" in ran.err


def test_as_csv_it_is_the_first_sheet_without_lists(chcheck: Chcheck, tmp_path: Path) -> None:
    head = chcheck("new", "--format", "csv").out
    assert head.rstrip("\n").split(",") == [one.name for one in complaint_headings(())]
    values = [str(A.get(name, "")) for name in head.rstrip("\n").split(",")]
    (tmp_path / "cases.csv").write_text(head + ",".join(values) + "\n", encoding="utf-8")
    ran = chcheck("cases.csv", *AS_AT)
    assert verdicts(ran)["0012"]["stage-1-response"] == "breach"


def test_a_policy_adds_its_events_to_choose_from(chcheck: Chcheck, tmp_path: Path) -> None:
    asked = ("--format", "xlsx", "--policy", "luton", "--output")
    assert chcheck("new", *asked, "luton.xlsx").code == 0
    book = load_workbook(tmp_path / "luton.xlsx")
    words = [row[0].value for row in book["How to fill this in"].iter_rows(max_col=1)]
    assert "repair reported" in words


def test_it_is_not_written_over_a_file_nor_to_a_terminal(
    chcheck: Chcheck, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "mine.xlsx").write_bytes(b"mine")
    ran = chcheck("new", "--format", "xlsx", "--output", "mine.xlsx")
    assert (ran.code, ran.err) == (
        2,
        'chcheck: "mine.xlsx" is there already; name another file, or move it away\n',
    )
    assert (tmp_path / "mine.xlsx").read_bytes() == b"mine"
    ran = chcheck("new", "--format", "xlsx", "--output", "none/mine.xlsx")
    assert ran.err == 'chcheck: "none/mine.xlsx" cannot be written: No such file or directory\n'
    monkeypatch.setattr("sys.stdout.isatty", lambda: True, raising=False)
    ran = chcheck("new", "--format", "xlsx")
    assert (ran.code, ran.err) == (
        2,
        "chcheck: a workbook cannot be shown here; add --output complaints.xlsx\n",
    )


def test_options_of_a_timeline_are_refused_for_a_sheet(chcheck: Chcheck) -> None:
    ran = chcheck("new", "--format", "csv", "--complaint", "C-1")
    assert ran.code == 2
    assert "--complaint and --landlord are for a timeline, not a sheet" in ran.err


def test_a_timeline_is_saved_too(chcheck: Chcheck, tmp_path: Path) -> None:
    ran = chcheck("new", "--output", "case.yaml")
    assert ran.out == "Written to case.yaml; fill it in, then check it with chcheck.\n"
    assert (tmp_path / "case.yaml").read_text(encoding="utf-8") == chcheck("new").out


@pytest.fixture
def soffice() -> str:
    """LibreOffice: skipped where there is none, except where CI has to have it."""
    found = shutil.which("soffice")
    if found is None and os.environ.get("CI") == "true":
        pytest.fail("no LibreOffice in CI; .ci/run installs it")
    if found is None:
        pytest.skip("no LibreOffice on this machine")
    return found


def test_saved_by_libreoffice_it_reads_the_same(
    chcheck: Chcheck, tmp_path: Path, soffice: str
) -> None:
    ran = filled(chcheck, [{**A, **EXTENDED}], [{**EXTENSION, "Date": date(2025, 3, 21)}])
    home = f"-env:UserInstallation=file://{tmp_path}/home"
    # What the office keeps of itself stays out of the home of whoever runs the tests.
    kept = {
        "HOME": str(tmp_path),
        "XDG_CACHE_HOME": str(tmp_path),
        "XDG_CONFIG_HOME": str(tmp_path),
    }
    own = {**os.environ, **kept}
    for kind in ("xlsx", "ods"):
        out = tmp_path / kind
        command = [soffice, home, "--headless", "--convert-to", kind, "--outdir", str(out)]
        subprocess.run(
            [*command, "cases.xlsx"], check=True, capture_output=True, timeout=120, env=own
        )
        again = chcheck(f"{kind}/cases.{kind}", *AS_AT)
        assert (verdicts(again), again.code) == (verdicts(ran), ran.code)


def test_the_new_date_of_an_extension_in_a_table_of_events(chcheck: Chcheck) -> None:
    rows = (
        "Ref,Date,Event,Extended until,Extension: reason,Extension: in writing,"
        "Extension: Ombudsman details\n"
        "C-1,2025-03-03,complaint received,,,,\n"
        "C-1,2025-03-10,complaint acknowledged,,,,\n"
        "C-1,2025-03-20,stage 1 extended,2025-04-07,survey,yes,yes\n"
        "C-1,2025-04-04,stage 1 response,,,,\n"
    )
    ran = chcheck("events.csv", *AS_AT, files={"events.csv": rows})
    assert verdicts(ran)["C-1"]["stage-1-response"] == "met"
