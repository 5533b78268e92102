"""The commands shown in the pages on statements and policies print what the pages show."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

from timeliness.cli import cli

ROOT = Path(__file__).parent.parent.parent
PAGES = ("statements.md", "policies-against-the-code.md")
EXAMPLES = [
    (page, command, shown)
    for page in PAGES
    for command, shown in re.findall(
        r"```console\n\$ chcheck (.*)\n((?s:.*?))```\n",
        (ROOT / "docs" / page).read_text(encoding="utf-8"),
    )
]


@pytest.mark.parametrize(("page", "command", "shown"), EXAMPLES, ids=lambda text: text[:40])
def test_an_example_prints_what_its_page_shows(
    page: str, command: str, shown: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    output = CliRunner().invoke(cli, shlex.split(command)).output
    for part in shown.split("...\n"):
        assert part in output


def test_both_pages_have_examples() -> None:
    assert {page for page, _, _ in EXAMPLES} == set(PAGES)
