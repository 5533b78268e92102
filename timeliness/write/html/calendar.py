"""The working of a clock as a calendar: each day's number in the count, or why it is skipped."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from timeliness.model.calendars import DayCounted
from timeliness.model.findings import Finding
from timeliness.model.plain import short_day
from timeliness.write.count import counted_span
from timeliness.write.html.strip_words import act_word

_WHOLE = 20
"""A count of at most so many weeks is shown whole; of a longer one, the weeks that matter."""

_AROUND = 1
_MOST_NAMED = 6
"""Of more days off than this, only the number is given where nothing was done at the end."""


@dataclass(frozen=True)
class Cell:
    """One day: its numbers in the counts, and what it is.

    `kind` is out, counted, start, weekend or holiday; `marks` may hold due and done.
    """

    numbers: tuple[str, ...]
    kind: str
    marks: tuple[str, ...] = ()


@dataclass(frozen=True)
class Week:
    """A week of the count, or several of which nothing but the numbers is to tell."""

    name: str
    cells: tuple[Cell, ...]
    notes: str
    folded: str = ""


@dataclass(frozen=True)
class Working:
    """The count of one finding; `counts` says from which day each number of a cell counts."""

    finding: Finding
    place: int
    counts: tuple[str, ...]
    weeks: tuple[Week, ...]


def working_of(place: int, finding: Finding) -> Working | None:
    """Return the calendar of a finding's count; None where it counts no working days."""
    span = counted_span(finding)
    if span is None or finding.limit is None or finding.limit.unit != "working_days":
        return None
    start = finding.start
    starts = [span[0]]
    if start and start.latest and start.latest != span[0] and start.latest <= span[1]:
        starts.append(start.latest)
    columns = [
        {one.day: one for one in finding.calendar.explain(begin, span[1])} for begin in starts
    ]
    marks = _marks(finding)
    monday = span[0] - timedelta(span[0].weekday())
    weeks: list[tuple[date, Week]] = []
    while monday <= span[1]:
        weeks.append((monday, _week(monday, columns, marks)))
        monday += timedelta(7)
    return Working(
        finding,
        place,
        tuple(short_day(day) for day in starts),
        tuple(_fold(weeks, columns, marks, open_still=finding.done is None)),
    )


def _marks(finding: Finding) -> dict[date, list[tuple[str, str]]]:
    """Return what to say of single days: due, done, counted to here."""
    marks: dict[date, list[tuple[str, str]]] = {}
    due, done = finding.due, finding.done
    if due and due.earliest:
        known = "due" if due.exact else "earliest due"
        marks.setdefault(due.earliest, []).append(("due", known))
        if due.latest and not due.exact:
            marks.setdefault(due.latest, []).append(("due", "latest due"))
    if done and done.earliest:
        word = act_word(finding)
        told = word if done.exact else f"earliest {word}"
        if finding.reason == "not-evidenced":
            told = f"claimed to be {word}, no evidence"
        marks.setdefault(done.earliest, []).append(("done", told))
        if done.latest and not done.exact:
            marks.setdefault(done.latest, []).append(("done", f"latest {word}"))
    elif finding.counted_until:
        marks.setdefault(finding.counted_until, []).append(("done", "not done; counted to here"))
    return marks


def _week(
    monday: date,
    columns: Sequence[dict[date, DayCounted]],
    marks: dict[date, list[tuple[str, str]]],
) -> Week:
    cells, notes = [], []
    for offset in range(7):
        day = monday + timedelta(offset)
        told = [column.get(day) for column in columns]
        first = told[0]
        if first is None:
            cells.append(Cell((), "out"))
            continue
        if first.number is None:
            weekend = first.why.startswith("weekend")
            cells.append(Cell((), "weekend" if weekend else "holiday", _kinds(marks, day)))
            if not weekend:
                notes.append(f"{day:%a} {first.why}")
        else:
            numbers = tuple("" if one is None else str(one.number) for one in told)
            kind = "start" if first.number == 0 else "counted"
            cells.append(Cell(numbers, kind, _kinds(marks, day)))
        notes += [f"{day:%a} {words}" for _, words in marks.get(day, ())]
    return Week(short_day(monday), tuple(cells), "; ".join(notes))


def _kinds(marks: dict[date, list[tuple[str, str]]], day: date) -> tuple[str, ...]:
    return tuple(dict.fromkeys(kind for kind, _ in marks.get(day, ())))


def _fold(
    weeks: Sequence[tuple[date, Week]],
    columns: Sequence[dict[date, DayCounted]],
    marks: dict[date, list[tuple[str, str]]],
    *,
    open_still: bool,
) -> list[Week]:
    """Put runs of weeks in which nothing happens into one line each, where there are many."""
    if len(weeks) <= _WHOLE:
        return [week for _, week in weeks]
    matter = {0, 1, len(weeks) - 1}
    for place, (monday, _) in enumerate(weeks):
        if any(monday + timedelta(offset) in marks for offset in range(7)):
            matter |= set(range(place - _AROUND, place + _AROUND + 1))
    shown: list[Week] = []
    run: list[tuple[date, Week]] = []
    for place, week in enumerate(weeks):
        if place in matter:
            shown += _folded(run, columns, open_still)
            run = []
            shown.append(week[1])
        else:
            run.append(week)
    return shown + _folded(run, columns, open_still)


def _folded(
    run: Sequence[tuple[date, Week]],
    columns: Sequence[dict[date, DayCounted]],
    open_still: bool,
) -> list[Week]:
    if len(run) < 3:
        return [week for _, week in run]
    first, last = run[0][0], run[-1][0] + timedelta(6)
    numbers = [
        one.number
        for day, one in columns[0].items()
        if first <= day <= last and one.number is not None
    ]
    holidays = [
        f"{short_day(day)} ({one.why.partition(': ')[2]})"
        for day, one in columns[0].items()
        if first <= day <= last and one.number is None and not one.why.startswith("weekend")
    ]
    named = len(holidays) <= _MOST_NAMED or not open_still
    off = f", without {', '.join(holidays) if named else f'{len(holidays)} days off'}"
    off = off if holidays else ""
    says = (
        f"{len(run)} weeks, {short_day(first)} to {short_day(last)}: {len(numbers)} working days"
        f" (days {numbers[0]} to {numbers[-1]}){off}"
    )
    return [Week(short_day(first), (), "", says)]
