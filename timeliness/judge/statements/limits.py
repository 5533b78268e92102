"""The limits that claims are checked against, from judged columns and from findings."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from timeliness.judge.columns import Bounds, pick
from timeliness.judge.judged import JudgedRule
from timeliness.judge.measuring import Dates
from timeliness.judge.statements.claimed import Limits, Rows, Source
from timeliness.judge.verdicts import VERDICT_NAMES
from timeliness.model.calendars import DAY, FAR_FUTURE, FAR_PAST, Days, WorkingDays
from timeliness.model.dates import Span
from timeliness.model.findings import Finding
from timeliness.model.sides import Side

_CODES = {name: code for code, name in VERDICT_NAMES.items()}


def limits_of_rule(judged: JudgedRule, places: Rows) -> Limits:
    """Return what one rule comes to in some places of those for which it was judged."""
    size = len(places)
    found = judged.found.take(places)
    due, original = (_Hull(size) for _ in range(2))
    sources = []
    for source, reading in judged.deciding:
        dates = Dates(source, reading, places)
        own = source.rulebook, source.rule, source.start.event, source.calendar
        sources.append(Source(*own))
        due.add(dates.due, dates.present, dates.applies & found)
        before = Bounds(
            reading.original_due.earliest.take(places), reading.original_due.latest.take(places)
        )
        original.add(before, dates.present, dates.applies & found)
    rows = judged.rows.take(places)
    verdict = judged.verdict.take(places)
    verdict[~found] = _CODES["cannot-tell"]
    return Limits(rows, judged.side, tuple(sources), due.ends, original.ends, verdict)


class _Hull:
    """The hull of days over the readings that exist; any day at all where one does not apply."""

    def __init__(self, size: int) -> None:
        self.earliest: Days = np.full(size, FAR_FUTURE, dtype=DAY)
        self.latest: Days = np.full(size, FAR_PAST, dtype=DAY)

    def add(self, days: Bounds, present: np.ndarray, applies: np.ndarray) -> None:
        """Add one reading."""
        earliest = pick(applies, days.earliest, np.full(len(present), FAR_PAST, dtype=DAY))
        latest = pick(applies, days.latest, np.full(len(present), FAR_FUTURE, dtype=DAY))
        self.earliest = pick(present, np.minimum(self.earliest, earliest), self.earliest)
        self.latest = pick(present, np.maximum(self.latest, latest), self.latest)

    @property
    def ends(self) -> tuple[Days, Days]:
        """Return the earliest and the latest days."""
        return self.earliest, self.latest


def limits_of_findings(found: Iterable[tuple[int, Finding]]) -> list[Limits]:
    """Return the limits that some findings come to, each with the place of its complaint."""
    alike: dict[
        tuple[Side, tuple[tuple[str, str, str, WorkingDays], ...]], list[tuple[int, Finding]]
    ] = {}
    for row, one in found:
        deciding = [reading for reading in one.readings if reading.decides]
        key = tuple(
            (own.rulebook.id, own.rule.id, own.start_event, own.calendar) for own in deciding
        )
        alike.setdefault((one.side, key), []).append((row, one))
    return [_limits(several) for several in alike.values()]


def _limits(several: Sequence[tuple[int, Finding]]) -> Limits:
    several = sorted(several, key=lambda pair: pair[0])
    first = several[0][1]
    readings = [[one for one in finding.readings if one.decides] for _, finding in several]
    return Limits(
        np.array([row for row, _ in several], dtype=np.int64),
        first.side,
        tuple(Source(one.rulebook, one.rule, one.start_event, one.calendar) for one in readings[0]),
        _ends([[one.due for one in own] for own in readings]),
        _ends([[one.original_due for one in own] for own in readings]),
        np.array([_CODES[finding.verdict] for _, finding in several], dtype=np.int8),
    )


def _ends(spans: Sequence[Sequence[Span | None]]) -> tuple[Days, Days]:
    """Return the hull of the spans of each finding, and any day at all where one is not known."""
    earliest, latest = [], []
    for own in spans:
        firsts = [one.earliest.toordinal() for one in own if one and one.earliest]
        lasts = [one.latest.toordinal() for one in own if one and one.latest]
        whole = bool(own) and len(firsts) == len(lasts) == len(own)
        earliest.append(min(firsts) if whole else FAR_PAST)
        latest.append(max(lasts) if whole else FAR_FUTURE)
    return np.array(earliest, dtype=DAY), np.array(latest, dtype=DAY)
