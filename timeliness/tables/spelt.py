"""References that differ only in how they are written: A1 and a1, 00123 and 123.

They may be one complaint or two. Excel takes the zeros off one tab and not off another, but some
systems tell a from A. So they are never joined: they are named, and a row that has no receipt of
its own, where the other has one, is checked in part.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

import polars as pl

from timeliness.model.errors import Mistake
from timeliness.model.plain import number
from timeliness.model.vocabulary import RECEIVED
from timeliness.tables.complaints import Complaints

_MOST_NAMED = 5
_DIFFER = "differ only in capitals, spaces or zeros in front"

Place = tuple[int, int]
"""A complaint by the number of its table and its row there."""


def with_alike_named(tables: Sequence[Complaints]) -> list[Complaints]:
    """Return the tables of a run with notes of references of one landlord that look alike."""
    groups = _alike(tables)
    if not groups:
        return list(tables)
    notes: dict[int, list[str]] = {}
    problems: dict[int, dict[int, Sequence[Mistake]]] = {}
    for places in groups:
        notes.setdefault(places[0][0], []).append(_note(tables, places))
        for (at, row), one in _without_receipt(tables, places).items():
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
        .str.replace_all(r"[\s'’]+", "")
        .str.replace(r"\.0+$", "")
        .str.replace(r"^0+([0-9])", "${1}")
    )


def _alike(tables: Sequence[Complaints]) -> list[list[Place]]:
    """Return the places of the references of one landlord that differ only in how they look."""
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
                "reference": table.references,
                "landlord": pl.Series(table.landlords.texts, dtype=pl.String).gather(
                    pl.Series(table.landlords.codes, dtype=pl.UInt32)
                ),
                "table": pl.Series([number] * table.size, dtype=pl.Int64),
                "row": pl.Series(range(table.size), dtype=pl.Int64),
            }
        )
        for number, (cells, table) in enumerate(zip(plain, tables, strict=True))
    )
    frame = frame.filter(pl.struct("plain", "landlord").is_duplicated())
    groups = frame.group_by("plain", "landlord", maintain_order=True).agg("table", "row")
    return [
        list(zip(numbers, rows, strict=True))
        for numbers, rows in zip(groups["table"].to_list(), groups["row"].to_list(), strict=True)
    ]


def _note(tables: Sequence[Complaints], places: Sequence[Place]) -> str:
    shown = [f'"{tables[at].references[row]}" at {_where(tables, (at, row))}' for at, row in places]
    named = " and ".join(shown[:_MOST_NAMED])
    more = len(shown) - _MOST_NAMED
    named += f" and {more:,} more" if more > 0 else ""
    return (
        f"the references {named} {_DIFFER}, and are checked as {number(len(places), 'complaint')}; "
        "write them alike if they are one"
    )


def _first(notes: Sequence[str]) -> Iterator[str]:
    yield from notes[:_MOST_NAMED]
    more = len(notes) - _MOST_NAMED
    if more > 0:
        yield f"{number(more, 'more group')} of references {_DIFFER}"


def _where(tables: Sequence[Complaints], place: Place) -> str:
    at, row = place
    path, line = tables[at].places_of(row)[0]
    return f"{path}:{line}"


def _without_receipt(
    tables: Sequence[Complaints], places: Sequence[Place]
) -> Mapping[Place, Mistake]:
    """Return what to say of those that have no receipt, where another of them has one."""
    received = {place: _is_received(tables[place[0]], place[1]) for place in places}
    whole = next((place for place in places if received[place]), None)
    if whole is None:
        return {}
    reference = tables[whole[0]].references[whole[1]]
    says = (
        f'no receipt is here, and "{reference}" at {_where(tables, whole)} has one; the references '
        f"{_DIFFER}; write them alike if they are one complaint"
    )
    found = {}
    for at, row in (place for place in places if not received[place]):
        path, line = tables[at].places_of(row)[0]
        found[at, row] = Mistake(path, line, says, reference=tables[at].references[row])
    return found


def _is_received(table: Complaints, row: int) -> bool:
    if table.objects[row]:
        return any(event.when for event in table.timeline(row).named(RECEIVED))
    return RECEIVED in table.events and bool(table.events[RECEIVED].given[row])
