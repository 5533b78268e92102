"""YAML and JSON as trees of nodes that know their lines, every value kept as the text it is.

Nothing is turned into a date, a number or a truth value here, so `no`, `17:30` and `03/06/2025`
stay what was written. Aliases, anchors and tags are refused, and so are trees too deep.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sized
from json.decoder import scanstring  # type: ignore[attr-defined]

import yaml
from msgspec import Struct

from timeliness.model.errors import InputError, Mistakes
from timeliness.model.patterns import regex
from timeliness.read.encodings import as_utf8
from timeliness.read.slips import find_slip

MAX_BYTES = 20_000_000
MAX_DEPTH = 12
MAX_TEXT = 20_000
MAX_ITEMS = 20_000
"""The most characters that a text, and the most items or keys that a list may have."""

_TOO_MANY = f"there are more than {MAX_ITEMS:,} items or keys here; split the file"
_TOO_MANY_COMPLAINTS = f"there are more than {MAX_ITEMS:,} complaints in the file; split it"
_TOO_DEEP = f"this is nested more than {MAX_DEPTH} deep; flatten it"

# Control characters but for tab and line feed, separators of lines that only some programs see,
# marks that turn the direction of text, and halves of surrogate pairs.
_CONTROL = regex("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")

_OTHER_BREAKS = regex("[\x85\u2028\u2029]")

# What the YAML parser says, in words that say what to look for.
_PLAIN_WORDS = {
    "mapping values are not allowed in this context": "a colon with a space after it is not "
    "expected here",
    "found character that cannot start any token": "a sign such as @ or ` is not expected here",
    "found unexpected end of stream": "a text in quotes that begins here is not closed",
    "did not find expected ',' or ']'": 'a comma or a "]" is missing',
    "did not find expected ',' or '}'": 'a comma or a "}" is missing',
    "did not find expected node content": "a value is missing",
    "block sequence entries are not allowed in this context": 'a "-" begins a list, on a line of '
    "its own",
    "found unknown escape character": "there is an unknown \\ escape in a text in double quotes",
    "did not find expected key": "a key with a colon after it is expected here, in line with the "
    "keys above",
    "could not find expected ':'": "a colon and a space are expected after the key",
    "did not find expected '-' indicator": 'a "-" is expected here, in line with those above',
}


class TextNode(Struct, frozen=True):
    """A single value, as text."""

    text: str
    line: int


class ListNode(Struct, frozen=True):
    """A list of values."""

    items: tuple[Node, ...]
    line: int


class MapNode(Struct, frozen=True):
    """Keys with their values, in order; a key given twice is refused before."""

    pairs: tuple[tuple[TextNode, Node], ...]
    line: int


Node = TextNode | ListNode | MapNode


def check_size(size: int, mistakes: Mistakes) -> None:
    """Raise `InputError` where a file of that many bytes is too large to read."""
    if size > MAX_BYTES:
        raise mistakes.error(
            0,
            f"the file has more than {MAX_BYTES // 1_000_000} MB, the most that is read; split it "
            "into several files",
        )


def decode(data: bytes, mistakes: Mistakes) -> str:
    """Return the text of a file: UTF-8, UTF-16 or Windows-1252.

    Raises `InputError` where it is too large or in none of them.
    """
    check_size(len(data), mistakes)
    return as_utf8(data, mistakes.path)[0].decode("utf-8")


def _scalar(text: str, line: int, mistakes: Mistakes) -> TextNode:
    if len(text) > MAX_TEXT:
        raise mistakes.error(line, f"this text has more than {MAX_TEXT:,} characters; shorten it")
    text = text.replace("\r\n", "\n")
    if match := _CONTROL.search(text):
        mistakes.add(
            line, f"there is a control character (U+{ord(match.group()):04X}) here; remove it"
        )
        text = _CONTROL.sub("\N{REPLACEMENT CHARACTER}", text)
    return TextNode(text, line)


def read_yaml(text: str, mistakes: Mistakes) -> list[Node]:
    """Return the documents of a YAML text; raises `InputError`."""
    # YAML ends a line at these too, which no editor does: the lines that are told would be off.
    if match := _OTHER_BREAKS.search(text):
        line = text.count("\n", 0, match.start()) + 1
        mistakes.add(
            line, f"there is a control character (U+{ord(match.group()):04X}) here; remove it"
        )
        text = _OTHER_BREAKS.sub(" ", text)
    try:
        return list(_documents(text, mistakes))
    except yaml.YAMLError as error:
        if isinstance(error, yaml.reader.ReaderError):
            raise _unprintable(text, error, mistakes) from None
        problem = getattr(error, "problem", None) or str(error)
        unclosed = problem == "found unexpected end of stream"
        mark = getattr(error, "context_mark" if unclosed else "problem_mark", None)
        line = min(mark.line + 1, len(text.splitlines())) if mark else 0
        if problem == "exceeded maximum nesting depth":
            # The parser looks ahead of what it hands over, and has a limit of its own.
            raise mistakes.error(line, _TOO_DEEP) from None
        if slip := find_slip(text, line):
            raise mistakes.error(*slip) from None
        raise mistakes.error(
            line,
            f"this line cannot be read: {_PLAIN_WORDS.get(problem, problem)}; check the "
            "indentation, and put text that contains a colon or begins with a special sign in "
            '"quotes"',
        ) from None


def _unprintable(text: str, error: yaml.reader.ReaderError, mistakes: Mistakes) -> InputError:
    at = text.find(chr(error.character))
    return mistakes.error(
        text.count("\n", 0, at) + 1,
        f"there is a control character (U+{error.character:04X}) here; remove it",
    )


def _documents(text: str, mistakes: Mistakes) -> Iterator[Node]:
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    events = iter(yaml.parse(text, Loader=loader))
    documents = 0
    for event in events:
        if isinstance(event, yaml.DocumentStartEvent):
            documents += 1
            if documents > MAX_ITEMS:
                raise mistakes.error(0, _TOO_MANY_COMPLAINTS)
            yield _node(next(events), events, mistakes, 1)


def _node(event: yaml.Event, events: Iterator[yaml.Event], mistakes: Mistakes, depth: int) -> Node:
    line = event.start_mark.line + 1 if event.start_mark else 0
    if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
        raise mistakes.error(line, "YAML anchors and aliases (& and *) are not read; write it out")
    if getattr(event, "tag", None):
        raise mistakes.error(line, "YAML tags (!) are not read; leave the tag out")
    if depth > MAX_DEPTH:
        raise mistakes.error(line, _TOO_DEEP)
    if isinstance(event, yaml.ScalarEvent):
        empty = event.implicit[0] and event.value in ("~", "null", "Null", "NULL")
        return _scalar("" if empty else event.value, line, mistakes)
    if isinstance(event, yaml.SequenceStartEvent):
        items = []
        while not isinstance(event := next(events), yaml.SequenceEndEvent):
            items.append(_node(event, events, mistakes, depth + 1))
            _check_number(items, line, mistakes)
        return ListNode(tuple(items), line)
    assert isinstance(event, yaml.MappingStartEvent)
    pairs: list[tuple[TextNode, Node]] = []
    while not isinstance(event := next(events), yaml.MappingEndEvent):
        key = _node(event, events, mistakes, depth + 1)
        if not isinstance(key, TextNode):
            raise mistakes.error(key.line, "a key must be plain text")
        pairs.append((key, _node(next(events), events, mistakes, depth + 1)))
        _check_number(pairs, line, mistakes)
    return _mapping(pairs, line, mistakes)


def _check_number(items: Sized, line: int, mistakes: Mistakes) -> None:
    if len(items) > MAX_ITEMS:
        raise mistakes.error(line, _TOO_MANY)


def _mapping(pairs: list[tuple[TextNode, Node]], line: int, mistakes: Mistakes) -> MapNode:
    first: dict[str, tuple[TextNode, Node]] = {}
    for key, value in pairs:
        if key.text in first:
            mistakes.add(
                key.line,
                f'the key "{key.text[:40]}" is given here and on line {first[key.text][0].line}; '
                "keep one",
            )
        else:
            first[key.text] = (key, value)
    return MapNode(tuple(first.values()), line)


def read_json(text: str, mistakes: Mistakes) -> Node:
    """Return the one value of a JSON text; raises `InputError`."""
    return _Json(text, mistakes).read()


_SPACE = regex(r"[ \t\r\n]*")
_STRING_MISTAKES = {
    "Unterminated": 'a text that begins here is not closed with a "',
    "control character": "a text that begins here runs over the end of the line or contains a "
    "control character; write a new line as \\n",
    "escape": "a text that begins here contains an unknown \\ escape; write \\ itself as \\\\",
}
_LITERAL = regex(r"-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null")


class _Json:
    """A reader of JSON that keeps lines and the text of every value."""

    def __init__(self, text: str, mistakes: Mistakes) -> None:
        self.text = text
        self.mistakes = mistakes
        self.at = 0
        self.line = 1

    def read(self) -> Node:
        node = self._value(1)
        if self._peek():
            raise self._wrong(
                "something follows the end of the complaint; put several into one list, [...]"
            )
        return node

    def _peek(self) -> str:
        match = _SPACE.match(self.text, self.at)
        assert match
        self.line += match.group().count("\n")
        self.at = match.end()
        return self.text[self.at : self.at + 1]

    def _wrong(self, says: str) -> InputError:
        return self.mistakes.error(self.line, f"this is not JSON: {says}")

    def _string(self) -> TextNode:
        line = self.line
        try:
            text, end = scanstring(self.text, self.at + 1, True)
        except json.JSONDecodeError as error:
            says = next(says for sign, says in _STRING_MISTAKES.items() if sign in error.msg)
            raise self._wrong(says) from None
        self.at = end
        return _scalar(text, line, self.mistakes)

    def _value(self, depth: int) -> Node:
        sign = self._peek()
        line = self.line
        if depth > MAX_DEPTH:
            raise self.mistakes.error(line, _TOO_DEEP)
        if sign == '"':
            return self._string()
        if sign == "[":
            items: list[Node] = []
            for _ in self._members("]"):
                items.append(self._value(depth + 1))
                if depth == 1 and len(items) > MAX_ITEMS:
                    raise self.mistakes.error(0, _TOO_MANY_COMPLAINTS)
                _check_number(items, line, self.mistakes)
            return ListNode(tuple(items), line)
        if sign == "{":
            pairs: list[tuple[TextNode, Node]] = []
            for _ in self._members("}"):
                if self._peek() != '"':
                    raise self._wrong(
                        'a key in "quotes" is expected; do not put a comma after the last one'
                    )
                key = self._string()
                if self._peek() != ":":
                    raise self._wrong("a colon is expected after the key")
                self.at += 1
                pairs.append((key, self._value(depth + 1)))
                _check_number(pairs, line, self.mistakes)
            return _mapping(pairs, line, self.mistakes)
        match = _LITERAL.match(self.text, self.at)
        if not match:
            raise self._wrong(
                f'a value is expected here, not "{sign}"; put texts in "quotes"'
                if sign
                else "the file ends too early; a value, a bracket or a brace is missing"
            )
        self.at = match.end()
        return _scalar("" if match.group() == "null" else match.group(), line, self.mistakes)

    def _members(self, close: str) -> Iterator[None]:
        self.at += 1
        if self._peek() == close:
            self.at += 1
            return
        while True:
            yield
            sign = self._peek()
            self.at += 1
            if sign == close:
                return
            if sign != ",":
                raise self._wrong(f'a comma or "{close}" is expected')
