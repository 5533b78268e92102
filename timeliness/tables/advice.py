"""Which column to propose for what a table lacks, and which to leave out of two."""

from __future__ import annotations

import re
from collections.abc import Sequence

import polars as pl

from timeliness.model.patterns import regex
from timeliness.tables.contents import holds_dates
from timeliness.tables.grid import Grid

_FIRST = 500
_LONGEST = 40
_OF_CASE = regex(r"ticket|case|complaint|ref", re.IGNORECASE)
_PERSONAL = regex(
    r"resident|customer|tenant|tenancy|person|owner|agent|officer|user|contact|name|phone|mobile|"
    r"mail|uprn|property|postcode|post code|address",
    re.IGNORECASE,
)
_GUID = regex(r"\{?[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\}?", re.IGNORECASE)


def likely_reference(grid: Grid, places: Sequence[int], *, repeats: bool) -> int | None:
    """Return the first of some columns whose cells may be references, or None.

    They are short and have neither spaces nor an @, and each is there once, unless the rows of one
    complaint `repeats` it. One that is named as a ticket, case or complaint goes before others, and
    one that is named as a person or a home is none.
    """
    named = [place for place in places if not _PERSONAL.search(grid.header[place])]
    for place in sorted(named, key=lambda place: not _OF_CASE.search(grid.header[place])):
        cells = grid.column(place).head(_FIRST)
        texts = cells.drop_nulls().to_list()
        if not texts or holds_dates(cells) or not all(_may_refer(text) for text in texts):
            continue
        if repeats or len(set(texts)) == len(texts):
            return place
    return None


def worse(grid: Grid, places: Sequence[int], *, reference: bool) -> int:
    """Return which of several columns of one meaning to leave out: the last, if all are as good.

    Of references the one that is a code of the program, and of dates the one with the fewest.
    """

    def score(place: int) -> int:
        cells = grid.column(place)
        return _short_texts(cells) if reference else len(cells) - cells.null_count()

    return min(reversed(places), key=score)


def _may_refer(text: str) -> bool:
    return len(text) <= _LONGEST and not re.search(r"[\s@]", text.strip())


def _short_texts(cells: pl.Series) -> int:
    texts = cells.head(_FIRST).drop_nulls().to_list()
    return sum(_may_refer(text) and not _GUID.fullmatch(text.strip()) for text in texts)


def example(header: str, field: str) -> str:
    """Return the line to declare a column; without a header it is for the reader to choose."""
    named = header or "NAME OF THE COLUMN"
    return f'[columns] "{named}" = "{field}" in chcheck.toml; `chcheck columns` writes such a file'
