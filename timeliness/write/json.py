"""JSON: everything that was found, in the stable form of docs/json.md, whole or line by line."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from timeliness.model.assumption import Assumed
from timeliness.model.claims import FLAGS, ClaimTotal
from timeliness.model.clean import as_json
from timeliness.model.dates import Span
from timeliness.model.errors import Mistake
from timeliness.model.findings import Case, Finding, Reading, StatementFound
from timeliness.model.ranges import Moments, Range
from timeliness.model.report import Report
from timeliness.model.timelines import Timeline
from timeliness.results.flat import Flat
from timeliness.write.count import counted_days
from timeliness.write.formats import Options
from timeliness.write.head import head_of
from timeliness.write.policy import point_data
from timeliness.write.sums_data import sums_data


def write_json(report: Report, options: Options) -> str:
    """Return the report as JSON; `explain` adds the count of each finding."""
    return as_json(as_data(report, explain=options.explain), indent=2) + "\n"


def as_data(report: Report, *, explain: bool = False) -> dict[str, Any]:
    """Return the report as plain data."""
    return {
        **head_of(report),
        "complaints": [_case(case, explain=explain) for case in report.cases],
        "unchecked": [
            {"path": one.path, "line": one.line, "says": one.says} for one in report.unchecked
        ],
        **({"left_out": [_left_out(one) for one in report.later]} if report.later else {}),
        **({"received": report.period} if report.period else {}),
        **({"not_looked_at": report.not_looked_at} if report.not_looked_at else {}),
        "summary": report.summary,
        **(sums_data(report.sums) if report.sums else {}),
        **({"assumed": assumed_data(report.assumed)} if report.assumed else {}),
        **({"claims": [claims_data(one) for one in report.claims]} if report.claims else {}),
        **(
            {"gate": [{"weight": w, "says": says} for w, says in report.gate]}
            if report.gate
            else {}
        ),
    }


def assumed_data(one: Assumed) -> dict[str, Any]:
    """Return what is assumed, and how many limits are met and breached with it and without it."""
    names = ("met", "breach", "cannot_tell")
    return {
        "says": str(one.assumption),
        "extension_letters": list(one.assumption.facts),
        "approver": one.assumption.approver,
        "date": one.assumption.day.isoformat(),
        "shares": [
            {
                "standard": side.standard,
                "series": side.series,
                "rule": rule,
                "with": dict(zip(names, own, strict=True)),
                "without": dict(zip(names, without, strict=True)),
            }
            for (side, rule), (own, without) in one.shares.items()
        ],
    }


def claims_data(one: ClaimTotal) -> dict[str, Any]:
    """Return how often the claims of one column are right."""
    return {
        "column": one.column,
        "about": one.about,
        "states": one.kind,
        "standard": one.side.standard if one.side else None,
        "series": one.side.series if one.side else None,
        "counted": one.counted or None,
        "claims": one.claims,
        "right": one.right,
        "right_otherwise": [{"reading": reading, "claims": n} for reading, n in one.otherwise],
        "wrong": one.wrong,
        "not_checkable": one.unknown,
        **(
            {"in_time_though_late": one.in_time, "late_though_in_time": one.late}
            if one.kind in FLAGS
            else {}
        ),
    }


def _left_out(one: Mistake) -> dict[str, Any]:
    return {
        "complaint": one.reference,
        "path": one.path,
        "line": one.line,
        "says": one.sentence,
    }


def _case(case: Case, *, explain: bool) -> dict[str, Any]:
    timeline = case.timeline
    return {
        "complaint": timeline.complaint,
        "landlord": timeline.landlord,
        "nation": timeline.nation,
        "record": timeline.record,
        "as_at": case.as_at.isoformat(),
        "findings": [_finding(finding, explain=explain) for finding in case.findings],
        "not_examined": [
            {
                "rule": one.rule,
                "rulebook": one.rulebook,
                "standard": one.side.standard,
                "series": one.side.series,
                "clause": one.clause,
                "says": one.title,
            }
            for one in case.not_examined
        ],
        "statements": [_statement(one) for one in case.statements],
        "policy_points": [point_data(point) for point in case.policy_points],
        "problems": [{"line": one.line, "says": one.says} for one in case.problems],
        "notes": list(case.notes),
        **({"carried": dict(case.carried)} if case.carried else {}),
    }


def _statement(one: StatementFound) -> dict[str, Any]:
    return {
        "line": one.line,
        "words": one.words,
        "by": one.by,
        "source": one.source,
        "about": one.about,
        "states": one.stated,
        "outcome": one.outcome,
        "would_be": one.would_be,
        "readings": list(one.readings),
        "says": one.says,
    }


def _finding(finding: Finding, *, explain: bool) -> dict[str, Any]:
    data: dict[str, Any] = {
        "rule": finding.rule,
        "episode": finding.episode,
        "rulebook": finding.rulebook,
        "standard": finding.standard,
        "series": finding.side.series,
        "clause": finding.clause,
        "duty": finding.duty,
        "verdict": finding.verdict,
        "reason": finding.reason,
        "start": span_as_data(finding.start),
        "due": span_as_data(finding.due),
        "done": span_as_data(finding.done),
        "working_days": _range(finding.working_days),
        "late_by": _range(finding.late_by),
        "days_late": _range(finding.days_late),
        "extensions": [
            {"told": span_as_data(one.told), "until": span_as_data(one.until), "line": one.line}
            for one in finding.extensions
        ],
        "readings": [_reading(reading) for reading in finding.readings],
        "provenance": finding.provenance,
        "says": finding.says,
        "settled_by": (
            {"says": finding.settled_by.says, "add": finding.settled_by.add}
            if finding.settled_by
            else None
        ),
        "due_in": _range(finding.due_in),
        "projected": finding.projected,
    }
    if finding.accepted:
        data["accepted"] = {
            "reason": finding.accepted.reason,
            "approver": finding.accepted.approver,
            "expires": finding.accepted.expires.isoformat(),
            "expired": finding.accepted.expired,
        }
    if finding.known:
        data["known"] = True
    if finding.severity:
        data["severity"] = finding.severity
    if explain:
        data["count"] = [
            {"day": day.day.isoformat(), "number": day.number, "why": day.why}
            for day in counted_days(finding)
        ]
    return data


def _reading(reading: Reading) -> dict[str, Any]:
    return {
        "from": reading.start_event + (", as a new complaint" if reading.as_new_complaint else ""),
        **({"counting": reading.counting} if reading.counting else {}),
        "rulebook": reading.rulebook.id,
        "clause": reading.rule.clause,
        "decides": reading.decides,
        "start": span_as_data(reading.start),
        "due": span_as_data(reading.due),
        "done": span_as_data(reading.done),
        "verdict": reading.verdict,
        "reason": reading.reason,
        "working_days": _range(reading.working_days),
        "late_by": _range(reading.late_by),
        **(
            {
                "due_at": _moments(reading.due_at),
                "done_at": _moments(reading.done_at),
                "hours": _range(reading.hours),
            }
            if reading.due_at
            else {}
        ),
    }


def _moments(at: Moments | None) -> dict[str, str] | None:
    if at is None:
        return None
    return {"earliest": _time(at.earliest), "latest": _time(at.latest)}


def _time(at: datetime) -> str:
    return at.isoformat(timespec="minutes")


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _range(numbers: Range | None) -> dict[str, int | None] | None:
    return {"least": numbers.least, "most": numbers.most} if numbers else None


def span_as_data(span: Span | None) -> dict[str, str | None] | None:
    """Return a span of days as plain data, None where there is none."""
    if span is None:
        return None
    return {"earliest": _day(span.earliest), "latest": _day(span.latest)}


def finding_as_data(finding: Finding) -> dict[str, Any]:
    """Return one finding as plain data."""
    return _finding(finding, explain=False)


def write_lines(found: Iterable[tuple[Timeline, Finding, Flat]]) -> str:
    """Return findings, one in a line, with the status of each."""
    return "".join(_line(*one) for one in found)


def _line(timeline: Timeline, finding: Finding, flat: Flat) -> str:
    data = {
        "complaint": timeline.complaint,
        "landlord": timeline.landlord,
        "path": timeline.path,
        "line": timeline.line,
        **finding_as_data(finding),
        "status": flat.status,
    }
    if flat.carried:
        data["carried"] = dict(flat.carried)
    return as_json(data) + "\n"


def write_claims(
    timeline: Timeline, claims: Iterable[StatementFound], carried: Mapping[str, str]
) -> str:
    """Return what the landlord's own system claims about a complaint, each claim in a line."""
    return "".join(
        as_json(
            {
                "complaint": timeline.complaint,
                "landlord": timeline.landlord,
                "path": one.source or timeline.path,
                "line": one.line,
                "statement": _statement(one),
                **({"carried": dict(carried)} if carried else {}),
            }
        )
        + "\n"
        for one in claims
    )
