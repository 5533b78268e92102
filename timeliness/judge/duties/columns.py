"""Every duty of complaints that have dates and nothing else, judged as columns.

Where the day of receipt leaves it open which edition applies, what each comes to is joined.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from timeliness.judge.columns import Bounds, State
from timeliness.judge.duties import RECORD_TITLES
from timeliness.judge.duties.extension_rows import extension_rows
from timeliness.judge.duties.family import behind
from timeliness.judge.duties.record_rows import record_rows
from timeliness.judge.duties.rows import Places, Recorded, RowDates, Told, unknown
from timeliness.judge.duties.sequence import After
from timeliness.judge.duties.subject import Duty
from timeliness.judge.editions import Asked, Parts
from timeliness.judge.judged import Group
from timeliness.judge.measuring import NONE, Common, Measured
from timeliness.judge.verdicts import Reason, Verdict
from timeliness.model.calendars import DAY
from timeliness.model.plain import capital
from timeliness.model.provenance import least_read
from timeliness.model.rulebooks import Rulebook
from timeliness.model.sides import Side

FIRST_ORDER = 1_000
"""The place, among the findings of a complaint, of the first that is no time limit."""


@dataclass(frozen=True)
class _Found:
    """What one rule of a rulebook comes to, and the clause and provenance that it rests on."""

    book: Rulebook
    duty: str
    clause: str
    provenance: str
    told: Told


@dataclass
class _Heading:
    """One duty of one side, and what each rulebook that may apply comes to."""

    rule: str
    title: str
    side: Side
    books: tuple[Rulebook, ...]
    found: list[_Found] = field(default_factory=list)


def events_of(asked: Asked) -> set[str]:
    """Return the events that some duty asks about: it matters that the record says "not done"."""
    duties = [duty.asks for book in asked.books for duty in book.duties]
    return {name for duty in duties if isinstance(duty, After) for name in duty.after}


@dataclass(frozen=True)
class Unexamined:
    """A rule of one side that nothing is recorded about, in so many complaints."""

    side: Side
    title: str
    number: int


def judge_rows(
    group: Group, dates: RowDates, untils: Mapping[str, Recorded], nation: str
) -> Iterator[Measured | Unexamined]:
    """Judge every duty of complaints to which the same rulebooks may apply.

    `dates` and `untils` are of the rows of the group; the latter are the new dates that extensions
    gave, by the event.
    """
    order = FIRST_ORDER
    for parts in group.parts:
        for heading in _extensions(group, dates, untils, nation, parts):
            order += 1
            yield _joined(heading, group, order)
    for parts in group.parts:
        for heading in _duties(dates, parts):
            order += 1
            yield _joined(heading, group, order)
    for parts in group.parts:
        yield from _never_begun(group, parts)
        yield from _unexamined(dates, parts)
    duties = behind("record", [book for parts in group.parts for book in parts.books])
    for rule, told in record_rows(dates):
        order += 1
        common = Common(
            rule=rule,
            title=RECORD_TITLES[rule],
            rulebook=" or ".join(book.id for book, _ in duties),
            side=Side("record"),
            clause=" or ".join(dict.fromkeys(duty.clause for _, duty in duties)),
            duty="must",
            unit="",
            provenance=duties[0][1].provenance if duties else "recorded",
        )
        yield _measured(group, order, told, [common], _zeros(told))


def _extensions(
    group: Group,
    dates: RowDates,
    untils: Mapping[str, Recorded],
    nation: str,
    parts: Parts,
) -> Iterator[_Heading]:
    headings: dict[str, _Heading] = {}
    for book in parts.books:
        for rule, extension, told in extension_rows(dates, untils, group.table, book, nation):
            name = extension.event
            new = _Heading(name.replace(" ", "-"), capital(name), parts.side, parts.books)
            found = _Found(book, rule.duty, extension.clause, extension.provenance, told)
            headings.setdefault(name, new).found.append(found)
    yield from headings.values()


def _duties(dates: RowDates, parts: Parts) -> Iterator[_Heading]:
    for duty_id in dict.fromkeys(duty.id for book in parts.books for duty in book.duties):
        heading: _Heading | None = None
        for book in parts.books:
            rule = book.duty(duty_id)
            if rule is None or not isinstance(rule.asks, Duty):
                continue
            told = rule.asks.judge_rows(dates)
            if told is None:
                continue
            heading = heading or _Heading(rule.id, rule.title, parts.side, parts.books)
            heading.found.append(_Found(book, rule.duty, rule.clause, rule.provenance, told))
        if heading:
            yield heading


def _never_begun(group: Group, parts: Parts) -> Iterator[Unexamined]:
    """Yield the time limits whose start is unknown in every complaint."""
    for rule_id in parts.rule_ids:
        rule = next(rule for book in parts.books if (rule := book.timed(rule_id)))
        if group.table.events[rule.clock.trigger].is_in(State.UNKNOWN).all():
            yield Unexamined(parts.side, rule.title, len(group.rows))


def _unexamined(dates: RowDates, parts: Parts) -> Iterator[Unexamined]:
    for duty_id in dict.fromkeys(duty.id for book in parts.books for duty in book.duties):
        rules = [rule for book in parts.books if (rule := book.duty(duty_id))]
        flags = [rule.asks.unexamined_rows(dates) for rule in rules if isinstance(rule.asks, Duty)]
        number = int(np.count_nonzero(np.logical_or.reduce(flags))) if flags else 0
        if number:
            yield Unexamined(parts.side, rules[0].title, number)


def _joined(heading: _Heading, group: Group, order: int) -> Measured:
    """Return what the rulebooks that may apply come to together."""
    every = heading.found
    if len(heading.books) == len(every) == 1:
        told = every[0].told
        return _measured(group, order, told, [_common(heading, 1)], _zeros(told))
    places = np.unique(np.concatenate([one.told.places for one in every]))
    at = [np.searchsorted(places, one.told.places) for one in every]
    verdicts = np.full((len(every), len(places)), -1, dtype=np.int8)
    for number, one in enumerate(every):
        verdicts[number, at[number]] = one.told.verdict
    found = verdicts >= 0
    first = found.argmax(axis=0)
    duties = np.array([one.duty == "should" for one in every])
    alike = (~found | (verdicts == _of(verdicts, first))).all(axis=0)
    alike &= (~found | (duties[:, None] == duties[first])).all(axis=0)
    everywhere = found.sum(axis=0) == len(heading.books)
    sure = alike & (everywhere | (_of(verdicts, first) == Verdict.MET))
    bad = found * 1 + 2 * (verdicts == Verdict.BREACH) + (verdicts == Verdict.CANNOT_TELL)
    chosen = np.where(sure, first, bad.argmax(axis=0))
    told = _chosen([one.told for one in every], at, chosen, places)
    told.verdict[~sure] = Verdict.CANNOT_TELL
    told.reason[~sure] = Reason.EDITION_UNCLEAR
    bits = (found << np.arange(len(every))[:, None]).sum(axis=0)
    patterns, which = np.unique(bits, return_inverse=True)
    common = [_common(heading, pattern) for pattern in patterns.tolist()]
    return _measured(group, order, told, common, which)


def _of(several: NDArray[np.int8], which: NDArray[np.int64]) -> NDArray[np.int8]:
    own: NDArray[np.int8] = np.take_along_axis(several, which[None, :], axis=0)[0]
    return own


def _chosen(
    several: Sequence[Told], at: Sequence[Places], chosen: NDArray[np.int64], places: Places
) -> Told:
    """Return of each complaint what one of several comes to; `at` is where each of them stands."""
    none = unknown(len(places))
    days = {name: [end.copy() for end in (none.earliest, none.latest)] for name in _DAYS}
    verdict, reason = np.zeros((2, len(places)), dtype=np.int8)
    for number, (told, where) in enumerate(zip(several, at, strict=True)):
        own = chosen[where] == number
        verdict[where[own]], reason[where[own]] = told.verdict[own], told.reason[own]
        for name, (earliest, latest) in days.items():
            span: Bounds = getattr(told, name)
            earliest[where[own]], latest[where[own]] = span.earliest[own], span.latest[own]
    return Told(places, verdict, reason, *(Bounds(*days[name]) for name in _DAYS))


def _common(heading: _Heading, bits: int) -> Common:
    """Return what the findings have in common of which these rulebooks have the duty."""
    found = [one for number, one in enumerate(heading.found) if bits >> number & 1]
    return Common(
        rule=heading.rule,
        title=heading.title,
        rulebook=" or ".join(one.book.id for one in found),
        side=heading.side,
        clause=" or ".join(dict.fromkeys(one.clause for one in found)),
        duty=found[0].duty,
        unit="",
        provenance=least_read(one.provenance for one in found),
    )


def _measured(
    group: Group, order: int, told: Told, common: Sequence[Common], which: NDArray[np.int64]
) -> Measured:
    size = len(told.places)
    none = np.full(size, NONE, dtype=DAY)
    numbers = Bounds(none, none)
    return Measured(
        rows=group.rows.take(told.places),
        order=order,
        common=tuple(common),
        which=which,
        verdict=told.verdict,
        reason=told.reason,
        start=told.start,
        due=told.due,
        done=told.done,
        working_days=numbers,
        late_by=numbers,
        days_late=numbers,
        is_owed=np.zeros(size, dtype=np.bool_),
    )


def _zeros(told: Told) -> NDArray[np.int64]:
    return np.zeros(len(told.places), dtype=np.int64)


_DAYS = ("start", "due", "done")
