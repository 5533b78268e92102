"""The share in time: one definition, printed wherever a share is."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from timeliness.model.plain import one_place
from timeliness.model.verdict_words import BREACH, CANNOT_TELL, MET, NOT_FOLLOWED

DEFINITION = (
    "Share in time: of the stages that were answered or fell due, met / (met + breach). What "
    "cannot be decided is shown beside it; what is not yet due or was withdrawn is left out. The "
    "worst case counts what cannot be decided as a breach."
)


def percent(share: float | None) -> str:
    """Return a share, from 0 to 1, as a percentage to one place.

    It never rounds up to all or down to none; a dash where there is no share.
    """
    if share is None:
        return "-"
    text = f"{one_place(share, 100)}%"
    if text == "100.0%" and share < 1:
        return "99.9%"
    return "under 0.1%" if text == "0.0%" and share > 0 else text


class Share(Struct, frozen=True):
    """How many time limits were met, were breached, or cannot be decided."""

    met: int
    breach: int
    cannot_tell: int = 0

    @classmethod
    def of(cls, counts: Mapping[str, int]) -> Share:
        """Return it for findings by their verdicts; a "should" not followed is a breach here."""
        breach = counts.get(BREACH, 0) + counts.get(NOT_FOLLOWED, 0)
        return cls(counts.get(MET, 0), breach, counts.get(CANNOT_TELL, 0))

    @property
    def in_time(self) -> float | None:
        """Return met / (met + breach), from 0 to 1; None where there is neither."""
        decided = self.met + self.breach
        return self.met / decided if decided else None

    @property
    def worst(self) -> float | None:
        """Return the share with everything that cannot be decided counted as a breach."""
        total = self.met + self.breach + self.cannot_tell
        return self.met / total if total else None

    @property
    def counts(self) -> tuple[int, int, int]:
        """Return the three numbers."""
        return self.met, self.breach, self.cannot_tell

    def __add__(self, other: Share) -> Share:
        return Share(
            self.met + other.met,
            self.breach + other.breach,
            self.cannot_tell + other.cannot_tell,
        )
