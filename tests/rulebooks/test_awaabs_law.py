"""A hazard under Awaab's Law, beside the Code or alone; every date is counted by hand."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent, indent

import pytest

from tests.helpers.command import Chcheck
from timeliness import Case, Finding, check, load_timelines
from timeliness.read.library import Loader, load_rulebooks

SAMPLES = Path(__file__).parent.parent.parent / "samples"


def case_of(events: str, *, as_at: str = "2027-06-30", code: str = "[awaab]") -> Case:
    """A complaint with these events, checked against Awaab's Law."""
    head = f"complaint: H-1\nas_at: {as_at}\ncode: {code}\nevents:\n"
    text = head + indent(dedent(events).strip("\n"), "  ")
    loader = Loader(load_rulebooks())
    (case,) = check(loader.parse(text.encode(), "case.yaml", Path()), loader.library).cases
    return case


def finding(case: Case, rule: str) -> Finding:
    (one,) = [one for one in case.findings if one.rule == rule]
    return one


def verdict(case: Case, rule: str) -> str:
    return finding(case, rule).verdict


def due(case: Case, rule: str) -> str:
    span = finding(case, rule).due
    assert span is not None
    assert span.exact
    return str(span.earliest)


# Working days, counted from the day after ------------------------------------------------------


@pytest.mark.parametrize(
    ("reported", "last"),
    [
        # Saturday 1 November 2025 is day zero: 3 to 7 and 10 to 14 November.
        ("2025-11-01", "2025-11-14"),
        # Thursday 18 December 2025: 19, 22 to 24, 29 to 31 December are 7; 2, 5 and 6 January. In
        # England the 2nd is a working day.
        ("2025-12-18", "2026-01-06"),
        # Wednesday 1 April 2026, before Good Friday and Easter Monday: 2, 7 to 10, 13 to 17 April.
        ("2026-04-01", "2026-04-17"),
        # Friday 21 August 2026, before the late summer holiday of the 31st: 24 to 28 August, 1 to 4
        # and 7 September.
        ("2026-08-21", "2026-09-07"),
    ],
)
def test_a_hazard_is_investigated_within_ten_working_days(reported: str, last: str) -> None:
    in_time = case_of(f"- {reported} hazard reported\n- {last} hazard investigated")
    assert due(in_time, "investigate-hazard") == last
    assert verdict(in_time, "investigate-hazard") == "met"
    day = int(last[-2:]) + 3
    late = case_of(f"- {reported} hazard reported\n- {last[:-2]}{day:02} hazard investigated")
    assert verdict(late, "investigate-hazard") == "breach"


@pytest.mark.parametrize(
    ("investigated", "summary", "safe"),
    [
        # Tuesday 23 December 2025: 24, 29, 30 December; and 31 December, 2 January.
        ("2025-12-23", "2025-12-30", "2026-01-02"),
        # Wednesday 1 April 2026: 2, 7, 8 April; and 9, 10 April.
        ("2026-04-01", "2026-04-08", "2026-04-10"),
        # Friday 1 May 2026, before the early May holiday of the 4th: 5, 6, 7 May; and 8, 11 May.
        ("2026-05-01", "2026-05-07", "2026-05-11"),
    ],
)
def test_a_summary_and_safety_work_follow_the_investigation(
    investigated: str, summary: str, safe: str
) -> None:
    case = case_of(
        f"""
        - 2025-12-15 hazard reported
        - {investigated} hazard investigated
        - {summary} investigation summary sent
        - {safe} hazard made safe
        """
    )
    assert (due(case, "investigation-summary"), due(case, "make-safe")) == (summary, safe)
    assert [verdict(case, one) for one in ("investigation-summary", "make-safe")] == ["met", "met"]


def test_preventative_work_starts_within_twelve_weeks() -> None:
    # 84 days from Wednesday 1 April 2026: 24 June. Its steps: 2, 7 to 10 April.
    events = """
        - 2026-03-25 hazard reported
        - 2026-04-01 hazard investigated
        - 2026-04-01 preventative work needed
        - 2026-04-10 preventative work arranged
        - {} preventative work started
        """
    in_time = case_of(events.format("2026-06-24"))
    assert due(in_time, "preventative-work") == "2026-06-24"
    assert due(in_time, "preventative-steps") == "2026-04-10"
    assert verdict(in_time, "preventative-work") == "met"
    assert verdict(in_time, "preventative-steps") == "met"
    assert verdict(case_of(events.format("2026-06-25")), "preventative-work") == "breach"
    # Work that has begun needs no steps to begin it.
    begun = case_of(
        """
        - 2026-03-25 hazard reported
        - 2026-04-01 preventative work needed
        - 2026-04-07 preventative work started
        """
    )
    assert verdict(begun, "preventative-steps") == "not-applicable"


def test_where_there_is_no_hazard_nothing_is_to_be_made_safe() -> None:
    case = case_of(
        """
        - 2026-03-02 hazard reported
        - 2026-03-09 hazard investigated
        - 2026-03-09 hazard ruled out
        - 2026-03-11 investigation summary sent
        """
    )
    assert verdict(case, "make-safe") == "not-applicable"
    assert verdict(case, "investigation-summary") == "met"


def test_what_was_done_before_the_investigation_ended_was_done() -> None:
    case = case_of(
        """
        - 2026-03-02 hazard reported
        - 2026-03-04 preventative work started
        - 2026-03-05 hazard made safe
        - 2026-03-09 hazard investigated
        - 2026-03-09 preventative work needed
        """
    )
    assert verdict(case, "make-safe") == "met"
    assert finding(case, "make-safe").says == (
        "Made safe on 5 March 2026, before the investigation of the hazard; due on 16 March 2026."
    )
    assert verdict(case, "preventative-work") == "met"
    assert verdict(case, "preventative-steps") == "not-applicable"


def test_a_tenant_may_ask_for_an_investigation_in_person() -> None:
    # Asked on Monday 9 March 2026: 10 to 13, 16 to 20 and 23 March.
    case = case_of(
        """
        - 2026-03-02 hazard reported
        - 2026-03-06 hazard investigated
        - 2026-03-09 second investigation requested
        - 2026-03-24 second investigation completed
        """
    )
    assert due(case, "investigate-again") == "2026-03-23"
    assert verdict(case, "investigate-again") == "breach"


# From which day on ------------------------------------------------------------------------------


def test_phase_1_begins_on_27_october_2025() -> None:
    # Monday 27 October 2025: 28 to 31 October, 3 to 7 and 10 November.
    before = case_of("- 2025-10-26 hazard reported\n- 2025-12-01 hazard investigated")
    assert {one.verdict for one in before.findings if one.rulebooks[0].id == "awaab-2025"} == {
        "not-applicable"
    }
    assert finding(before, "investigate-hazard").says == (
        "Not needed: the hazard was reported on 26 October 2025, and this applies from 27 October "
        "2025."
    )
    on = case_of("- 2025-10-27 hazard reported\n- 2025-12-01 hazard investigated")
    assert due(on, "investigate-hazard") == "2025-11-10"
    assert verdict(on, "investigate-hazard") == "breach"


def test_phase_2_begins_on_30_november_2026() -> None:
    # Monday 30 November 2026: 1 to 4, 7 to 11 and 14 December.
    events = "- {} phase 2 hazard reported\n- 2026-12-16 hazard investigated"
    before = case_of(events.format("2026-11-29"))
    rules = ("investigate-phase-2", "investigation-summary", "make-safe")
    assert [verdict(before, rule) for rule in rules] == ["not-applicable"] * 3
    on = case_of(events.format("2026-11-30"))
    assert due(on, "investigate-phase-2") == "2026-12-14"
    assert [verdict(on, rule) for rule in rules] == ["breach"] * 3
    # Damp and mould is covered all the while.
    mould = case_of("- 2026-11-16 hazard reported\n- 2026-12-16 hazard investigated")
    assert verdict(mould, "investigate-hazard") == "breach"


# Twenty-four hours ------------------------------------------------------------------------------

EMERGENCY = """
- 2026-03-06{} emergency hazard reported
- 2026-03-07{} emergency hazard investigated
- {} emergency hazard made safe
- 2026-03-10 investigation summary sent
"""


@pytest.mark.parametrize(
    ("made_safe", "expected"),
    [
        # Reported on Friday at 17:30 and investigated on Saturday at 10:00: 23 hours and 30 minutes
        # from the report; 24 hours and a minute from it, 7.5 hours from the investigation; 24 hours
        # and a minute from that.
        ("2026-03-07 17:00", "met"),
        ("2026-03-07 17:30", "met"),
        ("2026-03-07 17:31", "cannot-tell"),
        ("2026-03-08 10:00", "cannot-tell"),
        ("2026-03-08 10:01", "breach"),
        # Without a time of day: some time on Sunday, up to 14 hours after the investigation's 24.
        ("2026-03-08", "cannot-tell"),
        ("2026-03-09", "breach"),
    ],
)
def test_an_emergency_is_made_safe_within_24_hours_of_one_of_two_starts(
    made_safe: str, expected: str
) -> None:
    case = case_of(EMERGENCY.format(" 17:30", " 10:00", made_safe))
    assert verdict(case, "make-emergency-safe") == expected
    assert verdict(case, "investigate-emergency") == "met"


@pytest.mark.parametrize(
    ("made_safe", "expected"),
    [
        # Reported some time on the 6th and investigated some time on the 7th, so safe on the 7th is
        # within 24 hours of the investigation and perhaps of the report; on the 8th it is more than
        # 24 hours after the report and perhaps not after the investigation; on the 9th after both.
        ("2026-03-07", "cannot-tell"),
        ("2026-03-08", "cannot-tell"),
        ("2026-03-09", "breach"),
    ],
)
def test_without_times_the_days_decide_as_far_as_they_can(made_safe: str, expected: str) -> None:
    case = case_of(EMERGENCY.format("", "", made_safe))
    assert verdict(case, "make-emergency-safe") == expected
    assert verdict(case, "investigate-emergency") == "cannot-tell"


def test_it_says_that_the_start_is_not_known(chcheck: Chcheck) -> None:
    events = EMERGENCY.format(" 17:30", " 10:00", "2026-03-07 17:31")
    lines = "".join(f"  {line}\n" for line in events.strip().splitlines())
    text = f"complaint: H-1\nas_at: 2026-06-30\ncode: [awaab]\nevents:\n{lines}"
    ran = chcheck("case.yaml", files={"case.yaml": text})
    out = " ".join(ran.out.split())
    assert "Awaab's Law does not say whether its clock starts at the report" in out
    assert "The Awaab's Law" not in out
    assert "0 working days" not in out


def test_an_emergency_that_is_over_needs_no_safety_work() -> None:
    moved = case_of(
        """
        - 2026-03-06 17:30 emergency hazard reported
        - 2026-03-06 19:00 emergency hazard investigated
        - 2026-03-06 alternative accommodation provided
        """
    )
    assert verdict(moved, "make-emergency-safe") == "not-applicable"
    never = case_of(
        """
        - 2026-03-06 17:30 emergency hazard reported
        - 2026-03-06 19:00 emergency hazard investigated
        """
    )
    assert verdict(never, "make-emergency-safe") == "breach"


# Beside the Code --------------------------------------------------------------------------------


def test_a_hazard_in_a_complaint_starts_both_clocks() -> None:
    (case,) = check(*load_timelines(SAMPLES / "hazard.yaml")).cases
    assert [book.id for book in case.rulebooks] == ["housing-ombudsman-2024", "awaab-2025"]
    # Reported on Monday 2 March 2026: 3 to 6, 9 to 13 and 16 March. Investigated on the 12th: 13,
    # 16 and 17 March for the summary, and 18 and 19 March to make it safe. Made safe on Tuesday the
    # 24th: 20, 23 and 24 March are three more.
    assert (due(case, "investigate-hazard"), verdict(case, "investigate-hazard")) == (
        "2026-03-16",
        "met",
    )
    assert verdict(case, "investigation-summary") == "met"
    late = finding(case, "make-safe")
    assert (due(case, "make-safe"), late.verdict) == ("2026-03-19", "breach")
    assert late.late_by is not None
    assert late.late_by.least == 3
    # The same complaint, acknowledged on Monday the 9th: 3 to 6 and 9 March; answered on the 23rd:
    # 10 to 13, 16 to 20 and 23 March.
    assert verdict(case, "acknowledge-complaint") == "met"
    assert verdict(case, "stage-1-response") == "met"


def test_a_breach_of_the_law_says_what_the_landlord_may_answer(chcheck: Chcheck) -> None:
    text = (
        "complaint: H-1\nas_at: 2026-06-30\ncode: [awaab]\nevents:\n"
        "  - 2026-03-02 hazard reported\n  - 2026-03-27 hazard investigated\n"
    )
    ran = chcheck("case.yaml", files={"case.yaml": text})
    assert ran.code == 1
    assert "Awaab's Law" in ran.out
    assert "used all reasonable endeavours" in " ".join(ran.out.split())
    assert "Housing Ombudsman" not in ran.out


def test_a_hazard_needs_the_law_to_be_asked_for(chcheck: Chcheck) -> None:
    text = (
        "complaint: H-1\nevents:\n  - 2026-03-02 complaint received\n"
        "  - 2026-03-02 hazard reported\n"
    )
    ran = chcheck("case.yaml", files={"case.yaml": text})
    assert (ran.code, ran.out, ran.err) == (
        2,
        "",
        'case.yaml:4: "hazard reported" is an event of Awaab\'s Law; to check it, add: rules: '
        "[housing-ombudsman, awaab]\n",
    )


@pytest.mark.parametrize("asked", ["rules: [awaab]", "code: awaab", "code: ./law.yaml"])
def test_the_law_is_asked_for_by_name_or_by_path(chcheck: Chcheck, asked: str) -> None:
    law = (SAMPLES.parent / "rules/awaabs-law/2025.yaml").read_text(encoding="utf-8")
    text = (
        f"complaint: H-1\nas_at: 2026-06-30\n{asked}\nevents:\n"
        "  - 2026-03-02 hazard reported\n  - 2026-03-17 hazard investigated\n"
        "  - 2026-03-18 hazard ruled out\n  - 2026-03-18 investigation summary sent\n"
    )
    ran = chcheck(
        "case.yaml",
        files={"case.yaml": text, "law.yaml": law.replace("id: awaab-2025", "id: own-law")},
    )
    assert ran.code == 1, ran.err
    assert ran.out.startswith("1 breach: hazard investigated 1 working day late (Awaab's Law).\n")


def test_a_table_has_columns_for_hazards(chcheck: Chcheck) -> None:
    table = (
        "Complaint,Complaint received,Hazard reported,Hazard investigated,Hazard made safe\n"
        "T-1,2026-03-02,2026-03-02,2026-03-16,2026-03-23\n"
        "T-2,2026-03-02,2026-03-02,2026-03-17,2026-03-25\n"
        "T-3,2026-03-02,,,\n"
    )
    ran = chcheck(
        "table.csv",
        "--code",
        "awaab",
        "--as-at",
        "2026-06-30",
        "--format",
        "csv",
        files={"table.csv": table},
    )
    rows = [line.split(",") for line in ran.out.splitlines()]
    complaint, rule, verdict_ = (rows[0].index(name) for name in ("complaint", "rule", "verdict"))
    told = {(row[complaint], row[rule]): row[verdict_] for row in rows[1:] if len(row) > verdict_}
    # Due on Monday the 16th; made safe by 17 to 20 and 23 March, or by 18 to 20, 23 and 24 March.
    assert (told["T-1", "investigate-hazard"], told["T-1", "make-safe"]) == ("met", "met")
    assert (told["T-2", "investigate-hazard"], told["T-2", "make-safe"]) == ("breach", "breach")
    assert told.get(("T-3", "investigate-hazard"), "not-applicable") == "not-applicable"


def test_a_hazard_reported_twice_leaves_the_edition_of_the_code_as_it_is() -> None:
    # From Monday 5 January 2026 10 working days end on the 19th; from 2 February, on the 16th.
    case = case_of(
        """
        - 2026-01-05 complaint received
        - 2026-01-05 hazard reported
        - 2026-01-08 complaint acknowledged
        - 2026-01-20 hazard investigated
        - 2026-01-22 stage 1 response
        - 2026-02-02 hazard reported
        - 2026-02-16 hazard investigated
        """,
        code="[housing-ombudsman, awaab, lgsco]",
    )
    found = [one for one in case.findings if one.rule == "investigate-hazard"]
    assert [(one.episode, one.verdict) for one in found] == [(1, "breach"), (2, "met")]
    assert [book.id for book in case.rulebooks] == [
        "housing-ombudsman-2024",
        "awaab-2025",
        "lgsco-2024",
    ]
    assert not [note for note in case.notes if "edition" in note]
