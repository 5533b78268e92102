"""The claims of a table's own columns, checked against what was judged of its rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np
import polars as pl

from timeliness.judge.judged import JudgedRule
from timeliness.judge.milestones import ordinals
from timeliness.judge.statements.checking import Entries, check_claims, together
from timeliness.judge.statements.claim_words import ClaimsFound
from timeliness.judge.statements.claimed import ClaimColumn, Limits
from timeliness.judge.statements.limits import limits_of_findings, limits_of_rule
from timeliness.model.calendars import DAY, FAR_FUTURE, FAR_PAST, Days
from timeliness.model.findings import Case, Finding, StatementFound
from timeliness.model.rulebooks import CODE, POLICY
from timeliness.model.timelines import Timeline
from timeliness.results.claimed import Score, key_of
from timeliness.results.tally import Tally
from timeliness.run.frames import frame_of_claims
from timeliness.tables.complaints import Complaints, Rows


@dataclass(frozen=True)
class Claimed:
    """What became of the claims about some rows, for the outputs: of all, or of the problems."""

    complaints: Complaints
    found: Sequence[ClaimsFound]
    everything: bool

    @property
    def frame(self) -> pl.DataFrame:
        """Return them as a frame of the same columns as findings have."""
        return frame_of_claims(self.complaints, self.found, everything=self.everything)

    @cached_property
    def by_row(self) -> dict[int, list[StatementFound]]:
        """Return them with their sentences, by the row of their complaint.

        The source of one is its file, where that is another than the complaint's.
        """
        by_row: dict[int, list[StatementFound]] = {}
        for one in self.found:
            for place in np.flatnonzero(one.main.is_problem | self.everything).tolist():
                row = int(one.entries.claims.rows[place])
                path = one.entries.claims.path
                elsewhere = path if path != self.complaints.path else ""
                by_row.setdefault(row, []).append(replace(one.at(place), source=elsewhere))
        return by_row


@dataclass
class Claims:
    """Checks the claims about some rows of a table, once all their rules were judged."""

    complaints: Complaints
    tally: Tally
    _limits: dict[str, list[Limits]] = field(default_factory=dict)

    @property
    def events(self) -> set[str]:
        """Return the events that any column claims something about."""
        return {one.event for one in self.complaints.claims}

    def add(self, judged: JudgedRule) -> None:
        """Take what one rule comes to."""
        event = judged.rule.clock.stop
        if event not in self.events:
            return
        rows = np.concatenate([one.rows for one in self.complaints.claims if one.event == event])
        places = np.flatnonzero(np.isin(judged.rows, rows))
        if len(places):
            self._limits.setdefault(event, []).append(limits_of_rule(judged, places))

    def check(self, rows: Rows, cases: Sequence[tuple[int, Case]]) -> list[ClaimsFound]:
        """Check the claims about rows that were judged as columns, and as `cases`; count them."""
        by_row = dict(cases)
        own = np.array(sorted(by_row), dtype=np.int64)
        found = []
        for column in self.complaints.claims:
            for entries in (
                self._of_columns(column.entries(np.isin(column.rows, rows))),
                self._of_cases(column.entries(np.isin(column.rows, own)), by_row),
            ):
                if entries.size:
                    found.append(self._checked(entries))
        self._limits.clear()
        return found

    def _checked(self, entries: Entries) -> ClaimsFound:
        by_standard = check_claims(entries)
        main = together(by_standard)
        for standard, one in by_standard.items():
            key = key_of(entries.claims, standard)
            # What only the Code bears out is so of the policy's claims as well.
            scored = replace(main, covered=one.covered) if standard == POLICY else one
            self.tally.claims.setdefault(key, Score()).add(scored)
        return ClaimsFound(entries, main, by_standard)

    def _of_columns(self, claims: ClaimColumn) -> Entries:
        """Return claims beside the dates in the columns of their rows."""
        as_at = self.complaints.as_at.take(claims.rows)

        def day_of(event: str) -> Days:
            dated = self.complaints.events.get(event)
            if dated is None:
                return np.full(len(claims.rows), FAR_FUTURE, dtype=DAY)
            earliest, latest = dated.earliest.take(claims.rows), dated.latest.take(claims.rows)
            known = (earliest == latest) & (earliest > FAR_PAST) & (earliest <= as_at)
            return np.where(known, earliest, FAR_FUTURE).astype(DAY)

        limits = self._limits.get(claims.event, ())
        return Entries(claims, claims.rows, day_of(claims.event), day_of, limits)

    def _of_cases(self, claims: ClaimColumn, cases: Mapping[int, Case]) -> Entries:
        """Return claims beside the events and findings of complaints that have more than dates."""
        own = [cases[row] for row in claims.rows.tolist()]
        found = [
            _of_one_episode(case, claims.event, done)
            for case, done in zip(own, claims.done.tolist(), strict=True)
        ]
        done = np.array(
            [
                _answered(findings) if day == FAR_FUTURE else day
                for findings, day in zip(found, claims.done.tolist(), strict=True)
            ],
            dtype=DAY,
        )

        def day_of(event: str) -> Days:
            days = [
                _last_before(case.timeline, event, min(day, case.as_at.toordinal()))
                for case, day in zip(own, done.tolist(), strict=True)
            ]
            return np.array(days, dtype=DAY)

        pairs = [(place, one) for place, several in enumerate(found) for one in several]
        keys = np.arange(len(own), dtype=np.int64)
        return Entries(claims, keys, done, day_of, limits_of_findings(pairs))


def _of_one_episode(case: Case, event: str, done: int) -> list[Finding]:
    """Return the findings on the time limits of an event, of the episode that a row is about.

    Of several it is the one whose event happened on the day that the row gives, or that is open
    where it gives none; nothing where that does not tell.
    """
    found = [
        one
        for one in case.findings
        if one.readings
        and one.standard in (POLICY, CODE)
        and one.readings[0].rule.clock.stop == event
    ]
    if len({one.episode for one in found}) > 1:
        found = [one for one in found if _answered([one]) == done]
    return found if len({one.episode for one in found}) == 1 else []


def _answered(findings: Sequence[Finding]) -> int:
    """Return the day on which something was done, the far future where that is not one day."""
    spans = {one.done for one in findings if one.done}
    if len(spans) != 1:
        return FAR_FUTURE
    (span,) = spans
    return span.earliest.toordinal() if span.earliest and span.exact else FAR_FUTURE


def _last_before(timeline: Timeline, event: str, day: int) -> int:
    """Return the last day on which an event is dated up to some day, or the far future."""
    days = [ordinals(one.when) for one in timeline.named(event) if one.when]
    exact = [first for first, last in days if first == last and FAR_PAST < first <= day]
    return max(exact, default=FAR_FUTURE)
