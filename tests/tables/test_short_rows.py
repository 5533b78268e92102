"""Rows of a CSV that end before the header does: blanks left out, or a row that was cut short."""

import pytest

from tests.helpers.tables import days, judged, read, says

HEADER = "Ref,Received,Acknowledged,Stage 1 Response,Escalation Requested,Stage 2 Response\n"
WHOLE = "A1,13/06/2025,16/06/2025,20/06/2025,,\n"
CUT = (
    "the row has {} cells and the header 6; a text that contains the separator needs quotes, or "
    "the file was cut off"
)


def test_what_is_missing_at_the_end_is_blank() -> None:
    table = read(HEADER + WHOLE + "A2,13/06/2025,16/06/2025,20/06/2025\n")
    assert not table.rejected
    assert days(table, "stage 1 response") == ["2025-06-20", "2025-06-20"]
    assert days(table, "stage 2 response") == ["", ""]
    assert judged(table)["A2"] == ("met", "in-time")
    assert table.notes == (
        "the row on line 3 has fewer cells than the header; those that are missing at its end were "
        "read as blank",
    )


def test_every_row_may_be_short() -> None:
    rows = "A2,13/06/2025,16/06/2025,20/06/2025\nA3,13/06/2025\n\nA4,13/06/2025,16/06/2025\n"
    table = read(HEADER + rows)
    assert table.references.to_list() == ["A2", "A3", "A4"]
    assert table.lines.tolist() == [2, 3, 5]
    assert table.notes == (
        "3 rows have fewer cells than the header, first on line 2; those that are missing at their "
        "ends were read as blank",
    )


def test_rows_of_a_long_table_may_be_short() -> None:
    head = "Ref,Event,Date,Until,Team\n"
    table = read(head + "A1,complaint received,2025-06-13\nA1,stage 1 response,2025-06-20\n")
    assert judged(table)["A1"] == ("met", "in-time")


@pytest.mark.parametrize(
    ("row", "cells"),
    [
        # The file ends in the row, or in a quote.
        ("A2,13/06/2025,16/06/20", 3),
        ('A2,13/06/2025,"16/06/2025\n', 3),
        ('A2,13/06/2025,"16/06/2025,20/06/2025,,\nA3,13/06/2025,16/06/2025,20/06/2025,,\n', 3),
        # A quote that a later row closes has swallowed the rows between.
        ('A2,13/06/2025,"16/06/2025,,\nA3,13/06/2025,16/06/2025,20/06/2025"\n', 3),
        # There is no more than a reference.
        ("A2\n", 1),
        # What should be the reference is the rest of a text.
        ("and rang the office,13/06/2025\n", 2),
        ("soon,13/06/2025\n", 2),
        # No date is where one should be.
        ("B12,the flat above\n", 2),
    ],
)
def test_a_row_that_may_be_cut_short_is_rejected(row: str, cells: int) -> None:
    table = read(HEADER + WHOLE + row)
    assert table.references.to_list() == ["A1"]
    (unread,) = table.rejected
    assert (unread.line, unread.sentence) == (3, CUT.format(cells))
    assert not table.notes


def test_both_halves_of_a_row_with_an_unquoted_newline_are_rejected() -> None:
    table = read(
        "Ref,Received,Notes,Acknowledged,Stage 1 Response\n"
        "A1,13/06/2025,rang,16/06/2025,20/06/2025\n"
        "A2,13/06/2025,rang twice\nand wrote,16/06/2025,20/06/2025\n"
        "A3,13/06/2025,rang\n"
        "A4,13/06/2025,rang,16/06/2025,20/06/2025\n"
    )
    # A3 has a row like the others below it, so its text does not go on there.
    assert table.references.to_list() == ["A1", "A3", "A4"]
    assert [(one.line, one.sentence[:33]) for one in table.rejected] == [
        (3, "the row has 3 cells and the heade"),
        (4, "the row has 3 cells and the heade"),
    ]


def test_more_cells_than_the_header_are_never_left_out() -> None:
    table = read(HEADER + WHOLE.strip() + ",x\nA2,13/06/2025\n")
    assert table.references.to_list() == ["A2"]
    assert [one.line for one in table.rejected] == [2]


def test_a_table_of_which_most_was_left_out_is_refused() -> None:
    header = "Ref,Received" + "".join(f",c{number}" for number in range(1_900)) + "\n"
    assert says(header + "A1,2025-06-13\n" * 3_000) == (
        "export.csv: most rows have few of the 1,902 cells that the header names; delete the "
        "columns that are blank"
    )
