"""The columns of a table and those of its timelines hold the same, and so come to the same.

Generated complaints: blanks, months, time stamps, cells that cannot be read, events
after the as-at date, extensions, ends, every edition of the Code and every policy that ships.
"""

import random
from collections import Counter
from dataclasses import astuple, replace
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
)
from timeliness.judge.cases import check_timelines, vocabulary_of
from timeliness.results.tally import Tally
from timeliness.run.rows import Wanted, run_table
from timeliness.tables.complaints import Complaints


@pytest.mark.parametrize("seed", [1, 2])
def test_the_clocks_of_a_table_are_those_of_its_timelines(seed: int) -> None:
    complaints = read(export(200, seed))
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
    complaints = read(export(60, 9, columns))
    assert flats_of_columns(complaints) == flats_of_timelines(complaints)


def test_findings_as_objects_are_those_of_the_timelines() -> None:
    complaints = read(export(30, 5))
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
            if one.finding.readings
        ),
        Wanted(frames=True, everything=True, objects=True),
    )
    received = np.flatnonzero(~complaints.to_come).tolist()
    timelines = [complaints.timeline(row) for row in received]
    cases, _ = check_timelines(timelines, books, date(2025, 6, 30))
    assert found == [
        (case.timeline.complaint, one.standard, one.rule, one.says)
        for case in cases
        for one in case.findings
        if one.readings
    ]


def test_what_is_found_of_the_record_is_the_same() -> None:
    complaints = read(export(120, 11))
    tally = Tally(date(2025, 6, 30))
    books = library()
    found: set[tuple[str, str]] = set()
    run_table(
        complaints,
        books,
        vocabulary_of(books.rulebooks.values()),
        tally,
        lambda batch: found.update(
            (flat.complaint, flat.rule) for flat in batch.flats() if flat.standard == "record"
        ),
        Wanted(frames=True),
    )
    received = np.flatnonzero(~complaints.to_come).tolist()
    timelines = [complaints.timeline(row) for row in received]
    cases, _ = check_timelines(timelines, books, date(2025, 6, 30))
    rules = ("event-after-as-at", "impossible-order")
    wanted = {
        (case.timeline.complaint, one.rule)
        for case in cases
        for one in case.findings
        if one.rule in rules
    }
    assert Counter(rule for _, rule in wanted).keys() == set(rules)
    checked = {case.timeline.complaint for case in cases}
    assert {one for one in found if one[1] in rules and one[0] in checked} == wanted


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
    found: list[tuple[object, ...]] = []
    run_table(
        complaints,
        books,
        vocabulary_of(books.rulebooks.values()),
        Tally(date(2025, 6, 30)),
        lambda batch: found.extend(
            # A cell that cannot be read is noted as said, not shown, in a list of events alone.
            astuple(replace(flat, line=0, carried={}))
            for flat in batch.flats()
            if flat.rule != "not-evidenced"
        ),
        Wanted(frames=True, everything=True),
    )
    return sorted(found, key=repr)


@pytest.mark.parametrize("seed", [6, 22])
def test_a_long_table_gives_every_finding_of_the_wide_one(seed: int) -> None:
    text = export(100, seed)
    wide, long = read(text), read(_as_long(text, random.Random(seed)))
    assert sorted(wide.references) == sorted(long.references)
    found = _all_findings(wide)
    assert len(found) > 350
    assert found == _all_findings(long)
