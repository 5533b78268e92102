"""Patterns of the one-line form for editors: a day, then an event.

They let through whatever the reader takes, and more: an editor must never mark what is right. They
use only what the regular expressions of every language share, so case is in the letters.
"""

from __future__ import annotations

from collections.abc import Iterable

_SEPARATORS = "[/.-]"
_ANY_DAY = "(?:0?[1-9]|[12][0-9]|3[01])"
_DAYS_OF_MONTHS = (
    f"(?:(?:0?[13578]|1[02])-{_ANY_DAY}"
    "|(?:0?[469]|11)-(?:0?[1-9]|[12][0-9]|30)"
    "|0?2-(?:0?[1-9]|[12][0-9]))"
)
_ISO = f"[0-9]{{4}}-{_DAYS_OF_MONTHS}"
_MONTH = "[0-9]{4}-(?:0?[1-9]|1[0-2])"
_ONE = f"(?:{_ISO}|{_MONTH})"
_RANGE = f"(?:{_ONE}/{_ONE}|{_ONE}/[.][.]|[.][.]/{_ONE})"
_ORDINAL = "(?:[sS][tT]|[nN][dD]|[rR][dD]|[tT][hH])?"
_NAME = "[A-Za-z]{3,9}"
_WORDS = (
    f"(?:(?:{_NAME},?\\s+)?[0-9]{{1,2}}{_ORDINAL}(?:\\s+[oO][fF])?[\\s-]+{_NAME}[.]?,?[\\s-]+[0-9]{{4}}"
    f"|{_NAME}[.]?\\s+[0-9]{{1,2}}{_ORDINAL}(?:,\\s*|\\s+)[0-9]{{4}}"
    f"|{_NAME}[.]?\\s+[0-9]{{4}})"
)
_OFFSET = "(?:\\s?(?:[zZ]|[+-][0-9]{2}:?[0-9]{2}))?"
_TIME = (
    f"(?:(?:[tT]|,?\\s+(?:[aA][tT]\\s+)?)(?:[0-9][0-9:.]*\\s?(?:[aApP][.]?[mM][.]?)?"
    f"|[nN][oO][oO][nN]|[mM][iI][dD][dD][aA][yY]|[mM][iI][dD][nN][iI][gG][hH][tT]){_OFFSET})?"
)
_UNKNOWN = "[uU][nN][kK][nN][oO][wW][nN]"
_UK = f"[0-9]{{1,2}}{_SEPARATORS}[0-9]{{1,2}}{_SEPARATORS}[0-9]{{4}}"
_SAME = "|".join(f"0?{one}{_SEPARATORS}0?{one}" for one in range(1, 10))
_UK_ONE_WAY = (
    f"(?:(?:1[3-9]|2[0-9]|3[01]){_SEPARATORS}(?:0?[1-9]|1[0-2])"
    f"|{_SAME}|10{_SEPARATORS}10|11{_SEPARATORS}11|12{_SEPARATORS}12){_SEPARATORS}[0-9]{{4}}"
)


def _day(numbers: str) -> str:
    return f"(?:{_RANGE}|(?:{_ISO}|{numbers}|{_WORDS}){_TIME}|{_MONTH}|{_UNKNOWN})"


ANY_DAY = _day(_UK)
"""A day, month, range or time stamp in any form; 03/04/2025 among them."""
PLAIN_DAY = _day(_UK_ONE_WAY)
"""The same without a day that can be read in two ways."""


def whole(day: str) -> str:
    """Return the pattern of a text that is a day and nothing else."""
    return f"^\\s*{day}\\s*$"


def begins_with(day: str) -> str:
    """Return the pattern of a text that begins with a day, after which something follows."""
    return f"^\\s*{day}(?=[,;:]?\\s+\\S)"


def event_line(names: Iterable[str]) -> str:
    """Return the pattern of a line whose event, after a day in any form, is one of some names."""
    return f"^\\s*{ANY_DAY}[,;:]*\\s+{_any_of(names)}(?![A-Za-z0-9])"


def event_name(names: Iterable[str]) -> str:
    """Return the pattern of a text that is one of some names of events."""
    return f"^\\s*{_any_of(names)}\\s*$"


def _any_of(names: Iterable[str]) -> str:
    """Return a pattern of names in any case, with blanks, hyphens or underscores between words."""
    known = sorted({tuple(name.split()) for name in names})
    between = "[\\s_-]+"
    return "(?:" + "|".join(between.join(map(_word, words)) for words in known) + ")"


_FIGURES = {"1": "one", "2": "two", "3": "three"}


def _word(word: str) -> str:
    if word in _FIGURES:
        return f"(?:{word}|{_word(_FIGURES[word])})"
    return "".join(
        f"[{letter}{letter.upper()}]" if letter.isalpha() else f"[{letter}]" for letter in word
    )
