"""Exports as six case systems write them, with the headers that their own sources give.

Each holds the same twelve complaints in the way of its system, with columns added by a landlord for
the acknowledgements and the answers, and takes at most two lines of configuration:

* redmine: the columns of `app/models/issue_query.rb`, and fields of the landlord's own by name
* frappe-helpdesk: the labels of the fields in `doctype/hd_ticket/hd_ticket.json`
* request-tracker: the attributes that `share/html/Search/Results.tsv` writes, tabs between them,
  dates as Unix writes them, and "Not set" where there is none
* znuny: what `Ticket::Frontend::AgentTicketSearch###SearchCSVData` of OTRS and Znuny lists
* glpi: the names of the search options of a ticket in `src/CommonITILObject.php`
* hubspot: the names of the properties of a ticket in the CRM programming interface

As at 30 June 2025, under the Code of 2024. 5 and 26 May 2025 are bank holidays, and so are 18 and
21 April. An acknowledgement is due 5 working days after receipt, the stage 1 response 10 after the
acknowledgement, the stage 2 response 20 after that of the escalation:

1. 2 June, acknowledged the 3rd: due 17 June, answered on the 16th.
2. 6 May, acknowledged the 13th, the fifth day: due 28 May, answered on the 29th, 1 day late.
3. 12 May, acknowledged the 20th: the fifth day was the 19th. Due 4 June, answered then.
4. 5 June, acknowledged the 6th: due 20 June, and 6 working days overdue on the 30th.
5. 25 June, acknowledged the 26th: due 10 July.
6. 2 June, acknowledged the 3rd, then withdrawn on a day that nothing says.
7. 3 March, acknowledged the 4th, answered the 14th (due the 18th). Escalated 20 March, acknowledged
   the 24th: the twentieth day is 23 April, when it was answered.
8. The same, answered on 25 April: 2 working days late.
9. Saturday 14 June, acknowledged the 16th: due 30 June, answered then.
10. 2 June, answered on the 9th, when the acknowledgement was due: nothing is left to acknowledge.
11. 16 June, nothing yet: the acknowledgement was due on the 23rd, 5 working days ago. If it had
    come then, the response would be due on 7 July.
12. 30 May, acknowledged 6 June, the fifth day: due 20 June, answered on the 23rd, 1 day late.
"""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from tests.helpers.command import Chcheck

LAYOUTS = Path(__file__).parent / "layouts"
LINES = {
    "redmine.csv": ('"#" = "complaint"', '"Created" = "complaint received"'),
    "frappe-helpdesk.csv": ('"Opening Date" = "complaint received"',),
    "request-tracker.tsv": ('"Created" = "complaint received"',),
    "znuny.csv": (
        '"Created" = "complaint received"',
        '[status]\n"closed unsuccessful" = "complaint withdrawn"',
    ),
    "glpi.csv": ('"Opening date" = "complaint received"',),
    "hubspot.csv": ('"hs_ticket_id" = "complaint"',),
}
"""The lines of configuration that each of them takes, all but that of a status under [columns]."""

ACKNOWLEDGE, STAGE_1 = "acknowledge-complaint", "stage-1-response"
ESCALATION, STAGE_2 = "acknowledge-escalation", "stage-2-response"
MET, PENDING = ("met", ""), ("pending", "")
WANTED = {
    1: {ACKNOWLEDGE: MET, STAGE_1: MET},
    2: {ACKNOWLEDGE: MET, STAGE_1: ("breach", "1")},
    3: {ACKNOWLEDGE: ("breach", "1"), STAGE_1: MET},
    4: {ACKNOWLEDGE: MET, STAGE_1: ("breach", "6")},
    5: {ACKNOWLEDGE: MET, STAGE_1: PENDING},
    6: {ACKNOWLEDGE: MET, STAGE_1: ("cannot-tell", "")},
    7: {ACKNOWLEDGE: MET, STAGE_1: MET, ESCALATION: MET, STAGE_2: MET},
    8: {ACKNOWLEDGE: MET, STAGE_1: MET, ESCALATION: MET, STAGE_2: ("breach", "2")},
    9: {ACKNOWLEDGE: MET, STAGE_1: MET},
    10: {ACKNOWLEDGE: MET, STAGE_1: MET},
    11: {ACKNOWLEDGE: ("breach", "5"), STAGE_1: PENDING},
    12: {ACKNOWLEDGE: MET, STAGE_1: ("breach", "1")},
}
"""By complaint and rule, what it comes to and how many working days it is late."""


@pytest.mark.parametrize("name", list(LINES))
def test_an_export_of_a_case_system_is_judged_as_it_is_meant(name: str, chcheck: Chcheck) -> None:
    text = (LAYOUTS / name).read_text(encoding="utf-8")
    files = {name: text, "chcheck.toml": "[columns]\n" + "\n".join(LINES[name])}
    run = chcheck(name, "--as-at", "2025-06-30", "--output", "csv:out.csv", files=files)
    assert run.code == 1, run.err
    found: dict[int, dict[str, tuple[str, str]]] = {number: {} for number in WANTED}
    with Path("out.csv").open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            if row["late_unit"] == "working_days" and row["reason"] != "not-started":
                late = row["late_by_least"] if row["verdict"] == "breach" else ""
                found[int(row["line"]) - 1][row["rule"]] = (row["verdict"], late)
    assert found == WANTED
    assert "12 read = 12 checked" in run.out


@pytest.mark.parametrize("name", list(LINES))
def test_the_lines_that_it_takes_are_proposed(name: str, chcheck: Chcheck) -> None:
    text = (LAYOUTS / name).read_text(encoding="utf-8")
    proposed = []
    for line in LINES[name]:
        lines = "[columns]\n" + "\n".join(proposed)
        run = chcheck(name, "--as-at", "2025-06-30", files={name: text, "chcheck.toml": lines})
        if line.startswith("[status]"):
            # A status that is known as a closing is listed, and nothing need be said of it.
            assert "closed unsuccessful" in chcheck("columns", name).out
        else:
            assert f"[columns] {line} in chcheck.toml" in run.err
        proposed.append(line)


@pytest.mark.parametrize("name", list(LINES))
def test_free_text_is_never_used(name: str, chcheck: Chcheck) -> None:
    text = (LAYOUTS / name).read_text(encoding="utf-8")
    run = chcheck("columns", name, files={name: text})
    shown = run.out.split("\n\n")[1]
    for line in shown.splitlines():
        if line.lower().startswith(("subject", "title", "content", "requestor", "raised", "from")):
            assert line.rstrip().endswith("left alone"), line
    for words in ("Damp in the back bedroom", "resident1@example.org", "A Resident"):
        assert words not in run.out + run.err
