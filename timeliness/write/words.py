"""What each thing in a report is called: verdicts, standards, groups, clauses, and how late."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from msgspec import Struct

from timeliness.judge.duties.window import Window
from timeliness.model.calendars import unit_of
from timeliness.model.clean import printable
from timeliness.model.dates import in_words
from timeliness.model.findings import Case, Finding, Reading
from timeliness.model.plain import a, capital, listed, number
from timeliness.model.report import Configuration
from timeliness.model.rulebooks import Rule, Rulebook
from timeliness.model.sides import POLICY, Side
from timeliness.model.verdict_words import (
    BREACH,
    CANNOT_TELL,
    MET,
    NOT_APPLICABLE,
    NOT_FOLLOWED,
    PENDING,
)
from timeliness.model.vocabulary import COMMON

Numbered = tuple[int, Finding]
"""A finding with its place among the findings of its case, from which its link is made."""

RECORD = "record"
"""The standard of what there is to say about the record itself."""

DELAYS_OPEN = "Longest delays, still open"
DELAYS_OVER = "Longest delays, answered or ended"
"""How the breaches that took longest are headed."""


def days_in_words(first: date, last: date) -> str:
    """Return the day as of which a check was made, or the first and last of several."""
    if first == last:
        return in_words(last)
    return f"{in_words(first)} to {in_words(last)}, by complaint"


def configuration_line(used: Configuration | None) -> str:
    """Return the line that names the configuration, or says that none was used."""
    return f"Configuration: {configuration_name(used)}"


def configuration_name(used: Configuration | None) -> str:
    """Return the path of the configuration with the non-working days that it adds, or "none"."""
    return printable(used.path) + days_off_of(used) if used else "none"


def days_off_of(used: Configuration) -> str:
    """Return the non-working days that a configuration adds, as the end of a sentence."""
    days = "; ".join(printable(str(one)) for one in used.days_off)
    return f", which adds non-working days: {days}" if days else ""


RECORDS = {
    "complete": "taken as a complete record: anything not listed is taken not to have happened",
    "partial": "a partial record: anything not listed may still have happened",
}
"""What a complete and a partial record are taken to mean."""


class Status(Struct, frozen=True):
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
"""How a policy compares with the Code on one point."""

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


def not_a_finding(ombudsmen: Sequence[str]) -> str:
    """Return what a report is not: not a finding of the Housing Ombudsman.

    Without anybody whose finding a breach might be taken for, it is nobody's.
    """
    names = [f"the {one}" if one[:1].isupper() else a(one) for one in ombudsmen]
    return f"not a finding of {listed(names or ['an ombudsman', 'a court'], 'or')}"


def disclaimer(ombudsmen: Sequence[str]) -> str:
    """Return the sentence that says whose finding a breach is not."""
    return f"A breach shown here is {not_a_finding(ombudsmen)}."


def only_theirs(ombudsmen: Sequence[str]) -> str:
    """Return the sentence that says whose finding a report is not, and who makes one."""
    says = f"It is {not_a_finding(ombudsmen)}"
    if not ombudsmen:
        return f"{says}."
    (name, *others) = ombudsmen
    who = "they" if others else "the Ombudsman" if name.endswith("Ombudsman") else a(name)
    return f"{says}, and only {who} can make one."


def side_title(side: Side) -> str:
    """Return the heading of a side: Policy, Code, Awaab's Law, Promise."""
    return capital(side.called or side.standard)


def sides_of(case: Case) -> tuple[Side, ...]:
    """Return the policy and the Codes of a complaint, in the order in which they are shown."""
    return tuple(dict.fromkeys(book.side for book in case.rulebooks))


def sides_named(books: Iterable[Rulebook]) -> str:
    """Return rulebooks as a sentence names them: the Code; the SPSO procedure and Awaab's Law."""
    return listed(list(dict.fromkeys(one.side.the for one in books)))


def whose(sides: Iterable[Side]) -> str:
    """Return whose limits these are, for a bracket: policy and Code; nothing for a promise."""
    names = list(dict.fromkeys(one.called for one in sides if one.called))
    return listed(names) if names else ""


def in_brackets(title: str, sides: Iterable[Side]) -> str:
    """Return a title with whose it is: Stage 1 response (policy and Code)."""
    by = whose(sides)
    return f"{title} ({by})" if by else title


RESIDENT = "What the resident may do, and by when"
"""The heading over the resident's own time, such as that to go to the Ombudsman."""


def is_residents_own(finding: Finding) -> bool:
    """Whether a finding is about the resident's own time, which no landlord can meet or breach."""
    rule = rule_of(finding)
    return rule is not None and isinstance(rule.asks, Window) and finding.verdict != CANNOT_TELL


def rule_of(finding: Finding) -> Rule | None:
    """Return the rule behind a finding, where a rulebook has it."""
    if finding.readings:
        return finding.readings[0].rule
    for book in finding.rulebooks:
        if rule := book.rule(finding.rule):
            return rule
    return None


def clause_of(finding: Finding) -> str:
    """Return the clause a finding rests on: Code 5.13; policy, stage 1; nothing for a promise."""
    clause = finding.clause
    if not clause or clause.startswith("the "):
        return clause
    # A promise, or what the record shows, rests on a clause of a rulebook all the same.
    side = finding.rulebooks[0].side if finding.rulebooks else finding.side
    return f"{side.called} ({clause})" if side.standard == POLICY else f"{side.called} {clause}"


def heading(finding: Finding) -> str:
    """Return a finding's title with its clause: Stage 2 response, Code 5.13."""
    return ", ".join(part for part in (finding.title, clause_of(finding)) if part)


def group_of(finding: Finding) -> str:
    """Return the part of the report to which a finding belongs, one of `GROUPS`."""
    if finding.standard in GROUPS:
        return finding.standard
    stage = 0
    if finding.readings:
        kind = COMMON.find(finding.readings[0].rule.clock.stop)
        stage = kind.stage if kind else 0
    if not stage:
        stage = next((one for one in (1, 2, 3) if f"stage-{one}" in finding.rule), 0)
    return f"stage {stage}" if stage else "other"


def lateness(of: Finding | Reading) -> str:
    """Return how late something was: 6 working days late; overdue by 24 working days.

    Where a limit in working days was passed by days off alone, it says the calendar days.
    """
    late, days = of.late_by, of.days_late
    limit = of.limit if isinstance(of, Finding) else of.rule.clock.limit
    overdue = isinstance(of, Finding) and of.is_owed
    if late is None or late.most == 0:
        if not days or days.most == 0:
            return "overdue" if overdue else "late"
        amount = number(days, "day") + (f" ({number(late, unit_of(limit))})" if late else "")
    else:
        amount = number(late, unit_of(limit))
    return f"overdue by {amount}" if overdue else f"{amount} late"


def taken(reading: Reading) -> str:
    """Return how long something took or is open: 3 working days; 43 hours of a limit in hours."""
    if reading.hours:
        return number(reading.hours, "hour")
    return number(reading.working_days, "working day") if reading.working_days else ""


def due_time(of: Finding | Reading) -> str:
    """Return the time at which something was due, where its clock runs in hours: 14:30."""
    return f"{of.due_at.earliest:%H:%M}" if of.due_at and of.due_at.exact else ""


def lateness_in_days(of: Finding) -> str:
    """Return how late something was in calendar days, where that says more than `lateness`."""
    late, days = of.late_by, of.days_late
    in_days = unit_of(of.limit) == "calendar day"
    if not days or days.most == 0 or (late and late.most == 0) or in_days:
        return ""
    return number(days, "calendar day")


def short_reference(text: str, most: int = 60) -> str:
    """Return a reference, cut where it is longer than a page head has room for."""
    return text if len(text) <= most else text[: most - 1] + "…"
