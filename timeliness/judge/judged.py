"""The check of a whole table: columns in, columns of findings out, some rows at a time.

The readings and their join are those of one complaint; here they are measured for many rows at
once, and no object is made for a row unless somebody asks for it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from timeliness.judge.cases import Parts, judge, rules_in_order
from timeliness.judge.clocks import Reading, Reason, Source, Verdict
from timeliness.judge.columns import Bounds, Codes, Flags, State, Table, pick, pick_codes
from timeliness.judge.findings import VERDICT_NAMES, finding_of
from timeliness.judge.joining import Joined, join
from timeliness.judge.measuring import Measured, measure
from timeliness.model.calendars import FAR_FUTURE, FAR_PAST, Days
from timeliness.model.findings import BREACH, NOT_FOLLOWED, Finding
from timeliness.model.rulebooks import CODE, POLICY, Library, Rule, Rulebook
from timeliness.model.timelines import Timeline
from timeliness.model.vocabulary import RECEIVED, Vocabulary
from timeliness.run.chunks import alike
from timeliness.tables.complaints import Complaints, Rows
from timeliness.tables.milestones import table_of


@dataclass(frozen=True)
class Judged:
    """One rule under one standard, judged for some complaints.

    `rows` are their places in the table, ascending. Where `found` is False there is no finding:
    there is no rule, or nothing is known of the trigger. `without_rule` says that on a possible
    day of receipt there was no such rule.
    """

    rows: Rows
    order: int
    rule: Rule
    standard: str
    readings: Sequence[tuple[Source, Reading]]
    joined: Joined
    without_rule: bool
    found: Flags

    @cached_property
    def verdict(self) -> Codes:
        """Return what each comes to."""
        verdict = self.joined.verdict
        if not self.without_rule:
            return verdict
        return pick_codes(self._unclear, int(Verdict.CANNOT_TELL), verdict)

    @cached_property
    def reason(self) -> Codes:
        """Return why."""
        if not self.without_rule:
            return self.joined.reason
        return pick_codes(self._unclear, int(Reason.EDITION_UNCLEAR), self.joined.reason)

    @cached_property
    def _unclear(self) -> Flags:
        """Return where a breach cannot be told, since there may have been no such rule."""
        unclear: Flags = self.joined.verdict == Verdict.BREACH
        return unclear

    @cached_property
    def should(self) -> Flags:
        """Return where it is a "should" under every rulebook that may apply."""
        lenient = any(source.rule.duty == "should" for source, _ in self.deciding)
        should = np.full(len(self.rows), lenient)
        for source, reading in self.deciding if lenient else ():
            if source.rule.duty != "should":
                should &= ~reading.present
        return should

    @cached_property
    def counts(self) -> dict[str, int]:
        """Return how many findings there are of each verdict."""
        found, verdict = self.found, self.verdict
        if not found.all():
            verdict = verdict[found]
        counts = {
            name: int(np.count_nonzero(verdict == code)) for code, name in VERDICT_NAMES.items()
        }
        if counts[BREACH] and self.should.any():
            lenient = self.found & self.should & (self.verdict == Verdict.BREACH)
            counts[NOT_FOLLOWED] = int(np.count_nonzero(lenient))
            counts[BREACH] -= counts[NOT_FOLLOWED]
        return {name: number for name, number in counts.items() if number}

    @property
    def deciding(self) -> Sequence[tuple[Source, Reading]]:
        """Return the readings that decide."""
        return self.joined.deciding

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
        late = first.days_late(places)
        for _, reading in self.deciding[1:]:
            also = np.minimum(late, reading.days_late(places))
            late = pick(reading.present.take(places), also, late)
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
    for nation, policy, chunk in alike(complaints, library, rows):
        yield from _check_alike(
            complaints, library, vocabulary, chunk, nation, policy, code, shown=shown
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
    receipt = table.events[RECEIVED].days
    if not receipt.exact:
        receipt = Bounds(receipt.earliest, np.minimum(receipt.latest, table.as_at))
    code_key = _which(editions, receipt, fixed=code in library.rulebooks)
    policy_key = _which(policies, receipt, fixed=policy in library.rulebooks)
    keys = code_key << 32 | policy_key
    same = bool(len(keys)) and bool((keys == keys[0]).all())
    for key in keys[:1].tolist() if same else np.unique(keys).tolist():
        code_parts = _parts(CODE, editions, key >> 32)
        policy_parts = _parts(POLICY, policies, key & 0xFFFFFFFF)
        places = np.arange(len(keys)) if same else np.flatnonzero(keys == key)
        if not code_parts.books and not policy_parts.books:
            yield NoRules(rows[places])
            continue
        whole = len(places) == table.size
        part = table if whole else table.take(places)
        own = rows if whole else rows[places]
        yield from _judge(own, part, (policy_parts, code_parts), nation, shown=shown)


def _which(books: Sequence[Rulebook], receipt: Bounds, *, fixed: bool) -> NDArray[np.int64]:
    """Return, as bits, which books may apply, and last whether a day lies in none of them."""
    size = len(receipt.earliest)
    if fixed:
        return np.full(size, (1 << len(books)) - 1, dtype=np.int64)
    bits = np.zeros(size, dtype=np.int64)
    begins = np.full(size, FAR_FUTURE, dtype=np.int64)
    ends = np.full(size, FAR_PAST, dtype=np.int64)
    for place, book in enumerate(books):
        first = book.start.toordinal() if book.start else FAR_PAST
        last = book.end.toordinal() if book.end else FAR_FUTURE
        applies = (first <= receipt.latest) & (receipt.earliest <= last)
        begins = np.where(applies & (bits == 0), first, begins)
        ends = np.where(applies, last, ends)
        bits |= applies.astype(np.int64) << place
    gap = (bits > 0) & ~((begins <= receipt.earliest) & (ends >= receipt.latest))
    return bits | gap.astype(np.int64) << len(books)


def _parts(standard: str, books: Sequence[Rulebook], bits: int) -> Parts:
    chosen = tuple(book for place, book in enumerate(books) if bits >> place & 1)
    return Parts(standard, chosen, gap=bool(bits >> len(books) & 1))


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
            yield Judged(
                rows,
                order,
                rules[0],
                parts.standard,
                readings,
                joined,
                parts.gap or len(rules) < len(parts.books),
                examined & joined.present,
            )
