"""The wheel, installed into a bare environment: it finds its rules and templates from anywhere."""

from __future__ import annotations

import ast
import os
import shutil
import subprocess
import sys
import sysconfig
import tomllib
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SCRIPTS = "Scripts" if os.name == "nt" else "bin"
SIX_LINES = (ROOT / "samples/six-lines.yaml").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    # Built from a copy, so that nothing is left in the checkout, and without fetching anything.
    folder = tmp_path_factory.mktemp("build")
    for name in ("timeliness", "rules", "templates", "packaging"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "LICENSE"):
        shutil.copy(ROOT / name, folder / name)
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", "dist"]
    subprocess.run(command, cwd=folder, check=True, capture_output=True, timeout=120)
    (built,) = (folder / "dist").glob("chcheck-*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Install the wheel alone; what it depends on is lent by the environment of the tests."""
    folder = tmp_path_factory.mktemp("bare")
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", folder], check=True)
    python = folder / SCRIPTS / "python"
    (target,) = (
        Path(line)
        for line in subprocess.run(
            [python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"],
            check=True,
            capture_output=True,
            text=True,
        ).stdout.splitlines()
    )
    subprocess.run(
        [sys.executable, "-m", "pip", "--python", python, "--isolated",
         "--disable-pip-version-check", "install", "--quiet", "--no-deps", "--no-index", wheel],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    (target / "lent.pth").write_text(sysconfig.get_path("purelib"), encoding="utf-8")
    return folder / SCRIPTS / "chcheck"


def run(command: Path, *words: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    home = cwd / "home"
    home.mkdir(exist_ok=True)
    environment = {
        name: value for name, value in os.environ.items() if not name.startswith("PYTHON")
    }
    return subprocess.run(
        [command, *words],
        cwd=cwd,
        env={**environment, "HOME": str(home), "USERPROFILE": str(home)},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def test_the_wheel_holds_the_package_its_data_and_nothing_else(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
    assert {name.split("/")[0].split("-")[0] for name in names} == {"timeliness", "chcheck"}
    for folder, suffix in (("rules", "*.yaml"), ("templates", "*")):
        here = {
            path.relative_to(ROOT).as_posix()
            for path in (ROOT / folder).rglob(suffix)
            # The component for GitLab has to be there, but is no part of the program.
            if path.is_file() and path.name != "chcheck.yml"
        }
        there = {
            name.removeprefix("timeliness/_data/")
            for name in names
            if name.startswith(f"timeliness/_data/{folder}/")
        }
        assert there == here
    assert any(name.endswith("/licenses/LICENSE") for name in names)
    assert "timeliness/py.typed" in names


def test_the_single_file_holds_every_folder_of_data_of_the_wheel() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    shipped = project["tool"]["hatch"]["build"]["targets"]["wheel"]["force-include"]
    spec = ast.parse((ROOT / "packaging/chcheck.spec").read_text(encoding="utf-8"))
    (named,) = (
        ast.literal_eval(node.value)
        for node in spec.body
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "DATA"
    )
    assert {name: f"timeliness/_data/{name}" for name in named} == shipped


def test_the_single_file_runs_code_that_is_read_apart_as_python_does() -> None:
    begin = ROOT / "packaging/single_file.py"
    command = [sys.executable, begin, "-I", "-c", "print(6 * 7)"]
    assert subprocess.run(command, capture_output=True, check=True, text=True).stdout == "42\n"


def test_the_installed_command_works_from_another_folder(installed: Path, tmp_path: Path) -> None:
    (tmp_path / "case.yaml").write_text(SIX_LINES, encoding="utf-8")
    checked = run(installed, "case.yaml", "--as-at", "2025-04-09", cwd=tmp_path)
    assert checked.stderr == ""
    assert checked.returncode == 1
    assert checked.stdout.startswith(
        "1 breach: escalation not acknowledged, overdue by 1 working day"
    )


@pytest.mark.parametrize(
    ("words", "first"),
    [
        (("rules", "luton"), "luton-2022: Luton complaints policy"),
        (("new",), "# One complaint. "),
        (("explain", "stage-1-response"), "Complaint Handling Code 2020"),
        (("days", "2022-11-03", "20wd"), "20 working days from Thursday 3 November 2022 end on "),
    ],
)
def test_it_finds_its_rules_and_templates(
    installed: Path, tmp_path: Path, words: tuple[str, ...], first: str
) -> None:
    ran = run(installed, *words, cwd=tmp_path)
    assert ran.stderr == ""
    assert ran.returncode == 0
    assert ran.stdout.startswith(first)


def test_it_runs_from_the_wheel_and_not_from_the_checkout(installed: Path, tmp_path: Path) -> None:
    python = installed.parent / "python"
    code = "import timeliness; from timeliness.resources import folder; print(folder('rules'))"
    ran = run(python, "-c", code, cwd=tmp_path)
    assert ran.stderr == ""
    assert Path(ran.stdout.strip()).parts[-3:] == ("timeliness", "_data", "rules")
    assert ROOT not in Path(ran.stdout.strip()).parents
