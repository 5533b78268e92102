"""References that differ only in how they are written: A1 and a1, 00123 and 123, C1-S1 and C1-S2.

They may be one complaint or two. Excel takes the zeros off one tab and not off another, but some
systems tell a from A. So they are never joined: they are named, and a row that has no receipt of
its own, where the other has one, is checked in part. So it is where one row of a reference names no
landlord, or names it with other capitals.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import polars as pl
from msgspec import Struct
from msgspec.structs import replace

from timeliness.model.errors import Mistake
from timeliness.model.plain import number
from timeliness.model.vocabulary import RECEIVED
from timeliness.tables.complaints import Complaints, Place

_MOST_NAMED = 5
_DIFFER = "differ only in capitals, spaces, zeros in front or a stage behind"


def with_alike_named(tables: Sequence[Complaints]) -> list[Complaints]:
    """Return the tables of a run with notes of references, or landlords of one, that look alike."""
    groups = _alike(tables)
    if not groups:
        return list(tables)
    notes: dict[int, list[str]] = {}
    problems: dict[int, dict[int, Sequence[Mistake]]] = {}
    for places in groups:
        group = _Group(tables, places)
        notes.setdefault(places[0][0], []).append(group.note)
        for (at, row), one in group.without_receipt().items():
            problems.setdefault(at, {})[row] = (*tables[at].problems.get(row, ()), one)
    return [
        replace(
            table,
            notes=(*table.notes, *_first(notes.get(at, ()))),
            problems={**table.problems, **problems.get(at, {})},
        )
        for at, table in enumerate(tables)
    ]


def plainly(references: pl.Series) -> pl.Series:
    """Return references as they are compared, without what may be the way they are written."""
    return (
        references.str.to_lowercase()
        .str.replace(r"[-_/.\s]+(?:s|stg|stage)[-_\s]?[1-3]$", "")
        .str.replace_all(r"[\s'’]+", "")
        .str.replace(r"\.0+$", "")
        .str.replace(r"^0+([0-9])", "${1}")
    )


def _alike(tables: Sequence[Complaints]) -> list[list[Place]]:
    """Return the places of the references that differ only in how they, or landlords, look."""
    plain = [plainly(table.references) for table in tables]
    if not plain:
        return []
    hashes = pl.concat([cells.hash() for cells in plain])
    if hashes.n_unique() == len(hashes):
        return []
    frame = pl.concat(
        pl.DataFrame(
            {
                "plain": cells,
                "landlord": pl.Series(
                    [_landlord_plainly(text) for text in table.landlords.texts], dtype=pl.String
                ).gather(pl.Series(table.landlords.codes, dtype=pl.UInt32)),
                "table": pl.Series([number] * table.size, dtype=pl.Int64),
                "row": pl.Series(range(table.size), dtype=pl.Int64),
            }
        )
        for number, (cells, table) in enumerate(zip(plain, tables, strict=True))
    )
    frame = frame.filter(
        pl.struct("plain", "landlord").is_duplicated()
        | (pl.col("plain").is_duplicated() & (pl.col("landlord") == "").any().over("plain"))
    )
    groups = frame.group_by("plain", maintain_order=True).agg("table", "row")
    return [
        places
        for numbers, rows in zip(groups["table"].to_list(), groups["row"].to_list(), strict=True)
        for places in _of_one_landlord(tables, list(zip(numbers, rows, strict=True)))
    ]


def _landlord_plainly(text: str) -> str:
    return "".join(text.lower().split())


def _of_one_landlord(
    tables: Sequence[Complaints], places: Sequence[Place]
) -> Iterator[list[Place]]:
    """Return those of some places whose landlord may be one; a blank may be any that is alone."""
    by_landlord: dict[str, list[Place]] = {}
    for at, row in places:
        plain = _landlord_plainly(tables[at].landlords.of(row))
        by_landlord.setdefault(plain, []).append((at, row))
    if len(by_landlord) == 2 and "" in by_landlord:
        by_landlord = {"": sorted(place for own in by_landlord.values() for place in own)}
    yield from (own for own in by_landlord.values() if len(own) > 1)


class _Group(Struct, frozen=True):
    """Complaints that may be one."""

    tables: Sequence[Complaints]
    places: Sequence[Place]

    @property
    def note(self) -> str:
        """Return which they are, and what to do."""
        said = [f"{self._named(place)} at {self._where(place)}" for place in self.places]
        named = " and ".join(said[:_MOST_NAMED])
        more = len(said) - _MOST_NAMED
        named += f" and {more:,} more" if more > 0 else ""
        many = number(len(said), "complaint")
        if self._by_landlord:
            return f"{named} are checked as {many}; {self._remedy}"
        return f"the references {named} {_DIFFER}, and are checked as {many}; {self._remedy}"

    def without_receipt(self) -> Mapping[Place, Mistake]:
        """Return what to say of those that have no receipt, where another of them has one."""
        received = {place: self._is_received(place) for place in self.places}
        whole = next((place for place in self.places if received[place]), None)
        if whole is None:
            return {}
        says = (
            f"no receipt is here, and {self._named(whole)} at {self._where(whole)} has one; "
            f"{self._remedy}"
        )
        found = {}
        for place in (place for place in self.places if not received[place]):
            path, line = self._at(place)
            found[place] = Mistake(path, line, says, reference=self._reference(place))
        return found

    @property
    def _by_landlord(self) -> bool:
        return len({self._reference(place) for place in self.places}) == 1

    @property
    def _remedy(self) -> str:
        what = "the landlord" if self._by_landlord else "the references"
        return f"write {what} alike if they are one complaint"

    def _reference(self, place: Place) -> str:
        reference: str = self.tables[place[0]].references[place[1]]
        return reference

    def _landlord(self, place: Place) -> str:
        return self.tables[place[0]].landlords.of(place[1])

    def _named(self, place: Place) -> str:
        reference = f'"{self._reference(place)}"'
        if self._by_landlord:
            landlord = self._landlord(place)
            return f'{reference} of "{landlord}"' if landlord else f"{reference} of no landlord"
        return reference

    def _at(self, place: Place) -> tuple[str, int]:
        return self.tables[place[0]].places_of(place[1])[0]

    def _where(self, place: Place) -> str:
        path, line = self._at(place)
        return f"{path}:{line}"

    def _is_received(self, place: Place) -> bool:
        table, row = self.tables[place[0]], place[1]
        if table.objects[row]:
            return any(event.when for event in table.timeline(row).named(RECEIVED))
        return RECEIVED in table.events and bool(table.events[RECEIVED].given[row])


def _first(notes: Sequence[str]) -> Iterator[str]:
    yield from notes[:_MOST_NAMED]
    more = len(notes) - _MOST_NAMED
    if more > 0:
        yield f"{number(more, 'more group')} of references that may be one complaint"
