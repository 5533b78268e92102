"""Non-working days that were announced too late to be among the bank holidays."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from msgspec import Struct

from timeliness.model.dates import in_words
from timeliness.model.plain import nation_name


class DayOff(Struct, frozen=True):
    """A day that is no working day, with its reason and who announced it; all nations or some."""

    day: date
    says: str
    source: str
    nations: tuple[str, ...] = ()

    def __str__(self) -> str:
        nations = " and ".join(nation_name(name) for name in self.nations)
        where = f" in {nations}" if nations else ""
        return f"{in_words(self.day)}{where} ({self.says}; source: {self.source})"


def days_off_in(nation: str, days: Iterable[DayOff]) -> tuple[tuple[date, str], ...]:
    """Return the days off of a nation, each with its reason."""
    return tuple((one.day, one.says) for one in days if not one.nations or nation in one.nations)
