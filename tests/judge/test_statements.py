"""Statements about time: those of five published reports, and invented ones for every reading."""

from __future__ import annotations

from pathlib import Path

import pytest

from timeliness import check, load_timelines
from timeliness.model.findings import StatementFound

SAMPLES = Path(__file__).parent.parent.parent / "samples" / "determinations"
RIGHT, OTHERWISE, WRONG = "right", "right-on-another-reading", "wrong"
NOT_CHECKABLE = "not-checkable"


# The five reports -----------------------------------------------------------------------------

# Sample, the words, the outcome, what the plain reading comes to, and what else is said.
REPORTS = [
    ("southwark-202113700", "63 working days", OTHERWISE, "37 working days", (
        "The last day was 31 August 2021 (Southwark policy, 25 working days from 26 July 2021)",
        "to the stage 2 response on 22 October 2021 it is 38 working days",
        "As time elapsed it is 62 working days",
        "63 working days is right as time elapsed, if the first day counts as day 1; or as time "
        "elapsed, if bank holidays are ignored; or as time elapsed, to the stage 2 response on "
        "22 October 2021.",
    )),
    ("southwark-202113700", "nearly four weeks", WRONG, "9 weeks and 4 days (67 days)", (
        "from the request on 26 July 2021 it is 5 weeks and 5 days (40 days)",
        "from the request on 15 August 2021 it is 2 weeks and 6 days (20 days)",
        "However the days are counted, it is not nearly 4 weeks.",
    )),
    ("southwark-202113700", "in 6 weeks time", WRONG, "4 weeks and 5 days (33 days)", (
        "6 weeks from 10 February 2021 end on 24 March 2021.",
    )),
    ("southwark-202113700", "within 6 weeks", RIGHT, "4 weeks and 5 days (33 days)", ()),
    ("southwark-202113700", "4 months until", RIGHT, "4 months and 17 days", ()),
    ("southwark-202113700", "just outside", RIGHT, "late", ("due on 9 February 2021",)),
    ("southwark-202113700", "by 11 October", OTHERWISE, "3 August 2021", (
        "11 October 2021 is right from the request on 4 September 2021, if a day that is not a "
        "working day counts as the next working day"
        " (roll-forward).",
    )),
    ("southwark-202113700", "first received", OTHERWISE, "19 January 2021", (
        "21 January 2021, claimed without evidence",
    )),
    ("southwark-202113700", "a call was made", OTHERWISE, "10 February 2021", ()),
    ("luton-202229082", "13 working days", RIGHT, "13 working days", ()),
    ("luton-202229082", "25 working days", OTHERWISE, "26 working days", (
        "from the request on 3 November 2022 to the stage 2 response on 9 December 2022",
        "25 working days is right from the acknowledgement on 4 November 2022.",
    )),
    ("luton-202229082", "12 working days", OTHERWISE, "11 working days", (
        "12 working days is right if the first day counts as day 1.",
    )),
    ("luton-202229082", "adhered to the Code", WRONG, "late", (
        "Stage 2 response (2022 Code, 5.13)", "26 working days after the request",
    )),
    ("luton-202229082", "in keeping with", RIGHT, "in time", ()),
    ("luton-202229082", "in line with", OTHERWISE, "", (
        "1 working day late from the request; in time from the acknowledgement.",
    )),
    ("luton-202229082", "2 days later", RIGHT, "2 calendar days", ()),
    ("luton-202229082", "received 7 days after", RIGHT, "7 calendar days", ()),
    ("luton-202229082", "in the next week", RIGHT, "1 week (7 days)", ()),
    # From the end of August, the later of the two dates that the report gives.
    ("luton-202229082", "since the resident complained", WRONG,
     "5 months and 9 days to 6 months and 8 days", ("it is 3 months and 9 days to 4 months",)),
    ("luton-202229082", "since that response", RIGHT, "2 months and 23 days", ()),
    ("mtvh-202224230", "approximately 6 months", RIGHT, "6 months and 19 days", ()),
    ("mtvh-202319788", "each of the landlord's", RIGHT, "in time", ()),
    ("mtvh-202334516", "the 6 months before", OTHERWISE,
     "5 months and 28 days to 6 months and 27 days",
     ("6 months is right from 1 March 2023, the earliest day.",)),
]  # fmt: skip


@pytest.fixture(scope="module")
def found() -> dict[str, list[StatementFound]]:
    reports = {}
    for path in sorted(SAMPLES.glob("*.yaml")):
        cases = check(*load_timelines(path)).cases
        reports[path.stem] = [one for case in cases for one in case.statements]
    return reports


@pytest.mark.parametrize(("sample", "words", "outcome", "would_be", "told"), REPORTS)
def test_a_statement_of_a_report_comes_out_as_worked_out_by_hand(
    found: dict[str, list[StatementFound]],
    sample: str,
    words: str,
    outcome: str,
    would_be: str,
    told: tuple[str, ...],
) -> None:
    (one,) = [one for one in found[sample] if words in one.words]
    assert (one.outcome, one.would_be) == (outcome, would_be)
    for text in told:
        assert text in one.says


def test_every_statement_of_the_samples_is_in_the_table(
    found: dict[str, list[StatementFound]],
) -> None:
    assert sum(map(len, found.values())) == len(REPORTS)


# Invented figures between two days ------------------------------------------------------------

SAME_DAY = "if the first day counts as day 1"
WEEKDAYS = "if bank holidays are ignored"
ROLL = "if a day that is not a working day counts as the next working day (roll-forward)"

# From, to, the figure stated, the outcome, what it is, the readings on which it is right.
FIGURES = [
    # Easter 2024: Good Friday 29 March, Easter Monday 1 April. From Thursday 28 March the working
    # days are 2, 3, 4, 5 April: 4. With 28 March 5; with 29 March and 1 April 6; with all three 7;
    # 8 days in all.
    ("2024-03-28", "2024-04-05", "4 working days", RIGHT, "4 working days", ()),
    ("2024-03-28", "2024-04-05", "5 working days", OTHERWISE, "4 working days", (SAME_DAY,)),
    ("2024-03-28", "2024-04-05", "6 working days", OTHERWISE, "4 working days", (WEEKDAYS,)),
    ("2024-03-28", "2024-04-05", "8 working days", OTHERWISE, "4 working days",
     ("in calendar days",)),
    ("2024-03-28", "2024-04-05", "3 working days", WRONG, "4 working days", ()),
    ("2024-03-28", "2024-04-05", "7 working days", OTHERWISE, "4 working days",
     ("if the first day counts as day 1 and bank holidays are ignored",)),
    # From Easter Saturday: 2 and 3 April, 2; rolled forward 2 April is day 0, so 1; weekdays 3.
    ("2024-03-30", "2024-04-03", "2 working days", RIGHT, "2 working days", ()),
    ("2024-03-30", "2024-04-03", "1 working day", OTHERWISE, "2 working days", (ROLL,)),
    ("2024-03-30", "2024-04-03", "3 working days", OTHERWISE, "2 working days", (WEEKDAYS,)),
    # A weekend: from Saturday 15 June 2024, 17 to 21 June are 5; rolled forward 4.
    ("2024-06-15", "2024-06-21", "5 working days", RIGHT, "5 working days", ()),
    ("2024-06-15", "2024-06-21", "4 working days", OTHERWISE, "5 working days", (ROLL,)),
    # Christmas 2024: from Friday 20 December 23, 24, 27, 30, 31 December, 2, 3, 6 January: 8.
    # 25 and 26 December and 1 January make 11 weekdays. 11 + 6 = 17 days, 2 weeks and 3 days.
    ("2024-12-20", "2025-01-06", "8 working days", RIGHT, "8 working days", ()),
    ("2024-12-20", "2025-01-06", "9 working days", OTHERWISE, "8 working days", (SAME_DAY,)),
    ("2024-12-20", "2025-01-06", "11 working days", OTHERWISE, "8 working days", (WEEKDAYS,)),
    ("2024-12-20", "2025-01-06", "10 working days", WRONG, "8 working days", ()),
    ("2024-12-20", "2025-01-06", "17 calendar days", RIGHT, "17 calendar days", ()),
    ("2024-12-20", "2025-01-06", "17 days", RIGHT, "17 calendar days", ()),
    ("2024-12-20", "2025-01-06", "18 calendar days", OTHERWISE, "17 calendar days", (SAME_DAY,)),
    ("2024-12-20", "2025-01-06", "8 days", OTHERWISE, "17 calendar days", ("in working days",)),
    ("2024-12-20", "2025-01-06", "8 calendar days", OTHERWISE, "17 calendar days",
     ("in working days",)),
    ("2024-12-20", "2025-01-06", "16 days", WRONG, "17 calendar days", ()),
    ("2024-12-20", "2025-01-06", "2 weeks", RIGHT, "2 weeks and 3 days (17 days)", ()),
    # 8 working days are a week of 5 and 3 more.
    ("2024-12-20", "2025-01-06", "1 week", OTHERWISE, "2 weeks and 3 days (17 days)",
     ("in weeks of 5 working days",)),
    ("2024-12-20", "2025-01-06", "3 weeks", WRONG, "2 weeks and 3 days (17 days)", ()),
    # Months: the last day of a shorter month ends one; 28 days are four weeks, not a month.
    ("2024-01-31", "2024-02-29", "1 month", RIGHT, "1 month", ()),
    ("2024-01-31", "2024-02-28", "1 month", OTHERWISE, "0 months and 28 days",
     ("in months of 4 weeks",)),
    ("2024-01-31", "2024-02-29", "2 months", WRONG, "1 month", ()),
    ("2024-05-10", "2024-11-09", "6 months", OTHERWISE, "5 months and 30 days",
     ("in months of 4 weeks",)),
    # Bounds. 1 to 28 March 2025 is 27 days; to 22 March 21, which is 3 weeks and not nearly 4.
    ("2025-03-01", "2025-03-28", "nearly 4 weeks", RIGHT, "3 weeks and 6 days (27 days)", ()),
    ("2025-03-01", "2025-03-22", "nearly 4 weeks", WRONG, "3 weeks (21 days)", ()),
    ("2025-03-01", "2025-03-30", "just under four weeks", WRONG, "4 weeks and 1 day (29 days)", ()),
    ("2025-03-01", "2025-03-28", "about 4 weeks", RIGHT, "3 weeks and 6 days (27 days)", ()),
    ("2025-03-01", "2025-03-24", "about 4 weeks", WRONG, "3 weeks and 2 days (23 days)", ()),
    ("2025-03-01", "2025-03-15", "more than 2 weeks", WRONG, "2 weeks (14 days)", ()),
    ("2025-03-01", "2025-03-16", "over two weeks", RIGHT, "2 weeks and 1 day (15 days)", ()),
    ("2025-03-01", "2025-03-15", "at least 2 weeks", RIGHT, "2 weeks (14 days)", ()),
    ("2025-03-01", "2025-03-15", "within 2 weeks", RIGHT, "2 weeks (14 days)", ()),
    ("2025-03-01", "2025-03-16", "up to 2 weeks", WRONG, "2 weeks and 1 day (15 days)", ()),
    ("2025-03-01", "2025-03-15", "less than 2 weeks", WRONG, "2 weeks (14 days)", ()),
    # From Monday 3 March 2025, the 60th working day but for Easter and two days in May: 3 March
    # to 30 May is 12 weeks and 4 days: 64 weekdays less 18, 21 April, 5, 26 May: 60.
    ("2025-03-03", "2025-05-30", "about 65 working days", RIGHT, "60 working days", ()),
    ("2025-03-03", "2025-05-30", "about 70 working days", WRONG, "60 working days", ()),
    ("2025-03-03", "2025-05-30", "nearly 62 working days", RIGHT, "60 working days", ()),
]  # fmt: skip


def statements(tmp_path: Path, text: str) -> tuple[StatementFound, ...]:
    path = tmp_path / "case.yaml"
    path.write_text(text, encoding="utf-8")
    (case,) = check(*load_timelines(path)).cases
    return case.statements


@pytest.mark.parametrize(("start", "end", "stated", "outcome", "would_be", "readings"), FIGURES)
def test_a_figure_between_two_days_is_read_in_every_way(
    tmp_path: Path,
    start: str,
    end: str,
    stated: str,
    outcome: str,
    would_be: str,
    readings: tuple[str, ...],
) -> None:
    (one,) = statements(
        tmp_path,
        f"""
complaint: A
as_at: 2025-06-30
events:
  - {start} complaint received
statements:
  - words: so it was
    states: {stated}
    about: the wait
    from: {start}
    to: {end}
""",
    )
    assert (one.outcome, one.would_be, one.readings) == (outcome, would_be, readings)


def test_a_figure_is_counted_by_the_bank_holidays_of_the_nation(tmp_path: Path) -> None:
    # Friday 29 November to Tuesday 3 December 2024: Monday 2 December stands in for St Andrew's
    # Day in Scotland, so 1 there and 2 in England.
    _own_policy(tmp_path)
    (one,) = statements(
        tmp_path,
        """
complaint: A
nation: scotland
policy: ./own.yaml
events:
  - 2024-11-29 complaint received
statements:
  - {words: 2 working days, about: the wait, from: 2024-11-29, to: 2024-12-03}
""",
    )
    assert (one.outcome, one.would_be) == (OTHERWISE, "1 working day")
    assert one.readings == (SAME_DAY, WEEKDAYS)


def _own_policy(tmp_path: Path, **more: str) -> None:
    lines = "".join(f"{name}: {value}\n" for name, value in more.items())
    (tmp_path / "own.yaml").write_text(
        f"""
id: own
title: Own policy
publisher: Sample Homes
standard: policy
source: the policy itself
checked: 2025-01-01
{lines}rules:
  - id: stage-1-response
    title: Stage 1 response
    clause: "1"
    duty: must
    says: It answers within 10 working days.
    provenance: quoted
    clock: {{start: complaint received, stop: stage 1 response, limit: 10 working days}}
""",
        encoding="utf-8",
    )


# Invented statements about events -------------------------------------------------------------

# Under the 2024 Code. From receipt, Monday 3 June 2024, to Monday 24 June: 4 days in that week and
# 5, 5, 1: 15 working days. From logging on the 4th 14, from the acknowledgement on the 6th 12. Ten
# working days end on the 17th, the 18th and Thursday the 20th: 5, 4 and 2 working days before.
EVENTS = """
complaint: A
as_at: 2024-07-31
events:
  - 2024-06-03 complaint received
  - 2024-06-04 complaint logged
  - 2024-06-06 complaint acknowledged
  - {date: 2024-06-24, event: stage 1 response, id: letter}
statements:
  - words: so it was
    about: stage 1 response
"""
STATED = [
    ("states: 15 working days, from: complaint received", RIGHT, "15 working days", ()),
    ("states: 14 working days, from: received", OTHERWISE, "15 working days",
     ("from logging on 4 June 2024",)),
    ("states: 12 working days, from: complaint received", OTHERWISE, "15 working days",
     ("from the acknowledgement on 6 June 2024",)),
    ("states: 16 working days, from: complaint received", OTHERWISE, "15 working days",
     (SAME_DAY,)),
    ("states: 11 working days, from: complaint received", WRONG, "15 working days", ()),
    ("states: 21 days, from: complaint received", RIGHT, "21 calendar days", ()),
    ("states: 3 weeks, from: complaint received", RIGHT, "3 weeks (21 days)", ()),
    # Without a start it is the Code's own, the acknowledgement.
    ("states: 12 working days", RIGHT, "12 working days", ()),
    ("states: 15 working days", OTHERWISE, "12 working days", ("from receipt on 3 June 2024",)),
    # A start given by its date stands alone: 13 from the day after receipt would need another.
    ("states: 12 working days, from: 2024-06-03", WRONG, "15 working days", ()),
    # Overshoot.
    ("states: 2 working days, kind: overshoot", RIGHT, "2 working days", ()),
    ("states: 5 working days, kind: overshoot", OTHERWISE, "2 working days",
     ("from receipt on 3 June 2024",)),
    ("states: 3 working days, kind: overshoot", OTHERWISE, "2 working days", (SAME_DAY,)),
    ("states: 12 working days, kind: overshoot", OTHERWISE, "2 working days",
     ("as time elapsed",)),
    ("states: 20 working days, kind: overshoot", WRONG, "2 working days", ()),
    ("states: 4 days, kind: overshoot", RIGHT, "4 calendar days", ()),
    ("states: 5 working days, from: complaint received", OTHERWISE, "15 working days",
     ("as time over the limit of the 2024 Code, 10 working days",)),
    # Dates: the last day, and the day it happened.
    ("states: 2024-06-20", RIGHT, "20 June 2024", ()),
    ("states: 17 June 2024", OTHERWISE, "20 June 2024", ("from receipt on 3 June 2024",)),
    ("states: 19 June 2024", OTHERWISE, "20 June 2024", (SAME_DAY,)),
    ("states: 26 June 2024", WRONG, "20 June 2024", ()),
    ("states: 24 June 2024, kind: happened", RIGHT, "24 June 2024", ()),
    ("states: 25 June 2024, kind: happened", WRONG, "24 June 2024", ()),
    # In time or late.
    ("states: late, against: code", RIGHT, "late", ()),
    ("states: in time", WRONG, "late", ()),
    ("states: late, against: policy", NOT_CHECKABLE, "", ()),
]  # fmt: skip


@pytest.mark.parametrize(("keys", "outcome", "would_be", "readings"), STATED)
def test_a_statement_about_an_event_tries_its_starts_ends_and_limits(
    tmp_path: Path, keys: str, outcome: str, would_be: str, readings: tuple[str, ...]
) -> None:
    text = EVENTS + "".join(f"    {key}\n" for key in keys.split(", "))
    (one,) = statements(tmp_path, text)
    assert (one.outcome, one.would_be, one.readings) == (outcome, would_be, readings)


def test_an_event_is_named_by_its_id_too(tmp_path: Path) -> None:
    text = EVENTS.replace("about: stage 1 response", "about: letter")
    (one,) = statements(tmp_path, text + "    states: 12 working days\n")
    assert one.outcome == RIGHT


def test_the_figure_is_read_from_the_words_where_they_hold_one(tmp_path: Path) -> None:
    text = EVENTS.replace("so it was", "twelve working days after you were told of it")
    (one,) = statements(tmp_path, text)
    assert (one.outcome, one.stated) == (RIGHT, "12 working days")


def test_the_closure_days_of_a_policy_are_a_reading_of_their_own(tmp_path: Path) -> None:
    # From Monday 3 June to Monday 24 June 2024 15 working days; without the 10th and 11th 13.
    _own_policy(tmp_path, closure_days="[2024-06-10/2024-06-11]")
    text = EVENTS.replace("as_at", "policy: ./own.yaml\nas_at")
    (one,) = statements(tmp_path, text + "    states: 13 working days\n    from: received\n")
    assert one.would_be == "15 working days"
    assert "with the closure days of the Own policy" in one.readings


# Extended from 20 to Thursday 27 June 2024 in time and answered on Monday 1 July: 2 working days
# after the extended day (28 June, 1 July) and 4 calendar days, 7 after the original one, and 9
# after the 18th, which is the original one from logging.
@pytest.mark.parametrize(
    ("keys", "outcome"),
    [
        ("states: 2 working days, kind: overshoot", RIGHT),
        ("states: 7 working days, kind: overshoot", RIGHT),
        ("states: 9 working days, kind: overshoot", OTHERWISE),
        ("states: 4 working days, kind: overshoot", OTHERWISE),
        ("states: 5 working days, kind: overshoot", WRONG),
        ("states: 2024-06-27", RIGHT),
        ("states: 2024-06-20", RIGHT),
        ("states: 2024-06-28", WRONG),
    ],
)
def test_an_extension_gives_a_last_day_of_its_own(tmp_path: Path, keys: str, outcome: str) -> None:
    text = EVENTS.replace(
        "  - {date: 2024-06-24, event: stage 1 response, id: letter}",
        "  - {date: 2024-06-18, event: stage 1 extended, until: 2024-06-27, reason: survey}\n"
        "  - {date: 2024-07-01, event: stage 1 response, id: letter}",
    )
    (one,) = statements(tmp_path, text + "".join(f"    {key}\n" for key in keys.split(", ")))
    assert one.outcome == outcome, one.says


# A policy of ten working days from receipt beside the Code's ten from the acknowledgement: each
# limit runs from its own start, to the 17th and the 20th, 5 and 2 working days before the answer.
@pytest.mark.parametrize(
    ("keys", "outcome", "would_be", "readings"),
    [
        ("states: 2024-06-17", RIGHT, "17 June 2024", ()),
        (
            "states: 2024-06-20",
            OTHERWISE,
            "17 June 2024",
            ("from the acknowledgement on 6 June 2024", "by the 2024 Code, 10 working days"),
        ),
        ("states: 2024-06-20, against: code", RIGHT, "20 June 2024", ()),
        ("states: 5 working days, kind: overshoot", RIGHT, "5 working days", ()),
        (
            "states: 2 working days, kind: overshoot",
            OTHERWISE,
            "5 working days",
            ("from the acknowledgement on 6 June 2024", "over the 2024 Code, 10 working days"),
        ),
        ("states: 2 working days, kind: overshoot, against: code", RIGHT, "2 working days", ()),
        ("states: in time, against: policy", WRONG, "late", ()),
    ],
)
def test_each_limit_runs_from_its_own_start(
    tmp_path: Path, keys: str, outcome: str, would_be: str, readings: tuple[str, ...]
) -> None:
    _own_policy(tmp_path)
    text = EVENTS.replace("as_at", "policy: ./own.yaml\nas_at")
    (one,) = statements(tmp_path, text + "".join(f"    {key}\n" for key in keys.split(", ")))
    assert (one.outcome, one.would_be, one.readings) == (outcome, would_be, readings)


def test_a_start_that_the_record_lacks_is_not_taken_for_another(tmp_path: Path) -> None:
    text = EVENTS.replace("  - 2024-06-06 complaint acknowledged\n", "")
    keys = "    states: 15 working days\n    from: complaint acknowledged\n"
    (one,) = statements(tmp_path, text + keys)
    assert one.says == "The record does not say when the acknowledgement was; write from: DATE."
    # Without a start the Code's own is meant; its acknowledgement is lacking, so it is receipt.
    (one,) = statements(tmp_path, text + "    states: 15 working days\n")
    assert one.outcome == RIGHT


NOT_KNOWN = [
    ("about: stage 2 response\n    from: complaint received",
     "The record does not say when the stage 2 response was; add to: DATE."),
    ("about: update\n    to: 2024-06-20",
     "The record does not say which day it counts from; add from: an event or a date."),
    ("about: stage 1 response\n    from: escalation requested",
     "The record does not say when the request was; write from: DATE."),
    ("about: chaser\n    from: complaint received\n    to: 2024-06-20\n    kind: overshoot",
     "No rule here sets a limit for the chaser."),
    ("about: the wait\n    from: 2024-06-20\n    to: 2024-06-10",
     "10 June 2024 lies before 20 June 2024."),
]  # fmt: skip


@pytest.mark.parametrize(("keys", "says"), NOT_KNOWN)
def test_what_cannot_be_checked_says_what_is_missing(tmp_path: Path, keys: str, says: str) -> None:
    text = EVENTS.replace("about: stage 1 response", keys)
    (one,) = statements(tmp_path, text + "    states: 12 working days\n")
    assert (one.outcome, one.says) == (NOT_CHECKABLE, says)


def test_a_roughly_known_day_decides_where_every_day_of_it_agrees(tmp_path: Path) -> None:
    # From 1 May 2024 to 30 June are 60 days, from 31 May 30: more than 4 weeks on any day of May,
    # more than 5 on its first day, never more than 9; 7 weeks on some day between its ends only.
    stated = ("more than 4 weeks", "more than 5 weeks", "more than 9 weeks", "7 weeks")
    rows = "\n".join(
        f"  - {{words: {words}, about: the wait, from: 2024-05, to: 2024-06-30}}"
        for words in stated
    )
    found = statements(tmp_path, EVENTS[: EVENTS.index("  - words")] + rows)
    assert [one.outcome for one in found] == [RIGHT, OTHERWISE, WRONG, NOT_CHECKABLE]
    assert found[1].readings == ("from 1 May 2024, the earliest day",)
    assert found[3].says == (
        "It is 4 weeks and 2 days (30 days) to 8 weeks and 4 days (60 days) from a day between 1 "
        "May and 31 May 2024 to 30 June 2024. The recorded days do not decide whether 7 weeks is "
        "right."
    )


def test_either_end_of_a_span_may_be_meant(tmp_path: Path) -> None:
    # From Thursday 6 June: 24 June is the 12th working day, 25 June the 13th.
    text = EVENTS.replace("{date: 2024-06-24,", "{date: 2024-06-24/2024-06-25,")
    (one,) = statements(tmp_path, text + "    states: 13 working days\n")
    assert (one.outcome, one.would_be) == (OTHERWISE, "12 working days to 13 working days")
    assert one.readings == ("to the stage 1 response on 25 June 2024, the latest day",)
