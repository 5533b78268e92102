"""Five published determinations: all that is not an acknowledgement, answer or repair clock.

Each case names its row. The figures are those worked out by hand from the reports.
"""

from functools import cache
from pathlib import Path

import pytest

from tests.helpers.judging import days, not_examined, of, outcomes, recorded
from timeliness import Case, Finding, check, load_timelines

SAMPLES = Path(__file__).parent.parent / "samples" / "determinations"

LUTON = "202229082"
MTVH_788, MTVH_230, MTVH_516, MTVH_SECOND = "202319788", "202224230", "202334516", "00236471"
SOUTHWARK = "202113700"


@cache
def cases() -> dict[str, Case]:
    report = check(*load_timelines(SAMPLES))
    assert not report.unchecked
    return {case.timeline.complaint: case for case in report.cases}


def named(complaint: str, rule: str, name: str) -> Finding:
    (found,) = [one for one in of(cases()[complaint], rule) if f"({name})" in one.title]
    return found


@pytest.mark.parametrize(
    ("complaint", "name", "start", "due", "done", "verdict", "late"),
    [
        pytest.param(
            LUTON,
            "further-points",
            "2022-12-09",
            "2022-12-16",
            "2022-12-16",
            "met",
            None,
            id="Luton: promise of 9 Dec 2022: the other points within a week",
        ),
        pytest.param(
            LUTON,
            "training",
            "2022-09-16",
            "2022-12-31",
            "2023-08-01..2023-12-31",
            "breach",
            None,
            id="Luton: promise of 16 Sep 2022: equality training by the end of the year",
        ),
        pytest.param(
            MTVH_516,
            "contact-after-3-may",
            "2023-05-03",
            "2023-05-05",
            "",
            "breach",
            None,
            id="MTVH 202334516: promise of 3 May 2023: contact within 2 wd",
        ),
        pytest.param(
            MTVH_516,
            "reply-after-11-may",
            "2023-05-11",
            "2023-05-15",
            "",
            "breach",
            None,
            id="MTVH 202334516: promise of 11 May 2023: respond within 2 wd",
        ),
        pytest.param(
            SOUTHWARK,
            "stage-2-by-11-october",
            "2021-09-14",
            "2021-10-11",
            "2021-10-21..2021-10-22",
            "breach",
            "8 to 9",
            id="Southwark: promise of 14 Sep 2021: response by 11 Oct",
        ),
        pytest.param(
            SOUTHWARK,
            "works-start",
            "2021-06-28",
            "2021-06-30",
            "2021-07-01",
            "breach",
            "1",
            id="Southwark: promise of 28 Jun 2021: works start 30 Jun",
        ),
        pytest.param(
            SOUTHWARK,
            "keep-updated",
            "2021-02-11",
            "",
            "",
            "breach",
            None,
            id="Southwark: promise in the stage 1 response: keep updated",
        ),
        pytest.param(
            SOUTHWARK,
            "consider-redress",
            "2021-10-11",
            "",
            "",
            "breach",
            None,
            id="Southwark: promise of 11 Oct 2021: consider redress",
        ),
    ],
)
def test_a_promise(
    complaint: str, name: str, start: str, due: str, done: str, verdict: str, late: str | None
) -> None:
    finding = named(complaint, "keep-promises", name)
    assert finding.standard == "promise"
    assert (*days(finding), finding.verdict) == (start, due, done, verdict)
    if late is not None:
        assert str(finding.late_by) == late


def test_luton_the_further_points_took_five_working_days() -> None:
    assert str(named(LUTON, "keep-promises", "further-points").working_days) == "5"


def test_southwark_keep_updated_was_a_silence_of_93_working_days() -> None:
    says = named(SOUTHWARK, "keep-promises", "keep-updated").says
    assert "93 working days" in says
    assert "11 February 2021" in says
    assert "28 June 2021" in says


def test_mtvh_202334516_a_promise_of_an_update_has_no_date() -> None:
    finding = named(MTVH_516, "keep-promises", "next-steps")
    assert (finding.verdict, finding.reason, finding.due) == ("cannot-tell", "no-date", None)


@pytest.mark.parametrize(
    ("complaint", "name", "start", "due"),
    [
        pytest.param(
            LUTON, "order-pay", "2024-06-28", "2024-07-26",
            id="Luton: order: pay (4 weeks)",
        ),
        pytest.param(
            MTVH_788, "order-pay", "2025-03-19", "2025-04-16",
            id="MTVH 202319788: order: apology, payment, reminder to staff (4 weeks)",
        ),
        pytest.param(
            MTVH_788, "order-review", "2025-03-19", "2025-04-30",
            id="MTVH 202319788: order: review of communication (6 weeks)",
        ),
        pytest.param(
            MTVH_230, "order-comply", "2023-09-08", "2023-10-06",
            id="MTVH 202224230: order: evidence compliance (28 days)",
        ),
        pytest.param(
            MTVH_516, "order-pay", "2025-04-25", "2025-05-23",
            id="MTVH 202334516: order: pay (4 weeks)",
        ),
        pytest.param(
            SOUTHWARK, "order-pay", "2023-08-31", "2023-09-28",
            id="Southwark: orders (4 weeks)",
        ),
        pytest.param(
            SOUTHWARK, "order-review", "2023-08-31", "2023-11-23",
            id="Southwark: orders (12 weeks)",
        ),
    ],
)  # fmt: skip
def test_an_order(complaint: str, name: str, start: str, due: str) -> None:
    finding = named(complaint, "comply-with-orders", name)
    assert finding.standard == "order"
    # As at the day of the report itself.
    assert (*days(finding), finding.verdict) == (start, due, "", "pending")


@pytest.mark.parametrize(
    ("complaint", "rule", "rulebook", "verdict", "words"),
    [
        pytest.param(
            LUTON, "stage-1-letter", "housing-ombudsman-2022", "met", "the stage",
            id="Luton: stage 1 letter, Code 5.8: all seven items",
        ),
        pytest.param(
            SOUTHWARK, "stage-1-letter", "housing-ombudsman-2020", "breach", "how to escalate",
            id="Southwark: stage 1 letter, 2020 form 4.4: how to escalate, missing",
        ),
    ],
)  # fmt: skip
def test_a_letter(complaint: str, rule: str, rulebook: str, verdict: str, words: str) -> None:
    (finding,) = of(cases()[complaint], rule)
    assert (finding.rulebook, finding.verdict) == (rulebook, verdict)
    assert words in finding.says


@pytest.mark.parametrize(
    ("complaint", "rule", "line_of", "words"),
    [
        pytest.param(
            SOUTHWARK, "conflicting-dates", "complaint received",
            ["19 January 2021", "21 January 2021"],
            id="Southwark: received 19 January (the email) or 21 January 2021",
        ),
        pytest.param(
            SOUTHWARK, "conflicting-dates", "stage 2 response",
            ["21 October 2021", "22 October 2021"],
            id="Southwark: final response 21 or 22 October",
        ),
        pytest.param(
            SOUTHWARK, "conflicting-dates", "contact",
            ["10 February 2021", "11 February 2021"],
            id="Southwark: call of 10 or 11 February",
        ),
        pytest.param(
            SOUTHWARK, "conflicting-dates", "repair completed",
            ["20 January 2021", "25 January 2021"],
            id="Southwark: repair of 20 or 25 January",
        ),
        pytest.param(
            SOUTHWARK, "conflicting-dates", "monitors fitted",
            ["14 July 2021", "August 2021"],
            id="Southwark: monitors fitted in July or August",
        ),
        pytest.param(
            SOUTHWARK, "outcome-changed", "stage 2 response",
            ["upheld", "partly upheld", "provisional"],
            id="Southwark: the outcome changed from upheld to partly upheld without a reason",
        ),
        pytest.param(
            SOUTHWARK, "unanswered", "contact", ["11 February 2021"],
            id="Southwark: a reply of dissatisfaction on 11 February 2021, never answered",
        ),
        pytest.param(
            SOUTHWARK, "turned-away", "contact", ["15 September 2021"],
            id="Southwark: a further complaint turned away on 15 September 2021",
        ),
        pytest.param(
            SOUTHWARK, "provisional-response", "provisional response", ["11 October 2021"],
            id="Southwark: 11 Oct brought a provisional decision, which stops no clock",
        ),
        pytest.param(
            SOUTHWARK, "not-evidenced", "complaint acknowledged", ["21 January 2021"],
            id="Southwark: acknowledged 21 Jan 2021, claimed",
        ),
        pytest.param(
            MTVH_516, "impossible-order", "stage 2 response",
            ["13 November 2023", "15 November 2023"],
            id="MTVH 202334516: a lock of 15 November in a response of 13 November 2023",
        ),
        pytest.param(
            MTVH_230, "offer-after-final-response", "compensation offered",
            ["10 July 2023", "21 December 2022", "Ombudsman"],
            id="MTVH 202224230: a post-final offer, and only to the Ombudsman",
        ),
        pytest.param(
            LUTON, "conflicting-dates", "contact", ["June 2022", "August 2022"],
            id="Luton: the earlier complaint is dated June and August 2022",
        ),
        pytest.param(
            LUTON, "supplementary-response", "supplementary response", ["16 December 2022"],
            id="Luton: two points answered only in the supplementary response of 16 December",
        ),
        pytest.param(
            MTVH_788, "not-found", "contact", ["Handling of the repairs appointment 1"],
            id="MTVH 202319788: no confirmation of the appointment of 4 August",
        ),
        pytest.param(
            MTVH_788, "not-evidenced", "repair completed", ["9 August 2023"],
            id="MTVH 202319788: no record of the repair of 9 August",
        ),
        pytest.param(
            MTVH_788, "not-found", "contact", ["Handling of the repairs appointment 5"],
            id="MTVH 202319788: no record of asking the operative",
        ),
        pytest.param(
            MTVH_788, "thin-record", "contact", ["1 September 2023"],
            id="MTVH 202319788: a call of 1 September 2023 barely recorded",
        ),
    ],
)  # fmt: skip
def test_a_finding_about_the_record(
    complaint: str, rule: str, line_of: str, words: list[str]
) -> None:
    case = cases()[complaint]
    (finding,) = [
        one for one in of(case, rule, "record") if all(word in one.says for word in words)
    ]
    (event,) = [one for one in case.timeline.events if one.line == finding.line]
    assert event.name == line_of
    expected = (
        ("not-applicable", "stops-no-clock")
        if rule.endswith("-response") and rule.startswith(("provisional", "supplementary"))
        else ("cannot-tell", finding.reason)
    )
    assert (finding.verdict, finding.reason) == expected


def test_southwark_five_requests_to_escalate_and_none_acknowledged_before_14_september() -> None:
    (says,) = recorded(cases()[SOUTHWARK])["requests-unanswered"]
    for day in ("29 June", "21 July", "26 July", "15 August", "4 September", "14 September"):
        assert day in says
    assert "5 requests" in says


def test_southwark_has_no_conflict_that_the_report_does_not_hold() -> None:
    told = recorded(cases()[SOUTHWARK])
    assert len(told["conflicting-dates"]) == 5
    assert "impossible-order" not in told
    assert "entered-twice" not in told


def test_mtvh_202334516_a_lock_fitted_is_the_one_impossible_order() -> None:
    assert len(recorded(cases()[MTVH_516])["impossible-order"]) == 1


def test_mtvh_202334516_a_further_complaint_treated_as_an_escalation() -> None:
    case = cases()[MTVH_516]
    assert outcomes(case, "stage-2-in-order") == [("met", "as-required")]
    (clock,) = of(case, "stage-2-response", "code")
    # As a new complaint it is shown and does not decide: due 14 November or later.
    (shown,) = [one for one in clock.readings if not one.decides]
    assert shown.as_new_complaint
    assert str(shown.due.earliest) == "2023-11-14"
    assert shown.verdict == "met"


def test_mtvh_202224230_referral_on_11_january_2023_within_12_months() -> None:
    (finding,) = of(cases()[MTVH_230], "go-to-ombudsman")
    assert (*days(finding)[1:], finding.verdict) == ("2023-12-21", "2023-01-11", "met")


def test_luton_referral_in_march_2023_within_12_months() -> None:
    (finding,) = of(cases()[LUTON], "go-to-ombudsman")
    assert finding.verdict == "met"
    assert days(finding)[1] == "2023-12-09"


@pytest.mark.parametrize(
    ("complaint", "listed"),
    [
        # What the report says nothing of, in editions that ask for it.
        (LUTON, {"stage-2-letter", "stage-2-person", "escalation-letter"}),
        (MTVH_788, {"stage-1-letter", "stage-2-letter", "stage-2-person"}),
        (MTVH_230, {"stage-1-letter", "stage-2-letter", "stage-2-person"}),
        (MTVH_516, {"stage-1-letter", "stage-2-letter", "stage-2-person"}),
        (MTVH_SECOND, {"stage-1-letter"}),
    ],
)
def test_what_no_report_mentions_is_listed_and_not_found_against_anyone(
    complaint: str, listed: set[str]
) -> None:
    case = cases()[complaint]
    assert listed <= not_examined(case)
    assert not listed & {one.rule for one in case.findings}


@pytest.mark.parametrize(
    ("complaint", "breaches"),
    [
        (LUTON, ["keep-promises"]),
        (MTVH_788, []),
        (MTVH_230, []),
        (MTVH_516, ["keep-promises", "keep-promises"]),
        (MTVH_SECOND, []),
        (SOUTHWARK, ["stage-1-letter", *["keep-promises"] * 4]),
    ],
)
def test_no_breach_but_those_of_the_rows(complaint: str, breaches: list[str]) -> None:
    found = [
        one.rule
        for one in cases()[complaint].findings
        if one.verdict == "breach" and not one.readings
    ]
    assert sorted(found) == sorted(breaches)
