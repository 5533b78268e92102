"""The check of a whole table: columns in, columns of findings out, some rows at a time.

The readings and their join are those of one complaint; here they are measured for many rows at
once, and no object is made for a row unless somebody asks for it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
from numpy.typing import NDArray

from timeliness.calendars import FAR_FUTURE, FAR_PAST, Days
from timeliness.check.clocks import Joined, Reading, Reason, Source, Verdict, join
from timeliness.check.columns import Column, EndColumn, ExtensionColumn, State, Table
from timeliness.check.complaints import CHUNK, Parts, judge, rules_in_order
from timeliness.check.rows import finding_of
from timeliness.findings import Finding
from timeliness.rulebooks import CODE, POLICY, Library, Rule, Rulebook
from timeliness.tables.columns import table_of
from timeliness.tables.complaints import Complaints
from timeliness.timelines import Timeline
from timeliness.vocabulary import RECEIVED, Vocabulary

Rows = NDArray[np.int64]
NONE = -1
"""Stands for a number that is not known, in the columns of numbers."""


@dataclass(frozen=True)
class Common:
    """What the findings of one rule have in common where the same readings exist."""

    rule: str
    title: str
    rulebook: str
    standard: str
    clause: str
    duty: str
    unit: str


@dataclass(frozen=True)
class Measured:
    """Findings as columns: for each its row, what it has in common with others, and its dates.

    A day that is not known is in the far past where it would be the earliest, in the far future
    where it would be the latest. A number that is not known is `NONE`.
    """

    rows: Rows
    order: NDArray[np.int64]
    common: tuple[Common, ...]
    which: NDArray[np.int64]
    verdict: NDArray[np.int8]
    reason: NDArray[np.int8]
    start: tuple[Days, Days]
    due: tuple[Days, Days]
    done: tuple[Days, Days]
    working_days: tuple[Days, Days]
    late_by: tuple[Days, Days]
    days_late: tuple[Days, Days]


@dataclass(frozen=True)
class Judged:
    """One rule under one standard, judged for some complaints.

    `rows` are their places in the table. Where `found` is False there is no finding: there is no
    rule, or nothing is known of the trigger.
    """

    rows: Rows
    order: int
    rule: Rule
    standard: str
    readings: Sequence[tuple[Source, Reading]]
    joined: Joined
    without_rule: bool
    found: NDArray[np.bool_]
    verdict: NDArray[np.int8]
    reason: NDArray[np.int8]

    @property
    def deciding(self) -> list[tuple[Source, Reading]]:
        """Return the readings that decide."""
        return [(source, reading) for source, reading in self.readings if source.decides]

    def finding(self, place: int, timeline: Timeline, as_at: date) -> Finding | None:
        """Return the finding in one place as an object, with its sentences."""
        if not self.found[place]:
            return None
        return finding_of(
            timeline,
            as_at,
            place,
            self.readings,
            self.joined,
            without_rule=self.without_rule,
        )

    def days_late(self, places: Rows) -> Days:
        """Return the least number of days by which something is late in some places."""
        _, first = self.deciding[0]
        late = first.done.earliest[places] - first.due.latest[places]
        for _, reading in self.deciding[1:]:
            also = reading.done.earliest[places] - reading.due.latest[places]
            late = np.where(reading.present[places], np.minimum(late, also), late)
        least: Days = np.maximum(late, 0)
        return least

    def measure(self, places: Rows) -> Measured:
        """Return the findings in some places as columns."""
        return _measure(self, places)


@dataclass(frozen=True)
class NoRules:
    """Complaints to which no rule applies."""

    rows: Rows


def check_rows(
    complaints: Complaints,
    library: Library,
    vocabulary: Vocabulary,
    rows: Rows,
    *,
    code: str = "",
    shown: bool = False,
) -> Iterator[Judged | NoRules]:
    """Judge some complaints of a table; `shown` adds the readings that do not decide."""
    for first in range(0, len(rows), CHUNK):
        chunk = rows[first : first + CHUNK]
        pairs = (
            complaints.nations.codes[chunk].astype(np.int64) * len(complaints.policies.texts)
            + complaints.policies.codes[chunk]
        )
        for pair in np.unique(pairs).tolist():
            nation, policy = divmod(pair, len(complaints.policies.texts))
            own = chunk if len(chunk) and (pairs == pair).all() else chunk[pairs == pair]
            yield from _check_alike(
                complaints,
                library,
                vocabulary,
                own,
                complaints.nations.texts[nation],
                complaints.policies.texts[policy],
                code,
                shown=shown,
            )


def _check_alike(
    complaints: Complaints,
    library: Library,
    vocabulary: Vocabulary,
    rows: Rows,
    nation: str,
    policy: str,
    code: str,
    *,
    shown: bool,
) -> Iterator[Judged | NoRules]:
    """Judge complaints of one nation and policy, edition by edition."""
    editions = library.named(code) if code else library.codes(nation)
    policies = library.named(policy) if policy else ()
    needed = {
        name for book in (*editions, *policies) for rule in book.rules for name in rule.clock.events
    }
    table = table_of(complaints, rows, vocabulary, sorted(needed))
    events = {name: table.events[name] for name in sorted({*needed, RECEIVED})}
    table = replace(table, events=events)
    receipt = table.events[RECEIVED]
    span = (receipt.earliest, np.minimum(receipt.latest, table.as_at))
    code_key = _which(editions, span, fixed=code in library.rulebooks)
    policy_key = _which(policies, span, fixed=policy in library.rulebooks)
    keys = code_key << 32 | policy_key
    for key in np.unique(keys).tolist():
        code_parts = _parts(CODE, editions, key >> 32)
        policy_parts = _parts(POLICY, policies, key & 0xFFFFFFFF)
        places = np.flatnonzero(keys == key)
        if not code_parts.books and not policy_parts.books:
            yield NoRules(rows[places])
            continue
        part = table if len(places) == table.size else take(table, places)
        yield from _judge(rows[places], part, (policy_parts, code_parts), nation, shown=shown)


def _which(books: Sequence[Rulebook], span: tuple[Days, Days], *, fixed: bool) -> Days:
    """Return, as bits, which books may apply, and last whether a day lies in none of them."""
    size = len(span[0])
    if fixed:
        return np.full(size, (1 << len(books)) - 1, dtype=np.int64)
    bits = np.zeros(size, dtype=np.int64)
    begins = np.full(size, FAR_FUTURE, dtype=np.int64)
    ends = np.full(size, FAR_PAST, dtype=np.int64)
    for place, book in enumerate(books):
        first = book.start.toordinal() if book.start else FAR_PAST
        last = book.end.toordinal() if book.end else FAR_FUTURE
        applies = (first <= span[1]) & (span[0] <= last)
        begins = np.where(applies & (bits == 0), first, begins)
        ends = np.where(applies, last, ends)
        bits |= applies.astype(np.int64) << place
    gap = (bits > 0) & ~((begins <= span[0]) & (ends >= span[1]))
    return bits | gap.astype(np.int64) << len(books)


def _parts(standard: str, books: Sequence[Rulebook], bits: int) -> Parts:
    chosen = tuple(book for place, book in enumerate(books) if bits >> place & 1)
    return Parts(standard, chosen, gap=bool(bits >> len(books) & 1))


def take(table: Table, places: Rows) -> Table:
    """Return some rows of a table."""
    return Table(
        len(places),
        table.as_at[places],
        {
            name: Column(
                column.earliest[places],
                column.latest[places],
                column.state[places],
                column.minute[places],
            )
            for name, column in table.events.items()
        },
        {
            name: [
                ExtensionColumn(
                    told.earliest[places],
                    told.latest[places],
                    told.until_earliest[places],
                    told.until_latest[places],
                    {key: column[places] for key, column in told.attributes.items()},
                )
                for told in several
            ]
            for name, several in table.extensions.items()
        },
        {
            stage: EndColumn(
                end.earliest[places],
                end.latest[places],
                end.closed_earliest[places],
                end.closed_latest[places],
            )
            for stage, end in table.ends.items()
        },
    )


def _judge(
    rows: Rows, table: Table, both: tuple[Parts, Parts], nation: str, *, shown: bool
) -> Iterator[Judged]:
    """Judge complaints to which the same rulebooks may apply, rule by rule."""
    order = 0
    for rule_id in rules_in_order(both):
        for parts in both:
            order += 1
            rules = [rule for book in parts.books if (rule := book.rule(rule_id))]
            if not rules:
                continue
            examined = table.events[rules[0].clock.trigger].state != State.UNKNOWN
            if not examined.any():
                continue
            readings = judge(rule_id, parts, table, nation, shown=shown)
            joined = join(readings, table.size)
            verdict, reason = joined.verdict, joined.reason
            without = parts.gap or len(rules) < len(parts.books)
            if without:
                unclear = verdict == Verdict.BREACH
                verdict = np.where(unclear, np.int8(Verdict.CANNOT_TELL), verdict)
                reason = np.where(unclear, np.int8(Reason.EDITION_UNCLEAR), reason)
            yield Judged(
                rows,
                order,
                rules[0],
                parts.standard,
                readings,
                joined,
                without,
                examined & joined.present,
                verdict,
                reason,
            )


# Measuring ------------------------------------------------------------------------------------


def _measure(judged: Judged, places: Rows) -> Measured:
    """Measure the findings in some places, as `check.rows` does for one."""
    size = len(places)
    deciding = judged.deciding
    start, due = _nothing(size), _nothing(size)
    done: tuple[Days, Days] | None = None
    taken = np.zeros(size, dtype=np.bool_)
    applied = np.zeros(size, dtype=np.bool_)
    pattern = np.zeros(size, dtype=np.int64)
    numbers = [_Union(size) for _ in range(3)]
    for number, (source, reading) in enumerate(deciding):
        present = reading.present[places]
        pattern |= present.astype(np.int64) << number
        one = _Dates(source, reading, places, judged)
        here = present & one.applies
        start = _hull(start, one.start, here & ~applied, here & applied)
        due = _hull(due, one.due, here & ~applied, here & applied)
        applied |= here
        first = present & ~taken
        own = (
            np.where(one.dated, one.done[0], FAR_PAST),
            np.where(one.dated, one.done[1], FAR_FUTURE),
        )
        done = (
            own
            if done is None
            else (np.where(first, own[0], done[0]), np.where(first, own[1], done[1]))
        )
        taken |= present
        for union, measured in zip(numbers, one.numbers(), strict=True):
            union.add(measured, present, one.counted)
    patterns, which = np.unique(pattern, return_inverse=True)
    return Measured(
        rows=judged.rows[places],
        order=np.full(size, judged.order, dtype=np.int64),
        common=tuple(_common(judged, bits) for bits in patterns.tolist()),
        which=which.astype(np.int64),
        verdict=judged.verdict[places],
        reason=judged.reason[places],
        start=start,
        due=due,
        done=_nothing(size) if done is None else done,
        working_days=numbers[0].result(),
        late_by=numbers[1].result(),
        days_late=numbers[2].result(),
    )


class _Dates:
    """The dates of one reading in some places, and where they apply, stand and count."""

    def __init__(self, source: Source, reading: Reading, places: Rows, judged: Judged) -> None:
        self.source = source
        self.start = (reading.start.earliest[places], reading.start.latest[places])
        self.due = (reading.due.earliest[places], reading.due.latest[places])
        self.done = (reading.done.earliest[places], reading.done.latest[places])
        verdict, reason = reading.verdict[places], reading.reason[places]
        ended = reason == Reason.ENDED
        known = reading.done_known[places]
        self.applies = (verdict != Verdict.NOT_APPLICABLE) | ended
        self.counted = (
            self.applies
            & (reason != Reason.IMPOSSIBLE_ORDER)
            & (known | (verdict == Verdict.BREACH))
        )
        self.dated = (
            ~reading.open[places]
            & (reason != Reason.NOT_RECORDED)
            & (reason != Reason.NOT_STARTED)
            & ~(ended & ~known)
        )

    def numbers(self) -> Iterator[tuple[Days, Days]]:
        """Return the working days, how late in the unit of the limit, and how late in days."""
        calendar, unit = self.source.calendar, self.source.rule.clock.limit.unit
        yield self._range(calendar.count, self.start)
        yield self._range(lambda one, other: calendar.late(one, other, unit), self.due)
        yield self._range(lambda one, other: np.maximum(other - one, 0), self.due)

    def _range(
        self, measure: Callable[[Days, Days], Days], begin: tuple[Days, Days]
    ) -> tuple[Days, Days]:
        least = np.where(begin[1] < FAR_FUTURE, measure(begin[1], self.done[0]), 0)
        unbounded = (self.done[1] >= FAR_FUTURE) | (begin[0] <= FAR_PAST)
        return least, np.where(unbounded, NONE, measure(begin[0], self.done[1]))


class _Union:
    """The least and the most of a number over several readings; none where one has none."""

    def __init__(self, size: int) -> None:
        self.least = np.full(size, FAR_FUTURE, dtype=np.int64)
        self.most = np.full(size, NONE, dtype=np.int64)
        self.none = np.zeros(size, dtype=np.bool_)
        self.unbounded = np.zeros(size, dtype=np.bool_)
        self.any = np.zeros(size, dtype=np.bool_)

    def add(
        self,
        numbers: tuple[Days, Days],
        present: NDArray[np.bool_],
        counted: NDArray[np.bool_],
    ) -> None:
        """Add one reading where it is present."""
        least, most = numbers
        here = present & counted
        self.least = np.where(here, np.minimum(self.least, least), self.least)
        self.most = np.where(here, np.maximum(self.most, most), self.most)
        self.unbounded |= here & (most == NONE)
        self.none |= present & ~counted
        self.any |= here

    def result(self) -> tuple[Days, Days]:
        """Return the least and the most."""
        known = self.any & ~self.none
        return (
            np.where(known, self.least, NONE),
            np.where(known & ~self.unbounded, self.most, NONE),
        )


def _nothing(size: int) -> tuple[Days, Days]:
    return np.full(size, FAR_PAST, dtype=np.int64), np.full(size, FAR_FUTURE, dtype=np.int64)


def _hull(
    span: tuple[Days, Days],
    other: tuple[Days, Days],
    fresh: NDArray[np.bool_],
    again: NDArray[np.bool_],
) -> tuple[Days, Days]:
    """Return the other span where there was none yet, and the hull of both where there was."""
    earliest = np.where(again, np.minimum(span[0], other[0]), span[0])
    latest = np.where(again, np.maximum(span[1], other[1]), span[1])
    return np.where(fresh, other[0], earliest), np.where(fresh, other[1], latest)


def _common(judged: Judged, bits: int) -> Common:
    """Return what findings have in common in which these readings exist."""
    sources = [source for number, (source, _) in enumerate(judged.deciding) if bits >> number & 1]
    rules = [source.rule for source in sources]
    return Common(
        rule=judged.rule.id,
        title=rules[0].title if rules else judged.rule.title,
        rulebook=" or ".join(dict.fromkeys(source.rulebook.id for source in sources)),
        standard=judged.standard,
        clause=" or ".join(dict.fromkeys(rule.clause for rule in rules)),
        duty="should" if all(rule.duty == "should" for rule in rules) else "must",
        unit=rules[0].clock.limit.unit if rules else "",
    )
