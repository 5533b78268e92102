"""How a finding that was kept is named, and what differs between two runs, in words."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from msgspec import Struct, field

from timeliness.judge.duties import RECORD_TITLES
from timeliness.model.dates import Span, in_words
from timeliness.model.library import Library
from timeliness.model.plain import capital, number, short_span
from timeliness.model.sides import CALLED, FIRST_OMBUDSMAN
from timeliness.model.verdict_words import BREACH
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
    Kept,
    KeptRun,
)
from timeliness.write.words import STATUSES

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


class Names(Struct, frozen=True):
    """What a file does not say of its findings: titles of rules, how a series is called, and whose
    finding a breach is not.

    `titles` are by the id of a rule, `called` by series and `ombudsmen` by rulebook.
    """

    titles: Mapping[str, str] = field(default_factory=dict)
    called: Mapping[str, str] = field(default_factory=dict)
    ombudsmen: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, library: Library) -> Names:
        """Return the names of the rulebooks that are known."""
        books = library.rulebooks.values()
        titles = {one.id: one.title for book in books for one in book.every_rule}
        return cls(
            {**RECORD_TITLES, **titles},
            {book.series: book.called for book in books if book.called},
            {book.id: book.ombudsman for book in books if book.ombudsman},
        )

    def ombudsmen_of(self, run: KeptRun) -> tuple[str, ...]:
        """Return whose finding a breach of a run is not, each once."""
        used = {one.rulebook: one for several in run.found.values() for one in several}
        books = sorted(book for one in used.values() for book in one.books)
        named = dict.fromkeys(self.ombudsmen[one] for one in books if one in self.ombudsmen)
        return tuple(named) or (FIRST_OMBUDSMAN,)


def name_of(key: Key, names: Names) -> str:
    """Return the title of a finding with whose rule it is: Stage 1 response (Code)."""
    _, _, standard, series, rule, episode = key
    title = names.titles.get(rule) or capital(rule.replace("-", " "))
    again = f", episode {episode}" if episode != "1" else ""
    whose = names.called.get(series) or CALLED.get(standard, standard)
    return f"{title}{again} ({whose})"


def days_text(days: Days) -> str:
    """Return a span of days in short: 4 Mar 2025; 4 to 6 Mar 2025."""
    try:
        return short_span(Span(*(date.fromisoformat(day) if day else None for day in days)))
    except ValueError:
        return "/".join(days)


def difference_text(one: Difference) -> str:
    """Return what differs between two runs in a line."""
    name = f"{_NAMES[one.kind]} {one.name}".strip()
    if one.kind in _HASHED:
        if NONE in (one.then, one.now):
            return f"{name}: {'not used then' if one.then == NONE else 'not used now'}"
        return f"{name}: another content (SHA-256 {one.then[:12]} then, {one.now[:12]} now)"
    then, now = (one.then, one.now) if one.kind != AS_AT else map(day_words, (one.then, one.now))
    return f"{name}: {then} then; {now} now"


def day_words(day: str) -> str:
    """Return a day in ISO form as people write it."""
    try:
        return in_words(date.fromisoformat(day))
    except ValueError:
        return day


def kept_text(one: Kept) -> str:
    """Return the verdict of a finding with its days: breach, due 4 Mar 2025, 3 days late."""
    status = STATUSES.get(one.verdict)
    parts = [status.word.lower() if status else one.verdict]
    if any(one.due):
        parts.append(f"due {days_text(one.due)}")
    if any(one.done):
        parts.append(f"done {days_text(one.done)}")
    if one.verdict == BREACH and any(one.days_late):
        parts.append(f"{late_text(one)} late")
    return ", ".join(parts)


def late_text(one: Kept) -> str:
    """Return how late a finding is, in days: 3 days, 3 to 5 days, 3 or more days."""
    least, most = one.days_late
    if least == most:
        return number(int(least), "day") if least.isdecimal() else least
    least, most = (f"{int(one):,}" if one.isdecimal() else one for one in (least, most))
    return f"{least} to {most} days" if most else f"{least} or more days"
