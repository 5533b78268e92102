"""The life of a complaint: its episodes, and the rows on which their clocks are judged.

A row is a timeline that holds what belongs to one episode of stage 1 and to the episodes of the
later stages that follow from it; a second episode of a later stage has a row of its own.
"""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct, field

from timeliness.judge.milestones import StageEnd
from timeliness.model.timelines import Event, Timeline


class Row(Struct, frozen=True):
    """The events on which the clocks of some episodes are judged.

    `numbers` holds, by stage, the number of the episode that is judged here, and `ends` how a stage
    was ended or closed. `unclear` holds the stages at which two complaints were open at once.
    `whole` is the row of everything that came of the same complaint, for a clock that ends in a
    later stage than it begins in.
    """

    timeline: Timeline
    numbers: Mapping[int, int]
    ends: Mapping[int, StageEnd] = field(default_factory=dict)
    unclear: frozenset[int] = frozenset()
    whole: Row | None = None


class Way(Struct, frozen=True):
    """One way to cut a complaint.

    `premature` is the early request that is set aside in it: a way that there is only where the
    episode of stage 1 with the number `before` was not overdue on that day.
    """

    rows: tuple[Row, ...]
    premature: Event | None = None
    before: int = 0


class Episode(Struct, frozen=True):
    """One episode, as the report describes it.

    `began` says how: first, again (after an end), further (a complaint after an answer), or closed
    (after a closing without an answer, if it was not a repeat). `request` is None where none is
    on the record. `sure` says that there is such an episode in every way to cut, `over` that it is
    over in each of them: answered, ended, or passed over for the next stage.
    """

    stage: int
    number: int
    began: str
    request: Event | None
    repeats: tuple[Event, ...]
    ended_by: Event | None
    answered_by: Event | None
    sure: bool
    over: bool


EARLY, CLOSED, ENDING, ORDER = "early", "closed", "ending", "order"
"""Why there is more than one way to cut a complaint."""


class Doubt(Struct, frozen=True):
    """What there is more than one way to cut a complaint by.

    `EARLY`: `other` was asked before the answer and `event` after it. `CLOSED`: `event` came after
    a closing. `ENDING`: `event` may have come before the end `other` or after it. `ORDER`: it is
    not known to which request `event` belongs.
    """

    kind: str
    event: Event
    other: Event | None = None


class Life(Struct, frozen=True):
    """What a complaint's events come to: its episodes, and every way to cut it into rows.

    `notes` holds what the record leaves to ask, with the event. `misdated` holds what acknowledges
    or answers and is dated before every request, so that it may belong to any of them, and
    `begun_late` the stages whose every request is dated after something that follows from it.
    `crowded` says that its events may have happened in too many orders to tell anything apart.
    """

    ways: tuple[Way, ...]
    episodes: tuple[Episode, ...] = ()
    notes: tuple[tuple[str, Event], ...] = ()
    misdated: tuple[Event, ...] = ()
    begun_late: frozenset[int] = frozenset()
    crowded: bool = False
    doubt: Doubt | None = None

    def of(self, stage: int) -> list[Episode]:
        """Return the episodes of a stage, in the order in which they began."""
        return [one for one in self.episodes if one.stage == stage]

    @property
    def several(self) -> bool:
        """Whether a stage has more than one episode."""
        return any(one.number > 1 for one in self.episodes)


UNCUT = Life(())
"""The life of a complaint that was not looked at."""
