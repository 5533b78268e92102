"""The report on paper: pages, heads, and nothing split, read back from the PDF."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pypdfium2
import pytest
from msgspec.structs import replace

from tests.helpers.reports import hostile, many, sample
from timeliness import Report

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


@dataclass(frozen=True)
class Sheet:
    """A sheet of paper: its text, and its width and height in points."""

    text: str
    size: tuple[int, int]


Print = Callable[..., list[Sheet]]
"""Prints a report; one that several tests look at is printed once."""


@pytest.fixture(scope="module")
def read_back() -> dict[bool, list[tuple[Report, list[Sheet]]]]:
    """Hold what was printed of reports (False) and of their summaries (True)."""
    return {False: [], True: []}


@pytest.fixture
def printed(open_report: Any, read_back: dict[bool, list[tuple[Report, list[Sheet]]]]) -> Print:
    def sheets(report: Report, *, summary: bool = False) -> list[Sheet]:
        before = read_back[summary]
        found = next((sheets for one, sheets in before if one is report), None)
        if found is None:
            page = open_report(report, summary=summary)
            document = pypdfium2.PdfDocument(page.pdf(prefer_css_page_size=True))
            found = [_sheet(one) for one in document]
            document.close()
            before.append((report, found))
        return found

    return sheets


def _sheet(page: Any) -> Sheet:
    width, height = page.get_size()
    return Sheet(page.get_textpage().get_text_bounded(), (round(width), round(height)))


def _solid(text: str) -> str:
    """Return text without blanks: where lines break does not matter then."""
    return re.sub(r"\s+", "", text)


def test_each_page_carries_the_reference_the_day_and_its_number(printed: Print) -> None:
    sheets = printed(sample("determinations/luton-202229082.yaml"))
    assert 8 <= len(sheets) <= 18
    for number, sheet in enumerate(sheets, 1):
        assert "Complaint 202229082, Luton Borough Council" in sheet.text
        assert "As at 28 June 2024" in sheet.text
        assert f"Page {number} of {len(sheets)}" in sheet.text
        assert "Not a finding of the Housing Ombudsman" in sheet.text


def test_the_pages_are_a4(printed: Print) -> None:
    sheets = printed(sample("determinations/luton-202229082.yaml"))
    assert {sheet.size for sheet in sheets} == {(595, 842)}


def test_no_finding_and_no_lane_is_split(open_report: Any, printed: Print) -> None:
    report = sample("determinations/southwark-202113700.yaml")
    wholes = open_report(report).evaluate(
        """() => [...document.querySelectorAll('.finding, .lane .row, .answer')].map(one =>
        [...one.querySelectorAll('h3, p, li, dd, text')].map(part => part.textContent))"""
    )
    texts = [_solid(sheet.text) for sheet in printed(report)]
    assert len(wholes) >= 5
    for parts in wholes:
        assert any(all(_solid(part) in text for part in parts) for text in texts), parts


def test_a_heading_is_never_left_alone_at_the_foot_of_a_page(
    open_report: Any, printed: Print
) -> None:
    for report in (sample("determinations/southwark-202113700.yaml"), many(60)):
        headings = open_report(report).evaluate(
            "() => [...document.querySelectorAll('h2, h3')].map(one => one.textContent.trim())"
        )
        for sheet in printed(report):
            lines = [line.strip() for line in sheet.text.splitlines() if line.strip()]
            foot = next(place for place, line in enumerate(lines) if "Made with chcheck" in line)
            body = [line for line in lines[:foot] if not line.startswith("As at")]
            assert body[-1] not in headings


def test_long_tables_repeat_their_heads(printed: Print) -> None:
    sheets = printed(many(150))
    first = next(place for place, sheet in enumerate(sheets) if "Each breach" in sheet.text)
    table = sheets[first : first + 3]
    assert len(table) == 3
    assert all("Complaint What Under" in sheet.text for sheet in table)


@pytest.mark.parametrize("name", SAMPLES)
def test_a_summary_takes_one_page_for_each_complaint(printed: Print, name: str) -> None:
    report = sample(name)
    sheets = printed(report, summary=True)
    assert len(sheets) == len(report.cases)
    for case, sheet in zip(report.cases, sheets, strict=True):
        assert f"Complaint {case.timeline.complaint}" in sheet.text
        assert "not a finding of the Housing" in sheet.text


def test_a_summary_with_far_too_much_for_a_page_keeps_to_it_and_counts_the_rest(
    printed: Print,
) -> None:
    report = sample("determinations/southwark-202113700.yaml")
    (case,) = report.cases
    promises = tuple(one for one in case.findings if one.standard == "promise")
    report = replace(report, cases=(replace(case, findings=case.findings + promises * 8),))
    (sheet,) = printed(report, summary=True)
    assert "more points: see the full report" in sheet.text


def test_a_hostile_reference_stays_within_the_head_of_the_page(printed: Print) -> None:
    sheets = printed(hostile())
    assert all("</style><script>alert(1)</script>" in sheet.text for sheet in sheets)
    assert all("As at 1 August 2025" in sheet.text for sheet in sheets)


def test_the_table_of_days_taken_is_left_to_the_screen(open_report: Any, printed: Print) -> None:
    report = many(60)
    text = " ".join(" ".join(sheet.text for sheet in printed(report)).split())
    assert "Half took" in text
    assert "Against the limit" in open_report(report).content()
    assert "Against the limit" not in text
