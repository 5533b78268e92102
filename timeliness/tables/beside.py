"""Sheets with a row a complaint and sheets with a row an event in one workbook: one record.

What one sheet says of a reference, such as its landlord, holds for the rows of it on the other.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence

import numpy as np
import polars as pl
from msgspec.structs import replace

from timeliness.model.declared import Declared
from timeliness.model.errors import InputError, Mistake
from timeliness.model.vocabulary import RECEIVED, Kind, Vocabulary
from timeliness.tables.assigned import RECOGNISED, Assigned, Fields
from timeliness.tables.event_names import EventNames
from timeliness.tables.grid import Grid, names_for
from timeliness.tables.headers import CARRY, COMPLAINT_FIELDS, DATE, EVENT, LANDLORD, REFERENCE
from timeliness.tables.landlords import cleaned

Sheet = tuple[Grid, Fields]

NamesFor = Callable[[str], Kind | None]
"""Returns the event that a text names, or None."""

_SHARED = tuple(field for field in COMPLAINT_FIELDS if field != REFERENCE)
"""What a row says of its complaint as a whole."""


def as_one_record(
    sheets: Sequence[Sheet], vocabulary: Vocabulary, declared: Declared
) -> list[Sheet]:
    """Return the sheets of a workbook so that each reference means the same on all of them.

    Where both forms are there, an empty sheet of the one is left out. A row of a complaint whose
    dates are all on the other has one of them, and a row of an event is rejected whose reference
    has neither a row of its own nor a receipt. Raises `InputError` where it is not clear whose
    complaint an event belongs to.
    """
    forms = {fields.long for _, fields in sheets}
    if len(forms) < 2:
        return list(sheets)
    filled = {fields.long for grid, fields in sheets if _has_rows(grid)}
    if len(filled) < 2:
        return _without_empty(sheets, filled) if filled else list(sheets)
    wide = [one for one in sheets if not one[1].long]
    long = [one for one in sheets if one[1].long]
    named = EventNames(vocabulary, declared.events, long[0][0].path).find
    by_form = {
        False: [_dated(_shared(one, long), long, named) for one in wide],
        True: [_known(_shared(one, wide), wide, named) for one in long],
    }
    return [by_form[fields.long].pop(0) for _, fields in sheets]


def _has_rows(grid: Grid) -> bool:
    return bool(grid.frame.height or grid.ragged)


def _without_empty(sheets: Sequence[Sheet], filled: set[bool]) -> list[Sheet]:
    """Return the sheets of the form that has rows, with a note of those left out."""
    kept = [one for one in sheets if one[1].long in filled]
    left = [f'"{grid.sheet}"' for grid, fields in sheets if fields.long not in filled]
    (first, fields), *others = kept
    says = f"{'sheets' if len(left) > 1 else 'sheet'} {', '.join(left)} left out: no rows"
    return [(replace(first, notes=(*first.notes, says)), fields), *others]


def _references(sheet: Sheet) -> pl.Series:
    grid, fields = sheet
    place = fields.place(REFERENCE)
    assert place is not None
    return cleaned(grid.column(place)).rename("reference")


def _shared(sheet: Sheet, others: Sequence[Sheet]) -> Sheet:
    """Return a sheet whose rows say of their complaint what the other sheets say of it."""
    grid, fields = sheet
    references = _references(sheet)
    own = {_meaning(one): one.place for one in fields.columns}
    for meaning, said in _said(others).items():
        given = pl.DataFrame({"reference": references}).join(
            said, on="reference", how="left", maintain_order="left"
        )
        holds, header = meaning
        if holds == LANDLORD:
            _check_landlords(grid, fields, given)
        place = own.get(meaning)
        if place is not None:
            cells = pl.select(pl.coalesce(cleaned(grid.column(place)), given["first"])).to_series()
            frame = grid.frame.with_columns(cells.alias(grid.frame.columns[place]))
            grid = replace(grid, frame=frame)
            continue
        place, header = grid.frame.width, header or holds
        frame = grid.frame.with_columns(given["first"].alias(names_for(place + 1)[-1]))
        grid = replace(grid, frame=frame, header=(*grid.header, header))
        column = Assigned(place, header, holds, RECOGNISED)
        fields = replace(fields, columns=(*fields.columns, column))
    return grid, fields


def _meaning(column: Assigned) -> tuple[str, str]:
    """Return what a column says of a complaint; of those that are carried there are several."""
    return column.holds, column.header if column.holds == CARRY else ""


def _said(sheets: Sequence[Sheet]) -> dict[tuple[str, str], pl.DataFrame]:
    """Return for each reference the first value that any row gives, and how many there are."""
    given: dict[tuple[str, str], list[pl.DataFrame]] = {}
    for grid, fields in sheets:
        references = _references((grid, fields))
        for one in fields.columns:
            if one.holds in (*_SHARED, CARRY):
                values = {"reference": references, "value": cleaned(grid.column(one.place))}
                given.setdefault(_meaning(one), []).append(pl.DataFrame(values))
    return {
        meaning: pl.concat(frames)
        .drop_nulls()
        .group_by("reference", maintain_order=True)
        .agg(first=pl.col("value").first(), values=pl.col("value").n_unique())
        for meaning, frames in given.items()
    }


def _check_landlords(grid: Grid, fields: Fields, given: pl.DataFrame) -> None:
    """Raise `InputError` where a row names no landlord, and the other sheets name several."""
    place = fields.place(LANDLORD)
    own = cleaned(grid.column(place)) if place is not None else None
    unclear = (given["values"] > 1).fill_null(value=False)
    if own is not None:
        unclear &= own.is_null()
    mistakes = [
        Mistake(
            grid.path,
            int(grid.lines[row]),
            f"the other sheets have the reference {given['reference'][row]} for several "
            "landlords; add a column Landlord here and say which",
        )
        for row in unclear.arg_true().to_list()
    ]
    if mistakes:
        raise InputError(mistakes)


def _dated(sheet: Sheet, others: Sequence[Sheet], named: NamesFor) -> Sheet:
    """Return a sheet of complaints where a row whose dates are all on other sheets has one of them.

    A row without any would be rejected. One that cannot be given a date is left out: the other
    sheets say all that is known of its complaint.
    """
    grid, fields = sheet
    kinds = {one.place: one.holds for one in fields.columns if _is_dated(one, named)}
    blank = pl.Series([True] * grid.frame.height, dtype=pl.Boolean)
    for place in kinds:
        blank &= cleaned(grid.column(place)).is_null()
    undated = blank.arg_true().to_list()
    if not undated:
        return sheet
    references = _references(sheet)
    said = _days_said(others, named)
    columns = {place: grid.column(place).to_list() for place in kinds}
    gone = []
    for row in undated:
        own = said.get(references[row] or "")
        if own is None:
            continue
        days = [(place, own[holds]) for place, holds in kinds.items() if len(own[holds]) == 1]
        if days:
            place, (day,) = days[0]
            columns[place][row] = day
        else:
            gone.append(row)
    frame = grid.frame.with_columns(
        pl.Series(grid.frame.columns[place], cells, dtype=pl.String)
        for place, cells in columns.items()
    )
    keep = np.ones(frame.height, dtype=np.bool_)
    keep[gone] = False
    return replace(grid, frame=frame.filter(pl.Series(keep)), lines=grid.lines[keep]), fields


def _is_dated(column: Assigned, named: NamesFor) -> bool:
    kind = named(column.holds)
    return kind is not None and kind.name == column.holds and not column.whether


def _days_said(sheets: Sequence[Sheet], named: NamesFor) -> dict[str, dict[str, list[str]]]:
    """Return for each reference the days that sheets of events give, by event of a stage."""
    said: dict[str, dict[str, list[str]]] = {}
    for grid, fields in sheets:
        event, date = fields.place(EVENT), fields.place(DATE)
        assert event is not None
        assert date is not None
        rows = zip(
            _references((grid, fields)).to_list(),
            grid.column(event).to_list(),
            cleaned(grid.column(date)).to_list(),
            strict=True,
        )
        for reference, text, day in rows:
            own = said.setdefault(reference or "", defaultdict(list))
            kind = named(text or "")
            if kind and kind.stage and day:
                own[kind.name].append(day)
    said.pop("", None)
    return said


def _known(sheet: Sheet, others: Sequence[Sheet], named: NamesFor) -> Sheet:
    """Return a sheet of events; a row is rejected whose complaint is nowhere received."""
    grid, fields = sheet
    place = fields.place(EVENT)
    assert place is not None
    references = _references(sheet).to_list()
    known = set(pl.concat([_references(one) for one in others]).drop_nulls().to_list())
    for reference, text in zip(references, grid.column(place).to_list(), strict=True):
        kind = named(text or "")
        if kind and kind.name == RECEIVED:
            known.add(reference)
    lost = [row for row, text in enumerate(references) if text is not None and text not in known]
    if not lost:
        return sheet
    where = " or ".join(f'"{one.sheet}"' for one, _ in others)
    ragged = tuple(
        (
            int(grid.lines[row]),
            f"the reference {references[row]} has no row on the sheet {where} and no "
            f"{RECEIVED} here; correct it, or add one of the two",
            grid.content(row),
        )
        for row in lost
    )
    keep = np.ones(grid.frame.height, dtype=np.bool_)
    keep[lost] = False
    frame = grid.frame.filter(pl.Series(keep))
    grid = replace(grid, frame=frame, lines=grid.lines[keep], ragged=(*grid.ragged, *ragged))
    return grid, fields
