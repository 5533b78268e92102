"""The answer that a reader sees first: of one complaint, and of several."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from timeliness.model.dates import in_words
from timeliness.model.findings import Case, Finding
from timeliness.model.plain import capital, listed, number, small
from timeliness.model.report import Report
from timeliness.model.sides import Side
from timeliness.model.verdict_words import (
    BREACH,
    CANNOT_TELL,
    CLOSED_UNANSWERED,
    MET,
    NOT_APPLICABLE,
    NOT_FOLLOWED,
    OF_RULES,
    PENDING,
    of_several,
)
from timeliness.write.headline import answer_for_many, no_breach
from timeliness.write.words import (
    RECORD,
    STATUSES,
    Status,
    in_brackets,
    is_residents_own,
    lateness,
    whose,
)

_MOST = 5
"""How many breaches or titles a sentence names."""
_MOST_OPEN = 2
"""How many questions that the record leaves open follow the answer."""


class Answer(Struct, frozen=True):
    """The answer for one complaint.

    `says` is the sentence without its stop, `points` each breach in a few words, `next` what is
    due next, `rest` what else there is to know; each but `says` may be empty.
    """

    status: Status
    says: str
    points: tuple[str, ...] = ()
    rest: tuple[str, ...] = ()
    next: str = ""

    @property
    def after(self) -> str:
        """Return what follows the answer, as sentences."""
        following = (f"Next: {self.next}.",) if self.next else ()
        return " ".join((*self.rest, *following))

    def __str__(self) -> str:
        points = list(self.points)
        if len(points) > _MOST + 1:
            points = [*points[:_MOST], f"and {len(points) - _MOST} more, below"]
        says = f"{self.says}: {'; '.join(map(small, points))}" if points else self.says
        return f"{says}. {self.after}".strip()


def is_judged(finding: Finding) -> bool:
    """Whether a finding judges what the landlord owes: not the record, nor the resident's time."""
    return finding.standard != RECORD and not is_residents_own(finding)


def answer(case: Case) -> Answer:
    """Return what was breached, or what is due next, or what could not be decided."""
    judged = [one for one in case.findings if is_judged(one) and one.verdict != NOT_APPLICABLE]
    unclear = [one for one in judged if one.counts_as == CANNOT_TELL]
    not_followed = [one for one in judged if one.counts_as == NOT_FOLLOWED]
    following = _next_due(case)
    rest = _not_followed(not_followed) + _closed(unclear) + _left_open(case)
    breaches = case.with_verdict(BREACH)
    if breaches:
        rest += _undecided(len(unclear))
        says = number(len(breaches), "breach")
        return Answer(STATUSES[BREACH], says, in_short(breaches), rest, following)
    if not judged:
        none = f"{no_breach(case.scope)}: nothing was due"
        nothing = none if case.findings else "There was nothing to check"
        return Answer(STATUSES[NOT_APPLICABLE], nothing, (), rest)
    # What was closed without an answer is named apart.
    otherwise = [one for one in unclear if one.reason != CLOSED_UNANSWERED]
    named = f": {_named(otherwise)}" if otherwise else ""
    if len(unclear) == len(judged):
        says = f"Nothing could be decided from the record{named}"
        return Answer(STATUSES[CANNOT_TELL], says, (), rest)
    if unclear and not following:
        none = no_breach(case.scope, f"{'was ' if case.scope else ''}found")
        of = f"{len(unclear)} of {number(len(judged), 'limit')}"
        says = f"{none}, but {of} cannot be decided{named}"
        return Answer(STATUSES[CANNOT_TELL], says, (), rest)
    if following:
        rest += _undecided(len(unclear))
        status = CANNOT_TELL if unclear else NOT_FOLLOWED if not_followed else PENDING
        return Answer(STATUSES[status], no_breach(case.scope, "so far"), (), rest, following)
    if not_followed:
        return Answer(STATUSES[NOT_FOLLOWED], no_breach(case.scope), (), rest)
    if not [one for one in judged if one.verdict == MET]:
        return Answer(STATUSES[PENDING], no_breach(case.scope, "so far"), (), rest)
    every = "every limit" if case.scope == OF_RULES else "every limit that was checked"
    return Answer(STATUSES[MET], f"{no_breach(case.scope)}: {every} was met", (), rest)


def answer_for_all(report: Report) -> str:
    """Return the answer for several complaints."""
    cases = report.cases
    answers = [(case, answer(case)) for case in cases]
    judged = [one for case in cases for one in case.findings if is_judged(one)]
    breached = [case.timeline.complaint for case, one in answers if one.status.name == BREACH]
    undecided = sum(
        bool([one for one in case.with_verdict(CANNOT_TELL) if is_judged(one)])
        for case, one in answers
        if one.status.name != BREACH
    )
    more = f" and {len(breached) - _MOST} more" if breached[_MOST:] else ""
    return answer_for_many(
        len(cases),
        len(breached),
        undecided,
        decides=any(one.counts_as in (MET, PENDING, NOT_FOLLOWED) for one in judged),
        named=f": {', '.join(breached[:_MOST])}{more}",
        closed=sum(one.reason == CLOSED_UNANSWERED for one in judged),
        later=len(report.later),
        unlooked=report.not_looked_at,
        scope=of_several([case.scope for case in cases]),
    )


# Parts ----------------------------------------------------------------------------------------


def in_short(findings: Sequence[Finding]) -> tuple[str, ...]:
    """Return each breach in a few words, those of one act together, whoever asks."""
    together: dict[str, dict[str, list[Finding]]] = {}
    for finding in findings:
        what, how = _in_brief(finding)
        together.setdefault(what, {}).setdefault(how, []).append(finding)
    return tuple(capital(_phrase(what, ways)) for what, ways in together.items())


def _phrase(what: str, ways: dict[str, list[Finding]]) -> str:
    """Return one breach: stage 1 response 2 working days late (policy), 7 ... late (Code)."""
    parts = []
    for how, findings in ways.items():
        marks = [whose(one.side for one in findings)]
        if len(ways) == 1 and len(findings) == 1:
            marks.append(_due_of(findings[0]))
        if any(one.provenance == "unverified" for one in findings):
            marks.append("clause not read")
        if any(one.unless_extended for one in findings):
            how += " unless it was extended"
        told = ", ".join(mark for mark in marks if mark)
        parts.append(" ".join(part for part in (how, f"({told})" if told else "") if part))
    return f"{what} {', '.join(parts)}".strip()


def _in_brief(finding: Finding) -> tuple[str, str]:
    """Return what was breached, and how, in a few words."""
    if finding.headline or not finding.readings:
        late = lateness(finding) if finding.reason == "late" else ""
        return finding.headline or small(finding.title), late
    clock, stop = finding.readings[0].rule.clock, finding.readings[0].stop
    of = f" ({finding.episode_of})" if finding.episode_of else ""
    if finding.reason != "overdue":
        return f"{clock.stop}{of}", lateness(finding)
    if not finding.is_owed:
        return f"{stop.undone.replace(' not ', ' never ', 1)}{of}", ""
    what = f"{stop.noun}{of}" if stop.undone == f"no {stop.noun}" else f"{stop.undone}{of},"
    return what, lateness(finding)


def _due_of(finding: Finding) -> str:
    """Return when what is still overdue was due."""
    due = finding.due
    if not finding.is_owed or due is None or due.earliest is None or not due.exact:
        return ""
    return f"due {in_words(due.earliest)}"


def _named(findings: Sequence[Finding]) -> str:
    """Return the titles of findings, each with whose it is."""
    together: dict[str, list[Side]] = {}
    for finding in findings:
        together.setdefault(small(finding.title), []).append(finding.side)
    titles = [in_brackets(title, by) for title, by in together.items()]
    if len(titles) > _MOST + 1:
        titles = [*titles[:_MOST], f"{len(titles) - _MOST} more, below"]
    return listed(titles)


def _undecided(count: int) -> tuple[str, ...]:
    if not count:
        return ()
    return (f"{number(count, 'point')} cannot be decided from the record.",)


def _not_followed(findings: Sequence[Finding]) -> tuple[str, ...]:
    if not findings:
        return ()
    return (f"Not followed, so to be explained: {listed(list(map(small, in_short(findings))))}.",)


def _closed(findings: Sequence[Finding]) -> tuple[str, ...]:
    """Return the stages that were closed and have no answer on the record."""
    closed = [one for one in findings if one.reason == CLOSED_UNANSWERED]
    if not closed:
        return ()
    limits = f"{number(len(closed), 'limit')} {'was' if len(closed) == 1 else 'were'}"
    return (f"{limits} closed without a recorded answer: {_named(closed)}.",)


def _left_open(case: Case) -> tuple[str, ...]:
    """Return what the record itself leaves to ask that the answer turns on."""
    told = [one.headline for one in case.findings if one.standard == RECORD and one.headline]
    return tuple(dict.fromkeys(told))[:_MOST_OPEN]


def _next_due(case: Case) -> str:
    """Return what is due next, when, and how far off that is; empty where nothing is.

    The resident's time to go to the Ombudsman has no count: nobody owes it.
    """
    pending = [
        (finding.due.earliest, finding)
        for finding in case.with_verdict(PENDING)
        if finding.due and finding.due.earliest and finding.due_in
    ]
    if not pending:
        return ""
    day, first = min(pending, key=lambda one: one[0])
    assert first.due_in
    noun = first.readings[0].stop.noun if first.readings else ""
    name = small(first.title) if not noun or noun.startswith("event ") else noun
    by = whose(one.side for due, one in pending if due == day and one.rule == first.rule)
    when = "today" if day == case.as_at else f"in {number(first.due_in.least, 'working day')}"
    return f"{name} due {day:%A} {in_words(day)}, {when}" + (f" ({by})" if by else "")
