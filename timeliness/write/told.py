"""What a finding and a case come to in a few plain words, for the pages that people print."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from timeliness.model.calendars import unit_of
from timeliness.model.dates import in_words
from timeliness.model.findings import (
    BREACH,
    CANNOT_TELL,
    MET,
    NOT_APPLICABLE,
    NOT_FOLLOWED,
    PENDING,
    Case,
    Finding,
)
from timeliness.model.plain import number
from timeliness.model.rulebooks import Duty, Rule
from timeliness.model.vocabulary import COMMON

Numbered = tuple[int, Finding]
"""A finding with its place among the findings of its case, from which its link is made."""


@dataclass(frozen=True)
class Status:
    """A verdict as it is shown: a word and a shape, which the name of its colour follows."""

    name: str
    word: str
    shape: str


STATUSES = {
    BREACH: Status(BREACH, "Breach", "cross"),
    NOT_FOLLOWED: Status(NOT_FOLLOWED, "Not followed", "bang"),
    CANNOT_TELL: Status(CANNOT_TELL, "Cannot tell", "query"),
    PENDING: Status(PENDING, "Not yet due", "ring"),
    MET: Status(MET, "Met", "tick"),
    NOT_APPLICABLE: Status(NOT_APPLICABLE, "Not applicable", "dash"),
}
"""Every verdict, the gravest first."""

OUTCOMES = {
    "right": Status(MET, "Right", "tick"),
    "right-on-another-reading": Status(NOT_FOLLOWED, "Right only if counted differently", "bang"),
    "wrong": Status(BREACH, "Wrong", "cross"),
    "not-checkable": Status(NOT_APPLICABLE, "Cannot be checked", "dash"),
}
"""How the check of a statement came out."""

STANDINGS = {
    "same": Status(MET, "The same", "tick"),
    "stricter": Status(MET, "Stricter", "tick"),
    "weaker": Status(BREACH, "Weaker", "cross"),
    "unsaid": Status(CANNOT_TELL, "Unsaid", "query"),
    "lacking": Status(BREACH, "Lacking", "cross"),
}
"""How a policy stands to the Code on one point."""

_STANDARDS = {
    "policy": ("Policy", "the policy"),
    "code": ("Code", "the Code"),
    "promise": ("Promise", "a promise"),
    "order": ("Order", "an order"),
    "record": ("Record", "the record"),
}

GROUPS = {
    "stage 1": "Stage 1",
    "stage 2": "Stage 2",
    "stage 3": "Stage 3",
    "other": "Other limits",
    "promise": "Promises",
    "order": "Orders of the Ombudsman",
}
"""The parts into which the findings of a complaint fall, in order."""


def status_of(finding: Finding) -> Status:
    """Return how a finding's verdict is shown."""
    return STATUSES[finding.counts_as]


def standard_name(standard: str) -> str:
    """Return the heading of a standard: Policy, Code, Promise."""
    return _STANDARDS.get(standard, (standard.capitalize(), ""))[0]


def _under(standards: Sequence[str]) -> str:
    """Return what a duty stands under: the policy and the Code."""
    names = list(dict.fromkeys(_STANDARDS.get(one, ("", one))[1] for one in standards))
    return " and ".join(names)


def lateness(finding: Finding) -> str:
    """Return how late something was: 6 working days late; "not done" where it never was."""
    if finding.reason == "overdue" or (finding.verdict == BREACH and finding.done is None):
        return "not done"
    late, days = finding.late_by, finding.days_late
    if late is not None and late.most != 0:
        return f"{number(late, unit_of(finding.limit))} late"
    if days is not None and days.most != 0:
        return f"{number(days, 'day')} late"
    return "late"


def rule_of(finding: Finding) -> Rule | Duty | None:
    """Return the rule or duty behind a finding, where a rulebook holds it."""
    if finding.readings:
        return finding.readings[0].rule
    for book in finding.rulebooks:
        if rule := book.rule(finding.rule) or book.duty(finding.rule):
            return rule
    return None


def clause_of(finding: Finding) -> str:
    """Return what a finding stands under: Code, clause 5.13; Policy, stage 1; Promise."""
    clause, name = finding.clause, standard_name(finding.standard)
    if not clause:
        return name
    if finding.standard == "policy":
        return f"{name}, {clause}"
    numbered = f"clause {clause}" if clause[0].isdigit() else clause
    return f"{name}, {numbered}" if finding.standard == "code" else f"{name}; Code, {numbered}"


def group_of(finding: Finding) -> str:
    """Return the part of the report to which a finding belongs, one of `GROUPS`."""
    if finding.standard in GROUPS:
        return finding.standard
    stage = 0
    if finding.readings:
        kind = COMMON.find(finding.readings[0].rule.clock.stop)
        stage = kind.stage if kind else 0
    if not stage:
        stage = next((number for number in (1, 2, 3) if f"stage-{number}" in finding.rule), 0)
    return f"stage {stage}" if stage else "other"


def _what(finding: Finding) -> tuple[str, str]:
    """Return what a breach concerns, and what is wrong with it."""
    late = lateness(finding)
    if finding.headline or not finding.readings:
        return finding.headline or finding.title, late if finding.reason == "late" else ""
    stop = finding.readings[0].rule.clock.stop
    return ("", finding.readings[0].stop.undone) if late == "not done" else (stop, late)


_DAYS_LATE = " working days late"


def in_short(findings: Sequence[Finding]) -> list[str]:
    """Return each breach in a line, those of one act together whatever the standard."""
    told: dict[str, dict[str, list[str]]] = {}
    for finding in findings:
        subject, wrong = _what(finding)
        key = subject or wrong
        told.setdefault(key, {}).setdefault(wrong, []).append(finding.standard)
    lines = []
    for subject, wrongs in told.items():
        parts: list[str] = []
        for wrong, standards in wrongs.items():
            if parts and wrong.endswith(_DAYS_LATE) and _DAYS_LATE in parts[0]:
                wrong = wrong.removesuffix(_DAYS_LATE)
            under = _under([one for one in standards if one in ("policy", "code")])
            shown = "" if wrong == subject else wrong
            if under:
                shown = f"{shown} under {under}" if shown else f"under {under}"
            if shown:
                parts.append(shown)
        joined = ", ".join(parts)
        gap = " " if joined.startswith("under") else ": " if joined else ""
        line = f"{subject}{gap}{joined}"
        lines.append(line[0].upper() + line[1:])
    return lines


@dataclass(frozen=True)
class Headline:
    """The answer: its status, the sentence, and what it rests on line by line."""

    status: Status
    says: str
    points: tuple[str, ...]
    after: str = ""


def is_judged(finding: Finding) -> bool:
    """Whether a finding judges a duty, and does not speak of the record itself."""
    return finding.standard != "record"


def headline(case: Case) -> Headline:
    """Return the one sentence that answers, and the breaches line by line."""
    breaches = case.with_verdict(BREACH)
    judged = [one for one in case.findings if is_judged(one) and one.verdict != NOT_APPLICABLE]
    unclear = sum(one.verdict == CANNOT_TELL for one in judged)
    following = next_due(case)
    after = f"Next: {following}." if following else ""
    rest = (
        f"{number(unclear, 'more point')} cannot be told from the record."
        if unclear and breaches
        else f"{number(unclear, 'point')} cannot be told from the record."
        if unclear
        else ""
    )
    after = " ".join(part for part in (after, rest) if part)
    if breaches:
        says = f"{number(len(breaches), 'breach')} found"
        return Headline(STATUSES[BREACH], says, tuple(in_short(breaches)), after)
    if not case.findings:
        return Headline(STATUSES[NOT_APPLICABLE], "There was nothing to check", ())
    if unclear:
        says = f"No breach found, but {unclear} of {len(judged)} points cannot be told"
        return Headline(STATUSES[CANNOT_TELL], says, (), f"Next: {following}." if following else "")
    if following:
        return Headline(STATUSES[PENDING], "No breach so far", (), after)
    if not case.with_verdict(MET):
        return Headline(STATUSES[NOT_APPLICABLE], "No breach: nothing was due", ())
    return Headline(STATUSES[MET], "No breach: every limit that was checked was met", ())


def next_due(case: Case) -> str:
    """Return what is due next, when, and how far off that is; empty where nothing is.

    Until when the resident may go to the Ombudsman has no count: nobody owes it.
    """
    pending = [
        (finding.due.earliest, finding)
        for finding in case.with_verdict(PENDING)
        if finding.due and finding.due.earliest and finding.due_in
    ]
    if not pending:
        return ""
    day, finding = min(pending, key=lambda one: one[0])
    name = finding.title[0].lower() + finding.title[1:]
    standards = [
        other.standard for due, other in pending if due == day and other.title == finding.title
    ]
    return f"{name}, due {day:%A} {in_words(day)}{_left(finding, day, case.as_at)} under " + _under(
        standards
    )


def _left(finding: Finding, day: date, as_at: date) -> str:
    if day == as_at:
        return ", today,"
    return f", in {number(finding.due_in.least, 'working day')}," if finding.due_in else ""


def short_reference(text: str, most: int = 60) -> str:
    """Return a reference, cut where it is longer than a page head has room for."""
    return text if len(text) <= most else text[: most - 1] + "…"
