"""A draft as the timeline that is saved and checked, and where each of its lines came from."""

from __future__ import annotations

import json
from collections.abc import Iterator

from msgspec import Struct, field

from timeliness.model.drafts import LIST_KINDS, LISTED, OR, PLAIN_KINDS, Draft, Entry, Place, Value
from timeliness.model.errors import Mistakes
from timeliness.model.keys import Key
from timeliness.model.patterns import regex
from timeliness.model.vocabulary import KEYS, Vocabulary
from timeliness.read.nodes import TextNode
from timeliness.read.one_line import read_line
from timeliness.read.timeline_keys import TIMELINE_KEYS, entry_keys

_PLAIN = regex(
    r"(?!.*(?:: |:$| #))"
    r"[A-Za-z0-9£./(][^\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]*"
)
_FLOW_SIGNS = regex(r"[,\[\]{}]")
_NUMBER = regex(r"[\d.]+")
_EMPTY = ("null", "Null", "NULL")


class Composed(Struct):
    """The lines of a timeline, and the place of a draft that each came from, by its number."""

    lines: list[str] = field(default_factory=list)
    places: dict[int, Place] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """Return the timeline, as it is saved."""
        return "".join(f"{line}\n" for line in self.lines)

    def add(self, line: str, place: Place) -> None:
        """Add a line."""
        self.lines.append(line)
        self.places[len(self.lines)] = place


def compose(draft: Draft, vocabulary: Vocabulary) -> Composed:
    """Return the timeline of a draft, without what is empty in it.

    An event goes on one line wherever that line reads the same.
    """
    composed = Composed()
    known = {key.name: key for key in TIMELINE_KEYS}
    unknown = [Key(name, "text", "") for name in draft.values if name not in known]
    single = [key for key in TIMELINE_KEYS if key.kind not in LISTED]
    for key in (*single, *unknown):
        if value := draft.values.get(key.name, ""):
            composed.add(f"{_scalar(key.name)}: {_value(key, value)}", (key.name, -1, ""))
    day_first = draft.text("dates").lower() == "uk"
    for key in TIMELINE_KEYS:
        if key.kind not in LISTED or not draft.entries(key.name):
            continue
        composed.add(f"{key.name}:", (key.name, -1, ""))
        for number, entry in enumerate(draft.lists[key.name]):
            line = _one_line(entry, vocabulary, day_first=day_first) if key.kind == "lines" else ""
            if line:
                composed.add(f"  - {_scalar(line)}", (key.name, number, ""))
            else:
                _add_entry(composed, key, number, entry)
    return composed


def _add_entry(composed: Composed, listed: Key, number: int, entry: Entry) -> None:
    known = {key.name: key for key in entry_keys(listed)}
    known = {**known, **KEYS} if listed.kind == "lines" else known
    names = [name for name in known if entry.get(name)]
    names += [name for name in entry if name not in known and entry[name]]
    for place, name in enumerate(names):
        key = known.get(name, Key(name, "text", ""))
        lead = "    " if place else "  - "
        line = f"{lead}{_scalar(name)}: {_value(key, entry[name])}"
        composed.add(line, (listed.name, number, name))


def _one_line(entry: Entry, vocabulary: Vocabulary, *, day_first: bool) -> str:
    """Return an event on one line, or nothing where it would not be read as it is entered."""
    filled = {name: value for name, value in entry.items() if value}
    date, event, note = (str(filled.pop(name, "")) for name in ("date", "event", "note"))
    if filled or OR in date:
        return ""
    line = f"{date} {event}".strip()
    if not note:
        return line
    whole = f"{line} {note}"
    read = read_line(TextNode(whole, 1), vocabulary, Mistakes(""), day_first=day_first)
    alone = read_line(TextNode(line, 1), vocabulary, Mistakes(""), day_first=day_first)
    if read is None or alone is None:
        return ""
    same = read[0].when == alone[0].when and not read[0].attributes and not alone[0].note
    return whole if same and read[0].note == note and read[1] == event else ""


def _value(key: Key, value: Value) -> str:
    texts = _texts(key, value)
    if isinstance(texts, tuple):
        return f"[{', '.join(_scalar(text, flow=True) for text in texts)}]"
    if key.kind in (*PLAIN_KINDS, *LIST_KINDS):
        return _scalar(texts)
    return texts


def _texts(key: Key, value: Value) -> Value:
    if isinstance(value, tuple):
        return value
    parts: Iterator[str] = iter(())
    if key.kind == "dates" and OR in value:
        parts = iter(value.split(OR))
    elif key.kind in LIST_KINDS and "," in value:
        parts = iter(value.split(","))
    found = tuple(part.strip() for part in parts if part.strip())
    return found or value


def _scalar(text: str, *, flow: bool = False) -> str:
    """Return a text as YAML reads it back, in quotes only where it needs them."""
    plain = _PLAIN.fullmatch(text) and text not in _EMPTY and not _NUMBER.fullmatch(text)
    if plain and not (flow and _FLOW_SIGNS.search(text)):
        return text
    return json.dumps(text, ensure_ascii=False)
