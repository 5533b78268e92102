"""Many complaints together: the shares, the counts and the lists of an export's report."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Generic, TypeVar

from msgspec import Struct

from timeliness.model.assumption import Counts
from timeliness.model.claims import SYSTEM
from timeliness.model.errors import Mistake
from timeliness.model.findings import RIGHT_OTHERWISE, WRONG, Case, StatementFound
from timeliness.model.report import Report
from timeliness.model.sides import CODE, POLICY, RuleKey
from timeliness.model.verdict_words import (
    BREACH,
    CANNOT_TELL,
    CLOSED_UNANSWERED,
    MET,
    NOT_FOLLOWED,
    PENDING,
    REASONS,
    of_several,
)
from timeliness.results.shares import Share, percent
from timeliness.write.claims import claim_lines
from timeliness.write.headline import answer_for_many
from timeliness.write.html.by_group import CarriedTable, Found, group_tables_of, share_of
from timeliness.write.html.charts import Chart, Histogram, histogram, month_chart
from timeliness.write.words import DELAYS_OPEN, DELAYS_OVER, GROUPS, side_title

MOST_BREACHES = 500
MOST_UNCLEAR = 200
MOST_PROBLEMS = 200
MOST_CLAIMS = 200
MOST_DELAYS = 10
"""How much of each list is shown; what is left out is always counted."""

_DECIDED = (MET, PENDING, NOT_FOLLOWED)

T = TypeVar("T")


class ShareRow(Struct, frozen=True):
    """One clock of one side, over all complaints."""

    title: str
    standard: str
    share: Share
    pending: int
    without: Share | None = None
    """The same without what is assumed of the tables."""

    @property
    def parts(self) -> list[tuple[str, float, float]]:
        """Return the stretches of a bar, each with its kind, place and width in percent."""
        total = self.share.met + self.share.breach + self.share.cannot_tell
        made, at = [], 0.0
        for kind, count in (
            (MET, self.share.met),
            (CANNOT_TELL, self.share.cannot_tell),
            (BREACH, self.share.breach),
        ):
            width = round(100 * count / total, 2) if total else 0.0
            if count:
                made.append((kind, round(at, 2), width))
            at += width
        return made


class Shown(Struct, Generic[T], frozen=True):
    """The first of a list, and how many there are in all."""

    items: tuple[T, ...]
    total: int


class ExportPage(Struct, frozen=True):
    """Everything that the report of an export shows.

    `rows` holds, by the place of a complaint, the id of the row that says most of it: its first
    breach, or what cannot be decided of it.
    """

    complaints: int
    breached: int
    unclear: int
    headline: str
    landlords: tuple[str, ...]
    shares: tuple[ShareRow, ...]
    months: tuple[Chart, ...]
    histograms: tuple[Histogram, ...]
    carried: tuple[CarriedTable, ...]
    left_out_columns: tuple[str, ...]
    delays: tuple[tuple[str, tuple[Found, ...]], ...]
    breaches: Shown[Found]
    reasons: tuple[tuple[str, int], ...]
    unclear_list: Shown[Found]
    unchecked: Shown[Mistake]
    later: Shown[Mistake]
    partly: Shown[tuple[Case, Mistake]]
    accepted: Shown[Found]
    not_followed: int
    accounting: str
    record: tuple[tuple[str, int], ...]
    claims: tuple[str, ...]
    claimed: Shown[tuple[Case, StatementFound]]
    rows: Mapping[int, str]


def export_page(report: Report) -> ExportPage:
    """Return what the report shows of many complaints together: long, since it names each list."""
    cases = report.cases
    clocks: dict[RuleKey, list[Found]] = {}
    breaches: list[Found] = []
    unclear: list[Found] = []
    accepted: list[Found] = []
    not_followed = 0
    breached = not_told = closed = 0
    for case in cases:
        verdicts = {finding.counts_as for finding in case.findings}
        breached += BREACH in verdicts
        not_told += BREACH not in verdicts and CANNOT_TELL in verdicts
        for finding in case.findings:
            if finding.limit and finding.standard in (POLICY, CODE):
                clocks.setdefault(finding.key.for_all, []).append((case, finding))
            if finding.counts_as == BREACH:
                breaches.append((case, finding))
            elif finding.counts_as == CANNOT_TELL:
                unclear.append((case, finding))
            elif finding.counts_as == NOT_FOLLOWED:
                not_followed += 1
            closed += finding.reason == CLOSED_UNANSWERED
            if finding.accepted:
                accepted.append((case, finding))
    breaches.sort(key=_worst)
    partly = [(case, problem) for case in cases for problem in case.problems]
    plain = report.assumed.changed if report.assumed else {}
    # A time limit that never began in any complaint, such as those of a law, says nothing here.
    every = (_share_row(found, plain) for found in clocks.values())
    rows = tuple(row for row in every if row.pending or any(row.share.counts))
    responses = [found for key, found in clocks.items() if key.rule.endswith("response")]
    carried, not_shown = group_tables_of(report, clocks)
    reasons = Counter(finding.reason for _, finding in unclear)
    return ExportPage(
        complaints=len(cases),
        breached=breached,
        unclear=not_told,
        headline=report.answer
        or answer_for_many(
            len(cases),
            breached,
            not_told,
            decides=any(one.counts_as in _DECIDED for case in cases for one in case.findings),
            named=f" ({percent(breached / len(cases))})" if cases else "",
            closed=closed,
            later=len(report.later),
            unlooked=report.not_looked_at,
            scope=of_several([case.scope for case in cases]),
        ),
        landlords=tuple(sorted({case.timeline.landlord for case in cases} - {""})),
        shares=rows,
        months=tuple(
            chart
            for found in responses
            if (chart := month_chart(_name(found), _by_month(found))) is not None
        ),
        histograms=tuple(
            made
            for found in responses
            if (made := histogram(_name(found), [finding for _, finding in found])) is not None
        ),
        carried=carried,
        left_out_columns=not_shown,
        delays=tuple(_delays(breaches)),
        breaches=Shown(tuple(breaches[:MOST_BREACHES]), len(breaches)),
        reasons=tuple((REASONS.get(name, name), count) for name, count in reasons.most_common()),
        unclear_list=Shown(tuple(unclear[:MOST_UNCLEAR]), len(unclear)),
        unchecked=Shown(report.unchecked[:MOST_PROBLEMS], len(report.unchecked)),
        later=Shown(report.later[:MOST_PROBLEMS], len(report.later)),
        partly=Shown(tuple(partly[:MOST_PROBLEMS]), len(partly)),
        accepted=Shown(tuple(accepted[:MOST_BREACHES]), len(accepted)),
        not_followed=not_followed,
        accounting=report.accounting,
        record=report.record,
        claims=tuple(claim_lines(report.claims)),
        claimed=_claimed(cases),
        rows=_rows(cases, breaches[:MOST_BREACHES], unclear[:MOST_UNCLEAR]),
    )


def _rows(
    cases: Sequence[Case], breaches: Sequence[Found], unclear: Sequence[Found]
) -> dict[int, str]:
    """Return the id of the first row of each complaint that has one, by its place."""
    places = {id(case): place for place, case in enumerate(cases)}
    rows: dict[int, str] = {}
    for mark, found in (("b", breaches), ("u", unclear)):
        for number, (case, _) in enumerate(found, 1):
            rows.setdefault(places[id(case)], f"{mark}{number}")
    return rows


def _claimed(cases: Sequence[Case]) -> Shown[tuple[Case, StatementFound]]:
    """Return the claims of the landlord's own system that are not right."""
    found = [
        (case, one)
        for case in cases
        for one in case.statements
        if one.outcome in (WRONG, RIGHT_OTHERWISE) and one.by == SYSTEM
    ]
    return Shown(tuple(found[:MOST_CLAIMS]), len(found))


def worst_first(cases: Sequence[Case]) -> list[Case]:
    """Return complaints with the latest first, those without a breach last."""
    return sorted(
        cases,
        key=lambda case: min((_worst((case, one)) for one in case.with_verdict(BREACH)), default=0),
    )


def _worst(found: Found) -> int:
    """Return a key that puts what is late by the most days, at least, first."""
    days = found[1].days_late
    return -(days.least if days else 0) - 1


def _delays(breaches: Sequence[Found]) -> Iterator[tuple[str, tuple[Found, ...]]]:
    """Return the longest delays, those still open apart from those that are over."""
    still = [found for found in breaches if found[1].is_owed]
    over = [found for found in breaches if not found[1].is_owed and found[1].days_late]
    for title, found in ((DELAYS_OPEN, still), (DELAYS_OVER, over)):
        if found:
            yield title, tuple(found[:MOST_DELAYS])


def _name(found: Sequence[Found]) -> str:
    first = found[0][1]
    if first.standard in GROUPS:
        return GROUPS[first.standard]
    return f"{first.plain_title}, {side_title(first.side)}"


def _share_row(found: Sequence[Found], plain: Mapping[RuleKey, Counts]) -> ShareRow:
    first = found[0][1]
    counts = plain.get(first.key.for_all)
    pending = sum(finding.verdict == PENDING for _, finding in found)
    # The title of one promise or order names its day; the share is that of all of them.
    title = GROUPS.get(first.standard, first.plain_title)
    without = Share(*counts) if counts else None
    return ShareRow(title, side_title(first.side), share_of(found), pending, without)


def _by_month(found: Sequence[Found]) -> dict[date, Share]:
    """Return the share of each month, by the month in which the clock fell due."""
    months: dict[date, list[Found]] = {}
    for case, finding in found:
        due = finding.due.latest or finding.due.earliest if finding.due else None
        if due and finding.verdict in (MET, BREACH, CANNOT_TELL):
            months.setdefault(due.replace(day=1), []).append((case, finding))
    return {month: share_of(months[month]) for month in sorted(months)}
