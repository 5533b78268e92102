"""Tables whose rows are events."""

import pytest

from tests.tables.tools import AS_AT, library, read
from timeliness.check.complaints import vocabulary_of
from timeliness.tables.complaints import Complaints
from timeliness.tables.run import Batch, Wanted, run_table
from timeliness.tally import Tally


def found(complaints: Complaints) -> set[tuple[str, str, str]]:
    """Return every finding of a run: its complaint, rule and verdict."""
    books = library()
    flats: set[tuple[str, str, str]] = set()

    def take(batch: Batch) -> None:
        flats.update((flat.complaint, flat.rule, flat.verdict) for flat in batch.flats())

    vocabulary = vocabulary_of(books.rulebooks.values())
    run_table(
        complaints, books, vocabulary, Tally(AS_AT), take, Wanted(frames=True, everything=True)
    )
    return flats


@pytest.mark.parametrize(
    ("header", "cells", "rows", "rule"),
    [
        (
            "Stage 1 Response,Stage 2 Response",
            ",2025-02-20",
            ["A,stage 1 response,", "A,stage 2 response,2025-02-20"],
            "go-to-ombudsman",
        ),
        (
            "Stage 3 Requested,Stage 3 Response",
            "2025-03-03,2025-03-10",
            ["A,stage 3 requested,2025-03-03", "A,stage 3 response,2025-03-10"],
            "no-third-stage",
        ),
    ],
)
def test_what_is_more_than_dates_is_checked_in_both_forms(
    header: str, cells: str, rows: list[str], rule: str
) -> None:
    wide = read(f"Ref,Received,Acknowledged,{header}\nA,2025-02-03,2025-02-05,{cells}\n")
    long = read(
        "Ref,Event,Date\nA,received,2025-02-03\nA,acknowledged,2025-02-05\n"
        + "\n".join(rows)
        + "\n"
    )
    assert found(wide) == found(long)
    assert rule in {name for _, name, _ in found(long)}


def test_a_complaint_without_a_logging_of_which_others_have_one_was_not_logged() -> None:
    long = read(
        "Ref,Event,Date\nA,received,2025-02-03\nA,logged,2025-02-04\nB,received,2025-02-03\n"
    )
    wide = read("Ref,Received,Logged\nA,2025-02-03,2025-02-04\nB,2025-02-03,\n")
    for table in (long, wide):
        (event,) = table.timeline(1).named("complaint logged")
        assert event.evidence == "absent"
