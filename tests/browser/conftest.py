"""A real browser, headless: skipped where there is none, except where CI has to have it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from timeliness import Report
from timeliness.write.formats import Options
from timeliness.write.html import write_html

NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@pytest.fixture(scope="session")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    path = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    if path is None:
        if os.environ.get("CI") == "true":
            pytest.fail("no Chromium: .ci/run installs it, so these tests must not be skipped")
        pytest.skip("no Chromium on this machine; install it, or name it in CHROMIUM")
    from playwright.sync_api import sync_playwright

    # What the browser keeps of itself stays out of the home of whoever runs the tests.
    home = str(tmp_path_factory.mktemp("home"))
    own = {"HOME": home, "XDG_CONFIG_HOME": home, "XDG_CACHE_HOME": home}
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=path, args=list(FLAGS), env={**os.environ, **own}
        )
        yield chromium
        chromium.close()


Open = Callable[..., Any]
"""Opens a report in a new page of a context with these settings; pages close after the test."""


@pytest.fixture
def open_report(browser: Any, tmp_path: Path) -> Iterator[Open]:
    contexts = []

    def opened(report: Report, *, summary: bool = False, **settings: Any) -> Any:
        path = tmp_path / f"report-{len(contexts)}.html"
        path.write_text(write_html(report, Options(summary=summary)), encoding="utf-8")
        context = browser.new_context(**settings)
        contexts.append(context)
        page = context.new_page()
        page.seen = {"requests": [], "trouble": []}
        page.on("request", lambda request: page.seen["requests"].append(request.url))
        page.on("console", lambda message: page.seen["trouble"].append(message.text))
        page.on("pageerror", lambda error: page.seen["trouble"].append(str(error)))
        page.on("dialog", lambda dialog: page.seen["trouble"].append(dialog.message))
        page.goto(path.as_uri())
        return page

    yield opened
    for context in contexts:
        context.close()
