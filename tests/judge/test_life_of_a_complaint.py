"""The life of a complaint: ends, closings, narrowed dates, logging, and answers that come first.

Each case is the smallest input of its kind, with what it comes to worked out by hand. In 2025 there
is no bank holiday between 1 January and 18 April; 5, 10 and 26 May are holidays in some years only:
in 2025 the 5th and the 26th.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from tests.helpers.judging import judge
from timeliness import check, load_timelines
from timeliness.model.dates import Span
from timeliness.model.findings import Finding
from timeliness.model.ranges import Range

Find = Callable[..., Finding]

ACK, STAGE_1 = "acknowledge-complaint", "stage-1-response"
ACK_2, STAGE_2 = "acknowledge-escalation", "stage-2-response"


@pytest.fixture
def find() -> Find:
    """Return the finding of a rule for the lines of one complaint."""

    def found(
        rule: str, *lines: str, as_at: str = "2025-06-30", record: str = "complete"
    ) -> Finding:
        case = judge("\n".join(f"- {line}" for line in lines), as_at=as_at, record=record)
        return next(one for one in case.findings if one.rule == rule and one.readings)

    return found


def told(finding: Finding) -> tuple[str, str]:
    return finding.verdict, finding.reason


def day(text: str) -> Span:
    first, _, last = text.partition("/")
    return Span(date.fromisoformat(first), date.fromisoformat(last or first))


RECEIVED, ACKED = "2025-03-03 complaint received", "2025-03-05 complaint acknowledged"

# Ends -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("end", ["withdrawn", "refused"])
@pytest.mark.parametrize("rule", [ACK, STAGE_1])
def test_an_end_before_it_was_acknowledged_is_an_end(find, end, rule):
    # reliability.md 1: acknowledged the day after the end, which is nothing that was owed.
    lines = ["2025-05-06 complaint received", f"2025-05-07 complaint {end}"]
    finding = find(rule, *lines, "2025-05-08 complaint acknowledged")
    assert told(finding) == ("not-applicable", "ended")


def test_an_end_before_it_was_logged_is_an_end(find):
    lines = ["2023-05-02 complaint received", "2023-05-03 complaint withdrawn"]
    finding = find(STAGE_1, *lines, "2023-05-05 complaint logged", as_at="2023-08-01")
    assert told(finding) == ("not-applicable", "ended")


def test_a_refused_escalation_that_was_acknowledged_later_is_ended(find):
    lines = [RECEIVED, ACKED, "2025-03-18 stage 1 response", "2025-03-24 escalation requested"]
    ends = ["2025-03-25 escalation refused", "2025-03-26 escalation acknowledged"]
    assert told(find(STAGE_2, *lines, *ends)) == ("not-applicable", "ended")
    assert told(find(ACK_2, *lines, *ends)) == ("not-applicable", "ended")


def test_what_was_late_by_the_day_of_its_end_is_late_to_that_day(find):
    # Due on 19 March; withdrawn on the 21st, two working days later.
    finding = find(STAGE_1, RECEIVED, ACKED, "2025-03-21 complaint withdrawn")
    assert told(finding) == ("breach", "overdue")
    assert (finding.late_by, finding.done) == (Range(2, 2), None)


def test_beside_an_end_lateness_counts_only_what_can_count(find):
    # reliability.md 4: due on 13 December; refused on the 16th or 17th, acknowledged on the 17th.
    lines = ["2022-12-06 complaint received", "2022-12-16/2022-12-17 complaint refused"]
    finding = find(ACK, *lines, "2022-12-17 complaint acknowledged", as_at="2023-03-01")
    assert finding.verdict == "breach"
    assert finding.days_late == Range(3, 4)
    # Refused on 8 December 2022 (due on the 6th): acknowledged on the 7th to the 12th.
    lines = ["2022-11-29 complaint received", "2022-12-08 complaint refused"]
    finding = find(ACK, *lines, "2022-12-07/2022-12-12 complaint acknowledged", as_at="2023-03-01")
    assert finding.late_by == Range(1, 2)


# Closings -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("lines", "record", "as_at", "verdict", "reason"),
    [
        # Due on 19 March.
        (["2025-03-06 complaint closed"], "complete", "2025-03-19", "pending", "not-yet-due"),
        (
            *(["2025-03-06 complaint closed"], "complete", "2025-03-20"),
            *("cannot-tell", "closed-unanswered"),
        ),
        (["2025-03-20 complaint closed"], "complete", "2025-06-30", "breach", "overdue"),
        (
            *(["2025-03-20 complaint closed"], "partial", "2025-06-30"),
            *("cannot-tell", "closed-unanswered"),
        ),
        (
            *(["2025-03-06 complaint closed", "2025-03-10 complaint reopened"], "complete"),
            *("2025-06-30", "breach", "overdue"),
        ),
        (
            *(["2025-03-06 complaint closed", "2025-03-20 stage 1 response"], "complete"),
            *("2025-06-30", "breach", "late"),
        ),
    ],
)
def test_a_closing_ends_nothing_that_was_not_answered(find, lines, record, as_at, verdict, reason):
    finding = find(STAGE_1, RECEIVED, ACKED, *lines, as_at=as_at, record=record)
    assert told(finding) == (verdict, reason)


def test_a_closing_without_an_answer_says_so_and_what_would_settle_it(find):
    finding = find(STAGE_1, RECEIVED, ACKED, "2025-03-06 complaint closed")
    assert finding.says.startswith(
        "Closed on 6 March 2025 without a recorded answer; due on 19 March 2025."
    )
    assert finding.settled_by is not None
    assert finding.settled_by.says == "In time only if answered on or before 19 March 2025."
    assert finding.settled_by.add == "- DATE stage 1 response"


def test_a_complaint_closed_before_it_was_acknowledged_may_have_been_answered_then(find):
    assert told(find(ACK, RECEIVED, "2025-03-06 complaint closed")) == (
        "cannot-tell",
        "closed-unanswered",
    )
    # Due on 10 March: closed on the 11th it was late either way.
    assert find(ACK, RECEIVED, "2025-03-11 complaint closed").verdict == "breach"


def test_a_closing_on_the_day_of_the_answer_is_the_answers(find):
    # C-D3: answered, closed and escalated on one day, and nothing after that.
    lines = [RECEIVED, ACKED, "2025-03-14 stage 1 response", "2025-03-14 complaint closed"]
    for rule in (ACK_2, STAGE_2):
        finding = find(rule, *lines, "2025-03-14 escalation requested")
        assert told(finding) == ("breach", "overdue")


# Narrowing ------------------------------------------------------------------------------------


def test_an_unknown_start_is_no_worse_than_a_missing_one(find):
    # A-D1, under the 2022 Code: from 10 October, logged by the 13th at the earliest to be in time.
    lines = ["2023-10-10 complaint received", "2023-10-13 acknowledged"]
    answer = "2023-10-27 stage 1 response"
    missing = find(STAGE_1, *lines, answer, record="partial")
    unknown = find(STAGE_1, *lines, "unknown complaint logged", answer, record="partial")
    for name in ("verdict", "start", "due", "working_days", "settled_by"):
        assert getattr(missing, name) == getattr(unknown, name)
    assert unknown.due == day("2023-10-24/2023-10-31")
    assert unknown.settled_by is not None
    assert unknown.settled_by.says == "In time only if logged on or after 13 October 2023."
    assert unknown.settled_by.add == "- DATE complaint logged"


def test_a_month_is_cut_by_what_it_follows(find):
    # A-D1: logged in October and not before the 30th: due on 13 or 14 November.
    lines = ["2023-10-30 complaint received", "2023-10 complaint logged"]
    lines += ["2023-11-02 complaint acknowledged", "2023-11-10 stage 1 response"]
    finding = find(STAGE_1, *lines)
    assert (finding.verdict, finding.due) == ("met", day("2023-11-13/2023-11-14"))


def test_a_month_of_acknowledgement_after_a_receipt_on_its_last_day_is_that_day(find):
    lines = ["2025-03-31 complaint received", "2025-03 complaint acknowledged"]
    finding = find(STAGE_1, *lines, "2025-04-10 stage 1 response")
    assert (finding.verdict, finding.due) == ("met", day("2025-04-14"))


NARROWED = (
    "Logging is dated 1 October to 31 October 2023; it can only be 30 October to 31 October 2023."
)


def test_how_a_date_was_narrowed_is_said(find):
    lines = ["2023-10-30 complaint received", "2023-10 complaint logged"]
    says = find(STAGE_1, *lines, "2023-11-10 stage 1 response").says
    assert NARROWED in says


def test_one_that_may_be_after_the_day_of_the_check_is_not_known_to_be_done(tmp_path):
    path = tmp_path / "case.yaml"
    path.write_text(
        "complaint: A\nas_at: 2025-06-30\nevents:\n  - 2025-03-03 complaint received\n"
        "  - 2025-03-05 complaint acknowledged\n  - 2025-03 stage 1 response\n"
    )
    (case,) = check(*load_timelines(path), as_at=date(2025, 3, 19)).cases
    found = {one.rule: one for one in case.findings if one.readings}
    assert told(found[STAGE_1]) == ("pending", "not-yet-due")


# Impossible orders ----------------------------------------------------------------------------


def test_logged_before_it_was_received_is_an_impossible_order(find):
    # C-D8: it had arrived by 3 March if the log is right, and then 12 March is 7 working days.
    lines = ["2025-03-10 complaint received", "2025-03-03 complaint logged"]
    finding = find(ACK, *lines, "2025-03-12 complaint acknowledged")
    assert told(finding) == ("cannot-tell", "impossible-order")
    assert "3 March 2025" in finding.says


def test_dates_in_an_impossible_order_decide_where_either_comes_to_the_same(find):
    # From 27 March at the earliest or by 7 April at the latest, twenty working days are over in
    # early May.
    lines = [RECEIVED, ACKED, "2025-03-18 stage 1 response", "2025-03-31 escalation requested"]
    lines += ["2025-03-27 escalation acknowledged", "2025-06-20 stage 2 response"]
    assert told(find(STAGE_2, *lines)) == ("breach", "late")
    assert told(find(ACK_2, *lines)) == ("cannot-tell", "impossible-order")


def test_an_answer_that_is_only_claimed_may_have_come_first(find):
    # Acknowledged on the 11th, a day late, unless it was answered on the 7th as somebody says.
    lines = ["2025-03-11 complaint acknowledged"]
    claim = "{date: 2025-03-07, event: stage 1 response, evidence: claimed}"
    finding = find(ACK, RECEIVED, *lines, claim)
    assert told(finding) == ("cannot-tell", "not-evidenced")
    assert "said to have been answered before that" in finding.says


def test_an_acknowledgement_after_the_end_starts_no_clock(find):
    # Withdrawn on the 19th, two days after the earliest due day from 3 to 10 March.
    lines = ["2025-03-19 complaint withdrawn", "2025-03-20 complaint acknowledged"]
    assert find(STAGE_1, RECEIVED, *lines).due == day("2025-03-17/2025-03-24")


def test_an_extension_told_before_the_complaint_arrived_is_none(find):
    # C-D14: without it, acknowledged on 12 March, the answer was due on the 26th.
    lines = [
        "{date: 2025-03-04, event: stage 1 extended, until: 2025-04-04, reason: leave, "
        "in_writing: yes, ombudsman_details: yes}",
        "2025-03-10 complaint received",
        "2025-03-12 complaint acknowledged",
    ]
    finding = find(STAGE_1, *lines, "2025-04-02 stage 1 response")
    assert (told(finding), finding.due) == (("breach", "late"), day("2025-03-26"))


EARLY_EXTENSION = (
    "{date: 2025-02-20, event: stage 2 extended, until: 2025-05-30, reason: leave, in_writing: yes,"
    " ombudsman_details: yes, agreed_by_resident: yes}"
)
ANSWERED = "2025-03-10 stage 1 response"


@pytest.mark.parametrize("rule", [ACK_2, STAGE_2])
def test_an_extension_before_the_complaint_arrived_shows_no_escalation(find, rule):
    finding = find(rule, RECEIVED, ACKED, EARLY_EXTENSION, ANSWERED)
    assert told(finding) == ("not-applicable", "not-started")


def test_an_extension_before_the_complaint_arrived_leaves_no_due_day_of_stage_2_open(find):
    # Asked for on 17 March and to be acknowledged by the 24th: 20 working days from these, over
    # Easter, end on 14 and 23 April. The answer of the 25th is 7 or 2 working days later.
    lines = [RECEIVED, ACKED, EARLY_EXTENSION, ANSWERED, "2025-03-17 escalation requested"]
    finding = find(STAGE_2, *lines, "2025-04-25 stage 2 response")
    assert told(finding) == ("breach", "late")
    assert (finding.due, finding.late_by) == (day("2025-04-14/2025-04-23"), Range(2, 7))


def test_an_extension_before_the_complaint_arrived_says_not_by_when_it_was_escalated(find):
    # Asked for at any time from 3 March to 25 April: perhaps on the day of the acknowledgement.
    finding = find(
        ACK_2, RECEIVED, ACKED, EARLY_EXTENSION, ANSWERED, "2025-04-25 escalation acknowledged"
    )
    assert told(finding) == ("cannot-tell", "start-not-recorded")
    assert finding.start == day("2025-03-03/2025-04-25")


def test_an_extension_before_the_complaint_arrived_is_not_what_is_out_of_order(find):
    lines = [RECEIVED, ACKED, EARLY_EXTENSION, ANSWERED, "2025-03-25 escalation requested"]
    finding = find(STAGE_2, *lines, "2025-03-24 stage 2 response")
    assert finding.says == (
        "The stage 2 response is dated 24 March 2025, before the request, 25 March 2025: one of "
        "the dates is wrong."
    )


def test_an_extension_before_a_request_may_count_where_the_request_is_misdated(find):
    # Asked for by 14 March and extended, it was due by 9 May. Asked for on the 17th, it was due
    # without the extension by 23 April.
    extension = EARLY_EXTENSION.replace("2025-02-20", "2025-03-14")
    lines = [RECEIVED, ACKED, ANSWERED, extension, "2025-03-17 escalation requested"]
    assert told(find(STAGE_2, *lines, "2025-05-06 stage 2 response")) == (
        "cannot-tell",
        "impossible-order",
    )


# Logging --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("logged", "verdict", "late"),
    [
        # Due on 10 March.
        ("2025-03-10 complaint logged", "met", 0),
        ("2025-03-12 complaint logged", "breach", 2),
        # One that may have been in time was.
        ("2025-03-07/2025-03-12 complaint logged", "met", 0),
    ],
)
def test_a_late_logging_is_a_late_acknowledgement(find, logged, verdict, late):
    finding = find(ACK, RECEIVED, ACKED, logged)
    assert (finding.verdict, finding.late_by) == (verdict, Range(late, late))


def test_half_a_record_says_how_long_it_is_overdue_if_it_was_not_done(find):
    # Due on Wed 19 Mar; to Mon 30 June: 20 21, 24 to 28, 31 to 4, 7 to 11, 14 to 17 [18 21] 22 to
    # 25, 28 to 2 [5] 6 to 9, 12 to 16, 19 to 23 [26] 27 to 30, 2 to 6, 9 to 13, 16 to 20, 23 to 27,
    # 30: 2 + 15 + 4 + 4 + 5 + 4 + 10 + 4 + 20 + 1 = 69.
    assert find(STAGE_1, RECEIVED, ACKED, record="partial").says == (
        "The record does not say whether it was answered; due on 19 March 2025; if not, it is "
        "overdue by 69 working days."
    )


def test_half_a_record_counts_no_acknowledgement_past_the_answer(find):
    # Answered on Wed 12 Mar, two days after the acknowledgement was due: nothing is overdue now.
    lines = [RECEIVED, "2025-03-12 stage 1 response"]
    assert find(ACK, *lines, record="partial").says == (
        "The record does not say whether it was acknowledged; due on 10 March 2025."
    )


def test_what_a_late_acknowledgement_gained_is_said(find):
    # Due Mon 10 Mar; late 11 12 13 14. Ten more from the 10th: 24 March; from 3 March: the 17th.
    lines = [RECEIVED, "2025-03-14 complaint acknowledged", "2025-03-27 stage 1 response"]
    assert (
        "The acknowledgement was 4 working days late, which moved this due date: on time, it would "
        "be 24 March 2025 at the latest; counted from receipt, 17 March 2025."
    ) in find(STAGE_1, *lines).says


def test_what_a_late_logging_gained_is_said(find):
    # 2022 Code: due Mon 15 Jan; late 16 17 18. Ten from the 15th: 29 January; from the 8th: 22.
    lines = ["2024-01-08 complaint received", "2024-01-10 complaint acknowledged"]
    lines += ["2024-01-18 complaint logged", "2024-02-01 stage 1 response"]
    assert (
        "Logging was 3 working days late, which moved this due date: on time, it would be 29 "
        "January 2024 at the latest; counted from receipt, 22 January 2024."
    ) in find(STAGE_1, *lines, as_at="2024-06-30").says


def test_an_acknowledgement_in_time_gained_nothing(find):
    assert "moved this due date" not in find(STAGE_1, RECEIVED, ACKED).says


def test_a_late_logging_says_which_half_was_late(find):
    says = find(ACK, RECEIVED, ACKED, "2025-03-12 complaint logged").says
    assert says.startswith(
        "Acknowledged on 5 March 2025, but logged on 12 March 2025, 7 working days after receipt; "
        "due on 10 March 2025."
    )


def test_a_logging_that_was_looked_for_and_is_not_there_is_late(find):
    finding = find(ACK, RECEIVED, ACKED, "{event: complaint logged, evidence: absent}")
    assert told(finding) == ("breach", "overdue")
    assert finding.says.startswith("Acknowledged on 5 March 2025, but not logged")


# Answered first -------------------------------------------------------------------------------


def test_a_full_answer_by_the_due_day_leaves_nothing_to_acknowledge(find):
    finding = find(ACK, RECEIVED, "2025-03-05 stage 1 response")
    assert told(finding) == ("met", "answered-first")
    assert finding.says.startswith(
        "Answered in full on 5 March 2025, 2 working days after receipt, so there was nothing "
        "left to acknowledge; the acknowledgement was due on 10 March 2025."
    )


def test_an_acknowledgement_that_never_came_is_late_until_the_answer(find):
    # 11 to 14, 17 and 18 March: six working days.
    finding = find(ACK, RECEIVED, "2025-03-18 stage 1 response")
    assert (told(finding), finding.late_by) == (("breach", "overdue"), Range(6, 6))
    assert finding.says.startswith(
        "Never acknowledged; answered on 18 March 2025, 11 working days after receipt; it was due "
        "on 10 March 2025."
    )


def test_an_acknowledgement_after_the_answer_is_late_until_the_answer(find):
    lines = ["2025-03-18 stage 1 response", "2025-03-25 complaint acknowledged"]
    finding = find(ACK, RECEIVED, *lines)
    assert (told(finding), finding.late_by) == (("breach", "late"), Range(6, 6))
    assert "after the answer on 18 March 2025" in finding.says


def test_a_stage_that_was_passed_over_is_late_until_the_answer_of_the_next(find):
    # Due on 19 March; ten working days later came the answer of stage 2.
    lines = ["2025-03-24 escalation requested", "2025-04-02 stage 2 response"]
    finding = find(STAGE_1, RECEIVED, ACKED, *lines)
    assert (told(finding), finding.late_by) == (("breach", "overdue"), Range(10, 10))
    assert "Never answered; the stage 2 response came on 2 April 2025" in finding.says


def test_a_stage_passed_over_before_it_was_due_cannot_be_decided(find):
    # Acknowledged on 5 March and due on 19 March; the answer of stage 2 came 5 working days in.
    lines = ["2025-03-07 escalation requested", "2025-03-12 stage 2 response"]
    finding = find(STAGE_1, RECEIVED, ACKED, *lines)
    assert told(finding) == ("cannot-tell", "passed-over")
    assert finding.says == (
        "Never answered; the stage 2 response came on 12 March 2025, 5 working days after the "
        "acknowledgement; it was due on 19 March 2025."
    )
    assert finding.settled_by
    assert finding.settled_by.says == "In time only if answered on or before 19 March 2025."


@pytest.mark.parametrize(
    ("answer", "verdict"),
    [
        ("2025-03-19", "cannot-tell"),
        ("2025-03-20", "breach"),
        ("2025-03-18/2025-03-20", "cannot-tell"),
    ],
)
def test_a_stage_passed_over_is_late_only_after_its_due_day(find, answer, verdict):
    lines = ["2025-03-07 escalation requested", f"{answer} stage 2 response"]
    assert find(STAGE_1, RECEIVED, ACKED, *lines).verdict == verdict


def test_a_second_extension_in_doubt_leaves_the_first_standing(find):
    # A-D10a: due on 18 September 2026, the first extension to 2 October counts. The second would
    # reach beyond the ten working days that are the most, which end on that day.
    keys = "reason: staff leave, in_writing: yes, ombudsman_details: yes"
    finding = find(
        STAGE_1,
        *("2026-09-01 complaint received", "2026-09-04 complaint acknowledged"),
        f"{{date: 2026-09-17, event: stage 1 extended, until: 2026-10-02, {keys}}}",
        f"{{date: 2026-10-01, event: stage 1 extended, until: 2026-10-16, {keys}}}",
        "2026-10-15 stage 1 response",
        as_at="2026-11-25",
    )
    assert finding.settled_by is not None
    assert "without it the answer was due on 2 October 2026" in finding.settled_by.says


# Known roughly, before and after an end ---------------------------------------------------------


def test_a_closing_after_the_acknowledgement_is_not_why_that_is_undecided(find):
    # Five working days from 3 March end on the 10th: the 6th is in time, the 14th is late.
    lines = RECEIVED, "2025-03-06/2025-03-14 complaint acknowledged", "2025-03-19 complaint closed"
    assert told(find(ACK, *lines)) == ("cannot-tell", "imprecise-date")


def test_an_acknowledgement_after_a_withdrawal_does_not_start_the_answer_s_clock(find):
    # Ten days from 3 March end on the 17th: withdrawn late if the acknowledgement came after. From
    # the 7th they end on the 21st: withdrawn in time if it came before.
    lines = (
        RECEIVED,
        "2025-03-07/2025-03-24 complaint acknowledged",
        "2025-03-19 complaint withdrawn",
    )
    finding = find(STAGE_1, *lines)
    assert finding.verdict == "cannot-tell"
    assert finding.due == day("2025-03-17/2025-03-24")


def test_a_withdrawal_ends_what_was_closed_and_asked_for_again(find):
    # Closed on 10 March and made again on the 12th, be it as a repeat or anew; withdrawn on the
    # 14th, before ten days from 3 March (the 17th) were over.
    lines = (
        *(RECEIVED, "2025-03-03 complaint acknowledged", "2025-03-10 complaint closed"),
        *("2025-03-12 complaint received", "2025-03-14 complaint withdrawn"),
    )
    assert find(STAGE_1, *lines).verdict == "not-applicable"


def test_a_late_start_that_may_follow_the_answer_may_not_count(find):
    # Acknowledged by 10 March it should have been. If on the 11th, ten days end on the 25th; if
    # after the answer of the 18th it does not count, and they may have ended on the 17th.
    lines = RECEIVED, "2025-03-11/2025-03-20 complaint acknowledged", "2025-03-18 stage 1 response"
    assert find(STAGE_1, *lines).verdict == "cannot-tell"
    first = RECEIVED, "2025-03-11/2025-03-17 complaint acknowledged", "2025-03-18 stage 1 response"
    assert find(STAGE_1, *first).verdict == "met"


def test_a_request_of_another_complaint_does_not_forbid_a_second_reading(find):
    # The first complaint was overdue and withdrawn; the second was not when it was escalated on 11
    # April, on the day of its answer, and again on the 15th: due five working days from either.
    lines = (
        *(RECEIVED, "2025-03-31 complaint withdrawn", "2025-04-02 complaint received"),
        *("2025-04-11 escalation requested", "2025-04-11 stage 1 response"),
        *("2025-04-15 escalation requested", "2025-04-29 escalation acknowledged"),
    )
    # 14 15 16 17 22 April (18 and 21 are Easter); 16 17 22 23 24 April.
    assert find(ACK_2, *lines).due == day("2025-04-22/2025-04-24")


def test_what_was_not_owed_either_way_is_said_once(find):
    # Ten days from 3 March end on the 17th, from a start by the 10th at the latest on the 24th.
    lines = (
        RECEIVED,
        "2025-03-05/2025-03-20 complaint acknowledged",
        "2025-03-12 complaint withdrawn",
    )
    assert find(STAGE_1, *lines).says == (
        "The complaint was withdrawn on 12 March 2025, before this was due, between 17 March and "
        "24 March 2025."
    )
