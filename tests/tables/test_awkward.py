"""Tables that could be read wrongly without anybody noticing."""

import io

import pytest
import xlsxwriter

from tests.helpers.tables import days, read
from timeliness.model.errors import DateError, InputError
from timeliness.tables.date_columns import read_cell


def test_a_column_of_both_orders_settles_nothing() -> None:
    table = (
        "Ref,Logged,Received\nA1,2025-05-01,13/01/2025\nA2,2025-05-01,01/14/2025\nA3,,03/04/2025\n"
    )
    with pytest.raises(InputError, match='the column has both, "13/01/2025" and "01/14/2025"'):
        read(table)
    assert days(read(table, dates="uk"), "complaint received") == [
        *("2025-01-13", "bad", "2025-04-03"),
    ]


def test_both_orders_without_a_date_that_could_be_either_leave_one_cell_unread() -> None:
    table = "Ref,Logged,Received\nA1,,13/01/2025\nA2,2025-05-01,01/14/2025\nA3,,2025-04-03\n"
    assert days(read(table), "complaint received") == ["2025-01-13", "bad", "2025-04-03"]


def test_a_header_merged_over_two_rows_stands_beside_merged_groups() -> None:
    made = io.BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        sheet.merge_range(0, 0, 1, 0, "Complaint Ref")
        sheet.merge_range(0, 1, 0, 2, "Stage 1")
        sheet.merge_range(0, 3, 1, 3, "Team")
        sheet.write_row(1, 1, ["Received", "Response"])
        sheet.write_row(2, 0, ["A1", "2025-01-06", "2025-01-20", "North"])
    table = read(made.getvalue())
    assert table.references.to_list() == ["A1"]
    assert days(table, "complaint received") == ["2025-01-06"]
    assert days(table, "stage 1 response") == ["2025-01-20"]
    assert table.carried["Team"].to_list() == ["North"]


def test_a_formula_that_failed_is_no_blank_cell() -> None:
    made = io.BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True}) as book:
        book.add_worksheet("Notes")
        sheet = book.add_worksheet("Data")
        sheet.write_row(0, 0, ["Ref", "Received", "Acknowledged", "Team"])
        sheet.write_row(1, 0, ["A1", "2025-01-06"])
        sheet.write_formula(1, 2, "=VLOOKUP(A2,Z:Z,1,0)", None, "#N/A")
        sheet.write_row(2, 0, ["A2", "2025-01-06", "2025-01-07", "North"])
        sheet.write_row(3, 0, ["A3", "2025-01-06", "", "North"])
    table = read(made.getvalue())
    assert days(table, "complaint acknowledged") == ["bad", "2025-01-07", ""]


def test_an_error_of_a_formula_is_named_as_one() -> None:
    with pytest.raises(DateError, match=r"#DIV/0!.* is a formula error, not a date"):
        read_cell("#DIV/0!", "uk")


def test_the_time_of_a_serial_number_is_its_part_of_a_day() -> None:
    # 45750 is 3 April 2025. A quarter past six in the evening is 1,095 of 1,440 minutes.
    assert str(read_cell("45750.760416667", "uk")) == str(read_cell("2025-04-03 18:15", "uk"))
    # Less than half a minute is no time.
    assert str(read_cell("45750.0003", "uk")) == str(read_cell("2025-04-03", "uk"))
