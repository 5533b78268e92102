"""The least versions: what is pinned, and that continuous integration tries them."""

from __future__ import annotations

import runpy
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SCRIPT = str(ROOT / "packaging" / "least.py")


def test_dependencies_and_engines_are_pinned_to_their_least_versions(
    capsys: pytest.CaptureFixture[str],
) -> None:
    runpy.run_path(SCRIPT, run_name="__main__")
    pinned = capsys.readouterr().out.splitlines()
    # The first of each list in pyproject.toml, and the engines that docs/versions.md names.
    assert {"click==8.2", "polars==1.31", "dask[dataframe]==2023.4", "duckdb==1.1"} <= set(pinned)
    assert {"pandas==2.2", "pyarrow==14.0.1"} <= set(pinned)
    assert not [one for one in pinned if one.startswith(("pytest", "chcheck", "ruff"))]
    page = (ROOT / "docs" / "versions.md").read_text(encoding="utf-8")
    assert "| DuckDB | 1.1 |" in page
    assert "| Dask | 2023.4, with pandas 2.2 and pyarrow 14.0.1 |" in page
    assert "| polars | 1.31," in page


def test_a_dependency_without_a_least_version_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    least = runpy.run_path(SCRIPT)["least"]
    project = tmp_path / "pyproject.toml"
    project.write_text(
        '[project]\ndependencies = ["click"]\n'
        "[project.optional-dependencies]\ntables = []\ndev = []\n"
    )
    monkeypatch.setitem(least.__globals__, "PROJECT", project)
    with pytest.raises(ValueError, match="click has no least version"):
        least()


def test_continuous_integration_runs_the_tests_with_them() -> None:
    lines = (ROOT / ".ci" / "run").read_text(encoding="utf-8").splitlines()
    assert lines.index("make test-least") == lines.index("make test") + 1
