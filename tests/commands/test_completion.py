"""What the shell completes: asked of Click's own machinery, and once through a real bash."""

import os
import shutil
import sys
from pathlib import Path

import pytest
from click.shell_completion import CompletionItem, ShellComplete

from timeliness import cli
from timeliness.commands import completing

FILES = {
    "case.yaml": "complaint: C-1042\nevents: []\n",
    "cases/one.yaml": "# a note\ncomplaint: 'C-7'   # of March\n---\ncomplaint: D-8\n",
    "cases/none.yaml": "landlord: x\n",
    "notes.txt": "complaint: X-1\n",
}


@pytest.fixture(autouse=True)
def _files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name, text in FILES.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")


def items(*words: str) -> list[CompletionItem]:
    """Return what completes the last word."""
    asked = ShellComplete(cli.cli, {}, "chcheck", "_CHCHECK_COMPLETE")
    return asked.get_completions(list(words[:-1]), words[-1])


def values(*words: str) -> list[str]:
    found = items(*words)
    assert all(one.type == "plain" for one in found)
    return [one.value for one in found]


def completes_files(*words: str) -> bool:
    return [one.type for one in items(*words)] == ["file"]


def test_the_first_word_is_a_command_or_a_file() -> None:
    assert values("ru") == ["rules"]
    found = values("c")
    assert set(found) >= {"check", "columns"}
    assert found[-2:] == ["case.yaml", "cases/"]
    assert completes_files("case.")
    (rules,) = items("rul")
    assert rules.help == "List the rulebooks and their rules."


@pytest.mark.parametrize(
    "words",
    [
        ("check", "c"),
        ("case.yaml", "c"),
        ("due", "c"),
        ("year", "c"),
        ("what-if", "c"),
        ("columns", "e"),
        ("case.yaml", "--policy", "./c"),
        ("case.yaml", "--config", "c"),
        ("check", "case.yaml", "--code", "cases/"),
    ],
)
def test_files_are_left_to_the_shell(words: tuple[str, ...]) -> None:
    assert completes_files(*words)


def test_names_of_policies_codes_and_rules() -> None:
    assert values("case.yaml", "--policy", "lu") == ["luton", "luton-2022"]
    assert "awaab" in values("check", "case.yaml", "--code", "aw")
    assert values("explain", "stage-1-r") == ["stage-1-response", "stage-1-responsibilities"]
    assert values("case.yaml", "--ignore", "keep-p") == ["keep-promises"]
    assert "housing-ombudsman-2024" in values("rules", "housing")
    assert values("events", "complaint-rec") == ["complaint-received"]
    assert values("new", "--policy", "south") == ["southwark", "southwark-2021"]
    assert values("schema", "ru") == ["rulebook"]


def test_options_and_their_choices() -> None:
    assert "--fail-on" in values("case.yaml", "--fa")
    assert "--as-at" in values("--as")
    assert values("due", "cases", "--format", "i") == ["ics"]
    assert values("case.yaml", "--output", "j") == ["json:", "jsonl:", "junit:"]
    assert values("due", "case.yaml", "--output", "i") == ["ics:"]
    assert values("compare", "a.csv", "b.csv", "--output", "h") == ["html:"]
    assert values("case.yaml", "--output", "html:no") == ["html:notes.txt"]
    assert values("case.yaml", "--output", "html:cases/o") == ["html:cases/one.yaml"]


def test_references_of_the_timelines_that_are_named() -> None:
    assert values("cases", "--complaint", "") == ["C-7", "D-8"]
    assert values("cases", "case.yaml", "--complaint", "C-1") == ["C-1042"]
    assert values("missing.yaml", "--complaint", "C") == []


IN_SHELLS = {
    "bash": {
        "chcheck ru": "chcheck rules |",
        "chcheck case.yaml --output=htm": "chcheck case.yaml --output=html:|",
    },
    "zsh": {
        "chcheck case.yaml --output htm": "chcheck case.yaml --output html:|",
        "chcheck check --config=note": "chcheck check --config=notes.txt |",
    },
    "fish": {
        "chcheck case.yaml --output=htm": "chcheck case.yaml --output=html:|",
        "chcheck explain keep-p": "chcheck explain keep-promises |",
    },
}
"""What Tab makes of a line in each; "|" is where the line ends, so a blank before it is seen."""


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such terminals here")
@pytest.mark.parametrize("shell", IN_SHELLS)
def test_the_tab_key_in_a_real_shell(shell: str, tmp_path: Path) -> None:
    if not shutil.which(shell):
        says = f"{shell} is not installed"
        # Continuous integration installs all three.
        assert os.environ.get("CI") != "true", says
        pytest.skip(says)
    from tests.helpers.terminal import completed

    command = tmp_path / "bin" / "chcheck"
    command.parent.mkdir()
    command.write_text(
        f"#!{sys.executable}\nfrom timeliness.__main__ import main\nmain()\n", encoding="utf-8"
    )
    command.chmod(0o755)
    environment = {
        **os.environ,
        "PATH": f"{command.parent}:{os.environ['PATH']}",
        "PYTHONPATH": os.pathsep.join(sys.path),
    }
    lines = IN_SHELLS[shell]
    assert completed(shell, list(lines), tmp_path, environment) == list(lines.values())


def test_fish_shows_the_whole_help_of_a_command() -> None:
    """The help of "compare" has commas, which divide the kind of an answer from its text."""
    script = completing.Fish(cli.cli, {}, "chcheck", "_CHCHECK_COMPLETE").source()
    assert 'string split --max 1 "," $completion' in script
