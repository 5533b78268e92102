"""The open limits of the rows of a table: measured as columns, made objects where they are kept."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, datetime

import numpy as np
import polars as pl
from msgspec import Struct

from timeliness.judge.columns import Flags
from timeliness.judge.extending import unless_extended
from timeliness.judge.findings import due_moments
from timeliness.judge.judged import JudgedRule
from timeliness.judge.measuring import Measured, measure
from timeliness.judge.verdicts import Verdict
from timeliness.model.calendars import DAY, Days
from timeliness.model.ranges import Moments
from timeliness.model.sides import Side
from timeliness.model.verdict_words import BREACH, CANNOT_TELL, PENDING
from timeliness.results.due import (
    COMING,
    LATER,
    OVERDUE,
    UNCLEAR,
    DueList,
    OpenLimit,
)
from timeliness.results.grouping import LANDLORD
from timeliness.run.frames import frame_of
from timeliness.tables.complaints import Complaints

_ONE = ("row", "rule", "episode", "when", "due_earliest", "due_latest", "due_at")
"""What limits of policy and Code have in common that count as one."""
_WHEN = {BREACH: OVERDUE, PENDING: COMING, CANNOT_TELL: UNCLEAR}


class Open(Struct, frozen=True):
    """The open limits of one rule, and the working days that are left of each that is to come.

    `unless_extended` marks what is no breach if it was extended, which nothing shows. `due_at` has
    the moments of a clock that runs in hours.
    """

    measured: Measured
    left: Days
    unless_extended: Flags
    due_at: Sequence[Moments | None]


def open_of(one: JudgedRule) -> Open | None:
    """Return the limits of a rule that are open, or None where there are none."""
    verdict = one.verdict
    late = np.flatnonzero(one.found & (verdict == Verdict.BREACH))
    unclear = np.flatnonzero(one.found & (verdict == Verdict.CANNOT_TELL))
    places = np.concatenate(
        (
            late[one.is_owed(late)],
            np.flatnonzero(one.found & (verdict == Verdict.PENDING)),
            unclear[one.may_be_owed(unclear)],
        )
    )
    if not len(places):
        return None
    places.sort()
    measured = measure(one, places)
    left: Days = np.zeros(len(places), dtype=DAY)
    for source, reading in reversed(one.deciding):
        as_at = reading.as_at.take(places)
        own = source.calendar.late(as_at, measured.due.earliest, "working_days")
        left = np.where(reading.present.take(places), own, left).astype(DAY)
    return Open(measured, left, unless_extended(one, places), due_moments(one, places))


class OpenRows:
    """Adds the open limits of the rows of one table to the list of a run."""

    def __init__(self, complaints: Complaints, due: DueList) -> None:
        self.complaints, self.due = complaints, due
        self.column = due.column_among(tuple(complaints.carried))

    def add(self, found: Sequence[Open]) -> None:
        """Add those of some rows; a row comes once."""
        if not found:
            return
        frame = self._frame(found)
        counted = frame.unique(list(_ONE), maintain_order=True)
        counts: Counter[str] = Counter()
        for name, number in counted.group_by("counted").len().iter_rows():
            counts[name] += number
        self.due.complaints += frame["row"].n_unique()
        if self.due.asked.within:
            frame = frame.filter(pl.col("counted") != LATER)
        most = self.due.asked.most
        if most is not None:
            ordered = frame.sort("due_earliest", "complaint", "line", maintain_order=True)
            frame = ordered.filter(pl.int_range(pl.len()).over("when") < 2 * most)
        self.due.add(self._limits(frame), counts)

    def _frame(self, found: Sequence[Open]) -> pl.DataFrame:
        """Return the findings as a frame, with how each stands and is counted."""
        complaints = self.complaints
        frame = frame_of(complaints, [one.measured for one in found])
        left = pl.concat(
            pl.DataFrame(
                {
                    "row": one.measured.rows,
                    "order": np.full(len(one.left), one.measured.order, dtype=np.int64),
                    "left": one.left.astype(np.int64),
                    "unless_extended": one.unless_extended,
                    "due_at": pl.Series(map(_written, one.due_at), dtype=pl.String),
                }
            )
            for one in found
        )
        frame = frame.join(left, on=["row", "order"], how="left", maintain_order="left")
        rows = frame["row"].to_numpy()
        frame = frame.with_columns(
            pl.col("verdict").replace_strict(_WHEN).alias("when"),
            pl.Series("as_at", complaints.as_at.take(rows).astype(np.int64)),
        )
        days = {day: self.due.last_day(date.fromordinal(day)) for day in frame["as_at"].unique()}
        last = pl.col("as_at").replace_strict(days, return_dtype=pl.Date)
        later = (pl.col("when") == COMING) & (pl.col("due_earliest") > last)
        return frame.with_columns(
            pl.when(later).then(pl.lit(LATER)).otherwise("when").alias("counted")
        )

    def _limits(self, frame: pl.DataFrame) -> Iterator[OpenLimit]:
        complaints, by_landlord = self.complaints, self.due.asked.by == LANDLORD
        groups = complaints.carried.get(self.column)
        for row in frame.iter_rows(named=True):
            place = row["row"]
            group = row["landlord"] if by_landlord else groups[place] if groups is not None else ""
            yield OpenLimit(
                when=row["when"],
                complaint=row["complaint"],
                landlord=row["landlord"],
                path=complaints.path,
                line=row["line"],
                sides=(Side(row["standard"], row["series"], row["called"]),),
                rule=row["rule"],
                title=row["title"],
                episode=row["episode"],
                clauses=(row["clause"],),
                duty=row["duty"],
                provenance=row["provenance"],
                reason=row["reason"],
                due=(row["due_earliest"], row["due_latest"]),
                late=(row["late_by_least"], row["late_by_most"])
                if row["when"] == OVERDUE
                else (None, None),
                unit=row["late_unit"],
                as_at=date.fromordinal(row["as_at"]),
                nation=complaints.nations.texts[complaints.nations.codes[place]],
                left=row["left"] if row["when"] == COMING else None,
                group=group or "",
                unless_extended=row["unless_extended"],
                due_at=_read(row["due_at"]),
            )


def _written(at: Moments | None) -> str:
    """Return moments as one text, which a column can hold."""
    return f"{at.earliest.isoformat()}/{at.latest.isoformat()}" if at else ""


def _read(text: str) -> Moments | None:
    return Moments(*map(datetime.fromisoformat, text.split("/"))) if text else None
