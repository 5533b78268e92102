"""The figures of a year: the worked example, its words, and what is refused."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest

from tests.helpers.command import Chcheck

# Of 140 complaints of 2025/26 at 2,480 homes: 96 in time, 14 in time by an extension, 20 late,
# 3 overdue and 7 not yet due on 31 March 2026.
HEADER = (
    "Ref,Received,Acknowledged,Stage 1 extended,Stage 1 extended until,Stage 1 response,"
    "Escalation requested\n"
)
# Acknowledged on Tuesday 3 June 2025: ten working days end on Tuesday 17, and ten more on Tuesday
# 1 July. Acknowledged on Monday 2 March 2026: they end on Monday 16 March. On Thursday 26 March:
# after Good Friday 3 and Easter Monday 6 April they end on Monday 13 April.
KINDS = (
    (96, "2025-06-02,2025-06-03,,,2025-06-17,"),
    (14, "2025-06-02,2025-06-03,2025-06-12,2025-07-01,2025-06-30,"),
    (20, "2025-06-02,2025-06-03,,,2025-06-18,"),
    (3, "2026-02-27,2026-03-02,,,,"),
    (7, "2026-03-25,2026-03-26,,,2026-04-10,"),
)
ROWS = [row for number, row in KINDS for _ in range(number)]
TABLE = HEADER + "".join(f"C-{place},{row}\n" for place, row in enumerate(ROWS, 1))
ASSUME = """\
[assume]
extension-letters = ["reason", "in_writing", "ombudsman_details"]
approver = "Head of Complaints"
date = 2026-04-01
"""
FILES = {"export.csv": TABLE, "chcheck.toml": ASSUME}
ASKED = ("year", "export.csv", "--year", "2025/26", "--homes", "2480")
AFTER = ("--as-at", "2026-04-30")


def figures(out: str, *, as_at: str, stage: int = 1, period: str = "2025/26") -> dict[str, Any]:
    found: list[dict[str, Any]] = [
        one
        for one in json.loads(out)["figures"]
        if (one["as_at"], one["stage"], one["period"]) == (as_at, stage, period)
        and one["tenure"] is None
        and one["group"] is None
    ]
    assert len(found) == 1
    return found[0]


def test_the_worked_example_comes_out_in_every_reading(chcheck: Chcheck) -> None:
    ran = chcheck(*ASKED, *AFTER, "--format", "json", files=FILES)
    told = figures(ran.out, as_at="2026-03-31")
    became = {
        name: told[name] for name in ("in-time", "in-time-extended", "late", "overdue", "not-due")
    }
    assert list(became.values()) == [96, 14, 20, 3, 7]
    assert told["received"] == 140
    # 140 / 2,480 x 1,000 = 56.45
    assert told["ch01-with-ended"]["least"]["share"] == pytest.approx(56.45, abs=0.005)
    shares = {
        "made-extensions-count-with-ended": (110, 140),
        "made-and-due-extensions-count-with-ended": (110, 133),
        "answered-extensions-count": (110, 130),
        "made-extensions-do-not-count-with-ended": (96, 140),
        "made-and-due-extensions-do-not-count-without-ended": (96, 133),
        "answered-extensions-do-not-count": (96, 130),
    }
    for name, (part, whole) in shares.items():
        one = {"share": pytest.approx(part / whole), "part": part, "whole": whole}
        assert told[f"ch02-{name}"] == {"least": one, "most": one}, name
    # The seven were answered in April: in the year's cohort, but not answered in the year.
    later = figures(ran.out, as_at="2026-04-30")
    assert (later["in-time"], later["not-due"]) == (103, 0)
    assert later["ch02-made-extensions-count-with-ended"]["least"]["part"] == 117
    assert later["ch02-answered-extensions-count"]["least"]["whole"] == 130


TEXT = """\
2025/26: 140 complaints received, and 0 taken to stage 2. Answered in time, by
how it is counted: CH02(1) 68.6% to 84.6%. For every 1,000 homes: CH01(1) 56.5;
CH01(2) 0.0.

Received from 1 April 2025 to 31 March 2026. Each column shows how they stood on
its day.
As at 30 April 2026.

ALL COMPLAINTS, STAGE 1                               31 Mar 2026    30 Apr 2026
Received                                                      140            140
  Answered in time                                             96            103
  In time by a valid extension                                 14             14
    without what is assumed                                     0              0
  Answered late                                                20             20
  Not answered, and overdue                                     3              3
  Not answered, not yet due                                     7              0
  Cannot tell                                                   0              0
    without what is assumed                                    14             14
Acknowledged in time                                       100.0%         100.0%
Escalated, of those answered                                 0.0%           0.0%
Working days to answer, from the start of the limit
  Mean                                                       11.1           11.0
  Median                                                     10.0           10.0
  Nine in ten                                                  19             19
Working days to answer, from receipt
  Mean                                                       12.1           12.0
  Median                                                     11.0           11.0
  Nine in ten                                                  20             20
CH01(1): received for every 1,000 homes
  All                                                        56.5           56.5
CH02(1): in time, of those made in the year
  Extensions count                                          78.6%          83.6%
    without what is assumed                        68.6% to 78.6% 73.6% to 83.6%
  Extensions do not count                                   68.6%          73.6%
CH02(1): in time, of those made in the year, without those not yet due
  Extensions count                                          82.7%          83.6%
    without what is assumed                        72.2% to 82.7% 73.6% to 83.6%
  Extensions do not count                                   72.2%          73.6%
CH02(1): in time, of those answered in the year
  Extensions count                                          84.6%          84.6%
    without what is assumed                        73.8% to 84.6% 73.8% to 84.6%
  Extensions do not count                                   73.8%          73.8%

Assumed: for every extension a reason was given, it was in writing and the
Ombudsman's details were given; approved by Head of Complaints on 1 April 2026.
No column gives the tenure, so CH01 and CH02 count every complaint. They are for
low cost rental (LCRA) and low cost home ownership (LCHO), each by itself.
No source settles how CH01 and CH02 are counted, so each way has a figure. Where
the record leaves something open, the range counts it once late and once in
time. Your own method note says which way you count.

Configuration: chcheck.toml
A breach shown here is not a finding of the Housing Ombudsman.
"""


def test_the_text_shows_each_reading_by_its_name(chcheck: Chcheck) -> None:
    """By hand: (96 x 10 + 14 x 19 + 20 x 11) / 130 = 11.1 days, and from receipt one more each."""
    ran = chcheck(*ASKED, *AFTER, files=FILES)
    assert ran.out == TEXT
    assert ran.code == 0


def test_every_form_gives_the_figures_without_what_is_assumed(chcheck: Chcheck) -> None:
    """Without it nobody can say whether the 14 extensions count: 96 to 110 of 140 were in time."""
    outputs = ("csv", "html", "rows")
    words = [word for name in outputs for word in ("--output", f"{name}:o.{name}")]
    ran = chcheck(*ASKED, *AFTER, "--format", "json", *words, files=FILES)
    without = figures(ran.out, as_at="2026-03-31")["without_assumed"]
    assert (without["in-time-extended"], without["undecided"]) == (0, 14)
    name = "ch02-made-extensions-count-with-ended"
    ends = [(one["part"], one["whole"]) for one in without[name].values()]
    assert ends == [(96, 140), (110, 140)]
    # What rests on nothing that is assumed is not said twice.
    assert not {"received", "late", "ch02-made-extensions-do-not-count-with-ended"} & set(without)
    made = {name: Path(f"o.{name}").read_text(encoding="utf-8") for name in outputs}
    (row,) = (
        one
        for one in rows_of(made["csv"])
        if (one["as_at"], one["stage"], one["figure"]) == ("2026-03-31", "1", name)
    )
    assert (row["least_part"], row["least_part_without_assumed"]) == ("110", "96")
    assert (row["most_part"], row["most_part_without_assumed"]) == ("110", "110")
    behind = [one for one in rows_of(made["rows"]) if one["as_at"] == "2026-03-31"]
    doubtful = [one for one in behind if one["became-without-assumed"] == "undecided"]
    assert [one["became"] for one in doubtful] == ["in-time-extended"] * 14
    reading = "made-extensions-count-with-ended"
    assert {(one[reading], one[f"{reading}-without-assumed"]) for one in doubtful} == {("1", "0/1")}
    assert '<th scope="row" class="part without">without what is assumed</th>' in made["html"]
    # Answered in June: 96 of the 130 that were received then in time, and 14 by an extension.
    assert '<td class="num">84.6%</td><td class="num">73.8% to 84.6%</td>' in made["html"]


# Acknowledged on Tuesday 3 June 2025: due on Tuesday 17 June; on Monday 2 March 2026: due on
# Monday 16. L1 and L2 came 3 and 30 days late, L3 in time. L4 was received in the year before and
# answered in this one: acknowledged on Tuesday 4 March 2025, due on Tuesday 18. O1 is still owed
# on 30 April 2026, 45 days after 16 March. P1 is in time if its extension is valid.
DELAYS = """\
L1,2025-06-02,2025-06-03,,,2025-06-20,
L2,2025-06-02,2025-06-03,,,2025-07-17,
L3,2025-06-02,2025-06-03,,,2025-06-17,
L4,2025-03-03,2025-03-04,,,2025-04-07,
O1,2026-02-27,2026-03-02,,,,
P1,2025-06-02,2025-06-03,2025-06-12,2025-07-01,2025-06-30,
"""
DELAYED = (
    '<tr><th scope="row">{}</th><td>Stage 1 response</td><td>{}</td><td>{}</td>'
    '<td class="num">{}</td></tr>\n'
)


def test_the_page_has_the_longest_delays_and_why_something_cannot_be_decided(
    chcheck: Chcheck,
) -> None:
    ran = chcheck(
        *("year", "export.csv", "--year", "2025/26", *AFTER, "--format", "html"),
        files={"export.csv": HEADER + DELAYS},
    )

    def section(title: str) -> str:
        return ran.out.partition(f"<h2>{title}</h2>")[2].partition("<h2>")[0]

    finished = section("Longest delays, answered")
    told = (
        ("L2", "17 June 2025", "17 July 2025", 30),
        ("L4", "18 March 2025", "7 April 2025", 20),
        ("L1", "17 June 2025", "20 June 2025", 3),
    )
    assert "".join(DELAYED.format(*one) for one in told) in finished
    assert finished.count("<tr><th scope") == 4
    still = section("Longest delays, still open")
    assert '<th scope="row">O1</th><td>Stage 1 response</td><td>16 March 2026</td>' in still
    assert '<td class="num">45</td>' in still
    why = section("What cannot be decided, and why")
    reason = "It is not known whether an extension counts, or how far it goes"
    assert f'<th scope="row">{reason}</th><td class="num">1</td><td class="num">1</td>' in why


def rows_of(out: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(out)))


def test_every_figure_can_be_traced_to_the_complaints_behind_it(chcheck: Chcheck) -> None:
    ran = chcheck(*ASKED, *AFTER, "--format", "rows", files=FILES)
    then = [one for one in rows_of(ran.out) if one["as_at"] == "2026-03-31"]
    assert len(then) == 140
    reading = "made-and-due-extensions-count-with-ended"
    counted = [one[reading] for one in then]
    assert (counted.count("1"), counted.count("0"), counted.count("")) == (110, 23, 7)
    # The 97th row is the first that was extended: answered in 19 working days, on line 98.
    extended = then[96]
    assert (extended["complaint"], extended["line"]) == ("C-97", "98")
    assert (extended["became"], extended["working_days"]) == ("in-time-extended", "19")
    assert extended["made-extensions-do-not-count-with-ended"] == "0"


def test_the_figures_as_csv_have_the_ends_of_every_share(chcheck: Chcheck) -> None:
    ran = chcheck(*ASKED, *AFTER, "--format", "csv", files=FILES)
    found = {
        (one["as_at"], one["stage"], one["figure"]): one
        for one in rows_of(ran.out)
        if one["period"] == "2025/26"
    }
    one = found["2026-03-31", "1", "ch02-made-extensions-count-with-ended"]
    assert (one["least_part"], one["least_whole"]) == ("110", "140")
    assert float(one["most"]) == pytest.approx(110 / 140)


BY_TEAM = """\
Ref,Received,Acknowledged,Stage 1 response,Team,Tenure
A,2025-04-01,2025-04-02,2025-04-09,North,LCRA
B,2025-06-30,2025-07-01,2025-09-09,North,Shared ownership
C,2025-07-01,2025-07-02,2025-07-04,,Boat
D,2024-07-01,2024-07-02,2024-07-04,North,LCRA
"""


def groups(out: str) -> dict[tuple[str, str], int]:
    told = [one for one in json.loads(out)["figures"] if one["group"] is not None]
    return {
        (one["period"], one["group"]): one["received"]
        for one in told
        if one["stage"] == 1 and one["as_at"].endswith("-03-31")
    }


@pytest.mark.parametrize(
    ("by", "expected"),
    [
        ("team", {("2025/26", "North"): 2, ("2025/26", ""): 1}),
        ("quarter", {("2025/26", "2025/26 Q1"): 2, ("2025/26", "2025/26 Q2"): 1}),
        (
            "month",
            {("2025/26", "2025-04"): 1, ("2025/26", "2025-06"): 1, ("2025/26", "2025-07"): 1},
        ),
    ],
)
def test_figures_are_split_by_a_column_a_month_or_a_quarter(
    chcheck: Chcheck, by: str, expected: dict[tuple[str, str], int]
) -> None:
    words = ("year", "t.csv", "--year", "2025/26", "--as-at", "2026-05-01", "--format", "json")
    found = groups(chcheck(*words, "--by", by, files={"t.csv": BY_TEAM}).out)
    assert {key: number for key, number in found.items() if key[0] == "2025/26"} == expected


def test_a_tenure_that_is_not_known_is_in_no_measure_and_is_asked_for(chcheck: Chcheck) -> None:
    words = ("year", "t.csv", "--year", "2025/26", "--as-at", "2026-05-01")
    ran = chcheck(*words, files={"t.csv": BY_TEAM})
    assert "CH01 and CH02 leave out 1 complaint whose tenure is not known." in ran.out
    assert "1 value in the column of tenures is not known as a tenure; [tenures] in" in ran.out
    told = chcheck(
        *words,
        files={"chcheck.toml": '[tenures]\nboat = "LCRA"\n[homes]\nLCRA = 100\nLCHO = 50\n'},
    )
    assert "not known" not in told.out
    # Two of LCRA at 100 homes, one of LCHO at 50.
    assert "CH01(1) LCRA 20.0; CH01(1) LCHO 20.0" in " ".join(told.out.split())


def test_last_year_is_beside_this_from_the_same_file_or_from_its_own(chcheck: Chcheck) -> None:
    words = ("year", "t.csv", "--year", "2025/26", "--as-at", "2026-05-01", "--format", "json")
    same = figures(
        chcheck(*words, files={"t.csv": BY_TEAM}).out, as_at="2025-03-31", period="2024/25"
    )
    assert (same["received"], same["in-time"]) == (1, 1)
    old = "Ref,Received,Acknowledged,Stage 1 response\nX,2025-03-03,2025-03-04,2025-04-10\n"
    apart = figures(
        chcheck(*words, "--last", "old.csv", files={"old.csv": old}).out,
        as_at="2025-03-31",
        period="2024/25",
    )
    # Acknowledged on 4 March: due on Tuesday 18, and not answered by 31 March.
    assert (apart["received"], apart["overdue"]) == (1, 1)


AGAIN = """\
complaint: R-1
as_at: 2026-05-01
events:
  - 2025-04-07 complaint received
  - 2025-04-08 acknowledged
  - 2025-04-14 stage 1 response
  - 2025-10-06 complaint received
  - 2025-10-07 acknowledged
  - 2025-10-13 stage 1 response
  - 2025-10-20 escalation requested
"""


def test_a_further_complaint_counts_as_received_again(chcheck: Chcheck) -> None:
    words = ("year", "r.yaml", "--year", "2025/26", "--as-at", "2026-05-01")
    ran = chcheck(*words, files={"r.yaml": AGAIN})
    assert ran.out.startswith("2025/26: 2 complaints received, and 1 taken to stage 2.")
    says = " ".join(ran.out.split())
    assert (
        "Received again: 1 further complaint after an answer or end, and 0 second requests to "
        "escalate after an end. Each counts." in says
    )
    told = figures(chcheck(*words, "--format", "json").out, as_at="2026-05-01")
    # Of two answers, the later was followed by the request.
    assert told["escalated"]["least"] == {"share": 0.5, "part": 1, "whole": 2}


def test_a_year_that_goes_on_says_so_and_has_one_column(chcheck: Chcheck) -> None:
    words = ("year", "t.csv", "--from", "2025-04-01", "--to", "2026-03-31", "--as-at", "2025-07-31")
    ran = chcheck(*words, files={"t.csv": BY_TEAM})
    assert (
        "The year is not over: it ends on 31 March 2026. These figures are of what was received so "
        "far." in " ".join(ran.out.split())
    )
    json_out = chcheck(*words, "--format", "json").out
    assert figures(json_out, as_at="2025-07-31")["overdue"] == 1


def test_what_cannot_be_read_makes_the_figures_incomplete(chcheck: Chcheck) -> None:
    bad = BY_TEAM + "E,yesterday,2025-07-02,2025-07-04,North,LCRA\n"
    ran = chcheck(
        *("year", "t.csv", "--year", "2025/26", "--as-at", "2026-05-01"), files={"t.csv": bad}
    )
    assert ran.code == 2
    assert "1 thing could not be read or checked in full, so the figures may lack" in ran.out


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ((), "say which year: --year 2025/26, or --from and --to with a day each"),
        (
            ("--year", "2025"),
            '--year "2025" is not a year from April to March; write it as 2025/26',
        ),
        (
            ("--year", "2025/27"),
            '--year "2025/27" is not a year from April to March; write it as 2025/26',
        ),
        (
            ("--year", "2025/26", "--to", "2026-01-01"),
            "--year is a whole year; leave it out with --from and --to",
        ),
        (
            ("--from", "2026-01-01", "--to", "2025-01-01"),
            "--to 2025-01-01 is before --from 2026-01-01",
        ),
        (
            ("--year", "2025/26", "--homes", "many"),
            '--homes "many" is not a number of homes; write 4210, or LCRA=3980 and LCHO=230',
        ),
        (
            ("--year", "2025/26", "--homes", "LCR=10"),
            '--homes "LCR=10" names no tenure of the measures; did you mean "LCRA"?',
        ),
        (
            ("--year", "2025/26", "--homes", "10", "--homes", "12"),
            '--homes "12" gives the homes twice; give each number once',
        ),
        (
            ("--year", "2025/26", "--by", "Tean"),
            '--by "Tean": no table has that column; did you mean "Team"?',
        ),
        (
            ("--year", "2025/26", "--tenure", "Kind"),
            '--tenure "Kind": no table has that column; you can use Team or Tenure',
        ),
    ],
)
def test_what_is_asked_amiss_is_refused(
    chcheck: Chcheck, words: tuple[str, ...], says: str
) -> None:
    ran = chcheck("year", "t.csv", "--as-at", "2026-05-01", *words, files={"t.csv": BY_TEAM})
    assert (ran.code, ran.out) == (2, "")
    assert says in ran.err


@pytest.mark.parametrize(
    ("toml", "says"),
    [
        ("[homes]\nLCRA = 0\n", "homes: LCRA: a whole number is expected, such as LCRA = 2480"),
        ("[homes]\nLCRB = 10\n", 'homes: "LCRB" is not a key; did you mean "LCRA"?'),
        ('[tenures]\nboat = "rent"\n', 'tenures: boat: "rent" is not one of LCRA, LCHO, outside'),
    ],
)
def test_homes_and_tenures_of_the_configuration_are_checked(
    chcheck: Chcheck, toml: str, says: str
) -> None:
    ran = chcheck("year", "t.csv", "--year", "2025/26", files={"chcheck.toml": toml})
    assert ran.code == 2
    assert says in ran.err


def test_the_page_for_the_board_has_each_month_until_the_day_of_the_check(
    chcheck: Chcheck,
) -> None:
    files = {"t.csv": BY_TEAM, "chcheck.toml": "[floors]\nstage-1-response = 0.9\n"}
    words = ("year", "t.csv", "--year", "2025/26", "--as-at", "2025-07-10", "--format", "html")
    page = chcheck(*words, "--by", "team", files=files).out
    text = " ".join(page.split())
    assert "<title>The year 2025/26, as at 2025-07-10</title>" in text
    assert "Stage 1; the dashed line is the target, 90.0%" in text
    months = ("April 2025", "May 2025", "June 2025", "July 2025, so far")
    assert all(f'<th scope="row">{month}</th>' in text for month in months)
    assert "August 2025" not in text
    # Of April one was answered in time, and of June one is not yet due on 10 July.
    row = '<th scope="row">April 2025</th><td class="num">1</td><td class="num">100.0%</td>'
    assert row in text
    row = '<th scope="row">June 2025</th><td class="num">1</td><td class="num">-</td>'
    assert row in text
    # One page of no scripts, with nothing fetched.
    assert "<script" not in page
    assert "://" not in page


STATUSES = """\
Ref,Date Received,Date Acknowledged,Stage 1 Response,Status
A1,2026-03-25,2026-03-26,,Withdrawn
A2,2026-03-25,2026-03-26,,
"""
UNSURE = """\
complaint: A1
as_at: 2026-06-01
events:
  - 2026-03-25 complaint received
  - 2026-03-26 acknowledged
  - {date: unknown, event: complaint withdrawn}
---
complaint: A2
as_at: 2026-06-01
events:
  - 2026-03-25 complaint received
  - 2026-03-26 acknowledged
---
complaint: P1
record: partial
as_at: 2026-06-01
events:
  - 2026-03-25 complaint received
  - 2026-03-26 acknowledged
"""


@pytest.mark.parametrize("name", ["t.csv", "t.yaml"])
def test_what_nobody_can_tell_of_an_earlier_day_is_undecided_then(
    chcheck: Chcheck, name: str
) -> None:
    """A withdrawal on an unknown day, which may have come after 31 March, or before."""
    files = {"t.csv": STATUSES, "t.yaml": UNSURE}
    words = ("year", name, "--year", "2025/26", "--as-at", "2026-06-01", "--format", "rows")
    found = {
        (one["complaint"], one["as_at"]): one for one in rows_of(chcheck(*words, files=files).out)
    }
    then, now = found["A1", "2026-03-31"], found["A1", "2026-06-01"]
    assert (then["became"], now["became"]) == ("undecided", "withdrawn")
    # Nobody answered it either way: not in time if it was open or is counted, or left out.
    assert then["made-extensions-count-with-ended"] == "0"
    assert then["made-extensions-count-without-ended"] == "0/out"
    assert now["made-extensions-count-without-ended"] == ""
    assert found["A2", "2026-03-31"]["became"] == "not-due"
    assert found["A2", "2026-06-01"]["became"] == "overdue"
    if name == "t.yaml":
        # A partial record does not say whether it was answered.
        assert found["P1", "2026-03-31"]["made-extensions-count-with-ended"] == "0/1"
