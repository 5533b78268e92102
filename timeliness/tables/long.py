"""Long tables: a row is an event, and the rows of one reference are a complaint."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

import numpy as np
import polars as pl

from timeliness.judge.columns import far
from timeliness.judge.milestones import ordinals
from timeliness.judge.received import received_after
from timeliness.model.dates import UNKNOWN
from timeliness.model.declared import Declared
from timeliness.model.errors import Mistake
from timeliness.model.timelines import Timeline, too_many
from timeliness.model.vocabulary import Vocabulary
from timeliness.tables.complaints import EXPECTED, Complaints, Dated, Flags, ended_in_doubt
from timeliness.tables.constants import Constants, first_given, landlords_of_events
from timeliness.tables.event_names import EventNames
from timeliness.tables.footers import without_foot
from timeliness.tables.grid import Grid
from timeliness.tables.headers import AS_AT, DATE, LANDLORD, REFERENCE
from timeliness.tables.landlords import (
    PolicyFor,
    dates_of,
    latest_event,
    references_of,
    without_start,
)
from timeliness.tables.long_rows import EventRows, RowReader
from timeliness.tables.mapping import Fields
from timeliness.tables.recorded import notes_on, recorded_in_full


def read_long(
    grid: Grid,
    fields: Fields,
    declared: Declared,
    vocabulary: Vocabulary,
    policy_for: PolicyFor,
    today: date,
) -> Complaints:
    """Read a table whose rows are events. Raises `InputError`.

    An event of which some row speaks, or that is declared to be recorded, did not happen to a
    complaint that lacks it; any other is not recorded.
    """
    return _Long(grid, fields, declared, vocabulary, policy_for, today).read()


class _Long:
    def __init__(
        self,
        grid: Grid,
        fields: Fields,
        declared: Declared,
        vocabulary: Vocabulary,
        policy_for: PolicyFor,
        today: date,
    ) -> None:
        place = fields.place(DATE)
        assert place is not None
        grid, self.notes = without_foot(grid, fields.place(REFERENCE), [place])
        self.grid = grid
        self.fields, self.vocabulary, self.today = fields, vocabulary, today
        self.recorded = recorded_in_full(declared, vocabulary, grid.path)
        own_day = [] if declared.fixed_as_at else [AS_AT]
        wanted = [DATE, *_date_keys(vocabulary), *own_day]
        self.dates = dates = dates_of(grid, fields, wanted, declared.dates)
        self.references = references_of(grid, fields)
        self.landlords, self.nameless = landlords_of_events(grid, fields, declared, self.references)
        self.constants = Constants(
            grid, fields, declared, self.landlords, policy_for, dates.get(AS_AT), today
        )
        readers = {field: one.read for field, one in dates.items()}
        names = EventNames(vocabulary, declared.events, grid.path)
        self.reader = RowReader(grid, fields, vocabulary, readers, names)
        self.rejected = [
            Mistake(grid.path, line, says, content=content) for line, says, content in grid.ragged
        ]

    def read(self) -> Complaints:
        grid = self.grid
        by_complaint = self._by_complaint()
        kept = self._kept(by_complaint)
        named = {name for rows in by_complaint.values() for name in rows.named}
        self.notes += notes_on(self.recorded, named, self.vocabulary, long=True)
        named |= self.recorded
        occurring = [kind for kind in self.vocabulary.kinds if kind.name in named]
        for _, rows in kept:
            rows.settle(occurring, int(grid.lines[rows.places[0]]))
        places = [rows.places for _, rows in kept]
        heads = np.array([own[0] for own in places], dtype=np.int64)
        own, (policies, nations, days) = self.landlords.take(heads), self.constants.of(places)

        def timeline(number: int) -> Timeline:
            reference, rows = kept[number]
            return Timeline(
                complaint=reference,
                events=tuple(rows.events),
                landlord=own.of(number),
                nation=nations.of(number),
                policy=policies.of(number),
                record="partial",
                as_at=date.fromordinal(int(days[number])),
                path=grid.path,
                line=int(grid.lines[heads[number]]),
            )

        objects = np.array([rows.objects(self.vocabulary) for _, rows in kept], dtype=np.bool_)
        objects |= ended_in_doubt(_as_columns(kept), len(kept))
        later, to_come = _ahead([timeline(number) for number in range(len(kept))])
        return Complaints(
            path=grid.path,
            unit=grid.unit,
            read=grid.frame.height + len(grid.ragged),
            references=pl.Series([reference for reference, _ in kept], dtype=pl.String),
            landlords=own,
            policies=policies,
            nations=nations,
            as_at=days,
            lines=grid.lines[heads],
            events={},
            extensions={},
            carried={
                one.header: first_given(grid.column(one.place), places)
                for one in self.fields.carried
            },
            objects=objects,
            later=later,
            to_come=to_come,
            problems={place: rows.unread for place, (_, rows) in enumerate(kept) if rows.unread},
            rejected=sorted(self.rejected, key=lambda one: one.order),
            not_recorded=[name for name in EXPECTED if name not in named],
            notes=(*grid.notes, *self.notes),
            latest_event=latest_event([self.dates[DATE]], self.today),
            dated_rows=self.constants.are_dated(places),
            timeline=timeline,
            rows_of_events=True,
            lines_of_events=[grid.lines[own].tolist() for own in places],
        )

    def _by_complaint(self) -> dict[tuple[int, str], EventRows]:
        """Read the rows of each complaint, by its landlord and reference, and reject the others."""
        grid, fields, constants = self.grid, self.fields, self.constants
        found: dict[tuple[int, str], EventRows] = {}
        for row, reference in enumerate(self.references.to_list()):
            line = int(grid.lines[row])
            if reference is None:
                says = "there is no reference, so it cannot be checked"
                header, content = fields.header(REFERENCE), grid.content(row)
                day = constants.day_of([row])
                self.rejected.append(
                    Mistake(grid.path, line, says, column=header, content=content, as_at=day)
                )
            elif row in self.nameless:
                says = "the row names no landlord, and other rows of its reference name several"
                header, day = fields.header(LANDLORD), constants.day_of([row])
                self.rejected.append(
                    Mistake(grid.path, line, says, column=header, reference=reference, as_at=day)
                )
            else:
                rows = found.setdefault((int(self.landlords.codes[row]), reference), EventRows())
                rows.places.append(row)
                self.reader.read(row, line, reference, rows)
        return found

    def _kept(
        self, by_complaint: Mapping[tuple[int, str], EventRows]
    ) -> list[tuple[str, EventRows]]:
        """Return the complaints that can be checked, and reject the rows of the others."""
        kept = []
        for (_, reference), rows in by_complaint.items():
            rows.unread += self.constants.unread(rows.places)
            wrong = [*self.constants.wrong(rows.places)]
            if says := too_many([event.name for event in rows.events]):
                wrong.append(Mistake(self.grid.path, 0, says))
            why = _why_rejected(rows, self.grid, self.fields, self.vocabulary, wrong)
            if why:
                day = self.constants.day_of(rows.places)
                self.rejected += [replace(one, reference=reference, as_at=day) for one in why]
            else:
                kept.append((reference, rows))
        return kept


def _ahead(timelines: Sequence[Timeline]) -> tuple[Flags, Flags]:
    """Return which have an event dated after the day of the check, and which were received then."""
    later, to_come = np.zeros((2, len(timelines)), dtype=np.bool_)
    for place, timeline in enumerate(timelines):
        day = timeline.as_at
        assert day
        later[place] = any(
            event.when and ordinals(event.when)[0] > day.toordinal() for event in timeline.events
        )
        to_come[place] = received_after(timeline, day) is not None
    return later, to_come


def _as_columns(kept: Sequence[tuple[str, EventRows]]) -> dict[str, Dated]:
    """Return as columns when each event is dated, in the last row of a complaint that dates it."""
    found: dict[str, Dated] = {}
    for place, (_, rows) in enumerate(kept):
        for event in rows.events:
            if event.when:
                column = found.setdefault(event.name, Dated(far(len(kept)), far(len(kept))))
                column.earliest[place], column.latest[place] = ordinals(event.when)
    return found


def _date_keys(vocabulary: Vocabulary) -> list[str]:
    return sorted(
        {key.name for kind in vocabulary.kinds for key in kind.keys if key.kind == "date"}
    )


def _why_rejected(
    rows: EventRows, grid: Grid, fields: Fields, vocabulary: Vocabulary, whole: Sequence[Mistake]
) -> list[Mistake]:
    """Return for each row of a complaint why it cannot be checked at all, or nothing.

    `whole` are what is wrong with the complaint as a whole.
    """
    dated = [event for event in rows.events if event.when and event.when.span != UNKNOWN]
    kinds = [vocabulary.find(event.name) for event in dated]
    starts = any(kind and (kind.stage or kind.declared_by) for kind in kinds)
    if starts and not whole:
        return []
    header = fields.header(DATE)
    by_line: dict[int, list[Mistake]] = {}
    for one in rows.unread:
        by_line.setdefault(one.line, []).append(one)
    found = []
    for line in grid.lines[rows.places].tolist():
        unread = by_line.get(line, [])
        if whole:
            told = {one.column for one in unread}
            found += [replace(one, line=line) for one in whole if one.column not in told]
            found += unread
        else:
            found += without_start(unread, grid.path, line, header, (header,))
    return found
