"""What the names in the event column of a long table are taken for."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from timeliness.model.errors import VALUE, InputError, Mistake
from timeliness.model.vocabulary import Kind, Vocabulary
from timeliness.tables.headers import IGNORE, Names
from timeliness.tables.instead import is_blank

_MOST = 50
"""A column of events with more different names may hold anything, and is not listed."""


class EventNames:
    """Knows events by their names, by those that columns are known by, and by what is declared."""

    def __init__(self, vocabulary: Vocabulary, declared: Mapping[str, str], path: str) -> None:
        """Raise `InputError` where a name is declared as something that is no event."""
        self._vocabulary, self._names = vocabulary, Names(vocabulary)
        self._declared: dict[str, Kind | None] = {}
        self._known: dict[str, Kind | None] = {}
        mistakes = []
        for name, meaning in declared.items():
            kind = vocabulary.find(meaning)
            if kind is None and meaning.strip().lower() != IGNORE:
                what = f'the event "{name}" is declared as {VALUE}, which is not an event'
                hint = vocabulary.hint(meaning)
                mistakes.append(Mistake(path, 0, what, value=meaning, hint=hint))
            self._declared[_plain(name)] = kind
        if mistakes:
            raise InputError(mistakes)

    def is_ignored(self, name: str) -> bool:
        """Whether a name is declared to be ignored."""
        return self._declared.get(_plain(name), ...) is None

    def find(self, name: str) -> Kind | None:
        """Return the event of a name, None where it is not known or ignored."""
        if name not in self._known:
            plain = _plain(name)
            if plain in self._declared:
                found = self._declared[plain]
            else:
                found = self._vocabulary.find(name) or self._as_column(name)
            self._known[name] = found
        return self._known[name]

    def _as_column(self, name: str) -> Kind | None:
        field = self._names.recognise(name)
        return self._vocabulary.find(field) if field else None


def _plain(name: str) -> str:
    return " ".join(name.lower().split())


def distinct(cells: pl.Series) -> list[tuple[str, int]]:
    """Return the different texts of a column with how many rows have each, the most common first.

    Nothing where they are so many that they may be about people.
    """
    counted: dict[str, int] = {}
    for text in cells.drop_nulls().to_list():
        if not is_blank(text):
            plain = " ".join(text.split())
            counted[plain] = counted.get(plain, 0) + 1
    if len(counted) > _MOST:
        return []
    return sorted(counted.items(), key=lambda one: (-one[1], one[0]))
