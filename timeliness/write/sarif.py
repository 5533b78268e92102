"""SARIF 2.1.0: results with their rules, for code scanning and editors."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from pathlib import PurePath
from typing import Any
from urllib.parse import quote

from timeliness.model.clean import as_json, printable
from timeliness.results.flat import Flat, fingerprint
from timeliness.results.gate import ACCEPTED, EXPIRED, KNOWN
from timeliness.results.tally import Tally
from timeliness.results.weights import NOTE, WARNING
from timeliness.write import totals
from timeliness.write.sarif_rules import FLOOR, floor_rule, rule_of

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_LEVELS = {"breach": "error", "not-followed": "note", "cannot-tell": "warning"}


def write_sarif(flats: Iterable[Flat], tally: Tally) -> str:
    """Return the problems of a run; accepted ones are suppressed, known ones unchanged."""
    from timeliness.version import __version__

    rules: dict[str, dict[str, Any]] = {}
    results = []
    times: Counter[str] = Counter()
    for flat in flats:
        if flat.counts_as not in _LEVELS:
            continue
        rule = flat.rule_key.name
        if rule not in rules:
            rules[rule] = rule_of(flat, tally.rulebooks.values())
        times[flat.fingerprint] += 1
        results.append(_result(flat, rule, times[flat.fingerprint], tally))
    for floor, share in totals.broken(tally):
        rules.setdefault(FLOOR, floor_rule())
        results.append(
            {
                "ruleId": FLOOR,
                "level": "error",
                "message": {"text": totals.below_floor(floor, share)},
                "locations": [_location(floor.path, 1)],
                "partialFingerprints": {"chcheckFloor/v1": fingerprint((floor.of, floor.rule))},
            }
        )
    in_full = not (tally.unaccepted or tally.unread)
    log = {
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {
                    "driver": {
                        "name": "chcheck",
                        "version": __version__,
                        "rules": list(rules.values()),
                    }
                },
                "invocations": [
                    {
                        "executionSuccessful": in_full,
                        "toolExecutionNotifications": list(_notifications(tally)),
                        "properties": totals.rests_on(tally),
                    }
                ],
                "results": results,
            }
        ],
    }
    return as_json(log, indent=1) + "\n"


def _result(flat: Flat, rule: str, time: int, tally: Tally) -> dict[str, Any]:
    """Return a finding as a result; `time` counts those of the same fingerprint."""
    result: dict[str, Any] = {
        "ruleId": rule,
        "level": _level(flat),
        "message": {"text": printable(_message(flat))},
        "locations": [_location(flat.path, flat.line)],
        "partialFingerprints": {"chcheckFinding/v1": f"{flat.fingerprint}:{time}"},
    }
    if tally.gate.baseline is not None:
        result["baselineState"] = "unchanged" if flat.status == KNOWN else "new"
    if flat.status.startswith(ACCEPTED):
        result["suppressions"] = [{"kind": "external", "justification": printable(flat.status)}]
    return result


def _level(flat: Flat) -> str:
    """Return the level of a finding: that of its verdict, unless its rule counts for less."""
    own = _LEVELS[flat.counts_as]
    return NOTE if NOTE in (own, flat.status) else WARNING if flat.status == WARNING else own


def _notifications(tally: Tally) -> list[dict[str, Any]]:
    """Return what there is to say of how the input was read, and of what is left out."""
    notifications = [
        {
            "level": "note" if tally.accepts_row(one) else "error",
            "message": {"text": printable(totals.said_of_row(tally, one))},
            "locations": [_location(one.path, one.line)],
        }
        for one in tally.troubles
    ]
    notifications += [_notification("error", str(one)) for one in tally.unread]
    notifications += [_notification("warning", says) for _, says in totals.unmeasured(tally)]
    if says := str(tally.gate.weights):
        notifications.append(_notification("note", says))
    if says := totals.left_out(tally):
        notifications.append(_notification("note", says))
    return notifications


def _message(flat: Flat) -> str:
    """Return a finding in one line; what is known or accepted has places of its own."""
    return totals.said(flat) if flat.status.startswith(EXPIRED) else flat.says()


def _notification(level: str, says: str) -> dict[str, Any]:
    return {"level": level, "message": {"text": printable(says)}}


def _location(path: str, line: int) -> dict[str, Any]:
    own = PurePath(path)
    uri = own.as_uri() if own.is_absolute() else quote(own.as_posix())
    return {
        "physicalLocation": {
            "artifactLocation": {"uri": uri},
            "region": {"startLine": max(line, 1)},
        }
    }
