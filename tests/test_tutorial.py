"""The tutorial works as it is written: its files are saved and its commands run, in their order."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

from tests.helpers.command import Chcheck

PAGE = Path(__file__).parent.parent / "docs/tutorial.md"
BLOCK = re.compile(r"(?:<!-- save: (?P<name>\S+) -->\n)?```(?P<kind>\w*)\n(?P<text>.*?)```\n", re.S)


def test_every_block_does_what_the_page_says(chcheck: Chcheck, tmp_path: Path) -> None:
    saved, ran = 0, 0
    for block in BLOCK.finditer(PAGE.read_text(encoding="utf-8")):
        if block["kind"] == "yaml":
            assert block["name"], "a file that nobody is asked to save"
            (tmp_path / block["name"]).write_text(block["text"], encoding="utf-8")
            saved += 1
            continue
        assert block["kind"] == "console"
        command, _, shown = block["text"].partition("\n")
        words = shlex.split(command.removeprefix("$ "))
        assert words[0] == "chcheck"
        result = chcheck(*words[1:])
        printed, place = result.out + result.err, 0
        for part in shown.split("...\n"):
            found = printed.find(part, place)
            assert found >= 0, part
            place = found + len(part)
        assert shown.endswith("...\n") or place == len(printed)
        ran += 1
    assert (saved, ran) == (4, 5)
    assert "<h1>Complaint C-1042</h1>" in (tmp_path / "C-1042.html").read_text(encoding="utf-8")


def test_every_word_of_yaml_is_explained() -> None:
    text = PAGE.read_text(encoding="utf-8")
    explained = set(re.findall(r"\*\*([a-z ]+)\*\*", text))
    assert {"timeline", "key", "value", "list", "item", "indentation", "comment"} <= explained
