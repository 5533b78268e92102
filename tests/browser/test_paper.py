"""The report on paper: pages, heads, and nothing split, read back from the PDF."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pypdfium2
import pytest

from tests.helpers.reports import hostile, many, sample

DETERMINATIONS = (
    "luton-202229082",
    "mtvh-202224230",
    "mtvh-202319788",
    "mtvh-202334516",
    "southwark-202113700",
)
SAMPLES = (
    *(f"determinations/{name}.yaml" for name in DETERMINATIONS),
    "compliant-2024.yaml",
    "open-complaint.yaml",
    "six-lines.yaml",
)


def _pages(page: Any) -> list[str]:
    document = pypdfium2.PdfDocument(page.pdf(prefer_css_page_size=True))
    try:
        return [one.get_textpage().get_text_bounded() for one in document]
    finally:
        document.close()


def _solid(text: str) -> str:
    """Return text without blanks: where lines break does not matter then."""
    return re.sub(r"\s+", "", text)


def test_each_page_carries_the_reference_the_day_and_its_number(open_report: Any) -> None:
    pages = _pages(open_report(sample("determinations/luton-202229082.yaml")))
    assert 8 <= len(pages) <= 18
    for number, text in enumerate(pages, 1):
        assert "Complaint 202229082, Luton Borough Council" in text
        assert "As at 28 June 2024" in text
        assert f"Page {number} of {len(pages)}" in text
        assert "Not a finding of the Housing Ombudsman" in text


def test_the_pages_are_a4(open_report: Any) -> None:
    page = open_report(sample("open-complaint.yaml"))
    document = pypdfium2.PdfDocument(page.pdf(prefer_css_page_size=True))
    sizes = {tuple(map(round, one.get_size())) for one in document}
    document.close()
    assert sizes == {(595, 842)}


def test_no_finding_and_no_lane_is_split(open_report: Any) -> None:
    page = open_report(sample("determinations/southwark-202113700.yaml"))
    wholes = page.evaluate(
        """() => [...document.querySelectorAll('.finding, .lane .row, .answer')].map(one =>
        [...one.querySelectorAll('h3, p, li, dd, text')].map(part => part.textContent))"""
    )
    pages = [_solid(text) for text in _pages(page)]
    assert len(wholes) >= 5
    for parts in wholes:
        assert any(all(_solid(part) in text for part in parts) for text in pages), parts


def test_a_heading_is_never_left_alone_at_the_foot_of_a_page(open_report: Any) -> None:
    for report in (sample("determinations/southwark-202113700.yaml"), many(60)):
        page = open_report(report)
        headings = page.evaluate(
            "() => [...document.querySelectorAll('h2, h3')].map(one => one.textContent.trim())"
        )
        for text in _pages(page):
            lines = [line.strip() for line in text.splitlines() if line.strip()]
            foot = next(place for place, line in enumerate(lines) if "Made with chcheck" in line)
            body = [line for line in lines[:foot] if not line.startswith("As at")]
            assert body[-1] not in headings


def test_long_tables_repeat_their_heads(open_report: Any) -> None:
    pages = _pages(open_report(many(400)))
    first = next(place for place, text in enumerate(pages) if "Each breach" in text)
    assert all("Complaint What Under" in text for text in pages[first : first + 3])


@pytest.mark.parametrize("name", SAMPLES)
def test_a_summary_takes_one_page_for_each_complaint(open_report: Any, name: str) -> None:
    report = sample(name)
    pages = _pages(open_report(report, summary=True))
    assert len(pages) == len(report.cases)
    for case, text in zip(report.cases, pages, strict=True):
        assert f"Complaint {case.timeline.complaint}" in text
        assert "not a finding of the Housing" in text


def test_a_summary_with_far_too_much_for_a_page_keeps_to_it_and_counts_the_rest(
    open_report: Any,
) -> None:
    report = sample("determinations/southwark-202113700.yaml")
    (case,) = report.cases
    promises = tuple(one for one in case.findings if one.standard == "promise")
    report = replace(report, cases=(replace(case, findings=case.findings + promises * 8),))
    (text,) = _pages(open_report(report, summary=True))
    assert "more points: see the full report" in text


def test_a_hostile_reference_stays_within_the_head_of_the_page(open_report: Any) -> None:
    pages = _pages(open_report(hostile()))
    assert all("</style><script>alert(1)</script>" in text for text in pages)
    assert all("As at 1 August 2025" in text for text in pages)


def test_the_table_of_days_taken_is_left_to_the_screen(open_report: Any) -> None:
    page = open_report(many(60))
    text = " ".join(" ".join(_pages(page)).split())
    assert "Half took" in text
    assert "Against the limit" in page.content()
    assert "Against the limit" not in text
