"""Reading the clock of a rule: its start, stop, limit and extension."""

from __future__ import annotations

from timeliness.model.errors import VALUE, Mistakes
from timeliness.model.hints import hint
from timeliness.model.keys import names_of
from timeliness.model.rulebooks import Clock, Extension, Start, Unrecorded
from timeliness.model.vocabulary import (
    STAGE_ACKNOWLEDGED,
    STAGE_TRIGGERS,
    Kind,
    Vocabulary,
    plain_name,
)
from timeliness.read.fields import Fields
from timeliness.read.nodes import MapNode
from timeliness.read.rulebook_keys import CLOCK_KEYS, EXTENSION_KEYS, NOT_STATED, UNRECORDED_KEYS

_DECLARE = "declare it under events"


class ClockReader:
    """Reads clocks; what is wrong is noted with file, line and key."""

    def __init__(self, mistakes: Mistakes, vocabulary: Vocabulary) -> None:
        self.mistakes = mistakes
        self.vocabulary = vocabulary

    def read(self, node: MapNode, stops: dict[str, str]) -> Clock | None:
        """Return the clock in a mapping, or None where it is wrong.

        `stops` holds the stop of every rule of the rulebook, by the rule's id.
        """
        fields = Fields(node, CLOCK_KEYS, self.mistakes, "a clock")
        if not fields.need():
            return None
        stop = self._event(fields, "stop")
        limit = fields.limit("limit")
        starts = self._starts(fields, stop, stops)
        extension = self._extension(fields, stop)
        if stop is None or limit is None or not starts:
            return None
        shown = tuple(
            Start(kind.name, decides=False)
            for text in fields.texts("shown")
            if (kind := self._known(fields, "shown", text))
        )
        logged = self._event(fields, "logged") if fields.has("logged") else None
        return Clock(starts + shown, stop.name, limit, extension, logged.name if logged else "")

    def _starts(
        self, fields: Fields, stop: Kind | None, stops: dict[str, str]
    ) -> tuple[Start, ...]:
        if plain_name(fields.text("start")) == NOT_STATED:
            if fields.has("unrecorded"):
                fields.wrong(
                    "unrecorded",
                    f'a start that is "{NOT_STATED}" has bounds of its own; leave this key out',
                )
            stage = stop.stage if stop else 0
            if stage == 0:
                fields.wrong("start", f'"{NOT_STATED}" is for a stage of a complaint only')
                return ()
            trigger, acknowledged = STAGE_TRIGGERS[stage], STAGE_ACKNOWLEDGED[stage]
            limiting = next((rule for rule, stop in stops.items() if stop == acknowledged), "")
            return (Start(trigger), Start(acknowledged, Unrecorded(trigger, limiting)))
        start = self._event(fields, "start")
        if start is None:
            return ()
        node = fields.node("unrecorded")
        if node is None:
            return (Start(start.name),)
        if not isinstance(node, MapNode):
            names = ", ".join(names_of(UNRECORDED_KEYS))
            fields.wrong("unrecorded", f"the keys {names} are expected here")
            return ()
        inner = Fields(node, UNRECORDED_KEYS, self.mistakes, "unrecorded")
        after = self._event(inner, "after") if inner.need() else None
        limited_by = inner.text("limited_by")
        if limited_by and limited_by not in stops:
            inner.wrong(
                "limited_by",
                f"there is no rule {VALUE} in this rulebook",
                value=limited_by,
                hint=hint(limited_by, stops, "write the id of one of its rules"),
            )
        later = [
            kind.name
            for text in inner.texts("no_later_than")
            if (kind := self._known(inner, "no_later_than", text))
        ]
        if after is None:
            return ()
        return (Start(start.name, Unrecorded(after.name, limited_by, tuple(later))),)

    def _extension(self, fields: Fields, stop: Kind | None) -> Extension | None:
        node = fields.node("extension")
        if node is None:
            return None
        if not isinstance(node, MapNode):
            if not fields.choice("extension") or stop is None:
                return None
            if stop.stage == 0:
                fields.wrong("extension", f'"{NOT_STATED}" is for a stage of a complaint only')
                return None
            return Extension(f"stage {stop.stage} extended", None)
        inner = Fields(node, EXTENSION_KEYS, self.mistakes, "an extension")
        if not inner.need():
            return None
        event = self._event(inner, "event")
        most = inner.limit("most")
        if event is not None and not any(key.name == "until" for key in event.keys):
            inner.wrong(
                "event", f'"{event.name}" is not an extension; write one such as stage 1 extended'
            )
        provenance = inner.choice("provenance")
        beyond = inner.items("beyond")
        if event is None or most is None:
            return None
        needs = inner.items("needs", [key.name for key in event.keys])
        unread = inner.items("unread", (*needs, *beyond))
        return Extension(event.name, most, needs, beyond, inner.text("clause"), provenance, unread)

    def _event(self, fields: Fields, name: str) -> Kind | None:
        return fields.event(name, self.vocabulary, _DECLARE)

    def _known(self, fields: Fields, name: str, text: str) -> Kind | None:
        return fields.known_event(name, text, self.vocabulary, _DECLARE)
