"""The working of a count: the days it runs over, and the same week by week in text."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from timeliness.model.calendars import HOURS, DayCounted
from timeliness.model.findings import Finding
from timeliness.model.plain import span_in_words
from timeliness.write.lines import wrap
from timeliness.write.words import heading


def counted_span(finding: Finding) -> tuple[date, date] | None:
    """Return the days that a finding's count runs over, or None where there is no count.

    It runs from the earliest start to the latest of the due date, the day it was done, and, where
    it is still open, the day to which it is counted.
    """
    start = finding.start.earliest if finding.start else None
    if start is None:
        return None
    done = finding.done.latest or finding.done.earliest if finding.done else None
    ends = [finding.due.latest if finding.due else None, done, finding.counted_until]
    known = [day for day in ends if day is not None]
    return (start, max(known)) if known and max(known) >= start else None


def counted_days(finding: Finding) -> list[DayCounted]:
    """Return every day of a finding's count, counted or skipped, and why."""
    span = counted_span(finding)
    return finding.calendar.explain(*span) if span else []


_HEAD = "    week of        Mon  Tue  Wed  Thu  Fri  Sat  Sun"
_WIDTH = 80


def week_by_week(
    days: Iterable[DayCounted],
    marks: Mapping[date, str] | None = None,
    left_out: tuple[date, date] | None = None,
) -> list[str]:
    """Return a count as lines of at most 80 columns.

    `marks` says more of single days. Whole weeks between the two days of `left_out` are put in one
    line.
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


def count_of(finding: Finding) -> list[str]:
    """Return the count of a finding as lines of at most 80 columns."""
    title = heading(finding)
    start = finding.start
    if counted_span(finding) is None or start is None:
        return [*wrap(title, "  "), "    There is no start to count from."]
    lines = wrap(f"{title}: {finding.limit} from {span_in_words(start)}", "  ")
    if finding.limit and finding.limit.unit == HOURS:
        return [*lines, "    Counted in hours: no day is left out."]
    if not start.exact:
        lines.append("    Counted here from the earliest possible start.")
    return lines + week_by_week(counted_days(finding), _marks(finding), _left_out(finding))


def _marks(finding: Finding) -> dict[date, str]:
    """Return what to say of single days of a count: the due date, and the day it was done."""
    marks: dict[date, str] = {}
    if finding.done and finding.done.exact and finding.done.earliest:
        marks[finding.done.earliest] = finding.readings[0].stop.done
    elif finding.counted_until:
        marks[finding.counted_until] = "counted to here"
    if finding.due and finding.due.earliest:
        due = "due" if finding.due.exact else "earliest due"
        day = finding.due.earliest
        marks[day] = f"{due}, {marks[day]}" if day in marks else due
    return marks


def _left_out(finding: Finding) -> tuple[date, date] | None:
    """Return the days between which the weeks of what is still not done need not be shown."""
    due = finding.due.latest if finding.due else None
    if finding.done or due is None or finding.counted_until is None:
        return None
    return due + timedelta(7), finding.counted_until
