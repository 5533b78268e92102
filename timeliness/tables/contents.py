"""What the cells of a column are: dates, yes or no, or something else, whatever its name says."""

from __future__ import annotations

import re
from collections.abc import Collection

import polars as pl

from timeliness.model.errors import DayError
from timeliness.model.patterns import regex
from timeliness.tables.date_columns import read_cell
from timeliness.tables.epochs import are_epochs
from timeliness.tables.formulas import is_failed
from timeliness.tables.instead import NO, YES, is_done, is_not_done
from timeliness.tables.personal import may_be_shown

DATES, WHETHER, OTHER, BLANK = "dates", "yes or no", "other", "blank"

_FIRST, _MOST = 200, 10_000
"""As many rows are looked at first, and as many different texts at most."""

_TIME_OF_DAY = regex(r"\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?: ?[ap]m)?", re.ASCII | re.IGNORECASE)
_NUMBER = regex(r"[\d\s,]+(?:\.\d+)?", re.ASCII)


def contents_of(cells: pl.Series) -> str:
    """Return what the cells of a column are.

    One date makes it a column of dates. So does it if most of what stands there may be meant as one
    (31/02/2025, tbc, a formula that failed): those cells are then named one by one.
    """
    first = cells.head(_FIRST).drop_nulls().unique().to_list()
    if any(is_date(text) for text in first):
        return DATES
    texts = cells.drop_nulls().unique(maintain_order=True).head(_MOST).to_list()
    if are_epochs(texts) or any(is_date(text) for text in texts):
        return DATES
    given = [text for text in texts if not is_not_done(text) or _is_no(text)]
    if not given:
        return BLANK
    if all(_says_whether(text) for text in given):
        return WHETHER
    meant = sum(_may_be_meant_as_date(text) for text in given)
    return DATES if meant * 2 > len(given) else OTHER


def holds_dates(cells: pl.Series) -> bool:
    """Whether most of the first cells that are not blank are dates, and more than numbers."""
    first = cells.head(_FIRST).drop_nulls().to_list()
    given = [text for text in first if not is_not_done(text)]
    dated = [text for text in given if not text.strip().isdigit() and is_date(text)]
    return len(dated) * 2 > len(given)


def names_no_person(cells: pl.Series, *, numbers: bool) -> bool:
    """Whether a date is where a person should be; a number is a date only with `numbers`."""
    texts = cells.drop_nulls().unique().head(_MOST).to_list()
    return any(is_date(text) for text in texts if numbers or not text.strip().isdigit())


def names_codes(cells: pl.Series, known: Collection[str]) -> bool:
    """Whether a Code is named in any cell of a column, by a known name or the path of its file."""
    texts = cells.drop_nulls().unique().head(_MOST).to_list()
    named = (one.strip().lower() for text in texts for one in re.split(r"[;,]", text))
    return any(one in known or one.endswith((".yaml", ".yml")) for one in named)


def has_words(cells: pl.Series) -> bool:
    """Whether words stand in any cell of a column."""
    return bool(cells.str.contains(r"\p{L}").any())


def is_date(text: str) -> bool:
    """Whether a text reads as a date in any order."""
    if is_done(text):
        return False
    for order in ("uk", "us"):
        try:
            if read_cell(text, order):
                return True
        except DayError:
            pass
    return False


def _is_no(text: str) -> bool:
    return text.strip().lower() in NO


def _says_whether(text: str) -> bool:
    return text.strip().lower() in YES or is_not_done(text)


def _may_be_meant_as_date(text: str) -> bool:
    if _says_whether(text) or _TIME_OF_DAY.fullmatch(text.strip()):
        return False
    return is_failed(text) or (may_be_shown(text) and not _NUMBER.fullmatch(text.strip()))
