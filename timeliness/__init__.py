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

__version__ = "0.1.0"

__all__ = [
    "Case",
    "ChcheckError",
    "Finding",
    "InputError",
    "Library",
    "Report",
    "Timeline",
    "UsageError",
    "__version__",
    "check",
    "load_rulebooks",
    "load_timelines",
]

if TYPE_CHECKING:
    from timeliness.api import check, load_timelines
    from timeliness.model.errors import ChcheckError, InputError, UsageError
    from timeliness.model.findings import Case, Finding
    from timeliness.model.report import Report
    from timeliness.model.rulebooks import Library
    from timeliness.model.timelines import Timeline
    from timeliness.read.library import load_rulebooks

_WHERE = {
    "Case": "model.findings",
    "ChcheckError": "model.errors",
    "Finding": "model.findings",
    "InputError": "model.errors",
    "Library": "model.rulebooks",
    "Report": "model.report",
    "Timeline": "model.timelines",
    "UsageError": "model.errors",
    "check": "api",
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
