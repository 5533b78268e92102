"""What stands in a cell instead of a date: nothing, that it was not done, or only that it was."""

from __future__ import annotations

import re

from timeliness.model.patterns import regex

_WORDS = ("n/a", "na", "n.a.", "nan", "nat", "nil", "none", "null", "not applicable", "not set")
_MARKS = ("", "-", "--", "–", "—", ".", "\\n", "(blank)", "(null)", "<null>", "[null]", "(empty)")
BLANK = frozenset((*_MARKS, *_WORDS))
"""What stands in a cell that is as good as blank, in small letters."""

YES = ("yes", "y", "true", "1", "x")
NO = ("no", "n", "false", "0")
_DONE = frozenset(("yes", "y", "true"))
_NOT_DONE = regex(
    r"not (?:yet )?(?:done|sent|issued|acknowledged|answered|responded|escalated|extended|"
    r"withdrawn|closed|reopened|refused|requested|required)"
)
_NO_DAY = regex(
    r"0000-00-00|0001-01-01|1753-01-01|1899-12-3[01]|1900-01-0[01]|9999-12-31|"
    r"0?0/0?[01]/1900|0?1/0?[01]/1900|(?:30|31)/12/1899|00/00/0000",
    re.ASCII,
)
"""The days that programs write for none, above all Excel and databases."""
_MIDNIGHT = regex(r"[T ]?00:00(?::00(?:\.0+)?)?Z?$", re.ASCII | re.IGNORECASE)


def is_blank(text: str | None) -> bool:
    """Whether a cell is blank, or says as much."""
    return text is None or " ".join(text.split()).lower() in BLANK


def is_not_done(text: str) -> bool:
    """Whether a cell under a date is blank, or says that it was not done.

    So does no, 0, and the day or time of day that a program writes where there is no day.
    """
    plain = " ".join(text.split()).lower()
    if plain in BLANK or plain in NO or _NOT_DONE.fullmatch(plain):
        return True
    day = _MIDNIGHT.sub("", plain)
    return not day or bool(_NO_DAY.fullmatch(day))


def is_done(text: str) -> bool:
    """Whether a cell under a date says that it was done, and not when."""
    return " ".join(text.split()).lower() in _DONE
