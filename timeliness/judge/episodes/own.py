"""What one turn of a clock on a policy's own events is judged on."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from msgspec import Struct, field

from timeliness.judge.milestones import StageEnd
from timeliness.model.rulebooks import Clock
from timeliness.model.timelines import Event, Timeline
from timeliness.model.vocabulary import Kind


class OwnRow(Struct, frozen=True):
    """The events on which one turn of a clock is judged.

    `clock` and `kinds` are those of the rule, but for a gap, whose stop has a name of its own.
    `as_at` is the day from which the complaint asks for nothing more, where that is what counts.
    `ends` says how each stage was ended or closed.
    """

    timeline: Timeline
    clock: Clock
    kinds: tuple[Kind, ...] = ()
    as_at: date | None = None
    ends: Mapping[int, StageEnd] = field(default_factory=dict)


class Turn(Struct, frozen=True):
    """One turn of a clock: the rows on which it is judged each way, which have to agree.

    `sure` says that there is such a turn in every way to read the events. `start` is the event that
    it begins with. `crowded` says that the events may have happened in too many orders to tell one
    turn from another: this one holds them all.
    """

    number: int
    rows: tuple[OwnRow, ...]
    sure: bool = True
    start: Event | None = None
    crowded: bool = False
