"""Impossible orders in columns: an effect that is dated before its cause.

It says of columns what `check.duties.record` says of one timeline.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from timeliness.tables.complaints import Complaints, Flags
from timeliness.vocabulary import REQUESTED, STAGE_ACKNOWLEDGED, STAGE_TRIGGERS

_PAIRS = (
    *(
        (trigger, effect)
        for stage, trigger in STAGE_TRIGGERS.items()
        for effect in (
            STAGE_ACKNOWLEDGED[stage],
            f"stage {stage} extended",
            f"stage {stage} response",
        )
    ),
    (STAGE_TRIGGERS[1], REQUESTED),
    ("ombudsman referral", "determination"),
)


def out_of_order(complaints: Complaints, rows: NDArray[np.int64]) -> Flags:
    """Return in which rows an effect is dated before its cause."""
    found = np.zeros(len(rows), dtype=np.bool_)
    as_at = complaints.as_at[rows]
    for cause, effect in _PAIRS:
        one, other = complaints.events.get(cause), complaints.events.get(effect)
        if one is None or other is None:
            continue
        begun = one.given[rows] & (one.earliest[rows] <= as_at)
        done = other.given[rows] & (other.earliest[rows] <= as_at)
        found |= begun & done & (other.latest[rows] < one.earliest[rows])
    return found
