"""The hook, as pre-commit reads and runs it."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from pre_commit.clientlib import load_manifest

ROOT = Path(__file__).parent.parent


def test_the_manifest_is_one() -> None:
    (hook,) = load_manifest(str(ROOT / ".pre-commit-hooks.yaml"))
    assert hook["entry"] == "chcheck check"
    assert hook["require_serial"] is True
    # The folder of the hook is where pre-commit runs pip: this adds the extra to what is there.
    assert hook["additional_dependencies"] == [".[tables]"]


@pytest.mark.skipif(not shutil.which("git"), reason="pre-commit needs git")
def test_the_hook_checks_tables_in_folders_of_complaints(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (hook,) = load_manifest(str(ROOT / ".pre-commit-hooks.yaml"))
    monkeypatch.setenv("PRE_COMMIT_HOME", str(tmp_path / "home"))
    repository = tmp_path / "scratch"
    (repository / "complaints").mkdir(parents=True)
    export = repository / "complaints" / "2025.csv"
    export.write_text("Ref,Received,Acknowledged\nA1,2025-01-06,2025-01-08\n")
    (repository / "notes.yaml").write_text("not: a timeline\n")
    (repository / "chcheck.toml").write_text("as-at = 2025-01-10\n")
    (repository / ".pre-commit-config.yaml").write_text(
        "repos:\n- repo: local\n  hooks:\n  - id: chcheck\n    name: chcheck\n"
        f"    entry: {sys.executable} -m timeliness check\n    language: system\n"
        f"    files: {hook['files']}\n    require_serial: true\n"
    )
    subprocess.run(["git", "init", "-q"], cwd=repository, check=True)

    def hooked() -> subprocess.CompletedProcess[str]:
        subprocess.run(["git", "add", "-A"], cwd=repository, check=True)
        return subprocess.run(
            [sys.executable, "-m", "pre_commit", "run", "--all-files"],
            cwd=repository,
            capture_output=True,
            text=True,
            check=False,
        )

    assert hooked().returncode == 0
    export.write_text("Ref,Received,Acknowledged\nA1,2024-12-02,2025-01-08\n")
    failed = hooked()
    assert failed.returncode == 1
    assert "1 of 1 complaint has a breach" in failed.stdout
