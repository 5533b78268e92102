"""Complaints as columns: for each event the days on which it may first have happened.

One timeline is a column of one, an export a column of many. The clocks read nothing else.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from timeliness.calendars import FAR_FUTURE, FAR_PAST, Days


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


@dataclass(frozen=True)
class Column:
    """One event of many complaints: its first occurrence lies from `earliest` to `latest`.

    `minute` is the time of day in minutes, or -1 where none is given.
    """

    earliest: Days
    latest: Days
    state: NDArray[np.int8]
    minute: NDArray[np.int16]

    def is_in(self, *states: State) -> NDArray[np.bool_]:
        """Return where the state is one of these."""
        found: NDArray[np.bool_] = self.state == states[0]
        for state in states[1:]:
            found |= self.state == state
        return found


@dataclass(frozen=True)
class ExtensionColumn:
    """One extension of many complaints.

    It was told from `earliest` to `latest` (both in the far future where there is none) and gives
    a new date from `until_earliest` to `until_latest`. Each of `attributes` is 1 where it is so,
    0 where it is not and -1 where that is not recorded.
    """

    earliest: Days
    latest: Days
    until_earliest: Days
    until_latest: Days
    attributes: Mapping[str, NDArray[np.int8]]


@dataclass(frozen=True)
class EndColumn:
    """When the open clocks of a stage were ended, in the far future where they were not.

    A withdrawal or a refusal ends a clock for good. Closing the complaint ends it only where
    no answer followed; that is `closed`.
    """

    earliest: Days
    latest: Days
    closed_earliest: Days
    closed_latest: Days


@dataclass(frozen=True)
class Table:
    """Complaints of one nation as columns.

    `extensions` holds the columns of each kind of extension in the order in which they were told,
    by the name of their event; `ends` the ends by stage.
    """

    size: int
    as_at: Days
    events: Mapping[str, Column]
    extensions: Mapping[str, Sequence[ExtensionColumn]]
    ends: Mapping[int, EndColumn]

    def with_event(self, name: str, column: Column) -> Table:
        """Return the same table with one column replaced."""
        return replace(self, events={**self.events, name: column})


def far(size: int) -> Days:
    """Return a column of days in the far future."""
    return np.full(size, FAR_FUTURE, dtype=np.int64)


def clip_column(column: Column, first: int | None, last: int | None) -> Column:
    """Return a column whose days are held between two days."""
    low, high = first or FAR_PAST, last or FAR_FUTURE
    return replace(
        column,
        earliest=np.clip(column.earliest, low, high),
        latest=np.clip(column.latest, low, high),
    )
