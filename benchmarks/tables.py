"""Whole exports against scripts written by hand: a table of times, memory and ratios.

Every round runs everything in turn, so that whatever else the machine does falls on all alike; a
ratio is the median of the rounds' own.

    python benchmarks/tables.py [--rows 1000000] [--rounds 5]
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

BARE = Path(__file__).parent / "bare"
DAY_BY_DAY = 20_000
"""Rows for the loop day by day, which is scaled up from there."""
SIZES = (5_000, 10_000, 100_000)
WORKBOOK = 50_000
OF_EVENTS = 0.3
"""The share of the complaints that are also written as events: a million has 3.5 million."""


@dataclass
class Case:
    """One command, and what its runs took: seconds, seconds of work and megabytes."""

    name: str
    words: list[str]
    scale: float = 1.0
    seconds: list[float] = field(default_factory=list)
    work: list[float] = field(default_factory=list)
    megabytes: list[float] = field(default_factory=list)

    def run(self) -> None:
        # Compiled modules are kept, as they are for a user.
        environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": ""}
        begun = time.perf_counter()
        quiet = subprocess.DEVNULL
        child = subprocess.Popen(self.words, stdout=quiet, stderr=quiet, env=environment)
        _, status, used = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        if child.returncode not in (0, 1):
            sys.exit(f"{' '.join(self.words)} ended with {child.returncode}")
        self.seconds.append((time.perf_counter() - begun) * self.scale)
        self.work.append((used.ru_utime + used.ru_stime) * self.scale)
        self.megabytes.append(used.ru_maxrss / 1024)

    def over(self, other: Case) -> float:
        """Return how much longer it took than another, in the same rounds."""
        pairs = zip(self.seconds, other.seconds, strict=True)
        return median(mine / theirs for mine, theirs in pairs)

    def row(self, base: Case) -> str:
        numbers = (
            f"{median(self.seconds):.2f} | {median(self.work):.2f} | {max(self.megabytes):.0f}"
        )
        return f"| {self.name} | {numbers} | {self.over(base):.2f} |"


def make(folder: Path, rows: int) -> None:
    from exports import as_events, generate

    whole = generate(rows)
    whole.write_csv(folder / "big.csv")
    for size in (*SIZES, DAY_BY_DAY):
        whole.head(size).write_csv(folder / f"{size}.csv")
    whole.head(WORKBOOK).write_excel(folder / "workbook.xlsx")
    some = whole.head(int(rows * OF_EVENTS))
    some.write_csv(folder / "wide.csv")
    as_events(some).write_csv(folder / "long.csv")


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--make", type=Path, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.make:
        make(asked.make, asked.rows)
        return
    with tempfile.TemporaryDirectory() as name:
        # In a process of its own: a child's memory is counted from its parent's.
        words = [sys.executable, __file__, "--make", name, "--rows", str(asked.rows)]
        subprocess.run(words, check=True)
        measure(Path(name), asked.rows, asked.rounds)


def measure(folder: Path, rows: int, rounds: int) -> None:
    python, found = sys.executable, folder / "found.csv"
    check = [python, "-m", "timeliness", "check", "--policy", "luton", "--as-at", "2026-03-31"]
    big, workbook = str(folder / "big.csv"), str(folder / "workbook.xlsx")

    def bare(script: str, *paths: str) -> list[str]:
        return [python, str(BARE / script), *paths]

    polars = Case("bare clocks, polars", bare("with_polars.py", big))
    summary = Case("chcheck, summary", [*check, big])
    written = Case(
        "chcheck, all problems as CSV",
        [*check, big, "--show", "problems", "--output", f"csv:{found}"],
    )
    pandas = Case("bare clocks, pandas", bare("with_pandas.py", big))
    by_day = Case(
        f"bare clocks, day by day ({DAY_BY_DAY:,} rows, scaled)",
        bare("day_by_day.py", str(folder / f"{DAY_BY_DAY}.csv")),
        rows / DAY_BY_DAY,
    )
    small = [
        Case(f"chcheck, {size:,} rows", [*check, str(folder / f"{size}.csv")]) for size in SIZES
    ]
    complaints, events = (_rows_of(folder / f"{name}.csv") for name in ("wide", "long"))
    wide = Case(f"chcheck, {complaints:,} complaints wide", [*check, str(folder / "wide.csv")])
    long = Case(f"chcheck, their {events:,} events", [*check, str(folder / "long.csv")])
    reading = Case(f"reading {WORKBOOK:,} rows of XLSX", bare("read_workbook.py", workbook))
    sheet = Case(f"chcheck, {WORKBOOK:,} rows of XLSX", [*check, workbook])
    cases = [polars, summary, written, pandas, by_day, *small, wide, long, reading, sheet]
    for _ in range(rounds):
        for case in cases:
            found.unlink(missing_ok=True)
            case.run()
            if case is written:
                problems = _rows_of(found)
    print(f"{rows:,} rows unless another number is given; medians of {rounds} rounds\n")
    print("| what | seconds | CPU seconds | MB | ratio |\n| --- | ---: | ---: | ---: | ---: |")
    for case in cases:
        print(case.row(polars))
    print(f"\n{problems:,} problems written.\n")
    print_aims(
        [
            ("summary, times the bare polars script", "at most 1.3", summary.over(polars)),
            ("all problems as CSV, times that script", "at most 3", written.over(polars)),
            ("pandas script, times the summary", "at least 5", pandas.over(summary)),
            ("MB of the largest run", "under 800", max(summary.megabytes + written.megabytes)),
            (
                f"a row of {rows:,}, times one of {SIZES[1]:,}",
                "about 1 or less",
                median(summary.seconds) / rows / (median(small[1].seconds) / SIZES[1]),
            ),
            ("a long table, times the same complaints wide", "at most 3", long.over(wide)),
            ("MB of the long table", "under 1,200", max(long.megabytes)),
            ("XLSX, times the bare reading", "under 2.5", sheet.over(reading)),
            (f"{SIZES[0]:,} rows, seconds", "under 1", median(small[0].seconds)),
        ]
    )


def _rows_of(path: Path) -> int:
    """Return how many lines a file has below its header."""
    with path.open(encoding="utf-8") as file:
        return sum(1 for _ in file) - 1


def print_aims(aims: Sequence[tuple[str, str, float]]) -> None:
    print("| aim | | measured |\n| --- | --- | ---: |")
    for what, aim, number in aims:
        print(f"| {what} | {aim} | {number:.3g} |")


if __name__ == "__main__":
    main()
