"""Reading the cells of one row that are not dates: who, what a letter says, yes or no."""

from __future__ import annotations

import re
from collections.abc import Mapping

from timeliness.model.dates import When
from timeliness.model.errors import CalendarError, DateError, Mistakes
from timeliness.model.timelines import Attribute, Event
from timeliness.model.vocabulary import EVIDENCE, Kind, Vocabulary
from timeliness.read.fields import Fields, shorten
from timeliness.read.nodes import Mapping as Node
from timeliness.read.nodes import Node as AnyNode
from timeliness.read.nodes import Scalar, Sequence
from timeliness.tables.complaints import Unread
from timeliness.tables.date_columns import BLANK, Read

YES = ("yes", "y", "true", "1", "x")
NO = ("no", "n", "false", "0")
_WHETHER = ("evidence", "sent", "treated_as")
"""The keys that say whether an event counts, and as what."""


def is_blank(text: str | None) -> bool:
    """Whether a cell is blank, or says as much."""
    return text is None or " ".join(text.split()).lower() in BLANK


def event_of(
    kind: Kind,
    when: When | None,
    cells: Mapping[str, str | None],
    headers: Mapping[str, str],
    line: int,
    dates: Mapping[str, Read],
    vocabulary: Vocabulary,
) -> tuple[Event, list[Unread]]:
    """Return an event with the keys that a row gives it, and what of them cannot be read.

    `dates` holds the reader of each key that is a date. Where it cannot be read whether the event
    counts, it is only claimed.
    """
    given = {key: " ".join(text.split()) for key, text in cells.items() if text is not None}
    given = {key: text for key, text in given.items() if not is_blank(text)}
    unread: list[Unread] = []
    attributes: dict[str, Attribute] = {}
    common = {key.name for key in kind.all_keys} - {key.name for key in kind.keys}
    for key in kind.keys:
        if key.name in given and key.kind == "date":
            try:
                day = dates[key.name](given[key.name])
            except (DateError, CalendarError) as error:
                unread.append(Unread(line, headers[key.name], str(error), given[key.name]))
            else:
                if day:
                    attributes[key.name] = day
    mistakes = Mistakes("")
    plain = {name: text for name, text in given.items() if name in common}
    pairs: list[tuple[str, AnyNode]] = [(name, Scalar(text, line)) for name, text in plain.items()]
    for key in kind.keys:
        if key.name in given and key.kind != "date":
            pairs.append((key.name, _value(key.kind, given[key.name], line)))
    fields = Fields(
        Node(tuple((Scalar(name, line), value) for name, value in pairs), line),
        [key.name for key in kind.all_keys],
        mistakes,
        kind.name,
    )
    for key in kind.keys:
        if key.name not in given or key.kind == "date":
            continue
        value: Attribute | None
        if key.kind == "yes-no":
            value = fields.yes_no(key.name)
        elif key.kind == "items":
            value = fields.items(key.name, key.choices)
        elif key.kind == "choice":
            value = fields.choice(key.name, key.choices)
        elif key.kind == "limit":
            value = fields.limit(key.name, bare_days="calendar_days" * (kind.name == "order"))
        else:
            value = fields.text(key.name)
        if value is not None and value not in ("", ()):
            attributes[key.name] = value
    evidence = fields.choice("evidence", EVIDENCE, "seen")
    treated = vocabulary.find(plain.get("treated_as", ""))
    if "treated_as" in plain and treated is None:
        near = vocabulary.nearest(plain["treated_as"])
        hint = f'did you mean "{near}"?' if near else "`chcheck events` lists them all"
        fields.wrong("treated_as", f'"{shorten(plain["treated_as"])}" is not an event; {hint}')
    for mistake in mistakes.found:
        name, _, says = mistake.says.partition(": ")
        unread.append(Unread(line, headers[name], says, given[name]))
        if name in _WHETHER:
            evidence = "claimed"
    return Event(
        name=kind.name,
        when=None if evidence == "absent" else when,
        evidence=evidence,
        line=line,
        by=plain.get("by", ""),
        handler=plain.get("handler", ""),
        source=plain.get("source", ""),
        note=plain.get("note", ""),
        id=plain.get("id", ""),
        treated_as=treated.name if treated else "",
        attributes=attributes,
    ), unread


def _value(kind: str, text: str, line: int) -> AnyNode:
    if kind == "items":
        parts = [part.strip() for part in re.split(r"[;,|\n]", text) if part.strip()]
        return Sequence(tuple(Scalar(part, line) for part in parts), line)
    if kind == "yes-no":
        lower = text.lower()
        text = "yes" if lower in YES else "no" if lower in NO else text
    return Scalar(text, line)
