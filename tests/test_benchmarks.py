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

from tests.helpers.command import Chcheck
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


def test_the_benchmark_of_parts_prints_what_each_number_costs(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.syspath_prepend(str(ROOT / "benchmarks"))
    parts = importlib.import_module("parts")
    monkeypatch.setattr(parts, "PARTS", (1, 2))
    assert parts.main(60) == 0
    rows = re.findall(
        r"^\| (\d+) \| \d+\.\d \| \d+\.\d \| [\d,]+ \|$", capsys.readouterr().out, re.M
    )
    assert rows == ["1", "2"]


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


def test_the_benchmark_of_a_folder_gives_the_time_of_each_above_the_start_up(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], chcheck: Chcheck
) -> None:
    monkeypatch.syspath_prepend(str(ROOT / "benchmarks"))
    caseload = importlib.import_module("caseload")
    files = {f"cases/{name}": text for name, text in caseload.timelines(100)}
    ran = chcheck("cases", "--as-at", caseload.AS_AT.isoformat(), files=files)
    assert "Rows: 100 read = 100 checked + 0 checked in part + 0 rejected." in ran.out
    assert (ran.code, ran.err) == (1, "")
    seconds = iter([1.0, 0.8, 0.15, 0.05, 0.9, 0.7, 0.2, 0.05])
    monkeypatch.setattr(caseload, "cpu_seconds", lambda words: next(seconds))
    monkeypatch.setattr(sys, "argv", ["caseload.py", "2", "100"])
    assert caseload.main() == 0
    # The least of two rounds: 0.9 less 0.7 seconds are 2 ms for each of 100, 0.15 less 0.05 are 1.
    assert capsys.readouterr().out == (
        "100 timelines: 0.90 CPU seconds (least of 2)\n"
        "one timeline: 0.70 CPU seconds (least of 2)\n"
        "parsing their YAML: 0.15 CPU seconds (least of 2)\n"
        "importing what parses: 0.05 CPU seconds (least of 2)\n"
        "each above the start-up: 2.00 ms (aim 1.2)\n"
        "parsing each: 1.00 ms\n"
    )
