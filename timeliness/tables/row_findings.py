"""What is found of the rows of a table themselves: references that repeat, dates that cannot be."""

from __future__ import annotations

from collections.abc import Iterator

from timeliness.judge.cases import check_timelines
from timeliness.model.calendars import working_days
from timeliness.model.findings import CANNOT_TELL, Finding
from timeliness.model.rulebooks import Library
from timeliness.model.timelines import Timeline
from timeliness.results.flat import RECORD, RECORD_RULES, Flat
from timeliness.tables.complaints import Complaints

REPEATED, LATER, OUT_OF_ORDER = RECORD_RULES
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
    if rule == REPEATED:
        yield _repeated(timeline)
        return
    cases, _ = check_timelines([timeline], library, timeline.as_at, code=code)
    for case in cases:
        for finding in case.findings:
            if (finding.standard, finding.rule) == (RECORD, rule):
                yield finding


def _repeated(timeline: Timeline) -> Finding:
    return Finding(
        rule=REPEATED,
        title=RECORD_RULES[REPEATED],
        rulebooks=(),
        standard=RECORD,
        clause="",
        duty="must",
        limit=None,
        verdict=CANNOT_TELL,
        reason=REPEATED,
        start=None,
        due=None,
        done=None,
        working_days=None,
        late_by=None,
        days_late=None,
        readings=(),
        provenance="recorded",
        says="Another row has the same reference; each is checked separately.",
        calendar=working_days(timeline.nation),
        line=timeline.line,
    )
