"""What columns are taken to hold."""

import pytest

from tests.helpers.tables import days, library, read, says
from timeliness.judge.editions import vocabulary_of
from timeliness.model.declared import Declared
from timeliness.tables.headers import Names


@pytest.mark.parametrize(
    ("header", "holds"),
    [
        ("Complaint Ref", "complaint"),
        ("Case No.", "complaint"),
        ("Reference Number", "complaint"),
        ("ID", "complaint"),
        ("Date Received", "complaint received"),
        ("Date of complaint received", "complaint received"),
        ("Created Date", "complaint logged"),
        ("Ack'd", "complaint acknowledged"),
        ("S1_AckDate", "complaint acknowledged"),
        ("Stage 1 acknowledgement sent", "complaint acknowledged"),
        ("stage1ResponseDate", "stage 1 response"),
        ("Stage One Response Issued", "stage 1 response"),
        ("Responded", "stage 1 response"),
        ("Date Escalated", "escalation requested"),
        ("Stage 2 request date", "escalation requested"),
        ("S2 Acknowledged", "escalation acknowledged"),
        ("Stage 2 final response", "stage 2 response"),
        ("Stage 1 extended to", "stage 1 extended.until"),
        ("Stage 2 revised due date", "stage 2 extended.until"),
        ("Withdrawn date", "complaint withdrawn"),
        ("Custom field (Stage 1 response sent)", "stage 1 response"),
        ("Custom field (Notes)", None),
        ("CustomField.{Stage 1 Response}", "stage 1 response"),
        ("CF.{Acknowledged}", "complaint acknowledged"),
        # The number of a person, who may have many complaints, is no reference.
        ("Customer ID", None),
        ("Resident Ref", None),
        ("Tenant Number", None),
        ("Customer complaint ID", None),
        # The day on which a program last changed the row is no update of the resident.
        ("Updated", None),
        ("Updated on", None),
        ("Last updated", None),
        ("Resident updated", "update"),
        ("Opening date", "complaint logged"),
        ("Closing date", "complaint closed"),
        ("createdate", "complaint logged"),
        ("Issue key", "complaint"),
        ("Ticket ID", "complaint"),
        ("Ticket Number", "complaint"),
        ("Unique Key", "complaint"),
        ("casenumber", "complaint"),
        ("Report ID", "complaint"),
        ("Date/Time Opened", "complaint logged"),
        ("Created time", "complaint logged"),
        ("Created On", "complaint logged"),
        ("Date/Time Closed", "complaint closed"),
        ("closeddate", "complaint closed"),
        ("Stage 2 Escalation Received", "escalation requested"),
        ("Stage 2 escalation acknowledged", "escalation acknowledged"),
        ("Resolved On", None),
        ("Team", "carry"),
        ("Landlord", "landlord"),
        ("As at", "as at"),
        ("Stage 1 due date", "stage 1 response.due"),
        ("Target date", "stage 1 response.due"),
        ("Resident name", None),
        ("Notes", None),
    ],
)
def test_usual_names(header: str, holds: str | None) -> None:
    names = Names(vocabulary_of(library().rulebooks.values()))
    assert names.recognise(header) == holds


def test_a_mapping_wins_over_the_names() -> None:
    table = read(
        "Case,Opened,Reply,Ward\nA1,2025-01-06,2025-01-20,N\n",
        columns={
            "case": "complaint",
            "Opened": "complaint received",
            "Reply": "Stage 1 response",
            "Ward": "ignore",
        },
    )
    assert days(table, "complaint received") == ["2025-01-06"]
    assert not table.carried


def test_a_mapping_to_no_field_suggests_the_nearest() -> None:
    assert says("Ref,Received\nA1,2025-01-06\n", columns={"Received": "complaint recieved"}) == (
        'export.csv: the column "Received" is declared as "complaint recieved", which is not a '
        'field; did you mean "complaint received"?'
    )


def test_two_columns_for_one_event_are_refused() -> None:
    assert says("Ref,Received,Date Received\nA1,2025-01-06,2025-01-07\n").startswith(
        'export.csv: the columns "Received" and "Date Received" would both be "complaint '
        'received"; declare what one of them holds, or "ignore": [columns] "Date Received" = '
        '"ignore"'
    )


def test_without_a_reference_or_a_date_nothing_can_be_read() -> None:
    told = says("Name,Street\nx,y\n")
    assert (
        'none of the columns is recognised as the complaint\'s reference; the columns are "Name", '
        in told
    )
    assert "none of the columns is recognised as the date of an event" in told


def test_a_column_that_is_missing_is_named_once() -> None:
    assert list(read("Ref,Received\nA1,2025-01-06\n").not_recorded) == [
        "complaint acknowledged",
        "stage 1 extended",
        "stage 1 response",
        "escalation requested",
        "escalation acknowledged",
        "stage 2 extended",
        "stage 2 response",
        "complaint withdrawn",
    ]


def test_several_landlords_with_their_policies() -> None:
    table = read(
        "Ref,Landlord,Received\nA1,Luton,2025-01-06\nA2,Southwark,2025-01-06\nA3,,2025-01-06\n",
        landlord="Other",
        landlords={
            "luton": Declared(policy="luton"),
            "Southwark": Declared(policy="southwark", nation="wales"),
        },
    )
    rows = range(3)
    assert [table.landlords.of(row) for row in rows] == ["Luton", "Southwark", "Other"]
    assert [table.policies.of(row) for row in rows] == ["luton", "southwark", ""]
    assert [table.nations.of(row) for row in rows] == ["england", "wales", "england"]


@pytest.mark.parametrize(
    "rows",
    [
        "Ref,Landlord,Policy,Received\nA1,Luton,,2025-01-06\nA2,luton,mtvh,2025-01-06\n"
        "A3,Alder,,2025-01-06\n",
        "Ref,Landlord,Policy,Event,Date\nA1,Luton,,complaint received,2025-01-06\n"
        "A2,luton,mtvh,complaint received,2025-01-06\n"
        "A3,Alder,,complaint received,2025-01-06\n",
    ],
)
def test_a_blank_policy_is_the_one_of_its_landlord(rows: str) -> None:
    landlords = {"LUTON": Declared(policy="luton", nation="wales")}
    table = read(rows, policy="southwark", landlords=landlords)
    assert [table.policies.of(row) for row in range(3)] == ["luton", "mtvh", "southwark"]
    assert [table.nations.of(row) for row in range(3)] == ["wales", "wales", "england"]


def test_a_handler_column_sends_its_rows_through_timelines() -> None:
    table = read(
        "Ref,Received,Stage 1 Response,S1 by,Stage 2 Response,S2 by\n"
        "A1,2025-01-06,2025-01-20,H7,2025-02-20,H7\nA2,2025-01-06,2025-01-20,,2025-02-20,\n",
        columns={"S1 by": "stage 1 response.handler", "S2 by": "stage 2 response.handler"},
    )
    assert table.objects.tolist() == [True, False]
    handlers = [event.handler for event in table.timeline(0).events if event.handler]
    assert handlers == ["H7", "H7"]


def test_extension_columns() -> None:
    table = read(
        "Ref,Received,Stage 1 Extended,Stage 1 Extended To\n"
        "A1,2025-01-06,2025-01-10,2025-02-03\nA2,2025-01-06,,2025-02-03\nA3,2025-01-06,,\n"
    )
    told = [event for event in table.timeline(0).events if event.name == "stage 1 extended"]
    assert str(told[0].attributes["until"].span.latest) == "2025-02-03"
    # The new date alone: it was extended, on a day that is not known.
    (unknown,) = [event for event in table.timeline(1).events if event.name == "stage 1 extended"]
    assert unknown.when.span.latest is None
    assert [event.evidence for event in table.timeline(2).events] == ["seen", "absent"]


@pytest.mark.parametrize("second", ["Received.1", "Received2", "Received_2", "Received 2"])
def test_a_number_behind_the_name_of_a_column_makes_it_a_second_of_the_same(second: str) -> None:
    rows = f"Ref,Received,Acknowledged,{second}\nA1,2025-01-06,2025-01-07,2025-02-03\n"
    assert says(rows).startswith(
        f'export.csv: the columns "Received" and "{second}" would both be "complaint received"; '
        f'declare what one of them holds, or "ignore": [columns] "{second}" = "ignore"'
    )
    table = read(rows, columns={second: "escalation requested"})
    assert days(table, "escalation requested") == ["2025-02-03"]


def test_a_number_behind_what_happens_often_is_left_alone() -> None:
    rows = "Ref,Received,Update,Update 2,Team,Team 2\nA1,2025-01-06,2025-01-07,2025-01-08,N,S\n"
    table = read(rows)
    assert days(table, "update") == ["2025-01-07"]
    assert table.carried.keys() == {"Team"}


def test_columns_of_one_name_are_told_apart_and_can_be_declared() -> None:
    rows = "Ref,Received,Acknowledged,Acknowledged,Team,Team\nA1,2025-01-06,,2025-01-07,N,S\n"
    assert says(rows).startswith(
        'export.csv: the columns "Acknowledged" and "Acknowledged (2)" would both be "complaint '
        'acknowledged"; declare what one of them holds, or "ignore": [columns] "Acknowledged" = '
        '"ignore"'
    )
    table = read(rows, columns={"acknowledged": "ignore"})
    assert days(table, "complaint acknowledged") == ["2025-01-07"]
    assert {name: cells[0] for name, cells in table.carried.items()} == {
        "Team": "N",
        "Team (2)": "S",
    }
