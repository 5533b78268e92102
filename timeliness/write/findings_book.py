"""The findings of a run as a workbook to send round: a summary, and a sheet for each kind."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from msgspec import Struct

from timeliness.model.dates import Span
from timeliness.model.findings import RIGHT_OTHERWISE, WRONG, Case
from timeliness.model.plain import capital, short_span, unit_noun
from timeliness.model.ranges import Range
from timeliness.model.report import Report
from timeliness.model.verdict_words import BREACH, CANNOT_TELL, NOT_FOLLOWED, PENDING, REASONS
from timeliness.results.due import OVERDUE, OpenLimit, together
from timeliness.results.flat import Flat, fingerprint_of_row
from timeliness.results.tally import Tally
from timeliness.write.book import Book, Cell, Page, pages
from timeliness.write.due import TITLES
from timeliness.write.findings_summary import (
    BREACHES,
    CLAIMS,
    DUE,
    REJECTED,
    SUMMARY,
    UNDECIDED,
    summarise,
)
from timeliness.write.listing import Column, Links, Listing
from timeliness.write.words import (
    OUTCOMES,
    STATUSES,
    side_title,
    whose,
)

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
    *("Complaint", "Landlord", "Where it says so", "What it says", "Is it right?", "Right only"),
    *("Right", "Done", *_PLACE),
)
_UNREAD = (
    *("What became of it", "Complaint", "Column", "Value", "What is wrong", "Status"),
    *("Fingerprint", *_PLACE),
)
_WRAPPED = {"Why", "What is wrong", "Status", "Right only"}


class ClaimTold(Struct, frozen=True):
    """One claim of a landlord's own system, or one statement, that is not right.

    `where` is the column that has it, or who said it. `says` is what it says and `right` what would
    be right: a day, a number of days, in time or late. `outcome` is that of a statement, and `only`
    says how it would have to be counted.
    """

    complaint: str
    landlord: str
    where: str
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
                *(one.complaint, one.landlord, one.where, one.says),
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
        for case in tally.timelines:
            for claim in _statements_of(case):
                self.add_claim(claim)
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
        summarise(self.summary, tally, report, self.listings)
        return self.book.end(tally.last_day)

    def notes(self) -> Iterator[str]:
        """Yield what is not as everywhere else: sheets that go on, rows without a link."""
        for one in self.listings:
            yield from one.notes()


def _statements_of(case: Case) -> Iterator[ClaimTold]:
    """Yield the statements of a timeline that are not right."""
    timeline = case.timeline
    for one in case.statements:
        if one.outcome in (WRONG, RIGHT_OTHERWISE):
            yield ClaimTold(
                complaint=timeline.complaint,
                landlord=timeline.landlord,
                where=", ".join(filter(None, (one.by, one.source))),
                says=one.stated or one.words,
                outcome=one.outcome,
                only="; or ".join(one.readings),
                right=one.would_be,
                done=None,
                path=timeline.path,
                line=one.line,
                carried=case.carried,
            )


def _overdue(one: OpenLimit) -> tuple[Cell, str]:
    """Return by how much a limit is overdue, and in what, as `due.lateness` has it."""
    if one.when != OVERDUE:
        return None, ""
    if one.unit == "working_days" and one.late[0] is not None and one.late[1] != 0:
        return _number(one.late), "working days"
    return _number(one.days_over), "days"


def _days(ends: tuple[date | None, date | None]) -> Cell:
    """Return a day as a date, and what lies between two as a text."""
    earliest, latest = ends
    if earliest is None and latest is None:
        return None
    return earliest if earliest == latest else short_span(Span(earliest, latest))


def _number(ends: tuple[int | None, int | None]) -> Cell:
    least, most = ends
    return least if least is None or least == most else str(Range(least, most))
