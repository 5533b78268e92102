"""The calendar of open limits, read back by a library that others use."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from icalendar import Calendar

from tests.helpers.command import Chcheck

CASE = """\
complaint: "C,1; x"
landlord: Sample Homes
events:
  - {{date: 2026-12-14, event: complaint received, handler: CS-114, note: "Mrs Example rang"}}
  - {acknowledged} acknowledged
"""
AS_AT = ("--as-at", "2026-12-16")


def _events(chcheck: Chcheck, *words: str, files: dict[str, str]) -> list[Any]:
    ran = chcheck("due", *words, "--format", "ics", files=files)
    assert ran.code == 0
    for line in ran.out.split("\r\n"):
        assert len(line.encode()) <= 75
        assert "\n" not in line
    calendar = Calendar.from_ical(ran.out)
    assert (calendar["VERSION"], calendar["METHOD"]) == ("2.0", "PUBLISH")
    assert calendar.errors == []
    return list(calendar.walk("VEVENT"))


def test_an_event_is_a_whole_day_with_its_rule_and_clause(chcheck: Chcheck) -> None:
    files = {"a.yaml": CASE.format(acknowledged="2026-12-14")}
    # From Monday 14 December: 15 to 18 are 4 working days, 21 to 24 are 8; Friday 25 and Monday 28
    # are bank holidays, so 29 and 30 December are the 9th and 10th.
    (event,) = _events(chcheck, "a.yaml", *AS_AT, files=files)
    assert event["DTSTART"].dt == date(2026, 12, 30)
    assert event["DTEND"].dt == date(2026, 12, 31)
    assert str(event["SUMMARY"]) == "C,1; x: stage 1 response (Code)"
    assert str(event["DESCRIPTION"]) == (
        "Stage 1 response: Code 6.3 (stage-1-response).\nAs at 2026-12-16."
    )
    assert event["DTSTAMP"].dt.isoformat() == "2026-12-16T00:00:00+00:00"
    # 16 December 2026 is 2,541 days after 1 January 2020 (6 * 365 + 2 leap days + 349).
    assert int(event["SEQUENCE"]) == 6 * 365 + 2 + 349


def test_the_reminder_comes_at_nine_on_the_working_day_before(chcheck: Chcheck) -> None:
    # Acknowledged on Friday 11 December, received on Thursday 10: the 10th working day is Tuesday
    # 29 December. The working day before it is Thursday 24: Friday to Monday are not.
    text = CASE.replace("2026-12-14", "2026-12-10").format(acknowledged="2026-12-11")
    (event,) = _events(chcheck, "a.yaml", *AS_AT, files={"a.yaml": text})
    assert event["DTSTART"].dt == date(2026, 12, 29)
    (alarm,) = event.walk("VALARM")
    # From 09:00 on the 24th to midnight before the 29th: 4 days and 15 hours.
    assert alarm["TRIGGER"].dt == -timedelta(days=4, hours=15)
    assert str(alarm["ACTION"]) == "DISPLAY"


def test_a_new_file_moves_an_event(chcheck: Chcheck) -> None:
    old = {"a.yaml": CASE.format(acknowledged="2026-12-14")}
    (before,) = _events(chcheck, "a.yaml", *AS_AT, files=old)
    new = {"other/b.yaml": "# a line more\n" + CASE.format(acknowledged="2026-12-15")}
    (after,) = _events(chcheck, "other", "--as-at", "2026-12-17", files=new)
    assert before["UID"] == after["UID"]
    # Acknowledged a day later, it is due a day later: Thursday 31 December.
    assert after["DTSTART"].dt - before["DTSTART"].dt == timedelta(1)
    assert int(after["SEQUENCE"]) == int(before["SEQUENCE"]) + 1


def test_every_limit_has_an_event_of_its_own(chcheck: Chcheck) -> None:
    files = {
        "c/a.yaml": CASE.format(acknowledged="2026-12-14"),
        # The same reference again, by mistake; and a complaint with two limits to come.
        "c/b.yaml": CASE.format(acknowledged="2026-12-14"),
        "c/c.yaml": "complaint: D\nevents:\n  - 2026-12-14 complaint received\n",
    }
    events = _events(chcheck, "c", *AS_AT, files=files)
    assert len(events) == 4
    assert len({str(one["UID"]) for one in events}) == 4


def test_there_is_nothing_about_a_person_in_it(chcheck: Chcheck) -> None:
    files = {"a.yaml": CASE.format(acknowledged="2026-12-14")}
    out = chcheck("due", "a.yaml", *AS_AT, "--format", "ics", files=files).out
    assert not [word for word in ("CS-114", "Mrs", "Example", "Sample Homes") if word in out]


def test_a_table_gives_the_same_calendar_whichever_way_it_is_sorted(chcheck: Chcheck) -> None:
    rows = [f"R-{number},2026-12-{number:02}," for number in range(1, 15)]
    head = "Ref,Received,Acknowledged"
    files = {
        "a.csv": "\n".join([head, *rows, ""]),
        "b.csv": "\n".join([head, *reversed(rows), ""]),
    }
    outs = {
        name: chcheck("due", name, *AS_AT, "--format", "ics", files=files).out for name in files
    }
    assert outs["a.csv"] == outs["b.csv"]
    assert outs["a.csv"].count("BEGIN:VEVENT") > 14


def test_a_span_counts_from_its_earliest_day_and_says_so(chcheck: Chcheck) -> None:
    files = {"c.yaml": "complaint: D\nevents:\n  - 2026-12-14 complaint received\n"}
    _, response = _events(chcheck, "c.yaml", *AS_AT, files=files)
    # Acknowledged on 14 to 21 December (5 working days): due on 30 December to Thursday 7 January
    # (from the 21st: 22, 23, 24, 29, 30, 31 December, 4, 5, 6, 7 January).
    assert response["DTSTART"].dt == date(2026, 12, 30)
    assert "Due between 30 December 2026 and 7 January 2027; the earliest day is shown." in str(
        response["DESCRIPTION"]
    )


def test_text_of_any_kind_is_folded_without_cutting_a_character(chcheck: Chcheck) -> None:
    name = "Ünïcode-" + "é" * 90
    text = f"complaint: {name}\nevents:\n  - 2026-12-14 complaint received\n"
    events = _events(chcheck, "c.yaml", *AS_AT, files={"c.yaml": text})
    assert str(events[0]["SUMMARY"]).startswith(name)
