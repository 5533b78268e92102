"""How complaints of a wide table ended, as a status or an outcome says that gives no day."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import polars as pl

from timeliness.judge.columns import far
from timeliness.model.plain import number
from timeliness.model.statuses import (
    CLOSED,
    ESCALATION_REFUSED,
    IGNORED,
    REFUSED,
    WITHDRAWN,
    meaning_of,
    plain_status,
    says_answered,
)
from timeliness.tables.assigned import Assigned, Fields
from timeliness.tables.complaints import Dated, Flags
from timeliness.tables.flags import with_unknown_days
from timeliness.tables.grid import Grid
from timeliness.tables.headers import CARRY
from timeliness.tables.instead import is_blank
from timeliness.tables.status_names import OUTCOME, STATUS, status_field

_ANSWERS = {1: "stage 1 response", 2: "stage 2 response"}
_ESCALATED = ("escalation requested", "escalation logged", "escalation acknowledged", _ANSWERS[2])


def status_columns(fields: Fields) -> list[Assigned]:
    """Return the columns that say how a complaint ended, also those that are carried."""
    return [
        one
        for one in fields.columns
        if one.holds in (STATUS, OUTCOME) or (one.holds == CARRY and status_field(one.header))
    ]


def meanings(cells: pl.Series, declared: Mapping[str, str]) -> dict[str, str | None]:
    """Return what each different text of a column of statuses means, None where it is not known."""
    own = {plain_status(text): meaning for text, meaning in declared.items()}
    texts = cells.drop_nulls().unique(maintain_order=True).to_list()
    return {text: meaning_of(text, own) for text in texts if not is_blank(text)}


def unknown_note(column: Assigned, cells: pl.Series, declared: Mapping[str, str]) -> str:
    """Return what to say of the texts of a column of statuses that are not known, or nothing."""
    number = sum(meaning is None for meaning in meanings(cells, declared).values())
    if column.holds != STATUS or not number:
        return ""
    values = "1 value that is" if number == 1 else f"{number:,} values that are"
    return (
        f'the column "{column.header}" has {values} not known as a status; `chcheck columns` lists '
        "them, and [status] in chcheck.toml can say what they mean"
    )


def with_statuses(
    grid: Grid, fields: Fields, declared: Mapping[str, str], events: Mapping[str, Dated]
) -> tuple[dict[str, Dated], list[str]]:
    """Return events with how complaints ended, on an unknown day, and what is to be noted.

    An outcome beside an answer is that answer's; a closing or refusal beside the answer of the
    latest stage ends nothing; and an event that has its own day keeps it.
    """
    merged, notes = dict(events), []
    size = grid.frame.height
    answered = {stage: _given(events, (name,), size) for stage, name in _ANSWERS.items()}
    escalated = _given(events, _ESCALATED, size)
    latest = np.where(escalated, answered[2], answered[1])
    for column in status_columns(fields):
        cells = grid.column(column.place)
        if note := unknown_note(column, cells, declared):
            notes.append(note)
        means = meanings(cells, declared)
        answers = [text for text, own in means.items() if own == IGNORED and says_answered(text)]
        kind, stage = status_field(column.header) or (column.holds, 0)
        done = answered[stage] if stage else latest
        second = np.full(size, stage == 2) if stage else escalated
        claimed = cells.is_in(answers).fill_null(value=False).to_numpy() & ~done
        if claimed.any():
            notes.append(_unanswered(column.header, int(claimed.sum())))
        beside = answered[1] | answered[2] if kind == OUTCOME and not stage else done
        ended = {
            WITHDRAWN: ~done if kind == OUTCOME else np.full(size, True),
            REFUSED: ~beside & ~second,
            ESCALATION_REFUSED: ~answered[2],
            CLOSED: ~beside,
        }
        for meaning, where in ended.items():
            said = _said(cells, means, meaning)
            marked = said & where
            if meaning == ESCALATION_REFUSED:
                marked |= _said(cells, means, REFUSED) & ~beside & second
            if marked.any():
                none = Dated(far(size), far(size))
                merged[meaning] = with_unknown_days(merged.get(meaning, none), marked)
    return merged, notes


def _unanswered(header: str, rows: int) -> str:
    them = "its answer counts" if rows == 1 else "their answers count"
    return (
        f'by the column "{header}" {number(rows, "row")} without the day of an answer may have '
        f"been answered; {them} as not given; write yes where the day is not known"
    )


def _said(cells: pl.Series, means: Mapping[str, str | None], meaning: str) -> Flags:
    texts = [text for text, own in means.items() if own == meaning and meaning != IGNORED]
    return cells.is_in(texts).fill_null(value=False).to_numpy()


def _given(events: Mapping[str, Dated], names: tuple[str, ...], size: int) -> Flags:
    """Return where any of some events happened, or may have: its cell cannot be read."""
    found = np.zeros(size, dtype=np.bool_)
    for name in names:
        if event := events.get(name):
            found |= event.given if event.bad is None else event.given | event.bad
    return found
