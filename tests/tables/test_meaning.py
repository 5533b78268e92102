"""What columns mean by what stands in them: dates, yes or no, or something else.

Received on Friday 13 June 2025 and acknowledged on Monday the 16th, a complaint was to be answered
within ten working days of that, by Monday 30 June.
"""

from datetime import date
from pathlib import Path

import pytest

from tests.helpers.command import Chcheck
from tests.helpers.tables import days, judged, read

DAY = date(2026, 3, 31)
HEAD = "Ref,Date Received,Date Acknowledged,Stage 1 Response"


def verdict(header: str, *cells: str) -> list[tuple[str, str]]:
    """Return what comes of the stage 1 response of rows with these last cells."""
    rows = [f"A{number},13/06/2025,16/06/2025,{own}" for number, own in enumerate(cells)]
    table = read("\n".join([f"{HEAD},{header}", *rows]) + "\n")
    found = judged(table)
    return [found[f"A{number}"] for number in range(len(cells))]


LATE, UNCLEAR = "breach", "cannot-tell"


@pytest.mark.parametrize(
    "no", ["No", "N", "FALSE", "0", "(blank)", "\\N", "not withdrawn", "1900-01-01", "1900-01-00"]
)
def test_no_in_a_column_of_withdrawals_means_that_none_was_withdrawn(no: str) -> None:
    # Answered on Friday 27 June, in time, or on Monday 21 July, 15 working days late.
    (met, late) = verdict("Withdrawn", f"27/06/2025,{no}", f"21/07/2025,{no}")
    assert met == ("met", "in-time")
    # As at 30 June, the last day, an answer of 21 July is yet to come.
    assert late[0] == "pending"


@pytest.mark.parametrize("yes", ["Yes", "y", "TRUE", "x", "1"])
def test_yes_in_a_column_means_done_on_an_unknown_day(yes: str) -> None:
    table = read(f"{HEAD},Withdrawn\nA,2025-02-03,2025-02-05,,{yes}\nB,2025-02-03,2025-02-05,,No\n")
    assert not table.problems
    found = judged(table)
    # Due on Wednesday 19 February; withdrawn before that or after it, or not at all.
    assert found["A"][0] == UNCLEAR
    assert found["B"] == ("breach", "overdue")


@pytest.mark.parametrize(
    "cell",
    [
        "1900-01-00",
        "00/01/1900",
        "0/1/1900",
        "1899-12-30",
        "00:00:00",
        "0001-01-01",
        "0",
        "Not set",
    ],
)
def test_a_blank_that_a_program_shows_as_a_day_is_a_blank(cell: str) -> None:
    table = read(f"{HEAD}\nA,2025-02-13,2025-02-14,{cell}\nB,2025-02-13,2025-02-14,2025-02-17\n")
    assert days(table, "stage 1 response") == ["", "2025-02-17"]
    assert not table.problems


def test_yes_and_no_among_dates() -> None:
    table = read(f"{HEAD}\nA,2025-02-13,Yes,2025-02-14\nB,2025-02-13,2025-02-14,No\n")
    assert days(table, "complaint acknowledged") == ["0001-01-01/9999-12-31", "2025-02-14"]
    assert days(table, "stage 1 response") == ["2025-02-14", ""]


def test_an_extension_that_was_agreed_beside_an_empty_new_date() -> None:
    header = "Extension agreed Y/N,Extended to"
    rows = ["A,2025-02-03,2025-02-05,2025-02-21,Y,", "B,2025-02-03,2025-02-05,2025-02-21,N,"]
    found = judged(read("\n".join([f"{HEAD},{header}", *rows]) + "\n"))
    # Due on Wednesday 19 February, and with the ten working days of an extension on 5 March.
    assert found["A"][0] == UNCLEAR
    assert found["B"] == ("breach", "late")


def test_a_column_of_yes_and_no_and_one_of_dates_are_one_event() -> None:
    table = read(
        "Ref,Date Received,Acknowledgement Sent?,Acknowledgement Date\n"
        "A,2025-02-03,Y,2025-02-05\nB,2025-02-03,Y,\nC,2025-02-03,N,\n"
    )
    assert days(table, "complaint acknowledged") == ["2025-02-05", "0001-01-01/9999-12-31", ""]


def test_no_beside_a_date_is_a_contradiction() -> None:
    table = read(
        "Ref,Date Received,Acknowledgement Sent?,Acknowledgement Date\nA,2025-02-03,N,2025-02-05\n"
    )
    assert days(table, "complaint acknowledged") == ["bad"]
    (one,) = table.problems[0]
    assert str(one) == (
        'export.csv:2: column "Acknowledgement Sent?": it says no, and "Acknowledgement Date" '
        "has a date"
    )


def test_a_row_of_yes_alone_has_no_date() -> None:
    table = read("Ref,Date Received,Acknowledged\nA,Yes,Yes\nB,2025-02-03,Yes\n")
    assert [one.line for one in table.rejected] == [2]


@pytest.mark.parametrize(
    ("header", "cell"),
    [
        ("Email", "a.b@example.org"),
        ("Compensation", "£50"),
        ("Compensation", "50.00"),
        ("Offer", "GBP 50"),
        ("Call", "rang about the boiler"),
    ],
)
def test_a_column_without_a_date_is_left_alone_and_named_once(header: str, cell: str) -> None:
    rows = "".join(f"A{number},2025-02-03,2025-02-05,2025-02-17,{cell}\n" for number in range(3))
    table = read(f"{HEAD},{header}\n{rows}")
    assert not table.problems
    assert list(table.notes) == [f'the column "{header}" is not used: it holds no date']
    # Due on 19 February.
    assert {verdict for verdict, _ in judged(table).values()} == {"met"}


def test_an_escalation_level_is_no_escalation() -> None:
    rows = "".join(
        f"A{number},2025-02-03,2025-02-05,2025-02-17,{cell}\n"
        for number, cell in enumerate(["Normal", "High", "Overdue"])
    )
    table = read(f"{HEAD},Escalation\n{rows}")
    assert not table.problems
    assert "escalation requested" in table.not_recorded


def test_words_in_a_column_of_withdrawals_may_say_that_one_was_withdrawn() -> None:
    rows = "".join(f"A{number},2025-02-03,2025-02-05,,moved away\n" for number in range(3))
    table = read(f"{HEAD},Withdrawn\n{rows}")
    assert len(table.problems) == 3
    assert {verdict for verdict, _ in judged(table).values()} == {UNCLEAR}


def test_dates_that_went_wrong_are_named_cell_by_cell() -> None:
    rows = "".join(f"A{number},2025-02-03,tbc,2025-02-17\n" for number in range(3))
    table = read(f"{HEAD}\n{rows}")
    assert len(table.problems) == 3


def test_yes_and_no_give_no_row_checked_in_part(chcheck: Chcheck) -> None:
    table = f"{HEAD},Withdrawn\nA1,13/06/2025,16/06/2025,24/07/2025,No\n"
    ran = chcheck("e.csv", "--as-at", str(DAY), files={"e.csv": table})
    # 1 to 24 July are 18 working days.
    assert "Stage 1 response (Code 6.3): breach, 18 working days late" in ran.out
    assert ran.code == 1


# People and dates, and the final response


DUE = (
    "Ref,Date Received,Date Acknowledged,Stage 1 Response By,Stage 1 Response,Stage 2 Requested,"
    "Stage 2 Acknowledged,Stage 2 Response By,Stage 2 Response\n"
)


def test_a_due_date_is_no_officer(chcheck: Chcheck) -> None:
    first = "A1,02/06/2025,03/06/2025,17/06/2025,13/06/2025"
    files = {"e.csv": f"{DUE}{first},20/06/2025,23/06/2025,21/07/2025,01/07/2025\n"}
    ran = chcheck("e.csv", "--as-at", str(DAY), "--format", "csv", "--dates", "uk", files=files)
    assert "stage-2-person" not in ran.out
    # They are what the system claims: 10 working days after 3 June, and 20 after the 23rd.
    claims = [line.split(",")[6:11] for line in ran.out.splitlines() if ",claim," in line]
    assert claims == [
        ["stage-1-response.due", "", "", "", "right"],
        ["stage-2-response.due", "", "", "", "right"],
    ]


def test_who_responded_is_an_officer() -> None:
    table = read(f"{DUE}A1,2025-06-02,2025-06-03,H7,2025-06-13,2025-06-20,2025-06-23,45678A,\n")
    assert [one.handler for one in table.timeline(0).events if one.handler] == ["H7"]
    assert not table.notes


def test_a_number_of_staff_is_an_officer_and_the_serial_of_a_due_date_is_not() -> None:
    # 45825 is 17 June 2025: 45658 was 1 January, and 167 days follow.
    table = read("Ref,Received,Stage 1 Response,Stage 1 officer\nA,2025-06-02,2025-06-13,45825\n")
    assert [one.handler for one in table.timeline(0).events if one.handler] == ["45825"]
    assert len(read(f"{DUE}A1,2025-06-02,,45825,2025-06-13,,,,\n").claims) == 1


def test_a_handler_that_reads_as_a_date_is_nobody() -> None:
    table = read(
        "Ref,Received,Stage 1 Response,S1 by\nA,2025-06-02,2025-06-13,17/06/2025\n",
        columns={"S1 by": "stage 1 response.handler"},
    )
    (one,) = table.problems[0]
    assert str(one) == 'export.csv:2: column "S1 by": "17/06/2025" is a date, not a person'
    assert not [one.handler for one in table.timeline(0).events if one.handler]


def test_an_extension_date_may_be_the_new_date_too() -> None:
    # Due on Wednesday 19 February, and with the ten working days of an extension on 5 March. As the
    # day on which the resident was told, 28 February is too late.
    row = "A,2025-02-03,2025-02-05,2025-02-26,2025-02-28\n"
    for header in ("Extension date", "Extended", "Stage 1 extension"):
        table = read(f"{HEAD},{header}\n{row}")
        assert judged(table)["A"][0] == UNCLEAR
        assert list(table.notes) == [
            f'the column "{header}" may hold the day on which the resident was told or the new '
            "date, so it counts as an extension on an unknown day; declare which it is: [columns] "
            f'"{header}" = "stage 1 extended", or "stage 1 extended.until", in chcheck.toml'
        ]
    for header, settings in (
        ("Extended on", {}),
        ("Date extended", {}),
        ("Stage 1 extended", {}),
        ("Extension date", {"columns": {"Extension date": "stage 1 extended"}}),
    ):
        assert judged(read(f"{HEAD},{header}\n{row}", **settings))["A"] == ("breach", "late")
    both = read(f"{HEAD},Extension date,Extended to\n{row[:-1]},2025-03-05\n")
    assert judged(both)["A"] == ("breach", "late")


def test_the_response_of_a_resident_is_none_of_the_landlord() -> None:
    for header in ("Resident response", "Customer reply date", "Date tenant replied"):
        table = read(f"Ref,Received,Acknowledged,{header}\nA,2025-02-03,2025-02-05,2025-02-17\n")
        assert "stage 1 response" in table.not_recorded
    for header in ("Response to resident", "Customer response sent", "Resident acknowledged"):
        table = read(f"Ref,Received,{header}\nA,2025-02-03,2025-02-17\n")
        assert len(table.events) == 2


def test_the_final_response_is_not_that_of_stage_1() -> None:
    table = read(
        "Ref,Received,Acknowledged,Final Response Date\nA,2025-02-03,2025-02-05,2025-02-17\n"
    )
    assert "stage 1 response" in table.not_recorded
    assert "stage 2 response" in table.not_recorded
    assert list(table.notes) == [
        'the column "Final Response Date" is not used: it does not say which stage it answers; '
        'declare it: [columns] "Final Response Date" = "stage 1 response" in chcheck.toml; '
        "`chcheck columns` writes such a file"
    ]


def test_the_final_response_beside_escalations_is_that_of_stage_2() -> None:
    head = f"{HEAD},Date Escalated"
    table = read(f"{head},Final Response\nA,2025-02-03,,2025-02-17,2025-02-24,2025-03-03\n")
    assert days(table, "stage 2 response") == ["2025-03-03"]
    assert days(table, "stage 1 response") == ["2025-02-17"]
    both = read(f"{head},Stage 2 Response,Final Response\nA,2025-02-03,,,,2025-03-03,2025-03-10\n")
    assert days(both, "stage 2 response") == ["2025-03-03"]
    assert len(both.notes) == 1


def test_the_final_response_of_a_stage_is_its_response() -> None:
    table = read("Ref,Received,Stage 1 final response\nA,2025-02-03,2025-02-17\n")
    assert days(table, "stage 1 response") == ["2025-02-17"]


# What is not used


ONE = (
    'the column "Resolved On" holds dates and is not used; say in [columns] what is in there, or '
    '"ignore"'
)
TWO = (
    'the columns "Resolved On" and "S1 Resp Dt" hold dates and are not used; say in [columns] what '
    'is in there, or "ignore"'
)


@pytest.mark.parametrize(
    ("table", "says"),
    [
        ("Ref,Received,Resolved On,Flat\nA,2025-02-03,2025-02-17,45750\n", ONE),
        ("Ref,Received,Resolved On,S1 Resp Dt\nA,2025-02-03,2025-02-17,2025-02-17\n", TWO),
    ],
)
def test_columns_of_dates_that_are_not_used_are_named_once(
    chcheck: Chcheck, tmp_path: Path, table: str, says: str
) -> None:
    day = ("--as-at", "2025-06-30")
    ran = chcheck("e.csv", *day, "--output", "html:e.html", files={"e.csv": table})
    assert f"e.csv: {says}." in " ".join(ran.out.split())
    assert (ran.out + ran.err).count("not used") == 1
    assert (
        " ".join((tmp_path / "e.html").read_text(encoding="utf-8").split()).count("not used") == 1
    )
    marked = chcheck("e.csv", *day, "--format", "markdown")
    assert marked.out.count("not used") == 1
    assert "not used" not in marked.err
    # What has no place for it has it beside.
    assert f"e.csv: {says}\n" in chcheck("e.csv", *day, "--format", "csv").err
    ignored = 'columns = {"Resolved On" = "ignore", "S1 Resp Dt" = "ignore"}\n'
    quiet = chcheck("e.csv", *day, files={"chcheck.toml": ignored})
    assert "not used" not in quiet.out


def test_a_column_of_times_of_day_holds_no_dates() -> None:
    rows = "".join(f"{ref},2025-02-03,2025-02-03,09:14:00\n" for ref in "ABC")
    table = read(f"Ref,Received,Opening date,Opening time\n{rows}")
    assert days(table, "complaint logged") == ["2025-02-03"] * 3
    assert 'the column "Opening time" is not used: it holds no date' in table.notes


def test_columns_marks_the_dates_that_are_not_used(chcheck: Chcheck) -> None:
    files = {"e.csv": "Ref,Created On,Resolved On\nA,2025-02-03,2025-02-17\n"}
    ran = chcheck("columns", "e.csv", "--write", "c.toml", files=files)
    (row,) = [line for line in ran.out.splitlines() if line.startswith("Resolved On")]
    assert row.split() == ["Resolved", "On", "left", "alone,", "holds", "dates"]


def test_a_day_of_logging_alone_may_be_that_of_receipt(chcheck: Chcheck) -> None:
    table = read("Ref,Created On,Stage 1 Response\nA,2025-02-03,2025-02-17\n")
    assert list(table.notes) == [
        'no column holds the day of receipt; if "Created On" is that day, declare it: [columns] '
        '"Created On" = "complaint received" in chcheck.toml; `chcheck columns` writes such a file'
    ]
