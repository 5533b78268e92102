"""One table of a configuration: its keys, read by their kinds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any, cast

from timeliness.model.covered import check_covered
from timeliness.model.dates import read_date
from timeliness.model.errors import VALUE, DayError, Hint, Mistakes, hint
from timeliness.model.keys import Key

_LEFT_OUT = 'to leave a rule out of every run, write RULE = "off" below [severity]'
_OF_ONE_RUN = {"select": _LEFT_OUT, "ignore": _LEFT_OUT}
"""Options that may be taken for keys, and what to write instead."""


class ConfigTable:
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
                if name in _OF_ONE_RUN and not where:
                    near = Hint(f"it is an option of one run, --{name}; {_OF_ONE_RUN[name]}")
                self.wrong("", f"{VALUE} is not a key", value=name, hint=near)

    def wrong(self, name: str, what: str, *, value: str = "", hint: Hint | None = None) -> None:
        """Note what is wrong with a key, or with the table."""
        key = ": ".join(part for part in (self.where, name) if part)
        self.mistakes.add(0, what, key=key, value=value, hint=hint)

    def need(self, given: Mapping[str, object]) -> list[str]:
        """Note which of some keys are not given, and return them."""
        missing = [name for name, there in given.items() if not there]
        if missing:
            self.wrong("", f"it needs {' and '.join(missing)}")
        return missing

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

    def one_or_more(self, name: str) -> tuple[str, ...]:
        """Return a text or a list of texts, empty where it is not there."""
        single = isinstance(self.data.get(name), str)
        found = (self.text(name),) if single else self.texts(name)
        return tuple(one for one in found if one)

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
