"""`chcheck compare`: what is new, mended, gone and changed between two runs, and why."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.helpers.command import Chcheck, Ran

HEAD = "Ref,Received,Acknowledged,Answered\n"
# Acknowledged on Wednesday 5 March 2025, ten working days end on 19 March; on 26 March, on 9 April;
# on 2 April, on 16 April (Good Friday is the 18th).
MARCH = """MENDED,2025-03-03,2025-03-05,
OPEN,2025-03-03,2025-03-05,
PENDING,2025-03-24,2025-03-26,
LEFT,2025-03-03,2025-03-05,2025-03-25
FINE,2025-03-03,2025-03-05,2025-03-18
MOVED,2025-03-03,2025-03-05,2025-03-20
TWICE,2025-03-03,2025-03-05,2025-03-18
TWICE,2025-03-03,2025-03-05,2025-03-20
"""
APRIL = """TWICE,2025-03-03,2025-03-05,2025-03-20
TWICE,2025-03-03,2025-03-05,2025-03-18
MENDED,2025-03-03,2025-03-05,2025-03-18
OPEN,2025-03-03,2025-03-05,
PENDING,2025-03-24,2025-03-26,
FINE,2025-03-03,2025-03-05,2025-03-18
MOVED,2025-03-03,2025-03-05,2025-03-21
NEW,2025-04-01,2025-04-02,2025-04-25
"""
_RUNS: dict[str, str] = {}


@pytest.fixture
def runs(chcheck: Chcheck) -> None:
    """Put what the checks of two months wrote here; they are run once."""
    if not _RUNS:
        for name, rows, day in (("march", MARCH, "2025-03-31"), ("april", APRIL, "2025-04-30")):
            Path(f"{name}-table.csv").write_text(HEAD + rows)
            forms = [f"--output={form}:{name}.{form}" for form in ("json", "jsonl", "csv")]
            problems = (f"--output=csv:{name}-problems.csv", "--show=problems")
            chcheck(f"{name}-table.csv", f"--as-at={day}", *forms)
            chcheck(f"{name}-table.csv", f"--as-at={day}", *problems)
        for path in Path().iterdir():
            _RUNS[path.name] = path.read_text()
    for name, text in _RUNS.items():
        Path(name).write_text(text)


def told(ran: Ran) -> str:
    return " ".join(ran.out.split())


def changes(ran: Ran) -> dict[str, str]:
    """Return what became of each complaint, by its reference."""
    found = {one["complaint"]: one["kind"] for one in json.loads(ran.out)["changes"]}
    assert len(found) == len(json.loads(ran.out)["changes"])
    return found


PAGE = "--output=html:c.html"
KINDS = {
    "MENDED": "mended",
    "OPEN": "later",
    "PENDING": "new",
    "LEFT": "left",
    "MOVED": "changed",
    "NEW": "new",
}


@pytest.mark.parametrize("form", ["json", "jsonl", "csv"])
def test_each_form_of_a_run_comes_to_the_same(chcheck: Chcheck, runs: None, form: str) -> None:
    ran = chcheck("compare", f"march.{form}", f"april.{form}", "--format=json")
    assert ran.code == 1
    assert changes(ran) == KINDS


def test_forms_can_be_mixed(chcheck: Chcheck, runs: None) -> None:
    assert changes(chcheck("compare", "march.json", "april.csv", "--format=json")) == KINDS


def test_text_says_what_became_of_each_and_why(chcheck: Chcheck, runs: None) -> None:
    ran = chcheck("compare", "march.json", "april.json")
    assert ran.code == 1
    assert ran.out.startswith(
        "2 new breaches. 1 mended, 1 no longer there, 1 changed, 1 still not done.\n\n"
        "Then: march.json, as at 31 March 2025, 7 complaints.\n"
        "Now: april.json, as at 30 April 2025, 7 complaints.\n"
        "1 complaint only now, 1 complaint only then.\n"
    )
    for says in (
        # From 9 to 30 April there are 21 days.
        "PENDING: Stage 1 response (Code) breach, due 9 Apr 2025, 21 days late; was not yet due, "
        "due 9 Apr 2025 Why: still not done on the day of the check",
        # From 16 to 25 April there are 9.
        "NEW: Stage 1 response (Code) breach, due 16 Apr 2025, done 25 Apr 2025, 9 days late "
        "Why: the complaint is new",
        "CHANGED MOVED: Stage 1 response (Code) breach, due 19 Mar 2025, done 21 Mar 2025, 2 days "
        "late; was breach, due 19 Mar 2025, done 20 Mar 2025, 1 day late Why: done 21 Mar 2025 "
        "(was 20 Mar 2025)",
        # From 19 to 31 March there are 12, and 30 more to 30 April.
        "STILL NOT DONE, AND LATER ONLY BECAUSE DAYS HAVE PASSED OPEN: Stage 1 response (Code) "
        "breach, due 19 Mar 2025, 42 days late; was breach, due 19 Mar 2025, 12 days late",
        "MENDED MENDED: Stage 1 response (Code) met, due 19 Mar 2025, done 18 Mar 2025; was "
        "breach, due 19 Mar 2025, 12 days late Why: done 18 Mar 2025",
        "THE COMPLAINT IS NO LONGER THERE LEFT: Stage 1 response (Code) not there; was breach, due "
        "19 Mar 2025, done 25 Mar 2025, 6 days late",
        "WHAT DIFFERS BETWEEN THE RUNS The day of the check: 31 March 2025 then; 30 April 2025 now "
        "Input april-table.csv, before march-table.csv: another content (SHA-256 ",
        # The acknowledgement of the new complaint.
        "New and met: 1 finding.",
    ):
        assert says in told(ran)


def test_it_says_whose_finding_a_breach_is_not(chcheck: Chcheck, runs: None) -> None:
    says = "A breach shown here is not a finding of the Housing Ombudsman."
    ran = chcheck("compare", "march.json", "april.json", PAGE, "--output=markdown:c.md")
    assert ran.out.endswith(f"\n\n{says}\n")
    assert Path("c.md").read_text().endswith(f"\n\n{says}\n")
    assert says in Path("c.html").read_text()
    book = '"rulebook": "housing-ombudsman-2024"'
    for name in ("march", "april"):
        text = _RUNS[f"{name}.json"].replace(book, '"rulebook": "spso-2021"')
        Path(f"{name}.json").write_text(text)
    assert chcheck("compare", "march.json", "april.json").out.endswith(
        "is not a finding of the Scottish Public Services Ombudsman.\n"
    )


def test_other_options_are_named_as_they_are_written(chcheck: Chcheck, runs: None) -> None:
    on_policy = (
        "--policy=luton",
        "--sheet=One two",
        "--fail-on=never",
        "--output=json:policy.json",
    )
    chcheck("march-table.csv", "--as-at=2025-03-31", *on_policy)
    says = told(chcheck("compare", "march.json", "policy.json"))
    assert 'Options: none then; --policy luton --sheet "One two" now' in says


def test_a_csv_says_what_is_not_known(chcheck: Chcheck, runs: None) -> None:
    says = told(chcheck("compare", "march.json", "april.csv"))
    assert (
        "april.csv does not say as of which day, with which policy files, configuration, bank "
        "holidays and version it was made, so a change of these is not known. The JSON of a run "
        "says it."
    ) in says
    assert "WHAT DIFFERS" not in says


def test_what_was_mended_is_not_known_from_problems_alone(chcheck: Chcheck, runs: None) -> None:
    ran = chcheck("compare", "march-problems.csv", "april-problems.csv")
    says = told(ran)
    assert ran.code == 1
    assert "2 new breaches. 2 mended or no longer there, 1 changed, 1 still not done." in says
    assert (
        "april-problems.csv has problems only, so what was met, and complaints without a problem, "
        "are not known from it."
    ) in says
    # Whether it is a new complaint is not known either.
    assert "25 Apr 2025, 9 days late; was not there, or no problem" in says
    assert "the complaint is new" not in says


def test_the_same_run_has_no_change(chcheck: Chcheck, runs: None) -> None:
    ran = chcheck("compare", "april.json", "april.jsonl")
    assert ran.code == 0
    assert ran.out.startswith("No new breach. Nothing that was a problem has changed.\n")


def test_the_exit_code_is_for_what_is_new(chcheck: Chcheck, runs: None) -> None:
    assert chcheck("compare", "march.json", "april.json", "--fail-on=never").code == 0
    assert chcheck("compare", "april.json", "march.json", "--fail-on=cannot-tell").code == 1


@pytest.mark.parametrize(
    ("status", "told", "code"),
    [
        ({"known": True}, "known", 0),
        ({"accepted": {"expired": False}}, "accepted", 0),
        ({"severity": "warning"}, "warning", 0),
        ({"status": "accepted until 2026-01-01 by B: agreed"}, "accepted", 0),
        ({"accepted": {"expired": True}}, "acceptance expired", 1),
        ({"accepted": {"expired": True}, "severity": "note"}, "note", 0),
    ],
)
def test_what_fails_no_check_fails_no_comparison(
    chcheck: Chcheck, runs: None, status: dict[str, Any], told: str, code: int
) -> None:
    data = json.loads(_RUNS["april.json"])
    for case in data["complaints"]:
        for finding in case["findings"]:
            if finding["verdict"] == "breach":
                finding.update(status)
    Path("now.json").write_text(json.dumps(data))
    ran = chcheck("compare", "march.json", "now.json")
    assert ran.code == code
    says = " ".join(ran.out.split())
    counted = "2 new breaches, 2 of which do not count (known, accepted, a warning or a note). "
    assert says.startswith("2 new breaches. " if code else counted)
    assert f"due 16 Apr 2025, done 25 Apr 2025, 9 days late, {told}" in says


def test_markdown_and_page_have_a_table_for_each_kind(chcheck: Chcheck, runs: None) -> None:
    ran = chcheck(
        "compare", "march.json", "april.json", "--format=markdown", "--output=html:c.html"
    )
    assert (
        "## Mended\n\n| Complaint | What | Then | Now | Why |\n| --- | --- | --- | --- | --- |\n"
        "| MENDED | Stage 1 response (Code) | breach, due 19 Mar 2025, 12 days late "
        "| met, due 19 Mar 2025, done 18 Mar 2025 | done 18 Mar 2025 |\n"
    ) in ran.out
    page = Path("c.html").read_text("utf-8")
    assert "<title>What has changed, 31 March 2025 to 30 April 2025</title>" in page
    assert "<caption>New breaches (2)</caption>" in page
    assert '<th scope="row" role="rowheader">MENDED</th>' in page
    assert "<script" not in page
    assert " style=" not in page


def test_names_are_shown_as_they_are_and_run_nowhere(chcheck: Chcheck, runs: None) -> None:
    hostile = "<img src=x onerror=alert(1)>"
    for name in ("march", "april"):
        text = _RUNS[f"{name}.json"].replace('"MOVED"', json.dumps(hostile))
        Path(f"{name}.json").write_text(text)
    chcheck("compare", "march.json", "april.json", PAGE)
    page = Path("c.html").read_text("utf-8")
    assert "<img" not in page
    assert "&lt;img src=x onerror=alert(1)&gt;" in page


_CSV = "complaint,landlord\nA,B\n"


@pytest.mark.parametrize(
    ("name", "text", "says"),
    [
        (
            "x.html",
            "<!DOCTYPE html>",
            "x.html: findings cannot be read from a page; name ",
        ),
        ("x.csv", _CSV, "x.csv:1: these are not the findings of a run: there is no column path, "),
        ("x.json", '{"year": 1}', "x.json: this is not the report of a check; write one with"),
        ("x.json", '{"rule": 1', "x.json:1: this is not JSON: "),
        ("x.jsonl", '{"rule": 1}\n', "x.jsonl:1: this is not a line of a run; write them with "),
        ("x.csv", "", "x.csv:1: these are not the findings of a run: "),
    ],
)
def test_what_is_no_run_is_refused(
    chcheck: Chcheck, runs: None, name: str, text: str, says: str
) -> None:
    Path(name).write_text(text)
    ran = chcheck("compare", "march.json", name)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith(says)


def test_what_was_damaged_or_is_missing_is_refused(chcheck: Chcheck, runs: None) -> None:
    head, first, *_ = _RUNS["march.csv"].splitlines()
    Path("short.csv").write_text(f"{head}\n{first}\nA,B\n")
    assert chcheck("compare", "march.csv", "short.csv").err == (
        f"short.csv:3: this row has 2 cells and the header {head.count(',') + 1}, so no run of "
        "chcheck wrote it\n"
    )
    Path("bytes.csv").write_bytes(b"\xff\xfe")
    assert chcheck("compare", "bytes.csv", "march.csv").err == (
        "bytes.csv: the text is not UTF-8, so no run of chcheck wrote it\n"
    )
    ran = chcheck("compare", "march.json", "no.json")
    assert (ran.code, ran.err) == (
        2,
        "no.json: the file cannot be read: No such file or directory\n",
    )
    ran = chcheck("compare", "march.json", "april.json", "--output=html:april.json")
    assert ran.code == 2
    assert 'would write over "april.json", which this run uses' in ran.err


def test_an_old_csv_without_series_and_episodes_matches(chcheck: Chcheck, runs: None) -> None:
    import csv
    import io

    rows: list[dict[str, Any]] = list(csv.DictReader(io.StringIO(_RUNS["march.csv"])))
    names = [name for name in rows[0] if name not in ("series", "episode", "provenance")]
    text = io.StringIO()
    writer = csv.DictWriter(text, names, extrasaction="ignore")
    writer.writeheader()
    writer.writerows(rows)
    Path("old.csv").write_text(text.getvalue())
    assert changes(chcheck("compare", "old.csv", "april.csv", "--format=json")) == KINDS
