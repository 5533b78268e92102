"""The page of two runs compared is for everyone, and is printed whole."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pypdfium2
from axe_playwright_python.sync_playwright import Axe

from tests.commands.test_compare_command import runs
from tests.helpers.command import Chcheck

__all__ = ["runs"]


def test_the_page_is_for_everyone_and_for_paper(
    browser: Any, chcheck: Chcheck, runs: None, tmp_path: Path
) -> None:
    chcheck("compare", "march.json", "april.json", "--output=html:c.html")
    context = browser.new_context(viewport={"width": 320, "height": 640}, color_scheme="dark")
    page = context.new_page()
    page.goto((tmp_path / "c.html").as_uri())
    found = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
    assert [one["id"] for one in found] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    document = pypdfium2.PdfDocument(page.pdf(prefer_css_page_size=True))
    text = " ".join(document[0].get_textpage().get_text_range().split())
    assert "2 new breaches. 1 mended, 1 no longer there, 1 changed, 1 still not done." in text
    assert "31 March 2025 to 30 April 2025" in text
    document.close()
    context.close()
