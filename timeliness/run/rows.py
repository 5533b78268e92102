"""The run over a table: judge some rows, count them, and hand their findings to the outputs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

import numpy as np
import polars as pl
from msgspec import Struct, field
from msgspec.structs import replace

from timeliness.judge.cases import check_timelines
from timeliness.judge.duties.columns import JudgedDuty, Unexamined
from timeliness.judge.judged import JudgedRule
from timeliness.judge.measuring import Measured, measure
from timeliness.judge.received import left_out, received_after
from timeliness.judge.verdicts import VERDICT_NAMES, Reason, Verdict
from timeliness.model.errors import Mistake
from timeliness.model.findings import Case
from timeliness.model.library import Library
from timeliness.model.sides import RuleKey, Side
from timeliness.model.verdict_words import (
    BREACH,
    CANNOT_TELL,
    CLOSED_UNANSWERED,
    OF_RULES,
    PROBLEMS,
    summed_as,
)
from timeliness.model.vocabulary import Vocabulary
from timeliness.results.flat import RECORD, Flat, flat_of
from timeliness.results.tally import Tally
from timeliness.run.batches import Batch, Wanted
from timeliness.run.claims import Bases, Claimed, Claims, bases_of
from timeliness.run.delays import Delays
from timeliness.run.frames import flats_in, frame_of, frame_of_flats, joined
from timeliness.run.group_rows import GroupRows
from timeliness.run.judging import NoRules, Noted, asked_of, check_rows
from timeliness.run.open_rows import Open, OpenRows, open_of
from timeliness.run.settled import settled
from timeliness.run.shown import Shown, notes_by_row
from timeliness.run.year_rows import YearRows
from timeliness.tables.complaints import Complaints, Flags, Rows

MANY = 1 << 18
"""As many rows are judged before their findings are counted and handed on."""
FEW = 1 << 12
"""The same where each finding is made as an object."""


def run_table(
    complaints: Complaints,
    library: Library,
    vocabulary: Vocabulary,
    tally: Tally,
    give: Callable[[Batch], None],
    wanted: Wanted,
    *,
    bases: Bases | None = None,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> None:
    """Check every complaint of a table, some rows at a time.

    `bases` says by which counts its days taken are read, where it is one of several tables.
    """
    bases = bases_of([complaints], library) if bases is None else bases
    run = _Run(complaints, library, vocabulary, tally, wanted, bases)
    run.account()
    # What is claimed about a row is kept as a row of its own, column by column.
    many = MANY // (1 + len(complaints.claims))
    most = FEW if wanted.objects else many
    for first in range(0, complaints.size, most):
        last = min(first + most, complaints.size)
        rows = run.received[(run.received >= first) & (run.received < last)]
        if len(rows):
            batch = run.batch(rows)
            if wanted.frames:
                give(batch)
        progress(last, complaints.size)


class _ByColumns(Struct):
    """What rows come to that are judged as columns: which, and what the outputs need of them."""

    rows: Rows
    breached: Flags
    unclear: Flags
    measured: list[Measured] = field(default_factory=list)
    kept: list[JudgedRule | JudgedDuty] = field(default_factory=list)
    noted: list[Noted] = field(default_factory=list)
    sides: set[Side] = field(default_factory=set)
    delays: list[Measured] = field(default_factory=list)
    open: list[Open] = field(default_factory=list)


class _Run:
    def __init__(
        self,
        complaints: Complaints,
        library: Library,
        vocabulary: Vocabulary,
        tally: Tally,
        wanted: Wanted,
        bases: Bases,
    ) -> None:
        self.complaints, self.library, self.vocabulary = complaints, library, vocabulary
        self.tally, self.wanted = tally, wanted
        self.carried = tuple(complaints.carried)
        # What had not been received by the day of the check is left out.
        self.received: Rows = np.flatnonzero(~complaints.to_come)
        self.shown = Shown(complaints, tally.gate)
        self.delays = Delays(tally, complaints)
        self.open = OpenRows(complaints, tally.due)
        self.claims = Claims(complaints, library, tally, bases)
        self.groups = GroupRows(complaints, tally.groups)
        year = tally.year
        self.year = YearRows(complaints, library, vocabulary, year) if year else None

    @property
    def keeps(self) -> bool:
        """Whether findings are kept one by one, for an output or the gate, and not only counted."""
        return self.wanted.frames or self.tally.gate.looks_at_keys

    def account(self) -> None:
        """Note what became of every row that was read."""
        complaints, tally = self.complaints, self.tally
        tally.read += complaints.read
        for asked, _ in asked_of(complaints, self.library, self.received):
            tally.ombudsmen.update(dict.fromkeys(asked.ombudsmen))
        if complaints.size:
            first, last = int(complaints.as_at.min()), int(complaints.as_at.max())
            tally.as_of(date.fromordinal(first), date.fromordinal(last))
        tally.rejected += complaints.rejected
        for row in np.flatnonzero(complaints.to_come).tolist():
            timeline = complaints.timeline(row)
            assert timeline.as_at
            if received := received_after(timeline, timeline.as_at):
                tally.later.append(left_out(timeline, received, timeline.as_at))
            tally.rows_left_out += len(complaints.places_of(row))
        for row, unread in sorted(complaints.problems.items()):
            if complaints.to_come[row]:
                continue
            reference = complaints.references[row]
            day = date.fromordinal(int(complaints.as_at[row]))
            tally.partly += [replace(one, reference=reference, as_at=day) for one in unread]

    def batch(self, rows: Rows) -> Batch:
        """Judge some rows, count what they come to, and return what the outputs need."""
        complaints, tally = self.complaints, self.tally
        by_object = complaints.objects[rows]
        found = self._by_columns(rows[~by_object] if by_object.any() else rows)
        judged = self._cases(rows[by_object]) if by_object.any() else []
        claimed = Claimed(complaints, self.claims.check(found.rows, judged), self.wanted.everything)
        cases = [(row, tally.gate.weights.looked(case)) for row, case in judged]
        tally.complaints += len(found.rows) + len(cases)
        tally.breached += int(found.breached.sum())
        undecided = found.unclear & ~found.breached
        tally.undecided += int(undecided.sum())
        self.groups.finish(found.rows, found.breached, undecided)
        extra = self._count_cases(cases)
        tally.keep_delays(flats_in(frame_of(complaints, found.delays), complaints, self.carried))
        tally.keep_delays(flat for _, _, flat in extra if flat.counts_as == BREACH)
        self.open.add(found.open)
        if self.year:
            self.year.finish(found.rows, cases)
        tally.due.add_cases(
            replace(case, carried=complaints.carried_of(row)) for row, case in cases
        )
        frame = settled(self._frame(found.measured, extra), complaints, tally)
        return Batch(
            complaints,
            frame,
            self.carried,
            claimed,
            lambda: self.shown.findings(frame, found.kept, cases),
            lambda shown: self.shown.whole(
                shown, notes_by_row(found.noted, cases), cases, claimed.by_row
            ),
        )

    def _by_columns(self, rows: Rows) -> _ByColumns:
        """Judge rows as columns, and count what they come to."""
        found = _ByColumns(rows, *np.zeros((2, self.complaints.size), dtype=np.bool_))
        for one in check_rows(
            self.complaints,
            self.library,
            self.vocabulary,
            rows,
            shown=self.wanted.objects,
        ):
            if isinstance(one, Noted):
                found.noted.append(one)
            elif isinstance(one, NoRules):
                self._without_rules(one.rows)
                found.rows = np.setdiff1d(found.rows, one.rows)
            elif isinstance(one, JudgedRule):
                self._add_rule(one, found)
            elif not self.tally.gate.weights.looks_at(one.key):
                self.tally.scopes.add(OF_RULES)
            elif isinstance(one, Unexamined):
                self.tally.not_examine(one.side, one.title, one.number)
            else:
                found.sides.add(one.key.side)
                self._add_duty(one, found)
        self.tally.scopes |= {one.scope(found.sides) for one in found.noted}
        return found

    def _add_rule(self, one: JudgedRule, found: _ByColumns) -> None:
        """Count what one rule comes to, and keep what the outputs need of it."""
        self.claims.add(one)
        if not self.tally.gate.weights.looks_at(RuleKey(one.side, one.rule.id)):
            self.tally.scopes.add(OF_RULES)
            return
        found.sides.add(one.side)
        late = np.flatnonzero(one.breached)
        found.breached[one.rows[late]] = True
        found.unclear[one.rows[one.found & (one.verdict == Verdict.CANNOT_TELL)]] = True
        self._count(one)
        self.groups.add(one)
        if self.year:
            self.year.add(one)
        if not self.year or self.year.year.is_answer(one.side, one.rule.id):
            found.delays += self.delays.among(one, late)
        found.measured += self._measured(one)
        if open_ := open_of(one):
            found.open.append(open_)
        if self.wanted.objects:
            found.kept.append(one)

    def _count_cases(self, cases: Sequence[tuple[int, Case]]) -> list[tuple[int, int, Flat]]:
        """Count what whole complaints come to, and return their findings with row and place."""
        tally = self.tally
        for _, case in cases:
            tally.scopes.add(case.scope)
            tally.add_verdicts(case)
        found = [
            (row, order, flat_of(case, finding))
            for row, case in cases
            for order, finding in enumerate(case.findings)
        ]
        self.groups.add_cases(cases, found)
        for _, _, flat in found:
            clock = bool(flat.unit)
            tally.count(flat.side, flat.rule, flat.title, flat.counts_as, clock=clock)
            tally.closed += flat.reason == CLOSED_UNANSWERED
            if flat.standard == RECORD:
                tally.record[flat.rule] += 1
            if not tally.gate.looks_at_keys:
                tally.failing += tally.gate.fails(flat.counts_as, "")
        return found

    def _count(self, one: JudgedRule) -> None:
        """Count the verdicts of one rule, and what of them fails the run."""
        tally = self.tally
        for name, number in one.counts.items():
            tally.count(one.side, one.rule.id, one.rule.title, name, number)
            if not tally.gate.looks_at_keys and tally.gate.fails(name, ""):
                tally.failing += number
        if one.counts.get(CANNOT_TELL):
            closed = one.found & (one.reason == Reason.CLOSED_UNANSWERED)
            tally.closed += int(np.count_nonzero(closed))
            lacking, clock = set(self.complaints.not_recorded), one.rule.clock
            start = {clock.trigger} if set(clock.triggers) <= lacking else set()
            place = "row" if self.complaints.rows_of_events else "column"
            tally.missing |= {(place, event) for event in start | ({clock.stop} & lacking)}
        for source, _ in one.deciding:
            tally.rulebooks[source.rulebook.id] = source.rulebook
        if unexamined := len(one.rows) - sum(one.counts.values()):
            tally.not_examine(one.side, one.rule.title, unexamined)

    def _measured(self, one: JudgedRule) -> list[Measured]:
        """Return the findings of one rule that the outputs or the gate look at."""
        if not self.keeps:
            return []
        chosen = one.found
        if not self.wanted.everything:
            verdict = one.verdict
            chosen = chosen & ((verdict == Verdict.BREACH) | (verdict == Verdict.CANNOT_TELL))
        return [measure(one, np.flatnonzero(chosen))] if chosen.any() else []

    def _add_duty(self, duty: JudgedDuty, found: _ByColumns) -> None:
        """Count what one duty comes to, and keep the findings that the outputs look at."""
        one, tally, common = duty.measured, self.tally, duty.measured.common[0]
        self.groups.add_duty(one)
        for code, number in zip(*np.unique(one.verdict, return_counts=True), strict=True):
            name = summed_as(VERDICT_NAMES[int(code)], common.duty)
            tally.count(common.side, common.rule, common.title, name, int(number), clock=False)
            if not tally.gate.looks_at_keys and tally.gate.fails(name, ""):
                tally.failing += int(number)
        if common.side.standard == RECORD:
            tally.record[common.rule] += len(one.rows)
        else:
            late = one.verdict == Verdict.BREACH
            found.breached[one.rows[late & (common.duty == "must")]] = True
            found.unclear[one.rows[one.verdict == Verdict.CANNOT_TELL]] = True
        found.kept += [duty] if self.wanted.objects else []
        if self.keeps:
            problem = (one.verdict == Verdict.BREACH) | (one.verdict == Verdict.CANNOT_TELL)
            chosen = one if self.wanted.everything else one.take(np.flatnonzero(problem))
            found.measured.append(chosen)

    def _without_rules(self, rows: Rows) -> None:
        """Reject complaints to which no rule applies, with the reason that a timeline gets."""
        timelines = [self.complaints.timeline(row) for row in rows.tolist()]
        _, mistakes = check_timelines(timelines, self.library, self.tally.as_at)
        why = {mistake.line: mistake for mistake in mistakes}
        tally, path = self.tally, self.complaints.path
        gone: set[tuple[str, int]] = set()
        for row, timeline in zip(rows.tolist(), timelines, strict=True):
            none = Mistake(path, 0, "no rule applies to it", reference=timeline.complaint)
            one = replace(why.get(timeline.line, none), as_at=timeline.as_at)
            for own, line in self.complaints.places_of(row):
                gone.add((own, line))
                tally.rejected.append(replace(one, path=own, line=line))
        partly, tally.partly = tally.partly, []
        for trouble in partly:
            rejected = (trouble.path, trouble.line) in gone
            (tally.rejected if rejected else tally.partly).append(trouble)

    def _cases(self, rows: Rows) -> list[tuple[int, Case]]:
        """Check complaints that have more than dates recorded, as the timelines they are."""
        timelines = {row: self.complaints.timeline(row) for row in rows.tolist()}
        by_line = {timeline.line: row for row, timeline in timelines.items()}
        cases, _ = check_timelines(list(timelines.values()), self.library, self.tally.as_at)
        found = [(by_line[case.timeline.line], case) for case in cases]
        left = sorted(set(timelines) - {row for row, _ in found})
        if left:
            self._without_rules(np.array(left, dtype=np.int64))
        for _, case in found:
            for book in case.rulebooks:
                self.tally.rulebooks[book.id] = book
            for one in self.tally.gate.weights.looked(case).not_examined:
                self.tally.not_examine(one.side, one.title)
        return found

    # The findings that the outputs get --------------------------------------------------------

    def _frame(
        self, measured: Sequence[Measured], extra: Sequence[tuple[int, int, Flat]]
    ) -> pl.DataFrame:
        if not self.keeps:
            return frame_of(self.complaints, [])
        kept = [
            (row, order, flat)
            for row, order, flat in extra
            if self.wanted.everything or flat.counts_as in PROBLEMS
        ]
        frame = frame_of(self.complaints, measured)
        return joined([frame, frame_of_flats(kept)]) if kept else frame
