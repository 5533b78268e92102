"""Tables for tests, and what is read of them."""

from datetime import date

import numpy as np

from timeliness.judge.cases import check_timelines, vocabulary_of
from timeliness.judge.judged import JudgedRule
from timeliness.judge.measuring import measure
from timeliness.model.rulebooks import Library
from timeliness.read.library import Loader, load_rulebooks
from timeliness.results.flat import Flat, flat_of
from timeliness.results.tally import Tally
from timeliness.run.blocks import flats_in, frame_of
from timeliness.run.judging import NoRules, check_rows
from timeliness.run.rows import Batch, Wanted, run_table
from timeliness.tables.complaints import Complaints
from timeliness.tables.open import open_table, read_complaints
from timeliness.tables.settings import TableSettings

AS_AT = date(2025, 6, 30)


def library() -> Library:
    return load_rulebooks()


def read(data: bytes | str, **settings: object) -> Complaints:
    """Read a table as of 30 June 2025, unless the settings say another day."""
    raw = data.encode() if isinstance(data, str) else data
    books = library()
    loader = Loader(books)
    from pathlib import Path

    declared = TableSettings(**{"as_at": AS_AT, **settings})  # type: ignore[arg-type]
    vocabulary = vocabulary_of(books.rulebooks.values())
    opened = open_table(raw, "export.csv", vocabulary, declared)
    return read_complaints(
        opened, vocabulary, declared, lambda name: loader.policy_name(name, Path()), AS_AT
    )


def flats_of_columns(complaints: Complaints) -> tuple[list[Flat], int]:
    """Return the findings of the clocks, and how many complaints no rule applies to."""
    books = library()
    vocabulary = vocabulary_of(books.rulebooks.values())
    frames, without = [], 0
    for one in check_rows(complaints, books, vocabulary, np.arange(complaints.size)):
        if isinstance(one, NoRules):
            without += len(one.rows)
        elif isinstance(one, JudgedRule):
            frames.append(measure(one, np.flatnonzero(one.found)))
    return list(flats_in(frame_of(complaints, frames), complaints)), without


def flats_of_timelines(complaints: Complaints) -> tuple[list[Flat], int]:
    """Return the same of the complaints as timelines."""
    timelines = [complaints.timeline(row) for row in range(complaints.size)]
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
