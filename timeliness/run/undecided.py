"""Tables that were not checked, though they were read: they lack what every time limit turns on."""

from __future__ import annotations

from collections import Counter

from timeliness.model.errors import Mistake
from timeliness.model.plain import listed
from timeliness.model.verdict_words import CANNOT_TELL
from timeliness.model.vocabulary import COMMON
from timeliness.tables.complaints import Complaints

_NEEDED = ("complaint received", "complaint acknowledged", "stage 1 response")
"""The events without which a table cannot be checked at all, if nothing else decides a limit."""


def undecidable(complaints: Complaints) -> Mistake | None:
    """Return what is wrong with a table that lacks such an event, if no limit could be decided."""
    lacking = [
        f"the {kind.words.noun}"
        for kind in map(COMMON.find, _NEEDED)
        if kind and kind.name in complaints.not_recorded
    ]
    if not lacking:
        return None
    place = "row" if complaints.rows_of_events else "column"
    says = (
        f"no time limit of any {'complaint' if complaints.rows_of_events else 'row'} could be "
        f"decided: no {place} holds {listed(lacking, 'or')}; "
        "`chcheck columns` shows how the table is read"
    )
    return Mistake(complaints.path, 0, says)


def none_decided(decisions: Counter[str]) -> bool:
    """Whether there are limits that began, and none of them could be decided."""
    return bool(decisions[CANNOT_TELL]) and decisions.total() == decisions[CANNOT_TELL]
