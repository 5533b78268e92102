"""Which columns are what a landlord's own system claims about its time limits."""

from __future__ import annotations

import re

import polars as pl

from timeliness.model.claims import DAYS_TAKEN, DUE, FLAGS, IN_TIME, claim_in
from timeliness.model.patterns import regex
from timeliness.tables.advice import example
from timeliness.tables.claim_names import claim_named
from timeliness.tables.contents import BLANK, DATES, contents_of
from timeliness.tables.header_words import canonical
from timeliness.tables.instead import NO, YES, is_blank

_NO_DATE, _NO_NUMBER = "it holds no date", "it holds no number of days"
_NO_FLAG = "it does not say yes or no, or in time or late"
_LIMITS = ("target", "sla", "timescale", "timescales", "deadline", "timeframe", "limit")
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
    found = _by_cells(key, cells)
    if found is None:
        what = _NO_NUMBER if key in DAYS_TAKEN else _NO_FLAG if key in FLAGS else _NO_DATE
        return "", "" if canonical(header).endswith(" by") else _note(header, what)
    named = claim_named(header)
    if named and named.general and later:
        what = "it does not say which stage it is of; declare it: "
        return "", _note(header, what + example(header, f"{event}.{found}"))
    return f"{event}.{found}", ""


def due_field(handler: str) -> str:
    """Return the claim that a column named for who answered holds if it holds dates."""
    return f"{handler.partition('.')[0]}.{DUE}"


def _by_cells(key: str, cells: pl.Series) -> str | None:
    """Return what a column claims by its cells, where its name says `key`; None for no claim."""
    if key == DUE and contents_of(cells) in (DATES, BLANK):
        return key
    given = [text for text in cells.unique(maintain_order=True).to_list() if not is_blank(text)]
    given = given[:_FIRST]
    if key == DUE:
        # A target that says yes or no is whether it was met.
        key = IN_TIME
    is_read = number_of_days if key in DAYS_TAKEN else was_in_time
    read = [text for text in given if is_read(text) is not None]
    return key if len(read) * 2 >= len(given) else None


_IN_TIME = frozenset(
    (
        *("in time", "on time", "met", "within", "achieved", "hit", "pass", "passed", "compliant"),
        *("made", "fulfilled"),
        *(f"{within} {limit}" for within in ("in", "within") for limit in _LIMITS),
    )
)
_LATE = frozenset(
    (
        *("late", "out of time", "missed", "not met", "overdue", "outside", "breached", "breach"),
        *("failed", "fail", "not achieved", "not compliant", "non compliant", "not in time"),
        *(
            "exceeded",
            "violated",
            "sla violated",
            "sla breached",
            "sla missed",
            *(f"outside {limit}" for limit in _LIMITS),
        ),
    )
)


def was_in_time(text: str, *, late: bool = False) -> bool | None:
    """Return whether a cell says that something was in time; None where it does not say.

    Where the column asks whether it was `late`, yes means that it was not in time.
    """
    plain = " ".join(re.sub(r"[^a-z0-9]+", " ", text.lower()).split())
    if plain in YES or plain in NO:
        return (plain in YES) != late
    return True if plain in _IN_TIME else False if plain in _LATE else None


_NUMBER = regex(
    r"(\d{1,4})(?:\.0+)?\s*(?:(?:w(?:orking|kg)?|cal(?:endar)?|business)?\s*(?:days?|d))?",
    re.ASCII | re.IGNORECASE,
)


def number_of_days(text: str) -> int | None:
    """Return the number of days in a cell, or None where it holds no whole number."""
    match = _NUMBER.fullmatch(text.strip())
    return int(match[1]) if match else None


def _note(header: str, what: str) -> str:
    return f'the column "{header}" is not used: {what}'
