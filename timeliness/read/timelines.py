"""Reading timelines, from YAML or JSON, every mistake with its line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Protocol

from timeliness.model.declared import NOTHING_DECLARED, Declared
from timeliness.model.errors import InputError, Mistake, Mistakes, UsageError
from timeliness.model.timelines import MOST_EVENTS, Event, Statement, Timeline, too_many
from timeliness.model.vocabulary import COMMON, Vocabulary, plain_name
from timeliness.read.consistency import check_pointers, check_stages
from timeliness.read.fields import Fields
from timeliness.read.no_event import say_no_event, say_unknown
from timeliness.read.nodes import ListNode, MapNode, Node, TextNode, decode, read_json, read_yaml
from timeliness.read.one_line import CURLY, is_cut_by_colon, read_line
from timeliness.read.slips import LONG_DASHES, long_dash
from timeliness.read.timeline_keys import TIMELINE_KEYS


class RulesFor(Protocol):
    """Finds the rulebooks that a timeline names.

    Each raises `UsageError` where there is none of that name, `InputError` where its file cannot
    be read.
    """

    def policy(self, name: str) -> str:
        """Return the name under which a policy is known, "" for none."""

    def codes(self, names: Iterable[str]) -> tuple[str, ...]:
        """Return the names under which Codes are known."""

    def rules(self, names: Iterable[str]) -> tuple[str, tuple[str, ...]]:
        """Return the policy and the Codes among some names of either."""

    def vocabulary(self, policy: str, codes: Sequence[str], nation: str, body: str) -> Vocabulary:
        """Return the events that a complaint may have."""


class NotATimelineError(InputError):
    """The file is a rulebook."""


def parse_timelines(
    data: bytes,
    path: str,
    rules_for: RulesFor,
    *,
    as_json: bool | None = None,
    declared: Declared = NOTHING_DECLARED,
) -> list[Timeline]:
    """Read the complaints of one file.

    `as_json` says which of the two it is; None looks. `declared` holds where a complaint does not
    say it itself. Raises `InputError` with every mistake.
    """
    mistakes = Mistakes(path)
    text = decode(data, mistakes)
    if not text.strip():
        raise mistakes.error(0, "the file is empty; `chcheck new` prints a timeline to fill in")
    if as_json is None:
        as_json = text.lstrip()[:1] in ("{", "[")
    if as_json:
        root = read_json(text, mistakes)
        documents: list[Node] = list(root.items) if isinstance(root, ListNode) else [root]
    else:
        documents = [
            node
            for node in read_yaml(text, mistakes)
            if not (isinstance(node, TextNode) and not node.text)
        ]
    if not documents:
        raise mistakes.error(
            0, "there is no complaint in the file; `chcheck new` prints a timeline to fill in"
        )
    if any(is_rulebook(node) for node in documents):
        raise NotATimelineError(
            [Mistake(path, 0, "this is a rulebook, not a timeline; name it as the policy of one")]
        )
    timelines = [
        timeline
        for node in documents
        if (timeline := _Reader(mistakes, rules_for, declared).timeline(node))
    ]
    mistakes.raise_any()
    return timelines


def read_event(
    text: str, timeline: Timeline, rules_for: RulesFor, mistakes: Mistakes
) -> Event | None:
    """Read one event as a line of a timeline has it, which it would belong to.

    Notes what is wrong with it; raises `InputError` where it cannot be read at all.
    """
    reader = _Reader(mistakes, rules_for, NOTHING_DECLARED)
    reader.vocabulary = rules_for.vocabulary(
        timeline.policy, timeline.codes, timeline.nation, timeline.body
    )
    nodes = read_yaml(text, mistakes)
    read = reader.event(nodes[0]) if len(nodes) == 1 else None
    if read is None:
        return None
    others = [(event, event.name) for event in timeline.events]
    check_stages([*others, read], reader.vocabulary, mistakes)
    check_pointers([*others, read], {event.id for event, _ in others if event.id}, mistakes)
    return read[0]


def is_rulebook(node: Node) -> bool:
    """Whether a document is a rulebook, which has rules under a standard."""
    keys = {key.text for key, _ in node.pairs} if isinstance(node, MapNode) else set()
    return "rules" in keys and "standard" in keys and "complaint" not in keys


class _Reader:
    def __init__(self, mistakes: Mistakes, rules_for: RulesFor, declared: Declared) -> None:
        self.mistakes = mistakes
        self.rules_for, self.declared = rules_for, declared
        self.vocabulary = COMMON
        self.day_first = False
        self.ids: set[str] = set()

    def timeline(self, node: Node) -> Timeline | None:
        if not isinstance(node, MapNode):
            self.mistakes.add(
                node.line,
                "a timeline is expected here, with the keys complaint and events (and a line --- "
                "between two of them); `chcheck new` prints one",
            )
            return None
        fields = Fields(node, TIMELINE_KEYS, self.mistakes, "a timeline")
        complete = fields.need()
        if fields.text("complaint").startswith(tuple(CURLY)):
            fields.wrong("complaint", "take out the curly quotes, or type straight ones")
        self.day_first = fields.choice("dates") == "uk"
        landlord = fields.text("landlord") or self.declared.landlord
        nation = fields.choice("nation", self.declared.nation_of(landlord))
        body = fields.choice("body", self.declared.body_of(landlord))
        policy, codes = self._rules(fields, landlord, nation, body)
        events = tuple(self._events(fields))
        if says := too_many([event.name for event, _ in events]):
            self.mistakes.add(node.line, says)
        check_stages(events, self.vocabulary, self.mistakes)
        check_pointers(events, self.ids, self.mistakes)
        timeline = Timeline(
            complaint=fields.text("complaint"),
            events=tuple(event for event, _ in events),
            landlord=landlord,
            nation=nation,
            policy=policy,
            codes=codes,
            body=body,
            record=fields.choice("record", "complete"),
            as_at=fields.day("as_at", day_first=self.day_first) or self.declared.as_at,
            path=self.mistakes.path,
            line=node.line,
            statements=self._statements(fields, [event for event, _ in events]),
        )
        return timeline if complete else None

    def _statements(self, fields: Fields, events: list[Event]) -> tuple[Statement, ...]:
        if not fields.has("statements"):
            return ()
        from timeliness.read.statements import read_statements

        return read_statements(
            fields, events, self.vocabulary, self.mistakes, day_first=self.day_first
        )

    def _rules(
        self, fields: Fields, landlord: str, nation: str, body: str
    ) -> tuple[str, tuple[str, ...]]:
        """Return the names of the policy and the Codes, and take up the events they declare."""
        given = [name for name in ("policy", "code") if fields.has(name)]
        if fields.has("rules") and given:
            fields.wrong(
                "rules", f"{' and '.join(given)} can be written here as well; keep one of the two"
            )
            return "", ()
        own, others = self._own_rules(fields)
        policy = own or self._policy(fields, landlord)
        codes = others or self._codes(fields, landlord)
        if policy is not None and codes is not None:
            self.vocabulary = self.rules_for.vocabulary(policy, codes, nation, body)
        return policy or "", codes or ()

    def _own_rules(self, fields: Fields) -> tuple[str, tuple[str, ...]]:
        """Return the policy and the Codes that `rules` names."""
        try:
            return self.rules_for.rules(fields.texts("rules"))
        except InputError as error:
            self.mistakes.found += error.mistakes
        except UsageError as error:
            fields.wrong("rules", str(error))
        return "", ()

    def _policy(self, fields: Fields, landlord: str) -> str | None:
        """Return the name of the policy, None where it cannot be found."""
        try:
            return self.rules_for.policy(fields.text("policy") or self.declared.policy_of(landlord))
        except InputError as error:
            self.mistakes.found += error.mistakes
        except UsageError as error:
            fields.wrong("policy", str(error))
        return None

    def _codes(self, fields: Fields, landlord: str) -> tuple[str, ...] | None:
        """Return the names of the Codes, None where one cannot be found."""
        try:
            return self.rules_for.codes(fields.texts("code") or self.declared.codes_of(landlord))
        except InputError as error:
            self.mistakes.found += error.mistakes
        except UsageError as error:
            fields.wrong("code", str(error))
        return None

    def _events(self, fields: Fields) -> Iterator[tuple[Event, str]]:
        node = fields.node("events")
        if node is None:
            return
        if not isinstance(node, ListNode) or not node.items:
            empty = isinstance(node, ListNode) or (isinstance(node, TextNode) and not node.text)
            if isinstance(node, TextNode) and node.text.startswith(tuple(LONG_DASHES)):
                self.mistakes.add(node.line, long_dash(node.text[0]))
                return
            fields.wrong(
                "events",
                "there are no events; write at least one, such as - 2025-04-03 complaint received"
                if empty
                else "a list is expected here, each event on a line of its own, such as "
                "- 2025-04-03 complaint received",
            )
            return
        if len(node.items) > MOST_EVENTS:
            self.mistakes.add(node.line, too_many([""] * len(node.items)))
            return
        for item in node.items:
            if read := self.event(item):
                yield read

    def event(self, item: Node) -> tuple[Event, str] | None:
        """Return an event and its name as it is written; notes what is wrong with it."""
        if line := self._one_line(item):
            return read_line(line, self.vocabulary, self.mistakes, day_first=self.day_first)
        return self._long(item)

    def _one_line(self, item: Node) -> TextNode | None:
        """Return the line of an event in the one-line form; a colon may have cut it in two."""
        if isinstance(item, TextNode):
            return item
        if not isinstance(item, MapNode) or len(item.pairs) != 1:
            return None
        ((key, value),) = item.pairs
        if not isinstance(value, TextNode) or not is_cut_by_colon(key.text, self.vocabulary):
            return None
        return TextNode(f"{key.text}: {value.text}", key.line)

    # One event --------------------------------------------------------------------------------

    def _long(self, node: Node) -> tuple[Event, str] | None:
        if not isinstance(node, MapNode):
            self.mistakes.add(node.line, "an event is one line of text, or keys with values")
            return None
        values = {plain_name(key.text): value for key, value in node.pairs}
        if isinstance(own := values.get("id"), TextNode):
            self.ids.add(own.text.strip())
        named = values.get("event")
        if named is None:
            say_no_event(node, self.vocabulary, self.mistakes, day_first=self.day_first)
            return None
        text = named.text if isinstance(named, TextNode) else ""
        kind = self.vocabulary.find(text)
        if kind is None:
            if text.strip():
                say_unknown(text, named.line, self.vocabulary, self.mistakes)
            else:
                self.mistakes.add(
                    named.line, "event: a name is expected here; `chcheck events` lists them all"
                )
            return None
        fields = Fields(node, kind.all_keys, self.mistakes, f'"{kind.name}"')
        evidence = fields.choice("evidence")
        when = fields.when("date", day_first=self.day_first)
        if evidence == "absent" and fields.has("date"):
            fields.wrong(
                "date", "an event whose evidence is absent has no date; leave out one of the two"
            )
        if evidence in ("seen", "claimed") or not fields.has("evidence"):
            fields.need("date")
        treated_as = fields.event("treated_as", self.vocabulary)
        event = Event(
            name=kind.name,
            when=when,
            evidence=evidence or "seen",
            line=node.line,
            by=fields.text("by"),
            handler=fields.text("handler"),
            source=fields.text("source"),
            note=fields.text("note"),
            id=fields.text("id"),
            treated_as=treated_as.name if treated_as else "",
            attributes=fields.attributes(kind, day_first=self.day_first),
        )
        return None if when is None and evidence != "absent" else (event, text)
