"""The facts of extensions that no column holds, filled in as they are declared in [assume]."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import polars as pl
from msgspec.structs import replace

from timeliness.model.assumption import ASSUMED_COLUMNS, FACTS, Assumption
from timeliness.model.timelines import Event, Timeline
from timeliness.model.vocabulary import Vocabulary
from timeliness.tables.assigned import Fields
from timeliness.tables.complaints import Complaints, Flags
from timeliness.tables.landlords import is_extension


def with_assumed(
    complaints: Complaints, fields: Fields, assumption: Assumption, vocabulary: Vocabulary
) -> Complaints:
    """Return the complaints of a table with what is assumed of their extensions.

    A fact that a column holds is taken from there, also where its cell is blank. A complaint for
    which something is filled in is checked as a timeline, and carries what it was.
    """
    facts: dict[str, tuple[str, ...]] = {}
    held: list[str] = []
    for kind in filter(is_extension, vocabulary.kinds):
        own = [one for one in assumption.facts if _is_held(fields, kind.name, one)]
        held += [one for one in own if one not in held]
        facts[kind.name] = tuple(one for one in assumption.facts if one not in own)
    rows = _extended(complaints, {name for name, missing in facts.items() if missing})
    own_timeline = complaints.timeline
    first, second = ASSUMED_COLUMNS
    name = second if first in complaints.carried else first
    missing = [fact for fact in assumption.facts if any(fact in own for own in facts.values())]
    text = f"{', '.join(missing)} ({assumption.approver}, {assumption.day.isoformat()})"
    cells = pl.Series([text if one else "" for one in rows.tolist()], dtype=pl.String)
    return replace(
        complaints,
        objects=complaints.objects | rows,
        timeline=lambda row: _filled(own_timeline(row), facts),
        carried={**complaints.carried, name: cells},
        notes=(
            *complaints.notes,
            *(f"what [assume] says of {one} is not used: a column holds it" for one in held),
        ),
    )


def _is_held(fields: Fields, event: str, fact: str) -> bool:
    return bool(fields.columns_of(fact if fields.long else f"{event}.{fact}"))


def _extended(complaints: Complaints, names: set[str]) -> Flags:
    """Return which complaints have an extension of which something is not recorded."""
    rows = np.zeros(complaints.size, dtype=np.bool_)
    for name, several in complaints.extensions.items():
        for one in several if name in names else ():
            rows |= one.told.given
    if complaints.rows_of_events:
        # Where more is recorded than dates, it may be that there was no extension.
        for row in np.flatnonzero(rows & complaints.objects).tolist():
            rows[row] = any(_is_given(one, names) for one in complaints.timeline(row).events)
    return rows


def _is_given(event: Event, names: set[str]) -> bool:
    return event.name in names and event.when is not None


def _filled(timeline: Timeline, facts: Mapping[str, tuple[str, ...]]) -> Timeline:
    """Return a timeline whose extensions have the facts that are assumed of them."""
    events = tuple(
        replace(one, attributes={**{fact: FACTS[fact] for fact in own}, **one.attributes})
        if one.when and (own := facts.get(one.name))
        else one
        for one in timeline.events
    )
    return replace(timeline, events=events)
