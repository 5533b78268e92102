"""What the rows of a long table say of a complaint as a whole, of which a complaint has one.

Its landlord, policy, Codes, nation and as-at date are those of its first row that gives any.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

import numpy as np
import polars as pl
from msgspec import Struct
from msgspec.structs import replace
from numpy.typing import NDArray

from timeliness.model.calendars import Days
from timeliness.model.declared import Declared
from timeliness.model.errors import Mistake
from timeliness.read.library import NamesIn
from timeliness.tables.assigned import Fields
from timeliness.tables.complaints import Flags, Labels
from timeliness.tables.date_columns import DateColumn
from timeliness.tables.grid import Grid
from timeliness.tables.groups import Groups
from timeliness.tables.headers import AS_AT, CODES, LANDLORD, NATION, POLICY
from timeliness.tables.landlords import (
    Whose,
    as_at_of,
    cleaned,
    constant,
    labels,
    landlords_of,
    unclear_days,
    whose_of,
)


def landlords_of_events(
    grid: Grid, fields: Fields, declared: Declared, references: pl.Series
) -> tuple[Labels, Flags]:
    """Return the landlord of each row, and where it is not clear.

    A blank cell means the landlord that the other rows of the reference name.
    """
    place = fields.place(LANDLORD)
    if place is None:
        return landlords_of(grid, fields, declared), np.zeros(grid.frame.height, dtype=np.bool_)
    frame = pl.DataFrame(
        {"reference": references, "landlord": cleaned(grid.column(place))}
    ).with_columns(
        names=pl.col("landlord").drop_nulls().n_unique().over("reference"),
        only=pl.col("landlord").drop_nulls().first().over("reference"),
    )
    cells = frame.select(pl.when(names=1).then("only").otherwise("landlord").alias("landlord"))
    unclear = pl.col("landlord").is_null() & (pl.col("names") > 1) & (not declared.landlord)
    nameless = frame.select(unclear).to_series().to_numpy()
    return labels(cells["landlord"], constant(declared.landlord, grid.frame.height)), nameless


def first_given(cells: pl.Series, groups: Groups) -> pl.Series:
    """Return the first cell of each complaint that is not blank."""
    return cells.gather(pl.Series(groups.first(cleaned(cells).is_not_null().to_numpy())))


class Constants:
    """The rules, nation and as-at date of each complaint, and the rows that say another."""

    def __init__(
        self,
        grid: Grid,
        fields: Fields,
        declared: Declared,
        landlords: Labels,
        names: NamesIn,
        dates: DateColumn | None,
        today: date,
    ) -> None:
        self._whose = whose_of(grid, fields, declared, landlords, names)
        self._as_at = as_at_of(dates, grid.frame.height, today, declared.fixed_as_at)
        self._path = grid.path
        self._stated = {
            field: _Stated.of(grid, fields, field, self._whose.of_field(field).codes)
            for field in (POLICY, CODES, NATION)
        }
        self._day = _Stated.of(grid, fields, AS_AT, self._as_at)
        self._wrong = [
            (self._stated[field], self._whose.of_field(field), wrong)
            for field, wrong in self._whose.wrong.items()
        ]
        self._unread = unclear_days(grid, fields, dates)
        self._dated = dates is not None
        if dates is not None:
            self._day = replace(self._day, given=dates.dated.given)

    def unread(self, places: Sequence[int]) -> Iterator[Mistake]:
        """Return what of the rows in some places cannot be read, or does not agree."""
        yield from (self._unread[place] for place in places if place in self._unread)
        for column in (*self._stated.values(), self._day):
            yield from column.unlike(places)

    def wrong(self, places: Sequence[int]) -> list[Mistake]:
        """Return what makes it impossible to check the complaint in some places."""
        found = [
            Mistake(self._path, 0, wrong[text], column=column.header, cell=text)
            for column, labels, wrong in self._wrong
            if (text := labels.of(column.first(places))) in wrong
        ]
        if not self._unread.keys().isdisjoint(places):
            says = "another row of the complaint does not say which day it is from"
            found.append(Mistake(self._path, 0, says, column=self._day.header))
        return found

    def in_doubt(self, groups: Groups) -> Flags:
        """Return of which complaints `unread` or `wrong` would return anything."""
        found = np.zeros(groups.size, dtype=np.bool_)
        for column in (*self._stated.values(), self._day):
            found |= column.differs(groups)
        for column, stated, wrong in self._wrong:
            bad = [code for code, text in enumerate(stated.texts) if text in wrong]
            if bad:
                found |= np.isin(stated.codes.take(groups.first(column.given)), bad)
        if self._unread:
            rows = np.zeros(len(self._as_at), dtype=np.bool_)
            rows[list(self._unread)] = True
            found |= groups.any(rows)
        return found

    def are_dated(self, groups: Groups) -> bool:
        """Whether the rows of each complaint say which day they are from."""
        return self._dated and bool(groups.any(self._day.given).all())

    def day_of(self, places: Sequence[int]) -> date:
        """Return the as-at day of the rows of one complaint."""
        return date.fromordinal(int(self._as_at[self._day.first(places)]))

    def of(self, groups: Groups) -> tuple[Whose, Days]:
        """Return under which rules each complaint is, and its as-at date."""

        def first(field: str) -> Labels:
            return self._whose.of_field(field).take(groups.first(self._stated[field].given))

        whose = Whose(
            first(POLICY),
            first(CODES),
            first(NATION),
            self._whose.bodies.take(groups.heads),
            self._whose.wrong,
        )
        return whose, self._as_at.take(groups.first(self._day.given))


class _Stated(Struct, frozen=True):
    """A column of which a complaint has one value, in its first row that gives any.

    Where `codes` are the same, so is the value.
    """

    grid: Grid
    header: str
    cells: pl.Series
    given: Flags
    codes: NDArray[np.int32]

    @classmethod
    def of(cls, grid: Grid, fields: Fields, holds: str, codes: NDArray[np.int32]) -> _Stated:
        """Return a column, or one without any value where the table has none."""
        place = fields.place(holds)
        blank = pl.Series([None], dtype=pl.String).new_from_index(0, grid.frame.height)
        cells = blank if place is None else cleaned(grid.column(place))
        return cls(grid, fields.header(holds), cells, cells.is_not_null().to_numpy(), codes)

    def first(self, places: Sequence[int]) -> int:
        """Return which of the rows in some places says it."""
        return next((place for place in places if self.given[place]), places[0])

    def differs(self, groups: Groups) -> Flags:
        """Return in which complaints any row says something else than the first that says it."""
        if not self.given.any():
            return np.zeros(groups.size, dtype=np.bool_)
        counts = np.empty_like(self.codes)
        counts[groups.rows] = np.repeat(self.codes.take(groups.first(self.given)), groups.sizes)
        return groups.any(self.given & (self.codes != counts))

    def unlike(self, places: Sequence[int]) -> Iterator[Mistake]:
        """Return the rows in some places that say something else."""
        first = self.first(places)
        for place in places:
            if self.given[place] and self.codes[place] != self.codes[first]:
                says = (
                    f'"{self.cells[place]}" differs from "{self.cells[first]}" on {self.grid.unit} '
                    f"{self.grid.lines[first]} of the same complaint, which counts"
                )
                yield Mistake(
                    self.grid.path,
                    int(self.grid.lines[place]),
                    says,
                    column=self.header,
                    cell=self.cells[place],
                )
