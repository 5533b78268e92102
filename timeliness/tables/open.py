"""From the bytes of a file to its complaints, whichever kind of table it is."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import numpy as np
import polars as pl
from msgspec import Struct
from msgspec.structs import replace

from timeliness.model.claims import DUE
from timeliness.model.declared import Declared
from timeliness.model.errors import InputError, Mistake
from timeliness.model.plain import listed
from timeliness.model.vocabulary import Vocabulary
from timeliness.read.encodings import as_utf8
from timeliness.read.library import NamesIn
from timeliness.tables.assigned import Assigned, Fields
from timeliness.tables.beside import as_one_record
from timeliness.tables.complaints import Complaints
from timeliness.tables.csvs import read_csv
from timeliness.tables.files import PARQUET, WORKBOOKS, is_json, looks_like_table
from timeliness.tables.grid import Grid, TooUnevenError
from timeliness.tables.gzipped import GZIP, unpacked
from timeliness.tables.headers import (
    AS_AT,
    DATE,
    REFERENCE,
    Names,
    Recognise,
    TooManyColumnsError,
    first_name,
)
from timeliness.tables.instead import is_not_done
from timeliness.tables.json_rows import read_objects
from timeliness.tables.long import read_long
from timeliness.tables.mapping import assign
from timeliness.tables.parquet import read_parquet
from timeliness.tables.serials import from_1900
from timeliness.tables.sheets import read_sheets
from timeliness.tables.wide import read_wide


class Opened(Struct, frozen=True):
    """A table whose columns are known, before its rows are read."""

    grid: Grid
    fields: Fields


def open_tables(data: bytes, path: str, vocabulary: Vocabulary, declared: Declared) -> list[Opened]:
    """Read the cells of a file's tables and say what their columns hold. Raises `InputError`."""
    return open_grids(read_grids(data, path, vocabulary, declared), vocabulary, declared)


def open_grids(grids: Iterable[Grid], vocabulary: Vocabulary, declared: Declared) -> list[Opened]:
    """Say what the columns of the tables of one file or frame hold. Raises `InputError`."""
    opened = []
    for read in grids:
        grid, names = _without_headers(read), Names(vocabulary)
        fields = assign(grid, names, declared)
        _check_one_table(grid, fields, names)
        grid = counted_from_1900(grid, fields, vocabulary)
        opened.append((replace(grid, notes=(*grid.notes, *fields.notes)), fields))
    return [Opened(*sheet) for sheet in as_one_record(opened, vocabulary, declared)]


def read_grids(data: bytes, path: str, vocabulary: Vocabulary, declared: Declared) -> list[Grid]:
    """Read the cells of a file's tables: a workbook may have several. Raises `InputError`."""
    if not data[:4096].strip() and not data.strip():
        raise InputError([Mistake(path, 0, "the file is empty")])
    if data.startswith(GZIP):
        data = unpacked(data, path)
        if data.strip() and not looks_like_table(data):
            says = "there is no table in this gzip file; unpack it and check what is in it"
            raise InputError([Mistake(path, 0, says)])
        return read_grids(data, path, vocabulary, declared)
    names = Names(vocabulary)
    own = {" ".join(header.lower().split()) for header in declared.columns}

    def recognise(header: str) -> str | None:
        plain = " ".join(header.lower().split())
        return plain if plain in own else names.recognise(header)

    try:
        return [told_if_empty(grid) for grid in _read(data, path, recognise, declared)]
    except (TooManyColumnsError, TooUnevenError) as error:
        raise InputError([Mistake(path, 0, str(error))]) from None


def _read(data: bytes, path: str, recognise: Recognise, declared: Declared) -> list[Grid]:
    if data.startswith(PARQUET):
        return [read_parquet(data, path)]
    if data.startswith(WORKBOOKS):
        return list(read_sheets(data, path, recognise, declared.sheets))
    text, notes = as_utf8(data, path)
    if text[:4096].lstrip().startswith(b"<"):
        says = "this is HTML or XML under another name; open it in Excel and save it as .xlsx"
        raise InputError([Mistake(path, 0, says)])
    is_rows = is_json(text[:4096])
    grid = read_objects(text, path) if is_rows else read_csv(text, path, recognise)
    return [replace(grid, notes=(*notes, *grid.notes))]


def counted_from_1900(grid: Grid, fields: Fields, vocabulary: Vocabulary) -> Grid:
    """Return a table with the serial numbers in its columns of dates counted from 1900.

    Raises `InputError` where there are some, and the workbook does not say from when they count.
    """
    if grid.from_1904 is False:
        return grid
    return from_1900(grid, [one.place for one in dated_columns(fields, vocabulary)])


def dated_columns(fields: Fields, vocabulary: Vocabulary) -> list[Assigned]:
    """Return the columns in which days may be."""
    return [
        one
        for one in fields.columns
        if vocabulary.find(one.holds)
        or one.holds in (DATE, AS_AT)
        or one.holds.endswith(("until", f".{DUE}"))
    ]


def _without_headers(grid: Grid) -> Grid:
    """Return a table without the rows in which its header is repeated, and with a note of them.

    So it is where the files of several months were put together.
    """
    names = [first_name(name, grid.header) for name in grid.header]
    places = [place for place, name in enumerate(names) if name]
    if not places:
        return grid
    first = grid.column(places[0]).str.strip_chars() == names[places[0]]
    rows = [
        row
        for row in first.arg_true().to_list()
        if all((grid.column(place)[row] or "").strip() == names[place] for place in places)
    ]
    if not rows:
        return grid
    keep = np.ones(grid.frame.height, dtype=np.bool_)
    keep[rows] = False
    where = listed([str(line) for line in grid.lines[rows[:_MOST_NAMED]]], "and")
    more = f" and {len(rows) - _MOST_NAMED:,} more" if len(rows) > _MOST_NAMED else ""
    note = f"the header again on {grid.unit} {where}{more} left out"
    frame = grid.frame.filter(pl.Series(keep))
    return replace(grid, frame=frame, lines=grid.lines[keep], notes=(*grid.notes, note))


_MOST_NAMED = 10
_MOST_LOOKED_AT = 1_000


def _check_one_table(grid: Grid, fields: Fields, names: Names) -> None:
    """Raise `InputError` where the header of another table stands between the rows.

    Its rows would be read by the header of the first. A header has a word where the references are.
    """
    place = fields.place(REFERENCE)
    if place is None or fields.long:
        return
    cells = grid.column(place)
    for row in (cells.is_not_null() & ~cells.str.contains(r"\d")).arg_true()[:_MOST_LOOKED_AT]:
        texts = [text.strip() for text in grid.frame.row(row) if text and not is_not_done(text)]
        held = {field for text in texts if (field := names.recognise(text))}
        if REFERENCE in held and len(held) > 1 and len(held) * 2 > len(texts):
            shown = listed([f'"{text[:40]}"' for text in texts[:_MOST_SHOWN]], "and")
            says = (
                f"this is the header of another table, with {shown}; put each table into a file or "
                "on a sheet of its own"
            )
            raise InputError([Mistake(grid.path, int(grid.lines[row]), says)])


_MOST_SHOWN = 3


def told_if_empty(grid: Grid) -> Grid:
    """Return a table, with a note of it where it has no rows."""
    if grid.frame.height or grid.ragged:
        return grid
    return replace(grid, notes=(*grid.notes, "there are no rows below the header"))


def read_complaints(
    opened: Opened,
    vocabulary: Vocabulary,
    declared: Declared,
    names: NamesIn,
    today: date,
) -> Complaints:
    """Read the complaints of a table. Raises `InputError` where a whole column is unclear."""
    read = read_long if opened.fields.long else read_wide
    return read(opened.grid, opened.fields, declared, vocabulary, names, today)
