"""Extensions as acts: told in time, with all that the edition asks, and within its maximum.

2024, stage 1: acknowledged Friday 17 May 2024. Ten working days: 20 to 24 May (5), 28 to 31 May
(9; the 27th is a bank holiday), 3 June (10). Ten more: 4 to 7 June (4), 10 to 14 June (9), 17 June.
2024, stage 2: acknowledged Thursday 27 June 2024. Twenty: 28 June (1), 1 to 5 July (6), 8 to 12
(11), 15 to 19 (16), 22 to 25 July (20). Twenty more: 26 July (1), 29 July to 2 August (6), 5 to 9
(11), 12 to 16 (16), 19 to 22 August (20).
2022, stage 1: logged Monday 14 August 2023. Ten: 15 to 18 (4), 21 to 25 (9), 29 August (the 28th
is a bank holiday). Ten more: 30 August to 1 September (3), 4 to 8 (8), 11 and 12 September.
2022, stage 2: requested Monday 18 September 2023. Twenty: 19 to 22 (4), 25 to 29 (9), 2 to 6
October (14), 9 to 13 (19), 16 October. Ten more: 17 to 20 (4), 23 to 27 (9), 30 October.
2020, stage 1: received Tuesday 1 June 2021. Ten: 2 to 4 (3), 7 to 11 (8), 14 and 15 June. Ten more:
16 to 18 (3), 21 to 25 (8), 28 and 29 June.
"""

from pathlib import Path

import pytest

from tests.helpers.judging import SHIPPED, Outcome, days, judge, not_examined, of, outcomes, the
from timeliness import check
from timeliness.read.library import Loader

MET = ("met", "as-required")
NOT_MET = ("breach", "not-as-required")
LATE = ("breach", "not-as-required")
NOT_RECORDED = ("cannot-tell", "not-recorded")
IMPRECISE = ("cannot-tell", "imprecise-date")
NOT_SHOWN = ("cannot-tell", "not-evidenced")

ALL = "reason: survey awaited, in_writing: yes, ombudsman_details: yes"


def stage_1_2024(*extensions: str, answered: str = "") -> str:
    return _lines(
        "2024-05-13 complaint received",
        "2024-05-17 complaint acknowledged",
        *_acts("stage 1 extended", extensions),
        answered and f"{answered} stage 1 response",
    )


def stage_2_2024(*extensions: str, answered: str = "") -> str:
    return _lines(
        "2024-05-13 complaint received",
        "2024-05-17 complaint acknowledged",
        "2024-06-03 stage 1 response",
        "2024-06-24 escalation requested",
        "2024-06-27 escalation acknowledged",
        *_acts("stage 2 extended", extensions),
        answered and f"{answered} stage 2 response",
    )


def stage_1_2022(*extensions: str, answered: str = "") -> str:
    return _lines(
        "2023-08-14 complaint received",
        "2023-08-14 complaint logged",
        "2023-08-14 complaint acknowledged",
        *_acts("stage 1 extended", extensions),
        answered and f"{answered} stage 1 response",
    )


def stage_2_2022(*extensions: str, answered: str = "") -> str:
    return _lines(
        "2023-08-14 complaint received",
        "2023-08-14 complaint logged",
        "2023-08-14 complaint acknowledged",
        "2023-08-29 stage 1 response",
        "2023-09-18 escalation requested",
        *_acts("stage 2 extended", extensions),
        answered and f"{answered} stage 2 response",
    )


def stage_1_2020(*extensions: str, answered: str = "") -> str:
    return _lines(
        "2021-06-01 complaint received",
        "2021-06-02 complaint acknowledged",
        *_acts("stage 1 extended", extensions),
        answered and f"{answered} stage 1 response",
    )


def _acts(name: str, extensions: tuple[str, ...]) -> list[str]:
    return [f"{{event: {name}, {keys}}}" for keys in extensions]


def _lines(*events: str) -> str:
    return "\n".join(f"- {event}" for event in events if event)


@pytest.mark.parametrize(
    ("keys", "act", "answer", "due"),
    [
        # Told in time, with everything, to a day within the maximum.
        (f"date: 2024-05-30, until: 2024-06-14, {ALL}", MET, "within-extension", "2024-06-14"),
        # Told on the day on which the limit runs out: it has not run out yet.
        (f"date: 2024-06-03, until: 2024-06-14, {ALL}", MET, "within-extension", "2024-06-14"),
        # A day later it has: no extension at all.
        (f"date: 2024-06-04, until: 2024-06-14, {ALL}", LATE, "late", "2024-06-03"),
        # To the last day of the maximum.
        (f"date: 2024-05-30, until: 2024-06-17, {ALL}", MET, "within-extension", "2024-06-17"),
        # A day beyond it: counts to the maximum unless there is good reason.
        (
            f"date: 2024-05-30, until: 2024-06-18, {ALL}, good_reason: no",
            NOT_MET,
            "within-extension",
            "2024-06-17",
        ),
        (
            f"date: 2024-05-30, until: 2024-06-18, {ALL}, good_reason: yes",
            MET,
            "within-extension",
            "2024-06-18",
        ),
        (
            f"date: 2024-05-30, until: 2024-06-18, {ALL}",
            NOT_RECORDED,
            "within-extension",
            "2024-06-17..2024-06-18",
        ),
        # The resident's agreement is asked for nowhere in 2024 and is no good reason.
        (
            f"date: 2024-05-30, until: 2024-06-18, {ALL}, good_reason: no, agreed_by_resident: yes",
            NOT_MET,
            "within-extension",
            "2024-06-17",
        ),
        # Each thing it needs: given as not so, and not recorded. Answered on 13 June.
        (
            "date: 2024-05-30, until: 2024-06-14, reason: none, in_writing: yes, "
            "ombudsman_details: yes",
            NOT_MET,
            "late",
            "2024-06-03",
        ),
        (
            "date: 2024-05-30, until: 2024-06-14, reason: x, in_writing: no, "
            "ombudsman_details: yes",
            NOT_MET,
            "late",
            "2024-06-03",
        ),
        (
            "date: 2024-05-30, until: 2024-06-14, reason: x, in_writing: yes, "
            "ombudsman_details: no",
            NOT_MET,
            "late",
            "2024-06-03",
        ),
        (
            "date: 2024-05-30, until: 2024-06-14, in_writing: yes, ombudsman_details: yes",
            NOT_RECORDED,
            "extension-unclear",
            "2024-06-03..2024-06-14",
        ),
        (
            "date: 2024-05-30, until: 2024-06-14, reason: x, ombudsman_details: yes",
            NOT_RECORDED,
            "extension-unclear",
            "2024-06-03..2024-06-14",
        ),
        (
            "date: 2024-05-30, until: 2024-06-14, reason: x, in_writing: yes",
            NOT_RECORDED,
            "extension-unclear",
            "2024-06-03..2024-06-14",
        ),
        # No new date is recorded: it may reach as far as the maximum.
        (
            f"date: 2024-05-30, {ALL}",
            NOT_RECORDED,
            "extension-unclear",
            "2024-06-03..2024-06-17",
        ),
        # The day on which it was told is known roughly: across the limit, and within it.
        (
            f"date: 2024-06-03/2024-06-04, until: 2024-06-14, {ALL}",
            IMPRECISE,
            "extension-unclear",
            "2024-06-03..2024-06-14",
        ),
        (
            f"date: 2024-05-28/2024-06-03, until: 2024-06-14, {ALL}",
            MET,
            "within-extension",
            "2024-06-14",
        ),
        (
            f"date: 2024-06-04/2024-06-07, until: 2024-06-14, {ALL}",
            LATE,
            "late",
            "2024-06-03",
        ),
        # Said to have been told: not shown, so it may or may not count; too late all the same.
        (
            f"date: 2024-05-30, until: 2024-06-14, evidence: claimed, {ALL}",
            NOT_SHOWN,
            "extension-unclear",
            "2024-06-03..2024-06-14",
        ),
        (
            f"date: 2024-06-04, until: 2024-06-14, evidence: claimed, {ALL}",
            LATE,
            "late",
            "2024-06-03",
        ),
    ],
)
def test_stage_1_in_2024(keys: str, act: Outcome, answer: str, due: str) -> None:
    # Answered on 13 June: within 14 June, eight working days after 3 June.
    case = judge(stage_1_2024(keys, answered="2024-06-13"))
    assert outcomes(case, "stage-1-extended", "code") == [act]
    clock = the(case, "stage-1-response", "code")
    assert clock.reason == answer
    assert days(clock)[1] == due


def test_an_answer_after_an_extension_told_a_day_late_is_late_from_the_first_limit() -> None:
    case = judge(stage_1_2024(f"date: 2024-06-04, until: 2024-06-14, {ALL}", answered="2024-06-13"))
    clock = the(case, "stage-1-response", "code")
    # 4, 5, 6, 7, 10, 11, 12, 13 June.
    assert (clock.verdict, str(clock.late_by)) == ("breach", "8")
    assert "3 June 2024" in the(case, "stage-1-extended").says


def test_an_answer_after_the_new_date_is_late_from_the_new_date() -> None:
    case = judge(stage_1_2024(f"date: 2024-05-30, until: 2024-06-14, {ALL}", answered="2024-06-17"))
    assert outcomes(case, "stage-1-extended") == [MET]
    clock = the(case, "stage-1-response", "code")
    assert (clock.verdict, clock.reason, str(clock.late_by)) == ("breach", "late", "1")


@pytest.mark.parametrize(
    ("extensions", "acts", "due"),
    [
        # The second is told before the first runs out, on its last day, and a day after it.
        (("2024-05-30 2024-06-10", "2024-06-07 2024-06-14"), [MET, MET], "2024-06-14"),
        (("2024-05-30 2024-06-10", "2024-06-10 2024-06-14"), [MET, MET], "2024-06-14"),
        (("2024-05-30 2024-06-10", "2024-06-11 2024-06-14"), [MET, LATE], "2024-06-10"),
        # The first was told too late, so the second extends a limit that had run out.
        (("2024-06-04 2024-06-10", "2024-06-07 2024-06-14"), [LATE, LATE], "2024-06-03"),
        # Together beyond the maximum of 17 June, though neither alone is ten days long.
        (
            ("2024-05-30 2024-06-10", "2024-06-07 2024-06-19"),
            [MET, NOT_RECORDED],
            "2024-06-17..2024-06-19",
        ),
        # Written down in another order than they were told.
        (("2024-06-07 2024-06-14", "2024-05-30 2024-06-10"), [MET, MET], "2024-06-14"),
        # Three in a row.
        (
            ("2024-05-30 2024-06-05", "2024-06-05 2024-06-10", "2024-06-10 2024-06-17"),
            [MET, MET, MET],
            "2024-06-17",
        ),
    ],
)
def test_several_extensions_in_a_row(
    extensions: tuple[str, ...], acts: list[Outcome], due: str
) -> None:
    told = [f"date: {told}, until: {until}, {ALL}" for told, until in map(str.split, extensions)]
    case = judge(stage_1_2024(*told, answered="2024-06-13"))
    assert outcomes(case, "stage-1-extended") == acts
    assert days(the(case, "stage-1-response"))[1] == due


@pytest.mark.parametrize(
    ("events", "rule", "act", "due"),
    [
        # 2024, stage 2: twenty days more, to 22 August.
        (
            stage_2_2024(f"date: 2024-07-25, until: 2024-08-22, {ALL}"),
            "stage-2",
            MET,
            "2024-08-22",
        ),
        (
            stage_2_2024(f"date: 2024-07-26, until: 2024-08-22, {ALL}"),
            "stage-2",
            LATE,
            "2024-07-25",
        ),
        (
            stage_2_2024(f"date: 2024-07-25, until: 2024-08-23, {ALL}, good_reason: no"),
            "stage-2",
            NOT_MET,
            "2024-08-22",
        ),
        (
            stage_2_2024(f"date: 2024-07-25, until: 2024-08-23, {ALL}, good_reason: yes"),
            "stage-2",
            MET,
            "2024-08-23",
        ),
        (
            stage_2_2024("date: 2024-07-25, until: 2024-08-22, reason: x, in_writing: yes"),
            "stage-2",
            NOT_RECORDED,
            "2024-07-25..2024-08-22",
        ),
        # 2022, stage 1: a reason and a new date are enough.
        (
            stage_1_2022("date: 2023-08-29, until: 2023-09-12, reason: x"),
            "stage-1",
            MET,
            "2023-09-12",
        ),
        (
            stage_1_2022("date: 2023-08-30, until: 2023-09-12, reason: x"),
            "stage-1",
            LATE,
            "2023-08-29",
        ),
        (
            stage_1_2022(
                "date: 2023-08-29, until: 2023-09-12, reason: x, in_writing: no, "
                "ombudsman_details: no"
            ),
            "stage-1",
            MET,
            "2023-09-12",
        ),
        (
            stage_1_2022("date: 2023-08-29, until: 2023-09-12, reason: none"),
            "stage-1",
            NOT_MET,
            "2023-08-29",
        ),
        # Beyond the maximum: good reason, or the resident's agreement.
        (
            stage_1_2022("date: 2023-08-29, until: 2023-09-13, reason: x, agreed_by_resident: yes"),
            "stage-1",
            MET,
            "2023-09-13",
        ),
        (
            stage_1_2022("date: 2023-08-29, until: 2023-09-13, reason: x, good_reason: yes"),
            "stage-1",
            MET,
            "2023-09-13",
        ),
        (
            stage_1_2022("date: 2023-08-29, until: 2023-09-13, reason: x, agreed_by_resident: no"),
            "stage-1",
            NOT_RECORDED,
            "2023-09-12..2023-09-13",
        ),
        (
            stage_1_2022(
                "date: 2023-08-29, until: 2023-09-13, reason: x, agreed_by_resident: no, "
                "good_reason: no"
            ),
            "stage-1",
            NOT_MET,
            "2023-09-12",
        ),
        # 2022, stage 2: ten days more, not twenty.
        (
            stage_2_2022("date: 2023-10-16, until: 2023-10-30, reason: x"),
            "stage-2",
            MET,
            "2023-10-30",
        ),
        (
            stage_2_2022(
                "date: 2023-10-16, until: 2023-10-31, reason: x, good_reason: no, "
                "agreed_by_resident: no"
            ),
            "stage-2",
            NOT_MET,
            "2023-10-30",
        ),
        # 2020: good reason alone.
        (
            stage_1_2020("date: 2021-06-15, until: 2021-06-29, reason: x"),
            "stage-1",
            MET,
            "2021-06-29",
        ),
        (
            stage_1_2020(
                "date: 2021-06-15, until: 2021-06-30, reason: x, good_reason: no, "
                "agreed_by_resident: yes"
            ),
            "stage-1",
            NOT_MET,
            "2021-06-29",
        ),
        (
            stage_1_2020("date: 2021-06-16, until: 2021-06-29, reason: x"),
            "stage-1",
            LATE,
            "2021-06-15",
        ),
    ],
)
def test_each_edition_and_stage(events: str, rule: str, act: Outcome, due: str) -> None:
    case = judge(events)
    assert outcomes(case, f"{rule}-extended", "code") == [act]
    assert days(the(case, f"{rule}-response", "code"))[1] == due


@pytest.mark.parametrize(
    ("until", "keys", "act"),
    [
        # The new date is known roughly: within the maximum of 17 June, across it, beyond it.
        ("2024-06-14/2024-06-17", "", MET),
        ("2024-06-14/2024-06-18", "", NOT_RECORDED),
        ("2024-06-14/2024-06-18", ", good_reason: no", IMPRECISE),
        ("2024-06-14/2024-06-18", ", good_reason: yes", MET),
        ("2024-06-18/2024-06-20", ", good_reason: no", NOT_MET),
        # A new date was given, and nobody knows which.
        ("unknown", ", good_reason: no", NOT_RECORDED),
    ],
)
def test_a_new_date_that_is_known_roughly(until: str, keys: str, act: Outcome) -> None:
    case = judge(stage_1_2024(f"date: 2024-05-30, until: {until}, {ALL}{keys}"))
    assert outcomes(case, "stage-1-extended") == [act]


def test_a_limit_that_is_known_roughly_leaves_its_extension_open() -> None:
    # Acknowledged on 14 or 17 May: due 29 May or 3 June. Told on 30 May, in time or a day late.
    events = stage_1_2024(f"date: 2024-05-30, until: 2024-06-12, {ALL}").replace(
        "2024-05-17", "2024-05-14/2024-05-17"
    )
    finding = the(judge(events), "stage-1-extended")
    assert (finding.verdict, finding.reason) == IMPRECISE
    assert "29 May to 3 June 2024" in finding.says
    assert finding.settled_by is not None
    assert finding.settled_by.add == "- DATE complaint acknowledged"


def test_an_extension_only_said_to_have_been_told_keeps_its_place_in_the_row() -> None:
    # The claimed one reaches to 10 June if it counts. The second, told on 7 June, is in time only
    # after it: the first limit ran out on 3 June.
    case = judge(
        stage_1_2024(
            f"date: 2024-05-30, until: 2024-06-10, evidence: claimed, {ALL}",
            f"date: 2024-06-07, until: 2024-06-14, {ALL}",
        )
    )
    assert outcomes(case, "stage-1-extended") == [NOT_SHOWN, IMPRECISE]
    assert days(the(case, "stage-1-response"))[1] == "2024-06-03..2024-06-14"


def test_without_an_extension_there_is_no_finding_of_one() -> None:
    case = judge(stage_1_2024(answered="2024-06-13"))
    assert not of(case, "stage-1-extended")
    assert "stage-1-extended" not in not_examined(case)
    assert "No extension is recorded" in the(case, "stage-1-response").says


@pytest.mark.parametrize(
    ("keys", "named"),
    [
        ("reason: none, in_writing: yes, ombudsman_details: yes", "reason"),
        ("reason: x, in_writing: no, ombudsman_details: yes", "in writing"),
        ("reason: x, in_writing: yes, ombudsman_details: no", "Ombudsman"),
    ],
)
def test_the_condition_that_failed_is_named(keys: str, named: str) -> None:
    case = judge(stage_1_2024(f"date: 2024-05-30, until: 2024-06-14, {keys}"))
    assert named in the(case, "stage-1-extended").says


@pytest.mark.parametrize(
    ("keys", "named"),
    [
        ("in_writing: yes, ombudsman_details: yes", "reason"),
        ("reason: x, ombudsman_details: yes", "in writing"),
        ("reason: x, in_writing: yes", "Ombudsman"),
    ],
)
def test_what_would_settle_it_is_named(keys: str, named: str) -> None:
    case = judge(stage_1_2024(f"date: 2024-05-30, until: 2024-06-14, {keys}"))
    found = the(case, "stage-1-extended")
    assert found.settled_by is not None
    assert found.says.startswith(
        "It is not clear whether the extension given on 30 May 2024 is valid. Not recorded: "
    )
    assert named in found.says
    assert found.settled_by.says == "Recording this would settle it."


def test_an_extension_in_a_policy_that_says_nothing_of_them_is_no_finding_of_the_policy() -> None:
    case = judge(
        stage_1_2022("date: 2023-08-29, until: 2023-09-12, reason: x"), policy="luton-2022"
    )
    assert [one.standard for one in of(case, "stage-1-extended")] == ["code"]


@pytest.mark.parametrize(
    ("key", "rule", "events", "expected"),
    [
        ("updates_agreed: yes", "stage-1-updates", stage_1_2024, [MET]),
        ("updates_agreed: no", "stage-1-updates", stage_1_2024, [NOT_MET]),
        ("updates_agreed: no", "stage-2-updates", stage_2_2024, [NOT_MET]),
        # No clause of 2022 that was read asks for it.
        ("updates_agreed: no", "stage-1-updates", stage_1_2022, []),
        ("updates_agreed: no", "stage-2-updates", stage_2_2022, []),
        ("updates_agreed: no", "stage-1-updates", stage_1_2020, []),
    ],
)
def test_updates_agreed_where_the_answer_will_be_late(
    key: str, rule: str, events: object, expected: list[Outcome]
) -> None:
    day = {stage_1_2024: "2024-05-30", stage_2_2024: "2024-07-10", stage_1_2022: "2023-08-21"}
    day |= {stage_2_2022: "2023-10-10", stage_1_2020: "2021-06-10"}
    assert callable(events)
    case = judge(events(f"date: {day[events]}, {key}"))
    assert outcomes(case, rule, "code") == expected


def test_updates_of_which_nothing_is_recorded_are_listed() -> None:
    case = judge(stage_1_2024(f"date: 2024-05-30, until: 2024-06-14, {ALL}"))
    assert "stage-1-updates" in not_examined(case)
    assert not of(case, "stage-1-updates")


def test_two_extensions_on_one_line_of_a_file_are_two() -> None:
    facts = '"reason": "x", "in_writing": "yes", "ombudsman_details": "yes"'
    text = (
        '{"complaint": "A", "as_at": "2024-08-01", "events": ["2024-05-20 complaint received", '
        '"2024-05-21 complaint acknowledged", '
        f'{{"date": "2024-05-30", "event": "stage 1 extended", "until": "2024-06-12", {facts}}}, '
        f'{{"date": "2024-06-14", "event": "stage 1 extended", "until": "2024-06-20", {facts}}}]}}'
    )
    loader = Loader(SHIPPED)
    (case,) = check(loader.parse(text.encode(), "case.json", Path()), loader.library).cases
    # The first, until 12 June, was given before 5 June, the tenth working day; the second after it.
    assert outcomes(case, "stage-1-extended") == [
        ("met", "as-required"),
        ("breach", "not-as-required"),
    ]
