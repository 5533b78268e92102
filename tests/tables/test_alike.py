"""Rows that are alike to a duty are judged once, and each gets the finding on its own days."""

from datetime import date

import numpy as np

from tests.helpers.tables import library, read
from timeliness.judge.columns import Bounds, Table
from timeliness.judge.duties.rows import Recorded, RowDates
from timeliness.judge.editions import vocabulary_of
from timeliness.model.calendars import DAY, FAR_FUTURE, working_days
from timeliness.model.vocabulary import COMMON
from timeliness.results.flat import Flat
from timeliness.results.tally import Tally
from timeliness.run.batches import Wanted
from timeliness.run.rows import run_table

FIRST, SECOND = "stage 1 response", "stage 2 response"


def dates_of(*rows: tuple[str, str]) -> RowDates:
    """Return complaints with the day of each of two events; "" is none."""
    recorded = {}
    for place, name in enumerate((FIRST, SECOND)):
        days = [
            date.fromisoformat(row[place]).toordinal() if row[place] else FAR_FUTURE for row in rows
        ]
        column = np.array(days, dtype=DAY)
        none = np.zeros(len(rows), dtype=np.bool_)
        recorded[name] = Recorded(Bounds(column, column), column < FAR_FUTURE, none)
    as_at = np.full(len(rows), date(2025, 6, 30).toordinal(), dtype=DAY)
    partial = np.full(len(rows), True)
    table = Table(len(rows), as_at, {}, {}, partial)
    return RowDates(recorded, {}, table, working_days("england"), COMMON, "england")


ROWS = (
    ("2025-03-10", "2025-03-20"),
    ("2025-04-14", "2025-04-15"),
    ("2025-03-10", "2025-03-10"),
    ("2025-03-10", ""),
    # After the day of the check.
    ("2025-06-23", "2025-07-03"),
    ("2025-03-20", "2025-03-10"),
)


def test_rows_are_alike_whose_days_come_in_the_same_order() -> None:
    dates = dates_of(*ROWS)
    alike = dates.alike(dates.said([FIRST]), [FIRST, SECOND])
    assert alike.places.tolist() == [0, 1, 2, 3, 4, 5]
    first = [int(alike.first[number]) for number in alike.which.tolist()]
    assert first == [0, 0, 2, 3, 4, 5]
    # What was done on 20 March in the first was done on 15 April in the second.
    own = alike.where(alike.first == 0)
    told = own.days([date(2025, 3, 20).toordinal()])
    assert [date.fromordinal(day) for day in told.tolist()] == [
        date(2025, 3, 20),
        date(2025, 4, 15),
    ]
    assert own.days([FAR_FUTURE]).tolist() == [FAR_FUTURE, FAR_FUTURE]


def test_by_the_calendar_only_the_same_days_are_alike() -> None:
    dates = dates_of(*ROWS, ROWS[0])
    alike = dates.alike(dates.said([FIRST]), [FIRST, SECOND], by_calendar=True)
    first = [int(alike.first[number]) for number in alike.which.tolist()]
    assert first == [0, 1, 2, 3, 4, 5, 0]


def test_each_row_has_the_finding_on_its_own_days() -> None:
    rows = {
        # The resident may go to the Ombudsman for 12 months after the stage 2 response.
        "A": ("2024-03-04", "2024-03-05", "2024-08-09", "2024-08-12", "2024-08-13", "2024-08-30"),
        "B": ("2024-03-11", "2024-03-12", "2024-09-10", "2024-09-12", "2024-09-13", "2024-09-30"),
    }
    head = (
        "Ref,Received,Acknowledged,Stage 1 Response,Escalation Requested,"
        "Escalation Acknowledged,Stage 2 Response\n"
    )
    text = head + "".join(",".join((name, *row)) + "\n" for name, row in rows.items())
    books, found = library(), list[Flat]()
    run_table(
        read(text),
        books,
        vocabulary_of(books.rulebooks.values()),
        Tally(date(2025, 6, 30)),
        lambda batch: found.extend(batch.flats()),
        Wanted(frames=True, everything=True),
    )
    own = {(one.complaint, one.rule): one for one in found}
    for name, done in (("A", date(2024, 8, 30)), ("B", date(2024, 9, 30))):
        in_order = own[name, "stage-2-in-order"]
        assert (in_order.verdict, in_order.done) == ("met", (done, done))
        window, closes = own[name, "go-to-ombudsman"], done.replace(year=2025)
        assert (window.verdict, window.due) == ("pending", (closes, closes))
