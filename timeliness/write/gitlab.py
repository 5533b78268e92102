"""GitLab's code quality report: a JSON list that a merge request compares with its target's."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from timeliness.model.clean import as_json, printable
from timeliness.model.verdict_words import BREACH
from timeliness.results.flat import Flat, fingerprint, fingerprint_of_row
from timeliness.results.gate import ACCEPTED, KNOWN
from timeliness.results.tally import Tally
from timeliness.results.weights import NOTE, WARNING
from timeliness.write import totals

_SEVERITY = {"breach": "major", "not-followed": "minor", "cannot-tell": "info"}


def write_gitlab(flats: Iterable[Flat], tally: Tally) -> str:
    """Return the problems of a run; accepted and known ones are of the severity "info"."""
    entries = []
    times: Counter[str] = Counter()
    for flat in flats:
        if flat.counts_as not in _SEVERITY:
            continue
        times[flat.fingerprint] += 1
        again = times[flat.fingerprint]
        own = flat.fingerprint if again == 1 else flat.fingerprint_of(str(again))
        excused = flat.status.startswith((KNOWN, ACCEPTED, NOTE))
        severity = "info" if excused else _SEVERITY[flat.counts_as]
        if flat.status == WARNING and flat.counts_as == BREACH:
            severity = "minor"
        name = flat.rule_key.name
        entries.append(_entry(totals.said(flat), name, own, severity, flat.path, flat.line))
    for one in tally.troubles:
        severity = "info" if tally.accepts_row(one) else "blocker"
        says = totals.said_of_row(tally, one)
        own = fingerprint_of_row(one)
        entries.append(_entry(says, _UNREAD, own, severity, one.path, one.line))
    for mistake in tally.unread:
        own = fingerprint((_UNREAD, mistake.path, mistake.says))
        entries.append(_entry(str(mistake), _UNREAD, own, "blocker", mistake.path, mistake.line))
    for floor, share in totals.broken(tally):
        own = fingerprint(("floor", floor.of, floor.rule))
        says = totals.below_floor(floor, share)
        entries.append(_entry(says, "gate/floor", own, "major", floor.path))
    for floor, says in totals.unmeasured(tally):
        own = fingerprint(("floor", floor.of, floor.rule))
        entries.append(_entry(says, "gate/floor", own, "info", floor.path))
    if says := str(tally.gate.weights):
        path = tally.inputs[0].path if tally.inputs else ""
        entries.append(_entry(says, "chcheck/not-looked-at", fingerprint((says,)), "info", path))
    if says := totals.left_out(tally):
        path = tally.inputs[0].path if tally.inputs else ""
        entries.append(_entry(says, "chcheck/left-out", fingerprint(("left-out",)), "info", path))
    return as_json(entries, indent=1) + "\n"


_UNREAD = "input/unread"


def _entry(
    says: str, name: str, own: str, severity: str, path: str, line: int = 1
) -> dict[str, Any]:
    return {
        "description": printable(" ".join(says.split())),
        "check_name": name,
        "fingerprint": own,
        "severity": severity,
        "location": {"path": path, "lines": {"begin": max(line, 1)}},
    }
