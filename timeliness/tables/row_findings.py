"""What is found of the rows of a table themselves: dates that cannot be."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from timeliness.judge.cases import check_timelines
from timeliness.judge.columns import Bounds
from timeliness.judge.inference import out_of_order
from timeliness.judge.milestones import ordinals
from timeliness.model.calendars import DAY, FAR_FUTURE
from timeliness.model.findings import CANNOT_TELL, Finding
from timeliness.model.rulebooks import Library
from timeliness.model.timelines import Timeline
from timeliness.model.vocabulary import ORDERS
from timeliness.results.flat import LATER, RECORD, RECORD_RULES, Flat
from timeliness.tables.complaints import Complaints, Flags

_REASONS = {LATER: "after-as-at"}


def about_the_row(complaints: Complaints, row: int, rule: str) -> Flat:
    """Return what is found of a row as a flat finding."""
    return Flat(
        complaint=complaints.references[row],
        landlord=complaints.landlords.of(row),
        path=complaints.path,
        line=int(complaints.lines[row]),
        standard=RECORD,
        rule=rule,
        title=RECORD_RULES[rule],
        rulebook="",
        clause="",
        duty="must",
        verdict=CANNOT_TELL,
        reason=_REASONS.get(rule, rule),
        provenance="recorded",
    )


def findings_about(timeline: Timeline, rule: str, library: Library, code: str) -> Iterator[Finding]:
    """Return the same with its sentences: one for each event that is dated so."""
    assert timeline.as_at
    cases, _ = check_timelines([timeline], library, timeline.as_at, code=code)
    for case in cases:
        for finding in case.findings:
            if (finding.standard, finding.rule) == (RECORD, rule):
                yield finding


def rows_out_of_order(complaints: Complaints) -> Flags:
    """Return in which rows an effect is dated before its cause."""
    events = _first_seen(complaints) if complaints.rows_of_events else complaints.events
    return out_of_order(events, complaints.as_at)


def _first_seen(complaints: Complaints) -> dict[str, Bounds]:
    """Return when each event was first seen, of a table in which each row is one event."""
    days = {
        name: np.full((2, complaints.size), FAR_FUTURE, dtype=DAY)
        for name in dict.fromkeys(name for pair in ORDERS for name in pair)
    }
    for row in range(complaints.size):
        as_at = int(complaints.as_at[row])
        for event in complaints.timeline(row).events:
            if event.name in days and event.when and event.evidence == "seen":
                span = ordinals(event.when)
                first = days[event.name][:, row]
                if span[0] <= as_at and span < (int(first[0]), int(first[1])):
                    first[:] = span
    return {name: Bounds(earliest, latest) for name, (earliest, latest) in days.items()}
