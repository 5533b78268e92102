"""The count of a finding in text: what is counted from when, week by week, with what stands out."""

from __future__ import annotations

from datetime import date, timedelta

from timeliness.model.findings import Finding
from timeliness.model.plain import span_in_words
from timeliness.write.count import counted_days, counted_span
from timeliness.write.lines import wrap
from timeliness.write.weeks import week_by_week
from timeliness.write.words import heading


def count_of(finding: Finding) -> list[str]:
    """Return the count of a finding as lines of at most 80 columns."""
    title = heading(finding)
    start = finding.start
    if counted_span(finding) is None or start is None:
        return [*wrap(title, "  "), "    There is no start to count from."]
    lines = wrap(f"{title}: {finding.limit} from {span_in_words(start)}", "  ")
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
