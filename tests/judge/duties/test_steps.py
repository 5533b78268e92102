"""Duties on who decides, in what order, what may not be, and what must be agreed."""

from collections.abc import Callable

import pytest

from tests.helpers.judging import (
    Outcome,
    exit_code,
    judge,
    not_examined,
    of,
    outcomes,
    report_on,
    the,
    written_as,
)
from timeliness.write.formats import FORMATS

MET = [("met", "as-required")]
BREACH = [("breach", "not-as-required")]
NOT_RECORDED = [("cannot-tell", "not-recorded")]
NOTHING: list[Outcome] = []


def both_stages(year: int, first: str = "", second: str = "") -> str:
    """Every answer in time, under any edition, with further keys on the two answers.

    June has no bank holiday in these years. From the 5th, 5 working days for the acknowledgement
    (here 1), 10 for stage 1 (here 6 or fewer), 20 for stage 2 (here 5 or fewer).
    """
    return f"""
    - {year}-06-07 complaint received
    - {year}-06-07 complaint logged
    - {year}-06-08 complaint acknowledged
    - {{date: {year}-06-14, event: stage 1 response{first}}}
    - {year}-06-15 escalation requested
    - {year}-06-16 escalation acknowledged
    - {{date: {year}-06-21, event: stage 2 response{second}}}
    """


# --- who decided ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("year", "first", "second", "expected"),
    [
        (2024, "H-11", "H-31", MET),
        (2024, "H-11", "H-11", BREACH),
        # The same reference written another way is the same person.
        (2024, "H-11", "h-11", BREACH),
        (2024, "Team Lead A", "TEAM LEAD a", BREACH),
        (2024, '"H-11 "', "H-11", BREACH),
        # One reference that begins like another is another person.
        (2024, "H-1", "H-11", MET),
        (2023, "H-11", "H-31", MET),
        (2023, "H-11", "H-11", BREACH),
        # One of the two is not recorded.
        (2024, "H-11", "", NOT_RECORDED),
        (2024, "", "H-31", NOT_RECORDED),
        (2023, "", "H-31", NOT_RECORDED),
        # The 2020 form asks nothing of it.
        (2021, "H-11", "H-11", NOTHING),
    ],
)
def test_stage_2_is_decided_by_another_person(
    year: int, first: str, second: str, expected: list[Outcome]
) -> None:
    case = judge(
        both_stages(year, first and f", handler: {first}", second and f", handler: {second}")
    )
    assert outcomes(case, "stage-2-person") == expected


def test_who_decided_is_listed_where_neither_is_recorded() -> None:
    assert "stage-2-person" in not_examined(judge(both_stages(2024)))
    assert "stage-2-person" not in not_examined(judge(both_stages(2021)))
    assert not of(judge(both_stages(2024)), "stage-2-person")


@pytest.mark.parametrize(
    ("again", "expected"),
    [
        # Who answered stage 2 of the first complaint may answer stage 1 of the next.
        ("H-31", MET),
        ("H-11", MET),
        ("", MET),
    ],
)
def test_who_decided_is_compared_within_one_complaint(again: str, expected: list[Outcome]) -> None:
    handler = again and f", handler: {again}"
    case = judge(
        both_stages(2024, ", handler: H-11", ", handler: H-31")
        + f"- 2025-02-03 complaint received\n    - 2025-02-04 complaint acknowledged\n"
        f"    - {{date: 2025-02-12, event: stage 1 response{handler}}}\n"
    )
    assert outcomes(case, "stage-2-person") == expected


def test_the_same_person_in_the_second_of_two_complaints_is_named() -> None:
    case = judge(
        both_stages(2024, ", handler: H-11", ", handler: H-31")
        + "- 2025-02-03 complaint received\n    - 2025-02-04 complaint acknowledged\n"
        "    - {date: 2025-02-12, event: stage 1 response, handler: H-31}\n"
        "    - 2025-02-17 escalation requested\n    - 2025-02-18 escalation acknowledged\n"
        "    - {date: 2025-03-12, event: stage 2 response, handler: H-31}\n"
    )
    found = the(case, "stage-2-person")
    assert (found.verdict, str(found.done and found.done.earliest)) == ("breach", "2025-03-12")


def test_who_decided_is_not_asked_before_stage_2_is_answered() -> None:
    case = judge(
        """
        - 2024-06-07 complaint received
        - 2024-06-10 complaint acknowledged
        - {date: 2024-06-14, event: stage 1 response, handler: H-11}
        """
    )
    assert "stage-2-person" not in not_examined(case)
    assert not of(case, "stage-2-person")


@pytest.mark.parametrize("second", ["Q7-SECOND", "Q7-FIRST"])
@pytest.mark.parametrize("name", sorted(FORMATS))
def test_the_reference_to_a_person_stands_in_no_output(name: str, second: str) -> None:
    report = report_on(
        both_stages(2024, ", handler: Q7-FIRST", f", handler: {second}")
        + "- {date: 2024-06-18, event: contact, handler: Q7-THIRD, answered: no}\n"
        "    - {date: 2024-06-18, event: contact, handler: Q7-THIRD, answered: no}\n"
        "    - {date: 2024-06-18, event: update, handler: Q7-FOURTH, evidence: claimed}\n"
    )
    told = written_as(name, report)
    # Sums name only the complaints that are late.
    assert "T-1" in told or name == "sums"
    assert "q7-" not in told.lower()


# --- in what order -------------------------------------------------------------------------


def in_order(first: str, requested: str, second: str, year: int = 2023) -> str:
    lines = [f"{year}-06-07 complaint received", f"{year}-06-08 complaint acknowledged"]
    lines += [f"{first} stage 1 response"] if first else []
    lines += [f"{requested} escalation requested"] if requested else []
    lines += [f"{second} stage 2 response"] if second else []
    return "\n".join(f"- {line}" for line in lines)


@pytest.mark.parametrize(
    ("first", "requested", "second", "record", "expected"),
    [
        ("2023-06-14", "2023-06-15", "2023-06-21", "complete", MET),
        # All on one day says nothing against the order.
        ("2023-06-14", "2023-06-14", "2023-06-14", "complete", MET),
        # A day before stage 1; a day before the request.
        ("2023-06-22", "2023-06-15", "2023-06-21", "complete", BREACH),
        ("2023-06-14", "2023-06-22", "2023-06-21", "complete", BREACH),
        # Never answered at stage 1.
        ("", "2023-06-15", "2023-06-21", "complete", BREACH),
        # A request that is not on the record was made all the same, as the clocks take it.
        ("2023-06-14", "", "2023-06-21", "complete", NOT_RECORDED),
        ("", "2023-06-15", "2023-06-21", "partial", NOT_RECORDED),
        ("2023-06-14", "", "2023-06-21", "partial", NOT_RECORDED),
        # Days known roughly: apart, touching and overlapping.
        ("2023-06-12/2023-06-14", "2023-06-15", "2023-06-20/2023-06-22", "complete", MET),
        ("2023-06-14/2023-06-21", "2023-06-15", "2023-06-21", "complete", MET),
        (
            "2023-06-14/2023-06-22",
            "2023-06-15",
            "2023-06-21",
            "complete",
            [("cannot-tell", "imprecise-date")],
        ),
        # No answer at stage 2, no finding.
        ("2023-06-14", "2023-06-15", "", "complete", NOTHING),
    ],
)
def test_stage_2_comes_after_stage_1_and_at_the_residents_request(
    first: str, requested: str, second: str, record: str, expected: list[Outcome]
) -> None:
    case = judge(in_order(first, requested, second), record=record)
    assert outcomes(case, "stage-2-in-order", "code") == expected


@pytest.mark.parametrize("year", [2021, 2024])
def test_the_order_of_stages_is_a_duty_of_2022_alone(year: int) -> None:
    case = judge(in_order(f"{year}-06-22", f"{year}-06-15", f"{year}-06-21", year))
    assert not of(case, "stage-2-in-order")


# --- what may not be -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("year", "expected", "counts_as"),
    [(2024, BREACH, ["breach"]), (2023, BREACH, ["not-followed"]), (2021, NOTHING, [])],
)
def test_a_third_stage(year: int, expected: list[Outcome], counts_as: list[str]) -> None:
    events = (
        both_stages(year).rstrip()
        + f"""
    - {year}-06-22 stage 3 requested
    - {year}-06-29 stage 3 response
    """
    )
    case = judge(events)
    assert outcomes(case, "no-third-stage") == expected
    assert [one.counts_as for one in of(case, "no-third-stage")] == counts_as


def test_a_third_stage_in_2022_is_to_be_explained_and_fails_nothing() -> None:
    events = (
        both_stages(2023).rstrip()
        + """
    - 2023-06-22 stage 3 requested
    - 2023-06-29 stage 3 response
    """
    )
    report = report_on(events)
    assert report.summary["breach"] == 0
    assert report.summary["not-followed"] == 1
    assert exit_code(report) == 0
    assert the(report.cases[0], "no-third-stage").duty == "should"


def test_a_third_stage_in_2024_fails_the_run() -> None:
    events = both_stages(2024).rstrip() + "\n    - 2024-06-29 stage 3 response\n"
    assert exit_code(report_on(events)) == 1


@pytest.mark.parametrize("year", [2023, 2024])
def test_that_the_resident_asks_for_a_third_stage_is_not_the_landlords_doing(year: int) -> None:
    events = both_stages(year).rstrip() + f"\n    - {year}-06-22 stage 3 requested\n"
    assert not of(judge(events), "no-third-stage")


@pytest.mark.parametrize("year", [2021, 2023, 2024])
def test_two_stages_are_no_finding_of_a_third(year: int) -> None:
    case = judge(both_stages(year))
    assert not of(case, "no-third-stage")
    assert "no-third-stage" not in not_examined(case)


# --- what must and must not be so ----------------------------------------------------------


def demanded(keys: str, year: int = 2024) -> str:
    return f"""
    - {year}-06-07 complaint received
    - {year}-06-10 complaint acknowledged
    - {year}-06-14 stage 1 response
    - {{date: {year}-06-17, event: escalation requested{keys}}}
    """


@pytest.mark.parametrize(
    ("keys", "year", "expected"),
    [
        (", reasons_demanded: no", 2024, MET),
        (", reasons_demanded: yes", 2024, BREACH),
        ("", 2024, NOTHING),
        (", reasons_demanded: yes", 2023, NOTHING),
        (", reasons_demanded: yes", 2021, NOTHING),
        # When it was asked for does not matter.
        (", reasons_demanded: yes, date: 2024-06", 2024, BREACH),
    ],
)
def test_no_reasons_are_demanded_for_an_escalation(
    keys: str, year: int, expected: list[Outcome]
) -> None:
    events = demanded(keys, year)
    if "date: 2024-06}" in events:
        events = events.replace("date: 2024-06-17, ", "")
    assert outcomes(judge(events), "escalation-reasons") == expected


def test_reasons_demanded_at_the_second_request_count_as_much_as_at_the_first() -> None:
    events = (
        demanded("").rstrip()
        + """
    - {date: 2024-06-19, event: escalation requested, reasons_demanded: yes}
    """
    )
    assert outcomes(judge(events), "escalation-reasons") == BREACH


def test_reasons_of_which_nothing_is_recorded_are_listed_in_2024_alone() -> None:
    assert "escalation-reasons" in not_examined(judge(demanded("")))
    assert "escalation-reasons" not in not_examined(judge(demanded("", 2023)))


def early(event: str, keys: str, year: int) -> str:
    return f"""
    - {year}-06-07 complaint received
    - {{date: {year}-06-08, event: early resolution {event}{keys}}}
    """


@pytest.mark.parametrize(
    ("event", "rule"),
    [("agreed", "early-resolution"), ("closed", "early-resolution-closed")],
)
@pytest.mark.parametrize(
    ("keys", "year", "expected"),
    [
        (", agreed_by_resident: yes", 2024, MET),
        (", agreed_by_resident: no", 2024, BREACH),
        ("", 2024, NOTHING),
        (", agreed_by_resident: yes", 2023, MET),
        (", agreed_by_resident: no", 2023, BREACH),
        (", agreed_by_resident: no", 2021, NOTHING),
    ],
)
def test_early_resolution_is_tried_and_closed_only_by_agreement(
    event: str, rule: str, keys: str, year: int, expected: list[Outcome]
) -> None:
    case = judge(early(event, keys, year))
    assert outcomes(case, rule, "code") == expected
    assert (rule in not_examined(case)) == (not keys)


def test_a_policy_may_ask_for_agreement_where_the_code_does_not() -> None:
    case = judge(early("agreed", ", agreed_by_resident: no", 2021), policy="southwark-2021")
    assert outcomes(case, "early-resolution", "policy") == BREACH
    assert outcomes(case, "early-resolution", "code") == NOTHING


@pytest.mark.parametrize(
    ("closed", "expected"),
    [
        # Agreed Tuesday 8 June 2021; three working days: 9, 10 and 11 June.
        ("2021-06-11", ("met", "in-time")),
        ("2021-06-14", ("breach", "late")),
        ("2021-06-10/2021-06-14", ("cannot-tell", "imprecise-date")),
    ],
)
def test_early_resolution_within_the_policys_limit(closed: str, expected: Outcome) -> None:
    events = (
        early("agreed", ", agreed_by_resident: yes", 2021).rstrip()
        + f"\n    - {{date: {closed}, event: early resolution closed, agreed_by_resident: yes}}\n"
    )
    case = judge(events, policy="southwark-2021")
    assert outcomes(case, "early-resolution-time", "policy") == [expected]


@pytest.mark.parametrize(
    ("make", "rule"),
    [
        (lambda: both_stages(2024, ", handler: A", ", handler: A"), "stage-2-person"),
        (lambda: in_order("2023-06-22", "2023-06-15", "2023-06-21"), "stage-2-in-order"),
        (lambda: demanded(", reasons_demanded: yes"), "escalation-reasons"),
        (lambda: early("agreed", ", agreed_by_resident: no", 2024), "early-resolution"),
    ],
)
def test_a_breach_is_said_in_a_few_words_for_the_first_line(
    make: Callable[[], str], rule: str
) -> None:
    headline = the(judge(make()), rule).headline
    assert headline
    assert len(headline) < 80
    assert "_" not in headline
