"""What a landlord's own system says of the complaints of a table, read column by column."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

import numpy as np
import polars as pl

from timeliness.judge.columns import far
from timeliness.judge.statements.claimed import UNREAD, ClaimColumn, Flags, exact_days
from timeliness.model.calendars import DAY, FAR_PAST, Days
from timeliness.model.claims import DAYS_TAKEN, FLAGS, LATE, claim_in
from timeliness.tables.assigned import Fields
from timeliness.tables.claim_columns import number_of_days, was_in_time
from timeliness.tables.complaints import Dated, Rows
from timeliness.tables.date_columns import codes_of, read_columns
from timeliness.tables.date_order import OrderError
from timeliness.tables.grid import Grid
from timeliness.tables.instead import is_blank


def claims_of(
    grid: Grid, fields: Fields, order: str, rows: Rows, events: Mapping[str, Dated]
) -> tuple[list[ClaimColumn], list[str]]:
    """Return the claims about the rows that are kept, and what to say of those not used.

    `order` is how 03/04/2025 is meant, if declared, and `events` holds the kept rows' dates. A cell
    that cannot be read is a claim that cannot be checked; it changes nothing else of its row.
    """
    found, notes = [], []
    places = pl.Series(rows)
    for one in fields.columns:
        claim = claim_in(one.holds)
        if claim is None:
            continue
        event, kind = claim
        try:
            values, given = _values(kind, grid.column(one.place).gather(places), order)
        except OrderError as error:
            notes.append(f'the column "{one.header}" is not used: {error}')
            continue
        own = events.get(event)
        column = ClaimColumn(
            header=one.header,
            event=event,
            kind=kind,
            path=grid.path,
            rows=np.arange(len(rows)),
            lines=grid.lines[rows],
            values=values,
            done=exact_days(own.earliest, own.latest) if own else far(len(rows)),
        )
        found.append(column.entries(given))
    return found, notes


def _values(kind: str, cells: pl.Series, order: str) -> tuple[Days, Flags]:
    """Return what each cell claims, and where it claims anything. Raises `OrderError`."""
    if kind in DAYS_TAKEN:
        return _each(cells, number_of_days)
    if kind in FLAGS:
        return _each(cells, partial(was_in_time, late=kind == LATE))
    return _days(cells, order)


def _each(cells: pl.Series, read: Callable[[str], int | None]) -> tuple[Days, Flags]:
    """Return the number that each text is read as, and where there is any text."""
    unique = cells.drop_nulls().unique()
    texts = unique.to_list()
    numbers = [read(text) for text in texts]
    values = np.array([UNREAD if one is None else one for one in numbers] + [UNREAD], dtype=DAY)
    given = np.array([not is_blank(text) for text in texts] + [False], dtype=np.bool_)
    codes = codes_of(cells, unique)
    return values.take(codes), given.take(codes)


def _days(cells: pl.Series, order: str) -> tuple[Days, Flags]:
    """Return the day in each cell, and where there is any. Raises `OrderError`."""
    dated = read_columns({"claim": cells})["claim"].in_order(order).dated
    given = dated.given if dated.bad is None else dated.given | dated.bad
    single = dated.given & (dated.earliest == dated.latest) & (dated.earliest > FAR_PAST)
    return np.where(single, dated.earliest, UNREAD).astype(DAY), given
