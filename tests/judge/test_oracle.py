"""The twin itself, against figures that were worked out by hand."""

from datetime import date

import pytest

from tests.campaigns.oracle import (
    BREACH,
    CANNOT_TELL,
    CODE,
    MET,
    NOT_APPLICABLE,
    PENDING,
    Calendar,
    Expected,
    Fact,
    Record,
    expected,
)

ADDED = [
    ("england", "day-after", "2020-04-30", 10, "2020-05-15"),
    ("england", "day-after", "2022-05-30", 10, "2022-06-15"),
    ("england", "day-after", "2022-09-12", 10, "2022-09-27"),
    ("england", "day-after", "2023-04-28", 10, "2023-05-16"),
    ("england", "day-after", "2024-03-27", 10, "2024-04-12"),
    ("england", "day-after", "2024-12-20", 10, "2025-01-08"),
    ("england", "day-after", "2025-04-17", 10, "2025-05-06"),
    ("england", "day-after", "2026-12-21", 10, "2027-01-07"),
    ("england", "day-after", "2027-12-20", 10, "2028-01-06"),
    ("england", "day-after", "2024-12-24", 5, "2025-01-03"),
    ("england", "day-after", "2024-12-21", 5, "2024-12-31"),
    ("england", "day-after", "2025-04-16", 5, "2025-04-25"),
    ("england", "day-after", "2025-06-14", 5, "2025-06-20"),
    ("england", "roll-forward", "2025-06-14", 5, "2025-06-23"),
    ("england", "day-after", "2025-08-25", 5, "2025-09-01"),
    ("england", "roll-forward", "2025-08-25", 5, "2025-09-02"),
    ("england", "same-day", "2022-10-07", 12, "2022-10-24"),
    ("scotland", "day-after", "2018-03-21", 20, "2018-04-19"),
]


def day(text: str) -> date:
    return date.fromisoformat(text)


@pytest.mark.parametrize(("nation", "counting", "start", "amount", "due"), ADDED)
def test_adds_and_counts_working_days(nation, counting, start, amount, due):
    calendar = Calendar(nation, counting=counting)
    assert calendar.add(day(start), (amount, "working_days")) == day(due)
    assert calendar.count(day(start), day(due)) == amount


@pytest.mark.parametrize(
    ("limit", "start", "due"),
    [
        ((28, "calendar_days"), "2023-09-08", "2023-10-06"),
        ((4, "weeks"), "2025-03-19", "2025-04-16"),
        ((6, "weeks"), "2025-03-19", "2025-04-30"),
        ((1, "months"), "2024-01-31", "2024-02-29"),
    ],
)
def test_adds_calendar_time(limit, start, due):
    assert Calendar().add(day(start), limit) == day(due)


# A complaint of Monday 3 June 2024 under the 2024 Code. No bank holidays until August: five
# working days end on Monday 10 June, ten on Monday 17 June, ten from 10 June on 24 June.
RECEIPT = Fact("complaint received", day("2024-06-03"), day("2024-06-03"))


def seen(name: str, first: str, last: str = "") -> Fact:
    return Fact(name, day(first), day(last or first))


def found(rule: str, *facts: Fact, as_at: str, complete: bool = True) -> Expected | None:
    return expected(Record((RECEIPT, *facts), day(as_at), complete), rule, CODE)


@pytest.mark.parametrize(
    ("answer", "as_at", "verdict"),
    [
        (("2024-06-10", "2024-06-10"), "2024-07-01", MET),
        (("2024-06-11", "2024-06-11"), "2024-07-01", BREACH),
        (("2024-06-09", "2024-06-12"), "2024-07-01", CANNOT_TELL),
        (("2024-06-09", "2024-06-12"), "2024-06-10", MET),
        (None, "2024-06-10", PENDING),
        (None, "2024-06-11", BREACH),
    ],
)
def test_judges_an_acknowledgement(answer, as_at, verdict):
    facts = [seen("complaint acknowledged", *answer)] if answer else []
    told = found("acknowledge-complaint", *facts, as_at=as_at)
    assert told.verdict == verdict
    assert told.due == (day("2024-06-10"), day("2024-06-10"))


def test_bounds_a_start_that_did_not_happen():
    told = found("stage-1-response", seen("stage 1 response", "2024-06-18"), as_at="2024-07-01")
    assert told == Expected(
        CANNOT_TELL, (day("2024-06-17"), day("2024-06-24")), (6, 11), (0, 1), (0, 1)
    )


def test_counts_an_overdue_clock_to_the_day_of_the_check():
    told = found(
        "stage-1-response", seen("complaint acknowledged", "2024-06-04"), as_at="2024-06-22"
    )
    assert told == Expected(
        BREACH, (day("2024-06-18"), day("2024-06-18")), (13, 13), (3, 3), (4, 4)
    )


@pytest.mark.parametrize(
    ("ends", "verdict"),
    [
        ([("complaint withdrawn", "2024-06-18")], NOT_APPLICABLE),
        ([("complaint withdrawn", "2024-06-19")], BREACH),
        ([("complaint withdrawn", "2024-06-02")], BREACH),
        ([("complaint withdrawn", "2024-06-05"), ("complaint reopened", "2024-06-05")], BREACH),
        (
            [("complaint reopened", "2024-06-04"), ("complaint closed", "2024-06-05")],
            NOT_APPLICABLE,
        ),
        ([("escalation refused", "2024-06-05")], BREACH),
    ],
)
def test_ends_an_open_clock(ends, verdict):
    facts = [seen("complaint acknowledged", "2024-06-04"), *(seen(*end) for end in ends)]
    assert found("stage-1-response", *facts, as_at="2024-08-01").verdict == verdict


@pytest.mark.parametrize(
    ("until", "good_reason", "due"),
    [
        ("2024-06-25", None, ("2024-06-25", "2024-06-25")),
        ("2024-06-10", None, ("2024-06-18", "2024-06-18")),
        ("2024-07-15", False, ("2024-07-02", "2024-07-02")),
        ("2024-07-15", True, ("2024-07-15", "2024-07-15")),
        ("2024-07-15", None, ("2024-07-02", "2024-07-15")),
        ("", None, ("2024-06-18", "2024-07-02")),
    ],
)
def test_extends(until, good_reason, due):
    span = (day(until), day(until)) if until else None
    told = Fact(
        "stage 1 extended",
        day("2024-06-18"),
        day("2024-06-18"),
        until=span,
        good_reason=good_reason,
        reason=True,
        in_writing=True,
        ombudsman_details=True,
    )
    facts = [seen("complaint acknowledged", "2024-06-04"), told]
    found_due = found("stage-1-response", *facts, as_at="2024-06-18").due
    assert found_due == (day(due[0]), day(due[1]))


def test_a_trigger_that_nothing_implies_gives_no_finding_on_a_partial_record():
    assert found("stage-2-response", as_at="2024-07-01", complete=False) is None
    assert found("stage-2-response", as_at="2024-07-01").verdict == NOT_APPLICABLE


def test_an_answer_implies_its_request():
    told = found(
        "acknowledge-escalation",
        seen("stage 1 response", "2024-06-10"),
        seen("stage 2 response", "2024-07-10"),
        as_at="2024-08-01",
    )
    # Requested on 3 June at the earliest and 10 July at the latest: due on 10 June to 17 July, and
    # never acknowledged.
    assert told.due == (day("2024-06-10"), day("2024-07-17"))
    assert told.verdict == BREACH
