"""chcheck: checks complaint-handling timelines in UK social housing against policy and Code.

from timeliness import check, load_timelines

timelines, rulebooks = load_timelines("case.yaml")
report = check(timelines, rulebooks)
for case in report.cases:
    for finding in case.findings:
        print(finding.title, finding.standard, finding.verdict, finding.says)
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from timeliness.version import __version__

__all__ = [
    "Case",
    "ChcheckError",
    "Finding",
    "InputError",
    "Library",
    "Report",
    "TableResult",
    "Timeline",
    "UsageError",
    "__version__",
    "check",
    "check_table",
    "load_rulebooks",
    "load_timelines",
]

if TYPE_CHECKING:
    from timeliness.api import check, check_table, load_timelines
    from timeliness.model.errors import ChcheckError, InputError, UsageError
    from timeliness.model.findings import Case, Finding
    from timeliness.model.library import Library
    from timeliness.model.report import Report
    from timeliness.model.timelines import Timeline
    from timeliness.read.library import load_rulebooks
    from timeliness.run.table_result import TableResult

_WHERE = {
    "Case": "model.findings",
    "ChcheckError": "model.errors",
    "Finding": "model.findings",
    "InputError": "model.errors",
    "Library": "model.library",
    "Report": "model.report",
    "TableResult": "run.table_result",
    "Timeline": "model.timelines",
    "UsageError": "model.errors",
    "check": "api",
    "check_table": "api",
    "load_rulebooks": "read.library",
    "load_timelines": "api",
}


def __getattr__(name: str) -> object:
    """Import a name when it is first asked for, so that a command pays only for what it uses."""
    if name not in _WHERE:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value: object = getattr(import_module(f"timeliness.{_WHERE[name]}"), name)
    globals()[name] = value
    return value
