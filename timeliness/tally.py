"""The sums of a run: findings by verdict, shares in time, and what became of every row."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from timeliness.errors import Mistake
from timeliness.findings import (
    BREACH,
    CANNOT_TELL,
    MET,
    NOT_FOLLOWED,
    VERDICTS,
    Input,
    Report,
)
from timeliness.flat import RECORD, Flat, fingerprint, flat_of
from timeliness.gate import KNOWN, Gate, Key, broken_floors
from timeliness.shares import Share

MOST_WORST = 10
MOST_NAMED = 50
"""As many complaints as are named each, where they were checked as timelines."""
STAGES = ("stage-1-response", "stage-2-response", "stage-3-response")


@dataclass(frozen=True, order=True)
class Trouble:
    """A row that could not be read, in whole or in part, and where it stands.

    `value` is what stands in the cell, unless it may be personal.
    """

    path: str
    line: int
    column: str
    says: str
    value: str = ""
    reference: str = ""
    unit: str = "line"

    @property
    def fingerprint(self) -> str:
        """Return what stays the same when the row moves, as far as there is any such thing."""
        where = "" if self.reference else str(self.line)
        return fingerprint((self.reference, where, self.column, self.value))

    def __str__(self) -> str:
        place = f"{self.path}:{self.line}"
        named = f"complaint {self.reference}: " if self.reference else ""
        column = f'column "{self.column}": ' if self.column else ""
        return f"{place}: {named}{column}{self.says}"


_TOGETHER = {"promise": "Promises", "order": "Orders of the Ombudsman"}
"""What findings are called together whose own titles name one day's promise or order."""


@dataclass
class Tally:
    """Everything one run found, in numbers; `note` says how a table was read."""

    as_at: date
    gate: Gate = field(default_factory=Gate)
    read: int = 0
    partly: list[Trouble] = field(default_factory=list)
    rejected: list[Trouble] = field(default_factory=list)
    unread: list[Mistake] = field(default_factory=list)
    counts: dict[tuple[str, str], Counter[str]] = field(default_factory=dict)
    titles: dict[tuple[str, str], str] = field(default_factory=dict)
    not_examined: Counter[tuple[str, str]] = field(default_factory=Counter)
    record: Counter[str] = field(default_factory=Counter)
    worst: list[Flat] = field(default_factory=list)
    references: list[str] = field(default_factory=list)
    breached: int = 0
    complaints: int = 0
    rulebooks: dict[str, str] = field(default_factory=dict)
    inputs: list[Input] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    statuses: Counter[str] = field(default_factory=Counter)
    seen_known: set[Key] = field(default_factory=set)
    failing: int = 0

    @property
    def checked(self) -> int:
        """Return how many rows were checked in full."""
        partly = {(one.path, one.line) for one in self.partly}
        return self.read - len(partly) - self.rows_rejected

    @property
    def rows_partly(self) -> int:
        """Return how many rows were checked in part."""
        return len({(one.path, one.line) for one in self.partly})

    @property
    def rows_rejected(self) -> int:
        """Return how many rows were rejected."""
        return len({(one.path, one.line) for one in self.rejected})

    @property
    def summary(self) -> dict[str, int]:
        """Return how many findings of each verdict there are, records apart."""
        total: Counter[str] = Counter()
        for (standard, _), counted in self.counts.items():
            if standard != RECORD:
                total += counted
        return {verdict: total[verdict] for verdict in (*VERDICTS, NOT_FOLLOWED)}

    @property
    def shares(self) -> dict[tuple[str, str], Share]:
        """Return the share in time of each rule under each standard."""
        return {
            key: Share(counted[MET], counted[BREACH] + counted[NOT_FOLLOWED], counted[CANNOT_TELL])
            for key, counted in self.counts.items()
            if key[0] != RECORD
        }

    @property
    def gone(self) -> list[Key]:
        """Return the entries of the baseline that no longer occur."""
        return sorted((self.gate.baseline or frozenset()) - self.seen_known)

    @property
    def unaccepted(self) -> list[Trouble]:
        """Return the rows that could not be read and that nobody accepted."""
        return [
            one
            for one in (*self.rejected, *self.partly)
            if not self.gate.accepts_row(one.fingerprint, self.as_at)
        ]

    @property
    def exit_code(self) -> int:
        """Return the exit code: 2 before 1 before 0."""
        if self.unread or self.unaccepted:
            return 2
        return int(bool(self.failing or broken_floors(self.gate.floors, self.shares)))

    def count(self, standard: str, rule: str, title: str, verdict: str, number: int = 1) -> None:
        """Count findings of one rule."""
        key = (standard, rule)
        self.counts.setdefault(key, Counter())[verdict] += number
        self.titles.setdefault(key, _TOGETHER.get(standard, title))

    @property
    def least_of_the_worst(self) -> int:
        """Return how many days late a breach must be to be among the worst."""
        full = len(self.worst) >= MOST_WORST
        return min(flat.days_late[0] or 0 for flat in self.worst) if full else 0

    def keep_worst(self, flats: Iterable[Flat]) -> None:
        """Keep the breaches that are the latest, in days."""
        kept = [*self.worst, *flats]
        kept.sort(key=lambda flat: (-(flat.days_late[0] or 0), flat.complaint, flat.rule))
        del kept[MOST_WORST:]
        self.worst = kept

    def settle(self, key: Key, verdict: str) -> str:
        """Return the status of a finding, and count it."""
        status = self.gate.status(key, verdict, self.as_at)
        if status == KNOWN:
            self.seen_known.add(key)
        if self.gate.baseline is not None and verdict == BREACH and key in self.gate.baseline:
            self.seen_known.add(key)
        self.statuses[status.split(" ")[0] if status else ""] += 1
        if self.gate.fails(verdict, status):
            self.failing += 1
        return status

    def add_report(self, report: Report) -> None:
        """Add complaints that were checked as timelines."""
        self.inputs += report.inputs
        self.unread += report.unchecked
        self.read += len(report.cases)
        self.complaints += len(report.cases)
        self.references += [case.timeline.complaint for case in report.cases[:MOST_NAMED]]
        for book in report.rulebooks:
            self.rulebooks[book.id] = book.title
        for case in report.cases:
            self.breached += bool(case.with_verdict(BREACH))
            late = []
            for one in case.not_examined:
                self.not_examined[one.standard, one.rule] += 1
            for finding in case.findings:
                flat = flat_of(case, finding)
                self.count(flat.standard, flat.rule, flat.title, flat.counts_as)
                self.settle(flat.key, flat.counts_as)
                if flat.counts_as == BREACH:
                    late.append(flat)
            self.keep_worst(late)
