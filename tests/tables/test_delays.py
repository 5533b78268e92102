"""The longest delays: those still open apart from those that were answered or ended."""

from __future__ import annotations

import pytest

from tests.helpers.tables import AS_AT, library, read
from timeliness.judge.cases import check_timelines
from timeliness.judge.editions import vocabulary_of
from timeliness.model.report import Report
from timeliness.results.tally import Tally
from timeliness.run.batches import Wanted
from timeliness.run.rows import run_table
from timeliness.write.html.export import export_page
from timeliness.write.summary import write_summary

# Under the 2024 Code stage 1 is due 10 working days after the acknowledgement: that of 8 January
# 2025 by 22 January, that of 2 May (with a bank holiday on the 5th) by 19 May. Until 30 June
# those are 159 and 42 days; A2 was answered after 29 of them, A3 withdrawn after 19.
ROWS = """Ref,Received,Acknowledged,Stage 1 Response,Withdrawn
A4,2025-05-01,2025-05-02,,
A3,2025-01-06,2025-01-08,,2025-02-10
A1,2025-01-06,2025-01-08,,
A2,2025-01-06,2025-01-08,2025-02-20,
A0,2025-01-06,2025-01-08,2025-01-21,
"""


def of_columns() -> Tally:
    books, tally = library(), Tally(AS_AT)
    vocabulary = vocabulary_of(books.rulebooks.values())
    run_table(read(ROWS), books, vocabulary, tally, lambda batch: None, Wanted())
    return tally


def report() -> Report:
    complaints = read(ROWS)
    timelines = [complaints.timeline(row) for row in range(complaints.size)]
    cases, _ = check_timelines(timelines, library(), AS_AT)
    return Report(AS_AT, tuple(cases))


def of_timelines() -> Tally:
    tally = Tally(AS_AT)
    tally.add_report(report())
    return tally


@pytest.mark.parametrize("tally", [of_columns(), of_timelines()], ids=["columns", "timelines"])
def test_open_delays_are_ranked_apart(tally: Tally) -> None:
    told = write_summary(tally)
    still = told.index("LONGEST DELAYS, STILL OPEN\n")
    over = told.index("LONGEST DELAYS, ANSWERED OR ENDED\n")
    assert "  export.csv:4: A1: Stage 1 response (Code 6.3): breach, " in told[still:over]
    assert "  export.csv:5: A2: Stage 1 response (Code 6.3): breach, " in told[over:]
    ended = [(flat.complaint, flat.days_late) for flat in tally.delays_over]
    assert ended == [("A2", (29, 29)), ("A3", (19, 19))]
    open_ = [(flat.complaint, flat.days_late) for flat in tally.delays_open]
    assert open_ == [("A1", (159, 159)), ("A4", (42, 42))]


def test_the_page_ranks_them_apart_too() -> None:
    found = {
        title: [case.timeline.complaint for case, _ in several]
        for title, several in export_page(report()).delays
    }
    assert found == {
        "Longest delays, still open": ["A1", "A4"],
        "Longest delays, answered or ended": ["A2", "A3"],
    }
