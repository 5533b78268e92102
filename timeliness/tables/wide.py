"""Wide tables: a row is a complaint, a column one of its dates."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

import numpy as np
from msgspec.structs import replace

from timeliness.model.calendars import FAR_FUTURE, FAR_PAST
from timeliness.model.claims import claim_in
from timeliness.model.declared import Declared
from timeliness.model.errors import Mistake
from timeliness.model.vocabulary import STAGE_TRIGGERS, Kind, Vocabulary
from timeliness.read.library import NamesIn
from timeliness.tables.assigned import Fields
from timeliness.tables.cells import CellReader
from timeliness.tables.claims import claims_of
from timeliness.tables.complaints import (
    EXPECTED,
    Columns,
    Complaints,
    Flags,
    Labels,
    Rows,
    Told,
)
from timeliness.tables.date_columns import DateColumn
from timeliness.tables.flags import with_flags
from timeliness.tables.footers import without_foot
from timeliness.tables.grid import Grid
from timeliness.tables.headers import AS_AT, REFERENCE, Names
from timeliness.tables.landlords import (
    as_at_of,
    cleaned,
    dates_of,
    is_extension,
    landlords_of,
    latest_event,
    of_any_row,
    references_of,
    unclear_days,
    unreadable,
    whose_of,
    without_start,
)
from timeliness.tables.marking import beyond_dates, yet_to_come
from timeliness.tables.recorded import with_recorded
from timeliness.tables.stages import by_stage
from timeliness.tables.statuses import with_statuses
from timeliness.tables.wide_rows import WideRows, keys_in


def read_wide(
    grid: Grid,
    fields: Fields,
    declared: Declared,
    vocabulary: Vocabulary,
    names: NamesIn,
    today: date,
) -> Complaints:
    """Read a table whose rows are complaints. Raises `InputError`."""
    return _Wide(grid, fields, declared, vocabulary, names, today).read()


class _Wide:
    def __init__(
        self,
        grid: Grid,
        fields: Fields,
        declared: Declared,
        vocabulary: Vocabulary,
        names: NamesIn,
        today: date,
    ) -> None:
        dated = [one.place for one in fields.columns if vocabulary.find(one.holds)]
        grid, self.notes = without_foot(grid, fields.place(REFERENCE), dated)
        self.grid, fields, self.stages = by_stage(grid, fields, declared, vocabulary)
        self.fields, self.declared = fields, declared
        self.vocabulary, self.names, self.today = vocabulary, names, today
        own = [one for one in fields.columns if not claim_in(one.holds)]
        held = {one.holds.partition(".")[0] for one in own}
        self.kinds: dict[str, Kind] = {
            kind.name: kind for kind in vocabulary.kinds if kind.name in held
        }
        self.keys = keys_in(own)

    def read(self) -> Complaints:
        grid, fields, today = self.grid, self.fields, self.today
        # A day that is declared for all rows is no matter of theirs.
        own_day = [] if self.declared.fixed_as_at else [AS_AT]
        wanted = [*self.kinds, *self._date_keys(), *own_day]
        dates = dates_of(grid, fields, wanted, self.declared.dates)
        problems = self._problems(dates)
        dates, contradicted = with_flags(grid, fields, dates, Names(self.vocabulary))
        for row, mistakes in contradicted.items():
            problems.setdefault(row, []).extend(mistakes)
        self.dates = dates
        every, wrong = self._every_row()
        bad, rejected, unstarted = self._rejected(every, problems, wrong)
        rows = np.flatnonzero(~bad)
        kept = every
        if bad.any():
            kept = every.take(rows)
            places = {row: place for place, row in enumerate(rows.tolist())}
            problems = {places[row]: one for row, one in problems.items() if row in places}
            unstarted = {places[row]: one for row, one in unstarted.items()}
        objects, to_come = self._objects(kept, rows), yet_to_come(kept.events, kept.as_at)
        claims, unclear = claims_of(grid, fields, self.declared.dates, rows, kept.events)
        dated = [column for name, column in dates.items() if name in self.kinds]
        shown = self._shown(kept, rows)
        del self.grid
        return Complaints(
            path=grid.path,
            unit=grid.unit,
            read=grid.frame.height + len(grid.ragged),
            references=kept.references,
            landlords=kept.landlords,
            policies=kept.policies,
            codes=kept.codes,
            nations=kept.nations,
            bodies=kept.bodies,
            as_at=kept.as_at,
            lines=kept.lines,
            events=kept.events,
            extensions=kept.extensions,
            carried=kept.carried,
            objects=objects,
            to_come=to_come,
            problems=problems,
            unstarted=unstarted,
            rejected=sorted(rejected, key=lambda one: one.order),
            not_recorded=[
                kind.name
                for kind in self.vocabulary.kinds
                if kind.name in EXPECTED and kind.name not in kept.events
            ],
            notes=(*grid.notes, *self.notes, *unclear),
            latest_event=latest_event(dated, today),
            dated_rows=AS_AT in dates and bool(dates[AS_AT].dated.given[~bad].all()),
            timeline=shown.timeline,
            claims=claims,
        )

    def _shown(self, kept: Columns, rows: Rows) -> WideRows:
        """Return what makes timelines of the rows that are kept."""
        # Of the cells, which take most of the room, only those of keys are looked at again.
        of_keys = {place for keys in self.keys.values() for place in keys.values()}
        return WideRows(
            columns=kept,
            rows=rows,
            stages=self.stages,
            kinds=self.kinds,
            keys=self.keys,
            cells={place: self.grid.column(place) for place in of_keys},
            readers={field: column.read for field, column in self.dates.items()},
            path=self.grid.path,
            fields=self.fields,
            vocabulary=self.vocabulary,
        )

    def _every_row(self) -> tuple[Columns, Sequence[_Texts]]:
        """Return what the columns say of every row, and which texts of them are wrong."""
        grid, fields, dates = self.grid, self.fields, self.dates
        told = {
            name: self._told(name, dates) for name, kind in self.kinds.items() if is_extension(kind)
        }
        landlords = landlords_of(grid, fields, self.declared)
        whose = whose_of(grid, fields, self.declared, landlords, self.names)
        events = {
            name: told[name].told if name in told else dates[name].dated
            for name in self.kinds
            if name in dates or name in told
        }
        events, own = with_recorded(grid, self.declared, self.vocabulary, events)
        events, notes = with_statuses(grid, fields, self.declared.statuses, events)
        self.notes += own + notes
        held = self.kinds.keys() | events.keys()
        self.kinds = {kind.name: kind for kind in self.vocabulary.kinds if kind.name in held}
        columns = Columns(
            references=references_of(grid, fields),
            landlords=landlords,
            policies=whose.policies,
            codes=whose.codes,
            nations=whose.nations,
            bodies=whose.bodies,
            as_at=as_at_of(
                dates.get(AS_AT), grid.frame.height, self.today, self.declared.fixed_as_at
            ),
            lines=grid.lines,
            events={name: events[name] for name in self.kinds if name in events},
            extensions={name: [one] for name, one in told.items()},
            carried={one.header: grid.column(one.place) for one in fields.carried},
        )
        return columns, [(field, whose.of_field(field), bad) for field, bad in whose.wrong.items()]

    def _rejected(
        self, every: Columns, problems: Mapping[int, list[Mistake]], wrong: Sequence[_Texts]
    ) -> tuple[Flags, list[Mistake], dict[int, list[Mistake]]]:
        """Return which rows cannot be checked at all, and why, those cut short among them.

        Those in which nothing starts a clock are returned apart, by row: others may join them.
        """
        grid, fields, dates = self.grid, self.fields, self.dates
        started = of_any_row(self._started(dates), every.references, every.landlords)
        bad = ~every.references.is_not_null().to_numpy()
        unclear = unclear_days(grid, fields, dates.get(AS_AT))
        bad[list(unclear)] = True
        for _, found, texts in wrong:
            codes = [code for code, text in enumerate(found.texts) if text in texts]
            if codes:
                bad |= np.isin(found.codes, codes)
        rejected = [
            Mistake(grid.path, line, says, content=content) for line, says, content in grid.ragged
        ]
        unstarted: dict[int, list[Mistake]] = {}
        dated = {fields.header(field) for field in dates}
        for row in np.flatnonzero(bad | ~started).tolist():
            why = self._why_rejected(row, every.references[row], wrong)
            why += [unclear[row]] if row in unclear else []
            cells = problems.get(row, [])
            if not (started[row] or why):
                line, header = int(grid.lines[row]), fields.header(STAGE_TRIGGERS[1])
                cells = without_start(cells, grid.path, line, header, dated)
            reference = every.references[row] or ""
            content = "" if reference else grid.content(row)
            day = date.fromordinal(int(every.as_at[row]))
            told = [
                replace(one, reference=reference, content=content or one.content, as_at=day)
                for one in (*why, *cells)
            ]
            if bad[row]:
                rejected += told
            else:
                unstarted[row] = told
        return bad, rejected, unstarted

    def _problems(self, dates: Mapping[str, DateColumn]) -> dict[int, list[Mistake]]:
        problems: dict[int, list[Mistake]] = {}
        for field, column in dates.items():
            if field == AS_AT:
                continue
            for row, unread in unreadable(self.grid, self.fields, field, column).items():
                problems.setdefault(row, []).append(unread)
        for row, unread in self._unread_keys():
            problems.setdefault(row, []).append(unread)
        return problems

    def _date_keys(self) -> list[str]:
        return [
            f"{name}.{key.name}"
            for name, keys in self.keys.items()
            for key in self.kinds[name].keys
            if key.kind == "date" and key.name in keys
        ]

    def _unread_keys(self) -> Iterator[tuple[int, Mistake]]:
        """Return the cells of keys that cannot be read, but for dates: each text is read once."""
        for name, places in self.keys.items():
            kind = self.kinds[name]
            for key in kind.all_keys:
                free = key.kind in ("text", "date") and key.name != "handler"
                if key.name not in places or free:
                    continue
                header = self.fields.header(f"{name}.{key.name}")
                cells = cleaned(self.grid.column(places[key.name]))
                wrong: dict[str, list[Mistake]] = {}
                reader = CellReader(self.grid.path, self.vocabulary, {})
                for text in cells.drop_nulls().unique().to_list():
                    _, unread = reader.event(kind, None, {key.name: (header, text)}, 0)
                    if unread:
                        wrong[text] = unread
                for row in cells.is_in(list(wrong)).arg_true().to_list() if wrong else ():
                    for one in wrong[cells[row]]:
                        yield row, replace(one, line=int(self.grid.lines[row]))

    def _told(self, name: str, dates: Mapping[str, DateColumn]) -> Told:
        own, until = (
            column.dated if (column := dates.get(field)) else None
            for field in (name, f"{name}.until")
        )
        return Told.of(own, until, self.grid.frame.height)

    def _started(self, dates: Mapping[str, DateColumn]) -> Flags:
        """Return where anything of the complaint's own course is dated."""
        started = np.zeros(self.grid.frame.height, dtype=np.bool_)
        for name, kind in self.kinds.items():
            if name in dates and (kind.stage or kind.declared_by):
                dated = dates[name].dated
                unknown = (dated.earliest == FAR_PAST) & (dated.latest == FAR_FUTURE)
                started |= dated.given & ~unknown
        return started

    def _objects(self, kept: Columns, rows: Rows) -> Flags:
        """Return where, of the rows that are kept, more is recorded than the clocks turn on.

        A row of a later stage says nothing of the stages before it.
        """
        marked: Flags = self.stages.take(rows) > 1
        marked |= beyond_dates(kept.events, self.kinds, len(rows))
        for name, keys in self.keys.items():
            columnar = ("until",) if name in kept.extensions else ()
            for key, place in keys.items():
                if key not in columnar:
                    given = cleaned(self.grid.column(place)).is_not_null().to_numpy()
                    marked |= given.take(rows)
        return marked

    def _why_rejected(
        self, row: int, reference: str | None, constants: Sequence[_Texts]
    ) -> list[Mistake]:
        """Return what is wrong with a row as a whole."""
        line = int(self.grid.lines[row])
        found = []
        if reference is None:
            says = "there is no reference, so it cannot be checked"
            header = self.fields.header(REFERENCE)
            found.append(Mistake(self.grid.path, line, says, column=header))
        for field, labels, wrong in constants:
            if (text := labels.of(row)) in wrong:
                header = self.fields.header(field)
                found.append(Mistake(self.grid.path, line, wrong[text], column=header, cell=text))
        return found


_Texts = tuple[str, Labels, Mapping[str, str]]
"""A field, its text in each row, and what is wrong with which texts."""
