"""The models of the ombudsmen of Wales and Northern Ireland; every date is counted by hand.

In neither has anybody read which day is day 1, so each due day is given twice: with the day of the
event as day 1, and with the day after. All they ask is a should, so nothing is a breach for the
exit code.
"""

from __future__ import annotations

import pytest

from tests.helpers.command import Chcheck
from tests.helpers.judging import judge, the
from timeliness import Case


def due_days(case: Case, rule: str) -> list[str]:
    """The due days of the readings of a rule that decide, the earliest first."""
    readings = [one for one in the(case, rule).readings if one.decides]
    return sorted({str(one.due and one.due.latest) for one in readings})


def test_the_twelfth_of_july_is_a_holiday_in_northern_ireland_only() -> None:
    # Received on Friday 11 July 2025. The 12th is a Saturday, so Monday the 14th is the holiday:
    # 11 and 15 to 18 July, or 15 to 18 and 21 July. In Scotland there is none: 11 and 14 to 17, or
    # 14 to 18.
    events = "- 2025-07-11 complaint received\n- 2025-07-22 stage 1 response"
    belfast = judge(events, nation="northern-ireland")
    assert due_days(belfast, "stage-1-response") == ["2025-07-18", "2025-07-21"]
    assert the(belfast, "stage-1-response").verdict == "breach"
    assert the(belfast, "stage-1-response").duty == "should"
    glasgow = judge(events, nation="scotland")
    assert due_days(glasgow, "stage-1-response") == ["2025-07-17", "2025-07-18"]


def test_st_patricks_day_is_a_holiday_in_northern_ireland_and_not_in_wales() -> None:
    # Received on Monday 16 March 2026. Without Tuesday the 17th: 16, 18, 19, 20, 23, or 18, 19, 20,
    # 23, 24 March. With it: 16 to 20 March, or 17 to 20 and 23 March.
    events = "- 2026-03-16 complaint received\n- 2026-03-18 complaint acknowledged"
    belfast = judge(events, nation="northern-ireland")
    assert due_days(belfast, "stage-1-response") == ["2026-03-23", "2026-03-24"]
    cardiff = judge(events, nation="wales")
    assert due_days(cardiff, "acknowledge-complaint") == ["2026-03-20", "2026-03-23"]


@pytest.mark.parametrize(
    ("answered", "verdict"),
    [
        # Informally within 10 working days, of receipt on Monday 16 March 2026 or of acknowledging
        # on Wednesday the 18th. From receipt: 16 to 20 and 23 to 27 March, or one day later, Monday
        # the 30th. From the acknowledgement: 18 to 20, 23 to 27, 30 and 31 March, or 1 April.
        ("2026-03-27", "met"),
        ("2026-03-30", "cannot-tell"),
        ("2026-04-01", "cannot-tell"),
        ("2026-04-02", "breach"),
    ],
)
def test_an_informal_answer_in_wales_is_read_four_ways(answered: str, verdict: str) -> None:
    case = judge(
        f"""
        - 2026-03-16 complaint received
        - 2026-03-18 complaint acknowledged
        - {answered} stage 1 response
        """,
        nation="wales",
    )
    assert due_days(case, "stage-1-response") == [
        "2026-03-27",
        "2026-03-30",
        "2026-03-31",
        "2026-04-01",
    ]
    assert the(case, "stage-1-response").verdict == verdict


def test_a_complaint_that_is_formal_from_the_start_owes_no_informal_answer() -> None:
    case = judge(
        """
        - 2026-03-16 complaint received
        - 2026-03-16 escalation requested
        - 2026-03-18 escalation acknowledged
        - 2026-04-01 stage 2 response
        """,
        nation="wales",
    )
    assert the(case, "stage-1-response").verdict == "not-applicable"
    assert the(case, "stage-2-response").verdict == "met"


@pytest.mark.parametrize("nation", ["wales", "northern-ireland"])
def test_an_aim_that_was_missed_is_to_be_explained_and_no_breach(
    chcheck: Chcheck, nation: str
) -> None:
    text = (
        f"complaint: W-1\nnation: {nation}\nas_at: 2025-06-30\n"
        "events:\n  - 2025-03-03 complaint received\n  - 2025-04-30 stage 1 response\n"
    )
    ran = chcheck("case.yaml", files={"case.yaml": text})
    assert (ran.code, ran.err) == (0, "")
    assert "NOT FOLLOWED, SO TO BE EXPLAINED" in ran.out
    assert "BREACHES" not in ran.out


def test_a_model_says_what_it_is_not() -> None:
    (nipso,) = judge("- 2025-03-03 complaint received", nation="northern-ireland").rulebooks
    assert nipso.transition is not None
    assert nipso.transition.says.startswith("not yet for housing associations")
    (psow,) = judge("- 2025-03-03 complaint received", nation="wales").rulebooks
    assert psow.note.startswith("the times are aims")
