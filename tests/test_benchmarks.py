"""The benchmark runs and prints what its page says; how fast it is depends on the machine."""

from __future__ import annotations

import contextlib
import importlib
import io
import re
import runpy
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from timeliness import cli

ROOT = Path(__file__).parent.parent


def test_the_start_up_benchmark_prints_both_medians_and_their_ratio() -> None:
    done = subprocess.run(
        [sys.executable, "benchmarks/start_up.py", "1"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.stderr == ""
    assert re.fullmatch(
        r"chcheck samples/\S+: \d+ ms \(median of 1\)\n"
        r"import click, yaml, holidays: \d+ ms \(median of 1\)\n"
        r"ratio: \d+\.\d\d \(aim 2, at most 3\)\n",
        done.stdout,
    )


def test_the_benchmark_of_exports_prints_its_table_and_what_is_aimed_at(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.syspath_prepend(str(ROOT / "benchmarks"))
    tables = importlib.import_module("tables")
    measured, begun = tables.Case.run, set()

    def run(case: Any) -> None:
        """Start the first of either kind as it is; the rest run here, where all is imported."""
        kind = case.words[1]
        if kind not in begun and (kind == "-m" or not begun):
            begun.add(kind)
            measured(case)
            return
        begun_at = time.perf_counter()
        quiet = io.TextIOWrapper(io.BytesIO(), encoding="utf-8")
        with monkeypatch.context() as patched, contextlib.redirect_stdout(quiet):
            patched.setattr(sys, "argv", case.words[2:] if kind == "-m" else case.words[1:])
            if kind == "-m":
                with pytest.raises(SystemExit) as ended:
                    cli.main()
                assert ended.value.code in (0, 1)
            else:
                runpy.run_path(kind, run_name="__main__")
        case.seconds.append(time.perf_counter() - begun_at)
        case.work.append(case.seconds[-1])
        case.megabytes.append(100.0)

    monkeypatch.setattr(tables.Case, "run", run)
    monkeypatch.setattr(sys, "argv", ["tables.py", "--rows", "2000", "--rounds", "1"])
    tables.main()
    out, err = capfd.readouterr()
    assert err == ""
    named = re.findall(r"^\| ([^|]+?) \| \d+\.\d\d \| \d+\.\d\d \| \d+ \| \d+\.\d\d \|$", out, re.M)
    assert named[:4] == [
        "bare clocks, polars",
        "chcheck, summary",
        "chcheck, all problems as CSV",
        "bare clocks, pandas",
    ]
    # Three tenths of the 2,000; each complaint is received, and most are answered.
    assert named[8] == "chcheck, 600 complaints wide"
    assert re.fullmatch(r"chcheck, their [12],\d\d\d events", named[9])
    assert len(named) == 12
    assert re.search(r"^[12],\d\d\d problems written\.$", out, re.M)
    assert len(re.findall(r"^\| .+ \| (?:at|under|about) .+ \| [\d.e+]+ \|$", out, re.M)) == 9
