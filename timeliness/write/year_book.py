"""The figures of a year as a workbook: what a reader asks for, every figure, and what is behind it.

A figure is traced by filtering the sheet of complaints: each reading of CH02 has a column there.
"""

from __future__ import annotations

from collections.abc import Sequence

from timeliness.model.plain import capital
from timeliness.model.report import Report
from timeliness.results.grouping import NO_GROUP
from timeliness.results.tally import Tally
from timeliness.results.year import AT_END
from timeliness.results.year_readings import READINGS
from timeliness.results.year_view import (
    blocks_of,
    figures_of,
    groups_of,
    has_measures,
    moments_of,
)
from timeliness.write import totals
from timeliness.write.book import Book, Page, figure, pages, room_on_disk
from timeliness.write.listing import Column, Links, Listing
from timeliness.write.rests import TITLE as RESTS
from timeliness.write.rests import rests_on
from timeliness.write.words import disclaimer
from timeliness.write.year_data import case_heads, case_rows, figure_heads, figure_rows
from timeliness.write.year_lines import CLASS_NAMES, figures_across, lines_of
from timeliness.write.year_words import (
    block_name,
    headline,
    moment_name,
    notes,
    period_line,
    year_of,
)

SUMMARY, GROUPS, FIGURES, CASES = "Summary", "By group", "Figures", "Complaints"
"""The sheets, every one of which is there in every workbook."""

_TRACED = (
    "Each figure can be traced on the sheet Complaints. It has a row for each stage and each day "
    "of these tables. Filter Period, As at, Stage and Tenure. Then Became gives how many were "
    "answered in time, late and so on, and each reading of CH02 has a column: 1 is in time, 0 is "
    "not, blank is left out, and 0/1 is what nobody can tell."
)
_NAMES = {"path": "File", "line": "Row"}


def write_year_book(tally: Tally, report: Report, links: Links) -> bytes:
    """Return the figures as a workbook whose rows have these links to where they come from.

    What of it is not as everywhere else is noted on the run.
    """
    book = Book("The figures of a year, by chcheck")
    try:
        with room_on_disk():
            page = pages(book, SUMMARY, (60, 16, 16, 16))
            listings = (_groups(book, tally), _figures(book, tally), _cases(book, tally, links))
            for one in listings:
                one.end()
            odd = [says for one in listings for says in one.notes()]
            _summarise(page, tally, report, odd)
            tally.notes += odd
            return book.end(tally.last_day)
    finally:
        book.discard()


def _summarise(page: Page, tally: Tally, report: Report, odd: Sequence[str]) -> None:
    """Write the first sheet: the answer, the tables of the text, and what they rest on."""
    year = year_of(tally)
    page.title(f"Complaints in {year.asked.period.name}")
    for says in (headline(tally), period_line(tally), totals.as_at(tally)):
        page.says(says)
    moments = moments_of(year, tally.last_day)
    heads = [moment_name(one, tally) for one in moments]
    for block in blocks_of(year):
        for stage in (1, 2):
            across = figures_across(year, moments, stage, block)
            if across.any(lambda one: one.kinds):
                page.row += 1
                rows = lines_of(across, measures=has_measures(year, block))
                page.table(
                    (f"{block_name(block)}, stage {stage}", *heads),
                    (("    " * one.depth + one.name, *map(figure, one.cells)) for one in rows),
                )
    page.row += 1
    page.says(_TRACED)
    for says in (*(f"{says}." for says in odd), *notes(tally)):
        page.says(says)
    page.heading("The readings of CH02")
    for one in READINGS:
        page.says(f"{one.key}: {one.name}")
    page.heading(RESTS)
    for rest in rests_on(report):
        page.says(f"{rest.name}: {rest.which}{f' (SHA-256 {rest.sha256})' if rest.sha256 else ''}")
    page.row += 1
    page.says(disclaimer(tuple(tally.ombudsmen)))


def _groups(book: Book, tally: Tally) -> Listing:
    """Write what became of the complaints of each group, as of each day."""
    year = year_of(tally)
    by = capital(year.asked.by) or "Group"
    heads = (by, "Stage", "Period", "As at", "Received", *CLASS_NAMES.values())
    listing = Listing(book, GROUPS, [Column(one) for one in heads])
    for block in groups_of(year):
        for stage in (1, 2):
            for moment in moments_of(year, tally.last_day):
                day = moment.period.last if moment.at == AT_END else tally.last_day
                one = figures_of(year, moment, stage, block)
                became = [one.became[name] for name in CLASS_NAMES]
                name = block.group or NO_GROUP
                listing.add((name, stage, moment.period.name, day, one.received, *became))
    return listing


def _figures(book: Book, tally: Tally) -> Listing:
    """Write every figure, as CSV has it."""
    listing = Listing(book, FIGURES, _columns(figure_heads(tally)))
    for cells in figure_rows(tally):
        listing.add(cells)
    return listing


def _cases(book: Book, tally: Tally, links: Links) -> Listing:
    """Write the complaints behind the figures, each with the link to its row."""
    heads = case_heads(tally)
    path, line = heads.index("path"), heads.index("line")
    listing = Listing(book, CASES, _columns(heads), line)
    for cells in case_rows(tally):
        where, row = cells[path], cells[line]
        assert isinstance(where, str)
        assert isinstance(row, int)
        listing.add(cells, links.to(where, row))
    return listing


def _columns(heads: Sequence[str]) -> list[Column]:
    # The key of a reading is the same in the figures.
    names = (one if "-" in one else capital(one.replace("_", " ")) for one in heads)
    both = zip(heads, names, strict=True)
    return [Column(_NAMES.get(one, name), plain=True) for one, name in both]
