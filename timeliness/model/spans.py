"""A date as it is known: the earliest and the latest day on which something may have happened."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import reduce


@dataclass(frozen=True)
class Span:
    """From the earliest to the latest possible day, both included.

    `None` leaves an end open: nothing is known of how early, or how late, the day may be.
    """

    earliest: date | None
    latest: date | None

    @classmethod
    def day(cls, day: date) -> Span:
        """Return the span of one day that is known exactly."""
        return cls(day, day)

    @property
    def exact(self) -> bool:
        """Whether only one day is possible."""
        return self.earliest is not None and self.earliest == self.latest

    def hull(self, other: Span) -> Span:
        """Return the smallest span that holds both."""
        return Span(
            None
            if self.earliest is None or other.earliest is None
            else min(self.earliest, other.earliest),
            None if self.latest is None or other.latest is None else max(self.latest, other.latest),
        )


def hull_of(spans: Iterable[Span | None]) -> Span | None:
    """Return the smallest span that holds all that are known; None where none is."""
    known = [span for span in spans if span is not None]
    return reduce(Span.hull, known) if known else None


UNKNOWN = Span(None, None)
