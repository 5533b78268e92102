"""Columns that say of an event that it did not happen: planned, draft, not sent.

Only a column that nothing else uses is looked at, and only for the words below: what the status of
a case says of its past events (open, closed, in progress) is nothing that reverses them.
"""

from __future__ import annotations

import re

import polars as pl
from msgspec import Struct

from timeliness.model.patterns import regex
from timeliness.tables.assigned import LEFT, Fields
from timeliness.tables.complaints import Flags
from timeliness.tables.grid import Grid
from timeliness.tables.header_words import canonical
from timeliness.tables.headers import Names
from timeliness.tables.instead import NO, YES, is_blank, is_not_done

_EVENTS = ("event", "activity", "action", "task", "milestone", "step", "letter")
_OF_THE_EVENT = frozenset(f"{event} {word}" for event in _EVENTS for word in ("status", "state"))
_STATES = _OF_THE_EVENT | {"status", "state", "planned actual", "planned or actual"}
_DONE = frozenset(("sent", "done", "completed", "complete", "happened", "delivered", "actioned"))
_NOT_DONE = frozenset(("draft", "planned", "scheduled", "bounced"))
_CALLED_OFF = frozenset(("cancelled", "canceled", "deleted", "void", "voided", "failed"))
_UNDONE = _NOT_DONE | {
    *("drafted", "in draft", "booked", "to do", "todo", "unsent", "undelivered", "forecast"),
    *("proposed", "expected"),
    *(f"not {word}" for word in ("started", "delivered", "posted", *_DONE)),
}
_STATUS_OF = regex(r"(.+?)[\s_]*(?:status|state)", re.IGNORECASE)


class Undone(Struct, frozen=True):
    """A column that may say that an event did not happen, its cells, and the rows that say so."""

    header: str
    cells: pl.Series
    rows: Flags


def undone_in(grid: Grid, fields: Fields) -> list[Undone]:
    """Return the columns by which some events of a table may not have happened."""
    found = []
    for one in fields.columns:
        if one.how != LEFT or not one.header:
            continue
        cells = grid.column(one.place)
        name = canonical(one.header)
        if name not in _STATES | _DONE | _NOT_DONE | _CALLED_OFF:
            continue
        texts = [text for text in cells.drop_nulls().unique().to_list() if _reverses(name, text)]
        if texts:
            rows = cells.is_in(texts).fill_null(value=False).to_numpy()
            found.append(Undone(one.header, cells, rows))
    return found


def undone_by_event(grid: Grid, fields: Fields, names: Names) -> dict[str, Undone]:
    """Return the columns of a wide table by which an event may not have happened, by that event.

    "Response status" says it of the response.
    """
    found = {}
    for one in fields.columns:
        match = _STATUS_OF.fullmatch(one.header) if one.how == LEFT else None
        event = names.recognise(match[1]) if match else None
        if event is None or fields.place(event) is None:
            continue
        cells = grid.column(one.place)
        texts = cells.drop_nulls().unique().to_list()
        said = [text for text in texts if " ".join(text.lower().split()) in _UNDONE | _CALLED_OFF]
        if said:
            rows = cells.is_in(said).fill_null(value=False).to_numpy()
            found[event] = Undone(one.header, cells, rows)
    return found


def _reverses(name: str, text: str) -> bool:
    """Whether a text says that an event did not happen, in a column of this name."""
    plain = " ".join(text.lower().split())
    if name in _STATES:
        return plain in _UNDONE or (name in _OF_THE_EVENT and plain in _CALLED_OFF)
    if name in _DONE:
        return plain in NO or plain in _UNDONE or (is_not_done(text) and not is_blank(text))
    return plain in YES or plain == name
