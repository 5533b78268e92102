"""How long `chcheck` takes on one sample, beside the imports it cannot do without.

The two are run in turn, so that whatever else the machine does falls on both alike. Prints both
medians and their ratio; ends with 1 where the ratio is above three.

    python benchmarks/start_up.py [RUNS]
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from statistics import median
from time import perf_counter

ROOT = Path(__file__).resolve().parent.parent
SAMPLE = "samples/determinations/luton-202229082.yaml"
CHECK = [sys.executable, "-m", "timeliness", SAMPLE]
IMPORTS = [sys.executable, "-c", "import click, yaml, holidays"]
AIM, MOST = 2.0, 3.0


def seconds(command: list[str], environment: dict[str, str], expected: int) -> float:
    begun = perf_counter()
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, check=False)
    taken = perf_counter() - begun
    if done.returncode != expected:
        sys.exit(f"{' '.join(command)} ended with {done.returncode}:\n{done.stderr.decode()}")
    return taken


def main() -> int:
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 20
    # Compiled modules are kept, as they are for a user.
    environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": ""}
    both = [(CHECK, 1), (IMPORTS, 0)]
    for command, expected in both:
        seconds(command, environment, expected)
    taken: list[list[float]] = [[], []]
    for _ in range(runs):
        for column, (command, expected) in zip(taken, both, strict=True):
            column.append(seconds(command, environment, expected))
    check, imports = (median(column) for column in taken)
    ratio = check / imports
    print(f"chcheck {SAMPLE}: {check * 1000:.0f} ms (median of {runs})")
    print(f"import click, yaml, holidays: {imports * 1000:.0f} ms (median of {runs})")
    print(f"ratio: {ratio:.2f} (aim {AIM:g}, at most {MOST:g})")
    return int(ratio > MOST)


if __name__ == "__main__":
    sys.exit(main())
