"""The columns of a table and those of its timelines hold the same, and so come to the same.

Generated complaints: blanks, months, time stamps, cells that cannot be read, events
after the as-at date, extensions, ends, every edition of the Code and every policy that ships.
"""

import random
from collections.abc import Iterable
from datetime import date

import numpy as np
import pytest

from tests.helpers.tables import (
    COLUMNS,
    export,
    flats_of_columns,
    flats_of_timelines,
    library,
    read,
    without_place,
)
from timeliness.judge.cases import check_timelines
from timeliness.judge.editions import vocabulary_of
from timeliness.results.flat import Flat, flat_of
from timeliness.results.tally import Tally
from timeliness.run.batches import Wanted
from timeliness.run.rows import run_table
from timeliness.tables.complaints import Complaints


def test_the_clocks_of_a_table_are_those_of_its_timelines() -> None:
    complaints = read(export(200, 1))
    mine, without = flats_of_columns(complaints)
    theirs, mistakes = flats_of_timelines(complaints)
    assert without == mistakes
    assert len(mine) > 500
    assert mine == theirs
    # The generator reaches every verdict, and most of the reasons.
    assert {flat.verdict for flat in mine} == {
        "met",
        "breach",
        "pending",
        "cannot-tell",
        "not-applicable",
    }
    assert len({flat.reason for flat in mine}) >= 11


@pytest.mark.parametrize("missing", ["Acknowledged", "Received", "Stage 1 Response", "Withdrawn"])
def test_a_column_that_is_missing_is_unknown_to_both(missing: str) -> None:
    columns = tuple(name for name in COLUMNS if name != missing)
    complaints = read(export(45, 9, columns))
    assert flats_of_columns(complaints) == flats_of_timelines(complaints)


def test_findings_as_objects_are_those_of_the_timelines() -> None:
    complaints = read(export(60, 5))
    found: list[tuple[str, str, str, str]] = []
    tally = Tally(date(2025, 6, 30))
    books = library()
    run_table(
        complaints,
        books,
        vocabulary_of(books.rulebooks.values()),
        tally,
        lambda batch: found.extend(
            (one.timeline.complaint, one.finding.standard, one.finding.rule, one.finding.says)
            for one in batch.findings
        ),
        Wanted(frames=True, everything=True, objects=True),
    )
    received = np.flatnonzero(~complaints.to_come).tolist()
    timelines = [complaints.timeline(row) for row in received]
    cases, _ = check_timelines(timelines, books, date(2025, 6, 30))
    assert sorted(found) == sorted(
        (case.timeline.complaint, one.standard, one.rule, one.says)
        for case in cases
        for one in case.findings
    )


def test_every_finding_of_a_table_is_that_of_its_timelines() -> None:
    complaints = read(export(110, 11))
    received = np.flatnonzero(~complaints.to_come).tolist()
    timelines = [complaints.timeline(row) for row in received]
    cases, _ = check_timelines(timelines, library(), date(2025, 6, 30))
    theirs = [flat_of(case, one) for case in cases for one in case.findings]
    assert {flat.rule for flat in theirs} >= {
        *("event-after-as-at", "impossible-order", "not-evidenced", "stage-2-in-order"),
        *("stage-1-extended", "stage-2-extended", "go-to-ombudsman"),
    }
    assert _all_findings(complaints) == _comparable(theirs)


def _as_long(text: str, chance: random.Random) -> str:
    """Return the rows of a wide table as events in any order, those of one complaint in theirs."""
    header, *lines = (line.split(",") for line in text.splitlines())
    rows = []
    for line in lines:
        cells = dict(zip(header, line, strict=True))
        place = chance.random()
        for name in header[2:]:
            if name.endswith(" To"):
                continue
            until = cells.get(f"{name} To", "")
            own = (cells["Complaint Ref"], cells["Policy"], name, cells[name], until)
            rows.append((place, ",".join(own)))
    ordered = sorted(rows, key=lambda row: row[0])
    return "\n".join(["Complaint Ref,Policy,Event,Date,Until", *(row for _, row in ordered)]) + "\n"


def _all_findings(complaints: Complaints) -> list[tuple[object, ...]]:
    """Return every finding of a run but for where its row stands, in order."""
    books = library()
    found: list[Flat] = []
    run_table(
        complaints,
        books,
        vocabulary_of(books.rulebooks.values()),
        Tally(date(2025, 6, 30)),
        lambda batch: found.extend(batch.flats()),
        Wanted(frames=True, everything=True),
    )
    return _comparable(found)


def _comparable(flats: Iterable[Flat]) -> list[tuple[object, ...]]:
    return sorted(map(without_place, flats), key=repr)


def test_a_long_table_gives_every_finding_of_the_wide_one() -> None:
    text = export(70, 22)
    wide, long = read(text), read(_as_long(text, random.Random(22)))
    assert sorted(wide.references) == sorted(long.references)
    found = _all_findings(wide)
    assert len(found) > 300
    assert found == _all_findings(long)


def test_the_clocks_of_a_long_table_are_those_of_its_timelines() -> None:
    chance = random.Random(6)
    header, *rows = _as_long(export(120, 6), chance).splitlines()
    # Some events are on no row of a complaint, and some rows name none that is known.
    kept = [row for row in rows if chance.random() < 0.9]
    other = [
        ",".join((*row.split(",")[:2], "Case allocated", *row.split(",")[3:]))
        if chance.random() < 0.03
        else row
        for row in kept
    ]
    complaints = read("\n".join([header, *other]) + "\n")
    mine, without = flats_of_columns(complaints)
    theirs, mistakes = flats_of_timelines(complaints)
    assert without == mistakes
    assert len(mine) > 300
    assert mine == theirs
