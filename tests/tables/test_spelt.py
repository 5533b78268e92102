"""References that differ only in how they are written.

Ten working days after 16 June 2025 end on 30 June.
"""

from __future__ import annotations

import polars as pl
import pytest

from tests.helpers.command import Chcheck
from tests.helpers.tables import judged, read
from timeliness.tables.spelt import plainly

HEAD = "Ref,Received,Acknowledged,Stage 1 response\n"
DIFFER = "differ only in capitals, spaces, zeros in front or a stage behind"
NOTE = (
    '{0}: the references "{1}" at {0}:2 and "{2}" at {0}:3 ' + DIFFER + ", and are checked as "
    "2 complaints; write the references alike if they are one complaint\n"
)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("A1", "a1"),
        ("A 1", "A1"),
        ("00123", "123"),
        ("123.0", "123"),
        ("'00123", "123"),
        ("00", "0"),
    ],
)
def test_what_may_be_one_reference(one: str, other: str) -> None:
    first, second = plainly(pl.Series([one, other]))
    assert first == second


@pytest.mark.parametrize(
    ("one", "other"), [("C1-S1", "C1-S2"), ("C1", "C1 Stage 2"), ("C1/s2", "c1")]
)
def test_what_may_be_one_complaint_at_two_stages(one: str, other: str) -> None:
    first, second = plainly(pl.Series([one, other]))
    assert first == second


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ABS1", "ABS2"),
        ("C-1", "C-2"),
        ("A1", "A01"),
        ("12/3", "1/23"),
        ("100", "1"),
        ("A-1", "A1"),
        ("1.05", "1"),
    ],
)
def test_what_is_another_reference(one: str, other: str) -> None:
    first, second = plainly(pl.Series([one, other]))
    assert first != second


def test_two_that_are_both_whole_are_named_and_checked(chcheck: Chcheck) -> None:
    rows = "A1,2025-06-13,2025-06-16,\na1,2025-06-13,2025-06-16,2025-06-20\n"
    result = chcheck("x.csv", "--as-at", "2025-07-31", files={"x.csv": HEAD + rows})
    assert NOTE.format("x.csv", "A1", "a1") in result.err
    # The first is overdue since 30 June, as far as its own row goes.
    assert result.code == 1
    assert "Rows: 2 read = 2 checked + 0 checked in part" in result.out


def test_a_row_that_lacks_the_receipt_of_the_other_is_checked_in_part() -> None:
    table = read(f"{HEAD}00123,2025-06-13,2025-06-16,\n123,,,2025-06-20\n")
    assert [(row, one.line, one.says) for row, own in table.problems.items() for one in own] == [
        (
            1,
            3,
            'complaint 123: no receipt is here, and "00123" at export.csv:2 has one; write the '
            "references alike if they are one complaint",
        )
    ]


def test_the_same_rows_of_two_landlords_are_two_complaints() -> None:
    table = read(
        "Ref,Landlord,Received,Acknowledged,Stage 1 response\n"
        "A1,Alder,2025-06-13,2025-06-16,2025-06-20\na1,Beech,2025-06-13,2025-06-16,2025-06-20\n"
    )
    assert not table.notes
    assert judged(table, "stage-1-response") == {
        "A1": ("met", "in-time"),
        "a1": ("met", "in-time"),
    }


def test_many_are_counted() -> None:
    rows = "".join(f"{letter}{number},2025-06-13,,\n" for number in range(8) for letter in "aA")
    notes = read(HEAD + rows).notes
    assert len(notes) == 6
    assert notes[-1] == "3 more groups of references that may be one complaint"


@pytest.mark.parametrize(
    ("other", "says"),
    [
        ("ALDER  homes", '"ALDER  homes"'),
        ("", "no landlord"),
    ],
)
def test_a_landlord_that_is_left_out_or_written_otherwise_is_named(other: str, says: str) -> None:
    table = read(
        "Ref,Landlord,Received,Acknowledged,Stage 1 response\n"
        f"A1,Alder Homes,2025-06-13,2025-06-16,\nA1,{other},,,2025-06-20\n"
    )
    assert table.notes[-1] == (
        f'"A1" of "Alder Homes" at export.csv:2 and "A1" of {says} at export.csv:3 are checked as '
        "2 complaints; write the landlord alike if they are one complaint"
    )
    assert list(table.problems) == [1]


@pytest.mark.parametrize("mark", ['""""', "ditto", "As above", "do.", "?", "same"])
def test_a_sign_for_as_above_is_no_reference(mark: str) -> None:
    table = read(f"{HEAD}A1,2025-06-13,2025-06-16,\n{mark},,,2025-06-20\nAB,2025-06-13,,\n")
    assert table.references.to_list() == ["A1", "AB"]
    assert [(one.line, one.sentence) for one in table.rejected] == [
        (3, "there is no reference, so it cannot be checked")
    ]
