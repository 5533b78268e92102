"""The command `chcheck`: its entry point, and what becomes of every error."""

from __future__ import annotations

import atexit
import gc
import os
import sys
from importlib import import_module
from typing import TYPE_CHECKING

import click
from click_default_group import DefaultGroup

from timeliness.commands import COMMANDS
from timeliness.model.clean import one_line, printable
from timeliness.model.errors import ChcheckError, InputError
from timeliness.streams import give_up_output, set_up_streams
from timeliness.version import __version__

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

EXIT_INPUT, EXIT_FAULT = 2, 3

_DEFAULT = "check"


class _Commands(DefaultGroup):  # type: ignore[misc]
    """The commands, each imported when it is run: the rest would only cost time."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        name = cmd_name if cmd_name in COMMANDS else _DEFAULT
        if name not in self.commands:
            plain = name.replace("-", "_")
            module = import_module(f"timeliness.commands.{plain}")
            self.add_command(getattr(module, f"{plain}_command"))
        command: click.Command | None = super().get_command(ctx, cmd_name)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """Return what completes the first word: a command, an option, or a file to check."""
        from click.shell_completion import CompletionItem

        from timeliness.commands.completing import commands_and_files

        if incomplete.startswith("-"):
            check = self.get_command(ctx, _DEFAULT)
            assert check
            inner = click.Context(check, ctx, info_name=_DEFAULT)
            return check.shell_complete(inner, incomplete)
        begun = [(name, says) for name, says in COMMANDS.items() if name.startswith(incomplete)]
        return commands_and_files(
            [CompletionItem(name, help=says) for name, says in begun], incomplete
        )

    def invoke(self, ctx: click.Context) -> object:
        try:
            code: object = super().invoke(ctx)
            sys.stdout.flush()
        except BrokenPipeError:
            raise _ReaderGoneError from None
        return code


class _ReaderGoneError(Exception):
    """Whoever read the output went away, as `head` does."""


@click.group(
    cls=_Commands,
    default=_DEFAULT,
    default_if_no_args=False,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 80},
)
@click.version_option(__version__, prog_name="chcheck")
def cli() -> None:
    """Check complaint-handling timelines against a landlord's policy and the Code.

    \b
    chcheck case.yaml                 check a complaint and explain the result
    chcheck cases/                    check every timeline in a folder
    chcheck export.csv                check a whole export, and sum it up
    chcheck due cases/ --within 10wd  list what is overdue and what falls due
    chcheck what-if case.yaml         show how far each open limit can go
    chcheck columns export.csv        show how its columns are read
    chcheck new > case.yaml           start a timeline to fill in
    chcheck form                      enter a complaint in the browser
    chcheck days 2022-11-03 20wd      count working days
    chcheck policy my-policy.yaml     compare a policy with the Code
    chcheck compare old.json new.json say what has changed between two runs
    chcheck verify result.json        make a report again, and say what differs

    If you give only a path, chcheck checks it; `chcheck check --help` shows the options. If a
    file or folder has the same name as a command, write it as ./rules.

    \b
    Exit codes:
      0  nothing at or above the threshold (--fail-on)
      1  something is
      2  wrong usage, or an input that could not be read or checked in full
      3  a fault in the program
    """


def main() -> None:
    """Run the command, and exit with its code; no error ends in a traceback."""
    # There is no linear algebra here, so NumPy need not start threads for it: that takes as long
    # as all the rest of its import. Collecting garbage among what was imported, now and again at
    # the exit, takes a fifth of a short run and finds nothing.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    gc.set_threshold(100_000, 20, 20)
    atexit.register(gc.freeze)
    try:
        set_up_streams()
        if "_CHCHECK_COMPLETE" in os.environ:
            from timeliness.commands.completing import set_up

            set_up()
        code = cli.main(prog_name="chcheck", standalone_mode=False)
    except click.exceptions.Exit as done:
        code = done.exit_code
    except click.ClickException as error:
        # Without any words there is only the help to show.
        told = error.format_message()
        click.echo(one_line(f"chcheck: {told}") if sys.argv[1:] else printable(told), err=True)
        if sys.argv[1:] and isinstance(error, click.UsageError) and error.ctx:
            click.echo(f"Try '{error.ctx.command_path} --help'.", err=True)
        code = EXIT_INPUT
    except InputError as error:
        for mistake in error.mistakes:
            click.echo(one_line(str(mistake)), err=True)
        code = EXIT_INPUT
    except ChcheckError as error:
        click.echo(one_line(f"chcheck: {error}"), err=True)
        code = EXIT_INPUT
    except click.Abort:
        click.echo("chcheck: stopped", err=True)
        code = EXIT_INPUT
    except _ReaderGoneError:
        # Nothing more can be told, so nothing is; but the answer did not arrive in full.
        give_up_output()
        code = EXIT_INPUT
    except Exception as error:
        click.echo(
            one_line(
                f"chcheck: a fault in the program ({type(error).__name__}: {error}). Nothing it "
                "printed should be relied on. Please report it with the version, the command and "
                "an input that shows it, without personal data."
            ),
            err=True,
        )
        code = EXIT_FAULT
    sys.exit(code if isinstance(code, int) else 0)
