"""The judging loop: columns of complaints in, and rule by rule what each comes to, as columns.

A timeline is a column of one and a table a column of many. No object is made for a complaint
unless somebody asks for it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from timeliness.judge.clocks import Reading, Source, either_way, read_clock, sources_of, turns_on
from timeliness.judge.columns import (
    Bounds,
    Codes,
    Flags,
    State,
    Table,
    clip_column,
    pick,
    pick_codes,
)
from timeliness.judge.editions import Asked, Parts, parts_of, which
from timeliness.judge.inference import CAUSE, EFFECT, left_out, received_too_late
from timeliness.judge.joining import Joined, join
from timeliness.judge.verdicts import VERDICT_NAMES, Reason, Verdict
from timeliness.model.calendars import FAR_FUTURE, Days
from timeliness.model.rulebooks import Clock, Rule, Rulebook
from timeliness.model.sides import Side
from timeliness.model.verdict_words import BREACH, NOT_FOLLOWED
from timeliness.model.vocabulary import RECEIVED

Rows = NDArray[np.int64]
CHUNK = 128_000
"""As many complaints are judged at once."""


class Group(Struct, frozen=True, dict=True):
    """Complaints to which the same rulebooks may apply; `rows` are their places among all.

    `parts` holds those of each set that was asked for, in its order.
    """

    rows: Rows
    table: Table
    parts: tuple[Parts, ...]

    @property
    def books(self) -> bool:
        """Whether any rulebook may apply."""
        return any(parts.books for parts in self.parts)

    @cached_property
    def receipt(self) -> Bounds:
        """Return the days on which each complaint may have been received, as far as is known."""
        return _possible_receipt(self.table)


class JudgedRule(Struct, frozen=True, dict=True):
    """One rule of one side, judged for some complaints.

    `rows` are their places among all complaints, ascending. Where `found` is False there is no
    finding: there is no rule, or nothing is known of the trigger. `without_rule` says that on a
    possible day of receipt there was no such rule. `table` holds what it was judged on.
    """

    rows: Rows
    order: int
    rule: Rule
    side: Side
    readings: Sequence[tuple[Source, Reading]]
    joined: Joined
    without_rule: bool
    found: Flags
    table: Table

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
        """Return where a breach cannot be decided, since there may have been no such rule."""
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
    def breached(self) -> Flags:
        """Return where it is a breach, and no "should" that was not followed."""
        breached: Flags = self.found & (self.verdict == Verdict.BREACH) & ~self.should
        return breached

    @cached_property
    def counts(self) -> dict[str, int]:
        """Return how many findings there are of each verdict, as they are summed."""
        found, verdict = self.found, self.verdict
        if not found.all():
            verdict = verdict[found]
        counts = {
            name: int(np.count_nonzero(verdict == code)) for code, name in VERDICT_NAMES.items()
        }
        both, counts[BREACH] = counts[BREACH], int(np.count_nonzero(self.breached))
        counts[NOT_FOLLOWED] = both - counts[BREACH]
        return {name: number for name, number in counts.items() if number}

    @property
    def deciding(self) -> Sequence[tuple[Source, Reading]]:
        """Return the readings that decide."""
        return self.joined.deciding

    def days_late(self, places: Rows) -> Days:
        """Return the least number of days by which something is late in some places."""
        _, first = self.deciding[0]
        late = first.days_late(places)
        for _, reading in self.deciding[1:]:
            also = np.minimum(late, reading.days_late(places))
            late = pick(reading.present.take(places), also, late)
        least: Days = np.maximum(late, 0)
        return least

    def is_owed(self, places: Rows) -> Flags:
        """Return where, in some places, it is overdue and still owed on the as-at date.

        It is not where an end or a later answer came before, though nothing met it.
        """
        owed = np.zeros(len(places), dtype=np.bool_)
        for _, reading in reversed(self.deciding):
            own = reading.open.take(places)
            own &= reading.until.latest.take(places) >= reading.as_at.take(places)
            owed = np.where(reading.present.take(places), own, owed)
        late: Flags = self.verdict.take(places) == Verdict.BREACH
        return owed & late

    def may_be_owed(self, places: Rows) -> Flags:
        """Return where, in some places, nothing says that it was done, ended or overtaken by then.

        It is so only where it cannot be decided: what is late or to come is not in doubt.
        """
        open_ = np.zeros(len(places), dtype=np.bool_)
        for _, reading in self.deciding:
            stop, own = reading.stop, reading.present.take(places)
            for over in (stop.over(), stop.ended, stop.passed):
                own = own & (over.latest.take(places) > reading.as_at.take(places))
            open_ |= own
        open_ &= self.verdict.take(places) == Verdict.CANNOT_TELL
        open_ &= self.reason.take(places) != Reason.CLOSED_UNANSWERED
        return open_


def groups(table: Table, rows: Rows, asked: Asked) -> Iterator[Group]:
    """Return complaints edition by edition; `rows` are their places among all."""
    receipt = _possible_receipt(table)
    bits = [which(one, receipt) for one in asked.sets]
    keys = _together(bits, asked) if bits else np.zeros(table.size, dtype=np.int64)
    same = bool(len(keys)) and bool((keys == keys[0]).all())
    for key in keys[:1].tolist() if same else np.unique(keys).tolist():
        places = np.flatnonzero(keys == key)
        first = int(places[0])
        parts = tuple(
            parts_of(one, int(own[first])) for one, own in zip(asked.sets, bits, strict=True)
        )
        if same:
            yield Group(rows, table, parts)
        else:
            yield Group(rows[places], table.take(places), parts)


_BITS = 62
"""As many bits fit into one key."""


def _together(bits: Sequence[NDArray[np.int64]], asked: Asked) -> NDArray[np.int64]:
    """Return one key for the bits of all sets, the last set in front."""
    keys, used = bits[-1], len(asked.sets[-1].books) + 1
    for one, own in zip(reversed(asked.sets[:-1]), reversed(bits[:-1]), strict=True):
        width = len(one.books) + 1
        if used + width > _BITS:
            different, keys = np.unique(keys, return_inverse=True)
            used = len(different).bit_length()
        keys = keys << width | own
        used += width
    return keys


def _possible_receipt(table: Table) -> Bounds:
    """Return the days on which the complaints may have been received, as far as is known.

    What had not begun by the day of the check has no such day, whatever is known of other rows.
    """
    receipt = table.events[RECEIVED].days
    if receipt.exact:
        return receipt
    begun = receipt.earliest < FAR_FUTURE
    return Bounds(
        receipt.earliest,
        pick(begun, np.minimum(receipt.latest, table.as_at), receipt.latest),
    )


def judge(group: Group, nation: str, *, shown: bool = True) -> Iterator[JudgedRule]:
    """Judge complaints to which the same rulebooks may apply, rule by rule.

    `shown` includes the readings that are shown for information and do not decide.
    """
    order = 0
    table = group.table
    for rule_id in _rules_in_order(group.parts):
        for parts in group.parts:
            order += 1
            rules = [rule for book in parts.books if (rule := book.timed(rule_id))]
            if not rules:
                continue
            examined = _examined(rules[0].clock, table)
            if not examined.any():
                continue
            readings = _readings(rule_id, parts, table, nation, shown=shown)
            joined = join(readings, table.size)
            yield JudgedRule(
                group.rows,
                order,
                rules[0],
                parts.side,
                readings,
                joined,
                parts.gap or len(rules) < len(parts.books),
                examined & joined.present,
                table,
            )


def _examined(clock: Clock, table: Table) -> Flags:
    """Return where the record says of an event that may start a clock whether it happened."""
    first, *others = (table.events[name].state != State.UNKNOWN for name in clock.triggers)
    known: Flags = np.logical_or.reduce([first, *others]) if others else first
    return known


def _rules_in_order(several: Iterable[Parts]) -> list[str]:
    """Return every rule id, stage by stage, then those of no stage."""
    known = [
        "acknowledge-complaint",
        "stage-1-response",
        "acknowledge-escalation",
        "stage-2-response",
        "stage-3-response",
    ]
    ids = list(dict.fromkeys(rule_id for parts in several for rule_id in parts.rule_ids))
    return sorted(ids, key=lambda name: known.index(name) if name in known else len(known))


def _readings(
    rule_id: str, parts: Parts, table: Table, nation: str, *, shown: bool
) -> list[tuple[Source, Reading]]:
    """Return every reading of one rule, under each rulebook that may apply."""
    readings = []
    for book in parts.books:
        rule = book.timed(rule_id)
        if rule is None:
            continue
        clip = len(parts.books) > 1 or parts.gap
        for source in sources_of(book, rule, nation):
            if source.decides or shown:
                readings.append((source, _reading(source, parts, table, clip=clip)))
    return readings


def _reading(source: Source, parts: Parts, table: Table, *, clip: bool) -> Reading:
    """Return one reading; `clip` keeps the day of receipt within the time of its rulebook.

    Where it turns on an impossible order, it is read without each of the two dates.
    """
    reading = _read(source, table, clip=clip)
    # Without its day of receipt, a complaint may fall under any edition.
    unclear = received_too_late(table) if len(parts.series) > 1 else np.full(table.size, False)
    doubtful = turns_on(source.rule.clock, source.start, table) | unclear
    if not doubtful.any():
        return reading
    places = np.flatnonzero(doubtful)
    ways = [_read(source, left_out(table, places, side), clip=clip) for side in (CAUSE, EFFECT)]
    return either_way(reading, places, ways, unclear[places])


def _read(source: Source, table: Table, *, clip: bool) -> Reading:
    return read_clock(source, _received_under(source.rulebook, table) if clip else table)


def _received_under(book: Rulebook, table: Table) -> Table:
    """Return a table whose days of receipt are limited to those on which a rulebook is in force."""
    first = book.start.toordinal() if book.start else None
    last = book.end.toordinal() if book.end else None
    return table.with_event(RECEIVED, clip_column(table.events[RECEIVED], first, last))
