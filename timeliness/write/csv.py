"""CSV: a row for each finding, for a spreadsheet or as a baseline."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from timeliness.model.clean import safe_cell
from timeliness.results.flat import FIELDS, Flat


def header(carried: Sequence[str] = ()) -> list[str]:
    """Return the names of the columns: the fixed ones, then those carried from the input.

    One that is carried under a fixed name is told apart from it.
    """
    names = (f"carried {name}" if name in FIELDS else name for name in carried)
    return [*FIELDS, *map(safe_cell, names)]


def write_rows(flats: Iterable[Flat], carried: Sequence[str] = ()) -> str:
    """Return findings as CSV, without the header."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    for flat in flats:
        writer.writerow([*map(_cell, values_of(flat)), *_carried(flat, carried)])
    return text.getvalue()


def values_of(flat: Flat) -> tuple[object, ...]:
    """Return the values of a finding in the order of the columns."""
    return (
        *(flat.complaint, flat.landlord, flat.path, flat.line, flat.standard, flat.rule),
        *(
            flat.rulebook,
            flat.clause,
            flat.duty,
            flat.verdict,
            flat.reason,
            *flat.start,
            *flat.due,
            *flat.done,
        ),
        *(*flat.working_days, *flat.late_by, flat.unit, *flat.days_late, flat.status),
        *(flat.episode, flat.provenance),
    )


def _cell(value: object) -> str:
    if value is None:
        return ""
    return safe_cell(value) if isinstance(value, str) else str(value)


def _carried(flat: Flat, names: Sequence[str]) -> list[str]:
    return [safe_cell(flat.carried.get(name, "")) for name in names]
