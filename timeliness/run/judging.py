"""The complaints of a table, judged some at a time: those that are alike, together.

A chunk of complaints pays only for what its complaints have: where nobody escalated and nothing was
extended, stage 2 and extensions cost next to nothing. What is in a chunk changes no finding.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

import numpy as np
from msgspec import Struct
from msgspec.structs import replace

from timeliness.judge.applying import note_of
from timeliness.judge.duties.columns import JudgedDuty, Unexamined, events_of, judge_rows
from timeliness.judge.duties.rows import RowDates
from timeliness.judge.editions import Asked, vocabulary_of
from timeliness.judge.inference import completed
from timeliness.judge.judged import CHUNK, Group, JudgedRule, groups, judge
from timeliness.model.library import Library
from timeliness.model.sides import CODE, Side
from timeliness.model.verdict_words import OF_ALL, OF_POLICY, OF_RULES
from timeliness.model.vocabulary import RECEIVED, Vocabulary
from timeliness.tables.complaints import Complaints, Rows, codes_in
from timeliness.tables.milestones import recorded_of, table_of


class Noted(Struct, frozen=True):
    """What a reader should know of the rules that apply to some complaints.

    `codes` are the Codes that do. `notes` tells the rest of one, by its place among the `rows`.
    """

    rows: Rows
    codes: tuple[Side, ...]
    notes: Callable[[int], tuple[str, ...]]

    def scope(self, found: set[Side]) -> str:
        """Return what "no breach" can be said of, by the sides that anything was found of."""
        if not self.codes:
            return OF_POLICY
        return OF_ALL if found.issuperset(self.codes) else OF_RULES


class NoRules(Struct, frozen=True):
    """Complaints to which no rule applies."""

    rows: Rows


def check_rows(
    complaints: Complaints,
    library: Library,
    vocabulary: Vocabulary,
    rows: Rows,
    *,
    shown: bool = False,
) -> Iterator[JudgedRule | JudgedDuty | Unexamined | NoRules | Noted]:
    """Judge some complaints of a table: their time limits, and then what else is asked of them.

    `shown` adds the readings that do not decide.
    """
    for asked, chunk in alike(complaints, library, rows):
        needed = asked.events
        table = completed(table_of(complaints, chunk, vocabulary, needed))
        names = sorted({*needed, *events_of(asked), RECEIVED} & table.events.keys())
        events = {name: table.events[name] for name in names}
        for group in groups(replace(table, events=events), chunk, asked):
            if group.books:
                sides = (parts.side for parts in group.parts if parts.books)
                codes = tuple(side for side in sides if side.standard == CODE)
                yield Noted(group.rows, codes, partial(note_of, asked, group))
                yield from judge(group, asked.nation, shown=shown)
                dates = _dates_of(complaints, group, asked.nation, vocabulary)
                yield from judge_rows(group, dates)
            else:
                yield NoRules(group.rows)


def _dates_of(
    complaints: Complaints, group: Group, nation: str, vocabulary: Vocabulary
) -> RowDates:
    """Return what the duties of a group are judged on."""
    recorded, untils = recorded_of(complaints, group.rows, vocabulary)
    books = [book for parts in group.parts for book in parts.books]
    calendar, own = books[0].plain_calendar(nation), vocabulary_of(books)
    return RowDates(recorded, untils, group.table, calendar, own, nation)


_MOST_KINDS = 1 << 20
FEW = CHUNK // 8
"""Fewer rows of a kind than this go with those of other kinds."""


def asked_of(complaints: Complaints, library: Library, rows: Rows) -> Iterator[tuple[Asked, Rows]]:
    """Return what is asked of some rows, those of which the same is asked together."""
    columns = (complaints.nations, complaints.policies, complaints.codes, complaints.bodies)
    keys = np.zeros(len(rows), dtype=np.int64)
    for labels in columns:
        keys = keys * len(labels.texts) + labels.codes.take(rows)
    same = bool(len(keys)) and bool((keys == keys[0]).all())
    for key in keys[:1].tolist() if same else np.unique(keys).tolist():
        own = rows if same else rows[keys == key]
        nation, policy, codes, body = (labels.of(int(own[0])) for labels in columns)
        yield Asked.of(library, nation, policy, codes_in(codes), body), own


def alike(complaints: Complaints, library: Library, rows: Rows) -> Iterator[tuple[Asked, Rows]]:
    """Return chunks of some rows of which the same is asked, each with what that is.

    Within them, complaints received under the same rulebooks, and of which the same events are
    dated, come together.
    """
    for asked, own in asked_of(complaints, library, rows):
        for kind in _kinds(complaints, library, own):
            for first in range(0, len(kind), CHUNK):
                yield asked, kind[first : first + CHUNK]


def _kinds(complaints: Complaints, library: Library, rows: Rows) -> list[Rows]:
    """Return the rows kind by kind, those of rare kinds as one, each in their order."""
    if len(rows) <= CHUNK:
        return [rows]
    kind = np.zeros(len(rows), dtype=np.int32)
    many = 1
    receipt = complaints.events.get(RECEIVED)
    if receipt is not None:
        days = receipt.earliest.take(rows)
        for begins in sorted({book.start for book in library.rulebooks.values() if book.start}):
            kind += days >= begins.toordinal()
            many += 1
    for dated in complaints.events.values():
        if many * 2 > _MOST_KINDS:
            break
        kind *= 2
        kind += dated.given.take(rows)
        many *= 2
    counts = np.bincount(kind, minlength=many)
    common = np.flatnonzero(counts >= FEW)[:255]
    number = np.zeros(many, dtype=np.uint8)
    number[common] = np.arange(1, len(common) + 1)
    own = number.take(kind)
    in_order = np.argsort(own, kind="stable")
    ends = np.cumsum(np.bincount(own, minlength=len(common) + 1))
    return [part for part in np.split(rows.take(in_order), ends[:-1]) if len(part)]
