"""A table of events in which a column says that one of them did not happen.

Ten working days after 16 June 2025 end on 30 June, so an answer of the 20th is in time and one of
24 July is late.
"""

from datetime import date
from pathlib import Path

import pytest

from tests.helpers.command import Chcheck
from tests.helpers.tables import judged, read, says

AS_AT = date(2025, 7, 31)

BEFORE = "A1,Received,2025-06-13,{0}\nA1,Acknowledged,2025-06-16,{0}\n"


def _log(header: str, done: str, answered: str) -> str:
    return f"Ref,Event,Date,{header}\n{BEFORE.format(done)}A1,Stage 1 response,{answered}\n"


@pytest.mark.parametrize(
    ("header", "done", "undone"),
    [
        ("Status", "Done", "Planned"),
        ("Status", "Open", "not sent"),
        ("Event status", "Complete", "Cancelled"),
        ("Sent?", "Yes", "No"),
        ("Completed", "TRUE", "FALSE"),
        ("Is draft", "no", "yes"),
        ("Deleted", "", "1"),
    ],
)
def test_an_event_that_may_not_have_happened_proves_nothing_in_time(
    header: str, done: str, undone: str
) -> None:
    table = read(_log(header, done, f"2025-06-20,{undone}"), fixed_as_at=AS_AT)
    assert judged(table, "acknowledge-complaint") == {"A1": ("met", "in-time")}
    assert judged(table, "stage-1-response") == {"A1": ("cannot-tell", "not-evidenced")}
    assert [one.says for one in table.problems_of(0)] == [
        f'column "{header}": "{undone}" may mean that it did not happen, so the stage 1 response '
        "counts as claimed; take the row out if so, or leave the column alone: "
        f'[columns] "{header}" = "ignore"'
    ]
    assert [one.line for one in table.problems[0]] == [4]


def test_it_may_prove_that_it_was_late() -> None:
    table = read(_log("Status", "Done", "2025-07-24,Planned"), fixed_as_at=AS_AT)
    assert judged(table, "stage-1-response") == {"A1": ("breach", "late")}


@pytest.mark.parametrize(
    ("header", "done", "last"),
    [
        ("Status", "In progress", "Closed"),
        ("Status", "Open", "Cancelled"),
        ("Sent", "2025-06-13", "2025-06-20"),
        ("Sent", "yes", ""),
        ("Deleted", "0", "no"),
        ("Team", "Planned", "Draft"),
    ],
)
def test_what_a_case_has_come_to_reverses_no_event(header: str, done: str, last: str) -> None:
    table = read(
        _log(header, done, f"2025-06-20,{last}"), fixed_as_at=AS_AT, columns={"Date": "date"}
    )
    assert judged(table, "stage-1-response") == {"A1": ("met", "in-time")}
    assert not table.problems


def test_a_column_that_is_declared_to_be_ignored_reverses_nothing() -> None:
    table = read(
        _log("Status", "Done", "2025-06-20,Planned"),
        fixed_as_at=AS_AT,
        columns={"Status": "ignore"},
    )
    assert judged(table, "stage-1-response") == {"A1": ("met", "in-time")}


def test_of_two_dates_of_each_event_it_is_asked_which_is_meant() -> None:
    log = _log("Actual date", "2025-06-16", "2025-06-20,2025-07-24")
    assert says(log) == (
        'export.csv: each row has two dates, "Date" and "Actual date"; say whether the second is '
        'the day on which the event happened: [columns] "Actual date" = "date", or "ignore", in '
        "chcheck.toml"
    )
    table = read(log, fixed_as_at=AS_AT, columns={"Actual date": "date"})
    assert judged(table, "stage-1-response") == {"A1": ("breach", "late")}
    table = read(log, fixed_as_at=AS_AT, columns={"Actual date": "ignore"})
    assert judged(table, "stage-1-response") == {"A1": ("met", "in-time")}


def test_the_status_of_an_answer_contradicts_its_date() -> None:
    head = "Ref,Received,Acknowledged,Stage 1 response,Stage 1 response status"
    row = "2025-06-13,2025-06-16,2025-06-20"
    rows = f"A1,{row},Draft\nA2,{row},Sent\nA3,2025-06-13,2025-06-16,,Planned\n"
    table = read(f"{head}\n{rows}", fixed_as_at=AS_AT)
    assert judged(table, "stage-1-response") == {
        "A1": ("cannot-tell", "not-recorded"),
        "A2": ("met", "in-time"),
        "A3": ("breach", "overdue"),
    }
    assert [(row, one.says) for row, own in table.problems.items() for one in own] == [
        (0, 'column "Stage 1 response status": it says "Draft", and "Stage 1 response" has a date')
    ]
    # The state of a complaint is nothing about its receipt.
    table = read("Ref,Received,Complaint state\nA1,2025-06-13,Draft\n", fixed_as_at=AS_AT)
    assert not table.problems


def test_what_is_asked_is_not_settled_by_writing_down_how_a_table_is_read(
    chcheck: Chcheck, tmp_path: Path
) -> None:
    log = _log("Status,Actual date", "Done,2025-06-16", "2025-06-20,Planned,2025-07-24")
    wide = "Ref,Received,Extension date\nA1,2025-06-13,2025-06-30\n"
    staged = (
        "Ref,Stage,Received,Response,Response status,Escalated\n"
        "A1,2,2025-06-13,2025-06-20,Draft,2025-06-30\n"
    )
    happened = "is it the day on which the event happened?"
    undone = "says that some events did not happen: delete # if that is not what it says"
    for table, lines in (
        (
            log,
            [
                f'# "Date" = "date"  # or "ignore": {happened}',
                f'# "Status" = "ignore"  # {undone}',
                f'# "Actual date" = "ignore"  # or "date": {happened}; holds dates',
            ],
        ),
        (
            wide,
            [
                '# "Extension date" = "stage 1 extended"  # or "stage 1 extended.until": is it the '
                "day of notice or the new date?"
            ],
        ),
        (
            staged,
            [
                '# "Response" = "stage 1 response"  # does it answer stage 1, or the stage of its '
                "row?",
                f'# "Response status" = "ignore"  # {undone}',
            ],
        ),
    ):
        chcheck("columns", "a.csv", "--write", f"{len(lines)}.toml", files={"a.csv": table})
        written = (tmp_path / f"{len(lines)}.toml").read_text(encoding="utf-8")
        assert [line for line in written.splitlines() if line.startswith('# "')] == lines
