"""The claims of a table's own columns, checked against what was judged of its rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cached_property

import numpy as np
import polars as pl
from msgspec import Struct
from msgspec.structs import replace

from timeliness.judge.judged import JudgedRule
from timeliness.judge.statements.checking import Entries, check_limits, together
from timeliness.judge.statements.claim_words import ClaimsFound
from timeliness.judge.statements.claimed import Limits
from timeliness.judge.statements.days_taken import Base, Fits, base_of, check_days, fits_of
from timeliness.judge.statements.limits import limits_of_rule
from timeliness.model.claims import DAYS_TAKEN, FLAGS
from timeliness.model.findings import Case, StatementFound
from timeliness.model.library import Library
from timeliness.model.sides import EVERY_POLICY
from timeliness.results.claimed import ClaimKey, Score, key_of
from timeliness.results.tally import Tally
from timeliness.run.claim_entries import Recorded
from timeliness.run.frames import frame_of_claims
from timeliness.tables.complaints import Complaints, Rows


class Claimed(Struct, frozen=True, dict=True):
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


Bases = Mapping[ClaimKey, Base]
"""The count by which each column of days taken is read."""


def bases_of(tables: Sequence[Complaints], library: Library) -> Bases:
    """Return by which count the columns of days taken are read, over all tables of a run."""
    found: dict[ClaimKey, Fits] = {}
    for complaints in tables:
        recorded = Recorded(complaints, library)
        joined = np.array(sorted(complaints.joined), dtype=np.int64)
        for column in complaints.claims:
            if column.kind not in DAYS_TAKEN:
                continue
            fits = found.setdefault(key_of(column), Counter())
            apart = np.isin(column.rows, joined)
            fits.update(fits_of(recorded.in_columns(column.entries(~apart))))
            together = column.entries(apart)
            timelines = [complaints.timeline(row) for row in together.rows.tolist()]
            fits.update(fits_of(recorded.in_timelines(together, timelines)))
    return {key: base_of(fits, key.about, key.kind) for key, fits in found.items()}


class Claims:
    """Checks the claims about some rows of a table, once all their rules were judged."""

    def __init__(
        self, complaints: Complaints, library: Library, tally: Tally, bases: Bases
    ) -> None:
        self.complaints, self.tally, self.bases = complaints, tally, bases
        self.recorded = Recorded(complaints, library)
        self.events = {one.event for one in complaints.claims if one.kind not in DAYS_TAKEN}
        self._limits: dict[str, list[Limits]] = {}

    def add(self, judged: JudgedRule) -> None:
        """Take what one rule comes to."""
        event = judged.rule.clock.stop
        if event not in self.events:
            return
        own = [one for one in self.complaints.claims if one.event == event]
        rows = np.concatenate([one.among(judged.rows).rows for one in own])
        places = np.flatnonzero(np.isin(judged.rows, rows))
        if len(places):
            self._limits.setdefault(event, []).append(limits_of_rule(judged, places))

    def check(self, rows: Rows, cases: Sequence[tuple[int, Case]]) -> list[ClaimsFound]:
        """Check the claims about rows that were judged as columns, and as `cases`; count them."""
        by_row = dict(cases)
        found = []
        for column in self.complaints.claims:
            own = column.among(np.array(sorted(by_row), dtype=np.int64))
            several = [by_row[row] for row in own.rows.tolist()]
            timelines = [case.timeline for case in several]
            findings = [case.findings for case in several]
            columnar = column.among(rows)
            for entries in (
                self.recorded.in_columns(columnar, self._limits.get(column.event, ())),
                self.recorded.in_timelines(own, timelines, findings),
            ):
                if entries.size:
                    found.append(self._checked(entries))
        self._limits.clear()
        return found

    def _checked(self, entries: Entries) -> ClaimsFound:
        claims = entries.claims
        if claims.kind in DAYS_TAKEN:
            base = self.bases[key_of(claims)]
            main = check_days(entries, base)
            key = replace(key_of(claims), counted=str(base))
            self.tally.claims.setdefault(key, Score()).add(main)
            return ClaimsFound(entries, main, {}, base)
        by_side = check_limits(entries)
        main = together(by_side)
        for side, one in by_side.items():
            key = key_of(claims, side)
            # What only the Code bears out is so of the policy's claims as well.
            scored = replace(main, covered=one.covered) if side == EVERY_POLICY else one
            in_time = claims.values == 1 if claims.kind in FLAGS else None
            self.tally.claims.setdefault(key, Score()).add(scored, in_time)
        return ClaimsFound(entries, main, by_side)
