"""What is overdue and what falls due: the open limits of a run, few enough to be listed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from datetime import date, time
from functools import lru_cache

from msgspec import Struct, field
from msgspec.structs import replace

from timeliness.model.calendars import Limit, working_days
from timeliness.model.days_off import DayOff, days_off_in
from timeliness.model.errors import UsageError, hint
from timeliness.model.findings import Case, Finding
from timeliness.model.plain import listed
from timeliness.model.ranges import Moments
from timeliness.model.sides import POLICY, Side
from timeliness.model.verdict_words import BREACH, CANNOT_TELL, PENDING
from timeliness.results.flat import RECORD, fingerprint
from timeliness.results.grouping import LANDLORD, plain

OVERDUE, COMING, UNCLEAR = "overdue", "due", "cannot-tell"
"""How an open limit stands: past its day, before it, or it is not known which."""
KINDS = (OVERDUE, COMING, UNCLEAR)

SOON = Limit(5, "working_days")
"""How far ahead the first screen of a check looks."""
MOST_NEXT = 10
"""As many limits as the first screen of a check lists."""


class DueAsked(Struct, frozen=True):
    """What is asked of the list: how far ahead it looks, and what it is grouped by.

    With `within` it leaves out what falls due later; `by` is a carried column, or `LANDLORD`.
    `most` is how many limits of each kind are kept, None for all of them.
    """

    within: Limit | None = None
    by: str = ""
    most: int | None = None

    @property
    def ahead(self) -> Limit:
        """Return how far ahead what is counted as due soon lies."""
        return self.within or SOON


FIRST_SCREEN = DueAsked(most=MOST_NEXT)
"""What the first screen of a check says of what is open."""
EVERYTHING = DueAsked()
"""All that is open, for an output that lists it."""


class OpenLimit(Struct, frozen=True):
    """One limit that is open: nothing is known to have met, ended or overtaken it.

    `due` is the day or span on which it was or will be due. `left` counts the working days from
    the day of the check to the earliest of them, of what is to come. `late` is by how much it is
    overdue, in whole units of its limit, where its rule has one (`unit`). `sides` and
    `clauses` are of one limit, or of several that fall due together. `unless_extended` is as in
    `Finding`, and `due_at` too.
    """

    when: str
    complaint: str
    landlord: str
    path: str
    line: int
    sides: tuple[Side, ...]
    rule: str
    title: str
    episode: int
    clauses: tuple[str, ...]
    duty: str
    provenance: str
    reason: str
    due: tuple[date | None, date | None]
    late: tuple[int | None, int | None]
    unit: str
    as_at: date
    nation: str
    left: int | None
    group: str = ""
    unless_extended: bool = False
    due_at: Moments | None = None

    @property
    def first(self) -> date:
        """Return the earliest day on which it may be due."""
        return self.due[0] or self.due[1] or self.as_at

    @property
    def days_over(self) -> tuple[int, int]:
        """Return by how many calendar days at least and at most it is past its day."""
        first, last = self.due
        least = (self.as_at - (last or first or self.as_at)).days
        return max(least, 0), max((self.as_at - self.first).days, 0)

    @property
    def order(self) -> tuple[object, ...]:
        """Return what limits are sorted by: by group, the overdue first, then by day."""
        return (
            *(self.group == "", self.group, KINDS.index(self.when), self.first, self._hour),
            *(self.complaint, self.landlord, self.path, self.line),
            *(self.episode, _STAGES.get(self.rule, len(_STAGES)), self.title, self.sides),
        )

    @property
    def _hour(self) -> time:
        """Return the time by which it is sorted within a day: the end of the day without one."""
        return self.due_at.earliest.time() if self.due_at else time.max

    @property
    def identity(self) -> str:
        """Return what it is known by in every run, whatever file it is in and when it is due."""
        names = (side.name for side in self.sides)
        key = (self.landlord, self.complaint, *names, self.rule, str(self.episode))
        title = (self.title,) if self.sides[0].standard in ("promise", "order") else ()
        return fingerprint((*key, *title))


_STAGES = {
    name: place
    for place, name in enumerate(
        (
            "acknowledge-complaint",
            "stage-1-response",
            "acknowledge-escalation",
            "stage-2-response",
            "stage-3-response",
        )
    )
}


def together(limits: Iterable[OpenLimit]) -> list[OpenLimit]:
    """Return limits in order, those of policy and Code as one where they ask the same by a day."""
    found: dict[tuple[object, ...], OpenLimit] = {}
    for one in sorted(limits, key=lambda limit: limit.order):
        key = (
            *(one.path, one.line, one.complaint, one.rule, one.episode, one.when, one.due),
            one.due_at,
            one.title if one.sides[0].standard in ("promise", "order") else "",
        )
        same = found.get(key)
        if same is None:
            found[key] = one
            continue
        found[key] = replace(
            same,
            sides=tuple(
                sorted(
                    dict.fromkeys((*same.sides, *one.sides)),
                    key=lambda side: side.standard != POLICY,
                )
            ),
            clauses=(*same.clauses, *one.clauses),
            unless_extended=same.unless_extended or one.unless_extended,
        )
    return list(found.values())


def open_findings(case: Case) -> Iterator[tuple[str, Finding]]:
    """Return the findings of a complaint on what is open, each with how it stands."""
    for finding in case.findings:
        if when := _when(finding):
            yield when, finding


def open_limits(case: Case, group: str = "") -> Iterator[OpenLimit]:
    """Return every limit of a complaint that is open on the day of its check."""
    for when, finding in open_findings(case):
        timeline, due, late = case.timeline, finding.due, finding.late_by
        yield OpenLimit(
            when=when,
            complaint=timeline.complaint,
            landlord=timeline.landlord,
            path=timeline.path,
            line=timeline.line,
            sides=(finding.side,),
            rule=finding.rule,
            title=finding.title,
            episode=finding.episode,
            clauses=(finding.clause,),
            duty=finding.duty,
            provenance=finding.provenance,
            reason=finding.reason,
            due=(due.earliest, due.latest) if due else (None, None),
            late=(late.least, late.most) if late and when == OVERDUE else (None, None),
            unit=finding.limit.unit if finding.limit else "",
            as_at=case.as_at,
            nation=timeline.nation,
            left=finding.due_in.least if when == COMING and finding.due_in else None,
            group=group,
            unless_extended=finding.unless_extended,
            due_at=finding.due_at,
        )


def _when(finding: Finding) -> str:
    """Return how a finding stands as an open limit, or nothing where it is none.

    The resident's own time has no count of days left, and is not the landlord's to meet.
    """
    if finding.standard == RECORD:
        return ""
    if finding.verdict == BREACH and finding.is_owed:
        return OVERDUE
    if finding.verdict == PENDING and finding.due_in:
        return COMING
    return UNCLEAR if finding.verdict == CANNOT_TELL and finding.still_open else ""


@lru_cache(maxsize=1024)
def last_day(limit: Limit, as_at: date, nation: str, off: tuple[DayOff, ...]) -> date:
    """Return the last day of what is due soon. Raises `CalendarError`."""
    return working_days(nation, days_off=days_off_in(nation, off)).due(as_at, limit)


class DueList(Struct):
    """The open limits of a run: all of them counted, and those that are asked for kept.

    `counts` holds how many are overdue, due by the last day that is looked at (`COMING`), due
    `LATER`, and unclear, those of policy and Code as one where they fall due together. `nation` is
    whose working days the last day is counted in, without the `days_off` that are declared.
    `complaints` counts those that have any.
    """

    asked: DueAsked = FIRST_SCREEN
    nation: str = "england"
    days_off: tuple[DayOff, ...] = ()
    counts: Counter[str] = field(default_factory=Counter)
    complaints: int = 0
    limits: list[OpenLimit] = field(default_factory=list)
    columns: dict[str, None] = field(default_factory=dict)

    def last_day(self, as_at: date) -> date:
        """Return the last day that counts as soon, seen from the day of a check."""
        return last_day(self.asked.ahead, as_at, self.nation, self.days_off)

    def add_cases(self, cases: Iterable[Case]) -> None:
        """Add complaints that were checked one by one."""
        for case in cases:
            found = list(open_limits(case, self._group_of(case)))
            if found:
                self.complaints += 1
                self.add(found, Counter(map(self._counted_as, together(found))))

    def add(self, limits: Iterable[OpenLimit], counts: Counter[str]) -> None:
        """Add limits, of which as many as `counts` says were found; not all of them need be here.

        Those of a complaint have to come together.
        """
        self.counts += counts
        within = self.asked.within
        self.limits += [one for one in limits if not within or self._counted_as(one) != LATER]
        most = self.asked.most
        if most is not None and len(self.limits) > 50 * most:
            self._cut(most)

    def join(self, other: DueList) -> None:
        """Add what another part of the same complaints has, of which the same is asked."""
        self.complaints += other.complaints
        self.columns.update(other.columns)
        self.add(other.limits, other.counts)

    def _cut(self, most: int) -> None:
        """Keep no more of each kind than are asked for."""
        kept: Counter[str] = Counter()
        first = []
        for one in sorted(self.limits, key=lambda limit: limit.order):
            kept[one.when] += 1
            # Of a limit under policy and Code there are two.
            if kept[one.when] <= 2 * most:
                first.append(one)
        self.limits = first

    def _counted_as(self, one: OpenLimit) -> str:
        coming = one.when == COMING
        return LATER if coming and one.first > self.last_day(one.as_at) else one.when

    def _group_of(self, case: Case) -> str:
        by = self.asked.by
        if not by:
            return ""
        if by == LANDLORD:
            return case.timeline.landlord
        name = self.column_among(case.carried)
        return case.carried[name] if name else ""

    def column_among(self, names: Collection[str]) -> str:
        """Return the column by which the list is grouped, of those that a table carries, or ""."""
        self.columns.update(dict.fromkeys(names))
        return next((name for name in names if plain(name) == plain(self.asked.by)), "")

    def check_by(self) -> None:
        """Refuse to group by a column that no table has. Raises `UsageError`."""
        by = self.asked.by
        known = list(self.columns)
        if not by or by == LANDLORD or self.column_among(known):
            return
        if not known:
            raise UsageError(f'nothing here has a column "{by}" to group by; use --by {LANDLORD}')
        near = hint(by, known, f"you can group by {listed(known, 'or')}", form=plain)
        raise UsageError(f'no table has a column "{by}" that a list can be grouped by; {near}')

    def next_coming(self) -> list[OpenLimit]:
        """Return what falls due soon, by day."""
        soon = [one for one in self.limits if self._counted_as(one) == COMING]
        return together(soon)[:MOST_NEXT]


LATER = "later"
"""How what falls due after the days that are looked at is counted."""
