"""Writers: from findings to text; each format is one module behind one registry."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from timeliness.model.findings import Report


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


Writer = Callable[["Report", Options], str]


def _text(report: Report, options: Options) -> str:
    from timeliness.write.text import write_text

    return write_text(report, options)


def _json(report: Report, options: Options) -> str:
    from timeliness.write.json import write_json

    return write_json(report, options)


def _html(report: Report, options: Options) -> str:
    from timeliness.write.html import write_html

    return write_html(report, options)


def _flat(name: str) -> Writer:
    def write(report: Report, options: Options) -> str:
        from timeliness.write.flat import report_as

        return report_as(name, report, options)

    return write


FORMATS: dict[str, Writer] = {
    "text": _text,
    "json": _json,
    "html": _html,
    **{
        name: _flat(name)
        for name in ("jsonl", "csv", "markdown", "junit", "github", "sarif", "gitlab")
    },
}
"""Every format by its name."""
