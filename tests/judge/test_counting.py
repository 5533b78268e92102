"""Counting rules of a rulebook's own, of one clock, and none that is stated; contested starts."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.helpers.books import book, clock, findings_of, findings_of_rows
from tests.helpers.command import Chcheck
from timeliness import check
from timeliness.model.calendars import working_days
from timeliness.model.errors import Mistakes
from timeliness.model.library import Library
from timeliness.model.rulebooks import Rulebook
from timeliness.read.library import Loader, load_rulebooks
from timeliness.read.rulebooks import parse_rulebook

ANSWER = clock("stage-1-response", "complaint received", "stage 1 response", "5 working days")
SECOND = clock("stage-2-response", "escalation requested", "stage 2 response", "20 working days")

EVENTS = (
    "2025-03-03 complaint received",
    "2025-03-07 stage 1 response",
    "2025-03-10 escalation requested",
    "2025-04-07 stage 2 response",
)
ROW = (
    "Reference,Received,Stage 1 response,Escalation requested,Stage 2 response\n"
    "T,2025-03-03,2025-03-07,2025-03-10,2025-04-07\n"
)

# 5 working days from Monday 3 March 2025: counted with that day as day 1 Mon 3, Tue 4, Wed 5,
# Thu 6, Fri 7; with the day after Tue 4 to Mon 10. 20 from Monday 10 March: four whole weeks, to
# Friday 4 April, or from Tuesday 11 March to Monday 7 April. Scotland has no holiday between.
# Answers on 7 March and on 7 April.
WORKED = {
    "same-day": ((("2025-03-07", "2025-03-07"), "met"), (("2025-04-04", "2025-04-04"), "breach")),
    "day-after": ((("2025-03-10", "2025-03-10"), "met"), (("2025-04-07", "2025-04-07"), "met")),
    "roll-forward": ((("2025-03-10", "2025-03-10"), "met"), (("2025-04-07", "2025-04-07"), "met")),
    "not stated": (
        (("2025-03-07", "2025-03-10"), "met"),
        (("2025-04-04", "2025-04-07"), "cannot-tell"),
    ),
}


@pytest.mark.parametrize("counting", WORKED)
def test_a_rulebook_counts_as_it_says(chcheck: Chcheck, counting: str) -> None:
    own = book(ANSWER, SECOND, more=f"counting: {counting}\n")
    found = findings_of(chcheck, own, *EVENTS)
    rows = findings_of_rows(chcheck, own, ROW)
    for told in (list(found.values()), rows):
        assert [
            ((one["due"]["earliest"], one["due"]["latest"]), one["verdict"]) for one in told
        ] == list(WORKED[counting])


@pytest.mark.parametrize("counting", WORKED)
def test_a_clock_counts_as_it_says_whatever_the_others_do(chcheck: Chcheck, counting: str) -> None:
    # The first by the rulebook's own rule, day-after; the second by a rule of its own.
    second = clock(
        *("stage-2-response", "escalation requested", "stage 2 response", "20 working days"),
        f"counting: {counting}",
    )
    found = findings_of(chcheck, book(ANSWER, second), *EVENTS)
    (_, _), (due, verdict) = WORKED[counting]
    answered, again = found["stage-1-response"], found["stage-2-response"]
    assert answered["due"] == {"earliest": "2025-03-10", "latest": "2025-03-10"}
    assert (again["due"]["earliest"], again["due"]["latest"], again["verdict"]) == (*due, verdict)


def test_what_is_not_stated_is_read_both_ways_and_asked(chcheck: Chcheck) -> None:
    own = book(ANSWER, SECOND, more="counting: not stated\n")
    one = findings_of(chcheck, own, *EVENTS)["stage-2-response"]
    assert one["reason"] == "readings-differ"
    assert [(r["counting"], r["verdict"], r["decides"]) for r in one["readings"]] == [
        ("day-after", "met", True),
        ("same-day", "breach", True),
    ]
    # Friday 4 April to Monday 7 April: one working day, three days.
    assert one["late_by"] == {"least": 0, "most": 1}
    assert one["days_late"] == {"least": 0, "most": 3}
    assert one["says"] == (
        "Answered on 7 April 2025, 20 to 21 working days from the start; due between 4 April and 7 "
        "April 2025. What was read of the Own policy does not say whether day 1 is the day of the "
        "request or the day after it."
    )
    assert one["settled_by"] == {
        "says": "In time if the day after the request is day 1; 1 working day late if the day of "
        "the request is day 1. The policy's own words would settle it.",
        "add": "counting: day-after, or same-day   (in the rule stage-2-response of own)",
    }
    told = chcheck("case.yaml").out
    assert (
        "    - from the request, 10 March 2025, with that day as day 1: due 4 April 2025,\n"
        "      breach after 21 working days, 1 working day late\n"
    ) in told
    assert (
        "Working days in Scotland; the first day counted is the working day after the\n"
        "  event; or the day of the event is the first day counted, if it is a working\n"
        "  day."
    ) in told


def test_where_both_ways_agree_there_is_a_verdict(chcheck: Chcheck) -> None:
    own = book(SECOND, more="counting: not stated\n")
    events = (*EVENTS[:3], "2025-04-08 stage 2 response")
    one = findings_of(chcheck, own, *events)["stage-2-response"]
    # Late by one working day, or by two.
    assert (one["verdict"], one["reason"], one["late_by"]) == (
        "breach",
        "late",
        {"least": 1, "most": 2},
    )


def test_on_a_day_off_both_rules_come_to_the_same(chcheck: Chcheck) -> None:
    # Saturday 8 March 2025: day 1 is Monday 10 March by both, day 20 Friday 4 April.
    own = book(SECOND, more="counting: not stated\n")
    events = (*EVENTS[:2], "2025-03-08 escalation requested", EVENTS[3])
    one = findings_of(chcheck, own, *events)["stage-2-response"]
    assert (one["verdict"], one["due"]) == (
        "breach",
        {"earliest": "2025-04-04", "latest": "2025-04-04"},
    )


def test_calendar_days_are_counted_in_one_way(chcheck: Chcheck) -> None:
    own = book(
        clock("stage-1-response", "complaint received", "stage 1 response", "{calendar_days: 4}"),
        more="counting: not stated\n",
    )
    one = findings_of(chcheck, own, *EVENTS)["stage-1-response"]
    assert len(one["readings"]) == 1
    assert one["due"] == {"earliest": "2025-03-07", "latest": "2025-03-07"}


def code(text: str) -> Rulebook:
    changed = text.replace(
        "standard: policy", "standard: code\nfor: [housing]\nnations: [scotland]"
    )
    return parse_rulebook(changed.encode(), Mistakes("own.yaml"))


def test_a_code_counts_as_its_own_publisher_says() -> None:
    # Received at 17:30 on Monday 3 March, after the cut-off, so on Tuesday 4 March, which is
    # day 1; Wednesday 5 March the office is closed; 6, 7 and 10 March are days 2 to 4, and 11
    # March is day 5.
    more = "counting: same-day\ncut_off: '17:00'\nclosure_days: [2025-03-05]\n"
    own = code(book(ANSWER, more=more))
    assert (own.standard, own.counting) == ("code", "same-day")
    loader = Loader(Library({**load_rulebooks().rulebooks, "own": own}))
    text = (
        "complaint: T\nnation: scotland\nas_at: 2025-06-30\nevents:\n"
        "  - 2025-03-03 17:30 complaint received\n  - 2025-03-12 stage 1 response\n"
    )
    report = check(loader.parse(text.encode(), "case.yaml", Path()), loader.library)
    (one,) = [f for f in report.cases[0].findings if f.rulebook == "own"]
    assert one.due
    assert (one.due.earliest, one.verdict, str(one.late_by)) == (
        date(2025, 3, 11),
        "breach",
        "1",
    )


# Contested starts -----------------------------------------------------------------------------

HAZARDS = """\
events:
  - {name: hazard reported, says: a hazard was reported}
  - {name: hazard identified, says: a hazard was identified}
  - {name: hazard made safe, says: it was made safe}
"""
SAFE = clock(
    *("make-safe", "[hazard reported, hazard identified]", "hazard made safe"), "5 working days"
)


def contested(chcheck: Chcheck, *events: str, record: str = "complete") -> dict[str, object]:
    found = findings_of(chcheck, book(SAFE, more=HAZARDS), *events, record=record)
    return found.get("make-safe", {})


def test_each_of_several_starts_decides(chcheck: Chcheck) -> None:
    # 5 working days from Monday 3 March: Monday 10 March; from Thursday 6 March: Thursday 13.
    one = contested(
        chcheck,
        *("2025-03-03 hazard reported", "2025-03-06 hazard identified"),
        "2025-03-12 hazard made safe",
    )
    assert (one["verdict"], one["reason"]) == ("cannot-tell", "readings-differ")
    assert one["due"] == {"earliest": "2025-03-10", "latest": "2025-03-13"}
    assert one["settled_by"] == {
        "says": '2 working days late from "hazard reported"; in time from "hazard identified". The '
        "policy's own words would settle it.",
        "add": "start: EVENT   (in the rule make-safe of own)",
    }


@pytest.mark.parametrize(
    ("events", "verdict", "due"),
    [
        # Only one of the two happened: it alone counts.
        (("2025-03-03 hazard reported",), "breach", "2025-03-10"),
        (("2025-03-06 hazard identified",), "met", "2025-03-13"),
    ],
)
def test_a_start_that_did_not_happen_drops_out(
    chcheck: Chcheck, events: tuple[str, ...], verdict: str, due: str
) -> None:
    one = contested(chcheck, *events, "2025-03-12 hazard made safe")
    assert (one["verdict"], one["due"]) == (verdict, {"earliest": due, "latest": due})


def test_where_none_happened_it_never_began(chcheck: Chcheck) -> None:
    one = contested(chcheck, "2025-03-03 complaint received")
    assert (one["verdict"], one["reason"]) == ("not-applicable", "not-started")


def test_a_start_that_a_partial_record_leaves_out_may_have_been_later(chcheck: Chcheck) -> None:
    one = contested(
        chcheck, "2025-03-03 hazard reported", "2025-03-12 hazard made safe", record="partial"
    )
    # Identified by the day it was made safe, so due by 19 March at the latest.
    assert (one["verdict"], one["due"]) == (
        "cannot-tell",
        {"earliest": "2025-03-10", "latest": "2025-03-19"},
    )


def test_a_table_reads_a_contested_start_alike(chcheck: Chcheck) -> None:
    table = (
        "Reference,Hazard reported,Hazard identified,Hazard made safe\n"
        "A,2025-03-03,2025-03-06,2025-03-12\n"
        "B,2025-03-03,,2025-03-12\n"
        "C,,2025-03-06,2025-03-12\n"
        "D,2025-03-03,2025-03-06,2025-03-10\n"
    )
    found = findings_of_rows(chcheck, book(SAFE, more=HAZARDS), table)
    assert [(one["complaint"], one["verdict"]) for one in found] == [
        ("A", "cannot-tell"),
        ("B", "breach"),
        ("C", "met"),
        ("D", "met"),
    ]


# Laws -----------------------------------------------------------------------------------------

DAYS = st.dates(date(2021, 1, 1), date(2027, 12, 31))


@given(start=DAYS, later=st.integers(0, 40), amount=st.integers(1, 30))
def test_a_later_start_is_never_due_earlier_by_either_reading(
    start: date, later: int, amount: int
) -> None:
    own = code(
        book(
            clock(
                *("stage-1-response", "complaint received", "stage 1 response"),
                f"{amount} working days",
            ),
            more="counting: not stated\n",
        )
    )
    (rule,) = own.rules
    strict, lenient = sorted(
        one.due(start, rule.clock.limit) for one in own.calendars("scotland", rule.clock)
    )
    after = [
        one.due(start + timedelta(later), rule.clock.limit)
        for one in own.calendars("scotland", rule.clock)
    ]
    assert min(after) >= strict
    assert max(after) >= lenient
    # The two lie at most one working day apart.
    assert working_days("scotland").between(strict, lenient) <= 1
