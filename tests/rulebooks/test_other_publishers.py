"""Rulebooks of any publisher, written as files: nothing but data is needed for them.

The first four test the form of a rulebook and not anybody's law: their limits are simpler than the
shipped ones. The last is of a publisher who does not exist, with events of its own.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

import pytest

from tests.helpers.command import Chcheck

HEAD = """\
id: {id}
series: {series}
title: {title}
publisher: {title}
standard: code
nations: [{nation}]
source: made up for this test
in_force: {{from: {start}}}
checked: 2026-11-26
"""

RULE = """\
  - id: {id}
    title: {title}
    clause: "{clause}"
    duty: {duty}
    says: {title} within the time.
    provenance: reported
    clock: {{start: {start}, stop: {stop}, limit: {{working_days: {days}}}{more}}}
"""


def rule(name: str, start: str, stop: str, days: int, *, duty: str = "must", more: str = "") -> str:
    title = name.replace("-", " ").capitalize()
    more = f", {more}" if more else ""
    return RULE.format(
        id=name, title=title, clause="1", duty=duty, start=start, stop=stop, days=days, more=more
    )


EXTENDED = "extension: {event: stage 1 extended, most: {working_days: 5}, provenance: reported}"

SPSO = (
    HEAD.format(
        id="form-spso-2021", series="form-spso", title="SPSO", nation="scotland", start="2021-04-01"
    )
    + "counting: same-day\nrules:\n"
    + rule("stage-1-response", "complaint received", "stage 1 response", 5, more=EXTENDED)
    + rule("acknowledge-escalation", "escalation requested", "escalation acknowledged", 3)
    + rule("stage-2-response", "escalation requested", "stage 2 response", 20)
)
PSOW = SPSO.replace("form-spso", "form-psow").replace("[scotland]", "[wales]")
PSOW = PSOW.replace(
    "stage 1 response, limit: {working_days: 5}", "stage 1 response, limit: 10 days"
)
PSOW = PSOW.replace("limit: 10 days", "limit: {working_days: 10}")
NIPSO = SPSO.replace("form-spso", "form-nipso").replace("[scotland]", "[northern-ireland]")
LGSCO = (
    HEAD.format(
        id="form-lgsco-2024",
        series="form-lgsco",
        title="LGSCO",
        nation="england",
        start="2024-02-01",
    )
    + "called: LGSCO Code\nombudsman: Local Government and Social Care Ombudsman\nrules:\n"
    + rule(
        "acknowledge-complaint",
        "complaint received",
        "complaint acknowledged",
        5,
        duty="should",
    )
    + rule(
        "stage-1-response",
        "complaint acknowledged",
        "stage 1 response",
        10,
        duty="should",
        more="unrecorded: {after: complaint received, limited_by: acknowledge-complaint}",
    )
    + rule(
        "acknowledge-escalation",
        "escalation requested",
        "escalation acknowledged",
        5,
        duty="should",
    )
    + rule(
        "stage-2-response",
        "escalation acknowledged",
        "stage 2 response",
        20,
        duty="should",
        more="unrecorded: {after: escalation requested, limited_by: acknowledge-escalation}",
    )
)
AWAAB = (
    HEAD.format(
        id="form-awaab-2025", series="form-awaab", title="Law", nation="england", start="2025-10-27"
    )
    + """\
events:
  - {name: hazard noticed, says: somebody noticed a hazard}
  - {name: hazard inspected, says: the hazard was inspected}
  - {name: summary posted, says: the summary was posted}
  - {name: hazard removed, says: the hazard was removed}
rules:
"""
    + rule("inspect", "hazard noticed", "hazard inspected", 10)
    + rule("summary", "hazard inspected", "summary posted", 3)
    + rule("remove", "hazard inspected", "hazard removed", 5)
)

GUILD = """\
id: guild-of-boats-2025
series: guild-of-boats
called: Guild rules
ombudsman: Guild of Boat Owners
title: Rules of the Guild of Boat Owners 2025
short: Guild rules
publisher: Guild of Boat Owners
standard: code
nations: [england]
source: made up for this test
in_force: {from: 2025-01-01}
checked: 2026-11-26
counting: roll-forward
events:
  - {name: leak reported, says: a leak was reported, done: reported, noun: report of the leak}
  - {name: leak stopped, says: the leak was stopped, done: stopped, noun: stopping of the leak}
  - {name: leak imagined, says: there was no leak, done: imagined}
rules:
  - id: stop-the-leak
    title: Stop the leak
    clause: "7"
    duty: must
    says: The owner stops a leak within 2 working days of its report.
    provenance: quoted
    clock:
      start: leak reported
      stop: leak stopped
      ended_by: [leak imagined]
      limit: {working_days: 2}
  - id: answer-the-boater
    title: Answer the boater
    clause: "9"
    duty: must
    says: The owner answers a complaint within 14 days.
    provenance: quoted
    clock: {start: complaint received, stop: stage 1 response, limit: {calendar_days: 14}}
"""

TIMELINE = "complaint: {reference}\nnation: {nation}\nas_at: {as_at}\nevents:\n{events}"


def timeline(nation: str, as_at: str, *events: str) -> str:
    lines = "".join(f"  - {event}\n" for event in events)
    return TIMELINE.format(reference="T-1", nation=nation, as_at=as_at, events=lines)


def table(*events: str) -> str:
    """The same complaint as one row of a table: a column for each event."""
    dated = [event.partition(" ") for event in events]
    names = ",".join(name[0].upper() + name[1:] for _, _, name in dated)
    return f"Complaint,{names}\nT-1,{','.join(day for day, _, _ in dated)}\n"


def told(text: str, rules: Iterable[str]) -> dict[str, str]:
    """The verdict of each of some rules, as CSV gives it; one without a row does not apply."""
    rows = list(csv.DictReader(io.StringIO(text)))
    found = {row["rule"]: row["verdict"] for row in rows}
    return {name: found.get(name, "not-applicable") for name in rules}


SCOTTISH = (
    "2025-03-03 complaint received",
    "2025-03-07 stage 1 response",
    "2025-03-10 escalation requested",
    "2025-03-13 escalation acknowledged",
    "2025-04-07 stage 2 response",
)


@pytest.mark.parametrize(
    ("book", "nation", "events", "expected", "code"),
    [
        # With Monday 3 March 2025 as day 1, the fifth is Friday the 7th; with 10 March as day 1,
        # the third is the 12th, and the twentieth is Friday 4 April: 14, 21 and 28 March are the
        # 5th, 10th and 15th.
        (
            SPSO,
            "scotland",
            SCOTTISH,
            {
                "stage-1-response": "met",
                "acknowledge-escalation": "breach",
                "stage-2-response": "breach",
            },
            1,
        ),
        (
            PSOW,
            "wales",
            (*SCOTTISH[:1], "2025-03-14 stage 1 response"),
            {
                "stage-1-response": "met",
                "acknowledge-escalation": "not-applicable",
                "stage-2-response": "not-applicable",
            },
            0,
        ),
        # 17 March is a holiday in Northern Ireland, so the twentieth day is Monday 7 April.
        (
            NIPSO,
            "northern-ireland",
            SCOTTISH,
            {
                "stage-1-response": "met",
                "acknowledge-escalation": "breach",
                "stage-2-response": "met",
            },
            1,
        ),
        # Acknowledged on the sixth working day; answered 10 working days after that, on the 25th.
        # All of it is a should, so the exit code is 0.
        (
            LGSCO,
            "england",
            (
                "2025-03-03 complaint received",
                "2025-03-11 complaint acknowledged",
                "2025-03-25 stage 1 response",
            ),
            {
                "acknowledge-complaint": "breach",
                "stage-1-response": "met",
                "acknowledge-escalation": "not-applicable",
                "stage-2-response": "not-applicable",
            },
            0,
        ),
        # Ten working days from 3 November 2025 end on the 17th; three from the 17th on the 20th;
        # five on the 24th.
        (
            AWAAB,
            "england",
            (
                "2025-11-03 complaint received",
                "2025-11-03 hazard noticed",
                "2025-11-17 hazard inspected",
                "2025-11-20 summary posted",
                "2025-11-25 hazard removed",
            ),
            {"inspect": "met", "summary": "met", "remove": "breach"},
            1,
        ),
        # Reported on Saturday 8 March 2025, which counts as Monday the 10th: the 11th and 12th. 14
        # days from the 7th: the 21st.
        (
            GUILD,
            "england",
            (
                "2025-03-07 complaint received",
                "2025-03-08 leak reported",
                "2025-03-12 leak stopped",
                "2025-03-22 stage 1 response",
            ),
            {"stop-the-leak": "met", "answer-the-boater": "breach"},
            1,
        ),
    ],
    ids=["spso", "psow", "nipso", "lgsco", "awaab", "guild"],
)
@pytest.mark.parametrize("form", ["timeline", "table"])
def test_a_rulebook_of_another_publisher_needs_no_python(
    chcheck: Chcheck,
    form: str,
    book: str,
    nation: str,
    events: tuple[str, ...],
    expected: dict[str, str],
    code: int,
) -> None:
    if form == "timeline":
        files = {"case.yaml": timeline(nation, "2025-12-31", *events)}
        words = ["case.yaml"]
    else:
        files = {"table.csv": table(*events), "chcheck.toml": f'nation = "{nation}"\n'}
        words = ["table.csv", "--as-at", "2025-12-31"]
    ran = chcheck(
        *words, "--code", "./book.yaml", "--format", "csv", files={**files, "book.yaml": book}
    )
    assert ran.code == code, ran.err
    assert told(ran.out, expected) == expected


def test_a_leak_that_was_none_needs_no_stopping(chcheck: Chcheck) -> None:
    events = ("2025-03-10 leak reported", "2025-03-11 leak imagined")
    text = timeline("england", "2025-12-31", "2025-03-10 complaint received", *events)
    ran = chcheck(
        "case.yaml", "--code", "./book.yaml", files={"case.yaml": text, "book.yaml": GUILD}
    )
    out = " ".join(ran.out.split())
    assert "The leak was imagined on 11 March 2025, before this was due, on 12 March 2025." in out
    assert "A breach shown here is not a finding of the Guild of Boat Owners." in out
    assert "Answer the boater (Guild rules)" in out or "Answer the boater, Guild rules" in out


def test_an_english_complaint_is_not_judged_by_the_codes_of_others(chcheck: Chcheck) -> None:
    text = timeline(
        "england",
        "2025-12-31",
        "2025-11-03 complaint received",
        "2025-11-10 complaint acknowledged",
        "2025-11-24 stage 1 response",
    )
    ran = chcheck("case.yaml", files={"case.yaml": text})
    assert ran.code == 0
    assert "Against Complaint Handling Code 2024 (housing-ombudsman-2024)." in ran.out
    assert ran.out.count("Against ") == 1
    assert "LGSCO" not in ran.out
    assert "Awaab" not in ran.out
