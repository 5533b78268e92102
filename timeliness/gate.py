"""The gate: what fails a run, what is old or accepted and does not, and the floors on shares."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from timeliness.errors import InputError, Mistake
from timeliness.findings import BREACH, CANNOT_TELL
from timeliness.shares import Share

FAILING = {"breach": (BREACH,), "cannot-tell": (BREACH, CANNOT_TELL), "never": ()}
"""The verdicts that fail a run, by the name of the threshold."""

KNOWN = "known"
KEY_FIELDS = ("landlord", "complaint", "standard", "rule")
BASELINE_FIELDS = (*KEY_FIELDS, "verdict")

Key = tuple[str, str, str, str]
"""Landlord, complaint, standard and rule: what makes two findings the same one."""


@dataclass(frozen=True)
class AcceptedEntry:
    """A finding, or a row that could not be read, that somebody accepted until a day.

    A field that is empty fits anything; `row` is the fingerprint of a row that could not be read.
    """

    reason: str
    approver: str
    expires: date
    complaint: str = ""
    landlord: str = ""
    standard: str = ""
    rule: str = ""
    row: str = ""

    def fits(self, key: Key) -> bool:
        """Whether the entry speaks of a finding."""
        own = (self.landlord, self.complaint, self.standard, self.rule)
        return not self.row and all(
            not mine or mine == theirs for mine, theirs in zip(own, key, strict=True)
        )

    def status(self, day: date) -> str:
        """Return what an output says of a finding accepted by this entry."""
        if day > self.expires:
            return f"acceptance expired on {self.expires.isoformat()}"
        return f"accepted until {self.expires.isoformat()} by {self.approver}: {self.reason}"


@dataclass(frozen=True)
class Floor:
    """The least share in time of one rule that passes, the worst case counted."""

    standard: str
    rule: str
    share: float

    def broken_by(self, share: Share) -> bool:
        """Whether the worst case of a share lies below the floor."""
        return share.worst is not None and share.worst < self.share


@dataclass(frozen=True)
class Gate:
    """What fails a run and what does not. `baseline` is None where none was given."""

    fail_on: str = "breach"
    floors: tuple[Floor, ...] = ()
    baseline: frozenset[Key] | None = None
    accepted: tuple[AcceptedEntry, ...] = ()
    _by_complaint: dict[str, list[AcceptedEntry]] = field(default_factory=dict, compare=False)

    def __post_init__(self) -> None:
        for entry in self.accepted:
            self._by_complaint.setdefault(entry.complaint, []).append(entry)

    @property
    def looks_at_keys(self) -> bool:
        """Whether single findings matter, beyond how many there are."""
        return self.baseline is not None or bool(self.accepted)

    def entry_for(self, key: Key) -> AcceptedEntry | None:
        """Return the accepted entry that speaks of a finding."""
        entries = [*self._by_complaint.get(key[1], ()), *self._by_complaint.get("", ())]
        return next((entry for entry in entries if entry.fits(key)), None)

    def status(self, key: Key, verdict: str, day: date) -> str:
        """Return whether a finding is accepted or known; "" where it counts as any other."""
        if entry := self.entry_for(key):
            return entry.status(day)
        if self.baseline is not None and verdict == BREACH and key in self.baseline:
            return KNOWN
        return ""

    def fails(self, verdict: str, status: str) -> bool:
        """Whether a finding fails the run."""
        excused = status == KNOWN or status.startswith("accepted")
        return verdict in FAILING[self.fail_on] and not excused

    def accepts_row(self, fingerprint: str, day: date) -> bool:
        """Whether a row that could not be read is accepted."""
        return any(
            entry.row and fingerprint.startswith(entry.row) and day <= entry.expires
            for entry in self.accepted
        )


def read_baseline(path: Path) -> frozenset[Key]:
    """Read a baseline: any CSV of findings, of which the breaches count. Raises `InputError`."""
    import csv

    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file)
            missing = [name for name in KEY_FIELDS if name not in (reader.fieldnames or ())]
            if missing:
                says = f"this is no baseline: it has no column {', '.join(missing)}; write one with"
                raise InputError([Mistake(str(path), 1, f"{says} --write-baseline")])
            rows = [row for row in reader if row.get("verdict", BREACH) == BREACH]
    except (OSError, UnicodeDecodeError) as error:
        why = error.strerror if isinstance(error, OSError) else "it is not UTF-8"
        hint = "; write one with --write-baseline" if isinstance(error, FileNotFoundError) else ""
        says = f"the baseline cannot be read: {why}{hint}"
        raise InputError([Mistake(str(path), 0, says)]) from None
    keys = [tuple(_plain(row[name] or "") for name in KEY_FIELDS) for row in rows]
    return frozenset((one[0], one[1], one[2], one[3]) for one in keys)


def _plain(text: str) -> str:
    """Return a text as it was before it was made safe for a spreadsheet."""
    return text[1:] if text[:1] == "'" and text[1:2] in tuple("=+-@\t\r") else text


def broken_floors(
    floors: Iterable[Floor], shares: Mapping[tuple[str, str], Share]
) -> list[tuple[Floor, Share]]:
    """Return the floors that are not held, each with the share that lies below it."""
    return [
        (floor, share)
        for floor in floors
        if (share := shares.get((floor.standard, floor.rule))) and floor.broken_by(share)
    ]
