"""From timelines and rulebooks to findings: which rules apply, and what each comes to."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from timeliness.judge.asides import with_asides
from timeliness.judge.clocks import Reading, Source, read_clock
from timeliness.judge.columns import State, Table, clip_column
from timeliness.judge.duties import judge_duties
from timeliness.judge.duties.subject import Subject
from timeliness.judge.extension_notices import extension_findings
from timeliness.judge.findings import finding_of, reading_of
from timeliness.judge.joining import Joined, join
from timeliness.judge.milestones import Milestones, as_table, milestones
from timeliness.model.calendars import FAR_FUTURE, FAR_PAST, working_days
from timeliness.model.dates import in_words
from timeliness.model.errors import CalendarError, InputError, Mistake
from timeliness.model.findings import Case, Finding, NotExamined
from timeliness.model.findings import Reading as ReadingFound
from timeliness.model.rulebooks import CODE, POLICY, Library, Rule, Rulebook
from timeliness.model.timelines import Event, Timeline
from timeliness.model.vocabulary import COMMON, RECEIVED, STAGE_TRIGGERS, Vocabulary

CHUNK = 128_000


@dataclass(frozen=True)
class Parts:
    """The rulebooks of one standard that may apply, each with its days of receipt.

    `gap` says that a possible day of receipt lies in none of them.
    """

    standard: str
    books: tuple[Rulebook, ...]
    gap: bool

    @property
    def rule_ids(self) -> list[str]:
        """Return the ids of every rule, in the order of the books."""
        return list(dict.fromkeys(rule.id for book in self.books for rule in book.rules))


@dataclass(frozen=True)
class _Prepared:
    timeline: Timeline
    facts: Milestones
    code: Parts
    policy: Parts
    as_at: date
    notes: tuple[str, ...]


def check_timelines(
    timelines: Sequence[Timeline],
    library: Library,
    as_at: date,
    *,
    declared_as_at: bool = False,
    code: str = "",
) -> tuple[list[Case], list[Mistake]]:
    """Check complaints against their policies and the Code.

    `as_at` is the day of the check where a timeline names none, or for all of them where
    `declared_as_at` says so. `code` names one edition to check against, whatever the day of
    receipt. Returns the cases, and why each complaint that is not among them could not be checked.
    """
    mistakes: list[Mistake] = []
    prepared: list[_Prepared] = []
    for timeline in timelines:
        day = as_at if declared_as_at else timeline.as_at or as_at
        try:
            prepared.append(_prepare(timeline, library, day, code))
        except InputError as error:
            mistakes += error.mistakes
    groups: dict[tuple[object, ...], list[int]] = {}
    for place, one in enumerate(prepared):
        key = (
            one.timeline.nation,
            tuple(book.id for book in one.code.books),
            one.code.gap,
            tuple((book.id, book.path) for book in one.policy.books),
            one.policy.gap,
        )
        groups.setdefault(key, []).append(place)
    findings: list[list[Finding]] = [[] for _ in prepared]
    for places in groups.values():
        for first in range(0, len(places), CHUNK):
            chunk = places[first : first + CHUNK]
            rows = [prepared[place] for place in chunk]
            for place, found in zip(chunk, _check_group(rows), strict=True):
                findings[place] = found
    twice = _twice(prepared)
    cases = []
    for place, (one, found) in enumerate(zip(prepared, findings, strict=True)):
        try:
            cases.append(_case(one, found, twice.get(place, ())))
        except CalendarError as error:
            mistakes.append(_unchecked(one.timeline, f"a time allowed runs too far: {error}"))
    return with_asides(cases), mistakes


def notes_on(timeline: Timeline, library: Library, code: str = "") -> tuple[str, ...]:
    """Return what a reader should know of the rules that apply, such as a time of transition.

    Raises `InputError` where none does.
    """
    assert timeline.as_at
    return _prepare(timeline, library, timeline.as_at, code).notes


def vocabulary_of(books: Iterable[Rulebook]) -> Vocabulary:
    """Return the common events and those that the rulebooks declare."""
    own = {kind.name: kind for book in books for kind in book.events}
    return Vocabulary(COMMON.kinds + tuple(own.values())) if own else COMMON


# Which rules apply ----------------------------------------------------------------------------


def _prepare(timeline: Timeline, library: Library, as_at: date, code: str) -> _Prepared:
    policies = library.named(timeline.policy) if timeline.policy else ()
    facts = milestones(timeline, as_at, vocabulary_of(policies))
    receipt = facts.events[RECEIVED]
    notes: list[str] = []
    span = (receipt.earliest, min(receipt.latest, facts.as_at))
    editions = library.named(code) if code else library.codes(timeline.nation)
    code_parts = _parts(CODE, editions, span, fixed=code in library.rulebooks)
    policy_parts = _parts(POLICY, policies, span, fixed=timeline.policy in library.rulebooks)
    if not code_parts.books and not policy_parts.books:
        raise InputError([_no_rules(timeline, editions, policies)])
    if not library.codes(timeline.nation) and not code:
        nation = timeline.nation.replace("-", " ").title()
        notes.append(f"No complaint handling code for {nation} is held here: policy only.")
    elif not code_parts.books:
        notes.append("Received before the first edition of the Code: policy only.")
    elif receipt.state == State.INFERRED and len(code_parts.books) > 1:
        notes.append("No record says when the complaint was received, so the edition is not sure.")
    elif code_parts.gap:
        notes.append("The complaint may have been received before the first edition of the Code.")
    for book in (*code_parts.books, *policy_parts.books):
        if book.transition and span[1] <= book.transition.until.toordinal():
            notes.append(f"{book.short}, transitional: {book.transition.says}.")
        if book.id in (code, timeline.policy):
            notes += _out_of_force(book, span)
    return _Prepared(timeline, facts, code_parts, policy_parts, as_at, tuple(notes))


def _out_of_force(book: Rulebook, receipt: tuple[int, int]) -> Iterable[str]:
    """Say that a rulebook applies because it was named, not by the day of receipt."""
    earliest, latest = receipt
    if book.start and earliest < book.start.toordinal():
        surely, told = latest < book.start.toordinal(), f"from {in_words(book.start)}"
    elif book.end and latest > book.end.toordinal():
        surely, told = earliest > book.end.toordinal(), f"until {in_words(book.end)}"
    else:
        return
    was = "was" if surely else "may have been"
    yield (
        f"The {book.short} is in force {told}, and the complaint {was} received outside that: "
        "it applies here only because it was named."
    )


def _parts(
    standard: str, books: Sequence[Rulebook], receipt: tuple[int, int], *, fixed: bool
) -> Parts:
    """Return the rulebooks in force on a possible day of receipt."""
    if fixed:
        return Parts(standard, tuple(books), gap=False)
    earliest, latest = receipt
    reach = [
        (
            book,
            book.start.toordinal() if book.start else FAR_PAST,
            book.end.toordinal() if book.end else FAR_FUTURE,
        )
        for book in books
    ]
    found = [
        (book, first, last) for book, first, last in reach if first <= latest and earliest <= last
    ]
    covered = bool(found) and found[0][1] <= earliest and found[-1][2] >= latest
    return Parts(standard, tuple(book for book, _, _ in found), gap=bool(found) and not covered)


def _no_rules(
    timeline: Timeline, editions: Sequence[Rulebook], policies: Sequence[Rulebook]
) -> Mistake:
    if policies:
        says = (
            f'no edition of the policy "{timeline.policy}" was in force when the complaint was '
            "received, nor was any Code; name one of " + ", ".join(book.id for book in policies)
        )
    elif editions:
        first = min(book.start for book in editions if book.start)
        says = (
            f"the complaint was received before the first edition of the Code ({in_words(first)}), "
            "so there is nothing to check it against; add the landlord's policy: policy: "
            "my-policy.yaml"
        )
    else:
        nation = timeline.nation.replace("-", " ").title()
        says = (
            f"there is no complaint handling code for {nation} here, so there is nothing to check "
            "it against; add the landlord's policy: policy: my-policy.yaml"
        )
    return _unchecked(timeline, says)


def _unchecked(timeline: Timeline, says: str) -> Mistake:
    return Mistake(timeline.path, timeline.line, says, reference=timeline.complaint)


# Findings -------------------------------------------------------------------------------------


def _check_group(rows: Sequence[_Prepared]) -> list[list[Finding]]:
    """Check complaints to which the same rulebooks may apply, all at once."""
    table = as_table([row.facts for row in rows])
    found: list[list[Finding]] = [[] for _ in rows]
    nation = rows[0].timeline.nation
    both = (rows[0].policy, rows[0].code)
    for rule_id in rules_in_order(both):
        for parts in both:
            readings = judge(rule_id, parts, table, nation)
            if not readings:
                continue
            joined = join(readings, table.size)
            for place, row in enumerate(rows):
                finding = _finding(row, place, rule_id, parts, readings, joined)
                if finding:
                    found[place].append(finding)
    return found


def rules_in_order(both: Iterable[Parts]) -> list[str]:
    """Return every rule id, stage by stage, then those that only a policy has."""
    known = [
        "acknowledge-complaint",
        "stage-1-response",
        "acknowledge-escalation",
        "stage-2-response",
        "stage-3-response",
    ]
    ids = list(dict.fromkeys(rule_id for parts in both for rule_id in parts.rule_ids))
    return sorted(ids, key=lambda name: known.index(name) if name in known else len(known))


def judge(
    rule_id: str, parts: Parts, table: Table, nation: str, *, shown: bool = True
) -> list[tuple[Source, Reading]]:
    """Return every reading of one rule, under each rulebook that may apply.

    `shown` includes those that are shown for information and do not decide.
    """
    readings = []
    for book in parts.books:
        rule = book.rule(rule_id)
        if rule is None:
            continue
        part = table
        if len(parts.books) > 1 or parts.gap:
            first = book.start.toordinal() if book.start else None
            last = book.end.toordinal() if book.end else None
            received = clip_column(table.events[RECEIVED], first, last)
            part = table.with_event(RECEIVED, received)
        calendar = book.calendar(nation)
        for start in rule.clock.starts:
            if not (start.decides or shown):
                continue
            source = Source(book, rule, start, calendar, start.decides)
            readings.append((source, read_clock(book, rule, start, part, calendar)))
    return readings


def _finding(
    row: _Prepared,
    place: int,
    rule_id: str,
    parts: Parts,
    readings: Sequence[tuple[Source, Reading]],
    joined: Joined,
) -> Finding | None:
    rules = [rule for book in parts.books if (rule := book.rule(rule_id))]
    if not _examined(rules[0], row.facts):
        return None
    without = parts.gap or len(rules) < len(parts.books)
    finding = finding_of(row.timeline, row.as_at, place, readings, joined, without_rule=without)
    if finding is None:
        return None
    again = _as_new_complaint(row, rules[0], parts)
    return replace(finding, readings=(*finding.readings, *again)) if again else finding


def _examined(rule: Rule, facts: Milestones) -> bool:
    """Whether anything is known of a clock's trigger: otherwise it gives no finding."""
    return facts.events[rule.clock.trigger].state.name != "UNKNOWN"


def _as_new_complaint(row: _Prepared, rule: Rule, parts: Parts) -> list[ReadingFound]:
    """Return, for a further complaint treated as an escalation, its reading as a new complaint.

    The response at stage 2 is then what answered it at stage 1.
    """
    if rule.clock.stop != "stage 2 response" or not parts.books:
        return []
    further = [
        event
        for event in row.timeline.named(RECEIVED)
        if event.treated_as == STAGE_TRIGGERS[2] and event.when
    ]
    if not further:
        return []
    answer = row.timeline.named("stage 2 response")
    events: list[Event] = [replace(further[0], treated_as="")]
    events += [replace(event, name="stage 1 response") for event in answer]
    new = replace(row.timeline, events=tuple(events), record="partial")
    facts = milestones(new, row.as_at, vocabulary_of(parts.books))
    receipt = facts.events[RECEIVED]
    span = (receipt.earliest, receipt.latest)
    books = _parts(parts.standard, parts.books, span, fixed=len(parts.books) == 1)
    table = as_table([facts])
    return [
        replace(reading, decides=False, as_new_complaint=True)
        for source, columns in judge("stage-1-response", books, table, row.timeline.nation)
        if source.decides and (reading := reading_of(source, columns, 0))
    ]


# The case around the findings -----------------------------------------------------------------


def _twice(prepared: Sequence[_Prepared]) -> dict[int, list[Mistake]]:
    """Return, by place, what to say of complaints of one landlord with the same reference."""
    places: dict[tuple[str, str], list[int]] = {}
    for place, one in enumerate(prepared):
        places.setdefault((one.timeline.landlord, one.timeline.complaint), []).append(place)
    problems: dict[int, list[Mistake]] = {}
    for same in places.values():
        for place in same if len(same) > 1 else ():
            others = [prepared[other].timeline for other in same if other != place]
            told = ", ".join(f"{other.path}:{other.line}" for other in others[:3])
            more = f" and {len(others) - 3} more" if len(others) > 3 else ""
            own = prepared[place].timeline
            says = f"the same reference stands at {told}{more}; each is checked alone"
            problems[place] = [Mistake(own.path, own.line, says)]
    return problems


def _subject(one: _Prepared) -> Subject:
    known = tuple(event for event in one.timeline.events if event not in one.facts.later)
    calendar = working_days(one.timeline.nation)
    vocabulary = vocabulary_of((*one.policy.books, *one.code.books))
    return Subject(one.timeline, one.as_at, one.facts, known, calendar, vocabulary)


def _case(one: _Prepared, findings: Sequence[Finding], problems: Sequence[Mistake]) -> Case:
    subject, standards = _subject(one), (one.policy.books, one.code.books)
    judged = judge_duties(subject, standards)
    return Case(
        timeline=one.timeline,
        as_at=one.as_at,
        rulebooks=(*one.policy.books, *one.code.books),
        findings=(*findings, *extension_findings(subject, standards), *judged.findings),
        not_examined=(*_not_examined(one), *judged.not_examined),
        problems=tuple(problems),
        notes=one.notes,
    )


def _not_examined(one: _Prepared) -> Iterable[NotExamined]:
    for parts in (one.policy, one.code):
        for rule_id in parts.rule_ids:
            book, rule = next((book, rule) for book in parts.books if (rule := book.rule(rule_id)))
            if not _examined(rule, one.facts):
                yield NotExamined(rule.id, rule.title, book.id, parts.standard, rule.clause)
