"""Writes the parts of the documentation that can be worked out: `make docs`.

* `docs/rules/`: one page per rule, from the rulebooks;
* `docs/events.md`: every event, from the vocabulary;
* in every other page: what the commands of a ```console block print, what the finding of that
  rule and standard, or of that reason, says of the ```yaml block above a `<!-- finding: ... -->`,
  the file named by a `<!-- file: ... -->`, and the keys named by a `<!-- keys: ... -->`.

A test compares `pages()` with what is there.
"""

from __future__ import annotations

import contextlib
import io
import os
import re
import shlex
import sys
import textwrap
from collections.abc import Iterable, Iterator
from pathlib import Path
from unittest.mock import patch

from timeliness import check, cli, load_rulebooks
from timeliness.model.claims import CLAIM_KEYS
from timeliness.model.keys import COMMON_KEYS, Key
from timeliness.model.note_words import BARE_VERBS, OPENINGS
from timeliness.model.turning import DOUBTING_WORDS, NOT_TURNING, TURNING_WORDS
from timeliness.model.vocabulary import KINDS, Kind
from timeliness.read.config_keys import ASSUME_KEYS, CONFIG_KEYS
from timeliness.read.duties import kind_keys
from timeliness.read.library import Loader
from timeliness.read.rulebook_keys import CLOCK_KEYS, EVENT_KEYS, RULE_KEYS, RULEBOOK_KEYS
from timeliness.read.timeline_keys import STATEMENT_KEYS, TIMELINE_KEYS
from timeliness.write.rule_page import rule_page

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"

_CONSOLE = re.compile(r"```console\n(.*?)```\n", re.DOTALL)
_FINDING = re.compile(
    r"```yaml\n(?P<timeline>(?:(?!```).)*?)```\n\n"
    r"<!-- finding: (?P<which>\S+(?: \S+)?) -->\n(?:>[^\n]*\n)*",
    re.DOTALL,
)
_KEYS = re.compile(r"<!-- keys: (?P<what>[^\n]+) -->\n(?:\|[^\n]*\n)*")
_SAVED = "<!-- save: "
"""A page that has a reader save files runs in a folder of its own: a test does that."""
_FILE = re.compile(r"<!-- file: (?P<path>\S+) -->\n```yaml\n.*?```\n", re.DOTALL)


KEYS = {
    "a timeline": TIMELINE_KEYS,
    "a statement": STATEMENT_KEYS,
    "a rulebook": RULEBOOK_KEYS,
    "an event": EVENT_KEYS,
    "a rule": RULE_KEYS,
    "a clock": CLOCK_KEYS,
    "a duty": kind_keys(),
    "the configuration": CONFIG_KEYS,
    "a claim": CLAIM_KEYS,
    "what is assumed": ASSUME_KEYS,
}
"""The mappings whose keys a page lists."""


def main() -> None:
    """Write every page, and remove the pages of rules that no longer exist."""
    written = pages()
    for path in (DOCS / "rules").glob("*.md"):
        if path not in written:
            path.unlink()
    for path, text in written.items():
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")


def pages() -> dict[Path, str]:
    """Return the text of every page that is generated, in whole or in part."""
    found = {**_rule_pages(), DOCS / "events.md": _events_page()}
    for path in [ROOT / "README.md", *sorted(DOCS.glob("*.md"))]:
        if path not in found:
            found[path] = _refreshed(path.read_text(encoding="utf-8"))
    return found


def _rule_pages() -> dict[Path, str]:
    books = list(load_rulebooks().rulebooks.values())
    rules = dict.fromkeys(rule.id for book in books for rule in book.every_rule)
    found = {DOCS / "rules" / f"{name}.md": rule_page(name, books) for name in rules}
    lines = ["# The rules", "", "| rule | what | rulebooks |", "|---|---|---|"]
    for name in rules:
        having = [(book, rule) for book in books if (rule := book.rule(name))]
        titles = ", ".join(book.short for book, _ in having)
        lines.append(f"| [`{name}`]({name}.md) | {having[0][1].title} | {titles} |")
    lines += [
        "",
        "`make docs` generates this page from `rules/`, and a test checks that it is up to date.",
    ]
    found[DOCS / "rules" / "README.md"] = "\n".join(lines) + "\n"
    return found


# The events -----------------------------------------------------------------------------------


def _events_page() -> str:
    lines = [
        "# The events of a timeline",
        "",
        "`chcheck events` prints this list. Capital letters, spaces, hyphens and underscores in a",
        "name do not matter. [timelines.md](timelines.md) says how to write an event.",
        "",
        "## Keys that every event can have",
        "",
        *_keys(COMMON_KEYS),
    ]
    for title, kinds in (
        ("Stage 1", [kind for kind in KINDS if kind.stage == 1]),
        ("Stage 2", [kind for kind in KINDS if kind.stage == 2]),
        ("Stage 3, in old procedures", [kind for kind in KINDS if kind.stage == 3]),
        ("Others", [kind for kind in KINDS if kind.stage == 0]),
    ):
        lines += ["", f"## {title}", ""]
        for kind in kinds:
            lines += _event(kind)
    lines += ["", "## Events declared by the policies that come with chcheck", ""]
    for book in load_rulebooks().rulebooks.values():
        for kind in book.events:
            lines.append(f"* **{kind.name}** (`{book.id}`): {kind.says}.")
    lines += ["", "## What may follow an event in one line", "", *_note_words()]
    lines += ["", "`make docs` generates this page, and a test checks that it is up to date."]
    return "\n".join(lines) + "\n"


def _note_words() -> Iterator[str]:
    yield "A line has a date, an event, and then nothing or one of these:"
    yield ""
    yield from (f"* {opening}" for opening in OPENINGS)
    yield ""
    yield "Anything else is refused, and you are shown the long form to write instead. These words"
    yield "are refused too, in all their forms, because they may reverse the meaning of the event"
    yield "(`stage 1 response overdue`). You can use them in quotation marks, or to say what the"
    yield "complaint is about:"
    yield ""
    yield from textwrap.wrap(f"{', '.join(TURNING_WORDS)}.", 100)
    yield ""
    yield "So are these in a note on what the landlord does, because they leave open whether it was"
    yield "done, when, or whether in full, and a day after that of the event:"
    yield ""
    yield from textwrap.wrap(f"{', '.join(DOUBTING_WORDS)}.", 100)
    yield ""
    yield f"These are allowed: {', '.join(NOT_TURNING)}."
    yield ""
    yield f"You cannot put a noun after one of these verbs: {', '.join(sorted(BARE_VERBS))}."


def _event(kind: Kind) -> Iterator[str]:
    notes = []
    if kind.aliases:
        notes.append("also: " + ", ".join(f"`{alias}`" for alias in kind.aliases))
    if kind.ends:
        stages = " and ".join(str(stage) for stage in kind.ends)
        notes.append(f"ends the open clocks of stage {stages}")
    if kind.internal:
        notes.append("internal: it may be missing from a complete record")
    yield f"* **{kind.name}**: {kind.says}." + "".join(f" {_sentence(note)}." for note in notes)
    yield from (f"  {line}" for line in _keys(kind.keys))


def _keys(keys: Iterable[Key]) -> Iterator[str]:
    kinds = {"yes-no": " (yes or no)", "date": " (a date)", "dates": " (a date)"}
    for key in keys:
        choices = f": {', '.join(key.choices)}" if key.choices else ""
        yield f"* `{key.name}`: {key.says}{kinds.get(key.kind, '')}{choices}"


def _sentence(text: str) -> str:
    return text[0].upper() + text[1:]


# What stands within a page --------------------------------------------------------------------


def _refreshed(text: str) -> str:
    if _SAVED not in text:
        text = _CONSOLE.sub(lambda match: f"```console\n{_console(match[1])}```\n", text)
    text = _FINDING.sub(_finding, text)
    text = _KEYS.sub(_table, text)
    return _FILE.sub(_file, text)


def _console(block: str) -> str:
    """Return the commands of a block, each with what it prints; "..." leaves a block as it is."""
    if "\n...\n" in block:
        return block
    told = []
    for line in block.splitlines():
        if line.startswith("$ "):
            told.append(f"{line}\n{run(line.removeprefix('$ '))}")
    return "\n".join(told)


def run(line: str) -> str:
    """Return what a command prints, run in the checkout; it may end in `| head -N`."""
    command, _, head = line.partition(" | head -")
    words = shlex.split(command)
    if words[0] != "chcheck":
        raise ValueError(f"only chcheck is run here, not {words[0]}")
    told, warned = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8") for _ in range(2))
    with (
        contextlib.chdir(ROOT),
        patch.object(sys, "argv", words),
        patch.dict(os.environ, NO_COLOR="1"),
        contextlib.redirect_stdout(told),
        contextlib.redirect_stderr(warned),
        contextlib.suppress(SystemExit),
    ):
        cli.main()
    lines = []
    for one in (told, warned):
        one.seek(0)
        lines += one.read().splitlines(keepends=True)
    return "".join(lines[: int(head)] if head else lines)


def _finding(match: re.Match[str]) -> str:
    """Return an example with what the check makes of it."""
    loader = Loader(load_rulebooks())
    timelines = loader.parse(match["timeline"].encode(), "example", ROOT)
    report = check(timelines, loader.library)
    rule, _, standard = match["which"].partition(" ")
    finding = next(
        one
        for case in report.cases
        for one in case.findings
        if (one.rule, one.standard) == (rule, standard) or (not standard and one.reason == rule)
    )
    settled = f" {finding.settled_by.says}" if finding.settled_by else ""
    told = f"**{finding.verdict}**, `{finding.reason}`: {finding.says}{settled}"
    quoted = textwrap.wrap(told, 98, break_on_hyphens=False, break_long_words=False)
    return f"```yaml\n{match['timeline']}```\n\n<!-- finding: {match['which']} -->\n" + "".join(
        f"> {line}\n" for line in quoted
    )


def _table(match: re.Match[str]) -> str:
    rows = [
        f"| `{key.name}`{' (needed)' if key.required else ''} | {key.page or key.says} |\n"
        for key in KEYS[match["what"]]
    ]
    return f"<!-- keys: {match['what']} -->\n| key | meaning |\n|---|---|\n" + "".join(rows)


def _file(match: re.Match[str]) -> str:
    text = (DOCS / match["path"]).read_text(encoding="utf-8")
    return f"<!-- file: {match['path']} -->\n```yaml\n{text}```\n"


if __name__ == "__main__":
    main()
