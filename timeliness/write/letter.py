"""A paragraph for a letter: what was due and what was done, in the landlord's words and another's.

It says what the findings say and no more. A time limit on an acknowledgement or an answer is put as
a person would write it; anything else keeps the sentence of its finding.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from msgspec import Struct

from timeliness.model.calendars import HOURS
from timeliness.model.clean import no_command
from timeliness.model.covered import ANNOUNCED_UNTIL
from timeliness.model.dates import Span, hull_of, in_words
from timeliness.model.findings import Case, Finding
from timeliness.model.plain import listed, number, on_or_between, small, span_in_words
from timeliness.model.report import Report
from timeliness.model.sides import POLICY, Side
from timeliness.model.timelines import Event
from timeliness.model.verdict_words import (
    BREACH,
    CANNOT_TELL,
    MET,
    NOT_APPLICABLE,
    NOT_FOLLOWED,
    PENDING,
    PROBLEMS,
)
from timeliness.write.answers import answer, is_judged
from timeliness.write.formats import Options
from timeliness.write.lines import WIDTH
from timeliness.write.text import closing_lines
from timeliness.write.words import (
    GROUPS,
    RECORDS,
    clause_of,
    group_of,
    lateness,
)


class _Voice(Struct, frozen=True):
    """Who writes: the landlord to the resident, or an adviser about both.

    `clauses` says whether the clause of each limit is named.
    """

    title: str
    who: str
    have: str
    your: str
    our: str
    clauses: bool


_VOICES = (
    _Voice("FOR THE LANDLORD'S LETTER", "we", "have", "your", "our", clauses=False),
    _Voice("FOR AN ADVISER", "the landlord", "has", "the", "its", clauses=True),
)

_ACTS = {
    "complaint acknowledged": ("acknowledge", "acknowledged", "{your} complaint"),
    "escalation acknowledged": ("acknowledge", "acknowledged", "{your} request to escalate"),
    "stage 3 acknowledged": ("acknowledge", "acknowledged", "{your} request for stage 3"),
    "stage 1 response": ("send", "sent", "{our} stage 1 response"),
    "stage 2 response": ("send", "sent", "{our} stage 2 response"),
    "stage 3 response": ("send", "sent", "{our} stage 3 response"),
}
"""What a landlord does to stop a clock: the verb, its participle, and its object."""

_PLAIN = ("in-time", "within-extension", "late", "not-yet-due")
"""The reasons of a finding that two dates tell in full."""

_PROVENANCE = {
    "reported": "This limit is known from one second-hand source only.",
    "unverified": "This limit is unverified: it is given as generally understood, and its text has "
    "not been seen.",
}


def write_letter(report: Report, options: Options) -> str:
    """Return a paragraph for each stage of each complaint, a line each, so that it can be pasted.

    Both voices are written, each under its heading, and each complaint under its reference.
    """
    lines: list[str] = []
    for place, case in enumerate(report.cases):
        lines += ["", "=" * WIDTH, ""] if place else []
        lines += _case_lines(case, options)
    lines += closing_lines(report)
    return "\n".join(no_command(line.rstrip()) for line in lines) + "\n"


def _case_lines(case: Case, options: Options) -> Iterator[str]:
    timeline = case.timeline
    yield ", ".join(filter(None, (f"Complaint {timeline.complaint}", timeline.landlord)))
    yield f"As at {in_words(case.as_at)}; {RECORDS[timeline.record]}."
    for book in case.rulebooks:
        yield f"Against {book.title} ({book.id})."
    yield from case.notes
    findings = [
        one
        for one in case.findings
        if _is_told(one) and (options.show == "all" or one.counts_as in PROBLEMS)
    ]
    for voice in _VOICES:
        yield from ("", voice.title)
        if not findings:
            yield f"{answer(case).says}."
        for group in GROUPS:
            members = [one for one in findings if group_of(one) == group]
            told = [_Passage(case, voice, alike).text() for alike in _together(case, members)]
            if told:
                yield " ".join(told)


def _is_told(finding: Finding) -> bool:
    """Whether a finding is of something that fell due, or that has to be looked at."""
    if not is_judged(finding) or finding.verdict == NOT_APPLICABLE:
        return False
    timed = finding.readings or finding.standard in ("promise", "order")
    return bool(timed) or finding.verdict != MET


def _together(case: Case, findings: Iterable[Finding]) -> list[list[Finding]]:
    """Return the findings of one act that come to the same under several rulebooks together."""
    alike: dict[tuple[object, ...], list[Finding]] = {}
    for one in findings:
        key = (
            *(one.rule, one.title, one.duty, one.due, one.done, one.verdict, one.reason),
            *(one.late_by, one.days_late, one.provenance, one.unless_extended, one.projected),
            _original(one) if _act(case, one) else one.says,
        )
        alike.setdefault(key, []).append(one)
    return list(alike.values())


class _Passage:
    """What one voice says of the findings of one act that come to the same."""

    def __init__(self, case: Case, voice: _Voice, findings: Sequence[Finding]) -> None:
        self.case = case
        self.voice = voice
        self.findings = findings
        self.first = findings[0]

    def text(self) -> str:
        """Return the sentences: what was due, what was done, and how sure that is."""
        act = _act(self.case, self.first)
        parts = [*(self._of_act(*act) if act else self._as_found())]
        if self.first.counts_as == NOT_FOLLOWED:
            whose = self._whose()
            parts.append(
                f'{whose[:1].upper()}{whose[1:]} {"say" if self.findings[1:] else "says"} "should" '
                "here: this is not a breach, but it has to be explained."
            )
        limit = "limit" if self.first.readings else "clause"
        if says := _PROVENANCE.get(self.first.provenance):
            parts.append(says.replace("limit", limit))
        if self.first.projected:
            parts.append(
                f"Bank holidays after {in_words(ANNOUNCED_UNTIL)} have not been announced, so the "
                "day may change."
            )
        return " ".join(parts)

    def _of_act(self, verb: str, did: str, thing: str) -> Iterator[str]:
        """Yield what was due and done, of an act that has words in both voices."""
        voice, first = self.voice, self.first
        what = thing.format(your=voice.your, our=voice.our)
        if first.episode_of:
            noun, _, of = first.episode_of.partition(" ")
            what += f" {of}" if what.endswith(f" {noun}") else f" ({first.episode_of})"
        by = _day(first.due)
        original = _original(first)
        if original and original != first.due:
            by += f", extended from {span_in_words(original)}"
        clauses = f" ({names})" if (names := self._clauses()) else ""
        under = "" if voice.clauses or not self._several() else f"under {self._whose()}, "
        if first.verdict == PENDING:
            says = f"{under}{voice.who} {voice.have} until {by} to {verb} {what}{clauses}."
        elif voice.clauses and first.duty == "must":
            says = f"{under}{voice.who} had to {verb} {what} by {by}{clauses}."
        else:
            says = f"{under}{voice.who} should have {did} {what} by {by}{clauses}."
        yield says[:1].upper() + says[1:]
        yield self._done()

    def _done(self) -> str:
        """Return what was done of what was due."""
        first, who = self.first, "We" if self.voice.who == "we" else "It"
        as_at, unless = in_words(self.case.as_at), self._unless()
        if first.verdict == PENDING:
            left = f", with {number(first.due_in, 'working day')} left" if first.due_in else ""
            if self.case.timeline.record == "partial":
                return f"The record does not show that {small(who)} had done so by {as_at}{left}."
            return f"{who} had not done so by {as_at}{left}."
        if first.is_owed:
            return f"{who} had not done so by {as_at}, when it was {lateness(first)}{unless}."
        how = "in time" if first.verdict == MET else f"{lateness(first)}{unless}"
        if first.done and first.done.latest is None:
            # What is only claimed may have come on its day, later, or not at all.
            return (
                f"There is no evidence that {small(who)} did so; if {small(who)} did, it was "
                f"{on_or_between(first.done)}, {how}."
            )
        return f"{who} did so {_on(first.done, first.due)}, {how}."

    def _unless(self) -> str:
        """Return that an extension, which a partial record need not show, would change it."""
        return " unless the time was extended" if self.first.unless_extended else ""

    def _as_found(self) -> Iterator[str]:
        """Yield the sentence of the finding itself, under its title."""
        first = self.first
        title = ", ".join(filter(None, (first.title, self._clauses())))
        if not self.voice.clauses and self._several() and first.side.called:
            title += f" ({self._whose()})"
        lead = "it cannot be decided from the record whether this was met. "
        yield f"{title}: {lead if first.verdict == CANNOT_TELL else ''}{first.says}"
        if first.verdict == BREACH and first.late_by:
            it = "It" if first.still_open else "That"
            yield f"{it} is {lateness(first)}{self._unless()}."
        elif first.counts_as == BREACH and first.side.called:
            yield f"That does not meet {self._whose()}."
        elif first.verdict == MET and first.reason in _PLAIN and first.due:
            yield "That was in time."
        if first.settled_by and self.voice.clauses:
            yield first.settled_by.says

    def _several(self) -> bool:
        """Whether the complaint is checked against more than one set of rules."""
        return len({one.side for one in self.case.findings if one.readings}) > 1

    def _whose(self) -> str:
        """Return whose limits these are: our policy and the Code."""
        sides = dict.fromkeys(one.side for one in self.findings)
        return listed([self._the(side) for side in sides])

    def _the(self, side: Side) -> str:
        return f"{self.voice.our} policy" if side.standard == POLICY else side.the

    def _clauses(self) -> str:
        """Return the clauses, for a voice that names them."""
        names = dict.fromkeys(filter(None, map(_clause, self.findings)))
        return listed(list(names)) if names and self.voice.clauses else ""


def _act(case: Case, finding: Finding) -> tuple[str, str, str] | None:
    """Return the words of what was due, where two dates tell all that the finding says of it."""
    if not finding.readings or (finding.limit and finding.limit.unit == HOURS):
        return None
    clock = finding.readings[0].rule.clock
    plain = finding.reason in _PLAIN or finding.is_owed
    # A breach may be of the logging alone, and a late act may have come after the answer, up to
    # which its days are counted then.
    logged = bool(clock.logged and finding.verdict == BREACH and case.timeline.named(clock.logged))
    answers = case.timeline.named(*clock.answers) if finding.verdict == BREACH else []
    if not plain or logged or (answers and not _follows(answers, finding.done)):
        return None
    if finding.verdict == CANNOT_TELL or finding.due is None:
        return None
    return _ACTS.get(clock.stop)


def _follows(answers: Iterable[Event], done: Span | None) -> bool:
    """Whether no answer can have come before what was done."""
    if done is None or done.latest is None:
        return False
    days = [one.when.span.earliest if one.when else None for one in answers]
    return all(day is not None and day >= done.latest for day in days)


def _clause(finding: Finding) -> str:
    """Return a clause as it stands within brackets: Code 6.2; policy, stage 1."""
    if finding.side.standard == POLICY and finding.clause:
        return f"{finding.side.called}, {finding.clause}"
    return clause_of(finding)


def _original(finding: Finding) -> Span | None:
    """Return when something was due before it was extended."""
    return hull_of(one.original_due for one in finding.readings if one.decides)


def _day(span: Span | None) -> str:
    """Return a span as it follows "by": a day, or one between two."""
    if span and span.earliest and span.latest and not span.exact:
        return f"a day {on_or_between(span)}"
    return span_in_words(span)


def _on(done: Span | None, due: Span | None) -> str:
    """Return when something was done, without the year where that of the due day says it."""
    text = on_or_between(done)
    year = _year(due)
    same = bool(year) and year == _year(done) and bool(done and done.exact)
    return text.removesuffix(f" {year}") if same else text


def _year(span: Span | None) -> int | None:
    days: list[date] = [day for day in (span.earliest, span.latest) if day] if span else []
    return days[0].year if len({day.year for day in days}) == 1 else None
