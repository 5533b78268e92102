"""The figures of a summary for other programs, split by columns, and of one time of receipt."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from pathlib import Path
from random import Random
from typing import Any

import pytest

from tests.helpers import years
from tests.helpers.command import Chcheck

# 2024 Code: five working days to acknowledge, then ten from that to answer.
# A1, A2: received Monday 2 June, due Monday 9 June; acknowledged Tuesday 3 June, due Tuesday 17.
# A3: received Monday 7 July, due Monday 14; acknowledged Wednesday 16, due Wednesday 30 July.
# A4: received Monday 3 March, due Monday 10; acknowledged Tuesday 4, due Tuesday 18 March.
TABLE = """\
Ref,Received,Acknowledged,Stage 1 response,Team
A1,2025-06-02,2025-06-03,2025-06-17,North
A2,2025-06-02,2025-06-03,2025-06-18,North
A3,2025-07-07,2025-07-16,2025-07-30,South
A4,2025-03-03,2025-03-04,2025-03-18,
"""
FILES = {"e.csv": TABLE}
ASKED = ("e.csv", "--as-at", "2025-09-01")
STAGE_1, ACK = "stage-1-response", "acknowledge-complaint"


def rows_of(out: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(out)))


def values(out: str, figure: str, rule: str = "", verdict: str = "") -> dict[tuple[str, str], str]:
    """Return the values of one figure, by column and group."""
    return {
        (one["by"], one["group"]): one["value"]
        for one in rows_of(out)
        if (one["figure"], one["rule"], one["verdict"]) == (figure, rule, verdict)
    }


def test_each_figure_is_a_row_with_what_it_is_of(chcheck: Chcheck) -> None:
    ran = chcheck(*ASKED, "--by", "team", "--by", "Quarter", "--format", "sums", files=FILES)
    assert ran.code == 1
    every, north, south, none = ("", ""), ("team", "North"), ("team", "South"), ("team", "")
    spring, summer, winter = (
        ("quarter", f"{year} {quarter}")
        for year, quarter in (("2025/26", "Q1"), ("2025/26", "Q2"), ("2024/25", "Q4"))
    )
    assert values(ran.out, "complaints") == {
        every: "4",
        north: "2",
        south: "1",
        none: "1",
        spring: "2",
        summer: "1",
        winter: "1",
    }
    # A2 was answered a day late, and A3 acknowledged two days late.
    assert values(ran.out, "with-a-breach") == {
        every: "2",
        north: "1",
        south: "1",
        none: "0",
        spring: "1",
        summer: "1",
        winter: "0",
    }
    months = {("month due", f"2025-{month:02}"): "1.0" for month in (3, 6, 7)}
    assert values(ran.out, "in-time", STAGE_1) == {
        every: "0.75",
        north: "0.5",
        south: "1.0",
        none: "1.0",
        spring: "0.5",
        summer: "1.0",
        winter: "1.0",
        **months,
        ("month due", "2025-06"): "0.5",
    }
    assert values(ran.out, "in-time", ACK) == {
        every: "0.75",
        north: "1.0",
        south: "0.0",
        none: "1.0",
        spring: "1.0",
        summer: "0.0",
        winter: "1.0",
        **months,
        ("month due", "2025-07"): "0.0",
    }
    assert values(ran.out, "findings", STAGE_1, "breach")[north] == "1"
    assert values(ran.out, "findings", STAGE_1, "met")["month due", "2025-06"] == "1"
    assert values(ran.out, "rows-read") == {every: "4"}
    late = [one for one in rows_of(ran.out) if one["figure"] == "days-late-least"]
    assert [(one["complaint"], one["rule"], one["value"]) for one in late] == [
        ("A3", ACK, "2"),
        ("A2", STAGE_1, "1"),
    ]


def test_the_file_says_by_its_name_whether_it_is_csv_or_json(chcheck: Chcheck) -> None:
    ran = chcheck(
        *ASKED, "--output", "sums:s.JSON", "--output", "sums:s.csv", "--by", "team", files=FILES
    )
    assert ran.code == 1
    data = json.loads(Path("s.JSON").read_text(encoding="utf-8"))
    rows = Path("s.csv").read_text(encoding="utf-8")
    assert data["with_a_breach"] == 2
    shares = {(one["by"], one["group"] or ""): one["shares"] for one in data["groups"]}
    told = {
        where: str(one["in_time"])
        for where, several in (*shares.items(), (("", ""), data["shares"]))
        for one in several
        if one["rule"] == STAGE_1
    }
    months = {
        ("month due", period["month_due"]): str(one["in_time"])
        for period in data["periods"]
        for one in period["shares"]
        if one["rule"] == STAGE_1
    }
    assert {**told, **months} == values(rows, "in-time", STAGE_1)
    ran = chcheck(*ASKED, "--output", "sums:s.xlsx", files=FILES)
    assert ran.code == 2
    assert ran.err == (
        "chcheck: sums is written as CSV or JSON; end the name of the file in .csv or .json\n"
    )


def test_the_json_of_a_table_has_its_shares_months_and_groups(chcheck: Chcheck) -> None:
    ran = chcheck(*ASKED, "--by", "team", "--format", "json", files=FILES)
    data = json.loads(ran.out)
    assert [(one["rule"], one["met"], one["breach"]) for one in data["shares"]] == [
        (ACK, 3, 1),
        (STAGE_1, 3, 1),
    ]
    assert [one["month_due"] for one in data["periods"]] == ["2025-03", "2025-06", "2025-07"]
    groups = [(one["group"], one["complaints"], one["with_a_breach"]) for one in data["groups"]]
    assert groups == [("North", 2, 1), ("South", 1, 1), (None, 1, 0)]


TEXT = """\
BY TEAM                                 complaints  with a breach    cannot tell
  North                                          2              1              0
  South                                          1              1              0
  not given                                      1              0              0

BY TEAM: ACKNOWLEDGE THE COMPLAINT
(CODE)                                     in time       at worst    cannot tell
  North                                     100.0%         100.0%              0
  South                                       0.0%           0.0%              0
  not given                                 100.0%         100.0%              0

BY TEAM: STAGE 1 RESPONSE (CODE)           in time       at worst    cannot tell
  North                                      50.0%          50.0%              0
  South                                     100.0%         100.0%              0
  not given                                 100.0%         100.0%              0
"""


def test_text_markdown_and_html_show_each_group(chcheck: Chcheck) -> None:
    outputs = ("--output", "markdown:o.md", "--output", "html:o.html")
    assert TEXT in chcheck(*ASKED, "--by", "TEAM", *outputs, files=FILES).out
    markdown = Path("o.md").read_text(encoding="utf-8")
    head = "| By TEAM: Stage 1 response (Code) | in time | at worst | cannot tell |\n"
    assert f"{head}| --- | --- | --- | --- |\n| North | 50.0% | 50.0% | 0 |\n" in markdown
    html = Path("o.html").read_text(encoding="utf-8")
    assert "<caption>By TEAM</caption>" in html
    assert '<tr><th scope="row">North</th><td class="num">2</td>' in html
    assert '50.0% <span class="quiet">(1 of 2)</span>' in html


def test_a_column_that_is_not_there_is_named_with_those_that_are(chcheck: Chcheck) -> None:
    for asked, says in (
        ("Tema", 'no table has that column; did you mean "Team"?'),
        ("Ward", "no table has that column; you can use Team, month, quarter or landlord"),
    ):
        ran = chcheck(*ASKED, "--by", asked, files=FILES)
        assert (ran.code, ran.out) == (2, "")
        assert ran.err == f'chcheck: --by "{asked}": {says}\n'


def test_timelines_are_split_by_month_and_landlord(chcheck: Chcheck) -> None:
    case = "complaint: {0}\nlandlord: {1}\nas_at: 2025-09-01\nevents:\n{2}"
    events = "  - 2025-06-02 received\n  - 2025-06-03 acknowledged\n  - {} stage 1 response\n"
    text = "---\n".join(
        case.format(name, landlord, events.format(day))
        for name, landlord, day in (("A", "Elm", "2025-06-17"), ("B", "Oak", "2025-06-18"))
    )
    ran = chcheck(
        *("t.yaml", "--by", "landlord", "--by", "month", "--format", "sums"), files={"t.yaml": text}
    )
    assert values(ran.out, "in-time", STAGE_1) == {
        ("", ""): "0.5",
        ("landlord", "Elm"): "1.0",
        ("landlord", "Oak"): "0.0",
        ("month", "2025-06"): "0.5",
        ("month due", "2025-06"): "0.5",
    }


def test_the_groups_add_up_to_the_whole_however_a_row_was_checked(chcheck: Chcheck) -> None:
    """Rows with the facts of an extension are checked one by one, the others together."""
    made = years.make(Random(7), 120, years.LAST)
    ran = chcheck(
        *("made.csv", "--as-at", years.LAST.isoformat(), "--by", "tenure", "--format", "sums"),
        files={"made.csv": years.as_table(made), "chcheck.toml": years.CONFIG},
    )
    whole, parts, months = Counter[Any](), Counter[Any](), Counter[Any]()
    for one in rows_of(ran.out):
        of = {"": whole, "tenure": parts, "month due": months}[one["by"]]
        if one["figure"] in ("complaints", "with-a-breach", "cannot-be-decided", "findings"):
            key = (one["figure"], one["series"], one["rule"], one["verdict"])
            of[key] += int(one["value"])
    assert parts == whole
    assert all(whole["findings", "housing-ombudsman", STAGE_1, one] for one in ("met", "breach"))
    for rule in (STAGE_1, ACK, "stage-2-response"):
        for verdict in ("met", "breach", "cannot-tell"):
            key = ("findings", "housing-ombudsman", rule, verdict)
            assert months[key] == whole[key], key
    held = {one["group"] for one in rows_of(ran.out) if one["by"] == "tenure"}
    assert held == {"LCRA", "Shared ownership"}


# Received in a time -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("first", "last", "code", "says"),
    [
        ("2025-04-01", "2025-06-30", 1, "1 of 2 complaints has a breach (50.0%)."),
        ("2025-03-01", "2025-03-31", 0, "No breach in 1 complaint."),
        ("2025-06-02", "2025-07-07", 1, "2 of 3 complaints have breaches (66.7%)."),
        ("2025-08-01", "2025-08-31", 2, "No complaint was checked."),
    ],
)
def test_only_what_was_received_in_a_time_decides_the_exit_code(
    chcheck: Chcheck, first: str, last: str, code: int, says: str
) -> None:
    ran = chcheck(*ASKED, "--from", first, "--to", last, files=FILES)
    assert ran.out.startswith(says)
    assert ran.code == code


def test_what_is_left_out_is_counted_in_every_form(chcheck: Chcheck) -> None:
    says = "Left out: 2 complaints received outside 1 April 2025 to 30 June 2025."
    files = ("html", "json", "markdown", "junit", "sarif", "csv", "github", "sums")
    outputs = [word for name in files for word in ("--output", f"{name}:o.{name}")]
    outputs[-1] = "sums:sums.csv"
    ran = chcheck(*ASKED, "--from", "2025-04-01", "--to", "2025-06-30", *outputs, files=FILES)
    assert f"\n{says}\n" in ran.out
    rows = "Rows: 4 read = 2 checked + 0 checked in part + 0 rejected + 2 left out."
    assert rows in ran.out
    assert says in ran.err
    made = {name: Path(f"o.{name}").read_text(encoding="utf-8") for name in files[:-1]}
    assert json.loads(made["json"])["received"] == says
    for name in ("html", "markdown", "junit", "sarif"):
        assert says in made[name], name
    for name, text in made.items():
        assert "A3" not in text, name
    sums = Path("sums.csv").read_text(encoding="utf-8")
    assert values(sums, "rows-left-out") == {("", ""): "2"}


UNKNOWN = """\
Ref,Received,Acknowledged,Stage 1 response
B1,,2025-06-03,2025-06-17
B2,,2025-03-03,2025-03-17
B3,,2025-07-07,2025-07-21
"""


def test_what_may_have_been_received_then_is_checked_and_counted(chcheck: Chcheck) -> None:
    """B2 was received by 3 March, before April; B1 and B3 on or before a day in or after June."""
    asked = ("--as-at", "2025-09-01", "--from", "2025-04-01", "--to", "2025-06-30")
    ran = chcheck("u.csv", *asked, files={"u.csv": UNKNOWN})
    says = (
        "Left out: 1 complaint received outside 1 April 2025 to 30 June 2025. 2\n"
        "complaints that may have been received then are checked: the day of receipt is\n"
        "not known exactly.\n"
    )
    assert says in ran.out


def test_a_further_complaint_in_that_time_keeps_its_timeline(chcheck: Chcheck) -> None:
    text = """\
complaint: C
as_at: 2025-09-01
events:
  - 2025-03-03 received
  - 2025-03-04 acknowledged
  - 2025-03-17 stage 1 response
  - 2025-06-02 received
  - 2025-06-03 acknowledged
"""
    asked = ("t.yaml", "--from", "2025-06-01", "--to", "2025-06-30")
    ran = chcheck(*asked, files={"t.yaml": text})
    assert ran.code == 1
    assert "Left out: 0 complaints received outside 1 June 2025 to 30 June 2025." in ran.out
    ran = chcheck("t.yaml", "--from", "2025-07-01", "--to", "2025-07-31", files={"t.yaml": text})
    assert ran.code == 2
    assert "Left out: 1 complaint received outside 1 July 2025 to 31 July 2025." in ran.err


def test_a_baseline_does_not_lose_what_nobody_looked_for(chcheck: Chcheck) -> None:
    chcheck(*ASKED, "--write-baseline", "b.csv", files=FILES)
    asked = ("--baseline", "b.csv", "--from", "2025-04-01", "--to", "2025-06-30")
    ran = chcheck(*ASKED, *asked)
    assert "Baseline: 1 known, 0 no longer occur." in ran.out
    assert ran.code == 0


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        (("--from", "2025-04-01"), "give both --from and --to, with a day each"),
        (
            ("--from", "2025-04-01", "--to", "2025-03-31"),
            "--to 2025-03-31 is before --from 2025-04-01",
        ),
    ],
)
def test_a_time_has_two_ends_in_order(chcheck: Chcheck, asked: tuple[str, ...], says: str) -> None:
    ran = chcheck(*ASKED, *asked, files=FILES)
    assert (ran.code, ran.err) == (2, f"chcheck: {says}\n")


def test_a_report_of_a_time_and_of_groups_comes_out_again(chcheck: Chcheck) -> None:
    asked = ("--from", "2025-04-01", "--to", "2025-06-30", "--by", "team")
    chcheck(*ASKED, *asked, "--output", "json:r.json", files=FILES)
    options = json.loads(Path("r.json").read_text(encoding="utf-8"))["options"]
    assert (options["from"], options["to"], options["by"]) == ("2025-04-01", "2025-06-30", ["team"])
    ran = chcheck("verify", "r.json")
    assert (ran.code, ran.out) == (0, "The same: r.json comes out again as it is.\n")
