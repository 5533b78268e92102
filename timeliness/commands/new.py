"""`chcheck new`: a timeline or a sheet to fill in."""

from __future__ import annotations

import json
import sys
from functools import partial
from pathlib import Path

import click

from timeliness.commands import COMMANDS
from timeliness.commands.options import completes
from timeliness.judge.editions import vocabulary_of
from timeliness.model.clean import printable
from timeliness.model.errors import UsageError
from timeliness.model.sides import POLICY
from timeliness.read.library import load_rulebooks
from timeliness.resources import folder


@click.command("new", short_help=COMMANDS["new"])
@click.option("--complaint", default="", metavar="REF", help="The complaint's reference.")
@click.option("--landlord", default="", metavar="NAME", help="The landlord's name.")
@click.option(
    "--policy",
    default="",
    metavar="ID",
    shell_complete=completes("policy"),
    help="A policy that comes with chcheck, such as luton.",
)
@click.option(
    "--format",
    "format_name",
    default="yaml",
    type=click.Choice(["yaml", "csv", "xlsx"]),
    show_default=True,
    help="A timeline of one complaint, or a sheet with a row for each.",
)
@click.option(
    "--output",
    "target",
    type=click.Path(path_type=Path),
    metavar="PATH",
    help="Save it as this file, which must not be there yet.",
)
def new_command(
    complaint: str, landlord: str, policy: str, format_name: str, target: Path | None
) -> None:
    """Print a timeline with the usual events, for you to save and fill in.

    With --format xlsx, write a workbook for Excel or LibreOffice: a row for each complaint, with
    lists to choose from, and a sheet for further events. --format csv writes its headings.

    \b
    Example:
      chcheck new --complaint C-1042 > C-1042.yaml
      chcheck new --format xlsx --output complaints.xlsx
    """
    library = load_rulebooks()
    known = library.names_of(POLICY)
    if policy and policy not in known:
        raise click.UsageError(f'there is no policy "{policy}"; they are {", ".join(known)}')
    if format_name == "yaml":
        data = _timeline(complaint or "REFERENCE", landlord, policy).encode()
    else:
        if complaint or landlord:
            raise click.UsageError("--complaint and --landlord are for a timeline, not a sheet")
        from timeliness.tables.installed import check_installed
        from timeliness.write.sheet import sheet_csv, sheet_workbook

        kinds = vocabulary_of(library.named(policy) if policy else ()).kinds
        policies = [policy] if policy else known
        if format_name == "csv":
            data = sheet_csv(policies).encode()
        else:
            check_installed("`chcheck new --format xlsx` writes a table")
            data = sheet_workbook(policies, kinds)
    _write(data, target, binary=format_name == "xlsx")


def _timeline(complaint: str, landlord: str, policy: str) -> str:
    from jinja2 import Environment, FileSystemLoader

    environment = Environment(
        loader=FileSystemLoader(folder("templates") / "new"),
        keep_trailing_newline=True,
        autoescape=False,
    )
    # A text in JSON is one in YAML too.
    environment.filters["quoted"] = partial(json.dumps, ensure_ascii=False)
    template = environment.get_template("timeline.yaml.j2")
    return template.render(
        complaint=printable(complaint), landlord=printable(landlord), policy=policy
    )


def _write(data: bytes, target: Path | None, *, binary: bool) -> None:
    """Save it as a file, or print it. Raises `UsageError`."""
    if target is None:
        if not binary:
            click.echo(data.decode(), nl=False)
        elif sys.stdout.isatty():
            raise UsageError("a workbook cannot be shown here; add --output complaints.xlsx")
        else:
            click.echo(data, nl=False)
        return
    try:
        with target.open("xb") as file:
            file.write(data)
    except FileExistsError:
        says = f'"{target}" is there already; name another file, or move it away'
        raise UsageError(says) from None
    except OSError as error:
        raise UsageError(f'"{target}" cannot be written: {error.strerror}') from None
    click.echo(f"Written to {printable(str(target))}; fill it in, then check it with chcheck.")
