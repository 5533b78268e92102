"""What the text says in few words: the answer, how late something was, a date in short."""

from __future__ import annotations

from collections.abc import Sequence

from timeliness.model.calendars import unit_of
from timeliness.model.dates import in_words
from timeliness.model.findings import (
    BREACH,
    CANNOT_TELL,
    MET,
    NOT_APPLICABLE,
    PENDING,
    Case,
    Finding,
    Report,
)
from timeliness.model.plain import number, small

STANDARDS = {
    "policy": "policy",
    "code": "Code",
    "promise": "",
    "order": "",
    "record": "",
}
"""What each standard is called in a sentence; a promise and an order say it in their title."""

RECORD = "record"
"""The standard of what there is to say of the record itself, told apart from the rest."""

_MOST_TOLD = 5


def answer_for_all(report: Report) -> str:
    """Return the one sentence that answers for several complaints."""
    total = len(report.cases)
    if not total:
        return "No complaint was checked."
    breached = [case.timeline.complaint for case in report.cases if case.with_verdict(BREACH)]
    unclear = sum(
        bool(case.with_verdict(CANNOT_TELL)) and not case.with_verdict(BREACH)
        for case in report.cases
    )
    tail = f" {unclear} more cannot be told in full." if unclear else ""
    if not breached:
        return f"No breach in {total} complaints.{tail}"
    named = ", ".join(breached[:5]) + (f" and {len(breached) - 5} more" if breached[5:] else "")
    have = "has" if len(breached) == 1 else "have"
    return f"{len(breached)} of {total} complaints {have} breaches: {named}.{tail}"


def answer(case: Case) -> str:
    """Return the one sentence that answers: what was breached, or what is due next."""
    breaches = case.with_verdict(BREACH)
    unclear = [one for one in case.with_verdict(CANNOT_TELL) if one.standard != RECORD]
    tail = f" {len(unclear)} cannot be told." if unclear else ""
    following = _next_due(case)
    if breaches:
        count = f"{len(breaches)} breach{'es' if len(breaches) > 1 else ''}"
        return f"{count}: {'; '.join(_told_together(breaches))}.{tail}" + (
            f" Next: {following}." if following else ""
        )
    if following:
        return f"No breach. Next: {following}.{tail}"
    if unclear:
        judged = [
            finding
            for finding in case.findings
            if finding.verdict != NOT_APPLICABLE and finding.standard != RECORD
        ]
        told = "; ".join(_shortened(_titles_together(unclear)))
        return f"No breach found, but {len(unclear)} of {len(judged)} cannot be told: {told}."
    if not case.with_verdict(MET):
        return "No breach: nothing was due."
    return "No breach: every limit that was checked was met."


def _told_together(breaches: Sequence[Finding]) -> list[str]:
    """Return each breach in a few words, policy and Code together."""
    told: dict[str, list[tuple[str, str]]] = {}
    for finding in breaches:
        what, how = _in_brief(finding)
        told.setdefault(what, []).append((how, STANDARDS[finding.standard]))
    return _shortened([_phrase(what, ways) for what, ways in told.items()])


def _shortened(phrases: list[str]) -> list[str]:
    more = len(phrases) - _MOST_TOLD
    return [*phrases[:_MOST_TOLD], f"and {more} more, below"] if more > 1 else phrases


def _phrase(what: str, ways: Sequence[tuple[str, str]]) -> str:
    """Return one breach: stage 1 response 2 working days late (policy), 7 ... late (Code)."""
    by_how: dict[str, list[str]] = {}
    for how, by in ways:
        by_how.setdefault(how, []).append(by)
    parts = [
        " ".join(part for part in (how, f"({' and '.join(by)})" if all(by) else "") if part)
        for how, by in by_how.items()
    ]
    return f"{what} {', '.join(parts)}".strip()


def _in_brief(finding: Finding) -> tuple[str, str]:
    """Return what was breached, and how, in a few words."""
    late = lateness(finding) if finding.reason == "late" else ""
    if finding.headline or not finding.readings:
        return finding.headline or small(finding.title), late
    stop = finding.readings[0].rule.clock.stop
    return (finding.readings[0].stop.undone, "") if finding.reason == "overdue" else (stop, late)


def _titles_together(findings: Sequence[Finding]) -> list[str]:
    told: dict[str, list[str]] = {}
    for finding in findings:
        told.setdefault(small(finding.title), []).append(STANDARDS[finding.standard])
    return [f"{title} ({' and '.join(by)})" if all(by) else title for title, by in told.items()]


def _next_due(case: Case) -> str:
    pending = [
        (finding.due.earliest, finding)
        for finding in case.with_verdict(PENDING)
        if finding.due and finding.due.earliest and finding.due_in
    ]
    if not pending:
        return ""
    due, first = min(pending, key=lambda one: one[0])
    assert first.due_in
    when = "today" if due == case.as_at else f"in {number(first.due_in.least, 'working day')}"
    by = f" ({STANDARDS[first.standard]})" if STANDARDS[first.standard] else ""
    return f"{small(first.title)} due {due:%A} {in_words(due)}, {when}{by}"


def lateness(finding: Finding) -> str:
    """Return how late something was: 6 working days late."""
    late, days = finding.late_by, finding.days_late
    if late is None:
        return "late"
    text = number(late, unit_of(finding.limit))
    if late.most == 0 and days:
        return f"{number(days, 'day')} ({text}) late"
    return f"{text} late"


def lateness_in_days(finding: Finding) -> str:
    """Return how late something was in calendar days, where that says more than `lateness`."""
    late, days = finding.late_by, finding.days_late
    if not days or (late and late.most == 0) or unit_of(finding.limit) == "calendar day":
        return ""
    return number(days, "calendar day")


def heading(finding: Finding) -> str:
    """Return a finding's title with what it stands under: Stage 2 response, Code 5.13."""
    if finding.standard == "code" and not finding.clause.startswith("the "):
        return f"{finding.title}, Code {finding.clause}"
    if finding.standard == "policy":
        return f"{finding.title}, policy ({finding.clause})"
    if finding.clause.startswith("the ") or not finding.clause:
        return f"{finding.title}, {finding.clause}".removesuffix(", ")
    return f"{finding.title}, Code {finding.clause}"
