"""Rows read = checked + checked in part + rejected, each row once and by its own line."""

import json
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.helpers.command import Chcheck
from tests.helpers.tables import AS_AT, library, read
from timeliness.judge.editions import vocabulary_of
from timeliness.results.tally import Tally
from timeliness.run.batches import Wanted
from timeliness.run.rows import run_table
from timeliness.tables.complaints import Complaints


def accounted(complaints: Complaints) -> Tally:
    """Return what became of every row of a table."""
    books = library()
    tally = Tally(AS_AT)
    vocabulary = vocabulary_of(books.rulebooks.values())
    run_table(complaints, books, vocabulary, tally, lambda batch: None, Wanted())
    return tally


def rows(tally: Tally) -> tuple[int, int, int, int]:
    return tally.read, tally.checked, tally.rows_partly, tally.rows_rejected


def told(complaints: Complaints) -> list[tuple[int, str, str]]:
    return [(one.line, one.column, one.sentence.partition(":")[0]) for one in complaints.rejected]


def test_each_row_of_a_rejected_complaint_of_a_long_table_is_rejected_with_its_reason() -> None:
    table = read(
        "Ref,Event,Date\nC1,complaint received,bad\nC1,complaint acknowledged,worse\n"
        "C1,stage 1 response,worst\nC1,withdrawn,2025-02-10\n"
        "C2,complaint received,2025-02-03\nC2,complaint acknowledged,2025-02-05\n"
    )
    assert rows(accounted(table)) == (6, 2, 0, 4)
    assert told(table) == [
        (2, "Date", "none of its dates can be read"),
        (3, "Date", "none of its dates can be read"),
        (4, "Date", "none of its dates can be read"),
        (5, "Date", "no event of its stages has a date, so no time limit can start"),
    ]


def test_each_cell_of_a_rejected_row_of_a_wide_table_is_told_and_the_row_counted_once() -> None:
    table = read("Ref,Received,Acknowledged\nC1,bad,worse\n,2025-02-30,\nC3,2025-02-03,tbc\n")
    assert rows(accounted(table)) == (3, 0, 1, 2)
    assert told(table) == [
        (2, "Acknowledged", "none of its dates can be read"),
        (2, "Received", "none of its dates can be read"),
        (3, "Received", '"2025-02-30"'),
        (3, "Ref", "there is no reference, so it cannot be checked"),
    ]


def test_nothing_is_found_of_the_record_of_a_complaint_without_a_rule(chcheck: Chcheck) -> None:
    # Before the first Scottish procedure, of 1 April 2021.
    text = "Ref,Received,Acknowledged\nC1,2021-02-03,2021-08-04\n"
    words = ("--nation", "scotland", "--as-at", "2021-06-30")
    ran = chcheck("export.csv", *words, "--format", "json", files={"export.csv": text})
    assert (ran.code, json.loads(ran.out)["complaints"]) == (2, [])
    assert chcheck("export.csv", *words, "--format", "csv").out.splitlines()[1:] == []


def test_all_rows_of_a_long_complaint_without_a_rule_are_rejected() -> None:
    table = read(
        "Ref,Nation,Event,Date\nC1,scotland,received,2021-02-03\nC1,scotland,acknowledged,tbc\n"
        "C1,,stage 1 response,2021-02-20\nC2,england,received,2025-02-03\n"
    )
    tally = accounted(table)
    assert rows(tally) == (4, 1, 0, 3)
    assert {one.line for one in tally.rejected} == {2, 3, 4}
    assert {one.line for one in tally.rejected if one.column == "Date"} == {3}


DATES = ("2025-02-03", "2025-02-10", "2025-03-03 10:15", "2025-04", "tbc", "31/02/2025", "", "-")
BAD = ("tbc", "31/02/2025")
BLANK = ("", "-")


@settings(max_examples=20, deadline=None)
@given(
    st.lists(
        st.tuples(st.sampled_from(["", "A", "B", "C"]), *[st.sampled_from(DATES)] * 4),
        min_size=1,
        max_size=12,
    )
)
def test_every_row_of_a_wide_table_is_accounted_for(cells: list[tuple[str, ...]]) -> None:
    header = "Ref,Team,Received,Acknowledged,Withdrawn,Stage 1 Extended\n"
    lines = [
        f"{row[0] and f'{row[0]}{number}'},T,{','.join(row[1:])}\n"
        for number, row in enumerate(cells)
    ]
    table = read(header + "".join(lines))
    rejected = [
        not row[0] or all(row[place] in (*BAD, *BLANK) for place in (1, 2, 4)) for row in cells
    ]
    partly = [
        not out and any(cell in BAD for cell in row[1:])
        for row, out in zip(cells, rejected, strict=True)
    ]
    tally = accounted(table)
    count = len(cells)
    assert rows(tally) == (
        *(count, count - sum(partly) - sum(rejected)),
        *(sum(partly), sum(rejected)),
    )
    assert tally.complaints == count - sum(rejected)
    # Where references repeat there are fewer complaints, and as many rows.
    several = read(header + "".join(f"{row[0]},T,{','.join(row[1:])}\n" for row in cells))
    assert sum(rows(accounted(several))[1:]) == count


EVENTS = ("complaint received", "acknowledged", "stage 1 response", "withdrawn", "respnse", "")


@settings(max_examples=20, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["", "A", "B", "C"]), st.sampled_from(EVENTS), st.sampled_from(DATES)
        ),
        min_size=1,
        max_size=12,
    )
)
def test_every_row_of_a_long_table_is_accounted_for(cells: list[tuple[str, ...]]) -> None:
    table = read("Ref,Team,Event,Date\n" + "".join(f"{a},T,{b},{c}\n" for a, b, c in cells))
    started = {
        reference
        for reference, event, day in cells
        if event in EVENTS[:3] and day not in (*BAD, *BLANK)
    } - {""}
    kept = [row for row in cells if row[0] in started]
    partly = [row for row in kept if row[1] not in EVENTS[:4] or row[2] in BAD]
    tally = accounted(table)
    assert rows(tally) == (
        *(len(cells), len(kept) - len(partly)),
        *(len(partly), len(cells) - len(kept)),
    )
    assert tally.complaints == len(started)
    assert date(2025, 6, 30) == tally.as_at
