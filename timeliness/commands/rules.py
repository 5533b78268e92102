"""`chcheck rules`: the rulebooks that come with chcheck, and what they ask."""

from __future__ import annotations

import textwrap

import click

from timeliness.commands import COMMANDS
from timeliness.commands.options import completes
from timeliness.model.plain import listed, nation_name
from timeliness.model.procedures import TERMS
from timeliness.model.rulebooks import Rulebook
from timeliness.model.sides import CODE
from timeliness.read.library import load_rulebooks


@click.command("rules", short_help=COMMANDS["rules"])
@click.argument("rulebook", required=False, shell_complete=completes("rulebook"))
def rules_command(rulebook: str | None) -> None:
    """List every rulebook that comes with chcheck, or the rules in one (by its id or series).

    \b
    Example:
      chcheck rules
      chcheck rules housing-ombudsman-2024
    """
    library = load_rulebooks()
    every = sorted(library.rulebooks.values(), key=lambda book: (book.standard, book.series))
    books = library.named(rulebook) if rulebook else tuple(every)
    if not books:
        raise click.UsageError(
            f'there is no rulebook "{rulebook}"; they are {", ".join(library.rulebooks)}'
        )
    for place, book in enumerate(books):
        if place:
            click.echo()
        _show(book)


def _for_whom(book: Rulebook) -> str:
    """Return whose complaints a Code is for, unless they name another."""
    nations = listed([nation_name(one) for one in book.nations])
    if not book.for_bodies:
        return f"only for complaints in {nations} that name it: code: {book.series}"
    bodies = listed(list(book.for_bodies))
    return f"for {bodies} complaints in {nations} that name no other Code"


def _show(book: Rulebook) -> None:
    click.echo(f"{book.id}: {book.title}")
    start = book.start.isoformat() if book.start else "not stated"
    end = f" to {book.end.isoformat()}" if book.end else " on" if book.start else ""
    click.echo(f"  {book.standard}; in force: {start}{end}; last checked {book.checked}")
    if book.standard == CODE:
        for line in textwrap.wrap(_for_whom(book), 76):
            click.echo(f"  {line}")
    for rule in book.rules:
        start_names = [one.event for one in rule.clock.starts if one.decides]
        origin = start_names[0] if rule.clock.start_stated else "start not stated"
        click.echo(f"  {rule.id:24}{rule.clock.limit!s:18}from {origin}")
        click.echo(f"  {'':24}{rule.clause}, {rule.duty}, {rule.provenance}")
    for duty in book.duties:
        click.echo(f"  {duty.id:34}{duty.clause}, {duty.duty}, {duty.provenance}")
    for term in book.procedure:
        click.echo(f"  {TERMS[term.name].title}: {term.value}")
        click.echo(f"  {'':24}{term.clause}, {term.duty}, {term.provenance}")
