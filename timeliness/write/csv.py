"""CSV: a row for each finding, for a spreadsheet or as a baseline, and the rows not read."""

from __future__ import annotations

import csv
import io
from collections.abc import Collection, Iterable, Iterator, Sequence

from timeliness.model.clean import safe_cell
from timeliness.results.flat import FIELDS, Flat, fingerprint_of_row
from timeliness.results.tally import Tally


def header(carried: Sequence[str] = ()) -> list[str]:
    """Return the names of the columns: the fixed ones, then those carried from the input."""
    return [*FIELDS, *map(safe_cell, carried_names(carried, FIELDS))]


def carried_names(carried: Iterable[str], fixed: Collection[str]) -> list[str]:
    """Return the names of carried columns; one under a fixed name is kept apart from it."""
    return [f"carried {name}" if name in fixed else name for name in carried]


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
        *(flat.complaint, flat.landlord, flat.path, flat.line, flat.standard),
        *(
            flat.side.series,
            flat.rule,
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


REJECT_FIELDS = (
    "path",
    "line",
    "complaint",
    "column",
    "value",
    "says",
    "what",
    "status",
    "fingerprint",
)


def write_rejects(tally: Tally) -> str:
    """Return every row that was rejected or checked in part, with the reason for each."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(REJECT_FIELDS)
    writer.writerows(map(_cell, row) for row in reject_rows(tally))
    return text.getvalue()


def reject_rows(tally: Tally) -> Iterator[tuple[object, ...]]:
    """Return the values of every row that was rejected or checked in part, column by column."""
    for what, troubles in (("rejected", tally.rejected), ("checked in part", tally.partly)):
        for one in troubles:
            cells = (one.path, one.line, one.reference, one.column, one.cell, one.sentence)
            yield (*cells, what, tally.status_of_row(one), fingerprint_of_row(one))
