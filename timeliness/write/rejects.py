"""The rows that could not be read, in whole or in part, as a CSV to mend them by."""

from __future__ import annotations

import csv
import io

from timeliness.model.clean import safe_cell
from timeliness.model.errors import Mistake
from timeliness.results.flat import fingerprint_of_row
from timeliness.results.tally import Tally

FIELDS = ("path", "line", "complaint", "column", "value", "says", "what", "status", "fingerprint")


def write_rejects(tally: Tally) -> str:
    """Return every row that was rejected or checked in part, with the reason for each."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(FIELDS)
    for what, troubles in (("rejected", tally.rejected), ("checked in part", tally.partly)):
        for one in troubles:
            writer.writerow(_row(one, what, tally))
    return text.getvalue()


def _row(one: Mistake, what: str, tally: Tally) -> list[str]:
    status = tally.status_of_row(one)
    cells = (one.path, str(one.line), one.reference, one.column, one.cell, one.sentence)
    return [*map(safe_cell, cells), what, safe_cell(status), fingerprint_of_row(one)]
