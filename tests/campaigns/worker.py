"""Runs the command many times in one process, and tells what each run came to and took.

It reads a line of JSON for each run, with the words and the folder, and writes one. A run that
works for more than `MOST_SECONDS` ends the process: whoever started it knows on which input.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import re
import resource
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from unittest.mock import patch

import yaml

from timeliness import cli, load_timelines
from timeliness.model.errors import ChcheckError

MOST_SECONDS = 20
ADDRESSES = 8 << 30
_LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
"""It reads what the program reads: of a tab within a text the one in Python thinks otherwise."""
_ROWS = re.compile(
    r"Rows: ([\d,]+) read = ([\d,]+) checked \+ ([\d,]+) checked in part \+ ([\d,]+) rejected"
)


def main() -> None:
    """Answer until there is nothing more to run."""
    resource.setrlimit(resource.RLIMIT_AS, (ADDRESSES, ADDRESSES))
    asked, told = sys.stdin, sys.stdout
    for line in asked:
        told.write(json.dumps(ran(**json.loads(line))) + "\n")
        told.flush()


def ran(words: list[str], folder: str) -> Mapping[str, object]:
    """Return what one run came to: its code, what it says, and what it took."""
    os.chdir(folder)
    _begin_memory()
    began = _seconds()
    soft = int(began) + MOST_SECONDS
    resource.setrlimit(resource.RLIMIT_CPU, (soft, resource.RLIM_INFINITY))
    out, err = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8") for _ in range(2))
    code: object = None
    with (
        patch.object(sys, "argv", ["chcheck", *words]),
        contextlib.redirect_stdout(out),
        contextlib.redirect_stderr(err),
    ):
        try:
            cli.main()
        except SystemExit as ended:
            code = ended.code
    seconds = _seconds() - began
    texts = [_text(one) for one in (out, err)]
    unread = [] if code not in (0, 1) else list(unchecked(Path(words[-1]), texts[0]))
    return {
        "code": code,
        "said": (texts[1] or texts[0])[-1500:],
        "traceback": "Traceback" in texts[1],
        "seconds": seconds,
        "memory": _memory(),
        "unchecked": unread,
        "rows": _read(texts[0]),
    }


def _text(stream: io.TextIOWrapper) -> str:
    stream.flush()
    raw = stream.buffer
    assert isinstance(raw, io.BytesIO)
    return raw.getvalue().decode("utf-8", "replace")


def unchecked(path: Path, out: str) -> Iterator[str]:
    """Return what a run that ended well leaves unaccounted for."""
    for found in _ROWS.finditer(out):
        read, *parts = (int(number.replace(",", "")) for number in found.groups())
        if read != sum(parts):
            yield f"the rows do not add up: {found.group()}"
        if parts[2]:
            yield f"rejected rows, and the code is not 2: {found.group()}"
    if path.suffix in (".yaml", ".json") and path.name.startswith("case"):
        yield from _events(path)


def _events(path: Path) -> Iterator[str]:
    """Compare the events that are read with the lines of the file, as another reader has them."""
    try:
        timelines, _ = load_timelines(path)
    except ChcheckError as error:
        yield f"it was checked, and cannot be read: {error}"
        return
    given = yaml.load_all(path.read_bytes(), Loader=_LOADER)
    written = [
        one for each in given if each for one in (each if isinstance(each, list) else [each])
    ]
    lines = [len(one.get("events") or ()) for one in written]
    events = [len(timeline.events) for timeline in timelines]
    if sorted(lines) != sorted(events):
        yield f"events in the file: {lines}; events that were read: {events}"


def _read(out: str) -> int | None:
    found = _ROWS.search(out)
    return int(found.group(1).replace(",", "")) if found else None


def _seconds() -> float:
    """Return how long the processor has worked for this process and those that it started."""
    used = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(one.ru_utime + one.ru_stime for one in used)


def _begin_memory() -> None:
    """Begin to look for the most memory anew, where the system can."""
    with contextlib.suppress(OSError):
        Path("/proc/self/clear_refs").write_text("5")


def _memory() -> int:
    """Return the most memory in bytes since then."""
    with contextlib.suppress(OSError, StopIteration):
        lines = Path("/proc/self/status").read_text().splitlines()
        peak = next(line for line in lines if line.startswith("VmHWM"))
        return int(peak.split()[1]) * 1024
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most * (1 if sys.platform == "darwin" else 1024)


if __name__ == "__main__":
    main()
