"""chcheck: checks complaint-handling timelines in UK social housing against policy and Code.

from timeliness import check, load_timelines

timelines, rulebooks = load_timelines("case.yaml")
report = check(timelines, rulebooks)
for case in report.cases:
    for finding in case.findings:
        print(finding.title, finding.standard, finding.verdict, finding.says)
"""

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

from timeliness.api import check, load_timelines
from timeliness.errors import ChcheckError, InputError, UsageError
from timeliness.findings import Case, Finding, Report
from timeliness.load import load_rulebooks
from timeliness.rulebooks import Library
from timeliness.timelines import Timeline
