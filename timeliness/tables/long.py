"""Long tables: a row is an event, and the rows of one reference are a complaint."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import numpy as np
import polars as pl
from msgspec import Struct
from msgspec.structs import replace

from timeliness.judge.received import received_after
from timeliness.model.calendars import Days
from timeliness.model.dates import UNKNOWN
from timeliness.model.declared import Declared
from timeliness.model.errors import Mistake
from timeliness.model.timelines import MOST_EXTENSIONS, Timeline, too_many
from timeliness.model.vocabulary import Vocabulary
from timeliness.read.library import NamesIn
from timeliness.tables.assigned import Fields
from timeliness.tables.complaints import EXPECTED, Complaints, Flags, Rows, codes_in
from timeliness.tables.constants import Constants, first_given, landlords_of_events
from timeliness.tables.event_names import EventNames
from timeliness.tables.footers import without_foot
from timeliness.tables.grid import Grid
from timeliness.tables.groups import Groups
from timeliness.tables.headers import AS_AT, DATE, LANDLORD, REFERENCE
from timeliness.tables.landlords import (
    Whose,
    dates_of,
    latest_event,
    references_of,
    without_start,
)
from timeliness.tables.long_columns import EventColumns, RowColumns
from timeliness.tables.long_rows import EventRows, RowReader
from timeliness.tables.marking import beyond_dates, yet_to_come
from timeliness.tables.recorded import notes_on, recorded_in_full
from timeliness.tables.stages import events_by_stage


def read_long(
    grid: Grid,
    fields: Fields,
    declared: Declared,
    vocabulary: Vocabulary,
    names: NamesIn,
    today: date,
) -> Complaints:
    """Read a table whose rows are events. Raises `InputError`.

    An event of which some row speaks, or that is declared to be recorded, did not happen to a
    complaint that lacks it; any other is not recorded.
    """
    return _Long(grid, fields, declared, vocabulary, names, today).read()


class _Long:
    def __init__(
        self,
        grid: Grid,
        fields: Fields,
        declared: Declared,
        vocabulary: Vocabulary,
        names: NamesIn,
        today: date,
    ) -> None:
        place = fields.place(DATE)
        assert place is not None
        grid, self.notes = without_foot(grid, fields.place(REFERENCE), [place])
        grid = events_by_stage(grid, fields, declared, vocabulary)
        self.grid = grid
        self.fields, self.vocabulary, self.today = fields, vocabulary, today
        self.recorded = recorded_in_full(declared, vocabulary, grid.path)
        own_day = [] if declared.fixed_as_at else [AS_AT]
        wanted = [DATE, *_date_keys(vocabulary), *own_day]
        self.dates = dates = dates_of(grid, fields, wanted, declared.dates)
        self.references = references_of(grid, fields)
        self.landlords, self.nameless = landlords_of_events(grid, fields, declared, self.references)
        self.constants = Constants(
            grid, fields, declared, self.landlords, names, dates.get(AS_AT), today
        )
        readers = {field: one.read for field, one in dates.items()}
        events = EventNames(vocabulary, declared.events, grid.path)
        self.reader = RowReader(grid, fields, vocabulary, readers, events)
        reader = self.reader
        self.columns = RowColumns.of(
            reader.event_cells, reader.keys, dates, events, vocabulary, reader.undone
        )
        self.rejected = [
            Mistake(grid.path, line, says, content=content) for line, says, content in grid.ragged
        ]

    def read(self) -> Complaints:
        grid, vocabulary = self.grid, self.vocabulary
        every = Groups.of(self.references, self.landlords, self._left_out())
        spoken = set(np.unique(self.columns.kind.take(every.rows)).tolist())
        named = {kind.name for place, kind in enumerate(vocabulary.kinds) if place in spoken}
        self.notes += notes_on(self.recorded, named, vocabulary, long=True)
        named |= self.recorded
        self.occurring = [kind for kind in vocabulary.kinds if kind.name in named]
        groups, read, unstarted = self._kept(every)
        columns = EventColumns.of(self.columns, groups, self.occurring)
        whose, as_at = self.constants.of(groups)
        shown = _Shown(self, groups, whose, as_at)
        kinds = {kind.name: kind for kind in self.occurring}
        objects = columns.listed | beyond_dates(columns.events, kinds, groups.size)
        for number, rows in read.items():
            objects[number] |= rows.keyed
        to_come = yet_to_come(columns.events, as_at)
        for number in np.flatnonzero(objects).tolist():
            day = date.fromordinal(int(as_at[number]))
            to_come[number] = received_after(shown.timeline(number), day) is not None
        return Complaints(
            references=self.references.gather(pl.Series(groups.heads)),
            landlords=self.landlords.take(groups.heads),
            policies=whose.policies,
            codes=whose.codes,
            nations=whose.nations,
            bodies=whose.bodies,
            as_at=as_at,
            lines=grid.lines.take(groups.heads),
            events=columns.events,
            extensions=columns.extensions,
            carried={
                one.header: first_given(grid.column(one.place), groups)
                for one in self.fields.carried
            },
            path=grid.path,
            unit=grid.unit,
            read=grid.frame.height + len(grid.ragged),
            objects=objects,
            to_come=to_come,
            problems={number: rows.unread for number, rows in read.items() if rows.unread},
            unstarted=unstarted,
            rejected=sorted(self.rejected, key=lambda one: one.order),
            not_recorded=[name for name in EXPECTED if name not in named],
            notes=(*grid.notes, *self.notes),
            latest_event=latest_event([self.dates[DATE]], self.today),
            dated_rows=self.constants.are_dated(groups),
            timeline=shown.timeline,
            lines_of_events=shown.lines,
        )

    def _left_out(self) -> Flags:
        """Return the rows that belong to no complaint, and reject them."""
        grid, fields, constants = self.grid, self.fields, self.constants
        unreferenced = self.references.is_null().to_numpy()
        left_out: Flags = unreferenced | self.nameless
        for row in np.flatnonzero(left_out).tolist():
            line, day = int(grid.lines[row]), constants.day_of([row])
            if unreferenced[row]:
                says = "there is no reference, so it cannot be checked"
                header, content = fields.header(REFERENCE), grid.content(row)
                one = Mistake(grid.path, line, says, column=header, content=content, as_at=day)
            else:
                says = "the row names no landlord, and other rows of its reference name several"
                header, reference = fields.header(LANDLORD), self.references[row]
                one = Mistake(grid.path, line, says, column=header, reference=reference, as_at=day)
            self.rejected.append(one)
        return left_out

    def _kept(self, every: Groups) -> tuple[Groups, dict[int, EventRows], dict[int, list[Mistake]]]:
        """Return the complaints that can be checked, and reject the rows of the others.

        Those of which anything is in doubt are read row by row: what was read of those that are
        kept is returned too, and why those in which nothing starts a clock cannot be checked alone.
        """
        columns = self.columns
        doubt = every.any(columns.unread | columns.keyed) | ~every.any(columns.starts)
        doubt |= self.constants.in_doubt(every) | (every.sizes > MOST_EXTENSIONS)
        read: dict[int, EventRows] = {}
        unstarted: dict[int, list[Mistake]] = {}
        gone = np.zeros(every.size, dtype=np.bool_)
        for number in np.flatnonzero(doubt).tolist():
            rows = self.read_rows(every.of_one(number))
            rows.unread += self.constants.unread(rows.places)
            whole = self._wrong(rows)
            reference, day = self.references[rows.places[0]], self.constants.day_of(rows.places)
            why = [
                replace(one, reference=reference, as_at=day)
                for one in self._why_rejected(rows, whole)
            ]
            gone[number] = bool(whole)
            if whole:
                self.rejected += why
                continue
            read[number] = rows
            if why:
                unstarted[number] = why
        if not gone.any():
            return every, read, unstarted
        kept = np.flatnonzero(~gone)
        places = np.cumsum(~gone) - 1
        return (
            every.take(kept),
            {int(places[number]): rows for number, rows in read.items()},
            {int(places[number]): why for number, why in unstarted.items()},
        )

    def read_rows(self, places: Rows) -> EventRows:
        """Read the rows of one complaint one by one."""
        return self.reader.read_all(places.tolist(), self.references[int(places[0])])

    def _wrong(self, rows: EventRows) -> list[Mistake]:
        """Return what is wrong with a complaint as a whole."""
        whole = self.constants.wrong(rows.places)
        if says := too_many([event.name for event in rows.events]):
            whole.append(Mistake(self.grid.path, 0, says))
        return whole

    def _why_rejected(self, rows: EventRows, whole: Sequence[Mistake]) -> list[Mistake]:
        """Return for each row of a complaint why it cannot be checked, or nothing.

        `whole` is what is wrong with the complaint as a whole.
        """
        dated = [event for event in rows.events if event.when and event.when.span != UNKNOWN]
        kinds = [self.vocabulary.find(event.name) for event in dated]
        starts = any(kind and (kind.stage or kind.declared_by) for kind in kinds)
        if starts and not whole:
            return []
        path, header = self.grid.path, self.fields.header(DATE)
        by_line: dict[int, list[Mistake]] = {}
        for one in rows.unread:
            by_line.setdefault(one.line, []).append(one)
        found = []
        for line in self.grid.lines[rows.places].tolist():
            unread = by_line.get(line, [])
            if whole:
                told = {one.column for one in unread}
                found += [replace(one, line=line) for one in whole if one.column not in told]
                found += unread
            else:
                found += without_start(unread, path, line, header, (header,))
        return found


class _Shown(Struct, frozen=True):
    """Makes timelines of the complaints that are kept, from their rows."""

    table: _Long
    groups: Groups
    whose: Whose
    as_at: Days

    def timeline(self, number: int) -> Timeline:
        """Return one complaint as a timeline that says the same as its rows."""
        table, places = self.table, self.groups.of_one(number)
        line = int(table.grid.lines[places[0]])
        rows = table.read_rows(places)
        rows.settle(table.occurring, line)
        return Timeline(
            complaint=table.references[int(places[0])],
            events=tuple(rows.events),
            landlord=table.landlords.of(int(places[0])),
            nation=self.whose.nations.of(number),
            policy=self.whose.policies.of(number),
            codes=codes_in(self.whose.codes.of(number)),
            body=self.whose.bodies.of(number),
            record="partial",
            as_at=date.fromordinal(int(self.as_at[number])),
            path=table.grid.path,
            line=line,
        )

    def lines(self, number: int) -> list[int]:
        """Return the lines of the rows of one complaint."""
        lines: list[int] = self.table.grid.lines.take(self.groups.of_one(number)).tolist()
        return lines


def _date_keys(vocabulary: Vocabulary) -> list[str]:
    return sorted(
        {key.name for kind in vocabulary.kinds for key in kind.keys if key.kind == "date"}
    )
