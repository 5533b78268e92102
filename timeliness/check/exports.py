"""The check of a whole table: columns in, columns of findings out, some rows at a time.

The readings and their join are those of one complaint; here they are measured for many rows at
once, and no object is made for a row unless somebody asks for it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
from numpy.typing import NDArray

from timeliness.calendars import FAR_FUTURE, FAR_PAST, Days
from timeliness.check.clocks import Joined, Reading, Reason, Source, Verdict, join
from timeliness.check.columns import Column, EndColumn, ExtensionColumn, State, Table
from timeliness.check.complaints import CHUNK, Parts, judge, rules_in_order
from timeliness.check.measuring import Measured, measure
from timeliness.check.rows import finding_of
from timeliness.findings import Finding
from timeliness.rulebooks import CODE, POLICY, Library, Rule, Rulebook
from timeliness.tables.columns import table_of
from timeliness.tables.complaints import Complaints
from timeliness.timelines import Timeline
from timeliness.vocabulary import RECEIVED, Vocabulary

Rows = NDArray[np.int64]


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
        return measure(self, places)


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
