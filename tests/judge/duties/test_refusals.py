"""Refusals: of a complaint and of an escalation, on a ground of exclusion and told in full.

A matter may be too old after 6 months (2022) or 12 months (2024), in calendar months: a day that a
month lacks is its last day.
"""

import pytest

from tests.helpers.judging import Outcome, judge, not_examined, of, outcomes, the

MET = [("met", "as-required")]
BREACH = [("breach", "not-as-required")]
NOT_RECORDED = [("cannot-tell", "not-recorded")]
IMPRECISE = [("cannot-tell", "imprecise-date")]
NOTHING: list[Outcome] = []

TOLD = "in_writing: yes, ombudsman_details: yes"


def refused(received: str, keys: str, arose: str = "", evidence: str = "") -> str:
    arose = arose and f", arose: {arose}"
    return f"""
    - {{date: {received}, event: complaint received{arose}}}
    - {{date: {received[-10:]}, event: complaint refused{keys and ", "}{keys}{evidence}}}
    """


def escalation_refused(keys: str, year: int = 2024) -> str:
    return f"""
    - {year}-06-07 complaint received
    - {year}-06-10 complaint acknowledged
    - {year}-06-14 stage 1 response
    - {year}-06-17 escalation requested
    - {{date: {year}-06-18, event: escalation refused, {keys}}}
    """


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        (f"grounds: legal proceedings, {TOLD}", MET),
        (f"grounds: already considered, {TOLD}", MET),
        (f"grounds: other, {TOLD}", BREACH),
        (f"grounds: none given, {TOLD}", BREACH),
        # Not in writing; not told of the Ombudsman.
        ("grounds: already considered, in_writing: no, ombudsman_details: yes", BREACH),
        ("grounds: already considered, in_writing: yes, ombudsman_details: no", BREACH),
        # One thing is not recorded, and the others are as they must be.
        ("grounds: already considered, in_writing: yes", NOT_RECORDED),
        ("grounds: already considered, ombudsman_details: yes", NOT_RECORDED),
        (TOLD, NOT_RECORDED),
        # One is not recorded, and another is not as it must be.
        ("grounds: other, in_writing: yes", BREACH),
        ("in_writing: no", BREACH),
        # Nothing of it is recorded.
        ("", NOTHING),
    ],
)
@pytest.mark.parametrize("received", ["2024-06-10", "2023-06-12"])
def test_a_complaint_is_refused_on_a_ground_and_told_in_full(
    keys: str, expected: list[Outcome], received: str
) -> None:
    case = judge(refused(received, keys))
    assert outcomes(case, "complaint-refused", "code") == expected
    assert ("complaint-refused" in not_examined(case)) == (not keys)


@pytest.mark.parametrize(
    ("arose", "received", "expected"),
    [
        # 2024: 12 months from 10 June 2023 are up on 10 June 2024; only after it is it too old.
        ("2023-06-09", "2024-06-10", MET),
        ("2023-06-10", "2024-06-10", BREACH),
        ("2023-06-11", "2024-06-10", BREACH),
        ("2023-06-10", "2024-06-11", MET),
        # 29 February 2024 and 12 months: 28 February 2025.
        ("2024-02-29", "2025-02-28", BREACH),
        ("2024-02-29", "2025-03-01", MET),
        # 28 February 2024 and 12 months: 28 February 2025.
        ("2024-02-28", "2025-02-28", BREACH),
        ("2024-02-28", "2025-03-01", MET),
        # Eight months old: not too old in 2024, and too old in 2022.
        ("2023-10-10", "2024-06-10", BREACH),
        ("2022-10-10", "2023-06-12", MET),
        # 2022: 6 months from 12 December 2022 are up on 12 June 2023.
        ("2022-12-11", "2023-06-12", MET),
        ("2022-12-12", "2023-06-12", BREACH),
        ("2022-12-13", "2023-06-12", BREACH),
        # 31 August 2022 and 6 months: 28 February 2023.
        ("2022-08-31", "2023-02-28", BREACH),
        ("2022-08-31", "2023-03-01", MET),
        # 30 August 2023 and 6 months: 29 February 2024, a leap year.
        ("2023-08-30", "2024-02-29", BREACH),
        ("2023-08-30", "2024-03-01", MET),
        # Known roughly: within, across and beyond 12 months before 10 June 2024.
        ("2023-07", "2024-06-10", BREACH),
        ("2023-06", "2024-06-10", IMPRECISE),
        ("2023-05", "2024-06-10", MET),
        ("2023-06-10", "2024-06-10/2024-06-11", IMPRECISE),
        # When the matter arose is not recorded at all.
        ("", "2024-06-10", NOT_RECORDED),
    ],
)
def test_a_matter_is_too_old_after_calendar_months(
    arose: str, received: str, expected: list[Outcome]
) -> None:
    case = judge(refused(received, f"grounds: too old, {TOLD}", arose))
    assert outcomes(case, "complaint-refused", "code") == expected


def test_how_old_the_matter_was_does_not_matter_on_another_ground() -> None:
    case = judge(refused("2024-06-10", f"grounds: legal proceedings, {TOLD}", "2024-06-09"))
    assert outcomes(case, "complaint-refused") == MET


@pytest.mark.parametrize("rule", ["complaint-refused", "escalation-refused"])
def test_the_2020_form_asks_nothing_of_refusals(rule: str) -> None:
    for events in (
        refused("2021-06-10", "grounds: other"),
        escalation_refused("grounds: other", 2021),
    ):
        case = judge(events)
        assert not of(case, rule)
        assert rule not in not_examined(case)


@pytest.mark.parametrize("year", [2023, 2024])
@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        (f"grounds: legal proceedings, {TOLD}", MET),
        (f"grounds: already considered, {TOLD}", MET),
        (f"grounds: too old, {TOLD}", MET),
        (f"grounds: other, {TOLD}", BREACH),
        (f"grounds: none given, {TOLD}", BREACH),
        ("grounds: too old, in_writing: no, ombudsman_details: yes", BREACH),
        ("grounds: too old, in_writing: yes, ombudsman_details: no", BREACH),
        ("grounds: too old", NOT_RECORDED),
    ],
)
def test_an_escalation_is_refused_on_a_ground_and_told_in_full(
    keys: str, expected: list[Outcome], year: int
) -> None:
    assert outcomes(judge(escalation_refused(keys, year)), "escalation-refused") == expected


def test_a_complaint_that_is_taken_up_is_no_finding_of_a_refusal() -> None:
    case = judge("- 2024-06-10 complaint received\n- 2024-06-11 complaint acknowledged")
    assert not of(case, "complaint-refused")
    assert "complaint-refused" not in not_examined(case)


@pytest.mark.parametrize(
    ("keys", "named"),
    [
        (f"grounds: other, {TOLD}", "ground"),
        ("grounds: already considered, in_writing: no, ombudsman_details: yes", "writing"),
        ("grounds: already considered, in_writing: yes, ombudsman_details: no", "Ombudsman"),
        ("grounds: already considered, in_writing: yes", "Ombudsman"),
    ],
)
def test_what_is_wrong_with_a_refusal_is_named(keys: str, named: str) -> None:
    assert named in the(judge(refused("2024-06-10", keys)), "complaint-refused").says


def test_the_age_is_told_in_months() -> None:
    says = the(
        judge(refused("2024-06-10", f"grounds: too old, {TOLD}", "2023-10-10")),
        "complaint-refused",
    ).says
    assert "12 months" in says
