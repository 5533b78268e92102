"""What a configuration declares and no table of a run has: a slip there would go unnoticed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from timeliness.model.declared import Declared
from timeliness.tables.complaints import Complaints
from timeliness.tables.open import Opened


@dataclass
class Unused:
    """The columns and landlords that are declared, less those that were met."""

    declared: Declared
    _headers: set[str] = field(default_factory=set)
    _landlords: set[str] = field(default_factory=set)

    def meet(self, opened: Opened, complaints: Complaints) -> None:
        """Note what one table has."""
        self._headers |= {_plain(header) for header in opened.grid.header}
        self.meet_landlords(complaints.landlords.texts)

    def meet_landlords(self, names: Iterable[str]) -> None:
        """Note landlords of complaints, whichever kind of file they stand in."""
        self._landlords |= {name.lower() for name in names}

    def notes(self) -> list[str]:
        """Return a note for each column and landlord that no table had."""
        if not self._headers:
            return []
        columns = (name for name in self.declared.columns if _plain(name) not in self._headers)
        landlords = (
            name for name in self.declared.landlords if name.lower() not in self._landlords
        )
        return [
            *(f'the configuration names the column "{name}"; no table has it' for name in columns),
            *(
                f'the configuration names the landlord "{name}"; no complaint has it'
                for name in landlords
            ),
        ]


def _plain(header: str) -> str:
    return " ".join(header.lower().split())
