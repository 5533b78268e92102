"""The rows of a long table one by one: the event that each says, and what of it cannot be read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import polars as pl
from msgspec import Struct, field
from msgspec.structs import replace

from timeliness.model.dates import UNKNOWN, When
from timeliness.model.errors import VALUE, DayError, Mistake
from timeliness.model.timelines import Event
from timeliness.model.vocabulary import Kind, Vocabulary
from timeliness.tables.assigned import Fields
from timeliness.tables.cells import CellReader
from timeliness.tables.date_columns import Read
from timeliness.tables.event_names import EventNames
from timeliness.tables.grid import Grid
from timeliness.tables.headers import DATE, EVENT, LONG_KEYS
from timeliness.tables.instead import is_blank
from timeliness.tables.landlords import (
    is_extension,
    stands_unread,
)
from timeliness.tables.personal import withhold
from timeliness.tables.recorded import is_asked_for, lacking_again
from timeliness.tables.undone import undone_in


class EventRows(Struct):
    """What was read of one complaint, from the rows in some places.

    `unclear` are the events of which a row speaks whose date cannot be read. `unnamed` says that a
    row speaks of no event that is known, so that what is missing may be there; `keyed` that more of
    one is recorded than its dates.
    """

    places: list[int] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    unclear: list[Event] = field(default_factory=list)
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
        lacking = lacking_again(self.events) - unclear
        self.events = [event for event in self.events if event.when or event.name not in unclear]
        for kind in occurring:
            if kind.name in read or stands_unread(kind):
                self.events += [event for event in self.unclear if event.name == kind.name]
            lacks = kind.name not in here or kind.name in lacking
            if not self.unnamed and lacks and is_asked_for(kind):
                self.events.append(Event(kind.name, None, "absent", line))


class RowReader:
    """Reads the event in a row; `dates` holds the reader of each column of dates."""

    def __init__(
        self,
        grid: Grid,
        fields: Fields,
        vocabulary: Vocabulary,
        dates: Mapping[str, Read],
        names: EventNames,
    ) -> None:
        self.names = names
        self.path, self.fields, self.vocabulary, self.dates = grid.path, fields, vocabulary, dates
        self.lines = grid.lines
        self.cells = CellReader(grid.path, vocabulary, dates)
        self.event_cells = _column(grid, fields, EVENT)
        self.date_cells = _column(grid, fields, DATE)
        self.undone = undone_in(grid, fields)
        self.keys = {
            one.holds: grid.column(one.place)
            for one in fields.columns
            if one.holds in LONG_KEYS or one.holds.replace(" ", "_") in _own_keys(vocabulary)
        }

    def read_all(self, places: Sequence[int], reference: str) -> EventRows:
        """Read the events of one complaint from the rows in some places."""
        rows = EventRows(list(places))
        for row in places:
            self._read(row, int(self.lines[row]), reference, rows)
        return rows

    def _read(self, row: int, line: int, reference: str, rows: EventRows) -> None:
        """Add the event of a row, or what of it cannot be read."""

        def unread(holds: str, what: str, **more: Any) -> None:
            one = Mistake(self.path, line, what, column=self.fields.header(holds), **more)
            rows.unread.append(withhold(replace(one, reference=reference)))

        name = self.event_cells[row]
        if name is None or is_blank(name):
            unread(EVENT, "the row names no event")
            rows.unnamed = True
            return
        if self.names.is_ignored(name):
            return
        kind = self.names.find(name)
        if kind is None:
            rows.unnamed = True
            hint, value = self.vocabulary.hint(name), name.strip()[:60]
            unread(EVENT, f"{VALUE} is not an event", value=value, hint=hint, cell=name)
            return
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
        undated = when is None and is_extension(kind) and "until" in cells
        if undated:
            when = When(UNKNOWN)
        event, wrong = self.cells.event(kind, when, cells, line)
        rows.unread += [replace(one, reference=reference) for one in wrong]
        rows.keyed |= bool(cells.keys() - {"until"})
        if event.when is None and event.evidence != "absent" and not unclear:
            if "evidence" not in cells:
                return
            unread(DATE, "there is no date, though the evidence says it was done; add the date")
            unclear = True
        elif undated and "until" not in event.attributes:
            unclear = True
        if event.when is not None and (unsaid := self._undone(row, line, kind)):
            rows.unread.append(replace(unsaid, reference=reference))
            rows.keyed = True
            event = replace(event, evidence="claimed")
        if unclear:
            rows.unclear.append(replace(event, when=When(UNKNOWN), evidence="claimed"))
        else:
            rows.events.append(event)

    def _undone(self, row: int, line: int, kind: Kind) -> Mistake | None:
        """Return what to say of a row by which its event may not have happened, or None."""
        for one in self.undone:
            if one.rows[row]:
                says = (
                    f'"{" ".join((one.cells[row] or "").split())}" may mean that it did not '
                    f"happen, so the {kind.name} counts as claimed; take the row out if so, or "
                    f'leave the column alone: [columns] "{one.header}" = "ignore"'
                )
                return Mistake(self.path, line, says, column=one.header)
        return None


def _own_keys(vocabulary: Vocabulary) -> set[str]:
    return {key.name for kind in vocabulary.kinds for key in kind.keys}


def _column(grid: Grid, fields: Fields, holds: str) -> pl.Series:
    place = fields.place(holds)
    assert place is not None
    return grid.column(place)
