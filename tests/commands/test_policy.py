"""`chcheck policy`: its answer, its exit codes, and what it refuses."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from timeliness.commands.policy import policy_command
from timeliness.commands.rules import rules_command

POLICIES = Path(__file__).parent.parent / "judge" / "policies"


def run(*words: str) -> Result:
    return CliRunner().invoke(policy_command, words, standalone_mode=False)


def own(name: str) -> str:
    return str(POLICIES / f"{name}.yaml")


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("as-the-code",), 0),
        (("stage-1-from-receipt",), 0),
        (("stage-1-from-logging",), 0),
        (("extension-of-10",), 0),
        (("extension-of-30",), 1),
        (("closure-days",), 1),
        (("reasons-demanded",), 1),
        (("stage-zero",), 1),
        (("no-acknowledgement",), 1),
        (("no-acknowledgement", "--fail-on", "never"), 0),
        (("starts-unsaid",), 0),
        (("starts-unsaid", "--fail-on", "cannot-tell"), 1),
        (("as-the-code", "--fail-on", "cannot-tell"), 0),
    ],
)
def test_the_exit_code_gates_a_policy(words: tuple[str, ...], code: int) -> None:
    assert run(own(words[0]), *words[1:]).return_value == code


def test_a_third_stage_that_is_only_discouraged_is_to_be_explained() -> None:
    result = run("southwark", "--code", "housing-ombudsman-2022")
    assert "WEAKER, TO BE EXPLAINED\n  * Number of stages, 5.17\n" in result.output
    assert "5.17" not in result.output.split("\n\n")[0]


def test_the_first_line_is_the_answer() -> None:
    result = run("luton-2022", "--code", "housing-ombudsman-2022")
    assert result.output.startswith(
        "Falls short of the Code: 2022 Code 5.1 (Stage 1 response: limit), 5.13 (Stage 2\n"
        "response: limit). The policy does not state 5 points.\n"
    )
    assert run(own("as-the-code")).output.startswith("Does not fall short of the Code.\n")


def test_the_text_goes_from_the_worst_to_what_is_the_same() -> None:
    lines = run(own("no-acknowledgement")).output.splitlines()
    assert [line.strip() for line in lines if line.strip().isupper()] == [
        "NOT IN THE POLICY",
        "THE SAME",
    ]
    only = run(own("no-acknowledgement"), "--show", "problems").output
    assert "THE SAME" not in only
    assert "  * Acknowledge the escalation, 6.11\n" in only


def test_no_line_is_longer_than_80_columns() -> None:
    output = run("southwark", "luton", "mtvh").output
    assert max(map(len, output.splitlines())) <= 80


def test_the_json_holds_every_point() -> None:
    result = run(own("extension-of-30"), "--format", "json")
    data = json.loads(result.output)
    assert data["summary"] == {"lacking": 0, "weaker": 1, "unsaid": 0, "stricter": 0, "same": 12}
    (comparison,) = data["comparisons"]
    assert comparison["policy"]["id"] == "extension-of-30"
    (weaker,) = [one for one in comparison["points"] if one["standing"] == "weaker"]
    assert weaker == {
        "rule": "stage-2-response",
        "policy": "extension-of-30",
        "code": "housing-ombudsman-2024",
        "clause": "6.15 and 6.16",
        "aspect": "extension",
        "duty": "must",
        "standing": "weaker",
        "counts_as": "breach",
        "provenance": "reported",
        "says": "Up to 30 working days more; the Code allows 20 working days.",
    }
    assert [one["path"] for one in data["inputs"]] == [own("extension-of-30")]


def test_a_policy_in_force_over_two_editions_is_held_against_both(tmp_path: Path) -> None:
    text = Path(own("as-the-code")).read_text(encoding="utf-8")
    path = tmp_path / "own.yaml"
    path.write_text(text.replace("from: 2024-04-01", "from: 2024-03-01"), encoding="utf-8")
    output = run(str(path)).output
    assert "COMPARED WITH THE COMPLAINT HANDLING CODE 2022" in output
    assert "COMPARED WITH THE COMPLAINT HANDLING CODE 2024" in output


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("lutton",), 'chcheck: there is no policy "lutton"; did you mean "luton"? '
         "chcheck comes with luton, mtvh, southwark, luton-2022, mtvh-2023, southwark-2021; "
         "for your own, write its path: ./my-policy.yaml"),
        (("none.yaml",), 'chcheck: there is no policy file "none.yaml"'),
        (("housing-ombudsman-2024",), 'chcheck: "housing-ombudsman-2024" is a Code, not a policy; '
         "name a policy to compare with it"),
        (("luton", "--code", "2019"), 'chcheck: there is no Code "2019"; chcheck comes with awaab, '
         "housing-ombudsman, lgsco, nipso, psow, spso, awaab-2025, housing-ombudsman-2020, "
         "housing-ombudsman-2022, housing-ombudsman-2024, lgsco-2024, nipso-model, psow-model, "
         "spso-2021; for your own, write its path: ./my-code.yaml"),
    ],
)  # fmt: skip
def test_what_cannot_be_compared_is_refused_with_code_2(words: tuple[str, ...], says: str) -> None:
    result = run(*words)
    assert result.return_value == 2
    assert result.stderr.strip() == says


def test_the_code_to_hold_it_against_may_be_a_path(tmp_path: Path) -> None:
    text = Path(POLICIES.parents[2] / "rules/housing-ombudsman/2024.yaml").read_text("utf-8")
    path = tmp_path / "own-code.yaml"
    path.write_text(text.replace("id: housing-ombudsman-2024", "id: mine"), encoding="utf-8")
    result = run(own("as-the-code"), "--code", str(path))
    assert result.return_value == 0
    assert "COMPARED WITH THE COMPLAINT HANDLING CODE 2024" in result.output


def test_a_policy_is_compared_with_the_code_of_its_nation(tmp_path: Path) -> None:
    text = Path(own("as-the-code")).read_text(encoding="utf-8")
    path = tmp_path / "own.yaml"
    path.write_text(text.replace("[england]", "[scotland]"), encoding="utf-8")
    result = run(str(path))
    # Ten working days at stage 1, where the Scottish procedure has five.
    assert result.return_value == 1
    assert "COMPARED WITH THE MODEL COMPLAINTS HANDLING PROCEDURE" in result.output


def test_a_policy_is_compared_with_any_code_that_is_named() -> None:
    # The procedure of Scotland answers at stage 1 in five working days, and Luton's policy in ten.
    result = run("luton", "--code", "spso", "--code", "housing-ombudsman-2024")
    assert result.return_value == 1
    assert "(spso-2021)" in result.output
    assert "(housing-ombudsman-2024)" in result.output
    assert "(housing-ombudsman-2022)" not in result.output


def test_what_can_be_compared_is_shown_beside_what_cannot(tmp_path: Path) -> None:
    result = run(own("as-the-code"), "lutton")
    assert result.return_value == 2
    assert result.stdout.startswith("Does not fall short of the Code.")


def test_the_terms_of_a_procedure_are_listed_with_the_rules() -> None:
    result = CliRunner().invoke(rules_command, ["southwark-2021"])
    assert "  Number of stages: 3\n" + " " * 26 + "background 5, must, reported\n" in result.output
