"""`chcheck columns FILE`: what it shows, and the mapping that it writes."""

import tomllib
from pathlib import Path

from tests.helpers.command import Chcheck


def first_values(out: str) -> dict[str, str]:
    rows = out.split("FIRST VALUE\n")[1].split("\n\n")[0].splitlines()
    width = max(row.find("recognised") for row in rows) + 11
    return {row.split("  ")[0]: row[width:].strip() for row in rows}


def test_a_table_without_a_known_reference_is_shown_and_mapped(
    chcheck: Chcheck, tmp_path: Path
) -> None:
    files = {"export.csv": "Who,Received\nC1,2025-03-03\n"}
    ran = chcheck("columns", "export.csv", "--write", "mapping.toml", files=files)
    assert ran.code == 2
    assert "Received  complaint received" in ran.out
    assert "No row can be worked through yet." in ran.out
    assert ran.err.startswith(
        "export.csv: none of the columns is recognised as the complaint's reference; the columns "
        'are "Who", "Received"; declare it: [columns] "Who" = "complaint" in chcheck.toml'
    )
    text = (tmp_path / "mapping.toml").read_text(encoding="utf-8")
    assert tomllib.loads(text)["columns"] == {"Who": "ignore", "Received": "complaint received"}


def test_first_values_are_of_dates_references_and_what_is_carried(chcheck: Chcheck) -> None:
    export = (
        "Ref,Landlord,Received,Ack,Stage 1 handler,Resident,Team\n"
        "C1,Homes,2025-03-03,rang Jane Roe,Jane Roe,Jane Roe,North\n"
    )
    ran = chcheck("columns", "export.csv", files={"export.csv": export})
    assert "Jane" not in ran.out + ran.err
    assert first_values(ran.out) == {
        "Ref": "C1",
        "Landlord": "Homes",
        "Received": "2025-03-03",
        "Team": "North",
        "Ack": "a text of 13 characters",
        "Stage 1 handler": "",
        "Resident": "",
    }


def test_an_extension_is_shown_with_its_new_date_and_a_bad_cell_with_what_is_wrong(
    chcheck: Chcheck,
) -> None:
    export = (
        "Ref,Received,Acknowledged,Stage 1 Extended To,Stage 1 Response\n"
        "C1,2025-03-03,2025-03-05,2025-04-02,tomorrow\n"
    )
    ran = chcheck("columns", "e.csv", files={"e.csv": export})
    worked = ran.out.split("worked through, complaint C1:\n")[1]
    assert worked.startswith(
        "  complaint received            2025-03-03\n"
        "  complaint acknowledged        2025-03-05\n"
        "  stage 1 extended              on an unknown day, until 2025-04-02\n"
        '  column "Stage 1 Response": "tomorrow" is not a date; write the day as 2025-04-03'
    )


def test_the_form_of_the_table_is_named(chcheck: Chcheck) -> None:
    stages = "Ref,Stage,Received,Responded\nC1,Stage 2,2025-03-03,2025-03-20\n"
    ran = chcheck("columns", "s.csv", files={"s.csv": stages})
    assert ran.out.startswith("s.csv: 1 row, 4 columns, a row for each stage.\n")
    # A table with columns of its own for stage 2 has a row for each complaint.
    wide = "Ref,Stage,Received,Stage 2 Response\nC1,Stage 2,2025-03-03,2025-05-20\n"
    ran = chcheck("columns", "w.csv", files={"w.csv": wide})
    assert ran.out.startswith("w.csv: 1 row, 4 columns, a row for each complaint.\n")
    events = "Ref,Event,Date\nC1,complaint received,2025-03-03\n"
    ran = chcheck("columns", "l.csv", files={"l.csv": events})
    assert ran.out.startswith("l.csv: 1 row, 3 columns, a row for each event.\n")


def test_an_unknown_event_is_not_shown(chcheck: Chcheck) -> None:
    export = "Ref,Event,Date\nC1,Phoned Jane Roe,2025-03-03\nC1,complaint received,2025-03-03\n"
    ran = chcheck("columns", "export.csv", files={"export.csv": export})
    assert first_values(ran.out)["Event"] == "a text of 15 characters"


def test_a_mapping_holds_what_was_given_and_each_name_once(
    chcheck: Chcheck, tmp_path: Path
) -> None:
    files = {"export.csv": "Ref,Received,Name,Name\nC1,03/04/2025,Jane,Roe\n"}
    words = ("columns", "export.csv", "--dates", "uk", "--write", "mapping.toml")
    assert chcheck(*words, files=files).code == 0
    written = tomllib.loads((tmp_path / "mapping.toml").read_text(encoding="utf-8"))
    assert written["dates"] == "uk"
    assert list(written["columns"]) == ["Ref", "Received", "Name", "Name (2)"]
    ran = chcheck("export.csv", "--config", "mapping.toml", "--as-at", "2025-04-03")
    assert ran.code == 0


def test_the_row_is_worked_through_as_the_check_does_it(chcheck: Chcheck) -> None:
    table = (
        "Ref,Received,Acknowledged,Stage 1 Extended,Stage 1 Extended To,Stage 1 Response\n"
        "A,2025-03-03,2025-03-05,2025-03-17,2025-04-02,2025-04-01\n"
    )
    ran = chcheck("columns", "e.csv", files={"e.csv": table})
    found = [line for line in ran.out.splitlines() if line.startswith("  =>")]
    assert [line.split(" (")[0] for line in found] == [
        "  => A: Acknowledge the complaint",
        "  => A: Stage 1 response",
    ]
