"""What the report of one complaint says first, and under which heading, worked out by hand.

Days that were counted stand beside each case, bank holidays in square brackets.
"""

from __future__ import annotations

from tests.helpers.command import Chcheck
from tests.helpers.judging import judge, of

STAGE_1 = """
- 2025-03-03 complaint received
- 2025-03-05 complaint acknowledged
- 2025-03-14 stage 1 response
"""


def text_of(chcheck: Chcheck, events: str, as_at: str) -> str:
    """The report, each run of blanks one blank, so that no line end matters."""
    lines = "\n".join(f"  {line}" for line in events.strip().splitlines())
    files = {"case.yaml": f"complaint: X\nevents:\n{lines}\n"}
    return " ".join(chcheck("case.yaml", "--as-at", as_at, files=files).out.split())


def test_what_is_overdue_says_by_how_much_in_headline_table_and_finding(chcheck: Chcheck) -> None:
    # Thu 8 Oct 2026 + 9 12 13 14 15 16 19 20 21 22; from then to Wed 25 Nov: six to 30 October, 15
    # to 20 November, 23 24 25, which is 24 working days, and 9 + 25 days.
    told = text_of(chcheck, "- 2026-10-05 received\n- 2026-10-08 acknowledged", "2026-11-25")
    assert told.startswith(
        "1 breach: stage 1 response overdue by 24 working days (Code, due 22 October 2026)."
    )
    assert "overdue by 24 working days due 22 Oct 2026" in told
    assert "It is overdue by 24 working days, 34 calendar days." in told


def test_what_was_never_done_says_how_late_it_was_by_then(chcheck: Chcheck) -> None:
    # Mon 3 Mar + 4 5 6 7 10; withdrawn on Thu 13 Mar: late 11 12 13.
    events = "- 2025-03-03 complaint received\n- 2025-03-13 complaint withdrawn"
    told = text_of(chcheck, events, "2025-06-30")
    assert "That is 3 working days late, 3 calendar days." in told


def test_a_closing_without_an_answer_is_counted_apart(chcheck: Chcheck) -> None:
    events = STAGE_1 + "- 2025-03-20 escalated\n- 2025-03-24 complaint closed"
    told = text_of(chcheck, events, "2025-12-01")
    assert told.startswith(
        "No breach found, but 2 of 4 limits cannot be decided. 2 limits were closed without a "
        "recorded answer: acknowledge the escalation (Code) and stage 2 response (Code)."
    )


def test_what_cannot_be_decided_for_another_reason_is_named_beside_a_closing(
    chcheck: Chcheck,
) -> None:
    # The acknowledgement came between 6 and 14 March and was due on the 10th.
    events = """
- 2025-03-03 complaint received
- 2025-03-06/2025-03-14 complaint acknowledged
- 2025-03-17 stage 1 response
- 2025-03-20 escalated
- 2025-03-21 escalation acknowledged
- 2025-03-24 complaint closed
"""
    told = text_of(chcheck, events, "2025-12-01")
    assert told.startswith(
        "No breach found, but 2 of 4 limits cannot be decided: acknowledge the complaint (Code). "
        "1 limit was closed without a recorded answer: stage 2 response (Code)."
    )


def test_the_step_to_the_ombudsman_is_the_residents_own(chcheck: Chcheck) -> None:
    # Escalated on Thu 20 Mar 2025, answered within 20 working days, so twelve months from the 24th.
    events = STAGE_1 + (
        "- 2025-03-20 escalated\n- 2025-03-21 escalation acknowledged\n"
        "- 2025-03-24 stage 2 response"
    )
    told = text_of(chcheck, events, "2025-12-01")
    assert told.startswith("No breach: every limit that was checked was met.")
    assert "NOT YET DUE" not in told
    assert (
        "WHAT THE RESIDENT MAY DO, AND BY WHEN * Going to the Ombudsman, the Ombudsman's Scheme "
        "The resident may normally go to the Ombudsman until 24 March 2026." in told
    )


def test_the_html_does_not_count_the_residents_step_as_the_landlords(chcheck: Chcheck) -> None:
    events = STAGE_1 + (
        "- 2025-03-20 escalated\n- 2025-03-21 escalation acknowledged\n"
        "- 2025-03-24 stage 2 response\n- 2025-06-02 ombudsman referral"
    )
    lines = "\n".join(f"  {line}" for line in events.strip().splitlines())
    files = {"case.yaml": f"complaint: X\nas_at: 2025-12-01\nevents:\n{lines}\n"}
    page = chcheck("case.yaml", "--format", "html", files=files).out
    assert "What the resident may do, and by when</h2>" in page
    assert page.count("The resident went to the Ombudsman on 2 June 2025") == 1
    glance = page[page.index('id="c1-glance"') : page.index('id="c1-resident"')]
    assert "Going to the Ombudsman" not in glance


def test_an_extension_in_doubt_is_named_by_its_day_where_there_are_two(chcheck: Chcheck) -> None:
    # As the Code has it the first is good; the second takes the answer past ten working days more.
    said = "reason: staff leave, in_writing: yes, ombudsman_details: yes"
    events = f"""
- 2026-09-01 received
- 2026-09-04 acknowledged
- {{date: 2026-09-17, event: stage 1 extended, until: 2026-10-02, {said}}}
- {{date: 2026-10-01, event: stage 1 extended, until: 2026-10-16, {said}}}
- 2026-10-15 stage 1 response
"""
    told = text_of(chcheck, events, "2026-11-25")
    assert told.startswith(
        "No breach found, but 2 of 4 limits cannot be decided: stage 1 response (Code) and stage "
        "1 extended (given on 1 October 2026) (Code)."
    )


def test_an_extension_before_the_complaint_arrived_is_no_finding_of_an_extension() -> None:
    case = judge(
        "- 2025-03-10 complaint received\n- 2025-03-12 complaint acknowledged\n"
        "- {date: 2025-03-04, event: stage 1 extended, until: 2025-04-04, reason: x, "
        "in_writing: yes, ombudsman_details: yes}\n- 2025-04-02 stage 1 response"
    )
    assert not of(case, "stage-1-extended")
    assert of(case, "impossible-order")


def test_a_refusal_without_its_grounds_says_what_to_write(chcheck: Chcheck) -> None:
    events = STAGE_1 + (
        "- 2025-03-20 escalated\n"
        "- 2025-03-24 escalation refused because legal proceedings had started"
    )
    told = text_of(chcheck, events, "2025-12-01")
    assert (
        "Refusal to escalate (Code): the refusal is recorded, but not its grounds; add grounds: "
        "..., in_writing: ..., ombudsman_details: ... to the event of line 7" in told
    )


def test_requests_before_and_after_an_end_are_not_said_to_have_one_clock(chcheck: Chcheck) -> None:
    events = STAGE_1 + (
        "- 2025-04-01 escalated\n- 2025-04-03 complaint withdrawn\n- 2025-05-01 escalated"
    )
    told = text_of(chcheck, events, "2025-12-01")
    assert "requests to escalate" not in told
    assert "the second, of 1 May 2025, is not answered." in told


def test_a_limit_of_calendar_days_is_told_in_calendar_days_alone(chcheck: Chcheck) -> None:
    # 28 days after 1 December are 29 December; 30 and 2 make 32 to 2 January, which is 4 late.
    policy = """
id: rep
title: Repairs policy
publisher: Homes
standard: policy
source: our policy
checked: 2025-01-01
nations: [england]
in_force: {from: 2020-01-01}
events:
  - {name: repair reported, says: a repair was reported}
  - {name: repair completed, says: the repair was done}
rules:
  - id: routine-repair
    title: Routine repair
    clause: "1"
    duty: must
    says: We repair within 28 days
    provenance: quoted
    clock: {start: repair reported, stop: repair completed, limit: {calendar_days: 28}}
"""
    case = """
complaint: R
policy: ./rep.yaml
as_at: 2026-03-01
events:
  - 2025-12-01 repair reported
  - 2025-12-05 complaint received
  - 2026-01-02 repair completed
"""
    out = chcheck("case.yaml", files={"case.yaml": case, "rep.yaml": policy}).out
    assert (
        "Completed on 2 January 2026, 32 calendar days after the repair was reported; due on 29 "
        "December 2025. That is 4 calendar days late." in " ".join(out.split())
    )


def test_dates_in_an_impossible_order_name_the_line_to_correct(chcheck: Chcheck) -> None:
    events = "- 2025-03-10 received\n- 2025-03-03 logged\n- 2025-03-12 acknowledged"
    told = text_of(chcheck, events, "2025-06-30")
    assert (
        "Correct the date of logging or of receipt. Add: date: DATE (on the event of line 4)"
        in told
    )


def test_readings_that_come_to_the_same_are_told_once(chcheck: Chcheck) -> None:
    # 2022 Code: Tue 6 Dec + 7 8 9 12 13; refused or acknowledged on the 16th or 17th, a Saturday.
    events = """
- 2022-12-06 received
- 2022-12-16/2022-12-17 complaint refused
- 2022-12-17 acknowledged
"""
    told = text_of(chcheck, events, "2023-06-30")
    assert "3 working days late" in told
    assert "- from receipt" not in told
