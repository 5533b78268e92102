"""The formats that carry a run as flat findings and sums, by name."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from timeliness.model.findings import Report
from timeliness.results.flat import Flat
from timeliness.results.tally import PROBLEMS, Tally
from timeliness.write import Options

FlatWriter = Callable[[Iterable[Flat], Tally], str]


def _markdown(flats: Iterable[Flat], tally: Tally) -> str:
    from timeliness.write.markdown import write_markdown

    return write_markdown(flats, tally)


def _junit(flats: Iterable[Flat], tally: Tally) -> str:
    from timeliness.write.junit import write_junit

    return write_junit(flats, tally)


def _github(flats: Iterable[Flat], tally: Tally) -> str:
    from timeliness.write.github import write_github

    return write_github(flats, tally)


def _sarif(flats: Iterable[Flat], tally: Tally) -> str:
    from timeliness.write.sarif import write_sarif

    return write_sarif(flats, tally)


def _gitlab(flats: Iterable[Flat], tally: Tally) -> str:
    from timeliness.write.gitlab import write_gitlab

    return write_gitlab(flats, tally)


COLLECTED: dict[str, FlatWriter] = {
    "markdown": _markdown,
    "junit": _junit,
    "github": _github,
    "sarif": _sarif,
    "gitlab": _gitlab,
}
"""The formats that are written at the end of a run, of the findings collected by then."""

STREAMED = ("csv", "jsonl")
"""The formats that are written as a run goes on, however large it is."""


def report_as(name: str, report: Report, options: Options) -> str:
    """Return a report of timelines in one of the flat formats."""
    tally = Tally(report.as_at)
    kept = [
        (case, finding, flat)
        for case, finding, flat in tally.add_report(report)
        if options.show == "all" or flat.counts_as in PROBLEMS
    ]
    flats = [flat for _, _, flat in kept]
    if name == "csv":
        from timeliness.write.csv import write_rows

        carried = dict.fromkeys(key for case in report.cases for key in case.carried)
        return write_rows(flats, list(carried))
    if name == "jsonl":
        from timeliness.write.jsonl import write_line

        return "".join(
            write_line(case.timeline, finding, flat.status, case.carried)
            for case, finding, flat in kept
        )
    return COLLECTED[name](flats, tally)
