"""Which columns are what a landlord's own system claims about its time limits."""

from __future__ import annotations

import re

import polars as pl

from timeliness.model.claims import DAYS_TAKEN, DUE, claim_in
from timeliness.tables.advice import example
from timeliness.tables.claim_names import claim_of
from timeliness.tables.contents import BLANK, DATES, contents_of
from timeliness.tables.headers import canonical
from timeliness.tables.instead import is_blank

_NO_DATE, _NO_NUMBER = "it holds no date", "it holds no number of days"
_FIRST = 1_000
"""As many different cells show what a column claims."""


def settled(
    header: str, field: str, cells: pl.Series, *, declared: bool, long: bool, later: bool
) -> tuple[str, str]:
    """Return the claim that a column holds, or "" for none, and a note where one is due.

    A claim that names no stage is of stage 1, or of the stage of its row; where other columns are
    of `later` stages it is not clear. A table with a row for each event has no claims.
    """
    claim = claim_in(field)
    assert claim
    event, key = claim
    if long:
        what = "claims are checked in tables with a row for each complaint or stage"
        return "", _note(header, what) if declared else ""
    if declared:
        return field, ""
    plain = canonical(header)
    found = _by_cells(key, cells)
    if found is None:
        return "", "" if plain.endswith(" by") else _note(
            header, _NO_NUMBER if key in DAYS_TAKEN else _NO_DATE
        )
    named = claim_of(plain)
    if named and named.general and later:
        what = "it does not say which stage it is of; declare it: "
        return "", _note(header, what + example(header, f"{event}.{found}"))
    return f"{event}.{found}", ""


def due_field(handler: str) -> str:
    """Return the claim that a column named for who answered holds, where dates stand in it."""
    return f"{handler.partition('.')[0]}.{DUE}"


def _by_cells(key: str, cells: pl.Series) -> str | None:
    """Return what a column claims by its cells, where its name says `key`; None for no claim."""
    if key == DUE:
        return key if contents_of(cells) in (DATES, BLANK) else None
    given = [text for text in cells.unique(maintain_order=True).to_list() if not is_blank(text)]
    given = given[:_FIRST]
    read = [text for text in given if number_of_days(text) is not None]
    return key if len(read) * 2 >= len(given) else None


_NUMBER = re.compile(
    r"(\d{1,4})(?:\.0+)?\s*(?:(?:w(?:orking|kg)?|cal(?:endar)?|business)?\s*(?:days?|d))?",
    re.ASCII | re.IGNORECASE,
)


def number_of_days(text: str) -> int | None:
    """Return the number of days in a cell, or None where it holds no whole number."""
    match = _NUMBER.fullmatch(text.strip())
    return int(match[1]) if match else None


def _note(header: str, what: str) -> str:
    return f'the column "{header}" is not used: {what}'
