"""`chcheck due PATH...`: what is overdue and what falls due."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click
from msgspec.structs import replace

from timeliness.commands import COMMANDS
from timeliness.commands.options import DAY, read_limit
from timeliness.commands.running import (
    A_NATION,
    A_POLICY,
    CODES,
    CONFIG,
    DATES,
    SHEETS,
    check_words,
    outputs_of,
    targets_of,
    tell,
)
from timeliness.model.calendars import Limit
from timeliness.model.declared import Fixed
from timeliness.model.errors import UsageError
from timeliness.read.config import configuration_for
from timeliness.read.library import Loader, load_rulebooks
from timeliness.results.due import DueAsked
from timeliness.results.grouping import split_by
from timeliness.run.inputs import inputs_for
from timeliness.run.run import Asked, run_check
from timeliness.write.formats import DUE_FORMATS


@click.command("due", short_help=COMMANDS["due"])
@click.argument("paths", nargs=-1, required=True, type=click.Path(), metavar="PATH...")
@click.option(
    "--within",
    default="",
    metavar="LIMIT",
    help="Leave out what falls due later: 10wd (working days), 14d, 2w.",
)
@click.option(
    "--by",
    default="",
    metavar="COLUMN",
    help="Make a list for each team, handler or other column of a table, or each landlord.",
)
@click.option("--as-at", type=DAY, metavar="DATE", help="List what is due as of this day.")
@CODES
@A_POLICY
@A_NATION
@click.option(
    "--format",
    "format_name",
    default="text",
    type=click.Choice(list(DUE_FORMATS)),
    show_default=True,
    help="Output format.",
)
@outputs_of("the list")
@CONFIG
@DATES
@SHEETS
def due_command(
    paths: tuple[str, ...],
    within: str,
    by: str,
    as_at: date | None,
    codes: tuple[str, ...],
    policy: str,
    nation: str,
    format_name: str,
    outputs: tuple[str, ...],
    config_path: Path | None,
    dates: str | None,
    sheets: tuple[str, ...],
) -> int:
    """List what is overdue, and what falls due next, for timelines and tables alike.

    PATH is what `chcheck PATH` checks. What is overdue comes first, then what is to be done, by
    day. Where a due day is known only roughly, the earliest counts. The exit code is 0, or 2 if
    something could not be read.

    \b
    Example:
      chcheck due cases/ --within 10wd
      chcheck due cases/ --by landlord --format html --output ics:due.ics
    """
    asked = DueAsked(_within(within), split_by(by))
    targets = targets_of(outputs, format_name, DUE_FORMATS)
    written = [("--output", one.path) for one in targets if one.path]
    check_words(paths)
    config = configuration_for(paths, config_path)
    declared = Fixed(as_at, codes, policy, nation, dates, sheets).over(config.declared)
    # What fails a check fails no list; an accepted row that cannot be read stays accepted.
    config = replace(config, fail_on="never", floors=(), baseline=None)
    stdin, inputs = inputs_for(paths, written, config)
    loader = Loader(load_rulebooks(), replace(declared, by=(asked.by,)))
    run = Asked(inputs=inputs, config=config, written=written, targets=targets, due=asked)
    return run_check(run, loader, stdin, tell)


def _within(text: str) -> Limit | None:
    limit = read_limit(text) if text else None
    if text and limit is None:
        raise UsageError(
            f'--within "{text}" is not a length of time; write 10wd (working days), 14d '
            "(calendar days), 2w (weeks) or 1m (months)"
        )
    return limit
