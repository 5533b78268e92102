"""What the gate makes of findings and of rows: known, accepted, lowered, or failing the run."""

from __future__ import annotations

from collections import Counter
from datetime import date

from msgspec import Struct, field

from timeliness.model.errors import Mistake
from timeliness.model.sides import RuleKey, Side
from timeliness.model.verdict_words import BREACH, CANNOT_TELL, PROBLEMS
from timeliness.results.flat import fingerprint_of_row
from timeliness.results.gate import (
    ACCEPTED,
    EXPIRED,
    KNOWN,
    AcceptedEntry,
    Gate,
    Key,
    rule_of,
    unnamed,
    written_key,
)
from timeliness.results.weights import NOTE, WARNING

MOST_NAMED = 50
"""As many are named each: findings that the gate passes or lowers, and complaints of timelines."""
_STATUSES = (KNOWN, ACCEPTED, EXPIRED, WARNING, NOTE)

_LOWERED = dict.fromkeys((WARNING, NOTE), (BREACH, CANNOT_TELL))
"""The verdicts that each severity lowers: a "should" that was not followed is a note anyway."""


class Gated(Struct):
    """The findings and rows of one run that the gate looked at.

    `as_at` is the day of what names none. `excused` names findings that are accepted, `expired`
    those that count again, and `lowered` those whose rule is only a warning or a note. `known_left`
    holds what is left of the baseline, and `used` the accepted entries that fit something.
    """

    as_at: date
    gate: Gate = field(default_factory=Gate)
    partly: list[Mistake] = field(default_factory=list)
    rejected: list[Mistake] = field(default_factory=list)
    statuses: Counter[str] = field(default_factory=Counter)
    excused: list[tuple[Key, str]] = field(default_factory=list)
    expired: list[tuple[Key, str]] = field(default_factory=list)
    lowered: list[tuple[Key, str]] = field(default_factory=list)
    failing: int = 0
    known_left: Counter[Key] = field(default_factory=Counter)
    used: set[AcceptedEntry] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.known_left.update(self.gate.baseline or {})

    @property
    def known_unlooked(self) -> int:
        """Return how many findings of the baseline are of rules that were not looked at."""
        return sum(not self.looks_at(key) for key in self.known_left.elements())

    def looks_at(self, key: Key) -> bool:
        """Whether the rule of a finding is looked at."""
        return self.gate.weights.looks_at(rule_of(key))

    @property
    def unused(self) -> list[tuple[int, AcceptedEntry]]:
        """Return the accepted entries that fit nothing, each with its number.

        One for a rule that was not looked at is none of them.
        """
        rows = map(fingerprint_of_row, self.troubles)
        fitting = {*map(self.gate.entry_for_row, rows), *self.used, *self.gate.unclear}
        return [
            (number, entry)
            for number, entry in enumerate(self.gate.accepted, 1)
            if entry not in fitting
            and self.gate.weights.looks_at(RuleKey(Side(entry.standard, entry.series), entry.rule))
        ]

    @property
    def troubles(self) -> list[Mistake]:
        """Return the rows that could not be read, the rejected first."""
        return [*self.rejected, *self.partly]

    def status_of_row(self, one: Mistake) -> str:
        """Return whether a row that could not be read is accepted."""
        entry = self.gate.entry_for_row(fingerprint_of_row(one))
        return entry.status(one.as_at or self.as_at) if entry else ""

    def accepts_row(self, one: Mistake) -> bool:
        """Whether somebody accepted a row that could not be read, and still does."""
        return self.status_of_row(one).startswith(ACCEPTED)

    @property
    def unaccepted(self) -> list[Mistake]:
        """Return the rows that could not be read and that nobody accepted."""
        return [one for one in self.troubles if not self.accepts_row(one)]

    def settle(self, key: Key, verdict: str, day: date) -> str:
        """Return the status of a finding as of a day, and count it.

        The gate has met all those of its complaint.
        """
        if verdict not in PROBLEMS:
            return ""
        status = KNOWN if verdict == BREACH and self._is_known(key) else ""
        entry = self.gate.entry_for(key)
        if entry:
            self.used.add(entry)
            status = entry.status(day)
        severity = self.gate.weights.of(rule_of(key))
        if verdict in _LOWERED.get(severity, ()) and not status.startswith((KNOWN, ACCEPTED)):
            status = severity
        for beginning, told in (
            (ACCEPTED, self.excused),
            (EXPIRED, self.expired),
            (severity, self.lowered),
        ):
            if status.startswith(beginning) and len(told) < MOST_NAMED:
                told.append((key, status))
        self.statuses[next((one for one in _STATUSES if status.startswith(one)), "")] += 1
        self.failing += self.gate.fails(verdict, status)
        return status

    def _is_known(self, key: Key) -> bool:
        """Whether the baseline has an entry left for a finding; it is used up by it."""
        if not self.known_left:
            return False
        written = written_key(key)
        for known in (written, unnamed(written)):
            if known and self.known_left[known] > 0:
                self.known_left[known] -= 1
                return True
        return False
