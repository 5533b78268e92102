"""What the outputs of a run get of a table: some rows at a time, in the forms that they need."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property
from typing import Protocol

import polars as pl
from msgspec import Struct
from msgspec.structs import replace

from timeliness.model.findings import Case
from timeliness.model.verdict_words import PROBLEMS
from timeliness.results.flat import Flat
from timeliness.run.claims import Claimed
from timeliness.run.frames import SUMMED_AS, flats_in, joined
from timeliness.run.shown import FoundInRow
from timeliness.tables.complaints import Complaints


class Batch(Struct, frozen=True, dict=True):
    """The findings of some rows, in order, as a frame, one by one or as whole complaints."""

    complaints: Complaints
    frame: pl.DataFrame
    carried: Sequence[str]
    claimed: Claimed
    find: Callable[[], Iterable[FoundInRow]]
    whole: Callable[[Sequence[FoundInRow]], Iterator[Case]]

    @property
    def rows(self) -> pl.DataFrame:
        """Return the findings with what became of the claims about the same rows, in order."""
        claimed = self.claimed.frame
        return joined([self.frame, claimed]) if claimed.height else self.frame

    @cached_property
    def problems(self) -> Batch:
        """Return the same rows with those findings and claims that somebody should look at."""
        return replace(
            self,
            frame=self.frame.filter(SUMMED_AS.is_in(PROBLEMS)),
            claimed=replace(self.claimed, everything=False),
            find=lambda: [one for one in self.findings if one.flat.counts_as in PROBLEMS],
        )

    def flats(self) -> Iterator[Flat]:
        """Return the findings one by one."""
        return flats_in(self.frame, self.complaints, self.carried)

    @cached_property
    def findings(self) -> Sequence[FoundInRow]:
        """Return each finding as an object, however many outputs take them."""
        return tuple(self.find())

    def cases(self) -> Iterator[Case]:
        """Return the complaints with any findings, each with its findings."""
        return self.whole(self.findings)


class Wanted(Struct, frozen=True):
    """What the outputs of a run need: nothing, the problems or all findings, and as objects."""

    frames: bool = False
    everything: bool = False
    objects: bool = False


class Takes(Protocol):
    """What takes the findings of tables, some rows at a time, and says what it needs of them."""

    @property
    def findings(self) -> bool:
        """Whether it takes any findings as the run goes on."""

    @property
    def everything(self) -> bool:
        """Whether it takes those that are not problems as well."""

    @property
    def objects(self) -> bool:
        """Whether it takes each with its sentences."""

    @property
    def whole(self) -> str:
        """Return the format it has that is made of whole complaints, or ""."""

    @property
    def cases(self) -> Sequence[Case]:
        """Return the whole complaints that it has so far."""

    def carry(self, names: Sequence[str]) -> None:
        """Take along these columns, whichever of the tables has them."""

    def give(self, batch: Batch) -> None:
        """Take the findings of some rows of a table."""
