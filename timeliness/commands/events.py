"""`chcheck events`: every event a timeline may contain, with its other names and keys."""

from __future__ import annotations

import textwrap

import click

from timeliness.commands import COMMANDS
from timeliness.commands.options import completes
from timeliness.model.keys import COMMON_KEYS, Key
from timeliness.model.note_words import BARE_VERBS, OPENINGS
from timeliness.model.turning import DOUBTING_WORDS, NOT_TURNING, TURNING_WORDS
from timeliness.model.vocabulary import KINDS, Kind
from timeliness.read.library import load_rulebooks


@click.command("events", short_help=COMMANDS["events"])
@click.argument("name", required=False, nargs=-1, shell_complete=completes("event"))
def events_command(name: tuple[str, ...]) -> None:
    """List every event, or the events whose name contains the words you give.

    \b
    Example:
      chcheck events
      chcheck events stage 2
    """
    wanted = " ".join(name).lower()
    kinds = [kind for kind in KINDS if wanted in kind.name]
    declared = {
        series: [kind for name, kind in own.items() if wanted in name]
        for series, own in _declared().items()
    }
    if not kinds and not any(declared.values()):
        raise click.UsageError(f'no event is named like "{wanted}"; `chcheck events` lists all')
    for kind in kinds:
        _show(kind)
    for series, own in declared.items():
        if own:
            click.echo(f"Only if you ask for {series}:")
        for kind in own:
            _show(kind)
    if not wanted:
        click.echo("Every event can have:")
        for key in COMMON_KEYS:
            _show_key(key)
        _show_notes()


def _declared() -> dict[str, dict[str, Kind]]:
    """Return the events that rulebooks declare, by their series and their names."""
    declared: dict[str, dict[str, Kind]] = {}
    for book in load_rulebooks().rulebooks.values():
        for kind in book.events:
            declared.setdefault(book.series, {})[kind.name] = kind
    return declared


def _show_notes() -> None:
    """Show what may follow an event in the one-line form."""
    click.echo("In the one-line form, a date and an event can be followed by:")
    for opening in OPENINGS:
        _wrapped(str(opening))
    click.echo('Words refused in a note, except in quotation marks or after "about":')
    _wrapped(f"{', '.join(TURNING_WORDS)}, in all their forms")
    _wrapped(f"and of what the landlord does: {', '.join(DOUBTING_WORDS)}")
    _wrapped(f"but not in: {', '.join(NOT_TURNING)}")
    click.echo("You cannot put a noun after these:")
    _wrapped(", ".join(sorted(BARE_VERBS)))


def _show(kind: Kind) -> None:
    click.echo(kind.name)
    _wrapped(kind.says)
    if kind.aliases:
        _wrapped("also: " + ", ".join(kind.aliases))
    for key in kind.keys:
        _show_key(key)


def _show_key(key: Key) -> None:
    choices = f" ({', '.join(key.choices)})" if key.choices else ""
    kind = " (yes or no)" if key.kind == "yes-no" else ""
    _wrapped(f"{key.name}: {key.says}{choices}{kind}")


def _wrapped(text: str) -> None:
    click.echo(textwrap.fill(text, 80, initial_indent="    ", subsequent_indent="      "))
