"""Text made safe, for terminals, for the logs of pipelines and for spreadsheets.

No control character and no mark that turns the direction of writing reaches a terminal, no text of
an input is a command to a log, and no cell of a CSV is a formula.
"""

from __future__ import annotations

import json
import re

from timeliness.model.patterns import regex

TURNS = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
"""The marks that turn the direction of writing, as a part of a pattern."""

_TURNS = regex(f"[{TURNS}]")
_CONTROL = regex(f"[\x00-\x08\x0b-\x1f\x7f-\x9f{TURNS}\ud800-\udfff\ufffe\uffff]")
# Azure Pipelines takes ##vso[ for a command wherever in a line, and ##[ as well.
_COMMAND = regex(r"##(?=(?:vso)?\[)", re.IGNORECASE)
_COMMAND_LINE = regex(r"^([^\S\n]*)::", re.MULTILINE)
_IN_JSON = regex(rf"[\x7f-\x9f\u2028\u2029{TURNS}]|(?<=#)#(?=(?:vso)?\[)", re.IGNORECASE)


def printable(text: str) -> str:
    """Return text with each control character shown as its number, and no `##vso[` or `##[`."""
    return _COMMAND.sub("## ", _CONTROL.sub(_shown, text))


def _shown(match: re.Match[str]) -> str:
    return f"<U+{ord(match.group()):04X}>"


def one_line(text: str) -> str:
    """Return text printable and on one line, which no log of a pipeline takes for a command."""
    return no_command(printable(" ".join(text.split())))


def no_command(line: str) -> str:
    """Return a line that no log takes for a command, and that does not turn its writing."""
    return _COMMAND_LINE.sub(r"\1: :", _COMMAND.sub("## ", _TURNS.sub(_shown, line)))


def as_json(data: object, indent: int | None = None) -> str:
    """Return data as JSON in which no text is a command to a log, or turns its writing."""
    text = json.dumps(data, indent=indent, ensure_ascii=False)
    return _IN_JSON.sub(lambda match: f"\\u{ord(match.group()):04x}", text)


FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a cell that a spreadsheet takes for a formula begins with."""

UNSAFE_PATTERN = rf"^[=+\-@\t\r]|^\s*::|##|[\x00-\x1f\x7f-\x9f{TURNS}\ufffe\uffff]"
"""A pattern for every text that `safe_cell` changes, and for some others."""

_UNSAFE = regex(f"{UNSAFE_PATTERN}|[\ud800-\udfff]")


def safe_cell(text: str) -> str:
    """Return a text that a spreadsheet shows as it is; an apostrophe goes before a formula.

    On a screen no line of it is a command to a log.
    """
    if not _UNSAFE.search(text):
        return text
    safe = _COMMAND_LINE.sub(r"\1: :", printable(text))
    return f"'{safe}" if text.startswith(FORMULA) else safe


def written_cell(text: str) -> str:
    """Return a safe text as it is written in a CSV, in quotes where it needs them."""
    safe = safe_cell(text)
    needs = any(mark in safe for mark in ',"\n\r')
    return '"' + safe.replace('"', '""') + '"' if needs else safe
