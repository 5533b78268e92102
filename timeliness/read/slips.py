"""Slips of typing that keep a timeline from being read: in its YAML, and in a one-line event."""

from __future__ import annotations

import re

from timeliness.model.dates import split_date
from timeliness.read.fields import shorten

LONG_DASHES = "–—‒−•"
"""Signs that word processors write where a hyphen begins an item of a list."""

_KEY = re.compile(
    r"(?P<key>complaint|landlord|nation|policy|record|as_at|dates|events|statements)"
    r"(?:\s+(?P<spaced>[^\s:].*)|\s*:(?P<close>[^\s:].*))"
)
_TAB = re.compile(r" *\t")
_DASH = re.compile(rf"\s*(?P<sign>[{LONG_DASHES}])\s")


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


CURLY = "“”‘’"
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = rf"(?:{'|'.join(_MONTHS)})[a-z]*\.?"
_TWO_DIGITS = re.compile(
    rf"\d{{1,2}}(?:st|nd|rd|th)?[\s-]+{_MONTH}[\s-]+'?\d{{2}}\b", re.IGNORECASE
)
_DAYS = re.compile(
    rf"(?P<first>\d{{1,2}})\s?-\s?(?P<last>\d{{1,2}})\s+(?P<month>{_MONTH})\s+(?P<year>\d{{4}})",
    re.IGNORECASE,
)
_RELATIVE = re.compile(r"(today|yesterday|tomorrow)\b", re.IGNORECASE)


def _iso(day: str, match: re.Match[str]) -> str:
    return f"{match['year']}-{_MONTHS.index(match['month'][:3].lower()) + 1:02d}-{int(day):02d}"


def undated(text: str) -> str:
    """Return what to say of a line that begins with no date, and what to write."""
    shown = shorten(text)
    if text.startswith(tuple(CURLY)):
        return f"the line begins with a curly quote ({text[0]}); take out the curly quotes"
    plain = text.translate({ord(sign): "-" for sign in LONG_DASHES})
    if match := _DAYS.match(plain):
        return (
            f'"{match.group()}" is not one date; write a range as year-month-day: '
            f"{_iso(match['first'], match)}/{_iso(match['last'], match)}"
        )
    if plain != text and (parts := split_date(plain)):
        hyphens = shorten(" ".join(parts))
        return f'the date in "{shown}" has a long dash; write it with hyphens: {hyphens}'
    if match := _TWO_DIGITS.match(text):
        return (
            f'"{match.group()}" has a year of two digits; write the day as 2025-04-03 '
            "(year-month-day) or 3 Apr 2025"
        )
    if match := _RELATIVE.match(text):
        what = {"today": "today's date", "yesterday": "yesterday's date"}
        return (
            f'"{match[1]}" is not a date; write {what.get(match[1].lower(), "the date itself")}, '
            "such as 2025-04-03"
        )
    words = text.split()
    for place in range(1, len(words)):
        parts = split_date(" ".join(words[place:]))
        if parts and not parts[1]:
            event = shorten(" ".join(words[:place]).removesuffix(" on").rstrip(",:"))
            return f"the date comes first: write {parts[0]} {event}"
    return (
        f'"{shown}" does not begin with a date; write the date, then the event: '
        "2025-04-03 complaint received"
    )
