"""Non-working days that were announced late: declared, counted by every clock, and printed."""

from __future__ import annotations

import json

import pytest

from tests.helpers.command import Chcheck

# 5 working days from Monday 3 March 2025 end on Monday 10 March; without Wednesday 5 March on
# Tuesday 11 March, when it was acknowledged. Of the answer: 10 from 11 March end on 25 March.
CASE = """\
complaint: T
as_at: 2025-06-30
events:
  - 2025-03-03 complaint received
  - 2025-03-11 complaint acknowledged
  - 2025-03-25 stage 1 response
  - {date: 2025-03-03, event: commitment, within: 2 working days}
  - 2025-03-06 commitment met
"""
TABLE = "Reference,Received,Acknowledged,Stage 1 response\nT,2025-03-03,2025-03-11,2025-03-25\n"
DAY = """\
[[non-working-days]]
date = 2025-03-05
says = "state funeral"
source = "Royal Proclamation of 1 March 2025"
"""
LINE = (
    "Configuration: chcheck.toml, which adds non-working days: 5 March 2025 (state\n"
    "funeral; source: Royal Proclamation of 1 March 2025)"
)


def verdicts(chcheck: Chcheck, toml: str, name: str = "case.yaml") -> dict[str, str]:
    files = {"case.yaml": CASE, "rows.csv": TABLE, "chcheck.toml": toml}
    ran = chcheck(name, "--format", "jsonl", "--as-at", "2025-06-30", files=files)
    found = [json.loads(line) for line in ran.out.splitlines()]
    return {one["rule"]: one["verdict"] for one in found if "rulebook" in one} | {
        one["standard"]: one["verdict"] for one in found if "standard" in one
    }


@pytest.mark.parametrize("name", ["case.yaml", "rows.csv"])
def test_every_clock_leaves_it_out(chcheck: Chcheck, name: str) -> None:
    assert verdicts(chcheck, "", name)["acknowledge-complaint"] == "breach"
    assert verdicts(chcheck, DAY, name)["acknowledge-complaint"] == "met"


def test_a_promise_leaves_it_out(chcheck: Chcheck) -> None:
    # Two working days from Monday 3 March: Wednesday 5 March, or Thursday 6 March without it.
    assert verdicts(chcheck, "")["promise"] == "breach"
    assert verdicts(chcheck, DAY)["promise"] == "met"


@pytest.mark.parametrize(
    ("nations", "verdict"),
    [('["england", "wales"]', "met"), ('["scotland"]', "breach"), ("[]", "met")],
)
def test_it_holds_for_its_nations_alone(chcheck: Chcheck, nations: str, verdict: str) -> None:
    found = verdicts(chcheck, f"{DAY}nations = {nations}\n")
    assert found["acknowledge-complaint"] == verdict


def test_a_policy_leaves_it_out_too(chcheck: Chcheck) -> None:
    # Luton's policy allows 3 working days: Thursday 6 March, or Friday 7 March.
    case = CASE.replace("as_at:", "policy: luton-2022\nas_at:").replace("03-11", "03-07")
    files = {"case.yaml": case, "chcheck.toml": DAY}
    ran = chcheck("case.yaml", "--format", "json", files=files)
    (one,) = json.loads(ran.out)["complaints"]
    told = {(f["rule"], f["standard"]): f["due"]["latest"] for f in one["findings"] if f["due"]}
    assert told["acknowledge-complaint", "policy"] == "2025-03-07"


@pytest.mark.parametrize("name", ["case.yaml", "rows.csv"])
def test_every_output_with_a_place_for_it_names_it(chcheck: Chcheck, name: str) -> None:
    files = {"case.yaml": CASE, "rows.csv": TABLE, "chcheck.toml": DAY}
    text = chcheck(name, "--as-at", "2025-06-30", files=files).out
    assert " ".join(LINE.split()) in " ".join(text.split())
    for form in ("markdown", "html"):
        told = chcheck(name, "--as-at", "2025-06-30", "--format", form).out
        assert "5 March 2025 (state funeral; source: Royal Proclamation of 1 March 2025)" in told
    data = json.loads(chcheck(name, "--as-at", "2025-06-30", "--format", "json").out)
    assert data["configuration"]["non_working_days"] == [
        {
            "date": "2025-03-05",
            "says": "state funeral",
            "source": "Royal Proclamation of 1 March 2025",
            "nations": ["england", "wales", "scotland", "northern-ireland"],
        }
    ]


def test_the_count_says_why_it_is_left_out(chcheck: Chcheck) -> None:
    ran = chcheck("case.yaml", "--explain", files={"case.yaml": CASE, "chcheck.toml": DAY})
    assert "Wed: non-working day: state funeral" in ran.out


@pytest.mark.parametrize(
    ("toml", "says"),
    [
        (
            "[[non-working-days]]\n",
            "non-working-days, entry 1: it needs date and says and source",
        ),
        (
            DAY.replace("2025-03-05", '"March"'),
            'non-working-days, entry 1: date: "March" is not a date',
        ),
        (
            f'{DAY}nations = ["france"]\n',
            'non-working-days, entry 1: nations: "france" is not one of england, wales, scotland, '
            "northern-ireland",
        ),
        ("non-working-days = 3\n", "non-working-days: a list of tables is expected"),
    ],
)
def test_what_is_wrong_with_an_entry_is_said(chcheck: Chcheck, toml: str, says: str) -> None:
    ran = chcheck("case.yaml", files={"case.yaml": CASE, "chcheck.toml": toml})
    assert ran.code == 2
    assert says in ran.err


def test_the_command_days_leaves_it_out_and_says_so(chcheck: Chcheck) -> None:
    # Five working days from Monday 3 March 2025 end on the 10th, without the 5th on the 11th.
    words = ("days", "2025-03-03", "5wd")
    ran = chcheck(*words, files={"chcheck.toml": DAY})
    assert "from Monday 3 March 2025 end on Tuesday 11 March 2025.\n" in ran.out
    assert f"\n{LINE}\n" in ran.out
    assert "Wed: non-working day: state funeral" in ran.out
    named = chcheck(*words, "--config", "off.toml", files={"off.toml": DAY, "chcheck.toml": ""})
    assert "end on Tuesday 11 March 2025." in named.out
    assert "Configuration: off.toml, which adds" in named.out
    welsh = chcheck(*words, files={"chcheck.toml": f'{DAY}nations = ["wales"]\n'})
    assert "end on Monday 10 March 2025." in welsh.out


OPEN_CASE = """\
complaint: O-1
as_at: 2025-02-26
events:
  - 2025-02-26 complaint received
"""


def test_the_list_of_what_is_due_looks_as_far_ahead(chcheck: Chcheck) -> None:
    # Five working days from Wednesday 26 February 2025 end on Wednesday 5 March, or without that
    # day on the 6th: the acknowledgement is due then, and the list reaches to it.
    words = ("due", "a.yaml", "--within", "5wd")
    files = {"a.yaml": OPEN_CASE}
    for toml, day in (("", "Wednesday 5 March"), (DAY, "Thursday 6 March")):
        out = chcheck(*words, files={**files, "chcheck.toml": toml}).out
        assert out.startswith(f"Overdue 0; due by {day}: 1. Due later: 1.\n")


def test_the_reminder_comes_on_a_working_day(chcheck: Chcheck) -> None:
    # Due on Thursday 6 March 2025: the working day before is Tuesday the 4th, at nine.
    files = {"chcheck.toml": DAY, "a.yaml": OPEN_CASE}
    out = chcheck("due", "a.yaml", "--format", "ics", files=files).out
    assert "DTSTART;VALUE=DATE:20250306\r\n" in out
    assert "TRIGGER:-P1DT15H\r\n" in out
