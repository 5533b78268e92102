"""What every summary says: shares, counts, rows and what fails, in the same words."""

from __future__ import annotations

from collections.abc import Iterator

from timeliness.findings import BREACH, CANNOT_TELL, MET, NOT_APPLICABLE, NOT_FOLLOWED, PENDING
from timeliness.flat import RECORD, RECORD_RULES
from timeliness.gate import Key
from timeliness.shares import Share
from timeliness.tally import Tally

STANDARDS = {"policy": "policy", "code": "Code"}
COLUMNS = (
    (MET, "met"),
    (BREACH, "breach"),
    (NOT_FOLLOWED, "not followed"),
    (CANNOT_TELL, "cannot tell"),
    (PENDING, "not yet due"),
    (NOT_APPLICABLE, "n/a"),
)


def answer(tally: Tally) -> str:
    """Return the one sentence that answers."""
    total, breached = tally.complaints, tally.breached
    if not total:
        return "No complaint was checked."
    of = f"{total:,} complaint{'' if total == 1 else 's'}"
    if not breached:
        return f"No breach in {of}."
    verb = "has a breach" if breached == 1 else "have breaches"
    return f"{breached:,} of {of} {verb} ({breached / total:.1%})."


def rows(tally: Tally) -> str:
    """Return what became of every row that was read."""
    return (
        f"Rows: {tally.read:,} read = {tally.checked:,} checked + {tally.rows_partly:,} checked "
        f"in part + {tally.rows_rejected:,} rejected."
    )


def percent(share: float | None) -> str:
    """Return a share as a percentage that never rounds up to 100."""
    if share is None:
        return "-"
    text = f"{share:.1%}"
    return "99.9%" if share < 1 and text == "100.0%" else text


def ordered(tally: Tally) -> list[tuple[str, str]]:
    """Return the rules that were counted, rule by rule, policy before Code."""
    names = {rule: place for place, rule in enumerate(_RULES)}
    keys = [key for key in tally.counts if key[0] != RECORD]
    return sorted(keys, key=lambda key: (names.get(key[1], len(names)), key[1], key[0] == "code"))


_RULES = (
    "acknowledge-complaint",
    "stage-1-response",
    "acknowledge-escalation",
    "stage-2-response",
    "stage-3-response",
)


def share_rows(tally: Tally) -> Iterator[tuple[str, Share]]:
    """Return each rule that has a share in time, by its name and standard."""
    shares = tally.shares
    for key in ordered(tally):
        share = shares[key]
        if share.met + share.breach + share.cannot_tell:
            by = f", {STANDARDS[key[0]]}" if key[0] in STANDARDS else ""
            yield f"{tally.titles[key]}{by}", share


def record(tally: Tally) -> Iterator[str]:
    """Return what was found of the rows themselves."""
    for rule, number in sorted(tally.record.items()):
        yield f"{number:,} x {RECORD_RULES.get(rule, rule)} ({rule})"


def gate(tally: Tally) -> Iterator[str]:
    """Return what fails the run, and what does not although it was found."""
    from timeliness.gate import KNOWN, broken_floors

    if tally.gate.baseline is not None:
        yield f"Baseline: {tally.statuses[KNOWN]:,} known, {len(tally.gone):,} no longer occur."
    if accepted := tally.statuses["accepted"]:
        yield f"Accepted: {accepted:,} finding{'' if accepted == 1 else 's'}."
    if expired := tally.statuses["acceptance"]:
        yield f"Acceptance expired: {expired:,}; they count again."
    if tally.failing:
        new = "new " if tally.gate.baseline is not None else ""
        findings = "finding fails" if tally.failing == 1 else "findings fail"
        yield f"{tally.failing:,} {new}{findings} the run (--fail-on {tally.gate.fail_on})."
    for floor, share in broken_floors(tally.gate.floors, tally.shares):
        yield (
            f"Below the floor: {floor.rule} ({floor.standard}) is {percent(share.worst)} in time "
            f"at worst, the floor is {percent(floor.share)}."
        )


def key_text(key: Key) -> str:
    """Return a finding's key as a line."""
    return ", ".join(part for part in key if part)
