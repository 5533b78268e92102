"""Five published determinations, against tables worked out by hand from their reports.

England, counted day-after. A pair of days or numbers is the earliest and the latest, or the least
and the most. `late` is in working days.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from msgspec.structs import replace

from timeliness import Case, Finding, Library, check, load_timelines
from timeliness.model.dates import Span, When
from timeliness.model.findings import Reading
from timeliness.model.ranges import Range
from timeliness.model.timelines import Event

SAMPLES = Path(__file__).parent.parent / "samples" / "determinations"
MTVH_A, MTVH_B, MTVH_C = "202319788", "202224230", "202334516"
MTVH_LATER, SOUTHWARK, LUTON = "00236471", "202113700", "202229082"
CLOCKS = (
    "acknowledge-complaint",
    "stage-1-response",
    "acknowledge-escalation",
    "stage-2-response",
    "stage-3-response",
    "routine-repair",
)

# complaint, rule, standard, start, due, done, working days, verdict, late
FINDINGS = [
    # MTVH 202319788: 28 August 2023 is a bank holiday, so four working days to the answer of the
    # 29th, which came first.
    (
        MTVH_A,
        "acknowledge-complaint",
        "code",
        "2023-08-22",
        "2023-08-30",
        "",
        "4",
        "met",
        "",
    ),
    (
        *(MTVH_A, "stage-1-response", "policy"),
        *("2023-08-22..2023-08-29", "2023-09-06..2023-09-12", "2023-08-29", "0..4", "met", "0"),
    ),
    (
        *(MTVH_A, "stage-1-response", "code"),
        *("2023-08-22..2023-08-29", "2023-09-06..2023-09-12", "2023-08-29", "0..4", "met", "0"),
    ),
    (
        *(MTVH_A, "stage-2-response", "policy"),
        *("2023-08-29..2023-09-06", "2023-09-26..2023-10-04", "2023-09-06", "0..6", "met", "0"),
    ),
    (
        *(MTVH_A, "stage-2-response", "code"),
        *("2023-08-29", "2023-09-26", "2023-09-06", "6", "met", "0"),
    ),
    # MTVH 202224230: 26 and 27 December 2022 and 2 January 2023 are bank holidays.
    (
        MTVH_B,
        "acknowledge-complaint",
        "code",
        "2022-11-16",
        "2022-11-23",
        "",
        "",
        "cannot-tell",
        "",
    ),
    (
        *(MTVH_B, "stage-1-response", "code", "2022-11-16..2022-11-23"),
        *("2022-11-30..2022-12-07", "2022-12-01", "6..11", "cannot-tell", "0..1"),
    ),
    (
        *(MTVH_B, "stage-2-response", "code"),
        *("2022-12-01", "2023-01-03", "2022-12-21", "14", "met", "0"),
    ),
    # MTVH 202334516, and the later complaint that its report mentions.
    (
        MTVH_C,
        "acknowledge-complaint",
        "code",
        "2023-09-28",
        "2023-10-05",
        "",
        "",
        "cannot-tell",
        "",
    ),
    (
        *(MTVH_C, "stage-1-response", "code"),
        *("2023-09-28..2023-10-05", "2023-10-12..2023-10-19", "2023-10-10", "3..8", "met", "0"),
    ),
    (
        *(MTVH_C, "stage-2-response", "code"),
        *("2023-10-31", "2023-11-28", "2023-11-13", "9", "met", "0"),
    ),
    (
        *(MTVH_LATER, "acknowledge-complaint", "code"),
        *("2024-09-01..2024-09-30", "2024-09-06..2024-10-07", "", "", "cannot-tell", ""),
    ),
    (
        *(MTVH_LATER, "stage-1-response", "code", "2024-09-01..2024-10-07"),
        *("2024-09-13..2024-10-21", "2024-12-04", "42..68", "breach", "32..58"),
    ),
    # Southwark 202113700: the policy from receipt and request; the 2020 Code unverified.
    (
        *(SOUTHWARK, "acknowledge-complaint", "policy"),
        *("2021-01-19", "2021-01-22", "claimed", "", "cannot-tell", ""),
    ),
    (
        *(SOUTHWARK, "acknowledge-complaint", "code"),
        *("2021-01-19", "2021-01-26", "claimed", "", "cannot-tell", ""),
    ),
    (
        *(SOUTHWARK, "stage-1-response", "policy"),
        *("2021-01-19", "2021-02-09", "2021-02-11", "17", "breach", "2"),
    ),
    (
        *(SOUTHWARK, "stage-1-response", "code"),
        *("2021-01-19", "2021-02-02", "2021-02-11", "17", "breach", "7"),
    ),
    (
        *(SOUTHWARK, "acknowledge-escalation", "policy"),
        *("2021-06-29", "2021-07-02", "2021-09-14", "54", "breach", "51"),
    ),
    (
        *(SOUTHWARK, "stage-2-response", "policy"),
        *("2021-06-29", "2021-08-03", "2021-10-21..2021-10-22", "81..82", "breach", "56..57"),
    ),
    (
        *(SOUTHWARK, "stage-2-response", "code"),
        *("2021-06-29", "2021-07-27", "2021-10-21..2021-10-22", "81..82", "breach", "61..62"),
    ),
    # Luton 202229082: there was no acknowledgement, so the policy's second reading drops out.
    (LUTON, "acknowledge-complaint", "policy", "2022-10-13", "2022-10-18", "", "", "breach", ""),
    (LUTON, "acknowledge-complaint", "code", "2022-10-13", "2022-10-20", "", "", "breach", ""),
    (
        *(LUTON, "stage-1-response", "policy"),
        *("2022-10-13", "2022-11-03", "2022-11-01", "13", "met", "0"),
    ),
    (
        *(LUTON, "stage-1-response", "code", "2022-10-13..2022-10-20"),
        *("2022-10-27..2022-11-03", "2022-11-01", "8..13", "cannot-tell", "0..3"),
    ),
    (
        *(LUTON, "acknowledge-escalation", "policy"),
        *("2022-11-03", "2022-11-08", "2022-11-04", "1", "met", "0"),
    ),
    (
        *(LUTON, "stage-2-response", "policy", "2022-11-03..2022-11-04"),
        *("2022-12-08..2022-12-09", "2022-12-09", "25..26", "cannot-tell", "0..1"),
    ),
    (
        *(LUTON, "stage-2-response", "code"),
        *("2022-11-03", "2022-12-01", "2022-12-09", "26", "breach", "6"),
    ),
    (
        *(LUTON, "routine-repair", "policy"),
        *("2022-10-07", "2022-11-18", "2022-10-24", "11", "met", "0"),
    ),
]

# complaint, rule, standard, start event, decides, start, due, working days, verdict, late
READINGS = [
    (
        *(SOUTHWARK, "stage-1-response", "policy", "complaint logged", False),
        *("2021-01-21", "2021-02-11", "15", "met", "0"),
    ),
    (
        # Also from the day of receipt that the landlord's letter gives.
        *(SOUTHWARK, "stage-1-response", "code", "complaint logged", False),
        *("2021-01-21", "2021-02-04", "15", "breach", "5"),
    ),
    (
        *(SOUTHWARK, "acknowledge-escalation", "policy", "escalation logged", False),
        *("2021-07-26", "2021-07-29", "35", "breach", "32"),
    ),
    (
        *(SOUTHWARK, "stage-2-response", "policy", "escalation logged", False),
        *("2021-07-26", "2021-08-31", "62..63", "breach", "37..38"),
    ),
    (
        *(SOUTHWARK, "stage-2-response", "code", "escalation logged", False),
        *("2021-07-26", "2021-08-23", "62..63", "breach", "42..43"),
    ),
    (
        *(LUTON, "stage-2-response", "policy", "escalation requested", True),
        *("2022-11-03", "2022-12-08", "26", "breach", "1"),
    ),
    (
        *(LUTON, "stage-2-response", "policy", "escalation acknowledged", True),
        *("2022-11-04", "2022-12-09", "25", "met", "0"),
    ),
    (
        *(MTVH_A, "stage-1-response", "policy", "complaint received", True),
        *("2023-08-22", "2023-09-06", "4", "met", "0"),
    ),
    (
        *(MTVH_A, "stage-1-response", "policy", "complaint acknowledged", True),
        *("2023-08-22..2023-08-29", "2023-09-06..2023-09-12", "0..4", "met", "0"),
    ),
]


@pytest.fixture(scope="module")
def loaded() -> tuple[dict[str, Case], Library]:
    timelines, rulebooks = load_timelines(SAMPLES)
    cases = {}
    for timeline in timelines:
        (case,) = check([timeline], rulebooks).cases
        cases[timeline.complaint] = case
    return cases, rulebooks


def span(text: str) -> Span | None:
    if not text:
        return None
    earliest, _, latest = text.partition("..")
    return Span(date.fromisoformat(earliest), date.fromisoformat(latest or earliest))


def number(text: str) -> Range | None:
    if not text:
        return None
    least, _, most = text.partition("..")
    return Range(int(least), int(most or least))


def clocks(case: Case) -> list[Finding]:
    return [finding for finding in case.findings if finding.rule in CLOCKS]


def find(case: Case, rule: str, standard: str) -> Finding:
    (finding,) = [f for f in clocks(case) if (f.rule, f.standard) == (rule, standard)]
    return finding


@pytest.mark.parametrize(
    ("complaint", "rule", "standard", "start", "due", "done", "days", "verdict", "late"), FINDINGS
)
def test_a_clock(loaded, complaint, rule, standard, start, due, done, days, verdict, late):
    finding = find(loaded[0][complaint], rule, standard)
    assert finding.verdict == verdict
    assert (finding.start, finding.due) == (span(start), span(due))
    if done != "claimed":
        assert finding.done == span(done)
    if days:
        assert finding.working_days == number(days)
    if late:
        assert finding.late_by == number(late)


def test_what_mtvh_aims_at_is_a_should_and_what_luton_and_southwark_ask_is_a_must(loaded):
    for complaint, duty in ((MTVH_A, "should"), (LUTON, "must"), (SOUTHWARK, "must")):
        for rule in ("stage-1-response", "stage-2-response"):
            assert find(loaded[0][complaint], rule, "policy").duty == duty


@pytest.mark.parametrize("complaint", [MTVH_A, MTVH_B, MTVH_C, MTVH_LATER, SOUTHWARK, LUTON])
def test_there_are_no_other_clocks(loaded, complaint):
    expected = [(row[1], row[2]) for row in FINDINGS if row[0] == complaint]
    found = [(finding.rule, finding.standard) for finding in clocks(loaded[0][complaint])]
    assert sorted(found) == sorted(expected)


@pytest.mark.parametrize(
    (
        *("complaint", "rule", "standard", "start_event", "decides"),
        *("start", "due", "days", "verdict", "late"),
    ),
    READINGS,
)
def test_a_reading(
    loaded, complaint, rule, standard, start_event, decides, start, due, days, verdict, late
):
    readings = find(loaded[0][complaint], rule, standard).readings
    (reading,) = [r for r in readings if r.start_event == start_event and not r.as_new_complaint]
    assert reading.decides is decides
    assert_reading(reading, start, due, days, verdict, late)


def assert_reading(reading: Reading, start: str, due: str, days: str, verdict: str, late: str):
    assert (reading.start, reading.due) == (span(start), span(due))
    assert reading.working_days == number(days)
    assert (reading.verdict, reading.late_by) == (verdict, number(late))


def test_the_reading_from_an_acknowledgement_that_did_not_happen_drops_out(loaded):
    finding = find(loaded[0][LUTON], "stage-1-response", "policy")
    assert [reading.start_event for reading in finding.readings] == ["complaint received"]


def test_a_further_complaint_treated_as_an_escalation_is_also_shown_as_a_new_complaint(loaded):
    finding = find(loaded[0][MTVH_C], "stage-2-response", "code")
    (shown,) = [reading for reading in finding.readings if reading.as_new_complaint]
    # 14 November is ten working days after 31 October; logging is not recorded, so "or later".
    assert not shown.decides
    assert shown.verdict == "met"
    assert (shown.start.earliest, shown.due.earliest) == (date(2023, 10, 31), date(2023, 11, 14))


@pytest.mark.parametrize(
    ("complaint", "day"), [(MTVH_B, "17 November 2022"), (LUTON, "18 October 2022")]
)
def test_the_day_of_logging_that_decides_stage_1(loaded, complaint, day):
    settled_by = find(loaded[0][complaint], "stage-1-response", "code").settled_by
    assert f"in time only if logged on or after {day}".lower() in settled_by.says.lower()
    assert settled_by.add.endswith(" complaint logged")


@pytest.mark.parametrize(
    ("complaint", "rule", "event", "late_day", "in_time_day"),
    [
        (MTVH_B, "stage-1-response", "complaint logged", "2022-11-16", "2022-11-17"),
        (LUTON, "stage-1-response", "complaint logged", "2022-10-17", "2022-10-18"),
        # A missing record cannot lengthen a clock; a recorded acknowledgement does.
        (MTVH_LATER, "stage-1-response", "complaint acknowledged", "2024-11-19", "2024-11-20"),
    ],
)
def test_recording_the_missing_start_settles_it(
    loaded, complaint, rule, event, late_day, in_time_day
):
    cases, rulebooks = loaded
    for day, verdict in ((late_day, "breach"), (in_time_day, "met")):
        timeline = cases[complaint].timeline
        added = Event(event, When(Span.day(date.fromisoformat(day))))
        (case,) = check([replace(timeline, events=(*timeline.events, added))], rulebooks).cases
        assert find(case, rule, "code").verdict == verdict


def test_a_late_acknowledgement_is_a_breach_of_its_own_clause(loaded):
    cases, rulebooks = loaded
    timeline = cases[MTVH_LATER].timeline
    added = Event("complaint acknowledged", When(Span.day(date(2024, 11, 20))))
    (case,) = check([replace(timeline, events=(*timeline.events, added))], rulebooks).cases
    assert find(case, "acknowledge-complaint", "code").verdict == "breach"


@pytest.mark.parametrize(
    ("complaint", "rule", "standard", "reason"),
    [
        (SOUTHWARK, "acknowledge-complaint", "policy", "not-evidenced"),
        (SOUTHWARK, "acknowledge-complaint", "code", "not-evidenced"),
        (MTVH_A, "acknowledge-complaint", "code", "answered-first"),
        (MTVH_B, "acknowledge-complaint", "code", "not-recorded"),
        (MTVH_C, "acknowledge-complaint", "code", "not-recorded"),
        (MTVH_LATER, "acknowledge-complaint", "code", "not-recorded"),
        (MTVH_B, "stage-1-response", "code", "start-not-recorded"),
        (LUTON, "stage-1-response", "code", "start-not-recorded"),
        (LUTON, "stage-2-response", "policy", "readings-differ"),
        (LUTON, "acknowledge-complaint", "policy", "overdue"),
        (LUTON, "stage-2-response", "code", "late"),
    ],
)
def test_a_reason(loaded, complaint, rule, standard, reason):
    assert find(loaded[0][complaint], rule, standard).reason == reason


def test_a_late_answer_without_an_extension_says_that_none_is_recorded(loaded):
    says = find(loaded[0][LUTON], "stage-2-response", "code").says
    assert "no extension is recorded" in says.lower()


@pytest.mark.parametrize(
    ("rule", "standard", "provenance"),
    [
        ("acknowledge-complaint", "policy", "reported"),
        ("acknowledge-complaint", "code", "reported"),
        ("stage-1-response", "code", "unverified"),
        ("stage-2-response", "code", "unverified"),
    ],
)
def test_the_limits_of_the_first_edition_are_labelled(loaded, rule, standard, provenance):
    assert find(loaded[0][SOUTHWARK], rule, standard).provenance == provenance


def test_nothing_else_is_said_of_an_acknowledgement_of_escalation_before_2024(loaded):
    # Of these, only the two policies ask for one.
    asked = [
        complaint
        for complaint, case in loaded[0].items()
        if any(finding.rule == "acknowledge-escalation" for finding in clocks(case))
    ]
    assert sorted(asked) == sorted([LUTON, SOUTHWARK])
