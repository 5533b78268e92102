"""Tables whose rows are events."""

from datetime import date

import pytest

from tests.helpers.tables import AS_AT, library, read
from timeliness.judge.cases import vocabulary_of
from timeliness.results.tally import Tally
from timeliness.run.rows import Batch, Wanted, run_table
from timeliness.tables.complaints import Complaints


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
