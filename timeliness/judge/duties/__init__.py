"""Duties without a time limit, judged per complaint from its list of events.

Being late is half of what goes wrong; the rest turns on what was said, by whom, what was promised,
and what can be shown. Each kind of duty is a module with its keys, its judgement and its line on
the page of a rule; what is asked, and by which clause, is data in the rulebooks.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec import Struct, field
from msgspec.structs import replace

from timeliness.judge.duties.another_person import AnotherPerson
from timeliness.judge.duties.attributes import Attributes
from timeliness.judge.duties.course import TITLES as COURSE_TITLES
from timeliness.judge.duties.course import course
from timeliness.judge.duties.family import Family, behind
from timeliness.judge.duties.letter import Letter
from timeliness.judge.duties.never import Never
from timeliness.judge.duties.pauses import unheard_pauses
from timeliness.judge.duties.promises import orders, promises
from timeliness.judge.duties.record import record
from timeliness.judge.duties.refusal import Refusal
from timeliness.judge.duties.sequence import After
from timeliness.judge.duties.subject import (
    NOT_EXAMINED,
    Duty,
    Heading,
    Outcome,
    Subject,
    as_finding,
    joined,
)
from timeliness.judge.duties.window import Window
from timeliness.model.findings import Finding, NotExamined
from timeliness.model.provenance import least_read
from timeliness.model.rulebooks import Check, Rule, Rulebook
from timeliness.model.sides import Side
from timeliness.model.verdict_words import BREACH, CANNOT_TELL

KINDS: dict[str, type[Check]] = {
    kind.KEY.name: kind
    for kind in (Letter, Attributes, Refusal, AnotherPerson, After, Never, Window, Family)
}
"""Every kind of duty, by the key that a rulebook writes it under."""

RECORD_TITLES = {
    "event-after-as-at": "Event after the as-at date",
    "conflicting-dates": "More than one date",
    "not-evidenced": "Claimed, but no evidence",
    "not-found": "Looked for, not found",
    "thin-record": "Poorly recorded",
    "impossible-order": "Impossible order",
    "entered-twice": "Entered twice",
    "unanswered": "Never answered",
    "answered-twice": "Answered twice",
    "turned-away": "Complaint turned away",
    "holding-response": "Holding response",
    "provisional-response": "Provisional response",
    "supplementary-response": "Supplementary response",
    "response-not-sent": "Response not sent",
    "outcome-changed": "Outcome changed",
    "offer-after-final-response": "Offer after the final response",
    "no-pause": "A pause that nothing allows",
    **COURSE_TITLES,
}


PROMISES, ORDERS = "keep-promises", "comply-with-orders"
"""The rules of promises and of orders, which are in no rulebook."""


class Judged(Struct):
    """The findings of a complaint's duties, and the duties that nothing is recorded about."""

    findings: list[Finding] = field(default_factory=list)
    not_examined: list[NotExamined] = field(default_factory=list)


class Duties:
    """The duties of rulebooks, looked up once for all complaints that are checked together."""

    def __init__(self) -> None:
        self._known: dict[tuple[int, ...], dict[str, tuple[str, ...]]] = {}

    def of(self, books: tuple[Rulebook, ...]) -> Mapping[str, tuple[str, ...]]:
        """Return the events that each duty of some rulebooks looks at, by its id, in order."""
        key = tuple(map(id, books))
        if key not in self._known:
            found: dict[str, tuple[str, ...]] = {}
            for book in books:
                for duty in book.duties:
                    own = duty.asks.looks_at if isinstance(duty.asks, Duty) else ()
                    found[duty.id] = (*found.get(duty.id, ()), *own)
            self._known[key] = found
        return self._known[key]


def judge_duties(
    subject: Subject, standards: Iterable[tuple[Rulebook, ...]], duties: Duties
) -> Judged:
    """Judge every duty of the rulebooks that may apply, the promises, the orders and the record.

    `standards` holds, for the policy and for each Code, the rulebooks of each possible part;
    `duties` is for all complaints that are checked together.
    """
    judged = Judged()
    every = [book for books in standards for book in books]
    for books in standards:
        for duty_id, names in duties.of(books).items():
            found = duty_finding(subject, books, duty_id) if subject.has(names) else None
            if isinstance(found, Finding):
                judged.findings.append(found)
            elif found:
                judged.not_examined.append(found)
    judged.findings += _family(subject, "promise", PROMISES, promises(subject), every)
    judged.findings += _family(subject, "order", ORDERS, orders(subject), every)
    judged.findings += record_findings(subject, every)
    return judged


def record_findings(subject: Subject, books: Sequence[Rulebook]) -> Iterator[Finding]:
    """Return what there is to say of the record, and of the life of the complaint."""
    pauses = unheard_pauses(subject.events, books)
    for rule, outcome in (*record(subject), *pauses, *course(subject)):
        yield from _family(subject, "record", rule, [(RECORD_TITLES[rule], outcome)], books)


def duty_finding(
    subject: Subject, books: tuple[Rulebook, ...], duty_id: str
) -> Finding | NotExamined | None:
    """Judge one duty under each rulebook that may apply, and join what they come to.

    Returns None where nothing triggers it.
    """
    found: list[tuple[Rulebook, Rule, Outcome]] = []
    for book in books:
        duty = book.duty(duty_id)
        asks = duty and duty.asks
        if not (duty and isinstance(asks, Duty) and subject.has(asks.looks_at)):
            continue
        if outcome := asks.judge(subject):
            found.append((book, duty, outcome))
    if not found:
        return None
    book, duty, _ = found[0]
    if all(one is NOT_EXAMINED for _, _, one in found):
        hint = duty.asks.hint(subject) if isinstance(duty.asks, Duty) else ""
        return NotExamined(duty.id, duty.title, book.id, book.side, duty.clause, hint)
    heading = Heading(
        duty.id,
        duty.title,
        book.side,
        " or ".join(dict.fromkeys(one.clause for _, one, _ in found)),
        duty.duty,
        least_read(one.provenance for _, one, _ in found),
    )
    outcome = joined(books, [(one, duty.duty, outcome) for one, duty, outcome in found])
    if outcome.verdict in (BREACH, CANNOT_TELL):
        asked = " ".join(dict.fromkeys(one.says for _, one, _ in found))
        outcome = replace(outcome, says=f"{outcome.says} The rule says: {asked}")
    return as_finding(subject, heading, [one for one, _, _ in found], outcome)


def _family(
    subject: Subject,
    family: str,
    rule: str,
    outcomes: Iterable[tuple[str, Outcome]],
    books: Iterable[Rulebook],
) -> Iterator[Finding]:
    """Return the findings of a family, under the clause behind it, if there is one."""
    for title, outcome in outcomes:
        duties = behind(family, books)
        clause = " or ".join(dict.fromkeys(duty.clause for _, duty in duties))
        provenance = duties[0][1].provenance if duties else "recorded"
        heading = Heading(rule, title, Side(family), clause, "must", provenance)
        yield as_finding(subject, heading, [book for book, _ in duties], outcome)
