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


Show = Callable[..., Any]
"""Shows a file in a page of a context with these settings, which then is free for the next test."""


@pytest.fixture(scope="session")
def context_of(browser: Any) -> Callable[..., Any]:
    """Return what gives the one context with these settings: making one costs what a test does."""
    made: dict[str, Any] = {}

    def given(**settings: Any) -> Any:
        key = repr(sorted(settings.items()))
        if key not in made:
            made[key] = browser.new_context(**settings)
        return made[key]

    return given


@pytest.fixture(scope="session")
def free_pages() -> dict[Any, list[Any]]:
    """Hold the pages of each context that no test looks at."""
    return {}


@pytest.fixture
def show(context_of: Callable[..., Any], free_pages: dict[Any, list[Any]]) -> Iterator[Show]:
    taken = []

    def shown(path: Path, **settings: Any) -> Any:
        context = context_of(**settings)
        free = free_pages.setdefault(context, [])
        page = free.pop() if free else _watched(context.new_page())
        taken.append((free, page))
        page.seen = {"requests": [], "trouble": []}
        page.goto(path.as_uri())
        return page

    yield shown
    for free, page in taken:
        free.append(page)


def _watched(page: Any) -> Any:
    """Let a page note in `page.seen` what it asks for and what goes wrong."""
    page.on("request", lambda request: page.seen["requests"].append(request.url))
    page.on("console", lambda message: page.seen["trouble"].append(message.text))
    page.on("pageerror", lambda error: page.seen["trouble"].append(str(error)))
    page.on("dialog", lambda dialog: page.seen["trouble"].append(dialog.message))
    return page


@pytest.fixture
def open_report(show: Show, tmp_path: Path) -> Callable[..., Any]:
    """Return what shows a report as HTML."""

    def opened(report: Report, *, summary: bool = False, **settings: Any) -> Any:
        path = tmp_path / f"report-{len(list(tmp_path.iterdir()))}.html"
        path.write_text(write_html(report, Options(summary=summary)), encoding="utf-8")
        return show(path, **settings)

    return opened
