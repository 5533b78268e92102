"""Wide tables: a row is a complaint, a column one of its dates."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

import numpy as np
import polars as pl

from timeliness.judge.columns import far, pick
from timeliness.model.calendars import FAR_PAST
from timeliness.model.dates import UNKNOWN, When
from timeliness.model.declared import Declared
from timeliness.model.errors import Mistake
from timeliness.model.timelines import Event, Timeline
from timeliness.model.vocabulary import ENDS, RECEIVED, STAGE_TRIGGERS, Kind, Vocabulary
from timeliness.tables.cells import CellReader, is_blank
from timeliness.tables.complaints import Complaints, Dated, Flags, Labels, Told
from timeliness.tables.date_columns import DateColumn
from timeliness.tables.footers import without_foot
from timeliness.tables.grid import Grid
from timeliness.tables.headers import AS_AT, NATION, POLICY, REFERENCE, is_key
from timeliness.tables.landlords import (
    PolicyFor,
    as_at_of,
    cleaned,
    constants_of,
    dates_of,
    is_extension,
    is_of_clocks,
    landlords_of,
    latest_event,
    references_of,
    stands_unread,
    unclear_days,
    unreadable,
    when_of,
    without_start,
)
from timeliness.tables.mapping import Fields


def read_wide(
    grid: Grid,
    fields: Fields,
    declared: Declared,
    vocabulary: Vocabulary,
    policy_for: PolicyFor,
    today: date,
) -> Complaints:
    """Read a table whose rows are complaints. Raises `InputError`."""
    return _Wide(grid, fields, declared, vocabulary, policy_for, today).read()


class _Wide:
    def __init__(
        self,
        grid: Grid,
        fields: Fields,
        declared: Declared,
        vocabulary: Vocabulary,
        policy_for: PolicyFor,
        today: date,
    ) -> None:
        self.fields, self.declared = fields, declared
        self.vocabulary, self.policy_for, self.today = vocabulary, policy_for, today
        held = {one.holds.partition(".")[0] for one in fields.columns}
        self.kinds: dict[str, Kind] = {
            kind.name: kind for kind in vocabulary.kinds if kind.name in held
        }
        self.keys: dict[str, dict[str, int]] = {}
        for one in fields.columns:
            if is_key(one.holds):
                event, _, key = one.holds.partition(".")
                self.keys.setdefault(event, {})[key] = one.place
        dated = [one.place for one in fields.columns if vocabulary.find(one.holds)]
        self.grid, self.notes = without_foot(grid, fields.place(REFERENCE), dated)

    def read(self) -> Complaints:
        grid, fields = self.grid, self.fields
        size = grid.frame.height
        # A day that is declared for all rows is no matter of theirs.
        own_day = [] if self.declared.fixed_as_at else [AS_AT]
        wanted = [*self.kinds, *self._date_keys(), *own_day]
        dates = dates_of(grid, fields, wanted, self.declared.dates)
        as_at = as_at_of(dates.get(AS_AT), size, self.today, self.declared.fixed_as_at)
        self.dates = dates
        problems = self._problems(dates)
        self.told = {
            name: self._told(name, dates) for name, kind in self.kinds.items() if is_extension(kind)
        }
        self.events = {
            name: self.told[name].told if name in self.told else dates[name].dated
            for name in self.kinds
            if name in dates or name in self.told
        }
        references = references_of(grid, fields)
        landlords = landlords_of(grid, fields, self.declared)
        policies, nations, bad_policy, bad_nation = constants_of(
            grid, fields, self.declared, landlords, self.policy_for
        )
        rejected = [
            Mistake(grid.path, line, says, content=content) for line, says, content in grid.ragged
        ]
        bad = ~references.is_not_null().to_numpy()
        started = self._started(dates)
        bad |= ~started
        unclear = unclear_days(grid, fields, dates.get(AS_AT))
        bad[list(unclear)] = True
        constants = ((POLICY, policies, bad_policy), (NATION, nations, bad_nation))
        for _, found, wrong in constants:
            codes = [code for code, text in enumerate(found.texts) if text in wrong]
            if codes:
                bad |= np.isin(found.codes, codes)
        dated = {fields.header(field) for field in dates}
        for row in np.flatnonzero(bad).tolist():
            why = self._why_rejected(row, references[row], constants)
            why += [unclear[row]] if row in unclear else []
            cells = problems.get(row, [])
            if not (started[row] or why):
                line, header = int(grid.lines[row]), fields.header(STAGE_TRIGGERS[1])
                cells = without_start(cells, grid.path, line, header, dated)
            reference = references[row] or ""
            content = "" if reference else grid.content(row)
            day = date.fromordinal(int(as_at[row]))
            rejected += [
                replace(one, reference=reference, content=content or one.content, as_at=day)
                for one in (*why, *cells)
            ]
        objects = self._objects()
        later = np.zeros(size, dtype=np.bool_)
        for event in self.events.values():
            later |= (event.earliest > as_at) & event.given
        to_come = np.zeros(size, dtype=np.bool_)
        if received := self.events.get(RECEIVED):
            to_come = (received.earliest > as_at) & received.given
        self.rows = np.flatnonzero(~bad)
        self.references, self.as_at, self.lines = references, as_at, grid.lines
        self.landlords, self.policies, self.nations = landlords, policies, nations
        carried = {one.header: grid.column(one.place) for one in fields.carried}
        if bad.any():
            rows, kept = self.rows, pl.Series(~bad)
            self.references, self.as_at = references.filter(kept), as_at.take(rows)
            self.lines, self.landlords = grid.lines.take(rows), landlords.take(rows)
            self.policies, self.nations = policies.take(rows), nations.take(rows)
            self.events = {name: event.take(rows) for name, event in self.events.items()}
            self.told = {name: told.take(rows) for name, told in self.told.items()}
            carried = {name: cells.filter(kept) for name, cells in carried.items()}
            objects, later, to_come = (one.take(rows) for one in (objects, later, to_come))
            places = {row: place for place, row in enumerate(rows.tolist()) if row in problems}
            problems = {place: problems[row] for row, place in places.items()}
        # Of the cells, which take most of the room, only those of keys are looked at again.
        self.cells = {
            place: grid.column(place) for keys in self.keys.values() for place in keys.values()
        }
        self.path = grid.path
        del self.grid
        return Complaints(
            path=grid.path,
            unit=grid.unit,
            read=size + len(grid.ragged),
            references=self.references,
            landlords=self.landlords,
            policies=self.policies,
            nations=self.nations,
            as_at=self.as_at,
            lines=self.lines,
            events=self.events,
            extensions={name: [told] for name, told in self.told.items()},
            carried=carried,
            objects=objects,
            later=later,
            to_come=to_come,
            problems=problems,
            rejected=sorted(rejected, key=lambda one: one.order),
            not_recorded=[
                kind.name
                for kind in self.vocabulary.kinds
                if kind.name in EXPECTED and kind.name not in self.events
            ],
            notes=(*grid.notes, *self.notes),
            latest_event=latest_event(
                [column for name, column in dates.items() if name in self.kinds], self.today
            ),
            dated_rows=AS_AT in dates and bool(dates[AS_AT].dated.given[~bad].all()),
            timeline=self.timeline,
        )

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
                if key.name not in places or key.kind in ("text", "date"):
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
        """Return an extension: there is one where its own date, or the new one, is given.

        Where one of them cannot be read and the other is blank, there may be one.
        """
        far_off = far(self.grid.frame.height)
        none = Dated(far_off, far_off)
        until, own = (
            column.dated if (column := dates.get(field)) else None
            for field in (f"{name}.until", name)
        )
        told, new = own or none, until or none
        bad = told.bad
        if new.bad is not None:
            unread = new.bad & ~told.given
            bad = unread if bad is None else bad | unread
        undated = ~told.given & new.given
        if bad is not None:
            undated |= bad
        earliest = pick(undated, FAR_PAST, told.earliest) if undated.any() else told.earliest
        latest = told.latest if told.earliest is not told.latest or undated.any() else earliest
        return Told(Dated(earliest, latest, bad, told.minute), until)

    def _started(self, dates: Mapping[str, DateColumn]) -> Flags:
        """Return where anything of the complaint's own course is dated."""
        started = np.zeros(self.grid.frame.height, dtype=np.bool_)
        for name, kind in self.kinds.items():
            if name in dates and (kind.stage or kind.declared_by):
                started |= dates[name].dated.given
        return started

    def _objects(self) -> Flags:
        """Return where more is recorded than the dates that the clocks turn on."""
        marked = np.zeros(self.grid.frame.height, dtype=np.bool_)
        for name, event in self.events.items():
            kind = self.kinds[name]
            if not is_of_clocks(kind):
                marked |= event.given
                if event.bad is not None and stands_unread(kind):
                    marked |= event.bad
        second = self.events.get("stage 2 response")
        first = self.events.get("stage 1 response")
        if second and first:
            # Answered out of turn, perhaps: that is for the list of events to tell.
            marked |= second.given & ~(first.given & (first.latest <= second.earliest))
        marked |= self._ended_in_doubt()
        for name, keys in self.keys.items():
            columnar = ("until",) if name in self.told else ()
            for key, place in keys.items():
                if key not in columnar:
                    marked |= cleaned(self.grid.column(place)).is_not_null().to_numpy()
        return marked

    def _ended_in_doubt(self) -> Flags:
        """Return where an end may belong to either of two episodes: the list of events decides.

        It does where something else is dated on its day or later, before anything was asked for,
        where its day is not exact, and where it was reopened.
        """
        marked = np.zeros(self.grid.frame.height, dtype=np.bool_)
        dated = [event for name, event in self.events.items() if name not in ENDS]
        for name in ENDS & self.events.keys():
            end = self.events[name]
            exact = end.earliest == end.latest
            doubt = ~exact if end.bad is None else ~exact | end.bad
            received = self.events.get("complaint received")
            if received is not None:
                doubt |= received.given & (end.latest < received.latest)
            for other in dated:
                doubt |= other.given & (other.latest >= end.earliest)
            marked |= doubt & (end.given if end.bad is None else end.given | end.bad)
        return marked

    def _why_rejected(
        self,
        row: int,
        reference: str | None,
        constants: Sequence[_Texts],
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

    # One row ----------------------------------------------------------------------------------

    def timeline(self, row: int) -> Timeline:
        """Return one complaint as a timeline that says the same as its row."""
        events: list[Event] = []
        line = int(self.lines[row])
        as_at = int(self.as_at[row])
        source = int(self.rows[row])
        for name, kind in self.kinds.items():
            dated = self.events.get(name)
            if dated is None:
                continue
            if dated.is_bad(row):
                if stands_unread(kind):
                    event = self._event(kind, When(UNKNOWN), source, line)
                    events.append(replace(event, when=When(UNKNOWN), evidence="claimed"))
            elif dated.given[row]:
                minute = -1 if dated.minute is None else int(dated.minute[row])
                when = when_of(int(dated.earliest[row]), int(dated.latest[row]), minute)
                events.append(self._event(kind, when, source, line))
            elif (kind.stage and not kind.internal) or kind.declared_by:
                # A withdrawal that did not happen is nothing that was looked for.
                events.append(Event(name, None, "absent", line))
        return Timeline(
            complaint=self.references[row],
            events=tuple(events),
            landlord=self.landlords.of(row),
            nation=self.nations.of(row),
            policy=self.policies.of(row),
            record="partial",
            as_at=date.fromordinal(as_at),
            path=self.path,
            line=line,
        )

    def _event(self, kind: Kind, when: When, source: int, line: int) -> Event:
        places = self.keys.get(kind.name, {})
        cells = {
            key: (self.fields.header(f"{kind.name}.{key}"), self.cells[place][source])
            for key, place in places.items()
        }
        if all(is_blank(text) for _, text in cells.values()):
            return Event(kind.name, when, line=line)
        fields = {key: f"{kind.name}.{key}" for key in places}
        dates = {key: self.dates[one].read for key, one in fields.items() if one in self.dates}
        event, _ = CellReader(self.path, self.vocabulary, dates).event(kind, when, cells, line)
        return event


_Texts = tuple[str, Labels, Mapping[str, str]]
"""A field, its text in each row, and what is wrong with which texts."""
EXPECTED = (
    "complaint received",
    "complaint acknowledged",
    "stage 1 response",
    "stage 1 extended",
    "escalation requested",
    "escalation acknowledged",
    "stage 2 response",
    "stage 2 extended",
    "complaint withdrawn",
)
"""The events that the clocks of every Code turn on: a table without one is noted."""
