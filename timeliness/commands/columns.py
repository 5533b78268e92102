"""`chcheck columns FILE`: how the columns of a table are read."""

from __future__ import annotations

from pathlib import Path

import click
from msgspec.structs import replace

from timeliness.commands import COMMANDS
from timeliness.model.clean import printable
from timeliness.model.errors import InputError, UsageError

_FILE = click.Path(path_type=Path)


@click.command("columns", short_help=COMMANDS["columns"])
@click.argument("path", type=_FILE, metavar="FILE")
@click.option("--config", "config_path", type=_FILE, metavar="PATH", help="Configuration file.")
@click.option("--dates", type=click.Choice(["uk", "us", "iso"]), help="How to read 03/04/2025.")
@click.option("--sheet", default="", metavar="NAME", help="The sheet to read in a workbook.")
@click.option(
    "--write",
    "target",
    type=_FILE,
    metavar="PATH",
    help="Save what was recognised, for you to correct.",
)
def columns_command(
    path: Path, config_path: Path | None, dates: str | None, sheet: str, target: Path | None
) -> None:
    """Show how each column of a table is read, with one row worked through.

    --write saves this as a configuration file. Correct it, and use it with --config.

    \b
    Example:
      chcheck columns samples/export-wide.csv --write chcheck.toml
    """
    from timeliness.model.sides import CODE
    from timeliness.read.config import configuration_for
    from timeliness.read.library import load_rulebooks
    from timeliness.tables.installed import check_installed

    check_installed("`chcheck columns` reads tables")
    from timeliness.tables.preview import open_for_columns, worked
    from timeliness.tables.proposals import mapping_of

    if not path.is_file():
        raise UsageError(f'there is no file "{path}"')
    config = configuration_for([path], config_path)
    own = config.declared
    declared = replace(
        own,
        dates=dates or own.dates,
        sheets=(sheet,) if sheet else own.sheets,
        code_names=load_rulebooks().names_of(CODE),
    )
    config = replace(config, declared=declared)
    shown = open_for_columns(path, config)
    click.echo(printable(worked(shown, path, config)), nl=False)
    if target:
        if target.exists():
            raise UsageError(f'"{target}" is there already; name another file, or move it away')
        try:
            mapping = mapping_of(shown.opened, path, declared, shown.events)
            target.write_text(mapping, encoding="utf-8", newline="\n")
        except OSError as error:
            raise UsageError(f'"{target}" cannot be written: {error.strerror}') from None
        click.echo(f"\nWritten to {printable(str(target))}; correct it and check with --config.")
    if shown.mistakes:
        raise InputError(shown.mistakes)
