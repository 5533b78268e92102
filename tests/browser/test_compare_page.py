"""The page of two runs compared is for everyone, and is printed whole."""

from __future__ import annotations

from pathlib import Path

import pypdfium2

from tests.browser.conftest import Show
from tests.commands.test_compare_command import runs
from tests.helpers.axe import faults
from tests.helpers.command import Chcheck

__all__ = ["runs"]


def test_the_page_is_for_everyone_and_for_paper(
    show: Show, chcheck: Chcheck, runs: None, tmp_path: Path
) -> None:
    chcheck("compare", "march.json", "april.json", "--output=html:c.html")
    size = {"width": 320, "height": 640}
    page = show(tmp_path / "c.html", viewport=size, color_scheme="dark")
    assert faults(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    document = pypdfium2.PdfDocument(page.pdf(prefer_css_page_size=True))
    text = " ".join(document[0].get_textpage().get_text_range().split())
    assert "2 new breaches. 1 mended, 1 no longer there, 1 changed, 1 still not done." in text
    assert "31 March 2025 to 30 April 2025" in text
    document.close()
