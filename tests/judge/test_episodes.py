"""A complaint with more than one episode, judged: worked out by hand under the 2022 and 2024 Codes.

Under the 2024 Code a complaint is acknowledged within 5 working days (6.2), answered within 10 of
the acknowledgement (6.3), an escalation acknowledged within 5 (6.11) and answered within 20 of that
(6.14). Under the 2022 Code the stage 2 response is due 20 working days after the request (5.13).
"""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from pathlib import Path

import pytest

from tests.conftest import Chcheck
from tests.helpers.judging import judge, of, report_on
from timeliness import Case, Finding
from timeliness.model.dates import Span
from timeliness.write.answers import answer

STAGE_1_2023 = """
- 2023-03-06 complaint received
- 2023-03-08 complaint acknowledged
- 2023-03-15 stage 1 response
- 2023-05-01 escalation requested
- 2023-05-03 escalation refused
"""
STAGE_1 = """
- 2025-03-03 complaint received
- 2025-03-05 complaint acknowledged
- 2025-03-14 stage 1 response
"""
REFUSED = STAGE_1 + "- 2025-04-01 escalation requested\n- 2025-04-03 escalation refused\n"


def told(case: Case, rule: str) -> list[tuple[int, str, str]]:
    return [(one.episode, one.verdict, one.reason) for one in of(case, rule, "code")]


def asked(case: Case) -> list[str]:
    """What the record leaves to ask, by rule."""
    rules = ("answer-after-end", "request-after-final", "reopened-after-answer")
    rules += ("refusal-of-nothing-open", "two-open-at-once", "orders-unclear")
    return [one.rule for one in case.findings if one.rule in rules]


def the_record(case: Case, rule: str) -> Finding:
    (finding,) = of(case, rule, "record")
    return finding


def days(finding: Finding) -> tuple[date | None, date | None]:
    assert finding.due
    return finding.due.earliest, finding.due.latest


# A second request after an end ----------------------------------------------------------------


def test_a_second_escalation_after_a_refusal_is_judged() -> None:
    # 5 June 2023 is a Monday; 20 working days later is Monday 3 July. Answered on 30 November:
    # 4 July to 30 November are 108 weekdays less the August bank holiday, 107.
    case = judge(
        STAGE_1_2023 + "- 2023-06-05 escalation requested\n- 2023-11-30 stage 2 response",
        as_at="2023-12-31",
    )
    assert told(case, "stage-2-response") == [
        (1, "not-applicable", "ended"),
        (2, "breach", "late"),
    ]
    second = of(case, "stage-2-response")[1]
    assert days(second) == (date(2023, 7, 3), date(2023, 7, 3))
    assert second.late_by
    assert second.late_by.least == 107
    assert second.title == "Stage 2 response (request of 5 June 2023)"
    assert case.story == (
        "The first request to escalate, of 1 May 2023, was refused on 3 May 2023; the second, of "
        "5 June 2023, was answered on 30 November 2023.",
    )


def test_a_second_escalation_that_nobody_answered_is_a_breach() -> None:
    # The officer's case: requested again on 8 October 2026 (a Thursday), due for acknowledgement
    # on 15 October; 20 working days from then is 12 November, the day of the check is the 25th.
    case = judge(
        "- 1 September 2026 complaint received\n- 4 September 2026 acknowledged\n"
        "- 15 September 2026 stage 1 response\n- 21 September 2026 escalated\n"
        "- 1 October 2026 escalation refused\n- 8 October 2026 escalation requested",
        as_at="2026-11-25",
    )
    # The first was open for 8 working days: its acknowledgement, due on 28 September, was late by
    # the refusal; its answer was not due yet.
    assert told(case, "acknowledge-escalation") == [
        (1, "breach", "overdue"),
        (2, "breach", "overdue"),
    ]
    assert told(case, "stage-2-response") == [
        (1, "not-applicable", "ended"),
        (2, "breach", "overdue"),
    ]


@pytest.mark.parametrize("end", ["complaint refused", "complaint withdrawn"])
def test_a_complaint_made_again_after_an_end_has_clocks_of_its_own(end: str) -> None:
    # Made again on Monday 2 June 2025: due for acknowledgement on 9 June.
    case = judge(
        f"- 2025-03-03 complaint received\n- 2025-03-05 {end}\n- 2025-06-02 complaint received",
        as_at="2025-12-31",
    )
    assert told(case, "acknowledge-complaint") == [
        (1, "not-applicable", "ended"),
        (2, "breach", "overdue"),
    ]
    assert told(case, "stage-1-response") == [
        (1, "not-applicable", "ended"),
        (2, "breach", "overdue"),
    ]


def test_the_edition_is_that_of_the_receipt_of_each() -> None:
    # Withdrawn under the 2022 Code, made again under that of 2024.
    case = judge(
        "- 2023-03-06 complaint received\n- 2023-03-08 complaint withdrawn\n"
        "- 2025-06-02 complaint received\n- 2025-06-04 complaint acknowledged\n"
        "- 2025-06-10 stage 1 response"
    )
    first, second = of(case, "stage-1-response")
    assert (first.rulebook, second.rulebook) == ("housing-ombudsman-2022", "housing-ombudsman-2024")
    assert [book.id for book in case.rulebooks] == [
        "housing-ombudsman-2022",
        "housing-ombudsman-2024",
    ]


def test_reopened_after_a_refusal_is_a_request_of_its_own_day() -> None:
    # 5 May 2025 is a bank holiday; reopened on Tuesday 6 May, acknowledged on the 8th, 2 working
    # days later; 20 from then, over the bank holiday of 26 May, is 6 June. Answered on 5 June.
    case = judge(
        REFUSED + "- 2025-05-06 complaint reopened\n- 2025-05-08 escalation acknowledged\n"
        "- 2025-06-05 stage 2 response"
    )
    assert told(case, "acknowledge-escalation")[1] == (2, "met", "in-time")
    assert told(case, "stage-2-response")[1] == (2, "met", "in-time")
    assert days(of(case, "stage-2-response")[1]) == (date(2025, 6, 6), date(2025, 6, 6))


# A further complaint --------------------------------------------------------------------------


def test_a_further_complaint_is_judged_in_full_and_says_how_to_write_an_escalation() -> None:
    # Received on Monday 2 June 2025, acknowledged on 30 July (due 9 June: 10 June to 30 July are 37
    # working days), answered on 30 September.
    case = judge(
        STAGE_1 + "- 2025-06-02 complaint received\n- 2025-07-30 complaint acknowledged\n"
        "- 2025-09-30 stage 1 response"
    )
    assert told(case, "acknowledge-complaint") == [(1, "met", "in-time"), (2, "breach", "late")]
    assert told(case, "stage-1-response")[0] == (1, "met", "in-time")
    second = of(case, "acknowledge-complaint")[1]
    assert second.late_by
    assert second.late_by.least == 37
    assert second.title == "Acknowledge the complaint (complaint of 2 June 2025)"
    assert second.says.endswith(
        "If it was a request to escalate, write: - 2025-06-02 escalation requested."
    )
    assert the_record(case, "further-complaint").says == (
        "The complaint of 2 June 2025 came after an answer, so it is checked as a further one. If "
        "it was a request to escalate, write: - 2025-06-02 escalation requested."
    )


def test_a_further_complaint_that_nobody_answered_is_a_breach() -> None:
    case = judge(STAGE_1 + "- 2025-06-02 complaint received")
    assert told(case, "stage-1-response") == [(1, "met", "in-time"), (2, "breach", "overdue")]


def test_the_later_stages_of_a_further_complaint_are_its_own() -> None:
    # Escalated on 20 June 2025, after the second answer: acknowledgement due on 27 June.
    case = judge(
        STAGE_1 + "- 2025-06-02 complaint received\n- 2025-06-03 complaint acknowledged\n"
        "- 2025-06-13 stage 1 response\n- 2025-06-20 escalation requested"
    )
    assert told(case, "acknowledge-escalation") == [(1, "breach", "overdue")]
    assert days(of(case, "acknowledge-escalation")[0]) == (date(2025, 6, 27), date(2025, 6, 27))


# Repeats --------------------------------------------------------------------------------------


def test_a_repeat_on_another_day_is_listed_and_shown_for_information() -> None:
    # Received on 1 and on 8 October 2025, both Wednesdays: the first counts, due on the 8th.
    case = judge("- 2025-10-01 complaint received\n- 2025-10-08 complaint received")
    assert told(case, "acknowledge-complaint") == [(1, "breach", "overdue")]
    finding = of(case, "acknowledge-complaint")[0]
    assert days(finding) == (date(2025, 10, 8), date(2025, 10, 8))
    first, second = finding.readings
    assert (first.decides, second.decides) == (True, False)
    assert second.due
    assert second.due.earliest == date(2025, 10, 15)
    assert the_record(case, "repeated-request").says == (
        "The complaint of 1 October 2025 was repeated on 8 October 2025: a repeat does not start "
        "a new time limit while the first is open."
    )


def test_what_came_before_a_repeat_is_not_shown_as_done_for_it() -> None:
    # The acknowledgement of 3 October 2025 is of the complaint of the 1st. For that of the 8th
    # there would be none, but an answer on the 14th, before it was due on the 15th.
    case = judge(
        "- 2025-10-01 complaint received\n- 2025-10-03 complaint acknowledged\n"
        "- 2025-10-08 complaint received\n- 2025-10-14 stage 1 response"
    )
    _, shown = of(case, "acknowledge-complaint")[0].readings
    assert (shown.decides, shown.done, shown.reason) == (False, None, "answered-first")


def test_a_repeat_shows_nothing_more_of_a_clock_that_starts_after_it() -> None:
    # Stage 1 starts with the acknowledgement, and from the receipt is shown once.
    case = judge(
        "- 2025-10-01 complaint received\n- 2025-10-08 complaint received\n"
        "- 2025-10-09 complaint acknowledged\n- 2025-10-17 stage 1 response"
    )
    (finding,) = of(case, "stage-1-response")
    starts = [(one.start and one.start.earliest, one.decides) for one in finding.readings]
    assert starts == [(date(2025, 10, 9), True), (date(2025, 10, 1), False)]


def test_a_repeat_on_the_same_day_is_told_as_entered_twice_alone() -> None:
    case = judge("- 2025-10-01 complaint received\n- 2025-10-01 complaint received")
    assert [one.rule for one in case.findings if one.standard == "record"] == ["entered-twice"]


# Escalated early ------------------------------------------------------------------------------


def test_escalated_early_and_again_after_the_answer_both_days_decide() -> None:
    # 2022 Code. Received on Monday 6 March 2023, escalated on the 8th, before the answer was due,
    # and again on Monday 20 March. 20 working days from the 8th is 5 April; from the 20th, over
    # Good Friday and Easter Monday, 19 April. Answered on 12 April: late from the first alone.
    events = (
        "- 2023-03-06 complaint received\n- 2023-03-08 escalation requested\n"
        "- 2023-03-15 stage 1 response\n- 2023-03-20 escalation requested\n"
    )
    case = judge(events + "- 2023-04-12 stage 2 response")
    assert told(case, "stage-2-response") == [(1, "cannot-tell", "order-unclear")]
    finding = of(case, "stage-2-response")[0]
    assert days(finding) == (date(2023, 4, 5), date(2023, 4, 19))
    assert finding.says.startswith(
        "The request to escalate on 8 March 2023 came before the stage 1 response, the request to "
        "escalate on 20 March 2023 after it: either may be the one that counts."
    )
    # In time, or late, from both.
    met = judge(events + "- 2023-04-03 stage 2 response")
    assert told(met, "stage-2-response") == [(1, "met", "in-time")]
    late = judge(events + "- 2023-04-20 stage 2 response")
    assert told(late, "stage-2-response") == [(1, "breach", "late")]


def test_where_stage_1_was_overdue_the_early_request_is_the_one_that_counts() -> None:
    # Received on 6 March 2023, logging not recorded: due on 27 March at the latest. Escalated on 3
    # April, answered on the 5th, escalated again on the 6th; 20 working days from 3 April, over
    # Easter and the May bank holiday, is 4 May. Answered at stage 2 on 5 May.
    case = judge(
        "- 2023-03-06 complaint received\n- 2023-04-03 escalation requested\n"
        "- 2023-04-05 stage 1 response\n- 2023-04-06 escalation requested\n"
        "- 2023-05-05 stage 2 response"
    )
    assert told(case, "stage-2-response") == [(1, "breach", "late")]


# Ties -----------------------------------------------------------------------------------------


def test_a_request_on_the_day_of_the_refusal_is_judged_each_way() -> None:
    case = judge(REFUSED + "- 2025-04-03 escalation requested")
    assert told(case, "acknowledge-escalation") == [
        (1, "not-applicable", "ended"),
        (2, "cannot-tell", "order-unclear"),
    ]
    second = of(case, "acknowledge-escalation")[1]
    assert second.says == (
        "It is not known whether the request to escalate on 3 April 2025 repeats the one before it "
        "or is a new one. If it is new: Not acknowledged by 30 June 2026; it was due on 10 April "
        "2025."
    )
    assert second.settled_by
    assert second.settled_by.says == "The exact day, and within a day the time, would settle it."
    assert second.settled_by.add == "- DATE TIME escalation requested"


def test_the_times_of_the_day_settle_it() -> None:
    case = judge(
        STAGE_1 + "- 2025-04-01 escalation requested\n- 2025-04-03 09:00 escalation refused\n"
        "- 2025-04-03 11:00 escalation requested"
    )
    assert told(case, "acknowledge-escalation")[1] == (2, "breach", "overdue")


@pytest.mark.parametrize("times", [("", "", ""), (" 09:15", " 09:20", " 15:40")])
def test_closed_with_the_answer_and_escalated_on_one_day(times: tuple[str, str, str]) -> None:
    # The closing is that of the answer; the escalation of 14 March 2025 is open.
    answered, closed, escalated = times
    case = judge(
        "- 2025-03-03 complaint received\n- 2025-03-05 complaint acknowledged\n"
        f"- 2025-03-14{answered} stage 1 response\n- 2025-03-14{closed} complaint closed\n"
        f"- 2025-03-14{escalated} escalation requested"
    )
    assert told(case, "acknowledge-escalation") == [(1, "breach", "overdue")]
    assert told(case, "stage-2-response") == [(1, "breach", "overdue")]


# What is asked --------------------------------------------------------------------------------


def test_an_acknowledgement_after_a_withdrawal_asks_when_it_was_taken_up_again() -> None:
    case = judge(
        "- 2025-05-06 complaint received\n- 2025-05-07 complaint withdrawn\n"
        "- 2025-05-08 complaint acknowledged",
        as_at="2025-06-30",
    )
    assert asked(case) == ["answer-after-end"]
    finding = the_record(case, "answer-after-end")
    assert (finding.verdict, finding.reason) == ("cannot-tell", "after-end")
    assert finding.says == (
        "The acknowledgement of the complaint on 8 May 2025 came after the complaint or request "
        "had ended, and no new one is recorded."
    )
    assert finding.settled_by
    assert finding.settled_by.says == "The day it was taken up again would settle it."
    assert finding.settled_by.add == "- DATE complaint reopened"
    assert finding.says in str(answer(case))


RECORDS = {
    "escalated after the final response": (
        STAGE_1 + "- 2025-04-01 escalation requested\n- 2025-04-10 stage 2 response\n"
        "- 2025-05-01 escalation requested",
        "request-after-final",
        "The request to escalate on 1 May 2025 came after the final response to the complaint, "
        "so it does not start a time limit.",
        "- DATE complaint received",
    ),
    "reopened after an answer": (
        STAGE_1 + "- 2025-04-01 complaint reopened",
        "reopened-after-answer",
        "The reopening of the complaint on 1 April 2025 came after an answer, so it does not "
        "start a time limit.",
        "- DATE escalation requested, or - DATE complaint received",
    ),
    "refused after an answer": (
        STAGE_1 + "- 2025-04-01 complaint refused",
        "refusal-of-nothing-open",
        "The refusal of the complaint on 1 April 2025 has no effect: no complaint or request was "
        "open then.",
        "- DATE complaint received",
    ),
    "refused though nothing was asked": (
        STAGE_1 + "- 2025-04-01 escalation refused",
        "refusal-of-nothing-open",
        "The refusal to escalate on 1 April 2025 has no effect: no complaint or request was open "
        "then.",
        "- DATE escalation requested",
    ),
}


@pytest.mark.parametrize("name", RECORDS)
def test_what_the_record_leaves_to_ask(name: str) -> None:
    events, rule, says, add = RECORDS[name]
    case = judge(events)
    assert asked(case) == [rule]
    finding = the_record(case, rule)
    assert finding.verdict == "cannot-tell"
    assert finding.says == says
    assert finding.settled_by
    assert finding.settled_by.add == add


def test_two_complaints_open_at_once_cannot_be_told_apart() -> None:
    case = judge(
        STAGE_1 + "- 2025-04-01 escalation requested\n- 2025-04-07 complaint received\n"
        "- 2025-04-09 complaint acknowledged\n- 2025-04-11 stage 1 response\n"
        "- 2025-04-14 escalation requested\n- 2025-05-20 stage 2 response"
    )
    assert told(case, "stage-2-response") == [
        (1, "cannot-tell", "order-unclear"),
        (2, "cannot-tell", "order-unclear"),
    ]
    assert told(case, "stage-1-response") == [(1, "met", "in-time"), (2, "met", "in-time")]
    assert asked(case) == ["two-open-at-once"]
    assert of(case, "stage-2-response")[0].says == (
        "Two complaints were open at once, and the record does not say which of them was "
        "acknowledged or answered."
    )


def test_more_orders_than_can_be_played_through_are_asked_for() -> None:
    turns = "- unknown escalation requested\n- unknown escalation refused\n"
    case = judge("- 2025-03-03 complaint received\n- unknown stage 1 response\n" + 5 * turns)
    assert asked(case) == ["orders-unclear"]
    assert {one.verdict for one in of(case, "stage-2-response")} == {"cannot-tell"}


# Clocks of a policy's own ---------------------------------------------------------------------

POLICY = """
id: own-policy
title: Repairs Policy
publisher: Example Homes
standard: policy
nations: [england]
in_force: {from: 2020-01-01}
source: made up for the tests
checked: 2025-01-01
events:
  - {name: repair reported, says: a repair was reported}
  - {name: repair completed, says: a repair was completed}
rules:
  - id: RULE
    title: Own rule
    clause: "1"
    duty: must
    provenance: quoted
    says: It is done in time.
    clock: {start: START, stop: STOP, limit: LIMIT}
"""


def own(
    folder: Path, start: str, stop: str, limit: str, events: str, as_at: str = "2025-12-31"
) -> list[tuple[int, str, str]]:
    found = own_findings(folder, start, stop, limit, events, as_at)
    return [(one.episode, one.verdict, one.reason) for one in found]


def own_findings(
    folder: Path, start: str, stop: str, limit: str, events: str, as_at: str = "2025-12-31"
) -> list[Finding]:
    text = POLICY.replace("RULE", "own-rule").replace("START", start).replace("STOP", stop)
    (folder / "own.yaml").write_text(text.replace("LIMIT", limit))
    return of(judge(events, policy=str(folder / "own.yaml"), as_at=as_at), "own-rule", "policy")


REPAIR = ("repair reported", "repair completed", "{working_days: 10}")


def test_a_second_repair_is_judged(tmp_path: Path) -> None:
    # Reported on Monday 3 March 2025, due on the 17th, completed on the 10th. Reported again on 2
    # June, due on the 16th, and never completed.
    events = (
        "- 2025-03-03 complaint received\n- 2025-03-03 repair reported\n"
        "- 2025-03-10 repair completed\n- 2025-06-02 repair reported"
    )
    assert own(tmp_path, *REPAIR, events) == [(1, "met", "in-time"), (2, "breach", "overdue")]


def test_a_repair_reported_again_while_it_is_open_is_a_repeat(tmp_path: Path) -> None:
    # The first counts: due on 17 March, completed on the 20th.
    events = (
        "- 2025-03-03 complaint received\n- 2025-03-03 repair reported\n"
        "- 2025-03-12 repair reported\n- 2025-03-20 repair completed"
    )
    assert own(tmp_path, *REPAIR, events) == [(1, "breach", "late")]


def test_repairs_with_ids_are_open_at_once(tmp_path: Path) -> None:
    events = (
        "- 2025-03-03 complaint received\n"
        "- {date: 2025-03-03, event: repair reported, id: roof}\n"
        "- {date: 2025-03-05, event: repair reported, id: door}\n"
        "- {date: 2025-03-10, event: repair completed, of: door}\n"
        "- {date: 2025-03-20, event: repair completed, of: roof}"
    )
    assert own(tmp_path, *REPAIR, events) == [(1, "breach", "late"), (2, "met", "in-time")]


def test_repairs_in_too_many_orders_are_not_guessed_at(tmp_path: Path) -> None:
    # Ten reports and ten completions in one fortnight: which belong together nobody can say.
    events = "- 2025-03-03 complaint received\n" + 10 * (
        "- 2025-03-03/2025-03-14 repair reported\n- 2025-03-03/2025-03-14 repair completed\n"
    )
    (finding,) = own_findings(tmp_path, *REPAIR, events)
    assert (finding.verdict, finding.reason, finding.says) == (
        "cannot-tell",
        "order-unclear",
        "The events may have happened in so many orders that nobody can say which of them belong "
        "together.",
    )
    assert finding.settled_by
    assert finding.settled_by.says == "The exact days would settle it."


def test_repairs_with_ids_that_nothing_completes_are_open_at_once(tmp_path: Path) -> None:
    events = (
        "- 2025-03-03 complaint received\n"
        "- {date: 2025-03-03, event: repair reported, id: roof}\n"
        "- {date: 2025-03-05, event: repair reported, id: door}\n"
    )
    late = [(1, "breach", "overdue"), (2, "breach", "overdue")]
    assert own(tmp_path, *REPAIR, events) == late


def test_a_repeat_is_shown_of_a_clock_from_receipt_to_an_event_of_its_own(tmp_path: Path) -> None:
    # From Monday 3 March 2025 ten working days end on the 17th, from the 5th on the 19th.
    events = (
        "- 2025-03-03 complaint received\n- 2025-03-05 complaint received\n"
        "- 2025-03-10 repair completed"
    )
    clock = ("complaint received", "repair completed", "{working_days: 10}")
    (finding,) = own_findings(tmp_path, *clock, events)
    dues = [(one.due and one.due.earliest, one.decides) for one in finding.readings]
    assert dues == [(date(2025, 3, 17), True), (date(2025, 3, 19), False)]


def test_one_turn_alone_bears_the_title_of_its_rule(tmp_path: Path) -> None:
    # Started before the first and stopped after it: what came before is none, so it is played.
    events = (
        "- 2025-03-03 complaint received\n- 2025-02-24 repair completed\n"
        "- 2025-03-03 repair reported\n- 2025-03-10 repair completed"
    )
    (finding,) = own_findings(tmp_path, *REPAIR, events)
    assert (finding.verdict, finding.title) == ("met", "Own rule")


def test_a_stop_before_the_start_is_none(tmp_path: Path) -> None:
    # Acknowledged on 5 March 2025, due on the 7th; called on 10 February, before it, and on the
    # 20th of March: 10 to 20 March are 9 working days.
    events = (
        "- 2025-02-10 contact\n- 2025-03-03 complaint received\n"
        "- 2025-03-05 complaint acknowledged\n- 2025-03-20 contact"
    )
    found = own(tmp_path, "complaint acknowledged", "contact", "{working_days: 2}", events)
    assert found == [(1, "breach", "late")]


def test_a_clock_of_its_own_that_an_answer_stops_is_judged_beside_a_repeat(tmp_path: Path) -> None:
    # Reported on Monday 3 March 2025: 10 working days end on the 17th, answered on the 18th.
    events = (
        "- 2025-03-03 complaint received\n- 2025-03-03 repair reported\n"
        "- 2025-03-10 complaint received\n- 2025-03-18 stage 1 response"
    )
    found = own(tmp_path, "repair reported", "stage 1 response", "{working_days: 10}", events)
    assert found == [(1, "breach", "late")]


def test_a_clock_of_its_own_that_never_began_is_there_beside_a_repeat(tmp_path: Path) -> None:
    events = "- 2025-03-03 complaint received\n- 2025-03-10 complaint received"
    assert own(tmp_path, *REPAIR, events) == [(1, "not-applicable", "not-started")]


def test_every_gap_between_updates_is_judged(tmp_path: Path) -> None:
    # Updates on 3 March 2025, on the 14th (9 working days) and on 30 April: from 14 March 10
    # working days end on the 28th. The last gap runs to the answer, on 7 May, not yet due on
    # 15 May (5 May is a bank holiday).
    events = (
        "- 2025-02-24 complaint received\n- 2025-03-03 update\n- 2025-03-14 update\n"
        "- 2025-04-30 update\n- 2025-05-07 stage 1 response\n- 2025-06-30 update"
    )
    found = own(tmp_path, "update", "update", "{working_days: 10}", events)
    assert found == [
        (1, "met", "in-time"),
        (2, "breach", "late"),
        (3, "not-applicable", "ended"),
    ]


def test_a_gap_that_may_begin_before_the_answer_is_judged(tmp_path: Path) -> None:
    # From 3 March 2025 5 working days end on the 10th: the next update, from the 12th on, was late.
    # If that was before the answer, the gap from it was not due when the complaint was answered.
    events = (
        "- 2025-03-03 complaint received\n- 2025-03-03 update\n"
        "- 2025-03-12/2025-03-20 update\n- 2025-03-14 stage 1 response"
    )
    found = own(tmp_path, "update", "update", "{working_days: 5}", events)
    assert found == [(1, "breach", "late"), (2, "not-applicable", "ended")]


def test_a_response_that_was_never_sent_ends_no_gap(tmp_path: Path) -> None:
    # From 3 March 2025 5 working days end on the 10th; the next that was sent is of the 14th.
    events = (
        "- 2025-02-24 complaint received\n"
        "- {date: 2025-03-03, event: provisional response, sent: yes}\n"
        "- {date: 2025-03-07, event: provisional response, sent: no}\n"
        "- 2025-03-14 provisional response\n- 2025-03-14 stage 1 response"
    )
    gap = ("provisional response", "provisional response", "{working_days: 5}")
    assert own(tmp_path, *gap, events) == [(1, "breach", "late")]


def test_of_two_updates_of_imprecise_days_the_first_is_no_later_than_either(tmp_path: Path) -> None:
    # Between the 3rd and the 14th, and the 5th and the 7th: the first was by the 7th, the second
    # on the 5th at the earliest.
    events = (
        "- 2025-03-03 complaint received\n- 2025-03-03/2025-03-14 update\n"
        "- 2025-03-05/2025-03-07 update\n- 2025-03-20 stage 1 response"
    )
    first, second = own_findings(tmp_path, "update", "update", "{working_days: 5}", events)
    assert first.start == Span(date(2025, 3, 3), date(2025, 3, 7))
    assert second.start == Span(date(2025, 3, 5), date(2025, 3, 14))


def test_the_next_update_is_no_later_than_the_next_that_is_shown(tmp_path: Path) -> None:
    # From Monday 3 March 2025 5 working days end on the 10th. Whether there was an update on the
    # 5th or not, there was one by the 10th; and from the 5th or later it was in time too.
    events = (
        "- 2025-03-03 complaint received\n- 2025-03-03 update\n"
        "- {date: 2025-03-05, event: update, evidence: claimed}\n"
        "- 2025-03-10 update\n- 2025-03-10 stage 1 response"
    )
    found = own(tmp_path, "update", "update", "{working_days: 5}", events)
    assert found == [(1, "met", "in-time"), (2, "met", "in-time")]


def test_silence_after_the_last_update_is_a_breach_while_it_is_open(tmp_path: Path) -> None:
    # From 10 March 2025 to the day of the check, 30 May, nothing: due on 24 March.
    events = "- 2025-02-24 complaint received\n- 2025-03-10 update"
    found = own(tmp_path, "update", "update", "{working_days: 10}", events, "2025-05-30")
    assert found == [(1, "breach", "overdue")]


# Received after the day of the check ----------------------------------------------------------


def test_received_after_the_day_of_the_check_is_an_error() -> None:
    (mistake,) = report_on("- 2026-12-10 complaint received", as_at="2026-11-25").unchecked
    assert mistake.says == (
        "complaint T-1: it was received on 10 December 2026, which is after the day of the check, "
        "25 November 2026; correct the date, or check it as at a later day with --as-at"
    )


TO_COME = "complaint: A\nas_at: 2026-11-25\nevents:\n  - 2026-11-10 complaint received\n"
ANSWERED = """complaint: B
as_at: 2026-11-25
events:
  - 2026-10-05 complaint received
  - 2026-10-06 complaint acknowledged
  - 2026-10-12 stage 1 response
"""
LEFT_OUT = "case.yaml:1: complaint A: received on 10 November 2026, after the day of the check, "


def test_as_at_an_earlier_day_what_was_received_later_is_left_out_and_named(
    chcheck: Chcheck,
) -> None:
    files = {"case.yaml": TO_COME, "other.yaml": ANSWERED}
    ran = chcheck("case.yaml", "other.yaml", "--as-at", "2026-11-01", files=files)
    told = " ".join(ran.out.split())
    assert ran.code == 0
    assert told.startswith(
        "No breach in 1 complaint. 1 complaint received after the day of the check is left out."
    )
    assert f"LEFT OUT: RECEIVED AFTER THE DAY OF THE CHECK {LEFT_OUT}1 November 2026" in told


def test_as_at_a_day_before_every_receipt_nothing_could_be_checked(chcheck: Chcheck) -> None:
    ran = chcheck("case.yaml", "--as-at", "2026-11-01", files={"case.yaml": TO_COME})
    assert ran.code == 2
    assert ran.out.startswith(
        "Nothing could be checked: 1 complaint was received after the day of the check.\n"
    )


def test_json_and_html_name_what_is_left_out(chcheck: Chcheck) -> None:
    files = {"case.yaml": TO_COME, "other.yaml": ANSWERED}
    words = ("case.yaml", "other.yaml", "--as-at", "2026-11-01", "--format")
    data = json.loads(chcheck(*words, "json", files=files).out)
    assert data["left_out"] == [
        {
            "complaint": "A",
            "path": "case.yaml",
            "line": 1,
            "says": "received on 10 November 2026, after the day of the check, 1 November 2026",
        }
    ]
    assert [one["complaint"] for one in data["complaints"]] == ["B"]
    page = chcheck(*words, "html").out
    assert "Left out: received after the day of the check</h2>" in page
    assert f"{LEFT_OUT}1 November 2026" in page


@pytest.mark.parametrize(
    "table",
    [
        "Ref,Received,Acknowledged,Stage 1 response\n"
        "A,2026-12-25,,\nB,2026-10-05,2026-10-06,2026-10-12\n",
        "reference,date,event\nA,2026-12-25,complaint received\n"
        "B,2026-10-05,complaint received\nB,2026-10-06,complaint acknowledged\n"
        "B,2026-10-12,stage 1 response\n",
    ],
    ids=["a row a complaint", "a row an event"],
)
def test_a_table_leaves_out_what_was_received_later(chcheck: Chcheck, table: str) -> None:
    files = {"a.csv": table}
    ran = chcheck("a.csv", "--as-at", "2026-11-25", files=files)
    told = " ".join(ran.out.split())
    assert ran.code == 0
    assert told.startswith(
        "No breach in 1 complaint. 1 complaint received after the day of the check is left out."
    )
    assert "+ 0 rejected + 1 left out." in told
    assert (
        "a.csv:2: complaint A: received on 25 December 2026, after the day of the check, 25 "
        "November 2026" in told
    )
    for kind, named in (("json", '"complaint": "A"'), ("html", "complaint A: received on 25 Dec")):
        out = chcheck("a.csv", "--as-at", "2026-11-25", "--format", kind).out
        assert out.count(named) == 1
    assert (
        "after the day of the check"
        in chcheck("a.csv", "--as-at", "2026-11-25", "--format", "markdown").out
    )


def test_a_table_of_what_was_received_later_alone_is_not_passed(chcheck: Chcheck) -> None:
    files = {"a.csv": "Ref,Received,Acknowledged,Stage 1 response\nA,2026-12-25,,\n"}
    ran = chcheck("a.csv", "--as-at", "2026-11-25", files=files)
    assert ran.code == 2
    assert ran.out.startswith("Nothing could be checked: 1 complaint was received after the day")


# As tables ------------------------------------------------------------------------------------


def test_a_long_table_gives_the_same_findings(chcheck: Chcheck) -> None:
    events = [
        *(("2023-03-06", "complaint received"), ("2023-03-08", "complaint acknowledged")),
        *(("2023-03-15", "stage 1 response"), ("2023-05-01", "escalation requested")),
        *(("2023-05-03", "escalation refused"), ("2023-06-05", "escalation requested")),
        ("2023-11-30", "stage 2 response"),
    ]
    rows = "".join(f"R1,{name},{day}\n" for day, name in events)
    ran = chcheck(
        *("long.csv", "--as-at", "2023-12-31", "--format", "csv", "--show", "all"),
        files={"long.csv": "Ref,Event,Date\n" + rows},
    )
    found = [
        one for one in csv.DictReader(io.StringIO(ran.out)) if one["rule"] == "stage-2-response"
    ]
    stage_2 = [(one["verdict"], one["reason"], one["episode"]) for one in found]
    assert stage_2 == [("not-applicable", "ended", "1"), ("breach", "late", "2")]
