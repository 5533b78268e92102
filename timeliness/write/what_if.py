"""What an event would change, and how far what is open can go, as text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from timeliness.model.clean import no_command, printable
from timeliness.model.dates import Span, in_words
from timeliness.model.findings import Case, Finding
from timeliness.model.plain import capital, listed, number, on_or_between, short_span, span_in_words
from timeliness.model.report import Configuration
from timeliness.model.rulebooks import Extension
from timeliness.model.verdict_words import BREACH, CANNOT_TELL, NOT_APPLICABLE, REASONS
from timeliness.model.vocabulary import KEYS
from timeliness.results.due import COMING, OVERDUE
from timeliness.results.flat import RECORD
from timeliness.results.what_if import Change, Open, WhatIf
from timeliness.write.answers import answer
from timeliness.write.lines import wrap
from timeliness.write.words import (
    configuration_line,
    disclaimer,
    heading,
    lateness,
    rule_of,
    status_of,
)


def write_what_if(found: WhatIf, texts: Sequence[str], used: Configuration | None) -> str:
    """Return what some events would change; `texts` are the events as they were written."""
    lines = []
    for text in texts:
        lines += wrap(f"If: {text}", "    ", "")
    lines += [*_head(found.after), ""]
    lines += wrap(f"Without: {answer(found.before)}", "    ", "")
    lines += wrap(f"With:    {answer(found.after)}", "    ", "")
    lines += ["", "WHAT CHANGES"] if found.changes else ["", "Nothing changes."]
    for change in found.changes:
        lines += _change(change)
    if found.changes and found.same:
        stay = "stays" if found.same == 1 else "stay"
        lines += ["", f"{number(found.same, 'other point')} {stay} the same."]
    return _text(lines, found.after, used)


def write_open(case: Case, limits: Sequence[Open], used: Configuration | None) -> str:
    """Return the last day of each limit that is open, and what an extension could do."""
    lines = [*_head(case), "", *wrap(str(answer(case)))]
    if not limits:
        lines += ["", "No time limit is open."]
    for one in limits:
        lines += ["", *wrap(heading(one.finding), "  ", "")]
        for says in (_last_day(one, case), *_extension(one, case)):
            lines += wrap(says, "    ", "  ")
    return _text(lines, case, used)


def _head(case: Case) -> list[str]:
    timeline = case.timeline
    whose = f", {timeline.landlord}" if timeline.landlord else ""
    return wrap(f"Complaint {timeline.complaint}{whose}, as at {in_words(case.as_at)}")


def _text(lines: Sequence[str], case: Case, used: Configuration | None) -> str:
    """Return lines as text, with what it rests on and what it is not."""
    lines = [*lines, "", *wrap(configuration_line(used)), *wrap(disclaimer(case.ombudsmen))]
    return "\n".join(no_command(printable(line.rstrip())) for line in lines) + "\n"


# What changes -------------------------------------------------------------------------------------


def _change(change: Change) -> Iterator[str]:
    finding = change.after or change.before
    assert finding
    yield from wrap(heading(finding), "    ", "  * ")
    for name, one in (("before", change.before), ("after", change.after)):
        says = _state(one) if one else "not there"
        yield from wrap(says, " " * 12, f"    {name:8}")


def _state(finding: Finding) -> str:
    """Return how a finding stands: Breach, 2 working days late; due 2 Dec 2026; done 4 Dec 2026."""
    if finding.standard == RECORD or finding.verdict == NOT_APPLICABLE:
        return finding.says
    status = status_of(finding).word.lower()
    parts = [status]
    if finding.verdict == BREACH and finding.due:
        parts = [f"{status}, {lateness(finding)}"]
    if finding.verdict == CANNOT_TELL:
        parts = [f"{status}: {REASONS[finding.reason]}"]
    if finding.due:
        parts.append(f"due {short_span(finding.due)}")
    if finding.done and finding.reason != "not-evidenced":
        parts.append(f"done {short_span(finding.done)}")
    return "; ".join(parts) if finding.due or finding.readings else f"{status}: {finding.says}"


# What is open -------------------------------------------------------------------------------------


def _last_day(one: Open, case: Case) -> str:
    """Return the last day of a limit, and how far off it is."""
    due = one.finding.due
    if due is None or due.earliest is None:
        return "It has no day by which it is due."
    if one.when == OVERDUE:
        return f"It was due {on_or_between(due)}: {lateness(one.finding)}."
    day = f"{due.earliest:%A} {in_words(due.earliest)}"
    if one.when != COMING:
        return f"It was due {on_or_between(due)}; {REASONS[one.finding.reason]}."
    left = one.finding.due_in
    how = "today"
    if left and due.earliest != case.as_at:
        how = f"in {number(left.least, 'working day')}"
    says = f"The last day is {day}, {how}."
    if not due.exact:
        says += f" It is due {on_or_between(due)}, and the earliest counts."
    return says


def _extension(one: Open, case: Case) -> Iterator[str]:
    """Yield whether it can be extended, until when at most, and what that takes."""
    extension, rule = one.extension, rule_of(one.finding)
    if rule is None or not one.finding.readings:
        return
    book = capital(one.finding.readings[0].rulebook.the)
    if extension is None:
        yield f"{book} allows no extension."
        return
    if not extension.stated:
        yield f"{book} does not say whether it can be extended."
        return
    if one.when != COMING:
        yield f"It {'is' if one.when == OVERDUE else 'may be'} too late to extend it."
        return
    if one.reaches is None:
        yield "It cannot be extended any further."
        return
    due = one.finding.due
    last = due.earliest if due and due.earliest else case.as_at
    needs = [KEYS[name].needed or name for name in extension.needs]
    with_ = f", with {listed(needs)}" if needs else ""
    how = f"if the resident is told by {in_words(last)}{with_}{_clause(one.finding, extension)}"
    if one.reaches.latest is None:
        yield f"It can be extended, with no longest time stated, {how}."
        return
    yield f"It can be extended to {_reach(one.reaches)}, {how}."
    if extension.beyond:
        beyond = listed([KEYS[name].needed or name for name in extension.beyond], "or")
        yield f"A later day takes {beyond}."


def _reach(span: Span) -> str:
    """Return the last day of the longest extension: counted from the earliest of several."""
    if span.earliest is None:
        return span_in_words(span)
    says = f"{span.earliest:%A} {in_words(span.earliest)} at most"
    return says if span.exact else f"{says} (counted from the earliest day)"


def _clause(finding: Finding, extension: Extension) -> str:
    clause = f"{finding.side.called} {extension.clause}".strip() if extension.clause else ""
    marks = [clause, "clause not read" if extension.provenance == "unverified" else ""]
    told = ", ".join(mark for mark in marks if mark)
    return f" ({told})" if told else ""
