"""A policy held against the Code: one policy file for each way to differ from it."""

from __future__ import annotations

from pathlib import Path

import pytest

from timeliness import check, load_timelines
from timeliness.judge.policies import compare, editions_for, nation_of
from timeliness.model.comparison import PolicyPoint
from timeliness.model.errors import InputError
from timeliness.read.library import load_rulebooks
from timeliness.read.rulebooks import read_rulebook

POLICIES = Path(__file__).parent / "policies"
SAMPLES = Path(__file__).parent.parent.parent / "samples" / "determinations"
LIBRARY = load_rulebooks()

Point = tuple[str, str, str, str]


def points(name: str) -> list[PolicyPoint]:
    policy = read_rulebook(POLICIES / f"{name}.yaml")
    (code,) = editions_for(policy, LIBRARY, "england")
    return list(compare(policy, code, "england"))


def differing(name: str) -> dict[Point, str]:
    return {
        (one.rule, one.aspect, one.clause, one.standing): one.says
        for one in points(name)
        if one.standing != "same"
    }


# The policy file, and every point that is not the same, with what it says.
DIFFERING: dict[str, dict[Point, str]] = {
    "as-the-code": {},
    "no-early-stage": {
        ("early-stage", "procedure", "5.2", "stricter"): "None; the Code says with "
        "agreement. (No stage 0 or informal stage; early resolution only if the resident "
        "agrees and this is recorded.)",
    },
    # The traps of 2024.
    "stage-1-from-logging": {
        ("stage-1-response", "start", "6.3", "stricter"): "From logging; the Code's clock "
        "starts at the acknowledgement, which comes later.",
    },
    "stage-1-from-receipt": {
        ("stage-1-response", "start", "6.3", "stricter"): "From receipt; the Code's clock "
        "starts at the acknowledgement, which comes later.",
    },
    "reasons-demanded": {
        ("reasons-for-escalation", "procedure", "6.12", "weaker"): "Required; the Code says "
        "not required.",
    },
    "stage-zero": {
        ("stages", "procedure", "5.3", "weaker"): "3; the Code says exactly 2. "
        "(The Ombudsman's own page says no fewer and no more than two.)",
        ("early-stage", "procedure", "5.2", "weaker"): "Required; the Code says with "
        "agreement. (No stage 0 or informal stage; early resolution only if the resident "
        "agrees and this is recorded.)",
    },
    "third-stage": {
        ("stages", "procedure", "5.3", "weaker"): "3; the Code says exactly 2. "
        "(The Ombudsman's own page says no fewer and no more than two.)",
    },
    "one-stage": {
        ("acknowledge-escalation", "rule", "6.11", "lacking"): "Not in the policy; the Code "
        "allows 5 working days from the request.",
        ("stage-2-response", "rule", "6.14", "lacking"): "Not in the policy; the Code allows 20 "
        "working days from the acknowledgement.",
        ("stages", "procedure", "5.3", "weaker"): "1; the Code says exactly 2. "
        "(The Ombudsman's own page says no fewer and no more than two.)",
    },
    "extension-of-10": {
        (
            "stage-2-response",
            "extension",
            "6.15 and 6.16",
            "stricter",
        ): "Up to 10 working days more; the Code allows 20 working days.",
    },
    "extension-of-30": {
        (
            "stage-2-response",
            "extension",
            "6.15 and 6.16",
            "weaker",
        ): "Up to 30 working days more; the Code allows 20 working days.",
    },
    "no-extension": {
        (
            "stage-2-response",
            "extension",
            "6.15 and 6.16",
            "stricter",
        ): "The policy allows no extension, the Code up to 20 working days more.",
    },
    "extension-by-agreement": {
        (
            "stage-2-response",
            "extension",
            "6.15 and 6.16",
            "weaker",
        ): "Up to 20 working days "
        "more in both. The policy also allows more with agreed by resident; the Code does not.",
    },
    # 27, 30 and 31 December 2024 are closed. By the Code five working days from Wednesday the
    # 18th are 19, 20, 23, 24, 27; by the policy the fifth is 2 January. Ten from the 11th and
    # twenty from 27 November end on the same two days.
    "closure-days": {
        ("acknowledge-complaint", "count", "6.2", "weaker"): "The policy leaves out its closure "
        "days; the Code's clock does not. With receipt on Wednesday 18 December 2024 it is due 2 "
        "January 2025 by the policy and 27 December 2024 by the Code.",
        ("stage-1-response", "count", "6.3", "weaker"): "The policy leaves out its closure days; "
        "the Code's clock does not. With the acknowledgement on Wednesday 11 December 2024 it is "
        "due 2 January 2025 by the policy and 27 December 2024 by the Code.",
        ("acknowledge-escalation", "count", "6.11", "weaker"): "The policy leaves out its closure "
        "days; the Code's clock does not. With the request on Wednesday 18 December 2024 it is "
        "due 2 January 2025 by the policy and 27 December 2024 by the Code.",
        ("stage-2-response", "count", "6.14", "weaker"): "The policy leaves out its closure days; "
        "the Code's clock does not. With the acknowledgement on Wednesday 27 November 2024 it is "
        "due 2 January 2025 by the policy and 27 December 2024 by the Code.",
    },
    "no-acknowledgement": {
        ("acknowledge-escalation", "rule", "6.11", "lacking"): "Not in the policy; the Code "
        "allows 5 working days from the request.",
    },
    "longer-limits": {
        ("stage-1-response", "limit", "6.3", "weaker"): "15 working days; the Code allows "
        "10 (5 fewer).",
        ("stage-2-response", "limit", "6.14", "weaker"): "25 working days; the Code allows "
        "20 (5 fewer).",
    },
    # Ten working days from Sunday 7 April 2024 are two working weeks, to Friday the 19th; 13 days
    # reach Saturday the 20th. From Tuesday 2 April twenty are to the 30th, five weeks to 7 May.
    "calendar-limits": {
        ("stage-1-response", "limit", "6.3", "weaker"): "13 calendar days; the Code allows "
        "10 working days; with the acknowledgement on Sunday 7 April 2024 it is due 20 April 2024 "
        "by the policy and 19 April 2024 by the Code.",
        ("stage-2-response", "limit", "6.14", "weaker"): "5 weeks; the Code allows 20 "
        "working days; with the acknowledgement on Tuesday 2 April 2024 it is due 7 May 2024 by "
        "the policy and 30 April 2024 by the Code.",
    },
    "stops-early": {
        ("stage-1-response", "stop", "6.3", "weaker"): "The policy's clock stops at the holding "
        "response; only the stage 1 response stops the Code's.",
    },
    "only-aimed-at": {
        ("stage-1-response", "duty", "6.3", "weaker"): "The policy only aims for this; the Code "
        "requires it.",
    },
    "starts-unsaid": {
        ("stage-1-response", "start", "6.3", "unsaid"): "The policy does not say whether its clock "
        "starts at receipt or the acknowledgement; the Code's starts at the acknowledgement, so "
        "either way it starts no later.",
        ("stage-2-response", "start", "6.14", "unsaid"): "The policy does not say whether its "
        "clock starts at the request or the acknowledgement; the Code's starts at the "
        "acknowledgement, so either way it starts no later.",
    },
    # Under the 2022 Code, whose stage 1 clock starts at logging and which has no acknowledgement
    # of an escalation. 5 days to acknowledge and 5 more are within its 10.
    "late-start-before-2024": {
        ("stage-1-response", "start", "5.1", "weaker"): "From the acknowledgement; the "
        "Code's clock starts at logging: it waits for the acknowledgement, the Code's does not.",
    },
    "late-start-made-up": {
        ("stage-1-response", "limit", "5.1", "stricter"): "5 working days; the Code allows 10.",
    },
}


@pytest.mark.parametrize("name", DIFFERING)
def test_every_way_to_differ_from_the_code_is_found_and_nothing_else(name: str) -> None:
    assert differing(name) == DIFFERING[name]


def test_the_code_word_for_word_is_the_same_in_every_clause() -> None:
    same = [(one.rule, one.aspect, one.clause) for one in points("as-the-code")]
    assert same == [
        ("acknowledge-complaint", "limit", "6.2"),
        ("acknowledge-complaint", "start", "6.2"),
        ("stage-1-response", "limit", "6.3"),
        ("stage-1-response", "start", "6.3"),
        ("stage-1-response", "extension", "6.4 and 6.5"),
        ("acknowledge-escalation", "limit", "6.11"),
        ("acknowledge-escalation", "start", "6.11"),
        ("stage-2-response", "limit", "6.14"),
        ("stage-2-response", "start", "6.14"),
        ("stage-2-response", "extension", "6.15 and 6.16"),
        ("stages", "procedure", "5.3"),
        ("early-stage", "procedure", "5.2"),
        ("reasons-for-escalation", "procedure", "6.12"),
    ]


# How the count of each rule stands where a policy counts in a way of its own, and a day on which
# it shows. After 17:00 on Tuesday 2 April 2024 five days run from the 3rd. Monday 1 April 2024 was
# Easter Monday: rolled forward, the 2nd is day 0 and the fifth day is the 9th, not the 8th.
@pytest.mark.parametrize(
    ("name", "standing", "told"),
    [
        ("cut-off", "weaker", "With receipt on Tuesday 2 April 2024 at 17:30 it is due 10 April"),
        ("roll-forward", "weaker", "With receipt on Monday 1 April 2024 it is due 9 April 2024"),
        ("same-day", "stricter", "It never ends later."),
    ],
)
def test_a_count_of_its_own_is_weaker_where_it_ever_ends_later(
    name: str, standing: str, told: str
) -> None:
    counts = [one for one in points(name) if one.aspect == "count"]
    assert [one.standing for one in counts] == [standing] * 4
    assert told in counts[0].says


def test_closure_days_are_not_weaker_where_a_shorter_limit_makes_up_for_them() -> None:
    # Three closed days with limits of 7 and 17 end no later than 10 and 20 do.
    counts = {
        one.rule: one.standing for one in points("closure-days-made-up") if one.aspect == "count"
    }
    assert counts == {
        "acknowledge-complaint": "weaker",
        "stage-1-response": "stricter",
        "acknowledge-escalation": "weaker",
        "stage-2-response": "stricter",
    }


def test_whether_one_stage_would_do_in_2022_is_not_stated() -> None:
    policy = read_rulebook(POLICIES / "one-stage.yaml")
    found = compare(policy, LIBRARY.rulebooks["housing-ombudsman-2022"], "england")
    (stages,) = [one for one in found if one.rule == "stages"]
    assert (stages.standing, stages.says) == (
        "unsaid",
        "1; the Code says 2. Whether fewer will do is not stated. (A third stage is "
        "discouraged, not ruled out; see 5.17 to 5.20.)",
    )
    assert not [one for one in found if one.standing == "lacking"]


# Policies that ship ---------------------------------------------------------------------------


def falling_short(policy: str, code: str) -> list[tuple[str, str, str, str]]:
    found = compare(LIBRARY.rulebooks[policy], LIBRARY.rulebooks[code], "england")
    return [
        (one.rule, one.aspect, one.clause, one.counts_as)
        for one in found
        if one.counts_as in ("breach", "not-followed")
    ]


@pytest.mark.parametrize(
    ("policy", "edition", "stage_1", "stage_2", "third"),
    [
        ("southwark-2021", "2020", "3", "3", ("self-assessment form", "not-followed")),
        ("southwark-2021", "2022", "5.1", "5.13", ("5.17", "not-followed")),
        ("southwark-2021", "2024", "6.3", "6.14", ("5.3", "breach")),
        ("luton-2022", "2020", "3", "3", None),
        ("luton-2022", "2022", "5.1", "5.13", None),
        ("luton-2022", "2024", "6.3", "6.14", None),
    ],
)
def test_15_and_25_days_and_the_third_stage_are_found(
    policy: str, edition: str, stage_1: str, stage_2: str, third: tuple[str, str] | None
) -> None:
    expected = [
        ("stage-1-response", "limit", stage_1, "breach"),
        ("stage-2-response", "limit", stage_2, "breach"),
    ]
    if third:
        expected.append(("stages", "procedure", *third))
    assert falling_short(policy, f"housing-ombudsman-{edition}") == expected


def test_a_policy_is_held_against_the_editions_in_force_in_its_dates() -> None:
    own = read_rulebook(POLICIES / "late-start-before-2024.yaml")
    undated = LIBRARY.rulebooks["luton-2022"]
    assert nation_of(own, LIBRARY) == "england"
    assert [book.id for book in editions_for(own, LIBRARY, "england")] == ["housing-ombudsman-2022"]
    (code,) = LIBRARY.series_for("england", "housing")
    assert editions_for(undated, LIBRARY, "england") == code


def test_a_case_carries_its_policy_against_its_own_edition() -> None:
    (case,) = check(*load_timelines(SAMPLES / "luton-202229082.yaml")).cases
    assert {one.code for one in case.policy_points} == {"housing-ombudsman-2022"}
    weaker = [(one.clause, one.says) for one in case.policy_points if one.standing == "weaker"]
    assert weaker == [
        ("5.1", "15 working days; the Code allows 10 (5 fewer)."),
        ("5.13", "25 working days; the Code allows 20 (5 fewer)."),
    ]
    unsaid = [one.aspect for one in case.policy_points if one.standing == "unsaid"]
    assert unsaid == ["start", "extension", "start", "extension", "procedure"]


# Reading the procedure ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("value: 2,", "value: five,", 'value: "five" is not one of 1, 2, 3, 4'),
        ("{value: 2, clause: \"1\", provenance: quoted}", "2", "stages: write it as {value: 1, "
         "clause: ..., provenance: quoted}"),
        ("value: with agreement,", "value: agreement,", 'value: "agreement" is not one of none, '
         'with agreement, required; did you mean "with agreement"?'),
        (", clause: \"3\", provenance: quoted}", "}", 'reasons_for_escalation needs the key '
         '"clause"'),
        ("  early_stage:", "  early_stages:", '"early_stages" is not a key of a procedure; did you '
         'mean "early_stage"?'),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_procedure_is_told(
    tmp_path: Path, old: str, new: str, says: str
) -> None:
    text = (POLICIES / "as-the-code.yaml").read_text(encoding="utf-8")
    assert old in text
    path = tmp_path / "own.yaml"
    path.write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read_rulebook(path)
    assert caught.value.mistakes[0].says == says


def test_what_a_report_of_a_policy_leaves_out_is_not_lacking(tmp_path: Path) -> None:
    text = (POLICIES / "no-acknowledgement.yaml").read_text(encoding="utf-8")
    path = tmp_path / "reported.yaml"
    path.write_text(text.replace("provenance: quoted", "provenance: reported"), encoding="utf-8")
    policy = read_rulebook(path)
    (code,) = editions_for(policy, LIBRARY, "england")
    found = [one for one in compare(policy, code, "england") if one.aspect == "rule"]
    assert [(one.rule, one.standing) for one in found] == [("acknowledge-escalation", "unsaid")]
    assert found[0].says == (
        "This policy is known only from reports, which mention no such rule; the Code allows 5 "
        "working days from the request."
    )
