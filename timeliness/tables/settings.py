"""What is declared of a table: constants, its columns and how its dates are written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from timeliness.timelines import Timeline


@dataclass(frozen=True)
class LandlordSettings:
    """What holds for the complaints of one landlord."""

    policy: str = ""
    nation: str = ""


@dataclass(frozen=True)
class TableSettings:
    """What is declared of a table rather than found in it.

    `columns` gives by header what a column holds. `as_at` is the day on which the export was
    taken. `landlords` holds what differs between the landlords of one file.
    """

    landlord: str = ""
    policy: str = ""
    nation: str = "england"
    as_at: date | None = None
    dates: str = ""
    sheet: str = ""
    form: str = ""
    columns: Mapping[str, str] = field(default_factory=dict)
    landlords: Mapping[str, LandlordSettings] = field(default_factory=dict)

    def example(self) -> Timeline:
        """Return a timeline that carries the constants alone."""
        return Timeline("", (), self.landlord, self.nation, self.policy)
