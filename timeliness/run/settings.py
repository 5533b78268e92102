"""The settings of a check, each with where it comes from: an option, the configuration, neither."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from timeliness.model.given import Given
from timeliness.model.settings import Setting, Settings
from timeliness.read.config import configuration_for
from timeliness.read.config_keys import CONFIG_KEYS
from timeliness.read.config_lines import Place, lines_of, values_of

DEFAULTS: Mapping[str, object] = {
    "fail-on": "breach",
    "show": "all",
    "format": "text",
    "nation": "england",
    "body": "housing",
    "as-at": "today",
    "allow-empty": False,
    "explain": False,
    "summary": False,
}
"""What counts where nothing is given; every other setting is then empty."""
_ALWAYS = ("show", "format")
"""The options that always have a value, which no configuration gives."""


def settings_of(given: Given, written: Mapping[str, object]) -> Settings:
    """Return every setting of a check; `written` are its options that say what is written.

    Raises `InputError` where the configuration cannot be read.
    """
    config = configuration_for(given.paths, Path(given.config) if given.config else None)
    lines = lines_of(Path(config.source.path)) if config.source else {}
    options = {
        name.rstrip("_").replace("_", "-"): getattr(given, name)
        for name in given.__struct_fields__
        if name not in ("paths", "config")
    }
    names = dict.fromkeys([*(key.name for key in CONFIG_KEYS), *options, *written])
    declared: dict[str, list[tuple[Place, object]]] = {name: [] for name in names}
    for place, value in values_of(config.data):
        declared[place[0]].append((place, value))
    found = [
        one
        for name in names
        for one in _of(name, {**options, **written}.get(name), declared[name], lines)
    ]
    return Settings(config.source, found)


def _of(
    name: str,
    given: Any,
    declared: Sequence[tuple[Place, object]],
    lines: Mapping[Place, int],
) -> Iterator[Setting]:
    default = DEFAULTS.get(name)
    chosen = given != default or name not in _ALWAYS
    if chosen and given not in (None, "", (), False):
        line = _line(declared[0][0], lines) if declared else None
        yield Setting(name, _plain(given), f"--{name}", line)
        return
    for place, value in declared:
        yield Setting(".".join(place), _plain(value), "", _line(place, lines))
    if not declared:
        yield Setting(name, default)


def _line(place: Place, lines: Mapping[Place, int]) -> int:
    """Return the line of a key, or of the nearest table around it that has one."""
    while place and place not in lines:
        place = place[:-1]
    return lines.get(place, 0)


def _plain(value: object) -> object:
    if isinstance(value, date):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value
