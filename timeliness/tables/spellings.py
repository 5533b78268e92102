"""Dates as exports spell them, put into the forms that the one reader of dates knows."""

from __future__ import annotations

import re

_NUMBERS = re.compile(
    r"(?P<one>\d{1,2})(?P<mark>[/.-])(?P<two>\d{1,2})(?P=mark)(?P<year>\d{4})(?!\d)", re.ASCII
)
_SHORT_NUMBERS = re.compile(
    r"(?P<start>\d{1,2}(?P<mark>[/.])\d{1,2}(?P=mark))(?P<year>\d{2})(?![\d/.])", re.ASCII
)
_SHORT_WORDS = re.compile(r"(\d{1,2}[\s-]+[A-Za-z]{3,9}[\s-]+)(\d{2})(?![\d])(.*)", re.ASCII)
_YEAR_FIRST = re.compile(r"(\d{4})/(\d{1,2})/(\d{1,2})(?![\d/])", re.ASCII)
_MONTH_FIRST = re.compile(
    r"([A-Za-z]{3,9})\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})(?!\d)", re.ASCII | re.IGNORECASE
)
_HALF_DAY = re.compile(
    r"(.*\d,?[ T])(\d{1,2})(:\d{2}(?::\d{2}(?:\.\d+)?)?) ?([ap])\.?m\.?", re.ASCII | re.IGNORECASE
)
_SHORT_YEARS = range(10, 41)


def numbers(text: str) -> re.Match[str] | None:
    """Return the numbers of a date such as 03/04/2025 at the start of a text."""
    return _NUMBERS.match(_with_century(text.strip()))


def respelt(text: str, order: str) -> str:
    """Return the text of a cell in a form that reads one way, where it is in one known here.

    `order` "us" says that of the numbers of a date the month comes first.
    """
    if match := _SHORT_WORDS.fullmatch(text):
        text = f"{match[1]}20{match[2]}{match[3]}"
    text = _with_century(text)
    text = _YEAR_FIRST.sub(r"\1-\2-\3", text, count=1) if _YEAR_FIRST.match(text) else text
    if match := _MONTH_FIRST.match(text):
        text = f"{match[2]} {match[1]} {match[3]}{text[match.end() :]}"
    if order == "us" and (match := _NUMBERS.match(text)):
        text = f"{match['two']}/{match['one']}/{match['year']}{text[match.end() :]}"
    if (match := _HALF_DAY.fullmatch(text)) and 1 <= int(match[2]) <= 12:
        hour = int(match[2]) % 12 + 12 * (match[4].lower() == "p")
        text = f"{match[1]}{hour:02d}{match[3]}"
    return text


def _with_century(text: str) -> str:
    """Return 13/03/25 as 13/03/2025; two digits that are no year of a complaint stay."""
    match = _SHORT_NUMBERS.match(text)
    if not match or int(match["year"]) not in _SHORT_YEARS:
        return text
    return f"{match['start']}20{match['year']}{text[match.end() :]}"
