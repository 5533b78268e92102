"""The rows of a long table as columns: which event each speaks of, and when it happened.

They say the same as `long_rows` reads of one row. Where more is recorded than dates, or an event
more than once, the list of events says more than these columns, and `listed` marks it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property

import numpy as np
import polars as pl
from msgspec import Struct
from msgspec.structs import replace
from numpy.typing import NDArray

from timeliness.judge.columns import far
from timeliness.model.calendars import FAR_FUTURE, FAR_PAST
from timeliness.model.vocabulary import Kind, Vocabulary
from timeliness.tables.complaints import Dated, Flags, Rows, Told
from timeliness.tables.date_columns import DateColumn, codes_of
from timeliness.tables.event_names import EventNames
from timeliness.tables.groups import Groups
from timeliness.tables.headers import DATE
from timeliness.tables.instead import is_blank
from timeliness.tables.landlords import cleaned, is_extension, stands_unread
from timeliness.tables.recorded import is_asked_for
from timeliness.tables.undone import Undone

UNTIL = "until"
_UNNAMED, _IGNORED = -1, -2


class RowColumns(Struct, frozen=True, dict=True):
    """What each row of a long table says.

    `kind` is the place of its event among the `kinds` of the vocabulary, -1 where it names none
    that is known and -2 where it is to be ignored. `own` is its date and `until` the new date that
    it gives, `doubtful` marks what is neither a date nor a blank, and `keyed` the rows that may
    record more than dates.
    """

    kinds: Sequence[Kind]
    kind: NDArray[np.int16]
    own: Dated
    until: Dated | None
    doubtful: Flags
    keyed: Flags

    @classmethod
    def of(
        cls,
        events: pl.Series,
        keys: Mapping[str, pl.Series],
        dates: Mapping[str, DateColumn],
        names: EventNames,
        vocabulary: Vocabulary,
        undone: Sequence[Undone],
    ) -> RowColumns:
        """Read the column of events, those of the keys of events, and those of dates.

        What may not have happened by a column of `undone` is more than its date.
        """
        kinds = vocabulary.kinds
        kind = _kinds_of(events, names, kinds)
        keyed = np.zeros(len(kind), dtype=np.bool_)
        for name, cells in keys.items():
            if name != UNTIL:
                own = [name in {key.name for key in one.all_keys} for one in kinds]
                keyed |= _of(own, kind) & cleaned(cells).is_not_null().to_numpy()
        for one in undone:
            keyed |= one.rows & (kind >= 0)
        until = dates[UNTIL].dated if UNTIL in dates else None
        doubtful = np.zeros(len(kind), dtype=np.bool_)
        if until is not None:
            doubtful = _are_words(keys[UNTIL], until)
        return cls(kinds, kind, dates[DATE].dated, until, doubtful, keyed)

    @cached_property
    def extends(self) -> Flags:
        """Return which rows speak of an extension."""
        return _of([is_extension(kind) for kind in self.kinds], self.kind)

    @cached_property
    def unnamed(self) -> Flags:
        """Return which rows speak of no event that is known."""
        unnamed: Flags = self.kind == _UNNAMED
        return unnamed

    @cached_property
    def renewed(self) -> Flags:
        """Return which rows give the new date of an extension."""
        if self.until is None:
            return np.zeros(len(self.kind), dtype=np.bool_)
        return self.extends & self.until.given

    @cached_property
    def unread(self) -> Flags:
        """Return which rows have a cell that cannot be read, as far as their dates go."""
        unread = self.unnamed.copy()
        if self.own.bad is not None:
            unread |= self.own.bad & (self.kind >= 0)
        if self.until is not None and self.until.bad is not None:
            unread |= self.until.bad & self.extends
        return unread

    @cached_property
    def unclear(self) -> Flags:
        """Return which rows speak of an event that may have happened on any day."""
        unclear: Flags = self.extends & ~self.own.given & ~self.renewed & self.doubtful
        if self.own.bad is not None:
            unclear |= self.own.bad
        unclear &= self.kind >= 0
        return unclear

    @cached_property
    def dated(self) -> Flags:
        """Return which rows speak of an event that has a date, or a new date."""
        return (self.own.given | self.renewed) & ~self.unclear & (self.kind >= 0)

    @cached_property
    def starts(self) -> Flags:
        """Return which rows date an event of the complaint's own course."""
        own = [bool(kind.stage or kind.declared_by) for kind in self.kinds]
        unknown = (self.own.earliest == FAR_PAST) & (self.own.latest == FAR_FUTURE)
        starts: Flags = _of(own, self.kind) & self.dated & self.own.given & ~unknown
        return starts


class EventColumns(Struct, frozen=True):
    """What the rows of each complaint come to: its events, its extensions and what they leave out.

    `listed` marks the complaints of which only the list of events says it all.
    """

    events: Mapping[str, Dated]
    extensions: Mapping[str, Sequence[Told]]
    listed: Flags

    @classmethod
    def of(cls, rows: RowColumns, groups: Groups, named: Sequence[Kind]) -> EventColumns:
        """Return the events in `named` of some complaints."""
        unnamed = groups.any(rows.unnamed)
        listed = np.zeros(groups.size, dtype=np.bool_)
        own = rows.kind.take(groups.rows)
        in_order = np.argsort(own, kind="stable")
        ends = np.searchsorted(own.take(in_order), np.arange(len(rows.kinds) + 1))
        events: dict[str, Dated] = {}
        extensions: dict[str, Sequence[Told]] = {}
        for number, kind in enumerate(rows.kinds):
            if kind not in named:
                continue
            places = in_order[ends[number] : ends[number + 1]]
            one = _Placed(rows, groups, groups.rows.take(places), groups.numbers.take(places))
            listed |= one.repeats(kind)
            dated = one.dates(kind)
            if is_extension(kind):
                told = Told.of(dated, one.new_dates(), groups.size)
                extensions[kind.name], dated = [told], told.told
            events[kind.name] = _with_unsaid(dated, unnamed | (not is_asked_for(kind)))
        return cls(events, extensions, listed)


class _Placed(Struct, frozen=True):
    """The rows of one event, each with the number of its complaint."""

    columns: RowColumns
    groups: Groups
    rows: Rows
    numbers: Rows

    def of(self, flags: Flags) -> tuple[Rows, Rows]:
        chosen = flags.take(self.rows)
        return self.rows[chosen], self.numbers[chosen]

    def repeats(self, kind: Kind) -> Flags:
        """Return which complaints have the event more than once.

        What cannot be read counts beside what can, or where it may be what decides.
        """
        size = self.groups.size
        _, dated = self.of(self.columns.dated)
        _, unclear = self.of(self.columns.unclear)
        times = np.bincount(dated, minlength=size)
        unread = np.bincount(unclear, minlength=size)
        counts = (times > 0) | stands_unread(kind)
        repeated: Flags = times + unread * counts > 1
        return repeated

    def dates(self, kind: Kind) -> Dated:
        """Return when the event happened: in the last row of a complaint that says so."""
        own, size = self.columns.own, self.groups.size
        rows, numbers = self.of(self.columns.dated & self.columns.own.given)
        earliest = far(size)
        earliest[numbers] = own.earliest.take(rows)
        latest = earliest
        if own.earliest is not own.latest:
            latest = far(size)
            latest[numbers] = own.latest.take(rows)
        minute = None
        if own.minute is not None:
            minute = np.full(size, -1, dtype=np.int16)
            minute[numbers] = own.minute.take(rows)
        _, unclear = self.of(self.columns.unclear)
        if not len(unclear):
            return Dated(earliest, latest, None, minute)
        bad = np.zeros(size, dtype=np.bool_)
        bad[unclear] = True
        if stands_unread(kind):
            if latest is earliest:
                latest = earliest.copy()
            earliest[unclear], latest[unclear] = FAR_PAST, FAR_FUTURE
        return Dated(earliest, latest, bad, minute)

    def new_dates(self) -> Dated | None:
        """Return the new dates that the rows give."""
        until, size = self.columns.until, self.groups.size
        if until is None:
            return None
        rows, numbers = self.of(self.columns.renewed)
        earliest = far(size)
        earliest[numbers] = until.earliest.take(rows)
        if until.earliest is until.latest:
            return Dated(earliest, earliest)
        latest = far(size)
        latest[numbers] = until.latest.take(rows)
        return Dated(earliest, latest)


def _with_unsaid(dated: Dated, unsaid: Flags) -> Dated:
    """Return an event with where nothing says that it did not happen, as far as it is not there."""
    unsaid = unsaid & ~dated.given
    if dated.bad is not None:
        unsaid &= ~dated.bad
    return replace(dated, unsaid=unsaid) if unsaid.any() else dated


def _kinds_of(events: pl.Series, names: EventNames, kinds: Sequence[Kind]) -> NDArray[np.int16]:
    """Return of each row which event it speaks of; each different name is looked up once."""
    places = {kind.name: place for place, kind in enumerate(kinds)}
    texts = events.drop_nulls().unique()
    found = []
    for text in texts.to_list():
        if is_blank(text):
            found.append(_UNNAMED)
        elif names.is_ignored(text):
            found.append(_IGNORED)
        else:
            kind = names.find(text)
            found.append(places[kind.name] if kind else _UNNAMED)
    return np.array([*found, _UNNAMED], dtype=np.int16).take(codes_of(events, texts))


def _of(by_kind: Sequence[bool], kind: NDArray[np.int16]) -> Flags:
    """Return for each row what is so of its event."""
    # The last two are those of rows without one: they are counted from the end.
    return np.array([*by_kind, False, False], dtype=np.bool_).take(kind)


def _are_words(cells: pl.Series, dated: Dated) -> Flags:
    """Return which cells are no date that can be read, and not blank."""
    words: Flags = ~dated.given & cells.is_not_null().to_numpy()
    if words.any():
        texts = cells.filter(pl.Series(words)).unique()
        blank = texts.filter(pl.Series([is_blank(text) for text in texts.to_list()]))
        words &= ~cells.is_in(blank.implode()).fill_null(value=False).to_numpy()
    return words
