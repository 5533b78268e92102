"""Complaints as columns: for each event the days on which it may first have happened.

One timeline is a column of one, an export a column of many. The clocks read nothing else.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from enum import IntEnum
from functools import cached_property

import numpy as np
from msgspec import Struct, field
from msgspec.structs import replace
from numpy.typing import NDArray

from timeliness.model.calendars import DAY, FAR_FUTURE, FAR_PAST, Days

Flags = NDArray[np.bool_]
Codes = NDArray[np.int8]


class State(IntEnum):
    """What is known of an event."""

    SEEN = 0
    """On the record."""
    CLAIMED = 1
    """Said to have happened; nothing shows it. It did so on that day, later or not at all."""
    NOT_DONE = 2
    """It had not happened by the as-at date."""
    UNKNOWN = 3
    """The record does not say."""
    INFERRED = 4
    """Not on the record, but a later event shows that it happened by then."""


class Bounds(Struct, frozen=True):
    """A column of spans of days; where every day is exact, both ends are one and the same column.

    Most are, and then all that is done to one end is done once.
    """

    earliest: Days
    latest: Days

    @property
    def exact(self) -> bool:
        """Whether every day is known to be exact."""
        return self.earliest is self.latest

    def through(self, change: Callable[[Days], Days]) -> Bounds:
        """Return what a change that is monotone makes of both ends."""
        earliest = change(self.earliest)
        return Bounds(earliest, earliest if self.exact else change(self.latest))

    def take(self, places: NDArray[np.int64]) -> Bounds:
        """Return some rows."""
        return self.through(lambda days: days.take(places))


class Column(Struct, frozen=True, dict=True):
    """One event of many complaints: its first occurrence lies within `days`.

    `minute` is the time of day in minutes, -1 where none is given, or None where none is at all.
    `later` marks what may have happened after the as-at date, though `days` are cut there; None
    where nothing may.
    """

    days: Bounds
    state: Codes
    minute: NDArray[np.int16] | None = None
    later: Flags | None = None

    @cached_property
    def _where(self) -> dict[tuple[State, ...], Flags]:
        return {}

    @property
    def earliest(self) -> Days:
        """Return the first day on which it may have happened."""
        return self.days.earliest

    @property
    def latest(self) -> Days:
        """Return the last day on which it may first have happened."""
        return self.days.latest

    def is_in(self, *states: State) -> Flags:
        """Return where the state is one of these. The flags are kept, and not to be changed."""
        found = self._where.get(states)
        if found is None:
            found = self.state == states[0]
            for state in states[1:]:
                found |= self.state == state
            self._where[states] = found
        return found

    def take(self, places: NDArray[np.int64]) -> Column:
        """Return some rows."""
        minute = None if self.minute is None else self.minute.take(places)
        later = None if self.later is None else self.later.take(places)
        return Column(self.days.take(places), self.state.take(places), minute, later)


class ExtensionColumn(Struct, frozen=True):
    """One extension of many complaints.

    It was told from `earliest` to `latest` (both in the far future where there is none) and gives
    a new date from `until_earliest` to `until_latest`. Each of `attributes` is 1 where it is so,
    0 where it is not and -1 where that is not recorded.
    """

    earliest: Days
    latest: Days
    until_earliest: Days
    until_latest: Days
    attributes: Mapping[str, Codes]

    def take(self, places: NDArray[np.int64]) -> ExtensionColumn:
        """Return some rows."""
        return ExtensionColumn(
            self.earliest.take(places),
            self.latest.take(places),
            self.until_earliest.take(places),
            self.until_latest.take(places),
            {key: column.take(places) for key, column in self.attributes.items()},
        )


class PauseColumn(Struct, frozen=True):
    """One pause of many complaints, from `begun` to `ended`.

    `begun` lies in the far future where there is none. `sure` marks what is on the record, and
    `attributes` are as those of an extension. `minutes` has a row for each complaint, the time of
    day of its beginning and of its end, -1 where none is given.
    """

    begun: Bounds
    ended: Bounds
    sure: Flags
    attributes: Mapping[str, Codes]
    minutes: NDArray[np.int16]

    def take(self, places: NDArray[np.int64]) -> PauseColumn:
        """Return some rows."""
        attributes = {key: column.take(places) for key, column in self.attributes.items()}
        begun, ended = self.begun.take(places), self.ended.take(places)
        minutes = self.minutes.take(places, axis=0)
        return PauseColumn(begun, ended, self.sure.take(places), attributes, minutes)


class EndColumn(Struct, frozen=True):
    """When the open clocks of a stage were ended, in the far future where they were not.

    A withdrawal or a refusal ends a clock. Closing the complaint is the landlord's act, and ends
    nothing; the days of that are `closed`.
    """

    earliest: Days
    latest: Days
    closed_earliest: Days
    closed_latest: Days

    def take(self, places: NDArray[np.int64]) -> EndColumn:
        """Return some rows."""
        return EndColumn(
            self.earliest.take(places),
            self.latest.take(places),
            self.closed_earliest.take(places),
            self.closed_latest.take(places),
        )


class Table(Struct, frozen=True):
    """Complaints of one nation as columns.

    `extensions` holds the columns of each kind of extension in the order in which they were given,
    by the name of their event. `partial` marks the records in which what is absent may have been
    done. `ends` holds, by stage, how it was ended or closed after all that is in its row, without a
    stage that none of these complaints was ended in. `clashes` marks impossible orders by their
    cause and effect; where there are any, `recorded` is the table as it is on the record.
    `pauses` are those of a policy's clocks, in order.
    """

    size: int
    as_at: Days
    events: Mapping[str, Column]
    extensions: Mapping[str, Sequence[ExtensionColumn]]
    partial: Flags
    ends: Mapping[int, EndColumn] = field(default_factory=dict)
    clashes: Mapping[tuple[str, str], Flags] = field(default_factory=dict)
    recorded: Table | None = None
    pauses: Sequence[PauseColumn] = ()

    def with_event(self, name: str, column: Column) -> Table:
        """Return the same table with one column replaced."""
        return replace(self, events={**self.events, name: column})

    def take(self, places: NDArray[np.int64]) -> Table:
        """Return some rows."""
        return Table(
            len(places),
            self.as_at.take(places),
            {name: column.take(places) for name, column in self.events.items()},
            {name: [told.take(places) for told in all_] for name, all_ in self.extensions.items()},
            self.partial.take(places),
            {stage: end.take(places) for stage, end in self.ends.items()},
            {pair: flags.take(places) for pair, flags in self.clashes.items()},
            self.recorded.take(places) if self.recorded else None,
            [pause.take(places) for pause in self.pauses],
        )


def far(size: int) -> Days:
    """Return a column of days in the far future."""
    return np.full(size, FAR_FUTURE, dtype=DAY)


def never(size: int) -> Bounds:
    """Return a column of spans in the far future."""
    days = far(size)
    return Bounds(days, days)


def pick(flags: Flags, one: Days | int, other: Days) -> Days:
    """Return `one` where a flag is set and `other` elsewhere.

    It is `np.where` for days, which is slow where flags come in no order: it branches at each row.
    """
    mask = -flags.astype(DAY)
    return other ^ ((one ^ other) & mask)


def pick_codes(flags: Flags, one: Codes | int, other: Codes) -> Codes:
    """Return `one` where a flag is set and `other` elsewhere, of states, verdicts or reasons."""
    mask = -flags.view(np.int8)
    return other ^ ((one ^ other) & mask)


def clip_column(column: Column, first: int | None, last: int | None) -> Column:
    """Return a column whose days are held between two days."""
    low, high = first or FAR_PAST, last or FAR_FUTURE
    return replace(column, days=column.days.through(lambda days: np.clip(days, low, high)))
