"""What an event would change, and how far what is open can go, as JSON."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from timeliness.model.clean import as_json
from timeliness.model.findings import Case, Finding
from timeliness.model.report import Configuration
from timeliness.model.rulebooks import Extension
from timeliness.results.what_if import Open, WhatIf
from timeliness.version import __version__
from timeliness.write.answers import answer
from timeliness.write.json import finding_as_data, span_as_data


def write_what_if_json(found: WhatIf, texts: Sequence[str], used: Configuration | None) -> str:
    """Return what some events would change; `texts` are the events as they were written."""
    data = {
        **_head(found.after, used),
        "if": list(texts),
        "without": str(answer(found.before)),
        "with": str(answer(found.after)),
        "changes": [
            {"before": _finding(one.before), "after": _finding(one.after)} for one in found.changes
        ],
        "unchanged": found.same,
    }
    return as_json(data, indent=2) + "\n"


def write_open_json(case: Case, limits: Sequence[Open], used: Configuration | None) -> str:
    """Return each limit that is open, and what an extension could do."""
    data = {
        **_head(case, used),
        "answer": str(answer(case)),
        "open": [
            {
                "when": one.when,
                "finding": finding_as_data(one.finding),
                "extension": _extension(one.extension),
                "extended_to": span_as_data(one.reaches),
            }
            for one in limits
        ],
    }
    return as_json(data, indent=2) + "\n"


def _head(case: Case, used: Configuration | None) -> dict[str, Any]:
    return {
        "chcheck": __version__,
        "complaint": case.timeline.complaint,
        "landlord": case.timeline.landlord,
        "as_at": case.as_at.isoformat(),
        "configuration": used.path if used else None,
    }


def _finding(finding: Finding | None) -> dict[str, Any] | None:
    return finding_as_data(finding) if finding else None


def _extension(extension: Extension | None) -> dict[str, Any] | None:
    """Return what a rulebook says of an extension; `stated` is False where it does not say."""
    if extension is None:
        return None
    return {
        "event": extension.event,
        "stated": extension.stated,
        "clause": extension.clause,
        "needs": list(extension.needs),
        "beyond": list(extension.beyond),
    }
