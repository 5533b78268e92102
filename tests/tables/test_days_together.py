"""Days written without anything between their numbers, as 24062025 or 20250624."""

import pytest

from tests.helpers.tables import days, read, says

WRITE = "write the day as 2025-04-03 or 3 Apr 2025"


def test_the_day_comes_first_where_that_is_declared() -> None:
    rows = "A1,24062025\nA2,03042025\nA3,20250624\nA4,20112025\n"
    table = read(f"Ref,Received\n{rows}", dates="uk")
    assert days(table, "complaint received") == [
        "2025-06-24",
        "2025-04-03",
        "2025-06-24",
        "2025-11-20",
    ]


@pytest.mark.parametrize("day", ["24062025", "03042025", "20112025"])
def test_it_is_asked_which_number_is_the_day(day: str) -> None:
    assert says(f"Ref,Received\nA1,{day}\nA2,2025-04-03\n") == (
        f'export.csv: column "Received": "{day}" has nothing between day, month and year; if its '
        "first two numbers are the day, declare the column with --dates uk, or put dates = "
        '"uk" in the configuration; otherwise write the days as 2025-04-03'
    )


@pytest.mark.parametrize("order", ["us", "iso"])
def test_no_other_order_reads_it(order: str) -> None:
    table = read("Ref,Received,Ack\nA1,2025-04-03,24062025\n", dates=order)
    assert [one.sentence for one in table.problems[0]] == [
        f'"24062025" has nothing between day, month and year; {WRITE}'
    ]


@pytest.mark.parametrize("order", ["uk", "us", "iso", ""])
def test_a_zero_that_a_spreadsheet_dropped_is_never_guessed(order: str) -> None:
    table = read("Ref,Received,Ack\nA1,2025-04-03,1062025\n", dates=order)
    assert [one.sentence for one in table.problems[0]] == [
        f'"1062025" may be a day that has lost its first zero; {WRITE}'
    ]


def test_eight_numbers_that_are_no_day() -> None:
    # There is no month 13, no day 32, and no complaint of 1987 or 2099.
    for text in ("24132025", "32012025", "24061987", "24062099"):
        table = read(f"Ref,Received,Ack\nA1,2025-04-03,{text}\n", dates="uk")
        assert len(table.problems[0]) == 1, text
