"""Columns that say only whether something was done, and the dates that stand beside them."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from timeliness.judge.columns import pick
from timeliness.model.calendars import FAR_FUTURE, FAR_PAST
from timeliness.model.dates import UNKNOWN, When
from timeliness.model.errors import DateError, Mistake
from timeliness.tables.complaints import Dated, Flags
from timeliness.tables.date_columns import DateColumn, dates_by_text
from timeliness.tables.grid import Grid
from timeliness.tables.instead import YES, is_blank, is_not_done
from timeliness.tables.mapping import Fields


def with_flags(
    grid: Grid, fields: Fields, dates: Mapping[str, DateColumn]
) -> tuple[dict[str, DateColumn], dict[int, list[Mistake]]]:
    """Return columns of dates with what the columns of yes and no add, and what they contradict.

    Yes beside a blank date means that it was done on an unknown day. No beside a date is a
    contradiction: then it is not known whether it was done.
    """
    merged = dict(dates)
    wrong: dict[int, list[Mistake]] = {}
    for flag in fields.columns:
        if not flag.whether:
            continue
        cells = grid.column(flag.place)
        unique = cells.unique().drop_nulls()
        own = dates_by_text(cells, unique, _read_flag)
        no = [text for text in unique.to_list() if is_not_done(text) and not is_blank(text)]
        denied = cells.is_in(no).fill_null(value=False).to_numpy()
        for field in (flag.holds, f"{flag.holds}.until"):
            if field in dates:
                for row in np.flatnonzero(denied & dates[field].dated.given).tolist():
                    says = f'it says no, and "{fields.header(field)}" has a date'
                    one = Mistake(grid.path, int(grid.lines[row]), says, column=flag.header)
                    wrong.setdefault(row, []).append(one)
                merged[field] = _without(dates[field], denied)
        if flag.holds in dates:
            merged[flag.holds] = _with(merged[flag.holds], own.given)
        else:
            merged[flag.holds] = DateColumn(own, "uk", _read_flag)
    return merged, wrong


def _without(column: DateColumn, denied: Flags) -> DateColumn:
    """Return a column in which the dates of some rows cannot be relied on."""
    dated = column.dated
    denied = denied & dated.given
    if not denied.any():
        return column
    bad = denied if dated.bad is None else denied | dated.bad
    earliest, latest = (pick(denied, FAR_FUTURE, days) for days in (dated.earliest, dated.latest))
    return DateColumn(Dated(earliest, latest, bad, dated.minute), column.order, column.read)


def _with(column: DateColumn, done: Flags) -> DateColumn:
    """Return a column with an unknown day in the rows that were done and have no date."""
    dated = column.dated
    undated = done & ~dated.given
    if dated.bad is not None:
        undated &= ~dated.bad
    earliest = pick(undated, FAR_PAST, dated.earliest)
    return DateColumn(
        Dated(earliest, dated.latest, dated.bad, dated.minute), column.order, column.read
    )


def _read_flag(text: str) -> When | None:
    if text.strip().lower() in YES:
        return When(UNKNOWN)
    if is_not_done(text):
        return None
    raise DateError("it says neither yes nor no")
