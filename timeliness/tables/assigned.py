"""What the columns of a table hold, and how that is known."""

from __future__ import annotations

from msgspec import Struct
from msgspec.structs import replace

from timeliness.tables.headers import CARRY, IGNORE
from timeliness.tables.status_names import OUTCOME, STATUS

DECLARED, RECOGNISED, LEFT = "declared", "recognised", "left alone"
SEVERAL = (CARRY, IGNORE, STATUS, OUTCOME)
"""What any number of columns may hold."""


class Assigned(Struct, frozen=True):
    """One column of a table: its place, its header, what it holds and how that is known.

    `whether` says that its cells tell only whether the event happened, not when, and `unused` that
    they are dates that nothing uses.
    """

    place: int
    header: str
    holds: str
    how: str
    whether: bool = False
    unused: bool = False


class Fields(Struct, frozen=True):
    """The columns of a table; `long` says that each row is one event.

    `notes` names the columns that are not used although their names are known, and `unused` those
    that hold dates, unless a note names them.
    """

    columns: tuple[Assigned, ...]
    long: bool
    notes: tuple[str, ...] = ()
    unused: str = ""

    def place(self, holds: str) -> int | None:
        """Return the place of the column that holds a field, or the dates of an event, or None."""
        return next(
            (one.place for one in self.columns if one.holds == holds and not one.whether), None
        )

    def header(self, holds: str) -> str:
        """Return the header of the column that holds a field, or the dates of an event."""
        held = sorted((one.whether, one.place, one.header) for one in self.columns_of(holds))
        return held[0][2] if held else holds

    def columns_of(self, holds: str) -> list[Assigned]:
        """Return every column that holds a field."""
        return [one for one in self.columns if one.holds == holds]

    def without(self, holds: str) -> Fields:
        """Return the columns without those of a field, which an option gives instead."""
        columns = tuple(one for one in self.columns if one.holds != holds)
        return replace(self, columns=columns)

    @property
    def carried(self) -> list[Assigned]:
        """Return the columns that are carried to the output."""
        return [one for one in self.columns if one.holds == CARRY]
