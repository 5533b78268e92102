"""What the shell completes: files, rules, policies, Codes, formats and complaints.

Click asks for it in the variable that its scripts set, and only then is any of this imported.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

import click
from click.shell_completion import (
    BashComplete,
    CompletionItem,
    FishComplete,
    ZshComplete,
    add_completion_class,
)

from timeliness.write.formats import COMPARE_FORMATS, DUE_FORMATS, FILES, FORMATS, YEAR_FORMATS

_MOST_FILES = 200
"""As many timelines are opened to find the references of complaints."""
_HEAD = 4096
_REFERENCE = re.compile(r"^(?:- )?complaint:[ \t]*[\"']?([^\"'#\n]+?)[\"']?[ \t]*(?:#.*)?$", re.M)
_FORMATS = {"due": DUE_FORMATS, "year": YEAR_FORMATS, "compare": COMPARE_FORMATS}


class Bash(BashComplete):
    """Completion in bash that goes on after a folder, and after the name of a format."""

    source_template = BashComplete.source_template.replace(
        "    return 0\n",
        "    if [[ ${#COMPREPLY[@]} -eq 1 && ${COMPREPLY[0]} == *[:/] ]]; then\n"
        "        compopt -o nospace\n"
        "    fi\n\n"
        "    return 0\n",
        1,
    )

    def get_completion_args(self) -> tuple[list[str], str]:
        """Return the words before the last one, and that; "--policy=lu" is three words to bash."""
        words, incomplete = super().get_completion_args()
        return [one for one in words if one != "="], incomplete


class Zsh(ZshComplete):
    """Completion in zsh that goes on after a folder or a format, and completes "--policy=lu"."""

    source_template = ZshComplete.source_template.replace(
        "    response=",
        "    [[ ${words[CURRENT]} == --*=* ]] && compset -P '--*='\n\n    response=",
        1,
    ).replace(
        "        compadd -U -V unsorted -a completions\n",
        "        compadd -V unsorted -S '' -- ${(M)completions:#*[:/]}\n"
        "        compadd -V unsorted -- ${completions:#*[:/]}\n",
        1,
    )


class Fish(FishComplete):
    """Completion in fish that completes "--policy=lu", and shows the whole help of a command."""

    source_template = FishComplete.source_template.replace(
        '(string split "," ', '(string split --max 1 "," ', 1
    )

    def get_completions(self, args: list[str], incomplete: str) -> list[CompletionItem]:
        """Return what completes the last word; to fish, the option is a part of it."""
        found = super().get_completions(args, incomplete)
        option, mark, value = incomplete.partition("=")
        if not mark or not option.startswith("--"):
            return found
        values = [
            one
            for item in found
            for one in (paths_from(value) if item.type == "file" else [item.value])
        ]
        return [CompletionItem(f"{option}={one}") for one in values]


def set_up() -> None:
    """Put the scripts of this module in the place of Click's own."""
    for shell in (Bash, Zsh, Fish):
        add_completion_class(shell)


def of_kind(
    kind: str, ctx: click.Context, param: click.Parameter, incomplete: str
) -> list[CompletionItem]:
    """Return what completes a text of one kind: rule, policy, code, rulebook, and so on."""
    if kind == "output":
        return _output(ctx, incomplete)
    if kind == "complaint":
        # An option that lacks its value leaves the paths among what is not parsed.
        return _beginning(incomplete, _references(ctx.params.get("paths") or ctx.args))
    found = _beginning(incomplete, _names(kind))
    # A policy or Code may be a file of one's own.
    return found or (
        [CompletionItem(incomplete, type="file")] if kind in ("policy", "code") else []
    )


def _names(kind: str) -> Iterable[str]:
    from timeliness.model.vocabulary import KINDS

    if kind == "event":
        return [one.name.replace(" ", "-") for one in KINDS]
    # The rulebooks take a while to read, and not every word is about them.
    from timeliness.model.sides import CODE, POLICY
    from timeliness.read.library import load_rulebooks
    from timeliness.run.named_rules import every_rule

    library = load_rulebooks()
    if kind == "rule":
        return sorted({key.rule for key in every_rule(library)})
    if kind == "rulebook":
        return library.rulebooks
    return library.names_of(POLICY if kind == "policy" else CODE)


def commands_and_files(commands: Iterable[CompletionItem], incomplete: str) -> list[CompletionItem]:
    """Return what completes the first word: a command, or a file to check.

    The shell completes files by itself where no command begins so. Otherwise they are named here,
    but for those that it would have to quote.
    """
    found = list(commands)
    if not found:
        return [CompletionItem(incomplete, type="file")]
    return [*found, *(CompletionItem(one) for one in paths_from(incomplete) if " " not in one)]


def paths_from(incomplete: str) -> list[str]:
    """Return the files and folders that a path may go on to, a folder with its slash."""
    folder, slash, name = incomplete.rpartition("/")
    try:
        inside = sorted(Path(folder + slash or ".").iterdir())
    except OSError:
        return []
    return [
        f"{folder}{slash}{one.name}{'/' if one.is_dir() else ''}"
        for one in inside
        if one.name.startswith(name) and (name or not one.name.startswith("."))
    ]


def _beginning(incomplete: str, names: Iterable[str]) -> list[CompletionItem]:
    return [CompletionItem(one) for one in names if one.startswith(incomplete)]


def _output(ctx: click.Context, incomplete: str) -> list[CompletionItem]:
    """Return what completes FORMAT:PATH: the format, and then the path."""
    format_name, colon, path = incomplete.partition(":")
    if colon:
        return [CompletionItem(f"{format_name}:{one}") for one in paths_from(path)]
    names = _FORMATS.get(ctx.info_name or "", {**FORMATS, **FILES})
    return _beginning(incomplete, [f"{one}:" for one in names])


def _references(paths: Iterable[str]) -> list[str]:
    """Return the complaints of timelines, by what stands at the head of each file."""
    files: list[Path] = []
    for path in map(Path, paths):
        inside = sorted(path.iterdir()) if path.is_dir() else [path]
        files += [one for one in inside if one.suffix in (".yaml", ".yml") and one.is_file()]
    found: dict[str, None] = {}
    for one in files[:_MOST_FILES]:
        with one.open("rb") as file:
            text = file.read(_HEAD).decode("utf-8", errors="replace")
        found.update(dict.fromkeys(_REFERENCE.findall(text)))
    return list(found)
