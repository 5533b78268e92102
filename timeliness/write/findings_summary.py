"""The first sheet of a workbook of findings: the answer, what it rests on, and the numbers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from timeliness.model.plain import capital
from timeliness.model.report import Report
from timeliness.results.claimed import totals_of
from timeliness.results.shares import DEFINITION, Share
from timeliness.results.tally import Tally
from timeliness.write import totals
from timeliness.write.book import Cell, Page, figure
from timeliness.write.claims import TITLE as CLAIMS_TITLE
from timeliness.write.claims import claim_lines
from timeliness.write.due import headline
from timeliness.write.groups import group_tables
from timeliness.write.listing import Listing
from timeliness.write.rests import TITLE as RESTS
from timeliness.write.rests import rests_on
from timeliness.write.words import configuration_line, disclaimer, in_brackets

BREACHES, UNDECIDED, DUE, CLAIMS, REJECTED = (
    "Breaches",
    "Cannot tell",
    "Due",
    "Claims",
    "Rejected",
)
SUMMARY = "Summary"
"""The sheets, every one of which is there in every workbook."""

_SAYS = {
    BREACHES: "every breach, and every “should” that was not followed",
    UNDECIDED: "what the record does not decide, and what is odd about the record itself",
    DUE: "what is overdue and not done yet, what falls due, by day, and what may be overdue",
    CLAIMS: "what the landlord's own system, or a letter or report, says of time and is not right",
    REJECTED: "the rows that could not be checked, or only in part",
}
"""What is on each sheet."""


def summarise(page: Page, tally: Tally, report: Report, listings: Sequence[Listing]) -> None:
    """Write the first sheet: the answer, what it rests on, the numbers, and what is where."""
    page.title("Complaints checked against their time limits")
    page.says(totals.answer(tally))
    if tally.complaints > 1:
        page.says(headline(tally))
    page.row += 1
    page.says(totals.as_at(tally))
    if tally.rulebooks:
        page.says(f"Against {', '.join(tally.titles_of_rulebooks)}.")
    page.says(configuration_line(tally.configuration))
    if tally.assumption:
        page.says(str(tally.assumption))
    if tally.read:
        page.says(totals.rows(tally))
    _contents(page, listings)
    _numbers(page, tally)
    _groups(page, tally)
    _lists(page, tally)
    page.heading(RESTS)
    for one in rests_on(report):
        page.says(f"{one.name}: {one.which}{f' (SHA-256 {one.sha256})' if one.sha256 else ''}")
    page.row += 1
    page.says(disclaimer(list(tally.ombudsmen)))


def _contents(page: Page, listings: Sequence[Listing]) -> None:
    page.heading("In this workbook")
    for one in listings:
        for name, rows in one.parts.items():
            page.sheet.write_url(page.row, 0, f"internal:'{name}'!A1", page.book.link, name)
            page.line(None, rows, _SAYS[one.name])
    for one in listings:
        for says in one.notes():
            page.says(f"{says}.")


def _numbers(page: Page, tally: Tally) -> None:
    shares = list(totals.share_rows(tally))
    if shares:
        without = totals.shares_without(tally)
        page.heading("Share in time")
        page.table(("Stage", "In time", "At worst", "Cannot tell"), _shares(shares, without))
        page.says(DEFINITION)
    keys = totals.ordered(tally)
    if keys:
        shown = [one for one in totals.COLUMNS if any(tally.counts[key][one[0]] for key in keys)]
        page.heading("Verdicts")
        page.table(
            ("Rule", *(capital(name) for _, name in shown)),
            (
                (totals.stage_name(tally, key), *(tally.counts[key][name] for name, _ in shown))
                for key in keys
            ),
        )


def _groups(page: Page, tally: Tally) -> None:
    """Write the tables of each column by which the run is split."""
    for _, tables, left_out in group_tables(totals.sums(tally)):
        for one in tables:
            page.heading(one.title)
            rows = ((name, *map(figure, cells)) for name, cells in one.rows)
            page.table(("", *map(capital, one.heads)), rows)
        if left_out:
            page.says(left_out)


def _shares(
    shares: Sequence[tuple[str, Share]], without: Mapping[str, Share]
) -> Iterator[Sequence[Cell]]:
    for name, share in shares:
        yield name, share.in_time, share.worst, share.cannot_tell
        if other := without.get(name):
            yield f"  {totals.WITHOUT}", other.in_time, other.worst, other.cannot_tell


def _lists(page: Page, tally: Tally) -> None:
    """Write the rest of what there is to say, each under its heading."""
    unexamined = [
        f"{in_brackets(title, [side])}: {many:,}"
        for (side, title), many in sorted(tally.not_examined.items())
    ]
    for title, lines in (
        ("The record", [f"{name}: {many:,}" for name, many in totals.record(tally)]),
        (CLAIMS_TITLE, list(claim_lines(totals_of(tally.claims)))),
        ("Not checked: nothing is recorded about these", unexamined),
        (totals.LEFT_OUT, [str(one) for one in tally.later]),
        ("Not read", [str(one) for one in tally.unread]),
        ("The gate", [says for _, says in totals.gate(tally)]),
        ("What the gate lets pass", list(totals.gate_names(tally))),
    ):
        if lines:
            page.heading(title)
        for says in lines:
            page.says(says)
