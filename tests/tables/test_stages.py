"""A row a stage: the general columns of a row are those of the stage that it names.

26 May 2025 is a bank holiday. Five working days after 6 May end on the 13th; twenty after the 8th
on 6 June, ten on 22 May. By the Code of 2022, which may apply where no receipt is known, the twenty
run from the 6th, to 4 June. Ten after 2 April end on the 16th.
"""

from __future__ import annotations

import pytest

from tests.helpers.tables import judged, read, says

HEAD = "Case Ref,Stage,Date Received,Acknowledged,Date Responded\n"
FIRST, SECOND = "2025-04-01,2025-04-02,2025-04-14", "2025-05-06,2025-05-08,2025-06-03"


def test_a_row_of_stage_2_is_judged_by_the_limits_of_stage_2() -> None:
    table = read(f"{HEAD}A1,Stage 2,{SECOND}\n")
    assert judged(table, "stage-2-response") == {"A1": ("met", "in-time")}
    assert judged(table, "acknowledge-escalation") == {"A1": ("met", "in-time")}
    # Nothing is recorded of its stage 1: no row of it is in the table.
    assert judged(table, "stage-1-response")["A1"][0] == "cannot-tell"


def test_the_rows_of_one_complaint_join() -> None:
    table = read(f"{HEAD}A1,Stage 1,{FIRST}\nA1,Stage 2,{SECOND}\n")
    assert table.size == 1
    assert table.places_of(0) == (("export.csv", 2), ("export.csv", 3))
    assert judged(table, "stage-1-response") == {"A1": ("met", "in-time")}
    assert judged(table, "stage-2-response") == {"A1": ("met", "in-time")}


def test_a_blank_cell_of_a_stage_means_not_done() -> None:
    table = read(f"{HEAD}A1,Stage 2,2025-04-14,2025-04-16,\nA1,1,2025-03-13,2025-03-14,\n")
    assert judged(table, "stage-2-response") == {"A1": ("breach", "overdue")}


@pytest.mark.parametrize(
    "text",
    ["Stage 2", "S2", "2", "2nd", "stage two", "Review", "Escalation", "Level 2", "STAGE-2"],
)
def test_what_names_stage_2(text: str) -> None:
    table = read(f"{HEAD}A1,{text},{SECOND}\n")
    assert judged(table, "stage-2-response") == {"A1": ("met", "in-time")}


@pytest.mark.parametrize("text", ["Blue", "Stage 4", "12", "Stage 1 and 2", ""])
def test_a_cell_that_names_no_stage_stops_the_run(text: str) -> None:
    assert says(f"{HEAD}A1,Stage 1,{SECOND}\nA2,{text},{SECOND}\n") == (
        f'export.csv:3: column "Stage": "{text}" is not a stage; declare it: [stages] '
        '"TEXT" = 2 in chcheck.toml, or leave the column alone: [columns] "Stage" = "ignore"'
    )


def test_a_text_may_be_declared_to_mean_a_stage() -> None:
    table = read(f"{HEAD}A1,Blue,{SECOND}\n", stages={"blue": 2})
    assert judged(table, "stage-2-response") == {"A1": ("met", "in-time")}


def test_a_table_with_columns_for_stage_2_only_says_how_far_a_complaint_has_come() -> None:
    table = read(
        "Ref,Stage,Received,Acknowledged,Stage 1 Response,Escalation Requested\n"
        "A1,Open,2025-06-13,2025-06-16,2025-06-30,\n"
    )
    assert judged(table, "stage-1-response") == {"A1": ("met", "in-time")}


def test_an_answer_that_may_be_of_either_stage_is_asked_about() -> None:
    head = "Ref,Stage,Received,Acknowledged,Date Responded,Date Escalated"
    rows = "A1,Stage 1,2025-04-01,2025-04-02,2025-04-14,\n"
    second = "A2,Stage 2,2025-04-01,2025-04-02,2025-06-03,2025-05-06\n"
    open_ = "A2,Stage 2,2025-04-01,2025-04-02,,2025-05-06\n"
    assert judged(read(f"{head}\n{rows}{open_}"), "stage-1-response")["A1"] == ("met", "in-time")
    assert says(f"{head}\n{rows}{second}") == (
        'export.csv: the column "Date Responded" does not say which stage it answers, and the '
        'column "Stage" names a later one; declare it if it answers stage 1: [columns] '
        '"Date Responded" = "stage 1 response" in chcheck.toml; if not, give each stage a column '
        "of its own"
    )
    table = read(f"{head}\n{rows}{second}", columns={"Date Responded": "stage 1 response"})
    assert judged(table, "stage-1-response")["A2"][0] == "breach"
    both = read(f"{head},Stage 2 response\n{rows[:-1]},\n{second[:-1]},\n")
    assert judged(both, "stage-1-response")["A2"][0] == "breach"


def test_a_new_date_belongs_to_the_stage_of_its_row() -> None:
    table = read(
        f"{HEAD[:-1]},Extended to\nA1,Stage 2,2025-06-13,2025-06-16,2025-07-25,2025-07-28\n"
    )
    (event,) = [e for e in table.timeline(0).events if e.name == "stage 2 extended"]
    assert str(event.attributes["until"].span.latest) == "2025-07-28"


def test_a_refusal_of_stage_3_is_in_the_column_of_stage_2_too() -> None:
    # Asked for on 22 July 2022: twenty working days end on 19 August, and it was refused before.
    table = read(
        "Case Ref,Stage,Date Received,Acknowledged,Date Responded,Refused\n"
        "A1,Stage 1,2022-04-04,2022-04-05,2022-04-14,\n"
        "A1,Stage 2,2022-05-03,2022-05-04,2022-05-27,\n"
        "A1,Stage 3,2022-07-22,,,2022-08-15\n"
        "A2,Stage 1,2022-04-04,2022-04-05,2022-04-14,\n"
        "A2,Stage 2,2022-05-03,2022-05-04,,2022-05-20\n"
    )
    assert judged(table, "stage-3-response") == {
        "A1": ("not-applicable", "ended"),
        "A2": ("not-applicable", "not-started"),
    }
    assert judged(table, "stage-2-response")["A2"] == ("not-applicable", "ended")


EVENTS = "Ref,Stage,Event,Date\n"
LOGGED = (
    "A1,1,Received,2025-04-01\nA1,1,Acknowledged,2025-04-02\nA1,1,Responded,2025-04-14\n"
    "A1,2,Received,2025-05-06\nA1,2,Acknowledged,2025-05-08\nA1,2,Responded,2025-06-03\n"
)


def test_an_event_that_names_no_stage_is_of_the_stage_of_its_row() -> None:
    # As stage 1 the second answer would be late: ten working days after 8 May end on the 22nd.
    table = read(EVENTS + LOGGED)
    assert judged(table, "stage-1-response") == {"A1": ("met", "in-time")}
    assert judged(table, "stage-2-response") == {"A1": ("met", "in-time")}
    assert judged(table, "acknowledge-escalation") == {"A1": ("met", "in-time")}
    # One that names a stage keeps it.
    table = read(EVENTS + LOGGED.replace("1,Responded", "2,Stage 1 response"))
    assert judged(table, "stage-1-response") == {"A1": ("met", "in-time")}


def test_one_stage_on_all_rows_of_each_complaint_may_say_how_far_it_has_come() -> None:
    everywhere = EVENTS + LOGGED.replace("A1,1,", "A1,2,")
    assert says(everywhere) == (
        'export.csv: the column "Stage" names a later stage, and no event does; if it is the stage '
        'of each event, say so by name: [events] "Received" = "escalation requested" and so on in '
        'chcheck.toml; if it only says how far the complaint has come: [columns] "Stage" = "ignore"'
    )
    named = "A1,2,Received,2025-04-01\nA1,2,Ack,2025-04-02\nA1,2,Stage 2 response,2025-06-03\n"
    assert judged(read(EVENTS + named), "acknowledge-complaint") == {"A1": ("met", "in-time")}


def test_the_row_of_an_event_that_names_no_stage_needs_one() -> None:
    assert says(EVENTS + LOGGED.replace("A1,2,Ack", "A1,?,Ack")) == (
        'export.csv:6: column "Stage": "?" is not a stage; declare it: [stages] '
        '"TEXT" = 2 in chcheck.toml, or leave the column alone: [columns] "Stage" = "ignore"'
    )
