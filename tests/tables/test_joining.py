"""Several rows of one reference: joined, episodes, copies and contradictions."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from tests.helpers.command import Chcheck
from tests.helpers.tables import judged, read

HEAD = "Ref,Date Received,Date Acknowledged,Stage 1 Response\n"
AS_AT = ("--as-at", "2026-03-31")


def test_rows_of_which_each_says_what_the_other_leaves_blank_are_one_complaint() -> None:
    table = read(f"{HEAD}A1,2025-06-02,2025-06-03,\nA1,,,2025-06-12\n")
    # Ten working days after 3 June end on the 17th.
    assert judged(table) == {"A1": ("met", "in-time")}
    assert not table.problems


def test_a_row_without_an_event_of_its_own_is_no_reason_to_reject_it() -> None:
    table = read(
        "Ref,Received,Acknowledged,Stage 1 Response,Withdrawn\n"
        "A1,2025-06-02,2025-06-03,,\nA1,,,,2025-06-10\n"
    )
    assert not table.rejected
    assert judged(table) == {"A1": ("not-applicable", "ended")}


def test_an_exact_copy_counts_once_and_is_named() -> None:
    row = "A1,2025-06-02,2025-06-03,2025-06-12\n"
    table = read(f"{HEAD}{row}A2,2025-06-02,2025-06-03,2025-06-12\n{row}")
    assert table.references.to_list() == ["A1", "A2"]
    assert "line 4 is an exact copy of another and was counted once" in table.notes
    table = read(f"{HEAD}{row}{row}{row}")
    assert "lines 3, 4 are exact copies of others and were counted once" in table.notes


def test_a_row_received_after_the_answer_of_another_is_an_episode() -> None:
    table = read(
        f"{HEAD}A1,2025-06-02,2025-06-03,2025-06-12\nA1,2025-07-02,2025-07-03,2025-08-12\n"
    )
    assert not table.problems
    names = [event.name for event in table.timeline(0).events if event.when]
    assert names.count("complaint received") == names.count("stage 1 response") == 2


def test_two_days_for_one_event_are_checked_in_part_and_named_with_both_lines() -> None:
    table = read(
        f"{HEAD}A1,2025-06-02,2025-06-03,2025-06-12\nA1,2025-06-02,2025-06-03,2025-06-20\n"
    )
    (problem,) = table.problems[0]
    assert (problem.line, problem.sentence) == (
        3,
        "stage 1 response is on 20 June 2025 here and on 12 June 2025 at export.csv:2 of the same "
        "complaint, so both days were taken as possible; correct one of them",
    )
    # Due on 17 June: the 12th is in time, the 20th late.
    assert judged(table)["A1"][0] == "cannot-tell"


def test_each_row_of_a_stage_has_its_own_request_whatever_the_others_are_of() -> None:
    # Two complaints, and a second request to escalate after the first was refused.
    table = read(
        "Ref,Received,Acknowledged,Stage 1 Response,Escalated,Escalation Refused,Stage 2 Response\n"
        "A1,2025-02-03,2025-02-04,2025-02-12,,,\n"
        "A1,2025-03-03,2025-03-04,2025-03-12,2025-03-17,2025-03-21,\n"
        "A1,,,,2025-03-24,,2025-04-10\n"
    )
    assert not table.problems
    names = [event.name for event in table.timeline(0).events if event.when]
    assert names.count("complaint received") == names.count("escalation requested") == 2


def test_two_closings_belong_to_the_requests_of_their_rows() -> None:
    table = read(
        "Ref,Received,Acknowledged,Stage 1 Response,Escalated,Stage 2 Response,Closed\n"
        "A1,2025-02-03,2025-02-04,2025-02-12,,,2025-02-14\n"
        "A1,,,,2025-03-03,2025-03-21,2025-03-24\n"
    )
    assert not table.problems
    assert len(table.timeline(0).named("complaint closed")) == 2


def test_two_closings_of_one_request_contradict_each_other() -> None:
    table = read(
        "Ref,Received,Acknowledged,Closed\nA1,2025-02-03,2025-02-04,2025-02-14\n"
        "A1,2025-02-03,2025-02-04,2025-02-17\n"
    )
    assert [(one.line, one.sentence) for one in table.problems[0]] == [
        (
            3,
            "complaint closed is on 17 February 2025 here and on 14 February 2025 at export.csv:2 "
            "of the same complaint, so both days were taken as possible; correct one of them",
        )
    ]


def test_another_policy_in_a_second_row_is_named() -> None:
    table = read(
        f"{HEAD[:-1]},Policy\nA1,2025-06-02,2025-06-03,,luton\nA1,,,2025-06-12,southwark\n"
    )
    assert [(one.line, one.sentence) for one in table.problems[0]] == [
        (
            3,
            'the policy is "southwark" here and "luton" at export.csv:2 of the same complaint, '
            "which counts",
        )
    ]


def test_what_is_carried_is_the_first_that_is_given() -> None:
    table = read(f"{HEAD[:-1]},Team\nA1,2025-06-02,2025-06-03,,\nA1,,,2025-06-12,North\n")
    assert table.carried_of(0) == {"Team": "North"}


def test_the_rows_of_several_files_are_one_complaint(chcheck: Chcheck) -> None:
    files = {
        "a.csv": f"{HEAD}A1,2025-06-02,2025-06-03,2025-06-12\n"
        "A2,2025-06-02,2025-06-03,2025-06-12\n",
        "b.csv": "Ref,Escalation Requested,Escalation Acknowledged,Stage 2 Response\n"
        "A1,2025-06-20,2025-06-23,2025-07-11\n",
    }
    result = chcheck("a.csv", "b.csv", *AS_AT, "--format", "csv", files=files)
    assert result.code == 0
    found = [row for row in csv.DictReader(io.StringIO(result.out)) if row["standard"] == "code"]
    # Twenty working days after the acknowledgement of 23 June end on 21 July.
    assert {(row["complaint"], row["rule"], row["verdict"]) for row in found} >= {
        ("A1", "stage-1-response", "met"),
        ("A1", "stage-2-response", "met"),
        ("A2", "stage-1-response", "met"),
    }


def test_a_contradiction_between_files_names_both(chcheck: Chcheck, tmp_path: Path) -> None:
    files = {
        "a.csv": f"{HEAD}A1,2025-06-02,2025-06-03,2025-06-12\n",
        "b.csv": f"{HEAD}A1,2025-06-02,2025-06-03,2025-06-20\n",
    }
    result = chcheck("a.csv", "b.csv", *AS_AT, files=files)
    assert result.code == 2
    assert "Rows: 2 read = 1 checked + 1 checked in part + 0 rejected." in result.out
    text = " ".join(result.out.split())
    assert (
        "b.csv:2: complaint A1: stage 1 response is on 20 June 2025 here and on 12 June 2025 at"
        in text
    )


@pytest.mark.parametrize("files", [1, 2])
def test_the_same_reference_of_two_landlords_is_two_complaints(
    chcheck: Chcheck, files: int
) -> None:
    head = f"Landlord,{HEAD}"
    rows = ["Alder,A1,2025-06-02,2025-06-03,2025-06-12\n", "Birch,A1,2025-06-02,2025-06-03,\n"]
    named = {"a.csv": head + "".join(rows)}
    if files == 2:
        named = {"a.csv": head + rows[0], "b.csv": head + rows[1]}
    result = chcheck(*named, *AS_AT, files=named)
    assert result.out.startswith("1 of 2 complaints has a breach (50.0%).")


def test_a_complaint_of_which_one_row_is_still_to_come_is_judged_by_the_others() -> None:
    # Newest first: the row of 1 September lies after the day of the check, 30 June 2025. The other,
    # acknowledged on 5 March, was to be answered by the 19th.
    table = read(f"{HEAD}A1,2025-09-01,,\nA1,2025-03-03,2025-03-05,\n")
    assert table.to_come.tolist() == [False]
    assert judged(table)["A1"][0] == "breach"
    table = read(f"{HEAD}A1,2025-09-01,,\nA1,,2025-09-02,\n")
    assert table.to_come.tolist() == [True]


def test_a_row_without_dates_is_rejected_though_another_landlord_has_its_reference() -> None:
    table = read(f"Landlord,{HEAD}Alder,A1,2025-06-02,2025-06-03,2025-06-12\nBirch,A1,,,\n")
    assert table.references.to_list() == ["A1"]
    assert [(one.line, one.sentence) for one in table.rejected] == [
        (3, "no event of its stages has a date, so no time limit can start")
    ]


FIRST = f"{HEAD}A1,2025-06-02,2025-06-03,\n"
CLOSED = "Ref,Closed\nA1,2025-07-02\n"
EVENTS = "Ref,Event,Date\nA1,complaint closed,2025-07-02\n"


@pytest.mark.parametrize("other", [CLOSED, EVENTS])
@pytest.mark.parametrize("names", [("a.csv", "b.csv"), ("b.csv", "a.csv")])
def test_a_closing_alone_is_joined_to_the_rows_of_another_file(
    chcheck: Chcheck, other: str, names: tuple[str, str]
) -> None:
    # Acknowledged on 3 June, it was to be answered by the 17th: nobody did, unless with the closing
    # of 2 July, 11 working days later.
    result = chcheck(*names, *AS_AT, "--format", "csv", files={"a.csv": FIRST, "b.csv": other})
    assert (result.code, "rejected" in result.err) == (1, False)
    found = {one["rule"]: one for one in csv.DictReader(io.StringIO(result.out))}
    late = found["stage-1-response"]
    assert (late["complaint"], late["verdict"], late["late_by_least"]) == ("A1", "breach", "11")


def test_a_closing_alone_is_rejected_where_no_file_has_more_of_its_complaint(
    chcheck: Chcheck,
) -> None:
    files = {"a.csv": FIRST.replace("A1", "A2"), "b.csv": CLOSED}
    result = chcheck("a.csv", "b.csv", *AS_AT, "--format", "csv", files=files)
    assert result.code == 2
    assert (
        'b.csv:2: complaint A1: column "complaint received": no event of its stages has a date, so '
        "no time limit can start\n"
    ) in result.err
    assert "A1" not in result.out


@pytest.mark.parametrize(
    ("own", "other", "says"),
    [
        (
            "",
            "Alder",
            'a.csv:2 has this reference for the landlord "Alder", so the two are not joined: if '
            "they are one complaint, name the landlord here too",
        ),
        (
            "Alder",
            "",
            "a.csv:2 has this reference without a landlord, so the two are not joined: if they are "
            "one complaint, name the landlord there too",
        ),
        ("Birch", "Alder", ""),
    ],
)
def test_a_closing_that_another_landlord_keeps_apart_says_what_to_do(
    chcheck: Chcheck, own: str, other: str, says: str
) -> None:
    files = {
        "a.csv": f"Landlord,{HEAD}{other},A1,2025-06-02,2025-06-03,\n",
        "b.csv": f"Landlord,Ref,Closed\n{own},A1,2025-07-02\n",
    }
    result = chcheck("a.csv", "b.csv", *AS_AT, "--format", "csv", files=files)
    (told,) = [line for line in result.err.splitlines() if line.startswith("b.csv:2")]
    assert told.partition("so no time limit can start")[2].removeprefix("; ") == says


TWICE = (
    # Answered on 12 June; the complaint of 2 July was to be answered by the 17th, and was not.
    f"{HEAD}A1,2025-06-02,2025-06-03,2025-06-12\nA1,2025-07-02,2025-07-03,\n",
    "Ref,Event,Date\nA1,received,2025-06-02\nA1,acknowledged,2025-06-03\n"
    "A1,responded,2025-06-12\nA1,received,2025-07-02\nA1,acknowledged,2025-07-03\n",
)


@pytest.mark.parametrize("table", TWICE)
def test_what_one_episode_has_was_not_done_in_one_that_lacks_it(
    chcheck: Chcheck, table: str
) -> None:
    words = ("a.csv", *AS_AT, "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(chcheck(*words, files={"a.csv": table}).out)))
    found = {
        (one["rule"], one["episode"]): (one["verdict"], one["due_latest"])
        for one in rows
        if one["rule"].startswith("stage-1-r")
    }
    assert found == {
        ("stage-1-response", "1"): ("met", "2025-06-17"),
        ("stage-1-response", "2"): ("breach", "2025-07-17"),
    }
    # The list of what happened says nothing of it.
    report = chcheck("a.csv", *AS_AT, "--complaint", "A1").out
    assert "(absent)" not in report


def test_what_the_file_of_an_episode_has_no_column_for_is_not_recorded_of_it(
    chcheck: Chcheck,
) -> None:
    files = {
        "a.csv": f"{HEAD}A1,2025-06-02,2025-06-03,2025-06-12\n",
        "b.csv": "Ref,Date Received,Stage 1 Response\nA1,2025-07-02,2025-07-10\n",
    }
    ran = chcheck("a.csv", "b.csv", *AS_AT, "--format", "csv", files=files)
    rows = list(csv.DictReader(io.StringIO(ran.out)))
    found = [one["verdict"] for one in rows if one["rule"] == "acknowledge-complaint"]
    assert found == ["met", "cannot-tell"]


def test_a_second_hazard_that_nobody_investigated_is_a_breach(chcheck: Chcheck) -> None:
    # Reported on Tuesday 7 April 2026: 10 working days end on the 21st. The first, of 2 March, was
    # investigated in 8.
    table = (
        "Ref,Event,Date\nA1,hazard reported,2026-03-02\nA1,hazard investigated,2026-03-12\n"
        "A1,hazard reported,2026-04-07\n"
    )
    words = ("a.csv", "--as-at", "2026-06-30", "--code", "awaab", "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(chcheck(*words, files={"a.csv": table}).out)))
    found = [(one["verdict"], one["due_latest"]) for one in rows if one["rule"].endswith("-hazard")]
    assert found == [("met", "2026-03-16"), ("breach", "2026-04-21")]
    assert "not-found" not in {one["rule"] for one in rows}
