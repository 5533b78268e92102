"""The claims of a table's columns beside the dates of their complaints."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from msgspec import Struct

from timeliness.judge.milestones import ordinals
from timeliness.judge.statements.checking import Entries
from timeliness.judge.statements.claimed import ClaimColumn, Flags, Limits, exact_days
from timeliness.judge.statements.figures import Count, counts
from timeliness.judge.statements.limits import limits_of_findings
from timeliness.judge.statements.points import with_closures
from timeliness.model.calendars import DAY, FAR_FUTURE, FAR_PAST, Days
from timeliness.model.findings import Finding
from timeliness.model.library import Library
from timeliness.model.sides import CODE, POLICY
from timeliness.model.timelines import Timeline
from timeliness.run.judging import asked_of
from timeliness.tables.complaints import Complaints


class Recorded(Struct, frozen=True):
    """What a table records beside what its columns claim."""

    complaints: Complaints
    library: Library

    def in_columns(self, claims: ClaimColumn, limits: Sequence[Limits] = ()) -> Entries:
        """Return claims beside the dates in the columns of their rows."""
        as_at = self.complaints.as_at.take(claims.rows)

        def day_of(event: str) -> Days:
            dated = self.complaints.events.get(event)
            if dated is None:
                return np.full(len(claims.rows), FAR_FUTURE, dtype=DAY)
            rows = claims.rows
            days = exact_days(dated.earliest.take(rows), dated.latest.take(rows))
            return np.where(days <= as_at, days, FAR_FUTURE).astype(DAY)

        done, counted = day_of(claims.event), self._counted(claims)
        return Entries(claims, claims.rows, done, day_of, limits, counted)

    def in_timelines(
        self,
        claims: ClaimColumn,
        timelines: Sequence[Timeline],
        findings: Sequence[Sequence[Finding]] = (),
    ) -> Entries:
        """Return claims beside the events of their complaints, and with what was found of each.

        A row that does not date the event itself is about the last that its complaint has.
        """
        as_at = self.complaints.as_at.take(claims.rows).tolist()
        done = np.array(
            [
                _last(timeline, claims.event, day) if own == FAR_FUTURE else own
                for timeline, own, day in zip(timelines, claims.done.tolist(), as_at, strict=True)
            ],
            dtype=DAY,
        )
        # What is dated later than the day of the check has not happened.
        done = np.where(done <= np.array(as_at, dtype=DAY), done, FAR_FUTURE).astype(DAY)

        def day_of(event: str) -> Days:
            days = [
                _last(timeline, event, min(own, day))
                for timeline, own, day in zip(timelines, done.tolist(), as_at, strict=True)
            ]
            return np.array(days, dtype=DAY)

        found = [
            (place, one)
            for place, several in enumerate(findings)
            for one in _of_one_episode(several, claims.event, int(claims.done[place]))
        ]
        keys = np.arange(len(timelines), dtype=np.int64)
        limits = limits_of_findings(found)
        return Entries(claims, keys, done, day_of, limits, self._counted(claims))

    def _counted(self, claims: ClaimColumn) -> list[tuple[list[Count], Flags]]:
        """Return the ways to count the days of complaints of which the same is asked."""
        found = []
        for asked, own in asked_of(self.complaints, self.library, claims.rows):
            nation = asked.nation
            # The days off that were announced late are the same in every rulebook.
            plain = next(iter(self.library.rulebooks.values())).plain_calendar(nation)
            ways = counts(plain, with_closures(asked.policies, nation))
            found.append((ways, np.isin(claims.rows, own)))
        return found


def _of_one_episode(findings: Sequence[Finding], event: str, done: int) -> list[Finding]:
    """Return the findings on the time limits of an event, of the episode that a row is about.

    Of several it is the one whose event happened on the day that the row gives, or that is open
    where it gives none; nothing where that does not tell.
    """
    found = [
        one
        for one in findings
        if one.readings
        and one.standard in (POLICY, CODE)
        and one.readings[0].rule.clock.stop == event
    ]
    if len({one.episode for one in found}) > 1:
        found = [one for one in found if _answered(one) == done]
    return found if len({one.episode for one in found}) == 1 else []


def _answered(finding: Finding) -> int:
    """Return the day on which something was done, the far future where that is not one day."""
    span = finding.done
    return span.earliest.toordinal() if span and span.earliest and span.exact else FAR_FUTURE


def _last(timeline: Timeline, event: str, day: int) -> int:
    """Return the last day on which an event is dated up to some day, or the far future."""
    days = [ordinals(one.when) for one in timeline.named(event) if one.when]
    exact = [first for first, last in days if first == last and FAR_PAST < first <= day]
    return max(exact, default=FAR_FUTURE)
