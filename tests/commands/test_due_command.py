"""What is overdue and what falls due: one list for timelines, folders and tables."""

from __future__ import annotations

import csv
import io
import json
from datetime import date, timedelta
from random import Random

import pytest

from tests.helpers.command import Chcheck

# 26 November 2026 is a Thursday. Working days after it: Fri 27, Mon 30, Tue 1 Dec, Wed 2, Thu 3.
AS_AT = ("--as-at", "2026-11-26")


def case(reference: str, *events: str, **keys: str) -> str:
    head = [f"complaint: {reference}", *(f"{key}: {value}" for key, value in keys.items())]
    return "\n".join([*head, "events:", *(f"  - {event}" for event in events)]) + "\n"


FOLDER = {
    # Acknowledged on Tuesday 10 November: 10 working days end on Tuesday 24, two before the day.
    "cases/late.yaml": case("L-1", "2026-11-09 complaint received", "2026-11-10 acknowledged"),
    # Acknowledged on Thursday 12: 10 working days end on Thursday 26, the day itself.
    "cases/now.yaml": case("N-1", "2026-11-11 complaint received", "2026-11-12 acknowledged"),
    # Received on Friday 20: to be acknowledged by Friday 27. A response counts from there, between
    # Friday 4 December (acknowledged at once) and Friday 11 December (on the last day).
    "cases/new.yaml": case("A-1", "2026-11-20 complaint received"),
    # Answered, and not escalated.
    "cases/done.yaml": case(
        "Z-1",
        "2026-11-02 complaint received",
        "2026-11-02 acknowledged",
        "2026-11-06 stage 1 response",
    ),
}
LISTED = """\
Overdue 1; due by Thursday 3 December: 2. Due later: 1.

As at 26 November 2026.

OVERDUE
  L-1: stage 1 response (Code), overdue by 2 working days; due 24 Nov 2026

TO BE DONE
  Today, Thursday 26 November 2026
    N-1: stage 1 response (Code)
  Friday 27 November 2026, in 1 working day
    A-1: acknowledge the complaint (Code)
  Friday 4 December 2026, in 6 working days
    A-1: stage 1 response (Code), due between 4 December and 11 December 2026

1 of 4 complaints has no open time limit.
Where the day that something is due is known only roughly, the earliest counts.

Configuration: none
A breach shown here is not a finding of the Housing Ombudsman.
"""
HEADER = "Ref,Received,Acknowledged,Stage 1 Response,Escalated,Team,Handler\n"
TABLE = (
    HEADER
    + """\
L-1,2026-11-09,2026-11-10,,,Red,CS-1
N-1,2026-11-11,2026-11-12,,,Blue,CS-2
A-1,2026-11-20,,,,Red,CS-2
Z-1,2026-11-02,2026-11-02,2026-11-06,,,CS-1
"""
)


def test_a_folder_is_listed_overdue_first_and_then_by_day(chcheck: Chcheck) -> None:
    ran = chcheck("due", "cases", *AS_AT, files=FOLDER)
    assert ran.out == LISTED
    assert (ran.code, ran.err) == (0, "")


def test_a_table_of_the_same_complaints_gives_the_same_list(chcheck: Chcheck) -> None:
    ran = chcheck("due", "t.csv", *AS_AT, files={"t.csv": TABLE})
    # No column holds extensions: 10 working days from Tuesday 24 November are still to come.
    late = "overdue by 2 working days"
    unless = f"{late} unless it was\n    extended"
    assert ran.out == LISTED.replace(late, unless)
    assert ran.code == 0


def test_within_leaves_out_what_falls_due_later_and_counts_it(chcheck: Chcheck) -> None:
    # One working day after Thursday 26 is Friday 27; one week is Thursday 3 December.
    ran = chcheck("due", "cases", *AS_AT, "--within", "1wd", files=FOLDER)
    first = "Overdue 1; due by Friday 27 November: 2. Due later: 1."
    assert ran.out.splitlines()[0] == first
    assert "4 December" not in ran.out
    assert chcheck("due", "cases", *AS_AT, "--within", "1w").out.startswith(
        "Overdue 1; due by Thursday 3 December: 2. Due later: 1."
    )
    # Eight calendar days reach Friday 4 December, and nothing is later.
    assert chcheck("due", "cases", *AS_AT, "--within", "8d").out.startswith(
        "Overdue 1; due by Friday 4 December: 3.\n"
    )


def test_a_team_has_a_list_of_its_own_and_none_comes_last(chcheck: Chcheck) -> None:
    more = TABLE + "B-1,2026-11-20,,,,,\n"
    ran = chcheck("due", "t.csv", *AS_AT, "--by", "team", files={"t.csv": more})
    lines = ran.out.splitlines()
    heads = [line for line in lines if line.startswith("Team: ")]
    assert heads == ["Team: Blue", "Team: Red", "Team: none given"]
    red = ran.out[ran.out.index("Team: Red") : ran.out.index("Team: none given")]
    assert [name for name in ("L-1", "A-1", "N-1", "B-1") if name in red] == ["L-1", "A-1"]


def test_any_column_that_holds_nothing_else_makes_lists(chcheck: Chcheck) -> None:
    ran = chcheck(
        *("due", "t.csv", *AS_AT, "--by", " HANDLER ", "--format", "csv"), files={"t.csv": TABLE}
    )
    rows = list(csv.DictReader(io.StringIO(ran.out)))
    assert [(row["by HANDLER"], row["complaint"]) for row in rows] == [
        ("CS-1", "L-1"),
        ("CS-2", "N-1"),
        ("CS-2", "A-1"),
        ("CS-2", "A-1"),
    ]
    # Nobody asked for it here, so it is not there.
    assert "CS-1" not in chcheck("due", "t.csv", *AS_AT, "--format", "csv").out


def test_timelines_are_listed_by_landlord(chcheck: Chcheck) -> None:
    files = {
        "cases/a.yaml": case("A", "2026-11-20 complaint received", landlord="West Homes"),
        "cases/b.yaml": case("B", "2026-11-20 complaint received", landlord="East Homes"),
    }
    out = chcheck("due", "cases", *AS_AT, "--by", "landlord", files=files).out
    assert out.index("Landlord: East Homes") < out.index("Landlord: West Homes")
    # Without it each line says whose complaint it is.
    plain = chcheck("due", "cases", *AS_AT).out
    assert "    A, West Homes: acknowledge the complaint (Code)\n" in plain


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (
            ("t.csv", "--by", "Squad"),
            'chcheck: no table has a column "Squad" that a list can be grouped by; you can group '
            "by Team",
        ),
        (
            ("t.csv", "--by", "teams"),
            'chcheck: no table has a column "teams" that a list can be grouped by; did you mean '
            '"Team"?',
        ),
        (
            ("cases", "--by", "team"),
            'chcheck: nothing here has a column "team" to group by; use --by landlord',
        ),
        (
            ("cases", "--within", "soon"),
            'chcheck: --within "soon" is not a length of time; write 10wd (working days), 14d '
            "(calendar days), 2w (weeks) or 1m (months)",
        ),
        (
            ("cases", "--within", "10"),
            'chcheck: "10" has no unit; write 10wd (working days) or 10d (calendar days)',
        ),
        (
            ("cases", "--output", "xml:a"),
            'chcheck: --output "xml:a" is not FORMAT:PATH; the formats are text, csv, html, json, '
            "ics",
        ),
    ],
)
def test_what_cannot_be_asked_for_is_said(
    chcheck: Chcheck, words: tuple[str, ...], says: str
) -> None:
    ran = chcheck("due", *words, *AS_AT, files={**FOLDER, "t.csv": TABLE})
    assert says in ran.err.splitlines()
    assert (ran.code, ran.out) == (2, "")


def test_a_file_that_is_not_there_is_named_before_the_column_it_lacks(chcheck: Chcheck) -> None:
    ran = chcheck("due", "export.xlsx", "--by", "team")
    assert ran.err.splitlines() == [
        "export.xlsx: the file cannot be read: No such file or directory",
        'chcheck: nothing here has a column "team" to group by; use --by landlord',
    ]
    assert ran.code == 2


def test_what_could_not_be_read_makes_the_exit_code_2_and_is_said(chcheck: Chcheck) -> None:
    files = {**FOLDER, "cases/bad.yaml": "complaint: X\nevents:\n  - 2026-11-31 received\n"}
    ran = chcheck("due", "cases", *AS_AT, files=files)
    assert ran.code == 2
    assert "November 2026 has 30 days" in ran.err
    says = "1 thing could not be read or checked in full, so the list may lack something."
    assert says in ran.out.splitlines()
    alone = chcheck("due", "cases/bad.yaml", *AS_AT)
    assert alone.out.splitlines()[0] == "No complaint was checked."
    bad_row = TABLE + "X-1,2026-13-40,,,,,\n"
    assert chcheck("due", "t.csv", *AS_AT, files={"t.csv": bad_row}).code == 2


def test_what_may_be_overdue_is_listed_apart_with_the_reason(chcheck: Chcheck) -> None:
    # Received on 1 October: to be acknowledged by Thursday 8, answered between the 15th and the
    # 22nd; a partial record may leave out that both were done.
    files = {
        "a.yaml": case("P-1", "2026-10-01 complaint received", record="partial"),
        "t.csv": "Ref,Received,Stage 1 Response\nQ-1,2026-10-01,2026-10-05\nQ-2,2026-11-25,\n",
    }
    out = chcheck("due", "a.yaml", *AS_AT, files=files).out
    assert out.startswith(
        "Nothing is known to be overdue, and nothing is due by Thursday 3 December.\n"
        "Cannot tell whether overdue: 2.\n"
    )
    assert (
        "CANNOT TELL WHETHER OVERDUE\n"
        "  P-1: acknowledge the complaint (Code), due 8 Oct 2026; the record does not say\n"
        "    whether it was done\n"
        "  P-1: stage 1 response (Code), due 15 to 22 Oct 2026; the record does not say\n"
        "    whether it was done\n"
    ) in out


def test_an_acknowledgement_that_nobody_recorded_is_not_due_after_the_answer(
    chcheck: Chcheck,
) -> None:
    text = case("P-1", "2026-10-01 complaint received", "2026-10-20 stage 1 response")
    out = chcheck("due", "a.yaml", *AS_AT, files={"a.yaml": f"record: partial\n{text}"}).out
    assert "P-1" not in out
    assert "1 complaint has no open time limit." in out
    table = "Ref,Received,Stage 1 Response,Record\nP-1,2026-10-01,2026-10-20,x\n"
    assert "P-1" not in chcheck("due", "t.csv", *AS_AT, files={"t.csv": table}).out


def test_what_was_closed_without_an_answer_is_counted(chcheck: Chcheck) -> None:
    # Acknowledged on the 3rd: due on Tuesday 17 November; closed before that.
    text = case(
        "K-1",
        "2026-11-02 complaint received",
        "2026-11-03 acknowledged",
        "2026-11-10 complaint closed",
    )
    out = chcheck("due", "a.yaml", *AS_AT, files={"a.yaml": text}).out
    assert "1 limit was closed without a recorded answer; `chcheck PATH` shows more." in out


def test_promises_and_orders_are_listed_and_the_residents_own_time_is_not(
    chcheck: Chcheck,
) -> None:
    text = """\
complaint: O-1
events:
  - 2026-10-01 complaint received
  - 2026-10-01 acknowledged
  - 2026-10-05 stage 1 response
  - 2026-10-06 escalation requested
  - 2026-10-06 escalation acknowledged
  - 2026-10-20 stage 2 response
  - {date: 2026-10-20, event: commitment, due: 2026-11-20}
  - {date: 2026-11-16, event: order, within: 4 weeks, id: pay}
"""
    out = chcheck("due", "a.yaml", *AS_AT, files={"a.yaml": text}).out
    # From Friday 20 to Thursday 26 November: six days. Four weeks from 16 November: 14 December,
    # with 12 working days to go (27, 30, 1 to 4, 7 to 11, 14).
    assert "  O-1: promise of 20 October 2026, overdue by 6 days; due 20 Nov 2026\n" in out
    assert "  Monday 14 December 2026, in 12 working days\n    O-1: order of 16 " in out
    assert "the Ombudsman" not in out.replace(
        "A breach shown here is not a finding of the Housing Ombudsman.", ""
    )
    assert out.startswith("Overdue 1; due by Thursday 3 December: 0. Due later: 1.\n")


POLICY = """\
id: ours-2024
title: Our policy
short: our policy
publisher: Sample Homes
standard: policy
nations: [england]
source: written for this test
in_force: not stated
checked: 2026-11-25
rules:
  - id: stage-1-response
    title: Stage 1 response
    clause: "2"
    duty: must
    says: The landlord answers at stage 1 within 10 working days of the acknowledgement.
    provenance: quoted
    clock: {start: complaint acknowledged, stop: stage 1 response, limit: {working_days: 10}}
"""


def test_policy_and_code_are_one_where_they_fall_due_together(chcheck: Chcheck) -> None:
    # Acknowledged on Thursday 12 November: 10 working days end on the 26th under both. With 12
    # working days under the policy it is Monday 30 there.
    text = case(
        "S-1", "2026-11-11 complaint received", "2026-11-12 acknowledged", policy="./ours.yaml"
    )
    files = {"a.yaml": text, "ours.yaml": POLICY}
    out = chcheck("due", "a.yaml", *AS_AT, files=files).out
    assert out.startswith("Overdue 0; due by Thursday 3 December: 1.\n")
    assert "26 November 2026\n    S-1: stage 1 response (policy and Code)\n" in out
    files["ours.yaml"] = POLICY.replace("working_days: 10", "working_days: 12")
    out = chcheck("due", "a.yaml", *AS_AT, files=files).out
    assert out.startswith("Overdue 0; due by Thursday 3 December: 2.\n")
    assert "26 November 2026\n    S-1: stage 1 response (Code)\n" in out
    assert "in 2 working days\n    S-1: stage 1 response (policy)\n" in out
    table = "Ref,Received,Acknowledged,Stage 1 Response,Policy\n"
    table += "S-1,2026-11-11,2026-11-12,,./ours.yaml\n"
    files = {"t.csv": table, "ours.yaml": POLICY}
    out = chcheck("due", "t.csv", *AS_AT, files=files).out
    assert out.startswith("Overdue 0; due by Thursday 3 December: 1.\n")
    assert "S-1: stage 1 response (policy and Code)" in out


def test_the_json_has_counts_and_dates(chcheck: Chcheck) -> None:
    data = json.loads(chcheck("due", "cases", *AS_AT, "--format", "json", files=FOLDER).out)
    assert data["as_at"] == {"earliest": "2026-11-26", "latest": "2026-11-26"}
    assert data["counts"] == {
        "overdue": 1,
        "due_by": "2026-12-03",
        "due": 2,
        "due_later": 1,
        "cannot_tell": 0,
    }
    assert (data["complaints"], data["with_open_limits"]) == (4, 3)
    late, now, *_ = data["limits"]
    assert (late["when"], late["overdue_least"], late["days_overdue_least"]) == ("overdue", 2, 2)
    assert (now["when"], now["working_days_left"], now["due_earliest"]) == ("due", 0, "2026-11-26")


def test_a_list_that_was_written_into_the_folder_is_not_read_as_a_table(
    chcheck: Chcheck,
) -> None:
    first = chcheck("due", "cases", *AS_AT, "--output", "csv:cases/due.csv", files=FOLDER)
    again = chcheck("due", "cases", *AS_AT)
    assert first.code == again.code == 0
    assert again.out == LISTED
    assert "cases/due.csv: written by chcheck; left out" in again.err


def test_a_gate_of_the_configuration_fails_no_list(chcheck: Chcheck) -> None:
    files = {**FOLDER, "chcheck.toml": '[floors]\n"stage-1-response" = 1.0\n'}
    assert chcheck("cases", *AS_AT, files=files).code == 1
    assert chcheck("due", "cases", *AS_AT).code == 0


def test_a_saturday_is_told_in_days_where_no_working_day_has_passed(chcheck: Chcheck) -> None:
    # Due on Tuesday 24 December 2024 (10 working days from the 10th); by Thursday 26 December,
    # with two bank holidays, no working day has passed, but two days have.
    text = case("C-1", "2024-12-10 complaint received", "2024-12-10 acknowledged")
    out = chcheck("due", "a.yaml", "--as-at", "2024-12-26", files={"a.yaml": text}).out
    assert "C-1: stage 1 response (Code), overdue by 2 days; due 24 Dec 2024" in out


def test_what_stands_in_columns_is_listed_as_in_timelines(chcheck: Chcheck) -> None:
    """Dates at random around the day: a table and the same complaints as timelines agree."""
    random = Random(14)
    names = {
        "Acknowledged": "complaint acknowledged",
        "Stage 1 Response": "stage 1 response",
        "Escalated": "escalation requested",
        "Escalation Acknowledged": "escalation acknowledged",
        "Stage 2 Response": "stage 2 response",
        "Withdrawn": "complaint withdrawn",
    }
    unused = {"Stage 1 Extended": "", "Stage 2 Extended": ""}
    rows, files = [",".join(("Ref", "Received", *names, *unused))], {}
    for number in range(120):
        day = date(2026, 9, 14) + timedelta(random.randint(0, 70))
        events, cells = [f"{day} complaint received"], [f"R-{number}", f"{day}"]
        for name, event in names.items():
            chance = 0.1 if name == "Withdrawn" else 0.75
            day += timedelta(random.randint(0, 14))
            done = random.random() < chance and len(events) >= len(cells) - 1 and day.year == 2026
            done = done and day <= date(2026, 11, 26)
            cells.append(f"{day}" if done else "")
            events += [f"{day} {event}"] if done else []
        rows.append(",".join((*cells, "", "")))
        files[f"cases/{number:03}.yaml"] = case(f"R-{number}", *events)
    files["t.csv"] = "\n".join(rows) + "\n"
    both = [
        json.loads(chcheck("due", path, *AS_AT, "--format", "json", files=files).out)
        for path in ("cases", "t.csv")
    ]
    for data in both:
        for one in data["limits"]:
            del one["path"], one["line"]
    assert both[0]["counts"] == both[1]["counts"]
    assert both[0]["limits"] == both[1]["limits"]
    assert min(both[0]["counts"][name] for name in ("overdue", "due", "due_later")) > 3
