"""What somebody stated about time: a count, a date, or that something was in time or late."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from timeliness.model.dates import When
from timeliness.model.plain import number, unit_noun

EXACTLY, ABOUT, NEARLY = "exactly", "about", "nearly"
LESS, MORE, AT_LEAST, AT_MOST = "less than", "more than", "at least", "at most"

BOUND_WORDS = {
    "exactly": EXACTLY,
    "about": ABOUT,
    "approximately": ABOUT,
    "around": ABOUT,
    "roughly": ABOUT,
    "nearly": NEARLY,
    "almost": NEARLY,
    "just under": NEARLY,
    "less than": LESS,
    "fewer than": LESS,
    "under": LESS,
    "more than": MORE,
    "over": MORE,
    "at least": AT_LEAST,
    "no less than": AT_LEAST,
    "at most": AT_MOST,
    "up to": AT_MOST,
    "no more than": AT_MOST,
    "within": AT_MOST,
}
"""The words that may stand before a figure, and how each bounds it."""

DAYS = "days"
"""A unit of a figure that may mean calendar days or working days."""

ELAPSED, OVERSHOOT, DUE, HAPPENED = "elapsed", "overshoot", "due", "happened"
STATEMENT_KINDS = {
    ELAPSED: "the time that passed from one day to another",
    OVERSHOOT: "the time by which a limit was passed",
    DUE: "the last day of a limit",
    HAPPENED: "the day on which something happened",
}
FIGURE_KINDS, DATE_KINDS = (ELAPSED, OVERSHOOT), (DUE, HAPPENED)

IN_TIME, LATE = "in time", "late"


@dataclass(frozen=True)
class Figure:
    """A length of time as somebody stated it: a number of units, and how it is bounded."""

    amount: int
    unit: str
    bound: str = EXACTLY

    def __str__(self) -> str:
        told = number(self.amount, unit_noun(self.unit))
        return told if self.bound == EXACTLY else f"{self.bound} {told}"


@dataclass(frozen=True)
class Point:
    """A day that a statement names: by its date, by an event's name, or by an event's id."""

    when: When | None = None
    event: str = ""
    id: str = ""


@dataclass(frozen=True)
class Statement:
    """One statement about time.

    `states` is a figure, a day, "in time" or "late". `about` is what it speaks of, where that is
    an event; `topic` is the same as it was written. `start` and `end` are the two days that the
    statement itself gives. `kind` is one of `STATEMENT_KINDS`, or empty. `against` is "policy" or
    "code", or empty where the statement does not say whose limit it means.
    """

    words: str
    states: Figure | date | str
    stated: str
    topic: str = ""
    about: Point | None = None
    start: Point | None = None
    end: Point | None = None
    by: str = ""
    source: str = ""
    kind: str = ""
    against: str = ""
    line: int = 0
