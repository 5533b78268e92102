"""Text made safe to print: no control character of an input reaches a terminal."""

from __future__ import annotations

import re

_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def printable(text: str) -> str:
    """Return text with each control character and lone surrogate shown as its number."""
    return _CONTROL.sub(lambda match: f"<U+{ord(match.group()):04X}>", text)
