"""The findings of a run as a workbook to send round: a summary, and a sheet for each kind."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from timeliness.model.dates import Span
from timeliness.model.findings import (
    BREACH,
    CANNOT_TELL,
    NOT_FOLLOWED,
    PENDING,
    REASONS,
    Range,
)
from timeliness.model.plain import capital, number, short_span, unit_noun
from timeliness.model.report import Report
from timeliness.results.claimed import totals_of
from timeliness.results.due import OVERDUE, OpenLimit, together
from timeliness.results.flat import Flat, fingerprint_of_row
from timeliness.results.shares import DEFINITION, Share
from timeliness.results.tally import Tally
from timeliness.write import book, totals
from timeliness.write.book import Book, Cell, Column, Links, Listing, Page, figure, pages
from timeliness.write.claims import TITLE as CLAIMS_TITLE
from timeliness.write.claims import claim_lines
from timeliness.write.due import TITLES, headline
from timeliness.write.groups import group_tables
from timeliness.write.rests import TITLE as RESTS
from timeliness.write.rests import rests_on
from timeliness.write.words import (
    OUTCOMES,
    STATUSES,
    configuration_line,
    disclaimer,
    in_brackets,
    side_title,
    whose,
)

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
    DUE: "what is overdue and not answered yet, and what falls due, by day",
    CLAIMS: "what the landlord's own system says of its time limits and is not right",
    REJECTED: "the rows that could not be checked, or only in part",
}
"""What is on each sheet."""

_PLACE = ("File", "Row")
_FOUND = (
    *("Complaint", "Landlord", "What", "Whose rule", "Clause", "Verdict", "Why", "From", "Due"),
    *("Done", "Working days taken", "Late by", "Unit", "Calendar days late", "Status", *_PLACE),
)
_TO_DO = (
    *("How it is", "Due", "Working days left", "Overdue by", "Unit", "Complaint", "Landlord"),
    *("What", "Whose rule", "Clause", *_PLACE),
)
_CLAIMED = (
    *("Complaint", "Landlord", "Column", "What it says", "Is it right?", "Right only", "Right"),
    *("Done", *_PLACE),
)
_UNREAD = (
    *("What became of it", "Complaint", "Column", "Value", "What is wrong", "Status"),
    *("Fingerprint", *_PLACE),
)
_WRAPPED = {"Why", "What is wrong", "Status", "Right only"}


@dataclass(frozen=True)
class ClaimTold:
    """One claim of a landlord's own system that is not right.

    `says` is what it says and `right` what would be right: a day, a number of days, in time or
    late. `outcome` is that of a statement, and `only` says how it would have to be counted.
    """

    complaint: str
    landlord: str
    column: str
    says: Cell
    outcome: str
    only: str
    right: Cell
    done: date | None
    path: str
    line: int
    carried: Mapping[str, str]


class FindingsBook:
    """The workbook of the findings of a run: give it what is found, then end it."""

    def __init__(self, carried: Sequence[str], links: Links) -> None:
        self.book, self.links = Book("Complaints checked with chcheck"), links
        self.carried = tuple(carried)
        self.summary: Page = pages(self.book, SUMMARY, (44, 13, 13, 13, 13, 13, 13))
        self.breaches = self._listing(BREACHES, _FOUND, self.carried)
        self.undecided = self._listing(UNDECIDED, _FOUND, self.carried)
        self.due = self._listing(DUE, _TO_DO, self.carried)
        self.claims = self._listing(CLAIMS, _CLAIMED, self.carried)
        self.rejected = self._listing(REJECTED, _UNREAD, ())
        self._open: dict[tuple[str, int], tuple[str, ...]] = {}

    def _listing(self, name: str, heads: Sequence[str], carried: Sequence[str]) -> Listing:
        own = (f"carried {one}" if one in heads else one for one in carried)
        columns = [Column(head, head in _WRAPPED) for head in (*heads, *own)]
        return Listing(self.book, name, columns, heads.index("Row"))

    @property
    def listings(self) -> tuple[Listing, ...]:
        """Return the sheets of rows, in order."""
        return self.breaches, self.undecided, self.due, self.claims, self.rejected

    def add(self, flat: Flat) -> None:
        """Take a finding; what was in time, or never fell due, is on no sheet."""
        carried = tuple(flat.carried.get(name, "") for name in self.carried)
        if any(carried) and (flat.verdict in (PENDING, CANNOT_TELL) or flat.is_owed):
            # What is due is listed at the end, by day, and then takes these along.
            self._open[flat.path, flat.line] = carried
        if flat.counts_as in (BREACH, NOT_FOLLOWED):
            self._found(self.breaches, flat, carried)
        elif flat.counts_as == CANNOT_TELL:
            self._found(self.undecided, flat, carried)

    def _found(self, listing: Listing, flat: Flat, carried: Sequence[str]) -> None:
        late = flat.late_by[0] is not None
        listing.add(
            (
                *(flat.complaint, flat.landlord, flat.name, side_title(flat.side)),
                *(flat.clause_read, STATUSES[flat.counts_as].word),
                capital(REASONS[flat.reason]),
                *(_days(flat.start), _days(flat.due), _days(flat.done)),
                _number(flat.working_days),
                *(_number(flat.late_by), f"{unit_noun(flat.unit)}s" if late and flat.unit else ""),
                *(_number(flat.days_late), flat.status, flat.path, flat.line, *carried),
            ),
            self.links.to(flat.path, flat.line),
        )

    def add_claim(self, one: ClaimTold) -> None:
        """Take a claim that is not right."""
        self.claims.add(
            (
                *(one.complaint, one.landlord, one.column, one.says),
                *(OUTCOMES[one.outcome].word, one.only, one.right, one.done, one.path, one.line),
                *(one.carried.get(name, "") for name in self.carried),
            ),
            self.links.to(one.path, one.line),
        )

    def _add_due(self, one: OpenLimit) -> None:
        late, unit = _overdue(one)
        cells: list[Cell] = [
            *(TITLES[one.when], _days(one.due), one.left, late),
            *(unit, one.complaint, one.landlord, one.title, capital(whose(one.sides))),
            *("; ".join(filter(None, one.clauses)), one.path, one.line),
            *self._open.get((one.path, one.line), ()),
        ]
        self.due.add(cells, self.links.to(one.path, one.line))

    def end(self, tally: Tally, report: Report) -> bytes:
        """Return the workbook."""
        for limit in together(tally.due.limits):
            self._add_due(limit)
        for what, troubles in (("Rejected", tally.rejected), ("Checked in part", tally.partly)):
            for one in troubles:
                self.rejected.add(
                    (
                        *(what, one.reference, one.column, one.cell, capital(one.sentence)),
                        *(tally.status_of_row(one), fingerprint_of_row(one), one.path, one.line),
                    ),
                    self.links.to(one.path, one.line),
                )
        for listing in self.listings:
            listing.end()
        _summarise(self.summary, tally, report, self)
        return self.book.end(tally.last_day)

    def notes(self) -> Iterator[str]:
        """Yield what is not as everywhere else: sheets that go on, rows without a link."""
        for one in self.listings:
            if len(one.parts) > 1:
                yield f"{one.name} has more rows than a sheet holds, and goes on in {_other(one)}"
            if one.without_link:
                few = one.without_link == 1
                yield (
                    f"{one.name}: {number(one.without_link, 'row')} {'is' if few else 'are'} named "
                    "by file and row, without a link, because a sheet holds "
                    f"{number(book.MOST_LINKS, 'link')}"
                )


def _overdue(one: OpenLimit) -> tuple[Cell, str]:
    """Return by how much a limit is overdue, and in what, as `due.lateness` has it."""
    if one.when != OVERDUE:
        return None, ""
    if one.unit == "working_days" and one.late[0] is not None and one.late[1] != 0:
        return _number(one.late), "working days"
    return _number(one.days_over), "days"


def _other(listing: Listing) -> str:
    return ", ".join(list(listing.parts)[1:])


def _days(ends: tuple[date | None, date | None]) -> Cell:
    """Return a day as a date, and what lies between two as a text."""
    earliest, latest = ends
    if earliest is None and latest is None:
        return None
    return earliest if earliest == latest else short_span(Span(earliest, latest))


def _number(ends: tuple[int | None, int | None]) -> Cell:
    least, most = ends
    return least if least is None or least == most else str(Range(least, most))


def _summarise(page: Page, tally: Tally, report: Report, made: FindingsBook) -> None:
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
    _contents(page, made)
    _numbers(page, tally)
    _groups(page, tally)
    _lists(page, tally)
    page.heading(RESTS)
    for one in rests_on(report):
        page.says(f"{one.name}: {one.which}{f' (SHA-256 {one.sha256})' if one.sha256 else ''}")
    page.row += 1
    page.says(disclaimer(list(tally.ombudsmen)))


def _contents(page: Page, made: FindingsBook) -> None:
    page.heading("In this workbook")
    for one in made.listings:
        for name, rows in one.parts.items():
            page.sheet.write_url(page.row, 0, f"internal:'{name}'!A1", made.book.link, name)
            page.line(None, rows, _SAYS[one.name])
    for says in made.notes():
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
