"""Taking a complaint up again to go on entering it: from a timeline, or from lines of events.

Every value stays as it was written: what it means is read when the draft is checked.
"""

from __future__ import annotations

import json
from collections.abc import Mapping

from timeliness.model.calendars import UNITS
from timeliness.model.dates import When, read_date, split_date
from timeliness.model.drafts import LIST_KINDS, LISTED, OR, PLAIN_KINDS, Draft, Entry, Value
from timeliness.model.errors import DateError, InputError, Mistake, Mistakes
from timeliness.model.keys import Key
from timeliness.model.timelines import Attribute, Event
from timeliness.model.vocabulary import KEYS, Vocabulary, plain_name
from timeliness.read.nodes import ListNode, MapNode, Node, TextNode, decode, read_json, read_yaml
from timeliness.read.one_line import is_cut_by_colon, read_line
from timeliness.read.timeline_keys import TIMELINE_KEYS, entry_keys
from timeliness.read.timelines import NotATimelineError, is_rulebook


def read_draft(data: bytes, name: str, vocabulary: Vocabulary) -> Draft:
    """Return the one complaint of a timeline, as it is written.

    Raises `InputError` where the file cannot be read, or is not a timeline of one complaint.
    """
    mistakes = Mistakes(name)
    text = decode(data, mistakes)
    as_json = name.lower().endswith(".json") or text.lstrip()[:1] in ("{", "[")
    root = read_json(text, mistakes) if as_json else ListNode(tuple(read_yaml(text, mistakes)), 0)
    mistakes.raise_any()
    documents = root.items if isinstance(root, ListNode) else (root,)
    if any(is_rulebook(node) for node in documents):
        raise NotATimelineError([Mistake(name, 0, "this is a rulebook, not a timeline")])
    if len(documents) > 1:
        raise mistakes.error(
            0,
            f"the file has {len(documents):,} complaints; the form takes one, so save each in a "
            "file of its own",
        )
    if not documents or not isinstance(documents[0], MapNode):
        raise mistakes.error(0, "this is not a timeline; a timeline has the key complaint")
    return _Drafts(mistakes, vocabulary).draft(documents[0])


def draft_lines(text: str, vocabulary: Vocabulary, *, day_first: bool = False) -> tuple[Entry, ...]:
    """Return an entry for each line that is not blank: its date, event, note and keys.

    A line that cannot be read stays whole, so that checking it says why.
    """
    lines = (line.strip().removeprefix("- ").strip() for line in text.splitlines())
    return tuple(line_entry(line, vocabulary, day_first=day_first) for line in lines if line)


def line_entry(text: str, vocabulary: Vocabulary, *, day_first: bool) -> Entry:
    """Return the date, event, note and keys of an event in the one-line form.

    What is read from its note other than a day, an outcome or yes and no keeps the line together.
    """
    parts = split_date(text)
    if parts is None:
        return {"event": " ".join(text.split())}
    dated, rest = parts
    whole = {"date": dated, "event": rest}
    node = TextNode(text, 1)
    read = read_line(node, vocabulary, Mistakes(""), day_first=day_first)
    if read is None:
        return whole
    event, name = read
    found = {key: _written(value) for key, value in event.attributes.items()}
    if not all(found.values()) or not _has_own_time(event, dated, day_first=day_first):
        return whole
    entry: dict[str, Value] = {"date": dated, "event": name, "note": event.note, **found}
    return {key: value for key, value in entry.items() if value}


def _has_own_time(event: Event, dated: str, *, day_first: bool) -> bool:
    """Whether the date alone, without the note, gives the same time of day."""
    try:
        return event.when == read_date(dated, day_first=day_first)
    except DateError:
        return False


def _written(value: Attribute) -> str:
    """Return an attribute as it can be written, or nothing where only the line can say it."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, When) and value.span.exact and value.time is None and value.span.earliest:
        return value.span.earliest.isoformat()
    return value if isinstance(value, str) else ""


class _Drafts:
    def __init__(self, mistakes: Mistakes, vocabulary: Vocabulary) -> None:
        self.mistakes, self.vocabulary = mistakes, vocabulary
        self.day_first = False

    def draft(self, node: MapNode) -> Draft:
        known = {key.name: key for key in TIMELINE_KEYS}
        values: dict[str, Value] = {}
        lists: dict[str, tuple[Entry, ...]] = {}
        pairs = {plain_name(key.text).replace(" ", "_"): value for key, value in node.pairs}
        dates = pairs.get("dates")
        self.day_first = isinstance(dates, TextNode) and dates.text.strip().lower() == "uk"
        for name, value in pairs.items():
            key = known.get(name, Key(name, "text", ""))
            if key.kind not in LISTED:
                values[name] = self._value(key, value)
            elif isinstance(value, ListNode):
                keys = {one.name: one for one in entry_keys(key)}
                lists[name] = tuple(self._entry(key, keys, item) for item in value.items)
            elif not isinstance(value, TextNode) or value.text:
                self.mistakes.add(value.line, "a list is expected here", key=name)
        self.mistakes.raise_any()
        return Draft(values, lists)

    def _entry(self, listed: Key, keys: Mapping[str, Key], node: Node) -> Entry:
        if listed.kind == "lines" and (line := self._line(node)):
            return line_entry(line, self.vocabulary, day_first=self.day_first)
        if not isinstance(node, MapNode):
            self.mistakes.add(node.line, "keys with values are expected here", key=listed.name)
            return {}
        known = {**KEYS, **keys} if listed.kind == "lines" else keys
        entry: dict[str, Value] = {}
        for key, value in node.pairs:
            name = plain_name(key.text).replace(" ", "_")
            entry[name] = self._value(known.get(name, Key(name, "text", "")), value)
        return entry

    def _line(self, node: Node) -> str:
        """Return the line of an event in the one-line form; a colon may have cut it in two."""
        if isinstance(node, TextNode):
            return node.text
        if isinstance(node, MapNode) and len(node.pairs) == 1:
            ((key, value),) = node.pairs
            if isinstance(value, TextNode) and is_cut_by_colon(key.text, self.vocabulary):
                return f"{key.text}: {value.text}"
        return ""

    def _value(self, key: Key, node: Node) -> Value:
        if isinstance(node, TextNode):
            return node.text
        if key.kind not in (*PLAIN_KINDS, *LIST_KINDS):
            return json.dumps(_plain(node), ensure_ascii=False)
        if isinstance(node, ListNode) and all(isinstance(one, TextNode) for one in node.items):
            texts = tuple(one.text for one in node.items if isinstance(one, TextNode))
            if key.kind in LIST_KINDS:
                return texts
            if key.kind == "dates":
                return OR.join(texts)
        if isinstance(node, MapNode) and key.kind == "limit" and len(node.pairs) == 1:
            ((unit, amount),) = node.pairs
            if unit.text in UNITS and isinstance(amount, TextNode):
                return f"{amount.text} {unit.text.replace('_', ' ')}"
        self.mistakes.add(node.line, "one plain value is expected here", key=key.name)
        return ""


def _plain(node: Node) -> object:
    if isinstance(node, TextNode):
        return node.text
    if isinstance(node, ListNode):
        return [_plain(item) for item in node.items]
    return {key.text: _plain(value) for key, value in node.pairs}


def draft_of(data: object) -> Draft:
    """Return the draft that a page sends as JSON; raises `InputError` where it is none."""
    wrong = InputError([Mistake("the form", 0, "the page sent what is not a complaint")])
    if not isinstance(data, dict):
        raise wrong
    values, lists = data.get("values", {}), data.get("lists", {})
    if not isinstance(values, dict) or not isinstance(lists, dict):
        raise wrong
    if not all(isinstance(entries, list) for entries in lists.values()):
        raise wrong
    return Draft(
        _sent(values),
        {str(name): tuple(map(_sent, entries)) for name, entries in lists.items()},
    )


def _sent(data: object) -> Entry:
    entry: dict[str, Value] = {}
    for name, value in data.items() if isinstance(data, dict) else ():
        if isinstance(value, list):
            texts = tuple(_text(one) for one in value)
            entry[_text(name)] = tuple(one for one in texts if one)
        else:
            entry[_text(name)] = _text(value)
    return entry


def _text(value: object) -> str:
    """Return a text on one line, without halves of surrogate pairs, which no file can hold."""
    text = value if isinstance(value, str) else ""
    return " ".join(text.encode("utf-8", "replace").decode("utf-8").split())
