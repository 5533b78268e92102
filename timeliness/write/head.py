"""The head of a report for programs: everything that decides what it says, named and hashed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from timeliness.model.bank_holidays import calendar_source
from timeliness.model.calendars import NATIONS
from timeliness.model.covered import ANNOUNCED_UNTIL
from timeliness.model.report import Configuration, Input, Report, TableRead
from timeliness.model.rulebooks import Rulebook
from timeliness.resources import ships
from timeliness.results.tally import Tally


def head_of(report: Report) -> dict[str, Any]:
    """Return what a report rests on as plain data: the first keys of its JSON."""
    from timeliness.version import __version__

    cases = report.cases
    nations = sorted({case.timeline.nation for case in cases})
    counting = sorted(
        {rule for case in cases for finding in case.findings for rule in finding.countings}
    )
    rests = _rests(report, report.rulebooks)
    counted = {"nation": ", ".join(nations), "counting": ", ".join(counting)}
    return {
        "chcheck": __version__,
        "as_at": report.as_at.isoformat(),
        **rests,
        "calendar": {**counted, **rests["calendar"]},
    }


def rests_data(tally: Tally) -> dict[str, Any]:
    """Return what figures rest on as plain data, by the names that the head of a report has."""
    rests = _rests(tally, list(tally.rulebooks.values()))
    # The options are those of a check alone.
    return {name: value for name, value in rests.items() if name != "options" or value}


def _rests(made: Report | Tally, books: Sequence[Rulebook]) -> dict[str, Any]:
    basis = made.basis
    return {
        **({"today": basis.today.isoformat()} if basis.today else {}),
        "calendar": {"horizon": ANNOUNCED_UNTIL.isoformat(), "source": calendar_source()},
        "options": basis.given.as_data() if basis.given else None,
        "inputs": [_file(one) for one in made.inputs],
        **({"tables": [_table(one) for one in made.tables]} if made.tables else {}),
        "configuration": _configuration(made.configuration) if made.configuration else None,
        "baseline": _file(basis.baseline) if basis.baseline else None,
        "rulebooks": rulebooks_as_data(books),
    }


def rulebooks_as_data(books: Sequence[Rulebook]) -> list[dict[str, Any]]:
    """Return each rulebook with the hash of its file, whose path is null if chcheck ships it."""
    return [
        {
            "id": book.id,
            "title": book.title,
            "standard": book.standard,
            "series": book.series,
            "path": None if ships(book.path) else book.path,
            "sha256": book.sha256,
        }
        for book in books
    ]


def _table(one: TableRead) -> dict[str, Any]:
    return {
        "path": one.path,
        "columns": [{"column": header, "holds": holds} for header, holds in one.columns],
    }


def _configuration(one: Configuration) -> dict[str, Any]:
    days = [
        {
            "date": off.day.isoformat(),
            "says": off.says,
            "source": off.source,
            "nations": list(off.nations or NATIONS),
        }
        for off in one.days_off
    ]
    return {**_file(one), **({"non_working_days": days} if days else {})}


def _file(one: Input) -> dict[str, str]:
    return {"path": one.path, "sha256": one.sha256}
