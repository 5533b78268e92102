"""What the HTML report says, read without a browser."""

from __future__ import annotations

import base64
import hashlib
import re
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from msgspec.structs import replace

from tests.helpers.reports import HOSTILE, SAMPLES, hostile, many, many_hostile, sample
from timeliness.model.findings import Accepted
from timeliness.model.report import Report
from timeliness.results.shares import DEFINITION
from timeliness.write.formats import Options
from timeliness.write.html import css_string, write_html


def _html(report: Report, **options: object) -> str:
    return write_html(report, Options(**options))  # type: ignore[arg-type]


def _words(html: str) -> str:
    """Return the words of a page, without its marks."""
    body = html.partition("</style>")[2]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", body))


LUTON = "determinations/luton-202229082.yaml"


def test_the_answer_comes_first_and_names_each_breach_once() -> None:
    words = _words(_html(sample(LUTON)))
    answer = words.index("4 breaches")
    assert answer < words.index("At a glance")
    assert "Complaint never acknowledged (policy and Code)" in words
    assert "Stage 2 response 6 working days late unless it was extended (Code)" in words
    assert "2 points cannot be decided from the record" in words


def test_late_under_both_is_told_in_one_line() -> None:
    words = _words(_html(sample("determinations/southwark-202113700.yaml")))
    assert (
        "Stage 1 response 2 working days late unless it was extended (policy), 7 working days late "
        "unless it was extended (Code, clause not read)" in words
    )


def test_what_would_settle_it_stands_with_the_line_to_add() -> None:
    words = _words(_html(sample(LUTON)))
    assert "In time only if logged on or after 18 October 2022." in words
    assert "- DATE complaint logged" in words


def test_both_readings_of_a_start_are_drawn_and_told() -> None:
    html = _html(sample(LUTON))
    assert "Stage 2 response, Policy, from the request" in html
    assert "Stage 2 response, Policy, from the acknowledgement" in html


def test_an_overrun_is_drawn_and_numbered() -> None:
    html = _html(sample(LUTON))
    assert ">9 Dec 2022, 6 working days late</text>" in html
    assert 'class="b-over"' in html


def test_weekends_and_bank_holidays_are_drawn_in_their_own_patterns() -> None:
    html = _html(sample("determinations/mtvh-202319788.yaml"))
    assert 'class="s-weekend"' in html
    assert 'class="s-holiday"' in html


def test_the_working_numbers_each_day_and_names_each_day_off() -> None:
    html = _html(sample("determinations/mtvh-202224230.yaml"))
    assert "Mon bank holiday: Boxing Day" in html or "bank holiday: Boxing Day" in html
    assert '<td class="d holiday">H</td>' in html


def test_what_was_used_is_named() -> None:
    words = _words(_html(sample(LUTON)))
    for part in ("As at 28 June 2024", "31 December 2028", "day-after", "chcheck 0"):
        assert part in words


def test_it_says_that_it_is_no_finding_of_the_ombudsman() -> None:
    says = "It is not a finding of the Housing Ombudsman, and only the Ombudsman can make one."
    for report in (sample(LUTON), many(25)):
        assert says in _html(report)
        assert says in _html(report, summary=True)


def test_events_stand_oldest_first_with_their_days_in_time_elements() -> None:
    html = _html(sample("six-lines.yaml"))
    events = html.partition('<ol class="events">')[2].partition("</ol>")[0]
    days = re.findall(r'<p class="when"><time datetime="([^"]+)"', events)
    assert len(days) >= 6
    assert days == sorted(days)


def test_the_policy_of_the_page_allows_its_own_style_by_its_hash() -> None:
    html = _html(sample(LUTON))
    style = html.partition("<style>")[2].partition("</style>")[0]
    hashed = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert f"default-src 'none'; style-src 'sha256-{hashed}'" in html
    assert " style=" not in html
    assert "<script" not in html


@pytest.mark.parametrize("report", [hostile(), many_hostile(25)], ids=["case", "export"])
@pytest.mark.parametrize("summary", [False, True])
def test_hostile_names_are_escaped_everywhere(report: Report, summary: bool) -> None:
    html = _html(report, summary=summary)
    assert HOSTILE not in html
    assert "<script" not in html
    assert "<img" not in html
    assert html.count("</style>") == 1
    assert "{{7*7}}" in html
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f\u202e]", html)


def test_a_css_string_leaves_nothing_but_letters_digits_and_blanks() -> None:
    assert css_string('a"b\\</style>\n') == '"a\\22 b\\5c \\3c \\2f style\\3e \\a "'


def test_problems_only_leaves_out_what_was_met_and_the_events() -> None:
    words = _words(_html(sample("six-lines.yaml"), show="problems"))
    assert "What happened, and when it was due" not in words
    assert "Stage 2 response" in words
    assert "Stage 1 response" not in words


def test_a_finding_that_was_accepted_is_shown_with_the_reason() -> None:
    report = sample("six-lines.yaml")
    (case,) = report.cases
    findings = tuple(
        replace(one, accepted=Accepted("strike of the staff", "A. Director", date(2026, 1, 31)))
        if one.verdict == "breach"
        else one
        for one in case.findings
    )
    words = _words(_html(replace(report, cases=(replace(case, findings=findings),))))
    assert "by A. Director until 31 January 2026 : strike of the staff" in words


# Several complaints, and exports ----------------------------------------------------------------


def test_several_complaints_begin_with_a_list_that_leads_to_each() -> None:
    html = _html(sample("determinations/mtvh-202334516.yaml"))
    assert "<h1>2 complaints</h1>" in html
    assert '<a href="#c1">202334516</a>' in html
    assert '<a href="#c2">00236471</a>' in html


def test_an_export_gives_its_shares_with_their_definition() -> None:
    report = many(200)
    findings = [one for case in report.cases for one in case.findings]
    stage_1 = [one.verdict for one in findings if one.rule == "stage-1-response"]
    met, breach = stage_1.count("met"), stage_1.count("breach")
    words = _words(_html(report))
    assert DEFINITION in words
    told = f"Stage 1 response, Code: {100 * met / (met + breach):.1f}% in time"
    assert told in words.replace(" : ", ": ").replace("  ", " ")
    assert f"({met} of {met + breach})" in words


def test_an_export_hides_nothing() -> None:
    report = many(400)
    breaches = sum(len(case.with_verdict("breach")) for case in report.cases)
    words = _words(_html(report))
    assert f"{breaches} breaches, the longest delay first." in words
    assert words.count(" working days so far ") + words.count(" working day so far ") > 10
    assert "complaints.csv:18: row 17 has a response before its receipt" in words
    assert "2 rows could not be read or checked" in words
    assert "the date of closure could not be read" in words
    assert "agreed with the resident" in words
    assert "Leasehold &amp; &lt;b&gt;rents&lt;/b&gt;" in _html(report)
    assert "address (400 different values)" in words
    assert "400 High Street" not in words


def test_what_an_export_leaves_out_is_counted() -> None:
    report = many(25)
    report = replace(report, cases=report.cases * 60)
    breaches = sum(len(case.with_verdict("breach")) for case in report.cases)
    words = _words(_html(report))
    assert f"{breaches:,} breaches, the longest delay first. The first 500 are shown" in words
    assert len(_html(report)) < 600_000


def test_a_summary_of_very_many_takes_the_worst_and_counts_the_rest() -> None:
    report = many(220)
    html = _html(report, summary=True)
    assert html.count('<section class="case one-page"') == 200
    assert "20 complaints left out." in html


# The command ------------------------------------------------------------------------------------


def test_the_command_writes_a_report_beside_its_text(tmp_path: Path) -> None:
    target = tmp_path / "report.html"
    done = _chcheck(str(SAMPLES / LUTON), "--output", f"html:{target}", "--summary")
    assert done.returncode == 1
    assert done.stdout.startswith("4 breaches: ")
    html = target.read_text(encoding="utf-8")
    assert '<section class="case one-page"' in html
    assert "input SHA-256 " in html


def test_the_command_prints_a_report_that_names_its_input_by_its_hash() -> None:
    path = SAMPLES / LUTON
    done = _chcheck(str(path), "--format", "html")
    assert done.stdout.startswith("<!DOCTYPE html>")
    assert done.stdout.endswith("</html>\n")
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    assert f"SHA-256 <code>{digest[:12]}<span>{digest[12:]}</span></code>" in done.stdout


def test_the_html_is_only_imported_where_it_is_asked_for() -> None:
    code = (
        "import sys\n"
        "from timeliness.cli import main\n"
        "try:\n    main()\nexcept SystemExit:\n    pass\n"
        "print('jinja2' in sys.modules, 'timeliness.write.html' in sys.modules)"
    )
    words = [sys.executable, "-c", code, str(SAMPLES / "six-lines.yaml")]
    done = subprocess.run(words, capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "False False"


def _chcheck(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "timeliness", *words],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
