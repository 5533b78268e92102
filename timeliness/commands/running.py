"""What the commands that run a check take: paths, outputs, and what holds for every complaint."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TypeVar

import click

from timeliness.commands import COMMANDS
from timeliness.commands.options import DAY, completes
from timeliness.model.calendars import NATIONS
from timeliness.model.clean import one_line
from timeliness.model.errors import UsageError, hint
from timeliness.model.plain import listed
from timeliness.run.outputs import Target
from timeliness.tables.installed import check_installed
from timeliness.write.formats import Format

_Command = TypeVar("_Command", bound=Callable[..., object])

CODES = click.option(
    "--code",
    "codes",
    multiple=True,
    metavar="NAME|PATH",
    shell_complete=completes("code"),
    help="Check against this Code; give it again for more.",
)
A_POLICY = click.option(
    "--policy",
    default="",
    metavar="NAME|PATH",
    shell_complete=completes("policy"),
    help="Check against this policy.",
)
A_NATION = click.option(
    "--nation",
    default="",
    metavar="NAME",
    help=f"Whose bank holidays and Code to use: {', '.join(NATIONS)}.",
)
CONFIG = click.option(
    "--config",
    "config_path",
    type=click.Path(path_type=Path),
    metavar="PATH",
    help="Configuration file (default: the nearest, upwards from PATH).",
)
DATES = click.option(
    "--dates",
    type=click.Choice(["uk", "us", "iso"]),
    help="How to read 03/04/2025: uk = 3 April, us = 4 March, iso = refuse.",
)
FIRST_DAY = click.option(
    "--from", "first", type=DAY, metavar="DATE", help="The first day of receipt, with --to."
)
LAST_DAY = click.option(
    "--to", "last_day", type=DAY, metavar="DATE", help="The last day of receipt, with --from."
)
SHEETS = click.option(
    "--sheet",
    "sheets",
    multiple=True,
    metavar="NAME",
    help="The sheet to read in a workbook; give it again for more.",
)
"""The options of `Fixed` that tables have, and the configuration that they are laid over."""


def outputs_of(what: str) -> Callable[[_Command], _Command]:
    """Return the option that says in which formats something is written to files, and where."""
    return click.option(
        "--output",
        "outputs",
        multiple=True,
        metavar="FORMAT:PATH",
        shell_complete=completes("output"),
        help=f"Write {what} to a file. You can give this several times.",
    )


def tell(line: str) -> None:
    """Say something beside the output."""
    click.echo(one_line(line), err=True)


def check_words(paths: Sequence[str]) -> None:
    """Refuse an empty path and a misspelt command."""
    for path in paths:
        if not path.strip():
            raise UsageError("a path is empty; write . for this folder")
        near = hint(path, COMMANDS).meant
        if near and not Path(path).exists():
            raise UsageError(
                f'there is no file or folder "{path}"; did you mean the command "{near}"?'
            )


def targets_of(
    outputs: Sequence[str], on_screen: str, formats: Mapping[str, Format]
) -> list[Target]:
    """Return what is to be written: each output, and what is printed. Raises `UsageError`."""
    shown = formats[on_screen]
    targets = [*(_target(output, formats) for output in outputs), Target(shown)]
    for binary in (one.format for one in targets if one.format.binary):
        check_installed(f"`--output {binary.name}:` writes a table")
    if shown.binary and sys.stdout.isatty():
        raise UsageError(
            f"--format {on_screen} is for a file to open; write --output {on_screen}:PATH"
        )
    return targets


def _target(output: str, formats: Mapping[str, Format]) -> Target:
    name, colon, path = output.partition(":")
    if colon and path and name in formats:
        _check_suffix(formats[name], Path(path))
        return Target(formats[name], Path(path))
    ends = Path(output).suffix.lower().removeprefix(".")
    meant = _BY_SUFFIX.get(ends, ends)
    if not colon and meant in formats:
        raise UsageError(f'--output "{output}" is not FORMAT:PATH; write --output {meant}:{output}')
    if name in formats:
        raise UsageError(f'--output "{output}" is not FORMAT:PATH; write --output {name}:PATH')
    raise UsageError(
        f'--output "{output}" is not FORMAT:PATH; the formats are {", ".join(formats)}'
    )


def _check_suffix(format_: Format, path: Path) -> None:
    """Refuse a file whose name does not say which form it is to have, where there are several."""
    suffix = path.suffix.lower()
    if format_.writers and suffix and suffix not in format_.writers:
        forms = listed([one.removeprefix(".").upper() for one in format_.writers], "or")
        raise UsageError(
            f"{format_.name} is written as {forms}; end the name of the file in "
            f"{listed(list(format_.writers), 'or')}"
        )


_BY_SUFFIX = {"txt": "text", "htm": "html", "md": "markdown", "xml": "junit", "ndjson": "jsonl"}
"""The format that the end of a file's name suggests, where it is not the name of one."""
