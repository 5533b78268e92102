"""The complaints of a table as columns, whatever the table looked like."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from typing import Self

import numpy as np
import polars as pl
from msgspec import Struct, field
from msgspec.structs import replace
from numpy.typing import NDArray

from timeliness.judge.columns import far, pick
from timeliness.judge.statements.claimed import ClaimColumn
from timeliness.model.calendars import FAR_FUTURE, FAR_PAST, Days
from timeliness.model.errors import Mistake
from timeliness.model.timelines import Timeline

Codes = NDArray[np.int32]
Flags = NDArray[np.bool_]
Rows = NDArray[np.int64]
Place = tuple[int, int]
"""A complaint of several tables: the number of its table, and its row there."""
SEPARATOR = ";"
"""What stands between the names of several Codes in one text."""


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


class Dated(Struct, frozen=True, dict=True):
    """One event of every complaint, as the cells have it.

    Where there is no date both days lie in the far future; `bad` marks the cells that cannot be
    read, and is None where there is none. Both days are one column where each date is one day.
    `unsaid` marks where no date does not say that it was not done; None where it always says so.
    """

    earliest: Days
    latest: Days
    bad: Flags | None = None
    minute: NDArray[np.int16] | None = None
    unsaid: Flags | None = None

    @cached_property
    def given(self) -> Flags:
        """Return where there is a date."""
        return self.earliest < FAR_FUTURE

    def is_bad(self, row: int) -> bool:
        """Whether the cell of a row cannot be read."""
        return self.bad is not None and bool(self.bad[row])

    def take(self, rows: Rows) -> Dated:
        """Return some of the rows."""
        earliest = self.earliest.take(rows)
        exact = self.earliest is self.latest
        return Dated(
            earliest,
            earliest if exact else self.latest.take(rows),
            _marks_of(self.bad, rows),
            None if self.minute is None else self.minute.take(rows),
            _marks_of(self.unsaid, rows),
        )


def _marks_of(flags: Flags | None, rows: Rows) -> Flags | None:
    """Return the flags of some rows, or None where none is set."""
    own = None if flags is None else flags.take(rows)
    return own if own is not None and own.any() else None


class Told(Struct, frozen=True):
    """One extension of every complaint: when it was told, and until when.

    `told` (when the resident was told) is given wherever there is an extension at all, on an
    unknown day if need be, and bad where what cannot be read may be one.
    """

    told: Dated
    until: Dated | None

    @classmethod
    def of(cls, own: Dated | None, until: Dated | None, size: int) -> Told:
        """Return an extension by its own date and the new one: there is one where either is given.

        Where one of them cannot be read and the other is blank, there may be one.
        """
        none = Dated(far(size), far(size))
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
        return cls(Dated(earliest, latest, bad, told.minute), until)

    def take(self, rows: Rows) -> Told:
        """Return some of the rows."""
        return Told(
            self.told.take(rows),
            self.until.take(rows) if self.until else None,
        )


class Labels(Struct, frozen=True):
    """One text of every complaint, of a few different ones; the same text has the same code."""

    texts: tuple[str, ...]
    codes: Codes

    @classmethod
    def of_texts(cls, texts: Sequence[str], codes: Codes) -> Labels:
        """Return the same texts, each of them once."""
        places = {text: place for place, text in enumerate(dict.fromkeys(texts))}
        if len(places) == len(texts):
            return cls(tuple(texts), codes)
        place_of = np.array([places[text] for text in texts], dtype=np.int32)
        return cls(tuple(places), place_of.take(codes))

    def of_each(self, other: Callable[[str], str]) -> Labels:
        """Return what another text is for each text."""
        return Labels.of_texts([other(text) for text in self.texts], self.codes)

    def take(self, rows: Rows) -> Labels:
        """Return some of the rows."""
        return Labels(self.texts, self.codes.take(rows))

    def of(self, row: int) -> str:
        """Return the text of one row."""
        return self.texts[int(self.codes[row])]


def codes_in(text: str) -> tuple[str, ...]:
    """Return the names of Codes that a text of `Columns.codes` holds."""
    return tuple(text.split(SEPARATOR)) if text else ()


class Columns(Struct, frozen=True):
    """What a table says of its complaints, or of some of them, in columns.

    Each text of `codes` holds names of Codes, with `SEPARATOR` between them, or none where they are
    those of the nation for the kind of body. `events` holds the events that the table speaks of,
    `extensions` those that are extensions, and `lines` where each complaint first stands.
    """

    references: pl.Series
    landlords: Labels
    policies: Labels
    codes: Labels
    nations: Labels
    bodies: Labels
    as_at: Days
    lines: Rows
    events: Mapping[str, Dated]
    extensions: Mapping[str, Sequence[Told]]
    carried: Mapping[str, pl.Series]

    @property
    def size(self) -> int:
        """Return how many complaints there are."""
        return len(self.references)

    def codes_of(self, row: int) -> tuple[str, ...]:
        """Return the names of the Codes of a complaint."""
        return codes_in(self.codes.of(row))

    def take(self, rows: Rows) -> Self:
        """Return some of the complaints, as they are."""
        places = pl.Series(rows)
        return replace(
            self,
            references=self.references.gather(places),
            landlords=self.landlords.take(rows),
            policies=self.policies.take(rows),
            codes=self.codes.take(rows),
            nations=self.nations.take(rows),
            bodies=self.bodies.take(rows),
            as_at=self.as_at.take(rows),
            lines=self.lines.take(rows),
            events={name: dated.take(rows) for name, dated in self.events.items()},
            extensions={
                name: [told.take(rows) for told in several]
                for name, several in self.extensions.items()
            },
            carried={name: cells.gather(places) for name, cells in self.carried.items()},
        )


class Complaints(Columns, frozen=True):
    """The complaints of one table.

    `objects` marks the complaints of which more is recorded than dates, so that they are checked as
    timelines; of the others their columns say all there is. `to_come` marks those that were not
    received by the day of the check.
    `problems` holds by row the cells that could not be read. `dated_rows` says that each row says
    which day it is from. `unstarted` holds by row why one in which nothing can start a clock cannot
    be checked, unless other rows of its reference are joined to it.
    """

    path: str
    unit: str
    read: int
    objects: Flags
    to_come: Flags
    problems: Mapping[int, Sequence[Mistake]]
    rejected: Sequence[Mistake]
    not_recorded: Sequence[str]
    notes: Sequence[str]
    latest_event: int
    dated_rows: bool
    timeline: Callable[[int], Timeline]
    lines_of_events: Callable[[int], Sequence[int]] | None = None
    """Where each row is one event, the lines of the rows of each complaint."""

    joined: Mapping[int, Sequence[tuple[str, int]]] = field(default_factory=dict)
    """Of complaints that were joined from several rows, the file and line of each of them."""

    unstarted: Mapping[int, Sequence[Mistake]] = field(default_factory=dict)

    claims: Sequence[ClaimColumn] = ()
    """What the landlord's own system says of the complaints, column by column."""

    @property
    def rows_of_events(self) -> bool:
        """Whether each row is one event."""
        return self.lines_of_events is not None

    def take(self, rows: Rows) -> Self:
        """Return some of the complaints, as they are."""
        place_of = {row: place for place, row in enumerate(rows.tolist())}
        timeline, lines = self.timeline, self.lines_of_events
        return replace(
            super().take(rows),
            objects=self.objects.take(rows),
            to_come=self.to_come.take(rows),
            problems={place_of[row]: one for row, one in self.problems.items() if row in place_of},
            unstarted={
                place_of[row]: one for row, one in self.unstarted.items() if row in place_of
            },
            timeline=lambda place: timeline(int(rows[place])),
            lines_of_events=(lambda place: lines(int(rows[place]))) if lines else None,
            joined={place_of[row]: at for row, at in self.joined.items() if row in place_of},
            claims=[one.take(rows, self.size) for one in self.claims],
        )

    def places_of(self, row: int) -> Sequence[tuple[str, int]]:
        """Return the file and line of each row of a complaint."""
        if row in self.joined:
            return self.joined[row]
        lines = self.lines_of_events(row) if self.lines_of_events else (int(self.lines[row]),)
        return [(self.path, line) for line in lines]

    def carried_of(self, row: int) -> dict[str, str]:
        """Return what else the table says of a complaint."""
        return {name: cells[row] or "" for name, cells in self.carried.items()}

    def problems_of(self, row: int) -> tuple[Mistake, ...]:
        """Return what of a complaint could not be read, without its reference."""
        return tuple(replace(one, reference="") for one in self.problems.get(row, ()))
