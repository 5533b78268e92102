"""Telling what chcheck itself wrote: a folder is checked again with the results of the last run."""

from __future__ import annotations

import json
from pathlib import Path

from timeliness.results.flat import FIELDS
from timeliness.results.gate import BASELINE_FIELDS
from timeliness.write.rejects import FIELDS as REJECT_FIELDS

_HEADS = tuple(
    ",".join(names).encode() for names in (FIELDS[:-2], BASELINE_FIELDS[:-2], REJECT_FIELDS)
)
"""What their first lines begin with, those of the time before there were episodes too."""
_LINE_KEYS = {"complaint", "rule", "rulebook", "standard", "verdict", "says"}
_MOST = 1 << 20


def is_own(path: Path) -> bool:
    """Whether a file holds findings, a baseline, rejected rows or a report that chcheck wrote."""
    try:
        with path.open("rb") as file:
            first = file.readline(_MOST).removeprefix(b"\xef\xbb\xbf")
            second = file.readline(_MOST)
    except OSError:
        return False
    if first.startswith(_HEADS):
        return True
    if first.strip() in (b"{", b"["):
        start = second.strip()
        # The first key of a report, and of an entry of the report for GitLab.
        return start.startswith(b'"chcheck":') or (start == b"{" and _is_quality(path))
    if not first.startswith(b'{"complaint":'):
        return False
    try:
        line = json.loads(first)
    except (ValueError, RecursionError):
        return False
    return isinstance(line, dict) and line.keys() >= _LINE_KEYS


def _is_quality(path: Path) -> bool:
    with path.open("rb") as file:
        head = file.read(4096)
    return b'"check_name":' in head and b'"fingerprint":' in head
