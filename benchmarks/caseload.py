"""How long a folder of timelines takes, each of them above the start-up, beside parsing its YAML.

The timelines are the samples at other days: 2,000 of them, open and closed. The folder, one
timeline alone and the parsing of all of them are run in turn; the least CPU time of each counts,
since whatever else the machine does adds to it.

    python benchmarks/caseload.py [RUNS] [TIMELINES]
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path
from random import Random
from resource import RUSAGE_CHILDREN, getrusage

ROOT = Path(__file__).resolve().parent.parent
SAMPLES = {
    "open-complaint": 35,
    "six-lines": 30,
    "compliant-2024": 15,
    "hazard": 10,
    "scotland": 10,
}
"""The samples, each with its share in a hundred."""
CUT_SHORT = ("open-complaint", "six-lines", "hazard")
"""Those of which some have not come to their last event yet."""
AS_AT = date(2026, 11, 26)
AIM = 1.2
PARSING = """
import pathlib, sys, yaml
loader = yaml.CSafeLoader
for path in sorted(pathlib.Path(sys.argv[1]).glob("*.yaml")):
    for _ in yaml.parse(path.read_text(encoding="utf-8"), Loader=loader):
        pass
"""
_DAY = re.compile(r"\d{4}-\d\d-\d\d|\d{1,2} (?:Mar|Apr) 2025")


def timelines(number: int, seed: int = 14) -> Iterator[tuple[str, str]]:
    """Yield names and texts: samples whose last day lies in the two months before `AS_AT`."""
    rng = Random(seed)
    texts = {
        name: (ROOT / "samples" / f"{name}.yaml").read_text(encoding="utf-8") for name in SAMPLES
    }
    for place in range(number):
        (name,) = rng.choices(list(SAMPLES), list(SAMPLES.values()))
        text = re.sub(r"(?m)^as_at: .*\n", "", texts[name])
        text = re.sub(r"(?m)^complaint: .*$", f"complaint: C-{place:05}", text)
        last = max(map(_day, _DAY.findall(text)))
        moved = AS_AT - timedelta(rng.randrange(60)) - last
        text = _DAY.sub(lambda found, by=moved: (_day(found[0]) + by).isoformat(), text)
        if name in CUT_SHORT and rng.random() < 0.4:
            text = "".join(text.splitlines(keepends=True)[:-1])
        yield f"case-{place:05}.yaml", text


def _day(text: str) -> date:
    if "-" in text:
        return date.fromisoformat(text)
    day, month, year = text.split()
    return date(int(year), {"Mar": 3, "Apr": 4}[month], int(day))


def cpu_seconds(words: Sequence[str]) -> float:
    """Return the CPU time, in seconds, that a Python process takes in user mode."""
    environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": ""}
    before = getrusage(RUSAGE_CHILDREN).ru_utime
    done = subprocess.run(
        [sys.executable, *words], cwd=ROOT, env=environment, capture_output=True, check=False
    )
    if done.returncode not in (0, 1):
        sys.exit(f"{' '.join(words)} ended with {done.returncode}:\n{done.stderr.decode()}")
    return getrusage(RUSAGE_CHILDREN).ru_utime - before


def main() -> int:
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    number = int(sys.argv[2]) if len(sys.argv) > 2 else 2000
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "cases"
        folder.mkdir()
        for file, text in timelines(number):
            (folder / file).write_text(text, encoding="utf-8")
        check = ["-m", "timeliness", "--as-at", AS_AT.isoformat()]
        commands = {
            f"{number:,} timelines": [*check, str(folder)],
            "one timeline": [*check, str(ROOT / "samples/six-lines.yaml")],
            "parsing their YAML": ["-c", PARSING, str(folder)],
            "importing what parses": ["-c", "import pathlib, sys, yaml"],
        }
        rounds = [[cpu_seconds(words) for words in commands.values()] for _ in range(runs)]
    taken = dict(zip(commands, map(min, zip(*rounds, strict=True)), strict=True))
    for what, seconds in taken.items():
        print(f"{what}: {seconds:.2f} CPU seconds (least of {runs})")
    whole, one, parsing, imports = taken.values()
    print(f"each above the start-up: {1000 * (whole - one) / number:.2f} ms (aim {AIM:g})")
    print(f"parsing each: {1000 * (parsing - imports) / number:.2f} ms")
    return 0


if __name__ == "__main__":
    sys.exit(main())
