"""What the rows of a table come to, group by group and month by month, column by column."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

import numpy as np
from msgspec import Struct, field
from msgspec.structs import replace
from numpy.typing import NDArray

from timeliness.judge.columns import Bounds, Codes, Flags, far
from timeliness.judge.judged import JudgedRule
from timeliness.judge.measuring import Measured, measure
from timeliness.judge.verdicts import VERDICT_NAMES, Verdict
from timeliness.model.calendars import DAY, FAR_FUTURE, FAR_PAST, Days
from timeliness.model.findings import Case
from timeliness.model.sides import RuleKey
from timeliness.model.sums import Counted
from timeliness.model.verdict_words import BREACH, NOT_FOLLOWED
from timeliness.model.vocabulary import RECEIVED
from timeliness.results.flat import Flat
from timeliness.results.groups import Groups, has_month
from timeliness.run.row_groups import RowCodes, RowGroups
from timeliness.tables.complaints import Complaints, Rows

_NAMES = [*(VERDICT_NAMES[code] for code in sorted(VERDICT_NAMES)), NOT_FOLLOWED]
_FELL_DUE = (Verdict.MET, Verdict.BREACH, Verdict.CANNOT_TELL)


class _Texts(Struct):
    """The texts of groups, each with a code."""

    codes: dict[str, int] = field(default_factory=dict)

    def code(self, text: str) -> int:
        """Return the code of a text."""
        return self.codes.setdefault(text, len(self.codes))


class GroupRows:
    """Adds the rows of one table to the groups of a run."""

    def __init__(self, complaints: Complaints, groups: Groups) -> None:
        self.complaints, self.groups = complaints, groups
        groups.columns.update(dict.fromkeys(complaints.carried))
        self.split: dict[str, tuple[list[str], RowCodes]] = {}
        for by in groups.by:
            texts = _Texts()
            codes = RowGroups(complaints, by, texts.code).codes
            of_rows = codes(np.arange(complaints.size), received(complaints))
            self.split[by] = (list(texts.codes), of_rows)

    def add(self, one: JudgedRule) -> None:
        """Count what one rule comes to."""
        key = RuleKey(one.side, one.rule.id).for_all
        monthly = self.groups.monthly and has_month(key)
        if not self.split and not monthly:
            return
        places = np.flatnonzero(one.found)
        summed = _summed(one.verdict.take(places), one.should.take(places))
        self._count(key, one.rows.take(places), summed)
        if monthly:
            self._by_month(key, one, places, summed)

    def add_duty(self, one: Measured) -> None:
        """Count what one duty comes to."""
        if self.split:
            common = one.common[0]
            should = np.full(len(one.rows), common.duty == "should")
            key = RuleKey(common.side, common.rule).for_all
            self._count(key, one.rows, _summed(one.verdict, should))

    def add_cases(
        self, cases: Sequence[tuple[int, Case]], found: Sequence[tuple[int, int, Flat]]
    ) -> None:
        """Count complaints that were checked one by one, with their findings."""
        flats: dict[int, list[Flat]] = {}
        for row, _, flat in found:
            flats.setdefault(row, []).append(flat)
        for row, case in cases:
            whole = replace(case, carried=self.complaints.carried_of(row))
            self.groups.add_case(whole, flats.get(row, ()))

    def finish(self, rows: Rows, breached: Flags, undecided: Flags) -> None:
        """Count complaints: all of some rows, and those with a breach, or with none but a doubt."""
        for by, (texts, codes) in self.split.items():
            own = codes.take(rows)
            for place, number in _numbers(own):
                self.groups.of(by, texts[place]).complaints += number
            for place, number in _numbers(own[breached.take(rows)]):
                self.groups.of(by, texts[place]).breached += number
            for place, number in _numbers(own[undecided.take(rows)]):
                self.groups.of(by, texts[place]).undecided += number

    def _count(self, key: RuleKey, rows: Rows, summed: Codes) -> None:
        for by, (texts, codes) in self.split.items():
            for (place, name), number in _pairs(codes.take(rows), summed):
                self.groups.of(by, texts[place]).count(key, name, number)

    def _by_month(self, key: RuleKey, one: JudgedRule, places: Rows, summed: Codes) -> None:
        fell = np.flatnonzero(np.isin(one.verdict.take(places), _FELL_DUE))
        due = measure(one, places.take(fell)).due
        days: Days = np.where(due.latest < FAR_FUTURE, due.latest, due.earliest)
        known = np.flatnonzero((days > FAR_PAST) & (days < FAR_FUTURE))
        months, which = np.unique(_month_starts(days.take(known)), return_inverse=True)
        for (place, name), number in _pairs(which, summed.take(fell).take(known)):
            counted: Counted = self.groups.month(date.fromordinal(int(months[place])))
            counted.count(key, name, number)


def received(complaints: Complaints) -> Bounds:
    """Return the days on which the complaints of a table may have been received."""
    dated = complaints.events.get(RECEIVED)
    if dated is None:
        return Bounds(far(complaints.size), far(complaints.size))
    return Bounds(dated.earliest, dated.latest)


def _summed(verdict: Codes, should: Flags) -> Codes:
    """Return verdicts as they are summed: a "should" that was not followed is no breach."""
    not_followed = _NAMES.index(NOT_FOLLOWED)
    found: Codes = np.where(should & (verdict == _NAMES.index(BREACH)), not_followed, verdict)
    return found


def _numbers(codes: NDArray[np.int64]) -> Iterable[tuple[int, int]]:
    """Return each code that occurs, with how often."""
    counts = np.bincount(codes)
    return ((int(code), int(counts[code])) for code in np.flatnonzero(counts))


def _pairs(codes: RowCodes, summed: Codes) -> Iterable[tuple[tuple[int, str], int]]:
    """Return each code and verdict that occur together, with how often."""
    for both, number in _numbers(codes * len(_NAMES) + summed):
        yield (both // len(_NAMES), _NAMES[both % len(_NAMES)]), number


def _month_starts(days: Days) -> Days:
    """Return the first day of the month of each day, as ordinals."""
    epoch = date(1970, 1, 1).toordinal()
    months = (days.astype(np.int64) - epoch).astype("datetime64[D]").astype("datetime64[M]")
    return (months.astype("datetime64[D]").astype(np.int64) + epoch).astype(DAY)
