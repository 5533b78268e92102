"""Reading one rule of a rulebook: its clock, or a duty without a time limit."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from msgspec.structs import replace

from timeliness.judge.duties import KINDS
from timeliness.model.calendars import HOURS, Limit
from timeliness.model.errors import VALUE, Mistakes, hint
from timeliness.model.keys import Key, names_of
from timeliness.model.procedures import NOT_STATED
from timeliness.model.rulebooks import (
    Check,
    Clock,
    Extension,
    Rule,
    Start,
    Unless,
    Unrecorded,
)
from timeliness.model.vocabulary import (
    STAGE_ACKNOWLEDGED,
    STAGE_TRIGGERS,
    Kind,
    Vocabulary,
    plain_name,
)
from timeliness.read.fields import Fields
from timeliness.read.nodes import ListNode, MapNode, Node, TextNode
from timeliness.read.procedures import PROVENANCE_KEY
from timeliness.read.rulebook_keys import (
    CLOCK_KEYS,
    CLOCK_UNITS,
    EXTENSION_KEYS,
    UNLESS_KEYS,
    UNRECORDED_KEYS,
)

_HEAD = (
    Key("id", "text", "the duty's id, the same in every edition", required=True),
    Key("title", "text", "a short title", required=True),
    Key("clause", "text", "the clause", required=True),
    Key("duty", "choice", "must or should", ("must", "should"), required=True),
    Key("says", "text", "what it asks, in one sentence", required=True),
    PROVENANCE_KEY,
    Key("source", "text", "where this one was read"),
    Key("note", "text", "how the clause is read"),
)


def kind_keys() -> tuple[Key, ...]:
    """Return the key of each kind of duty; a duty has exactly one."""
    return tuple(kind.KEY for kind in KINDS.values())


def duty_keys() -> tuple[Key, ...]:
    """Return every key of a duty."""
    return (*_HEAD, *kind_keys())


def rule_in(fields: Fields, read: Callable[[], Clock | Check | None]) -> Rule | None:
    """Return a rule from the keys that a clock and a duty share, and from what it asks."""
    complete = fields.need()
    duty, provenance = fields.choice("duty"), fields.choice("provenance")
    asks = read()
    if asks is None or not complete:
        return None
    return Rule(
        id=fields.text("id"),
        title=fields.text("title"),
        clause=fields.text("clause"),
        duty=duty,
        says=fields.text("says"),
        provenance=provenance,
        asks=asks,
        source=fields.text("source"),
        note=fields.text("note"),
    )


class DutyReader:
    """Reads duties; what is wrong is noted with file, line and key."""

    def __init__(self, mistakes: Mistakes, vocabulary: Vocabulary) -> None:
        self.mistakes = mistakes
        self.vocabulary = vocabulary
        self.keys = duty_keys()

    def read(self, node: Node) -> Rule | None:
        """Return the duty in a node, or None where it is wrong."""
        if not isinstance(node, MapNode):
            self.mistakes.add(node.line, "duties: each is a mapping: id, title, clause ...")
            return None
        fields = Fields(node, self.keys, self.mistakes, "a duty")
        return rule_in(fields, lambda: self._check(fields))

    def _check(self, fields: Fields) -> Check | None:
        kinds = [kind for name, kind in KINDS.items() if fields.has(name)]
        if len(kinds) != 1:
            names = ", ".join(KINDS)
            self.mistakes.add(fields.line, f"a duty needs exactly one of {names}")
            return None
        key = kinds[0].KEY
        inner = fields.node(key.name)
        if not isinstance(inner, MapNode):
            names = ", ".join(names_of(key.keys))
            fields.wrong(key.name, f"the keys {names} are expected here")
            return None
        return self._made(kinds[0], Fields(inner, key.keys, self.mistakes, key.name))

    def _made(self, make: Callable[..., Check], fields: Fields) -> Check | None:
        """Return a check with the value of each key, or None where one that it needs is not."""
        complete = fields.need()
        values: dict[str, object] = {}
        for key in fields.keys.values():
            values[key.name] = self._value(fields, key, str(values.get("event", "")))
            complete = complete and not (key.required and not values[key.name])
        return make(**values) if complete else None

    def _value(self, fields: Fields, key: Key, event: str) -> object:
        """Return the value of a key, by its kind; attributes are those that the event can carry."""
        node = fields.node(key.name)
        if key.required and isinstance(node, ListNode) and not node.items:
            fields.wrong(key.name, "there is nothing in the list; write at least one")
        match key.kind:
            case "event":
                kind = fields.event(key.name, self.vocabulary)
                return kind.name if kind else ""
            case "events":
                named = [
                    fields.known_event(key.name, text, self.vocabulary)
                    for text in fields.texts(key.name)
                ]
                return tuple(kind.name for kind in named if kind)
            case "attributes":
                carrier = self.vocabulary.find(event)
                return fields.items(key.name, names_of(carrier.keys)) if carrier else ()
            case "items":
                return fields.items(key.name) if key.choices else fields.texts(key.name)
            case "choice":
                return fields.choice(key.name)
            case "limit":
                return fields.limit(key.name)
            case "date":
                return fields.day(key.name)
            case _:
                return fields.text(key.name)


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
        rolls = bool(fields.choice("rolls"))
        limit = _rolling(fields.limit("limit", units=CLOCK_UNITS), rolls=rolls)
        if rolls and limit and not limit.rolls:
            ends = "on one" if limit.unit == "working_days" else "at its hour"
            what = f"a limit in {limit.unit.replace('_', ' ')} ends {ends}; leave this key out"
            fields.wrong("rolls", what)
        starts = self._starts(fields, stop, stops)
        extension = self._extension(fields, stop, rolls=rolls)
        if stop is None or limit is None or not starts:
            return None
        shown = tuple(
            Start(kind.name, decides=False)
            for text in fields.texts("shown")
            if (kind := self._known(fields, "shown", text))
        )
        logged = self._event(fields, "logged") if fields.has("logged") else None
        ended_by = tuple(
            kind.name
            for text in fields.texts("ended_by")
            if (kind := self._known(fields, "ended_by", text))
        )
        return Clock(
            starts + shown,
            stop.name,
            limit,
            extension,
            logged=logged.name if logged else "",
            ended_by=ended_by,
            unless=tuple(self._unless(fields)),
            early_stop=bool(fields.choice("early_stop")),
            counting=fields.choice("counting"),
        )

    def _unless(self, fields: Fields) -> Iterator[Unless]:
        """Yield the events that leave nothing owed, each with the day before which they do."""
        node = fields.node("unless")
        if node is not None and not isinstance(node, ListNode):
            fields.wrong("unless", "a list is expected here")
            return
        for item in node.items if node else ():
            if not isinstance(item, MapNode):
                self.mistakes.add(item.line, "unless: each needs an event, and the day before")
                continue
            inner = Fields(item, UNLESS_KEYS, self.mistakes, "unless")
            event, before = self._event(inner, "event"), inner.day("before")
            if inner.need() and event and before:
                yield Unless(event.name, before)

    def _start_names(self, fields: Fields) -> tuple[str, ...]:
        """Return the events that a clock may start at, as they are written."""
        node = fields.node("start")
        if not isinstance(node, ListNode):
            text = fields.text("start")
            return (text,) if text else ()
        if not node.items:
            fields.wrong("start", "there is nothing in the list; write at least one")
        return fields.texts("start")

    def _starts(
        self, fields: Fields, stop: Kind | None, stops: dict[str, str]
    ) -> tuple[Start, ...]:
        written = self._start_names(fields)
        unsaid = len(written) == 1 and plain_name(written[0]) == NOT_STATED
        if (unsaid or len(written) > 1) and fields.has("unrecorded"):
            what = f'that is "{NOT_STATED}"' if unsaid else "of several possible events"
            fields.wrong("unrecorded", f"a start {what} has bounds of its own; leave this key out")
        if unsaid:
            stage = stop.stage if stop else 0
            if stage == 0:
                fields.wrong("start", f'"{NOT_STATED}" is for a stage of a complaint only')
                return ()
            return _any_of((STAGE_TRIGGERS[stage], STAGE_ACKNOWLEDGED[stage]), stops)
        kinds = [kind for name in written if (kind := self._known(fields, "start", name))]
        if not kinds or len(kinds) < len(written):
            return ()
        if len(kinds) > 1:
            several = tuple(dict.fromkeys(kind.name for kind in kinds))
            if len(several) < len(kinds):
                fields.wrong("start", "an event is listed twice; keep one")
            return _any_of(several, stops)
        start = kinds[0]
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

    def _extension(self, fields: Fields, stop: Kind | None, *, rolls: bool) -> Extension | None:
        node = fields.node("extension")
        if node is None:
            return None
        if not isinstance(node, MapNode):
            if not fields.choice("extension") or stop is None:
                return None
            if stop.stage == 0:
                fields.wrong("extension", f'"{NOT_STATED}" is for a stage of a complaint only')
                return None
            return Extension(f"stage {stop.stage} extended", None, stated=False)
        inner = Fields(node, EXTENSION_KEYS, self.mistakes, "an extension")
        if not inner.need():
            return None
        event = self._event(inner, "event")
        written = inner.node("most")
        unlimited = isinstance(written, TextNode) and plain_name(written.text) == NOT_STATED
        most = None if unlimited else _rolling(inner.limit("most", units=CLOCK_UNITS), rolls=rolls)
        if event is not None and not any(key.name == "until" for key in event.keys):
            inner.wrong(
                "event", f'"{event.name}" is not an extension; write one such as stage 1 extended'
            )
        provenance = inner.choice("provenance")
        beyond = inner.items("beyond")
        if event is None or (most is None and not unlimited):
            return None
        if unlimited and beyond:
            inner.wrong("beyond", "there is no maximum to go beyond; leave this key out")
        needs = inner.items("needs", [key.name for key in event.keys])
        unread = inner.items("unread", (*needs, *beyond))
        clause = inner.text("clause")
        return Extension(
            event.name,
            most,
            needs=needs,
            beyond=beyond,
            clause=clause,
            provenance=provenance,
            unread=unread,
        )

    def _event(self, fields: Fields, name: str) -> Kind | None:
        return fields.event(name, self.vocabulary, _DECLARE)

    def _known(self, fields: Fields, name: str, text: str) -> Kind | None:
        return fields.known_event(name, text, self.vocabulary, _DECLARE)


def _rolling(limit: Limit | None, *, rolls: bool) -> Limit | None:
    """Return a limit whose last day moves to the next working day, where it counts every day."""
    moves = rolls and limit is not None and limit.unit not in ("working_days", HOURS)
    return replace(limit, rolls=True) if moves and limit else limit


def _any_of(events: Sequence[str], stops: dict[str, str]) -> tuple[Start, ...]:
    """Return the starts of a clock that may begin with any of several events, the earliest first.

    One that is not on the record came no earlier than the first of them, and no later than the
    limit of the rule that it stops.
    """
    first, *others = events
    limiting = {stop: rule for rule, stop in reversed(stops.items())}
    return (
        Start(first),
        *(Start(name, Unrecorded(first, limiting.get(name, ""))) for name in others),
    )
