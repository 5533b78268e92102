"""`chcheck schema`: the JSON Schema of a timeline or a rulebook, for editors."""

from __future__ import annotations

import json

import click

from timeliness.commands import COMMANDS
from timeliness.write.schema import rulebook_schema, timeline_schema

_SCHEMAS = {"timeline": timeline_schema, "rulebook": rulebook_schema}


@click.command("schema", short_help=COMMANDS["schema"])
@click.argument("what", default="timeline", type=click.Choice(list(_SCHEMAS)))
def schema_command(what: str) -> None:
    """Print the JSON Schema for a timeline (default) or for a rulebook.

    An editor that uses it completes names and marks mistakes as you type.

    \b
    Example:
      chcheck schema > timeline.schema.json
      chcheck schema rulebook > rulebook.schema.json
    """
    click.echo(json.dumps(_SCHEMAS[what](), indent=2))
