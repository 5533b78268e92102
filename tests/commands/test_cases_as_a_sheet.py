"""Twenty open cases as timelines, as rows of the sheet and as its events: the same answers."""

from __future__ import annotations

import csv
import io
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
