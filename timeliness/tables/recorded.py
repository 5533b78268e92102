"""Which events a table speaks of: one that it speaks of did not happen where a complaint lacks it.

What a part of a table speaks of may be less than what the whole does, so it can be declared.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from timeliness.judge.columns import far
from timeliness.model.declared import Declared
from timeliness.model.errors import VALUE, InputError, Mistake
from timeliness.model.plain import listed
from timeliness.model.timelines import Event
from timeliness.model.vocabulary import REOPENED, Kind, Vocabulary
from timeliness.tables.assigned import Fields
from timeliness.tables.complaints import Dated
from timeliness.tables.event_names import EventNames
from timeliness.tables.grid import Grid
from timeliness.tables.headers import EVENT
from timeliness.tables.landlords import is_extension
from timeliness.tables.stages import by_stage, events_by_stage


def recorded_in_full(declared: Declared, vocabulary: Vocabulary, path: str) -> frozenset[str]:
    """Return the events that are declared to be recorded for every complaint.

    Raises `InputError` for a name of no event.
    """
    found = {name: vocabulary.find(name) for name in declared.recorded}
    mistakes = [
        Mistake(
            path,
            0,
            f"recorded: {VALUE} is not an event",
            value=name,
            hint=vocabulary.hint(name),
        )
        for name, kind in found.items()
        if kind is None
    ]
    if mistakes:
        raise InputError(mistakes)
    return frozenset(kind.name for kind in found.values() if kind)


def with_recorded(
    grid: Grid, declared: Declared, vocabulary: Vocabulary, events: Mapping[str, Dated]
) -> tuple[dict[str, Dated], list[str]]:
    """Return the events of a wide table with those that are declared, and what is to be noted.

    Raises `InputError` for a name of no event.
    """
    names = recorded_in_full(declared, vocabulary, grid.path)
    nobody = far(grid.frame.height)
    blank = {name: Dated(nobody, nobody) for name in names}
    return {**blank, **events}, notes_on(names, events, vocabulary, long=False)


def is_asked_for(kind: Kind) -> bool:
    """Whether it says something of an event that a complaint lacks it.

    A withdrawal that did not happen is nothing that was looked for, and what the landlord does out
    of the resident's sight may be done without being recorded.
    """
    return bool(kind.declared_by) or (kind.stage > 0 and not kind.internal)


def lacking_again(events: Iterable[Event]) -> set[str]:
    """Return what is dated in one episode of a complaint and may be lacking in another.

    There may be several where something is dated twice, or was reopened. What is only said to have
    been done, or on a day that cannot be read, may be that of the other.
    """
    said = [event for event in events if event.when]
    names = {event.name for event in said}
    if len(names) == len(said) and REOPENED not in names:
        return set()
    return names - {event.name for event in said if event.evidence != "seen"}


def notes_on(
    declared: Collection[str], spoken_of: Collection[str], vocabulary: Vocabulary, *, long: bool
) -> list[str]:
    """Return what to say of a table that speaks of other events than are declared, if any are."""
    if not declared:
        return []
    asked = [kind.name for kind in vocabulary.kinds if is_asked_for(kind)]
    lacking = [f'"{name}"' for name in asked if name in declared and name not in spoken_of]
    notes = []
    if lacking:
        one = len(lacking) == 1
        notes.append(
            f"no {'row' if long else 'column'} is about {listed(lacking, 'or')}, which `recorded` "
            f"lists, so {'it counts' if one else 'they count'} as not done"
        )
    more = [f'"{name}"' for name in asked if name in spoken_of and name not in declared]
    if long and more:
        them = "it" if len(more) == 1 else "them"
        notes.append(
            f"`recorded` does not list {listed(more, 'and')}: a part of this table without a row "
            f"about {them} would count {them} as not recorded"
        )
    return notes


def events_of(grid: Grid, fields: Fields, declared: Declared, vocabulary: Vocabulary) -> list[str]:
    """Return the events that a table speaks of, in the order of the vocabulary.

    Raises `InputError` where a cell names no stage.
    """
    if fields.long:
        names = EventNames(vocabulary, declared.events, grid.path)
        grid = events_by_stage(grid, fields, declared, vocabulary)
        place = fields.place(EVENT)
        texts = [] if place is None else grid.column(place).drop_nulls().unique().to_list()
        held = {kind.name for text in texts if (kind := names.find(text))}
    else:
        grid, fields, _ = by_stage(grid, fields, declared, vocabulary)
        held = set()
        for one in fields.columns:
            name, _, key = one.holds.partition(".")
            kind = vocabulary.find(name)
            if kind and (not key or is_extension(kind)):
                held.add(kind.name)
    return [kind.name for kind in vocabulary.kinds if kind.name in held]
