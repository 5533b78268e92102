"""`chcheck PATH...`: check complaints and report."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from timeliness.commands import COMMANDS
from timeliness.commands.options import DAY, colour_wanted, completes
from timeliness.commands.running import (
    A_NATION,
    A_POLICY,
    CODES,
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
from timeliness.model.given import SHOWN, Given
from timeliness.results.gate import FAILING
from timeliness.run.given import Wanted, check_given
from timeliness.write.formats import FILES, FORMATS

_FILE = click.Path(path_type=Path)


@click.command("check", short_help=COMMANDS["check"])
@click.argument("paths", nargs=-1, required=True, type=click.Path(), metavar="PATH...")
@click.option("--as-at", type=DAY, metavar="DATE", help="Check as of this day.")
@click.option(
    "--complaint",
    default="",
    metavar="REFERENCE",
    shell_complete=completes("complaint"),
    help="Check this complaint only, of a folder or table, and report it in full.",
)
@FIRST_DAY
@LAST_DAY
@click.option(
    "--by",
    multiple=True,
    metavar="COLUMN",
    help="Split the sums by month, quarter, landlord, or a column such as Team; give it again for "
    "more.",
)
@CODES
@A_POLICY
@A_NATION
@click.option(
    "--format",
    "format_name",
    default="text",
    type=click.Choice([*FORMATS, *FILES]),
    metavar="NAME",
    show_default=True,
    help=f"Output format: {', '.join([*FORMATS, *FILES])}.",
)
@outputs_of("a report")
@click.option(
    "--show",
    default="all",
    type=click.Choice(SHOWN),
    show_default=True,
    help="Show everything, or only problems. The exit code stays the same.",
)
@click.option(
    "--show-settings",
    is_flag=True,
    help="Print every setting and where it comes from, and check nothing (text or json).",
)
@click.option("--explain", is_flag=True, help="Show the count day by day.")
@click.option("--summary", is_flag=True, help="In HTML, give each complaint one page.")
@click.option(
    "--fail-on",
    type=click.Choice(list(FAILING)),
    help="Which results make the exit code 1 (default: breach).",
)
@click.option(
    "--select",
    multiple=True,
    metavar="RULE",
    shell_complete=completes("rule"),
    help="Look at this rule only; * stands for any text. Give it again for more.",
)
@click.option(
    "--ignore",
    multiple=True,
    metavar="RULE",
    shell_complete=completes("rule"),
    help="Do not look at this rule. The report names what was left out.",
)
@click.option(
    "--baseline",
    type=_FILE,
    metavar="PATH",
    help="CSV file of breaches already known; they do not fail the run.",
)
@click.option(
    "--write-baseline", type=_FILE, metavar="PATH", help="Save the breaches found as a baseline."
)
@CONFIG
@DATES
@SHEETS
@click.option(
    "--rejects",
    type=_FILE,
    metavar="PATH",
    help="Save the rows that could not be read, or only in part, to this file.",
)
def check_command(
    paths: tuple[str, ...],
    as_at: date | None,
    complaint: str,
    first: date | None,
    last_day: date | None,
    by: tuple[str, ...],
    codes: tuple[str, ...],
    policy: str,
    nation: str,
    format_name: str,
    outputs: tuple[str, ...],
    show: str,
    show_settings: bool,
    explain: bool,
    summary: bool,
    fail_on: str | None,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    baseline: Path | None,
    write_baseline: Path | None,
    config_path: Path | None,
    dates: str | None,
    sheets: tuple[str, ...],
    rejects: Path | None,
) -> int:
    """Check complaints against their policy and the Code.

    PATH is a timeline (YAML or JSON), a table of complaints (CSV, XLSX, JSON Lines, Parquet), a
    folder of either, or - for standard input. A timeline says what happened to a complaint, and
    when: `chcheck new` prints one to fill in.

    \b
    Example:
      chcheck samples/determinations/luton-202229082.yaml --explain
      chcheck cases/ --as-at 2026-03-31 --format json
      chcheck case.yaml --output html:report.html
      chcheck case.yaml --output json:result.json --fail-on cannot-tell
      chcheck cases/ --output csv:findings.csv --format markdown
    """
    targets = targets_of(outputs, format_name, {**FORMATS, **FILES})
    check_words(paths)
    given = Given(
        paths=paths,
        as_at=as_at,
        complaint=complaint,
        from_=first,
        to=last_day,
        by=by,
        code=codes,
        policy=policy,
        nation=nation,
        dates=dates or "",
        sheet=sheets,
        config=str(config_path or ""),
        baseline=str(baseline or ""),
        fail_on=fail_on or "",
        write_baseline=str(write_baseline or ""),
        rejects=str(rejects or ""),
        select=select,
        ignore=ignore,
        show=show,
        explain=explain,
        summary=summary,
    )
    if show_settings:
        return _show_settings(given, format_name, outputs)
    return check_given(given, Wanted(targets, colour_wanted()), tell)


def _show_settings(given: Given, format_name: str, outputs: tuple[str, ...]) -> int:
    """Print the settings of a check, as JSON where that is asked for. Raises `InputError`."""
    from timeliness.run.settings import settings_of
    from timeliness.write.settings import write_settings_json, write_settings_text

    found = settings_of(given, {"format": format_name, "output": outputs})
    write = write_settings_json if format_name == "json" else write_settings_text
    click.echo(write(found), nl=False)
    return 0
