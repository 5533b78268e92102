"""What brings a clock to an end, on columns: its stop, an answer that makes it needless, an end."""

from __future__ import annotations

import numpy as np
from msgspec import Struct
from msgspec.structs import replace

from timeliness.judge.columns import (
    Bounds,
    Codes,
    Column,
    Flags,
    State,
    Table,
    far,
    never,
    pick,
    pick_codes,
)
from timeliness.model.calendars import FAR_FUTURE, FAR_PAST, Days
from timeliness.model.rulebooks import Clock
from timeliness.model.vocabulary import COMMON, STAGE_RESPONSES


class Stop(Struct, frozen=True):
    """What brings each clock to an end; days lie in the far future where there is none.

    `own` is the stop, and where a clause asks for logging too, the later of the two. `done` are
    the days on which that may have happened: from the as-at date where it had not. `open` marks
    where it had not, or came after an end. `answered` is the answer that makes an acknowledgement
    needless, `passed` the answer of a later stage to a stage that was passed over. `ended` is when
    it was withdrawn or refused, and `closed` when it was closed without an answer on the record.
    """

    own: Column
    done: Bounds
    open: Flags
    answered: Bounds
    passed: Bounds
    ended: Bounds
    closed: Bounds

    @property
    def is_ended(self) -> Flags:
        """Return where it was withdrawn or refused."""
        return self.ended.latest < FAR_FUTURE

    def over(self) -> Bounds:
        """Return when nothing was owed any more: at the earliest, and known for certain.

        Nobody can say whether a stage that was passed over was still owed an answer.
        """
        earliest = np.minimum(self.done.earliest, self.answered.earliest)
        earliest = np.minimum(earliest, self.closed.earliest)
        earliest = pick(self.open, np.minimum(earliest, self.passed.earliest), earliest)
        return Bounds(
            np.minimum(earliest, self.ended.earliest),
            np.minimum(self.done.latest, self.answered.latest),
        )

    def until(self, start: Days, as_at: Days) -> Bounds:
        """Return to which day it is counted how long it took."""
        unknown = self.own.is_in(State.UNKNOWN)
        over = self.over()
        earliest = pick(unknown, np.maximum(over.earliest, start), over.earliest)
        latest = pick(self.open, np.minimum(over.latest, as_at), over.latest)
        latest = np.minimum(latest, self.ended.latest)
        passed = self.open & (self.passed.latest < FAR_FUTURE)
        return Bounds(
            pick(passed, np.minimum(earliest, self.passed.earliest), earliest),
            pick(passed, np.minimum(latest, self.passed.latest), latest),
        )


def stop_of(clock: Clock, table: Table, began: Bounds, due: Bounds) -> Stop:
    """Return what brings a clock to an end, in view of when it began and was due."""
    size = table.size
    ended = _ended(clock, table, began)
    own, logged = _with_logging(clock, table, due)
    own = _from_the_start(clock, table, own, began)
    not_done, unknown = own.is_in(State.NOT_DONE), own.is_in(State.UNKNOWN)
    happened = own.is_in(State.SEEN)
    if own.later is not None:
        happened = happened & ~own.later
    earliest = pick(unknown, logged, pick(not_done, table.as_at, own.earliest))
    latest = pick(happened, own.latest, far(size))
    seen = [column for name in clock.answers if (column := table.events.get(name)) is not None]
    answered = passed = never(size)
    for column in seen:
        if clock.acknowledges:
            answered = _first(answered, _happened(column, State.SEEN, State.CLAIMED))
        else:
            passed = _first(passed, _happened(column, State.SEEN))
    return Stop(
        own,
        Bounds(earliest, latest),
        not_done,
        answered,
        passed,
        _without(ended, np.minimum(latest, answered.latest) <= ended.earliest),
        _closed(clock, table, own),
    )


def _without(days: Bounds, gone: Flags) -> Bounds:
    """Return days without those of some rows."""
    return Bounds(pick(gone, FAR_FUTURE, days.earliest), pick(gone, FAR_FUTURE, days.latest))


def _happened(column: Column, *states: State) -> Bounds:
    """Return when something may have happened, and by when it did for certain."""
    seen = column.is_in(State.SEEN, State.INFERRED)
    sure = seen if column.later is None else seen & ~column.later
    future = far(len(seen))
    return Bounds(
        pick(column.is_in(*states), column.earliest, future), pick(sure, column.latest, future)
    )


def _first(one: Bounds, other: Bounds) -> Bounds:
    return Bounds(np.minimum(one.earliest, other.earliest), np.minimum(one.latest, other.latest))


def _with_logging(clock: Clock, table: Table, due: Bounds) -> tuple[Column, Days]:
    """Return the stop with the logging that is asked for beside it, and the day it was logged.

    A logging that is not on the record is not asked for, and one that may have been in time was.
    """
    own = table.events[clock.stop]
    past: Days = np.full(table.size, FAR_PAST, dtype=own.earliest.dtype)
    logged = table.events.get(clock.logged) if clock.logged else None
    if logged is None:
        return own, past
    late = logged.earliest > due.earliest
    seen, claimed = logged.is_in(State.SEEN) & late, logged.is_in(State.CLAIMED) & late
    absent = logged.is_in(State.NOT_DONE)
    dated = own.is_in(State.SEEN, State.CLAIMED)
    told = seen | claimed
    if not (told.any() or absent.any()):
        return own, past
    earliest = pick(dated & told, np.maximum(own.earliest, logged.earliest), own.earliest)
    latest = pick(dated & seen, np.maximum(own.latest, logged.latest), own.latest)
    state = pick_codes(dated & claimed, int(State.CLAIMED), own.state)
    state = pick_codes(absent, int(State.NOT_DONE), state)
    later = own.later
    if logged.later is not None:
        later = (seen & logged.later) | (later if later is not None else False)
    both = replace(own, days=Bounds(earliest, latest), state=state, minute=None, later=later)
    return both, pick(told, logged.earliest, past)


def _from_the_start(clock: Clock, table: Table, own: Column, began: Bounds) -> Column:
    """Return the stop of a clock on a policy's own events without what came before it began.

    Another may have come after that, unless the record is complete.
    """
    kind = COMMON.find(clock.stop)
    if clock.early_stop or (_stage(clock) and kind and kind.stage):
        return own
    early = own.is_in(State.SEEN, State.CLAIMED) & (own.latest < began.earliest)
    early &= began.earliest < FAR_FUTURE
    if not early.any():
        return own
    not_done: Codes = np.full(table.size, State.NOT_DONE, dtype=np.int8)
    none = pick_codes(table.partial, int(State.UNKNOWN), not_done)
    future = far(table.size)
    return replace(
        own,
        days=Bounds(pick(early, future, own.earliest), pick(early, future, own.latest)),
        state=pick_codes(early, none, own.state),
    )


def _ended(clock: Clock, table: Table, began: Bounds) -> Bounds:
    """Return when the stage in which a clock begins ended, or what it asks was no longer owed.

    What came before it began did not end it.
    """
    ends = table.ends.get(_stage(clock))
    ended = Bounds(ends.earliest, ends.latest) if ends else never(table.size)
    for name in clock.ended_by:
        if (column := table.events.get(name)) is not None:
            days = _happened(column, State.SEEN, State.CLAIMED, State.INFERRED)
            before = days.latest < began.earliest
            ended = _first(ended, days if clock.early_stop else _without(days, before))
    return ended


def _closed(clock: Clock, table: Table, own: Column) -> Bounds:
    """Return when a stage was closed that nothing on the record answers or acknowledges."""
    ends = table.ends.get(clock.stage)
    if ends is None or not (ends.closed_earliest < FAR_FUTURE).any():
        return never(table.size)
    seen = own.is_in(State.SEEN)
    unanswered = ~(seen & (own.latest <= ends.closed_earliest)) if clock.acknowledges else ~seen
    answer = table.events.get(STAGE_RESPONSES[clock.stage])
    if answer is not None:
        unanswered = unanswered & ~answer.is_in(State.SEEN)
    future = far(table.size)
    return Bounds(
        pick(unanswered, ends.closed_earliest, future), pick(unanswered, ends.closed_latest, future)
    )


def _stage(clock: Clock) -> int:
    """Return the stage whose ends concern a clock, from its trigger; 0 for a policy's own."""
    kind = COMMON.find(clock.trigger)
    return kind.stage if kind else 0
