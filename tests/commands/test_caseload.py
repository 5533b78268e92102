"""Several complaints begin with what is due and a list; one of them is a command away."""

from __future__ import annotations

import pytest

from tests.commands.test_due_command import AS_AT, FOLDER, TABLE, case
from tests.helpers.command import Chcheck

LIST = """\
1 of 4 complaints has a breach: L-1.
Overdue 1; due by Thursday 3 December: 2. Due later: 1.

COMPLAINTS
  L-1  1 breach; overdue by 2 working days: stage 1 response (Code)
  N-1  no breach so far; due today: stage 1 response (Code)
  A-1  no breach so far; due Fri 27 Nov: acknowledge the complaint (Code)
  Z-1  no breach

"""


def test_several_timelines_begin_with_a_list_the_most_urgent_first(chcheck: Chcheck) -> None:
    ran = chcheck("cases", *AS_AT, files=FOLDER)
    assert ran.out.startswith(f"{LIST}{'=' * 80}\n\n")
    # Each of them follows in full, in the order of their files.
    assert [line for line in ran.out.splitlines() if line.startswith("Complaint ")] == [
        "Complaint Z-1",
        "Complaint L-1",
        "Complaint A-1",
        "Complaint N-1",
    ]
    # One alone has no list.
    assert "COMPLAINTS" not in chcheck("cases/late.yaml", *AS_AT).out


def test_a_list_of_problems_leaves_out_what_is_in_order(chcheck: Chcheck) -> None:
    out = chcheck("cases", *AS_AT, "--show", "problems", files=FOLDER).out
    assert "COMPLAINTS\n  L-1  1 breach; " in out
    assert not [name for name in ("N-1", "A-1", "Z-1") if name in out]


def test_more_than_twenty_are_listed_without_their_reports(chcheck: Chcheck) -> None:
    more = {f"cases/m{number:02}.yaml": FOLDER["cases/done.yaml"] for number in range(20)}
    out = chcheck("cases", *AS_AT, files={**FOLDER, **more}).out
    lines = out.splitlines()
    at = lines.index("COMPLAINTS")
    assert lines[at + 1].startswith("  L-1  1 breach; overdue by 2 working days: ")
    assert lines[at + 4 : at + 25] == ["  Z-1  no breach"] * 21
    assert lines[at + 25] == "Add --complaint REFERENCE to print the full report of one."
    assert "SHARE IN TIME" in out
    assert "TIMELINE" not in out


def test_a_table_says_what_is_due_next(chcheck: Chcheck) -> None:
    out = chcheck("t.csv", *AS_AT, files={"t.csv": TABLE}).out
    assert out.startswith(
        "1 of 4 complaints has a breach (25.0%).\n"
        "Overdue 1; due by Thursday 3 December: 2. Due later: 1.\n\nAs at 26 November 2026.\n"
    )
    assert (
        "\nDUE NEXT\n"
        "  Today, Thursday 26 November 2026\n"
        "    N-1: stage 1 response (Code)\n"
        "  Friday 27 November 2026, in 1 working day\n"
        "    A-1: acknowledge the complaint (Code)\n"
        "  `chcheck due` lists more. Add --complaint REFERENCE to print the full report\n"
        "  of one.\n"
    ) in out


def test_a_long_table_names_the_first_ten_and_counts_the_rest(chcheck: Chcheck) -> None:
    rows = [f"R-{number:02},2026-11-20,,,,," for number in range(40)]
    table = "\n".join([TABLE.splitlines()[0], *rows, ""])
    out = chcheck("t.csv", *AS_AT, files={"t.csv": table}).out
    # Each has an acknowledgement due within five working days, and a response after them.
    assert "Overdue 0; due by Thursday 3 December: 40. Due later: 40.\n" in out
    assert out.count(": acknowledge the complaint (Code)\n") == 10
    assert "  and 30 more; `chcheck due` lists them. " in out


def test_markdown_and_html_say_it_too(chcheck: Chcheck) -> None:
    says = "Overdue 1; due by Thursday 3 December: 2. Due later: 1."
    for path in ("cases", "t.csv"):
        for name in ("markdown", "html"):
            ran = chcheck(path, *AS_AT, "--format", name, files={**FOLDER, "t.csv": TABLE})
            assert says in ran.out
    html = chcheck("cases", *AS_AT, "--format", "html").out
    links = [html.index(f'href="#c{place}">{name}<') for place, name in ((2, "L-1"), (4, "N-1"))]
    assert links == sorted(links)
    assert '<td role="cell">Due today: stage 1 response (Code)</td>' in html


def test_more_than_twenty_are_listed_in_html_with_links_to_what_is_said_of_each(
    chcheck: Chcheck,
) -> None:
    # C-1 may have been acknowledged on its last day or after it: Mon 16 Nov + 17 18 19 20 23.
    unclear = case("C-1", "2026-11-16 complaint received", "2026-11-20/2026-11-24 acknowledged")
    more = {f"cases/m{number:02}.yaml": FOLDER["cases/done.yaml"] for number in range(20)}
    files = {**FOLDER, **more, "cases/u.yaml": unclear, "t.csv": TABLE}
    html = chcheck("cases", *AS_AT, "--format", "html", files=files).out
    listed = html[html.index('<h2 id="caseload">Each complaint</h2>') : html.index('id="shares"')]
    assert '<th scope="row" role="rowheader"><a href="#b1">L-1</a></th>' in listed
    assert '<tr id="b1"><th scope="row">L-1</th>' in html
    assert '<th scope="row" role="rowheader"><a href="#u1">C-1</a></th>' in listed
    assert '<tr id="u1"><th scope="row">C-1</th>' in html
    assert listed.index(">L-1<") < listed.index(">N-1<") < listed.index(">A-1<")
    assert "Stage 1 response overdue by 2 working days" in listed
    assert '<td role="cell">Due today: stage 1 response (Code)</td>' in listed
    assert listed.count('<th scope="row" role="rowheader">Z-1</th>') == 21
    assert '<a href="#caseload">Each complaint</a>' in html


def test_a_limit_that_began_in_no_complaint_has_no_line_among_the_shares(
    chcheck: Chcheck,
) -> None:
    hazard = case("D", "2026-11-23 hazard reported", rules="[awaab]")
    text = "---\n".join(hazard.replace("complaint: D", f"complaint: D-{n}") for n in range(21))
    html = chcheck("d.yaml", *AS_AT, "--format", "html", files={"d.yaml": text}).out
    shares = html[html.index('<h2 id="shares">') : html.index('<h2 id="rests">')]
    assert '<th scope="row">Investigate the hazard</th>' in shares
    assert "Investigate a phase 2 hazard" not in shares
    assert "For the full report of one complaint, add <code>--complaint REFERENCE</code>" in html


def test_days_that_differ_by_complaint_are_not_named(chcheck: Chcheck) -> None:
    files = {
        "a.yaml": case("A", "2026-11-20 complaint received", as_at="2026-11-25"),
        "b.yaml": case("B", "2026-11-20 complaint received", as_at="2026-11-26"),
    }
    out = chcheck("a.yaml", "b.yaml", files=files).out
    assert "Overdue 0; due within 5 working days: 2. Due later: 2.\n" in out


@pytest.mark.parametrize("path", ["cases", "t.csv"])
def test_one_complaint_is_reported_in_full(chcheck: Chcheck, path: str) -> None:
    files = {**FOLDER, "t.csv": TABLE}
    ran = chcheck(path, *AS_AT, "--complaint", " l-1 ", files=files)
    assert ran.code == 1
    assert ran.out.startswith("1 breach: stage 1 response overdue by 2 working days")
    assert "\nComplaint L-1" in ran.out
    assert "\nTIMELINE\n" in ran.out
    assert "N-1" not in ran.out
    # Only what is asked for decides the exit code, and is in every other format.
    assert chcheck(path, *AS_AT, "--complaint", "N-1").code == 0
    rows = chcheck(path, *AS_AT, "--complaint", "N-1", "--format", "csv").out.splitlines()
    assert {row.split(",")[0] for row in rows[1:]} == {"N-1"}


def test_what_the_report_of_a_row_says_is_what_its_timeline_says(chcheck: Chcheck) -> None:
    files = {**FOLDER, "t.csv": TABLE}
    row, timeline = (
        chcheck(path, *AS_AT, "--complaint", "L-1", files=files).out.partition("\nTIMELINE\n")[0]
        for path in ("t.csv", "cases/late.yaml")
    )
    assert "BREACHES\n  * Stage 1 response, Code 6.3\n" in timeline
    breaches = timeline[timeline.index("BREACHES") : timeline.index("MET\n")]
    assert breaches.replace(" No\n    extension is recorded.", "") in row.replace(
        " No\n    extension is recorded.", ""
    )


@pytest.mark.parametrize("path", ["cases", "t.csv"])
def test_a_reference_that_is_not_there_is_said(chcheck: Chcheck, path: str) -> None:
    files = {**FOLDER, "t.csv": TABLE}
    ran = chcheck(path, *AS_AT, "--complaint", "L-11", files=files)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.splitlines()[-1] == (
        'chcheck: there is no complaint "L-11" here; did you mean "L-1"?'
    )
    ran = chcheck(path, *AS_AT, "--complaint", "nothing like it")
    assert ran.err.splitlines()[-1] == (
        'chcheck: there is no complaint "nothing like it" here; `--format csv` lists every one'
    )


def test_rows_of_one_reference_are_one_complaint_of_the_count(chcheck: Chcheck) -> None:
    table = "Ref,Event,Date\nA,complaint received,2026-11-20\nB,complaint received,2026-11-02\n"
    files = {"t.csv": table + "A,complaint acknowledged,2026-11-23\n"}
    ran = chcheck("t.csv", *AS_AT, "--complaint", "A", "--format", "markdown", files=files)
    assert "Rows: 2 read = 2 checked + 0 checked in part + 0 rejected." in ran.out
    assert ran.code == 0
