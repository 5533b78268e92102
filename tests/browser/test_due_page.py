"""The page of what is due is for everyone, and is printed on one sheet."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pypdfium2
import pytest

from tests.browser.conftest import Show
from tests.commands.test_due_command import AS_AT, FOLDER, TABLE
from tests.helpers.axe import faults
from tests.helpers.command import Chcheck

FILES = {**FOLDER, "t.csv": TABLE, "cases/p.yaml": FOLDER["cases/late.yaml"] + "record: partial\n"}
WAYS = {
    "a folder": ("cases",),
    "teams": ("t.csv", "--by", "team"),
    "nothing": ("cases/done.yaml",),
}


@pytest.fixture
def open_list(show: Show, chcheck: Chcheck, tmp_path: Path) -> Any:
    def opened(name: str, **settings: Any) -> Any:
        out = chcheck("due", *WAYS[name], *AS_AT, "--format", "html", files=FILES).out
        path = tmp_path / "due.html"
        path.write_text(out, encoding="utf-8")
        return show(path, **settings)

    return opened


@pytest.mark.parametrize("name", WAYS)
@pytest.mark.parametrize(
    "look", [{"color_scheme": "dark"}, {"viewport": {"width": 320, "height": 640}}]
)
def test_axe_finds_nothing(open_list: Any, name: str, look: dict[str, Any]) -> None:
    page = open_list(name, **look)
    assert faults(page) == []


@pytest.mark.parametrize("width", [320, 390, 1280])
def test_nothing_scrolls_sideways(open_list: Any, width: int) -> None:
    page = open_list("a folder", viewport={"width": width, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    cut = page.evaluate(
        "[...document.querySelectorAll('.scroll')].filter(o => o.scrollWidth > o.clientWidth + 1)"
        ".length"
    )
    assert cut == 0


def test_it_is_printed_on_one_page(open_list: Any, tmp_path: Path) -> None:
    page = open_list("a folder")
    path = tmp_path / "due.pdf"
    page.pdf(path=str(path), prefer_css_page_size=True)
    document = pypdfium2.PdfDocument(path)
    assert len(document) == 1
    text = document[0].get_textpage().get_text_range()
    assert "What is due" in text
    assert "Page 1 of 1" in text
    document.close()
