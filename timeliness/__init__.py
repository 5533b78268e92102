"""chcheck: checks complaint-handling timelines in UK social housing against policy and Code.

from timeliness import check, load_timelines

timelines, rulebooks = load_timelines("case.yaml")
report = check(timelines, rulebooks)
for case in report.cases:
    for finding in case.findings:
        print(finding.title, finding.standard, finding.verdict, finding.says)
"""

from __future__ import annotations

import sys
from importlib import import_module
from types import ModuleType
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
    from timeliness.errors import ChcheckError, InputError, UsageError
    from timeliness.findings import Case, Finding, Report
    from timeliness.load import load_rulebooks
    from timeliness.rulebooks import Library
    from timeliness.timelines import Timeline

_WHERE = {
    "Case": "findings",
    "ChcheckError": "errors",
    "Finding": "findings",
    "InputError": "errors",
    "Library": "rulebooks",
    "Report": "findings",
    "Timeline": "timelines",
    "UsageError": "errors",
    "load_rulebooks": "load",
    "load_timelines": "api",
}


def __getattr__(name: str) -> object:
    """Import a name when it is first asked for, so that a command pays only for what it uses."""
    if name not in _WHERE:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value: object = getattr(import_module(f"timeliness.{_WHERE[name]}"), name)
    globals()[name] = value
    return value


class _Package(ModuleType):
    """Keeps the name `check` for the function, though a package beneath is called that too."""

    @property
    def check(self) -> object:
        return import_module("timeliness.api").check

    @check.setter
    def check(self, package: object) -> None:
        """Ignore the package, which its import would put here."""


sys.modules[__name__].__class__ = _Package
