"""The action for GitHub and the component for GitLab, as they are; their scripts run in bash."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
import yaml

ROOT = Path(__file__).parent.parent
BASH = shutil.which("bash") or ""
# Received on Monday 3 March and never acknowledged: due on the 10th.
LATE = "complaint: C-1\nas_at: 2025-03-31\nevents:\n  - 2025-03-03 complaint received\n"
INPUT = re.compile(r"\$(?:\[\[|\{\{) inputs\.([a-z-]+) (?:\]\]|\}\})")

pytestmark = pytest.mark.skipif(not BASH or os.name == "nt", reason="there is no bash here")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Return a folder with a complaint whose name has a blank, and chcheck in bin."""
    (tmp_path / "all complaints").mkdir()
    (tmp_path / "all complaints" / "c.yaml").write_text(LATE, encoding="utf-8")
    command = tmp_path / "bin" / "chcheck"
    command.parent.mkdir()
    command.write_text(
        f"#!{sys.executable}\nfrom timeliness.__main__ import main\nmain()\n", encoding="utf-8"
    )
    command.chmod(0o755)
    return tmp_path


def run(script: str, folder: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [BASH, "--noprofile", "--norc", "-eo", "pipefail", "-c", script],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        env={
            **os.environ,
            "PATH": f"{folder / 'bin'}{os.pathsep}{os.environ['PATH']}",
            "PYTHONPATH": os.pathsep.join([str(ROOT), *sys.path]),
            **variables,
        },
    )


def test_the_action_for_github(project: Path) -> None:
    action: dict[str, Any] = yaml.safe_load((ROOT / "ci/github/action.yml").read_text("utf-8"))
    install, check = action["runs"]["steps"]
    assert action["runs"]["using"] == "composite"
    assert install["run"].endswith(
        'pip install --quiet --disable-pip-version-check "$CHCHECK[tables]"'
    )
    # Two folders up from the action is the project that pip installs.
    assert install["env"] == {"CHCHECK": "${{ github.action_path }}/../.."}
    assert (ROOT / "ci/github/../../pyproject.toml").is_file()
    assert set(INPUT.findall(json.dumps(check["env"]))) == set(action["inputs"])
    # What comes from outside is in variables, never in the text of a script.
    assert "${{" not in install["run"] + check["run"]
    ran = run(
        check["run"],
        project,
        PATHS="all complaints\n",
        ARGUMENTS="--ignore\nstage-1-*",
        FOLDER=str(project / "made"),
        GITHUB_OUTPUT=str(project / "output"),
        GITHUB_STEP_SUMMARY=str(project / "summary"),
    )
    assert ran.returncode == 1, ran.stderr
    assert "::error file=all complaints/c.yaml,line=1" in ran.stdout
    assert "Not looked at: stage-1-* (--ignore)." in ran.stdout
    assert (project / "output").read_text() == f"exit-code=1\nfolder={project / 'made'}\n"
    assert "1 of 1 complaint has a breach" in (project / "summary").read_text(encoding="utf-8")
    assert {one.name for one in (project / "made").iterdir()} == {
        *("summary.md", "chcheck.sarif", "findings.csv")
    }


def test_the_component_for_gitlab(project: Path) -> None:
    # GitLab looks for components here, and calls each by the name of its file.
    text = (ROOT / "templates/chcheck.yml").read_text(encoding="utf-8")
    head, jobs = yaml.safe_load_all(text)
    inputs = head["spec"]["inputs"]
    # There is no package of this name on an index, so nobody gets one by default.
    assert [name for name, one in inputs.items() if "default" not in one] == ["package"]
    assert all(isinstance(one.get("default", ""), str) for one in inputs.values())
    assert set(INPUT.findall(json.dumps(jobs))) == set(inputs)
    given = {
        "package": "chcheck[tables] @ git+https://example.org/chcheck",
        "paths": "all complaints",
        "arguments": "--fail-on\nnever",
    }
    filled = {**{name: one.get("default") for name, one in inputs.items()}, **given}
    # Nothing that would reach other jobs, such as "stages" or "variables", stands beside the job.
    ((name, job),) = filled_in(jobs, filled).items()
    assert (name, job["stage"], job["image"]) == ("chcheck", "test", "python:3.12")
    install, check = job["script"]
    assert (
        install == 'python3 -m pip install --quiet --disable-pip-version-check "$CHCHECK_PACKAGE"'
    )
    assert job["variables"]["CHCHECK_PACKAGE"] == given["package"]
    ran = run(check, project, **job["variables"])
    assert ran.returncode == 0, ran.stderr
    made = project / job["artifacts"]["reports"]["junit"]
    assert ElementTree.parse(made).getroot().get("tests")
    quality = json.loads((project / job["artifacts"]["reports"]["codequality"]).read_text("utf-8"))
    assert quality[0]["check_name"] == "code/acknowledge-complaint"
    assert all((project / one).is_file() for one in job["artifacts"]["paths"])


def filled_in(node: Any, inputs: dict[str, str]) -> Any:
    """Return a part of a parsed file with its inputs put in, as GitLab does."""
    if isinstance(node, dict):
        return {filled_in(key, inputs): filled_in(value, inputs) for key, value in node.items()}
    if isinstance(node, list):
        return [filled_in(one, inputs) for one in node]
    return INPUT.sub(lambda match: inputs[match[1]], node) if isinstance(node, str) else node
