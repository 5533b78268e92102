"""Charts of many complaints, as data: by month, and by how long the answers took."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date

from msgspec import Struct

from timeliness.model.findings import Finding
from timeliness.model.verdict_words import BREACH
from timeliness.results.shares import Share

MOST_COLUMNS = 24
"""Past this many months the months are put into quarters, then into years."""


class Part(Struct, frozen=True):
    """A stretch of a column: its kind (met, cannot-tell, breach), place and height in percent."""

    kind: str
    y: float
    height: float


class Column(Struct, frozen=True):
    """One column of a chart by month."""

    name: str
    short: str
    x: float
    width: float
    parts: tuple[Part, ...]
    share: Share
    labelled: bool


class Chart(Struct, frozen=True):
    """Columns of counts, month by month."""

    title: str
    step: str
    top: int
    columns: tuple[Column, ...]


class Bin(Struct, frozen=True):
    """The answers that took so many working days."""

    name: str
    count: int
    x: float
    width: float
    height: float
    late: bool
    labelled: bool


class Histogram(Struct, frozen=True):
    """How long answers took, against the limit."""

    title: str
    limit: int
    limit_x: float
    top: int
    bins: tuple[Bin, ...]
    counted: int
    rough: int
    unanswered: int
    middle: int
    ninety: int


def month_chart(title: str, months: Mapping[date, Share]) -> Chart | None:
    """Return the chart of the shares by month; None where there are none."""
    if not months:
        return None
    step, groups = _in_steps(months)
    top = max(share.met + share.breach + share.cannot_tell for _, share in groups.values())
    width = 100 / len(groups)
    every = -(-len(groups) // 6)
    columns = []
    for place, (name, (short, share)) in enumerate(groups.items()):
        parts, base = [], 100.0
        for kind, count in (
            ("met", share.met),
            ("cannot-tell", share.cannot_tell),
            ("breach", share.breach),
        ):
            height = round(100 * count / top, 2)
            base = round(base - height, 2)
            if count:
                parts.append(Part(kind, max(base, 0.0), height))
        columns.append(
            Column(
                name,
                short,
                round(place * width + width * 0.1, 2),
                round(width * 0.8, 2),
                tuple(parts),
                share,
                place % every == 0 and place * width <= 85,
            )
        )
    return Chart(title, step, top, tuple(columns))


def _in_steps(months: Mapping[date, Share]) -> tuple[str, dict[str, tuple[str, Share]]]:
    """Return the shares by month, or by quarter or year where there are many months."""
    first, last = min(months), max(months)
    length = (last.year - first.year) * 12 + last.month - first.month + 1
    size = 1 if length <= MOST_COLUMNS else 3 if length <= 3 * MOST_COLUMNS else 12
    step = {1: "month", 3: "quarter", 12: "year"}[size]
    groups: dict[str, tuple[str, Share]] = {}
    number = (first.year * 12 + first.month - 1) // size * size
    while number <= last.year * 12 + last.month - 1:
        name, short = _step_name(number, size)
        share = Share(0, 0)
        for month in range(number, number + size):
            share += months.get(date(month // 12, month % 12 + 1, 1), Share(0, 0))
        groups[name] = (short, share)
        number += size
    return step, groups


def _step_name(number: int, size: int) -> tuple[str, str]:
    day = date(number // 12, number % 12 + 1, 1)
    if size == 1:
        return f"{day:%B} {day.year}", f"{day:%b} {day.year % 100:02}"
    if size == 3:
        until = date((number + 2) // 12, (number + 2) % 12 + 1, 1)
        return f"{day:%b} to {until:%b} {day.year}", f"{day:%b} {day.year % 100:02}"
    return str(day.year), str(day.year)


def histogram(title: str, findings: Sequence[Finding]) -> Histogram | None:
    """Return how long answers took; None where no answer has an exact count of working days."""
    limit = findings[0].limit
    if limit is None or limit.unit != "working_days":
        return None
    same = [finding for finding in findings if finding.limit == limit]
    answered = [finding for finding in same if finding.done and finding.working_days]
    exact = sorted(
        finding.working_days.least
        for finding in answered
        if finding.working_days and finding.working_days.least == finding.working_days.most
    )
    if not exact:
        return None
    size = 1 if limit.amount <= 12 else 2 if limit.amount <= 25 else 5
    size = size if limit.amount % size == 0 or size == 1 else 1
    last = min(max(exact[-1], limit.amount + size), 3 * limit.amount)
    last = limit.amount + -(-(last - limit.amount) // size) * size
    edges = list(range(limit.amount % size, last + 1, size))
    counts: Counter[int] = Counter()
    for days in exact:
        counts[
            min(
                -(-(days - edges[0]) // size) * size + edges[0] if days > edges[0] else edges[0],
                last + size,
            )
        ] += 1
    ends = [*edges, *([last + size] if counts[last + size] else [])]
    top = max(counts.values())
    width = 100 / len(ends)
    every = -(-len(ends) // (12 if size == 1 else 7))
    at_limit = ends.index(limit.amount)
    bins = tuple(
        Bin(
            _bin_name(end, size, edges[0], last),
            counts[end],
            round(place * width, 2),
            round(width, 2),
            round(100 * counts[end] / top, 2),
            end > limit.amount,
            (at_limit - place) % every == 0,
        )
        for place, end in enumerate(ends)
    )
    return Histogram(
        title,
        limit.amount,
        round((at_limit + 1) * width, 2),
        top,
        bins,
        len(exact),
        len(answered) - len(exact),
        sum(finding.verdict == BREACH and finding.done is None for finding in same),
        exact[(len(exact) - 1) // 2],
        exact[max(-(-len(exact) * 9 // 10) - 1, 0)],
    )


def _bin_name(end: int, size: int, first: int, last: int) -> str:
    if end > last:
        return f"over {last}"
    if size == 1:
        return str(end)
    return f"{end - size + 1}–{end}" if end > first else (f"0–{end}" if end else "0")
