"""Text made safe to print: no control character of an input reaches a terminal."""

from __future__ import annotations

import re

_CONTROL = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)


def printable(text: str) -> str:
    """Return text with each control character and lone surrogate shown as its number."""
    return _CONTROL.sub(lambda match: f"<U+{ord(match.group()):04X}>", text)


def one_line(text: str) -> str:
    """Return text printable and on one line, which no log of a pipeline takes for a command."""
    return no_command(printable(" ".join(text.split())))


def no_command(line: str) -> str:
    """Return a line that begins with no `::` and holds no `##[`, which are commands to a log."""
    start = line.lstrip()
    if start.startswith("::"):
        line = line[: len(line) - len(start)] + ": :" + start[2:]
    return line.replace("##[", "## [")
