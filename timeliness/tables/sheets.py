"""Spreadsheets: real dates and text dates, a title above the header, a named sheet."""

from __future__ import annotations

import numpy as np

from timeliness.model.errors import InputError, Mistake
from timeliness.model.plain import number
from timeliness.tables.books import open_book
from timeliness.tables.grid import HEADER_WITHIN, Grid, frame_of, without_blank_rows
from timeliness.tables.headers import Recognise, find_header


def read_sheet(data: bytes, path: str, recognise: Recognise, sheet: str = "") -> Grid:
    """Read one sheet of a workbook: the named one, or the first in which names are known.

    Raises `InputError`.
    """
    with open_book(data, path) as book:
        names = book.names
        if sheet and sheet not in names:
            says = f'there is no sheet "{sheet}"; the sheets are {", ".join(names)}'
            raise InputError([Mistake(path, 0, says)])
        found = None
        for place, name in enumerate(names):
            if (sheet and name != sheet) or (not sheet and name not in book.visible):
                continue
            columns = book.columns(place)
            top = list(zip(*(cells[:HEADER_WITHIN] for cells in columns), strict=True))
            header = find_header(top, recognise)
            if header is None:
                continue
            known = any(name and recognise(name) for name in header.names)
            if found is None or known:
                found = (place, columns, header)
            if known:
                break
        if found is None:
            raise InputError([Mistake(path, 0, "the workbook is empty; it has no header row")])
        place, columns, header = found
        failed, hidden = book.untold(place)
    for row, column, text in failed or ():
        if column < len(columns) and row < len(columns[column]):
            columns[column][row] = text
    first = header.last_row + 1
    lines = np.arange(first + 1, len(columns[0]) + 1, dtype=np.int64)
    frame, lines = without_blank_rows(frame_of([cells[first:] for cells in columns]), lines)
    notes = []
    if len(names) > 1:
        notes.append(f'read the sheet "{names[place]}" of {", ".join(names)}')
    if header.above:
        notes.append(f"{number(header.above, 'row')} above the header left out")
    if failed is None:
        notes.append(
            "in this kind of workbook a failed formula (#N/A) looks blank, and blank means not "
            "done; if it has formulas, save it as .xlsx"
        )
    return Grid(
        path, header.names, frame, lines, "row", names[place], notes=tuple(notes), hidden=hidden
    )
