"""`chcheck new`: a timeline to fill in."""

from __future__ import annotations

import json
from functools import partial

import click

from timeliness.model.clean import printable
from timeliness.model.sides import POLICY
from timeliness.read.library import load_rulebooks
from timeliness.resources import folder


@click.command("new", short_help="Print a timeline to fill in.")
@click.option("--complaint", default="REFERENCE", metavar="REF", help="The complaint's reference.")
@click.option("--landlord", default="", metavar="NAME", help="The landlord's name.")
@click.option(
    "--policy", default="", metavar="ID", help="A policy that comes with chcheck, such as luton."
)
def new_command(complaint: str, landlord: str, policy: str) -> None:
    """Print a timeline with the usual events, for you to save and fill in.

    \b
    Example:
      chcheck new --complaint C-1042 > C-1042.yaml
    """
    from jinja2 import Environment, FileSystemLoader

    known = load_rulebooks().names_of(POLICY)
    if policy and policy not in known:
        raise click.UsageError(f'there is no policy "{policy}"; they are {", ".join(known)}')
    environment = Environment(
        loader=FileSystemLoader(folder("templates")), keep_trailing_newline=True, autoescape=False
    )
    # A text in JSON is one in YAML too.
    environment.filters["quoted"] = partial(json.dumps, ensure_ascii=False)
    template = environment.get_template("timeline.yaml.j2")
    text = template.render(
        complaint=printable(complaint), landlord=printable(landlord), policy=policy
    )
    click.echo(text, nl=False)
