"""What each row of events comes to under the rules that are asked: findings, made on demand."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import cached_property, partial

import numpy as np
from msgspec import Struct
from msgspec.structs import replace

from timeliness.judge.applying import no_rules, notes_of, span_of
from timeliness.judge.columns import Table
from timeliness.judge.editions import Asked, AskedSet, Parts, vocabulary_of
from timeliness.judge.findings import Found
from timeliness.judge.inference import completed
from timeliness.judge.judged import Group, JudgedRule, groups, judge
from timeliness.judge.milestones import StageEnd, as_table, milestones
from timeliness.judge.readings import Readings
from timeliness.model.errors import Mistake
from timeliness.model.findings import Finding, Reading
from timeliness.model.rulebooks import Clock
from timeliness.model.timelines import Event, Timeline
from timeliness.model.vocabulary import (
    RECEIVED,
    STAGE_RESPONSES,
    STAGE_TRIGGERS,
)

DatedRow = tuple[Timeline, date, date, Mapping[int, StageEnd]]
"""Some events of a complaint, the day of the check, the day on which the record was taken, and how
each stage was ended among them."""


class JudgedRow(Struct, frozen=True):
    """Some events of a complaint, with the rulebooks that may apply and what each rule comes to.

    They are those at one `place` of a table.
    """

    timeline: Timeline
    as_at: date
    table: Table
    place: int
    parts: tuple[Parts, ...]
    notes: tuple[str, ...]
    found: Sequence[_OfRule]
    ombudsmen: tuple[str, ...]


_Again = Callable[[Timeline, date], Sequence[Reading]]
"""Returns the readings of a complaint as that of a new one, as of a day."""


class _OfRule:
    """The finding of one rule on one row of events, made when it is first asked for."""

    def __init__(
        self, clock: Clock, found: Found, number: int, row: DatedRow, again: _Again | None
    ) -> None:
        self.key, self.clock = found.key, clock
        self._found, self._number, self._row, self._again = found, number, row, again

    @cached_property
    def finding(self) -> Finding:
        """Return the finding, with its readings as that of a new complaint where it has any."""
        timeline, as_at, *_ = self._row
        finding = self._found.at(self._number, timeline, as_at)
        again = self._again(timeline, as_at) if self._again else ()
        return replace(finding, readings=(*finding.readings, *again)) if again else finding


def _columns_of(rows: Sequence[DatedRow], asked: Asked) -> Table:
    vocabulary = vocabulary_of(asked.books)
    facts = [
        milestones(timeline, day, vocabulary, taken, ends) for timeline, day, taken, ends in rows
    ]
    return completed(as_table(facts))


def check_rows(rows: Sequence[DatedRow], asked: Asked) -> list[JudgedRow | Mistake]:
    """Judge rows of events under the same rules, all at once; of one without rules, say why."""
    table = _columns_of(rows, asked)
    found: dict[int, JudgedRow | Mistake] = {}
    for group in groups(table, np.arange(len(rows)), asked):
        places = group.rows.tolist()
        if not group.books:
            found |= {
                place: no_rules(rows[place][0], asked, span_of(group, number))
                for number, place in enumerate(places)
            }
            continue
        every, notes = np.arange(len(places)), notes_of(asked, group)
        rules = [
            (Found(one, every), _again_of(one, group, asked)) for one in judge(group, asked.nation)
        ]
        for number, place in enumerate(places):
            timeline, as_at, *_ = rows[place]
            found[place] = JudgedRow(
                timeline,
                as_at,
                group.table,
                number,
                group.parts,
                notes[number],
                [
                    _OfRule(clock, rule, number, rows[place], again)
                    for rule, again in rules
                    if (clock := rule.clock_at(number))
                ],
                asked.ombudsmen,
            )
    return [found[place] for place in range(len(rows))]


def _again_of(judged: JudgedRule, group: Group, asked: Asked) -> _Again | None:
    """Return how a rule of stage 2 is read where what was escalated is taken as a new complaint."""
    if judged.rule.clock.stop != STAGE_RESPONSES[2]:
        return None
    parts = next(one for one in group.parts if one.side == judged.side)
    return partial(_as_new_complaint, parts=parts, asked=asked)


def _as_new_complaint(timeline: Timeline, as_at: date, parts: Parts, asked: Asked) -> list[Reading]:
    """Return, for a further complaint treated as an escalation, its reading as a new complaint.

    The response at stage 2 is then what answered it at stage 1.
    """
    further = [
        event
        for event in timeline.named(RECEIVED)
        if event.treated_as == STAGE_TRIGGERS[2] and event.when
    ]
    if not further:
        return []
    answer = timeline.named(STAGE_RESPONSES[2])
    events: list[Event] = [replace(further[0], treated_as="")]
    events += [replace(event, name=STAGE_RESPONSES[1]) for event in answer]
    new = replace(timeline, events=tuple(events), record="partial")
    one = AskedSet(parts.side, parts.books, fixed=len(parts.books) == 1)
    asked = replace(asked, sets=(one,))
    table, alone = _columns_of([(new, as_at, as_at, {})], asked), np.arange(1)
    return [
        replace(reading, decides=False, as_new_complaint=True)
        for group in groups(table, alone, asked)
        for judged in judge(group, asked.nation)
        if judged.rule.id == "stage-1-response"
        for source, columns in judged.readings
        if source.decides and (reading := Readings(source, columns, alone).at(0))
    ]
