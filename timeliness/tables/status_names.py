"""The names of columns that say how a complaint ended, without its day."""

from __future__ import annotations

import re

STATUS, OUTCOME = "status", "outcome"
_STATUS_NAMES = {
    STATUS: (
        *("status", "state", "case status", "complaint status", "current status", "case state"),
        *("status reason", "ticket status", "ticket state"),
    ),
    OUTCOME: (
        *("outcome", "complaint outcome", "case outcome", "final outcome", "resolution"),
        *("closure reason", "closed reason", "reason closed", "reason for closure"),
    ),
}


def status_field(header: str) -> tuple[str, int] | None:
    """Return whether a header names a status or an outcome, and of which stage, 0 for none."""
    plain = " ".join(re.sub(r"[^a-z0-9]+", " ", header.lower()).split())
    stage, name = 0, plain
    if match := re.fullmatch(r"(?:stage |s)([12]) (.+)", plain):
        stage, name = int(match[1]), match[2]
    for field, names in _STATUS_NAMES.items():
        if name in names:
            return field, stage
    return None
