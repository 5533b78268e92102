"""A Scottish landlord under the SPSO's model procedure; every date is counted by hand.

Nobody has read whether the day of receipt is day 1 or the working day after it. Both count, so each
due day below is given twice: with that day as day 1, and with the day after.
"""

from __future__ import annotations

import pytest

from tests.helpers.command import Chcheck
from tests.helpers.judging import judge, of, outcomes, the
from timeliness import Case

ACKNOWLEDGE, STAGE_1, STAGE_2 = "acknowledge-escalation", "stage-1-response", "stage-2-response"

BOTH_STAGES = """
- 2025-04-11 contact, a call about the heating
- {date: 2025-04-14, event: chaser, answered: yes}
- 2025-04-16 complaint received
- 2025-04-16 complaint logged
- 2025-04-17 complaint acknowledged
- 2025-04-21 contact
- {date: 2025-04-22, event: stage 1 extended, until: 2025-04-30, reason: waiting for a part}
- 2025-04-25 update
- {date: 2025-04-28, event: chaser, answered: yes}
- 2025-04-29 contact
- 2025-04-30 stage 1 response, partly upheld
- {date: 2025-04-30, event: commitment, id: boiler, within: 10 working days}
- 2025-05-02 compensation offered
- 2025-05-12 contact
- {date: 2025-05-15, event: commitment met, of: boiler}
- {date: 2025-05-20, event: intermediary enquiry, answered: yes}
- 2025-05-21 update
- 2025-05-23 escalation requested
- 2025-05-23 escalation logged
- 2025-05-30 escalation acknowledged
- 2025-06-03 contact
- 2025-06-06 update
- {date: 2025-06-10, event: chaser, answered: yes}
- 2025-06-12 holding response
- 2025-06-16 contact
- 2025-06-18 update
- 2025-06-23 stage 2 response, upheld
- {date: 2025-06-23, event: commitment, id: flush, due: 2025-07-07}
- {date: 2025-07-10, event: commitment met, of: flush}
- 2025-07-21 ombudsman referral
"""


@pytest.fixture(scope="module")
def both_stages() -> Case:
    return judge(BOTH_STAGES, nation="scotland", as_at="2025-08-29")


def dates(case: Case, rule: str) -> list[tuple[str, str, str]]:
    """The counting, due day and verdict of each reading of a rule, in order."""
    finding = the(case, rule)
    return [
        (one.counting, str(one.due and one.due.latest), one.verdict)
        for one in finding.readings
        if one.decides
    ]


def test_thirty_events_go_through_both_stages(both_stages: Case) -> None:
    assert len(both_stages.timeline.events) == 30
    assert [book.id for book in both_stages.rulebooks] == ["spso-2021"]


def test_stage_1_is_extended_over_easter(both_stages: Case) -> None:
    # Received on Wednesday 16 April 2025. Good Friday, the 18th, is a bank holiday; Easter Monday,
    # the 21st, is not one in Scotland. With the 16th as day 1: 16, 17, 21, 22, 23 April. With the
    # day after: 17, 21, 22, 23, 24 April. Extended on the 22nd until the 30th, which lies within 5
    # working days more either way: 24, 25, 28, 29, 30 April, or 25, 28, 29, 30 April and 1 May.
    assert outcomes(both_stages, STAGE_1) == [("met", "within-extension")]
    assert [due for _, due, _ in dates(both_stages, STAGE_1)] == ["2025-04-30", "2025-04-30"]
    originals = [
        str(one.original_due and one.original_due.latest)
        for one in the(both_stages, STAGE_1).readings
        if one.decides
    ]
    assert sorted(originals) == ["2025-04-23", "2025-04-24"]


def test_the_acknowledgement_at_stage_2_is_late_however_it_is_counted(both_stages: Case) -> None:
    # Asked for on Friday 23 May 2025; Monday the 26th is a bank holiday. With the 23rd as day 1:
    # 23, 27, 28 May. With the day after: 27, 28, 29 May. Acknowledged on Friday the 30th.
    finding = the(both_stages, ACKNOWLEDGE)
    assert (finding.verdict, finding.reason) == ("breach", "late")
    assert sorted((due, verdict) for _, due, verdict in dates(both_stages, ACKNOWLEDGE)) == [
        ("2025-05-28", "breach"),
        ("2025-05-29", "breach"),
    ]
    assert finding.late_by is not None
    assert (finding.late_by.least, finding.late_by.most) == (1, 2)


def test_the_answer_at_stage_2_turns_on_which_day_is_day_1(both_stages: Case) -> None:
    # With 23 May as day 1: 23, 27 to 30 May are 5, 2 to 6 June 10, 9 to 13 June 15, 16 to 20 June
    # 20. With the day after the twentieth is Monday 23 June, when it was answered.
    assert outcomes(both_stages, STAGE_2) == [("cannot-tell", "readings-differ")]
    assert sorted((due, verdict) for _, due, verdict in dates(both_stages, STAGE_2)) == [
        ("2025-06-20", "breach"),
        ("2025-06-23", "met"),
    ]


def test_its_promises_are_counted_with_scottish_holidays(both_stages: Case) -> None:
    # 10 working days from 30 April, without the bank holiday of 5 May: 1, 2, 6 to 9, 12 to 15 May.
    # The other was promised by 7 July and kept on the 10th: 8, 9 and 10 July.
    kept, late = (one for one in both_stages.findings if one.rule == "keep-promises")
    assert (kept.verdict, str(kept.due and kept.due.latest)) == ("met", "2025-05-15")
    assert (late.verdict, str(late.due and late.due.latest)) == ("breach", "2025-07-07")
    assert late.late_by is not None
    assert late.late_by.least == 3


def test_nothing_is_asked_of_an_acknowledgement_at_stage_1(both_stages: Case) -> None:
    assert of(both_stages, "acknowledge-complaint") == []


# Straight to stage 2 ---------------------------------------------------------------------------

STRAIGHT = """
- 2025-12-01 complaint received
- 2025-12-01 escalation requested
- {acknowledged} escalation acknowledged
- {answered} stage 2 response
"""


@pytest.mark.parametrize(
    ("acknowledged", "answered", "expected"),
    [
        # 1 December 2025 is the holiday of St Andrew's Day, so day 1 is Tuesday the 2nd either way:
        # 2, 3, 4 December; and 2 to 5 are 4, 8 to 12 are 9, 15 to 19 are 14, 22 to 24 are 17, 29 to
        # 31 are 20, without Christmas Day and Boxing Day.
        ("2025-12-04", "2025-12-31", ["met", "met"]),
        # The next working day after the 31st is Monday 5 January: the 2nd is a bank holiday too.
        ("2025-12-05", "2026-01-05", ["breach", "breach"]),
    ],
)
def test_a_complaint_that_starts_at_stage_2_owes_nothing_at_stage_1(
    acknowledged: str, answered: str, expected: list[str]
) -> None:
    case = judge(
        STRAIGHT.format(acknowledged=acknowledged, answered=answered),
        nation="scotland",
        as_at="2026-02-27",
    )
    assert outcomes(case, STAGE_1) == [("not-applicable", "ended")]
    assert [the(case, rule).verdict for rule in (ACKNOWLEDGE, STAGE_2)] == expected
    late = [the(case, rule).late_by for rule in (ACKNOWLEDGE, STAGE_2)]
    assert [one and one.least for one in late] == ([1, 1] if "breach" in expected else [0, 0])


def test_a_complaint_passed_on_after_its_five_days_was_late_at_stage_1() -> None:
    # Received on Monday 3 March 2025: due on Friday the 7th or on Monday the 10th.
    case = judge(
        """
        - 2025-03-03 complaint received
        - 2025-03-11 escalation requested
        - 2025-03-12 escalation acknowledged
        - 2025-03-28 stage 2 response
        """,
        nation="scotland",
    )
    assert outcomes(case, STAGE_1) == [("breach", "overdue")]
    assert outcomes(case, STAGE_2) == [("met", "in-time")]


def test_a_longer_time_at_stage_2_reaches_to_the_date_that_was_given() -> None:
    # Asked for on Monday 10 March 2025: due on 4 or 7 April, so told in time on the 3rd.
    told = "{date: %s, event: stage 2 extended, until: 2025-07-31}"
    events = """
        - 2025-03-03 complaint received
        - 2025-03-07 stage 1 response
        - 2025-03-10 escalation requested
        - 2025-03-12 escalation acknowledged
        - {told}
        - {answered} stage 2 response
        """
    for day, answered, expected in (
        ("2025-04-03", "2025-07-31", ("met", "within-extension")),
        ("2025-04-03", "2025-08-01", ("breach", "late")),
        ("2025-04-08", "2025-07-31", ("breach", "late")),
    ):
        case = judge(events.format(told=told % day, answered=answered), nation="scotland")
        assert outcomes(case, STAGE_2) == [expected], (day, answered)


def test_a_table_of_scottish_complaints_says_the_same(chcheck: Chcheck) -> None:
    table = (
        "Complaint,Complaint received,Stage 1 response,Escalation requested,"
        "Escalation acknowledged,Stage 2 response\n"
        # Answered on the day after the first due day, and on the second.
        "S-1,2025-03-03,2025-03-10,,,\n"
        "S-2,2025-03-03,2025-03-11,,,\n"
        "S-3,2025-12-01,,2025-12-01,2025-12-04,2025-12-31\n"
    )
    ran = chcheck(
        "table.csv",
        "--as-at",
        "2026-02-27",
        "--format",
        "csv",
        files={"table.csv": table, "chcheck.toml": 'nation = "scotland"\n'},
    )
    assert ran.code == 1, ran.err
    rows = [line.split(",") for line in ran.out.splitlines()]
    complaint, rule, verdict = (rows[0].index(name) for name in ("complaint", "rule", "verdict"))
    told = {(row[complaint], row[rule]): row[verdict] for row in rows[1:] if len(row) > verdict}
    assert told["S-1", STAGE_1] == "cannot-tell"
    assert told["S-2", STAGE_1] == "breach"
    assert (told["S-3", STAGE_1], told["S-3", STAGE_2]) == ("not-applicable", "met")


@pytest.mark.parametrize(
    ("events", "code"),
    [
        ("- 2025-03-03 complaint received\n- 2025-03-07 stage 1 response", 0),
        ("- 2025-03-03 complaint received\n- 2025-03-10 stage 1 response", 0),
        ("- 2025-03-03 complaint received\n- 2025-03-11 stage 1 response", 1),
    ],
)
def test_no_policy_is_needed(chcheck: Chcheck, events: str, code: int) -> None:
    lines = "".join(f"  {line}\n" for line in events.splitlines())
    text = f"complaint: S-1\nnation: scotland\nas_at: 2025-06-30\nevents:\n{lines}"
    ran = chcheck("case.yaml", files={"case.yaml": text})
    assert (ran.code, ran.err) == (code, "")
