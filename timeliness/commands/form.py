"""`chcheck form`: a page on this computer to enter a complaint and check it as you type."""

from __future__ import annotations

import contextlib
import signal
import webbrowser
from collections.abc import Iterator
from pathlib import Path

import click

from timeliness.commands import COMMANDS


@click.command("form", short_help=COMMANDS["form"])
@click.option(
    "--port", type=click.IntRange(0, 65535), default=0, metavar="NUMBER",
    help="The port to use (default: one that is free).",
)  # fmt: skip
@click.option("--no-browser", is_flag=True, help="Print the address, and open no browser.")
def form_command(port: int, no_browser: bool) -> None:
    """Open a page to enter a complaint, and check it as you type.

    The page is on this computer alone, and nothing that you enter leaves it. Save the timeline or
    the report from the page. Press Finish there, or Ctrl-C here, to stop.

    \b
    Example:
      chcheck form
      chcheck form --no-browser
    """
    from timeliness.read.config import configuration_for
    from timeliness.read.library import Loader, load_rulebooks
    from timeliness.run.form import Form
    from timeliness.run.serving import FormServer

    config = configuration_for(["."], None)
    loader = Loader(load_rulebooks(), config.declared)
    form = Form(loader.library, loader.declared, config.source, Path())
    with FormServer(form, port) as server, _ended_by_ctrl_c():
        if no_browser:
            click.echo(f"Open this address in a browser on this computer:\n  {server.address}")
        else:
            click.echo(
                f"The form opens in your browser. If it does not, go to:\n  {server.address}"
            )
        click.echo("Press Finish on the page, or Ctrl-C here, to stop.")
        if not no_browser and not webbrowser.open(server.first_address):
            click.echo("No browser could be opened; open the address yourself.")
        server.serve_forever(poll_interval=0.2)
    click.echo("The form has stopped.")


@contextlib.contextmanager
def _ended_by_ctrl_c() -> Iterator[None]:
    """Let Ctrl-C be how to finish, and not a run that is broken off."""
    before = signal.getsignal(signal.SIGINT)
    if before is signal.SIG_IGN:
        yield
        return
    signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        with contextlib.suppress(KeyboardInterrupt):
            yield
    finally:
        signal.signal(signal.SIGINT, before)
