"""Promises, orders, and the time in which a resident may go to the Ombudsman."""

import pytest

from tests.helpers.judging import Outcome, days, exit_code, judge, of, outcomes, report_on, the

IN_TIME = ("met", "in-time")
LATE = ("breach", "late")
OVERDUE = ("breach", "overdue")
PENDING = ("pending", "not-yet-due")
NOT_RECORDED = ("cannot-tell", "not-recorded")
NOT_SHOWN = ("cannot-tell", "not-evidenced")
IMPRECISE = ("cannot-tell", "imprecise-date")
NO_DATE = ("cannot-tell", "no-date")
NOT_KEPT = ("breach", "not-kept")

COMPLAINT = """
- 2024-04-15 complaint received
- 2024-04-17 complaint acknowledged
- 2024-04-26 stage 1 response
"""


def promise(keys: str, *further: str) -> str:
    lines = "".join(f"- {line}\n" for line in further if line)
    return COMPLAINT + f"- {{event: commitment, id: p, {keys}}}\n" + lines


def kept(day: str, keys: str = "") -> str:
    return f"{{date: {day}, event: commitment met, of: p{keys}}}"


ABSENT = "{event: commitment met, of: p, evidence: absent}"


@pytest.mark.parametrize(
    ("keys", "met", "due", "expected", "late"),
    [
        # Friday 3 May 2024 and 2 working days: the 6th is a bank holiday, so the 7th and 8th.
        ("date: 2024-05-03, within: 2 working days", "2024-05-07", "2024-05-08", IN_TIME, "0"),
        ("date: 2024-05-03, within: 2 working days", "2024-05-08", "2024-05-08", IN_TIME, "0"),
        ("date: 2024-05-03, within: 2 working days", "2024-05-09", "2024-05-08", LATE, "1"),
        # Saturday 4 May and 2 working days: the same two.
        ("date: 2024-05-04, within: 2 working days", "2024-05-08", "2024-05-08", IN_TIME, "0"),
        # A week is seven days, whatever falls in it; a day past it is no whole week late.
        ("date: 2024-05-03, within: 1 week", "2024-05-10", "2024-05-10", IN_TIME, "0"),
        ("date: 2024-05-03, within: 1 week", "2024-05-11", "2024-05-10", LATE, "0"),
        # 4 weeks from 13 June 2024: 17 more days of June and 11 of July.
        ("date: 2024-06-13, within: 4 weeks", "2024-07-11", "2024-07-11", IN_TIME, "0"),
        ("date: 2024-06-13, within: 4 weeks", "2024-07-12", "2024-07-11", LATE, "0"),
        # 10 days from 3 May.
        ("date: 2024-05-03, within: 10 calendar days", "2024-05-13", "2024-05-13", IN_TIME, "0"),
        ("date: 2024-05-03, within: 10 calendar days", "2024-05-14", "2024-05-13", LATE, "1"),
        # A month from 31 May is 30 June; from 31 January 2025, 28 February.
        ("date: 2024-05-31, within: 1 month", "2024-06-30", "2024-06-30", IN_TIME, "0"),
        ("date: 2024-05-31, within: 1 month", "2024-07-01", "2024-06-30", LATE, None),
        ("date: 2025-01-31, within: 1 month", "2025-02-28", "2025-02-28", IN_TIME, "0"),
        ("date: 2025-01-31, within: 1 month", "2025-03-01", "2025-02-28", LATE, None),
        # By a named day.
        ("date: 2024-05-03, due: 2024-05-20", "2024-05-20", "2024-05-20", IN_TIME, "0"),
        ("date: 2024-05-03, due: 2024-05-20", "2024-05-21", "2024-05-20", LATE, "1"),
        # By a Saturday, kept on the Monday: two days and one working day.
        ("date: 2024-05-03, due: 2024-05-18", "2024-05-20", "2024-05-18", LATE, None),
        # Kept on a day known roughly.
        (
            "date: 2024-05-03, due: 2024-05-20",
            "2024-05-18/2024-05-20",
            "2024-05-20",
            IN_TIME,
            "0",
        ),
        (
            "date: 2024-05-03, due: 2024-05-20",
            "2024-05-20/2024-05-21",
            "2024-05-20",
            IMPRECISE,
            None,
        ),
        (
            "date: 2024-05-03, due: 2024-05-20",
            "2024-05-21/2024-05-23",
            "2024-05-20",
            LATE,
            "1 to 3",
        ),
        # Promised on a day known roughly: 3 and 10 days on.
        (
            "date: 2024-05-01/2024-05-08, within: 1 week",
            "2024-05-08",
            "2024-05-08..2024-05-15",
            IN_TIME,
            None,
        ),
        (
            "date: 2024-05-01/2024-05-08, within: 1 week",
            "2024-05-09",
            "2024-05-08..2024-05-15",
            IMPRECISE,
            None,
        ),
        (
            "date: 2024-05-01/2024-05-08, within: 1 week",
            "2024-05-16",
            "2024-05-08..2024-05-15",
            LATE,
            None,
        ),
    ],
)
def test_a_promise_with_a_date(
    keys: str, met: str, due: str, expected: Outcome, late: str | None
) -> None:
    case = judge(promise(keys, kept(met)))
    finding = the(case, "keep-promises")
    assert (finding.verdict, finding.reason) == expected
    assert finding.standard == "promise"
    assert days(finding)[1] == due
    if late is not None:
        assert str(finding.late_by) == late


@pytest.mark.parametrize(
    ("further", "as_at", "record", "expected"),
    [
        # Due on Wednesday 8 May 2024 and never kept.
        ("", "2024-05-07", "complete", PENDING),
        ("", "2024-05-08", "complete", PENDING),
        ("", "2024-05-09", "complete", OVERDUE),
        ("", "2024-05-08", "partial", PENDING),
        ("", "2024-05-09", "partial", NOT_RECORDED),
        # Looked for and not found: not kept, whatever the record may lack.
        (ABSENT, "2024-05-08", "partial", PENDING),
        (ABSENT, "2024-05-09", "partial", OVERDUE),
        (ABSENT, "2024-05-09", "complete", OVERDUE),
        # Said to have been kept: on the day, and a day late.
        (kept("2024-05-08", ", evidence: claimed"), "2024-06-01", "complete", NOT_SHOWN),
        (kept("2024-05-08", ", evidence: claimed"), "2024-06-01", "partial", NOT_SHOWN),
        (kept("2024-05-09", ", evidence: claimed"), "2024-06-01", "complete", LATE),
        (kept("2024-05-09", ", evidence: claimed"), "2024-06-01", "partial", LATE),
        # Kept for all to see in a partial record.
        (kept("2024-05-08"), "2024-06-01", "partial", IN_TIME),
        (kept("2024-05-09"), "2024-06-01", "partial", LATE),
        # On some day that nobody knows.
        (kept("unknown"), "2024-06-01", "complete", IMPRECISE),
        # Another promise that was kept says nothing of this one.
        (
            "{date: 2024-05-08, event: commitment met, of: q}",
            "2024-06-01",
            "complete",
            OVERDUE,
        ),
    ],
)
def test_a_promise_kept_claimed_absent_and_open(
    further: str, as_at: str, record: str, expected: Outcome
) -> None:
    events = promise("date: 2024-05-03, within: 2 working days", further)
    if "of: q" in further:
        events += "- {date: 2024-05-03, event: commitment, id: q, due: 2024-05-08}\n"
        case = judge(events, as_at=as_at, record=record)
        assert sorted(outcomes(case, "keep-promises")) == sorted([expected, IN_TIME])
        return
    assert outcomes(judge(events, as_at=as_at, record=record), "keep-promises") == [expected]


@pytest.mark.parametrize(
    ("further", "record", "expected"),
    [
        ("", "complete", NO_DATE),
        ("", "partial", NO_DATE),
        (kept("2024-05-20"), "partial", IN_TIME),
        (kept("2024-05-20", ", evidence: claimed"), "complete", NOT_SHOWN),
        (ABSENT, "partial", NOT_KEPT),
        (ABSENT, "complete", NOT_KEPT),
    ],
)
def test_a_promise_without_a_date(further: str, record: str, expected: Outcome) -> None:
    case = judge(promise("date: 2024-05-03", further), record=record)
    assert outcomes(case, "keep-promises") == [expected]


@pytest.mark.parametrize(
    ("keys", "further", "as_at", "expected"),
    [
        # Due on 20 May or earlier: only the last day is known.
        ("due: ../2024-05-20", kept("2024-05-21"), "2024-06-01", LATE),
        ("due: ../2024-05-20", kept("2024-05-20"), "2024-06-01", IMPRECISE),
        ("due: ../2024-05-20", "", "2024-06-01", OVERDUE),
        ("due: ../2024-05-20", "", "2024-05-20", IMPRECISE),
        ("due: 2024-05-20/..", kept("2024-05-20"), "2024-06-01", IN_TIME),
        ("due: 2024-05-20/..", kept("2024-05-21"), "2024-06-01", IMPRECISE),
        ("due: 2024-05-20/..", "", "2024-05-20", PENDING),
        ("due: 2024-06", kept("2024-06-01"), "2024-07-01", IN_TIME),
        ("due: 2024-06", kept("2024-06-02"), "2024-07-01", IMPRECISE),
        ("due: 2024-06", kept("2024-07-01"), "2024-07-01", LATE),
        # A date was given, and nobody knows which.
        ("due: unknown", kept("2024-05-21"), "2024-06-01", IMPRECISE),
        ("due: unknown", "", "2024-06-01", IMPRECISE),
    ],
)
def test_a_due_date_that_is_known_roughly(
    keys: str, further: str, as_at: str, expected: Outcome
) -> None:
    case = judge(promise(f"date: 2024-05-03, {keys}", further), as_at=as_at)
    assert outcomes(case, "keep-promises") == [expected]


@pytest.mark.parametrize("keys", ["due: 2024-05-20", "within: 1 week", "promises: action"])
def test_a_promise_kept_before_it_was_made_is_not_told_as_kept(keys: str) -> None:
    case = judge(promise(f"date: 2024-05-03, {keys}", kept("2024-05-02")))
    assert outcomes(case, "keep-promises") == [("cannot-tell", "impossible-order")]
    on_the_day = judge(promise(f"date: 2024-05-03, {keys}", kept("2024-05-03")))
    assert outcomes(on_the_day, "keep-promises") == [IN_TIME]


@pytest.mark.parametrize(
    ("reply", "record", "expected"),
    [
        ("2024-05-20 stage 2 response", "complete", IN_TIME),
        ("2024-05-21 stage 2 response", "complete", LATE),
        ("2024-05-20 supplementary response", "complete", IN_TIME),
        ("{date: 2024-05-20, event: stage 2 response, evidence: claimed}", "complete", NOT_SHOWN),
        # What is not the full response keeps no promise of one; nor does one sent before it.
        ("2024-05-20 holding response", "complete", OVERDUE),
        ("2024-05-20 provisional response", "complete", OVERDUE),
        ("{date: 2024-05-20, event: stage 2 response, sent: no}", "complete", OVERDUE),
        ("2024-05-20 update", "complete", OVERDUE),
        ("2024-05-20 update", "partial", NOT_RECORDED),
        ("", "complete", OVERDUE),
        # Looked for and not shown: somebody has judged it already.
        (ABSENT, "complete", OVERDUE),
    ],
)
def test_a_promise_of_a_response_is_kept_by_the_next_full_response(
    reply: str, record: str, expected: Outcome
) -> None:
    events = promise("date: 2024-05-03, due: 2024-05-20, promises: response", reply)
    assert outcomes(judge(events, record=record), "keep-promises") == [expected]


def test_a_promise_made_on_an_unknown_day_has_no_due_date_that_is_known() -> None:
    case = judge(promise("date: unknown, within: 1 week", kept("2024-05-21")))
    assert outcomes(case, "keep-promises") == [IMPRECISE]


def test_the_one_keeping_belongs_to_the_one_promise_though_it_does_not_say_so() -> None:
    events = COMPLAINT + "- {date: 2024-05-03, event: promise, due: 2024-05-20}\n"
    assert outcomes(judge(events + "- 2024-05-20 promise kept"), "keep-promises") == [IN_TIME]
    assert outcomes(judge(events + "- 2024-05-21 promise kept"), "keep-promises") == [LATE]


def test_a_keeping_that_may_be_of_either_promise_leaves_both_open() -> None:
    events = COMPLAINT + "".join(
        f"- {line}\n"
        for line in (
            "{date: 2024-05-03, event: promise, due: 2024-05-20}",
            "{date: 2024-05-03, event: promise, due: 2024-05-13}",
            "2024-05-13 promise kept",
        )
    )
    case = judge(events)
    assert outcomes(case, "keep-promises") == [NOT_RECORDED, NOT_RECORDED]
    for one in of(case, "keep-promises"):
        assert one.settled_by is not None
        assert "of:" in one.settled_by.add


@pytest.mark.parametrize(
    "other",
    [
        # One made only afterwards, and one that another keeping is of.
        ["{date: 2024-05-21, event: promise, due: 2024-08-30}"],
        [
            "{date: 2024-05-03, event: promise, id: q, due: 2024-05-31}",
            "{date: 2024-05-29, event: promise kept, of: q}",
        ],
    ],
)
def test_a_keeping_that_can_only_be_of_one_promise_is_of_that(other: list[str]) -> None:
    events = COMPLAINT + "".join(
        f"- {line}\n"
        for line in (
            "{date: 2024-05-03, event: promise, due: 2024-05-20}",
            "2024-05-20 promise kept",
            *other,
        )
    )
    (finding, _) = of(judge(events, as_at="2024-06-03"), "keep-promises")
    assert (finding.verdict, days(finding)[2]) == ("met", "2024-05-20")


def test_a_promise_said_to_have_been_kept_late_says_so_in_its_headline() -> None:
    case = judge(
        promise("date: 2024-05-03, due: 2024-05-20", kept("2024-05-21", ", evidence: claimed"))
    )
    finding = the(case, "keep-promises")
    assert (finding.verdict, finding.reason) == LATE
    assert "late" in finding.headline or finding.late_by is not None


def test_a_saturday_promise_kept_on_monday_is_two_days_and_one_working_day_late() -> None:
    case = judge(promise("date: 2024-05-03, due: 2024-05-18", kept("2024-05-20")))
    finding = the(case, "keep-promises")
    assert str(finding.days_late) == "2"
    assert str(finding.late_by) == "1"
    # 7 to 10 May (4), 13 to 17 May (9), 20 May (10).
    assert str(finding.working_days) == "10"


@pytest.mark.parametrize(
    ("updates", "as_at", "silence"),
    [
        # From Friday 3 May to Monday 20 May 2024: 7 to 10 (4), 13 to 17 (9), 20 May (10).
        (["2024-05-20"], "2024-05-21", "10 working days"),
        # Then nothing until the record was taken on 20 June: 21 to 24 May (4), 28 to 31 (8),
        # 3 to 7 June (13), 10 to 14 (18), 17 to 20 June (22).
        (["2024-05-20"], "2024-06-20", "22 working days"),
        # Two updates: 10 working days, then 21 to 24 May (4) and the 28th (5).
        (["2024-05-20", "2024-05-28"], "2024-05-29", "10 working days"),
        # None at all, to 9 May: 7, 8 and 9 May.
        ([], "2024-05-09", "3 working days"),
    ],
)
def test_the_longest_silence_after_a_promise_of_updates(
    updates: list[str], as_at: str, silence: str
) -> None:
    events = promise("date: 2024-05-03, promises: updates", *[f"{day} update" for day in updates])
    assert silence in the(judge(events, as_at=as_at), "keep-promises").says


def test_a_silence_ends_where_the_complaint_or_the_promise_does() -> None:
    # From 3 May to 20 May 2024 is 10 working days; from there to the end is shorter.
    for end in ("2024-05-28 complaint closed", kept("2024-05-28"), "2024-05-28 withdrawn"):
        events = promise("date: 2024-05-03, promises: updates", "2024-05-20 update", end)
        says = the(judge(events, as_at="2025-05-20"), "keep-promises").says
        assert "10 working days" in says


def test_a_partial_record_is_not_read_as_silence_after_its_last_entry() -> None:
    events = promise("date: 2024-05-03, promises: updates", "2024-05-20 update")
    says = the(judge(events, as_at="2025-05-20", record="partial"), "keep-promises").says
    assert "10 working days" in says


def test_a_silence_of_one_working_day_is_said_as_one() -> None:
    events = promise("date: 2024-05-03, promises: updates", "2024-05-07 update")
    says = the(judge(events, as_at="2024-05-07"), "keep-promises").says
    assert "1 working day," in says


def test_an_answer_ends_a_silence_as_an_update_does() -> None:
    # 3 May to 20 May is 10 working days; 20 May to 31 May is 4 and 4.
    events = """
    - 2024-05-01 complaint received
    - 2024-05-02 complaint acknowledged
    - {date: 2024-05-03, event: commitment, promises: updates}
    - 2024-05-20 stage 1 response
    """
    says = the(judge(events, as_at="2024-05-31"), "keep-promises").says
    assert "10 working days" in says


@pytest.mark.parametrize(
    ("received", "rulebook", "clause"),
    [
        ("2024-04-15", "housing-ombudsman-2024", "7.3"),
        ("2023-04-17", "housing-ombudsman-2022", "6.5"),
        ("2021-04-19", "", ""),
    ],
)
def test_a_promise_is_judged_under_every_edition_by_its_own_words(
    received: str, rulebook: str, clause: str
) -> None:
    year = received[:4]
    events = f"""
    - {received} complaint received
    - {{date: {year}-05-05, event: commitment, id: p, due: {year}-05-20}}
    - {{date: {year}-05-21, event: commitment met, of: p}}
    """
    finding = the(judge(events), "keep-promises")
    assert (finding.verdict, finding.standard) == ("breach", "promise")
    assert (finding.rulebook, finding.clause) == (rulebook, clause)


def test_several_promises_are_judged_each_by_itself() -> None:
    events = COMPLAINT + "\n".join(
        [
            "- {date: 2024-05-03, event: commitment, id: a, due: 2024-05-10}",
            "- {date: 2024-05-03, event: commitment, id: b, due: 2024-05-10}",
            "- {date: 2024-05-03, event: commitment, id: c, due: 2024-05-10}",
            "- {date: 2024-05-10, event: commitment met, of: a}",
            "- {date: 2024-05-13, event: commitment met, of: b}",
        ]
    )
    case = judge(events, as_at="2024-05-20")
    assert outcomes(case, "keep-promises") == [IN_TIME, LATE, OVERDUE]


def test_a_broken_promise_fails_the_run_and_a_pending_one_does_not() -> None:
    events = promise("date: 2024-05-03, within: 1 week", "2024-05-06 escalation requested")
    late = report_on(events, as_at="2024-05-11")
    assert exit_code(late) == 1
    open_still = report_on(events, as_at="2024-05-10")
    assert exit_code(open_still) == 0


# --- orders --------------------------------------------------------------------------------


def order(day: str, keys: str, *further: str) -> str:
    lines = "".join(f"- {line}\n" for line in further if line)
    return (
        COMPLAINT
        + f"- {day} determination\n"
        + f"- {{date: {day}, event: order, id: o, {keys}}}\n"
        + lines
    )


def complied(day: str, keys: str = "") -> str:
    return f"{{date: {day}, event: order complied, of: o{keys}}}"


@pytest.mark.parametrize(
    ("day", "keys", "done", "due", "expected", "late"),
    [
        # Calendar time: 4 weeks over Christmas 2024 are 28 days.
        ("2024-12-12", "within: 4 weeks", "2025-01-09", "2025-01-09", IN_TIME, None),
        ("2024-12-12", "within: 4 weeks", "2025-01-10", "2025-01-09", LATE, "1"),
        ("2024-12-12", "within: 28 days", "2025-01-09", "2025-01-09", IN_TIME, None),
        ("2024-12-12", "within: 28 days", "2025-01-11", "2025-01-09", LATE, "2"),
        # 12 weeks from 12 December: 84 days, 19 in December, 31, 28 and 6.
        ("2024-12-12", "within: 12 weeks", "2025-03-06", "2025-03-06", IN_TIME, None),
        ("2024-12-12", "within: 12 weeks", "2025-03-07", "2025-03-06", LATE, "1"),
        # A month from 31 January; three months from 30 November.
        ("2025-01-31", "within: 1 month", "2025-02-28", "2025-02-28", IN_TIME, None),
        ("2025-01-31", "within: 1 month", "2025-03-01", "2025-02-28", LATE, "1"),
        ("2024-11-30", "within: 3 months", "2025-02-28", "2025-02-28", IN_TIME, None),
        ("2024-11-30", "within: 3 months", "2025-03-01", "2025-02-28", LATE, "1"),
        # A named date, a Sunday among them.
        ("2025-01-31", "due: 2025-03-02", "2025-03-02", "2025-03-02", IN_TIME, None),
        ("2025-01-31", "due: 2025-03-02", "2025-03-03", "2025-03-02", LATE, "1"),
        # Done on a day known roughly.
        (
            "2024-12-12",
            "within: 4 weeks",
            "2025-01-08/2025-01-10",
            "2025-01-09",
            IMPRECISE,
            None,
        ),
        ("2024-12-12", "within: 4 weeks", "2025-01", "2025-01-09", IMPRECISE, None),
        ("2024-12-12", "within: 4 weeks", "2025-02", "2025-01-09", LATE, "23 to 50"),
    ],
)
def test_an_order_runs_in_calendar_time(
    day: str, keys: str, done: str, due: str, expected: Outcome, late: str | None
) -> None:
    finding = the(judge(order(day, keys, complied(done))), "comply-with-orders")
    assert (finding.verdict, finding.reason) == expected
    assert finding.standard == "order"
    assert days(finding)[1] == due
    if late is not None:
        assert str(finding.days_late) == late


@pytest.mark.parametrize(
    ("further", "as_at", "record", "expected"),
    [
        ("", "2025-01-09", "complete", PENDING),
        ("", "2025-01-10", "complete", OVERDUE),
        ("", "2025-01-10", "partial", NOT_RECORDED),
        (complied("2025-01-09", ", evidence: claimed"), "2025-02-01", "complete", NOT_SHOWN),
        (complied("2025-01-10", ", evidence: claimed"), "2025-02-01", "complete", LATE),
        ("{event: order complied, of: o, evidence: absent}", "2025-02-01", "partial", OVERDUE),
    ],
)
def test_an_order_complied_with_claimed_absent_and_open(
    further: str, as_at: str, record: str, expected: Outcome
) -> None:
    case = judge(order("2024-12-12", "within: 4 weeks", further), as_at=as_at, record=record)
    assert outcomes(case, "comply-with-orders") == [expected]


def test_an_order_by_a_named_day_is_late_in_calendar_days() -> None:
    # Friday 28 February to Monday 3 March 2025.
    finding = the(
        judge(order("2025-01-31", "due: 2025-02-28", complied("2025-03-03"))), "comply-with-orders"
    )
    assert (str(finding.late_by), str(finding.days_late)) == ("3", "3")


def test_each_order_of_a_determination_is_judged_by_itself() -> None:
    # 4 weeks from 12 December is 9 January, 6 weeks 23 January.
    events = order(
        "2024-12-12",
        "within: 4 weeks",
        "{date: 2024-12-12, event: order, id: review, within: 6 weeks}",
        complied("2025-01-08"),
    )
    case = judge(events, as_at="2025-01-24")
    assert outcomes(case, "comply-with-orders") == [IN_TIME, OVERDUE]
    assert [days(one)[1] for one in of(case, "comply-with-orders")] == ["2025-01-09", "2025-01-23"]


# --- going to the Ombudsman ----------------------------------------------------------------


def final(day: str, *further: str, received: str = "") -> str:
    year = int(day[:4])
    lines = "".join(f"- {line}\n" for line in further if line)
    return (
        f"- {received or f'{year - 1}-12-01'} complaint received\n"
        f"- {received or f'{year - 1}-12-01'} complaint acknowledged\n"
        f"- {day} stage 2 response\n" + lines
    )


@pytest.mark.parametrize(
    ("day", "referral", "as_at", "received", "expected", "until"),
    [
        # 2024: 12 months from Wednesday 24 July 2024.
        ("2024-07-24", "2025-07-24", "2026-01-01", "2024-05-13", "met", "2025-07-24"),
        ("2024-07-24", "2025-07-25", "2026-01-01", "2024-05-13", "not-applicable", "2025-07-24"),
        ("2024-07-24", "2024-07-24", "2026-01-01", "2024-05-13", "met", "2025-07-24"),
        ("2024-07-24", "2025-07", "2026-01-01", "2024-05-13", "cannot-tell", "2025-07-24"),
        ("2024-07-24", "", "2025-07-24", "2024-05-13", "pending", "2025-07-24"),
        # Month ends.
        ("2024-02-29", "2025-02-28", "2026-01-01", "2023-12-01", "met", "2025-02-28"),
        ("2024-02-29", "2025-03-01", "2026-01-01", "2023-12-01", "not-applicable", "2025-02-28"),
        # Until 30 September 2022, only 8 weeks after the final response: 4 May and 56 days.
        ("2022-05-04", "2022-06-29", "2023-01-01", "2022-04-04", "met", "2023-05-04"),
        ("2022-05-04", "2022-06-28", "2023-01-01", "2022-04-04", "cannot-tell", "2023-05-04"),
        ("2021-10-22", "2021-12-17", "2023-01-01", "2021-01-19", "met", "2022-10-22"),
        ("2021-10-22", "2021-12-16", "2023-01-01", "2021-01-19", "cannot-tell", "2022-10-22"),
        # On a day known roughly, perhaps before the 8 weeks were up.
        (
            "2022-05-04",
            "2022-06-20/2022-07-05",
            "2023-01-01",
            "2022-04-04",
            "cannot-tell",
            "2023-05-04",
        ),
        # From 1 October 2022 at once.
        ("2022-09-15", "2022-09-30", "2023-01-01", "2022-07-04", "cannot-tell", "2023-09-15"),
        ("2022-09-15", "2022-10-01", "2023-01-01", "2022-07-04", "met", "2023-09-15"),
    ],
)
def test_the_residents_time_to_go_to_the_ombudsman(
    day: str, referral: str, as_at: str, received: str, expected: str, until: str
) -> None:
    events = final(day, referral and f"{referral} ombudsman referral", received=received)
    finding = the(judge(events, as_at=as_at), "go-to-ombudsman", "code")
    assert finding.verdict == expected
    assert days(finding)[1].split("..")[-1] == until


@pytest.mark.parametrize("by", ["councillor", "MP", "designated person", "Designated Person"])
def test_a_designated_person_need_not_wait(by: str) -> None:
    events = final(
        "2022-05-04",
        f"{{date: 2022-06-01, event: ombudsman referral, by: {by}}}",
        received="2022-04-04",
    )
    assert outcomes(judge(events), "go-to-ombudsman") == [IN_TIME]


def test_an_approach_before_the_final_response_is_not_the_referral() -> None:
    # 31 May and 12 months: 31 May 2025.
    events = final(
        "2024-05-31",
        "2024-05-20 ombudsman referral",
        "2025-05-31 ombudsman referral",
        received="2024-05-01",
    )
    finding = the(judge(events), "go-to-ombudsman")
    assert (finding.verdict, days(finding)[2]) == ("met", "2025-05-31")


def test_the_time_does_not_run_from_a_response_that_was_not_sent() -> None:
    events = final("2024-05-31", received="2024-05-01").replace(
        "- 2024-05-31 stage 2 response",
        "- {date: 2024-05-31, event: stage 2 response, sent: no}",
    )
    assert not of(judge(events, as_at="2024-07-01"), "go-to-ombudsman")


def test_the_residents_time_is_never_a_breach_and_fails_nothing() -> None:
    events = """
    - 2024-05-13 complaint received
    - 2024-05-14 complaint acknowledged
    - 2024-05-20 stage 1 response
    - 2024-05-21 escalation requested
    - 2024-05-22 escalation acknowledged
    - 2024-05-31 stage 2 response
    - 2025-08-01 ombudsman referral
    """
    report = report_on(events)
    assert report.summary["breach"] == 0
    assert exit_code(report) == 0


def test_the_time_runs_from_the_last_stage_there_was() -> None:
    events = final("2021-10-22", "2021-11-01 stage 3 requested", "2021-11-25 stage 3 response")
    events = events.replace("2020-12-01", "2021-09-01")
    finding = the(judge(events, as_at="2022-03-01"), "go-to-ombudsman")
    assert days(finding)[1].split("..")[-1] == "2022-11-25"


def test_before_a_final_response_there_is_no_time_to_speak_of() -> None:
    assert not of(judge(COMPLAINT), "go-to-ombudsman")


def test_what_comes_after_the_final_response_is_no_silence_of_a_promise() -> None:
    # 10 June to 8 July 2025 is 20 working days; what came after the response of 8 July is not
    # counted, though nothing was told from then to 30 September.
    case = judge(
        """
        - 2025-06-02 complaint received
        - {date: 2025-06-10, event: commitment, id: p, by: landlord, promises: updates}
        - 2025-06-11 escalation requested
        - {date: 2025-07-08, event: stage 2 response, by: landlord}
        """,
        as_at="2025-09-30",
    )
    (promise,) = [one for one in case.findings if one.standard == "promise"]
    assert "The longest silence was 20 working days, from 10 June 2025 to 8 July 2025" in (
        promise.says
    )
