"""The command in a process of its own, with a limit of time and with its memory measured."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from dataclasses import dataclass
from pathlib import Path

SECONDS = 30
"""How long the processor may work for a run."""

MEMORY = 500_000_000
"""How much memory a run may take, beside ten times the size of its input."""


@dataclass(frozen=True)
class Limited:
    """What a run left behind, and the most memory in bytes that one of its processes took."""

    code: int
    out: str
    err: str
    memory: int


def limit() -> None:
    """Give this process its limits."""
    import resource

    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS + 1))
    resource.setrlimit(resource.RLIMIT_AS, (8 << 30, 8 << 30))


def run_limited(folder: Path, *words: str, stdin: Path | None = None) -> Limited:
    """Run `chcheck` in a folder; a run that takes too long is ended, with a code below 0."""
    out, err = folder / "told.out", folder / "told.err"
    with (
        out.open("wb") as told_out,
        err.open("wb") as told_err,
        (stdin or Path(os.devnull)).open("rb") as given,
    ):
        started = subprocess.Popen(
            [sys.executable, "-m", "timeliness", *words],
            cwd=folder,
            stdin=given,
            stdout=told_out,
            stderr=told_err,
            preexec_fn=limit,  # noqa: PLW1509
        )
        clock = threading.Timer(6 * SECONDS, os.kill, (started.pid, signal.SIGKILL))
        clock.start()
        _, status, used = os.wait4(started.pid, 0)
        clock.cancel()
        started.returncode = os.waitstatus_to_exitcode(status)
    memory = used.ru_maxrss * (1 if sys.platform == "darwin" else 1024)
    texts = [one.read_text(encoding="utf-8", errors="replace") for one in (out, err)]
    for one in (out, err):
        one.unlink()
    return Limited(started.returncode, texts[0], texts[1], memory)


def refused(folder: Path, name: str, *words: str) -> str:
    """Return what a run says of an input that it refuses, within its limits."""
    ran = run_limited(folder, name, *words)
    assert ran.code == 2, (ran.code, ran.err[-2000:])
    assert "Traceback" not in ran.err
    assert ran.memory < MEMORY + 10 * (folder / name).stat().st_size
    return ran.err
