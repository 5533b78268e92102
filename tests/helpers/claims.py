"""Days counted by hand for claims of a landlord's own system, with no calendar of the program."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from tests.helpers.tables import AS_AT, library
from timeliness.judge.editions import vocabulary_of
from timeliness.model.claims import ClaimTotal
from timeliness.model.findings import StatementFound
from timeliness.results.claimed import totals_of
from timeliness.results.tally import Tally
from timeliness.run.batches import Batch, Wanted
from timeliness.run.rows import run_table
from timeliness.tables.complaints import Complaints
from timeliness.write.claims import claim_lines

HOLIDAYS = (
    *(date(2025, 1, 1), date(2025, 4, 18), date(2025, 4, 21), date(2025, 5, 5), date(2025, 5, 26)),
    *(date(2025, 8, 25), date(2025, 12, 25), date(2025, 12, 26)),
)
"""The bank holidays of England in 2025, from memory of GOV.UK."""


def is_working(day: date, holidays: Sequence[date] = HOLIDAYS) -> bool:
    """Whether a day is a working day."""
    return day.weekday() < 5 and day not in holidays


def after(start: date, number: int, holidays: Sequence[date] = HOLIDAYS) -> date:
    """Return the day so many working days after another, counted from the day after it."""
    day = start
    while number:
        day += timedelta(1)
        number -= is_working(day, holidays)
    return day


def working_days(first: date, number: int) -> list[date]:
    """Return so many working days, from the first."""
    days = [first]
    while len(days) < number:
        days.append(after(days[-1], 1))
    return days


def has_holiday(start: date, end: date) -> bool:
    """Whether a bank holiday lies after one day, up to another."""
    return any(start < day <= end for day in HOLIDAYS)


def claims_of(complaints: Complaints) -> tuple[list[ClaimTotal], list[StatementFound]]:
    """Return what the claims of a table come to, in all and each by itself, row by row."""
    books = library()
    tally = Tally(AS_AT)
    found: dict[int, list[StatementFound]] = {}

    def take(batch: Batch) -> None:
        found.update(batch.claimed.by_row)

    wanted = Wanted(frames=True, everything=True)
    vocabulary = vocabulary_of(books.rulebooks.values())
    run_table(complaints, books, vocabulary, tally, take, wanted)
    return totals_of(tally.claims), [one for row in sorted(found) for one in found[row]]


def lines_of(complaints: Complaints) -> list[str]:
    """Return what a summary says of the claims of a table."""
    return list(claim_lines(claims_of(complaints)[0]))
