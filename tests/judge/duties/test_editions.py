"""Duties of a complaint of which the edition, the Code itself or the record is not certain."""

from pathlib import Path

import pytest

from tests.helpers.judging import (
    Outcome,
    exit_code,
    judge,
    not_examined,
    of,
    outcomes,
    recorded,
    report_on,
    the,
)
from timeliness import check, load_timelines

MET = [("met", "as-required")]
BREACH = [("breach", "not-as-required")]
UNCLEAR = [("cannot-tell", "edition-unclear")]
NOTHING: list[Outcome] = []

# The 2022 Code until 31 March 2024, the 2024 Code from 1 April.
ACROSS = "2024-03-28/2024-04-03"
BEFORE, AFTER = "2024-03-28", "2024-04-03"
ITEMS = "stage, decision, reasons, remedy, outstanding actions"


def complaint(received: str, *lines: str, arose: str = "") -> str:
    arose = arose and f", arose: {arose}"
    events = [
        f"{{date: {received}, event: complaint received{arose}}}",
        "2024-04-04 complaint acknowledged",
        *lines,
    ]
    return "".join(f"- {line}\n" for line in events)


DEMANDED = "{date: 2024-04-18, event: escalation requested, reasons_demanded: yes}"
NOT_DEMANDED = "{date: 2024-04-18, event: escalation requested, reasons_demanded: no}"
WHOLE = (
    f"{{date: 2024-04-17, event: stage 1 response, "
    f"includes: [{ITEMS}, definition, escalation route]}}"
)
NO_DEFINITION = (
    f"{{date: 2024-04-17, event: stage 1 response, includes: [{ITEMS}, escalation route]}}"
)
NO_ROUTE = f"{{date: 2024-04-17, event: stage 1 response, includes: [{ITEMS}, definition]}}"
THIRD = "2024-06-03 stage 3 response"
REFUSED = (
    "{date: 2024-04-05, event: complaint refused, grounds: too old, in_writing: yes, "
    "ombudsman_details: yes}"
)


@pytest.mark.parametrize(
    ("rule", "line", "arose", "before", "after", "across"),
    [
        # Asked by the 2024 Code alone.
        ("escalation-reasons", DEMANDED, "", NOTHING, BREACH, UNCLEAR),
        ("escalation-reasons", NOT_DEMANDED, "", NOTHING, MET, MET),
        # Asked by both, with the same answer or another.
        ("stage-1-letter", WHOLE, "", MET, MET, MET),
        ("stage-1-letter", NO_ROUTE, "", BREACH, BREACH, BREACH),
        (
            "stage-1-letter",
            NO_DEFINITION,
            "",
            [("cannot-tell", "sources-differ")],
            BREACH,
            UNCLEAR,
        ),
        # Too old after 6 months, and after 12: eight months old when it was received.
        ("complaint-refused", REFUSED, "2023-07-28", MET, BREACH, UNCLEAR),
        ("complaint-refused", REFUSED, "2023-03-27", MET, MET, MET),
        # A "should" of one and a "must" of the other.
        ("no-third-stage", THIRD, "", BREACH, BREACH, UNCLEAR),
    ],
)
def test_a_receipt_across_two_editions_is_judged_by_both(
    rule: str,
    line: str,
    arose: str,
    before: list[Outcome],
    after: list[Outcome],
    across: list[Outcome],
) -> None:
    for received, expected in ((BEFORE, before), (AFTER, after), (ACROSS, across)):
        case = judge(complaint(received, line, arose=arose))
        assert outcomes(case, rule, "code") == expected, received


def test_an_unclear_edition_says_what_each_would_make_of_it() -> None:
    finding = the(judge(complaint(ACROSS, DEMANDED)), "escalation-reasons")
    assert "2024 Code" in finding.says
    assert "2022 Code" in finding.says
    assert finding.settled_by is not None
    assert finding.settled_by.add == "- DATE complaint received"
    assert finding.headline == ""


def test_a_duty_of_both_editions_of_which_nothing_is_recorded_is_listed_once() -> None:
    case = judge(complaint(ACROSS, "2024-04-17 stage 1 response"))
    assert [one.rule for one in case.not_examined].count("stage-1-letter") == 1


def test_the_clauses_of_both_editions_are_named() -> None:
    finding = the(judge(complaint(ACROSS, WHOLE)), "stage-1-letter")
    assert finding.clause == "5.8 or 6.9 a to g"


SCOTTISH = """
id: sample-policy
series: sample-policy
title: Sample policy
short: Sample policy
publisher: Sample Homes
standard: policy
nations: [scotland]
source: the policy itself
in_force: not stated
checked: 2026-11-22
rules:
  - id: stage-1-response
    title: Stage 1 response
    clause: "2"
    duty: must
    says: The landlord answers within 5 working days.
    provenance: quoted
    clock: {start: complaint received, stop: stage 1 response, limit: {working_days: 5}}
"""
SCOTTISH_CASE = """
complaint: T-2
nation: scotland
body: council
policy: ./policy.yaml
as_at: 2024-09-30
events:
  - 2024-06-03 complaint received
  - {date: 2024-06-10, event: stage 1 response, handler: A, includes: [decision], outcome: upheld}
  - {date: 2024-06-10, event: commitment, id: p, within: 2 working days}
  - {date: 2024-06-13, event: commitment met, of: p}
  - {date: 2024-06-14, event: contact, answered: no}
  - {date: 2024-06-17, event: escalation requested, reasons_demanded: yes}
  - {date: 2024-06-24, event: stage 2 response, handler: A}
"""


def test_where_there_is_no_code_promises_and_the_record_are_judged_all_the_same(
    tmp_path: Path,
) -> None:
    (tmp_path / "policy.yaml").write_text(SCOTTISH)
    (tmp_path / "case.yaml").write_text(SCOTTISH_CASE)
    (case,) = check(*load_timelines(tmp_path / "case.yaml")).cases
    # Monday 10 June and 2 working days: 12 June.
    assert outcomes(case, "keep-promises", "promise") == [("breach", "late")]
    assert the(case, "keep-promises").clause == ""
    assert list(recorded(case)) == ["unanswered"]
    # No duty of the Code of another nation is judged or listed.
    assert {one.standard for one in case.findings} == {"policy", "promise", "record"}
    assert not_examined(case) == set()


def test_a_promise_counts_the_working_days_of_the_residents_nation(tmp_path: Path) -> None:
    # Friday 2 August 2024 and 1 working day: Monday 5 August is a bank holiday in Scotland alone.
    (tmp_path / "policy.yaml").write_text(SCOTTISH)
    (tmp_path / "case.yaml").write_text(
        """
complaint: T-3
nation: scotland
policy: ./policy.yaml
as_at: 2024-09-30
events:
  - 2024-07-29 complaint received
  - 2024-08-02 stage 1 response
  - {date: 2024-08-02, event: commitment, id: p, within: 1 working day}
  - {date: 2024-08-06, event: commitment met, of: p}
"""
    )
    (case,) = check(*load_timelines(tmp_path / "case.yaml")).cases
    assert outcomes(case, "keep-promises") == [("met", "in-time")]


def test_before_july_2020_the_policy_alone_is_held_against_the_landlord() -> None:
    case = judge(
        """
        - 2020-06-01 complaint received
        - {date: 2020-06-03, event: complaint acknowledged}
        - {date: 2020-06-10, event: stage 1 response, missing: [escalation route]}
        - {date: 2020-06-10, event: commitment, id: p, due: 2020-06-12}
        """,
        policy="southwark-2021",
        as_at="2020-06-30",
    )
    assert not [one for one in case.findings if one.standard == "code"]
    assert outcomes(case, "keep-promises", "promise") == [("breach", "overdue")]


EXTENDED = (
    "{date: 2024-04-10, event: stage 1 extended, until: 2024-04-26, reason: survey%s}",
    "2024-04-24 stage 1 response",
)
WITH_ALL = ", in_writing: yes, ombudsman_details: yes"


@pytest.mark.parametrize(
    ("received", "more", "expected"),
    [
        # The 2022 Code needs a reason and a date; the 2024 Code writing and the details besides.
        (BEFORE, "", MET),
        (AFTER, "", [("cannot-tell", "not-recorded")]),
        (ACROSS, "", UNCLEAR),
        (ACROSS, WITH_ALL, MET),
    ],
)
def test_an_extension_is_judged_under_each_edition_that_may_apply(
    received: str, more: str, expected: list[Outcome]
) -> None:
    case = judge(complaint(received, EXTENDED[0] % more, EXTENDED[1]), as_at="2024-06-01")
    assert outcomes(case, "stage-1-extended") == expected


def test_six_lines_stay_short() -> None:
    report = check(
        *load_timelines(Path(__file__).parents[3] / "samples" / "six-lines.yaml"),
    )
    (case,) = report.cases
    assert {one.rule for one in case.findings if not one.readings} == set()
    assert len(case.not_examined) <= 6


def test_a_complaint_of_two_lines_has_nothing_but_its_clocks() -> None:
    case = judge(
        "- 2024-06-03 complaint received\n- 2024-06-04 complaint acknowledged",
        as_at="2024-06-05",
    )
    assert not [one for one in case.findings if not one.readings]
    assert exit_code(report_on("- 2024-06-03 complaint received", as_at="2024-06-03")) == 0
    assert not of(case, "go-to-ombudsman")
