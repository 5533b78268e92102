"""What a finding says in sentences, made at once or when somebody reads them."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import Protocol

from msgspec import Struct


class Settlement(Struct, frozen=True):
    """What would settle a "cannot tell", and the line to add to the timeline."""

    says: str
    add: str


class Told(Protocol):
    """What a finding says in sentences, which may be made only where somebody reads them."""

    @property
    def says(self) -> str:
        """Return what the record shows."""

    @property
    def settled_by(self) -> Settlement | None:
        """Return what would settle it, if it cannot be decided."""


class Said(Struct, frozen=True):
    """Sentences that are made already."""

    says: str
    settled_by: Settlement | None = None


class Unsaid:
    """Sentences that are made when somebody reads them."""

    def __init__(self, say: Callable[[], str], settle: Callable[[], Settlement | None]) -> None:
        self._say, self._settle = say, settle

    def __repr__(self) -> str:
        return f"Unsaid({self.says!r}, {self.settled_by!r})"

    def __hash__(self) -> int:
        return hash(Unsaid)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Unsaid) and (self.says, self.settled_by) == (
            other.says,
            other.settled_by,
        )

    @cached_property
    def says(self) -> str:
        """Return what the record shows."""
        return self._say()

    @cached_property
    def settled_by(self) -> Settlement | None:
        """Return what would settle it, if it cannot be decided."""
        return self._settle()
