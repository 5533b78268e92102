"""[assume]: what every extension letter gives, declared where no column of a table holds it.

Acknowledged on 3 June 2025, stage 1 is due on the 17th. By the Code of 2024 an extension that was
given before then moves that, if the resident was told the reason and the new date in writing, with
the Ombudsman's details. There is no bank holiday in June 2025.
"""

from __future__ import annotations

import csv
import json
from datetime import date
from pathlib import Path

import pytest

from tests.helpers.command import Chcheck
from tests.helpers.tables import library
from timeliness.judge.editions import vocabulary_of
from timeliness.model.assumption import Assumption
from timeliness.model.declared import Declared
from timeliness.read.library import Loader, NamesIn
from timeliness.results.flat import Flat
from timeliness.results.tally import Tally
from timeliness.run.batches import Batch, Wanted
from timeliness.run.rows import run_table
from timeliness.tables.assumed import with_assumed
from timeliness.tables.joining import joined
from timeliness.tables.open import open_tables, read_complaints

DAY = date(2025, 6, 30)
ALL = ("reason", "in_writing", "ombudsman_details")
HEAD = "Ref,Received,Acknowledged,Stage 1 Extended,Stage 1 Extended To,Stage 1 Response\n"
BEGUN = "2025-06-02,2025-06-03"
ROWS = (
    f"IN,{BEGUN},2025-06-10,2025-06-24,2025-06-23\n"  # within the extension
    f"LATE,{BEGUN},2025-06-10,2025-06-24,2025-06-26\n"  # after it
    f"PLAIN,{BEGUN},,,2025-06-16\n"  # no extension
    f"TOO LATE,{BEGUN},2025-06-19,2025-06-24,2025-06-23\n"  # given after the limit had run out
    f"NO DAY,{BEGUN},,2025-06-24,2025-06-23\n"  # given on a day not known
)
TOML = """[assume]
extension-letters = ["reason", "in_writing", "ombudsman_details"]
approver = "Head of Complaints"
date = 2026-03-31
"""
SAYS = (
    "Assumed: for every extension a reason was given, it was in writing and the Ombudsman's "
    "details were given; approved by Head of Complaints on 31 March 2026."
)


def flats(
    text: str, facts: tuple[str, ...] = (), columns: dict[str, str] | None = None
) -> list[Flat]:
    """Return the findings of a table for which some facts are assumed."""
    books = library()
    vocabulary = vocabulary_of(books.rulebooks.values())
    declared = Declared(fixed_as_at=DAY, columns=columns or {})
    (opened,) = open_tables(text.encode(), "e.csv", vocabulary, declared)
    complaints = read_complaints(opened, vocabulary, declared, NamesIn(Loader(books), Path()), DAY)
    if facts:
        assumption = Assumption(facts, "Head of Complaints", date(2026, 3, 31))
        complaints = with_assumed(complaints, opened.fields, assumption, vocabulary)
    found: list[Flat] = []

    def take(batch: Batch) -> None:
        found.extend(batch.flats())

    wanted = Wanted(frames=True, everything=True)
    run_table(joined([complaints], vocabulary)[0], books, vocabulary, Tally(DAY), take, wanted)
    return found


def verdicts(
    text: str,
    facts: tuple[str, ...] = (),
    columns: dict[str, str] | None = None,
    rule: str = "stage-1-response",
) -> dict[str, str]:
    return {one.complaint: one.verdict for one in flats(text, facts, columns) if one.rule == rule}


def test_an_extension_counts_with_what_is_assumed_of_it() -> None:
    assert verdicts(HEAD + ROWS) == {
        "IN": "cannot-tell",
        "LATE": "breach",
        "PLAIN": "met",
        "TOO LATE": "breach",
        "NO DAY": "cannot-tell",
    }
    assert verdicts(HEAD + ROWS, ALL) == {
        "IN": "met",
        "LATE": "breach",
        "PLAIN": "met",
        "TOO LATE": "breach",
        "NO DAY": "cannot-tell",
    }


@pytest.mark.parametrize("left_out", ALL)
def test_each_fact_is_needed(left_out: str) -> None:
    facts = tuple(one for one in ALL if one != left_out)
    assert verdicts(HEAD + ROWS, facts)["IN"] == "cannot-tell"


def test_what_is_assumed_comes_to_what_columns_that_say_so_come_to() -> None:
    extra = {name: f"stage 1 extended.{name}" for name in ALL}
    head = HEAD.replace("\n", f",{','.join(ALL)}\n")
    rows = "".join(
        line + (",assumed,yes,yes\n" if "06-24" in line else ",,,\n") for line in ROWS.splitlines()
    )

    def known(found: list[Flat]) -> list[tuple[object, ...]]:
        return [(one.key, one.verdict, one.reason, one.due, one.start) for one in found]

    assert known(flats(HEAD + ROWS, ALL)) == known(flats(head + rows, columns=extra))


def test_a_column_that_holds_a_fact_is_never_filled_in() -> None:
    head = HEAD.replace("\n", ",In writing\n")
    columns = {"In writing": "stage 1 extended.in_writing"}
    row = f"A,{BEGUN},2025-06-10,2025-06-24,2025-06-23"
    assert verdicts(f"{head}{row},yes\n", ALL, columns) == {"A": "met"}
    assert verdicts(f"{head}{row},no\n", ALL, columns) == {"A": "breach"}
    assert verdicts(f"{head}{row},\n", ALL, columns) == {"A": "cannot-tell"}


def test_an_extension_of_stage_2() -> None:
    # 20 working days after 8 May 2025, without the 26th, end on 6 June; extended to the 20th.
    text = (
        "Ref,Escalation Requested,Escalation Acknowledged,Stage 2 Extended,Stage 2 Extended To,"
        "Stage 2 Response\nA,2025-05-06,2025-05-08,2025-06-02,2025-06-20,2025-06-18\n"
    )
    assert verdicts(text, (), rule="stage-2-response") == {"A": "cannot-tell"}
    assert verdicts(text, ALL, rule="stage-2-response") == {"A": "met"}


def test_a_table_of_events() -> None:
    text = (
        "Ref,Event,Date,Until\nA,complaint received,2025-06-02,\nA,complaint acknowledged,"
        "2025-06-03,\nA,stage 1 extended,2025-06-10,2025-06-24\nA,stage 1 response,2025-06-23,\n"
        "B,complaint received,2025-06-02,\n"
    )
    assert verdicts(text)["A"] == "cannot-tell"
    assert verdicts(text, ALL)["A"] == "met"


def test_a_row_a_stage() -> None:
    text = (
        "Ref,Stage,Date Received,Acknowledged,Extended,Extended To,Date Responded\n"
        f"A,Stage 1,{BEGUN},2025-06-10,2025-06-24,2025-06-23\n"
    )
    assert verdicts(text) == {"A": "cannot-tell"}
    assert verdicts(text, ALL) == {"A": "met"}


# What every output says ---------------------------------------------------------------------------


def test_every_output_says_what_is_assumed_and_the_share_without_it(chcheck: Chcheck) -> None:
    files = {"e.csv": HEAD + ROWS, "chcheck.toml": TOML}
    names = ("json", "html", "markdown", "csv", "github", "junit", "sarif")
    words = [word for name in names for word in ("--output", f"{name}:o.{name}")]
    ran = chcheck("e.csv", "--as-at", str(DAY), *words, files=files)
    assert SAYS in " ".join(ran.out.split())
    # Two of four that are decided are met; without it one of three, and two cannot be decided.
    shares = ran.out.partition("Stage 1 response, Code")[2].splitlines()[:2]
    assert shares[0].split() == ["50.0%", "40.0%", "1"]
    assert shares[1].split() == ["without", "what", "is", "assumed", "33.3%", "20.0%", "2"]
    # The acknowledgements are the same with it and without it.
    assert ran.out.count("without what is assumed") == 1
    markdown = Path("o.markdown").read_text("utf-8")
    assert SAYS in markdown
    assert "| Stage 1 response, Code, without what is assumed | 33.3% | 20.0% | 2 |" in markdown
    assert SAYS.replace("'", "&#39;") in Path("o.html").read_text("utf-8")
    assert f"::notice title=assumed::{SAYS}" in Path("o.github").read_text("utf-8")
    assert f'<property name="assumed" value="{SAYS}"' in Path("o.junit").read_text("utf-8")
    (run,) = json.loads(Path("o.sarif").read_text("utf-8"))["runs"]
    assert run["invocations"][0]["properties"]["assumed"] == SAYS
    data = json.loads(Path("o.json").read_text("utf-8"))
    assert data["assumed"]["says"] == SAYS
    assert data["assumed"]["date"] == "2026-03-31"
    assert {
        "standard": "code",
        "series": "housing-ombudsman",
        "rule": "stage-1-response",
        "with": {"met": 2, "breach": 2, "cannot_tell": 1},
        "without": {"met": 1, "breach": 2, "cannot_tell": 2},
    } in data["assumed"]["shares"]
    filled = "reason, in_writing, ombudsman_details (Head of Complaints, 2026-03-31)"
    carried = {one["complaint"]: one["carried"]["assumed"] for one in data["complaints"]}
    assert carried == {
        "IN": filled,
        "LATE": filled,
        "PLAIN": "",
        "TOO LATE": filled,
        "NO DAY": filled,
    }
    with Path("o.csv").open(encoding="utf-8", newline="") as file:
        assert {one["complaint"]: one["assumed"] for one in csv.DictReader(file)} == carried


def test_the_report_of_many_complaints_has_both_shares(chcheck: Chcheck) -> None:
    rows = "".join(f"A{n},{BEGUN},2025-06-10,2025-06-24,2025-06-23\n" for n in range(21))
    files = {"e.csv": f"{HEAD}{rows}P,{BEGUN},,,2025-06-16\n", "chcheck.toml": TOML}
    chcheck("e.csv", "--as-at", str(DAY), "--output", "html:o.html", files=files)
    page = Path("o.html").read_text("utf-8")
    assert SAYS.replace("'", "&#39;") in page
    rows_of = page.partition("Stage 1 response, without what is assumed")[2].partition("</tr>")[0]
    # One is met whatever is assumed, and 21 cannot be decided without it.
    assert '<td class="num">1</td><td class="num">0</td><td class="num">21</td>' in rows_of
    assert "By assumed" not in page


def test_a_column_that_holds_what_is_assumed_is_named(chcheck: Chcheck) -> None:
    toml = f'{TOML}[columns]\n"Reason" = "stage 1 extended.reason"\n'
    head = HEAD.replace("\n", ",Reason\n")
    files = {"e.csv": f"{head}A,{BEGUN},2025-06-10,2025-06-24,2025-06-23,works\n"}
    ran = chcheck("e.csv", "--as-at", str(DAY), files={**files, "chcheck.toml": toml})
    assert "e.csv: what [assume] says of reason is not used: a column holds it" in ran.err
    assert ran.code == 0


def test_it_concerns_tables_only(chcheck: Chcheck) -> None:
    timeline = (
        "complaint: T1\nevents:\n  - 2025-06-02 received\n  - 2025-06-03 acknowledged\n"
        "  - date: 2025-06-10\n    event: stage 1 extended\n    until: 2025-06-24\n"
        "  - 2025-06-23 stage 1 response\n"
    )
    files = {"t.yaml": timeline, "chcheck.toml": TOML}
    ran = chcheck("t.yaml", "--as-at", str(DAY), "--format", "json", files=files)
    data = json.loads(ran.out)
    assert "assumed" not in data
    (stage_1,) = (
        one["verdict"]
        for one in data["complaints"][0]["findings"]
        if one["rule"] == "stage-1-response"
    )
    assert stage_1 == "cannot-tell"
    # Beside a table it is in the shares with and without what is assumed of the table.
    files["e.csv"] = HEAD + ROWS
    ran = chcheck("t.yaml", "e.csv", "--as-at", str(DAY), "--format", "json", files=files)
    shares = json.loads(ran.out)["assumed"]["shares"]
    (own,) = (one for one in shares if one["rule"] == "stage-1-response")
    assert own["with"] == {"met": 2, "breach": 2, "cannot_tell": 2}
    assert own["without"] == {"met": 1, "breach": 2, "cannot_tell": 3}


def test_a_carried_column_of_the_same_name_stays(chcheck: Chcheck) -> None:
    toml = f'{TOML}[columns]\n"assumed" = "carry"\n'
    head = HEAD.replace("\n", ",assumed\n")
    files = {"e.csv": f"{head}A,{BEGUN},2025-06-10,2025-06-24,2025-06-23,own\n"}
    files["chcheck.toml"] = toml
    ran = chcheck("e.csv", "--as-at", str(DAY), "--format", "csv", files=files)
    (first, *_) = csv.DictReader(ran.out.splitlines())
    assert first["assumed"] == "own"
    assert first["assumed (2)"].startswith("reason, ")


def test_columns_shows_what_is_assumed(chcheck: Chcheck) -> None:
    ran = chcheck("columns", "e.csv", files={"e.csv": HEAD + ROWS, "chcheck.toml": TOML})
    assert SAYS in ran.out
    assert "=> IN: Stage 1 response (Code 6.3): met, within extension; due 2025-06-24" in ran.out


# What it has to say -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("toml", "says"),
    [
        ("", 'it needs extension-letters, such as extension-letters = ["reason", "in_writing"]'),
        ('extension-letters = []\n', "it needs extension-letters, such as"),
        ('extension-letters = ["reason"]\ndate = 2026-03-31\n',
         'it needs approver, such as approver = "Head of Complaints"'),
        ('extension-letters = ["reason"]\napprover = "X"\n',
         "it needs date, such as date = 2026-03-31"),
        ('extension-letters = ["date"]\napprover = "X"\ndate = 2026-03-31\n',
         'extension-letters: "date" is not one of reason, in_writing, ombudsman_details'),
        ('extension-letters = "reason"\napprover = "X"\ndate = 2026-03-31\n',
         'extension-letters: a list of texts is expected, such as extension-letters = ["..."]'),
        ('extension-letters = ["reason"]\napprover = "X"\ndate = "June 2026"\n',
         "date: a single day is expected, such as date = 2026-03-31"),
        ('letters = ["reason"]\n', '"letters" is not a key; '),
    ],
)  # fmt: skip
def test_what_is_wrong_with_it(chcheck: Chcheck, toml: str, says: str) -> None:
    files = {"e.csv": HEAD + ROWS, "chcheck.toml": f"[assume]\n{toml}"}
    ran = chcheck("e.csv", "--as-at", str(DAY), files=files)
    assert ran.code == 2
    assert f"chcheck.toml: assume: {says}" in ran.err
