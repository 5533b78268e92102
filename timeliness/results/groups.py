"""What the complaints of a run come to, group by group, and by the month in which they fell due."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from msgspec import Struct, field

from timeliness.model.findings import Case
from timeliness.model.sides import CODE, POLICY, RuleKey
from timeliness.model.sums import Counted
from timeliness.model.verdict_words import BREACH, CANNOT_TELL, MET
from timeliness.model.vocabulary import RECEIVED
from timeliness.results.flat import RECORD, Flat
from timeliness.results.grouping import BY_ITSELF, check_column, group_of

FELL_DUE = (MET, BREACH, CANNOT_TELL)
"""The verdicts of what was answered or fell due, as a month counts it."""


class Groups(Struct):
    """The complaints of a run, group by group.

    `by` are the columns by which they are split, each by itself. `monthly` says that the time
    limits are counted by the month in which they fell due as well, and `columns` are those of the
    tables.
    """

    by: tuple[str, ...] = ()
    monthly: bool = False
    found: dict[str, dict[str, Counted]] = field(default_factory=dict)
    months: dict[str, Counted] = field(default_factory=dict)
    columns: dict[str, None] = field(default_factory=dict)

    @property
    def counts(self) -> bool:
        """Whether anything is split, so that every finding counts."""
        return bool(self.by) or self.monthly

    def of(self, by: str, group: str) -> Counted:
        """Return the counts of one group."""
        return self.found.setdefault(by, {}).setdefault(group, Counted())

    def month(self, day: date) -> Counted:
        """Return the counts of the month of a day."""
        return self.months.setdefault(f"{day:%Y-%m}", Counted())

    def join(self, other: Groups) -> None:
        """Add what another part of the same complaints has, of which the same is asked."""
        self.by, self.monthly = other.by, other.monthly
        self.columns.update(other.columns)
        for month, counted in other.months.items():
            self.months[month] = self.months.get(month, Counted()) + counted
        for by, groups in other.found.items():
            own = self.found.setdefault(by, {})
            for group, counted in groups.items():
                own[group] = own.get(group, Counted()) + counted

    def add_case(self, case: Case, flats: Iterable[Flat]) -> None:
        """Count a complaint that was checked by itself, with its findings."""
        own = [
            self.of(by, group_of(by, case.carried, case.timeline.landlord, received_on(case)))
            for by in self.by
        ]
        breached, undecided = standing_of(case)
        for one in own:
            one.complaints += 1
            one.breached += breached
            one.undecided += undecided
        for flat in flats if own or self.monthly else ():
            if flat.standard == RECORD:
                continue
            for one in own:
                one.count(flat.rule_key.for_all, flat.counts_as)
            day = flat.due[1] or flat.due[0]
            if self.monthly and day and has_month(flat.rule_key) and flat.verdict in FELL_DUE:
                self.month(day).count(flat.rule_key.for_all, flat.counts_as)

    def check(self) -> None:
        """Refuse to split by a column that no table has. Raises `UsageError`."""
        for by in self.by:
            check_column("--by", by, self.columns, BY_ITSELF)


def standing_of(case: Case) -> tuple[bool, bool]:
    """Return whether a complaint has a breach, and whether it has none but something undecided."""
    breached = bool(case.with_verdict(BREACH))
    unclear = any(one.standard != RECORD for one in case.with_verdict(CANNOT_TELL))
    return breached, unclear and not breached


def has_month(key: RuleKey) -> bool:
    """Whether a time limit is counted by months: one of a policy or a Code."""
    return key.side.standard in (POLICY, CODE)


def received_on(case: Case) -> date | None:
    """Return the day on which a complaint was first received, where one day is known."""
    dated = [event.when.span for event in case.timeline.named(RECEIVED) if event.when]
    first = min(dated, key=lambda span: span.earliest or date.min, default=None)
    return first.earliest if first and first.exact else None
