"""The documentation is true: what can be worked out is, and what it shows is run."""

from __future__ import annotations

import doctest
import importlib.util
import json
import re
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

from tests.helpers.command import Chcheck
from timeliness.commands import COMMANDS
from timeliness.model.dates import read_date
from timeliness.model.verdict_words import REASONS
from timeliness.read.library import Loader, load_rulebooks

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", ROOT / "CHANGELOG.md", *DOCS.rglob("*.md")]


def read(path: Path) -> str:
    return path.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def generate() -> ModuleType:
    spec = importlib.util.spec_from_file_location("generate", DOCS / "generate.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def pages(generate: ModuleType) -> dict[Path, str]:
    found: dict[Path, str] = generate.pages()
    return found


def test_every_generated_page_is_as_it_would_be_made_now(pages: dict[Path, str]) -> None:
    for path, text in pages.items():
        assert read(path) == text, f"{path.relative_to(ROOT)}: run `make docs`"


def test_there_is_no_page_of_a_rule_that_is_no_more(pages: dict[Path, str]) -> None:
    assert set((DOCS / "rules").glob("*.md")) == {
        path for path in pages if path.parent == DOCS / "rules"
    }
    books = load_rulebooks().rulebooks.values()
    ids = {rule.id for book in books for rule in book.every_rule}
    assert {path.stem for path in (DOCS / "rules").glob("*.md")} == ids | {"README"}


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_link_within_the_project_leads_somewhere(path: Path) -> None:
    for target in re.findall(r"\]\(([^)]+)\)", read(path)):
        if not target.startswith("https://"):
            assert (path.parent / target.partition("#")[0]).exists(), target


# The README -----------------------------------------------------------------------------------


def test_the_two_commands_stand_at_the_very_top_of_the_readme() -> None:
    assert read(ROOT / "README.md").startswith("# chcheck\n\n```sh\nmake demo ")
    assert "\nmake test " in read(ROOT / "README.md")[:200]


def test_the_line_of_the_readme_after_these_two_works_as_it_is_written() -> None:
    line = read(ROOT / "README.md").split("```")[1].splitlines()[3].partition("#")[0].split()
    assert line[0] == ".venv/bin/chcheck"
    ran = subprocess.run(
        [sys.executable, "-m", "timeliness", *line[1:]],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    # The acknowledgement that was due on 8 April 2025 is a breach on every later day.
    assert (ran.returncode, ran.stderr) == (1, "")


def test_the_readme_says_what_a_breach_is_not() -> None:
    assert "**A breach shown here is not a finding of the Housing Ombudsman.**" in read(
        ROOT / "README.md"
    )


def test_the_readme_names_every_command() -> None:
    for name in COMMANDS:
        if name != "check":
            assert f"| `chcheck {name}" in read(ROOT / "README.md")


def test_the_example_of_the_readme_from_python_works(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (code,) = re.findall(r"```python\n(.*?)```", read(ROOT / "README.md"), re.DOTALL)
    monkeypatch.chdir(ROOT)
    exec(compile(code, "README.md", "exec"), {})
    assert capsys.readouterr().out.splitlines()[0] == (
        "Acknowledge the complaint code met Acknowledged on 10 March 2025, 5 working days after "
        "receipt; due on 10 March 2025."
    )


# Verdicts and reasons -------------------------------------------------------------------------


def test_every_reason_has_its_place_and_its_example() -> None:
    text = read(DOCS / "verdicts.md")
    headings = re.findall(r"^### `([\w-]+)`$", text, re.MULTILINE)
    assert sorted(headings) == sorted(REASONS)
    verdict = ""
    for part in re.split(r"^(?=###? )", text, flags=re.MULTILINE)[1:]:
        heading = part.partition("\n")[0].strip("#` ")
        if part.startswith("## "):
            verdict = heading.lower().replace(" ", "-")
        elif part.startswith("### `"):
            found = re.findall(r"^> \*\*([\w-]+)\*\*, `([\w-]+)`: \S", part, re.MULTILINE)
            assert found == [(verdict, heading)], heading


# Timelines, policies, JSON --------------------------------------------------------------------


def blocks(path: Path, language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", read(path), re.DOTALL)


@pytest.mark.parametrize("name", ["README.md", "docs/timelines.md", "docs/verdicts.md"])
def test_every_timeline_shown_can_be_read(name: str) -> None:
    shown = [block for block in blocks(ROOT / name, "yaml") if block.startswith("complaint:")]
    assert shown
    for block in shown:
        text = block.replace("policy: ./our-policy.yaml", "policy: docs/examples/our-policy.yaml")
        assert Loader(load_rulebooks()).parse(text.encode(), name, ROOT)


def test_every_form_of_a_date_shown_is_read_as_told() -> None:
    table = read(DOCS / "timelines.md").partition("## Dates\n")[2].partition("\n\n`")[0]
    told = {
        form: row.split("|")[2].strip()
        for row in table.splitlines()
        if row.startswith("| `")
        for form in re.findall(r"`([^`\[]+)`", row.split("|")[1])
    }
    spans = {form: read_date(form) for form in told}
    exact = {form for form, when in spans.items() if when.span.exact}
    assert exact == {form for form, means in told.items() if means.startswith(("a day", "the day"))}
    assert str(spans["2025-04-03T23:30+00:00"].time) == "00:30:00"
    assert str(spans["2025-04-03T23:30+00:00"].span.earliest) == "2025-04-04"
    assert spans["13/10/2022"].span == read_date("2022-10-13").span
    assert spans["April 2025"].span == read_date("2025-04-01/2025-04-30").span
    assert spans["2025-04"].span == spans["April 2025"].span
    assert spans["2025-04-03/.."].span.latest is None
    assert spans["../2025-04-03"].span.earliest is None


def table_keys(path: Path, heading: str) -> list[str]:
    """Return the names in the first column of the table under a heading."""
    part = read(path).partition(f"\n## {heading}\n")[2].partition("\n## ")[0]
    rows = [row.split("|")[1] for row in part.splitlines() if row.startswith("| `")]
    return [name for row in rows for name in re.findall(r"`([^`]+)`", row)]


def test_every_mapping_has_a_table_of_its_keys() -> None:
    pages = "".join(read(path) for path in sorted(DOCS.glob("*.md")))
    assert re.findall(r"<!-- keys: (.*) -->\n\| key \| meaning \|", pages) == [
        "a claim",
        "the configuration",
        "what is assumed",
        "a rulebook",
        "an event",
        "a rule",
        "a clock",
        "a duty",
        "a statement",
        "a timeline",
    ]
    assert "| `complaint` (needed) | the reference. It is all that any output uses " in pages
    assert "| `landlord` | the landlord's name |" in pages


def test_the_worked_policy_gives_what_its_page_says(chcheck: Chcheck) -> None:
    # Received on 22 December 2025 after the cut-off hour, so on the 23rd; the working days of the
    # policy are then 2, 5 and 6 January, those of the Code 23, 24, 29, 30 and 31 December.
    ran = chcheck(str(DOCS / "examples/case.yaml"), "--format", "json")
    assert ran.code == 1
    (case,) = json.loads(ran.out)["complaints"]
    told = {(one["rule"], one["standard"]): one for one in case["findings"]}
    policy = told["acknowledge-complaint", "policy"]
    code = told["acknowledge-complaint", "code"]
    assert (policy["verdict"], policy["due"]["latest"]) == ("met", "2026-01-06")
    assert (code["verdict"], code["due"]["latest"]) == ("breach", "2025-12-31")
    assert code["late_by"] == {"least": 2, "most": 2}
    # 28 calendar days from 1 December; a "should" is no breach for the exit code.
    repair = told["routine-repair", "policy"]
    assert (repair["duty"], repair["due"]["latest"]) == ("should", "2025-12-29")
    assert json.loads(ran.out)["summary"]["not-followed"] == 1


def test_the_json_page_names_every_key(chcheck: Chcheck) -> None:
    ran = chcheck(
        str(ROOT / "samples/determinations/southwark-202113700.yaml"),
        "--format",
        "json",
        "--explain",
    )
    report = json.loads(ran.out)
    page = DOCS / "json.md"
    (case,) = report["complaints"]
    finding = case["findings"][0]
    for heading, data in (
        ("The report", report),
        ("A complaint", case),
        ("A finding", finding),
        ("A reading", finding["readings"][0]),
    ):
        named = table_keys(page, heading)
        assert not set(data) - set(named), heading
    # Where it is not stated which day is day 1, a reading says which one it counts as that.
    # Where a clock runs in hours, it says the minutes.
    more = {"counting", "due_at", "done_at", "hours"}
    assert set(table_keys(page, "A reading")) == {*finding["readings"][0], *more}


def test_the_page_on_python_is_a_session_that_works(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    failed, tried = doctest.testfile(str(DOCS / "python.md"), module_relative=False)
    assert tried > 10
    assert failed == 0


def test_what_contributing_names_is_there() -> None:
    text = read(ROOT / "CONTRIBUTING.md")
    assert "ANNOUNCED_UNTIL = " in read(ROOT / "timeliness/model/covered.py")
    for path in re.findall(r"`((?:timeliness|tests|docs|rules)/[a-z/._-]+)`", text):
        assert (ROOT / path).exists(), path
    for target in re.findall(r"`make\s+(\w+)`", text):
        assert f"\n{target}:" in read(ROOT / "Makefile")
