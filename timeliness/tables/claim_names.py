"""The usual names of columns in which a landlord's own system says when something is due."""

from __future__ import annotations

import re

from msgspec import Struct

from timeliness.model.claims import CALENDAR_DAYS, DAYS, DUE, IN_TIME, LATE, WORKING_DAYS
from timeliness.model.patterns import regex
from timeliness.model.vocabulary import STAGE_ACKNOWLEDGED, STAGE_RESPONSES
from timeliness.tables.header_words import canonical

_DUE = {
    *("due", "due by", "by", "deadline", "due deadline", "deadline due", "expected", "expected by"),
    *("sla", "sla due", "sla deadline", "due sla", "due by time", "due time"),
}
_TAKEN = ("taken", "elapsed", "used", "turnaround")
_DAYS = {
    *(
        "days",
        "time taken days",
        "time taken in days",
        "time days",
        "time in days",
        "duration days",
    ),
    *(f"days {word}" for word in _TAKEN),
    *("elapsed days", "turnaround days", "reference days taken", "reference days"),
}
_LIMITS = ("due", "sla", "deadline", "time", "timescale", "timescales", "timeframe", "limit")
_MET = ("met", "made", "achieved", "hit", "compliant", "passed", "fulfilled", "status", "result")
_MISSED = ("missed", "breached", "breach", "failed", "exceeded", "violated")


def _said(words: tuple[str, ...]) -> set[str]:
    """Return how a column says that limits were met, or missed."""
    limits = [limit for limit in _LIMITS if limit != "time"]
    return {f"{limit} {word}" for limit in limits for word in words} | {
        f"{word} {limit}" for limit in limits for word in words
    }


_WORDS = {
    DUE: _DUE,
    DAYS: _DAYS,
    WORKING_DAYS: {f"{kind} {name}" for kind in ("working", "business") for name in _DAYS}
    | {"wd", "wds", "wd taken", "reference working days", "reference working days taken"},
    IN_TIME: {f"{within} {limit}" for within in ("in", "within") for limit in _LIMITS}
    | _said(_MET)
    | {"compliant", "met", "in due time"},
    LATE: _said(_MISSED) | {"late", "breached", "breach", "out time", "outside due", "outside sla"},
    CALENDAR_DAYS: {f"calendar {name}" for name in _DAYS}
    | {"reference calendar days", "reference calendar days taken"},
}
"""What is left of a name without its stage and its event, by what the column claims.

"Number of" and "no" are "reference" in the words that are compared.
"""
_BARE = frozenset(
    (
        *("days", "working days", "business days", "calendar days", "reference days"),
        *("by", "expected", "met", "breached", "breach", "compliant"),
    )
)
"""Names that claim something only of a stage or an event that they name: others may be anything."""

_STAGE_2 = frozenset(("escalation", "escalated", "review", "appeal"))
_RESPONSE = frozenset(("response", "resolution", "decision", "respond"))
_FILLER = frozenset(("complaint", "complaints", "case", "formal", "to", "for"))
_STAGE = regex(r"\bstage ([123])\b")
_ON_TIME = regex(r"\bon[\s_-]*time\b", re.IGNORECASE)


class Claim(Struct, frozen=True):
    """What the name of a column claims, of which event; `general` that it names no stage."""

    event: str
    key: str
    general: bool

    @property
    def field(self) -> str:
        """Return the field that such a column holds."""
        return f"{self.event}.{self.key}"


def claim_named(header: str) -> Claim | None:
    """Return what a column of this header claims about a time limit, or None.

    A name without a stage is taken to be of stage 1, and said to be general.
    """
    plain = canonical(_ON_TIME.sub("in time", header))
    named = _STAGE.search(plain)
    words = _STAGE.sub(" ", plain).split()
    of_second = not named and not _STAGE_2.isdisjoint(words)
    acknowledged, answered = "acknowledged" in words, not _RESPONSE.isdisjoint(words)
    # A review or an escalation that is due need not be an answer to one.
    if (acknowledged and answered) or (of_second and not (acknowledged or answered)):
        return None
    stage = int(named[1]) if named else 2 if of_second else 1
    left_out = _RESPONSE | _FILLER | {"acknowledged"} | (_STAGE_2 if of_second else set())
    rest = " ".join(word for word in words if word not in left_out)
    event = (STAGE_ACKNOWLEDGED if acknowledged else STAGE_RESPONSES)[stage]
    bare = rest in _BARE and not (named or of_second or acknowledged or answered)
    for key, names in _WORDS.items():
        if rest in names and not bare:
            return Claim(event, key, general=not (named or of_second))
    return None
