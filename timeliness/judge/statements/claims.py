"""Statements without a figure, that something was in time or late, held against the clocks."""

from __future__ import annotations

from collections.abc import Sequence

from timeliness.judge.statements.outcomes import Outcome
from timeliness.model.findings import (
    BREACH,
    CANNOT_TELL,
    MET,
    NOT_APPLICABLE,
    NOT_CHECKABLE,
    PENDING,
    RIGHT,
    RIGHT_OTHERWISE,
    WRONG,
    Finding,
)
from timeliness.model.statements import IN_TIME, LATE, Statement


def in_time_or_late(statement: Statement, event: str, findings: Sequence[Finding]) -> Outcome:
    """Return whether "in time" or "late" is so of every limit that the statement may mean.

    Without an event it speaks of all responses. Where a policy can be read in several ways, it is
    right on another reading if one of them bears it out.
    """
    clocks = [
        finding
        for finding in findings
        if finding.readings
        and finding.verdict != NOT_APPLICABLE
        and statement.against in ("", finding.standard)
        and _is_about(finding, event)
    ]
    if not clocks:
        return Outcome(NOT_CHECKABLE, "No limit that was checked is one for it.")
    claimed, wanted = (LATE, BREACH) if statement.states == LATE else (IN_TIME, MET)
    late = [finding for finding in clocks if finding.verdict == BREACH]
    unclear = [finding for finding in clocks if finding.verdict in (CANNOT_TELL, PENDING)]
    if late:
        return Outcome(RIGHT if claimed == LATE else WRONG, _told(late), LATE)
    if not unclear:
        return Outcome(RIGHT if claimed == IN_TIME else WRONG, _told(clocks), IN_TIME)
    borne_out = all(
        any(reading.verdict == wanted for reading in finding.readings) for finding in unclear
    )
    return Outcome(RIGHT_OTHERWISE if borne_out else NOT_CHECKABLE, _told(unclear))


def _told(findings: Sequence[Finding]) -> str:
    told = []
    for finding in findings:
        clause = f", {finding.clause}" if finding.standard == "code" else ""
        text = f"{finding.title} ({finding.rulebooks[0].short}{clause}): {finding.says}"
        told.append(text + (f" {finding.settled_by.says}" if finding.settled_by else ""))
    return " ".join(told)


def _is_about(finding: Finding, event: str) -> bool:
    stop = finding.readings[0].rule.clock.stop
    return stop == event if event else stop.endswith("response")
