"""`chcheck schema`: the JSON Schemas of what chcheck reads and writes, for editors and programs."""

from __future__ import annotations

import json
from typing import Any

import click

from timeliness.commands import COMMANDS

_WHAT = ("timeline", "rulebook", "config", "report")


@click.command("schema", short_help=COMMANDS["schema"])
@click.argument("what", default="timeline", type=click.Choice(_WHAT))
def schema_command(what: str) -> None:
    """Print the JSON Schema for a timeline (default), a rulebook, chcheck.toml or the JSON report.

    An editor that uses it completes names and marks mistakes as you type. A timeline from
    `chcheck new` names the file chcheck-timeline.schema.json in its first line.

    \b
    Example:
      chcheck schema > chcheck-timeline.schema.json
      chcheck schema rulebook > rulebook.schema.json
      chcheck schema config > chcheck.schema.json
      chcheck schema report > report.schema.json
    """
    click.echo(json.dumps(_schema(what), indent=2))


def _schema(what: str) -> dict[str, Any]:
    if what == "config":
        from timeliness.write.config_schema import config_schema

        return config_schema()
    if what == "report":
        from timeliness.write.report_schema import report_schema

        return report_schema()
    from timeliness.write.schema import rulebook_schema, timeline_schema

    if what == "rulebook":
        return rulebook_schema()
    from timeliness.judge.editions import vocabulary_of
    from timeliness.read.library import load_rulebooks

    return timeline_schema(vocabulary_of(load_rulebooks().rulebooks.values()).kinds)
