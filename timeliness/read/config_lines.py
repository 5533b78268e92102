"""On which line of a configuration each of its keys is written."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from timeliness.model.patterns import regex

Place = tuple[str, ...]
"""A key with the tables around it; an entry of a list of tables is its number, from 1."""

_PART = r"""(?:"[^"\n]*"|'[^'\n]*'|[\w-]+)"""
_KEY = regex(rf"[ \t]*(?P<key>{_PART}(?:[ \t]*\.[ \t]*{_PART})*)[ \t]*=")
_HEAD = regex(r"[ \t]*\[(?P<several>\[)?(?P<key>[^\[\]\n]+)\]\]?[ \t]*(?:#.*)?")


def values_of(data: Mapping[str, Any]) -> Iterator[tuple[Place, Any]]:
    """Yield every value of a configuration, each with its place."""
    for name, value in data.items():
        yield from _within((name,), value)


def _within(place: Place, value: Any) -> Iterator[tuple[Place, Any]]:
    if isinstance(value, Mapping) and value:
        for name, inner in value.items():
            yield from _within((*place, name), inner)
    elif isinstance(value, list) and value and all(isinstance(one, Mapping) for one in value):
        for number, inner in enumerate(value, 1):
            yield from _within((*place, str(number)), inner)
    else:
        yield place, value


def lines_of(path: Path) -> dict[Place, int]:
    """Return the line of each key and table of a configuration that can be read."""
    own = ("tool", "chcheck") if path.name == "pyproject.toml" else ()
    lines: dict[Place, int] = {}
    times: dict[Place, int] = {}
    table: Place = ()
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if head := _HEAD.fullmatch(line):
            table = found = _place(head["key"])
            if head["several"]:
                times[table] = times.get(table, 0) + 1
                table = (*table, str(times[table]))
        elif key := _KEY.match(line):
            found = (*table, *_place(key["key"]))
        else:
            continue
        if found[: len(own)] == own:
            lines.setdefault(found[len(own) :], number)
    return lines


def _place(key: str) -> Place:
    """Return the parts of a key, or () for what only looks like one."""
    try:
        inner: Any = tomllib.loads(f"{key} = 0")
    except tomllib.TOMLDecodeError:
        return ()
    parts: list[str] = []
    while isinstance(inner, dict):
        ((name, inner),) = inner.items()
        parts.append(name)
    return tuple(parts)
