"""Whether the results of the parts of a table add up to that of the whole, and if not, why.

What a row means may depend on the others of its table: on how dates are written in its column,
what the column holds at all, which events the table speaks of, and the other rows of its reference.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import polars as pl
from msgspec import Struct
from msgspec.structs import replace

from timeliness.model.declared import Declared
from timeliness.model.errors import Mistake, UsageError
from timeliness.model.plain import listed
from timeliness.model.vocabulary import Vocabulary
from timeliness.read.library import Loader
from timeliness.results.gate import Gate
from timeliness.results.tally import Tally
from timeliness.run.claims import Bases
from timeliness.run.undecided import undecidable
from timeliness.tables.cells_read import ColumnRead, columns_read
from timeliness.tables.complaints import Complaints
from timeliness.tables.constants import landlords_of_events
from timeliness.tables.headers import IGNORE
from timeliness.tables.landlords import landlords_of, references_of
from timeliness.tables.open import Opened
from timeliness.tables.recorded import is_asked_for
from timeliness.version import __version__

_MOST_NAMED = 5


class Shared(Struct, frozen=True):
    """What every part has to have in common.

    `rulebooks` has for each rulebook that is known the SHA-256 of its file, and `show` says which
    findings are kept.
    """

    version: str
    as_at: date
    declared: Declared
    gate: Gate
    rulebooks: Mapping[str, str]
    show: str

    @classmethod
    def of(cls, tally: Tally, loader: Loader, show: str) -> Shared:
        """Return what a part was checked with; where its settings came from does not matter."""
        floors = tuple(replace(floor, path="") for floor in tally.gate.floors)
        gate = replace(tally.gate, floors=floors)
        books = {book.id: book.sha256 for book in loader.library.rulebooks.values()}
        return cls(__version__, tally.as_at, loader.declared, gate, books, show)

    def check_same(self, other: Shared) -> None:
        """Raise `UsageError` where two parts were not checked in the same way."""
        if self.version != other.version:
            raise UsageError(
                f"one part was checked by chcheck {self.version} and another by {other.version}; "
                "check all of them with the same version"
            )
        if self.as_at != other.as_at:
            raise UsageError(
                f"one part was checked as at {self.as_at.isoformat()} and another as at "
                f"{other.as_at.isoformat()}; give every part the same as_at"
            )
        if self.show != other.show:
            raise UsageError(
                f'one part keeps the findings of show="{self.show}" and another of '
                f'show="{other.show}"; give every part the same'
            )
        books = self.rulebooks.keys() & other.rulebooks.keys()
        if (self.declared, self.gate) != (other.declared, other.gate) or any(
            self.rulebooks[name] != other.rulebooks[name] for name in books
        ):
            raise UsageError(
                "the parts were checked with different settings or rulebooks; check all of them "
                "with the same"
            )


class Reading(Struct, frozen=True):
    """How one part of a table, or several together, were read.

    `events` are those that it records, as far as it says something that a complaint lacks one.
    `references` has a row for each reference and landlord, `bases` the count by which each column
    of days taken was read. `lacks` is what is wrong where no limit could be decided. `missing` and
    `unused` are what is said of settings that nothing in the table needs.
    """

    shared: Shared
    rows: int
    long: bool
    events: frozenset[str]
    columns: Mapping[str, ColumnRead]
    references: pl.DataFrame
    bases: Bases
    lacks: Mistake | None = None
    missing: tuple[Mistake, ...] = ()
    unused: tuple[str, ...] = ()

    def __add__(self, other: Reading) -> Reading:
        """Return how both were read. Raises `UsageError` where the whole may be read otherwise."""
        self.shared.check_same(other.shared)
        if not self.rows or not other.rows:
            read = self if self.rows else other
        else:
            read = self._beside(other)
        whats = {one.what for one in other.missing}
        return replace(
            read,
            missing=tuple(one for one in self.missing if one.what in whats),
            unused=tuple(one for one in self.unused if one in other.unused),
        )

    def _beside(self, other: Reading) -> Reading:
        _check_columns(self.columns, other.columns)
        _check_events(self.events, other.events)
        _check_references(self.references, other.references, long=self.long or other.long)
        columns = dict(self.columns)
        for header, read in other.columns.items():
            mine = columns.get(header, read)
            orderly = mine.orderly or read.orderly
            columns[header] = replace(read if mine.blank else mine, orderly=orderly)
        return replace(
            self,
            rows=self.rows + other.rows,
            columns=columns,
            references=pl.concat([self.references, other.references]),
            bases={**other.bases, **self.bases},
            lacks=self.lacks if other.lacks else None,
        )

    def differences(self, other: Reading) -> list[str]:
        """Return what to warn of: figures that are not those of the whole, though verdicts are."""
        return [
            f'the column "{key.column}" was read as {self.bases[key]} in one part and as '
            f"{other.bases[key]} in another, so what is said of it may differ from the whole; no "
            "verdict depends on it"
            for key in self.bases.keys() & other.bases.keys()
            if self.bases[key] != other.bases[key]
        ]


def reading_of(
    opened: Opened, complaints: Complaints, vocabulary: Vocabulary, shared: Shared
) -> Reading:
    """Return how a table was read, from its columns and its complaints."""
    return Reading(
        shared=shared,
        rows=complaints.read,
        long=opened.fields.long,
        events=frozenset(
            kind.name
            for kind in vocabulary.kinds
            if kind.name in complaints.events and is_asked_for(kind)
        ),
        columns=columns_read(opened, vocabulary, shared.declared),
        references=_references(opened, complaints, shared.declared),
        bases={},
        lacks=undecidable(complaints),
    )


def _references(opened: Opened, complaints: Complaints, declared: Declared) -> pl.DataFrame:
    """Return every reference with the landlord that its rows name."""
    grid, fields = opened.grid, opened.fields
    references = references_of(grid, fields)
    if fields.long:
        landlords, _ = landlords_of_events(grid, fields, declared, references)
    else:
        landlords = landlords_of(grid, fields, declared)
    names = pl.Series(landlords.texts, dtype=pl.String)
    whose = names.gather(pl.Series(landlords.codes, dtype=pl.UInt32))
    rejected = pl.Series([one.reference for one in complaints.rejected], dtype=pl.String)
    # Without the totals at the foot of a table, which are no complaints.
    known = pl.concat([complaints.references, rejected]).unique()
    frame = pl.DataFrame({"reference": references, "landlord": whose}).unique()
    return frame.filter(pl.col("reference").is_in(known.implode()))


def _check_columns(one: Mapping[str, ColumnRead], other: Mapping[str, ColumnRead]) -> None:
    for header in one.keys() & other.keys():
        mine, theirs = one[header], other[header]
        if mine.blank or theirs.blank:
            continue
        if mine.orderly and theirs.orderly:
            raise UsageError(
                f'the column "{header}" has days such as 03/04/2025, and how they are meant was '
                'settled by the rows of each part alone; give "dates" in the settings ("uk": the '
                "day comes first) and check every part again"
            )
        if mine.holds != theirs.holds:
            both = sorted((mine.holds, theirs.holds))
            held = ["nothing" if holds == IGNORE else f'"{holds}"' for holds in both]
            raise UsageError(
                f'the column "{header}" was read as {held[0]} in one part and as {held[1]} in '
                'another; say in "columns" in the settings what it contains, or "ignore", and '
                "check every part again"
            )
        if mine.contents != theirs.contents:
            first, second = sorted((mine.contents, theirs.contents))
            raise UsageError(
                f'the column "{header}" has {first} in one part and {second} in another, which '
                "means something else in the whole; check the table as a whole"
            )
        if mine.slips:
            raise UsageError(
                f'the column "{header}" holds no date in any part, and is read as "{mine.holds}" '
                'in each for having few cells there; say in "columns" in the settings what it '
                'contains, or "ignore", and check every part again'
            )


def _check_events(one: frozenset[str], other: frozenset[str]) -> None:
    differing = sorted(one ^ other)
    if differing:
        names = [f'"{name}"' for name in differing[:_MOST_NAMED]]
        more = len(differing) - len(names)
        names += [f"{more} more"] if more else []
        raise UsageError(
            f"one part records {listed(names, 'and')} and another does not, so a complaint that "
            'lacks such an event means something else in the whole; list in "recorded" in the '
            "settings what the table records for every complaint, and check every part again"
        )


def _check_references(one: pl.DataFrame, other: pl.DataFrame, *, long: bool) -> None:
    same = one.join(other, on="reference", suffix="_other")
    whose = pl.col("landlord") == pl.col("landlord_other")
    if long:
        # A row of an event that names no landlord is of the one that the others name.
        whose |= (pl.col("landlord") == "") | (pl.col("landlord_other") == "")
    split = same.filter(whose)["reference"].unique().sort().to_list()
    if split:
        more = f" and {len(split) - _MOST_NAMED:,} more" if len(split) > _MOST_NAMED else ""
        named = ", ".join(split[:_MOST_NAMED])
        raise UsageError(
            f"both parts have rows of {named}{more}; keep all rows of a complaint in one part"
        )
