"""`chcheck compare LAST NOW`: what is new, mended and changed between two runs."""

from __future__ import annotations

from pathlib import Path

import click

from timeliness.commands import COMMANDS
from timeliness.commands.running import outputs_of, targets_of
from timeliness.results.gate import FAILING
from timeliness.run.compare import compare_kept
from timeliness.write.formats import COMPARE_FORMATS

_FILE = click.Path(path_type=Path)


@click.command("compare", short_help=COMMANDS["compare"])
@click.argument("last", type=_FILE)
@click.argument("now", type=_FILE)
@click.option(
    "--format",
    "format_name",
    default="text",
    type=click.Choice(list(COMPARE_FORMATS)),
    show_default=True,
    help="Output format.",
)
@outputs_of("the comparison")
@click.option(
    "--fail-on",
    default="breach",
    type=click.Choice(list(FAILING)),
    show_default=True,
    help="Which new findings make the exit code 1.",
)
def compare_command(
    last: Path, now: Path, format_name: str, outputs: tuple[str, ...], fail_on: str
) -> int:
    """Say what is new, mended, gone and changed between two runs, and why.

    LAST and NOW are what two checks wrote: JSON, JSON Lines or CSV. Two findings are the same if
    landlord, complaint, standard, series, rule and episode are, as in a baseline. The exit code is
    1 if there is a new breach that is not known, accepted, a warning or a note, 0 if there is
    none, and 2 if a file cannot be read.

    \b
    Example:
      chcheck compare march.json april.json
      chcheck compare march.json april.json --output html:changes.html
    """
    targets = targets_of(outputs, format_name, COMPARE_FORMATS)
    return compare_kept(last, now, targets, fail_on)
