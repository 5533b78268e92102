"""`chcheck year PATH...`: the figures of a year, for the board and the Regulator."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click
from msgspec.structs import replace

from timeliness.commands import COMMANDS
from timeliness.commands.options import DAY
from timeliness.commands.running import (
    CONFIG,
    DATES,
    FIRST_DAY,
    LAST_DAY,
    SHEETS,
    check_words,
    outputs_of,
    targets_of,
    tell,
)
from timeliness.model.declared import Fixed
from timeliness.model.errors import UsageError, hint
from timeliness.model.patterns import regex
from timeliness.model.sides import CODE, FIRST
from timeliness.model.tenures import MEASURED
from timeliness.read.config import Config, configuration_for
from timeliness.read.library import Loader, load_rulebooks
from timeliness.results.grouping import split_by
from timeliness.results.period import check_order
from timeliness.results.year import (
    YearAsked,
)
from timeliness.results.year_records import (
    RESPONSES,
    Period,
    period_name,
)
from timeliness.run.inputs import find_inputs, guard_inputs, inputs_for
from timeliness.run.run import Asked, run_check
from timeliness.write.formats import YEAR_FORMATS

_FILE = click.Path(path_type=Path)
_WITH_ROWS = ("rows", "xlsx")
"""The formats that list the complaints behind the figures."""


@click.command("year", short_help=COMMANDS["year"])
@click.argument("paths", nargs=-1, required=True, type=click.Path(), metavar="PATH...")
@click.option("--year", "year", default="", metavar="YEAR", help="The year, such as 2025/26.")
@FIRST_DAY
@LAST_DAY
@click.option(
    "--homes",
    multiple=True,
    metavar="NUMBER",
    help="How many homes you own: 4210, or LCRA=3980 and LCHO=230.",
)
@click.option(
    "--last",
    "before",
    multiple=True,
    type=_FILE,
    metavar="PATH",
    help="The year before, if it is in another file.",
)
@click.option(
    "--by",
    default="",
    metavar="COLUMN",
    help="Split by month, quarter, landlord, or a column of the table such as Team.",
)
@click.option("--tenure", default="", metavar="COLUMN", help="The column that gives the tenure.")
@click.option("--as-at", type=DAY, metavar="DATE", help="Check as of this day.")
@click.option(
    "--format",
    "format_name",
    default="text",
    type=click.Choice(list(YEAR_FORMATS)),
    show_default=True,
    help="Output format; rows and xlsx list the complaints behind the figures.",
)
@outputs_of("the figures")
@CONFIG
@DATES
@SHEETS
def year_command(
    paths: tuple[str, ...],
    year: str,
    first: date | None,
    last_day: date | None,
    homes: tuple[str, ...],
    before: tuple[Path, ...],
    by: str,
    tenure: str,
    as_at: date | None,
    format_name: str,
    outputs: tuple[str, ...],
    config_path: Path | None,
    dates: str | None,
    sheets: tuple[str, ...],
) -> int:
    """Give the figures of a year: what was received and answered in time, CH01 and CH02.

    PATH is what `chcheck PATH` checks. The year runs from 1 April to 31 March. Where no source says
    how something is counted, the figures are given in every way. The exit code is 0, or 2 if
    something could not be read.

    \b
    Example:
      chcheck year export.csv --year 2025/26 --homes 4210
      chcheck year export.csv --year 2025/26 --by Team --output rows:behind.csv
    """
    period = _period(year, first, last_day)
    targets = targets_of(outputs, format_name, YEAR_FORMATS)
    written = [("--output", one.path) for one in targets if one.path]
    check_words(paths)
    config = configuration_for(paths, config_path)
    declared = Fixed(as_at, (), "", "", dates, sheets).over(config.declared)
    targets_in_time = _targets(config)
    # What fails a check fails no figure; an accepted row that cannot be read stays accepted.
    config = replace(config, fail_on="never", floors=(), baseline=None)
    tenure = tenure or declared.tenure
    asked = YearAsked(
        period=period,
        homes=_homes(homes) or dict(config.homes),
        by=split_by(by),
        tenure=tenure,
        tenures=dict(config.tenures),
        rows=any(one.format is YEAR_FORMATS[name] for one in targets for name in _WITH_ROWS),
        last_apart=bool(before),
        targets=targets_in_time,
    )
    stdin, inputs = inputs_for(paths, written, config)
    last = find_inputs(before, None, None, [path for _, path in written]) if before else None
    if last:
        guard_inputs(written, last)
    loader = Loader(load_rulebooks(), replace(declared, by=(asked.by,), tenure=tenure))
    run = Asked(
        inputs=inputs, config=config, written=written, targets=targets, year=asked, last=last
    )
    return run_check(run, loader, stdin, tell)


_YEAR = regex(r"(?P<first>\d{4})\s*[/-]\s*(?:\d\d)?(?P<last>\d\d)")


def _period(year: str, first: date | None, last: date | None) -> Period:
    """Return the time that is asked for. Raises `UsageError`."""
    if year:
        if first or last:
            raise UsageError("--year is a whole year; leave it out with --from and --to")
        match = _YEAR.fullmatch(year.strip())
        begins = int(match["first"]) if match else 0
        if not match or not 2000 <= begins <= 2098 or int(match["last"]) != (begins + 1) % 100:
            raise UsageError(
                f'--year "{year}" is not a year from April to March; write it as 2025/26'
            )
        first, last = date(begins, 4, 1), date(begins + 1, 3, 31)
    if not first or not last:
        raise UsageError("say which year: --year 2025/26, or --from and --to with a day each")
    check_order(first, last)
    return Period(first, last, period_name(first, last))


def _homes(given: tuple[str, ...]) -> dict[str, int]:
    """Return how many homes there are, by tenure, or under "" in all. Raises `UsageError`."""
    found: dict[str, int] = {}
    for text in given:
        name, equals, number = text.rpartition("=")
        tenure, plain = name.strip().upper(), number.strip().replace(",", "")
        if equals and tenure not in MEASURED:
            near = hint(tenure, MEASURED, "write LCRA=3980 or LCHO=230")
            raise UsageError(f'--homes "{text}" names no tenure of the measures; {near}')
        if not plain.isdecimal() or not 0 < int(plain) < 10_000_000:
            raise UsageError(
                f'--homes "{text}" is not a number of homes; write 4210, or LCRA=3980 and LCHO=230'
            )
        if tenure in found:
            raise UsageError(f'--homes "{text}" gives the homes twice; give each number once')
        found[tenure] = int(plain)
    return found


def _targets(config: Config) -> dict[int, float]:
    """Return the shares in time that the floors of the configuration aim at, by stage."""
    return {
        stage: floor.share
        for floor in config.floors
        if floor.of in (CODE, FIRST) and (stage := RESPONSES.get(floor.rule))
    }
