"""Slips of typing by which a timeline cannot be read as YAML, found by looking at its lines."""

from __future__ import annotations

from timeliness.model.patterns import regex

LONG_DASHES = "–—‒−•"
"""Signs that word processors write where a hyphen begins an item of a list."""

_KEY = regex(
    r"(?P<key>complaint|landlord|nation|policy|record|as_at|dates|events|statements)"
    r"(?:\s+(?P<spaced>[^\s:].*)|\s*:(?P<close>[^\s:].*))"
)
_TAB = regex(r" *\t")
_DASH = regex(rf"\s*(?P<sign>[{LONG_DASHES}])\s")


def find_slip(text: str, stopped: int) -> tuple[int, str] | None:
    """Return the line of a slip and what to write instead, or None where there is none.

    `stopped` is the line, from 1, at which the text could not be read further.
    """
    lines = text.splitlines()[: stopped + 1]
    for number, line in enumerate(lines, 1):
        match = _KEY.fullmatch(line.rstrip())
        value = (match["spaced"] or match["close"]).strip() if match else ""
        if match and ": " not in value:
            return number, (
                f"write a colon and a space after {match['key']}: {match['key']}: {value[:60]}"
            )
    for number in (stopped, stopped + 1):
        line = "".join(lines[number - 1 : number])
        if _TAB.match(line):
            return number, "this line begins with a tab; use spaces"
        if sign := _DASH.match(line):
            return number, long_dash(sign["sign"])
    return None


def long_dash(sign: str) -> str:
    """Return what to say of a line that begins with a long dash or a bullet."""
    name = "a bullet" if sign == "•" else "a long dash"
    return f"this line begins with {name} ({sign}); use a hyphen and a space: - 2025-04-03 received"
