"""A row a stage: a column that says of each row which stage its dates are of.

The columns that name no stage (received, acknowledged, responded, extended to) are those of the
stage that their row names, so each of them becomes one column for each stage. In a table with a row
for each event, an event that names no stage is one of the stage that its row names.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

import numpy as np
import polars as pl
from msgspec.structs import replace
from numpy.typing import NDArray

from timeliness.model.claims import claim_in
from timeliness.model.declared import Declared
from timeliness.model.errors import VALUE, InputError, Mistake
from timeliness.model.patterns import regex
from timeliness.model.vocabulary import (
    KINDS,
    REFUSALS,
    STAGE_RESPONSES,
    STAGE_TRIGGERS,
    Vocabulary,
)
from timeliness.tables.assigned import LEFT, RECOGNISED, Assigned, Fields
from timeliness.tables.event_names import EventNames
from timeliness.tables.grid import Grid
from timeliness.tables.header_words import canonical
from timeliness.tables.headers import EVENT, IGNORE, REFERENCE, STAGE
from timeliness.tables.landlords import cleaned

Stages = NDArray[np.int8]
_NUMBER = regex(r"(?:stage|level|step|s|st|stg)?\s*([123])(?:st|nd|rd)?(?:\s+stage)?")
_WORDS = {
    "one": 1,
    "first": 1,
    "formal": 1,
    "complaint": 1,
    "two": 2,
    "second": 2,
    "review": 2,
    "escalation": 2,
    "escalated": 2,
    "appeal": 2,
    "three": 3,
    "third": 3,
    "panel": 3,
}


_EVENTS = {
    stage: (*(kind.name for kind in KINDS if kind.stage == stage), REFUSALS[stage > 1])
    for stage in STAGE_TRIGGERS
}
"""The events of each stage, those that are alike in the same place."""


def by_stage(
    grid: Grid, fields: Fields, declared: Declared, vocabulary: Vocabulary
) -> tuple[Grid, Fields, Stages]:
    """Return a table with its general columns as those of the stage that each row names.

    Beside it the stage of each row: 0 where rows have none. A table that has columns of its own for
    stage 2 stays as it is: a stage column then only says how far a complaint has come. Raises
    `InputError` where a cell names no stage, or an answer may be of either.
    """
    place = fields.place(STAGE)
    if place is None or not has_rows_of_stages(fields, vocabulary):
        if unclear := answers_of_any_stage(grid, fields, declared, vocabulary):
            raise InputError([_which_stage(grid, fields, one) for one in unclear])
        return grid, _left(fields), np.zeros(grid.frame.height, dtype=np.int8)
    stages = _stages(grid, place, fields.header(STAGE), declared.stages)
    columns = [grid.column(number) for number in range(grid.frame.width)]
    assigned: list[Assigned] = []
    for one in _left(fields).columns:
        name, dot, key = one.holds.partition(".")
        if name not in _EVENTS[1] or "stage 1" in canonical(one.header):
            assigned.append(one)
            continue
        by_event: dict[str, list[int]] = {}
        for stage in sorted({1, *stages.tolist()}):
            by_event.setdefault(_EVENTS[stage][_EVENTS[1].index(name)], []).append(stage)
        for event, own in by_event.items():
            cells = _only(grid.column(one.place), pl.Series(np.isin(stages, own)))
            if 1 in own:
                assigned.append(one)
                columns[one.place] = cells
            else:
                assigned.append(replace(one, place=len(columns), holds=event + dot + key))
                columns.append(cells)
    frame = pl.DataFrame([cells.alias(str(at)) for at, cells in enumerate(columns)])
    return replace(grid, frame=frame), Fields(tuple(assigned), fields.long), stages


def events_by_stage(grid: Grid, fields: Fields, declared: Declared, vocabulary: Vocabulary) -> Grid:
    """Return a table of events in which those that name no stage are of the stage of their row.

    So it is where rows of one complaint name different stages. A column that says one stage of all
    the rows of each complaint may as well say how far the complaint has come: where it names a
    later stage and no event does, it is asked which. Raises `InputError` for that, and where the
    row of such an event names no stage.
    """
    place, events = fields.place(STAGE), fields.place(EVENT)
    if place is None or events is None:
        return grid
    names = EventNames(vocabulary, declared.events, grid.path)
    texts = grid.column(events)
    kinds = {text: names.find(text) for text in texts.drop_nulls().unique().to_list()}
    own = {text: kind for text, kind in kinds.items() if kind and kind.stage}
    general = {
        text: _EVENTS[1].index(kind.name)
        for text, kind in kinds.items()
        if kind and kind.name in _EVENTS[1] and "stage 1" not in canonical(text)
    }
    known = stages_named(grid.column(place), declared.stages)
    rows = pl.DataFrame(
        {
            "reference": cleaned(grid.column(fields.place(REFERENCE) or 0)),
            "event": texts,
            "stage": [known.get(" ".join((text or "").split())) for text in grid.column(place)],
        },
        schema_overrides={"stage": pl.Int8},
    )
    staged = rows.filter(pl.col("event").is_in(list(own)))
    several = staged.group_by("reference").agg(pl.col("stage").drop_nulls().n_unique())["stage"]
    if not (several > 1).any():
        later = rows.filter(pl.col("event").is_in(list(general)) & (pl.col("stage") > 1))
        if later.height and all(kind.stage == 1 for kind in own.values()):
            raise InputError([_unclear(grid, fields.header(STAGE), later["event"][0])])
        return grid
    is_general = rows["event"].is_in(list(general))
    _check_stages(
        grid, place, fields.header(STAGE), (is_general & rows["stage"].is_null()).to_list()
    )
    named = [
        _EVENTS[stage][general[text]] if text in general and stage and stage > 1 else text
        for text, stage in zip(texts.to_list(), rows["stage"].to_list(), strict=True)
    ]
    cells = pl.Series(grid.frame.columns[events], named, dtype=pl.String)
    return replace(grid, frame=grid.frame.with_columns(cells))


def _unclear(grid: Grid, header: str, event: str) -> Mistake:
    says = (
        f'the column "{header}" names a later stage, and no event does; if it is the stage of each '
        f'event, say so by name: [events] "{event}" = "escalation requested" and so on in '
        "chcheck.toml; if it only says how far the complaint has come: [columns] "
        f'"{header}" = "ignore"'
    )
    return Mistake(grid.path, 0, says)


def has_rows_of_stages(fields: Fields, vocabulary: Vocabulary) -> bool:
    """Return whether a table has a row for each stage, not for each complaint or event."""
    if fields.place(STAGE) is None or fields.long:
        return False
    return not _has_later_stages(fields, vocabulary)


def answers_of_any_stage(
    grid: Grid, fields: Fields, declared: Declared, vocabulary: Vocabulary
) -> list[Assigned]:
    """Return the columns of answers that may hold those of the stage of each row.

    That is so where rows are of stage 2, which was asked for in a column of its own, and no other
    column holds its answer.
    """
    place = fields.place(STAGE)
    if place is None or fields.long or not _has_later_stages(fields, vocabulary):
        return []
    if fields.place(STAGE_RESPONSES[2]) is not None:
        return []
    cells = grid.column(place)
    named = stages_named(cells, declared.stages)
    texts = cells.drop_nulls().unique().to_list()
    later = cells.is_in([one for one in texts if (named[" ".join(one.split())] or 0) > 1])
    return [
        one
        for one in fields.columns_of(STAGE_RESPONSES[1])
        if one.how == RECOGNISED
        and "stage 1" not in canonical(one.header)
        and (later & cleaned(grid.column(one.place)).is_not_null()).any()
    ]


def _which_stage(grid: Grid, fields: Fields, answer: Assigned) -> Mistake:
    says = (
        f'the column "{answer.header}" does not say which stage it answers, and the column '
        f'"{fields.header(STAGE)}" names a later one; declare it if it answers stage 1: '
        f'[columns] "{answer.header}" = "{answer.holds}" in chcheck.toml; if not, give each stage '
        "a column of its own"
    )
    return Mistake(grid.path, 0, says)


def _only(cells: pl.Series, rows: pl.Series) -> pl.Series:
    frame = pl.DataFrame({"cells": cells, "own": rows})
    return frame.select(pl.when("own").then("cells")).to_series()


def _left(fields: Fields) -> Fields:
    """Return the columns with that of the stage left alone: it holds nothing of its own."""
    return replace(
        fields,
        columns=tuple(
            replace(one, holds=IGNORE, how=LEFT) if one.holds == STAGE else one
            for one in fields.columns
        ),
    )


def _has_later_stages(fields: Fields, vocabulary: Vocabulary) -> bool:
    names = (one.holds.partition(".")[0] for one in fields.columns if not claim_in(one.holds))
    kinds = [vocabulary.find(name) for name in names]
    return any(kind.stage > 1 for kind in kinds if kind)


def _stages(grid: Grid, place: int, header: str, declared: Mapping[str, int]) -> Stages:
    """Return the stage that each row names. Raises `InputError` with the first rows that do not."""
    own = {" ".join(text.lower().split()): stage for text, stage in declared.items()}
    cells = grid.column(place).to_list()
    known = {text: _stage(text or "", own) for text in dict.fromkeys(cells)}
    _check_stages(grid, place, header, [known[text] is None for text in cells])
    return np.array([known[text] for text in cells], dtype=np.int8)


def _check_stages(grid: Grid, place: int, header: str, wrong: Sequence[bool]) -> None:
    """Raise `InputError` with the first rows of those in which a stage is wanted and not named."""
    rows = [row for row, one in enumerate(wrong) if one]
    if rows:
        raise InputError(
            Mistake(
                grid.path,
                int(grid.lines[row]),
                f'column "{header}": {VALUE} is not a stage; declare it: [stages] '
                '"TEXT" = 2 in chcheck.toml, or leave the column alone: [columns] '
                f'"{header}" = "ignore"',
                value=(grid.column(place)[row] or "").strip()[:40],
            )
            for row in rows[:_MOST_SHOWN]
        )


def stages_named(cells: pl.Series, declared: Mapping[str, int]) -> dict[str, int | None]:
    """Return the stage that each different text of a column names, None where it names none."""
    own = {" ".join(text.lower().split()): stage for text, stage in declared.items()}
    texts = cells.drop_nulls().unique(maintain_order=True).to_list()
    return {" ".join(text.split()): _stage(text, own) for text in texts}


_MOST_SHOWN = 5
_BESIDE = ("stage", "level", "request", "response")


def _stage(text: str, declared: Mapping[str, int]) -> int | None:
    """Return the stage that a cell names: Stage 1, S2, 2, Review; None where it names none."""
    plain = " ".join(re.sub(r"[^a-z0-9]+", " ", text.lower()).split())
    exact = " ".join(text.lower().split())
    if exact in declared:
        return declared[exact]
    if match := _NUMBER.fullmatch(plain):
        return int(match[1])
    words = [word for word in plain.split() if word not in _BESIDE]
    return _WORDS.get(words[0]) if len(words) == 1 else None
