"""`chcheck policy FILE...`: compare a policy with the Code of its time."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Sequence
from pathlib import Path

import click

from timeliness.commands import COMMANDS
from timeliness.commands.options import completes
from timeliness.model.clean import printable
from timeliness.model.comparison import Comparison
from timeliness.model.errors import ChcheckError, InputError, UsageError
from timeliness.model.library import Library
from timeliness.model.plain import nation_name
from timeliness.model.report import Input
from timeliness.model.rulebooks import Rulebook
from timeliness.model.sides import POLICY
from timeliness.read.library import Loader, load_rulebooks
from timeliness.read.names import named
from timeliness.results.gate import FAILING


@click.command("policy", short_help=COMMANDS["policy"])
@click.argument(
    "policies", nargs=-1, required=True, metavar="FILE...", shell_complete=completes("policy")
)
@click.option(
    "--code",
    "codes",
    multiple=True,
    metavar="NAME|PATH",
    shell_complete=completes("code"),
    help="Compare it with this Code; give it again for more.",
)
@click.option(
    "--format",
    "format_name",
    default="text",
    type=click.Choice(["text", "json"]),
    show_default=True,
    help="Output format.",
)
@click.option(
    "--show",
    default="all",
    type=click.Choice(["all", "problems"]),
    show_default=True,
    help="Show everything, or only problems. The exit code stays the same.",
)
@click.option(
    "--fail-on",
    default="breach",
    type=click.Choice(list(FAILING)),
    show_default=True,
    help="Which results make the exit code 1.",
)
def policy_command(
    policies: tuple[str, ...], codes: tuple[str, ...], format_name: str, show: str, fail_on: str
) -> int:
    """Compare a landlord's policy with every edition of the Code in force during its dates.

    FILE is a policy file, or the id or series of a policy that comes with chcheck. For each
    clause of the Code you see whether the policy is the same, stricter or weaker, does
    not state it, or has no rule for it. The exit code is 1 if the policy is weaker than a "must",
    or has no rule for one.

    \b
    Example:
      chcheck policy luton
      chcheck policy my-policy.yaml --code housing-ombudsman-2024
      chcheck policy my-policy.yaml --format json --fail-on cannot-tell
    """
    from timeliness.write.policy import policy_json, policy_text

    loader = Loader(load_rulebooks())
    inputs: list[Input] = []
    comparisons: list[Comparison] = []
    failed = False
    for name in policies:
        try:
            for policy in _policies(name, loader.library, inputs):
                named_codes = loader.code_names(codes, Path())
                comparisons += _compare(policy, named_codes, loader.library)
        except (InputError, UsageError) as error:
            failed = True
            click.echo(printable(_message(error)), err=True)
    if comparisons:
        text = (
            policy_json(comparisons, inputs)
            if format_name == "json"
            else policy_text(comparisons, show=show)
        )
        click.echo(text, nl=False)
        sys.stdout.flush()
    if failed:
        return 2
    failing = FAILING[fail_on]
    return int(any(one.counting_as(*failing) for one in comparisons))


def _message(error: ChcheckError) -> str:
    return str(error) if isinstance(error, InputError) else f"chcheck: {error}"


def _policies(name: str, library: Library, inputs: list[Input]) -> tuple[Rulebook, ...]:
    """Return the policy in a file, or those that ship under an id or series."""
    from timeliness.read.rulebooks import read_rulebook

    path = Path(name)
    if "/" in name or "\\" in name or path.suffix or path.is_file():
        if not path.is_file():
            raise UsageError(f'there is no policy file "{name}"')
        books: tuple[Rulebook, ...] = (read_rulebook(path),)
        inputs.append(Input(name, hashlib.sha256(path.read_bytes()).hexdigest()))
    else:
        books = library.named(name)
    if not books:
        return named(library, name, POLICY)
    if any(book.standard != POLICY for book in books):
        raise UsageError(f'"{name}" is a Code, not a policy; name a policy to compare with it')
    return books


def _compare(policy: Rulebook, codes: Sequence[str], library: Library) -> list[Comparison]:
    """Compare a policy with the Codes that are named, or else with those of its nation."""
    from timeliness.judge.policies import compare, editions_for, nation_of

    nation = nation_of(policy, library)
    if codes:
        editions = tuple(book for name in codes for book in library.named(name))
        # What neither is for can still be counted by the calendar of the policy.
        nation = nation or policy.nations[0]
    elif nation:
        editions = editions_for(policy, library, nation)
    else:
        held = ", ".join(nation_name(one) for one in policy.nations)
        raise UsageError(
            f'there is no Code for {held} here, so "{policy.id}" cannot be compared; name a Code: '
            "--code housing-ombudsman"
        )
    if not editions:
        raise UsageError(f'no edition of the Code was in force in the dates of "{policy.id}"')
    return [Comparison(policy, book, compare(policy, book, nation)) for book in editions]
