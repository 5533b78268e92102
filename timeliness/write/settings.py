"""The settings of a check and where each comes from, as text and as JSON."""

from __future__ import annotations

from typing import Any

from timeliness.model.clean import as_json, no_command, printable
from timeliness.model.settings import Setting, Settings
from timeliness.write.words import configuration_line

PRECEDENCE = (
    "Options go before the configuration. What a timeline or a column of a table gives for itself "
    "goes before the configuration too, and after the options."
)


def write_settings_text(found: Settings) -> str:
    """Return the settings as text: name, value, and where it comes from."""
    path = found.configuration.path if found.configuration else ""
    rows = [(one.name, _value(one), _origin(one, path)) for one in found.settings]
    wide, wider = (max(len(row[place]) for row in rows) for place in (0, 1))
    lines = [configuration_line(found.configuration), ""]
    lines += [f"{name:{wide}}  {value:{min(wider, 40)}}  {origin}" for name, value, origin in rows]
    lines += ["", PRECEDENCE]
    return "\n".join(no_command(printable(line)) for line in lines) + "\n"


def _value(one: Setting) -> str:
    if one.value is None or one.value == []:
        return "-"
    if isinstance(one.value, list):
        return ", ".join(map(str, one.value))
    return str(one.value).lower() if isinstance(one.value, bool) else str(one.value)


def _origin(one: Setting, path: str) -> str:
    if one.option:
        return one.option if one.line is None else f"{one.option} (before {path}:{one.line})"
    return "default" if one.line is None else f"{path}:{one.line}"


def write_settings_json(found: Settings) -> str:
    """Return the settings as JSON."""
    used = found.configuration
    data: dict[str, Any] = {
        "configuration": {"path": used.path, "sha256": used.sha256} if used else None,
        "settings": [
            {
                "name": one.name,
                "value": one.value,
                "from": one.origin,
                "option": one.option or None,
                "line": one.line,
            }
            for one in found.settings
        ],
    }
    return as_json(data, indent=2) + "\n"
