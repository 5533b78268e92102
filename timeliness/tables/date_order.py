"""How dates are written in numbers: which of them is the day, and spellings that read one way."""

from __future__ import annotations

import re
from collections.abc import Iterable

from timeliness.model.errors import DateError
from timeliness.model.patterns import regex
from timeliness.tables.instead import is_not_done
from timeliness.tables.personal import may_be_shown

_MONTHS = 12


class OrderError(DateError):
    """A column of dates could be read day first or month first."""


def order_of(texts: Iterable[str]) -> str:
    """Return how the dates of a column are meant: "uk" where a day past 12 only stands first.

    Raises `OrderError` where they could be read in two ways.
    """
    day_first = month_first = either = together = ""
    # The different texts of a column come in no order; the same input gives the same message.
    for text in sorted(texts):
        if DAY_TOGETHER.fullmatch(text.strip()):
            together = together or text.strip()
        match = numbers(text)
        if not match or is_not_done(text):
            continue
        one, two = int(match["one"]), int(match["two"])
        if one > _MONTHS:
            day_first = day_first or _shown(text, match)
        elif two > _MONTHS:
            month_first = month_first or _shown(text, match)
        elif one != two:
            either = either or _shown(text, match)
    if together:
        raise OrderError(
            f'"{together}" has nothing between day, month and year; if its first two numbers are '
            'the day, declare the column with --dates uk, or put dates = "uk" in the '
            "configuration; otherwise write the days as 2025-04-03"
        )
    if not either or (day_first and not month_first):
        return "uk"
    if day_first:
        why = f'the column has both, "{day_first}" and "{month_first}"'
    elif month_first:
        why = f'"{month_first}" in the same column looks month first, which is never guessed'
    else:
        why = "no other date in the column settles it"
    raise OrderError(
        f'"{either}" can be read day first or month first, and {why}; declare it with --dates uk '
        '(day first) or --dates us (month first), or put dates = "uk" in the configuration'
    )


def order_of_all(columns: Iterable[Iterable[str]]) -> str:
    """Return how the dates of several columns are meant, "" where that is not clear.

    It is "iso" where no date in them is written in numbers that have an order.
    """
    found = "iso"
    for texts in map(list, columns):
        given = (numbers(text) for text in texts if not is_not_done(text))
        pairs = [(int(match["one"]), int(match["two"])) for match in given if match]
        try:
            order = order_of(texts)
        except OrderError:
            return ""
        if any(two > _MONTHS >= one for one, two in pairs):
            return ""
        found = order if pairs else found
    return found


def _shown(text: str, match: re.Match[str]) -> str:
    return text.strip() if may_be_shown(text) else match.group().strip()


_NUMBERS = regex(
    r"(?P<one>\d{1,2})(?P<mark>[/.-])(?P<two>\d{1,2})(?P=mark)(?P<year>\d{4})(?!\d)", re.ASCII
)
_SHORT_NUMBERS = regex(
    r"(?P<start>\d{1,2}(?P<mark>[/.])\d{1,2}(?P=mark))(?P<year>\d{2})(?![\d/.])", re.ASCII
)
_SHORT_WORDS = regex(r"(\d{1,2}[\s-]+[A-Za-z]{3,9}[\s-]+)(\d{2})(?![\d])(.*)", re.ASCII)
_YEAR_FIRST = regex(r"(\d{4})/(\d{1,2})/(\d{1,2})(?![\d/])", re.ASCII)
_MONTH_FIRST = regex(
    r"([A-Za-z]{3,9})\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})(?!\d)", re.ASCII | re.IGNORECASE
)
_HALF_DAY = regex(
    r"(.*\d,?[ T])(\d{1,2})(:\d{2}(?::\d{2}(?:\.\d+)?)?) ?([ap])\.?m\.?", re.ASCII | re.IGNORECASE
)
_RUN_TOGETHER = regex(r"(20[0-4]\d)(0[1-9]|1[0-2])([0-3]\d)", re.ASCII)
DAY_TOGETHER = regex(r"([0-3]\d)(0[1-9]|1[0-2])(20[0-4]\d)", re.ASCII)
"""A day such as 24062025. It is none that begins with its year: no month is 20."""

_SLASHED_WORDS = regex(r"(\d{1,2})/([A-Za-z]{3,9})/(\d{2}|\d{4})(?!\d)", re.ASCII)
_TIME_FIRST = regex(
    r"([A-Za-z]{3} )?([A-Za-z]{3}) +(\d{1,2}) (\d{1,2}:\d{2}(?::\d{2})?) (\d{4})", re.ASCII
)
"""As Unix writes a date: Mon Jun  2 09:14:00 2025."""
_SHORT_YEARS = range(10, 41)


def numbers(text: str) -> re.Match[str] | None:
    """Return the numbers of a date such as 03/04/2025 at the start of a text."""
    return _NUMBERS.match(_with_century(text.strip()))


def respelt(text: str, order: str) -> str:
    """Return the text of a cell in a form that reads one way, where it is in one known here.

    `order` "us" says that of the numbers of a date the month comes first.
    """
    text = _SLASHED_WORDS.sub(r"\1 \2 \3", text, count=1) if _SLASHED_WORDS.match(text) else text
    if match := _TIME_FIRST.fullmatch(text):
        text = f"{match[1] or ''}{match[3]} {match[2]} {match[5]} {match[4]}"
    if match := _RUN_TOGETHER.fullmatch(text):
        text = "-".join(match.groups())
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
