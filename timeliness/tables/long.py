"""Long tables: a row is an event, and the rows of one reference are a complaint."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

import numpy as np
import polars as pl

from timeliness.judge.milestones import ordinals
from timeliness.judge.received import received_after
from timeliness.model.dates import UNKNOWN, When
from timeliness.model.declared import Declared
from timeliness.model.errors import VALUE, DayError, Mistake
from timeliness.model.timelines import Event, Timeline
from timeliness.model.vocabulary import ENDS, RECEIVED, Kind, Vocabulary
from timeliness.tables.cells import CellReader, is_blank
from timeliness.tables.complaints import Complaints
from timeliness.tables.constants import Constants, first_given, landlords_of_events
from timeliness.tables.date_columns import Read
from timeliness.tables.footers import without_foot
from timeliness.tables.grid import Grid
from timeliness.tables.headers import AS_AT, DATE, EVENT, LANDLORD, LONG_KEYS, REFERENCE
from timeliness.tables.landlords import (
    PolicyFor,
    dates_of,
    is_extension,
    is_of_clocks,
    latest_event,
    references_of,
    stands_unread,
    without_start,
)
from timeliness.tables.mapping import Fields
from timeliness.tables.personal import withhold
from timeliness.tables.wide import EXPECTED


@dataclass
class _Rows:
    """What was read of one complaint, from the rows in some places.

    `unclear` are the events of which a row speaks whose date cannot be read, `named` the names of
    all of which any row does. `unnamed` says that a row speaks of no event that is known, so that
    what is missing may be there; `keyed` that more of one is recorded than its dates.
    """

    places: list[int] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    unclear: list[Event] = field(default_factory=list)
    named: set[str] = field(default_factory=set)
    unread: list[Mistake] = field(default_factory=list)
    unnamed: bool = False
    keyed: bool = False

    def settle(self, occurring: Iterable[Kind], line: int) -> None:
        """Add what cannot be read to what can, and what did not happen.

        Of an event that was read as well, what cannot be read may have been the first.
        """
        read = {event.name for event in self.events if event.when}
        unclear = {event.name for event in self.unclear}
        here = {event.name for event in self.events} | unclear
        self.events = [event for event in self.events if event.when or event.name not in unclear]
        for kind in occurring:
            if kind.name in read or stands_unread(kind):
                self.events += [event for event in self.unclear if event.name == kind.name]
            done_or_not = (kind.stage and not kind.internal) or kind.declared_by
            if not self.unnamed and kind.name not in here and done_or_not:
                self.events.append(Event(kind.name, None, "absent", line))

    def objects(self, vocabulary: Vocabulary) -> bool:
        """Whether more is recorded than the dates that the clocks turn on."""
        dated = [event for event in self.events if event.when]
        days: dict[str, tuple[int, int]] = {}
        for event in dated:
            assert event.when
            kind = vocabulary.find(event.name)
            if event.name in days or (kind and not is_of_clocks(kind)):
                return True
            days[event.name] = ordinals(event.when)
        # Answered out of turn, perhaps: that is for the list of events to tell.
        first, second = days.get("stage 1 response"), days.get("stage 2 response")
        known = any(event.name == "stage 1 response" for event in (*self.events, *self.unclear))
        out_of_turn = second and known and not (first and first[1] <= second[0])
        return self.keyed or bool(out_of_turn) or self._ended_in_doubt(days)

    def _ended_in_doubt(self, days: Mapping[str, tuple[int, int]]) -> bool:
        """Whether an end may belong to either of two episodes, as for a wide row."""
        received = days.get(RECEIVED)
        return any(
            end[0] != end[1]
            or (received is not None and end[1] < received[1])
            or any(other[1] >= end[0] for one, other in days.items() if one not in ENDS)
            for name, end in days.items()
            if name in ENDS
        )


def read_long(
    grid: Grid,
    fields: Fields,
    declared: Declared,
    vocabulary: Vocabulary,
    policy_for: PolicyFor,
    today: date,
) -> Complaints:
    """Read a table whose rows are events. Raises `InputError`.

    An event of which some row speaks did not happen to a complaint that lacks it; one of which
    none does is not recorded.
    """
    place = fields.place(DATE)
    assert place is not None
    grid, notes = without_foot(grid, fields.place(REFERENCE), [place])
    size = grid.frame.height
    own_day = [] if declared.fixed_as_at else [AS_AT]
    dates = dates_of(grid, fields, [DATE, *_date_keys(vocabulary), *own_day], declared.dates)
    references = references_of(grid, fields)
    landlords, nameless = landlords_of_events(grid, fields, declared, references)
    constants = Constants(grid, fields, declared, landlords, policy_for, dates.get(AS_AT), today)
    reader = _Reader(grid, fields, vocabulary, {field: one.read for field, one in dates.items()})
    rejected = [
        Mistake(grid.path, line, says, content=content) for line, says, content in grid.ragged
    ]
    by_complaint: dict[tuple[int, str], _Rows] = {}
    for row, reference in enumerate(references.to_list()):
        line = int(grid.lines[row])
        if reference is None:
            says = "there is no reference, so it cannot be checked"
            header, content = fields.header(REFERENCE), grid.content(row)
            day = constants.day_of([row])
            rejected.append(
                Mistake(grid.path, line, says, column=header, content=content, as_at=day)
            )
        elif row in nameless:
            says = "the row names no landlord, and other rows of its reference name several"
            header, day = fields.header(LANDLORD), constants.day_of([row])
            rejected.append(
                Mistake(grid.path, line, says, column=header, reference=reference, as_at=day)
            )
        else:
            rows = by_complaint.setdefault((int(landlords.codes[row]), reference), _Rows())
            rows.places.append(row)
            reader.read(row, line, reference, rows)
    kept: list[tuple[str, _Rows]] = []
    for (_, reference), rows in by_complaint.items():
        rows.unread += constants.unread(rows.places)
        why = _why_rejected(rows, grid, fields, vocabulary, constants.wrong(rows.places))
        if why:
            day = constants.day_of(rows.places)
            rejected += [replace(one, reference=reference, as_at=day) for one in why]
        else:
            kept.append((reference, rows))
    named = {name for rows in by_complaint.values() for name in rows.named}
    occurring = [kind for kind in vocabulary.kinds if kind.name in named]
    for _, rows in kept:
        rows.settle(occurring, int(grid.lines[rows.places[0]]))
    places = [rows.places for _, rows in kept]
    heads = np.array([own[0] for own in places], dtype=np.int64)
    own, policies, nations, days = landlords.take(heads), *constants.of(places)

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

    return Complaints(
        path=grid.path,
        unit=grid.unit,
        read=size + len(grid.ragged),
        references=pl.Series([reference for reference, _ in kept], dtype=pl.String),
        landlords=own,
        policies=policies,
        nations=nations,
        as_at=days,
        lines=grid.lines[heads],
        events={},
        extensions={},
        carried={one.header: first_given(grid.column(one.place), places) for one in fields.carried},
        objects=np.array([rows.objects(vocabulary) for _, rows in kept], dtype=np.bool_),
        later=np.array(
            [
                any(event.when and ordinals(event.when)[0] > day for event in rows.events)
                for (_, rows), day in zip(kept, days.tolist(), strict=True)
            ],
            dtype=np.bool_,
        ),
        to_come=np.array(
            [
                received_after(timeline(number), date.fromordinal(day)) is not None
                for number, day in enumerate(days.tolist())
            ],
            dtype=np.bool_,
        ),
        problems={place: rows.unread for place, (_, rows) in enumerate(kept) if rows.unread},
        rejected=sorted(rejected, key=lambda one: one.order),
        not_recorded=[name for name in EXPECTED if name not in named],
        notes=(*grid.notes, *notes),
        latest_event=latest_event([dates[DATE]], today),
        dated_rows=constants.are_dated(places),
        timeline=timeline,
        rows_of_events=True,
        lines_of_events=[grid.lines[own].tolist() for own in places],
    )


class _Reader:
    """Reads the event in a row; `dates` holds the reader of each column of dates."""

    def __init__(
        self, grid: Grid, fields: Fields, vocabulary: Vocabulary, dates: Mapping[str, Read]
    ) -> None:
        self.path, self.fields, self.vocabulary, self.dates = grid.path, fields, vocabulary, dates
        self.cells = CellReader(grid.path, vocabulary, dates)
        self.event_cells = _column(grid, fields, EVENT)
        self.date_cells = _column(grid, fields, DATE)
        self.keys = {
            one.holds: grid.column(one.place).to_list()
            for one in fields.columns
            if one.holds in LONG_KEYS or one.holds.replace(" ", "_") in _own_keys(vocabulary)
        }
        self._kinds: dict[str, Kind | None] = {}

    def read(self, row: int, line: int, reference: str, rows: _Rows) -> None:
        """Add the event of a row, or what of it cannot be read."""

        def unread(holds: str, what: str, **more: Any) -> None:
            one = Mistake(self.path, line, what, column=self.fields.header(holds), **more)
            rows.unread.append(withhold(replace(one, reference=reference)))

        name = self.event_cells[row]
        if name is None or is_blank(name):
            unread(EVENT, "the row names no event")
            rows.unnamed = True
            return
        kind = self._kind(name)
        if kind is None:
            rows.unnamed = True
            hint, value = self.vocabulary.hint(name), name.strip()[:60]
            unread(EVENT, f"{VALUE} is not an event", value=value, hint=hint, cell=name)
            return
        rows.named.add(kind.name)
        own = {key.name for key in kind.all_keys}
        cells = {
            key: (self.fields.header(key), column[row])
            for key, column in self.keys.items()
            if key in own and not is_blank(column[row])
        }
        text, when, unclear = self.date_cells[row] or "", None, False
        try:
            when = self.dates[DATE](text)
        except DayError as error:
            unread(DATE, error.what, value=error.value, cell=text)
            unclear = True
        if when is None and is_extension(kind) and "until" in cells:
            when = When(UNKNOWN)
        event, wrong = self.cells.event(kind, when, cells, line)
        rows.unread += [replace(one, reference=reference) for one in wrong]
        rows.keyed |= bool(cells.keys() - {"until"})
        if event.when is None and event.evidence != "absent" and not unclear:
            if "evidence" not in cells:
                return
            unread(DATE, "there is no date, though the evidence says it was done; add the date")
            unclear = True
        elif event.when == When(UNKNOWN) and "until" not in event.attributes:
            unclear = True
        if unclear:
            rows.unclear.append(replace(event, when=When(UNKNOWN), evidence="claimed"))
        else:
            rows.events.append(event)

    def _kind(self, name: str) -> Kind | None:
        if name not in self._kinds:
            self._kinds[name] = self.vocabulary.find(name)
        return self._kinds[name]


def _own_keys(vocabulary: Vocabulary) -> set[str]:
    return {key.name for kind in vocabulary.kinds for key in kind.keys}


def _date_keys(vocabulary: Vocabulary) -> list[str]:
    return sorted(
        {key.name for kind in vocabulary.kinds for key in kind.keys if key.kind == "date"}
    )


def _column(grid: Grid, fields: Fields, holds: str) -> list[str | None]:
    place = fields.place(holds)
    assert place is not None
    return grid.column(place).to_list()


def _why_rejected(
    rows: _Rows, grid: Grid, fields: Fields, vocabulary: Vocabulary, whole: Sequence[Mistake]
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
