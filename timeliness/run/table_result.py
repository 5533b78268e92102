"""What the check of a table comes to, for programs; the results of its parts add up."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from datetime import date

import polars as pl
from msgspec import Struct

from timeliness.model.errors import Mistake
from timeliness.results.adding import added
from timeliness.results.flat import FIELDS
from timeliness.results.tally import Tally
from timeliness.run.batches import Batch
from timeliness.run.frames import SCHEMA, frame_of_flats
from timeliness.run.parts import Reading
from timeliness.run.undecided import none_decided
from timeliness.write.csv import REJECT_FIELDS, carried_names, reject_rows
from timeliness.write.summary import write_summary
from timeliness.write.sums import figures
from timeliness.write.sums_data import SUMS_FIELDS

AS_AT = "as_at"
_FIXED = (*FIELDS, AS_AT)
_FINDINGS = {**{name: SCHEMA[name] for name in FIELDS}, AS_AT: pl.Date}
_REJECTS = {name: pl.Int64 if name == "line" else pl.String for name in REJECT_FIELDS}
_KINDS = {"line": pl.Int64, "value": pl.Float64}
_SUMS = {name: _KINDS.get(name, pl.String) for name in SUMS_FIELDS}
_NOT_EXAMINED = {
    "standard": pl.String,
    "series": pl.String,
    "title": pl.String,
    "complaints": pl.Int64,
}


class TableResult(Struct, frozen=True, eq=False):
    """What the check of a table comes to.

    `findings` has a row for each finding, with the columns of `--output csv:`, the day of the check
    (`as_at`) and the columns carried from the table. The rows of parts follow each other, each
    under its own `path` and `line`.

    Results of parts of one table add up with `+`, and `sum()`, to the result of the whole. Where
    the whole might be read otherwise, that raises `UsageError`. A result can be pickled.
    """

    findings: pl.DataFrame
    _tally: Tally
    _reading: Reading

    def __add__(self, other: TableResult) -> TableResult:
        """Return what both parts come to. Raises `UsageError` where they do not add up."""
        if not isinstance(other, TableResult):
            return NotImplemented
        reading = self._reading + other._reading
        tally = added(self._tally, other._tally)
        warnings = self._reading.differences(other._reading)
        tally.warnings += [one for one in warnings if one not in tally.warnings]
        findings = pl.concat([self.findings, other.findings], how="diagonal")
        return TableResult(findings, tally, reading)

    def __radd__(self, other: int) -> TableResult:
        """Return the result itself where it is added to 0, with which `sum()` begins."""
        return self if other == 0 else NotImplemented

    @property
    def as_at(self) -> date:
        """Return the day of the check of every row that names none."""
        return self._tally.as_at

    @property
    def complaints(self) -> int:
        """Return how many complaints were checked."""
        return self._tally.complaints

    @property
    def breached(self) -> int:
        """Return how many complaints have a breach."""
        return self._tally.breached

    @property
    def undecided(self) -> int:
        """Return how many complaints have no breach and a limit that cannot be decided."""
        return self._tally.undecided

    @property
    def counts(self) -> Mapping[str, int]:
        """Return how many findings of each verdict there are; findings on the record apart."""
        return self._tally.summary

    @property
    def rows(self) -> Mapping[str, int]:
        """Return what became of the rows that were read: all the others add up to `read`."""
        tally = self._tally
        return {
            "read": tally.read,
            "checked": tally.checked,
            "checked in part": tally.rows_partly,
            "rejected": tally.rows_rejected,
            "left out": tally.rows_left_out,
        }

    @property
    def sums(self) -> pl.DataFrame:
        """Return every figure of the summary, a row for each, as `--output sums:` writes them."""
        rows = [tuple(one.get(name) for name in SUMS_FIELDS) for one in figures(self._whole)]
        return pl.DataFrame(rows, schema=_SUMS, orient="row")

    @property
    def rejects(self) -> pl.DataFrame:
        """Return the rows that were rejected or checked in part, as `--rejects` writes them."""
        return pl.DataFrame(list(reject_rows(self._tally)), schema=_REJECTS, orient="row")

    @property
    def problems(self) -> tuple[Mistake, ...]:
        """Return why the table as a whole was not checked as it is meant to be."""
        return tuple(self._whole.unread)

    @property
    def left_out(self) -> tuple[Mistake, ...]:
        """Return the complaints that were received after the day of the check."""
        return tuple(self._tally.later)

    @property
    def not_examined(self) -> pl.DataFrame:
        """Return what was not checked for want of anything recorded, and of how many complaints."""
        rows = [
            (side.standard, side.series, title, number)
            for (side, title), number in sorted(self._tally.not_examined.items())
        ]
        return pl.DataFrame(rows, schema=_NOT_EXAMINED, orient="row")

    @property
    def delays(self) -> pl.DataFrame:
        """Return the longest delays as findings: ten that go on, then ten that are over."""
        longest = [*self._tally.delays_open, *self._tally.delays_over]
        frame = frame_of_flats([(0, place, flat) for place, flat in enumerate(longest)])
        return frame.select(FIELDS)

    @property
    def notes(self) -> tuple[str, ...]:
        """Return what there is to say of how the table was read, and of rules that are off."""
        off = str(self._tally.gate.weights)
        return (*self._whole.notes, *([off] if off else []))

    @property
    def warnings(self) -> tuple[str, ...]:
        """Return what may make the figures mean something else than they seem to."""
        return tuple(self._tally.warnings)

    @property
    def exit_code(self) -> int:
        """Return the exit code of `chcheck` for the same: 2 before 1 before 0."""
        return self._whole.exit_code

    def summary(self) -> str:
        """Return the summary that `chcheck` prints, the gate in it."""
        return write_summary(self._whole)

    @property
    def _whole(self) -> Tally:
        """Return the sums with what can be said of the whole alone, not part by part."""
        reading, whole = self._reading, copy.copy(self._tally)
        lacks = [reading.lacks] if reading.lacks and none_decided(whole.decisions) else []
        whole.unread = [*whole.unread, *lacks, *reading.missing]
        whole.notes = [*whole.notes, *reading.unused]
        return whole


class Findings:
    """Takes the findings of a table and keeps them as a frame."""

    whole, objects, cases = "", False, ()

    def __init__(self, show: str) -> None:
        """Keep all findings, the problems, or nothing."""
        self.show, self.findings, self.everything = show, show != "nothing", show == "all"
        self._frames: list[pl.DataFrame] = []

    def carry(self, names: object) -> None:
        """Take along the columns that the table carries, as every batch has them."""

    def give(self, batch: Batch) -> None:
        """Take the findings of some rows."""
        frame, complaints = batch.rows, batch.complaints
        rows = frame["row"]
        days = pl.Series(complaints.as_at.take(rows.to_numpy())) - _EPOCH
        names = carried_names(batch.carried, _FIXED)
        self._frames.append(
            frame.select(
                *FIELDS,
                days.cast(pl.Date).alias(AS_AT),
                *(
                    complaints.carried[own].gather(rows).alias(name)
                    for name, own in zip(names, batch.carried, strict=True)
                ),
            )
        )

    @property
    def frame(self) -> pl.DataFrame:
        """Return all of them, in the order of the rows."""
        return pl.concat([pl.DataFrame(schema=_FINDINGS), *self._frames], how="diagonal")


_EPOCH = date(1970, 1, 1).toordinal()
