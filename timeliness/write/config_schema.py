"""The JSON Schema of a configuration, made from the same keys that its reader uses."""

from __future__ import annotations

from timeliness.model.keys import Key
from timeliness.model.statuses import MEANINGS
from timeliness.model.tenures import TENURES
from timeliness.read.config_keys import CONFIG_KEYS
from timeliness.results.weights import SEVERITIES
from timeliness.write.schema import Schema, head, mapping

_TEXT: Schema = {"type": "string"}
_TEXTS: Schema = {"type": "array", "items": _TEXT}
_ONE_OR_MORE = ("code", "rules")
"""What may be one text in place of a list."""
_VALUES: dict[str, Schema] = {
    "columns": _TEXT,
    "events": _TEXT,
    "stages": {"enum": [1, 2, 3]},
    "status": {"enum": list(MEANINGS)},
    "tenures": {"enum": [one for one in TENURES if one]},
    "severity": {"enum": list(SEVERITIES)},
    "floors": {"type": "number", "minimum": 0, "maximum": 1},
}
"""What a table holds under names of the user's own."""


def config_schema() -> Schema:
    """Return the JSON Schema of chcheck.toml, and of [tool.chcheck] in pyproject.toml.

    A day is a text: so editors take the days of TOML.
    """
    schema = {**head("config"), **mapping(CONFIG_KEYS, _value)}
    schema["not"] = {
        "required": ["rules"],
        "anyOf": [{"required": ["policy"]}, {"required": ["code"]}],
    }
    return schema


def _value(key: Key) -> Schema:
    match key.kind:
        case "yes-no":
            return {"type": "boolean"}
        case "number":
            return {"type": "integer", "minimum": 1}
        case "choice":
            return {"enum": list(key.choices)}
        case "items":
            one = {"enum": list(key.choices)} if key.choices else _TEXT
            several = {"type": "array", "items": one}
            return {"anyOf": [_TEXT, several]} if key.name in _ONE_OR_MORE else several
        case "map":
            return mapping(key.keys, _value)
        case "maps":
            return {"type": "array", "items": mapping(key.keys, _value)}
        case "table":
            return _table(key)
        case _:
            return _TEXT


def _table(key: Key) -> Schema:
    if key.name in _VALUES:
        return {"type": "object", "additionalProperties": _VALUES[key.name]}
    inner = mapping(key.keys, _value)
    # The homes of each tenure are under names of ours, the landlords under names of the user's.
    return inner if key.name == "homes" else {"type": "object", "additionalProperties": inner}
