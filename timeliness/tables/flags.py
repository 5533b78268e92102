"""Columns that say only whether something was done, and the dates that stand beside them."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from msgspec.structs import replace

from timeliness.judge.columns import pick
from timeliness.model.calendars import FAR_FUTURE, FAR_PAST
from timeliness.model.dates import UNKNOWN, When
from timeliness.model.errors import DateError, Mistake
from timeliness.tables.assigned import Fields
from timeliness.tables.complaints import Dated, Flags
from timeliness.tables.contents import is_date
from timeliness.tables.date_columns import DateColumn, dates_by_text
from timeliness.tables.grid import Grid
from timeliness.tables.headers import Names
from timeliness.tables.instead import YES, is_blank, is_not_done
from timeliness.tables.undone import undone_by_event


def with_flags(
    grid: Grid, fields: Fields, dates: Mapping[str, DateColumn], names: Names
) -> tuple[dict[str, DateColumn], dict[int, list[Mistake]]]:
    """Return columns of dates with what the columns of yes and no add, and what they contradict.

    Yes beside a blank date means that it was done on an unknown day. No beside a date is a
    contradiction: then it is not known whether it was done. So is a status such as "draft" in a
    column of the event's own.
    """
    merged = dict(dates)
    wrong: dict[int, list[Mistake]] = {}
    for event, undone in undone_by_event(grid, fields, names).items():
        if event not in dates:
            continue
        dated = undone.rows & dates[event].dated.given
        for row in np.flatnonzero(dated).tolist():
            text = " ".join((undone.cells[row] or "").split())
            says = f'it says "{text}", and "{fields.header(event)}" has a date'
            one = Mistake(grid.path, int(grid.lines[row]), says, column=undone.header)
            wrong.setdefault(row, []).append(one)
        merged[event] = _without(dates[event], undone.rows)
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
                merged[field] = _without(merged[field], denied)
        if flag.holds in dates:
            column = merged[flag.holds]
            merged[flag.holds] = replace(column, dated=with_unknown_days(column.dated, own.given))
        else:
            merged[flag.holds] = DateColumn(own, _read_flag)
    return merged, wrong


def _without(column: DateColumn, denied: Flags) -> DateColumn:
    """Return a column in which the dates of some rows cannot be relied on."""
    dated = column.dated
    denied = denied & dated.given
    if not denied.any():
        return column
    bad = denied if dated.bad is None else denied | dated.bad
    earliest, latest = (pick(denied, FAR_FUTURE, days) for days in (dated.earliest, dated.latest))
    return replace(column, dated=Dated(earliest, latest, bad, dated.minute))


def with_unknown_days(dated: Dated, done: Flags) -> Dated:
    """Return an event with an unknown day in the rows where it was done and no date is given."""
    undated = done & ~dated.given
    if dated.bad is not None:
        undated &= ~dated.bad
    earliest = pick(undated, FAR_PAST, dated.earliest)
    return Dated(earliest, dated.latest, dated.bad, dated.minute)


def _read_flag(text: str) -> When | None:
    """Return an unknown day where a cell says that it was done; one that is not known is a day."""
    if text.strip().lower() in YES:
        return When(UNKNOWN)
    if is_not_done(text):
        return None
    if is_date(text):
        return When(UNKNOWN)
    raise DateError("it says neither yes nor no")
