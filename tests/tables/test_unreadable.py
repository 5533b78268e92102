"""Cells that cannot be read prove nothing: neither a breach nor that there is none.

Received on Monday 3 February 2025 and acknowledged on the 5th, a complaint was to be answered by
Wednesday 19 February.
"""

from datetime import date

import pytest

from tests.helpers.tables import judged, read
from timeliness.model.dates import Span, When
from timeliness.model.errors import InputError


def wide(header: str, cells: str) -> tuple[str, str]:
    table = read(f"Ref,Received,Acknowledged,{header}\nA,2025-02-03,2025-02-05,{cells}\n")
    return judged(table)["A"]


def long(*rows: str) -> tuple[str, str]:
    lines = ["A,received,2025-02-03,", "A,acknowledged,2025-02-05,", *rows]
    return judged(read("Ref,Event,Date,Until\n" + "\n".join(lines) + "\n"))["A"]


@pytest.mark.parametrize("until", ["31/02/2025", "tbc", "2025-03-05"])
def test_a_new_date_alone_tells_of_an_extension_on_an_unknown_day(until: str) -> None:
    told = ("cannot-tell", "extension-unclear")
    assert wide("Stage 1 New Due Date,Stage 1 Response", f"{until},2025-02-27") == told
    assert wide(
        "Stage 1 Extended,Stage 1 New Due Date,Stage 1 Response", f",{until},2025-02-27"
    ) == (told)
    assert long(f"A,stage 1 extended,,{until}", "A,stage 1 response,2025-02-27,") == told


def test_an_extension_told_on_an_unreadable_day_may_have_been_told_in_time() -> None:
    told = ("cannot-tell", "extension-unclear")
    both = "Stage 1 Extended,Stage 1 New Due Date,Stage 1 Response"
    assert wide(both, "tbc,2025-03-05,2025-02-27") == told
    assert long("A,stage 1 extended,tbc,2025-03-05", "A,stage 1 response,2025-02-27,") == told


def test_no_new_date_that_is_read_saves_an_answer_after_it() -> None:
    late = ("breach", "late")
    assert wide("Stage 1 New Due Date,Stage 1 Response", "2025-02-26,2025-02-27") == late
    assert long("A,stage 1 extended,,2025-02-26", "A,stage 1 response,2025-02-27,") == late


@pytest.mark.parametrize("end", ["Withdrawn", "Closed"])
def test_an_end_that_cannot_be_read_may_have_ended_the_clock(end: str) -> None:
    assert wide(f"Stage 1 Response,{end}", ",tbc")[0] == "cannot-tell"
    assert long("A,stage 1 response,,", f"A,{end},tbc,")[0] == "cannot-tell"
    # An answer in time is in time however it was closed; if it was withdrawn first, none was owed.
    assert wide(f"Stage 1 Response,{end}", "2025-02-19,tbc") == ("met", "in-time")
    assert long("A,stage 1 response,2025-02-19,", f"A,{end},tbc,") == ("met", "in-time")


def test_an_answer_after_the_limit_may_have_come_after_an_unreadable_withdrawal() -> None:
    assert wide("Stage 1 Response,Withdrawn", "2025-02-27,tbc")[0] == "cannot-tell"
    # Closing, in contrast, does not excuse an answer that followed.
    assert wide("Stage 1 Response,Closed", "2025-02-27,tbc") == ("breach", "late")


def test_a_refusal_that_cannot_be_read_may_have_ended_the_clock() -> None:
    assert wide("Stage 1 Response,Complaint Refused", ",tbc")[0] == "cannot-tell"


def test_a_reopening_that_cannot_be_read_may_have_undone_the_end() -> None:
    assert wide("Stage 1 Response,Closed,Reopened", ",2025-02-10,tbc")[0] == "cannot-tell"
    assert wide("Stage 1 Response,Closed,Reopened", ",2025-02-10,") == (
        "cannot-tell",
        "closed-unanswered",
    )
    rows = ("A,stage 1 response,,", "A,closed,2025-02-10,", "A,reopened,tbc,")
    assert long(*rows)[0] == "cannot-tell"


def test_of_two_answers_the_unreadable_one_may_have_been_in_time() -> None:
    assert long("A,stage 1 response,tbc,", "A,stage 1 response,2025-03-27,") == (
        *("cannot-tell", "imprecise-date"),
    )
    # One that was read as in time is in time whatever the other is.
    assert long("A,stage 1 response,2025-02-19,", "A,stage 1 response,tbc,") == ("met", "in-time")


def test_an_answer_whose_day_cannot_be_read_is_not_recorded() -> None:
    unknown = ("cannot-tell", "not-recorded")
    assert wide("Stage 1 Response", "tbc") == unknown
    assert long("A,stage 1 response,tbc,") == unknown
    assert long("A,stage 1 response,tbc,", "A,stage 1 response,,") == unknown


def test_an_unreadable_answer_beside_one_after_the_as_at_date_is_not_out_of_order() -> None:
    assert long("A,stage 1 response,tbc,", "A,stage 1 response,2025-07-03,") == (
        *("cannot-tell", "not-evidenced"),
    )


@pytest.mark.parametrize(
    "row", ["A,,tbc,,", "A,,,tbc,", "A,,,2025-03-05,", "A,,tbc,2025-03-05,2025-02-10"]
)
def test_a_row_of_an_extension_alone_is_rejected(row: str) -> None:
    table = read(f"Ref,Received,Stage 1 Extended,Stage 1 Extended To,Withdrawn\n{row}\n")
    assert table.size == 0
    assert {one.line for one in table.rejected} == {2}


def test_a_row_of_an_unknown_event_may_be_the_answer_that_is_missing() -> None:
    others = ("B,received,2025-02-03,", "B,stage 1 response,2025-02-10,")
    assert long("A,stage 1 reponze,2025-02-10,", *others) == ("cannot-tell", "not-recorded")
    assert long("A,,2025-02-10,", *others) == ("cannot-tell", "not-recorded")
    assert long(*others) == ("breach", "overdue")


def test_a_row_without_a_date_says_that_it_was_not_done() -> None:
    assert long("A,stage 1 response,,") == ("breach", "overdue")
    assert long("A,stage 1 response,,", "A,stage 1 response,2025-02-19,") == ("met", "in-time")
    assert long() == ("cannot-tell", "not-recorded")


def test_evidence_without_a_date_is_told_and_leaves_the_event_open() -> None:
    table = read(
        "Ref,Event,Date,Evidence\nA,received,2025-02-03,\nA,acknowledged,2025-02-05,\n"
        "A,stage 1 response,,seen\nB,received,2025-02-03,\nB,stage 1 response,,absent\n"
    )
    (unread,) = table.problems[0]
    assert (unread.line, unread.column, unread.sentence) == (
        *(4, "Date"),
        "there is no date, though the evidence says it was done; add the date",
    )
    assert judged(table) == {"A": ("cannot-tell", "not-recorded"), "B": ("breach", "overdue")}


# Keys


def test_keys_that_cannot_be_read_are_told_each_with_its_cell() -> None:
    header = (
        "Ref,Received,Acknowledged,Stage 1 Response,Commitment,Commitment Due,"
        "Stage 1 Response Evidence,Stage 1 Response Includes,Order,Order Within"
    )
    columns = {
        "Commitment Due": "commitment.due",
        "Stage 1 Response Evidence": "stage 1 response.evidence",
        "Stage 1 Response Includes": "stage 1 response.includes",
        "Order Within": "order.within",
    }
    row = "A,2025-02-03,2025-02-05,2025-02-19,2025-02-19,soon,maybe,stagee,2025-02-20"
    table = read(f"{header}\n{row},4 weeeks\n", columns=columns)
    assert [(one.line, one.column, one.cell) for one in table.problems[0]] == [
        (2, "Commitment Due", "soon"),
        (2, "Stage 1 Response Evidence", "a text of 5 characters"),
        (2, "Stage 1 Response Includes", "stagee"),
        (2, "Order Within", "a text of 8 characters"),
    ]
    says = [one.sentence for one in table.problems[0]]
    assert says[1] == "a text of 5 characters is not one of seen, claimed, absent"
    assert says[2] == '"stagee" is not one of its items; did you mean "stage"?'
    # What may not have been sent at all does not prove that it was in time.
    assert judged(table)["A"] == ("cannot-tell", "not-evidenced")


def test_the_date_in_a_key_is_read_in_the_order_of_its_column() -> None:
    columns = {"Promise": "commitment", "Promise Due": "commitment.due"}
    text = "Ref,Received,Promise,Promise Due\nA,2025-02-03,2025-02-05,04/05/2025\n"
    with pytest.raises(
        InputError, match='column "Promise Due": "04/05/2025" can be read day first'
    ):
        read(text, columns=columns)
    (event,) = read(text, columns=columns, dates="us").timeline(0).named("commitment")
    assert event.attributes["due"] == When(Span.day(date(2025, 4, 5)))
    table = read(f"{text}B,2025-02-03,2025-02-05,25/05/2025\n", columns=columns)
    (event,) = table.timeline(0).named("commitment")
    assert event.attributes["due"] == When(Span.day(date(2025, 5, 4)))


def test_the_date_in_a_key_of_a_long_table_is_read_in_the_order_of_its_own_column() -> None:
    rows = "A,received,2025-02-03,\nA,stage 1 extended,2025-02-10,04/05/2025\n"
    table = read(f"Ref,Event,Date,Until\n{rows}", dates="us")
    (event,) = table.timeline(0).named("stage 1 extended")
    assert event.attributes["until"] == When(Span.day(date(2025, 4, 5)))


def test_an_event_that_is_treated_as_no_event_is_told() -> None:
    table = read(
        "Ref,Event,Date,Treated As\nA,received,2025-02-03,\n"
        "A,received,2025-02-10,stage 1 respnse\n",
        columns={"Treated As": "treated as"},
    )
    assert [(one.line, one.column, one.sentence) for one in table.problems[0]] == [
        (3, "Treated As", '"stage 1 respnse" is not an event; did you mean "stage 1 response"?')
    ]
