"""What a landlord's own system says of its time limits, as the columns of a table hold it."""

from __future__ import annotations

from msgspec import Struct

from timeliness.model.keys import Key
from timeliness.model.sides import Side
from timeliness.model.vocabulary import STAGE_ACKNOWLEDGED, STAGE_RESPONSES

DUE = "due"
DAYS, WORKING_DAYS, CALENDAR_DAYS = "days", "working_days", "calendar_days"
DAYS_TAKEN = {DAYS: "", WORKING_DAYS: "working_days", CALENDAR_DAYS: "calendar_days"}
"""The claims of how long something took, each with its unit; "" where that is not said."""

IN_TIME, LATE = "in_time", "late"
FLAGS = (IN_TIME, LATE)
"""The claims that something was in time, or that it was late; both are kept as being in time."""

CLAIM_KEYS = (
    Key(DUE, "date", "the day by which it is due"),
    Key(DAYS, "number", "how many days it took, working or calendar days"),
    Key(WORKING_DAYS, "number", "how many working days it took"),
    Key(CALENDAR_DAYS, "number", "how many calendar days it took"),
    Key(IN_TIME, "yes-no", "whether it was in time"),
    Key(LATE, "yes-no", "whether it was late"),
)
"""The keys of an event that claim something about its time limit; none of them is an event."""

CLAIMED = frozenset((*STAGE_ACKNOWLEDGED.values(), *STAGE_RESPONSES.values()))
"""The events whose time limits a column may claim something about."""

SYSTEM = "the landlord's system"
"""Who says what a column claims."""

_KEYS = frozenset(key.name for key in CLAIM_KEYS)


def claim_in(field: str) -> tuple[str, str] | None:
    """Return the event and the key of a field that is a claim, or None for any other field."""
    event, _, key = field.partition(".")
    return (event, key) if event in CLAIMED and key in _KEYS else None


class ClaimTotal(Struct, frozen=True):
    """How many claims of one column are right, under one side where a limit decides.

    `column` is its header and `about` the event. `counted` says by which count, where that was
    found out from the rows. `claims` counts all that are not blank: `right`, `otherwise` (right
    only if counted in another way, each with its number), `wrong`, and `unknown` (the record does
    not decide them). Of those that are not right, `in_time` say in time of what was late, and
    `late` say late of what was in time.
    """

    column: str
    about: str
    kind: str
    side: Side | None
    counted: str
    claims: int
    right: int
    otherwise: tuple[tuple[str, int], ...]
    wrong: int
    unknown: int
    in_time: int = 0
    late: int = 0
