"""What is wrong with a one-line event that does not begin with a date."""

from __future__ import annotations

import re

from timeliness.model.dates import split_date
from timeliness.read.fields import shorten

_LONG_DASHES = "–—‒−"
_CURLY = "“”‘’"
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
_TWO_DIGITS = re.compile(
    rf"\d{{1,2}}(?:st|nd|rd|th)?[\s-]+{_MONTH}[\s-]+'?\d{{2}}\b", re.IGNORECASE
)
_DAYS = re.compile(rf"(\d{{1,2}})\s?-\s?(\d{{1,2}})\s+({_MONTH})\s+(\d{{4}})", re.IGNORECASE)
_RELATIVE = re.compile(r"(today|yesterday|tomorrow)\b", re.IGNORECASE)


def undated(text: str) -> str:
    """Return what to say of a line that begins with no date, and what to write."""
    shown = shorten(text)
    if text.startswith(tuple(_CURLY)):
        return f"the line begins with a curly quote ({text[0]}); take out the curly quotes"
    plain = text.translate({ord(sign): "-" for sign in _LONG_DASHES})
    if match := _DAYS.match(plain):
        first, last = f"{match[1]} {match[3]} {match[4]}", f"{match[2]} {match[3]} {match[4]}"
        return (
            f'"{shorten(match.group())}" is not one date; write a range as year-month-day, such as '
            f"2026-10-01/2026-10-05, for {first} to {last}"
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
            event = shorten(" ".join(words[:place]).rstrip(",:"))
            return f"the date comes first: write {parts[0]} {event}"
    return (
        f'"{shown}" does not begin with a date; write the date, then the event: '
        "2025-04-03 complaint received"
    )
