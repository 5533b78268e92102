"""The same complaints give the same findings from a table and as timelines.

Thousands of generated complaints: blanks, months, time stamps, cells that cannot be read, events
after the as-at date, extensions, ends, every edition of the Code and every policy that ships.
"""

import random
from collections import Counter
from datetime import date, timedelta

import pytest

from tests.tables.tools import flats_of_columns, flats_of_timelines, library, read
from timeliness.check.complaints import check_timelines, vocabulary_of
from timeliness.tables.run import Wanted, run_table
from timeliness.tally import Tally

COLUMNS = (
    "Complaint Ref",
    "Policy",
    "Received",
    "Logged",
    "Acknowledged",
    "Stage 1 Extended",
    "Stage 1 Extended To",
    "Stage 1 Response",
    "Escalation Requested",
    "Escalation Logged",
    "Escalation Acknowledged",
    "Stage 2 Extended",
    "Stage 2 Extended To",
    "Stage 2 Response",
    "Withdrawn",
    "Closed",
    "Reopened",
)
USUAL = (0, 1, 4, 6, 12, 10, 12, 1, 4, 15, 20, 22)


def _export(count: int, seed: int, columns: tuple[str, ...] = COLUMNS) -> str:
    chance = random.Random(seed)
    lines = [",".join(columns)]
    for number in range(count):
        day = date(2020, 3, 1) + timedelta(chance.randrange(2000))
        cells = [f"C{number}", chance.choice(["luton", "southwark", "mtvh", ""])]
        blank = chance.choice([0.05, 0.2, 0.6])
        for usual in USUAL:
            day = day + timedelta(chance.randrange(-1, usual * 3 + 2))
            if len(cells) >= 8 and chance.random() < 0.1:
                day += timedelta(chance.randrange(60))
            cells.append(_cell(chance, day, blank if len(cells) > 2 else 0.05))
        for share in (0.03, 0.1, 0.02):
            cells.append(_cell(chance, day + timedelta(chance.randrange(30)), 1 - share))
        lines.append(
            ",".join(cell for cell, name in zip(cells, COLUMNS, strict=True) if name in columns)
        )
    return "\n".join(lines) + "\n"


def _cell(chance: random.Random, day: date, blank: float) -> str:
    if chance.random() < blank:
        return chance.choice(["", "", "N/A", "-"])
    form = chance.random()
    if form < 0.02:
        return chance.choice(["tbc", "2024-02-31", "soon"])
    if form < 0.06:
        return f"{day:%Y-%m}"
    if form < 0.14:
        return f"{day.isoformat()} {chance.randrange(24):02d}:{chance.randrange(60):02d}"
    if form < 0.3:
        return f"{day.day} {day:%b} {day.year}"
    return day.isoformat()


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_clocks_of_a_table_are_those_of_its_timelines(seed: int) -> None:
    complaints = read(_export(800, seed))
    mine, without = flats_of_columns(complaints)
    theirs, mistakes = flats_of_timelines(complaints)
    assert without == mistakes
    assert len(mine) > 3500
    assert mine == theirs
    # The generator reaches every verdict, and most of the reasons.
    assert {flat.verdict for flat in mine} == {
        "met",
        "breach",
        "pending",
        "cannot-tell",
        "not-applicable",
    }
    assert len({flat.reason for flat in mine}) >= 12


@pytest.mark.parametrize("missing", ["Acknowledged", "Received", "Stage 1 Response", "Withdrawn"])
def test_a_column_that_is_missing_is_unknown_to_both(missing: str) -> None:
    columns = tuple(name for name in COLUMNS if name != missing)
    complaints = read(_export(120, 9, columns))
    assert flats_of_columns(complaints) == flats_of_timelines(complaints)


def test_findings_as_objects_are_those_of_the_timelines() -> None:
    complaints = read(_export(60, 5))
    found: list[tuple[str, str, str, str]] = []
    tally = Tally(date(2025, 6, 30))
    books = library()
    run_table(
        complaints,
        books,
        vocabulary_of(books.rulebooks.values()),
        tally,
        lambda batch: found.extend(
            (timeline.complaint, one.standard, one.rule, one.says)
            for timeline, one, _ in batch.findings()
            if one.readings
        ),
        Wanted(frames=True, everything=True, objects=True),
    )
    timelines = [complaints.timeline(row) for row in range(complaints.size)]
    cases, _ = check_timelines(timelines, books, date(2025, 6, 30))
    assert found == [
        (case.timeline.complaint, one.standard, one.rule, one.says)
        for case in cases
        for one in case.findings
        if one.readings
    ]


def test_what_is_found_of_the_record_is_the_same() -> None:
    complaints = read(_export(500, 11))
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
    timelines = [complaints.timeline(row) for row in range(complaints.size)]
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


def test_a_long_table_gives_the_findings_of_the_wide_one() -> None:
    wide = read(
        "Ref,Received,Acknowledged,Stage 1 Response,Escalation Requested\n"
        "A,2025-01-06,2025-01-10,2025-01-30,\n"
        "B,2025-02-03,,2025-02-20,2025-03-03\n"
    )
    long = read(
        "Ref,Event,Date\n"
        "A,received,2025-01-06\nB,received,2025-02-03\nA,acknowledged,2025-01-10\n"
        "A,stage 1 response,2025-01-30\nB,stage 1 response,2025-02-20\n"
        "B,escalation requested,2025-03-03\n"
    )
    named = [("complaint", "rule", "verdict", "reason", "due", "done", "late_by")]
    told = [
        [tuple(getattr(flat, name) for name in named[0]) for flat in flats_of_columns(table)[0]]
        for table in (wide, long)
    ]
    assert told[0] == told[1]
