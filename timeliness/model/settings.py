"""A setting of a check, and where it comes from."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from timeliness.model.report import Configuration


class Setting(Struct, frozen=True):
    """One setting that is in effect.

    `option` is the option that gives it, and `line` where the configuration does; neither of them
    means the default. With both, the option goes before the line.
    """

    name: str
    value: object
    option: str = ""
    line: int | None = None

    @property
    def origin(self) -> str:
        """Return where it comes from: command line, configuration or default."""
        if self.option:
            return "command line"
        return "default" if self.line is None else "configuration"


class Settings(Struct, frozen=True):
    """The settings of a check, and the configuration that some of them come from."""

    configuration: Configuration | None
    settings: Sequence[Setting]
