"""`chcheck what-if FILE "DAY EVENT"...`: what an event would change."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import click

from timeliness.commands import COMMANDS
from timeliness.commands.options import DAY
from timeliness.model.clean import one_line
from timeliness.model.dates import today
from timeliness.model.errors import InputError, Mistakes, UsageError
from timeliness.model.timelines import Event, Timeline
from timeliness.read.config import configuration_for
from timeliness.read.library import Loader, NamesIn, load_rulebooks
from timeliness.run.only import Only


@click.command("what-if", short_help=COMMANDS["what-if"])
@click.argument("path", metavar="FILE")
@click.argument("events", nargs=-1, metavar='["DAY EVENT"]...')
@click.option("--as-at", type=DAY, metavar="DATE", help="The day from which to look ahead.")
@click.option(
    "--complaint", default="", metavar="REFERENCE", help="The complaint, where there are several."
)
def what_if_command(path: str, events: tuple[str, ...], as_at: date | None, complaint: str) -> None:
    """Show what would change in a timeline if something else happened.

    Each event is written as a line of a timeline. The limits that change are shown before and
    after, both as at the day of the last event. Without an event you see the last day of each limit
    that is open, and until when it could be extended.

    \b
    Example:
      chcheck what-if samples/open-complaint.yaml
      chcheck what-if samples/six-lines.yaml "2 May 2025 stage 2 response"
    """
    from timeliness.run.what_if import open_in, what_if
    from timeliness.write.what_if import write_open, write_what_if

    config = configuration_for([path], None)
    loader = Loader(load_rulebooks(), config.declared)
    timeline = _timeline(path, loader, complaint)
    day = as_at or timeline.as_at or today()
    if events:
        added = _events(events, timeline, loader, Path(path).parent)
        text = write_what_if(what_if(timeline, added, loader.library, day), events)
    else:
        text = write_open(*open_in(timeline, loader.library, day))
    click.echo(text, nl=False)
    sys.stdout.flush()


def _timeline(path: str, loader: Loader, complaint: str) -> Timeline:
    """Return the one timeline that is meant. Raises `InputError` and `UsageError`."""
    loaded = loader.load([Path(path)])
    if loaded.mistakes:
        raise InputError(loaded.mistakes)
    found = loaded.timelines
    if complaint.strip():
        only = Only(complaint)
        found = [one for one in found if only.is_meant(one.complaint)]
        only.check(unread=False)
    if len(found) != 1:
        raise UsageError(
            f"there are {len(found)} complaints here; name one with --complaint REFERENCE"
            if found
            else "there is no complaint here; name a timeline"
        )
    return found[0]


def _events(texts: Sequence[str], timeline: Timeline, loader: Loader, base: Path) -> list[Event]:
    """Read events in the words of a timeline. Raises `InputError` with what is wrong with each."""
    from timeliness.read.timelines import read_event

    found: list[Event] = []
    wrong = []
    for text in texts:
        mistakes = Mistakes(one_line(f'"{text}"'))
        so_far = replace(timeline, events=(*timeline.events, *found))
        try:
            event = read_event(text, so_far, NamesIn(loader, base), mistakes)
        except InputError as error:
            mistakes.found = list(error.mistakes)
            event = None
        if event is None and not mistakes.found:
            mistakes.add(0, "an event is expected here, such as 2025-04-03 stage 1 response")
        wrong += [replace(one, line=0) for one in mistakes.found]
        found += [event] if event else []
    if wrong:
        raise InputError(wrong)
    return found
