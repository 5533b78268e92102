"""Every duty of complaints that have dates and nothing else, judged once for all that are alike.

They are judged as timelines are, by the same rules, and what they come to is put into columns.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from functools import partial
from itertools import count

import numpy as np
from msgspec import Struct
from msgspec.structs import replace

from timeliness.judge.columns import Bounds, Codes, State
from timeliness.judge.duties import duty_finding, record_findings
from timeliness.judge.duties.extensions import (
    ClockDue,
    clocks_due,
    extension_finding,
    extensions_of,
)
from timeliness.judge.duties.rows import Alike, Places, RowDates
from timeliness.judge.duties.subject import Duty, Subject
from timeliness.judge.editions import Asked, Parts
from timeliness.judge.judged import Group
from timeliness.judge.measuring import NONE, Common, Measured
from timeliness.judge.verdicts import REASON_NAMES, VERDICT_NAMES
from timeliness.model.calendars import DAY, FAR_FUTURE, FAR_PAST
from timeliness.model.dates import Span
from timeliness.model.findings import Finding, NotExamined
from timeliness.model.rulebooks import Rulebook
from timeliness.model.sides import RuleKey, Side
from timeliness.model.timelines import Timeline
from timeliness.model.vocabulary import ORDERS

FIRST_ORDER = 1_000
"""The place, among the findings of a complaint, of the first that is no time limit."""

Judge = Callable[[Subject], Finding | NotExamined | None]
_VERDICTS = {name: code for code, name in VERDICT_NAMES.items()}
_REASONS = {name: code for code, name in REASON_NAMES.items()}


class JudgedDuty(Struct, frozen=True):
    """What one duty comes to in the complaints of a group in which it is triggered."""

    measured: Measured
    places: Places
    dates: RowDates
    judge: Judge

    @property
    def rows(self) -> Places:
        """Return the places of the complaints among all."""
        return self.measured.rows

    @property
    def key(self) -> RuleKey:
        """Return the rule that it is under."""
        return RuleKey(self.measured.common[0].side, self.measured.common[0].rule)

    @property
    def order(self) -> int:
        """Return the place of the duty among all that a complaint is checked for."""
        return self.measured.order

    def at(self, place: int, timeline: Timeline, as_at: date) -> Finding | None:
        """Return the finding of one complaint, which is this timeline."""
        found = self.judge(self.dates.subject_of(timeline, int(self.places[place])))
        return found if isinstance(found, Finding) else None


class Unexamined(Struct, frozen=True):
    """A rule of one side that nothing is recorded about, in so many complaints."""

    side: Side
    rule: str
    title: str
    number: int

    @property
    def key(self) -> RuleKey:
        """Return the rule."""
        return RuleKey(self.side, self.rule)


def events_of(asked: Asked) -> set[str]:
    """Return the events that some duty looks at: it matters that the record says "not done"."""
    duties = [duty.asks for book in asked.books for duty in book.duties]
    return {name for duty in duties if isinstance(duty, Duty) for name in duty.looks_at}


def judge_rows(group: Group, dates: RowDates) -> Iterator[JudgedDuty | Unexamined]:
    """Judge every duty of complaints to which the same rulebooks may apply.

    `dates` are of the rows of the group.
    """
    order = count(FIRST_ORDER + 1)
    for parts in group.parts:
        yield from _never_begun(group, parts)
    standards = [parts.books for parts in group.parts]
    asked = [
        *(one for books in standards for one in _extensions(dates, books)),
        *(one for books in standards for one in _duties(dates, books)),
        *_record(dates, [book for books in standards for book in books]),
    ]
    for alike, judge in asked:
        told = [judge(dates.subject(place, alike.names)) for place in alike.first.tolist()]
        numbers = np.bincount(alike.which, minlength=len(told)).tolist()
        for one, number in zip(told, numbers, strict=True):
            if isinstance(one, NotExamined):
                yield Unexamined(one.side, one.rule, one.title, number)
        is_found = np.array([isinstance(one, Finding) for one in told], dtype=np.bool_)
        if is_found.any():
            found = [one for one in told if isinstance(one, Finding)]
            own = alike.where(is_found)
            measured = _measured(group, next(order), own, found)
            yield JudgedDuty(measured, own.places, dates, judge)


def _never_begun(group: Group, parts: Parts) -> Iterator[Unexamined]:
    """Yield the time limits whose start is unknown in every complaint."""
    for rule_id in parts.rule_ids:
        rule = next(rule for book in parts.books if (rule := book.timed(rule_id)))
        if group.table.events[rule.clock.trigger].is_in(State.UNKNOWN).all():
            yield Unexamined(parts.side, rule.id, rule.title, len(group.rows))


def _extensions(dates: RowDates, books: tuple[Rulebook, ...]) -> Iterator[tuple[Alike, Judge]]:
    """Yield the complaints with an extension, put together, and how it is judged."""
    for name, rules in extensions_of(books).items():
        given = dates.said([name])
        if not given.any():
            continue
        places = np.flatnonzero(given)
        clocks = clocks_due(dates.table.take(places), rules, dates.nation)
        triggers = list(dict.fromkeys(rule.clock.trigger for _, rule in rules))
        ends = [dates.until(name, places), *(dates.after(one, name, places) for one in triggers)]
        ends += [days for one in clocks for days in (one.due, one.most)]
        alike = dates.alike(given, [name], more=ends)
        judge = partial(_extension, books=books, name=name, places=places, clocks=clocks)
        yield replace(alike, names=[name, *triggers]), judge


def _extension(
    subject: Subject,
    books: tuple[Rulebook, ...],
    name: str,
    places: Places,
    clocks: Sequence[ClockDue],
) -> Finding | None:
    """Judge the one extension of its event; the clocks are those of some places."""
    at = int(np.searchsorted(places, subject.place))
    return extension_finding(subject, books, name, 0, [one.at(at) for one in clocks])


def _duties(dates: RowDates, books: tuple[Rulebook, ...]) -> Iterator[tuple[Alike, Judge]]:
    """Yield the complaints with what a duty looks at, put together, and how it is judged."""
    for duty_id in dict.fromkeys(duty.id for book in books for duty in book.duties):
        rules = [rule for book in books if (rule := book.duty(duty_id))]
        duties = [rule.asks for rule in rules if isinstance(rule.asks, Duty)]
        names = list(dict.fromkeys(name for duty in duties for name in duty.looks_at))
        if (said := dates.said(names)).any():
            by_calendar = any(duty.by_calendar for duty in duties)
            alike = dates.alike(said, names, by_calendar=by_calendar)
            yield alike, partial(duty_finding, books=books, duty_id=duty_id)


def _record(dates: RowDates, books: Sequence[Rulebook]) -> Iterator[tuple[Alike, Judge]]:
    """Yield the complaints of whose record there may be something to say, event by event."""

    def judge(subject: Subject, names: Sequence[str]) -> Finding | None:
        return next(record_findings(subject.only(*names), books), None)

    recorded = dates.recorded
    asked = [
        *(((name,), dates.later(name)) for name in recorded),
        *(((name,), one.unread) for name, one in recorded.items()),
        *(
            ((cause, effect), dates.may_precede(effect, cause))
            for cause, effect in ORDERS
            if cause in recorded and effect in recorded
        ),
    ]
    for names, flags in asked:
        if flags.any():
            yield dates.alike(flags, names), partial(judge, names=names)


def _measured(group: Group, order: int, alike: Alike, found: Sequence[Finding]) -> Measured:
    """Return as columns what complaints come to that are like those of these findings."""
    commons = [_common(one) for one in found]
    common = list(dict.fromkeys(commons))
    number_of = np.array([common.index(one) for one in commons])
    none = np.full(len(alike.places), NONE, dtype=DAY)
    return Measured(
        rows=group.rows.take(alike.places),
        order=order,
        common=tuple(common),
        which=number_of[alike.which],
        verdict=_codes([_VERDICTS[one.verdict] for one in found])[alike.which],
        reason=_codes([_REASONS[one.reason] for one in found])[alike.which],
        start=_days(alike, [one.start for one in found]),
        due=_days(alike, [one.due for one in found]),
        done=_days(alike, [one.done for one in found]),
        working_days=Bounds(none, none),
        late_by=Bounds(none, none),
        days_late=Bounds(none, none),
        is_owed=np.zeros(len(alike.places), dtype=np.bool_),
    )


def _common(one: Finding) -> Common:
    return Common(
        rule=one.rule,
        title=one.plain_title,
        rulebook=one.rulebook,
        side=one.side,
        clause=one.clause,
        duty=one.duty,
        unit="",
        provenance=one.provenance,
    )


def _codes(codes: Sequence[int]) -> Codes:
    return np.array(codes, dtype=np.int8)


def _days(alike: Alike, spans: Sequence[Span | None]) -> Bounds:
    """Return the days of each complaint, of the spans of those that were judged."""
    ends = [(one.earliest, one.latest) if one else (None, None) for one in spans]
    earliest = [day.toordinal() if day else FAR_PAST for day, _ in ends]
    latest = [day.toordinal() if day else FAR_FUTURE for _, day in ends]
    return Bounds(alike.days(earliest), alike.days(latest))
