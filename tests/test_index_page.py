"""What a package index would show: a page that needs nothing beside it, and bounds of versions."""

from __future__ import annotations

import re
import runpy
import shlex
import tomllib
from pathlib import Path
from typing import Any

from tests.helpers.command import Chcheck
from timeliness.commands import COMMANDS

ROOT = Path(__file__).parent.parent
PROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
PAGE = (ROOT / PROJECT["readme"]).read_text(encoding="utf-8")
LINK = re.compile(
    r"\]\(([^)]*)\)|<(?:img|a)[^>]* (?:src|href)=\"([^\"]*)\"|^\[[^\]]+\]:\s*(\S+)", re.MULTILINE
)


def test_no_link_of_the_page_leads_to_a_file_beside_it() -> None:
    assert LINK.findall("[a](docs/a.md)") == [("docs/a.md", "", "")]
    targets = [one for match in LINK.findall(PAGE) for one in match if one]
    assert [one for one in targets if not one.startswith("https://")] == []


def test_the_page_prints_what_the_command_prints(chcheck: Chcheck) -> None:
    (timeline,) = re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL)
    ((command, printed),) = re.findall(r"```console\n\$ chcheck (.*?)\n(.*?)```", PAGE, re.DOTALL)
    ran = chcheck(*shlex.split(command), files={"case.yaml": timeline})
    assert ran.out.startswith(f"{printed}\n")


def test_the_commands_of_the_page_are_there() -> None:
    named = re.findall(r"^\| `chcheck ([a-z-]+)[ `]", PAGE, re.MULTILINE)
    assert len(named) == 6
    assert set(named) <= set(COMMANDS)


def test_the_versions_of_python_are_those_that_are_tested() -> None:
    named = [one for one in PROJECT["classifiers"] if one.startswith("Programming Language")]
    assert named[2:] == ["Programming Language :: Python :: 3.11"]
    assert PROJECT["requires-python"] == ">=3.11"


def test_every_dependency_has_a_least_version() -> None:
    made = runpy.run_path(str(ROOT / "packaging/least.py"))
    constraints = made["least"]()
    asked = [*PROJECT["dependencies"], *PROJECT["optional-dependencies"]["tables"]]
    assert len(constraints) == len(asked) + len(made["ENGINES"])
    assert all(re.fullmatch(r"[a-z0-9-]+(\[[a-z]+\])?==[0-9.]+", one) for one in constraints)
