"""Workbooks in which a formula failed, or was never worked out."""

import io
import re
import zipfile
from pathlib import Path

import pytest
import xlsxwriter

from tests.helpers.tables import days, read, says
from timeliness.tables.formulas import failed_in_xls

WORKBOOKS = Path(__file__).parent / "workbooks"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def workbook(rows: str, prefix: str = "") -> bytes:
    """Return an .xlsx file of one sheet with these rows, under "Ref", "Received", "Ack"."""
    mark = f"{prefix}:" if prefix else ""
    named = f"xmlns:{prefix}" if prefix else "xmlns"
    header = "".join(
        f'<c r="{place}1" t="inlineStr"><is><t>{name}</t></is></c>'
        for place, name in zip("ABC", ("Ref", "Received", "Ack"), strict=True)
    )
    sheet = f'<worksheet><sheetData><row r="1">{header}</row>{rows}</sheetData></worksheet>'
    sheet = re.sub(r"<(/?)", rf"<\1{mark}", sheet)
    sheet = sheet.replace("worksheet>", f'worksheet {named}="{MAIN}">', 1)
    made = io.BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True}) as book:
        book.add_worksheet("Data")
    changed = io.BytesIO()
    with zipfile.ZipFile(made) as plain, zipfile.ZipFile(changed, "w") as packed:
        for name in plain.namelist():
            is_sheet = name == "xl/worksheets/sheet1.xml"
            packed.writestr(name, sheet if is_sheet else plain.read(name))
    return changed.getvalue()


def row(number: int, ack: str) -> str:
    return (
        f'<row r="{number}"><c r="A{number}" t="inlineStr"><is><t>A{number}</t></is></c>'
        f'<c r="B{number}"><v>45663</v></c>{ack}</row>'
    )


@pytest.mark.parametrize("prefix", ["", "x"])
def test_errors_and_formulas_without_a_result_are_not_blank(prefix: str) -> None:
    # 45663 is 6 January 2025.
    table = read(
        workbook(
            row(2, '<c r="C2" t="e"><f>VLOOKUP(1,Z:Z,1)</f><v>#N/A</v></c>')
            + row(3, '<c r="C3"><f>DATE(2025,1,7)</f><v></v></c>')
            + row(4, '<c s="1" r="C4"><f t="shared" si="0"/></c>')
            + row(5, '<c r="C5" t="str"><f>""</f><v></v></c>')
            + row(6, '<c r="C6"><f>DATE(2025,1,7)</f><v>45664</v></c>')
            + row(7, '<c r="C7"/>')
            + row(8, '<c t="e" r="C8"><v>#VALUE!</v></c>'),
            prefix,
        )
    )
    assert days(table, "complaint acknowledged") == [
        *("bad", "bad", "bad", "", "2025-01-07", "", "bad"),
    ]
    told = {one.line: one.sentence for (one,) in table.problems.values()}
    assert told[2] == '"#N/A" is a formula error, not a date; correct it in the table'
    assert told[3] == (
        "the cell contains a formula with no saved result; open the file in Excel or LibreOffice "
        "and "
        "save it"
    )


def test_a_failed_formula_in_a_cell_without_a_number_is_refused() -> None:
    told = says(workbook(row(2, '<c t="e"><v>#N/A</v></c>')))
    assert "a formula in the sheet has no result, and its cell no number" in told


@pytest.mark.parametrize("kind", ["ods", "xls"])
def test_errors_in_workbooks_of_other_kinds(kind: str) -> None:
    table = read((WORKBOOKS / f"formulas.{kind}").read_bytes())
    # The last row has =NA() for a reference.
    assert table.references.to_list() == ["A1", "A2", "A3"]
    assert [(one.line, one.column) for one in table.rejected] == [(6, "Ref")]
    assert days(table, "complaint acknowledged") == ["bad", "2025-01-07", "2025-01-08"]
    assert days(table, "stage 1 response") == ["", "bad", ""]
    assert list(table.notes) == []


def test_an_old_workbook_that_cannot_be_followed_is_not_taken_for_one_without_errors() -> None:
    data = (WORKBOOKS / "formulas.xls").read_bytes()
    assert failed_in_xls(data, "Data") == [(1, 2, "#N/A"), (2, 3, "#DIV/0!"), (5, 0, "#N/A")]
    assert failed_in_xls(data, "Other") is None
    assert failed_in_xls(data[:600], "Data") is None


@pytest.mark.parametrize("cell", ["#N/A", "#REF!", "Err:502", "#name?"])
def test_a_reference_that_is_an_error_is_none(cell: str) -> None:
    table = read(f"Ref,Received\n{cell},2025-01-06\n#12,2025-01-06\n")
    assert table.references.to_list() == ["#12"]
    assert [(one.line, one.column) for one in table.rejected] == [(2, "Ref")]
