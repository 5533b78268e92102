"""What the status or the outcome of a row in a table says of how its complaint ended.

A published list, in `docs/exports.md`; `[status]` in the configuration goes before it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from timeliness.model.patterns import regex

WITHDRAWN, REFUSED = "complaint withdrawn", "complaint refused"
ESCALATION_REFUSED, CLOSED = "escalation refused", "complaint closed"
IGNORED = "ignore"
MEANINGS = (WITHDRAWN, REFUSED, ESCALATION_REFUSED, CLOSED, IGNORED)
"""What a status may be declared to mean."""

_ANSWERED = (
    *("responded", "answered", "upheld", "partly upheld", "partially upheld", "not upheld"),
)

STATUSES: Mapping[str, tuple[str, ...]] = {
    WITHDRAWN: (
        *("withdrawn", "complaint withdrawn", "case withdrawn", "withdrawn by resident"),
        *("withdrawn by tenant", "withdrawn by customer", "withdrawn by complainant"),
    ),
    ESCALATION_REFUSED: (
        *("escalation refused", "escalation rejected", "escalation declined"),
        *("stage 2 refused", "stage 2 rejected", "stage 2 declined"),
    ),
    REFUSED: (
        *("refused", "complaint refused", "rejected", "declined", "not accepted"),
        *("out of jurisdiction", "outside jurisdiction", "not in jurisdiction", "out of scope"),
        *("excluded", "not a complaint"),
    ),
    CLOSED: (
        *("closed", "complaint closed", "case closed", "resolved", "solved", "completed"),
        *("complete", "done", "cancelled", "canceled", "duplicate", "void"),
        *("closed successful", "closed unsuccessful"),
    ),
    IGNORED: (
        *("open", "new", "active", "in progress", "ongoing", "pending", "logged", "received"),
        *("acknowledged", "under investigation", "awaiting response", "on hold", "extended"),
        *("escalated", "reopened", "stage 1", "stage 2", "overdue"),
        *("processing", "assigned"),
        *_ANSWERED,
    ),
}
"""By what it means, how a status is written; of the parts of a text the first in this order."""

_BETWEEN = regex(r"\s+[-–—]+\s+|[:;/,(|]")


def meaning_of(text: str, declared: Mapping[str, str]) -> str | None:
    """Return the event that a status means, "ignore" for none, or None where it is not known.

    `declared` gives what a configuration says of texts in small letters. "Refused - too old" means
    what its first part does, and so does "Closed - withdrawn" what its second: a withdrawal or
    refusal is one whatever else is said. Every part of a closing must be known.
    """
    plain = plain_status(text)
    if plain in declared:
        return declared[plain]
    parts = [part for one in _BETWEEN.split(text) if (part := plain_status(one))]
    known = {part: meaning for meaning, words in STATUSES.items() for part in words}
    found = [known.get(part) for part in (plain, *parts)]
    for meaning in (WITHDRAWN, ESCALATION_REFUSED, REFUSED):
        if meaning in found:
            return meaning
    if plain in known:
        return known[plain]
    means = {known.get(part) for part in parts}
    return means.pop() if len(means) == 1 else None


def says_answered(text: str) -> bool:
    """Whether a status says that an answer was given, or what it was; it ends nothing."""
    return plain_status(text) in _ANSWERED


def plain_status(text: str) -> str:
    """Return a status as it is compared: small letters, and nothing but letters and numbers."""
    return " ".join(re.sub(r"[^\w]+|_", " ", text.lower()).split())
