"""Clocks that run in hours: to the minute where times are known, otherwise by spans of days."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.helpers.books import book, clock, findings_of, findings_of_rows
from tests.helpers.command import Chcheck
from tests.helpers.hours import verdict_of
from timeliness.model.calendars import DAY
from timeliness.model.uk_time import local_time, utc_minutes

HAZARDS = """\
events:
  - {name: hazard reported, says: a hazard was reported}
  - {name: hazard made safe, says: it was made safe}
"""
SAFE = clock("make-safe", "hazard reported", "hazard made safe", "{hours: 24}")
OWN = book(SAFE, more=HAZARDS)

# Reported, made safe, and what that is: 24 hours from Monday 3 November 2025 at 14:30 end on
# Tuesday at 14:30. A day without a time is any minute of it: from 00:00 to 23:59 it ends on
# Tuesday between 00:00 and 23:59.
VECTORS = [
    ("2025-11-03 14:30", "2025-11-04 14:30", "met", "in-time", (0, 0)),
    ("2025-11-03 14:30", "2025-11-04 14:31", "breach", "late", (0, 0)),
    ("2025-11-03 14:30", "2025-11-04 16:40", "breach", "late", (2, 2)),
    ("2025-11-03 14:30", "2025-11-03", "met", "in-time", (0, 0)),
    ("2025-11-03 14:30", "2025-11-04", "cannot-tell", "imprecise-date", (0, 9)),
    ("2025-11-03 14:30", "2025-11-05", "breach", "late", (9, 33)),
    ("2025-11-03", "2025-11-03", "met", "in-time", (0, 0)),
    ("2025-11-03", "2025-11-04", "cannot-tell", "imprecise-date", (0, 23)),
    ("2025-11-03", "2025-11-04 00:00", "met", "in-time", (0, 0)),
    ("2025-11-03", "2025-11-04 23:59", "cannot-tell", "imprecise-date", (0, 23)),
    # From 00:00 of the next day it is late by any reading, by a minute at the least.
    ("2025-11-03", "2025-11-05", "breach", "late", (0, 47)),
    ("2025-11-03", "2025-11-06", "breach", "late", (24, 71)),
    # The clocks go back at 02:00 of Sunday 26 October 2025, so 24 hours end an hour earlier; and
    # forward at 01:00 of Sunday 29 March 2026, so an hour later.
    ("2025-10-25 14:30", "2025-10-26 13:30", "met", "in-time", (0, 0)),
    ("2025-10-25 14:30", "2025-10-26 13:31", "breach", "late", (0, 0)),
    ("2026-03-28 14:30", "2026-03-29 15:30", "met", "in-time", (0, 0)),
    ("2026-03-28 14:30", "2026-03-29 15:31", "breach", "late", (0, 0)),
    # 01:30 on 26 October happened twice, so 24 hours from it end at 00:30 or at 01:30; with an
    # offset the local hour is the same, and so as open.
    ("2025-10-26 01:30", "2025-10-27 00:30", "met", "in-time", (0, 0)),
    ("2025-10-26 01:30", "2025-10-27 01:00", "cannot-tell", "imprecise-date", (0, 0)),
    ("2025-10-26 01:30", "2025-10-27 01:31", "breach", "late", (0, 1)),
]


def one_of(chcheck: Chcheck, *events: str, **more: Any) -> dict[str, Any]:
    return findings_of(chcheck, OWN, *events, nation="england", **more)["make-safe"]


@pytest.mark.parametrize(("start", "done", "verdict", "reason", "late"), VECTORS)
def test_a_timeline_and_a_table_count_hours(
    chcheck: Chcheck, start: str, done: str, verdict: str, reason: str, late: tuple[int, int]
) -> None:
    one = one_of(chcheck, f"{start} hazard reported", f"{done} hazard made safe")
    # The second row is decided, without which the table would be refused where the first is not.
    table = (
        f"Reference,Hazard reported,Hazard made safe\nT,{start},{done}\n"
        "Z,2025-11-03 10:00,2025-11-03 11:00\n"
    )
    row, _ = findings_of_rows(chcheck, OWN, table, nation="england")
    for found in (one, row):
        assert (found["verdict"], found["reason"]) == (verdict, reason)
        assert found["late_by"] == {"least": late[0], "most": late[1]}


def test_a_long_table_counts_hours(chcheck: Chcheck) -> None:
    table = (
        "Reference,Event,Date\nA,hazard reported,2025-11-03 14:30\n"
        "A,hazard made safe,2025-11-04 16:40\nB,hazard reported,2025-11-03 14:30\n"
        "B,hazard made safe,2025-11-04 14:30\n"
    )
    found = findings_of_rows(chcheck, OWN, table, nation="england")
    assert [(one["complaint"], one["verdict"]) for one in found] == [("A", "breach"), ("B", "met")]


@pytest.mark.parametrize(
    ("events", "says"),
    [
        (
            ("2025-11-03 14:30 hazard reported", "2025-11-04 16:40 hazard made safe"),
            "Made safe on 4 November 2025 at 16:40, 26 hours after the hazard was reported; due by "
            "14:30 on 4 November 2025.",
        ),
        (
            ("2025-11-03 hazard reported", "2025-11-04 hazard made safe"),
            "Made safe on 4 November 2025, 0 to 47 hours after the hazard was reported; due on 4 "
            "November 2025, by an hour that is not known.",
        ),
        (
            ("2025-11-03 14:30 hazard reported",),
            "Not made safe by 30 June 2026; it was due by 14:30 on 4 November 2025.",
        ),
    ],
)
def test_a_finding_says_the_hour(chcheck: Chcheck, events: tuple[str, ...], says: str) -> None:
    assert one_of(chcheck, *events)["says"] == says


def test_what_is_open_counts_to_the_beginning_of_the_day(chcheck: Chcheck) -> None:
    # Due on 4 November at 14:30; the day of the check is known, its hour is not: 9 whole hours to
    # midnight. On the day it is due it is not yet late for certain.
    late = one_of(chcheck, "2025-11-03 14:30 hazard reported", as_at="2025-11-05")
    assert (late["verdict"], late["reason"]) == ("breach", "overdue")
    assert late["late_by"] == {"least": 9, "most": 9}
    due = one_of(chcheck, "2025-11-03 14:30 hazard reported", as_at="2025-11-04")
    assert (due["verdict"], due["reason"]) == ("pending", "not-yet-due")
    assert due["says"] == "Not yet made safe; due by 14:30 on 4 November 2025."


HAZARD = """\
complaint: H-1
nation: england
code: awaab
as_at: 2025-12-01
events:
- 2025-11-03 10:00 emergency hazard reported
- 2025-11-04 15:00 emergency hazard investigated
- 2025-11-05 05:00 emergency hazard made safe
"""


def test_a_start_that_is_not_stated_is_told_in_hours(chcheck: Chcheck) -> None:
    # From the report 24 hours end on 4 November at 10:00, 19 hours before 05:00 on the 5th, which
    # came 24 + 19 = 43 hours after it; from the investigation on the 5th at 15:00, 9 + 5 = 14 hours
    # having passed.
    text = " ".join(chcheck("h.yaml", files={"h.yaml": HAZARD}).out.split())
    assert (
        "Made safe on 5 November 2025 at 05:00, 14 to 43 hours from the start; due between 10:00 "
        "on 4 November 2025 and 15:00 on 5 November 2025. Awaab's Law does not say whether"
    ) in text
    assert "due 4 November 2025 at 10:00, breach after 43 hours, 19 hours late" in text
    assert "due 5 November 2025 at 15:00, met after 14 hours" in text


def test_a_page_tells_hours(chcheck: Chcheck) -> None:
    page = chcheck("h.yaml", "--format", "html", files={"h.yaml": HAZARD}).out
    words = " ".join(re.sub(r"<[^>]+>", " ", page).split())
    assert "due 4 November 2025 at 10:00, Breach , 19 hours late, after 43 hours" in words
    assert "due 4 Nov 2025 10:00 done 4 Nov 2025" in words
    # In the table of figures: reported, due, done, how long it took.
    assert "3 Nov 2025 4 Nov 2025 10:00 5 Nov 2025 43 hours Breach , 19 hours late" in words
    assert "after 2 working days" not in words


@pytest.mark.parametrize(
    ("investigated", "due"),
    [
        # Found on the same day, so due at one time or the other of the next.
        ("2025-11-03 15:00", "due between 10:00 and 15:00 on 4 November 2025."),
        # The time of one is not known: only the days are.
        ("2025-11-04", "due between 4 November and 5 November 2025."),
    ],
)
def test_a_due_time_between_two(chcheck: Chcheck, investigated: str, due: str) -> None:
    text = HAZARD.replace("2025-11-04 15:00", investigated)
    assert due in " ".join(chcheck("h.yaml", files={"h.yaml": text}).out.split())


@pytest.mark.parametrize(
    ("events", "add"),
    [
        (
            ("2025-11-03 hazard reported", "2025-11-04 hazard made safe"),
            "date: DATE TIME   (on the events of lines 7 and 8)",
        ),
        (
            ("2025-11-03 14:30 hazard reported", "2025-11-04 hazard made safe"),
            "date: DATE TIME   (on the event of line 8)",
        ),
    ],
)
def test_the_time_that_would_settle_it_is_asked_for(
    chcheck: Chcheck, events: tuple[str, ...], add: str
) -> None:
    assert one_of(chcheck, *events)["settled_by"] == {
        "says": "The times known do not decide whether 24 hours had passed.",
        "add": add,
    }


def test_the_json_of_a_reading_has_its_moments(chcheck: Chcheck) -> None:
    one = one_of(chcheck, "2025-11-03 hazard reported", "2025-11-04 16:40 hazard made safe")
    (reading,) = one["readings"]
    assert one["due"] == {"earliest": "2025-11-04", "latest": "2025-11-04"}
    assert reading["due_at"] == {"earliest": "2025-11-04T00:00", "latest": "2025-11-04T23:59"}
    assert reading["done_at"] == {"earliest": "2025-11-04T16:40", "latest": "2025-11-04T16:40"}
    assert reading["hours"] == {"least": 16, "most": 40}


def test_every_format_shows_it(chcheck: Chcheck) -> None:
    one_of(chcheck, "2025-11-03 14:30 hazard reported", "2025-11-04 16:40 hazard made safe")
    told = chcheck("case.yaml", "--explain").out
    assert told.startswith("1 breach: hazard made safe 2 hours late (policy).")
    assert "due 4 Nov 2025 14:30\n" in told
    assert "Make safe, policy (1): 24 hours from 3 November 2025\n    Counted in hours: no" in told
    for name in ("html", "csv", "junit", "sarif", "gitlab", "github"):
        shown = chcheck("case.yaml", "--format", name)
        assert "2 hours late" in shown.out or name == "csv", name
    assert ",2,2,hours,0,0," in chcheck("case.yaml", "--format", "csv").out


def test_an_extension_lasts_until_the_end_of_its_day(chcheck: Chcheck) -> None:
    own = book(
        clock(
            *("make-safe", "complaint received", "stage 1 response", "{hours: 24}"),
            "extension: {event: stage 1 extended, most: not stated, needs: [until], clause: '2', "
            "provenance: quoted}",
        )
    )
    told = "{date: 2025-11-03, event: stage 1 extended, until: 2025-11-10}"
    for done, verdict in (("2025-11-10 23:59", "met"), ("2025-11-11 00:00", "breach")):
        one = findings_of(
            *(chcheck, own, "2025-11-03 14:30 complaint received", told),
            f"{done} stage 1 response",
        )["make-safe"]
        assert one["verdict"] == verdict


# Laws -----------------------------------------------------------------------------------------

MOMENTS = st.datetimes(datetime.fromisoformat("2001-01-01"), datetime.fromisoformat("2039-12-31"))
LONDON = ZoneInfo("Europe/London")


@given(MOMENTS)
def test_local_time_is_that_of_london(moment: datetime) -> None:
    moment = moment.replace(second=0, microsecond=0)
    day = np.array([moment.toordinal()], dtype=DAY)
    minute = np.array([moment.hour * 60 + moment.minute], dtype=DAY)
    for least, fold in ((True, 0), (False, 1)):
        utc = moment.replace(tzinfo=LONDON, fold=fold).astimezone(ZoneInfo("UTC"))
        exists = utc.astimezone(LONDON).replace(tzinfo=None) == moment
        told = int(utc_minutes(day, minute, least=least)[0])
        if exists:
            assert told == utc.toordinal() * 1440 + utc.hour * 60 + utc.minute
            days, minutes = local_time(np.array([told]))
            assert (int(days[0]), int(minutes[0])) == (int(day[0]), int(minute[0]))


@given(MOMENTS, st.integers(0, 5000), st.integers(0, 5000), st.booleans(), st.booleans())
def test_what_is_certain_of_days_is_so_of_every_time_in_them(
    began: datetime, after: int, more: int, begun_timed: bool, done_timed: bool
) -> None:
    # A time added to a day narrows what it may be: a verdict of the days never turns round.
    done = began + timedelta(minutes=after)
    vague = verdict_of(began, done, timed=(begun_timed, done_timed))
    exact = verdict_of(began, done, timed=(True, True))
    assert vague in (exact, "cannot-tell")
    # Done later it is not in time where it was late.
    later = verdict_of(began, done + timedelta(minutes=more), timed=(True, True))
    assert (exact, later) != ("breach", "met")
