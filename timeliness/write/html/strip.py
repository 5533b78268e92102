"""The strip: every clock of a complaint as a lane along the days, as data for the drawing.

Places along a lane are in percent of its width, so that the drawing fits any page while its
words keep their size. A day takes up its own width: what happened on it is drawn in its middle,
and the end of a due day is the line that an answer in time lies before.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from msgspec import Struct

from timeliness.model.calendars import WorkingDays
from timeliness.model.covered import LAST_YEAR
from timeliness.model.findings import Case, Finding, Reading
from timeliness.model.verdict_words import BREACH, CANNOT_TELL, NOT_APPLICABLE, PENDING
from timeliness.write.html.scale import (
    Bar,
    Scale,
    Shade,
    Words,
    place_words,
    shades_of,
    ticks_of,
)
from timeliness.write.html.strip_words import described, reading_name, words_of_done, words_of_due
from timeliness.write.words import (
    GROUPS,
    STATUSES,
    Status,
    group_of,
    side_title,
    status_of,
)

_GAP = 60
"""So many days with nothing in them begin a new drawing."""

_FIT = 4
"""Outside the stages, a drawing is at most so many times as long as its shortest lane."""


class Line(Struct, frozen=True):
    """A line across a lane: due, was-due or as-at."""

    kind: str
    x: float


class Mark(Struct, frozen=True):
    """A shape on a lane: start, met, breach, cannot-tell, more or none."""

    kind: str
    x: float


class Row(Struct, frozen=True):
    """One count: the whole of a lane, or one reading of it."""

    name: str
    decides: bool
    status: Status
    title: str
    says: str
    bars: tuple[Bar, ...]
    lines: tuple[Line, ...]
    marks: tuple[Mark, ...]
    due: Words
    done: Words | None
    shades: str = ""


class Lane(Struct, frozen=True):
    """One clock of one side."""

    finding: Finding
    place: int
    title: str
    standard: str
    limit: str
    rows: tuple[Row, ...]

    @property
    def deciding(self) -> int:
        """Return how many of its counts decide."""
        return sum(row.decides for row in self.rows)


class Panel(Struct, frozen=True):
    """The lanes of one part of a complaint, drawn to one scale."""

    title: str
    first: date
    last: date
    ticks: tuple[Words, ...]
    shades: dict[str, tuple[Shade, ...]]
    lanes: tuple[Lane, ...]

    @property
    def shaded(self) -> bool:
        """Whether weekends and bank holidays are drawn."""
        return any(self.shades.values())


def panels(case: Case, findings: Iterable[tuple[int, Finding]]) -> list[Panel]:
    """Return the panels of a complaint, given its findings with their places in it."""
    groups: dict[str, list[tuple[int, Finding]]] = {name: [] for name in GROUPS}
    for place, finding in findings:
        if finding.verdict != NOT_APPLICABLE and _first_day(finding) is not None:
            groups[group_of(finding)].append((place, finding))
    made = []
    for name, members in groups.items():
        for cluster in _clusters(name, members, case.as_at):
            made.append(_panel(GROUPS[name], cluster, case.as_at))
    return made


# How far a clock reaches ------------------------------------------------------------------------


def _first_day(finding: Finding) -> date | None:
    """Return the first day to draw; None where the clock has no due date to draw."""
    if finding.due is None or (finding.due.earliest is None and finding.due.latest is None):
        return None
    starts = [reading.start for reading in finding.readings] or [finding.start]
    dues = [reading.due for reading in finding.readings] or [finding.due]
    known = [
        day
        for span in (*starts, *dues)
        if span
        for day in (span.earliest, span.latest)
        if day is not None
    ]
    return min(known)


def _last_day(finding: Finding, as_at: date) -> date:
    """Return the last day that a lane needs; what is still open may run on past it."""
    spans = [finding.due, finding.done]
    for reading in finding.readings:
        spans += [reading.due, reading.done]
    days = [day for span in spans if span for day in (span.earliest, span.latest) if day]
    if finding.verdict == PENDING:
        days.append(as_at)
    return max(days)


def _clusters(
    name: str, members: Sequence[tuple[int, Finding]], as_at: date
) -> list[list[tuple[int, Finding]]]:
    """Split findings where months lie between them in which nothing runs.

    What belongs to no stage is split besides where one scale does not fit both: a repair and a
    promise of a year.
    """
    reach = sorted(
        ((_first_day(one) or as_at, _last_day(one, as_at), place, one) for place, one in members),
        key=lambda one: one[:3],
    )
    clusters: list[list[tuple[int, Finding]]] = []
    begin = end = date.min
    shortest = 0
    for first, last, place, finding in reach:
        length = (last - first).days
        whole = (max(end, last) - begin).days
        fits = name.startswith("stage") or whole <= max(60, _FIT * min(shortest, length))
        if not clusters or first - timedelta(_GAP) > end or not fits:
            clusters.append([])
            begin, end, shortest = first, last, length
        clusters[-1].append((place, finding))
        end, shortest = max(end, last), min(shortest, length)
    return [sorted(cluster, key=lambda one: one[0]) for cluster in clusters]


# Drawing ----------------------------------------------------------------------------------------


def _panel(title: str, members: Sequence[tuple[int, Finding]], as_at: date) -> Panel:
    first = min(_first_day(finding) or as_at for _, finding in members)
    last = max(_last_day(finding, as_at) for _, finding in members)
    after = last + timedelta(max(3, (last - first).days // 8))
    scale = Scale(first - timedelta(1), min(after, date(LAST_YEAR + 6, 12, 31)))
    shades: dict[str, tuple[Shade, ...]] = {}
    calendars: dict[WorkingDays, str] = {}
    lanes = []
    for place, finding in members:
        calendar = finding.calendar
        if calendar not in calendars:
            calendars[calendar] = f"days{len(calendars)}"
            shades[calendars[calendar]] = tuple(shades_of(scale, calendar))
        lanes.append(_lane(place, finding, scale, as_at, calendars[calendar]))
    return Panel(title, first, last, tuple(ticks_of(scale)), shades, tuple(lanes))


def _lane(place: int, finding: Finding, scale: Scale, as_at: date, shades: str) -> Lane:
    rows = [
        _row(finding, reading, scale, as_at, shades)
        for reading in finding.judged
        if reading.due and (reading.due.earliest or reading.due.latest)
    ]
    if not rows:
        rows = [_row(finding, None, scale, as_at, shades)]
    return Lane(
        finding,
        place,
        finding.title,
        side_title(finding.side),
        str(finding.limit) if finding.limit else "",
        tuple(rows),
    )


def _row(finding: Finding, reading: Reading | None, scale: Scale, as_at: date, shades: str) -> Row:
    of: Finding | Reading = reading or finding
    verdict = of.verdict if reading and len(finding.judged) > 1 else finding.verdict
    status = STATUSES[verdict] if reading else status_of(finding)
    start, due, done = of.start, of.due, of.done
    bars: list[Bar] = []
    lines: list[Line] = []
    marks: list[Mark] = []
    due_first = due and (due.earliest or due.latest)
    due_last = due and (due.latest or due.earliest)
    assert due_first
    assert due_last
    due_from, due_to = scale.end_of(due_first), scale.end_of(due_last)
    if start and (start.earliest or start.latest):
        began = start.earliest or start.latest
        surely = start.latest or start.earliest
        assert began
        assert surely
        bars += scale.bar("maybe", scale.middle_of(began), scale.middle_of(surely))
        bars += scale.bar("allowed", scale.middle_of(surely), due_from)
        marks.append(Mark("start", scale.middle_of(began)))
    bars += scale.bar("maybe", due_from, due_to)
    end = _end_of_done(of, finding, scale, as_at)
    if verdict == BREACH:
        bars += scale.bar("over", due_to, end)
    elif verdict == CANNOT_TELL and done is not None and of.reason != "not-evidenced":
        bars += scale.bar("maybe-over", due_from, end)
    original = reading.original_due if reading else None
    if original and original != due and original.latest:
        lines.append(Line("was-due", scale.end_of(original.latest)))
    lines.append(Line("due", due_from))
    if due_to != due_from:
        lines.append(Line("due", due_to))
    if verdict == PENDING:
        lines.append(Line("as-at", scale.middle_of(as_at)))
    done_words = words_of_done(of, finding, verdict, scale, as_at, end)
    if done and done.earliest:
        at = done.latest or done.earliest
        if at != done.earliest:
            bars += scale.bar("done", scale.start_of(done.earliest), scale.end_of(at))
        elif done.latest is None and of.reason != "not-evidenced":
            bars += scale.bar("done", scale.start_of(done.earliest), 100.0)
        marks.append(Mark(verdict, scale.middle_of(at)))
    elif verdict == BREACH:
        marks.append(Mark("more", end))
    name = reading_name(reading, finding) if reading and len(finding.judged) > 1 else ""
    return Row(
        name=name,
        decides=reading.decides if reading else True,
        status=status,
        title=f"{finding.title}, {side_title(finding.side)}" + (f", {name}" if name else ""),
        says=described(of, finding, status, as_at),
        bars=tuple(bars),
        lines=tuple(lines),
        marks=tuple(marks),
        due=place_words(words_of_due(due, original), due_from, due_to),
        done=done_words,
        shades=shades,
    )


def _end_of_done(of: Finding | Reading, finding: Finding, scale: Scale, as_at: date) -> float:
    """Return where the overrun ends: at what was done, or at the day to which it is counted."""
    if of.done:
        day = of.done.latest or of.done.earliest
        return scale.end_of(day) if day else 100.0
    until = finding.counted_until or as_at
    return scale.end_of(until) if until <= scale.last else 100.0
