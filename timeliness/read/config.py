"""The configuration: the nearest chcheck.toml, or one that is named, and what it says."""

from __future__ import annotations

import hashlib
import json
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from msgspec import Struct, field
from msgspec.structs import replace

from timeliness.model.assumption import FACTS, Assumption
from timeliness.model.calendars import NATIONS
from timeliness.model.days_off import DayOff
from timeliness.model.declared import NOTHING_DECLARED, Declared
from timeliness.model.errors import VALUE, InputError, Mistake, Mistakes
from timeliness.model.keys import Key
from timeliness.model.report import Configuration
from timeliness.model.sides import CODE
from timeliness.model.statuses import MEANINGS
from timeliness.model.tenures import TENURES, plain_tenure
from timeliness.read.config_file import find_config
from timeliness.read.config_keys import (
    ACCEPTED_KEYS,
    ASSUME_KEYS,
    CONFIG_KEYS,
    DAY_OFF_KEYS,
    HOMES_KEYS,
    LANDLORD_KEYS,
)
from timeliness.read.config_table import ConfigTable
from timeliness.results.gate import AcceptedEntry, Floor
from timeliness.results.weights import SEVERITIES

_SHORTEST_FINGERPRINT = 8
SETTINGS = "settings"
"""What stands for the path of a configuration that is in no file."""


class Config(Struct, frozen=True):
    """What a configuration says; `source` is its file, or None where there is none.

    `data` is the same as it is written.
    """

    source: Configuration | None = None
    declared: Declared = NOTHING_DECLARED
    fail_on: str = ""
    baseline: Path | None = None
    floors: tuple[Floor, ...] = ()
    accepted: tuple[AcceptedEntry, ...] = ()
    homes: Mapping[str, int] = field(default_factory=dict)
    tenures: Mapping[str, str] = field(default_factory=dict)
    severity: Mapping[str, str] = field(default_factory=dict)
    data: Mapping[str, Any] = field(default_factory=dict)

    @property
    def has_gate(self) -> bool:
        """Whether more is asked of a run than a threshold."""
        return bool(self.floors or self.accepted or self.baseline)


def read_config(path: Path) -> Config:
    """Read a configuration. Raises `InputError` with every mistake in it."""
    try:
        raw = path.read_bytes()
        data: Mapping[str, Any] = tomllib.loads(raw.decode("utf-8"))
    except OSError as error:
        says = f"the configuration cannot be read: {error.strerror}"
        raise InputError([Mistake(str(path), 0, says)]) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise InputError([Mistake(str(path), 0, f"this is not TOML: {error}")]) from None
    if path.name == "pyproject.toml":
        data = _table_of(path, _table_of(path, data, "tool"), "chcheck")
    return _read(path, data, raw)


def config_of(settings: Mapping[str, Any]) -> Config:
    """Return what settings say that a program gives, under the keys of a configuration.

    A path in them counts from the working folder. Raises `InputError` with every mistake in them.
    """
    _check_keys(settings)
    raw = json.dumps(settings, sort_keys=True, default=str).encode()
    return _read(Path(SETTINGS), settings, raw)


def _check_keys(settings: object) -> None:
    """Raise `InputError` for a key that is no text, which TOML cannot have."""
    if isinstance(settings, list):
        for one in settings:
            _check_keys(one)
    elif isinstance(settings, Mapping):
        for key, value in settings.items():
            if not isinstance(key, str):
                says = f"{key!r} is not a key; every key is a text"
                raise InputError([Mistake(SETTINGS, 0, says)])
            _check_keys(value)


def _read(path: Path, data: Mapping[str, Any], raw: bytes) -> Config:
    config = _Reader(path, data).config()
    used = Configuration(str(path), hashlib.sha256(raw).hexdigest(), config.declared.days_off)
    return replace(config, source=used, data=data)


def _table_of(path: Path, data: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    table = data.get(name, {})
    if not isinstance(table, dict):
        says = f"{name}: a table is expected, [tool.chcheck]"
        raise InputError([Mistake(str(path), 0, says)])
    return table


class _Reader:
    def __init__(self, path: Path, data: Mapping[str, Any]) -> None:
        self.path, self.mistakes = path, Mistakes(str(path))
        self.top = ConfigTable(data, CONFIG_KEYS, self.mistakes)

    def config(self) -> Config:
        top = self.top
        baseline = top.text("baseline")
        declared = Declared(
            landlord=top.text("landlord"),
            **self._rules(top),
            nation=top.choice("nation"),
            body=top.choice("body"),
            as_at=top.day("as-at"),
            dates=top.choice("dates"),
            sheets=(sheet,) if (sheet := top.text("sheet")) else (),
            form=top.choice("form"),
            columns=self._texts("columns", "what the column contains"),
            events=self._texts("events", "the event that the name means"),
            stages=self._stages(),
            statuses=self._statuses(),
            recorded=top.texts("recorded"),
            assumption=self._assumption(),
            allow_empty=top.flag("allow-empty"),
            landlords=self._landlords(),
            days_off=tuple(self._days_off()),
            tenure=top.text("tenure"),
        )
        config = Config(
            declared=declared,
            fail_on=top.choice("fail-on"),
            baseline=self.path.parent / baseline if baseline else None,
            floors=tuple(self._floors()),
            accepted=tuple(self._accepted()),
            homes=self._homes(),
            tenures=self._tenures(),
            severity=self._severity(),
        )
        self.mistakes.raise_any()
        return config

    def _rules(self, table: ConfigTable) -> dict[str, Any]:
        """Return policy, Codes or both, each path counted from the folder of the configuration."""
        given = [name for name in ("policy", "code") if name in table.data]
        if "rules" in table.data and given:
            table.wrong(
                "rules", f"{' and '.join(given)} can be written here as well; keep one of the two"
            )
        return {
            "policy": self._from_here(table.text("policy")),
            "codes": tuple(map(self._from_here, table.one_or_more("code"))),
            "rules": tuple(map(self._from_here, table.one_or_more("rules"))),
        }

    def _from_here(self, name: str) -> str:
        return str(self.path.parent / name) if name.endswith((".yaml", ".yml")) else name

    def _texts(self, name: str, meaning: str) -> dict[str, str]:
        """Return a table of texts under any names."""
        data = self.top.table(name)
        table = ConfigTable(data, [Key(key, "text", meaning) for key in data], self.mistakes, name)
        return {key: table.text(key) for key in data}

    def _homes(self) -> dict[str, int]:
        """Return how many homes there are of each tenure."""
        table = ConfigTable(self.top.table("homes"), HOMES_KEYS, self.mistakes, "homes")
        found = {}
        for name, number in table.data.items():
            if not isinstance(number, int) or isinstance(number, bool) or number < 1:
                table.wrong(name, f"a whole number is expected, such as {name} = 2480")
            elif name in table.keys:
                found[name] = number
        return found

    def _tenures(self) -> dict[str, str]:
        """Return what the text of a tenure means, by its plain form."""
        data = self.top.table("tenures")
        known = tuple(name for name in TENURES if name)
        keys = [Key(text, "choice", "the tenure that it means", known) for text in data]
        table = ConfigTable(data, keys, self.mistakes, "tenures")
        return {plain_tenure(text): meant for text in data if (meant := table.choice(text))}

    def _stages(self) -> dict[str, int]:
        found = {}
        for text, stage in self.top.table("stages").items():
            if isinstance(stage, bool) or stage not in (1, 2, 3):
                self.top.wrong("stages", f"{VALUE} means stage 1, 2 or 3, such as 2", value=text)
            else:
                found[text] = int(stage)
        return found

    def _assumption(self) -> Assumption | None:
        """Return what is assumed of extensions, who approved it and when."""
        data = self.top.table("assume")
        if "assume" not in self.top.data:
            return None
        table = ConfigTable(data, ASSUME_KEYS, self.mistakes, "assume")
        facts = table.texts("extension-letters")
        for one in facts:
            if one not in FACTS:
                what = f"{VALUE} is not one of {', '.join(FACTS)}"
                table.wrong("extension-letters", what, value=one)
        approver, day = table.text("approver"), table.day("date")
        for name, given, such in (
            ("extension-letters", data.get("extension-letters"), '["reason", "in_writing"]'),
            ("approver", approver, '"Head of Complaints"'),
            ("date", "date" in data, "2026-03-31"),
        ):
            if not given:
                table.wrong("", f"it needs {name}, such as {name} = {such}")
        return Assumption(tuple(dict.fromkeys(facts)), approver, day) if day and facts else None

    def _severity(self) -> dict[str, str]:
        data = self.top.table("severity")
        keys = [Key(name, "choice", "how much its findings matter", SEVERITIES) for name in data]
        table = ConfigTable(data, keys, self.mistakes, "severity")
        return {name: severity for name in data if (severity := table.choice(name))}

    def _statuses(self) -> dict[str, str]:
        data = self.top.table("status")
        keys = [Key(text, "choice", "what the status means", MEANINGS) for text in data]
        table = ConfigTable(data, keys, self.mistakes, "status")
        return {text: table.choice(text) for text in data}

    def _landlords(self) -> dict[str, Declared]:
        expected = 'tables are expected, [landlords."Name of the landlord"]'
        found: dict[str, Declared] = {}
        for name, data in self.top.table("landlords", expected).items():
            table = ConfigTable(data, LANDLORD_KEYS, self.mistakes, f'landlords "{name}"')
            found[name] = Declared(
                **self._rules(table), nation=table.choice("nation"), body=table.choice("body")
            )
        return found

    def _floors(self) -> Iterator[Floor]:
        for name, share in self.top.table("floors").items():
            of, _, rule = name.rpartition("/")
            number = isinstance(share, int | float) and not isinstance(share, bool)
            if not number or not 0 <= share <= 1:
                what = f"{VALUE} is a share from 0 to 1, such as 0.95"
                self.top.wrong("floors", what, value=name)
            else:
                yield Floor(of or CODE, rule, float(share), str(self.path))

    def _entries(self, name: str, keys: Sequence[Key]) -> Iterator[ConfigTable]:
        """Yield the tables of a list of tables."""
        entries = self.top.data.get(name, [])
        if not isinstance(entries, list) or not all(isinstance(one, dict) for one in entries):
            self.top.wrong(name, f"a list of tables is expected, [[{name}]]")
            return
        for number, data in enumerate(entries, 1):
            yield ConfigTable(data, keys, self.mistakes, f"{name}, entry {number}")

    def _days_off(self) -> Iterator[DayOff]:
        for table in self._entries("non-working-days", DAY_OFF_KEYS):
            day, nations = table.day("date"), table.texts("nations")
            says, source = table.text("says"), table.text("source")
            table.need({"date": "date" in table.data, "says": says, "source": source})
            for one in nations:
                if one not in NATIONS:
                    table.wrong("nations", f"{VALUE} is not one of {', '.join(NATIONS)}", value=one)
            if day:
                yield DayOff(day, says, source, nations)

    def _accepted(self) -> Iterator[AcceptedEntry]:
        for table in self._entries("accepted", ACCEPTED_KEYS):
            expires = table.day("expires")
            texts = {key.name: table.text(key.name) for key in ACCEPTED_KEYS if key.kind == "text"}
            needed = [key.name for key in ACCEPTED_KEYS if key.required]
            missing = table.need({name: texts.get(name, name in table.data) for name in needed})
            if not texts["complaint"] and not texts["row"]:
                table.wrong("", "it needs the complaint, or the row, that is accepted")
            if texts["row"] and len(texts["row"]) < _SHORTEST_FINGERPRINT:
                table.wrong("", "row is the fingerprint that --rejects writes")
            episode = table.data.get("episode", 1)
            if not isinstance(episode, int) or isinstance(episode, bool) or episode < 1:
                table.wrong("", "episode is a number from 1, such as episode = 2")
            elif expires and not missing:
                yield AcceptedEntry(expires=expires, episode=episode, **texts)


def configuration_for(inputs: Iterable[str | Path], named: Path | None) -> Config:
    """Return the configuration that is named, or else the nearest to the inputs, or an empty one.

    Raises `InputError` with every mistake in it.
    """
    path = named or find_config([Path(one) for one in inputs])
    return read_config(path) if path else Config()
