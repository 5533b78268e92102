"""Writers: from findings to text; each format is one module, and all stand in `formats`."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Options:
    """How to write a report.

    `show` is "all" or "problems"; `explain` adds the count day by day; `colour` is for text;
    `summary` is for HTML: one page for each complaint.
    """

    show: str = "all"
    explain: bool = False
    colour: bool = False
    summary: bool = False
