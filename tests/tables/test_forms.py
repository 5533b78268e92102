"""The same complaints give the same findings as timelines, wide, long and a row for each stage.

`make campaign` goes through more of them.
"""

import json
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from tests.campaigns.forms import (
    CONFIGURATION,
    STAGES,
    Complaint,
    Head,
    Said,
    as_timelines,
    as_wide,
    made,
)
from tests.campaigns.of_forms import (
    ASKED,
    CANNOT_CARRY,
    CODES,
    FORMS,
    LONG,
    differences,
    ran,
)
from tests.helpers.command import Chcheck

DOCS = Path(__file__).parents[2] / "docs" / "exports.md"


def test_every_form_gives_every_finding_of_the_timelines() -> None:
    complaints = made(60, 30)
    told = differences(complaints, 30)
    assert [str(one) for one in told if not one.asked] == []
    # What a form cannot carry is asked for, and seldom.
    assert all(any(why in one.asked for why in ASKED) for one in told)
    assert all(number <= 8 for number in Counter(one.form for one in told).values())
    found, _ = ran(as_timelines(complaints), "timelines.json")
    rules = {dict(one)["rule"] for several in found.values() for one in several}
    assert rules >= {
        *("acknowledge-complaint", "stage-1-response", "acknowledge-escalation"),
        *("stage-2-response", "stage-3-response", "stage-1-extended", "stage-2-extended"),
        *("stage-2-in-order", "go-to-ombudsman", "stage-2-person", "no-third-stage"),
        *("event-after-as-at", "impossible-order", "further-complaint", "reopened-after-answer"),
    }
    assert {dict(one)["episode"] for several in found.values() for one in several} >= {"1", "2"}


def test_every_form_lists_what_nothing_is_recorded_about_as_often(chcheck: Chcheck) -> None:
    complaints = made(26, 24)
    asked = {one.complaint for one in differences(complaints, 24)}
    complaints = [one for one in complaints if one not in asked]
    assert len(complaints) > 20
    told = []
    for name, text, configuration in (
        ("timelines.json", as_timelines(complaints), ""),
        *(
            (f"{number}.csv", write(complaints, 24), configuration)
            for number, (write, configuration) in enumerate(FORMS.values())
        ),
    ):
        run = chcheck(name, files={name: text, "chcheck.toml": configuration})
        told.append(run.out.split("NOT CHECKED: nothing is recorded about these\n")[1])
    sections = [sorted(text.split("\n\n")[0].splitlines()) for text in told]
    assert len(sections[0]) > 8
    assert sections == [sections[0]] * 4


OWN = """
id: own-2020
title: A policy with duties of its own
publisher: Sample Homes
standard: policy
nations: [england]
source: a test
in_force: {from: 2019-01-01}
checked: 2025-04-01
rules:
  - id: stage-1-response
    title: Stage 1 response
    clause: "1"
    duty: must
    says: We answer within 15 working days.
    provenance: quoted
    clock:
      start: complaint received
      stop: stage 1 response
      limit: {working_days: 15}
      extension:
        event: stage 1 extended
        most: {working_days: 10}
        beyond: []
        needs: [until]
        clause: "2"
        provenance: reported
duties:
  - id: acknowledged-first
    title: Acknowledged before it is answered
    clause: "3"
    duty: should
    says: We acknowledge before we answer.
    provenance: quoted
    sequence: {event: stage 1 response, after: [complaint acknowledged]}
  - id: never-closed
    title: Never closed
    clause: "4"
    duty: must
    says: We do not close complaints.
    provenance: quoted
    never: {events: [complaint closed, complaint withdrawn]}
  - id: time-to-escalate
    title: Time to escalate
    clause: "5"
    duty: must
    says: You can ask for stage 2 from one to four weeks after our answer.
    provenance: quoted
    window:
      event: escalation requested
      after: [stage 1 response]
      closes_after: {weeks: 4}
      opens_after: {weeks: 1}
      opens_until: 2024-12-31
"""


def test_duties_of_a_policy_of_its_own_are_judged_alike_in_every_form() -> None:
    complaints = [replace(one, policy="own.yaml") for one in made(34, 31)]
    told = differences(complaints, 31, policy=OWN)
    assert [str(one) for one in told if not one.asked] == []
    found, _ = ran(as_timelines(complaints), "timelines.json", policy=OWN)
    verdicts = {
        (own["rule"], own["verdict"])
        for several in found.values()
        for one in several
        if (own := dict(one))["standard"] == "policy"
    }
    assert verdicts >= {
        *(("acknowledged-first", verdict) for verdict in ("met", "breach", "cannot-tell")),
        *(("time-to-escalate", verdict) for verdict in ("met", "not-applicable")),
        *(("stage-1-extended", verdict) for verdict in ("met", "breach")),
        ("never-closed", "breach"),
    }


@pytest.mark.parametrize(("head", "forms"), CODES, ids=lambda one: " ".join(map(str, one)))
def test_other_codes_come_to_the_same_in_every_form(head: Head, forms: Sequence[str]) -> None:
    hazards = "awaab" in head.get("code", "")
    complaints = made(10, 33, hazards=hazards)
    told = differences(complaints, 33, forms, head=head)
    assert [str(one) for one in told if not one.asked] == []
    found, _ = ran(as_timelines(complaints, head), "timelines.json")
    series = {dict(one)["series"] for several in found.values() for one in several}
    wanted = {
        "scotland": {"spso"},
        "northern-ireland": {"nipso", "spso"},
        "wales": {"psow"},
        "council": {"lgsco"},
    }
    asked = wanted.get(str(head.get("nation", head.get("body"))), set(head.get("code", ())))
    assert series - {"", "luton", "southwark", "mtvh"} == asked


def test_a_long_table_carries_what_happened_twice_in_one_complaint() -> None:
    told = differences(made(30, 21, more=True), 21, [LONG])
    assert [str(one) for one in told if not one.asked] == []


def test_the_docs_say_what_a_form_cannot_carry() -> None:
    section = DOCS.read_text(encoding="utf-8").split("## What a form cannot carry")[1]
    ids = re.findall(r"^\| `([a-z-]+)` \|", section.split("\n## ")[0], re.MULTILINE)
    assert ids == list(CANNOT_CARRY)


def complaint(*said: tuple[str, str] | tuple[str, str, dict[str, str]]) -> Complaint:
    """Return one complaint, its events all of one row of a wide table."""
    told = []
    for day, event, *facts in said:
        stage = next(number for number, names in STAGES.items() if event in names)
        told.append(Said(event, str(day), stage, 0, tuple(*(one.items() for one in facts))))
    return Complaint("C1", "", tuple(told))


SAMPLES = {
    # In time, but nothing says what reason was given.
    "an extension": (
        complaint(
            ("2025-05-12", "complaint received"),
            ("2025-05-13", "complaint acknowledged"),
            ("2025-05-20", "stage 1 extended", {"until": "2025-06-05"}),
        ),
        {("stage-1-extended", "cannot-tell", "not-recorded")},
    ),
    # Ten working days from Tuesday 13 May 2025 end on the 28th (the 26th is a bank holiday).
    "an extension that comes too late": (
        complaint(
            ("2025-05-12", "complaint received"),
            ("2025-05-13", "complaint acknowledged"),
            ("2025-05-29", "stage 1 extended", {"until": "2025-06-05"}),
        ),
        {("stage-1-extended", "breach", "not-as-required")},
    ),
    # A blank cell says that there was no stage 1 response.
    "no answer at stage 1": (
        complaint(
            ("2023-05-14", "complaint received"),
            ("2023-05-16", "complaint acknowledged"),
            ("2023-05-19", "escalation requested"),
            ("2023-05-29", "escalation acknowledged"),
            ("2023-07-14", "stage 2 response"),
        ),
        {("stage-2-in-order", "breach", "not-as-required")},
    ),
    # The resident may go to the Ombudsman for 12 months after 23 April 2025.
    "in order": (
        complaint(
            ("2023-12-11", "complaint received"),
            ("2023-12-12", "complaint acknowledged"),
            ("2023-12-20", "stage 1 response"),
            ("2025-03-20", "escalation requested"),
            ("2025-03-24", "escalation acknowledged"),
            ("2025-04-23", "stage 2 response"),
        ),
        {
            ("stage-2-in-order", "met", "as-required"),
            ("go-to-ombudsman", "pending", "not-yet-due"),
        },
    ),
    "two events after the day of the check": (
        complaint(
            ("2025-06-12", "complaint received"),
            ("2025-07-04", "complaint acknowledged"),
            ("2025-07-15", "stage 1 response"),
        ),
        {("event-after-as-at", "cannot-tell", "after-as-at")},
    ),
}


@pytest.mark.parametrize("name", list(SAMPLES))
def test_a_table_says_what_a_timeline_says(name: str, chcheck: Chcheck) -> None:
    one, wanted = SAMPLES[name]
    found, _ = ran(as_timelines([one]), "timelines.json")
    theirs = [dict(each) for each in found["C1"].elements()]
    assert {(each["rule"], each["verdict"], each["reason"]) for each in theirs} >= wanted
    assert differences([one], 1) == []
    # And its findings as objects say the same in words.
    files = {
        "export.csv": as_wide([one], 1),
        "timelines.json": as_timelines([one]),
        "chcheck.toml": CONFIGURATION,
    }
    says = []
    for path in ("export.csv", "timelines.json"):
        run = chcheck(path, "--format", "json", "--show", "all", files=files)
        findings = json.loads(run.out)["complaints"][0]["findings"]
        says.append(sorted((each["rule"], each["says"]) for each in findings))
    assert says[0] == says[1]
    assert len(says[0]) == len(theirs)
