"""Reading what others stated about time: the `statements` of a timeline.

A statement that names a figure in its own words needs no `states`. What it is about, and the
days it runs between, are events by name or id, or dates.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from timeliness.model.dates import When, read_date, split_date
from timeliness.model.errors import VALUE, DayError, Hint, Mistakes, hint
from timeliness.model.patterns import regex
from timeliness.model.timelines import (
    DATE_KINDS,
    FIGURE_KINDS,
    IN_TIME,
    LATE,
    Event,
    Figure,
    Point,
    Statement,
)
from timeliness.model.vocabulary import Vocabulary, plain_name
from timeliness.read.fields import Fields, check_span
from timeliness.read.figures import FORMS, Said, read_said, said_in
from timeliness.read.nodes import ListNode, MapNode
from timeliness.read.timeline_keys import STATEMENT_KEYS

Stated = Figure | date | str
_ALIKE = 0.8

_THE_CODE = regex(r"\b(?:the|ombudsman[’']?s?) Code\b|\bComplaint Handling Code\b")
_OTHER_LIMIT = regex(r"\b(?:polic(?:y|ies)|procedures?|target|own|our)\b", re.IGNORECASE)


def read_statements(
    fields: Fields,
    events: Iterable[Event],
    vocabulary: Vocabulary,
    mistakes: Mistakes,
    *,
    day_first: bool = False,
) -> tuple[Statement, ...]:
    """Return the statements of a timeline, noting what is wrong with its line."""
    node = fields.node("statements")
    if node is None:
        return ()
    if not isinstance(node, ListNode):
        fields.wrong("statements", "a list is expected here; begin each statement with - words:")
        return ()
    ids = {event.id for event in events if event.id}
    reader = _Reader(ids, vocabulary, mistakes, day_first)
    read = []
    for item in node.items:
        if not isinstance(item, MapNode):
            mistakes.add(
                item.line,
                "a statement has keys of its own; write - words: ... and under it about: ...",
            )
        elif statement := reader.statement(item):
            read.append(statement)
    return tuple(read)


class _Reader:
    def __init__(
        self, ids: set[str], vocabulary: Vocabulary, mistakes: Mistakes, day_first: bool
    ) -> None:
        self.ids = ids
        self.vocabulary = vocabulary
        self.mistakes = mistakes
        self.day_first = day_first

    def statement(self, node: MapNode) -> Statement | None:
        before = len(self.mistakes.found)
        fields = Fields(node, STATEMENT_KEYS, self.mistakes, "a statement")
        fields.need()
        words, topic = fields.text("words"), fields.text("about")
        states, kind = self._states(fields, words)
        start, end = self._point(fields, "from"), self._point(fields, "to")
        about = self._about(fields, topic, states)
        kind = self._kind(fields, states) or kind
        against = fields.choice("against") or _against(words)
        said = self._day(fields, "said")
        if isinstance(states, Figure) and not topic and not (start and end):
            fields.need("about")
        if isinstance(states, date) and not topic:
            fields.need("about")
        if len(self.mistakes.found) > before or states is None:
            return None
        return Statement(
            words=words,
            states=states,
            stated=fields.text("states") or str(states),
            topic=topic,
            about=about,
            start=start,
            end=end,
            by=fields.text("by"),
            source=fields.text("source"),
            kind=kind,
            against=against,
            said=said,
            line=node.line,
        )

    def _states(self, fields: Fields, words: str) -> tuple[Stated | None, str]:
        """Return what is stated, and of a figure what kind it is by its words."""
        text = fields.text("states")
        if not text:
            said = said_in(words) if words and not fields.has("states") else None
            if isinstance(said, Said):
                return said.figure, said.kind
            if said:
                self.mistakes.add(fields.line, said)
            return None, ""
        if plain_name(text) in (IN_TIME, LATE):
            return plain_name(text), ""
        if figure := read_said(text):
            return figure.figure, figure.kind
        if _begins_with_date(text) or self._date(fields, "states", text):
            return self._day(fields, "states"), ""
        fields.wrong("states", f"{VALUE} states no time that can be read; {FORMS}", value=text)
        return None, ""

    def _day(self, fields: Fields, name: str) -> date | None:
        """Return the single day that a key gives."""
        text = fields.text(name)
        when = self._date(fields, name, text) if text else None
        if when and when.span.exact:
            return when.span.earliest
        if when or (text and not _begins_with_date(text)):
            fields.wrong(name, "a single day is expected here, such as 2025-04-03")
        return None

    def _date(self, fields: Fields, name: str, text: str) -> When | None:
        """Return the date that a text is; one that only looks like a date is noted."""
        try:
            when = read_date(text, day_first=self.day_first)
            check_span(when.span)
        except DayError as error:
            if _begins_with_date(text):
                fields.wrong(name, error.what, value=error.value)
            return None
        return when

    def _point(self, fields: Fields, name: str) -> Point | None:
        if isinstance(fields.node(name), ListNode):
            when = fields.when(name, day_first=self.day_first)
            return Point(when=when) if when else None
        text = fields.text(name)
        if not text:
            return None
        if found := self._event(text):
            return found
        if when := self._date(fields, name, text):
            return Point(when=when)
        if not _begins_with_date(text):
            hint = self._hint(text, "`chcheck events` lists the events")
            what = f"{VALUE} is not an event, an id or a date"
            fields.wrong(name, what, value=text, hint=hint)
        return None

    def _event(self, text: str) -> Point | None:
        if text in self.ids:
            return Point(id=text)
        kind = self.vocabulary.find(text)
        return Point(event=kind.name) if kind else None

    def _about(self, fields: Fields, topic: str, states: Stated | None) -> Point | None:
        if not topic:
            return None
        found = self._event(topic)
        if found:
            return found
        hint = self._hint(topic, "free text goes with a figure whose from and to are given")
        free = isinstance(states, Figure) and fields.has("from") and fields.has("to")
        # Without anything stated there is a mistake already, and one is enough.
        if hint.meant or (states is not None and not free):
            fields.wrong("about", f"{VALUE} is not an event or an id", value=topic, hint=hint)
        return None

    def _hint(self, text: str, otherwise: str) -> Hint:
        own = hint(text, self.ids, cutoff=_ALIKE)
        if own.meant:
            return own
        names = [name for kind in self.vocabulary.kinds for name in (kind.name, *kind.aliases)]
        near = hint(text, names, form=plain_name, cutoff=_ALIKE).meant
        kind = self.vocabulary.find(near)
        return Hint(otherwise, kind.name if kind else "")

    def _kind(self, fields: Fields, states: Stated | None) -> str:
        kind = fields.choice("kind")
        allowed = {Figure: FIGURE_KINDS, date: DATE_KINDS}.get(type(states), ())
        if kind and states is not None and kind not in allowed:
            told = f"for it the kind is {' or '.join(allowed)}" if allowed else "leave the kind out"
            what = f"{VALUE} does not go with what is stated; {told}"
            fields.wrong("kind", what, value=kind)
        return kind


def _against(words: str) -> str:
    """Return whose limit the words name, where that is the Code and no other."""
    names = _THE_CODE.search(words) and not _OTHER_LIMIT.search(words)
    return "code" if names else ""


def _begins_with_date(text: str) -> bool:
    return split_date(text) is not None or text[:1].isdigit()
