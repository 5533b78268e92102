"""A rulebook of a few rules written out for a test, and what it makes of timeline and table."""

from __future__ import annotations

import json
from typing import Any

from tests.helpers.command import Chcheck

HEAD = """\
id: own
title: Own policy
short: Own policy
publisher: Own
standard: policy
source: made up for this test
checked: 2025-01-01
"""


def clock(rule: str, start: str, stop: str, limit: str, more: str = "") -> str:
    """A rule of a rulebook, with further keys of its clock."""
    tail = f", {more}" if more else ""
    return (
        f"  - {{id: {rule}, title: {rule.replace('-', ' ').capitalize()}, clause: '1', duty: must, "
        f"says: Asked., provenance: quoted, clock: {{start: {start}, stop: {stop}, "
        f"limit: {limit}{tail}}}}}\n"
    )


def book(*rules: str, more: str = "") -> str:
    """A rulebook of some rules, with further keys."""
    return f"{HEAD}{more}rules:\n{''.join(rules)}"


def findings_of(
    chcheck: Chcheck,
    rulebook: str,
    *events: str,
    nation: str = "scotland",
    as_at: str = "2026-06-30",
    record: str = "complete",
    files: dict[str, str] | None = None,
) -> dict[str, dict[str, Any]]:
    """The findings of the rulebook's own rules on one timeline, by rule."""
    lines = "".join(f"  - {event}\n" for event in events)
    head = f"complaint: T\nnation: {nation}\npolicy: ./own.yaml\nas_at: {as_at}\nrecord: {record}\n"
    written = {"own.yaml": rulebook, "case.yaml": f"{head}events:\n{lines}", **(files or {})}
    ran = chcheck("case.yaml", "--format", "json", files=written)
    assert ran.code in (0, 1), ran.err
    (case,) = json.loads(ran.out)["complaints"]
    return {one["rule"]: one for one in case["findings"] if one["rulebook"] == "own"}


def findings_of_rows(
    chcheck: Chcheck,
    rulebook: str,
    table: str,
    *,
    nation: str = "scotland",
    as_at: str = "2026-06-30",
    toml: str = "",
) -> list[dict[str, Any]]:
    """The findings of the rulebook's own rules on a CSV table, in order."""
    top = f'policy = "own.yaml"\nnation = "{nation}"\nas-at = {as_at}\n'
    written = {"own.yaml": rulebook, "rows.csv": table, "chcheck.toml": top + toml}
    ran = chcheck("rows.csv", "--format", "jsonl", "--show", "all", files=written)
    assert ran.code in (0, 1), ran.err
    found = [json.loads(line) for line in ran.out.splitlines()]
    return [one for one in found if one.get("rulebook") == "own"]
