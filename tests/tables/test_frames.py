"""The CSV that is written fast is the CSV that is written row by row."""

from datetime import date

from tests.tables.tools import library, read
from timeliness.check.complaints import vocabulary_of
from timeliness.tables.frames import csv_of
from timeliness.tables.run import Batch, Wanted, run_table
from timeliness.tally import Tally
from timeliness.write.csv import write_rows


def test_both_ways_of_writing_give_the_same_bytes() -> None:
    complaints = read(
        "Ref,Landlord,Received,Acknowledged,Stage 1 Response,Team\n"
        'A1,Alder,2025-01-06,2025-01-08,2025-02-03,"North, ""old"""\n'
        "=A2,-Birch,2025-01-06,,2025-01-24,\n"
        "A3,,2025-01,2025-02-08,,@x\nA3,,2025-01,2025-07-08,,\n"
    )
    books = library()
    batches: list[Batch] = []
    run_table(
        complaints,
        books,
        vocabulary_of(books.rulebooks.values()),
        Tally(date(2025, 6, 30)),
        batches.append,
        Wanted(frames=True, everything=True),
    )
    (batch,) = batches
    slowly = write_rows(batch.flats(), ["Team"], head=False)
    assert slowly.count("\n") > 10
    assert csv_of(batch.frame, complaints, ["Team"]).decode() == slowly
