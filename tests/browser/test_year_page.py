"""The page for the board is for everyone, and is printed on three sheets at most."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pypdfium2
import pytest

from tests.browser.conftest import Show
from tests.helpers.axe import faults
from tests.helpers.command import Chcheck

SAMPLE = (Path(__file__).parent.parent.parent / "samples/export-wide.csv").read_text("utf-8")
ASKED = (
    *("year", "e.csv", "--year", "2024/25", "--as-at", "2025-06-12", "--by", "team"),
    *("--homes", "LCRA=3980", "--homes", "LCHO=230", "--format", "html"),
)


@pytest.fixture
def open_year(show: Show, chcheck: Chcheck, tmp_path: Path) -> Any:
    def opened(**settings: Any) -> Any:
        path = tmp_path / "year.html"
        path.write_text(chcheck(*ASKED, files={"e.csv": SAMPLE}).out, encoding="utf-8")
        return show(path, **settings)

    return opened


@pytest.mark.parametrize(
    "look", [{"color_scheme": "dark"}, {"viewport": {"width": 320, "height": 640}}]
)
def test_axe_finds_nothing(open_year: Any, look: dict[str, Any]) -> None:
    page = open_year(**look)
    assert faults(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_it_is_printed_on_three_sheets_at_most(open_year: Any, tmp_path: Path) -> None:
    path = tmp_path / "year.pdf"
    open_year().pdf(path=str(path), prefer_css_page_size=True)
    document = pypdfium2.PdfDocument(path)
    assert len(document) <= 3
    text = document[0].get_textpage().get_text_range()
    assert "The year 2024/25" in text
    assert "What became of the complaints" in text
    document.close()
