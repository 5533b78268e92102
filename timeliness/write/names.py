"""How a finding that was kept is named, and what differs between two runs, in words."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from timeliness.judge.duties import RECORD_TITLES
from timeliness.model.dates import in_words
from timeliness.model.plain import capital, short_day
from timeliness.model.rulebooks import Library
from timeliness.model.sides import CALLED
from timeliness.results.gate import Key
from timeliness.results.kept import (
    AS_AT,
    BASELINE,
    CALENDAR,
    COLUMNS,
    CONFIGURATION,
    INPUT,
    NONE,
    OPTIONS,
    RULEBOOK,
    VERSION,
    Days,
    Difference,
)

_NAMES = {
    AS_AT: "The day of the check",
    OPTIONS: "Options",
    INPUT: "Input",
    COLUMNS: "How the columns are read",
    CONFIGURATION: "Configuration",
    BASELINE: "Baseline",
    RULEBOOK: "Rulebook",
    CALENDAR: "Calendar",
    VERSION: "chcheck",
}
_HASHED = (INPUT, CONFIGURATION, BASELINE, RULEBOOK)


def titles_in(library: Library) -> Mapping[str, str]:
    """Return the title of each rule by its id, and how each series is called by its name."""
    books = library.rulebooks.values()
    called = {book.series: book.called for book in books if book.called}
    return {**called, **RECORD_TITLES, **{one.id: one.title for b in books for one in b.every_rule}}


def name_of(key: Key, titles: Mapping[str, str]) -> str:
    """Return the title of a finding with whose rule it is: Stage 1 response (Code)."""
    _, _, standard, series, rule, episode = key
    title = titles.get(rule) or capital(rule.replace("-", " "))
    again = f", episode {episode}" if episode != "1" else ""
    whose = titles.get(series) or CALLED.get(standard, standard)
    return f"{title}{again} ({whose})"


def days_text(days: Days) -> str:
    """Return a span of days in short: 4 Mar 2025; 4 Mar 2025 to 6 Mar 2025."""
    first, last = (_short(day) for day in days)
    if first == last:
        return first
    if first and last:
        return f"{first} to {last}"
    return f"{first} or later" if first else f"{last} or earlier"


def _short(day: str) -> str:
    try:
        return short_day(date.fromisoformat(day)) if day else ""
    except ValueError:
        return day


def difference_text(one: Difference) -> str:
    """Return what differs between two runs in a line."""
    name = f"{_NAMES[one.kind]} {one.name}".strip()
    if one.kind in _HASHED:
        if NONE in (one.then, one.now):
            return f"{name}: {'not used then' if one.then == NONE else 'not used now'}"
        return f"{name}: another content (SHA-256 {one.then[:12]} then, {one.now[:12]} now)"
    then, now = (one.then, one.now) if one.kind != AS_AT else map(_in_words, (one.then, one.now))
    return f"{name}: {then} then; {now} now"


def _in_words(day: str) -> str:
    try:
        return in_words(date.fromisoformat(day))
    except ValueError:
        return day
