"""`chcheck what-if FILE "DAY EVENT"...`: what an event would change."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import date
from importlib import import_module
from pathlib import Path

import click
from msgspec.structs import replace

from timeliness.api import check_nation
from timeliness.commands import COMMANDS
from timeliness.commands.options import DAY
from timeliness.commands.running import A_NATION, A_POLICY, CODES, CONFIG
from timeliness.model.clean import one_line
from timeliness.model.dates import today
from timeliness.model.declared import Fixed
from timeliness.model.errors import InputError, Mistakes, UsageError
from timeliness.model.timelines import Event, Timeline
from timeliness.read.config import configuration_for
from timeliness.read.library import Loader, NamesIn, load_rulebooks
from timeliness.run.only import Only

_WRITERS = {
    "text": ("timeliness.write.what_if", "write_open", "write_what_if"),
    "json": ("timeliness.write.what_if_data", "write_open_json", "write_what_if_json"),
}
"""By format, the module and the functions that write what is open, and what events change."""


@click.command("what-if", short_help=COMMANDS["what-if"])
@click.argument("path", type=click.Path(), metavar="FILE")
@click.argument("events", nargs=-1, metavar='["DAY EVENT"]...')
@click.option("--as-at", type=DAY, metavar="DATE", help="The day from which to look ahead.")
@click.option(
    "--complaint", default="", metavar="REFERENCE", help="The complaint, where there are several."
)
@CODES
@A_POLICY
@A_NATION
@click.option(
    "--format",
    "format_name",
    default="text",
    type=click.Choice(list(_WRITERS)),
    show_default=True,
    help="Output format.",
)
@CONFIG
def what_if_command(
    path: str,
    events: tuple[str, ...],
    as_at: date | None,
    complaint: str,
    codes: tuple[str, ...],
    policy: str,
    nation: str,
    format_name: str,
    config_path: Path | None,
) -> None:
    """Show what would change in a timeline if something else happened.

    Each event is written as a line of a timeline. The limits that change are shown before and
    after, both as at the day of the last event. Without an event you see the last day of each limit
    that is open, and until when it could be extended.

    \b
    Example:
      chcheck what-if samples/open-complaint.yaml
      chcheck what-if samples/six-lines.yaml "2 May 2025 stage 2 response"
      chcheck what-if case.yaml --policy luton --format json
    """
    from timeliness.run.what_if import open_in, what_if

    module, of_open, of_events = _WRITERS[format_name]
    writers = import_module(module)
    check_nation(nation)
    config = configuration_for([path], config_path)
    declared = Fixed(as_at, codes, policy, nation, None, ()).over(config.declared)
    loader = Loader(load_rulebooks(), declared)
    timeline = _timeline(path, loader, complaint)
    timeline = replace(timeline, nation=nation or timeline.nation)
    day = as_at or timeline.as_at or today()
    if events:
        added = _events(events, timeline, loader, Path(path).parent)
        found = what_if(timeline, added, loader.library, day)
        text = getattr(writers, of_events)(found, events, config.source)
    else:
        text = getattr(writers, of_open)(*open_in(timeline, loader.library, day), config.source)
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
