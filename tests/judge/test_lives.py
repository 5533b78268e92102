"""The twin of the life of a complaint, against lives that were worked out by hand.

All are complaints of Monday 3 March 2025 under the 2024 Code, without a bank holiday until 18
April: five working days end on Monday 10 March, ten days from the 5th on 19 March, from the 3rd on
17 March and from the 10th on 24 March. A complaint of 31 March is due to be acknowledged by 7
April.
"""

from __future__ import annotations

from datetime import date, time

import pytest

from tests.campaigns.lives import OpenQuestionError, wanted
from tests.campaigns.of_lives import CORNERS, gone_through
from tests.campaigns.oracle import CODE, Fact, Record

ACK, STAGE_1, ACK_2, STAGE_2 = (
    "acknowledge-complaint",
    "stage-1-response",
    "acknowledge-escalation",
    "stage-2-response",
)


def day(text: str) -> date:
    return date(2025, *(int(part) for part in text.split("-")))


def fact(line: str) -> Fact:
    """Read `3-3 complaint received` or `3-3/3-5 complaint received`."""
    when, name = line.split(" ", 1)
    first, _, last = when.partition("/")
    return Fact(name, day(first), day(last or first))


def told(rule: str, *lines: str, as_at: str = "6-30", complete: bool = True) -> list[str]:
    facts = (fact("3-3 complaint received"), *map(fact, lines))
    record = Record(facts, day(as_at), complete)
    return ["/".join(sorted(one.allowed)) for one in wanted(record, CODE)[rule]]


HOURS = (time(9), time(10))
NA, DOUBT = "not-applicable", "cannot-tell"
AGAIN, EARLY = "3-31 complaint received", "3-7 escalation requested"
ASKED = "3-25 escalation requested"
ACKED, ANSWERED = "3-5 complaint acknowledged", "3-18 stage 1 response"


@pytest.mark.parametrize(
    ("rule", "lines", "verdicts"),
    [
        # In time, a day late, and left open.
        (STAGE_1, [ACKED, "3-19 stage 1 response"], ["met"]),
        (STAGE_1, [ACKED, "3-20 stage 1 response"], ["breach"]),
        (STAGE_1, [ACKED], ["breach"]),
        (STAGE_1, [ACKED, "3-19/3-20 stage 1 response"], [DOUBT]),
        # Not acknowledged: due between the 17th and the 24th.
        (STAGE_1, ["3-17 stage 1 response"], ["met"]),
        (STAGE_1, [ANSWERED], [DOUBT]),
        # Answered first.
        (ACK, ["3-10 stage 1 response"], ["met"]),
        (ACK, ["3-11 stage 1 response"], ["breach"]),
        (ACK, ["3-10 stage 1 response", "3-20 complaint acknowledged"], ["met"]),
        # Logged late, perhaps late, and not at all.
        (ACK, [ACKED, "3-11 complaint logged", ANSWERED], ["breach"]),
        (ACK, [ACKED, "3-7/3-14 complaint logged", ANSWERED], ["met"]),
        (ACK, [ACKED, "3-11/3-14 complaint logged", ANSWERED], ["breach"]),
        # Ended in time and late, and acknowledged after the end.
        (STAGE_1, [ACKED, "3-19 complaint withdrawn"], [NA]),
        (STAGE_1, [ACKED, "3-20 complaint withdrawn"], ["breach"]),
        (ACK, ["3-4 complaint withdrawn", "3-20 complaint acknowledged"], [NA]),
        (STAGE_1, [ACKED, "3-7 escalation refused"], ["breach"]),
        # Closed without an answer, in time and late; with an answer later; taken back.
        (STAGE_1, [ACKED, "3-19 complaint closed"], [DOUBT]),
        (STAGE_1, [ACKED, "3-20 complaint closed"], ["breach"]),
        (STAGE_1, [ACKED, "3-7 complaint closed", ANSWERED], ["met"]),
        (STAGE_1, [ACKED, "3-7 complaint closed", "3-10 complaint reopened"], ["breach"]),
        (ACK, ["3-7 complaint closed"], [DOUBT]),
        # Asked again after an end: each has clocks of its own.
        (
            STAGE_1,
            [ACKED, "3-7 complaint refused", "3-31 complaint received", "4-1 stage 1 response"],
            [NA, "met"],
        ),
        (STAGE_1, [ACKED, "3-7 complaint withdrawn", "3-31 complaint reopened"], [NA, "breach"]),
        (
            ACK,
            [ACKED, "3-7 complaint refused", AGAIN, "4-8 complaint acknowledged"],
            ["met", "breach"],
        ),
        # A repeat, and a further complaint.
        (STAGE_1, [ACKED, "3-10 complaint received", ANSWERED], ["met"]),
        (STAGE_1, [ACKED, ANSWERED, "3-31 complaint received"], ["met", "breach"]),
        (STAGE_1, [ACKED, ANSWERED, "3-31 complaint reopened"], ["met"]),
        # An acknowledgement between an end and the next request may belong to either.
        (
            ACK,
            ["3-4 complaint withdrawn", "3-28 complaint acknowledged", "3-31 complaint received"],
            [NA, DOUBT],
        ),
        # Withdrawn on the day of a late answer: late whichever came first.
        (STAGE_1, [ACKED, "3-20 stage 1 response", "3-20 complaint withdrawn"], ["breach"]),
        # Closed on the day of the answer: the closing is the answer's.
        (STAGE_1, [ACKED, ANSWERED, "3-18 complaint closed"], ["met"]),
        # Twenty working days from 25 March are over on 24 April, from 1 April on 1 May.
        (STAGE_2, [ACKED, ANSWERED, ASKED, "4-24 stage 2 response"], ["met"]),
        (
            STAGE_2,
            [ACKED, ANSWERED, ASKED, "5-2 stage 2 response"],
            ["breach"],
        ),
        (STAGE_2, [ACKED, ANSWERED, ASKED, "4-25 stage 2 response"], [DOUBT]),
        # Asked for before stage 1 was answered, and again after: due on 14 or on 25 March.
        (
            ACK_2,
            [EARLY, ANSWERED, "3-18 escalation requested", "3-20 escalation acknowledged"],
            [DOUBT],
        ),
        (
            ACK_2,
            [EARLY, ANSWERED, "3-18 escalation requested", "3-26 escalation acknowledged"],
            ["breach"],
        ),
        # A date that is cut by the receipt, and an order that cannot be.
        (STAGE_1, ["2-1/3-3 complaint acknowledged", "3-17 stage 1 response"], ["met"]),
        (ACK, ["2-28 complaint acknowledged", "3-10 stage 1 response"], [DOUBT]),
    ],
)
def test_a_life_worked_out_by_hand(rule, lines, verdicts):
    assert told(rule, *lines) == verdicts


def test_half_a_record_says_less():
    assert told(STAGE_1, ACKED, as_at="3-19", complete=False) == ["pending"]
    assert told(STAGE_1, ACKED, as_at="3-20", complete=False) == [DOUBT]
    assert told(STAGE_1, ACKED, "3-20 complaint closed", complete=False) == [DOUBT]
    assert told(ACK, "3-10 stage 1 response", complete=False) == ["met"]


def test_an_acknowledgement_that_never_came_is_late_until_the_answer():
    facts = (fact("3-3 complaint received"), fact("3-18 stage 1 response"))
    (one,) = wanted(Record(facts, day("6-30")), CODE)[ACK]
    # 11 12 13 14 17 18: six working days, eight days.
    assert (one.due, one.late, one.days_late) == ((day("3-10"), day("3-10")), (6, 6), (8, 8))


def test_the_hours_of_a_day_put_its_events_in_order():
    # Answered at nine and withdrawn at ten, or the other way: met, or ended in time.
    for lines, verdicts in (
        (["stage 1 response", "complaint withdrawn"], ["met"]),
        (["complaint withdrawn", "stage 1 response"], [NA]),
    ):
        facts = [
            Fact(name, day("3-18"), day("3-18"), at=hour)
            for name, hour in zip(lines, HOURS, strict=True)
        ]
        record = Record((fact("3-3 complaint received"), fact(ACKED), *facts), day("6-30"))
        assert [sorted(one.allowed) for one in wanted(record, CODE)[STAGE_1]] == [verdicts]


def test_what_the_contract_leaves_open_is_left_out():
    lines = [
        *("2-3 stage 1 response", "3-10 escalation acknowledged", ASKED),
        *("3-26 stage 3 response", "3-27 stage 3 requested"),
    ]
    with pytest.raises(OpenQuestionError, match="more than 2 of the dates are wrong"):
        told(STAGE_1, *lines, as_at="3-28")


@pytest.mark.parametrize("seed", range(4))
def test_the_program_agrees_with_every_world(seed):
    told, _ = gone_through(100, seed)
    differences = [one for one in told if one.kind != CORNERS]
    assert not differences, "\n".join(map(str, differences[:3]))
