"""No name, number or address that stands in a cell is told with what is wrong with it."""

import csv
import io
from pathlib import Path

import pytest

from tests.helpers.command import Chcheck
from tests.helpers.tables import AS_AT, library, read, says
from timeliness.judge.editions import vocabulary_of
from timeliness.model.errors import VALUE, Hint, Mistake
from timeliness.results.flat import fingerprint_of_row
from timeliness.results.tally import Tally
from timeliness.run.batches import Wanted
from timeliness.run.rows import run_table
from timeliness.tables.personal import may_be_shown, withhold
from timeliness.write.formats import FORMATS

SHOWN = [
    *("tbc", "TBA", "n/a?", "to follow", "Awaiting", "not yet", "?", "#N/A", "yes", "31/02/2025"),
    *("2025-02-30", "32 Mar 2025", "Thursday 3rd April 2025", "03/04/25", "12345", "20250403"),
    *("2025-04-03T10:00:75.000+01:00", "1925-04-03", "w/c 3 March", "unknown", "25:00"),
]
WITHHELD = [
    *("rang Jane Roe 07700 900123", "jane.roe@example.org", "12 High Street", "07700 900123"),
    *("07700900123", "Jane", "3 Apr 2025 Mrs Roe", "2025-04-03 call 07700 900123 back", "AB1 2CD"),
    *("07700 900123 10:30", "June 07700 900123", "tbc by J Smith", "Zoë", "020 7946 0123"),
]


@pytest.mark.parametrize("text", SHOWN)
def test_what_looks_like_a_date_or_like_none_is_shown(text: str) -> None:
    assert may_be_shown(text)


@pytest.mark.parametrize("text", WITHHELD)
def test_anything_else_is_withheld(text: str) -> None:
    assert not may_be_shown(text)


def test_the_length_is_told_instead() -> None:
    (unread,) = read("Ref,Received,Ack\nA1,2025-01-06,rang Jane Roe 07700 900123\n").problems[0]
    assert (unread.line, unread.column, unread.cell) == (2, "Ack", "a text of 26 characters")
    assert unread.sentence == (
        "a text of 26 characters is not a date; write the day as 2025-04-03 (year-month-day) or "
        "3 Apr 2025"
    )
    (letter,) = read("Ref,Received,Ack\nA1,2025-01-06,Q\n").problems[0]
    assert letter.cell == "a text of 1 character"
    (row,) = read("Ref,Received\nA1,Mrs Roe\n").rejected
    assert row.sentence.startswith(
        "none of its dates can be read: a text of 7 characters is not a date;"
    )
    assert row.cell == "a text of 7 characters"


def test_a_misspelt_word_is_shown_and_a_sentence_is_not() -> None:
    def told(text: str, hint: Hint) -> Mistake:
        what = f"{VALUE} is not an event"
        return withhold(Mistake("export.csv", 2, what, value=text, hint=hint, cell=text))

    near = told("complaint recieved", Hint("see the list", "complaint received"))
    assert near.cell == "complaint recieved"
    assert near.sentence == (
        '"complaint recieved" is not an event; did you mean "complaint received"?'
    )
    far = told("Received call from Jane Roe", Hint("see the list", "complaint received"))
    assert far.cell == "a text of 27 characters"
    assert far.sentence == (
        'a text of 27 characters is not an event; did you mean "complaint received"?'
    )
    none = told("Received call from Jane Roe", Hint("see the list"))
    assert none.sentence == "a text of 27 characters is not an event; see the list"


def test_a_part_of_a_cell_that_is_a_date_is_shown_and_another_is_not() -> None:
    """Of "31/02/2025 Mrs Roe" the date is what is wrong; a year spelt out names nobody either."""
    table = read(
        "Ref,Received,Ack\nA1,2025-01-06,31/02/2025 Mrs Roe\nA2,2025-01-06,3 Apr 25 Jane Roe\n"
    )
    (one,), (other,) = table.problems[0], table.problems[1]
    assert one.cell == "a text of 18 characters"
    assert one.sentence.startswith('"31/02/2025": February 2025 has 28 days; ')
    assert other.cell == "a text of 17 characters"
    assert other.sentence.startswith("a text of 17 characters is not a date; ")


def test_a_column_that_could_be_either_shows_its_dates_alone() -> None:
    told = says("Ref,Received\nA1,03/04/2025 Mrs Roe\nA2,05/04/2025\n")
    assert '"03/04/2025" can be read day first or month first' in told
    assert "Roe" not in told


@pytest.mark.parametrize("format_name", list(FORMATS))
def test_no_output_tells_who_stands_in_a_cell(
    chcheck: Chcheck, tmp_path: Path, format_name: str
) -> None:
    wide = "Ref,Received,Ack\nA1,2025-03-03,rang Jane Roe\nA2,Jane Roe,\n"
    long = (
        "Ref,Event,Date,Evidence\nB1,complaint received,2025-03-03,\n"
        "B1,Phoned Jane Roe,2025-03-04,\nB1,complaint acknowledged,Jane Roe,\n"
        "B1,stage 1 response,2025-03-04,Jane Roe\n"
    )
    ran = chcheck(
        *("wide.csv", "long.csv", "--as-at", "2025-04-01", "--format", format_name),
        *("--rejects", "rejects.csv", "--output", "text:all.txt"),
        files={"wide.csv": wide, "long.csv": long},
    )
    assert ran.code == 2
    rejects = (tmp_path / "rejects.csv").read_text(encoding="utf-8")
    told = (ran.out, ran.err, rejects, (tmp_path / "all.txt").read_text(encoding="utf-8"))
    assert not [text for text in told if "Jane" in text or "Roe" in text]
    assert len(list(csv.DictReader(io.StringIO(rejects)))) == 5


def test_what_is_withheld_is_known_again_and_another_text_is_not_taken_for_it() -> None:
    def fingerprints(text: str) -> list[str]:
        table = read(f"Ref,Received,Acknowledged\nA,2025-03-03,{text}\n")
        tally = Tally(AS_AT)
        books = library()
        vocabulary = vocabulary_of(books.rulebooks.values())
        run_table(table, books, vocabulary, tally, lambda batch: None, Wanted())
        return [fingerprint_of_row(one) for one in tally.partly]

    one, again = fingerprints("rang Jane Roe"), fingerprints("rang Jane Roe")
    other = fingerprints("rang John Doe")
    assert one == again
    assert len(one) == len(other) == 1
    # Both are told as a text of 13 characters.
    assert one != other
