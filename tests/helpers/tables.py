"""Tables for tests, and what is read of them."""

import random
from datetime import date, timedelta
from functools import cache

import numpy as np
import pytest
from msgspec.structs import astuple, replace

from timeliness.judge.cases import check_timelines
from timeliness.judge.editions import vocabulary_of
from timeliness.judge.judged import JudgedRule
from timeliness.judge.measuring import measure
from timeliness.model.declared import Declared
from timeliness.model.errors import InputError
from timeliness.model.library import Library
from timeliness.read.library import Loader, NamesIn, load_rulebooks
from timeliness.results.flat import Flat, flat_of
from timeliness.results.tally import Tally
from timeliness.run.batches import Batch, Wanted
from timeliness.run.frames import flats_in, frame_of
from timeliness.run.judging import NoRules, check_rows
from timeliness.run.rows import run_table
from timeliness.tables.complaints import Complaints
from timeliness.tables.joining import joined
from timeliness.tables.open import open_tables, read_complaints

AS_AT = date(2025, 6, 30)


@cache
def library() -> Library:
    return load_rulebooks()


def read(data: bytes | str, **settings: object) -> Complaints:
    """Read a table as of 30 June 2025, unless the settings say another day."""
    raw = data.encode() if isinstance(data, str) else data
    books = library()
    loader = Loader(books)
    from pathlib import Path

    declared = Declared(**{"fixed_as_at": AS_AT, **settings})  # type: ignore[arg-type]
    vocabulary = vocabulary_of(books.rulebooks.values())
    opened = open_tables(raw, "export.csv", vocabulary, declared)[0]
    complaints = read_complaints(opened, vocabulary, declared, NamesIn(loader, Path()), AS_AT)
    return joined([complaints], vocabulary)[0]


def flats_of_columns(complaints: Complaints) -> tuple[list[Flat], int]:
    """Return the findings of what goes by columns, and how many complaints no rule applies to."""
    books = library()
    vocabulary = vocabulary_of(books.rulebooks.values())
    frames, without = [], 0
    for one in check_rows(complaints, books, vocabulary, np.flatnonzero(~complaints.objects)):
        if isinstance(one, NoRules):
            without += len(one.rows)
        elif isinstance(one, JudgedRule):
            frames.append(measure(one, np.flatnonzero(one.found)))
    return list(flats_in(frame_of(complaints, frames), complaints)), without


def flats_of_timelines(complaints: Complaints) -> tuple[list[Flat], int]:
    """Return the same of the complaints as timelines."""
    timelines = [complaints.timeline(row) for row in np.flatnonzero(~complaints.objects).tolist()]
    cases, mistakes = check_timelines(timelines, library(), AS_AT)
    flats = [flat_of(case, one) for case in cases for one in case.findings if one.readings]
    return flats, len(mistakes)


def days(complaints: Complaints, event: str) -> list[str]:
    """Return the days of an event, row by row: a day, a span, "bad" or ""."""
    column = complaints.events[event]
    told = []
    for row in range(complaints.size):
        if column.is_bad(row):
            told.append("bad")
        elif not column.given[row]:
            told.append("")
        else:
            ends = [
                date.fromordinal(int(end[row])).isoformat()
                for end in (column.earliest, column.latest)
            ]
            told.append(ends[0] if ends[0] == ends[1] else "/".join(ends))
    return told


def judged(complaints: Complaints, rule: str = "stage-1-response") -> dict[str, tuple[str, str]]:
    """Return what a rule of the Code comes to for each complaint, and check it as timelines too."""
    books = library()
    vocabulary = vocabulary_of(books.rulebooks.values())
    flats: dict[str, tuple[str, str]] = {}
    tally = Tally(AS_AT)

    def take(batch: Batch) -> None:
        for flat in batch.flats():
            if (flat.standard, flat.rule) == ("code", rule):
                flats[flat.complaint] = (flat.verdict, flat.reason)

    run_table(complaints, books, vocabulary, tally, take, Wanted(frames=True, everything=True))
    timelines = [complaints.timeline(row) for row in range(complaints.size)]
    cases, _ = check_timelines(timelines, books, AS_AT)
    assert flats == {
        case.timeline.complaint: (one.verdict, one.reason)
        for case in cases
        for one in case.findings
        if (one.standard, one.rule) == ("code", rule)
    }
    return flats


def without_place(flat: Flat) -> tuple[object, ...]:
    """Return all that a finding says but for where its row stands."""
    return astuple(replace(flat, line=0, carried={}))


def says(data: bytes | str, **settings: object) -> str:
    """Return why a table cannot be read."""
    with pytest.raises(InputError) as caught:
        read(data, **settings)
    return str(caught.value)


# A drawn export --------------------------------------------------------------------------

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
    "Stage 3 Requested",
    "Stage 3 Acknowledged",
    "Stage 3 Extended",
    "Stage 3 Extended To",
    "Stage 3 Response",
    "Complaint Refused",
    "Escalation Refused",
)
USUAL = (0, 1, 4, 6, 12, 10, 12, 1, 4, 15, 20, 22)
STAGE_3 = (4, 3, 10, 10, 15)


def export(count: int, seed: int, columns: tuple[str, ...] = COLUMNS) -> str:
    """Return so many complaints as a CSV, with all that a cell may hold."""
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
        begun = date(2020, 3, 1) if chance.random() < 0.02 else day - timedelta(60)
        for share in (0.06, 0.12, 0.06):
            cells.append(_cell(chance, begun + timedelta(chance.randrange(90)), 1 - share, 0.3))
        blank = chance.choice([1.0, 1.0, 1.0, 0.3])
        for usual in STAGE_3:
            day += timedelta(chance.randrange(-1, usual * 3))
            cells.append(_cell(chance, day, blank))
        for share in (0.02, 0.02):
            cells.append(_cell(chance, begun + timedelta(chance.randrange(90)), 1 - share, 0.3))
        lines.append(
            ",".join(cell for cell, name in zip(cells, COLUMNS, strict=True) if name in columns)
        )
    return "\n".join(lines) + "\n"


def _cell(chance: random.Random, day: date, blank: float, odd: float = 0.06) -> str:
    """Return a cell: blank, a date in one of several forms, or odd, which is a month or no date."""
    if chance.random() < blank:
        return chance.choice(["", "", "N/A", "-"])
    form = chance.random()
    if form < odd / 3:
        return chance.choice(["tbc", "2024-02-31", "soon"])
    if form < odd:
        return f"{day:%Y-%m}"
    if form < odd + 0.08:
        return f"{day.isoformat()} {chance.randrange(24):02d}:{chance.randrange(60):02d}"
    if form < odd + 0.24:
        return f"{day.day} {day:%b} {day.year}"
    return day.isoformat()
