"""From the least to the most of a number, and from the earliest to the latest moment."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from msgspec import Struct


class Range(Struct, frozen=True):
    """The least and the most of a number; `most` is None where it is not bounded."""

    least: int
    most: int | None

    def __str__(self) -> str:
        if self.most is None:
            return f"{self.least} or more"
        return str(self.least) if self.least == self.most else f"{self.least} to {self.most}"


def union_of(ranges: Sequence[Range | None]) -> Range | None:
    """Return the least and the most over several ranges; None where one of them is not known."""
    if len(ranges) == 1:
        return ranges[0]
    known = [one for one in ranges if one is not None]
    if not known or len(known) < len(ranges):
        return None
    mosts = [one.most for one in known]
    most = None if None in mosts else max(most for most in mosts if most is not None)
    return Range(min(one.least for one in known), most)


class Moments(Struct, frozen=True):
    """The first and the last moment at which something may have been, in the time of London."""

    earliest: datetime
    latest: datetime

    @property
    def exact(self) -> bool:
        """Whether only one moment is possible."""
        return self.earliest == self.latest


def moments_of(several: Iterable[Moments | None]) -> Moments | None:
    """Return the first and the last of some moments; None where none is known."""
    known = [one for one in several if one]
    if not known:
        return None
    return Moments(min(one.earliest for one in known), max(one.latest for one in known))
