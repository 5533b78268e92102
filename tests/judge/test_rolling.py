"""A limit that counts every day, whose last day moves to the next working day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.helpers.books import book, clock, findings_of, findings_of_rows
from tests.helpers.command import Chcheck
from timeliness.judge.policies import compare
from timeliness.model.calendars import Limit, working_days
from timeliness.model.errors import Mistakes
from timeliness.read.rulebooks import parse_rulebook

# From, the limit, and its last day. 28 days from Saturday 1 March 2025 is Saturday 29 March, so
# Monday 31 March; from Monday 3 March it is Monday 31 March itself. 2 weeks from Friday 11 April
# is Friday 25 April; from Monday 7 April it is Easter Monday 21 April, a holiday in England and
# none in Scotland. One month from 1 November 2025 is Monday 1 December, St Andrew's Day moved in
# Scotland (30 November is a Sunday).
VECTORS = [
    ("2025-03-01", Limit(28, "calendar_days"), "england", "2025-03-31"),
    ("2025-03-03", Limit(28, "calendar_days"), "england", "2025-03-31"),
    ("2025-04-11", Limit(2, "weeks"), "england", "2025-04-25"),
    ("2025-04-07", Limit(2, "weeks"), "england", "2025-04-22"),
    ("2025-04-07", Limit(2, "weeks"), "scotland", "2025-04-21"),
    ("2025-11-01", Limit(1, "months"), "england", "2025-12-01"),
    ("2025-11-01", Limit(1, "months"), "scotland", "2025-12-02"),
]


@pytest.mark.parametrize(("start", "limit", "nation", "due"), VECTORS)
def test_a_last_day_that_is_no_working_day_moves(
    start: str, limit: Limit, nation: str, due: str
) -> None:
    rolling = Limit(limit.amount, limit.unit, rolls=True)
    assert working_days(nation).due(date.fromisoformat(start), rolling).isoformat() == due


REPAIR = clock(
    *("make-good", "complaint received", "stage 1 response", "28 calendar days"),
    "rolls: next working day, "
    "extension: {event: stage 1 extended, most: 12 calendar days, needs: [until], clause: '2', "
    "provenance: quoted}",
)


def test_a_timeline_and_a_table_know_it(chcheck: Chcheck) -> None:
    # Received on Saturday 1 March, so due on Monday 31 March: answered on that day, and the day
    # after.
    found = findings_of(
        chcheck, book(REPAIR), "2025-03-01 complaint received", "2025-04-01 stage 1 response"
    )["make-good"]
    assert (found["verdict"], found["late_by"]) == ("breach", {"least": 1, "most": 1})
    assert found["due"] == {"earliest": "2025-03-31", "latest": "2025-03-31"}
    table = (
        "Reference,Received,Stage 1 response\nA,2025-03-01,2025-03-31\nB,2025-03-01,2025-04-01\n"
    )
    rows = findings_of_rows(chcheck, book(REPAIR), table)
    assert [(one["complaint"], one["verdict"]) for one in rows] == [("A", "met"), ("B", "breach")]


def test_the_longest_extension_moves_too(chcheck: Chcheck) -> None:
    # 12 days after Monday 31 March 2025 is Saturday 12 April, so Monday 14 April.
    found = findings_of(
        chcheck,
        book(REPAIR),
        "2025-03-01 complaint received",
        "{date: 2025-03-20, event: stage 1 extended, until: 2025-06-01}",
        "2025-04-14 stage 1 response",
    )["make-good"]
    assert (found["verdict"], found["due"]["latest"]) == ("met", "2025-04-14")


def test_a_limit_that_rolls_is_weaker_than_one_that_does_not() -> None:
    def made(more: str) -> str:
        return book(
            clock("make-good", "complaint received", "stage 1 response", "28 calendar days", more)
        )

    rolling, plain = (
        parse_rulebook(made(more).encode(), Mistakes("own.yaml"))
        for more in ("rolls: next working day", "")
    )
    code = replace(plain, standard="code")
    told = [(one.standing, one.says) for one in compare(rolling, code, "england")][:1]
    # 28 days from Wednesday 1 January 2020 end on a Wednesday; the first working day from which
    # they end on a holiday is Friday 13 March 2020: Friday 10 April is Good Friday, and the next
    # working day is Tuesday 14 April.
    assert told == [
        (
            "weaker",
            "28 calendar days, or until the next working day; the Code allows 28 calendar days; "
            "with receipt on Friday 13 March 2020 it is due 14 April 2020 by the policy and 10 "
            "April 2020 by the Code.",
        )
    ]
    back = [
        (one.standing, one.says)
        for one in compare(plain, replace(rolling, standard="code"), "england")
    ][:1]
    assert back == [
        (
            "stricter",
            "28 calendar days; the Code allows 28 calendar days, or until the next working day; "
            "it never ends later.",
        )
    ]


@given(
    start=st.dates(date(2005, 1, 1), date(2035, 12, 31)),
    later=st.integers(0, 40),
    amount=st.integers(1, 60),
    unit=st.sampled_from(["calendar_days", "weeks", "months"]),
)
def test_a_later_start_is_never_due_earlier(
    start: date, later: int, amount: int, unit: str
) -> None:
    limit = Limit(min(amount, 24), unit, rolls=True)
    calendar = working_days("england")
    due = calendar.due(start, limit)
    assert calendar.is_working(due)
    assert due <= calendar.due(start + timedelta(later), limit)
    plain = calendar.due(start, Limit(limit.amount, unit))
    assert calendar.between(plain, due) == (plain != due)
