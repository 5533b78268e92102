"""The rows of a wide table once they are read: as columns, and one by one as timelines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

import polars as pl
from msgspec import Struct
from msgspec.structs import replace

from timeliness.model.dates import UNKNOWN, When
from timeliness.model.timelines import Event, Timeline
from timeliness.model.vocabulary import Kind, Vocabulary
from timeliness.tables.assigned import Assigned, Fields
from timeliness.tables.cells import CellReader
from timeliness.tables.complaints import Columns, Rows
from timeliness.tables.date_columns import Read
from timeliness.tables.headers import is_key
from timeliness.tables.instead import is_blank
from timeliness.tables.landlords import stands_unread, when_of
from timeliness.tables.recorded import lacking_again
from timeliness.tables.stages import Stages


def keys_in(columns: Sequence[Assigned]) -> dict[str, dict[str, int]]:
    """Return by event and key the place of each column that holds a key of an event."""
    keys: dict[str, dict[str, int]] = {}
    for one in columns:
        if is_key(one.holds):
            event, _, key = one.holds.partition(".")
            keys.setdefault(event, {})[key] = one.place
    return keys


class WideRows(Struct, frozen=True):
    """Makes timelines of the rows that are kept; `rows` are their places among all.

    `stages` says of each row of all which stage it is of, 0 where rows have none.
    `keys` holds by event and key the place of a column, `cells` those columns whole, and `readers`
    the reader of each column of dates.
    """

    columns: Columns
    rows: Rows
    stages: Stages
    kinds: Mapping[str, Kind]
    keys: Mapping[str, Mapping[str, int]]
    cells: Mapping[int, pl.Series]
    readers: Mapping[str, Read]
    path: str
    fields: Fields
    vocabulary: Vocabulary

    def timeline(self, row: int) -> Timeline:
        """Return one complaint as a timeline that says the same as its row."""
        events: list[Event] = []
        columns, source = self.columns, int(self.rows[row])
        line, as_at = int(columns.lines[row]), int(columns.as_at[row])
        for name, kind in self.kinds.items():
            dated = columns.events.get(name)
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
            elif self._is_asked_for(kind, source):
                # A withdrawal that did not happen is nothing that was looked for.
                events.append(Event(name, None, "absent", line))
        for name in sorted(lacking_again(events)):
            if self._is_asked_for(self.kinds[name], source):
                events.append(Event(name, None, "absent", line))
        return Timeline(
            complaint=columns.references[row],
            events=tuple(events),
            landlord=columns.landlords.of(row),
            nation=columns.nations.of(row),
            policy=columns.policies.of(row),
            codes=columns.codes_of(row),
            body=columns.bodies.of(row),
            record="partial",
            as_at=date.fromordinal(as_at),
            path=self.path,
            line=line,
        )

    def _is_asked_for(self, kind: Kind, source: int) -> bool:
        """Whether a blank cell says that an event did not happen."""
        if kind.declared_by:
            return True
        return kind.stage >= max(1, int(self.stages[source])) and not kind.internal

    def _event(self, kind: Kind, when: When, source: int, line: int) -> Event:
        places = self.keys.get(kind.name, {})
        cells = {
            key: (self.fields.header(f"{kind.name}.{key}"), self.cells[place][source])
            for key, place in places.items()
        }
        if all(is_blank(text) for _, text in cells.values()):
            return Event(kind.name, when, line=line)
        fields = {key: f"{kind.name}.{key}" for key in places}
        dates = {key: self.readers[one] for key, one in fields.items() if one in self.readers}
        event, _ = CellReader(self.path, self.vocabulary, dates).event(kind, when, cells, line)
        return event
