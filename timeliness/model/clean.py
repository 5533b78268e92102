"""Text made safe: no control character reaches a terminal, and no cell of a CSV is a formula."""

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


FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a cell that a spreadsheet takes for a formula begins with."""

FORMULA_PATTERN = "^[=+\\-@\t\r]"


def safe_cell(text: str) -> str:
    """Return a text that a spreadsheet shows as it is; an apostrophe goes before a formula."""
    safe = printable(text)
    return f"'{safe}" if text.startswith(FORMULA) else safe


def written_cell(text: str) -> str:
    """Return a safe text as it is written in a CSV, in quotes where it needs them."""
    safe = safe_cell(text)
    needs = any(mark in safe for mark in ',"\n\r')
    return '"' + safe.replace('"', '""') + '"' if needs else safe
