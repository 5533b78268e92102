"""The gate: what fails a run, what is old or accepted and does not, and the floors on shares."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cached_property, lru_cache
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from timeliness.model.clean import safe_cell
from timeliness.model.errors import InputError, Mistake
from timeliness.model.findings import Accepted, Case, Finding
from timeliness.model.sides import CODE, FIRST, RuleKey, Side, side_name
from timeliness.model.verdict_words import BREACH, CANNOT_TELL, summed_as
from timeliness.results.flat import Flat
from timeliness.results.shares import Share
from timeliness.results.weights import EVERY_RULE, NOTE, WARNING, Weights

FAILING = {"breach": (BREACH,), "cannot-tell": (BREACH, CANNOT_TELL), "never": ()}
"""The verdicts that fail a run, by the name of the threshold."""

KNOWN, ACCEPTED, EXPIRED = "known", "accepted", "acceptance expired"
"""What the status of a finding, or of a row, begins with; it is "" where it counts as any other.

A finding may also have the severity of its rule as its status: warning or note.
"""
PASSING = (KNOWN, ACCEPTED, WARNING, NOTE)
"""What the status of a finding begins with that does not fail a run."""

KEY_FIELDS = ("landlord", "complaint", "standard", "series", "rule", "episode")
BASELINE_FIELDS = (*KEY_FIELDS, "verdict")
_NEEDED = ("landlord", "complaint", "standard", "rule")
"""The columns that every baseline has had; before episodes and series there were no more."""

Key = tuple[str, str, str, str, str, str]
"""Landlord, complaint, standard, series, rule and episode: what makes two findings the same."""


class AcceptedEntry(Struct, frozen=True):
    """A finding, or a row that could not be read, that somebody accepted until a day.

    A field that is empty fits anything, but for the episode: an entry that names none means the
    first. `row` is the fingerprint of a row that could not be read.
    """

    reason: str
    approver: str
    expires: date
    complaint: str = ""
    landlord: str = ""
    standard: str = ""
    series: str = ""
    rule: str = ""
    row: str = ""
    episode: int = 1

    def fits(self, key: Key) -> bool:
        """Whether the entry speaks of a finding."""
        own = (self.landlord, self.complaint, self.standard, self.series, self.rule)
        return (
            not self.row
            and str(self.episode) == key[-1]
            and all(not mine or mine == theirs for mine, theirs in zip(own, key[:-1], strict=True))
        )

    def status(self, day: date) -> str:
        """Return what an output says of a finding or row accepted by this entry."""
        by = " ".join(f"by {self.approver}: {self.reason}".split())
        if day > self.expires:
            return f"{EXPIRED} on {self.expires.isoformat()}, {by}"
        return f"{ACCEPTED} until {self.expires.isoformat()} {by}"

    def __str__(self) -> str:
        episode = episode_text(str(self.episode))
        side = self.series or self.standard
        told = (self.landlord, self.complaint, side, self.rule, episode, self.row)
        return ", ".join(part for part in told if part)


class Floor(Struct, frozen=True):
    """The least share in time of one rule that passes, the worst case counted.

    `of` names whose rule it is: policy, code (every Code that has it) or one series of a Code.
    `path` is the configuration it comes from.
    """

    of: str
    rule: str
    share: float
    path: str = ""

    def broken_by(self, share: Share) -> bool:
        """Whether the worst case of a share lies below the floor."""
        return share.worst is not None and share.worst < self.share

    def measures(self, key: RuleKey) -> bool:
        """Whether it is a floor for the share of a rule."""
        return self.rule == key.rule and self.of in (key.side.standard, key.side.series)

    @property
    def name(self) -> str:
        """Return the rule, and whose it is."""
        return f"{self.rule} ({self.of})"


class Gate(Struct, frozen=True, dict=True):
    """What fails a run and what does not.

    `baseline` holds how often each finding is known; it is None where none was given. `weights` say
    which rules are looked at, and how severe their findings are. An accepted entry is unclear where
    it fits findings of several Codes and does not say which is meant: it accepts none of them.
    """

    fail_on: str = "breach"
    floors: tuple[Floor, ...] = ()
    baseline: Mapping[Key, int] | None = None
    accepted: tuple[AcceptedEntry, ...] = ()
    weights: Weights = EVERY_RULE

    @cached_property
    def unclear(self) -> dict[AcceptedEntry, list[str]]:
        """Return the entries that are known to be unclear, with the series that fit them."""
        return {}

    @cached_property
    def _by_complaint(self) -> dict[str, list[AcceptedEntry]]:
        entries: dict[str, list[AcceptedEntry]] = {}
        for entry in self.accepted:
            entries.setdefault(entry.complaint, []).append(entry)
        return entries

    @property
    def looks_at_keys(self) -> bool:
        """Whether single findings matter, beyond how many there are."""
        return self.baseline is not None or bool(self.accepted) or self.weights.lower

    def meet(self, keys: Iterable[Key]) -> None:
        """Note which entries are unclear, from every finding of some complaints that may fail."""
        found: dict[AcceptedEntry, set[str]] = {}
        for key in keys if self.accepted else ():
            for entry in self._fitting(key):
                if entry.standard == CODE and not entry.series:
                    found.setdefault(entry, set()).add(key[3])
        self.unclear.update(
            {entry: sorted(series) for entry, series in found.items() if len(series) > 1}
        )

    def entry_for(self, key: Key) -> AcceptedEntry | None:
        """Return the accepted entry that speaks of a finding, of several the last to expire."""
        clear = [entry for entry in self._fitting(key) if entry not in self.unclear]
        return max(clear, key=lambda entry: entry.expires, default=None)

    def _fitting(self, key: Key) -> list[AcceptedEntry]:
        entries = [*self._by_complaint.get(key[1], ()), *self._by_complaint.get("", ())]
        return [entry for entry in entries if entry.fits(key)]

    def marked(self, case: Case, flats: Mapping[int, Flat]) -> Case:
        """Return a case whose findings say whether they are known or accepted, as their flats do.

        `flats` holds, by their places, at least the findings that may be, each with its status.
        """
        if not self.looks_at_keys:
            return case
        findings = list(case.findings)
        for place, flat in flats.items():
            findings[place] = self._marked(findings[place], flat)
        return replace(case, findings=tuple(findings))

    def _marked(self, finding: Finding, flat: Flat) -> Finding:
        accepted = None
        if flat.status and (entry := self.entry_for(flat.key)):
            expired = flat.status.startswith(EXPIRED)
            accepted = Accepted(entry.reason, entry.approver, entry.expires, expired)
        severity = flat.status if flat.status in (WARNING, NOTE) else ""
        return replace(finding, accepted=accepted, known=flat.status == KNOWN, severity=severity)

    def entry_for_row(self, fingerprint: str) -> AcceptedEntry | None:
        """Return the accepted entry that speaks of a row that could not be read."""
        rows = [one for one in self.accepted if one.row and fingerprint.startswith(one.row)]
        return max(rows, key=lambda entry: entry.expires, default=None)

    def fails(self, verdict: str, status: str) -> bool:
        """Whether a finding fails the run."""
        return verdict in FAILING[self.fail_on] and not status.startswith(PASSING)


def rule_of(key: Key) -> RuleKey:
    """Return the rule of a finding that is named by its key, which may not name its Code."""
    _, _, standard, series, rule, _ = key
    return RuleKey(Side(standard, series or (FIRST if standard == CODE else "")), rule)


def episode_text(episode: str) -> str:
    """Return an episode as it is written among the parts of a key: nothing for the first."""
    return f"episode {episode}" if episode != "1" else ""


def written_key(key: Key) -> Key:
    """Return a key as a baseline has it, in which every cell is safe."""
    landlord, complaint, standard, series, rule, episode = map(safe_cell, key)
    return landlord, complaint, standard, series, rule, episode


def unnamed(key: Key) -> Key | None:
    """Return a key as it was before Codes had series, or None for that of another Code.

    A baseline without the column of series means policies, and the Housing Ombudsman's Code.
    """
    landlord, complaint, standard, series, rule, episode = key
    if side_name(standard, series) != standard:
        return None
    return landlord, complaint, standard, "", rule, episode


def read_baseline(path: Path) -> Counter[Key]:
    """Read a baseline: any CSV of findings, in which each breach counts as often as it is listed.

    Raises `InputError`.
    """
    import csv

    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file)
            missing = [name for name in _NEEDED if name not in (reader.fieldnames or ())]
            if missing:
                says = (
                    f"this is not a baseline: it has no column {', '.join(missing)}; write one with"
                )
                raise InputError([Mistake(str(path), 1, f"{says} --write-baseline")])
            rows = [row for row in reader if _is_breach(row)]
    except csv.Error as error:
        says = f"this is not a baseline: {error}; write one with --write-baseline"
        raise InputError([Mistake(str(path), reader.line_num + 1, says)]) from None
    except (OSError, UnicodeDecodeError) as error:
        why = error.strerror if isinstance(error, OSError) else "it is not UTF-8"
        hint = "; write one with --write-baseline" if isinstance(error, FileNotFoundError) else ""
        says = f"the baseline cannot be read: {why}{hint}"
        raise InputError([Mistake(str(path), 0, says)]) from None
    return Counter(key_of(row) for row in rows)


def _is_breach(row: Mapping[str, str | None]) -> bool:
    return summed_as(str(row.get("verdict", BREACH)), str(row.get("duty"))) == BREACH


def key_of(row: Mapping[str, str | None]) -> Key:
    """Return the key of a finding of a CSV, in which every cell is safe."""
    return key_in([row.get(name) or "" for name in KEY_FIELDS])


def key_in(cells: Sequence[str]) -> Key:
    """Return the key whose parts stand in these cells; one without an episode means the first."""
    landlord, complaint, standard, series, rule, episode = map(_safe, cells)
    return landlord, complaint, standard, series, rule, episode or "1"


_safe = lru_cache(100_000)(safe_cell)
"""Most cells of a key are the same from row to row."""


def broken_floors(
    floors: Iterable[Floor], shares: Mapping[RuleKey, Share]
) -> list[tuple[Floor, Share]]:
    """Return the floors that were missed, each with the share that is below it.

    One that is for every Code names the Code that missed it, where there are several.
    """
    broken = []
    for floor in floors:
        own = {key: share for key, share in shares.items() if floor.measures(key)}
        for key, share in own.items():
            if floor.broken_by(share):
                broken.append((replace(floor, of=key.side.name) if len(own) > 1 else floor, share))
    return broken


def unmeasured_floors(floors: Iterable[Floor], shares: Mapping[RuleKey, Share]) -> list[Floor]:
    """Return the floors of which the run has no share."""
    return [
        floor
        for floor in floors
        if not any(floor.measures(key) and share.worst is not None for key, share in shares.items())
    ]
