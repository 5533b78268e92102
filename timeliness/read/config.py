"""The configuration: chcheck.toml, or [tool.chcheck] in pyproject.toml, or a file that is named."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

from timeliness.model.calendars import NATIONS, check_covered
from timeliness.model.dates import read_date
from timeliness.model.errors import DayError, InputError, Mistake
from timeliness.model.hints import hint
from timeliness.model.timelines import Defaults
from timeliness.results.gate import FAILING, AcceptedEntry, Floor

KEYS = {
    "landlord": "the landlord of complaints that name none",
    "policy": "the policy of complaints that name none",
    "nation": "the nation of complaints that name none",
    "as-at": "the day on which the export was taken",
    "dates": "how dates of numbers are written: uk, us or iso",
    "sheet": "the sheet of a workbook to read",
    "form": "wide (a row per complaint) or long (a row per event)",
    "fail-on": "what makes the exit code 1",
    "baseline": "a CSV of findings that are known",
    "columns": "by header, what each column holds",
    "landlords": "by name, the policy and nation of each landlord of a file",
    "floors": "by rule, the least share in time",
    "accepted": "findings and rows that are accepted, each with reason, approver and expires",
}
_ACCEPTED_TEXTS = ("reason", "approver", "complaint", "landlord", "standard", "rule", "row")
_ACCEPTED = (*_ACCEPTED_TEXTS, "expires", "episode")
_FLOOR_STANDARDS = ("code", "policy")


@dataclass(frozen=True)
class Config:
    """What a configuration says; `path` is "" where there is none."""

    path: str = ""
    landlord: str = ""
    policy: str = ""
    nation: str = ""
    as_at: date | None = None
    dates: str = ""
    sheet: str = ""
    form: str = ""
    fail_on: str = ""
    baseline: Path | None = None
    columns: Mapping[str, str] = field(default_factory=dict)
    landlords: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    floors: tuple[Floor, ...] = ()
    accepted: tuple[AcceptedEntry, ...] = ()

    @property
    def has_gate(self) -> bool:
        """Whether more is asked of a run than a threshold."""
        return bool(self.floors or self.accepted or self.baseline)

    @property
    def defaults(self) -> Defaults:
        """Return what holds of timelines that do not say it themselves."""
        return Defaults(
            self.landlord,
            self.policy,
            self.nation,
            self.as_at,
            {name.lower(): one["policy"] for name, one in self.landlords.items()},
            {name.lower(): one["nation"] for name, one in self.landlords.items()},
        )


def find_config(folder: Path) -> Path | None:
    """Return the configuration of a folder, if it has one."""
    own = folder / "chcheck.toml"
    if own.is_file():
        return own
    project = folder / "pyproject.toml"
    if project.is_file() and b"[tool.chcheck" in project.read_bytes():
        return project
    return None


def read_config(path: Path) -> Config:
    """Read a configuration. Raises `InputError` with every mistake in it."""
    try:
        with path.open("rb") as file:
            data: Mapping[str, Any] = tomllib.load(file)
    except OSError as error:
        says = f"the configuration cannot be read: {error.strerror}"
        raise InputError([Mistake(str(path), 0, says)]) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise InputError([Mistake(str(path), 0, f"this is not TOML: {error}")]) from None
    if path.name == "pyproject.toml":
        data = _table_of(path, _table_of(path, data, "tool"), "chcheck")
    return _Reader(path, data).config()


def _table_of(path: Path, data: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    table = data.get(name, {})
    if not isinstance(table, dict):
        says = f"{name}: a table is expected, [tool.chcheck]"
        raise InputError([Mistake(str(path), 0, says)])
    return table


class _Reader:
    def __init__(self, path: Path, data: Mapping[str, Any]) -> None:
        self.path, self.data = path, data
        self.mistakes: list[Mistake] = []

    def config(self) -> Config:
        self._known(self.data, KEYS, "")
        baseline = self._text(self.data, "baseline")
        config = Config(
            path=str(self.path),
            landlord=self._text(self.data, "landlord"),
            policy=self._policy(self._text(self.data, "policy")),
            nation=self._choice(self.data, "nation", tuple(NATIONS)),
            as_at=self._day(self.data, "as-at"),
            dates=self._choice(self.data, "dates", ("uk", "us", "iso")),
            sheet=self._text(self.data, "sheet"),
            form=self._choice(self.data, "form", ("wide", "long")),
            fail_on=self._choice(self.data, "fail-on", tuple(FAILING)),
            baseline=self.path.parent / baseline if baseline else None,
            columns=self._texts("columns"),
            landlords=self._landlords(),
            floors=tuple(self._floors()),
            accepted=tuple(self._accepted()),
        )
        if self.mistakes:
            raise InputError(self.mistakes)
        return config

    def _wrong(self, says: str) -> None:
        self.mistakes.append(Mistake(str(self.path), 0, says))

    def _known(self, data: Mapping[str, Any], keys: Any, where: str) -> None:
        for key in data:
            if key not in keys:
                told = hint(key, keys, f"the keys are {', '.join(keys)}")
                self._wrong(f'{where}"{key}" is not a key; {told}')

    def _text(self, data: Mapping[str, Any], key: str, where: str = "") -> str:
        value = data.get(key, "")
        if not isinstance(value, str):
            self._wrong(f'{where}{key}: a text in quotes is expected, such as {key} = "..."')
            return ""
        return value.strip()

    def _choice(self, data: Mapping[str, Any], key: str, choices: tuple[str, ...]) -> str:
        text = self._text(data, key)
        if text and text not in choices:
            self._wrong(f'{key}: "{text}" is not one of {", ".join(choices)}')
            return ""
        return text

    def _policy(self, policy: str) -> str:
        """Return a policy, its path counted from the folder of the configuration."""
        if policy.endswith((".yaml", ".yml")):
            return str(self.path.parent / policy)
        return policy

    def _day(self, data: Mapping[str, Any], key: str, where: str = "") -> date | None:
        value = data.get(key)
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
            self._wrong(f"{where}{key}: {error}")
            return None
        if value is None:
            self._wrong(f"{where}{key}: a single day is expected, such as {key} = 2026-03-31")
        return value

    def _texts(self, key: str) -> dict[str, str]:
        table = self.data.get(key, {})
        if not isinstance(table, dict):
            self._wrong(f"{key}: a table is expected, [{key}]")
            return {}
        return {name: self._text(table, name, f"{key}: ") for name in table}

    def _landlords(self) -> dict[str, dict[str, str]]:
        table = self.data.get("landlords", {})
        if not isinstance(table, dict) or not all(isinstance(one, dict) for one in table.values()):
            self._wrong('landlords: tables are expected, [landlords."Name of the landlord"]')
            return {}
        for name, one in table.items():
            self._known(one, ("policy", "nation"), f'landlords "{name}": ')
        return {
            name: {
                "policy": self._policy(self._text(one, "policy", f'landlords "{name}": ')),
                "nation": self._choice(one, "nation", tuple(NATIONS)),
            }
            for name, one in table.items()
        }

    def _floors(self) -> list[Floor]:
        table = self.data.get("floors", {})
        if not isinstance(table, dict):
            self._wrong("floors: a table is expected, [floors]")
            return []
        floors = []
        for name, share in table.items():
            standard, _, rule = name.rpartition("/")
            standard = standard or "code"
            number = isinstance(share, int | float) and not isinstance(share, bool)
            if not number or not 0 <= share <= 1:
                self._wrong(f'floors: "{name}" is a share from 0 to 1, such as 0.95')
            elif standard not in _FLOOR_STANDARDS:
                self._wrong(f'floors: "{name}" begins with none of code/ and policy/')
            else:
                floors.append(Floor(standard, rule, float(share), str(self.path)))
        return floors

    def _accepted(self) -> list[AcceptedEntry]:
        entries = self.data.get("accepted", [])
        if not isinstance(entries, list) or not all(isinstance(one, dict) for one in entries):
            self._wrong("accepted: a list of tables is expected, [[accepted]]")
            return []
        found = []
        for number, one in enumerate(entries, 1):
            where = f"accepted, entry {number}: "
            self._known(one, _ACCEPTED, where)
            expires = self._day(one, "expires", where)
            texts = {
                key: self._text(one, key, where)
                for key in _ACCEPTED
                if key not in ("expires", "episode")
            }
            missing = [key for key in ("reason", "approver") if not texts[key]]
            missing += ["expires"] * ("expires" not in one)
            if missing:
                self._wrong(f"{where}it needs {' and '.join(missing)}")
            if not texts["complaint"] and not texts["row"]:
                self._wrong(f"{where}it needs the complaint, or the row, that is accepted")
            if texts["row"] and len(texts["row"]) < 8:
                self._wrong(f"{where}row is the fingerprint that --rejects writes")
            episode = one.get("episode", 1)
            if not isinstance(episode, int) or isinstance(episode, bool) or episode < 1:
                self._wrong(f"{where}episode is a number from 1, such as episode = 2")
            elif expires and not missing:
                found.append(AcceptedEntry(expires=expires, episode=episode, **texts))
        return found
