"""The report is for everyone: axe finds nothing, nothing is cut, the keyboard is enough."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.helpers.axe import faults
from tests.helpers.reports import empty, hostile, many, sample
from timeliness import Report

PHONE = {"viewport": {"width": 320, "height": 640}}
REPORTS: dict[str, Callable[[], Report]] = {
    "case": lambda: sample("determinations/luton-202229082.yaml"),
    "long case": lambda: sample("determinations/southwark-202113700.yaml"),
    "several": lambda: sample("determinations/mtvh-202334516.yaml"),
    "export": lambda: many(60),
    "empty": empty,
    "hostile": hostile,
}
LOOKS = {
    "light": {"color_scheme": "light"},
    "dark": {"color_scheme": "dark"},
    "forced colours": {"forced_colors": "active"},
    "narrow": PHONE,
}


@pytest.mark.parametrize(
    ("name", "look"),
    [
        *(("case", look) for look in LOOKS),
        ("export", "dark"),
        ("empty", "light"),
    ],
)
def test_axe_finds_nothing(open_report: Any, name: str, look: str) -> None:
    page = open_report(REPORTS[name](), **LOOKS[look])
    assert faults(page) == []


def test_axe_finds_nothing_in_several_complaints_and_in_summaries(open_report: Any) -> None:
    report = REPORTS["several"]()
    assert faults(open_report(report, **LOOKS["light"])) == []
    assert faults(open_report(report, summary=True, **LOOKS["dark"])) == []


def test_a_fault_of_one_text_among_many_is_found(open_report: Any) -> None:
    page = open_report(REPORTS["empty"]())
    page.evaluate(
        """() => {
        const [plain, hidden, faint] = [...'123'].map(() => document.createElement('p'));
        for (const one of [plain, hidden, faint]) one.textContent = 'words';
        for (const one of [hidden, faint]) one.style.color = '#ccc';
        hidden.hidden = true;
        faint.id = 'faint';
        document.querySelector('main').innerHTML = '<h1>x</h1><img src="data:,">';
        document.querySelector('main').append(plain, hidden, faint);
        }"""
    )
    assert faults(page) == ["image-alt: img", "color-contrast: #faint"]


@pytest.mark.parametrize("name", REPORTS)
def test_at_320_pixels_nothing_scrolls_sideways_but_wide_tables(
    open_report: Any, name: str
) -> None:
    page = open_report(REPORTS[name](), **PHONE)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert _cut(page) == []


@pytest.mark.parametrize("name", REPORTS)
def test_at_twice_the_size_of_text_nothing_is_cut(open_report: Any, name: str) -> None:
    page = open_report(REPORTS[name](), viewport={"width": 1024, "height": 768})
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert page.evaluate("document.documentElement.scrollWidth") <= 1024
    assert _cut(page) == []


def _cut(page: Any) -> list[str]:
    """Return the words of drawings and the texts that run out of the page."""
    return page.evaluate(
        """() => [...document.querySelectorAll('svg text, p, li, h1, h2')]
        .filter(one => !one.closest('.scroll'))
        .filter(one => {
            const box = one.getBoundingClientRect();
            return box.width && (box.left < -1 || box.right > window.innerWidth + 1);
        }).map(one => one.textContent)"""
    )


def test_every_drawing_has_a_title_and_a_description(open_report: Any) -> None:
    page = open_report(REPORTS["case"]())
    drawings = page.locator("svg[role=img]")
    assert drawings.count() >= 10
    for place in range(drawings.count()):
        drawing = drawings.nth(place)
        assert drawing.locator("> title").text_content()
        assert drawing.locator("> desc").text_content()
        assert drawing.get_attribute("aria-label")
    others = page.locator("svg:not([role=img]):not([aria-hidden=true]):not(svg svg)")
    hidden = "one => Boolean(one.closest('[aria-hidden=true]'))"
    assert all(others.nth(place).evaluate(hidden) for place in range(others.count()))


def test_what_a_drawing_shows_stands_in_a_table_too(open_report: Any) -> None:
    page = open_report(REPORTS["case"]())
    rows = page.locator("table.figures tbody tr").count()
    assert rows == page.locator("figure.strip svg[role=img]").count()


def test_the_keyboard_reaches_the_skip_link_the_sections_and_the_wide_tables(
    open_report: Any,
) -> None:
    page = open_report(REPORTS["case"](), **PHONE)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the answer"
    page.keyboard.press("Enter")
    assert page.evaluate("location.hash") == "#main"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "At a glance"
    page.keyboard.press("Tab")
    focused = "getComputedStyle(document.activeElement).outlineStyle"
    assert page.evaluate(focused) == "solid"


def test_every_link_leads_somewhere(open_report: Any) -> None:
    for name in ("case", "several", "export"):
        page = open_report(REPORTS[name]())
        nowhere = page.evaluate(
            """() => [...document.querySelectorAll('a[href^="#"], use')]
            .map(one => one.getAttribute('href'))
            .filter(to => !document.getElementById(to.slice(1)))"""
        )
        assert nowhere == []
        twice = page.evaluate(
            """() => { const ids = [...document.querySelectorAll('[id]')].map(one => one.id);
            return ids.filter((id, place) => ids.indexOf(id) !== place); }"""
        )
        assert twice == []


def test_a_verdict_is_a_word_and_a_shape_beside_its_colour(open_report: Any) -> None:
    page = open_report(REPORTS["case"]())
    bare = page.evaluate(
        """() => [...document.querySelectorAll('.v')]
        .filter(one => !one.querySelector('svg use') || !one.textContent.trim()).length"""
    )
    assert bare == 0
    shapes = page.evaluate(
        """() => [...new Set([...document.querySelectorAll('.v')]
        .map(one => one.textContent.trim().split(' ')[0] + one.querySelector('use')
        .getAttribute('href')))]"""
    )
    assert "Breach#i-cross" in shapes
    assert "Cannot#i-query" in shapes
