"""Extensions as acts: told in time, with all that they need, and within the maximum.

Each is judged under every rulebook that may apply, and what they come to is joined.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial

import numpy as np
from msgspec import Struct
from msgspec.structs import replace

from timeliness.judge.clocks import read_clock, sources_of
from timeliness.judge.columns import Bounds, Table, pick
from timeliness.judge.duties.subject import (
    Heading,
    Outcome,
    Subject,
    as_finding,
    bounds,
    joined,
    span_of,
)
from timeliness.judge.measuring import Dates, hull
from timeliness.judge.readings import span_at
from timeliness.model.calendars import FAR_FUTURE, FAR_PAST
from timeliness.model.dates import Span, When
from timeliness.model.findings import Finding
from timeliness.model.plain import capital, listed, on_or_between, span_in_words
from timeliness.model.provenance import least_read
from timeliness.model.rulebooks import Clock, Extension, Rule, Rulebook
from timeliness.model.sentences import Settlement
from timeliness.model.timelines import Event
from timeliness.model.verdict_words import BREACH, CANNOT_TELL, MET
from timeliness.model.vocabulary import COMMON, KEYS

Extended = Mapping[str, Sequence[tuple[Rulebook, Rule]]]
"""By the event of an extension, the rules that it extends."""


class ClockDue(Struct, frozen=True):
    """When one clock was due before an extension, and the furthest that it may be put off to.

    Both are columns, in which the last day lies before the first where the clock does not run.
    """

    book: Rulebook
    rule: Rule
    due: Bounds
    most: Bounds

    def at(self, place: int) -> tuple[Rulebook, Rule, Span, Span] | None:
        """Return the same of the complaint in one place, None where the clock does not run."""
        if self.due.earliest[place] > self.due.latest[place]:
            return None
        return self.book, self.rule, span_at(self.due, place), span_at(self.most, place)


def extensions_of(books: Iterable[Rulebook]) -> Extended:
    """Return the extensions of the clocks of some rulebooks, each with the rules that it extends.

    Where a rulebook does not say whether there may be an extension, it has none here.
    """
    found: dict[str, list[tuple[Rulebook, Rule]]] = {}
    for book in books:
        for rule in book.rules:
            extension = rule.clock.extension
            if extension and extension.stated:
                found.setdefault(extension.event, []).append((book, rule))
    return found


def clocks_due(
    table: Table, rules: Iterable[tuple[Rulebook, Rule]], nation: str, counted: int = 0
) -> list[ClockDue]:
    """Return when each clock was due with so many of its extensions, and to when it may go.

    That is counted from when it was due with none.
    """
    found = []
    for book, rule in rules:
        original = _due(table, book, rule, nation, 0)
        due = _due(table, book, rule, nation, counted) if counted else original
        most = original
        if limit := rule.clock.extension and rule.clock.extension.most:
            # The new date is counted on from the due date, whatever the counting rule.
            calendar, *_ = book.calendars(nation, rule.clock)
            most = original.through(partial(calendar.add_more, limit=limit))
        found.append(ClockDue(book, rule, due, most))
    return found


def _due(table: Table, book: Rulebook, rule: Rule, nation: str, counted: int) -> Bounds:
    """Return when a clock was due by every reading, with so many of its extensions."""
    extensions = {name: several[:counted] for name, several in table.extensions.items()}
    part, places = replace(table, extensions=extensions), np.arange(table.size)
    sources = [one for one in sources_of(book, rule, nation) if one.decides]
    several = [Dates(one, read_clock(one, part), places) for one in sources]
    due, runs = several[0].due, several[0].applies
    for one in several[1:]:
        due = hull(due, one.due, one.applies & ~runs, one.applies & runs)
        runs = runs | one.applies
    return Bounds(pick(~runs, FAR_FUTURE, due.earliest), pick(~runs, FAR_PAST, due.latest))


class Dues:
    """When clocks were due before each extension, worked out once for all rows of a table."""

    def __init__(self) -> None:
        self._known: dict[tuple[int, tuple[int, ...], str, str, int], list[ClockDue]] = {}
        self._extended: dict[tuple[int, ...], Extended] = {}

    def extended(self, books: tuple[Rulebook, ...]) -> Extended:
        """Return the extensions of some rulebooks; see `extensions_of`."""
        key = tuple(map(id, books))
        if key not in self._extended:
            self._extended[key] = extensions_of(books)
        return self._extended[key]

    def of(
        self, subject: Subject, books: tuple[Rulebook, ...], name: str, counted: int
    ) -> list[tuple[Rulebook, Rule, Span, Span] | None]:
        """Return the same of one complaint, with so many of its extensions of that name."""
        nation = subject.timeline.nation
        key = (id(subject.table), tuple(map(id, books)), name, nation, counted)
        if key not in self._known:
            rules = self.extended(books)[name]
            self._known[key] = clocks_due(subject.table, rules, nation, counted)
        return [one.at(subject.place) for one in self._known[key]]


def extension_findings(
    subject: Subject, standards: Iterable[tuple[Rulebook, ...]], dues: Dues
) -> Iterator[Finding]:
    """Return, for each extension on the record, whether it counts.

    `standards` holds, for the policy and for each Code, the rulebooks of each possible part; `dues`
    is for all complaints that are checked together.
    """
    for books in standards:
        for name in dues.extended(books):
            # In the order in which they are counted for the due date, claims among them.
            for place in range(len(subject.said(name))):
                due = dues.of(subject, books, name, place)
                if finding := extension_finding(subject, books, name, place, due):
                    yield finding


def extension_finding(
    subject: Subject,
    books: tuple[Rulebook, ...],
    name: str,
    place: int,
    dues: Iterable[tuple[Rulebook, Rule, Span, Span] | None],
) -> Finding | None:
    """Judge an extension, in its place among those of its event, by what the rulebooks ask for.

    `dues` says of each clock that it may extend when that was due, and the furthest it may go.
    """
    several = subject.said(name)
    event = several[place]
    found = []
    for one in dues:
        if one is None:
            continue
        book, rule, due, most = one
        requests = subject.dated(rule.clock.trigger)
        if requests and bounds(event)[1] < bounds(requests[0])[0]:
            # Before there was anything to extend it is none, which the record's findings say.
            continue
        found.append((book, rule, _judge(rule.clock, event, due, most)))
    if not found:
        return None
    asked = [extension for _, one, _ in found if (extension := one.clock.extension)]
    heading = Heading(
        name.replace(" ", "-"),
        capital(name),
        found[0][0].side,
        " or ".join(dict.fromkeys(extension.clause for extension in asked)),
        found[0][1].duty,
        least_read(extension.provenance for extension in asked),
    )
    outcome = joined(books, [(one, rule.duty, outcome) for one, rule, outcome in found])
    finding = as_finding(subject, heading, [one for one, _, _ in found], outcome)
    if len(several) < 2:
        return finding
    of = f"given {on_or_between(outcome.done)}"
    return replace(finding, title=f"{finding.title} ({of})", episode_of=of)


def _judge(clock: Clock, event: Event, due: Span, most: Span) -> Outcome:
    extension = clock.extension
    assert extension
    lacking = [name for name in extension.needs if _given(event, name) is False]
    wrong = [KEYS[name].said(False) for name in lacking]
    unknown = [name for name in extension.needs if _given(event, name) is None]
    late = due.latest is not None and bounds(event)[0] > due.latest.toordinal()
    in_time = due.earliest is not None and bounds(event)[1] <= due.earliest.toordinal()
    if late:
        wrong.insert(0, f"it was given after the limit had run out ({span_in_words(due)})")
    within = _within(extension, event, most)
    if within is False:
        wrong.append(f"it goes beyond {extension.most} without good reason")
    elif within is None:
        unknown += [name for name in extension.beyond if _given(event, name) is None]
    when = on_or_between(span_of(event))
    found = Outcome("", "", "", done=span_of(event), line=event.line)
    if wrong:
        effect = (
            "it counts only up to the maximum"
            if within is False and len(wrong) == 1
            else "so it does not move the due date"
        )
        return replace(
            found,
            verdict=BREACH,
            reason="not-as-required",
            says=f"The extension given {when} falls short: {listed(wrong)}; {effect}.",
            headline=f"{COMMON.kind(extension.event).words.noun}: {listed(wrong)}",
            provenance="unverified" if _is_unread(extension, lacking, wrong) else "",
        )
    if event.evidence == "claimed":
        return replace(
            found,
            verdict=CANNOT_TELL,
            reason="not-evidenced",
            says=f"The extension is said to have been given {when}, but there is no evidence of "
            "it.",
            settled_by=Settlement(
                "The letter itself would settle it.",
                f"evidence: seen   (for the event on line {event.line})",
            ),
        )
    if unknown or within is None or not in_time:
        return _unclear(clock, found, event, due, unknown, in_time=in_time)
    until = _until(event)
    moved = f"the date had moved to {span_in_words(until)}" if until else "the answer would be late"
    return replace(
        found,
        verdict=MET,
        reason="as-required",
        says=f"The resident was told {when} that {moved}. That was before the limit ran out "
        f"{on_or_between(due)}, and gave everything required.",
        provenance="unverified" if _is_unread_beyond(extension, event, most) else "",
    )


def _is_unread(extension: Extension, lacking: Sequence[str], wrong: Sequence[str]) -> bool:
    """Whether an extension lacks only what a clause that nobody has read asks for."""
    return len(lacking) == len(wrong) and set(lacking) <= set(extension.unread)


def _is_unread_beyond(extension: Extension, event: Event, most: Span) -> bool:
    """Whether only a clause that nobody has read lets an extension go beyond the most."""
    within = replace(extension, beyond=tuple(set(extension.beyond) - set(extension.unread)))
    return _within(within, event, most) is not True


def _unclear(
    clock: Clock, found: Outcome, event: Event, due: Span, unknown: list[str], *, in_time: bool
) -> Outcome:
    asked = [KEYS[name].open_question for name in unknown]
    when = f"given {on_or_between(span_of(event))}"
    keys = ", ".join(f"{name}: ..." for name in unknown)
    add = f"{keys}   (on the event of line {event.line})"
    if not in_time:
        asked.insert(
            0, f"whether the resident was told before the limit ran out ({span_in_words(due)})"
        )
    elif not unknown:
        asked.append("whether it goes beyond the maximum")
    if not unknown:
        start = clock.starts[0].event
        add = (
            f"date: DATE   (on the event of line {event.line})" if due.exact else f"- DATE {start}"
        )
    says = f"It is not clear whether the extension {when} is valid"
    settles = "Recording this would settle it." if unknown else "The exact day would settle it."
    return replace(
        found,
        verdict=CANNOT_TELL,
        reason="not-recorded" if unknown else "imprecise-date",
        says=f"{says}. Not recorded: {'; '.join(asked)}."
        if unknown
        else f"{says}: it depends on {listed(asked)}.",
        settled_by=Settlement(settles, add),
    )


def _given(event: Event, name: str) -> bool | None:
    value = event.attributes.get(name)
    if isinstance(value, bool) or value is None:
        return value
    if isinstance(value, When):
        return True if value.span.latest else None
    return str(value).lower() not in ("none", "no")


def _until(event: Event) -> Span | None:
    until = event.attributes.get("until")
    return until.span if isinstance(until, When) else None


def _within(extension: Extension, event: Event, most: Span) -> bool | None:
    """Whether the new date is within the maximum, or allowed beyond it; None where unknown."""
    until = _until(event)
    if extension.most is None or until is None or until.latest is None or most.earliest is None:
        return True
    if until.latest <= most.earliest:
        return True
    allowed = [_given(event, name) for name in extension.beyond]
    if any(allowed):
        return True
    beyond = most.latest and until.earliest and until.earliest > most.latest
    return False if beyond and None not in allowed else None
