"""The CSV that is written fast is the CSV that is written row by row."""

from datetime import date

import polars as pl
import pytest

from tests.helpers.tables import library, read
from timeliness.judge.editions import vocabulary_of
from timeliness.model.errors import UsageError
from timeliness.model.verdict_words import VERDICTS, summed_as
from timeliness.results.tally import Tally
from timeliness.run.batches import Batch, Wanted
from timeliness.run.frame_csv import write_frame
from timeliness.run.frames import SUMMED_AS
from timeliness.run.rows import run_table
from timeliness.write.csv import write_rows


def test_both_ways_of_writing_give_the_same_bytes() -> None:
    complaints = read(
        "Ref,Landlord,Received,Acknowledged,Stage 1 Response,Team\n"
        'A1,Alder,2025-01-06,2025-01-08,2025-02-03,"North, ""old"""\n'
        "=A2,-Birch,2025-01-06,,2025-01-24,\n"
        "A3,,2025-01,2025-02-08,,@x\nA4,,2025-01,2025-07-08,,\n"
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
    slowly = write_rows(batch.flats(), ["Team"])
    assert slowly.count("\n") > 8
    written: list[bytes] = []
    write_frame(batch.frame, complaints, ["Team"], written.append)
    assert b"".join(written).decode() == slowly


def test_an_error_in_writing_is_told_as_it_was_raised() -> None:
    complaints = read("Ref,Received,Acknowledged\nA1,2025-01-06,2025-03-08\n")
    batches: list[Batch] = []
    books = library()
    vocabulary = vocabulary_of(books.rulebooks.values())
    tally = Tally(date(2025, 6, 30))
    run_table(complaints, books, vocabulary, tally, batches.append, Wanted(frames=True))

    def put(data: bytes) -> None:
        raise UsageError("the disk is full")

    with pytest.raises(UsageError, match=r"^the disk is full$"):
        write_frame(batches[0].frame, complaints, [], put)


def test_a_frame_sums_verdicts_as_a_finding_does() -> None:
    pairs = [(verdict, duty) for verdict in VERDICTS for duty in ("must", "should")]
    frame = pl.DataFrame(pairs, schema=["verdict", "duty"], orient="row")
    summed = frame.select(SUMMED_AS.alias("summed"))["summed"].to_list()
    assert summed == [summed_as(*pair) for pair in pairs]
    assert summed[pairs.index(("breach", "should"))] == "not-followed"
