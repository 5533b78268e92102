"""The examples of docs/scale.md on existing engines: their total is the result of the whole."""

from __future__ import annotations

import os
import re
import shutil
import sys
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.helpers.parts import figures_of, findings_of, sample
from timeliness import TableResult

PAGE = Path(__file__).parent.parent / "docs" / "scale.md"
NEEDS = {
    "DuckDB": ("duckdb",),
    "polars, a part at a time": (),
    "Dask": ("dask", "pyarrow"),
    "Spark": ("pyspark", "pyarrow"),
}
IN_CI = ("DuckDB", "Dask")
"""What continuous integration installs with everything else, so that none of it is left untried."""


@cache
def examples() -> dict[str, str]:
    """Return the Python of each section, by its heading; that of all of them is under "Beyond"."""
    found = {}
    for part in re.split(r"^##+ ", PAGE.read_text(encoding="utf-8"), flags=re.MULTILINE):
        code = re.findall(r"```python\n(.*?)```", part, re.DOTALL)
        if code:
            found[part.partition("\n")[0]] = "\n".join(code)
    return found


def skip_without(engine: str) -> None:
    """Skip what cannot be tried here, but in continuous integration fail for want of it."""
    missing = [name for name in NEEDS[engine] if not find_spec(name)]
    if engine == "Spark" and not missing and not shutil.which("java"):
        missing = ["java"]
    if not missing:
        return
    says = f"{engine} cannot be tried here: {', '.join(missing)} is not installed"
    if engine in IN_CI and os.environ.get("CI") == "true":
        pytest.fail(says)
    pytest.skip(says)


def test_every_example_is_tried() -> None:
    assert list(examples()) == ["Beyond that", *NEEDS]


@pytest.mark.parametrize("engine", NEEDS)
@pytest.mark.filterwarnings("ignore")
def test_the_total_is_the_result_of_the_whole(
    engine: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    skip_without(engine)
    # Of the first 31 rows two are rejected, and two checked in part.
    table = sample("wide").head(31)
    table.write_parquet(tmp_path / "export.parquet")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PYSPARK_PYTHON", sys.executable)
    # What an engine sends to its workers goes by value if it is of the main program.
    names: dict[str, object] = {"__name__": "__main__"}
    exec(compile(examples()["Beyond that"], "scale.md", "exec"), names)
    exec(compile(examples()[engine], "scale.md", "exec"), names)
    total, check = names["total"], names["check"]
    assert callable(check)
    whole = check(table)
    assert isinstance(total, TableResult)
    assert whole.rejects.height == 4
    assert figures_of(total) == figures_of(whole)
    assert findings_of(total) == findings_of(whole)


def test_in_continuous_integration_none_is_skipped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(NEEDS, "DuckDB", ("no_such_module",))
    monkeypatch.setenv("CI", "true")
    with pytest.raises(pytest.fail.Exception, match="DuckDB cannot be tried here: no_such_module"):
        skip_without("DuckDB")
    monkeypatch.delenv("CI")
    with pytest.raises(pytest.skip.Exception, match="no_such_module is not installed"):
        skip_without("DuckDB")
