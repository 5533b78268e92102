"""What a report rests on, for people: everything that decides what it says, named and hashed."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from timeliness.model.bank_holidays import calendar_source
from timeliness.model.clean import printable
from timeliness.model.covered import ANNOUNCED_UNTIL
from timeliness.model.dates import in_words
from timeliness.model.plain import listed, nation_name
from timeliness.model.report import Report, TableRead
from timeliness.model.rulebooks import Rulebook
from timeliness.resources import ships
from timeliness.results.tally import Tally
from timeliness.write.lines import wrap
from timeliness.write.words import configuration_line, days_in_words, days_off_of

MOST_NAMED = 3
"""As many inputs are named at the foot of a page; the rest is counted."""

TITLE = "What this report rests on"


class Rest(Struct, frozen=True):
    """One thing that a report rests on: what it is, which it is, and the hash of its file."""

    name: str
    which: str
    sha256: str = ""


def rests_on(report: Report) -> tuple[Rest, ...]:
    """Return everything that decides what a report says."""
    from timeliness.version import __version__

    basis, used = report.basis, report.configuration
    nations = sorted({nation_name(case.timeline.nation) for case in report.cases})
    holidays = f"bank holidays of {' and '.join(nations)}" if nations else "bank holidays"
    rests = [Rest("As at", days_in_words(*report.days))]
    if basis.given:
        rests.append(Rest("Command", basis.given.as_command()))
    rests += [Rest("Input", one.path, one.sha256) for one in report.inputs]
    rests += [rest for one in report.tables for rest in _table(one)]
    rests.append(
        Rest("Configuration", used.path + days_off_of(used), used.sha256)
        if used
        else Rest("Configuration", "none")
    )
    if basis.baseline:
        rests.append(Rest("Baseline", basis.baseline.path, basis.baseline.sha256))
    rests += [Rest(*_book(one), one.sha256) for one in report.rulebooks]
    return (
        *rests,
        Rest(
            "Calendar",
            f"Monday to Friday without the {holidays}, known to {in_words(ANNOUNCED_UNTIL)} "
            f"({calendar_source()})",
        ),
        Rest("Program", f"chcheck {__version__}"),
    )


def _book(book: Rulebook) -> tuple[str, str]:
    """Return the title of a rulebook, and where it is."""
    where = "comes with chcheck" if ships(book.path) else book.path
    checked = f"checked {in_words(book.checked)}"
    return book.title, f"{book.id}, {where}; source: {book.source}; {checked}"


def _table(table: TableRead) -> Iterator[Rest]:
    """Yield what each column of a table was taken to hold, with the notes on it."""
    held = "; ".join(f"{header}: {holds}" for header, holds in table.columns)
    yield Rest(f"Columns of {table.path}", held)
    for note in table.notes:
        yield Rest(f"Note on {table.path}", note)


def rest_lines(report: Report) -> list[str]:
    """Return the same as text, each hash as short as it can be and still tell files apart."""
    lines = ["", TITLE.upper()]
    for one in rests_on(report):
        hashed = f" (SHA-256 {one.sha256[:12]})" if one.sha256 else ""
        lines += wrap(printable(f"{one.name}: {one.which}{hashed}"), "    ", "  ")
    return lines


def short_rests(tally: Tally) -> str:
    """Return what figures rest on in a sentence or two, for the foot of a page."""
    named = [f"{one.path} (SHA-256 {one.sha256[:12]})" for one in tally.inputs[:MOST_NAMED]]
    if len(tally.inputs) > MOST_NAMED:
        named.append(f"{len(tally.inputs) - MOST_NAMED:,} more")
    used = tally.configuration
    hashed = f" (SHA-256 {used.sha256[:12]})" if used else ""
    told = f"{configuration_line(used)}{hashed}"
    if not named:
        return told
    return f"Made from {listed(named)}, with bank holidays of {calendar_source()}. {told}"
