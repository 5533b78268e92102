"""`chcheck PATH...`: check complaints and report."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from timeliness.api import check
from timeliness.commands.options import DAY, colour_wanted
from timeliness.model.calendars import NATIONS
from timeliness.model.clean import one_line
from timeliness.model.errors import UsageError
from timeliness.model.findings import Report
from timeliness.model.timelines import NO_DEFAULTS
from timeliness.read.library import Loader, load_rulebooks
from timeliness.results.gate import FAILING
from timeliness.run.inputs import check_words, find_inputs, guard_inputs, guard_used, read_stdin
from timeliness.write import FORMATS, Options
from timeliness.write.files import stopping_cleanly

if TYPE_CHECKING:
    from timeliness.read.config import Config

_FILE = click.Path(path_type=Path)
CONFIG_NAMES = ("chcheck.toml", "pyproject.toml")


@click.command("check", short_help="Check complaints (the default).")
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@click.option("--as-at", type=DAY, metavar="DATE", help="The day on which the check is made.")
@click.option("--code", default="", metavar="ID|PATH", help="Check against this Code.")
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
@stopping_cleanly()
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
    written = [("--output", path) for _, path in targets]
    written += [("--rejects", rejects)] if rejects else []
    written += [("--write-baseline", write_baseline)] if write_baseline else []
    check_words(paths)
    config = _config(config_path)
    known = baseline or (config.baseline if config else None)
    stdin = read_stdin() if "-" in paths else None
    inputs = find_inputs(map(Path, paths), stdin, known, [path for _, path in written])
    guard_inputs(written, inputs)
    guard_used(written, [config.path] if config else [], known)
    loader = Loader(load_rulebooks(), policy, config.defaults if config else NO_DEFAULTS)
    code = loader.code_name(code)

    def asked(name: str) -> bool:
        return context.get_parameter_source(name) is not click.core.ParameterSource.DEFAULT

    if config and config.fail_on and not asked("fail_on"):
        fail_on = config.fail_on
    if inputs.tables or baseline or write_baseline or rejects or (config and config.has_gate):
        from timeliness.read.config import Config
        from timeliness.run.exports import Asked, run_exports

        return run_exports(
            Asked(
                inputs=inputs,
                written=written,
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
    loaded = loader.load(inputs.paths, stdin, inputs.no_timelines)
    guard_used(written, loader.policy_files)
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
    _write(
        (path, FORMATS[name](report, Options(show, explain, summary=summary)))
        for name, path in targets
    )
    # The mistakes come last on a terminal, where they are not scrolled away.
    options = Options(show, explain, colour_wanted(), summary)
    if report.cases or format_name != "text":
        click.echo(FORMATS[format_name](report, options), nl=False, color=options.colour)
        sys.stdout.flush()
    for note in (*inputs.notes, *loaded.left_out):
        click.echo(one_line(note), err=True)
    for mistake in report.unchecked:
        click.echo(one_line(str(mistake)), err=True)
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
    from timeliness.read.config import find_config, read_config

    path = path or find_config(Path())
    return read_config(path) if path else None


def _target(output: str) -> tuple[str, Path]:
    name, colon, path = output.partition(":")
    if not colon or not path or name not in FORMATS:
        raise UsageError(
            f'--output "{output}" is not FORMAT:PATH; the formats are {", ".join(FORMATS)}'
        )
    return name, Path(path)


def _write(reports: Iterable[tuple[Path, str]]) -> None:
    """Write files whole or not at all, and all of them or none."""
    from timeliness.write.files import WholeFile, put_all_in_place

    files: list[WholeFile] = []
    try:
        for path, text in reports:
            files.append(WholeFile(path))
            files[-1].write(text.encode("utf-8", errors="replace"))
        put_all_in_place(files)
    finally:
        for file in files:
            file.discard()
