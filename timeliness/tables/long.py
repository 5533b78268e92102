"""Long tables: a row is an event, and the rows of one reference are a complaint."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date

import numpy as np
import polars as pl

from timeliness.dates import When
from timeliness.errors import CalendarError, DateError
from timeliness.spans import UNKNOWN
from timeliness.tables import parts
from timeliness.tables.cells import event_of, is_blank
from timeliness.tables.complaints import Complaints, Labels, Unread
from timeliness.tables.fields import Fields
from timeliness.tables.foot import without_foot
from timeliness.tables.grid import Grid
from timeliness.tables.names import AS_AT, DATE, EVENT, NATION, POLICY, REFERENCE
from timeliness.tables.settings import TableSettings
from timeliness.tables.wide import EXPECTED
from timeliness.timelines import Event, Timeline
from timeliness.vocabulary import STAGE_TRIGGERS, Kind, Vocabulary


@dataclass
class _Rows:
    """What was read of one complaint."""

    first: int
    events: list[Event] = field(default_factory=list)
    unread: list[Unread] = field(default_factory=list)
    objects: bool = False
    unclear: Unread | None = None


def read_long(
    grid: Grid,
    fields: Fields,
    settings: TableSettings,
    vocabulary: Vocabulary,
    policy_for: parts.PolicyFor,
    today: date,
) -> Complaints:
    """Read a table whose rows are events. Raises `InputError`.

    An event that some complaint of the table has did not happen to one that lacks it; one that
    none has is not recorded.
    """
    place = fields.place(DATE)
    assert place is not None
    grid, notes = without_foot(grid, fields.place(REFERENCE), [place])
    size = grid.frame.height
    dates = parts.dates_of(
        grid, fields, [DATE, "until", *([] if settings.as_at else [AS_AT])], settings
    )
    as_at = parts.as_at_of(dates.get(AS_AT), size, today, settings.as_at)
    references = parts.references_of(grid, fields)
    landlords = parts.landlords_of(grid, fields, settings)
    policies, nations, bad_policy, bad_nation = parts.constants_of(
        grid, fields, settings, landlords, policy_for
    )
    wrong = {**bad_policy, **bad_nation}
    unclear = parts.unclear_days(grid, fields, dates.get(AS_AT))
    reader = _Reader(grid, fields, vocabulary, dates[DATE].read, dates[DATE].order)
    rejected = [Unread(line, "", says) for line, says in grid.ragged]
    by_complaint: dict[tuple[int, str], _Rows] = {}
    for row, reference in enumerate(references.to_list()):
        line = int(grid.lines[row])
        if reference is None:
            says = "there is no reference, so nothing can be said of it"
            rejected.append(Unread(line, fields.header(REFERENCE), says))
            continue
        key = (int(landlords.codes[row]), reference)
        rows = by_complaint.setdefault(key, _Rows(row))
        if row in unclear:
            rows.unclear = replace(unclear[row], reference=reference)
        reader.read(row, line, reference, rows)
    kept: list[tuple[str, _Rows]] = []
    for (_, reference), rows in by_complaint.items():
        unread = rows.unclear or _whole(
            rows, reference, grid, fields, vocabulary, policies, nations, wrong
        )
        if unread:
            rejected.append(unread)
        else:
            kept.append((reference, rows))
    occurring = {event.name for _, rows in kept for event in rows.events}
    for _, rows in kept:
        here = {event.name for event in rows.events} | reader.doubtful(rows)
        rows.events += [
            Event(kind.name, None, "absent", int(grid.lines[rows.first]))
            for kind in vocabulary.kinds
            if kind.name in occurring and kind.name not in here
            if (kind.stage or kind.declared_by) and not kind.internal
        ]
    heads = np.array([rows.first for _, rows in kept], dtype=np.int64)
    days = as_at[heads]
    own = Labels(landlords.texts, landlords.codes[heads])

    def timeline(number: int) -> Timeline:
        reference, rows = kept[number]
        day = int(days[number])
        line = int(grid.lines[rows.first])
        return Timeline(
            complaint=reference,
            events=tuple(rows.events),
            landlord=own.of(number),
            nation=nations.of(rows.first),
            policy=policies.of(rows.first),
            record="partial",
            as_at=date.fromordinal(day),
            path=grid.path,
            line=line,
        )

    return Complaints(
        path=grid.path,
        unit=grid.unit,
        read=size + len(grid.ragged),
        references=pl.Series([reference for reference, _ in kept], dtype=pl.String),
        landlords=own,
        policies=policies.take(heads),
        nations=nations.take(heads),
        as_at=days,
        lines=grid.lines[heads],
        events={},
        extensions={},
        carried={one.header: grid.column(one.place).gather(heads) for one in fields.carried},
        objects=np.array([rows.objects for _, rows in kept], dtype=np.bool_),
        later=np.array(
            [
                any(
                    event.when is not None
                    and event.when.span.earliest is not None
                    and event.when.span.earliest.toordinal() > day
                    for event in rows.events
                )
                for (_, rows), day in zip(kept, days.tolist(), strict=True)
            ],
            dtype=np.bool_,
        ),
        problems={place: rows.unread for place, (_, rows) in enumerate(kept) if rows.unread},
        rejected=sorted(rejected),
        not_recorded=[name for name in EXPECTED if name not in occurring],
        notes=(*grid.notes, *notes),
        latest_event=parts.latest_event([dates[DATE]], today),
        dated_rows=AS_AT in dates and bool(dates[AS_AT].dated.given[heads].all()),
        timeline=timeline,
        rows_of_events=True,
    )


class _Reader:
    """Reads the event in a row."""

    def __init__(
        self,
        grid: Grid,
        fields: Fields,
        vocabulary: Vocabulary,
        read: Callable[[str], When | None],
        order: str,
    ) -> None:
        self.fields, self.vocabulary, self.order = fields, vocabulary, order
        self.read_date = read
        self.event_cells = _column(grid, fields, EVENT)
        self.date_cells = _column(grid, fields, DATE)
        self.keys = {
            one.holds: grid.column(one.place).to_list()
            for one in fields.columns
            if one.holds in _KEYS or one.holds.replace(" ", "_") in _own_keys(vocabulary)
        }
        self._kinds: dict[str, Kind | None] = {}
        self._doubtful: dict[int, set[str]] = {}

    def doubtful(self, rows: _Rows) -> set[str]:
        """Return the events of which a row speaks that cannot be read."""
        return self._doubtful.get(rows.first, set())

    def read(self, row: int, line: int, reference: str, rows: _Rows) -> None:
        """Add the event of a row, or what of it cannot be read."""
        name = self.event_cells[row]
        if name is None or is_blank(name):
            says = "the row names no event"
            rows.unread.append(Unread(line, self.fields.header(EVENT), says, "", reference))
            return
        kind = self._kind(name)
        if kind is None:
            near = self.vocabulary.nearest(name)
            hint = f'did you mean "{near}"?' if near else "`chcheck events` lists them all"
            says = f'"{name.strip()[:60]}" is not an event; {hint}'
            rows.unread.append(Unread(line, self.fields.header(EVENT), says, name, reference))
            return
        text = self.date_cells[row]
        try:
            when: When | None = self.read_date(text) if text is not None else None
        except (DateError, CalendarError) as error:
            rows.unread.append(
                Unread(line, self.fields.header(DATE), str(error), text or "", reference)
            )
            self._doubtful.setdefault(rows.first, set()).add(kind.name)
            if kind.name in STAGE_TRIGGERS.values():
                rows.events.append(Event(kind.name, When(UNKNOWN), "claimed", line))
            return
        cells = {key: column[row] for key, column in self.keys.items()}
        own = {key.name for key in kind.all_keys}
        cells = {key: cell for key, cell in cells.items() if key in own and not is_blank(cell)}
        if when is None and "evidence" not in cells:
            return
        if not cells:
            rows.events.append(Event(kind.name, when, line=line))
            return
        headers = {key: self.fields.header(key) for key in cells}
        event, unread = event_of(kind, when, cells, headers, line, self.order, self.vocabulary)
        if event.when is None and event.evidence != "absent":
            return
        rows.unread += unread
        rows.events.append(event)
        rows.objects |= set(cells) != {"until"}

    def _kind(self, name: str) -> Kind | None:
        if name not in self._kinds:
            self._kinds[name] = self.vocabulary.find(name)
        return self._kinds[name]


_KEYS = ("until", "handler", "evidence", "by", "source", "note", "id", "treated_as")


def _own_keys(vocabulary: Vocabulary) -> set[str]:
    return {key.name for kind in vocabulary.kinds for key in kind.keys}


def _column(grid: Grid, fields: Fields, holds: str) -> list[str | None]:
    place = fields.place(holds)
    assert place is not None
    return grid.column(place).to_list()


def _whole(
    rows: _Rows,
    reference: str,
    grid: Grid,
    fields: Fields,
    vocabulary: Vocabulary,
    policies: Labels,
    nations: Labels,
    wrong: dict[str, str],
) -> Unread | None:
    """Return why a complaint cannot be checked at all, or None."""
    line = int(grid.lines[rows.first])
    for labels, holds in ((policies, POLICY), (nations, NATION)):
        text = labels.of(rows.first)
        if text in wrong:
            return Unread(line, fields.header(holds), wrong[text], text, reference, label=True)
    dated = [event for event in rows.events if event.when and event.when.span != UNKNOWN]
    kinds = [vocabulary.find(event.name) for event in dated]
    if any(kind and (kind.stage or kind.declared_by) for kind in kinds):
        return None
    if rows.unread:
        first = rows.unread[0]
        says = f"no date of it can be read: {first.says}"
        return Unread(line, first.column, says, first.value, reference)
    says = "there is no dated event of its own course, so no clock has a start"
    return Unread(line, fields.header(DATE), says, "", reference)
