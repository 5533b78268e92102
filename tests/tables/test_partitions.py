"""A part of a table means the same as the whole, once it is declared what the whole speaks of."""

import random
import tomllib
from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.helpers.command import Chcheck
from tests.helpers.tables import judged, library, read, says, without_place
from timeliness.judge.editions import vocabulary_of
from timeliness.results.flat import Flat
from timeliness.results.tally import Tally
from timeliness.run.batches import Wanted
from timeliness.run.rows import run_table
from timeliness.tables.complaints import Complaints

EVENTS = {
    "complaint received": (0, 1.0),
    "complaint acknowledged": (4, 0.95),
    "stage 1 extended": (9, 0.1),
    "stage 1 response": (5, 0.9),
    "escalation requested": (9, 0.1),
    "escalation acknowledged": (4, 0.09),
    "stage 2 extended": (12, 0.02),
    "stage 2 response": (14, 0.08),
    "complaint withdrawn": (3, 0.01),
    "stage 3 requested": (20, 0.002),
}
DECLARED = {"recorded": tuple(EVENTS), "dates": "uk"}
COMPLAINTS = 1_205
REFERENCE = Flat.__struct_fields__.index("complaint")


def complaints(count: int, seed: int) -> list[dict[str, str]]:
    """Return by event the days of so many complaints, as 03/04/2025; later events are rare."""
    chance = random.Random(seed)
    made = []
    for _ in range(count):
        day = date(2024, 1, 8) + timedelta(chance.randrange(500))
        own = {}
        for event, (usual, share) in EVENTS.items():
            day += timedelta(chance.randrange(2 * usual + 1))
            if chance.random() < share:
                own[event] = f"{day:%d/%m/%Y}"
        made.append(own)
    return made


def long_table(own: Iterable[tuple[int, dict[str, str]]]) -> str:
    rows = [f"C{ref},{event},{day}" for ref, days in own for event, day in days.items()]
    return "\n".join(["Ref,Event,Date", *rows]) + "\n"


def wide_table(own: Iterable[tuple[int, dict[str, str]]]) -> str:
    """Return a row for each complaint, without the columns that would be blank."""
    rows = list(own)
    held = [event for event in EVENTS if any(event in days for _, days in rows)]
    lines = [",".join([f"C{ref}", *(days.get(event, "") for event in held)]) for ref, days in rows]
    return "\n".join([",".join(["Ref", *held]), *lines]) + "\n"


def findings(table: Complaints) -> list[tuple[object, ...]]:
    """Return every finding, but for the line of its row."""
    found: list[tuple[object, ...]] = []
    books = library()
    run_table(
        table,
        books,
        vocabulary_of(books.rulebooks.values()),
        Tally(date(2025, 6, 30)),
        lambda batch: found.extend(map(without_place, batch.flats())),
        Wanted(frames=True, everything=True),
    )
    return found


@pytest.mark.parametrize("write", [long_table, wide_table])
def test_any_number_of_parts_gives_the_findings_of_the_whole(write: object) -> None:
    assert callable(write)
    numbered = list(enumerate(complaints(COMPLAINTS, 4)))
    whole: dict[object, list[tuple[object, ...]]] = defaultdict(list)
    for finding in findings(read(write(numbered), **DECLARED)):
        whole[finding[REFERENCE]].append(finding)
    assert sum(map(len, whole.values())) > 4 * COMPLAINTS
    for parts, looked_at in ((5, 5), (41, 4), (401, 10)):
        for part in range(looked_at):
            own = numbered[part::parts]
            expected = [finding for ref, _ in own for finding in whole[f"C{ref}"]]
            parted = findings(read(write(own), **DECLARED))
            assert sorted(parted, key=repr) == sorted(expected, key=repr), (parts, part)


ROWS = "A,complaint received,2025-04-03\nA,complaint acknowledged,2025-04-04\n"
LONG = "Ref,Event,Date\n"


def test_an_event_of_which_no_row_of_a_part_speaks() -> None:
    # Received on 3 April 2025, and to be acknowledged by the 10th, five working days later.
    alone = LONG + "B,complaint received,2025-04-03\n"
    rule = "acknowledge-complaint"
    assert judged(read(LONG + ROWS + alone[len(LONG) :]), rule)["B"] == ("breach", "overdue")
    assert judged(read(alone), rule)["B"][0] == "cannot-tell"
    table = read(alone, recorded=("complaint received", "acknowledgement"))
    assert judged(table, rule)["B"] == ("breach", "overdue")
    assert table.notes == (
        'no row is about "complaint acknowledged", which `recorded` lists, so it counts as not '
        "done",
    )
    assert "complaint acknowledged" not in table.not_recorded
    assert "stage 1 response" in table.not_recorded


def test_a_column_that_a_part_lacks() -> None:
    table = read("Ref,Received\nB,2025-04-03\n", recorded=("complaint acknowledged",))
    assert judged(table, "acknowledge-complaint")["B"] == ("breach", "overdue")
    assert table.notes == (
        'no column is about "complaint acknowledged", which `recorded` lists, so it counts as '
        "not done",
    )


def test_an_event_that_is_not_listed_is_named() -> None:
    table = read(LONG + ROWS, recorded=("complaint received",))
    assert judged(table, "acknowledge-complaint")["A"] == ("met", "in-time")
    assert table.notes == (
        '`recorded` does not list "complaint acknowledged": a part of this table without a row '
        "about it would count it as not recorded",
    )


def test_a_name_of_no_event() -> None:
    for table in (LONG + ROWS, "Ref,Received\nB,2025-04-03\n"):
        assert says(table, recorded=("complaint acknowleged",)) == (
            'export.csv: recorded: "complaint acknowleged" is not an event; did you mean '
            '"complaint acknowledged"?'
        )


@pytest.mark.parametrize("value", ['"received"', "[1]", "true"])
def test_a_list_of_texts_is_expected(chcheck: Chcheck, value: str) -> None:
    files = {"e.csv": "Ref,Received\nB,2025-04-03\n", "chcheck.toml": f"recorded = {value}\n"}
    ran = chcheck("e.csv", files=files)
    assert ran.code == 2
    assert ran.err.splitlines()[0] == (
        'chcheck.toml: recorded: a list of texts is expected, such as recorded = ["..."]'
    )


def test_a_part_by_itself_gives_the_exit_code_of_the_whole(
    chcheck: Chcheck, tmp_path: Path
) -> None:
    south = "B,South,complaint received,03/04/2025\n"
    north = "A,North,complaint received,14/04/2025\nA,North,complaint acknowledged,15/04/2025\n"
    head = "Ref,Landlord,Event,Date\n"
    files = {"all/e.csv": head + north + south, "south.csv": head + south}
    day = ("--as-at", "2025-04-30")
    assert chcheck("all/e.csv", *day, files=files).code == 1
    # Alone, its date may be read in two ways, and nothing says that acknowledgements are recorded.
    assert chcheck("south.csv", *day).code == 2
    assert "breach" not in chcheck("south.csv", *day, "--dates", "uk").out.split("\n\n")[0]
    chcheck("columns", "all/e.csv", "--write", "chcheck.toml")
    ran = chcheck("south.csv", *day)
    assert ran.code == 1
    assert "B: Acknowledge the complaint (Code 6.2): breach" in ran.out
    assert "so it counts as not done" in ran.err + ran.out
    written = tomllib.loads((tmp_path / "chcheck.toml").read_text(encoding="utf-8"))
    assert written["recorded"] == ["complaint received", "complaint acknowledged"]
    assert written["dates"] == "uk"


@pytest.mark.parametrize(
    ("days", "order"),
    [
        (("2025-04-03", "3 Apr 2025"), "iso"),
        (("13/04/2025", "03/04/2025"), "uk"),
        (("03/04/2025", "2025-04-03"), None),
        (("04/13/2025", "2025-04-03"), None),
    ],
)
def test_how_dates_are_written_is_written_where_it_is_clear(
    chcheck: Chcheck, tmp_path: Path, days: tuple[str, str], order: str | None
) -> None:
    table = "Ref,Received,Acknowledged\n" + "".join(
        f"{ref},{day},\n" for ref, day in zip("AB", days, strict=True)
    )
    chcheck("columns", "e.csv", "--write", "c.toml", files={"e.csv": table})
    text = (tmp_path / "c.toml").read_text(encoding="utf-8")
    written = tomllib.loads(text)
    assert written.get("dates") == order
    assert order or '# dates = "uk"  # or "us": say which number of 03/04/2025 is the day' in text
    assert written["recorded"] == ["complaint received", "complaint acknowledged"]
