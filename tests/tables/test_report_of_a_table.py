"""The report of a table: every row accounted for, as on the terminal."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

SAMPLES = Path(__file__).parents[2] / "samples"


def test_the_report_accounts_for_every_row_and_tells_of_the_record(
    chcheck: Any, tmp_path: Path
) -> None:
    # The sample export was made with these faults: two cells and two rows that cannot be read,
    # one event after the as-at date, one response before its complaint.
    ran = chcheck(
        str(SAMPLES / "export-wide.csv"),
        *("--config", str(SAMPLES / "export-chcheck.toml"), "--output", "html:out.html"),
    )
    told = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", (tmp_path / "out.html").read_text("utf-8")))
    rows = "Rows: 500 read = 496 checked + 2 checked in part + 2 rejected."
    assert rows in ran.out
    assert rows in told
    assert "Event after the as-at date: 1" in told
    assert "Impossible order: 1" in told


def test_what_was_used_says_how_the_table_was_read(chcheck: Any, tmp_path: Path) -> None:
    rows = "".join(f"C{row},2025-03-03,2025-03-{row % 3 + 4:02},x\n" for row in range(25))
    table = f"Complaints of March\nRef,Received,Acknowledged,Notes\n{rows}"
    files = {"t.csv": table + "LATE,2025-03-03,2025-04-30,x\n"}
    chcheck("t.csv", "--as-at", "2025-05-30", "--output=html:o.html", files=files)
    html = (tmp_path / "o.html").read_text("utf-8")
    held = "Ref: complaint; Received: complaint received; Acknowledged: complaint acknowledged"
    assert f"<dt>Columns of t.csv</dt><dd>{held}" in html
    assert "<dt>Note on t.csv</dt><dd>1 row above the header left out</dd>" in html
    assert "<dt>Note on t.csv</dt><dd>no column for:" in html
    # A title, the header and 25 rows stand above the late one.
    row = re.search(r'<th scope="row">LATE</th>.*?</tr>', html)
    assert row
    assert row[0].endswith('<td class="num">28</td></tr>')


def test_days_that_differ_are_given_as_a_span_and_for_each_complaint(
    chcheck: Any, tmp_path: Path
) -> None:
    text = (
        "complaint: Z1\nas_at: 2025-03-31\nevents:\n  - 2025-03-03 received\n---\n"
        "complaint: Z2\nas_at: 2026-03-31\nevents:\n  - 2026-03-20 received\n"
    )
    chcheck("z.yaml", "--output=html:o.html", files={"z.yaml": text})
    html = (tmp_path / "o.html").read_text("utf-8")
    assert "<title>2 complaints, as at 31 March 2025 to 31 March 2026, by complaint</title>" in html
    first = '<time datetime="2025-03-31">31 March 2025</time>'
    last = '<time datetime="2026-03-31">31 March 2026</time>'
    assert f"<p>As at {first} to {last}, by complaint.</p>" in html
    assert f'>Z1</a><br><span class="quiet">as at {first}</span></th>' in html
    assert f'>Z2</a><br><span class="quiet">as at {last}</span></th>' in html


def test_the_report_of_a_few_rows_tells_the_episodes_of_a_complaint(
    chcheck: Any, tmp_path: Path
) -> None:
    table = (
        "Ref,Complaint received,Complaint acknowledged,Stage 1 response,Complaint refused\n"
        "A1,2025-04-01,2025-04-02,,2025-05-03\n"
        "A1,2025-06-05,2025-06-06,2025-07-30,\n"
        "B1,2025-06-05,2025-06-06,2025-07-30,\n"
    )
    chcheck("t.csv", "--as-at", "2026-01-31", "--output=html:o.html", files={"t.csv": table})
    html = (tmp_path / "o.html").read_text("utf-8")
    told = (
        "The first complaint, of 1 April 2025, was refused on 3 May 2025; "
        "the second, of 5 June 2025, was answered on 30 July 2025."
    )
    assert html.count(told) == 1


def test_what_nothing_is_recorded_about_is_counted_in_every_row(chcheck: Any) -> None:
    # The second was withdrawn on the day of its receipt, so that its events may be in any order,
    # and had no response. No letter is recorded, nor who wrote any.
    rows = {
        "A": "2025-02-03,2025-02-04,2025-02-12,2025-03-03,2025-03-21,",
        "B": "2025-02-03,2025-02-04,,,,2025-02-03",
        "C": "2025-02-03,2025-02-04,2025-02-12,2025-03-03,2025-03-21,",
    }
    head = "Ref,Received,Acknowledged,Stage 1 Response,Escalated,Stage 2 Response,Withdrawn"
    table = "\n".join([head, *(f"{ref},{row}" for ref, row in rows.items())]) + "\n"
    run = chcheck("export.csv", "--as-at", "2025-06-30", files={"export.csv": table})
    section = run.out.split("NOT CHECKED: nothing is recorded about these\n")[1].split("\n\n")[0]
    counted = dict(line.strip().rsplit(": ", 1) for line in section.splitlines())
    assert counted["Acknowledgement letter (Code)"] == "3"
    assert counted["Stage 1 letter (Code)"] == "2"
    assert counted["Stage 2 decided by a different person (Code)"] == "2"
