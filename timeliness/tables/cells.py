"""Reading the cells of one row that are not dates: who, what a letter says, yes or no."""

from __future__ import annotations

import re
from collections.abc import Mapping

from msgspec import Struct
from msgspec.structs import replace

from timeliness.model.dates import When
from timeliness.model.errors import VALUE, DayError, Mistake, Mistakes
from timeliness.model.keys import Key
from timeliness.model.timelines import Event
from timeliness.model.vocabulary import Kind, Vocabulary
from timeliness.read.fields import Fields
from timeliness.read.nodes import ListNode, MapNode, Node, TextNode
from timeliness.tables.contents import is_date
from timeliness.tables.date_columns import Read
from timeliness.tables.instead import NO, YES, is_blank
from timeliness.tables.personal import withhold

_WHETHER = ("evidence", "sent", "treated_as")
"""The keys that say whether an event counts, and as what."""

Cells = Mapping[str, tuple[str, str | None]]
"""By key, the header of its column and the cell."""


class CellReader(Struct, frozen=True):
    """Reads the keys of events from cells; `dates` holds the reader of each key that is a date."""

    path: str
    vocabulary: Vocabulary
    dates: Mapping[str, Read]

    def event(
        self, kind: Kind, when: When | None, cells: Cells, line: int
    ) -> tuple[Event, list[Mistake]]:
        """Return an event with the keys that a row gives it, and what of them cannot be read.

        Where it cannot be read whether the event counts, it is only claimed.
        """
        given = {
            key: " ".join(text.split())
            for key, (_, text) in cells.items()
            if text is not None and not is_blank(text)
        }
        mistakes = Mistakes(self.path)
        pairs = [
            (TextNode(key.name, line), _node(key, given[key.name], line))
            for key in kind.all_keys
            if key.name in given
        ]
        fields = _CellFields(MapNode(tuple(pairs), line), kind, mistakes, self.dates)
        attributes = {name: value for name, value in fields.attributes(kind).items() if value != ()}
        evidence = fields.choice("evidence", "seen")
        handler = fields.handler()
        treated_as = fields.event("treated_as", self.vocabulary)
        if any(mistake.key in _WHETHER for mistake in mistakes.found):
            evidence = "claimed"
        event = Event(
            name=kind.name,
            when=None if evidence == "absent" else when,
            evidence=evidence,
            line=line,
            by=fields.text("by"),
            handler=handler,
            source=fields.text("source"),
            note=fields.text("note"),
            id=fields.text("id"),
            treated_as=treated_as.name if treated_as else "",
            attributes=attributes,
        )
        unread = [
            withhold(replace(one, key="", column=cells[one.key][0], cell=given[one.key]))
            for one in mistakes.found
        ]
        return event, unread


class _CellFields(Fields):
    """The keys of an event in cells, where dates are read as their column is."""

    def __init__(
        self,
        node: MapNode,
        kind: Kind,
        mistakes: Mistakes,
        dates: Mapping[str, Read],
    ) -> None:
        super().__init__(node, kind.all_keys, mistakes, kind.name)
        self._dates = dates

    def handler(self) -> str:
        """Return who dealt with the event; a date is nobody."""
        text = self.text("handler")
        if not text.isdigit() and is_date(text):
            self.wrong("handler", f"{VALUE} is a date, not a person", value=text)
            return ""
        return text

    def when(self, name: str, *, day_first: bool = False) -> When | None:
        """Return the date in a cell, which its column says how to read."""
        try:
            return self._dates[name](self.text(name))
        except DayError as error:
            self.wrong(name, error.what, value=error.value)
            return None


def _node(key: Key, text: str, line: int) -> Node:
    if key.kind == "items":
        parts = [part.strip() for part in re.split(r"[;,|]", text) if part.strip()]
        return ListNode(tuple(TextNode(part, line) for part in parts), line)
    if key.kind == "yes-no":
        lower = text.lower()
        text = "yes" if lower in YES else "no" if lower in NO else text
    return TextNode(text, line)
