"""The sums of a run: findings by verdict, shares in time, and what became of every row."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING

from msgspec import field
from msgspec.structs import replace

from timeliness.model.assumption import Assumed, Assumption
from timeliness.model.errors import Mistake
from timeliness.model.findings import Case
from timeliness.model.report import Basis, Configuration, Input, Report, TableRead
from timeliness.model.rulebooks import Rulebook
from timeliness.model.sides import RuleKey, Side, side_name
from timeliness.model.verdict_words import (
    BREACH,
    CANNOT_TELL,
    CLOSED_UNANSWERED,
    MET,
    NOT_FOLLOWED,
    PENDING,
    PROBLEMS,
    VERDICTS,
)
from timeliness.results.due import DueList
from timeliness.results.flat import RECORD, Flat, flat_of
from timeliness.results.gate import Key, broken_floors
from timeliness.results.gated import MOST_NAMED, Gated
from timeliness.results.groups import Groups, standing_of
from timeliness.results.period import ReceivedIn
from timeliness.results.shares import Share

if TYPE_CHECKING:
    from timeliness.results.claimed import ClaimKey, Score
    from timeliness.results.year import YearCount

MOST_DELAYS = 10
_DECIDED = (MET, BREACH, PENDING, NOT_FOLLOWED)

Settled = tuple[Case, Mapping[int, Flat]]
"""A complaint with its findings as flat rows, each with its status, by their places."""

_TOGETHER = {"promise": "Promises", "order": "Orders of the Ombudsman"}
"""What findings are called together whose own titles name one day's promise or order."""


def _rows_of(mistakes: Iterable[Mistake]) -> int:
    return len({(one.path, one.line) for one in mistakes})


class Tally(Gated):
    """Everything one run found, in numbers.

    `later` names the complaints that were received after the day of the check, and `period` says
    when those were received that are checked; `rows_left_out` counts the rows of all others.
    `undecided` counts the complaints without a breach of which some limit cannot be decided,
    `closed` the limits that were closed without a recorded answer, and `missing` holds the events
    whose want of a column (or row) leaves a limit undecided. `days` are the first and last day of
    any check. `clocks` holds what is met by a day. `delays_open` are the
    longest delays that go on, and `delays_over` those that ended. `left_out` is how many findings
    the formats for CI have no room for. `due` holds what is open, `year` counts a year where its
    figures are asked for, and `timelines` every complaint that was checked as a timeline. `groups`
    holds the counts by what they are split by. Of a sum of `parts` it holds how many rows of each
    were checked in part, and rejected: a line of one may be a line of another as well. `basis` is
    what the run rests on beside what it read. `dates_unused` names the columns of dates that are
    not used. `ombudsmen` are those whose finding a breach is not. `claims` counts what the
    landlord's own system says. `configuration` is the configuration that was used. `plain` counts
    the same without the `assumption` of the run, where it has one. `scopes` holds what "no breach"
    can be said of, of some complaint.
    """

    configuration: Configuration | None = None
    read: int = 0
    unread: list[Mistake] = field(default_factory=list)
    later: list[Mistake] = field(default_factory=list)
    rows_left_out: int = 0
    counts: dict[RuleKey, Counter[str]] = field(default_factory=dict)
    titles: dict[RuleKey, str] = field(default_factory=dict)
    clocks: set[RuleKey] = field(default_factory=set)
    not_examined: Counter[tuple[Side, str]] = field(default_factory=Counter)
    record: Counter[str] = field(default_factory=Counter)
    claims: dict[ClaimKey, Score] = field(default_factory=dict)
    assumption: Assumption | None = None
    plain: Tally | None = None
    delays_open: list[Flat] = field(default_factory=list)
    delays_over: list[Flat] = field(default_factory=list)
    references: list[str] = field(default_factory=list)
    breached: int = 0
    undecided: int = 0
    closed: int = 0
    missing: set[tuple[str, str]] = field(default_factory=set)
    complaints: int = 0
    rulebooks: dict[str, Rulebook] = field(default_factory=dict)
    ombudsmen: dict[str, None] = field(default_factory=dict)
    inputs: list[Input] = field(default_factory=list)
    tables: list[TableRead] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    dates_unused: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    left_out: int = 0
    days: tuple[date, date] | None = None
    due: DueList = field(default_factory=DueList)
    year: YearCount | None = None
    timelines: list[Case] = field(default_factory=list)
    groups: Groups = field(default_factory=Groups)
    period: ReceivedIn | None = None
    basis: Basis = field(default_factory=Basis)
    parts: list[tuple[int, int]] = field(default_factory=list)
    scopes: set[str] = field(default_factory=set)

    def as_of(self, first: date, last: date) -> None:
        """Note the days as of which something was checked."""
        days = (first, last, *(self.days or ()))
        self.days = min(days), max(days)

    def use_today(self) -> None:
        """Note that something names no day, so that the day of the check decides."""
        self.basis = replace(self.basis, today=self.basis.today or self.as_at)

    @property
    def titles_of_rulebooks(self) -> list[str]:
        """Return the titles of the rulebooks that were used."""
        return [book.title for book in self.rulebooks.values()]

    @property
    def last_day(self) -> date:
        """Return the last day of any check."""
        return self.days[1] if self.days else self.as_at

    @property
    def checked(self) -> int:
        """Return how many rows were checked in full."""
        return self.read - self.rows_partly - self.rows_rejected - self.rows_left_out

    @property
    def rows_partly(self) -> int:
        """Return how many rows were checked in part."""
        return sum(partly for partly, _ in self.parts) or _rows_of(self.partly)

    @property
    def rows_rejected(self) -> int:
        """Return how many rows were rejected."""
        return sum(rejected for _, rejected in self.parts) or _rows_of(self.rejected)

    @property
    def decides(self) -> bool:
        """Whether anything but a breach was decided."""
        decided = (MET, PENDING, NOT_FOLLOWED)
        return any(
            counted[name]
            for (side, _), counted in self.counts.items()
            for name in decided
            if side.standard != RECORD
        )

    @property
    def decisions(self) -> Counter[str]:
        """Return how many time limits that began were decided, and how many cannot be."""
        total: Counter[str] = Counter()
        for key in self.clocks:
            total += self.counts[key]
        return Counter({name: total[name] for name in (*_DECIDED, CANNOT_TELL)})

    @property
    def summary(self) -> dict[str, int]:
        """Return how many findings of each verdict there are, records apart."""
        total: Counter[str] = Counter()
        for (side, _), counted in self.counts.items():
            if side.standard != RECORD:
                total += counted
        return {verdict: total[verdict] for verdict in (*VERDICTS, NOT_FOLLOWED)}

    @property
    def shares(self) -> dict[RuleKey, Share]:
        """Return the share in time of each rule of each side."""
        return {
            key: Share.of(counted)
            for key, counted in self.counts.items()
            if key.side.standard != RECORD
        }

    @property
    def assumed(self) -> Assumed | None:
        """Return what is assumed, with the counts of each time limit with it and without it."""
        if self.assumption is None or self.plain is None:
            return None
        without = self.plain.shares
        return Assumed(
            self.assumption,
            {
                key: (share.counts, without.get(key, Share(0, 0)).counts)
                for key, share in self.shares.items()
                if key in self.clocks
            },
        )

    @property
    def problems(self) -> int:
        """Return how many findings there are that somebody should look at."""
        return sum(counted[name] for counted in self.counts.values() for name in PROBLEMS)

    @property
    def gone(self) -> list[Key]:
        """Return the entries of the baseline that no longer occur, each as often as it does not."""
        left_out = self.period.references if self.period else ()
        return sorted(
            key
            for key in self.known_left.elements()
            if key[:2] not in left_out and self.looks_at(key)
        )

    @property
    def exit_code(self) -> int:
        """Return the exit code: 2 before 1 before 0."""
        nothing = not self.complaints and (self.later or (self.period and self.period.left_out))
        if self.unread or self.unaccepted or nothing:
            return 2
        return int(bool(self.failing or broken_floors(self.gate.floors, self.shares)))

    def count(
        self,
        side: Side,
        rule: str,
        title: str,
        verdict: str,
        number: int = 1,
        *,
        clock: bool = True,
    ) -> None:
        """Count findings of one rule; `clock` says whether it is met by a day."""
        key = RuleKey(side, rule).for_all
        if clock or side.standard in _TOGETHER:
            self.clocks.add(key)
        self.counts.setdefault(key, Counter())[verdict] += number
        self.titles.setdefault(key, _TOGETHER.get(side.standard, title))

    def not_examine(self, side: Side, title: str, number: int = 1) -> None:
        """Count a rule about which nothing is recorded."""
        self.not_examined[side.for_all, title] += number

    def title_of(self, key: Key) -> str:
        """Return the title of the rule of a finding that is named by its key alone."""
        _, _, standard, series, rule, _ = key
        name = f"{side_name(standard, series)}/{rule}"
        return next((title for one, title in self.titles.items() if one.name == name), rule)

    def keep_delays(self, breaches: Iterable[Flat]) -> None:
        """Keep the longest delays, in days: those still open apart from those that are over."""
        for flat in breaches:
            if self.year and not self.year.is_answer(flat.side, flat.rule):
                continue
            if flat.is_owed:
                self.delays_open.append(flat)
            elif flat.days_late[0] is not None:
                self.delays_over.append(flat)
        for kept in (self.delays_open, self.delays_over):
            kept.sort(key=lambda flat: (-(flat.days_late[0] or 0), flat.complaint, flat.rule))
            del kept[MOST_DELAYS:]

    def add_verdicts(self, case: Case) -> None:
        """Count a complaint that has a breach, or none and a limit that cannot be decided."""
        breached, undecided = standing_of(case)
        self.breached += breached
        self.undecided += undecided

    def add_report(self, report: Report, *, everything: bool = True) -> list[Settled]:
        """Add complaints that were checked as timelines, and return each with its flat findings.

        Unless `everything` is asked for, those are the problems alone.
        """
        settled: list[Settled] = []
        everything = everything or self.groups.counts
        self.inputs += report.inputs
        self.unread += report.unchecked
        self.later += report.later
        if self.plain:
            self.plain.add_report(replace(report, unchecked=(), later=()), everything=False)
        self.read += len(report.cases)
        self.complaints += len(report.cases)
        self.references += [case.timeline.complaint for case in report.cases[:MOST_NAMED]]
        self.due.add_cases(report.cases)
        self.timelines += report.cases
        for book in report.rulebooks:
            self.rulebooks[book.id] = book
        for case in report.cases:
            self.scopes.add(case.scope)
            self.as_of(case.as_at, case.as_at)
            self.ombudsmen.update(dict.fromkeys(case.ombudsmen))
            self.add_verdicts(case)
            flats: dict[int, Flat] = {}
            self.gate.meet(
                flat_of(case, one).key for one in case.with_verdict(*PROBLEMS) if self.gate.accepted
            )
            for one in case.not_examined:
                self.not_examine(one.side, one.title)
            for place, finding in enumerate(case.findings):
                verdict, clock = finding.counts_as, finding.limit is not None
                self.count(finding.side, finding.rule, finding.plain_title, verdict, clock=clock)
                self.closed += finding.reason == CLOSED_UNANSWERED
                if everything or verdict in PROBLEMS:
                    flat = flat_of(case, finding)
                    status = self.settle(flat.key, verdict, case.as_at)
                    flats[place] = replace(flat, status=status) if status else flat
            self.groups.add_case(case, flats.values())
            settled.append((case, flats))
            self.keep_delays(flat for flat in flats.values() if flat.counts_as == BREACH)
        return settled
