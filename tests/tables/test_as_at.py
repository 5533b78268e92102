"""Of which day an export is: declared, told by its rows, or taken for today."""

from tests.helpers.command import Chcheck
from tests.helpers.tables import AS_AT, days, read
from timeliness.tables.landlords import warn_of_age

H = "Ref,Received,Ack,As at\n"


def test_a_row_whose_day_cannot_be_told_is_rejected() -> None:
    table = read(
        f"{H}A1,2025-03-03,,2025-03-10\nA2,2025-03-03,,soon\nA3,2025-03-03,,2025-03\nA4,2025-03-03,,\n",
        fixed_as_at=None,
    )
    assert table.references.to_list() == ["A1", "A4"]
    assert [one.line for one in table.rejected] == [3, 4]
    assert table.rejected[1].sentence == (
        "it is not known which day the row is from: "
        '"2025-03" is not a single day; write it as 2025-04-03'
    )
    # A4 says nothing, and is taken as of today: 10 March, and 30 June in these tests.
    assert (table.as_at - AS_AT.toordinal()).tolist() == [-112, 0]
    assert not table.dated_rows


def test_a_declared_day_leaves_that_of_the_rows_aside() -> None:
    table = read(f"{H}A1,2025-03-03,,soon\n")
    assert days(table, "complaint received") == ["2025-03-03"]
    assert not table.problems


def test_rows_that_all_say_their_day() -> None:
    assert read(f"{H}A1,2025-03-03,,2025-03-10\n", fixed_as_at=None).dated_rows


def test_one_date_in_the_future_does_not_make_an_old_export_new() -> None:
    # 5 March to 30 June 2025 are 117 days.
    table = read("Ref,Received,Ack\nA1,2025-03-03,2025-03-05\nA2,2025-03-03,2026-03-05\n")
    assert "its latest event is on 2025-03-05, 117 days ago" in warn_of_age(
        table.latest_event, AS_AT
    )


def test_a_blank_day_is_warned_of(chcheck: Chcheck) -> None:
    files = {"export.csv": f"{H}A1,2025-03-03,2025-03-05,2025-03-10\nA2,2025-03-03,2025-03-05,\n"}
    ran = chcheck("export.csv", files=files)
    assert "its latest event is on 2025-03-05" in ran.err
    files = {"export.csv": f"{H}A1,2025-03-03,2025-03-05,2025-03-10\n"}
    assert "latest event" not in chcheck("export.csv", files=files).err


def test_a_complaint_of_events_whose_day_cannot_be_told_is_rejected() -> None:
    table = read(
        "Ref,Event,Date,As at\nA1,complaint received,2025-03-03,2025-03-10\n"
        "A2,complaint received,2025-03-03,soon\nA2,complaint acknowledged,2025-03-04,2025-03-10\n",
        fixed_as_at=None,
    )
    assert table.references.to_list() == ["A1"]
    assert (3, "As at") in [(one.line, one.column) for one in table.rejected]
