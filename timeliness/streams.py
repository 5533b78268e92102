"""Standard output and error: UTF-8, and what becomes of a run that cannot write to them."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, TextIO

from timeliness.model.errors import UsageError


class _Unheard(io.FileIO):
    """Standard error, which fails no run: what nobody can hear is not stated."""

    def write(self, data: Any) -> int:
        try:
            return super().write(data) or 0
        except OSError:
            return len(data)


class _Answer(io.FileIO):
    """Standard output, which fails the run where it cannot be written, once and in plain words."""

    failed = False

    def write(self, data: Any) -> int:
        if self.failed:
            return len(data)
        try:
            return super().write(data) or 0
        except BrokenPipeError:
            raise
        except OSError as error:
            self.failed = True
            says = f"standard output cannot be written: {error.strerror}"
            raise UsageError(says) from None


def set_up_streams() -> None:
    """Write UTF-8 into files and pipes on every system, and to a terminal what it can show.

    Raises `UsageError` where standard output is closed.
    """
    sys.stderr = _set_up(sys.stderr, sys.__stderr__, _Unheard) or _nowhere()
    output = _set_up(sys.stdout, sys.__stdout__, _Answer)
    # What is opened next must not take the place of an output that is closed.
    sys.stdout = output or _nowhere()
    if output is None:
        raise UsageError("standard output cannot be written: it is closed")


def _set_up(
    stream: TextIO | None, own: TextIO | None, raw: Callable[..., io.FileIO]
) -> TextIO | None:
    if stream is None or not isinstance(stream, io.TextIOWrapper):
        return stream
    if stream.isatty():
        stream.reconfigure(errors="replace")
        return stream
    if stream is own:
        stream.flush()
        file = io.BufferedWriter(raw(stream.fileno(), "wb", closefd=False))
        stream = io.TextIOWrapper(file, line_buffering=stream.line_buffering)
    stream.reconfigure(encoding="utf-8", errors="replace", newline="\n")
    return stream


def _nowhere() -> TextIO:
    return io.TextIOWrapper(Path(os.devnull).open("wb"), encoding="utf-8")


def give_up_output() -> None:
    """Let what is left to be written go nowhere: it would fail again as the program ends."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
