"""The time in which complaints were received, where only those are to be checked."""

from __future__ import annotations

from datetime import date

from msgspec import Struct, field

from timeliness.model.clean import safe_cell
from timeliness.model.errors import UsageError


def check_order(first: date, last: date) -> None:
    """Refuse a time that ends before it begins. Raises `UsageError`."""
    if last < first:
        raise UsageError(f"--to {last.isoformat()} is before --from {first.isoformat()}")


class ReceivedIn(Struct):
    """The first and last day of receipt of what is checked, and how many complaints are not.

    `left_out` counts the complaints that were received at other times, and `unsure` those that are
    checked though they may have been. `references` names the landlord and the reference of what is
    left out, as a baseline has them.
    """

    first: date
    last: date
    left_out: int = 0
    unsure: int = 0
    references: set[tuple[str, str]] = field(default_factory=set)

    @classmethod
    def asked(cls, first: date | None, last: date | None) -> ReceivedIn | None:
        """Return the time that is asked for, None for any. Raises `UsageError`."""
        if first is None and last is None:
            return None
        if first is None or last is None:
            raise UsageError("give both --from and --to, with a day each")
        check_order(first, last)
        return cls(first, last)

    def leave_out(self, landlord: str, complaint: str) -> None:
        """Leave out a complaint."""
        self.left_out += 1
        self.references.add((safe_cell(landlord), safe_cell(complaint)))
