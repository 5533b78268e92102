"""In time or not, as a table claims it, against the verdicts of the Code and of a policy.

Acknowledged on 3 June 2025, stage 1 is due on the 17th: there is no bank holiday in June.
Acknowledged on 2 May, it is due on the 19th, and on the 16th if the bank holiday of the 5th is
ignored.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.helpers.claims import claims_of, lines_of
from tests.helpers.command import Chcheck
from tests.helpers.tables import read
from timeliness.model.findings import NOT_CHECKABLE, RIGHT, RIGHT_OTHERWISE, WRONG
from timeliness.tables.claim_columns import was_in_time

HEAD = "Ref,Received,Acknowledged,Stage 1 Response,SLA met?\n"
IN_TIME, LATE = "2025-06-02,2025-06-03,2025-06-17", "2025-06-02,2025-06-03,2025-06-18"


def outcomes(text: str, **settings: object) -> list[str]:
    return [one.outcome for one in claims_of(read(text, **settings))[1]]


def test_each_claim_is_compared_with_the_verdict() -> None:
    rows = [f"A,{IN_TIME},Y\n", f"B,{LATE},N\n", f"C,{LATE},Y\n", f"D,{IN_TIME},\n"]
    table = read(HEAD + "".join(rows))
    found = claims_of(table)[1]
    # The 18th would be in time if the day of the acknowledgement were the 4th; it is not.
    assert [one.outcome for one in found] == [RIGHT, RIGHT, WRONG]
    assert found[0].words == "SLA met? in time"
    assert found[0].says == "By the 2024 Code it was in time, due on 17 June 2025."
    assert found[2].says == (
        "By the 2024 Code it was late, due on 17 June 2025. However the days are counted, it is "
        "not in time."
    )
    assert lines_of(table) == ["SLA met? (Code): right in 2 of 3; 1 says in time though late"]


def test_a_claim_may_be_right_if_the_days_are_counted_in_another_way() -> None:
    # Answered on 19 May 2025, in time; late if the bank holiday of 5 May is ignored.
    (found,) = claims_of(read(f"{HEAD}A,2025-05-02,2025-05-02,2025-05-19,No\n"))[1]
    assert found.outcome == RIGHT_OTHERWISE
    assert found.says == (
        'By the 2024 Code it was in time, due on 19 May 2025. "Late" is right if the first day '
        "counts as day 1; or if bank holidays are ignored."
    )


def test_what_is_overdue_is_not_in_time() -> None:
    assert outcomes(f"{HEAD}A,2025-06-02,2025-06-03,,Y\nB,2025-06-02,2025-06-03,,N\n") == [
        WRONG,
        RIGHT,
    ]


@pytest.mark.parametrize(
    "row",
    [
        "A,2025-06-20,2025-06-20,,Y",  # not yet due
        "A,2025-06-02,,2025-06-19,Y",  # no acknowledgement: due between the 16th and the 23rd
        "A,2025-06-02,2025-06-03,,maybe",
        "A,,,2025-06-13,N",
    ],
)
def test_what_is_not_decided_is_never_wrong(row: str) -> None:
    assert outcomes(f"{HEAD}{row}\nB,{IN_TIME},Y\nC,{IN_TIME},Y\n") == [NOT_CHECKABLE, RIGHT, RIGHT]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        *(("Y", True), ("yes", True), ("TRUE", True), ("1", True), ("In time", True)),
        *(("Within target", True), ("Met", True), ("In SLA", True), ("On-time", True)),
        *(("N", False), ("0", False), ("Late", False), ("Not met", False), ("Breached", False)),
        *(("Outside target", False), ("Overdue", False), ("SLA Violated", False)),
        ("Fulfilled", True),
        *(("", None), ("maybe", None), ("10", None)),
    ],
)
def test_what_says_in_time(text: str, said: bool | None) -> None:
    assert was_in_time(text) is said


def test_where_late_is_asked_yes_means_late() -> None:
    assert was_in_time("Y", late=True) is False
    assert was_in_time("in time", late=True) is True
    head = HEAD.replace("SLA met?", "SLA breached")
    assert outcomes(f"{head}A,{IN_TIME},N\nB,{LATE},Y\nC,{LATE},N\n") == [RIGHT, RIGHT, WRONG]


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("SLA met?", "stage 1 response.in_time"),
        ("In time Y/N", "stage 1 response.in_time"),
        ("Responded in target", "stage 1 response.in_time"),
        ("Stage 1 On Time", "stage 1 response.in_time"),
        ("Within SLA (Y/N)", "stage 1 response.in_time"),
        ("Target met", "stage 1 response.in_time"),
        ("made_sla", "stage 1 response.in_time"),
        ("SLA Status", "stage 1 response.in_time"),
        ("Target", "stage 1 response.in_time"),
        ("Acknowledged in time", "complaint acknowledged.in_time"),
        ("SLA Breached", "stage 1 response.late"),
        ("Stage 1 late?", "stage 1 response.late"),
    ],
)
def test_names_of_flags(header: str, field: str) -> None:
    table = read(f"Ref,Received,Acknowledged,{header}\nA,2025-06-02,2025-06-03,Y\n")
    assert [f"{one.event}.{one.kind}" for one in table.claims] == [field]
    assert not table.notes


def test_a_column_of_something_else_is_left_alone() -> None:
    table = read(f"{HEAD}A,{IN_TIME},see notes\n")
    assert not table.claims
    assert list(table.notes) == [
        'the column "SLA met?" is not used: it does not say yes or no, or in time or late'
    ]


def test_the_policy_decides_and_the_code_is_said_apart(chcheck: Chcheck) -> None:
    # By the policy 8 working days after 3 June 2025, the 13th; by the Code the 17th.
    policy = Path(__file__).parent.parent.parent / "docs/examples/our-policy.yaml"
    rows = "A,2025-05-29,2025-06-03,2025-06-16,Y\nB,2025-05-29,2025-06-03,2025-06-13,Y\n"
    files = {"e.csv": HEAD + rows, "p.yaml": policy.read_text("utf-8")}
    words = ("e.csv", "--policy", "p.yaml", "--as-at", "2025-06-30")
    ran = chcheck(*words, "--output", "json:o.json", files=files)
    assert "SLA met? (policy): right in 1 of 2; 1 says in time though late" in ran.out
    assert "SLA met? (Code): right in 2 of 2" in ran.out
    data = json.loads(Path("o.json").read_text("utf-8"))
    said = [one["statements"][0] for one in data["complaints"]]
    assert [one["outcome"] for one in said] == [RIGHT_OTHERWISE, RIGHT]
    assert said[0]["says"] == (
        "By the Sample Homes policy it was late, due on 13 June 2025, and by the 2024 Code it was "
        'in time, due on 17 June 2025. "In time" is right by the Code.'
    )
    totals = {one["standard"]: one for one in data["claims"]}
    assert totals["policy"]["in_time_though_late"] == 1
    assert totals["code"]["in_time_though_late"] == 0


def test_a_tracker_that_says_ten_days_and_met_for_everything() -> None:
    # Eight answers 31 calendar days after the acknowledgement, each "10" and "Y".
    head = "Ref,Received,Acknowledged,Stage 1 Response,Days taken,SLA met\n"
    rows = [
        f"{n},2025-05-{n:02},2025-05-{n:02},2025-06-{n:02},10,Y\n"
        for n in (1, 2, 6, 7, 8, 12, 13, 14)
    ]
    table = read(head + "".join(rows))
    assert not table.notes
    assert {one.outcome for one in claims_of(table)[1]} == {WRONG}
    lines = lines_of(table)
    assert lines[0].endswith("right in 0 of 8; 8 fit no count")
    assert lines[1] == "SLA met (Code): right in 0 of 8; 8 say in time though late"
