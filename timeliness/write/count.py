"""The working of a count: which days it runs over, for the writers that show it."""

from __future__ import annotations

from datetime import date

from timeliness.model.calendars import DayCounted
from timeliness.model.findings import Finding


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
