"""The HTML held against gold files, byte for byte.

After a change that is meant, write them anew and read the difference:

    CHCHECK_WRITE_GOLD=1 python -m pytest tests/write/test_html_gold.py
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from tests.helpers.reports import empty, many, sample
from timeliness import Report, __version__
from timeliness.model.bank_holidays import calendar_source
from timeliness.write.formats import Options
from timeliness.write.html import write_html

GOLD = Path(__file__).parent.parent / "gold"

CASES: dict[str, tuple[Callable[[], Report], Options]] = {
    "open-complaint": (lambda: sample("open-complaint.yaml"), Options()),
    "six-lines": (lambda: sample("six-lines.yaml", date(2025, 6, 30)), Options()),
    "six-lines-summary": (lambda: sample("six-lines.yaml"), Options(summary=True)),
    "six-lines-problems": (lambda: sample("six-lines.yaml"), Options(show="problems")),
    "export": (lambda: many(30), Options()),
    "empty": (empty, Options()),
}


def _gold(report: Report, options: Options) -> str:
    """Return the HTML without what differs by version or place: the style has a file of its own."""
    html = write_html(report, options)
    before, _, rest = html.partition("<style>")
    _, _, after = rest.partition("</style>")
    hashed = before.partition("sha256-")[2].partition("'")[0]
    text = before.replace(hashed, "HASH") + "<style>STYLE</style>" + after
    for one in report.inputs:
        text = text.replace(one.path, Path(one.path).name)
    text = re.sub("[0-9a-f]{64}|[0-9a-f]{12}<span>[0-9a-f]{52}</span>", "SHA-256", text)
    key = "&#34;chcheck&#34;: &#34;"
    text = text.replace(f"{key}{__version__}", f"{key}VERSION")
    text = text.replace(calendar_source(), "holidays VERSION")
    return text.replace(f"chcheck {__version__}", "chcheck VERSION")


@pytest.mark.parametrize("name", CASES)
def test_the_html_is_as_the_gold_file_has_it(name: str) -> None:
    make, options = CASES[name]
    path = GOLD / f"{name}.html"
    text = _gold(make(), options)
    if os.environ.get("CHCHECK_WRITE_GOLD"):
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
    assert text == path.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", CASES)
def test_the_same_report_gives_the_same_bytes(name: str) -> None:
    make, options = CASES[name]
    assert write_html(make(), options) == write_html(make(), options)
