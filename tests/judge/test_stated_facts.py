"""Statements as people type them, true and false, each worked out by hand first."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from msgspec.structs import replace

from timeliness import InputError, check, load_timelines
from timeliness.judge.statements.judge import check_statements
from timeliness.model.bank_holidays import ANNOUNCEMENTS
from timeliness.model.calendars import working_days
from timeliness.model.dates import Span
from timeliness.model.findings import StatementFound

RIGHT, OTHERWISE, WRONG = "right", "right-on-another-reading", "wrong"
NOT_CHECKABLE = "not-checkable"
SAME_DAY = "if the first day counts as day 1"
ROLL = "if a day that is not a working day counts as the next working day (roll-forward)"

POLICY = """
id: own
title: Own policy
publisher: Sample Homes
standard: policy
source: the policy itself
checked: 2025-01-01
rules:
  - id: stage-1-response
    title: Stage 1 response
    clause: "1"
    duty: must
    says: It answers within 20 working days.
    provenance: quoted
    clock: {start: complaint received, stop: stage 1 response, limit: 20 working days}
"""


def found(
    tmp_path: Path, events: str, *statements: str, policy: str = POLICY
) -> tuple[StatementFound, ...]:
    (tmp_path / "own.yaml").write_text(policy, encoding="utf-8")
    path = tmp_path / "case.yaml"
    lines = "".join(f"  - {{{one}}}\n" for one in statements)
    path.write_text(f"complaint: A\n{events}statements:\n{lines}", encoding="utf-8")
    (case,) = check(*load_timelines(path)).cases
    return case.statements


# Facts read from their words ------------------------------------------------------------------

# From Monday 3 March 2025 to Wednesday 30 April: 4 working days in that week, 5, 5, 5 to 28 March,
# 31 March 20, then 4, 5, 4 (Good Friday 18 April), 4 (Easter Monday 21 April), 3: 40. With the
# first day 41, with the two bank holidays 42, with both 43. 58 days: 8 weeks and 2 days, 1 month
# and 27 days. Ten working days end on Monday 17 March: 30 working days, 44 days, 6 weeks before.
LATE = """as_at: 2025-06-30
events:
  - 2025-03-03 complaint received
  - 2025-03-03 complaint acknowledged
  - 2025-04-30 stage 1 response
"""
# To Wednesday 12 March: 4 in that week and 3: 7 working days, 9 days. With the first day 8.
GOOD = LATE.replace("2025-04-30", "2025-03-12")
# From the acknowledgement of Tuesday 18 March to Monday 30 June: 3, 5, 5, 5, 4, 4, 5, 4 (5 May), 5,
# 5, 4 (26 May), 5, 5, 5, 5, 1: 70 working days. Twenty end on 15 April, 50 before; 15 weeks from
# 17 March to 30 June.
OPEN = """as_at: 2025-06-30
events:
  - 2025-03-03 complaint received
  - 2025-03-03 complaint acknowledged
  - 2025-03-12 stage 1 response
  - 2025-03-17 escalation requested
  - 2025-03-18 escalation acknowledged
"""

OF_LATE = [
    ("did not respond within 10 working days", RIGHT),
    ("didn't respond within 10 working days", RIGHT),
    ("failed to respond within 10 working days", RIGHT),
    ("was not answered within 10 working days", RIGHT),
    ("no response was sent within 10 working days", RIGHT),
    ("not within the 10 working day target", RIGHT),
    ("missed the 10 working day target", RIGHT),
    ("exceeded 10 working days", RIGHT),
    ("longer than 10 working days", RIGHT),
    ("beyond 10 working days", RIGHT),
    ("outside 10 working days", RIGHT),
    ("in excess of 10 working days", RIGHT),
    ("more than 39 working days", RIGHT),
    ("more than 40 working days", OTHERWISE),  # 41 with the first day
    ("more than 41 working days", WRONG),
    ("within 10 working days", WRONG),
    ("answered within the 10-working-day target", WRONG),
    ("did not exceed 10 working days", WRONG),
    ("not later than 10 working days", WRONG),
    ("within 40 working days", RIGHT),
    ("no later than 40 working days", RIGHT),
    ("within 39 working days", WRONG),
    ("took 40 working days", RIGHT),
    ("took 41 working days", OTHERWISE),
    ("took 42 working days", OTHERWISE),
    ("took 43 working days", OTHERWISE),
    ("took 45 working days", WRONG),
    ("took 58 days", RIGHT),
    ("took 8 weeks", RIGHT),
    ("took 9 weeks", WRONG),
    ("nearly 9 weeks", RIGHT),
    ("nearly two months", RIGHT),
    ("nearly three months", WRONG),
    ("about 42 working days", RIGHT),  # 4 either way
    ("about 44 working days", RIGHT),
    ("about 45 working days", WRONG),  # 41 to 49
    ("30 working days late", RIGHT),
    ("30 working days over its target", RIGHT),
    ("late by 30 working days", RIGHT),
    ("exceeded its target by 30 working days", RIGHT),
    ("outside of its target timescale by 30 working days", RIGHT),
    ("29 working days late", WRONG),
    ("more than 29 working days late", RIGHT),
    ("more than 30 working days late", OTHERWISE),  # 31 if the first day counts
    ("6 weeks over its target", RIGHT),
    ("at least 40 working days", RIGHT),
    ("not less than 40 working days", RIGHT),
    ("fewer than 41 working days", RIGHT),
    ("fewer than 40 working days", WRONG),
    ("less than two months", RIGHT),
    ("less than 8 weeks", WRONG),
    ("longer than a fortnight", RIGHT),
    ("over twenty-nine working days", RIGHT),
]
OF_GOOD = [
    ("within 10 working days", RIGHT),
    ("answered within the 10-working-day target", RIGHT),
    ("answered within its 10 working day target", RIGHT),
    ("inside 10 working days", RIGHT),
    ("not later than 10 working days", RIGHT),
    ("did not exceed 10 working days", RIGHT),
    ("met its 10 working day target", RIGHT),
    ("did not respond within 10 working days", WRONG),
    ("exceeded 10 working days", WRONG),
    ("outside its 10 working day target", WRONG),
    ("missed the 10 working day target", WRONG),
    ("within 7 working days", RIGHT),
    ("within 6 working days", WRONG),
    ("failed to respond within 7 working days", OTHERWISE),  # 8 with the first day
    ("seven working days", RIGHT),
    ("nine days", RIGHT),
    ("nearly 8 working days", RIGHT),
    ("nearly 9 working days", WRONG),
    ("about 5 working days", WRONG),
    ("about 8 working days", WRONG),  # a tenth of 8 is less than a day
]
OF_OPEN = [
    ("did not provide a response within 20 working days", RIGHT),
    ("failed to reply within 20 working days", RIGHT),
    ("no response was sent within 20 working days", RIGHT),
    ("exceeded 20 working days", RIGHT),
    ("answered within 20 working days", WRONG),
    ("did not exceed 20 working days", WRONG),
    ("50 working days overdue", RIGHT),
    ("more than 40 working days late", RIGHT),
    ("did not respond within 100 working days", NOT_CHECKABLE),
    ("answered within 100 working days", NOT_CHECKABLE),
    ("answered in 30 working days", NOT_CHECKABLE),
]


@pytest.mark.parametrize(
    ("events", "about", "words", "outcome"),
    [
        *((LATE, "stage 1 response", *one) for one in OF_LATE),
        *((GOOD, "stage 1 response", *one) for one in OF_GOOD),
        *((OPEN, "stage 2 response", *one) for one in OF_OPEN),
    ],
)
def test_a_fact_in_words_comes_out_as_worked_out(
    tmp_path: Path, events: str, about: str, words: str, outcome: str
) -> None:
    (one,) = found(tmp_path, events, f'words: "{words}", about: {about}')
    assert one.outcome == outcome, one.says


def test_what_is_still_open_says_so(tmp_path: Path) -> None:
    right, open_still = found(
        tmp_path,
        OPEN,
        "words: did not respond within 20 working days, about: stage 2 response",
        "words: answered in 30 working days, about: stage 2 response",
    )
    assert right.says == (
        "The stage 2 response was still outstanding on 30 June 2025. It is 70 working days from "
        "the acknowledgement on 18 March 2025 to the day of the check, 30 June 2025."
    )
    assert open_still.says == (
        "The stage 2 response was still outstanding on 30 June 2025, so the time taken is not "
        "yet known. So far it is 70 working days."
    )


def test_a_partial_record_does_not_show_that_there_was_no_response(tmp_path: Path) -> None:
    (one,) = found(
        tmp_path,
        "record: partial\n" + OPEN,
        "words: did not respond within 20 working days, about: stage 2 response",
    )
    assert (one.outcome, one.says) == (
        NOT_CHECKABLE,
        "The record does not say when the stage 2 response was; add to: DATE.",
    )


def test_an_answer_after_the_day_of_the_check_has_not_happened_yet(tmp_path: Path) -> None:
    # As at 31 March 2025: 20 working days from the 3rd, and the answer comes on 30 April.
    found_then = found(
        tmp_path,
        LATE.replace("2025-06-30", "2025-03-31"),
        "words: did not respond within 10 working days, about: stage 1 response",
        "words: took 40 working days, about: stage 1 response",
        "words: late, states: late, about: stage 1 response",
    )
    assert [(one.outcome, one.would_be) for one in found_then] == [
        (RIGHT, "20 working days"),
        (NOT_CHECKABLE, "20 working days"),
        (RIGHT, "late"),
    ]


def test_an_answer_that_was_not_sent_is_none(tmp_path: Path) -> None:
    events = GOOD.replace(
        "- 2025-03-12 stage 1 response", "- {date: 2025-03-12, event: stage 1 response, sent: no}"
    )
    (one,) = found(tmp_path, events, "words: within 10 working days, about: stage 1 response")
    assert one.outcome == WRONG


# In time and late -----------------------------------------------------------------------------

# Received 3 March 2025, acknowledged on the 4th, answered on 27 March: 18 working days from receipt
# (4, 5, 5, 4), due by the policy's twenty on the 31st; by the Code's ten, from the acknowledgement,
# on the 18th.
BY_POLICY = """policy: ./own.yaml
as_at: 2025-06-30
events:
  - 2025-03-03 complaint received
  - 2025-03-04 complaint acknowledged
  - 2025-03-27 stage 1 response
"""


@pytest.mark.parametrize(
    ("states", "outcome", "readings"),
    [
        ("states: in time", RIGHT, ()),
        ("states: late", OTHERWISE, ("by the 2024 Code",)),
        ("states: in time, against: policy", RIGHT, ()),
        ("states: in time, against: code", WRONG, ()),
        ("states: late, against: code", RIGHT, ()),
    ],
)
def test_in_time_is_held_against_the_policy_first(
    tmp_path: Path, states: str, outcome: str, readings: tuple[str, ...]
) -> None:
    (one,) = found(tmp_path, BY_POLICY, f"words: so it was, about: stage 1 response, {states}")
    assert (one.outcome, one.readings) == (outcome, readings)


def test_the_policy_and_the_code_are_told_apart(tmp_path: Path) -> None:
    letter = "words: in line with our policy timescale, about: stage 1 response, states: in time"
    (one,) = found(tmp_path, BY_POLICY, letter)
    policy, code = one.says.split(" By the 2024 Code it is late: ")
    assert policy.startswith("Stage 1 response (Own policy): Answered on 27 March 2025")
    assert code.startswith("Stage 1 response (2024 Code, 6.3): Answered on 27 March 2025")


def test_words_that_name_the_code_alone_mean_it(tmp_path: Path) -> None:
    of_code, of_both = found(
        tmp_path,
        BY_POLICY,
        "words: it complied with the Complaint Handling Code, about: stage 1 response, "
        "states: in time",
        "words: in line with its policy and the Code, about: stage 1 response, states: in time",
    )
    assert (of_code.outcome, of_both.outcome) == (WRONG, RIGHT)


def test_in_time_by_another_count_says_by_which(tmp_path: Path) -> None:
    # Acknowledged on Sunday 2 March 2025: ten working days end on Friday the 14th, and rolled
    # forward to Monday the 3rd on Monday the 17th.
    events = LATE.replace("2025-03-03", "2025-03-02").replace("2025-04-30", "2025-03-17")
    statements = found(
        tmp_path,
        events,
        "words: in time, states: in time, about: stage 1 response",
        "words: all in time, states: in time",
        "words: by 17 March, states: 2025-03-17, about: stage 1 response",
    )
    assert [(one.outcome, one.readings) for one in statements] == [(OTHERWISE, (ROLL,))] * 3
    assert statements[0].says.endswith(f'"In time" is right {ROLL}.')


def test_each_edition_is_named_with_its_own_clause(tmp_path: Path) -> None:
    events = """record: partial
as_at: 2024-10-01
events:
  - {date: unknown, event: complaint received}
  - 2024-08-01 escalation requested
  - 2024-09-10 stage 2 response
"""
    (one,) = found(tmp_path, events, "words: late, states: late, about: stage 2 response")
    assert "2022 Code, 5.13 or 2024 Code, 6.14)" in one.says
    assert "3 or 5.13" not in one.says


# Last days ------------------------------------------------------------------------------------

# Received on Friday 1 August 2025 and closed on the 6th: twenty working days are 4 to 8 August (4),
# 11 to 15 (9), 18 to 22 (14), 26 to 29 (18, the 25th is a bank holiday), 1 and 2 September. Without
# the closure day Monday 1 September; without the bank holiday too Friday 29 August.
CLOSED = """policy: ./own.yaml
as_at: 2025-10-31
events:
  - 2025-08-01 complaint received
"""
CLOSURE = "without the closure days of the Own policy"


@pytest.mark.parametrize(
    ("day", "outcome", "reading"),
    [
        ("2025-09-02", RIGHT, ""),
        ("2025-09-01", OTHERWISE, CLOSURE),
        ("2025-08-29", OTHERWISE, f"{CLOSURE}, if bank holidays are ignored"),
        ("2025-08-28", WRONG, ""),
    ],
)
def test_a_closure_day_keeps_its_name(tmp_path: Path, day: str, outcome: str, reading: str) -> None:
    policy = POLICY.replace("rules:", "closure_days: [2025-08-06]\nrules:")
    (one,) = found(
        tmp_path, CLOSED, f"words: x, about: stage 1 response, states: {day}", policy=policy
    )
    assert one.outcome == outcome
    assert reading in (*one.readings, "")


def test_only_a_closure_day_in_the_run_is_no_bank_holiday(tmp_path: Path) -> None:
    # From Friday 1 August 2025 five working days end on the 8th, and with the 6th closed on the
    # 11th. There is no bank holiday.
    policy = POLICY.replace("rules:", "closure_days: [2025-08-06]\nrules:").replace(
        "limit: 20", "limit: 5"
    )
    (one,) = found(
        tmp_path, CLOSED, "words: x, about: stage 1 response, states: 2025-08-08", policy=policy
    )
    assert (one.outcome, one.readings) == (OTHERWISE, (CLOSURE, SAME_DAY))


def test_two_points_of_counting_are_tried_together(tmp_path: Path) -> None:
    # Ten working days from Monday 7 April 2025: 8 to 11 (4), 14 to 17 (8), 22 and 23. With the
    # first day and over Easter: 7 to 11 (5), 14 to 18 (10).
    events = """as_at: 2025-06-30
events:
  - 2025-04-07 complaint received
  - 2025-04-07 complaint acknowledged
"""
    (one,) = found(tmp_path, events, "words: x, about: stage 1 response, states: 2025-04-18")
    assert (one.outcome, one.would_be, one.readings) == (
        OTHERWISE,
        "23 April 2025",
        ("if the first day counts as day 1 and bank holidays are ignored",),
    )


# Requested on Monday 22 August 2022: twenty working days are 23 to 26 August (4), 30 August to 2
# September (8), 5 to 9 (13), 12 to 16 (18), 20 and 21 September; before Monday 19 September was
# announced the 19th and 20th.
FUNERAL = """as_at: 2022-10-30
events:
  - 2022-08-01 complaint received
  - 2022-08-10 stage 1 response
  - 2022-08-22 escalation requested
  - 2022-09-20 stage 2 response
"""
BEFORE = "as worked out before the bank holiday of 19 September 2022 was announced, on 10 September"


def test_a_day_worked_out_before_a_bank_holiday_was_announced_says_so(tmp_path: Path) -> None:
    (one,) = found(tmp_path, FUNERAL, "words: x, about: stage 2 response, states: 2022-09-20")
    assert (one.outcome, one.would_be) == (OTHERWISE, "21 September 2022")
    assert one.readings == (f"{BEFORE} 2022", SAME_DAY)


def test_bank_holidays_ignored_is_not_the_cause_where_only_the_late_one_is(tmp_path: Path) -> None:
    # From Tuesday 30 August: 31 August to 2 September (3), 5 to 9 (8), 12 to 16 (13), 20 to 23
    # (17), 26 to 28 (20). Before the announcement 27 September; it is the only bank holiday.
    events = FUNERAL.replace("2022-08-22", "2022-08-30").replace("2022-09-20", "2022-09-29")
    (one,) = found(tmp_path, events, "words: x, about: stage 2 response, states: 2022-09-27")
    assert one.readings == (f"{BEFORE} 2022", SAME_DAY)


@pytest.mark.parametrize(
    ("said", "outcome", "says"),
    [
        (
            "2022-08-25",
            RIGHT,
            "The last day is 20 September 2022 by the 2022 Code, 20 working days from the request "
            "on 22 August 2022. Bank holidays announced after 25 August 2022 moved it to 21 "
            "September 2022.",
        ),
        (
            "2022-09-12",
            OTHERWISE,
            "The last day is 21 September 2022 by the 2022 Code, 20 working days from the request "
            f"on 22 August 2022. 20 September 2022 is right {SAME_DAY}.",
        ),
    ],
)
def test_a_day_is_right_as_it_was_said(tmp_path: Path, said: str, outcome: str, says: str) -> None:
    (one,) = found(
        tmp_path, FUNERAL, f"words: x, about: stage 2 response, states: 2022-09-20, said: {said}"
    )
    assert (one.outcome, one.says) == (outcome, says)


def test_every_announcement_is_of_a_bank_holiday_within_a_year() -> None:
    scotland = working_days("scotland")
    for one in ANNOUNCEMENTS:
        assert one.day in scotland.bank_holidays
        assert 0 < (one.day - one.announced).days < 365


# Episodes -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("statement", "outcome"),
    [
        ("states: in time, about: stage 1 response", NOT_CHECKABLE),
        ("states: 7 working days, about: stage 1 response, from: received", NOT_CHECKABLE),
        ("states: in time, about: stage 1 response, to: 2025-03-12", RIGHT),
        ("states: in time, about: stage 1 response, to: 2025-04-30", WRONG),
        (
            "states: 7 working days, about: stage 1 response, from: 2025-03-03, to: 2025-03-12",
            RIGHT,
        ),
        ("states: 2025-03-12, about: stage 1 response, kind: happened", RIGHT),
    ],
)
def test_a_statement_about_one_of_several_episodes_names_its_days(
    tmp_path: Path, statement: str, outcome: str
) -> None:
    # The first was answered on 12 March, in time; the other on 30 April, 30 working days late.
    path = tmp_path / "case.yaml"
    path.write_text(
        f"complaint: A\n{GOOD}statements:\n  - {{words: x, {statement}}}\n", encoding="utf-8"
    )
    (case,) = check(*load_timelines(path)).cases
    later = Span.day(date(2025, 4, 30))
    second = [replace(one, episode=2, verdict="breach", done=later) for one in case.findings]
    (one,) = check_statements(case.timeline, case.rulebooks, [*case.findings, *second], case.as_at)
    assert one.outcome == outcome, one.says
    if outcome == NOT_CHECKABLE:
        assert one.says == (
            "The stage 1 response comes more than once; name its days with from: DATE and to: DATE."
        )


# What is asked for ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("statement", "says"),
    [
        (
            "words: should have been answered within 10 working days, about: stage 1 response",
            "the words do not say for certain how long it took",
        ),
        ("words: very late, about: the review", "the words contain no figure"),
        (
            "words: x, states: in time, about: stage 1 response, said: soon",
            "said: a single day is expected here, such as 2025-04-03",
        ),
    ],
)
def test_one_mistake_is_one_error(tmp_path: Path, statement: str, says: str) -> None:
    with pytest.raises(InputError) as caught:
        found(tmp_path, LATE, statement)
    (mistake,) = caught.value.mistakes
    assert mistake.says.startswith(says)
