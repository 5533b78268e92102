"""`chcheck explain RULE`: what a rule asks in every rulebook, with its source."""

from __future__ import annotations

import click

from timeliness.commands import COMMANDS
from timeliness.commands.options import completes
from timeliness.model.errors import hint
from timeliness.read.library import load_rulebooks
from timeliness.write.rule_page import rule_text


@click.command("explain", short_help=COMMANDS["explain"])
@click.argument("rule", shell_complete=completes("rule"))
def explain_command(rule: str) -> None:
    """Explain RULE in every rulebook that has it, or RULEBOOK/RULE in one.

    RULE is an id, a title in quotation marks, or the number of a clause.

    \b
    Example:
      chcheck explain stage-1-response
      chcheck explain 6.3
      chcheck explain housing-ombudsman-2024/stage-2-response
    """
    library = load_rulebooks()
    book_name, _, rule_id = rule.rpartition("/")
    books = library.named(book_name) if book_name else tuple(library.rulebooks.values())
    if not books:
        raise click.UsageError(
            f'there is no rulebook "{book_name}"; they are {", ".join(library.rulebooks)}'
        )
    text = rule_text(rule_id, books)
    if not text:
        books = tuple(library.rulebooks.values())
        known = sorted({one.id for book in books for one in book.every_rule})
        told = hint(rule_id, known, f"they are {', '.join(known)}")
        what = (
            f"no rule here has clause {rule_id}; `chcheck rules` lists those that have one"
            if rule_id[:1].isdigit()
            else told
        )
        raise click.UsageError(f'there is no rule "{rule}"; {what}')
    click.echo(text, nl=False)
