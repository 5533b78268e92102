"""The options of a check as they were given: with the same inputs they give the same report."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from msgspec import Struct

from timeliness.model.errors import UsageError

SHOWN = ("all", "problems")
"""What a report shows: everything, or only problems."""


class Given(Struct, frozen=True):
    """The paths and options of one check; what is empty was not given.

    Every path is as it was written, so that it counts from the folder in which the check was run.
    """

    paths: tuple[str, ...] = ()
    as_at: date | None = None
    complaint: str = ""
    from_: date | None = None
    to: date | None = None
    by: tuple[str, ...] = ()
    code: tuple[str, ...] = ()
    policy: str = ""
    nation: str = ""
    dates: str = ""
    sheet: tuple[str, ...] = ()
    config: str = ""
    baseline: str = ""
    fail_on: str = ""
    write_baseline: str = ""
    rejects: str = ""
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    show: str = "all"
    explain: bool = False
    summary: bool = False

    @classmethod
    def defaults(cls) -> dict[str, object]:
        """Return every option by its name in Python, with what it is where it is not given."""
        defaults = cls.__struct_defaults__
        return dict(zip(cls.__struct_fields__[-len(defaults) :], defaults, strict=True))

    def as_data(self) -> dict[str, object]:
        """Return the paths, and every option that was given, as plain data."""
        data: dict[str, object] = {"paths": list(self.paths)}
        for name, default in self.defaults().items():
            value = getattr(self, name)
            if value != default:
                plain = value.isoformat() if isinstance(value, date) else value
                data[name.rstrip("_")] = list(plain) if isinstance(plain, tuple) else plain
        return data

    def as_command(self) -> str:
        """Return the command that was given, without what it was to write."""
        words = [_quoted(word) for word in ("chcheck", *self.paths)]
        return " ".join([*words, self.as_options()]).rstrip()

    def as_options(self, *left_out: str) -> str:
        """Return the options that were given, but for some, as they are written on a command."""
        words: list[str] = []
        for name, value in self.as_data().items():
            if name not in ("paths", *left_out):
                for one in value if isinstance(value, list) else [value]:
                    option = f"--{name.replace('_', '-')}"
                    words += [option] if one is True else [option, str(one)]
        return " ".join(_quoted(word) for word in words)

    @property
    def has_gate(self) -> bool:
        """Whether it asks for a baseline or rejects to be written, of which the report speaks."""
        return bool(self.write_baseline or self.rejects)

    @classmethod
    def of(cls, data: Mapping[str, object]) -> Given:
        """Return what `as_data` made the data of. Raises `UsageError` where it made no such."""
        named = {name.rstrip("_"): name for name in cls.__struct_fields__}
        kinds = {name.rstrip("_"): type(default) for name, default in cls.defaults().items()}
        values: dict[str, object] = {}
        for name, value in data.items():
            kind = kinds.get(name)
            if kind is type(None):
                value = _day(value)
            elif kind is tuple and isinstance(value, list):
                value = tuple(value) if all(isinstance(one, str) for one in value) else None
            elif kind is None or not isinstance(value, kind):
                value = None
            if value is None:
                raise UsageError(f'the report was made with "{name}", which is no option here')
            values[named[name]] = value
        return cls(**values)  # type: ignore[arg-type]


def _quoted(word: str) -> str:
    return f'"{word}"' if not word or any(mark in word for mark in " '&|;") else word


def _day(value: object) -> date | None:
    try:
        return date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None
