"""Complaints in a table that were closed, withdrawn and reopened.

Received on Monday 3 February 2025 and acknowledged on the 5th, a complaint was to be answered by
Wednesday 19 February. None was, by 30 June.
"""

import pytest

from tests.helpers.tables import flats_of_columns, flats_of_timelines, judged, read
from timeliness.tables.complaints import Complaints

HEADER = "Ref,Received,Acknowledged,Stage 1 Response,Closed,Reopened,Withdrawn\n"


def table(ends: str) -> Complaints:
    return read(f"{HEADER}A,2025-02-03,2025-02-05,,{ends}\n")


@pytest.mark.parametrize(
    ("closed", "reopened", "verdict"),
    [
        # Closed in time, and never answered: it may have been answered that day.
        ("2025-02-10", "", "cannot-tell"),
        ("2025-02-10", "2025-02-17", "breach"),
        ("2025-02-10", "2025-02-10", "breach"),
        # Closed within a month and reopened on a day of it: perhaps before it was closed.
        ("2025-02", "2025-02-17", "cannot-tell"),
        ("2025-02", "2025-02-28", "breach"),
        ("2025-02", "2025-03-03", "breach"),
        # Reopened within a month: perhaps before it was closed.
        ("2025-02-10", "2025-02", "cannot-tell"),
        ("2025-02-10", "2025-01", "cannot-tell"),
        # What was over before the complaint was made does not end it.
        ("2025-01-31", "", "breach"),
        ("2025-01", "", "breach"),
        ("2025-02", "", "cannot-tell"),
    ],
)
def test_a_complaint_closed_and_perhaps_reopened(closed: str, reopened: str, verdict: str) -> None:
    assert judged(table(f"{closed},{reopened},"))["A"][0] == verdict


def test_of_two_ends_the_first_counts_and_the_surer_is_certain() -> None:
    assert judged(table("2025-02-10,,2025-02-14"))["A"] == ("not-applicable", "ended")
    assert judged(table("2025-02-10,2025-02-12,2025-02-14"))["A"] == ("not-applicable", "ended")


def test_an_ended_clock_has_no_numbers_in_any_form() -> None:
    complaints = table(",,2025-02-10")
    (ended,) = [one for one in flats_of_columns(complaints)[0] if one.reason == "ended"]
    assert ended.working_days == ended.late_by == ended.days_late == (None, None)
    assert flats_of_columns(complaints) == flats_of_timelines(complaints)


@pytest.mark.parametrize(
    ("answered", "closed", "verdict"),
    [
        ("2025-02-19", "2025-02-19", "met"),
        ("2025-02-20", "2025-02-20", "breach"),
        ("2025-02-20", "2025-02-28", "breach"),
    ],
)
def test_what_was_closed_on_the_day_of_the_answer_goes_by_its_columns(
    answered: str, closed: str, verdict: str
) -> None:
    # Most systems close a case with its answer: in thousands of rows this is the usual one.
    complaints = read(f"{HEADER}A,2025-02-03,2025-02-05,{answered},{closed},,\n")
    assert not complaints.objects.any()
    assert judged(complaints)["A"][0] == verdict
    assert flats_of_columns(complaints)[0] == [
        flat for flat in flats_of_timelines(complaints)[0] if flat.unit
    ]


def test_what_was_withdrawn_on_the_day_of_the_answer_goes_by_its_events() -> None:
    complaints = read(f"{HEADER}A,2025-02-03,2025-02-05,2025-02-20,,,2025-02-20\n")
    assert complaints.objects.all()
