"""Without the extra `chcheck[tables]` one case works in full, and a table says what to install."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

from tests.helpers.in_turn import InTurn, run_in_turn
from timeliness.tables.installed import LIBRARIES
from timeliness.write.formats import FORMATS

ROOT = Path(__file__).parent.parent
CASE = "samples/six-lines.yaml"
BLOCKED = f"import sys\nfor name in {LIBRARIES!r}: sys.modules[name] = None\n"
"""What makes each library for tables one that cannot be imported, as if it were not there."""
WANTED = 'and chcheck is installed here without tables; run: pip install "chcheck[tables]"\n'


def joined(one: list[str] | str) -> str:
    return one if isinstance(one, str) else " ".join(one)


def without_tables(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", f"{BLOCKED}from timeliness.__main__ import main; main()", *words],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def test_one_case_is_checked_in_every_format_as_it_is_with_tables(tmp_path: Path) -> None:
    def words(folder: Path) -> list[str]:
        folder.mkdir()
        outputs = [f"--output={name}:{folder / name}" for name in FORMATS]
        return [CASE, "--as-at", "2025-04-09", "--explain", *outputs]

    ran = without_tables(*words(tmp_path / "without"))
    assert (ran.returncode, ran.stderr) == (1, "")
    # Due on 8 April, a Tuesday; 9 April is the next working day.
    assert ran.stdout.startswith("1 breach: escalation not acknowledged, overdue by 1 working day")
    command = [sys.executable, "-m", "timeliness", *words(tmp_path / "with")]
    beside = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert beside.stdout == ran.stdout
    for name in FORMATS:
        written = (tmp_path / "without" / name).read_bytes()
        assert written
        assert written == (tmp_path / "with" / name).read_bytes()


WORK = [
    (["days", "2022-11-03", "20wd"], "end on Thursday 1 December 2022"),
    (["policy", "docs/examples/our-policy.yaml"], "Code"),
    (["due", CASE, "--as-at", "2025-04-09"], "C-1042: acknowledge the escalation"),
    (["due", CASE, "--as-at", "2025-04-09", "--format", "ics"], "BEGIN:VCALENDAR"),
    (["what-if", CASE, "--as-at", "2025-04-09"], "1 May 2025"),
    (["year", CASE, "--year", "2024/25", "--as-at", "2025-04-09"], "CH01"),
    (["new"], "# One complaint. "),
    (["new", "--format", "csv"], "Complaint,"),
    (["rules"], "housing-ombudsman-2024"),
    (["explain", "stage-1-response"], "Complaint Handling Code 2020"),
    (["events"], "complaint received"),
    (["schema"], '"$schema"'),
]
REFUSED = [
    (["samples/export-wide.csv"], "", '"samples/export-wide.csv" is a table, '),
    (["samples/export-wide.xlsx"], "", '"samples/export-wide.xlsx" is a table, '),
    # A table among timelines is not left out without a word.
    ([CASE, "samples/export-long.csv"], "", '"samples/export-long.csv" is a table, '),
    (["due", "samples/export-wide.csv"], "", '"samples/export-wide.csv" is a table, '),
    (
        ["year", "samples/export-wide.csv", "--year", "2024/25"],
        "",
        '"samples/export-wide.csv" is a table, ',
    ),
    (["-"], "Ref,Received\nA1,2025-01-06\n", "standard input is a table, "),
    (["columns", "samples/export-wide.csv"], "", "`chcheck columns` reads tables, "),
    (
        ["new", "--format", "xlsx", "--output", "never.xlsx"],
        "",
        "`chcheck new --format xlsx` writes a table, ",
    ),
    ([CASE, "--output", "xlsx:never.xlsx"], "", "`--output xlsx:` writes a table, "),
]


@pytest.fixture(scope="module")
def told() -> dict[str, InTurn]:
    """Return what each of these commands left behind, all of them run in one process."""
    commands = [("", words) for words, _ in WORK]
    commands += [(given, words) for words, given, _ in REFUSED]
    ran = run_in_turn(ROOT, commands, BLOCKED)
    return {joined(words): one for (_, words), one in zip(commands, ran, strict=True)}


@pytest.mark.parametrize(("words", "holds"), WORK, ids=joined)
def test_the_other_commands_for_one_case_work(
    told: dict[str, InTurn], words: list[str], holds: str
) -> None:
    ran = told[joined(words)]
    assert ran.err == ""
    assert ran.code in (0, 1)
    assert holds in ran.out


def test_the_form_works() -> None:
    tests = ["-p", "no:cacheprovider", "tests/run/test_serving.py"]
    code = f"{BLOCKED}import pytest; sys.exit(pytest.main({tests!r}))"
    ran = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert ran.returncode == 0, ran.stdout


@pytest.mark.parametrize(("words", "given", "says"), REFUSED, ids=joined)
def test_a_table_says_what_to_install(
    told: dict[str, InTurn], words: list[str], given: str, says: str
) -> None:
    ran = told[joined(words)]
    assert (ran.code, ran.out) == (2, "")
    assert ran.err == f"chcheck: {says}{WANTED}"
    assert not (ROOT / "never.xlsx").exists()


def test_the_extra_holds_these_libraries_and_who_carries_on_the_work_has_it() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"]
    names = packages_distributions()
    meant = {names[module][0].lower().replace("_", "-") for module in LIBRARIES}
    assert {one.partition(">")[0] for one in extras["tables"]} == meant
    assert not {one.partition(">")[0] for one in project["dependencies"]} & meant
    assert "chcheck[tables]" in extras["dev"]
