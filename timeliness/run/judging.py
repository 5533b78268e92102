"""The complaints of a table, judged some rows at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial

from timeliness.judge.cases import notes_of
from timeliness.judge.editions import Asked
from timeliness.judge.inference import completed
from timeliness.judge.judged import JudgedRule, groups, judge
from timeliness.model.rulebooks import Library
from timeliness.model.vocabulary import RECEIVED, Vocabulary
from timeliness.run.chunks import alike
from timeliness.tables.complaints import Complaints, Rows
from timeliness.tables.milestones import table_of


@dataclass(frozen=True)
class Noted:
    """What a reader should know of the rules that apply to some complaints.

    `notes` tells it of one, by its place among the `rows`.
    """

    rows: Rows
    notes: Callable[[int], tuple[str, ...]]


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
) -> Iterator[JudgedRule | NoRules | Noted]:
    """Judge some complaints of a table.

    `shown` adds the readings that do not decide, and the notes on the rules that apply.
    """
    for nation, policy, chunk in alike(complaints, library, rows):
        asked = Asked.of(library, nation, policy, code)
        needed = asked.events
        table = completed(table_of(complaints, chunk, vocabulary, needed))
        events = {name: table.events[name] for name in sorted({*needed, RECEIVED})}
        for group in groups(replace(table, events=events), chunk, asked):
            if group.books and shown:
                yield Noted(group.rows, partial(notes_of, asked, group))
            if group.books:
                yield from judge(group, nation, shown=shown)
            else:
                yield NoRules(group.rows)
