"""Impossible orders in columns: an effect that is dated before its cause.

It says of columns what `judge.duties.record` says of one timeline.
"""

from __future__ import annotations

import numpy as np

from timeliness.judge.milestones import ordinals
from timeliness.model.timelines import Timeline
from timeliness.model.vocabulary import REQUESTED, STAGE_ACKNOWLEDGED, STAGE_TRIGGERS
from timeliness.tables.complaints import Complaints, Flags

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


def out_of_order(complaints: Complaints) -> Flags:
    """Return in which rows an effect is dated before its cause."""
    if complaints.rows_of_events:
        told = (_events_out_of_order(complaints.timeline(row)) for row in range(complaints.size))
        return np.fromiter(told, dtype=np.bool_, count=complaints.size)
    found = np.zeros(complaints.size, dtype=np.bool_)
    as_at = complaints.as_at
    for cause, effect in _PAIRS:
        one, other = complaints.events.get(cause), complaints.events.get(effect)
        if one is None or other is None:
            continue
        # Neither counts where it is dated after the as-at date, or not at all.
        found |= (other.latest < one.earliest) & (one.earliest <= as_at)
    return found


def _events_out_of_order(timeline: Timeline) -> bool:
    assert timeline.as_at
    first: dict[str, tuple[int, int]] = {}
    for event in timeline.events:
        if event.when and event.evidence == "seen":
            span = ordinals(event.when)
            if span[0] <= timeline.as_at.toordinal():
                first[event.name] = min(span, first.get(event.name, span))
    return any(
        cause in first and effect in first and first[effect][1] < first[cause][0]
        for cause, effect in _PAIRS
    )
