"""A complaint as it was recorded: its dated events, and what the record claims to hold."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from timeliness.model.calendars import Limit
from timeliness.model.dates import When
from timeliness.model.statements import Statement

Attribute = str | bool | date | When | Limit | tuple[str, ...]


@dataclass(frozen=True)
class Event:
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


@dataclass(frozen=True)
class Timeline:
    """One complaint with its events in the order of the file.

    `record` is "complete" (an event that is absent did not happen) or "partial" (it is not
    known). `as_at` is the day the record was taken, or None. `policy` is as written.
    """

    complaint: str
    events: tuple[Event, ...]
    landlord: str = ""
    nation: str = "england"
    policy: str = ""
    record: str = "complete"
    as_at: date | None = None
    path: str = ""
    line: int = 0
    statements: tuple[Statement, ...] = ()

    def named(self, *names: str) -> list[Event]:
        """Return the events of these names, in the order of the file."""
        return [event for event in self.events if event.name in names]
