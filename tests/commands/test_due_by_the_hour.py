"""What is due at a time of day: the clocks of Awaab's Law that run in hours."""

from __future__ import annotations

import csv
import io
import json
from datetime import UTC, date, datetime

import pytest
from icalendar import Calendar

from tests.helpers.command import Chcheck

WINTER = """\
complaint: H-1
landlord: Sample Homes
rules: [awaab]
events:
  - 2026-11-25T14:30 emergency hazard reported
"""
TABLE = (
    "Complaint,Landlord,Emergency hazard reported,Emergency hazard investigated,"
    "Emergency hazard made safe\nH-1,Sample Homes,2026-11-25 14:30,,\n"
)
CONFIG = 'rules = ["awaab"]\n'
FILES = {"h.yaml": WINTER, "h.csv": TABLE, "rules.toml": CONFIG}
"""The law gives 24 hours to investigate an emergency hazard, and 24 to make it safe: both end at
14:30 on Thursday 26 November 2026."""


@pytest.mark.parametrize("path", ["h.yaml", "h.csv"])
def test_the_list_gives_the_time(chcheck: Chcheck, path: str) -> None:
    words = ("due", path, "--config", "rules.toml", "--as-at")
    before = chcheck(*words, "2026-11-26", files=FILES).out
    assert (
        "  Today, Thursday 26 November 2026\n"
        "    H-1: investigate an emergency hazard (Awaab's Law), by 14:30\n"
        "    H-1: make an emergency hazard safe (Awaab's Law), by 14:30\n"
    ) in before
    # From 14:30 to the start of the 27th: nine whole hours.
    after = " ".join(chcheck(*words, "2026-11-27").out.split())
    assert (
        "H-1: investigate an emergency hazard (Awaab's Law), overdue by 9 hours; due 26 Nov 2026 "
        "14:30"
    ) in after
    page = chcheck(*words, "2026-11-26", "--format", "html").out
    assert "26 Nov 2026</time> 14:30" in page


@pytest.mark.parametrize("path", ["h.yaml", "h.csv"])
def test_programs_get_the_time_too(chcheck: Chcheck, path: str) -> None:
    words = ("due", path, "--config", "rules.toml", "--as-at", "2026-11-26", "--format")
    first, _ = json.loads(chcheck(*words, "json", files=FILES).out)["limits"]
    row, _ = csv.DictReader(io.StringIO(chcheck(*words, "csv").out))
    for one in (first, row):
        assert one["due_at_earliest"] == one["due_at_latest"] == "2026-11-26T14:30"


def test_the_calendar_has_the_moment_and_a_reminder_some_hours_before(chcheck: Chcheck) -> None:
    words = ("--config", "rules.toml", "--as-at", "2026-11-26", "--format", "ics")
    of_timeline = chcheck("due", "h.yaml", *words, files=FILES).out
    of_table = chcheck("due", "h.csv", *words).out
    assert of_timeline == of_table
    first, _ = Calendar.from_ical(of_timeline).walk("VEVENT")
    assert first["DTSTART"].dt == datetime(2026, 11, 26, 14, 30, tzinfo=UTC)
    assert first.walk("VALARM")[0]["TRIGGER"].to_ical() == b"-PT4H"
    assert "Due by 14:30 on 26 November 2026." in str(first["DESCRIPTION"])


def test_the_moment_is_right_in_summer_and_when_the_clocks_change(chcheck: Chcheck) -> None:
    # 14:30 on 2 July is British Summer Time: 13:30 UTC. The clocks go back on 25 October 2026 at
    # 01:00 UTC: 24 hours after 14:30 on the 24th it is 13:30 by the clock, 13:30 UTC.
    told = {"2026-07-01": (2026, 7, 2, 13, 30), "2026-10-24": (2026, 10, 25, 13, 30)}
    for day, due in told.items():
        text = WINTER.replace("2026-11-25", day)
        ran = chcheck("due", "a.yaml", "--as-at", day, "--format", "ics", files={"a.yaml": text})
        first, _ = Calendar.from_ical(ran.out).walk("VEVENT")
        assert first["DTSTART"].dt == datetime(*due, tzinfo=UTC)
    out = chcheck("due", "a.yaml", "--as-at", "2026-10-24").out
    assert "emergency hazard safe (Awaab's Law), by 13:30\n" in out


def test_an_hour_that_is_not_known_is_said(chcheck: Chcheck) -> None:
    text = WINTER.replace("T14:30", "")
    words = ("due", "a.yaml", "--as-at", "2026-11-26")
    out = " ".join(chcheck(*words, files={"a.yaml": text}).out.split())
    assert "make an emergency hazard safe (Awaab's Law), by an hour that is not known" in out
    ran = chcheck(*words, "--format", "ics")
    first, _ = Calendar.from_ical(ran.out).walk("VEVENT")
    assert first["DTSTART"].dt == date(2026, 11, 26)


def test_the_list_of_several_complaints_has_the_time(chcheck: Chcheck) -> None:
    files = {"a.yaml": WINTER, "b.yaml": WINTER.replace("H-1", "H-2").replace("25T14", "26T16")}
    out = " ".join(chcheck("a.yaml", "b.yaml", "--as-at", "2026-11-26", files=files).out.split())
    assert "H-1 no breach so far; due today 14:30: investigate an emergency hazard" in out
    assert "H-2 no breach so far; due Fri 27 Nov 16:30: investigate an emergency hazard" in out
