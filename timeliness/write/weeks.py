"""A count as a table of weeks: each day's number, or why it is skipped."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from timeliness.model.calendars import DayCounted

_HEAD = "    week of        Mon  Tue  Wed  Thu  Fri  Sat  Sun"
_WIDTH = 80


def week_by_week(
    days: Iterable[DayCounted],
    marks: Mapping[date, str] | None = None,
    left_out: tuple[date, date] | None = None,
) -> list[str]:
    """Return a count as lines of at most 80 columns.

    `marks` says more of single days. Whole weeks between the two days of `left_out` are told in
    one line.
    """
    weeks: dict[date, dict[int, DayCounted]] = {}
    for day in days:
        weeks.setdefault(_monday(day.day), {})[day.day.weekday()] = day
    lines = [_HEAD]
    skipped = 0
    for monday, week in weeks.items():
        if left_out and _monday(left_out[0]) < monday < _monday(left_out[1]):
            skipped += 1
            continue
        if skipped:
            lines.append(f"    ... {skipped} weeks, counted on in the same way ...")
            skipped = 0
        lines += _week(monday, week, marks or {})
    return lines


def _monday(day: date) -> date:
    return day - timedelta(day.weekday())


def _week(monday: date, week: Mapping[int, DayCounted], marks: Mapping[date, str]) -> list[str]:
    cells, notes = [], []
    for weekday in range(7):
        day = week.get(weekday)
        cells.append(_cell(day))
        if day is None:
            continue
        if not day.why.startswith(("weekend", "counted", "day 0")):
            notes.append(f"{day.day:%a}: {day.why}")
        if day.day in marks:
            notes.append(f"{day.day:%a}: {marks[day.day]}")
    shown = f"{monday.day} {monday:%b} {monday.year}"
    row = f"    {shown:>11}  " + "".join(f"{cell:>5}" for cell in cells)
    note = "; ".join(notes)
    if len(row) + 2 + len(note) <= _WIDTH:
        return [f"{row}  {note}".rstrip()]
    indent = " " * 17
    return [
        row.rstrip(),
        *textwrap.wrap(note, _WIDTH, initial_indent=indent, subsequent_indent=indent),
    ]


def _cell(day: DayCounted | None) -> str:
    if day is None:
        return ""
    if day.number is not None:
        return str(day.number)
    return "-" if day.why.startswith("weekend") else "x"
