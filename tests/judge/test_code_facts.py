"""What the Code and the policies ask, as far as their texts were read, and what rests on less."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import pytest

from tests.helpers.command import Chcheck
from tests.helpers.judging import judge, of, the
from timeliness import Case, check, load_rulebooks, load_timelines
from timeliness.model.ranges import Range

LIBRARY = load_rulebooks()


# The clause of each, and how far its text was read.
@pytest.mark.parametrize(
    ("edition", "rule", "clause", "provenance"),
    [
        ("2024", "acknowledgement-responsibilities", "5.7", "reported"),
        ("2024", "go-to-ombudsman", "the Ombudsman's Scheme", "quoted"),
        ("2022", "go-to-ombudsman", "the Ombudsman's Scheme", "reported"),
        ("2022", "stage-2-every-point", "5.6", "reported"),
        ("2022", "complaint-refused", "1.7 to 1.9", "reported"),
        ("2022", "stage-3-response", "5.17 to 5.20", "unverified"),
    ],
)
def test_how_far_a_clause_was_read(edition: str, rule: str, clause: str, provenance: str) -> None:
    book = LIBRARY.rulebooks[f"housing-ombudsman-{edition}"]
    found = book.rule(rule)
    assert found is not None
    assert (found.clause, found.provenance) == (clause, provenance)


def test_no_clause_of_2022_that_was_read_asks_to_agree_updates() -> None:
    assert LIBRARY.rulebooks["housing-ombudsman-2022"].duty("stage-1-updates") is None


# Figures of the Ombudsman ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("decision", "start", "end", "days"),
    [
        ("202421521", date(2024, 2, 16), date(2024, 3, 1), 10),
        ("202421521", date(2024, 3, 15), date(2024, 6, 3), 52),
        ("202442504", date(2024, 11, 27), date(2025, 1, 8), 27),
    ],
)
def test_figures_of_determinations(
    chcheck: Chcheck, decision: str, start: date, end: date, days: int
) -> None:
    ran = chcheck("days", start.isoformat(), end.isoformat())
    assert ran.code == 0, decision
    assert ran.out.startswith(f"{days} working days from "), decision


def test_camden_answered_27_working_days_after_the_email() -> None:
    # Decision 202442504. Acknowledged between 27 November and the last day for it, 4 December
    # 2024, so due between 11 and 18 December; 8 January 2025 is 17 and 12 working days later.
    case = judge(
        """
        - 2024-11-27 complaint received
        - 2025-01-08 stage 1 response
        """,
        record="partial",
    )
    found = the(case, "stage-1-response", "code")
    assert (found.verdict, found.late_by) == ("breach", Range(12, 17))
    (shown,) = [one for one in found.readings if not one.decides]
    assert (shown.start_event, shown.working_days) == ("complaint received", Range(27, 27))


def test_a_late_logging_starts_the_clock_of_2022_as_the_ombudsman_counted_it() -> None:
    # Decision 202421521: logged 10 working days later, on 1 March 2024, and the answer of 3 June
    # 52 working days late. From receipt: 16 February to 3 June is 10 + 10 + 52 working days.
    case = judge("""
        - 2024-02-16 complaint received
        - 2024-02-20 complaint acknowledged
        - 2024-03-01 complaint logged
        - 2024-06-03 stage 1 response
    """)
    found = the(case, "stage-1-response", "code")
    assert found.due is not None
    assert (found.due.earliest, found.due.latest) == (date(2024, 3, 15), date(2024, 3, 15))
    assert found.late_by == Range(52, 52)
    (shown,) = [one for one in found.readings if not one.decides]
    assert (shown.start_event, shown.working_days) == ("complaint received", Range(72, 72))


def test_a_late_logging_is_a_breach_although_nobody_recorded_the_acknowledgement() -> None:
    # The same decision; 5 working days from Friday 16 February end on the 23rd.
    case = judge(
        """
        - 2024-02-16 complaint received
        - 2024-03-01 complaint logged
        - 2024-06-03 stage 1 response
        """,
        record="partial",
    )
    found = the(case, "acknowledge-complaint", "code")
    assert found.verdict == "breach"
    assert found.says == (
        "Logged on 1 March 2024, and the record does not say when it was acknowledged; due on 23 "
        "February 2024."
    )


# The count from receipt -----------------------------------------------------------------------


def test_the_count_from_receipt_and_request_stands_beside_that_of_2024() -> None:
    # 3 to 14 March 2025 is 9 working days, 4 April to 8 May 2025 (Easter, 5 May) is 21.
    case = judge("""
        - 2025-03-03 complaint received
        - 2025-03-05 complaint acknowledged
        - 2025-03-14 stage 1 response
        - 2025-04-04 escalation requested
        - 2025-04-08 escalation acknowledged
        - 2025-05-08 stage 2 response
    """)
    for rule, event, days in (
        ("stage-1-response", "complaint received", 9),
        ("stage-2-response", "escalation requested", 21),
    ):
        found = the(case, rule, "code")
        assert found.verdict == "met"
        (shown,) = [one for one in found.readings if not one.decides]
        assert (shown.start_event, shown.working_days) == (event, Range(days, days))
        assert shown.is_count_only


# What rests on less ---------------------------------------------------------------------------


TOLD = "reason: staff sickness, in_writing: yes, ombudsman_details: {details}"
EXTENDED = """
    - 2025-03-03 complaint received
    - 2025-03-05 complaint acknowledged
    - {{date: 2025-03-14, event: stage 1 extended, until: 2025-03-28, {told}}}
    - 2025-03-27 stage 1 response
    - 2025-04-01 escalation requested
    - 2025-04-03 escalation acknowledged
    - {{date: 2025-04-24, event: stage 2 extended, until: 2025-05-20, {told}}}
    - 2025-05-19 stage 2 response
"""


def test_an_extension_that_lacks_what_only_an_unread_clause_asks_for_is_marked() -> None:
    case = judge(EXTENDED.format(told=TOLD.format(details="no")))
    first, second = the(case, "stage-1-extended"), the(case, "stage-2-extended")
    assert (first.verdict, first.clause, first.provenance) == ("breach", "6.4 and 6.5", "quoted")
    assert (second.verdict, second.clause) == ("breach", "6.15 and 6.16")
    assert second.provenance == "unverified"
    told = "reason: none, in_writing: yes, ombudsman_details: no"
    assert the(judge(EXTENDED.format(told=told)), "stage-2-extended").provenance == "reported"


def test_a_duty_judged_by_two_editions_rests_on_the_less_read_of_the_two() -> None:
    # Quoted in 2022 (5.9), reported in 2024 (6.10 and 5.11).
    case = judge("""
        - 2024-03-25/2024-04-05 complaint received
        - 2024-04-10 stage 1 response
        - 2024-04-12 escalation requested
        - {date: 2024-04-15, event: escalation refused, grounds: other, in_writing: yes}
    """)
    assert the(case, "escalation-refused").provenance == "reported"


# 5.1 allows 10 more days, and longer for a good reason; that the resident may agree is 5.2.
@pytest.mark.parametrize(
    ("until", "given", "verdict", "provenance"),
    [
        ("2023-04-14", "agreed_by_resident: yes", "met", "unverified"),
        ("2023-04-14", "good_reason: yes, agreed_by_resident: yes", "met", "quoted"),
        ("2023-03-31", "agreed_by_resident: yes", "met", "quoted"),
        ("2023-04-14", "good_reason: no, agreed_by_resident: no", "breach", "quoted"),
    ],
)
def test_more_than_the_most_by_an_agreement_rests_on_an_unread_clause(
    until: str, given: str, verdict: str, provenance: str
) -> None:
    # Logged on 6 March: due on 20 March, and with 10 more on 3 April 2023.
    case = judge(f"""
        - 2023-03-06 complaint received
        - 2023-03-06 complaint acknowledged
        - 2023-03-06 complaint logged
        - {{date: 2023-03-17, event: stage 1 extended, until: {until}, reason: survey, {given}}}
        - 2023-03-30 stage 1 response
    """)
    found = the(case, "stage-1-extended")
    assert (found.verdict, found.provenance) == (verdict, provenance)


# Received on 19 January 2021, due on 2 February, answered on 11 February: 7 working days late.
UNREAD = """
complaint: T-1
as_at: 2021-03-01
events:
  - 2021-01-19 complaint received
  - 2021-01-20 complaint acknowledged
  - 2021-02-11 stage 1 response
"""


def test_that_nobody_has_read_a_clause_is_said_in_every_format(chcheck: Chcheck) -> None:
    told = chcheck("case.yaml", "--format", "csv", files={"case.yaml": UNREAD}).out
    rows = {one["rule"]: one for one in csv.DictReader(told.splitlines())}
    row = rows["stage-1-response"]
    assert (row["verdict"], row["provenance"]) == ("breach", "unverified")
    told = "Stage 1 response (Code 3, clause not read)"
    for name in ("markdown", "github", "gitlab", "junit", "sarif"):
        assert told in chcheck("case.yaml", "--format", name).out, name
    assert "(Code, clause not read)" in chcheck("case.yaml").out


TABLE = """\
Reference,Received,Acknowledged,Stage 1 response
A-1,2021-01-19,2021-01-20,2021-02-11
A-2,2025-03-03,2025-03-05,2025-03-14
"""


def test_a_table_says_of_each_finding_how_far_its_clause_was_read(chcheck: Chcheck) -> None:
    words = ("t.csv", "--as-at", "2025-06-01", "--format", "csv", "--show", "all")
    rows = csv.DictReader(chcheck(*words, files={"t.csv": TABLE}).out.splitlines())
    found = {(one["complaint"], one["rule"]): one["provenance"] for one in rows}
    assert found["A-1", "acknowledge-complaint"] == "reported"
    assert found["A-1", "stage-1-response"] == "unverified"
    assert found["A-2", "stage-1-response"] == "quoted"


NOT_STATUTORY = (
    "2022 Code: the Code was not statutory then, and the Ombudsman has accepted that a landlord "
    "kept the times of its own published policy (decision 202311901)."
)


def notes(year: int, answered: str) -> tuple[str, ...]:
    return judge(f"""
        - {year}-06-05 complaint received
        - {year}-06-07 complaint acknowledged
        - {year}-06-07 complaint logged
        - {year}-{answered} stage 1 response
    """).notes


def test_a_breach_of_2022_says_that_the_code_was_not_statutory() -> None:
    assert notes(2023, "09-01") == (NOT_STATUTORY,)
    assert notes(2023, "06-12") == ()
    assert notes(2024, "09-02") == ()


def test_what_mtvh_aims_at_is_no_breach_when_it_is_missed() -> None:
    case = judge(
        """
        - 2025-03-03 complaint received
        - 2025-03-03 complaint acknowledged
        - 2025-03-20 stage 1 response
        """,
        policy="mtvh",
    )
    found = the(case, "stage-1-response", "policy")
    assert (found.duty, found.verdict, found.counts_as) == ("should", "breach", "not-followed")


# A second answer ------------------------------------------------------------------------------


def answered_twice(*between: str) -> list[str]:
    lines = "".join(f"\n        - {line}" for line in between)
    case = judge(f"""
        - 2025-03-03 complaint received
        - 2025-03-05 complaint acknowledged
        - 2025-03-18 stage 1 response{lines}
        - 2025-04-01 stage 1 response
    """)
    return [one.says for one in of(case, "answered-twice")]


def test_a_second_stage_1_response_is_noted() -> None:
    assert answered_twice() == [
        "The stage 1 response on 1 April 2025 came after a stage 1 response on 18 March 2025, "
        "which is the one that counts. A stage has one response."
    ]
    assert answered_twice("2025-03-24 complaint received") == []
    assert answered_twice("2025-03-24 complaint reopened") == []


def test_a_second_stage_2_response_is_noted() -> None:
    lines = """
        - 2025-03-03 complaint received
        - 2025-03-05 complaint acknowledged
        - 2025-03-18 stage 1 response
        - 2025-03-20 escalation requested
        - 2025-03-21 escalation acknowledged
        - 2025-04-08 stage 2 response{again}
        - 2025-04-29 stage 2 response
    """
    assert [one.says for one in of(judge(lines.format(again="")), "answered-twice")] == [
        "The stage 2 response on 29 April 2025 came after a stage 2 response on 8 April 2025, "
        "which is the one that counts. A stage has one response."
    ]
    again = "\n        - 2025-04-14 escalation requested"
    assert of(judge(lines.format(again=again)), "answered-twice") == []


# The resident's time --------------------------------------------------------------------------


REFERRED = """
    - 2021-03-01 complaint received
    - 2021-03-10 stage 1 response
    - 2021-03-15 escalation requested
    - 2021-04-01 stage 2 response
    - {{date: 2021-04-20, event: ombudsman referral{by}}}
"""


@pytest.mark.parametrize("by", ["designated person", "councillor", "MP", "mp", "tenant panel"])
def test_those_whom_the_rulebook_names_need_not_wait_for_8_weeks(by: str) -> None:
    found = the(judge(REFERRED.format(by=f", by: {by}")), "go-to-ombudsman")
    assert found.verdict == "met"


@pytest.mark.parametrize("by", ["", ", by: resident"])
def test_anybody_else_had_to(by: str) -> None:
    found = the(judge(REFERRED.format(by=by)), "go-to-ombudsman")
    assert found.verdict == "cannot-tell"
    assert found.says.startswith(
        "The resident went to the Ombudsman on 20 April 2021, before 8 weeks had passed: that "
        "needed a designated person, and the record does not mention one."
    )


WINDOW = """
id: made-up-2025
title: A made-up policy
publisher: Made-up Homes
standard: policy
nations: [england]
source: made up for this test
checked: 2025-01-01
rules:
  - id: acknowledge-complaint
    title: Acknowledge
    clause: "1"
    duty: must
    says: It acknowledges within 5 working days.
    provenance: quoted
    clock: {start: complaint received, stop: complaint acknowledged, limit: {working_days: 5}}
duties:
  - id: time-to-escalate
    title: Time to escalate
    clause: "2"
    duty: must
    says: The resident may escalate from 3 to 14 days after the answer.
    provenance: quoted
    window:
      event: escalation requested
      after: [stage 1 response]
      opens_after: {calendar_days: 3}
      closes_after: {calendar_days: 14}
"""
BEFORE = """
complaint: T-1
policy: ./policy.yaml
as_at: 2025-04-30
events:
  - 2025-03-03 complaint received
  - 2025-03-05 complaint acknowledged
  - 2025-03-14 stage 1 response
"""


def with_window(folder: Path, requested: str, as_at: str = "2025-04-30") -> Case:
    (folder / "policy.yaml").write_text(WINDOW)
    text = BEFORE.replace("2025-04-30", as_at)
    if requested:
        text += f"  - {requested} escalation requested\n"
    (folder / "case.yaml").write_text(text)
    return check(*load_timelines(folder / "case.yaml")).cases[0]


# Answered on 14 March: the time runs from the 17th to the 28th.
@pytest.mark.parametrize(
    ("requested", "verdict", "says"),
    [
        (
            "2025-03-20", "met",
            "The request to escalate came on 20 March 2025; the time to do so ran until 28 March "
            "2025.",
        ),
        (
            "2025-04-07", "not-applicable",
            "The request to escalate came on 7 April 2025; the time to do so ran until 28 March "
            "2025.",
        ),
        (
            "2025-03-15", "not-applicable",
            "The request to escalate came on 15 March 2025, before 3 calendar days had passed.",
        ),
    ],
)  # fmt: skip
def test_a_policys_window_for_another_step_says_nothing_of_the_ombudsman(
    tmp_path: Path, requested: str, verdict: str, says: str
) -> None:
    found = the(with_window(tmp_path, requested), "time-to-escalate")
    assert (found.verdict, found.says) == (verdict, says)


def test_how_long_a_window_stays_open(tmp_path: Path) -> None:
    found = the(with_window(tmp_path, "", "2025-03-20"), "time-to-escalate")
    assert (found.verdict, found.says) == (
        "pending",
        "The time for the request to escalate runs until 28 March 2025.",
    )
