"""`chcheck PATH...`: check complaints and report."""

from __future__ import annotations

import os
import sys
from datetime import date
from difflib import get_close_matches
from pathlib import Path

import click

from timeliness.api import check
from timeliness.calendars import NATIONS
from timeliness.commands import COMMANDS
from timeliness.commands.options import DAY, colour_wanted
from timeliness.errors import UsageError
from timeliness.findings import BREACH, CANNOT_TELL, Report
from timeliness.load import Loader, load_rulebooks
from timeliness.write import FORMATS, Options
from timeliness.write.clean import printable

_FAILING = {"breach": (BREACH,), "cannot-tell": (BREACH, CANNOT_TELL), "never": ()}


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
    type=click.Choice(list(_FAILING)),
    show_default=True,
    help="What makes the exit code 1.",
)
def check_command(
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
) -> int:
    """Check complaints against their policy and the Code.

    PATH is a timeline (YAML or JSON), a folder of them, or - for standard input.

    \b
    Example:
      chcheck samples/determinations/luton-202229082.yaml --explain
      chcheck cases/ --as-at 2026-03-31 --format json
      chcheck case.yaml --output html:report.html
      chcheck case.yaml --output json:result.json --fail-on cannot-tell
    """
    targets = [_target(output) for output in outputs]
    _guard(paths, [path for _, path in targets])
    loader = Loader(load_rulebooks(), policy)
    stdin = sys.stdin.buffer.read() if "-" in paths else None
    loaded = loader.load([Path(path) for path in paths], stdin)
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
    failing = _FAILING[fail_on]
    return int(any(case.with_verdict(*failing) for case in report.cases)) if failing else 0


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
    if path.is_dir():
        raise UsageError(f'"{path}" cannot be written: it is a folder')
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        beside.write_text(text, encoding="utf-8", errors="replace", newline="\n")
        beside.replace(path)
    except OSError as error:
        beside.unlink(missing_ok=True)
        raise UsageError(f'"{path}" cannot be written: {error.strerror}') from None
