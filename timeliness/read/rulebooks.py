"""Reading a rulebook file: its keys checked against what a rulebook may hold."""

from __future__ import annotations

import hashlib
import re
from datetime import date, time
from pathlib import Path

from msgspec.structs import replace

from timeliness.model.calendars import NATIONS
from timeliness.model.errors import VALUE, Mistakes
from timeliness.model.patterns import regex
from timeliness.model.pauses import Pauses
from timeliness.model.rulebooks import Clock, Rule, Rulebook, Transition
from timeliness.model.sides import CODE, POLICY
from timeliness.model.vocabulary import (
    COMMON,
    OF_START,
    Kind,
    Vocabulary,
    plain_name,
)
from timeliness.read.closures import closures_in
from timeliness.read.duties import ClockReader, DutyReader, rule_in
from timeliness.read.fields import Fields, shorten
from timeliness.read.nodes import ListNode, MapNode, Node, TextNode, decode, read_yaml
from timeliness.read.procedures import read_procedure
from timeliness.read.rulebook_keys import (
    EVENT_KEYS,
    IN_FORCE_KEYS,
    PAUSE_KEYS,
    RULE_KEYS,
    RULEBOOK_KEYS,
    TRANSITION_KEYS,
)

FAMILIES = (CODE, POLICY, "promise", "order", "record")
"""What stands in front of a rule in floors and in outputs for programs, beside a series."""
_ID = regex(r"[a-z0-9]+(-[a-z0-9]+)*")


def read_rulebook(path: Path) -> Rulebook:
    """Read one rulebook file.

    Raises `InputError` with every mistake, each with its file, line and key.
    """
    mistakes = Mistakes(str(path))
    try:
        data = path.read_bytes()
    except OSError as error:
        raise mistakes.error(0, f"the rulebook cannot be read: {error.strerror}") from None
    return replace(parse_rulebook(data, mistakes), sha256=hashlib.sha256(data).hexdigest())


def parse_rulebook(data: bytes, mistakes: Mistakes) -> Rulebook:
    """Read the bytes of a rulebook file; raises `InputError`."""
    documents = read_yaml(decode(data, mistakes), mistakes)
    if len(documents) != 1 or not isinstance(documents[0], MapNode):
        raise mistakes.error(1, "a rulebook is one mapping: id, title, publisher, rules ...")
    try:
        book = _Reader(mistakes).rulebook(documents[0])
    except _UnreadableError:
        book = None
    mistakes.raise_any()
    assert book is not None
    return book


def line_of_key(path: str, name: str) -> int:
    """Return the line of a key of a rulebook that was read, or that of the first key without it."""
    mistakes = Mistakes(path)
    (node,) = read_yaml(decode(Path(path).read_bytes(), mistakes), mistakes)
    assert isinstance(node, MapNode)
    return Fields(node, RULEBOOK_KEYS, mistakes, "a rulebook").line_of(name)


class _UnreadableError(Exception):
    """A part cannot be built; what is wrong with it has been noted."""


class _Reader:
    def __init__(self, mistakes: Mistakes) -> None:
        self.mistakes = mistakes
        self.vocabulary = COMMON

    def rulebook(self, node: MapNode) -> Rulebook:
        fields = Fields(node, RULEBOOK_KEYS, self.mistakes, "a rulebook")
        complete = fields.need()
        book_id = self._id(fields)
        standard = fields.choice("standard")
        start, end = self._in_force(fields)
        events = self._events(fields, book_id)
        self.vocabulary = Vocabulary(COMMON.kinds + events)
        rules = self._rules(fields)
        reader = DutyReader(self.mistakes, self.vocabulary)
        duties = [reader.read(node) for node in self._sequence(fields, "duties")]
        checked = fields.day("checked")
        nations = fields.items("nations")
        counting = fields.choice("counting", "day-after")
        closures = self._closures(fields)
        cut_off = self._cut_off(fields)
        for_bodies = self._for_bodies(fields, standard)
        series = self._series(fields, standard, book_id)
        transition = self._transition(fields)
        pauses = self._pauses(fields, standard)
        procedure = read_procedure(fields, self.mistakes)
        if not complete or checked is None:
            raise _UnreadableError
        title = fields.text("title")
        return Rulebook(
            id=book_id,
            series=series,
            title=title,
            short=fields.text("short", title),
            publisher=fields.text("publisher"),
            standard=standard,
            nations=nations or tuple(NATIONS),
            source=fields.text("source"),
            checked=checked,
            start=start,
            end=end,
            rules=rules,
            duties=tuple(duty for duty in duties if duty),
            events=events,
            counting=counting,
            closures=closures,
            cut_off=cut_off,
            transition=transition,
            on_breach=fields.text("on_breach"),
            note=fields.text("note"),
            path=self.mistakes.path,
            procedure=procedure,
            pauses=pauses,
            for_bodies=for_bodies,
            called=fields.text("called"),
            ombudsman=fields.text("ombudsman"),
        )

    def _id(self, fields: Fields) -> str:
        text = fields.text("id")
        if text and not _ID.fullmatch(text):
            fields.wrong(
                "id", f'"{shorten(text)}" is not an id; use small letters, digits and hyphens'
            )
        return text

    def _for_bodies(self, fields: Fields, standard: str) -> tuple[str, ...]:
        """Return the kinds of body for which a Code is the default."""
        for_bodies = fields.items("for")
        if for_bodies and standard == POLICY:
            fields.wrong(
                "for", "a policy applies only to complaints that name it; leave this key out"
            )
        return for_bodies

    def _series(self, fields: Fields, standard: str, book_id: str) -> str:
        """Return the series of an edition, which is a name of its own."""
        series = fields.text("series", book_id)
        if standard == CODE and series in FAMILIES:
            fields.wrong(
                "series",
                f"{VALUE} means something else in reports and floors; choose another name",
                value=series,
            )
        return series

    def _in_force(self, fields: Fields) -> tuple[date | None, date | None]:
        node = fields.node("in_force")
        if not isinstance(node, MapNode):
            if fields.has("in_force"):
                fields.choice("in_force")
            return None, None
        inner = Fields(node, IN_FORCE_KEYS, self.mistakes, "in_force")
        start, end = inner.day("from"), inner.day("until")
        if start and end and start > end:
            inner.wrong(
                "until", f"{end.isoformat()} is before {start.isoformat()}; correct one of the two"
            )
        return start, end

    def _transition(self, fields: Fields) -> Transition | None:
        node = fields.node("transition")
        if node is None:
            return None
        if not isinstance(node, MapNode):
            fields.wrong("transition", "the keys until and says are expected here")
            return None
        inner = Fields(node, TRANSITION_KEYS, self.mistakes, "transition")
        until = inner.day("until")
        return Transition(until, inner.text("says")) if inner.need() and until else None

    def _pauses(self, fields: Fields, standard: str) -> Pauses | None:
        node = fields.node("pauses")
        if node is None:
            return None
        if standard != POLICY:
            fields.wrong("pauses", "the clocks of a Code never stop; leave this key out")
            return None
        if not isinstance(node, MapNode):
            fields.wrong("pauses", "the keys clause, provenance and needs are expected here")
            return None
        inner = Fields(node, PAUSE_KEYS, self.mistakes, "pauses")
        clause, provenance = inner.text("clause"), inner.choice("provenance")
        return Pauses(clause, provenance, inner.items("needs")) if inner.need() else None

    def _events(self, fields: Fields, book_id: str) -> tuple[Kind, ...]:
        kinds: list[Kind] = []
        for node in self._sequence(fields, "events"):
            if not isinstance(node, MapNode):
                self.mistakes.add(node.line, "events: each needs a name and what it says")
                continue
            inner = Fields(node, EVENT_KEYS, self.mistakes, "an event of the policy")
            name = plain_name(inner.text("name"))
            if COMMON.find(name):
                inner.wrong("name", f'"{name}" is already an event of every timeline; leave it out')
            elif any(kind.name == name for kind in kinds):
                inner.wrong("name", f'the event "{shorten(name)}" is listed twice; keep one')
            elif inner.need():
                done, noun = inner.text("done"), inner.text("noun")
                says = inner.text("says")
                kinds.append(
                    Kind(name, says, keys=(OF_START,), declared_by=book_id, done=done, noun=noun)
                )
        return tuple(kinds)

    def _closures(self, fields: Fields) -> tuple[tuple[date, str], ...]:
        return closures_in(self._sequence(fields, "closure_days"), self.mistakes)

    def _cut_off(self, fields: Fields) -> time | None:
        text = fields.text("cut_off")
        if not text:
            return None
        match = re.fullmatch(r"([01]?\d|2[0-3]):([0-5]\d)", text)
        if not match:
            fields.wrong("cut_off", f'"{shorten(text)}" is not an hour; write it as 17:00')
            return None
        return time(int(match[1]), int(match[2]))

    def _sequence(self, fields: Fields, name: str) -> tuple[Node, ...]:
        node = fields.node(name)
        if node is None:
            return ()
        if not isinstance(node, ListNode):
            fields.wrong(name, "a list is expected here")
            return ()
        return node.items

    # Rules ------------------------------------------------------------------------------------

    def _rules(self, fields: Fields) -> tuple[Rule, ...]:
        nodes = self._sequence(fields, "rules")
        if fields.has("rules") and not nodes:
            fields.wrong("rules", "there are no rules; write at least one")
        heads = []
        for node in nodes:
            if isinstance(node, MapNode):
                heads.append(Fields(node, RULE_KEYS, self.mistakes, "a rule"))
            else:
                self.mistakes.add(node.line, "rules: each is a mapping: id, title, clause ...")
        stops = {}
        seen: set[str] = set()
        for head in heads:
            rule_id = self._id(head)
            if rule_id and rule_id in seen:
                head.wrong("id", f'the rule "{rule_id}" is listed twice; keep one')
            seen.add(rule_id)
            clock = head.node("clock")
            pairs = clock.pairs if isinstance(clock, MapNode) else ()
            stop = next((value for key, value in pairs if plain_name(key.text) == "stop"), None)
            kind = self.vocabulary.find(stop.text) if isinstance(stop, TextNode) else None
            stops[rule_id] = kind.name if kind else ""
        return tuple(rule for head in heads if (rule := self._rule(head, stops)))

    def _rule(self, fields: Fields, stops: dict[str, str]) -> Rule | None:
        return rule_in(fields, lambda: self._clock(fields, stops))

    def _clock(self, fields: Fields, stops: dict[str, str]) -> Clock | None:
        node = fields.node("clock")
        if isinstance(node, MapNode):
            return ClockReader(self.mistakes, self.vocabulary).read(node, stops)
        if node is not None:
            fields.wrong("clock", "start, stop and limit are expected here")
        return None
