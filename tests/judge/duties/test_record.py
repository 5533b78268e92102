"""Findings about the record: what it says twice, barely, out of order, or cannot show.

They say nothing of the landlord's conduct: each is "cannot tell", or "not applicable" for a reply
that stops no clock, and fails nothing by itself.
"""

import pytest

from tests.helpers.judging import exit_code, judge, of, outcomes, recorded, report_on, the

# In time throughout, under the 2024 Code: nothing here is a finding about the record.
COMPLAINT = """
- 2024-06-03 complaint received
- 2024-06-04 complaint acknowledged
- {date: 2024-06-12, event: stage 1 response, outcome: not upheld}
- 2024-06-13 escalation requested
- 2024-06-14 escalation acknowledged
- {date: 2024-06-28, event: stage 2 response, outcome: upheld}
"""


def with_lines(*lines: str) -> str:
    return COMPLAINT + "".join(f"- {line}\n" for line in lines)


def record_rules(events: str, **head: str) -> list[str]:
    case = judge(events, **head)
    return sorted(one.rule for one in case.findings if one.standard == "record")


def test_a_plain_record_has_no_finding_about_it() -> None:
    assert record_rules(COMPLAINT) == []


@pytest.mark.parametrize(
    ("lines", "rule", "reason", "named"),
    [
        # Two dates for one event.
        (
            ["{date: [2024-06-17, 2024-06-19], event: update}"],
            "conflicting-dates",
            "conflicting-dates",
            ["17 June 2024", "19 June 2024"],
        ),
        # The same dates twice are no conflict; see below. A month against a day is.
        (
            ["{date: [2024-06-17, 2024-07], event: contact}"],
            "conflicting-dates",
            "conflicting-dates",
            ["17 June 2024", "July 2024"],
        ),
        # Claimed: said to have happened.
        (
            ["{date: 2024-06-17, event: contact, evidence: claimed}"],
            "not-evidenced",
            "not-evidenced",
            ["17 June 2024"],
        ),
        # Looked for and not found.
        (
            ["{event: contact, evidence: absent, source: call log}"],
            "not-found",
            "not-found",
            ["call log"],
        ),
        # Poorly recorded, or not at all.
        (
            ["{date: 2024-06-17, event: contact, record: brief}"],
            "thin-record",
            "thin-record",
            ["17 June 2024"],
        ),
        (
            ["{date: 2024-06-17, event: contact, record: none}"],
            "thin-record",
            "thin-record",
            ["17 June 2024"],
        ),
        # Never answered: what the resident, or somebody for them, wrote.
        (
            ["{date: 2024-06-17, event: contact, answered: no}"],
            "unanswered",
            "unanswered",
            ["17 June 2024"],
        ),
        (
            ["{date: 2024-06-17, event: chaser, answered: no}"],
            "unanswered",
            "unanswered",
            ["17 June 2024"],
        ),
        (
            ["{date: 2024-06-17, event: intermediary enquiry, answered: no}"],
            "unanswered",
            "unanswered",
            ["17 June 2024"],
        ),
        # Turned away.
        (
            ["{date: 2024-06-17, event: contact, turned_away: yes}"],
            "turned-away",
            "turned-away",
            ["17 June 2024"],
        ),
        # The same event twice.
        (
            ["2024-06-17 update", "2024-06-17 update"],
            "entered-twice",
            "entered-twice",
            ["17 June 2024"],
        ),
        (
            [
                "{date: 2024-06-12, event: stage 1 response, outcome: not upheld}",
            ],
            "entered-twice",
            "entered-twice",
            ["12 June 2024"],
        ),
        # Offered only after the final response.
        (
            ["{date: 2024-07-10, event: compensation offered, amount: GBP 100}"],
            "offer-after-final-response",
            "offer-after-final",
            ["10 July 2024", "28 June 2024"],
        ),
        (
            ["{date: 2024-06-29, event: compensation offered, to: ombudsman}"],
            "offer-after-final-response",
            "offer-after-final",
            ["29 June 2024", "only to the Ombudsman"],
        ),
        # The outcome changed from the provisional response to the final one.
        (
            ["{date: 2024-06-20, event: provisional response, outcome: not upheld}"],
            "outcome-changed",
            "outcome-changed",
            ["not upheld", "upheld"],
        ),
    ],
)
def test_what_a_record_cannot_settle(
    lines: list[str], rule: str, reason: str, named: list[str]
) -> None:
    case = judge(with_lines(*lines))
    finding = the(case, rule)
    assert (finding.standard, finding.verdict, finding.reason) == ("record", "cannot-tell", reason)
    for words in named:
        assert words in finding.says


@pytest.mark.parametrize(
    ("lines", "rule"),
    [
        (["{date: 2024-06-17, event: contact, record: full}"], "thin-record"),
        (["{date: 2024-06-17, event: contact}"], "thin-record"),
        (["{date: 2024-06-17, event: contact, answered: yes}"], "unanswered"),
        (["{date: 2024-06-17, event: chaser}"], "unanswered"),
        (["{date: 2024-06-17, event: contact, turned_away: no}"], "turned-away"),
        # Two updates on two days, or two kinds on one.
        (["2024-06-17 update", "2024-06-18 update"], "entered-twice"),
        (["2024-06-17 update", "2024-06-17 contact"], "entered-twice"),
        # Two calls on one day, by two people or about two things.
        (
            [
                "{date: 2024-06-17, event: contact, by: resident}",
                "{date: 2024-06-17, event: contact, by: landlord}",
            ],
            "entered-twice",
        ),
        (["2024-06-17 contact, the lift", "2024-06-17 contact, the door"], "entered-twice"),
        # Two promises, each with a name of its own.
        (
            [
                "{date: 2024-06-28, event: commitment, id: a, within: 1 week}",
                "{date: 2024-06-28, event: commitment, id: b, within: 1 week}",
            ],
            "entered-twice",
        ),
        # On a day the sources agree on.
        (["{date: [2024-06-17, 2024-06-17], event: update}"], "conflicting-dates"),
        (["{date: 2024-06-17/2024-06-19, event: update}"], "conflicting-dates"),
        # On the day of the final response, or before it.
        (["2024-06-28 compensation offered"], "offer-after-final-response"),
        (["2024-06-12 compensation offered"], "offer-after-final-response"),
        # The same outcome in both, or in one of them none.
        (
            ["{date: 2024-06-20, event: provisional response, outcome: upheld}"],
            "outcome-changed",
        ),
        (["{date: 2024-06-20, event: provisional response}"], "outcome-changed"),
        # Stage 1 said otherwise: that is what a second stage is for.
        ([], "outcome-changed"),
        # On the as-at date itself.
        (["2026-06-30 update"], "event-after-as-at"),
    ],
)
def test_what_is_no_finding_about_the_record(lines: list[str], rule: str) -> None:
    assert not of(judge(with_lines(*lines)), rule)


@pytest.mark.parametrize(
    ("line", "rule"),
    [
        ("2024-06-20 holding response", "holding-response"),
        ("2024-06-20 provisional response", "provisional-response"),
        ("2024-07-05 supplementary response", "supplementary-response"),
    ],
)
def test_a_reply_that_is_not_the_response_stops_no_clock(line: str, rule: str) -> None:
    with_reply = judge(with_lines(line))
    assert outcomes(with_reply, rule) == [("not-applicable", "stops-no-clock")]
    assert the(with_reply, rule).standard == "record"
    clocks = [
        (one.rule, one.verdict, one.done) for one in judge(COMPLAINT).findings if one.readings
    ]
    assert [
        (one.rule, one.verdict, one.done) for one in with_reply.findings if one.readings
    ] == clocks


def test_several_holding_responses_are_named_together_with_their_days() -> None:
    case = judge(with_lines("2024-06-20 holding response", "2024-06-24 holding response"))
    assert the(case, "holding-response").says == (
        "The 2 holding responses (20 June 2024 and 24 June 2024) are not the full response, so "
        "they do not stop the clock."
    )


def test_a_holding_letter_alone_leaves_the_complaint_unanswered() -> None:
    case = judge(
        """
        - 2024-06-03 complaint received
        - 2024-06-04 complaint acknowledged
        - 2024-06-12 holding response
        """,
        as_at="2024-06-20",
    )
    # 4 June and ten working days: 5 to 7 (3), 10 to 14 (8), 17 and 18 June.
    assert outcomes(case, "stage-1-response") == [("breach", "overdue")]


def test_a_response_decided_and_not_sent_stops_no_clock() -> None:
    case = judge(
        """
        - 2024-06-03 complaint received
        - 2024-06-04 complaint acknowledged
        - {date: 2024-06-12, event: stage 1 response, sent: no}
        """,
        as_at="2024-06-20",
    )
    assert outcomes(case, "stage-1-response") == [("breach", "overdue")]
    assert outcomes(case, "response-not-sent", "record") == [("cannot-tell", "not-sent")]


def test_the_letter_sent_afterwards_is_the_response() -> None:
    case = judge(
        """
        - 2024-06-03 complaint received
        - 2024-06-04 complaint acknowledged
        - {date: 2024-06-12, event: stage 1 response, sent: no}
        - {date: 2024-06-19, event: stage 1 response, sent: yes}
        """,
        as_at="2024-06-20",
    )
    assert outcomes(case, "stage-1-response") == [("breach", "late")]
    assert outcomes(case, "response-not-sent", "record") == [("cannot-tell", "not-sent")]


@pytest.mark.parametrize(
    ("lines", "as_at", "found"),
    [
        (["2024-07-02 update"], "2024-07-01", 1),
        (["2024-07-01 update"], "2024-07-01", 0),
        # It may have happened before the as-at date.
        (["2024-06-30/2024-07-02 update"], "2024-07-01", 0),
        (["2024-07 contact"], "2024-07-01", 0),
        (["2024-08 contact"], "2024-07-01", 1),
    ],
)
def test_an_event_after_the_as_at_date(lines: list[str], as_at: str, found: int) -> None:
    case = judge(with_lines(*lines), as_at=as_at)
    assert outcomes(case, "event-after-as-at", "record") == [("cannot-tell", "after-as-at")] * found


@pytest.mark.parametrize(
    ("events", "found"),
    [
        # An acknowledgement, and an answer, before the complaint.
        ("2024-06-04 complaint received; 2024-06-03 complaint acknowledged", 1),
        ("2024-06-04 complaint received; 2024-06-03 stage 1 response", 1),
        ("2024-06-04 complaint received; 2024-06-04 complaint acknowledged", 0),
        ("2024-06-03/2024-06-05 complaint received; 2024-06-03 complaint acknowledged", 0),
        # An escalation acknowledged or answered before it was asked for.
        (
            "2024-06-03 complaint received; 2024-06-04 complaint acknowledged; "
            "2024-06-10 escalation requested; 2024-06-07 escalation acknowledged",
            1,
        ),
        (
            "2024-06-03 complaint received; 2024-06-04 complaint acknowledged; "
            "2024-06-10 escalation requested; 2024-06-07 stage 2 response",
            1,
        ),
        # A promise kept before it was made; an order complied with before it was given.
        (
            "2024-06-03 complaint received; "
            "{date: 2024-06-10, event: commitment, id: p, due: 2024-06-20}; "
            "{date: 2024-06-07, event: commitment met, of: p}",
            1,
        ),
        (
            "2024-06-03 complaint received; "
            "{date: 2024-12-10, event: order, id: o, within: 4 weeks}; "
            "{date: 2024-12-09, event: order complied, of: o}",
            1,
        ),
        (
            "2024-06-03 complaint received; "
            "{date: 2024-12-10, event: order, id: o, within: 4 weeks}; "
            "{date: 2024-12-10, event: order complied, of: o}",
            0,
        ),
        # A letter that relies on what came after it, or on the same day.
        (
            "2024-06-03 complaint received; 2024-06-04 complaint acknowledged; "
            "{date: 2024-06-12, event: stage 1 response, relies_on: lock}; "
            "{date: 2024-06-13, event: update, id: lock}",
            1,
        ),
        (
            "2024-06-03 complaint received; 2024-06-04 complaint acknowledged; "
            "{date: 2024-06-12, event: stage 1 response, relies_on: lock}; "
            "{date: 2024-06-12, event: update, id: lock}",
            0,
        ),
        (
            "2024-06-03 complaint received; 2024-06-04 complaint acknowledged; "
            "{date: 2024-06-12, event: stage 1 response, relies_on: lock}; "
            "{date: 2024-06-12/2024-06-14, event: update, id: lock}",
            0,
        ),
        # Asking for stage 2 before stage 1 is answered is allowed.
        (
            "2024-06-03 complaint received; 2024-06-04 complaint acknowledged; "
            "2024-06-10 escalation requested; 2024-06-12 stage 1 response",
            0,
        ),
    ],
)
def test_an_impossible_order(events: str, found: int) -> None:
    case = judge("\n".join(f"- {event}" for event in events.split("; ")))
    assert len(of(case, "impossible-order", "record")) == found
    for one in of(case, "impossible-order", "record"):
        assert (one.verdict, one.reason) == ("cannot-tell", "impossible-order")


def requested(*days: str, acknowledged: str = "") -> str:
    return (
        """
- 2024-06-03 complaint received
- 2024-06-04 complaint acknowledged
- 2024-06-12 stage 1 response
"""
        + "".join(f"- {day} escalation requested\n" for day in days)
        + (f"- {acknowledged} escalation acknowledged\n" if acknowledged else "")
    )


@pytest.mark.parametrize(
    ("days", "acknowledged", "named"),
    [
        (["2024-06-13", "2024-06-20"], "2024-06-21", ["2 requests", "13 June", "20 June"]),
        (
            ["2024-06-13", "2024-06-17", "2024-06-20"],
            "",
            ["3 requests", "13 June", "17 June", "20 June"],
        ),
    ],
)
def test_every_request_to_escalate_is_listed(
    days: list[str], acknowledged: str, named: list[str]
) -> None:
    case = judge(requested(*days, acknowledged=acknowledged), as_at="2024-06-24")
    says = the(case, "requests-unanswered", "record").says
    for words in named:
        assert words in says


def test_one_request_is_no_finding_of_several() -> None:
    assert not of(judge(requested("2024-06-13", acknowledged="2024-06-14")), "requests-unanswered")


def test_a_request_after_the_acknowledgement_is_not_said_to_have_waited_for_it() -> None:
    case = judge(requested("2024-06-13", "2024-06-20", acknowledged="2024-06-14"))
    for says in recorded(case).get("requests-unanswered", []):
        assert "None of them was answered before 14 June 2024" not in says


def test_receipt_seen_on_one_day_and_claimed_on_another_is_a_conflict() -> None:
    case = judge(
        """
        - 2024-06-03 complaint received
        - {date: 2024-06-05, event: complaint received, evidence: claimed, by: landlord}
        - 2024-06-06 complaint acknowledged
        """
    )
    says = the(case, "conflicting-dates", "record").says
    assert "3 June 2024" in says
    assert "5 June 2024" in says


def test_a_landlords_provisional_outcome_is_held_against_the_stage_it_came_before() -> None:
    # The provisional decision came in stage 1, and it is the stage 1 answer that changed it.
    case = judge(
        """
        - 2024-06-03 complaint received
        - 2024-06-04 complaint acknowledged
        - {date: 2024-06-10, event: provisional response, outcome: upheld}
        - {date: 2024-06-12, event: stage 1 response, outcome: not upheld}
        - 2024-06-13 escalation requested
        - 2024-06-14 escalation acknowledged
        - {date: 2024-06-28, event: stage 2 response, outcome: upheld}
        """
    )
    (says,) = recorded(case)["outcome-changed"]
    assert "stage 1 response" in says


def test_findings_about_the_record_fail_nothing() -> None:
    report = report_on(
        with_lines(
            "{date: 2024-06-17, event: contact, answered: no, turned_away: yes, record: brief}",
            "{date: [2024-06-17, 2024-06-19], event: update}",
            "{event: contact, evidence: absent}",
            "{date: 2024-07-10, event: compensation offered}",
        )
    )
    assert exit_code(report) == 0


@pytest.mark.parametrize(
    ("received", "clause"), [("2024-06-03", "5.12"), ("2023-06-05", "4.15"), ("2021-06-07", "")]
)
def test_the_clause_behind_the_record_is_that_of_the_edition(received: str, clause: str) -> None:
    case = judge(
        f"- {received} complaint received\n- {{date: {received}, event: contact, answered: no}}"
    )
    assert the(case, "unanswered").clause == clause


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (
            "{event: update, evidence: absent, source: call log}",
            "A record of an update was looked for and not found (call log).",
        ),
        (
            "{event: chaser, evidence: absent}",
            "A record of a chaser was looked for and not found.",
        ),
    ],
)
def test_what_was_looked_for_is_said_in_a_sentence(line: str, words: str) -> None:
    assert the(judge(with_lines(line)), "not-found").says == words


def test_an_event_with_two_dates_is_named_as_people_name_it() -> None:
    case = judge("- {date: [2024-06-03, 2024-06-04], event: complaint received}")
    assert "for the receipt of the complaint:" in the(case, "conflicting-dates").says


def test_six_lines_have_no_finding_about_the_record() -> None:
    assert (
        record_rules(
            """
        - 3 Mar 2025 complaint received
        - 10 Mar 2025 acknowledged
        - 21 Mar 2025 stage 1 response
        - 1 Apr 2025 escalated
        """
        )
        == []
    )
