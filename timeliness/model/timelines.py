"""A complaint as it was recorded: its dated events, and what somebody stated about time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from msgspec import Struct, field

from timeliness.model.calendars import Limit
from timeliness.model.dates import When
from timeliness.model.plain import number, unit_noun
from timeliness.model.sides import HOUSING

Attribute = str | bool | date | When | Limit | tuple[str, ...]


class Event(Struct, frozen=True):
    """One event of a complaint.

    `when` is None only where `evidence` is "absent". `name` is the event's own name in the
    vocabulary, whatever alias was written. `attributes` holds the keys that this kind takes.
    """

    name: str
    when: When | None
    evidence: str = "seen"
    line: int = 0
    by: str = ""
    handler: str = ""
    source: str = ""
    note: str = ""
    id: str = ""
    treated_as: str = ""
    attributes: Mapping[str, Attribute] = field(default_factory=dict)


MOST_EVENTS, MOST_EXTENSIONS = 1_000, 50
"""How many events a complaint may have, and how many extensions of one stage."""


def too_many(names: Sequence[str]) -> str:
    """Return what is wrong with the events of a complaint if there are too many, or nothing."""
    if len(names) > MOST_EVENTS:
        return (
            f"the complaint has {len(names):,} events, more than the {MOST_EVENTS:,} that are "
            "read; leave out those on which no time limit depends"
        )
    for name in sorted(set(names)):
        count = names.count(name)
        if name.endswith(" extended") and count > MOST_EXTENSIONS:
            return (
                f'the complaint has {count} events "{name}", more than the {MOST_EXTENSIONS} that '
                "are read; leave out those that were repeated"
            )
    return ""


class Timeline(Struct, frozen=True):
    """One complaint with its events in the order of the file.

    `record` is "complete" (an event that is absent did not happen) or "partial" (it is not
    known). `as_at` is the day the record was taken, or None. `policy` and `codes` are the names by
    which they are known; without `codes` they are those of the nation for the kind of `body`.
    """

    complaint: str
    events: tuple[Event, ...]
    landlord: str = ""
    nation: str = "england"
    policy: str = ""
    codes: tuple[str, ...] = ()
    body: str = HOUSING
    record: str = "complete"
    as_at: date | None = None
    path: str = ""
    line: int = 0
    statements: tuple[Statement, ...] = ()

    @property
    def told(self) -> list[Event]:
        """Return the events that say something: not that one that is dated was lacking again.

        So says a table of an event that one episode has and another one lacks.
        """
        dated = {event.name for event in self.events if event.when}
        return [
            event
            for event in self.events
            if event.when or event.source or event.note or event.name not in dated
        ]

    def named(self, *names: str) -> list[Event]:
        """Return the events of these names, in the order of the file."""
        return [event for event in self.events if event.name in names]


EXACTLY, ABOUT, NEARLY = "exactly", "about", "nearly"
LESS, MORE, AT_LEAST, AT_MOST = "less than", "more than", "at least", "at most"

BOUND_WORDS = {
    EXACTLY: ("exactly",),
    ABOUT: ("about", "approximately", "approx", "around", "roughly", "some", "circa"),
    NEARLY: ("nearly", "almost", "just under", "not quite"),
    LESS: ("less than", "fewer than", "under", "below"),
    MORE: (
        "more than",
        "over",
        "above",
        "longer than",
        "greater than",
        "later than",
        "beyond",
        "outside",
        "outside of",
        "in excess of",
        "exceed",
        "exceeds",
        "exceeded",
        "exceeding",
    ),
    AT_LEAST: ("at least", "a minimum of"),
    AT_MOST: ("within", "inside", "at most", "up to", "a maximum of"),
}
"""The words that may stand before a figure, by how they bound it."""

OPPOSITE = {AT_MOST: MORE, MORE: AT_MOST, LESS: AT_LEAST, AT_LEAST: LESS}
"""What a bound becomes after a "not"."""

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


class Figure(Struct, frozen=True):
    """A length of time as somebody stated it: a number of units, and how it is bounded."""

    amount: int
    unit: str
    bound: str = EXACTLY

    def __str__(self) -> str:
        told = number(self.amount, unit_noun(self.unit))
        return told if self.bound == EXACTLY else f"{self.bound} {told}"


class Point(Struct, frozen=True):
    """A day that a statement names: by its date, by an event's name, or by an event's id."""

    when: When | None = None
    event: str = ""
    id: str = ""


class Statement(Struct, frozen=True):
    """One statement about time.

    `states` is a figure, a day, "in time" or "late". `about` is what it speaks of, where that is
    an event; `topic` is the same as it was written. `start` and `end` are the two days that the
    statement itself gives. `kind` is one of `STATEMENT_KINDS`, or empty. `against` is "policy" or
    "code", or empty where the statement does not say whose limit it means. `said` is the day on
    which it was said, where that is known.
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
    said: date | None = None
    line: int = 0
