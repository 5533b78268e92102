"""JSON Schemas of timelines and rulebooks, made from the same keys that the readers use."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from timeliness.model.calendars import UNITS
from timeliness.model.keys import COMMON_KEYS, Key, names_of
from timeliness.model.vocabulary import KINDS
from timeliness.read.duties import duty_keys, kind_keys
from timeliness.read.fields import MOST
from timeliness.read.rulebook_keys import CLOCK_UNITS, RULEBOOK_KEYS
from timeliness.read.timeline_keys import STATEMENT_KEYS, TIMELINE_KEYS

_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_TEXT = {"type": ["string", "number"]}
"""A text, which may look like a number."""

Schema = dict[str, Any]


def timeline_schema() -> Schema:
    """Return the JSON Schema of a timeline.

    An event's name is any text, since aliases and a policy's own events are names too; the keys
    of the common events are known.
    """
    own = {key.name: key for kind in KINDS for key in kind.keys}
    inside = {
        "events": (*COMMON_KEYS, *(own[name] for name in sorted(own))),
        "statements": STATEMENT_KEYS,
    }
    keys = [replace(key, keys=inside.get(key.name, ())) for key in TIMELINE_KEYS]
    one = _mapping(keys)
    event = one["properties"]["events"]["items"]["anyOf"][1]
    event["properties"]["event"]["examples"] = [kind.name for kind in KINDS]
    return {
        "$schema": _DIALECT,
        "title": "chcheck timeline",
        "anyOf": [
            {"$ref": "#/$defs/timeline"},
            {"type": "array", "items": {"$ref": "#/$defs/timeline"}},
        ],
        "$defs": {"timeline": one},
    }


def rulebook_schema() -> Schema:
    """Return the JSON Schema of a rulebook; a duty has exactly one kind of check."""
    schema = _mapping(RULEBOOK_KEYS)
    schema["properties"]["duties"]["items"] = {
        **_mapping(duty_keys()),
        "oneOf": [{"required": [name]} for name in names_of(kind_keys())],
    }
    return {"$schema": _DIALECT, "title": "chcheck rulebook", **schema}


def _mapping(keys: Iterable[Key]) -> Schema:
    keys = list(keys)
    return {
        "type": "object",
        "properties": {key.name: {"description": key.says, **_value(key)} for key in keys},
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
            return {"anyOf": [*words, _mapping(key.keys)]} if words else _mapping(key.keys)
        case "maps" | "lines":
            line = [{"type": "string"}] if key.kind == "lines" else []
            items = {"anyOf": [*line, _mapping(key.keys)]} if line else _mapping(key.keys)
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
