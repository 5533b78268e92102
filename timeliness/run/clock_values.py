"""What each time limit came to in each row of a file, few bytes a row."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

import numpy as np
import polars as pl
from msgspec import Struct, field
from numpy.typing import NDArray

from timeliness.model.dates import Span
from timeliness.model.plain import short_span
from timeliness.model.ranges import Range
from timeliness.model.verdict_words import NOT_FOLLOWED, VERDICTS
from timeliness.tables.headers import ADDED
from timeliness.write.book import Cell
from timeliness.write.words import STATUSES

Lines = NDArray[np.int64]
_NONE = -1
_VERDICTS = ("", *VERDICTS, NOT_FOLLOWED)
_NUMBERS = (
    *("due_earliest", "due_latest", "late_by_least", "late_by_most"),
    *("days_late_least", "days_late_most"),
)
_EPOCH = date(1970, 1, 1).toordinal()


class Clock(Struct, frozen=True):
    """A time limit that has columns of its own: how their headings call it, and its stage."""

    name: str
    stage: int
    begins_with_request: bool


CLOCKS = {
    "acknowledge-complaint": Clock("acknowledgement", 1, begins_with_request=True),
    "stage-1-response": Clock("stage 1 response", 1, begins_with_request=False),
    "acknowledge-escalation": Clock("stage 2 acknowledgement", 2, begins_with_request=True),
    "stage-2-response": Clock("stage 2 response", 2, begins_with_request=False),
    "stage-3-response": Clock("stage 3 response", 3, begins_with_request=False),
}
"""The time limits of the stages, by their rule, in order."""


class _Values(Struct):
    """One time limit under one side: its verdict and numbers by line.

    `more` holds what else belongs to a line that has some, and `units` in what limits are.
    """

    verdicts: NDArray[np.int8] = field(default_factory=lambda: np.zeros(0, dtype=np.int8))
    numbers: NDArray[np.int32] = field(
        default_factory=lambda: np.zeros((0, len(_NUMBERS)), dtype=np.int32)
    )
    more: dict[int, list[tuple[int, tuple[int, ...]]]] = field(default_factory=dict)
    units: set[str] = field(default_factory=set)

    def add(self, frame: pl.DataFrame, lines: Lines) -> None:
        """Take some findings, each with its line."""
        self._grow(int(lines.max()) + 1)
        codes = frame["verdict"].replace_strict(
            {name: code for code, name in enumerate(_VERDICTS)}, return_dtype=pl.Int8
        )
        verdicts = codes.to_numpy()
        numbers = np.stack(
            [
                frame[name].to_physical().cast(pl.Int32).fill_null(_NONE).to_numpy()
                for name in _NUMBERS
            ],
            axis=1,
        )
        first = np.zeros(len(lines), dtype=np.bool_)
        first[np.unique(lines, return_index=True)[1]] = True
        first &= self.verdicts[lines] == 0
        self.verdicts[lines[first]] = verdicts[first]
        self.numbers[lines[first]] = numbers[first]
        for place in np.flatnonzero(~first).tolist():
            one = int(verdicts[place]), tuple(numbers[place].tolist())
            self.more.setdefault(int(lines[place]), []).append(one)
        self.units.update(frame.filter(pl.col("late_by_least").is_not_null())["late_unit"])

    def _grow(self, size: int) -> None:
        old = len(self.verdicts)
        if size > old:
            wider = max(size, 2 * old)
            self.verdicts = np.concatenate([self.verdicts, np.zeros(wider - old, dtype=np.int8)])
            blank = np.full((wider - old, len(_NUMBERS)), _NONE, dtype=np.int32)
            self.numbers = np.concatenate([self.numbers, blank])

    @property
    def in_working_days(self) -> bool:
        """Whether every limit is in working days."""
        return self.units <= {"working_days"}

    def cells(self, line: int) -> tuple[Cell, Cell, Cell]:
        """Return when it was due, its verdict, and how late it was."""
        if line >= len(self.verdicts) or not self.verdicts[line]:
            return None, None, None
        own = int(self.verdicts[line]), tuple(self.numbers[line].tolist())
        told = [self._told(*one) for one in (own, *self.more.get(line, ()))]
        if len(told) == 1:
            return told[0]
        due, verdict, late = (
            "; ".join("-" if cell is None else str(cell) for cell in cells)
            for cells in zip(*told, strict=True)
        )
        return due, verdict, late

    def _told(self, verdict: int, numbers: tuple[int, ...]) -> tuple[Cell, Cell, Cell]:
        late = numbers[2:4] if self.in_working_days else numbers[4:6]
        return _due(*numbers[:2]), STATUSES[_VERDICTS[verdict]].word, _late(*late)


def _due(earliest: int, latest: int) -> Cell:
    ends = [None if day == _NONE else date.fromordinal(day + _EPOCH) for day in (earliest, latest)]
    if ends == [None, None]:
        return None
    return ends[0] if ends[0] == ends[1] else short_span(Span(*ends))


def _late(least: int, most: int) -> Cell:
    if least == _NONE:
        return None
    return least if least == most else str(Range(least, None if most == _NONE else most))


class Clocks:
    """The time limits of a table under every policy and Code that applies to it."""

    def __init__(self) -> None:
        self._values: dict[tuple[str, str], _Values] = {}
        self._sides: dict[str, None] = {}

    def add(self, frame: pl.DataFrame, lines: Lines) -> None:
        """Take some findings of these limits, each with its line."""
        if not frame.height:
            return
        placed = frame.with_columns(pl.Series("place", lines))
        for (rule, called), own in placed.group_by("rule", "called", maintain_order=True):
            values = self._values.setdefault((str(rule), str(called)), _Values())
            self._sides.setdefault(str(called))
            values.add(own, own["place"].to_numpy())

    @property
    def _columns(self) -> Iterator[tuple[str, str, _Values]]:
        for rule, clock in CLOCKS.items():
            for called in self._sides:
                if values := self._values.get((rule, called)):
                    yield clock.name, called, values

    @property
    def heads(self) -> Sequence[str]:
        """Return the headings of the columns."""
        found = []
        for name, called, values in self._columns:
            days = "working days" if values.in_working_days else "calendar days"
            for what in ("due", "verdict", f"{days} late"):
                found.append(f"{ADDED}{name} {what} ({called})")
        return found

    def cells(self, line: int) -> Iterator[Cell]:
        """Yield the cells of a line."""
        for _, _, values in self._columns:
            yield from values.cells(line)
