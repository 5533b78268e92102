"""What lets the clocks of a policy stand still."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Pauses:
    """The clause of a policy on pauses; `needs` names what must be given with one to count."""

    clause: str
    provenance: str
    needs: tuple[str, ...] = ()
