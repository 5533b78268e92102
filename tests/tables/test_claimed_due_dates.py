"""Due dates that a table claims, compared with those of the Code and of a policy.

In 2025 the bank holidays of England are 1 January, 18 and 21 April, 5 and 26 May, 25 August, and 25
and 26 December. By the Code of 2024 stage 1 is due 10 working days after the acknowledgement, and
stage 2 is due 20 working days after the acknowledgement of the escalation.
"""

from __future__ import annotations

import csv
import json
from datetime import date
from pathlib import Path

import pytest
from msgspec.structs import replace

from tests.helpers.claims import after, claims_of, has_holiday, lines_of, working_days
from tests.helpers.command import Chcheck
from tests.helpers.tables import AS_AT, days, library, read
from timeliness.judge.cases import check_timelines
from timeliness.model.findings import NOT_CHECKABLE, RIGHT, RIGHT_OTHERWISE, WRONG
from timeliness.model.timelines import DUE, Point, Statement

HEAD = "Ref,Received,Acknowledged,Stage 1 Due Date,Stage 1 Response\n"
DAY = date(2025, 12, 31)
VECTORS = Path(__file__).parent.parent / "vectors" / "working-days.csv"


def row(reference: object, acknowledged: date, due: date) -> str:
    """A complaint acknowledged on the day of its receipt, and answered the working day after."""
    return f"{reference},{acknowledged},{acknowledged},{due},{after(acknowledged, 1)}\n"


def outcomes(text: str, **settings: object) -> list[str]:
    return [one.outcome for one in claims_of(read(text, **settings))[1]]


def vectors() -> list[tuple[str, str]]:
    """Return the runs of ten working days that the Code of 2024 may count, over its holidays."""
    with VECTORS.open(encoding="utf-8", newline="") as file:
        return [
            (one["start"], one["due"])
            for one in csv.DictReader(file)
            if (one["nation"], one["count_from"], one["add"]) == ("england", "day-after", "10")
            and "2024-04-01" <= one["start"] < "2026-01-01"
        ]


@pytest.mark.parametrize(("start", "due"), vectors())
def test_a_due_date_over_bank_holidays_is_right(start: str, due: str) -> None:
    table = read(f"{HEAD}A,{start},{start},{due},\n", fixed_as_at=date(2026, 3, 31))
    (found,) = claims_of(table)[1]
    assert found.outcome == RIGHT
    assert len(vectors()) >= 3


def tracker() -> str:
    """Return 240 rows: 212 right, 19 that ignore a bank holiday, 9 that count the first day.

    Those that count the first day have no bank holiday in their ten days, so nothing else fits.
    """
    starts = working_days(date(2025, 1, 2), 240)
    over = [day for day in starts if has_holiday(day, after(day, 10))][:19]
    plain = [day for day in starts if not has_holiday(day, after(day, 10))][-9:]
    rows = []
    for number, day in enumerate(starts):
        due = after(day, 10)
        if day in over:
            due = after(day, 10, ())
        elif day in plain:
            due = after(day, 9)
        rows.append(row(f"CH-{number:03}", day, due))
    return HEAD + "".join(rows)


def test_a_tracker_is_summed_up_by_what_its_due_dates_do() -> None:
    assert lines_of(read(tracker(), fixed_as_at=DAY)) == [
        "Stage 1 Due Date (Code): right in 212 of 240; 19 ignore a bank holiday, "
        "9 count the first day"
    ]


def test_one_way_to_count_explains_every_row_that_it_fits() -> None:
    # Every row counts the day of the acknowledgement as day 1, over bank holidays and not.
    rows = [row(day, day, after(day, 9)) for day in working_days(date(2025, 1, 2), 60)]
    assert lines_of(read(HEAD + "".join(rows), fixed_as_at=DAY)) == [
        "Stage 1 Due Date (Code): right in 0 of 60; 60 count the first day"
    ]


def test_what_a_claim_comes_to_says_why() -> None:
    # Acknowledged on Friday 2 May 2025: the 6th to the 9th, the 12th to the 16th, and the 19th.
    text = f"{HEAD}A,2025-05-01,2025-05-02,2025-05-16,2025-05-12\n"
    (found,) = claims_of(read(text))[1]
    assert (found.line, found.about, found.by) == (2, "stage 1 response", "the landlord's system")
    assert found.words == "Stage 1 Due Date: 16 May 2025"
    assert found.would_be == "19 May 2025"
    assert found.says == (
        "By the 2024 Code it is 19 May 2025. 16 May 2025 is right if the first day counts as day 1;"
        " or if bank holidays are ignored; or from receipt."
    )


@pytest.mark.parametrize(
    ("claim", "outcome"),
    [
        ("2025-06-17", RIGHT),
        ("17 June 2025", RIGHT),
        ("2025-06-16", RIGHT_OTHERWISE),  # the first day counted, or from receipt
        ("2025-06-13", RIGHT_OTHERWISE),  # from receipt, which is day 1
        ("2025-06-30", WRONG),
        ("June 2025", NOT_CHECKABLE),
        ("tbc", NOT_CHECKABLE),
    ],
)
def test_each_outcome(claim: str, outcome: str) -> None:
    # Received on 2 June 2025, acknowledged on the 3rd: due on the 17th; a second row keeps the
    # column one of dates.
    rows = [
        f"A,2025-06-02,2025-06-03,{claim},2025-06-13\n",
        "B,2025-06-02,2025-06-03,2025-06-17,2025-06-13\n",
    ]
    assert outcomes(HEAD + "".join(rows)) == [outcome, RIGHT]


def test_a_blank_cell_claims_nothing() -> None:
    rows = "A,2025-06-02,2025-06-03,,\nB,2025-06-02,2025-06-03,N/A,\n"
    assert not outcomes(HEAD + rows + "C,2025-06-02,2025-06-03,,\n")


def test_what_is_not_known_is_never_wrong() -> None:
    # Without an acknowledgement it is due 10 working days after some day of five: not one day.
    assert outcomes(f"{HEAD}A,2025-06-02,,2025-06-30,2025-06-13\n") == [NOT_CHECKABLE]


def test_a_claim_is_no_date_of_the_stage() -> None:
    table = read(f"{HEAD}A,2025-06-02,2025-06-03,2025-06-17,\n")
    assert days(table, "stage 1 response") == [""]
    assert not table.objects.any()
    only = read("Ref,Received,Acknowledged,Stage 1 Due Date\nA,2025-06-02,2025-06-03,2025-06-17\n")
    assert "stage 1 response" in only.not_recorded
    assert [one.outcome for one in claims_of(only)[1]] == [RIGHT]


EXTENDED = (
    "Ref,Received,Acknowledged,Stage 1 Extended,Stage 1 Extended To,Reason,In writing,Details,"
    "Stage 1 Due Date,Stage 1 Response\n"
)
KEYS = {
    "Reason": "stage 1 extended.reason",
    "In writing": "stage 1 extended.in_writing",
    "Details": "stage 1 extended.ombudsman_details",
}
FIRST = "2025-06-02,2025-06-03,2025-06-10,2025-06-24"


def test_an_extension_that_counts_moves_the_due_date() -> None:
    # The 17th, extended on the 10th to the 24th, with all that it needs.
    rows = [
        f"A,{FIRST},works,yes,yes,2025-06-24,2025-06-23\n",
        f"B,{FIRST},works,yes,yes,2025-06-17,2025-06-23\n",
    ]
    table = read(EXTENDED + "".join(rows), columns=KEYS)
    assert table.objects.all()
    totals, found = claims_of(table)
    assert [one.outcome for one in found] == [RIGHT, RIGHT_OTHERWISE]
    assert found[1].readings == ("without the extension",)
    assert totals[0].otherwise == (("without the extension", 1),)


def test_an_extension_that_may_not_count_leaves_it_open() -> None:
    text = (
        "Ref,Received,Acknowledged,Stage 1 Extended,Stage 1 Extended To,Stage 1 Due Date,"
        f"Stage 1 Response\nA,{FIRST},2025-06-17,2025-06-23\nB,{FIRST},2025-07-01,2025-06-23\n"
    )
    assert outcomes(text) == [NOT_CHECKABLE, NOT_CHECKABLE]


# The policy and the Code --------------------------------------------------------------------------

POLICY = (Path(__file__).parent.parent.parent / "docs/examples/our-policy.yaml").read_text("utf-8")


def test_the_policy_and_the_code_are_each_said(chcheck: Chcheck) -> None:
    # By the policy 8 working days after 3 June 2025, the 13th; by the Code 10, the 17th.
    rows = [
        "A,2025-05-29,2025-06-03,2025-06-13,2025-06-12\n",
        "B,2025-05-29,2025-06-03,2025-06-17,2025-06-12\n",
        "C,2025-05-29,2025-06-03,2025-06-27,2025-06-12\n",
    ]
    files = {"e.csv": HEAD + "".join(rows), "p.yaml": POLICY}
    ran = chcheck("e.csv", "--policy", "p.yaml", "--as-at", "2025-06-30", files=files)
    assert ran.code == 0
    told = " ".join(ran.out.partition("WHAT THE LANDLORD'S OWN SYSTEM SAYS")[2].split())
    assert told.startswith(
        "Stage 1 Due Date (policy): right in 1 of 3; 1 fits the Code alone, 1 fits no count "
        "Stage 1 Due Date (Code): right in 1 of 3; 2 fit no count"
    )
    ran = chcheck("e.csv", "--policy", "p.yaml", "--as-at", "2025-06-30", "--format", "jsonl")
    claims = [
        one["statement"] for one in map(json.loads, ran.out.splitlines()) if "statement" in one
    ]
    assert [one["outcome"] for one in claims] == [RIGHT, RIGHT_OTHERWISE, WRONG]
    assert claims[1]["says"] == (
        "By the Sample Homes policy it is 13 June 2025, and by the 2024 Code it is 17 June 2025. "
        "17 June 2025 is right by the Code."
    )


# Which column is what -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("header", "event"),
    [
        ("Stage 1 Due Date", "stage 1 response"),
        ("Stage 1 Response By", "stage 1 response"),
        ("Target date", "stage 1 response"),
        ("Response due", "stage 1 response"),
        ("SLA deadline", "stage 1 response"),
        ("S1_TargetDate", "stage 1 response"),
        ("Date Ack Due", "complaint acknowledged"),
        ("Acknowledgement target date", "complaint acknowledged"),
    ],
)
def test_names_of_due_dates(header: str, event: str) -> None:
    table = read(f"Ref,Received,Acknowledged,{header}\nA,2025-06-02,2025-06-03,2025-06-17\n")
    assert [(one.event, one.kind) for one in table.claims] == [(event, "due")]
    assert not table.notes


@pytest.mark.parametrize("header", ["Review due", "Escalation due", "By", "Rent due"])
def test_names_that_say_too_little(header: str) -> None:
    text = f"Ref,Received,Acknowledged,{header}\nA,2025-06-02,2025-06-03,2025-06-17\n"
    assert not read(text).claims


@pytest.mark.parametrize("header", ["Review response due", "Escalation Response Deadline"])
def test_stage_2_by_its_own_words(header: str) -> None:
    table = read(f"Ref,Received,Acknowledged,{header}\nA,2025-06-02,2025-06-03,2025-06-17\n")
    assert [one.event for one in table.claims] == ["stage 2 response"]


def test_a_due_date_of_stage_2() -> None:
    head = "Ref,Escalation Requested,Escalation Acknowledged,Stage 2 Target,Stage 2 Response By\n"
    # 20 working days after 6 May 2025: without the 26th, 4 June.
    table = read(f"{head}A,2025-05-01,2025-05-06,2025-06-04,2025-06-03\n")
    assert [one.event for one in table.claims] == ["stage 2 response"] * 2
    text = "Ref,Received,Acknowledged," + head.partition(",")[2]
    table = read(f"{text}A,2025-03-03,2025-03-04,2025-05-01,2025-05-06,2025-06-04,2025-06-03\n")
    assert [one.outcome for one in claims_of(table)[1]] == [RIGHT, RIGHT_OTHERWISE]


BOTH = "Ref,Received,Acknowledged,Target date,Stage 1 Response,Stage 2 Requested\n"


def test_a_general_name_beside_stage_2_is_asked_about() -> None:
    table = read(f"{BOTH}A,2025-06-02,2025-06-03,2025-06-17,2025-06-13,\n")
    assert not table.claims
    assert list(table.notes) == [
        'the column "Target date" is not used: it does not say which stage it is of; declare it: '
        '[columns] "Target date" = "stage 1 response.due" in chcheck.toml; `chcheck columns` '
        "writes such a file"
    ]


def test_a_column_may_be_declared() -> None:
    text = f"{BOTH}A,2025-06-02,2025-06-03,2025-06-17,2025-06-13,\n"
    for field in ("stage 1 response.due", "Stage 1 Response . due"):
        table = read(text, columns={"Target date": field})
        assert [one.outcome for one in claims_of(table)[1]] == [RIGHT]


def test_a_row_a_stage_claims_for_its_stage() -> None:
    # 20 working days after 8 May 2025, without the 26th: 6 June. Ten after 2 April: the 16th.
    head = "Ref,Stage,Date Received,Acknowledged,Due Date,Date Responded\n"
    rows = [
        "A1,Stage 1,2025-04-01,2025-04-02,2025-04-16,2025-04-14\n",
        "A1,Stage 2,2025-05-06,2025-05-08,2025-06-05,2025-06-03\n",
    ]
    table = read(head + "".join(rows))
    assert table.size == 1
    totals, found = claims_of(table)
    assert [(one.about, one.line, one.outcome) for one in found] == [
        ("stage 1 response", 2, RIGHT),
        ("stage 2 response", 3, RIGHT_OTHERWISE),
    ]
    assert lines_of(table) == [
        "Due Date, stage 1 response (Code): right in 1 of 1",
        "Due Date, stage 2 response (Code): right in 0 of 1; 1 ignores a bank holiday",
    ]
    assert sum(one.claims for one in totals) == 2


def test_rows_that_are_episodes_each_claim_their_own() -> None:
    rows = [
        "A1,2025-02-03,2025-02-04,2025-02-18,2025-02-10\n",
        "A1,2025-06-02,2025-06-03,2025-06-17,2025-06-10\n",
    ]
    table = read(HEAD + "".join(rows))
    assert table.size == 1
    assert [(one.line, one.outcome) for one in claims_of(table)[1]] == [(2, RIGHT), (3, RIGHT)]


def test_copies_count_once_and_another_claim_is_no_copy() -> None:
    one = "A1,2025-06-02,2025-06-03,{},2025-06-10\n"
    table = read(HEAD + one.format("2025-06-17") * 2)
    assert [found.outcome for found in claims_of(table)[1]] == [RIGHT]
    assert len(table.notes) == 1
    table = read(HEAD + one.format("2025-06-17") + one.format("2025-06-30"))
    assert [found.outcome for found in claims_of(table)[1]] == [RIGHT, WRONG]


def test_a_table_of_events_has_no_claims() -> None:
    head = "Ref,Event,Date,Due date\n"
    rows = "A,complaint received,2025-06-02,2025-06-09\nA,complaint acknowledged,2025-06-03,\n"
    table = read(head + rows)
    assert not table.claims
    table = read(head + rows, columns={"Due date": "stage 1 response.due"})
    assert not table.claims


def test_a_column_without_dates_is_left_alone() -> None:
    table = read(f"{HEAD}A,2025-06-02,2025-06-03,ten days,2025-06-13\n")
    assert not table.claims
    assert list(table.notes) == ['the column "Stage 1 Due Date" is not used: it holds no date']


def test_a_claim_whose_order_is_not_clear_is_named_and_not_used() -> None:
    table = read(f"{HEAD}A,2025-06-02,2025-06-03,03/07/2025,2025-06-13\n")
    assert not table.claims
    (note,) = table.notes
    assert note.startswith(
        'the column "Stage 1 Due Date" is not used: "03/07/2025" can be read day first or month '
        "first, and no other date in the column settles it; declare it with --dates uk"
    )


# Every output, and no exit code -------------------------------------------------------------------


def test_every_format_carries_what_the_claims_come_to(chcheck: Chcheck) -> None:
    rows = [
        "A,2025-06-02,2025-06-03,2025-06-17,2025-06-12\n",
        "B,2025-06-02,2025-06-03,2025-06-27,2025-06-12\n",
    ]
    files = {"e.csv": HEAD + "".join(rows)}
    line = "right in 1 of 2; 1 fits no count"
    outputs = ("json", "html", "markdown", "csv", "jsonl")
    words = [word for name in outputs for word in ("--output", f"{name}:o.{name}")]
    ran = chcheck("e.csv", "--as-at", "2025-06-30", *words, files=files)
    assert ran.code == 0
    assert f"Stage 1 Due Date (Code): {line}" in ran.out
    assert f"Stage 1 Due Date (Code): {line}" in Path("o.html").read_text("utf-8")
    assert f"Stage 1 Due Date (Code): {line}" in Path("o.markdown").read_text("utf-8").replace(
        "\\", ""
    )
    data = json.loads(Path("o.json").read_text("utf-8"))
    assert data["claims"] == [
        {
            "column": "Stage 1 Due Date",
            "about": "stage 1 response",
            "states": "due",
            "standard": "code",
            "series": "housing-ombudsman",
            "counted": None,
            "claims": 2,
            "right": 1,
            "right_otherwise": [],
            "wrong": 1,
            "not_checkable": 0,
        }
    ]
    assert [one["statements"][0]["outcome"] for one in data["complaints"]] == [RIGHT, WRONG]
    with Path("o.csv").open(encoding="utf-8", newline="") as file:
        claims = [one for one in csv.DictReader(file) if one["standard"] == "claim"]
    assert [
        (one["complaint"], one["line"], one["rule"], one["verdict"], one["due_earliest"])
        for one in claims
    ] == [
        ("A", "2", "stage-1-response.due", RIGHT, "2025-06-17"),
        ("B", "3", "stage-1-response.due", WRONG, "2025-06-17"),
    ]
    ran = chcheck("e.csv", "--as-at", "2025-06-30", "--format", "csv", "--show", "problems")
    assert [text.split(",")[10] for text in ran.out.splitlines()[1:]] == [WRONG]


@pytest.mark.parametrize("threshold", ["breach", "cannot-tell"])
def test_a_wrong_claim_fails_nothing(chcheck: Chcheck, threshold: str) -> None:
    text = f"{HEAD}A,2025-06-02,2025-06-03,2025-06-27,2025-06-12\n"
    words = ("e.csv", "--as-at", "2025-06-30", "--fail-on", threshold)
    assert chcheck(*words, files={"e.csv": text}).code == 0
    assert chcheck(*words, "--write-baseline", "b.csv").code == 0
    assert Path("b.csv").read_text("utf-8").count("\n") == 1


# One engine ---------------------------------------------------------------------------------------


def test_rows_come_to_what_the_statement_of_a_timeline_does() -> None:
    starts = working_days(date(2025, 3, 20), 45)
    rows = [row(day, day, after(day, number)) for day in starts for number in (8, 9, 10, 11)]
    table = read(HEAD + "".join(f"{at}-{one}" for at, one in enumerate(rows)))
    found = claims_of(table)[1]
    timelines = []
    for place, claim in enumerate(table.claims[0].values.tolist()):
        stated = date.fromordinal(claim)
        statement = Statement(
            words="due",
            states=stated,
            stated=str(stated),
            about=Point(event="stage 1 response"),
            kind=DUE,
        )
        timelines.append(replace(table.timeline(place), statements=(statement,)))
    cases, _ = check_timelines(timelines, library(), AS_AT)
    assert len(found) == len(cases) == 180
    assert [one.outcome for one in found] == [case.statements[0].outcome for case in cases]
    assert {one.outcome for one in found} == {RIGHT, RIGHT_OTHERWISE, WRONG}


def test_claims_come_after_every_finding_of_their_complaint(chcheck: Chcheck) -> None:
    head = HEAD.rstrip("\n") + ",Stage 1 Extended To\n"
    # The extension is judged as an act, so the row has findings that are no time limits too.
    row = "A1,2025-06-02,2025-06-03,2025-06-17,2025-06-10,2025-07-01\n"
    words = ("--as-at", "2025-06-30", "--show", "all", "--format", "csv")
    ran = chcheck("e.csv", *words, files={"e.csv": head + row})
    found = [(one["standard"], one["rule"]) for one in csv.DictReader(ran.out.splitlines())]
    assert ("code", "stage-1-extended") in found
    assert [standard for standard, _ in found].count("claim") == 1
    assert found[-1] == ("claim", "stage-1-response.due")
