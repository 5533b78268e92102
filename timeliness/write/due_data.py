"""The list of what is due for other programs: CSV and JSON, with references and dates alone."""

from __future__ import annotations

import csv
import io
from datetime import date, datetime

from timeliness.model.clean import as_json, safe_cell
from timeliness.results.due import COMING, LATER, OVERDUE, UNCLEAR, OpenLimit, together
from timeliness.results.tally import Tally
from timeliness.version import __version__
from timeliness.write.head import rests_data

DUE_FIELDS = (
    *("when", "due_earliest", "due_latest", "due_at_earliest", "due_at_latest"),
    *("working_days_left", "overdue_least", "overdue_most"),
    *("overdue_unit", "days_overdue_least", "days_overdue_most", "complaint", "landlord"),
    *("standard", "series", "rule", "title", "clause", "duty", "reason", "unless_extended"),
    *("episode", "provenance", "path", "line", "as_at"),
)
"""The columns of the CSV form, in order; the column that it is grouped by follows them."""


def write_due_csv(tally: Tally) -> str:
    """Return the list as CSV: a row for each limit, those of policy and Code together as one."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    by = tally.due.asked.by
    more = [] if by in ("", "landlord") else [f"by {by}"]
    writer.writerow([*DUE_FIELDS, *map(safe_cell, more)])
    for one in together(tally.due.limits):
        cells = _values(one)
        cells["standard"] = "; ".join(side.standard for side in one.sides)
        cells["series"] = "; ".join(side.series for side in one.sides if side.series)
        cells["clause"] = "; ".join(one.clauses)
        cells["unless_extended"] = "yes" if one.unless_extended else "no"
        row = ["" if cells[name] is None else str(cells[name]) for name in DUE_FIELDS]
        writer.writerow(map(safe_cell, [*row, *([one.group] if more else [])]))
    return text.getvalue()


def write_due_json(tally: Tally) -> str:
    """Return the list as JSON: the counts, and every limit with its dates."""
    due, asked = tally.due, tally.due.asked
    counts = due.counts
    first, last = tally.days or (tally.as_at, tally.as_at)
    data = {
        "chcheck": __version__,
        "as_at": {"earliest": first.isoformat(), "latest": last.isoformat()},
        "rests_on": rests_data(tally),
        "within": str(asked.within) if asked.within else None,
        "by": asked.by or None,
        "complaints": tally.complaints,
        "with_open_limits": due.complaints,
        "closed_unanswered": tally.closed,
        "counts": {
            "overdue": counts[OVERDUE],
            "due_by": due.last_day(last).isoformat() if first == last else None,
            "due": counts[COMING],
            "due_later": counts[LATER],
            "cannot_tell": counts[UNCLEAR],
        },
        "limits": [
            {**_values(one), **({"group": one.group} if asked.by else {})}
            for one in together(due.limits)
        ],
        "unread": [str(one) for one in (*tally.unread, *tally.rejected, *tally.partly)],
        "left_out": [str(one) for one in tally.later],
    }
    return as_json(data, indent=2) + "\n"


def _values(one: OpenLimit) -> dict[str, object]:
    """Return what is said of a limit, by the names of the columns."""
    over = one.days_over if one.when == OVERDUE else (None, None)
    return {
        "when": one.when,
        "due_earliest": _day(one.due[0]),
        "due_latest": _day(one.due[1]),
        "due_at_earliest": _time(one.due_at.earliest) if one.due_at else None,
        "due_at_latest": _time(one.due_at.latest) if one.due_at else None,
        "working_days_left": one.left,
        "overdue_least": one.late[0],
        "overdue_most": one.late[1],
        "overdue_unit": one.unit if one.late[0] is not None else None,
        "days_overdue_least": over[0],
        "days_overdue_most": over[1],
        "complaint": one.complaint,
        "landlord": one.landlord,
        "standard": [side.standard for side in one.sides],
        "series": [side.series for side in one.sides if side.series],
        "rule": one.rule,
        "title": one.title,
        "clause": list(one.clauses),
        "duty": one.duty,
        "reason": one.reason,
        "unless_extended": one.unless_extended,
        "episode": one.episode,
        "provenance": one.provenance,
        "path": one.path,
        "line": one.line,
        "as_at": one.as_at.isoformat(),
    }


def _time(at: datetime) -> str:
    return at.isoformat(timespec="minutes")


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
