"""Which columns are what a landlord's own system claims about its time limits."""

from __future__ import annotations

import polars as pl

from timeliness.model.claims import DUE, claim_in
from timeliness.tables.advice import example
from timeliness.tables.claim_names import claim_of
from timeliness.tables.contents import BLANK, DATES, contents_of
from timeliness.tables.headers import canonical

_NOTHING = {DUE: "it holds no date"}


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
        return "", "" if plain.endswith(" by") else _note(header, _NOTHING[key])
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
    return key if contents_of(cells) in (DATES, BLANK) else None


def _note(header: str, what: str) -> str:
    return f'the column "{header}" is not used: {what}'
