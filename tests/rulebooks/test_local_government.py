"""A council's complaint under the LGSCO's Code, where every clause says should."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from tests.helpers.command import Chcheck
from timeliness import Case, check
from timeliness.read.library import Loader, load_rulebooks

# Received on Monday 3 March 2025; acknowledged on Tuesday the 11th, the sixth working day; answered
# on the 25th, ten after that. Escalated on Tuesday 1 April; acknowledged on the 8th, the fifth;
# answered on 9 May: without Good Friday (18 April), Easter Monday and 5 May the twenty working days
# from 9 April end on Friday the 9th.
EVENTS = (
    "2025-03-03 complaint received",
    "2025-03-11 complaint acknowledged",
    "2025-03-25 stage 1 response",
    "2025-04-01 escalation requested",
    "2025-04-08 escalation acknowledged",
    "2025-05-09 stage 2 response",
)


def text_of(*events: str) -> str:
    head = "complaint: L-1\nbody: council\nas_at: 2026-04-30\nevents:\n"
    return head + "".join(f"  - {event}\n" for event in events)


def case_of(*events: str) -> Case:
    loader = Loader(load_rulebooks())
    timelines = loader.parse(text_of(*events).encode(), "case.yaml", Path())
    (case,) = check(timelines, loader.library).cases
    return case


def verdicts(case: Case) -> dict[str, str]:
    return {one.rule: one.verdict for one in case.findings if one.limit is not None}


def test_a_council_is_judged_by_its_own_code() -> None:
    case = case_of(*EVENTS)
    assert [book.id for book in case.rulebooks] == ["lgsco-2024"]
    assert verdicts(case) == {
        "acknowledge-complaint": "breach",
        "stage-1-response": "met",
        "acknowledge-escalation": "met",
        "stage-2-response": "met",
    }
    assert {one.duty for one in case.findings if one.limit is not None} == {"should"}


def test_one_day_more_is_late_at_stage_2() -> None:
    case = case_of(*EVENTS[:-1], "2025-05-12 stage 2 response")
    assert verdicts(case)["stage-2-response"] == "breach"


def test_a_should_is_to_be_explained_and_no_breach(chcheck: Chcheck) -> None:
    ran = chcheck("case.yaml", files={"case.yaml": text_of(*EVENTS)})
    assert (ran.code, ran.err) == (0, "")
    assert "NOT FOLLOWED, SO TO BE EXPLAINED" in ran.out
    assert "LGSCO Code" in ran.out
    last = " ".join(ran.out.split())
    assert last.endswith(
        "A breach shown here is not a finding of the Local Government and Social Care Ombudsman."
    )


@pytest.mark.parametrize(("received", "noted"), [("2026-03-31", True), ("2026-04-01", False)])
def test_it_is_noted_that_the_ombudsman_did_not_use_it_yet(received: str, noted: bool) -> None:
    case = case_of(f"{received} complaint received")
    told = any("uses this Code in its investigations from 1 April 2026" in n for n in case.notes)
    assert told is noted


def test_the_same_complaint_to_a_landlord_is_under_the_other_code() -> None:
    loader = Loader(load_rulebooks())
    text = text_of(*EVENTS).replace("body: council", "body: housing")
    (case,) = check(loader.parse(text.encode(), "case.yaml", Path()), loader.library).cases
    assert [book.id for book in case.rulebooks] == ["housing-ombudsman-2024"]


def test_a_table_of_a_council_says_the_same(chcheck: Chcheck) -> None:
    head = ",".join(event.partition(" ")[2] for event in EVENTS)
    days = ",".join(event.partition(" ")[0] for event in EVENTS)
    ran = chcheck(
        "table.csv",
        "--as-at",
        "2025-06-30",
        "--format",
        "csv",
        files={
            "table.csv": f"Reference,{head}\nL-1,{days}\n",
            "chcheck.toml": 'body = "council"\n',
        },
    )
    assert ran.code == 0, ran.err
    rows = list(csv.DictReader(io.StringIO(ran.out)))
    told = {row["rule"]: (row["series"], row["duty"], row["verdict"]) for row in rows}
    assert told["acknowledge-complaint"] == ("lgsco", "should", "breach")
    assert told["stage-2-response"] == ("lgsco", "should", "met")
