"""`chcheck PATH...`: check complaints and report."""

from __future__ import annotations

import sys
from datetime import date
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING

import click

from timeliness.api import check
from timeliness.calendars import NATIONS
from timeliness.commands import COMMANDS
from timeliness.commands.options import DAY, colour_wanted
from timeliness.errors import UsageError
from timeliness.findings import Report
from timeliness.gate import FAILING
from timeliness.load import Loader, load_rulebooks
from timeliness.tables.kinds import tables_among
from timeliness.write import FORMATS, Options
from timeliness.write.clean import printable

if TYPE_CHECKING:
    from timeliness.config import Config

_FILE = click.Path(path_type=Path)
CONFIG_NAMES = ("chcheck.toml", "pyproject.toml")


@click.command("check", short_help="Check complaints (the default).")
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@click.option("--as-at", type=DAY, metavar="DATE", help="The day on which the check is made.")
@click.option("--code", default="", metavar="ID", help="Check against this edition of the Code.")
@click.option("--policy", default="", metavar="ID|PATH", help="Check against this policy.")
@click.option("--nation", default="", metavar="NAME", help=f"One of {', '.join(NATIONS)}.")
@click.option(
    "--format",
    "format_name",
    default="text",
    type=click.Choice(list(FORMATS)),
    show_default=True,
    help="What is printed.",
)
@click.option(
    "--output",
    "outputs",
    multiple=True,
    metavar="FORMAT:PATH",
    help="Write a report to a file; may be given several times.",
)
@click.option(
    "--show",
    default="all",
    type=click.Choice(["all", "problems"]),
    show_default=True,
    help="What is shown; it does not change the exit code.",
)
@click.option("--explain", is_flag=True, help="Show the count day by day.")
@click.option("--summary", is_flag=True, help="In HTML, one page for each complaint.")
@click.option(
    "--fail-on",
    default="breach",
    type=click.Choice(list(FAILING)),
    show_default=True,
    help="What makes the exit code 1.",
)
@click.option("--baseline", type=_FILE, metavar="PATH", help="Breaches that are known: a CSV.")
@click.option("--write-baseline", type=_FILE, metavar="PATH", help="Write the breaches found.")
@click.option("--config", "config_path", type=_FILE, metavar="PATH", help="A chcheck.toml.")
@click.option(
    "--dates",
    type=click.Choice(["uk", "us", "iso"]),
    help="How 03/04/2025 is meant in a table: day first, month first, not at all.",
)
@click.option("--sheet", default="", metavar="NAME", help="The sheet of a workbook.")
@click.option("--rejects", type=_FILE, metavar="PATH", help="Write the rows that were not read.")
@click.pass_context
def check_command(
    context: click.Context,
    paths: tuple[str, ...],
    as_at: date | None,
    code: str,
    policy: str,
    nation: str,
    format_name: str,
    outputs: tuple[str, ...],
    show: str,
    explain: bool,
    summary: bool,
    fail_on: str,
    baseline: Path | None,
    write_baseline: Path | None,
    config_path: Path | None,
    dates: str | None,
    sheet: str,
    rejects: Path | None,
) -> int:
    """Check complaints against their policy and the Code.

    PATH is a timeline (YAML or JSON), a table of complaints (CSV, XLSX, JSON Lines), a folder of
    them, or - for standard input.

    \b
    Example:
      chcheck samples/determinations/luton-202229082.yaml --explain
      chcheck cases/ --as-at 2026-03-31 --format json
      chcheck case.yaml --output html:report.html
      chcheck case.yaml --output json:result.json --fail-on cannot-tell
      chcheck cases/ --output csv:findings.csv --format markdown
    """
    targets = [_target(output) for output in outputs]
    beside = [path for path in (write_baseline, rejects) if path]
    _guard(paths, [*(path for _, path in targets), *beside])
    loader = Loader(load_rulebooks(), policy)
    stdin = sys.stdin.buffer.read() if "-" in paths else None
    given = [Path(path) for path in paths]
    tables = tables_among(given, stdin)
    config = _config(config_path)

    def asked(name: str) -> bool:
        return context.get_parameter_source(name) is not click.core.ParameterSource.DEFAULT

    if config and config.fail_on and not asked("fail_on"):
        fail_on = config.fail_on
    if tables or baseline or write_baseline or rejects or (config and config.has_gate):
        from timeliness.commands.exports import Asked, run_exports
        from timeliness.config import Config

        return run_exports(
            Asked(
                paths=given,
                tables=tables,
                as_at=as_at,
                code=code,
                policy=policy,
                nation=nation,
                dates=dates or "",
                sheet=sheet,
                fail_on=fail_on,
                baseline=baseline,
                write_baseline=write_baseline,
                rejects=rejects,
                targets=[*targets, (format_name, None)],
                options=Options(show if asked("show") else "problems", explain, summary=summary),
            ),
            config or Config(),
            loader,
            stdin,
        )
    loaded = loader.load(given, stdin)
    if loaded.left_out and not loaded.timelines and not loaded.mistakes:
        raise UsageError("there are only rulebooks here, no timelines; `chcheck rules` lists them")
    report = check(
        loaded.timelines,
        loader.library,
        as_at=as_at,
        code=code,
        nation=nation,
        inputs=loaded.inputs,
        unread=loaded.mistakes,
    )
    for name, path in targets:
        _write(path, FORMATS[name](report, Options(show, explain, summary=summary)))
    # The mistakes come last on a terminal, where they are not scrolled away.
    options = Options(show, explain, colour_wanted(), summary)
    if report.cases or format_name != "text":
        click.echo(FORMATS[format_name](report, options), nl=False, color=options.colour)
        sys.stdout.flush()
    for note in loaded.left_out:
        click.echo(printable(note), err=True)
    for mistake in report.unchecked:
        click.echo(printable(str(mistake)), err=True)
    return exit_code(report, fail_on)


def exit_code(report: Report, fail_on: str) -> int:
    """Return the exit code: 2 before 1 before 0."""
    if report.unchecked:
        return 2
    failing = FAILING[fail_on]
    return int(any(case.with_verdict(*failing) for case in report.cases)) if failing else 0


def _config(path: Path | None) -> Config | None:
    """Return the configuration that is named, or that of this folder, if there is one."""
    if path is None and not any(Path(name).is_file() for name in CONFIG_NAMES):
        return None
    from timeliness.config import find_config, read_config

    path = path or find_config(Path())
    return read_config(path) if path else None


def _target(output: str) -> tuple[str, Path]:
    name, colon, path = output.partition(":")
    if not colon or not path or name not in FORMATS:
        raise UsageError(
            f'--output "{output}" is not FORMAT:PATH; the formats are {", ".join(FORMATS)}'
        )
    return name, Path(path)


def _guard(paths: tuple[str, ...], outputs: list[Path]) -> None:
    """Refuse a misspelt command, and to write over what is read or was just written."""
    for path in paths:
        if not path.strip():
            raise UsageError("a path is empty; write . for this folder")
        near = get_close_matches(path, COMMANDS, n=1)
        if near and not Path(path).exists():
            raise UsageError(
                f'there is no file or folder "{path}"; did you mean the command "{near[0]}"?'
            )
    for place, output in enumerate(outputs):
        if any(_same(output, path) for path in paths):
            raise UsageError(f'--output would write over "{output}", which is to be checked')
        if output in outputs[:place]:
            raise UsageError(f'--output names "{output}" twice; choose two files')


def _same(output: Path, path: str) -> bool:
    try:
        return output.samefile(path)
    except OSError:
        return False


def _write(path: Path, text: str) -> None:
    """Write a file whole or not at all."""
    from timeliness.write.files import WholeFile

    file = WholeFile(path)
    try:
        file.write(text.encode("utf-8", errors="replace"))
        file.put_in_place()
    finally:
        file.discard()
