"""What the names of events in a long table are taken for."""

import tomllib
from pathlib import Path

import pytest

from tests.helpers.command import Chcheck
from tests.helpers.tables import judged, read, says

ROWS = (
    "A,Complaint received,2025-02-03\nA,Acknowledgement sent,2025-02-05\n"
    "A,Stage 1 Response Issued,2025-02-19\n"
)


@pytest.mark.parametrize(
    "head",
    [
        "Ref,Event,Date",
        "Ref,Event,Event Date",
        "Ref,Activity,Activity Date",
        "Case ID,Activity,Timestamp",
        "case:concept:name,concept:name,time:timestamp",
    ],
)
def test_names_known_of_columns_are_known_of_events(head: str) -> None:
    table = read(f"{head}\n{ROWS}")
    assert not table.problems
    # Acknowledged on 5 February, so due on the 19th, ten working days later.
    assert judged(table)["A"] == ("met", "in-time")


def test_names_that_are_declared() -> None:
    rows = ROWS.replace("Acknowledgement sent", "ACK OUT") + "A,Survey sent,2025-03-03\n"
    events = {"Ack out": "complaint acknowledged", "survey sent": "ignore"}
    table = read(f"Ref,Event,Date\n{rows}", events=events)
    assert not table.problems
    assert judged(table)["A"] == ("met", "in-time")
    assert len(read(f"Ref,Event,Date\n{rows}").problems[0]) == 2


def test_what_reverses_the_meaning_of_an_event_is_not_known() -> None:
    table = read(f"Ref,Event,Date\n{ROWS}A,Stage 1 response overdue,2025-02-20\n")
    assert len(table.problems[0]) == 1


def test_a_name_that_is_declared_as_no_event() -> None:
    assert says(f"Ref,Event,Date\n{ROWS}", events={"ACK OUT": "complaint acknowleged"}) == (
        'export.csv: the event "ACK OUT" is declared as "complaint acknowleged", which is not an '
        'event; did you mean "complaint acknowledged"?'
    )


def test_columns_lists_every_name_and_writes_it(chcheck: Chcheck, tmp_path: Path) -> None:
    rows = f"{ROWS}A,Survey sent,2025-03-03\nB,Survey sent,2025-03-03\nB,Rang Jane Roe,2025-03-03\n"
    files = {"log.csv": f"Ref,Event,Date\n{rows}"}
    ran = chcheck("columns", "log.csv", "--write", "c.toml", files=files)
    listed = ran.out.split('IN "Event"')[1].split("\n\n")[0]
    lines = [" ".join(line.split()) for line in listed.splitlines()[1:]]
    assert lines == [
        "Survey sent not known 2",
        "Acknowledgement sent complaint acknowledged 1",
        "Complaint received complaint received 1",
        "a text of 13 characters not known 1",
        "Stage 1 Response Issued stage 1 response 1",
    ]
    written = (tmp_path / "c.toml").read_text(encoding="utf-8")
    assert '# "Survey sent" = "ignore"  # rows: 2' in written
    assert "Jane" not in written
    assert tomllib.loads(written)["events"]["Acknowledgement sent"] == "complaint acknowledged"


def test_columns_lists_the_statuses(chcheck: Chcheck) -> None:
    head = "Ref,Date Received,Status"
    files = {"e.csv": f"{head}\nA,2025-02-03,Withdrawn\nB,2025-02-03,Parked\nC,2025-02-03,Parked\n"}
    out = chcheck("columns", "e.csv", files=files).out
    listed = out.split('IN "Status"')[1].split("\n\n")[0]
    assert [" ".join(line.split()) for line in listed.splitlines()[1:]] == [
        "Parked not known 2",
        "Withdrawn complaint withdrawn 1",
    ]
