"""The configuration: the nearest chcheck.toml, or one that is named, and what it says."""

from __future__ import annotations

import hashlib
import os
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any, cast

from timeliness.model.assumption import FACTS, Assumption
from timeliness.model.calendars import check_covered
from timeliness.model.dates import read_date
from timeliness.model.declared import NOTHING_DECLARED, Declared
from timeliness.model.errors import VALUE, DayError, Hint, InputError, Mistake, Mistakes, hint
from timeliness.model.keys import Key
from timeliness.model.report import Input
from timeliness.model.statuses import MEANINGS
from timeliness.read.config_keys import ACCEPTED_KEYS, ASSUME_KEYS, CONFIG_KEYS, LANDLORD_KEYS
from timeliness.results.gate import AcceptedEntry, Floor

_FLOOR_STANDARDS = ("code", "policy")
_SHORTEST_FINGERPRINT = 8


@dataclass(frozen=True)
class Config:
    """What a configuration says; `source` is its file, or None where there is none."""

    source: Input | None = None
    declared: Declared = NOTHING_DECLARED
    fail_on: str = ""
    baseline: Path | None = None
    floors: tuple[Floor, ...] = ()
    accepted: tuple[AcceptedEntry, ...] = ()

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
    source = Input(str(path), hashlib.sha256(raw).hexdigest())
    return replace(_Reader(path, data).config(), source=source)


def _table_of(path: Path, data: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    table = data.get(name, {})
    if not isinstance(table, dict):
        says = f"{name}: a table is expected, [tool.chcheck]"
        raise InputError([Mistake(str(path), 0, says)])
    return table


class _Table:
    """One table of the configuration, whose keys are read by their kinds.

    Unknown keys are noted at once; `where` names the table in what is wrong with it.
    """

    def __init__(
        self, data: Mapping[str, Any], keys: Iterable[Key], mistakes: Mistakes, where: str = ""
    ) -> None:
        self.data, self.mistakes, self.where = data, mistakes, where
        self.keys = {key.name: key for key in keys}
        for name in data:
            if name not in self.keys:
                near = hint(name, self.keys, f"the keys are {', '.join(self.keys)}")
                self.wrong("", f"{VALUE} is not a key", value=name, hint=near)

    def wrong(self, name: str, what: str, *, value: str = "", hint: Hint | None = None) -> None:
        """Note what is wrong with a key, or with the table."""
        key = ": ".join(part for part in (self.where, name) if part)
        self.mistakes.add(0, what, key=key, value=value, hint=hint)

    def text(self, name: str) -> str:
        """Return a text, "" where it is not there."""
        value = self.data.get(name, "")
        if not isinstance(value, str):
            self.wrong(name, f'a text in quotes is expected, such as {name} = "..."')
            return ""
        return value.strip()

    def texts(self, name: str) -> tuple[str, ...]:
        """Return a list of texts, empty where it is not there."""
        values = self.data.get(name, [])
        if not isinstance(values, list) or not all(isinstance(one, str) for one in values):
            self.wrong(name, f'a list of texts is expected, such as {name} = ["..."]')
            return ()
        return tuple(one.strip() for one in values)

    def flag(self, name: str) -> bool:
        """Return whether a key is true."""
        value = self.data.get(name, False)
        if not isinstance(value, bool):
            self.wrong(name, f"true or false is expected, such as {name} = true")
        return value is True

    def choice(self, name: str) -> str:
        """Return one of the words that a key allows, "" where it is not there."""
        text, choices = self.text(name), self.keys[name].choices
        if text and text not in choices:
            self.wrong(name, f"{VALUE} is not one of {', '.join(choices)}", value=text)
            return ""
        return text

    def day(self, name: str) -> date | None:
        """Return a single day, which TOML may have read already."""
        value = self.data.get(name)
        if value is None:
            return None
        if isinstance(value, datetime):
            value = value.date()
        try:
            if not isinstance(value, date):
                span = read_date(str(value)).span
                value = span.earliest if span.exact else None
            if value is not None:
                check_covered(value)
        except DayError as error:
            self.wrong(name, error.what, value=error.value)
            return None
        if value is None:
            self.wrong(name, f"a single day is expected, such as {name} = 2026-03-31")
        return value

    def table(self, name: str, what: str = "") -> Mapping[str, Any]:
        """Return the table under a key; `what` says where tables of tables are expected."""
        table = self.data.get(name, {})
        whole = isinstance(table, dict)
        if not whole or (what and not all(isinstance(one, dict) for one in table.values())):
            self.wrong(name, what or f"a table is expected, [{name}]")
            return {}
        return cast(Mapping[str, Any], table)


class _Reader:
    def __init__(self, path: Path, data: Mapping[str, Any]) -> None:
        self.path, self.mistakes = path, Mistakes(str(path))
        self.top = _Table(data, CONFIG_KEYS, self.mistakes)

    def config(self) -> Config:
        top = self.top
        baseline = top.text("baseline")
        declared = Declared(
            landlord=top.text("landlord"),
            policy=self._policy(top),
            nation=top.choice("nation"),
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
        )
        config = Config(
            declared=declared,
            fail_on=top.choice("fail-on"),
            baseline=self.path.parent / baseline if baseline else None,
            floors=tuple(self._floors()),
            accepted=tuple(self._accepted()),
        )
        self.mistakes.raise_any()
        return config

    def _policy(self, table: _Table) -> str:
        """Return a policy, its path counted from the folder of the configuration."""
        policy = table.text("policy")
        if policy.endswith((".yaml", ".yml")):
            return str(self.path.parent / policy)
        return policy

    def _texts(self, name: str, meaning: str) -> dict[str, str]:
        """Return a table of texts under any names."""
        data = self.top.table(name)
        table = _Table(data, [Key(key, "text", meaning) for key in data], self.mistakes, name)
        return {key: table.text(key) for key in data}

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
        table = _Table(data, ASSUME_KEYS, self.mistakes, "assume")
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

    def _statuses(self) -> dict[str, str]:
        data = self.top.table("status")
        keys = [Key(text, "choice", "what the status means", MEANINGS) for text in data]
        table = _Table(data, keys, self.mistakes, "status")
        return {text: table.choice(text) for text in data}

    def _landlords(self) -> dict[str, Declared]:
        expected = 'tables are expected, [landlords."Name of the landlord"]'
        found: dict[str, Declared] = {}
        for name, data in self.top.table("landlords", expected).items():
            table = _Table(data, LANDLORD_KEYS, self.mistakes, f'landlords "{name}"')
            found[name] = Declared(policy=self._policy(table), nation=table.choice("nation"))
        return found

    def _floors(self) -> Iterator[Floor]:
        for name, share in self.top.table("floors").items():
            standard, _, rule = name.rpartition("/")
            standard = standard or "code"
            number = isinstance(share, int | float) and not isinstance(share, bool)
            if not number or not 0 <= share <= 1:
                what = f"{VALUE} is a share from 0 to 1, such as 0.95"
                self.top.wrong("floors", what, value=name)
            elif standard not in _FLOOR_STANDARDS:
                self.top.wrong("floors", f"{VALUE} must begin with code/ or policy/", value=name)
            else:
                yield Floor(standard, rule, float(share), str(self.path))

    def _accepted(self) -> Iterator[AcceptedEntry]:
        entries = self.top.data.get("accepted", [])
        if not isinstance(entries, list) or not all(isinstance(one, dict) for one in entries):
            self.top.wrong("accepted", "a list of tables is expected, [[accepted]]")
            return
        for number, data in enumerate(entries, 1):
            table = _Table(data, ACCEPTED_KEYS, self.mistakes, f"accepted, entry {number}")
            expires = table.day("expires")
            texts = {key.name: table.text(key.name) for key in ACCEPTED_KEYS if key.kind == "text"}
            missing = [
                key.name
                for key in ACCEPTED_KEYS
                if key.required and not texts.get(key.name, key.name in data)
            ]
            if missing:
                table.wrong("", f"it needs {' and '.join(missing)}")
            if not texts["complaint"] and not texts["row"]:
                table.wrong("", "it needs the complaint, or the row, that is accepted")
            if texts["row"] and len(texts["row"]) < _SHORTEST_FINGERPRINT:
                table.wrong("", "row is the fingerprint that --rejects writes")
            episode = data.get("episode", 1)
            if not isinstance(episode, int) or isinstance(episode, bool) or episode < 1:
                table.wrong("", "episode is a number from 1, such as episode = 2")
            elif expires and not missing:
                yield AcceptedEntry(expires=expires, episode=episode, **texts)


_OWN_TABLE = re.compile(rb"^[ \t]*\[\[?[ \t]*tool[ \t]*\.[ \t]*chcheck[ \t]*[].]", re.MULTILINE)


def configuration_for(inputs: Iterable[str | Path], named: Path | None) -> Config:
    """Return the configuration that is named, or else the nearest to the inputs, or an empty one.

    Raises `InputError` with every mistake in it.
    """
    path = named or find_config([Path(one) for one in inputs])
    return read_config(path) if path else Config()


def find_config(inputs: Iterable[Path]) -> Path | None:
    """Return the nearest chcheck.toml, or pyproject.toml with [tool.chcheck], to the inputs.

    The search begins in the folder of the input, or in the nearest folder that holds all of them,
    and goes up from there; standard input counts as a file of the working folder. The path counts
    from the working folder, unless an input has a full path. Raises `InputError` where a
    pyproject.toml on the way cannot be read.
    """
    paths = list(inputs)
    try:
        start = Path(os.path.commonpath([_folder_of(path) for path in paths]))
    except ValueError:
        # The inputs are on different drives.
        return None
    in_full = any(path.is_absolute() for path in paths)
    for folder in (start, *start.parents):
        own, project = folder / "chcheck.toml", folder / "pyproject.toml"
        if own.is_file():
            return own if in_full else _from_here(own)
        if project.is_file() and _has_table(project):
            return project if in_full else _from_here(project)
    return None


def _folder_of(path: Path) -> Path:
    try:
        return (path if path.is_dir() else path.parent).resolve()
    except OSError:
        # Whoever opens it says what is wrong with the path.
        return Path().resolve()


def _from_here(path: Path) -> Path:
    return Path(os.path.relpath(path))


def _has_table(project: Path) -> bool:
    try:
        return bool(_OWN_TABLE.search(project.read_bytes()))
    except OSError as error:
        says = f"the configuration cannot be read: {error.strerror}"
        raise InputError([Mistake(str(project), 0, says)]) from None
