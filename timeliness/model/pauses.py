"""What lets the clocks of a policy stand still."""

from __future__ import annotations

from msgspec import Struct


class Pauses(Struct, frozen=True):
    """The clause of a policy on pauses; `needs` names what must be given with one to count."""

    clause: str
    provenance: str
    needs: tuple[str, ...] = ()
