"""Twenty open cases as timelines, as rows of the sheet and as its events: the same answers."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from tests.helpers.command import Chcheck

AS_AT = ("--as-at", "2025-10-06")
GIVEN = {"reason": "waiting for the surveyor", "in_writing": "yes", "ombudsman_details": "yes"}
Case = dict[str, tuple[date, date | None]]


def cases() -> Iterator[tuple[str, Case]]:
    """Make cases at every point of their course, each event with its date and new date."""
    for number in range(20):
        received = date(2025, 8, 25) + timedelta(2 * number)
        case: Case = {"complaint received": (received, None)}
        if number % 3:
            case["complaint acknowledged"] = (received + timedelta(3 + number % 4), None)
        if number % 4 == 1:
            told, until = received + timedelta(9), received + timedelta(30)
            case["stage 1 extended"] = (told, until)
        if number % 4 == 2 and number < 12:
            answered = received + timedelta(12)
            case["stage 1 response"] = (answered, None)
            if number % 8 == 2:
                case["escalation requested"] = (answered + timedelta(3), None)
        yield f"C-{number:03}", case


def written(folder: Path) -> None:
    """Write each case as a timeline."""
    folder.mkdir()
    for reference, case in cases():
        lines = [f"complaint: {reference}", "landlord: Sample Homes", "events:"]
        for name, (day, until) in case.items():
            keys = {"date": day, "event": name}
            keys |= {"until": until, **GIVEN} if until else {}
            inside = ", ".join(f"{key}: {value}" for key, value in keys.items())
            lines.append(f"  - {{{inside}}}")
        (folder / f"{reference}.yaml").write_text("\n".join(lines) + "\n", encoding="utf-8")


def filled(chcheck: Chcheck, path: Path, *, events: bool) -> None:
    """Fill in the sheet: every date in its column, or each event as a row of its own."""
    chcheck("new", "--format", "xlsx", "--output", path.name)
    book = load_workbook(path)
    first, second = book["Complaints"], book["Events"]
    place = {sheet: {cell.value: cell.column for cell in sheet[1]} for sheet in (first, second)}

    def put(sheet: Any, row: int, **values: object) -> None:
        for heading, value in values.items():
            sheet.cell(row, place[sheet][heading], value)

    row = 2
    for number, (reference, case) in enumerate(cases(), 2):
        put(first, number, Complaint=reference, Landlord="Sample Homes")
        for name, (day, until) in case.items():
            new = {"until": until, **GIVEN} if until else {}
            words = {
                key.replace("_", " ").replace("ombudsman", "Ombudsman"): one
                for key, one in new.items()
            }
            if events:
                put(second, row, Complaint=reference, Date=day, Event=name)
                put(second, row, **{f"Extension: {key}": one for key, one in words.items()})
                row += 1
            else:
                heading = name.capitalize()
                put(first, number, **{heading: day})
                put(first, number, **{f"{heading}: {key}": one for key, one in words.items()})
    book.save(path)


@pytest.mark.parametrize("events", [False, True], ids=["columns", "events"])
def test_the_same_list_and_the_same_calendar(
    chcheck: Chcheck, tmp_path: Path, events: bool
) -> None:
    written(tmp_path / "cases")
    filled(chcheck, tmp_path / "cases.xlsx", events=events)
    for kind in ("text", "ics"):
        of_timelines = chcheck("due", "cases", *AS_AT, "--format", kind)
        of_sheet = chcheck("due", "cases.xlsx", *AS_AT, "--format", kind)
        assert of_sheet.out == of_timelines.out
        assert "C-019" in of_sheet.out


@pytest.mark.parametrize("events", [False, True], ids=["columns", "events"])
def test_the_same_findings(chcheck: Chcheck, tmp_path: Path, events: bool) -> None:
    written(tmp_path / "cases")
    filled(chcheck, tmp_path / "cases.xlsx", events=events)
    kept = ("complaint", "landlord", "rule", "verdict", "reason", "due_earliest", "due_latest")

    def found(path: str) -> list[tuple[str, ...]]:
        rows = csv.DictReader(io.StringIO(chcheck(path, *AS_AT, "--format", "csv").out))
        return sorted(tuple(row[name] for name in kept) for row in rows)

    assert found("cases.xlsx") == found("cases")


STAGE_1 = ("complaint received", "complaint acknowledged", "stage 1 response")


def test_the_same_list_of_partial_records_says_what_an_extension_would_change(
    chcheck: Chcheck, tmp_path: Path
) -> None:
    # A table without a column of extensions is a partial record of them.
    folder = tmp_path / "cases"
    folder.mkdir()
    table = [("Complaint", "Landlord", *STAGE_1)]
    for reference, case in cases():
        days = {name: case[name][0] if name in case else None for name in STAGE_1}
        table.append((reference, "Sample Homes", *(str(day or "") for day in days.values())))
        lines = [f"complaint: {reference}", "landlord: Sample Homes", "record: partial", "events:"]
        for name, day in days.items():
            lines.append(f"  - {day} {name}" if day else f"  - {{event: {name}, evidence: absent}}")
        (folder / f"{reference}.yaml").write_text("\n".join(lines) + "\n", encoding="utf-8")
    rows = "".join(",".join(row) + "\n" for row in table)
    (tmp_path / "cases.csv").write_text(rows, encoding="utf-8")
    of_timelines, of_table = (
        {
            kind: chcheck("due", path, *AS_AT, "--format", kind).out
            for kind in ("text", "ics", "html", "json", "csv")
        }
        for path in ("cases", "cases.csv")
    )
    for kind in ("text", "ics"):
        assert of_table[kind] == of_timelines[kind]
    # The page is the same but for its foot, which names the files.
    pages = [told["html"].partition("<footer")[0] for told in (of_timelines, of_table)]
    assert pages[0] == pages[1]
    # Due on Monday 22 September 2025: 10 working days more end on 6 October, the day of the list.
    assert (
        "  C-005: stage 1 response (Code), overdue by 10 working days unless it was\n"
        "    extended; due 22 Sep 2025\n"
    ) in of_table["text"]
    # Due on Friday 19 September: 10 working days more end on 3 October, which is over.
    says = "  C-004: stage 1 response (Code), overdue by 11 working days; due 19 Sep 2025\n"
    assert says in of_table["text"]
    unfolded = of_table["ics"].replace("\r\n ", "")
    assert "Overdue by 10 working days unless it was extended.\\nAs at 2025-10-06." in unfolded
    for told in (of_timelines, of_table):
        limits = {one["complaint"]: one for one in json.loads(told["json"])["limits"]}
        unless = [limits[name]["unless_extended"] for name in ("C-005", "C-004")]
        assert unless == [True, False]
        in_rows = {row["complaint"]: row for row in csv.DictReader(io.StringIO(told["csv"]))}
        assert [in_rows[name]["unless_extended"] for name in ("C-005", "C-004")] == ["yes", "no"]
