"""Rows in which nothing starts a clock, such as a closing alone, and what becomes of them.

In one file such a row is joined to the others of its complaint. These may be in another file or on
another sheet of the run, so nobody can say that it cannot be checked before all are read.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import polars as pl
from msgspec.structs import replace

from timeliness.tables.complaints import Complaints, Place


def without_unstarted(
    tables: Sequence[Complaints], groups: Sequence[Sequence[Place]] = ()
) -> list[Complaints]:
    """Return tables without the rows that start nothing and that no other row is joined to.

    They are rejected. `groups` holds the places of each complaint that stands in several rows.
    """
    joined = {
        place
        for places in groups
        if any(row not in tables[number].unstarted for number, row in places)
        for place in places
    }
    alone = [
        [row for row in table.unstarted if (number, row) not in joined]
        for number, table in enumerate(tables)
    ]
    if not any(alone):
        return list(tables)
    others = _other_rows(tables, alone)
    return [_rejecting(table, rows, others) for table, rows in zip(tables, alone, strict=True)]


def _rejecting(
    table: Complaints, rows: Sequence[int], others: Mapping[str, tuple[str, str]]
) -> Complaints:
    """Return a table without some of its rows that start nothing, which are rejected."""
    if not rows:
        return table
    rejected = []
    for row in rows:
        first, *more = table.unstarted[row]
        if first.reference in others:
            says = _asked(table.landlords.of(row), *others[first.reference])
            first = replace(first, what=first.what + says)
        rejected += [first, *more]
    kept = np.setdiff1d(np.arange(table.size), rows)
    together = sorted((*table.rejected, *rejected), key=lambda one: one.order)
    return replace(table.take(kept), rejected=together)


def _asked(own: str, other: str, at: str) -> str:
    """Return what to do where a row or another of its reference, somewhere, names no landlord."""
    if own and other:
        return ""
    under = f'for the landlord "{other}"' if other else "without a landlord"
    where = "there" if own else "here"
    return (
        f"; {at} has this reference {under}, so the two are not joined: if they are one complaint, "
        f"name the landlord {where} too"
    )


def _other_rows(
    tables: Sequence[Complaints], alone: Sequence[Sequence[int]]
) -> dict[str, tuple[str, str]]:
    """Return by reference the landlord, and the place, of the first row that starts something."""
    asked = {
        table.references[row] for table, rows in zip(tables, alone, strict=True) for row in rows
    }
    wanted = pl.Series(sorted(asked), dtype=pl.String)
    found: dict[str, tuple[str, str]] = {}
    for table in tables:
        for row in table.references.is_in(wanted.implode()).arg_true().to_list():
            if row not in table.unstarted:
                at = f"{table.path}:{int(table.lines[row])}"
                found.setdefault(table.references[row], (table.landlords.of(row), at))
    return found
