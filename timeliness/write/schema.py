"""JSON Schemas of timelines and rulebooks, made from the same keys that the readers use."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from msgspec.structs import replace

from timeliness.model.calendars import UNITS
from timeliness.model.keys import COMMON_KEYS, Key, names_of
from timeliness.model.vocabulary import KINDS, Kind, plain_name
from timeliness.read.duties import duty_keys, kind_keys
from timeliness.read.fields import MOST
from timeliness.read.rulebook_keys import CLOCK_UNITS, RULEBOOK_KEYS
from timeliness.read.timeline_keys import STATEMENT_KEYS, TIMELINE_KEYS
from timeliness.write.line_patterns import (
    ANY_DAY,
    PLAIN_DAY,
    begins_with,
    event_line,
    event_name,
    whole,
)

_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_TEXT = {"type": ["string", "number"]}
"""A text, which may look like a number."""

Schema = dict[str, Any]


def timeline_schema(kinds: Iterable[Kind]) -> Schema:
    """Return the JSON Schema of a timeline; `kinds` are the events that come with chcheck.

    A line that begins with no day, or with one that can be read in two ways, is a mistake; so is an
    event of another name, unless the timeline names a rulebook of its own, which may declare it.
    """
    own = {key.name: key for kind in KINDS for key in kind.keys}
    inside = {
        "events": (*COMMON_KEYS, *(own[name] for name in sorted(own))),
        "statements": STATEMENT_KEYS,
    }
    keys = [replace(key, keys=inside.get(key.name, ())) for key in TIMELINE_KEYS]
    one = mapping(keys)
    event = one["properties"]["events"]["items"]["anyOf"][1]
    event["properties"]["event"]["examples"] = [kind.name for kind in KINDS]
    one["properties"]["events"]["items"] = {
        "if": {"type": "string"},
        "then": {"description": "a day, an event, and perhaps a note"},
        "else": event,
    }
    names = [plain_name(name) for kind in kinds for name in (kind.name, *kind.aliases)]
    uk = {"properties": {"dates": {"const": "uk"}}, "required": ["dates"]}
    one["allOf"] = [
        {"if": uk, "then": _days(ANY_DAY), "else": _days(PLAIN_DAY)},
        {"if": _NAMES_A_FILE, "else": _events(event_line(names), event_name(names), _NO_EVENT)},
    ]
    each = {"$ref": "#/$defs/timeline"}
    return {
        **head("timeline"),
        "if": {"type": "array"},
        "then": {"items": each},
        "else": each,
        "$defs": {"timeline": one},
    }


_NO_DAY = (
    "Begin with a day that reads one way: 2025-04-03, 3 Apr 2025, 13/10/2025; or a month, a range "
    "(2025-04-03/2025-04-07) or unknown. Then the event: 2025-04-03 complaint received"
)
_NO_EVENT = (
    "This is not an event that comes with chcheck; `chcheck events` lists them. If your own policy "
    "declares it, name its file: policy: ./our-policy.yaml"
)
_FILE = {"type": "string", "pattern": "[.]ya?ml$"}
_NAMES_A_FILE = {
    "anyOf": [
        {
            "required": [name],
            "properties": {name: {"anyOf": [_FILE, {"type": "array", "contains": _FILE}]}},
        }
        for name in ("policy", "code", "rules")
    ]
}
"""Where a timeline names a rulebook of its own."""


def _days(day: str) -> Schema:
    """Return what the days of events are to be like."""
    made = _events(begins_with(day), "", _NO_DAY)
    one = {"pattern": whole(day), "patternErrorMessage": _NO_DAY.partition(" Then")[0]}
    event = made["properties"]["events"]["items"]
    event["properties"] = {"date": {**one, "items": one}}
    return made


def _events(line: str, name: str, wrong: str) -> Schema:
    """Return what every event is to be like: a line, or the name in the long form."""
    items: Schema = {"pattern": line, "patternErrorMessage": wrong}
    if name:
        items["properties"] = {"event": {"pattern": name, "patternErrorMessage": wrong}}
    return {"properties": {"events": {"items": items}}}


def rulebook_schema() -> Schema:
    """Return the JSON Schema of a rulebook; a duty has exactly one kind of check."""
    schema = mapping(RULEBOOK_KEYS)
    schema["properties"]["duties"]["items"] = {
        **mapping(duty_keys()),
        "oneOf": [{"required": [name]} for name in names_of(kind_keys())],
    }
    return {**head("rulebook"), **schema}


def head(name: str) -> Schema:
    """Return the head of a schema: its dialect, its name, and by what others refer to it."""
    return {
        "$schema": _DIALECT,
        "$id": f"urn:chcheck:schema:{name}",
        "title": f"chcheck {name}",
    }


def mapping(keys: Iterable[Key], value: Callable[[Key], Schema] | None = None) -> Schema:
    """Return the schema of a mapping with some keys and no others.

    `value` makes the schema of the value of a key; without it, it is that of a key in YAML.
    """
    value = value or _value
    keys = list(keys)
    return {
        "type": "object",
        "properties": {key.name: {"description": key.says, **value(key)} for key in keys},
        "required": names_of(key for key in keys if key.required),
        "additionalProperties": False,
    }


def _value(key: Key) -> Schema:
    """Return the schema of the value of a key, by its kind."""
    match key.kind:
        case "date" | "event":
            return {"type": "string"}
        case "dates":
            dates = {"type": "array", "items": {"type": "string"}, "minItems": 1}
            return {"anyOf": [{"type": "string"}, dates]}
        case "yes-no":
            return {"enum": [True, False, "yes", "no"]}
        case "choice":
            return _choice(key)
        case "items" | "events" | "attributes":
            one = _choice(key) if key.choices else _TEXT
            return {"anyOf": [{"type": "array", "items": one}, one]}
        case "limit" | "clock-limit":
            units = UNITS if key.kind == "limit" else CLOCK_UNITS
            return {"anyOf": [{"type": "string"}, _limit(units)]}
        case "map":
            words = [{"const": word} for word in key.choices]
            return {"anyOf": [*words, mapping(key.keys)]} if words else mapping(key.keys)
        case "maps" | "lines":
            line = [{"type": "string"}] if key.kind == "lines" else []
            items = {"anyOf": [*line, mapping(key.keys)]} if line else mapping(key.keys)
            return {"type": "array", "items": items, **({"minItems": 1} if key.required else {})}
        case _:
            return _TEXT


def _choice(key: Key) -> Schema:
    return {"enum": [*key.choices, *(int(word) for word in key.choices if word.isdigit())]}


def _limit(units: Iterable[str]) -> Schema:
    """Return the schema of a limit: one unit with its number."""
    return {
        "type": "object",
        "properties": {
            unit: {"type": "integer", "minimum": 1, "maximum": MOST[unit]} for unit in units
        },
        "required": [],
        "additionalProperties": False,
        "minProperties": 1,
        "maxProperties": 1,
    }
