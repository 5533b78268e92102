"""The usual names of columns in which a landlord's own system says when something is due."""

from __future__ import annotations

import re
from dataclasses import dataclass

from timeliness.model.claims import DUE
from timeliness.model.vocabulary import STAGE_ACKNOWLEDGED, STAGE_RESPONSES

_DUE = {
    *("due", "due by", "by", "deadline", "due deadline", "deadline due", "expected", "expected by"),
    *("sla", "sla due", "sla deadline", "due sla"),
}
_WORDS = {DUE: _DUE}
"""What is left of a name without its stage and its event, by what the column claims."""

_STAGE_2 = frozenset(("escalation", "escalated", "review", "appeal"))
_RESPONSE = frozenset(("response", "resolution", "decision", "respond"))
_FILLER = frozenset(("complaint", "complaints", "case", "formal", "to", "for"))
_STAGE = re.compile(r"\bstage ([123])\b")


@dataclass(frozen=True)
class Claim:
    """What the name of a column claims, of which event; `general` that it names no stage."""

    event: str
    key: str
    general: bool

    @property
    def field(self) -> str:
        """Return the field that such a column holds."""
        return f"{self.event}.{self.key}"


def claim_of(plain: str) -> Claim | None:
    """Return what a column of this name claims, as far as its name shows, or None.

    `plain` is the header in the words that are compared: see `headers.canonical`. A name without a
    stage is taken to be of stage 1, and said to be general.
    """
    named = _STAGE.search(plain)
    words = _STAGE.sub(" ", plain).split()
    of_second = not named and not _STAGE_2.isdisjoint(words)
    acknowledged, answered = "acknowledged" in words, not _RESPONSE.isdisjoint(words)
    if acknowledged and answered:
        return None
    stage = int(named[1]) if named else 2 if of_second else 1
    left_out = _RESPONSE | _FILLER | {"acknowledged"} | (_STAGE_2 if of_second else set())
    rest = " ".join(word for word in words if word not in left_out)
    event = (STAGE_ACKNOWLEDGED if acknowledged else STAGE_RESPONSES)[stage]
    for key, names in _WORDS.items():
        if rest in names:
            return Claim(event, key, general=not (named or of_second))
    return None
