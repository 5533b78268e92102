"""From timelines and rulebooks to cases: each complaint's findings, and what goes with them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from timeliness.judge.asides import with_asides
from timeliness.judge.columns import State
from timeliness.judge.duties import Duties, judge_duties
from timeliness.judge.duties.extensions import Dues, extension_findings
from timeliness.judge.duties.subject import Subject
from timeliness.judge.editions import Asked, Parts, vocabulary_of
from timeliness.judge.episodes.life import Life
from timeliness.judge.episodes.plan import Plan, PlannedRow
from timeliness.judge.episodes.story import story_of
from timeliness.judge.judged import CHUNK
from timeliness.judge.judged_rows import JudgedRow, check_rows
from timeliness.model.errors import Mistake
from timeliness.model.findings import Case, Finding, NotExamined
from timeliness.model.library import Library
from timeliness.model.rulebooks import Rule, Rulebook
from timeliness.model.sides import RuleKey
from timeliness.model.timelines import Timeline
from timeliness.model.vocabulary import Vocabulary

Dated = tuple[Timeline, date, date]
"""A complaint, the day as of which it is checked, and the day on which its record was taken."""


class _Checked(Struct, frozen=True):
    """A complaint with its first row, the rulebooks that may apply, its findings and its life."""

    row: JudgedRow
    timeline: Timeline
    as_at: date
    parts: tuple[Parts, ...]
    notes: tuple[str, ...]
    findings: Sequence[Finding]
    life: Life


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
    checked = check_rows([dated[place] for place in usual], asked)
    found = dict(zip(usual, checked, strict=True))
    for place, row in enumerate(rows):
        if row.clock:
            found[place] = check_rows([dated[place]], _with_clock(asked, row))[0]
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


def _together(plan: Plan, rows: Sequence[JudgedRow | Mistake], asked: Asked) -> _Checked | Mistake:
    """Return what the rows of one complaint come to.

    Where no rulebook applies to the first episode, those of a later one are what there is.
    """
    checked = [one for one in rows if isinstance(one, JudgedRow)]
    if not checked:
        return next(one for one in rows if isinstance(one, Mistake))
    books = {book.id: book for book in asked.books}
    found = plan.findings([one.found if isinstance(one, JudgedRow) else () for one in rows])
    findings = [_under(one, tuple(books[book.id] for book in one.rulebooks)) for one in found]
    return _Checked(
        checked[0],
        plan.timeline,
        plan.as_at,
        tuple(map(_all_parts, zip(*(one.parts for one in checked), strict=True))),
        tuple(dict.fromkeys(note for one in checked for note in one.notes)),
        findings,
        plan.life,
    )


def _under(finding: Finding, books: tuple[Rulebook, ...]) -> Finding:
    """Return a finding under rulebooks that are whole: one clock was judged by a part of them."""
    alike = all(one is other for one, other in zip(finding.rulebooks, books, strict=True))
    return finding if alike else replace(finding, rulebooks=books)


def _all_parts(several: Sequence[Parts]) -> Parts:
    """Return every rulebook of one side that may apply to some episode."""
    if all(one is several[0] for one in several):
        return several[0]
    books = {book.id: book for one in several for book in one.books}
    return Parts(several[0].side, tuple(books.values()), gap=any(one.gap for one in several))


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
    columns = one.row.table, one.row.place
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
        ombudsmen=one.row.ombudsmen,
    )


def _not_examined(one: _Checked) -> Iterable[NotExamined]:
    for parts in one.parts:
        for trigger, told in parts.unexamined:
            if one.row.table.events[trigger].is_in(State.UNKNOWN)[one.row.place]:
                yield told
