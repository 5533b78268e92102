"""What the samples print, held against files that were read by eye.

After a change that is meant, write them anew and read the difference:

    CHCHECK_WRITE_GOLD=1 python -m pytest tests/test_gold.py
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.helpers.command import Chcheck
from timeliness.model.bank_holidays import calendar_source

ROOT = Path(__file__).parent.parent
GOLD = ROOT / "tests" / "gold"

CASES = {
    "luton-202229082.txt": ["samples/determinations/luton-202229082.yaml"],
    "luton-202229082-explain.txt": [
        "samples/determinations/luton-202229082.yaml",
        "--explain",
        "--show",
        "problems",
    ],
    "mtvh-202224230.txt": ["samples/determinations/mtvh-202224230.yaml"],
    "mtvh-202319788.txt": ["samples/determinations/mtvh-202319788.yaml"],
    "mtvh-202334516.txt": ["samples/determinations/mtvh-202334516.yaml"],
    "southwark-202113700.txt": ["samples/determinations/southwark-202113700.yaml"],
    "compliant-2024.txt": ["samples/compliant-2024.yaml"],
    "open-complaint.txt": ["samples/open-complaint.yaml"],
    "six-lines.txt": ["samples/six-lines.yaml", "--as-at", "2025-05-12"],
    "hazard.txt": ["samples/hazard.yaml"],
    "scotland.txt": ["samples/scotland.yaml"],
    "broken.txt": ["samples/broken.yaml"],
    "luton-202229082.json": ["samples/determinations/luton-202229082.yaml", "--format", "json"],
    "six-lines.json": [
        "samples/six-lines.yaml",
        "--as-at",
        "2025-05-12",
        "--format",
        "json",
        "--explain",
    ],
}


@pytest.mark.parametrize("name", CASES)
def test_a_sample_prints_what_it_did(
    chcheck: Chcheck, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.chdir(ROOT)
    ran = chcheck(*CASES[name])
    told = (ran.out + ran.err).replace(calendar_source(), "holidays VERSION")
    gold = GOLD / name
    if os.environ.get("CHCHECK_WRITE_GOLD"):
        gold.write_text(told, encoding="utf-8", newline="\n")
    assert told == gold.read_text(encoding="utf-8")


def test_there_is_no_gold_without_a_case() -> None:
    kept = [path.name for path in GOLD.iterdir() if path.suffix != ".html"]
    assert sorted(kept) == sorted(CASES)
