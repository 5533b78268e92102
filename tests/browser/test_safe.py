"""The report is safe: it asks for nothing, runs nothing, and needs no script."""

from __future__ import annotations

from typing import Any

from tests.helpers.reports import HOSTILE, hostile, many, many_hostile, sample

CASE = "determinations/luton-202229082.yaml"


def test_a_report_asks_for_nothing_but_itself(open_report: Any) -> None:
    for report in (sample(CASE), many(40), hostile()):
        page = open_report(report)
        page.wait_for_timeout(100)
        assert page.seen["requests"] == [page.url]
        assert page.seen["trouble"] == []


def test_hostile_names_are_shown_as_they_are_and_never_run(open_report: Any) -> None:
    for report in (hostile(), many_hostile(25)):
        page = open_report(report)
        assert page.evaluate("document.scripts.length") == 0
        assert page.evaluate("document.images.length") == 0
        assert page.evaluate("document.querySelectorAll('style').length") == 1
        assert HOSTILE in page.evaluate("document.body.innerText")
        assert page.seen["trouble"] == []


def test_control_characters_are_shown_as_their_numbers(open_report: Any) -> None:
    words = open_report(hostile()).evaluate("document.body.innerText")
    assert "<U+001B>[31m<U+202E>" in words
    assert "\u202e" not in words


def test_the_policy_of_the_page_lets_its_own_style_in_and_nothing_else(open_report: Any) -> None:
    page = open_report(sample(CASE))
    background = "getComputedStyle(document.documentElement).backgroundColor"
    assert page.evaluate(background) == "rgb(255, 253, 248)"
    page.evaluate(
        """() => { const style = document.createElement('style');
        style.textContent = 'html { background: red !important }'; document.head.append(style); }"""
    )
    assert page.evaluate(background) == "rgb(255, 253, 248)"
    assert any("Content Security Policy" in one for one in page.seen["trouble"])


def test_without_javascript_the_page_is_the_same(open_report: Any) -> None:
    size = {"viewport": {"width": 900, "height": 1200}}
    report = sample("open-complaint.yaml")
    without = open_report(report, java_script_enabled=False, **size)
    assert without.screenshot(full_page=True) == open_report(report, **size).screenshot(
        full_page=True
    )
