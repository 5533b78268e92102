"""SARIF 2.1.0: results with their rules, for code scanning and editors."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from pathlib import PurePath
from typing import Any
from urllib.parse import quote

from timeliness.flat import Flat
from timeliness.gate import KNOWN
from timeliness.tally import Tally
from timeliness.write.clean import printable

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_LEVELS = {"breach": "error", "not-followed": "note", "cannot-tell": "warning"}


def write_sarif(flats: Iterable[Flat], tally: Tally) -> str:
    """Return the problems of a run; accepted ones are suppressed, known ones unchanged."""
    from timeliness import __version__

    rules: dict[str, dict[str, Any]] = {}
    results = []
    times: Counter[str] = Counter()
    for flat in flats:
        if flat.counts_as not in _LEVELS:
            continue
        rule = f"{flat.standard}/{flat.rule}"
        rules.setdefault(rule, {"id": rule, "shortDescription": {"text": flat.title}})
        times[flat.fingerprint] += 1
        result: dict[str, Any] = {
            "ruleId": rule,
            "level": _LEVELS[flat.counts_as],
            "message": {"text": printable(flat.says())},
            "locations": [_location(flat.path, flat.line)],
            "partialFingerprints": {
                "chcheckFinding/v1": f"{flat.fingerprint}:{times[flat.fingerprint]}"
            },
        }
        if tally.gate.baseline is not None:
            result["baselineState"] = "unchanged" if flat.status == KNOWN else "new"
        if flat.status.startswith("accepted"):
            result["suppressions"] = [{"kind": "external", "justification": printable(flat.status)}]
        results.append(result)
    notifications = [
        {
            "level": "error",
            "message": {"text": printable(str(trouble))},
            "locations": [_location(trouble.path, trouble.line)],
        }
        for trouble in (*tally.rejected, *tally.partly)
    ]
    notifications += [
        {"level": "error", "message": {"text": printable(str(one))}} for one in tally.unread
    ]
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
                        "executionSuccessful": not notifications,
                        "toolExecutionNotifications": notifications,
                    }
                ],
                "results": results,
            }
        ],
    }
    return json.dumps(log, indent=1, ensure_ascii=False) + "\n"


def _location(path: str, line: int) -> dict[str, Any]:
    uri = quote(PurePath(path).as_posix())
    return {
        "physicalLocation": {
            "artifactLocation": {"uri": uri},
            "region": {"startLine": max(line, 1)},
        }
    }
