"""Tables whose rows are events."""

from collections.abc import Sequence
from datetime import date

import numpy as np
import polars as pl
import pytest

from tests.helpers.tables import (
    AS_AT,
    days,
    flats_of_columns,
    flats_of_timelines,
    judged,
    library,
    read,
)
from timeliness.judge.editions import vocabulary_of
from timeliness.results.tally import Tally
from timeliness.run.batches import Batch, Wanted
from timeliness.run.rows import run_table
from timeliness.tables.complaints import Complaints, Labels
from timeliness.tables.groups import Groups
from timeliness.tables.long_rows import EventRows, RowReader


def found(complaints: Complaints) -> set[tuple[str, str, str]]:
    """Return every finding of a run: its complaint, rule and verdict."""
    books = library()
    flats: set[tuple[str, str, str]] = set()

    def take(batch: Batch) -> None:
        flats.update((flat.complaint, flat.rule, flat.verdict) for flat in batch.flats())

    vocabulary = vocabulary_of(books.rulebooks.values())
    run_table(
        complaints, books, vocabulary, Tally(AS_AT), take, Wanted(frames=True, everything=True)
    )
    return flats


@pytest.mark.parametrize(
    ("header", "cells", "rows", "rule"),
    [
        (
            "Stage 1 Response,Stage 2 Response",
            ",2025-02-20",
            ["A,stage 1 response,", "A,stage 2 response,2025-02-20"],
            "go-to-ombudsman",
        ),
        (
            "Stage 3 Requested,Stage 3 Response",
            "2025-03-03,2025-03-10",
            ["A,stage 3 requested,2025-03-03", "A,stage 3 response,2025-03-10"],
            "no-third-stage",
        ),
    ],
)
def test_what_is_more_than_dates_is_checked_in_both_forms(
    header: str, cells: str, rows: list[str], rule: str
) -> None:
    wide = read(f"Ref,Received,Acknowledged,{header}\nA,2025-02-03,2025-02-05,{cells}\n")
    long = read(
        "Ref,Event,Date\nA,received,2025-02-03\nA,acknowledged,2025-02-05\n"
        + "\n".join(rows)
        + "\n"
    )
    assert found(wide) == found(long)
    assert rule in {name for _, name, _ in found(long)}


def test_a_logging_that_is_blank_is_not_recorded_though_others_have_one() -> None:
    long = read(
        "Ref,Event,Date\nA,received,2025-02-03\nA,logged,2025-02-04\nB,received,2025-02-03\n"
    )
    wide = read("Ref,Received,Logged\nA,2025-02-03,2025-02-04\nB,2025-02-03,\n")
    for table in (long, wide):
        assert table.timeline(1).named("complaint logged") == []


def test_yes_means_done_on_an_unknown_day_in_both_forms() -> None:
    wide = read("Ref,Received,Acknowledged,Closed\nA,2025-02-03,yes,\nB,2025-02-03,,yes\n")
    long = read(
        "Ref,Event,Date\nA,received,2025-02-03\nA,acknowledged,yes\nB,received,2025-02-03\n"
        "B,closed,yes\n"
    )
    assert found(wide) == found(long)
    assert ("A", "acknowledge-complaint", "cannot-tell") in found(long)
    assert "not-evidenced" not in {rule for _, rule, _ in found(long)}


# What a complaint has one of


def says(complaints: Complaints, number: int) -> list[tuple[int, str, str]]:
    return [(one.line, one.column, one.sentence) for one in complaints.problems.get(number, ())]


def test_policy_nation_and_as_at_are_those_of_the_first_row_that_gives_any() -> None:
    table = read(
        "Ref,Policy,Nation,As At,Team,Event,Date\nA,,,,,received,2025-02-03\n"
        "A,luton,wales,2025-03-31,North,acknowledged,2025-02-05\n"
        "A,Luton,,2025-03-31,South,stage 1 response,2025-02-19\nB,,,,,received,2025-02-03\n",
        fixed_as_at=None,
    )
    timeline = table.timeline(0)
    assert (timeline.policy, timeline.nation) == ("luton", "wales")
    assert timeline.as_at == date(2025, 3, 31)
    assert [table.carried_of(row)["Team"] for row in range(2)] == ["North", ""]
    assert not table.problems
    assert (table.timeline(1).policy, table.timeline(1).nation) == ("", "england")


def test_a_row_that_gives_another_is_told() -> None:
    table = read(
        "Ref,Policy,Nation,As At,Event,Date\n"
        "A,luton,england,2025-03-31,received,2025-02-03\n"
        "A,mtvh,wales,2025-04-30,acknowledged,2025-02-05\n"
        "A,luton,,,stage 1 response,2025-02-19\n",
        fixed_as_at=None,
    )
    end = "on line 2 of the same complaint, which counts"
    assert says(table, 0) == [
        (3, "Policy", f'"mtvh" differs from "luton" {end}'),
        (3, "Nation", f'"wales" differs from "england" {end}'),
        (3, "As At", f'"2025-04-30" differs from "2025-03-31" {end}'),
    ]


def test_each_row_of_a_complaint_whose_day_cannot_be_told_is_rejected() -> None:
    table = read(
        "Ref,As At,Event,Date\nA,2025-03-31,received,2025-02-03\nA,soon,acknowledged,2025-02-05\n",
        fixed_as_at=None,
    )
    assert [(one.line, one.column, one.sentence.partition(":")[0]) for one in table.rejected] == [
        (2, "As At", "another row of the complaint does not say which day it is from"),
        (3, "As At", "it is not known which day the row is from"),
    ]


def test_a_landlord_named_in_one_row_is_that_of_the_complaint() -> None:
    table = read(
        "Ref,Landlord,Event,Date\nA,,received,2025-02-03\nA,Alder,acknowledged,2025-02-05\n"
        "B,,received,2025-02-03\n",
        landlord="Birch",
    )
    named = [(table.references[row], table.landlords.of(row)) for row in range(table.size)]
    assert named == [("A", "Alder"), ("B", "Birch")]


def test_a_row_without_a_landlord_whose_reference_two_landlords_have_is_rejected() -> None:
    text = (
        "Ref,Landlord,Event,Date\nA,Alder,received,2025-02-03\nA,Birch,received,2025-02-10\n"
        "A,,acknowledged,2025-02-12\n"
    )
    table = read(text)
    assert table.size == 2
    assert [(one.line, one.column, one.sentence) for one in table.rejected] == [
        (4, "Landlord", "the row names no landlord, and other rows of its reference name several")
    ]
    assert read(text, landlord="Alder").rejected == []


def test_a_landlord_as_a_constant_and_in_a_cell_is_one_landlord() -> None:
    table = read("Ref,Landlord,Received\nA,Alder,2025-02-03\nA,,2025-02-03\n", landlord="Alder")
    assert table.landlords.texts == ("Alder",)
    assert table.size == 1


# A long table as columns


def test_each_event_is_a_column_with_the_days_that_its_rows_give() -> None:
    table = read(
        "Ref,Event,Date,Until\nA,received,2025-02-03,\nB,received,tbc,\n"
        "A,extended,,2025-03-31\nB,acknowledged,2025-02,\nA,acknowledged,,\n"
        "C,received,2025-02-05 09:30,\nB,extended,,no\n"
    )
    assert table.references.to_list() == ["A", "B", "C"]
    assert days(table, "complaint received") == ["2025-02-03", "bad", "2025-02-05"]
    assert days(table, "complaint acknowledged") == ["", "2025-02-01/2025-02-28", ""]
    (told,) = table.extensions["stage 1 extended"]
    assert told.told.given.tolist() == [True, True, False]
    # That an extension has no new date is no day on which it was told: it may be any.
    assert [told.told.is_bad(row) for row in range(3)] == [False, True, False]
    assert told.until
    assert told.until.given.tolist() == [True, False, False]
    minutes = table.events["complaint received"].minute
    assert minutes is not None
    assert minutes.tolist() == [-1, -1, 570]
    assert not table.objects.any()


def test_an_event_that_is_missing_is_not_known_beside_a_row_that_names_none() -> None:
    rows = (
        "A,received,2025-02-03\nB,received,2025-02-03\nB,,2025-02-05\nC,acknowledged,2025-02-04\n"
    )
    table = read(f"Ref,Event,Date\n{rows}")
    # Ten working days after 10 February end on the 24th; nobody knows what B's second row says.
    found = judged(table, "acknowledge-complaint")
    assert {name: found[name] for name in "AB"} == {
        "A": ("breach", "overdue"),
        "B": ("cannot-tell", "not-recorded"),
    }


def test_what_is_not_looked_for_is_not_recorded_though_another_complaint_has_it() -> None:
    rows = "A,southwark,received,2024-05-01\nA,southwark,early resolution agreed,2024-05-01\n"
    table = read(f"Ref,Policy,Event,Date\n{rows}B,southwark,received,2024-05-01\n")
    assert {name for name, rule, _ in found(table) if rule == "early-resolution-time"} == {"A"}
    assert flats_of_columns(table) == flats_of_timelines(table)


def test_complaints_of_dates_alone_are_not_read_row_by_row(monkeypatch: pytest.MonkeyPatch) -> None:
    was_read: list[str] = []
    own = RowReader.read_all

    def noted(self: RowReader, places: Sequence[int], reference: str) -> EventRows:
        was_read.append(reference)
        return own(self, places, reference)

    monkeypatch.setattr(RowReader, "read_all", noted)
    table = read(
        "Ref,Event,Date\nA,received,2025-02-03\nA,acknowledged,2025-02-05\nA,logged,\n"
        "B,received,2025-02-03\nB,received,2025-02-05\nC,received,2025-02-03\nC,visit,\n"
    )
    assert [table.references[row] for row in range(3) if table.objects[row]] == ["B"]
    assert sorted(was_read) == ["B", "C"]


def test_the_rows_of_a_complaint_stand_anywhere_and_are_named_in_their_order() -> None:
    table = read(
        "Ref,Event,Date\nB,received,2025-02-03\nA,received,2025-02-03\n"
        "B,acknowledged,2025-02-05\nA,acknowledged,2025-02-05\nB,logged,2025-02-04\n"
    )
    assert table.references.to_list() == ["B", "A"]
    assert [line for _, line in table.places_of(0)] == [2, 4, 6]
    assert [line for _, line in table.take(np.array([1])).places_of(0)] == [3, 5]


def test_groups_keep_the_order_of_rows_and_of_complaints() -> None:
    texts = pl.Series(["B", "A", None, "B", "A", "C"])
    landlords = Labels(("X", "Y"), np.array([0, 0, 0, 1, 0, 0], dtype=np.int32))
    groups = Groups.of(texts, landlords, texts.is_null().to_numpy())
    assert [groups.of_one(number).tolist() for number in range(4)] == [[0], [1, 4], [3], [5]]
    marked = np.array([False, False, True, False, True, False])
    assert groups.any(marked).tolist() == [False, True, False, False]
    assert groups.first(marked).tolist() == [0, 4, 3, 5]
    assert groups.take(np.array([1, 3])).rows.tolist() == [1, 4, 5]
    none = groups.take(np.array([], dtype=np.int64))
    assert (none.size, none.any(marked).tolist(), none.first(marked).tolist()) == (0, [], [])
