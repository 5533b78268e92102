"""JSON Schemas of timelines and rulebooks, made from the same tables that the readers use."""

from __future__ import annotations

from typing import Any

from timeliness.model.calendars import COUNTING_RULES, NATIONS, UNITS
from timeliness.model.keys import COMMON_KEYS, Key
from timeliness.model.procedures import TERMS, TermKind
from timeliness.model.rulebooks import PROVENANCE
from timeliness.model.vocabulary import KINDS
from timeliness.read.clocks import (
    BEYOND,
    CLOCK_KEYS,
    EXTENSION_KEYS,
    NOT_STATED,
    UNRECORDED_KEYS,
)
from timeliness.read.duties import CHECK_KEYS, DUTY_KEYS
from timeliness.read.fields import MOST
from timeliness.read.procedures import DUTIES, TERM_KEYS
from timeliness.read.rulebooks import EVENT_KEYS, RULE_KEYS, RULEBOOK_KEYS
from timeliness.read.timelines import RECORDS, TIMELINE_KEYS

_DIALECT = "https://json-schema.org/draft/2020-12/schema"

Schema = dict[str, Any]


def timeline_schema() -> Schema:
    """Return the JSON Schema of a timeline.

    An event's name is any text, since aliases and a policy's own events are names too; the keys
    of the common events are known.
    """
    keys = {key.name: key for kind in KINDS for key in kind.keys}
    event: Schema = {
        "type": "object",
        "properties": {
            **{key.name: _of_key(key) for key in COMMON_KEYS},
            **{name: _of_key(key) for name, key in sorted(keys.items())},
        },
        "required": ["event"],
        "additionalProperties": False,
    }
    event["properties"]["event"] = {
        "type": "string",
        "description": "its name",
        "examples": [kind.name for kind in KINDS],
    }
    one = {
        "type": "object",
        "properties": {
            "complaint": _text(TIMELINE_KEYS["complaint"], number=True),
            "landlord": _text(TIMELINE_KEYS["landlord"]),
            "nation": _choice(NATIONS, TIMELINE_KEYS["nation"]),
            "policy": _text(TIMELINE_KEYS["policy"]),
            "record": _choice(RECORDS, TIMELINE_KEYS["record"]),
            "as_at": _text(TIMELINE_KEYS["as_at"]),
            "dates": _choice(("uk", "iso"), TIMELINE_KEYS["dates"]),
            "events": {
                "type": "array",
                "description": TIMELINE_KEYS["events"],
                "minItems": 1,
                "items": {"anyOf": [{"type": "string"}, event]},
            },
            "statements": {
                "type": "array",
                "description": TIMELINE_KEYS["statements"],
                "items": _statement(),
            },
        },
        "required": ["complaint", "events"],
        "additionalProperties": False,
    }
    return {
        "$schema": _DIALECT,
        "title": "chcheck timeline",
        "anyOf": [
            {"$ref": "#/$defs/timeline"},
            {"type": "array", "items": {"$ref": "#/$defs/timeline"}},
        ],
        "$defs": {"timeline": one},
    }


def _statement() -> Schema:
    from timeliness.model.statements import STATEMENT_KINDS
    from timeliness.read.statements import AGAINST, STATEMENT_KEYS

    properties = {name: _text(says) for name, says in STATEMENT_KEYS.items()}
    properties["kind"] = _choice(STATEMENT_KINDS, STATEMENT_KEYS["kind"])
    properties["against"] = _choice(AGAINST, STATEMENT_KEYS["against"])
    for name in ("from", "to"):
        dates = {"type": "array", "items": {"type": "string"}, "minItems": 1}
        properties[name] = {
            "description": STATEMENT_KEYS[name],
            "anyOf": [{"type": "string"}, dates],
        }
    return _mapping(properties, ["words"])


def rulebook_schema() -> Schema:
    """Return the JSON Schema of a rulebook."""
    properties = {name: _text(says) for name, says in RULEBOOK_KEYS.items()}
    properties["standard"] = _choice(("code", "policy"), RULEBOOK_KEYS["standard"])
    properties["nations"] = {"type": "array", "items": _choice(NATIONS, "a nation")}
    properties["in_force"] = _mapping_or(
        {"from": _text("the first day"), "until": _text("the last day")}, NOT_STATED
    )
    properties["transition"] = _mapping(
        {"until": _text("the last day of it"), "says": _text("what it is")}, ["until", "says"]
    )
    properties["counting"] = _choice(COUNTING_RULES, RULEBOOK_KEYS["counting"])
    properties["closure_days"] = {
        "type": "array",
        "items": {
            "anyOf": [
                {"type": "string"},
                _mapping({"date": _text("a day or range"), "says": _text("why")}, ["date"]),
            ]
        },
    }
    properties["events"] = {
        "type": "array",
        "items": _mapping(
            {name: _text(says) for name, says in EVENT_KEYS.items()}, ["name", "says"]
        ),
    }
    properties["duties"] = {"type": "array", "items": _duty()}
    properties["procedure"] = _mapping({name: _term(kind) for name, kind in TERMS.items()}, [])
    properties["rules"] = {"type": "array", "minItems": 1, "items": _rule()}
    needed = ["id", "title", "publisher", "standard", "source", "checked", "rules"]
    return {"$schema": _DIALECT, "title": "chcheck rulebook", **_mapping(properties, needed)}


def _term(kind: TermKind) -> Schema:
    numbers = [int(value) for value in kind.values if value.isdigit()]
    properties = {
        "value": _choice([*kind.values, *numbers], kind.says),
        "clause": _text(TERM_KEYS["clause"], number=True),
        "duty": _choice(DUTIES, TERM_KEYS["duty"]),
        "provenance": _choice(PROVENANCE, TERM_KEYS["provenance"]),
        "note": _text(TERM_KEYS["note"]),
    }
    return _mapping(properties, ["value", "clause", "provenance"])


def _rule() -> Schema:
    texts = {name: _text(says) for name, says in CLOCK_KEYS.items()}
    events = {"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]}
    limit: Schema = {"anyOf": [{"type": "string"}, _limit()]}
    unrecorded = {name: _text(says) for name, says in UNRECORDED_KEYS.items()}
    extension = {name: _text(says) for name, says in EXTENSION_KEYS.items()}
    provenance = _choice(PROVENANCE, RULE_KEYS["provenance"])
    clock = _mapping(
        {
            **texts,
            "limit": limit,
            "shown": events,
            "unrecorded": _mapping({**unrecorded, "no_later_than": events}, ["after"]),
            "extension": _mapping_or(
                {
                    **extension,
                    "most": limit,
                    "needs": {"type": "array", "items": {"type": "string"}},
                    "beyond": {"type": "array", "items": _choice(BEYOND, "an attribute")},
                    "provenance": provenance,
                },
                NOT_STATED,
                ["event", "most", "provenance"],
            ),
        },
        ["start", "stop", "limit"],
    )
    properties = {
        **{name: _text(says) for name, says in RULE_KEYS.items()},
        "clause": _text(RULE_KEYS["clause"], number=True),
        "duty": _choice(DUTIES, RULE_KEYS["duty"]),
        "provenance": provenance,
        "clock": clock,
    }
    return _mapping(properties, ["id", "title", "clause", "duty", "says", "provenance", "clock"])


def _duty() -> Schema:
    """Return the schema of a duty: its own keys, and exactly one kind of check."""
    lists = {"items", "disputed", "must", "must_not", "needs", "grounds", "after", "events"}
    limits = {"too_old", "closes_after", "opens_after"}
    checks: Schema = {}
    for kind, keys in CHECK_KEYS.items():
        inner: Schema = {}
        for name, says in keys.items():
            text = {"type": "string", "description": says}
            if name in lists:
                inner[name] = {"anyOf": [text, {"type": "array", "items": {"type": "string"}}]}
            elif name in limits:
                inner[name] = {"anyOf": [text, _limit()], "description": says}
            else:
                inner[name] = text
        checks[kind] = _mapping(inner, [])
    properties = {
        **{name: _text(says) for name, says in DUTY_KEYS.items()},
        "clause": _text(DUTY_KEYS["clause"], number=True),
        "duty": _choice(DUTIES, DUTY_KEYS["duty"]),
        "provenance": _choice(PROVENANCE, DUTY_KEYS["provenance"]),
        **checks,
    }
    return {
        **_mapping(properties, ["id", "title", "clause", "duty", "says", "provenance"]),
        "oneOf": [{"required": [kind]} for kind in CHECK_KEYS],
    }


def _limit() -> Schema:
    """Return the schema of a limit: one unit with its number."""
    units: Schema = {
        unit: {"type": "integer", "minimum": 1, "maximum": MOST[unit]} for unit in UNITS
    }
    return {**_mapping(units, []), "minProperties": 1, "maxProperties": 1}


def _of_key(key: Key) -> Schema:
    if key.kind == "yes-no":
        return {"description": key.says, "enum": [True, False, "yes", "no"]}
    if key.kind == "items":
        items = _choice(key.choices, key.says)
        return {"anyOf": [{"type": "array", "items": items}, items]}
    if key.name == "date":
        dates = {"type": "array", "items": {"type": "string"}, "minItems": 1}
        return {"description": key.says, "anyOf": [{"type": "string"}, dates]}
    if key.choices:
        return _choice(key.choices, key.says)
    return _text(key.says, number=key.kind == "text")


def _text(says: str, *, number: bool = False) -> Schema:
    return {"type": ["string", "number"] if number else "string", "description": says}


def _choice(values: object, says: str) -> Schema:
    return {"enum": list(values), "description": says}  # type: ignore[call-overload]


def _mapping(properties: Schema, required: list[str]) -> Schema:
    return {
        "type": "object",
        "properties": properties,
        "required": required,
        "additionalProperties": False,
    }


def _mapping_or(properties: Schema, word: str, required: list[str] | None = None) -> Schema:
    return {"anyOf": [{"const": word}, _mapping(properties, required or [])]}
