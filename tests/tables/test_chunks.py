"""Which complaints come together in a chunk changes nothing of what is found."""

from datetime import date

import numpy as np
import pytest

from tests.helpers.tables import export, library, read
from timeliness.judge.editions import vocabulary_of
from timeliness.results.tally import Tally
from timeliness.run import judging, rows
from timeliness.run.batches import Wanted
from timeliness.run.rows import run_table
from timeliness.tables.complaints import Complaints


def _run(complaints: Complaints) -> tuple[list[object], Tally]:
    books, tally, found = library(), Tally(date(2025, 6, 30)), list[object]()
    wanted = Wanted(frames=True, everything=True)
    vocabulary = vocabulary_of(books.rulebooks.values())
    run_table(
        complaints, books, vocabulary, tally, lambda batch: found.extend(batch.flats()), wanted
    )
    return found, tally


@pytest.fixture(scope="module")
def complaints() -> Complaints:
    return read(export(80, 31))


@pytest.fixture(scope="module")
def together(complaints: Complaints) -> tuple[list[object], Tally]:
    return _run(complaints)


@pytest.mark.parametrize(("chunk", "few", "many"), [(64, 4, 1_000), (7, 1, 90)])
def test_no_finding_turns_on_what_it_is_judged_with(
    monkeypatch: pytest.MonkeyPatch,
    complaints: Complaints,
    together: tuple[list[object], Tally],
    chunk: int,
    few: int,
    many: int,
) -> None:
    whole, sums = together
    monkeypatch.setattr(judging, "CHUNK", chunk)
    monkeypatch.setattr(judging, "FEW", few)
    monkeypatch.setattr(rows, "MANY", many)
    parted, again = _run(complaints)
    assert parted == whole
    assert len(whole) > 280
    assert (again.counts, again.delays_open, again.delays_over, again.breached) == (
        sums.counts,
        sums.delays_open,
        sums.delays_over,
        sums.breached,
    )


def test_every_row_comes_once_and_like_comes_with_like(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(judging, "CHUNK", 4)
    monkeypatch.setattr(judging, "FEW", 3)
    plain = [f"P{number},2025-03-03,2025-03-05,\n" for number in range(6)]
    escalated = [f"E{number},2025-03-03,2025-03-05,2025-03-20\n" for number in range(3)]
    earlier = ["O1,2023-03-06,2023-03-08,\n", "O2,2023-03-06,,\n"]
    order = [0, 6, 1, 9, 2, 7, 3, 10, 4, 8, 5]
    lines = [*plain, *escalated, *earlier]
    complaints = read(
        "Ref,Received,Acknowledged,Escalation Requested\n"
        + "".join(lines[place] for place in order)
    )
    together = [
        [complaints.references[row][0] for row in chunk.tolist()]
        for _, chunk in judging.alike(complaints, library(), np.arange(complaints.size))
    ]
    # The two of another edition are too few to go by themselves; six plain ones make two chunks.
    assert sorted(map("".join, together)) == ["EEE", "OO", "PP", "PPPP"]


def test_the_edition_for_what_had_not_begun_does_not_turn_on_other_rows() -> None:
    head = "Ref,Received,Acknowledged\n"
    row = "A,,2023-05-05\n"
    alone = read(f"{head}{row}", fixed_as_at=date(2023, 3, 31))
    beside = read(f"{head}{row}B,2023-01,2023-02-06\n", fixed_as_at=date(2023, 3, 31))
    found = [
        [flat for flat in _run(table)[0] if flat.complaint == "A"] for table in (alone, beside)
    ]
    assert found[0] == found[1]
    assert {flat.reason for flat in found[0]} == {"not-started", "after-as-at"}
