"""Whole exports against scripts written by hand: a table of times, memory and ratios.

python benchmarks/tables.py [--rows 1000000] [--runs 3]
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

BARE = Path(__file__).parent / "bare"
DAY_BY_DAY = 20_000
"""Rows for the loop day by day, which is scaled up from there."""


def measure(words: list[str], runs: int) -> tuple[float, float, float]:
    """Return the medians of the seconds and of the work of a command, and its most megabytes."""
    seconds, work, memory = [], [], []
    for _ in range(runs):
        begun = time.perf_counter()
        child = subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        _, _, used = os.wait4(child.pid, 0)
        child.returncode = 0
        seconds.append(time.perf_counter() - begun)
        work.append(used.ru_utime + used.ru_stime)
        memory.append(used.ru_maxrss / 1024)
    return median(seconds), median(work), max(memory)


def make(folder: Path, rows: int) -> None:
    from exports import generate

    whole = generate(rows)
    whole.write_csv(folder / "big.csv")
    for size in (5_000, 10_000, DAY_BY_DAY, 100_000):
        whole.head(size).write_csv(folder / f"{size}.csv")
    whole.head(50_000).write_excel(folder / "50000.xlsx")


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--make", type=Path, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.make:
        make(asked.make, asked.rows)
        return
    with tempfile.TemporaryDirectory() as name:
        run(Path(name), asked.rows, asked.runs)


def run(folder: Path, rows: int, runs: int) -> None:
    big = folder / "big.csv"
    # In a process of its own: a child's memory is counted from its parent's.
    make = [sys.executable, str(Path(__file__)), "--make", str(folder), "--rows", str(rows)]
    subprocess.run(make, check=True)
    python = sys.executable
    check = [python, "-m", "timeliness", "check", "--policy", "luton", "--as-at", "2026-03-31"]
    found = f"csv:{folder / 'found.csv'}"
    cases: list[tuple[str, list[str], int]] = [
        ("bare clocks, polars", [python, str(BARE / "with_polars.py"), str(big)], runs),
        ("chcheck, summary", [*check, str(big)], runs),
        ("chcheck, all problems as CSV", [*check, str(big), "--output", found], runs),
        ("bare clocks, pandas", [python, str(BARE / "with_pandas.py"), str(big)], 1),
        (
            f"bare clocks, day by day ({DAY_BY_DAY:,} rows, scaled)",
            [python, str(BARE / "day_by_day.py"), str(folder / f"{DAY_BY_DAY}.csv")],
            1,
        ),
        ("chcheck, 5,000 rows", [*check, str(folder / "5000.csv")], runs),
        ("chcheck, 10,000 rows", [*check, str(folder / "10000.csv")], runs),
        ("chcheck, 100,000 rows", [*check, str(folder / "100000.csv")], runs),
        (
            "reading 50,000 rows of XLSX",
            [python, str(BARE / "read_workbook.py"), str(folder / "50000.xlsx")],
            runs,
        ),
        ("chcheck, 50,000 rows of XLSX", [*check, str(folder / "50000.xlsx")], runs),
    ]
    base = reading = 0.0
    print(f"{rows:,} rows unless another number is given; median of {runs} runs\n")
    print("| what | seconds | CPU seconds | MB | ratio |\n| --- | ---: | ---: | ---: | ---: |")
    for name, words, times in cases:
        seconds, work, memory = measure(words, times)
        if "scaled" in name:
            seconds, work = seconds * rows / DAY_BY_DAY, work * rows / DAY_BY_DAY
        base = base or seconds
        ratio = f"{seconds / base:.2f}"
        if name.startswith("reading"):
            reading, ratio = seconds, "-"
        elif "XLSX" in name:
            ratio = f"{seconds / reading:.2f} of reading"
        elif name.endswith(" rows"):
            ratio = "-"
        print(f"| {name} | {seconds:.2f} | {work:.2f} | {memory:.0f} | {ratio} |", flush=True)
    with (folder / "found.csv").open(encoding="utf-8") as file:
        print(f"\n{sum(1 for _ in file) - 1:,} problems written.")


if __name__ == "__main__":
    main()
