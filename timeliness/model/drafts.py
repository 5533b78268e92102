"""A complaint as it is entered: every value a text, not yet read and perhaps not yet right."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct, field

Value = str | tuple[str, ...]
Entry = Mapping[str, Value]
"""The values of an event, a statement or the complaint itself, by the names of their keys."""

Place = tuple[str, int, str]
"""Where in a draft something is: the key of the complaint, the number of the entry in its list
(from 0; -1 for none) and the key of that entry ("" for the whole)."""

LISTED = ("lines", "maps")
"""The kinds of key whose value is a list of entries."""

PLAIN_KINDS = ("text", "number", "date", "dates", "event", "limit", "yes-no", "choice")
"""The kinds of key whose value is one text."""

LIST_KINDS = ("items", "events", "attributes")
"""The kinds of key whose value is a text or a list of texts."""

OR = " or "
"""What stands between the dates of one event, where its sources differ."""


class Draft(Struct, frozen=True):
    """What was entered of one complaint.

    `values` holds the keys of a timeline that have one value, and `lists` those that have a list
    of entries: the events and the statements.
    """

    values: Entry = field(default_factory=dict)
    lists: Mapping[str, tuple[Entry, ...]] = field(default_factory=dict)

    def text(self, name: str) -> str:
        """Return the text of a key, or nothing."""
        value = self.values.get(name, "")
        return value if isinstance(value, str) else ", ".join(value)

    def entries(self, name: str) -> tuple[Entry, ...]:
        """Return the entries of a list in which anything was entered."""
        return tuple(entry for entry in self.lists.get(name, ()) if any(entry.values()))
