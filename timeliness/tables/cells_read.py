"""What the cells of each column made of it, which a part of a table may show otherwise."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl
from msgspec import Struct

from timeliness.model.declared import Declared
from timeliness.model.vocabulary import Vocabulary
from timeliness.tables.assigned import DECLARED, Assigned
from timeliness.tables.contents import BLANK, OTHER, contents_of
from timeliness.tables.epochs import are_epochs
from timeliness.tables.open import Opened, dated_columns

_NUMBERS = r"^\s*\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}"
_EPOCHS = "seconds since 1970"


class ColumnRead(Struct, frozen=True):
    """One column: what it holds, and what its cells are, as far as that decides how it is read.

    `orderly` says that it has days such as 03/04/2025, of which no setting says how they are meant.
    `slips` says that it holds no date, and is read as one for having so few cells.
    """

    holds: str
    contents: str = ""
    orderly: bool = False
    slips: bool = False

    @property
    def blank(self) -> bool:
        """Whether no cell says anything, so that it fits whatever the column is elsewhere."""
        return self.contents == BLANK


def columns_read(
    opened: Opened, vocabulary: Vocabulary, declared: Declared
) -> Mapping[str, ColumnRead]:
    """Return how each column of a table was read, by its header."""
    dated = {one.place for one in dated_columns(opened.fields, vocabulary)}
    found = {}
    for one in opened.fields.columns:
        if not one.header:
            continue
        cells = opened.grid.column(one.place)
        if cells.null_count() == len(cells):
            found[one.header] = ColumnRead(one.holds, BLANK)
        elif one.place in dated:
            found[one.header] = _dated(one, cells, opened, vocabulary, declared)
        else:
            found[one.header] = ColumnRead(one.holds)
    return found


def _dated(
    column: Assigned,
    cells: pl.Series,
    opened: Opened,
    vocabulary: Vocabulary,
    declared: Declared,
) -> ColumnRead:
    contents = contents_of(cells)
    if contents != BLANK and are_epochs(cells.drop_nulls().unique().to_list()):
        contents = _EPOCHS
    kind = vocabulary.find(column.holds)
    by_contents = kind is not None and not opened.fields.long and column.how != DECLARED
    return ColumnRead(
        column.holds,
        contents,
        orderly=not declared.dates and bool(cells.str.contains(_NUMBERS).any()),
        slips=by_contents and contents == OTHER,
    )
