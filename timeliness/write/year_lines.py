"""The figures of a year line by line, for every form that shows them as a table."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial

from msgspec import Struct

from timeliness.model.plain import capital
from timeliness.model.verdict_words import REASONS
from timeliness.results.grouping import NO_GROUP
from timeliness.results.year import (
    YearCount,
)
from timeliness.results.year_figures import (
    Figures,
)
from timeliness.results.year_readings import (
    ANSWERED_IN,
    BASES,
    READINGS,
    YearReading,
)
from timeliness.results.year_records import (
    CLASSES,
    FROM_RECEIPT,
    FROM_START,
    IN_TIME_EITHER_WAY,
    MAY_BE_ANSWERED,
    PERHAPS_ENDED,
    UNDECIDED,
)
from timeliness.results.year_view import (
    Block,
    Moment,
    figures_of,
)
from timeliness.write.totals import WITHOUT
from timeliness.write.year_words import days, portion, rate, share

CLASS_NAMES = {
    "in-time": "Answered in time",
    "in-time-extended": "In time by a valid extension",
    "late": "Answered late",
    "overdue": "Not answered, and overdue",
    "not-due": "Not answered, not yet due",
    "withdrawn": "Withdrawn",
    "refused": "Refused",
    UNDECIDED: "Cannot tell",
}


class Line(Struct, frozen=True):
    """One line of a table of figures: what it is, and its figure as of each moment.

    `depth` says that it is a part of a line above it (1), or of such a part (2), and a line without
    cells is a heading.
    """

    name: str
    cells: tuple[str, ...] = ()
    depth: int = 0


class Across(Struct, frozen=True):
    """The figures of some complaints at one stage as of each moment.

    `plain` are the same without what is assumed of the tables, none where nothing is.
    """

    stage: int
    figures: Sequence[Figures]
    plain: Sequence[Figures] = ()

    def any(self, has: Callable[[Figures], object]) -> bool:
        """Whether any of the figures, with or without what is assumed, has something."""
        return any(has(one) for one in (*self.figures, *self.plain))

    def line(self, name: str, cell: Callable[[Figures], str], depth: int = 0) -> Iterator[Line]:
        """Yield a line, and another without what is assumed where that makes a difference."""
        own, plain = (tuple(map(cell, several)) for several in (self.figures, self.plain))
        yield Line(name, own, depth)
        if plain and plain != own:
            yield Line(WITHOUT, plain, depth + 1)


def figures_across(year: YearCount, moments: Sequence[Moment], stage: int, block: Block) -> Across:
    """Return the figures of some complaints as of each moment."""
    own, *plain = (
        [figures_of(one, moment, stage, block) for moment in moments] for one in year.both
    )
    return Across(stage, own, *plain)


def lines_of(across: Across, *, measures: bool) -> Iterator[Line]:
    """Yield the lines of one stage of some complaints, with CH01 and CH02 where they are given."""
    stage = across.stage
    yield from across.line(
        "Received" if stage == 1 else "Asked for", lambda one: f"{one.received:,}"
    )
    for name in (*CLASSES, UNDECIDED):
        number_of = partial(_became, name)
        if name not in ("withdrawn", "refused", UNDECIDED) or across.any(partial(_number, name)):
            yield from across.line(CLASS_NAMES[name], number_of, 1)
    if across.any(lambda one: one.perhaps):
        yield from across.line("Perhaps received in the year", lambda one: f"{one.perhaps:,}")
    if across.any(lambda one: one.again):
        yield from across.line("Of these, received again", lambda one: f"{one.again:,}")
    if across.any(lambda one: one.acknowledged.ends):
        yield from across.line("Acknowledged in time", lambda one: share(one.acknowledged))
    if stage == 1:
        yield from across.line("Escalated, of those answered", lambda one: portion(one.escalated))
    if across.any(lambda one: one.outcomes):
        yield from across.line("Upheld, of known outcomes", lambda one: portion(one.upheld(1)))
        yield from across.line("Partly upheld", lambda one: portion(one.upheld(2)))
    if across.any(lambda one: one.answered):
        yield from _day_lines(across)
    if measures:
        yield from measure_lines(across)


CAUSE_NAMES = {
    **REASONS,
    IN_TIME_EITHER_WAY: "in time, but perhaps only because it was extended",
    MAY_BE_ANSWERED: "not yet due, and the record does not say whether it was answered",
    PERHAPS_ENDED: "withdrawn or refused, but perhaps later",
}
"""Why it is not known what became of a complaint, in words."""


def cause_lines(across: Across) -> Iterator[Line]:
    """Yield why it is not known what became of complaints, the most common first."""
    names = dict.fromkeys(name for one in (*across.figures, *across.plain) for name in one.causes)
    for name in names:
        yield from across.line(capital(CAUSE_NAMES[name]), partial(_because, name))


def _because(name: str, one: Figures) -> str:
    return f"{one.causes.get(name, 0):,}"


def group_lines(year: YearCount, moment: Moment, stage: int, block: Block) -> Iterator[Line]:
    """Yield what was received, in time and late of a group, and without what is assumed."""
    found = [_of_group(figures_of(one, moment, stage, block)) for one in year.both]
    yield Line(block.group or NO_GROUP, found[0], 1)
    if found[-1] != found[0]:
        yield Line(WITHOUT, found[-1], 2)


def _of_group(one: Figures) -> tuple[str, ...]:
    became = one.became
    in_time = became["in-time"] + became["in-time-extended"]
    late = became["late"] + became["overdue"]
    return f"{one.received:,}", f"{in_time:,}", f"{late:,}"


def _number(name: str, one: Figures) -> int:
    return one.became[name]


def _became(name: str, one: Figures) -> str:
    return f"{one.became[name]:,}"


_DAYS = {"mean": "Mean", "median": "Median", "nine_in_ten": "Nine in ten"}


def _day_lines(across: Across) -> Iterator[Line]:
    begun = "receipt" if across.stage == 1 else "the request"
    for since, words in ((FROM_START, "the start of the limit"), (FROM_RECEIPT, begun)):
        yield Line(f"Working days to answer, from {words}")
        for name, called in _DAYS.items():
            yield from across.line(called, partial(_taken, since, name), 1)


def _taken(since: str, name: str, one: Figures) -> str:
    return days(one.taken(since), name)


def measure_lines(across: Across) -> Iterator[Line]:
    """Yield CH01 and CH02 of one stage in every reading."""
    stage, ended = across.stage, across.any(lambda one: one.has_ended)
    if across.any(lambda one: one.homes):
        yield Line(f"CH01({stage}): received for every 1,000 homes")
        for kept in (True, False) if ended else (True,):
            name = "All" if kept else "Withdrawn and refused left out"
            yield from across.line(name, partial(_rate, kept), 1)
    base = ""
    for reading in READINGS:
        if not ended and not reading.ended and reading.base != ANSWERED_IN:
            continue
        if reading.base != base:
            base = reading.base
            yield Line(f"CH02({stage}): in time, of those {BASES[base]}")
        yield from across.line(_reading_name(reading, ended=ended), partial(_in_time, reading), 1)


def _rate(ended: bool, one: Figures) -> str:
    return rate(one.per_thousand(ended=ended))


def _in_time(reading: YearReading, one: Figures) -> str:
    return share(one.share(reading))


def _reading_name(reading: YearReading, *, ended: bool) -> str:
    """Return the name of a reading under its heading; `ended` says that anything was withdrawn."""
    name = "Extensions count" if reading.extensions else "Extensions do not count"
    if ended and reading.base != ANSWERED_IN:
        name += f", withdrawn and refused {'in' if reading.ended else 'out'}"
    return name
