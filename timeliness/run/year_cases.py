"""The year's figures of complaints that were checked one by one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from msgspec.structs import replace

from timeliness.judge.cases import check_timelines
from timeliness.judge.columns import Bounds
from timeliness.judge.received import received_after
from timeliness.model.dates import Span
from timeliness.model.findings import Case
from timeliness.model.library import Library
from timeliness.model.sides import CODE
from timeliness.results.grouping import group_of, plain
from timeliness.results.year import (
    AT_END,
    NOW,
    YearCount,
)
from timeliness.results.year_cases import Labels, records_of
from timeliness.results.year_groups import outcome_of, tenure_of
from timeliness.results.year_records import (
    Period,
    Records,
)
from timeliness.results.year_then import as_they_were, still_open

_Known = dict[tuple[str, int, str, int, int], tuple[int, int]]
"""When a course may have begun: by file, line, complaint, stage and episode."""


def _begun(records: Sequence[Records], cases: Sequence[Case]) -> _Known:
    """Return when each course may have begun, as is known today."""
    return {
        _course(one, place, cases): (
            int(one.begun.earliest[place]),
            int(one.begun.latest[place]),
        )
        for one in records
        for place in range(len(one.rows))
    }


def _course(one: Records, place: int, cases: Sequence[Case]) -> tuple[str, int, str, int, int]:
    timeline = cases[int(one.rows[place])].timeline
    episode = int(one.episodes[place])
    return timeline.path, timeline.line, timeline.complaint, one.stage, episode


def _as_known(one: Records, cases: Sequence[Case], known: _Known) -> Records:
    """Return records with when each began as is known today, not as it was cut at a day."""
    first, last = one.begun.earliest.copy(), one.begun.latest.copy()
    for place in range(len(one.rows)):
        if (days := known.get(_course(one, place, cases))) is not None:
            first[place], last[place] = days
    return replace(one, begun=Bounds(first, last))


def _has_code(case: Case) -> bool:
    """Whether the Housing Ombudsman's Code applies to a complaint."""
    return any(book.side.name == CODE for book in case.rulebooks)


class YearCases:
    """Adds complaints that were checked one by one to the figures of a year."""

    def __init__(self, year: YearCount, library: Library) -> None:
        self.year, self.library = year, library

    def add(self, cases: Sequence[Case]) -> None:
        """Count complaints, as of the check and as of the last day of each period."""
        own = self._records(cases)
        self.year.not_counted += sum(not _has_code(case) for case in cases)
        for period in self.year.asked.periods:
            self._add(own, cases, period, NOW)
            self._add_then(own, cases, period)

    def _records(self, cases: Sequence[Case]) -> list[Records]:
        return list(records_of(cases, self._labels(cases)))

    def _add(
        self, records: Sequence[Records], cases: Sequence[Case], period: Period, moment: str
    ) -> None:
        def who(row: int) -> tuple[str, str, str, int]:
            timeline = cases[row].timeline
            return timeline.complaint, timeline.landlord, timeline.path, timeline.line

        for one in records:
            self.year.add(one, period, moment, who)

    def _add_then(self, records: Sequence[Records], cases: Sequence[Case], period: Period) -> None:
        """Count complaints as of the last day of a period: those then open are judged again."""
        again = still_open(records, period)
        self._add(list(as_they_were(records, again, period)), cases, period, AT_END)
        known = [cases[row] for row in again.tolist()]
        later = [case for case in known if received_after(case.timeline, period.last) is None]
        then = self._as_of(later, period.last)
        begun = _begun(records, cases)
        as_known = [_as_known(one, then, begun) for one in self._records(then)]
        self._add(as_known, then, period, AT_END)

    def _as_of(self, cases: Sequence[Case], day: date) -> list[Case]:
        """Return the same complaints as they stood on an earlier day."""
        taken = [replace(case.timeline, as_at=case.as_at) for case in cases]
        carried = {id(one): case.carried for one, case in zip(taken, cases, strict=True)}
        found, _ = check_timelines(taken, self.library, day, declared_as_at=True)
        return [replace(one, carried=carried.get(id(one.timeline), {})) for one in found]

    def _labels(self, cases: Sequence[Case]) -> Labels:
        asked, year = self.year.asked, self.year

        def carried(row: int, *names: str) -> str:
            own = {plain(name): text for name, text in cases[row].carried.items()}
            return next((own[name] for name in names if own.get(name)), "")

        def tenure(row: int) -> int:
            wanted = [plain(asked.tenure)] if asked.tenure else ["tenure", "tenure type"]
            return tenure_of(carried(row, *wanted), year)

        def outcome(row: int, stage: int) -> int:
            return outcome_of(carried(row, f"stage {stage} outcome", "outcome"))

        def group(row: int, begun: Span) -> int:
            case = cases[row]
            day = begun.earliest if begun.exact else None
            return year.group(
                group_of(asked.by, case.carried, case.timeline.landlord, day) if asked.by else ""
            )

        return Labels(tenure, outcome, group)
