"""From timelines and rulebooks to cases: each complaint's findings, and what goes with them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from timeliness.judge.applying import no_rules, notes_of, span_of
from timeliness.judge.asides import with_asides
from timeliness.judge.columns import State, Table
from timeliness.judge.duties import Duties, judge_duties
from timeliness.judge.duties.extensions import Dues, extension_findings
from timeliness.judge.duties.subject import Subject
from timeliness.judge.editions import Asked, AskedSet, Parts
from timeliness.judge.episodes.life import UNCUT, Life
from timeliness.judge.episodes.plan import Plan, PlannedRow
from timeliness.judge.episodes.story import story_of
from timeliness.judge.findings import Found
from timeliness.judge.inference import completed
from timeliness.judge.judged import CHUNK, Group, groups, judge
from timeliness.judge.milestones import StageEnd, as_table, milestones
from timeliness.judge.readings import Readings
from timeliness.model.errors import Mistake
from timeliness.model.findings import Case, Finding, NotExamined, Reading
from timeliness.model.library import Library
from timeliness.model.rulebooks import Rule, Rulebook
from timeliness.model.sides import RuleKey
from timeliness.model.timelines import Event, Timeline
from timeliness.model.vocabulary import COMMON, RECEIVED, STAGE_TRIGGERS, Vocabulary

Dated = tuple[Timeline, date, date]
"""A complaint, the day as of which it is checked, and the day on which its record was taken."""
DatedRow = tuple[Timeline, date, date, Mapping[int, StageEnd]]
"""The same of some events of a complaint, with how each stage was ended among them."""


@dataclass(frozen=True)
class _Checked:
    """A complaint, or some events of it, with the rulebooks that may apply and its findings."""

    timeline: Timeline
    as_at: date
    table: Table
    place: int
    parts: tuple[Parts, ...]
    notes: tuple[str, ...]
    findings: Sequence[Finding]
    ombudsmen: tuple[str, ...]
    life: Life = UNCUT


def check_timelines(
    timelines: Sequence[Timeline],
    library: Library,
    as_at: date,
    *,
    declared_as_at: bool = False,
) -> tuple[list[Case], list[Mistake]]:
    """Check complaints against their policies and Codes.

    `as_at` is the day of the check where a timeline names none, or for all of them where
    `declared_as_at` says so. Returns the cases, and why each complaint that is not among them
    could not be checked.
    """
    alike: dict[tuple[str, str, tuple[str, ...], str], list[int]] = {}
    for place, timeline in enumerate(timelines):
        key = timeline.nation, timeline.policy, timeline.codes, timeline.body
        alike.setdefault(key, []).append(place)
    found: dict[int, _Checked | Mistake] = {}
    for asked_for, places in alike.items():
        asked = Asked.of(library, *asked_for)
        for first in range(0, len(places), CHUNK):
            chunk = places[first : first + CHUNK]
            rows = [_dated(timelines[place], as_at, declared=declared_as_at) for place in chunk]
            found |= zip(chunk, _check(rows, asked), strict=True)
    in_order = [found[place] for place in range(len(timelines))]
    mistakes = [one for one in in_order if isinstance(one, Mistake)]
    checked = [one for one in in_order if isinstance(one, _Checked)]
    twice = _twice(checked)
    dues, duties = Dues(), Duties()
    cases = [_case(one, twice.get(place, ()), dues, duties) for place, one in enumerate(checked)]
    return with_asides(cases), mistakes


def _dated(timeline: Timeline, as_at: date, *, declared: bool) -> Dated:
    """Return a complaint with its days; a record that does not say when it was taken is of now."""
    if not declared:
        day = timeline.as_at or as_at
        return timeline, day, day
    return timeline, as_at, timeline.as_at or date.max


def vocabulary_of(books: Iterable[Rulebook]) -> Vocabulary:
    """Return the common events and those that the rulebooks declare."""
    own = {kind.name: kind for book in books for kind in book.events}
    return Vocabulary(COMMON.kinds + tuple(own.values())) if own else COMMON


# Which rules apply ----------------------------------------------------------------------------


def _columns(rows: Sequence[DatedRow], asked: Asked) -> Table:
    vocabulary = vocabulary_of(asked.books)
    facts = [
        milestones(timeline, day, vocabulary, taken, ends) for timeline, day, taken, ends in rows
    ]
    return completed(as_table(facts))


# Findings -------------------------------------------------------------------------------------


def _check(complaints: Sequence[Dated], asked: Asked) -> list[_Checked | Mistake]:
    """Check complaints under the same rules: cut into episodes, all at once."""
    vocabulary = vocabulary_of(asked.books)
    own = _own_rules(asked, vocabulary)
    plans = [Plan.of(timeline, day, vocabulary, own) for timeline, day, _ in complaints]
    rows = [row for plan in plans for row in plan.rows]
    dated = [
        (row.timeline, row.as_at, taken, row.ends)
        for plan, (_, _, taken) in zip(plans, complaints, strict=True)
        for row in plan.rows
    ]
    usual = [place for place, row in enumerate(rows) if not row.clock]
    checked = _check_rows([dated[place] for place in usual], asked)
    found = dict(zip(usual, checked, strict=True))
    for place, row in enumerate(rows):
        if row.clock:
            found[place] = _check_rows([dated[place]], _with_clock(asked, row))[0]
    results = iter(found[place] for place in range(len(rows)))
    return [_together(plan, [next(results) for _ in plan.rows], asked) for plan in plans]


def _own_rules(asked: Asked, vocabulary: Vocabulary) -> dict[RuleKey, Rule]:
    """Return the rules whose clock turns on events that belong to no stage."""
    rules: dict[RuleKey, Rule] = {}
    for book in asked.books:
        for rule in book.rules:
            names = (rule.clock.trigger, rule.clock.stop)
            if not all(vocabulary.kind(name).stage for name in names):
                rules.setdefault(RuleKey(book.side, rule.id), rule)
    return rules


def _with_clock(asked: Asked, row: PlannedRow) -> Asked:
    """Return what is asked, with one rule judged by another clock and no other at all."""

    def changed(book: Rulebook) -> Rulebook:
        own = row.rule and row.rule.side == book.side
        rule = book.timed(row.rule.rule) if row.rule and own else None
        rules = (replace(rule, asks=row.clock),) if rule and row.clock else ()
        return replace(book, rules=rules, events=(*book.events, *row.kinds))

    sets = (replace(one, books=tuple(map(changed, one.books))) for one in asked.sets)
    return replace(asked, sets=tuple(sets))


def _together(plan: Plan, rows: Sequence[_Checked | Mistake], asked: Asked) -> _Checked | Mistake:
    """Return what the rows of one complaint come to.

    Where no rulebook applies to the first episode, those of a later one are what there is.
    """
    checked = [one for one in rows if isinstance(one, _Checked)]
    if not checked:
        return rows[0]
    first = checked[0]
    if plan.plain:
        return replace(first, life=plan.life)
    books = {book.id: book for book in asked.books}
    findings = [
        _under(one, tuple(books[book.id] for book in one.rulebooks))
        for one in plan.findings(
            [one.findings if isinstance(one, _Checked) else () for one in rows]
        )
    ]
    return replace(
        first,
        timeline=plan.timeline,
        as_at=plan.as_at,
        parts=tuple(map(_all_parts, zip(*(one.parts for one in checked), strict=True))),
        notes=tuple(dict.fromkeys(note for one in checked for note in one.notes)),
        findings=findings,
        life=plan.life,
    )


def _under(finding: Finding, books: tuple[Rulebook, ...]) -> Finding:
    """Return a finding under rulebooks that are whole: one clock was judged by a part of them."""
    alike = all(one is other for one, other in zip(finding.rulebooks, books, strict=True))
    return finding if alike else replace(finding, rulebooks=books)


def _all_parts(several: Sequence[Parts]) -> Parts:
    """Return every rulebook of one side that may apply to some episode."""
    books = {book.id: book for one in several for book in one.books}
    return Parts(several[0].side, tuple(books.values()), gap=any(one.gap for one in several))


def _check_rows(rows: Sequence[DatedRow], asked: Asked) -> list[_Checked | Mistake]:
    """Check rows of events under the same rules, all at once."""
    table = _columns(rows, asked)
    found: dict[int, _Checked | Mistake] = {}
    for group in groups(table, np.arange(len(rows)), asked):
        places = group.rows.tolist()
        if not group.books:
            found |= {
                place: no_rules(rows[place][0], asked, span_of(group, number))
                for number, place in enumerate(places)
            }
            continue
        every, notes = np.arange(len(places)), notes_of(asked, group)
        rules = [Found(one, every) for one in judge(group, asked.nation)]
        for number, place in enumerate(places):
            timeline, as_at, *_ = rows[place]
            found[place] = _Checked(
                timeline,
                as_at,
                group.table,
                number,
                group.parts,
                notes[number],
                [
                    _with_other_reading(one, rule, timeline, as_at, group, asked)
                    for rule in rules
                    if (one := rule.at(number, timeline, as_at))
                ],
                asked.ombudsmen,
            )
    return [found[place] for place in range(len(rows))]


def _with_other_reading(
    finding: Finding, found: Found, timeline: Timeline, as_at: date, group: Group, asked: Asked
) -> Finding:
    """Return a finding with its readings as that of a new complaint, where it has any."""
    if found.judged.rule.clock.stop != "stage 2 response":
        return finding
    parts = next(one for one in group.parts if one.side == found.judged.side)
    again = _as_new_complaint(timeline, as_at, parts, asked)
    return replace(finding, readings=(*finding.readings, *again)) if again else finding


def _as_new_complaint(timeline: Timeline, as_at: date, parts: Parts, asked: Asked) -> list[Reading]:
    """Return, for a further complaint treated as an escalation, its reading as a new complaint.

    The response at stage 2 is then what answered it at stage 1.
    """
    further = [
        event
        for event in timeline.named(RECEIVED)
        if event.treated_as == STAGE_TRIGGERS[2] and event.when
    ]
    if not further:
        return []
    answer = timeline.named("stage 2 response")
    events: list[Event] = [replace(further[0], treated_as="")]
    events += [replace(event, name="stage 1 response") for event in answer]
    new = replace(timeline, events=tuple(events), record="partial")
    one = AskedSet(parts.side, parts.books, fixed=len(parts.books) == 1)
    asked = replace(asked, sets=(one,))
    table, alone = _columns([(new, as_at, as_at, {})], asked), np.arange(1)
    return [
        replace(reading, decides=False, as_new_complaint=True)
        for group in groups(table, alone, asked)
        for judged in judge(group, asked.nation)
        if judged.rule.id == "stage-1-response"
        for source, columns in judged.readings
        if source.decides and (reading := Readings(source, columns, alone).at(0))
    ]


# The case around the findings -----------------------------------------------------------------


def _twice(checked: Sequence[_Checked]) -> dict[int, list[Mistake]]:
    """Return, by place, what to say of complaints of one landlord with the same reference."""
    places: dict[tuple[str, str], list[int]] = {}
    for place, one in enumerate(checked):
        places.setdefault((one.timeline.landlord, one.timeline.complaint), []).append(place)
    problems: dict[int, list[Mistake]] = {}
    for same in places.values():
        for place in same if len(same) > 1 else ():
            others = [checked[other].timeline for other in same if other != place]
            told = ", ".join(f"{other.path}:{other.line}" for other in others[:3])
            more = f" and {len(others) - 3} more" if len(others) > 3 else ""
            own = checked[place].timeline
            says = f"the same reference is used at {told}{more}; each is checked separately"
            problems[place] = [Mistake(own.path, own.line, says)]
    return problems


def _subject(one: _Checked) -> Subject:
    books = [book for parts in one.parts for book in parts.books]
    calendar = books[0].plain_calendar(one.timeline.nation)
    vocabulary = vocabulary_of(books)
    columns = one.table, one.place
    return Subject.of(one.timeline, one.as_at, *columns, calendar, vocabulary, one.life)


def _case(one: _Checked, problems: Sequence[Mistake], dues: Dues, duties: Duties) -> Case:
    subject, standards = _subject(one), [parts.books for parts in one.parts]
    judged = judge_duties(subject, standards, duties)
    return Case(
        timeline=one.timeline,
        as_at=one.as_at,
        rulebooks=tuple(book for books in standards for book in books),
        findings=(*one.findings, *extension_findings(subject, standards, dues), *judged.findings),
        not_examined=(*_not_examined(one), *judged.not_examined),
        problems=tuple(problems),
        notes=one.notes,
        story=story_of(one.life, one.timeline.record),
        ombudsmen=one.ombudsmen,
    )


def _not_examined(one: _Checked) -> Iterable[NotExamined]:
    for parts in one.parts:
        for trigger, told in parts.unexamined:
            if one.table.events[trigger].is_in(State.UNKNOWN)[one.place]:
                yield told
