"""The check of a table that a program has: the run over files, with the table as its one source."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from timeliness.judge.editions import vocabulary_of
from timeliness.model.covered import check_covered
from timeliness.model.dates import today
from timeliness.model.declared import Fixed
from timeliness.model.errors import InputError
from timeliness.model.library import Library
from timeliness.read.config import Config, config_of, read_config
from timeliness.read.library import Loader
from timeliness.results.due import DueList
from timeliness.results.gate import Gate, read_baseline
from timeliness.results.groups import Groups
from timeliness.results.tally import Tally
from timeliness.results.weights import Weights
from timeliness.run.named_rules import check_accepted, check_floors, check_weights
from timeliness.run.parts import Reading, Shared, reading_of
from timeliness.run.sources import Source
from timeliness.run.table_result import Findings, TableResult
from timeliness.run.tables import Tables
from timeliness.tables.complaints import Complaints
from timeliness.tables.in_memory import grid_of
from timeliness.tables.open import Opened, told_if_empty


def run_table_check(
    table: object,
    library: Library,
    fixed: Fixed,
    settings: str | os.PathLike[str] | Mapping[str, Any] | None,
    name: str,
    takes: Findings,
) -> TableResult:
    """Check a table and return what it comes to.

    Raises `UsageError` for what is no table or no setting, and `InputError` where the table or the
    settings cannot be read.
    """
    config = _config(settings)
    loader = Loader(library, fixed.over(config.declared))
    check_floors(config.floors, loader.library)
    tally = _tally(config, loader)
    grid = told_if_empty(grid_of(table, name))
    read: list[Reading] = []

    def look(opened: Opened, complaints: Complaints) -> None:
        vocabulary = vocabulary_of(loader.library.rulebooks.values())
        shared = Shared.of(tally, loader, takes.show)
        read.append(reading_of(opened, complaints, vocabulary, shared))

    tables = Tables([Source(name, Path(), lambda *_: [grid])], loader, tally, takes, look=look)
    tables.check()
    if not read or (tally.unread and not tally.read):
        raise InputError(tally.unread)
    check_accepted(config.accepted, loader.library)
    check_weights(tally.gate.weights, loader.library)
    return TableResult(takes.frame, tally, _settled(read[0], tables, tally))


def _config(settings: str | os.PathLike[str] | Mapping[str, Any] | None) -> Config:
    if settings is None:
        return Config()
    if isinstance(settings, Mapping):
        return config_of(settings)
    return read_config(Path(settings))


def _tally(config: Config, loader: Loader) -> Tally:
    day = loader.declared.day
    if day:
        check_covered(day)
    baseline = read_baseline(config.baseline) if config.baseline else None
    weights = Weights(severity=config.severity)
    gate = Gate(config.fail_on or "breach", config.floors, baseline, config.accepted, weights)
    due = DueList(nation=loader.declared.nation_of(""))
    return Tally(
        day or today(), gate, configuration=config.source, due=due, groups=Groups(monthly=True)
    )


def _settled(reading: Reading, tables: Tables, tally: Tally) -> Reading:
    """Return how the table was read, with what is said of it as a whole taken out of its sums."""
    tally.unread = [one for one in tally.unread if one != reading.lacks]
    return replace(
        reading,
        bases=tables.bases,
        missing=tuple(tables.missing()),
        unused=tuple(tables.unused([])),
    )
