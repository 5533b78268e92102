"""Makes samples/export-*: 500 generated complaints with planted faults, in three forms.

    python benchmarks/samples.py

The faults are those of PLANTED; tests/tables/test_sample_exports.py says what comes of each.
"""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import xlsxwriter
from exports import generate

FOLDER = Path(__file__).parent.parent / "samples"
TITLE = "Complaints received, all teams"

PLANTED: dict[int, dict[str, str]] = {
    3: {"Date Received": "31/02/2025"},
    10: {"Acknowledged": "tbc"},
    20: {"Complaint Ref": ""},
    30: {},  # every date blank
    40: {"Complaint Ref": "CH-0000041"},
    50: {
        "Date Received": "06/05/2025",
        "Acknowledged": "07/05/2025",
        "Stage 1 Response": "16/04/2025",
    },
    60: {"Date Received": "25/03/2026", "Acknowledged": "02/04/2026"},
    70: {
        "Date Received": "06/01/2025",
        "Acknowledged": "10/01/2025",
        "Stage 1 Response": "03/02/2025",
    },
    80: {
        "Date Received": "06/01/2025",
        "Acknowledged": "10/01/2025",
        "Stage 1 Response": "25/01/2025",
    },
    90: {"Date Received": "17/04/2025", "Acknowledged": "28/04/2025"},
}
"""By number, what the complaint has instead of its own dates; the rest of its dates are blank."""

KEPT = (3, 10, 20, 40)
"""The planted complaints that keep their other dates."""

EVENTS = {
    "Date Received": "complaint received",
    "Acknowledged": "complaint acknowledged",
    "Stage 1 Extended": "stage 1 extended",
    "Stage 1 Response": "stage 1 response",
    "Escalation Requested": "escalation requested",
    "Escalation Acknowledged": "escalation acknowledged",
    "Stage 2 Extended": "stage 2 extended",
    "Stage 2 Response": "stage 2 response",
    "Withdrawn": "complaint withdrawn",
}
UNTIL = {"Stage 1 Extended": "Stage 1 Extended To", "Stage 2 Extended": "Stage 2 Extended To"}
OTHERS = ("Team", "Category", "Tenure")


def rows() -> tuple[list[str], list[dict[str, str]]]:
    """Return the header and the complaints, their dates day first."""
    frame = generate(500, seed=500)
    found = []
    for number, row in enumerate(frame.iter_rows(named=True), 1):
        cells = {name: _text(value) for name, value in row.items()}
        if number in PLANTED:
            if number not in KEPT:
                cells |= dict.fromkeys((*EVENTS, *UNTIL.values()), "")
            cells |= PLANTED[number]
        found.append(cells)
    return frame.columns, found


def _text(value: object) -> str:
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    return "" if value is None else str(value)


def main() -> None:
    header, complaints = rows()
    with (FOLDER / "export-wide.csv").open("w", newline="", encoding="utf-8-sig") as file:
        writer = csv.writer(file)
        writer.writerow([TITLE, *[""] * (len(header) - 1)])
        writer.writerow(header)
        writer.writerows([[row[name] for name in header] for row in complaints])
        writer.writerow(["Total", *[""] * (len(header) - 2), "500"])
    with (FOLDER / "export-long.csv").open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(["Complaint Ref", "Event", "Date", "Until", *OTHERS])
        for row in complaints:
            for column, event in EVENTS.items():
                until = row[UNTIL[column]] if column in UNTIL else ""
                if row[column] or until:
                    others = [row[name] for name in OTHERS]
                    writer.writerow([row["Complaint Ref"], event, row[column], until, *others])
    _write_workbook(header, complaints)


def _write_workbook(header: list[str], complaints: list[dict[str, str]]) -> None:
    """Write real dates but for every seventh complaint, whose dates are text."""
    book = xlsxwriter.Workbook(FOLDER / "export-wide.xlsx", {"default_date_format": "dd/mm/yyyy"})
    book.set_properties({"created": date(2026, 4, 1)})
    book.add_worksheet("About").write(0, 0, "Figures for the year to 31 March 2026")
    page = book.add_worksheet("Complaints")
    page.write(0, 0, TITLE)
    page.write_row(1, 0, header)
    dates = {*EVENTS, *UNTIL.values()}
    for place, row in enumerate(complaints, 2):
        for column, name in enumerate(header):
            text = row[name]
            if name in dates and place % 7 and (day := _day(text)):
                page.write_datetime(place, column, day)
            elif text:
                page.write_string(place, column, text)
    page.write(len(complaints) + 2, 0, "Total")
    page.write(len(complaints) + 2, len(header) - 1, len(complaints))
    page.set_column(header.index("Tenure"), header.index("Tenure"), None, None, {"hidden": True})
    book.close()


def _day(text: str) -> date | None:
    parts = text.split("/")
    try:
        return date(int(parts[2]), int(parts[1]), int(parts[0]))
    except (IndexError, ValueError):
        return None


if __name__ == "__main__":
    main()
