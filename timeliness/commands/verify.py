"""`chcheck verify REPORT`: make a report again, and say what differs."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from timeliness.commands import COMMANDS


@click.command("verify", short_help=COMMANDS["verify"])
@click.argument("report", metavar="REPORT", type=click.Path(path_type=Path))
@click.option(
    "--input",
    "inputs",
    multiple=True,
    type=click.Path(path_type=Path),
    metavar="PATH",
    help="Where what was checked is now; give it again for more.",
)
@click.option(
    "--config",
    type=click.Path(path_type=Path),
    metavar="PATH",
    help="Where the configuration is now.",
)
@click.option(
    "--format",
    "format_name",
    default="text",
    type=click.Choice(["text", "json"]),
    show_default=True,
    help="Output format.",
)
def verify_command(
    report: Path, inputs: tuple[Path, ...], config: Path | None, format_name: str
) -> int:
    """Run the check of a report again, as of the same day, and say what differs.

    REPORT is the JSON or the HTML of a check. Its paths count from this folder, or else from the
    folder of the report. You see which input, rulebook, configuration, calendar or version is not
    the same, and which findings. The exit code is 0 if everything is the same, 1 if anything
    differs, and 2 if the check cannot be run again.

    \b
    Example:
      chcheck verify result.json
      chcheck verify sent/report.html --input cases/one.yaml
    """
    from timeliness.read.library import load_rulebooks
    from timeliness.run.verify import verify_report
    from timeliness.write.names import Names
    from timeliness.write.verified import verified_json, verified_text

    verified = verify_report(report, inputs, config)
    names = Names.of(load_rulebooks())
    write = verified_json if format_name == "json" else verified_text
    click.echo(write(verified, names), nl=False)
    sys.stdout.flush()
    return 0 if verified.same else 1
