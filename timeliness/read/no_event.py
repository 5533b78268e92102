"""What is wrong where an entry of a timeline names no event, or one that nobody knows."""

from __future__ import annotations

from timeliness.model.dates import split_date
from timeliness.model.errors import VALUE, Mistakes
from timeliness.model.vocabulary import Vocabulary
from timeliness.read.fields import shorten
from timeliness.read.nodes import MapNode, TextNode
from timeliness.read.one_line import key_in_note, read_line


def say_no_event(
    node: MapNode, vocabulary: Vocabulary, mistakes: Mistakes, *, day_first: bool
) -> None:
    """Say what is wrong where no event is named: often a colon in a one-line form."""
    key, value = node.pairs[0] if node.pairs else (None, None)
    parts = split_date(key.text) if key else None
    if key is None or parts is None:
        says = 'this names no event; add the key "event"'
        if key and vocabulary.find(key.text) and isinstance(value, TextNode):
            says = f"the date comes first: write - {shorten(value.text)} {shorten(key.text)}"
        mistakes.add(node.line, says)
        return
    dated, rest = parts
    split = vocabulary.split(rest)
    if len(node.pairs) > 1 or not isinstance(value, TextNode) or (split and key_in_note(*split)):
        mistakes.add(
            node.line,
            "the one-line form takes no keys; write the event as "
            f"- {{date: {dated}, event: {split[0].name if split else '...'}, ...}}",
        )
        return
    note = shorten(value.text)
    if split and note and split[1].endswith("until"):
        line = f"{dated} {rest} {note}"
    else:
        line = f"{dated} {rest}, {note}" if rest and note else f"{dated} {rest or note}"
    # What cannot be read without the colon either is refused for that.
    tried = Mistakes(mistakes.path)
    read_line(TextNode(line, node.line), vocabulary, tried, day_first=day_first)
    if tried.found:
        mistakes.found += tried.found
        return
    mistakes.add(
        node.line,
        f"a colon with a space after it does not go into the one-line form; write - {line}",
    )


def say_unknown(text: str, line: int, vocabulary: Vocabulary, mistakes: Mistakes) -> None:
    """Say what is wrong with a name that no event has, and which was meant."""
    if elsewhere := vocabulary.elsewhere(text):
        mistakes.add(line, elsewhere)
        return
    hint = vocabulary.hint(text)
    mistakes.add(line, f"{VALUE} is not an event", value=shorten(text), hint=hint)
