"""Impossible orders: an effect that is dated before its cause."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

import numpy as np

from timeliness.judge.columns import Flags
from timeliness.model.calendars import Days
from timeliness.model.vocabulary import ORDERS


class Dated(Protocol):
    """An event of many complaints: its first day and its last, in the far future where none is."""

    @property
    def earliest(self) -> Days:
        """Return the first day on which it may have happened."""

    @property
    def latest(self) -> Days:
        """Return the last day on which it may have happened."""


def out_of_order(events: Mapping[str, Dated], as_at: Days) -> Flags:
    """Return for which complaints an effect is dated before its cause.

    Neither counts where it is dated after the as-at date, or not at all.
    """
    found = np.zeros(len(as_at), dtype=np.bool_)
    for cause, effect in ORDERS:
        one, other = events.get(cause), events.get(effect)
        if one is not None and other is not None:
            found |= (other.latest < one.earliest) & (one.earliest <= as_at)
    return found
