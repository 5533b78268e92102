"""The working of a clock as a calendar: each day's number in the count, or why it is skipped."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from msgspec import Struct

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


class Cell(Struct, frozen=True):
    """One day: its numbers in the counts, and what it is.

    `kind` is out, counted, start, weekend or holiday; `marks` may hold due and done.
    """

    numbers: tuple[str, ...]
    kind: str
    marks: tuple[str, ...] = ()


class Week(Struct, frozen=True):
    """A week of the count, or several of which nothing but the numbers is to tell."""

    name: str
    cells: tuple[Cell, ...]
    notes: str
    folded: str = ""


class Working(Struct, frozen=True):
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
    return Working(
        finding,
        place,
        tuple(short_day(day) for day in starts),
        tuple(_weeks(span, columns, marks, open_still=finding.done is None)),
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


def _weeks(
    span: tuple[date, date],
    columns: Sequence[dict[date, DayCounted]],
    marks: dict[date, list[tuple[str, str]]],
    *,
    open_still: bool,
) -> list[Week]:
    """Return the weeks of a count; of many, runs in which nothing happens in one line each."""
    monday = span[0] - timedelta(span[0].weekday())
    mondays = [monday + timedelta(7 * place) for place in range((span[1] - monday).days // 7 + 1)]
    if len(mondays) <= _WHOLE:
        return [_week(monday, columns, marks) for monday in mondays]
    matter = {0, 1, len(mondays) - 1}
    for place in {(day - monday).days // 7 for day in marks}:
        matter |= set(range(place - _AROUND, place + _AROUND + 1))
    shown: list[Week] = []
    run: list[date] = []
    for place, first in enumerate(mondays):
        if place not in matter:
            run.append(first)
            continue
        shown += _folded(run, columns, marks, open_still)
        run = []
        shown.append(_week(first, columns, marks))
    return shown + _folded(run, columns, marks, open_still)


def _folded(
    run: Sequence[date],
    columns: Sequence[dict[date, DayCounted]],
    marks: dict[date, list[tuple[str, str]]],
    open_still: bool,
) -> list[Week]:
    if len(run) < 3:
        return [_week(monday, columns, marks) for monday in run]
    first, last = run[0], run[-1] + timedelta(6)
    within = [
        one for offset in range(7 * len(run)) if (one := columns[0].get(first + timedelta(offset)))
    ]
    numbers = [one.number for one in within if one.number is not None]
    holidays = [
        f"{short_day(one.day)} ({one.why.partition(': ')[2]})"
        for one in within
        if one.number is None and not one.why.startswith("weekend")
    ]
    named = len(holidays) <= _MOST_NAMED or not open_still
    off = f", without {', '.join(holidays) if named else f'{len(holidays)} days off'}"
    off = off if holidays else ""
    says = (
        f"{len(run)} weeks, {short_day(first)} to {short_day(last)}: {len(numbers)} working days"
        f" (days {numbers[0]} to {numbers[-1]}){off}"
    )
    return [Week(short_day(first), (), "", says)]
