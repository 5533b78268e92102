"""The benchmark runs and prints what its page says; how fast it is depends on the machine."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

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


def test_the_benchmark_of_exports_prints_its_table_and_what_is_aimed_at() -> None:
    done = subprocess.run(
        [sys.executable, "benchmarks/tables.py", "--rows", "2000", "--rounds", "1"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert (done.stderr, done.returncode) == ("", 0)
    named = re.findall(
        r"^\| ([^|]+?) \| \d+\.\d\d \| \d+\.\d\d \| \d+ \| \d+\.\d\d \|$", done.stdout, re.M
    )
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
    assert re.search(r"^[12],\d\d\d problems written\.$", done.stdout, re.M)
    assert (
        len(re.findall(r"^\| .+ \| (?:at|under|about) .+ \| [\d.e+]+ \|$", done.stdout, re.M)) == 9
    )
