"""The whole check as a function: what the command does, to be called from Python."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from msgspec.structs import replace

from timeliness.judge.cases import check_timelines
from timeliness.judge.received import left_out, received_after
from timeliness.model.calendars import NATIONS
from timeliness.model.covered import check_covered
from timeliness.model.dates import in_words, today
from timeliness.model.declared import Fixed
from timeliness.model.errors import InputError, Mistake, UsageError
from timeliness.model.library import Library
from timeliness.model.report import Input, Report
from timeliness.model.timelines import Timeline
from timeliness.read.library import Loader, load_rulebooks
from timeliness.tables.installed import check_installed

if TYPE_CHECKING:
    from timeliness.run.table_result import TableResult


def load_timelines(
    *paths: str | Path, rulebooks: Library | None = None
) -> tuple[list[Timeline], Library]:
    """Load the timelines in files and folders.

    Returns them with the rulebooks, to which the policy files that they name are added. Raises
    `InputError` with every mistake in every file.
    """
    loader = Loader(rulebooks or load_rulebooks())
    loaded = loader.load([Path(path) for path in paths])
    if loaded.mistakes:
        raise InputError(loaded.mistakes)
    return loaded.timelines, loader.library


def check(
    timelines: Sequence[Timeline],
    rulebooks: Library | None = None,
    *,
    as_at: date | None = None,
    code: str | Iterable[str] = "",
    nation: str = "",
    inputs: Iterable[Input] = (),
    unread: Iterable[Mistake] = (),
) -> Report:
    """Check complaints, each against its policy and Codes.

    `as_at` is the day of the check; without it each timeline's own counts, or else today in
    London. `code` is a Code, or several that are then judged side by side: each a series, an
    edition (id or year) or the path of a file. `nation` is the nation of all of them. Both override
    what the timelines say. `inputs` and `unread` are carried to the report. A complaint that no
    rule applies to is in `Report.unchecked`, and one received after an `as_at` that is earlier than
    its record is in `Report.later`.
    Raises `UsageError`.
    """
    loader = Loader(rulebooks or load_rulebooks())
    codes = loader.code_names([code] if isinstance(code, str) else code, Path())
    library = loader.library
    check_nation(nation)
    if as_at:
        check_covered(as_at)
    if nation:
        timelines = [replace(timeline, nation=nation) for timeline in timelines]
    if codes:
        timelines = [replace(timeline, codes=codes) for timeline in timelines]
    own = [timeline.as_at for timeline in timelines]
    # Where every timeline names its day, the report's is the latest of them.
    days = [one for one in own if one]
    day = as_at or (max(days) if days and len(days) == len(own) else today())
    kept: list[Timeline] = []
    slips: list[Mistake] = []
    later: list[Mistake] = []
    for timeline in timelines:
        checked = as_at or timeline.as_at or day
        received = received_after(timeline, checked)
        if received is None:
            kept.append(timeline)
        elif as_at and (timeline.as_at is None or as_at < timeline.as_at):
            # As of an earlier day than its record it had not been made.
            later.append(left_out(timeline, received, checked))
        else:
            slips.append(_slip(timeline, received, checked))
    cases, mistakes = check_timelines(kept, library, day, declared_as_at=as_at is not None)
    return Report(day, tuple(cases), tuple(inputs), (*unread, *slips, *mistakes), tuple(later))


def check_table(
    table: object,
    rulebooks: Library | None = None,
    *,
    settings: str | os.PathLike[str] | Mapping[str, Any] | None = None,
    as_at: date | None = None,
    code: str | Iterable[str] = "",
    policy: str = "",
    nation: str = "",
    name: str = "table",
    show: Literal["all", "problems", "nothing"] = "all",
) -> TableResult:
    """Check the complaints of a table, as `chcheck` checks those of a file.

    `table` is a polars DataFrame or LazyFrame, a pandas DataFrame, or any object with the Arrow C
    stream (`__arrow_c_stream__`). `settings` are those of chcheck.toml: the path of a file, or a
    mapping with the same keys, in which a path counts from the working folder. `as_at`, `code`,
    `policy` and `nation` override what settings and table say; without any as-at date today in
    London counts. `name` stands for the path of a file in findings and messages. `show` says which
    findings are kept: all, the problems, or none where the sums are enough.
    Raises `UsageError` for a wrong argument, and `InputError` where the table or the settings
    cannot be read; a row that cannot be read is in `TableResult.rejects`.
    """
    check_installed("a table is to be checked")
    # What reads tables takes polars, for which a check of timelines does not pay.
    from timeliness.run.table_check import run_table_check
    from timeliness.run.table_result import Findings

    if show not in ("all", "problems", "nothing"):
        raise UsageError(f'show: "{show}" is not one of all, problems, nothing')
    check_nation(nation)
    codes = [code] if isinstance(code, str) else code
    fixed = Fixed(as_at, tuple(filter(None, codes)), policy, nation, None, ())
    library = rulebooks or load_rulebooks()
    return run_table_check(table, library, fixed, settings, name, Findings(show))


def _slip(timeline: Timeline, received: date, checked: date) -> Mistake:
    """Return the mistake of a complaint dated after the day of the check."""
    says = (
        f"it was received on {in_words(received)}, which is after the day of the check, "
        f"{in_words(checked)}; correct the date, or check it as at a later day with --as-at"
    )
    return Mistake(timeline.path, timeline.line, says, reference=timeline.complaint)


def check_nation(nation: str) -> None:
    """Raise `UsageError` for a nation that is not one of `NATIONS`."""
    if nation and nation not in NATIONS:
        raise UsageError(f'"{nation}" is not a nation; choose one of {", ".join(NATIONS)}')
