"""The year's figures of the rows of a table, and of complaints that were checked one by one."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from msgspec import Struct
from msgspec.structs import replace
from numpy.typing import NDArray

from timeliness.judge.clocks import Reading, Source
from timeliness.judge.columns import Bounds, Flags, State, far, pick
from timeliness.judge.judged import JudgedRule
from timeliness.judge.measuring import Measured, measure
from timeliness.judge.verdicts import REASON_NAMES, Reason, Verdict
from timeliness.model.calendars import DAY, FAR_FUTURE, FAR_PAST, Days
from timeliness.model.findings import Case
from timeliness.model.library import Library
from timeliness.model.sides import CODE
from timeliness.model.vocabulary import STAGE_TRIGGERS, Vocabulary
from timeliness.results.year import (
    AT_END,
    NOW,
    YearCount,
)
from timeliness.results.year_cases import ENDINGS, SILENT
from timeliness.results.year_records import (
    ACK_NONE,
    ACKNOWLEDGED,
    ACKNOWLEDGEMENTS,
    CAUSE_CODES,
    NONE,
    RESPONSES,
    Period,
    Records,
)
from timeliness.results.year_then import as_they_were, still_open
from timeliness.run.judging import check_rows
from timeliness.run.year_cases import YearCases
from timeliness.run.year_labels import RowLabels
from timeliness.tables.complaints import Complaints, Rows

_CAUSES = np.array([CAUSE_CODES.get(name, 0) for _, name in sorted(REASON_NAMES.items())], np.int8)
_SILENT = [code for code, name in REASON_NAMES.items() if name in SILENT]


Begun = dict[int, tuple[Days, Days]]
"""The first and last day on which each stage of every row may have begun."""


class YearRows:
    """Adds the complaints of one table to the figures of a year."""

    def __init__(
        self,
        complaints: Complaints,
        library: Library,
        vocabulary: Vocabulary,
        year: YearCount,
    ) -> None:
        self.complaints, self.library, self.vocabulary = complaints, library, vocabulary
        self.year = year
        self.labels = RowLabels(complaints, year)
        self.stages = _Stages(complaints, year.reach)
        year.columns.update(dict.fromkeys(complaints.carried))

    def add(self, one: JudgedRule) -> None:
        """Take what one rule comes to for some rows."""
        self.stages.add(one)

    def finish(self, rows: Rows, cases: Sequence[tuple[int, Case]]) -> None:
        """Count the rows of a batch, those that were checked one by one among them."""
        records, begun = list(self.stages.records(self.labels)), self.stages.begun
        self.year.not_counted += len(rows) - len(
            np.unique(np.concatenate([self.stages.coded, *(one.rows for one in records)]))
        )
        self.stages = _Stages(self.complaints, self.year.reach)
        for period in self.year.asked.periods:
            self._add(records, begun, period)
        if cases:
            whole = [replace(case, carried=self.complaints.carried_of(row)) for row, case in cases]
            YearCases(self.year, self.library).add(whole)

    def _add(self, records: Sequence[Records], begun: Begun, period: Period) -> None:
        """Count records in a period: as of the check, and as of the last day of the period.

        `begun` says when each stage of every row may have begun, as is known today.
        """
        for one in records:
            self.year.add(one, period, NOW, self._who)
        last = period.last.toordinal()
        again = still_open(records, period)
        for one in as_they_were(records, again, period):
            self.year.add(one, period, AT_END, self._who)
        if not len(again):
            return
        complaints = self.complaints.take(again)
        then = replace(complaints, as_at=np.full(len(again), last, dtype=DAY))
        taken = complaints.as_at
        stages = _Stages(then, (period.first.toordinal(), last), taken)
        for judged in check_rows(then, self.library, self.vocabulary, np.arange(len(again))):
            if isinstance(judged, JudgedRule):
                stages.add(judged)
        labels = RowLabels(then, self.year)
        for one in stages.records(labels):
            rows = again.take(one.rows)
            known = Bounds(*(end.take(rows) for end in begun[one.stage]))
            self.year.add(replace(one, rows=rows, begun=known), period, AT_END, self._who)

    def _who(self, row: int) -> tuple[str, str, str, int]:
        """Return the complaint, landlord, file and line of a row."""
        complaints = self.complaints
        return (
            complaints.references[row],
            complaints.landlords.of(row),
            complaints.path,
            int(complaints.lines[row]),
        )


class _Kept(Struct, frozen=True):
    """A response of some rows, and of which of them its records are."""

    stage: int
    judged: JudgedRule


class _Stages:
    """Collects what the rules of a year's figures come to, until every rule has been judged.

    `taken` is the day on which the record of each was taken, where that is later than the check.
    """

    def __init__(
        self, complaints: Complaints, reach: tuple[int, int], taken: Days | None = None
    ) -> None:
        self.complaints, self.reach = complaints, reach
        self.taken = complaints.as_at if taken is None else taken
        size = complaints.size
        self.begun: Begun = {
            stage: (far(size), np.full(size, FAR_PAST, dtype=DAY)) for stage in (1, 2)
        }
        self.acknowledged = {stage: np.full(size, ACK_NONE, dtype=np.int8) for stage in (1, 2)}
        self.escalated: Days = far(size)
        self.kept: list[_Kept] = []
        self._coded: list[Rows] = [np.empty(0, dtype=np.int64)]

    @property
    def coded(self) -> Rows:
        """Return the rows for which there is a rule of the Housing Ombudsman's Code."""
        return np.concatenate(self._coded)

    def add(self, one: JudgedRule) -> None:
        """Take one rule, where it is one of those that count."""
        stage = RESPONSES.get(one.rule.id) or ACKNOWLEDGEMENTS.get(one.rule.id)
        if stage is None or one.side.standard != CODE or one.side.name != CODE:
            return
        self._coded.append(one.rows)
        self._begin(stage, one)
        if one.rule.id in ACKNOWLEDGEMENTS:
            codes = np.array([ACKNOWLEDGED[verdict] for verdict in Verdict], dtype=np.int8)
            started = one.found & (one.reason != Reason.NOT_STARTED)
            own = codes.take(one.verdict)
            self.acknowledged[stage][one.rows] = np.where(started, own, ACK_NONE)
            return
        if stage == 2:
            started = one.found & (one.reason != Reason.NOT_STARTED)
            self.escalated[one.rows[started]] = self.begun[2][0][one.rows[started]]
        self.kept.append(_Kept(stage, one))

    def _begin(self, stage: int, one: JudgedRule) -> None:
        """Note when a stage may have begun, by the readings that run from its first event."""
        first, last = self.begun[stage]
        for source, reading in one.deciding:
            if source.start.event == STAGE_TRIGGERS[stage]:
                rows = one.rows[reading.present]
                days = reading.start
                first[rows] = np.minimum(first[rows], days.earliest[reading.present])
                last[rows] = np.maximum(last[rows], days.latest[reading.present])

    def records(self, labels: RowLabels) -> list[Records]:
        """Return the records of the stages that lie within reach."""
        found = [self._record(one.stage, one.judged, labels) for one in self.kept]
        return [one for one in found if len(one.rows)]

    def _record(self, stage: int, one: JudgedRule, labels: RowLabels) -> Records:
        first, last = (end.take(one.rows) for end in self.begun[stage])
        low, high = self.reach
        own = one.deciding[0][1].stop.own
        near = (last >= low) & (first <= high)
        near |= (own.latest >= low) & (own.earliest <= high)
        places = np.flatnonzero(one.found & (one.reason != Reason.NOT_STARTED) & near)
        measured = measure(one, places)
        rows, begun = measured.rows, Bounds(first.take(places), last.take(places))
        answered = measured.done.latest < FAR_FUTURE
        exact = measured.done.earliest == measured.done.latest
        ended, ended_by, perhaps = self._ended(stage, one, places)
        return Records(
            stage=stage,
            rows=rows,
            episodes=np.ones(len(rows), dtype=np.int8),
            as_at=self.complaints.as_at.take(rows),
            verdict=measured.verdict,
            reason=_CAUSES.take(measured.reason),
            begun=begun,
            due=measured.due,
            original=_hull(one, places, lambda reading: reading.original_due),
            done=measured.done,
            unknown=_any(one, places, _is_silent),
            ended=np.where(answered, 0, ended).astype(np.int16),
            ended_by=np.where(answered, FAR_FUTURE, ended_by).astype(DAY),
            perhaps_ended=perhaps,
            from_start=_where(exact, _exact(measured.working_days)),
            from_receipt=_from_receipt(one, begun, measured),
            acknowledged=self.acknowledged[stage].take(rows),
            escalated=self.escalated.take(rows) if stage == 1 else far(len(rows)),
            outcomes=labels.outcomes(stage, rows),
            tenures=labels.tenures(rows),
            groups=labels.groups(rows, begun),
        )

    def _ended(
        self, stage: int, one: JudgedRule, places: Rows
    ) -> tuple[NDArray[np.int16], Days, Flags]:
        """Return how each came to an end: withdrawn, refused, or neither.

        With it come the last day on which it may have, and where that may have been after the day
        of the check.
        """
        rows = one.rows.take(places)
        is_ended = _any(one, places, lambda reading: reading.stop.is_ended)
        found = np.zeros(len(rows), dtype=np.int16)
        first, last, perhaps = far(len(rows)), far(len(rows)), np.zeros(len(rows), dtype=np.bool_)
        as_at, taken = self.complaints.as_at.take(rows), self.taken.take(rows)
        for name, kind in ENDINGS[stage].items():
            if (dated := self.complaints.events.get(name)) is not None:
                days = dated.earliest.take(rows)
                own = days < first
                found = np.where(own, kind, found).astype(np.int16)
                latest = np.minimum(dated.latest.take(rows), taken)
                last = np.where(own, latest, last).astype(DAY)
                perhaps = np.where(own, latest > as_at, perhaps)
                first = np.minimum(first, days)
        ended_by = np.where(is_ended, last, FAR_FUTURE).astype(DAY)
        return np.where(is_ended, found, 0).astype(np.int16), ended_by, perhaps


def _is_silent(reading: Reading) -> Flags:
    """Return where nothing says whether something was answered."""
    return np.isin(reading.reason, _SILENT) | reading.stop.own.is_in(State.UNKNOWN)


def _any(one: JudgedRule, places: Rows, flags: Callable[[Reading], Flags]) -> Flags:
    """Return where any reading that decides has a flag."""
    found = np.zeros(len(places), dtype=np.bool_)
    for _, reading in one.deciding:
        found |= reading.present.take(places) & flags(reading).take(places)
    return found


def _hull(one: JudgedRule, places: Rows, days: Callable[[Reading], Bounds]) -> Bounds:
    """Return days over the readings that decide."""
    size = len(places)
    first, last = far(size), np.full(size, FAR_PAST, dtype=DAY)
    for _, reading in one.deciding:
        own, present = days(reading).take(places), reading.present.take(places)
        first = pick(present, np.minimum(first, own.earliest), first)
        last = pick(present, np.maximum(last, own.latest), last)
    return Bounds(first, last)


def _where(flags: Flags, numbers: Days) -> Days:
    """Return numbers where a flag is set, and otherwise none."""
    return np.where(flags, numbers, NONE).astype(DAY)


def _exact(numbers: Bounds) -> Days:
    """Return numbers where the least is the most, and otherwise none."""
    return _where(numbers.earliest == numbers.latest, numbers.earliest)


def _from_receipt(one: JudgedRule, begun: Bounds, measured: Measured) -> Days:
    """Return the working days from receipt to the answer, where both days are known."""
    done = measured.done
    exact = (begun.earliest == begun.latest) & (done.earliest == done.latest)
    exact &= (done.earliest > FAR_PAST) & (begun.earliest < FAR_FUTURE)
    source: Source = one.deciding[0][0]
    return _where(exact, source.calendar.count(begun.latest, done.earliest))
