"""Exports as case systems and public bodies write them, and what `columns` proposes for each.

Each file has the headers of its system and complaints of the same days. The first was received on
Monday 2 June 2025, acknowledged on the 3rd and answered on the 13th: due on the 17th, ten working
days after the acknowledgement, or on the 16th at the earliest if that is not recorded. The second
was received on Friday 13 June and acknowledged on the 16th, so that it was due on the 30th, or by 4
July at the latest; on 31 July it is not answered. A line of configuration is all that is declared.
"""

import json
import tomllib
from pathlib import Path

import pytest

from tests.helpers.command import Chcheck

SYSTEMS = Path(__file__).parent / "systems"
RECEIVED = "complaint received"
ANSWERED = "stage 1 response"
ACKNOWLEDGED = "complaint acknowledged"

PROPOSED: dict[str, dict[str, str]] = {
    "jira": {"Created": RECEIVED},
    "dynamics": {
        "Created On": RECEIVED,
        "First Response Sent On": ACKNOWLEDGED,
        "Resolved On": ANSWERED,
    },
    "zendesk": {
        "Ticket created - Date": RECEIVED,
        "First reply - Timestamp": ACKNOWLEDGED,
        "Ticket solved - Date": ANSWERED,
    },
    "freshdesk": {
        "Created time": RECEIVED,
        "Initial response time": ACKNOWLEDGED,
        "Resolved time": ANSWERED,
    },
    "osticket": {"Date Created": RECEIVED, "Closed Date": ANSWERED},
    "servicenow": {"opened_at": RECEIVED, "resolved_at": ANSWERED},
    "salesforce": {"Date/Time Opened": RECEIVED},
    "la311": {"CreatedDate": RECEIVED, "ClosedDate": ANSWERED},
    "nyc311": {"Created Date": RECEIVED, "Closed Date": ANSWERED},
    "cfpb": {},
    "fixmystreet": {"Created": RECEIVED, "Closed": ANSWERED},
    "school": {},
    "xes": {},
}
"""What is proposed for each under [columns]."""

REFERENCES = {
    "jira": "Issue key",
    "dynamics": "Case Number",
    "zendesk": "Ticket ID",
    "freshdesk": "Ticket ID",
    "osticket": "Ticket Number",
    "servicenow": "number",
    "salesforce": "Case Number",
    "la311": "SRNumber",
    "nyc311": "Unique Key",
    "cfpb": "Complaint ID",
    "fixmystreet": "Report ID",
    "xes": "case:concept:name",
}
"""The column of the reference, known by its name; a school's has two, of which one is a code."""

DECLARED = {
    **{name: {"columns": lines} for name, lines in PROPOSED.items() if lines},
    "school": {"columns": {"id": "ignore"}},
    "xes": {"events": {"register request": RECEIVED, "decide": ANSWERED}},
}


def table_of(name: str) -> dict[str, str]:
    return {f"{name}.csv": (SYSTEMS / f"{name}.csv").read_text(encoding="utf-8")}


def proposed(out: str) -> list[str]:
    """Return the lines that `columns` shows to declare."""
    _, found, rest = out.partition("TO DECLARE UNDER [columns]\n")
    return rest.split("\n\n")[0].splitlines() if found else []


@pytest.mark.parametrize("name", PROPOSED)
def test_what_is_proposed(chcheck: Chcheck, tmp_path: Path, name: str) -> None:
    ran = chcheck("columns", f"{name}.csv", "--write", "c.toml", files=table_of(name))
    shown = [line.partition(", if ")[0] for line in proposed(ran.out)]
    assert shown == [f'"{header}" = "{field}"' for header, field in PROPOSED[name].items()]
    text = (tmp_path / "c.toml").read_text(encoding="utf-8")
    for header, field in PROPOSED[name].items():
        (line,) = [one for one in text.splitlines() if one.startswith(f'"{header}" = ')]
        assert f'or "{field}", if that ' in line
    columns = tomllib.loads(text)["columns"]
    held = [header for header, field in columns.items() if field == "complaint"]
    assert held == ([REFERENCES[name]] if name in REFERENCES else ["id", "reference_number"])


@pytest.mark.parametrize("name", DECLARED)
def test_at_most_two_lines_make_a_true_answer(chcheck: Chcheck, tmp_path: Path, name: str) -> None:
    declared = {
        table: {text: field for text, field in lines.items() if field != ACKNOWLEDGED}
        for table, lines in DECLARED[name].items()
    }
    assert sum(map(len, declared.values())) <= 2
    lines = [
        line
        for table, own in declared.items()
        for line in (f"[{table}]", *(f'"{text}" = "{field}"' for text, field in own.items()))
    ]
    files = {**table_of(name), "chcheck.toml": "\n".join(lines) + "\n"}
    order = ("--dates", "us") if name == "nyc311" else ()
    words = (f"{name}.csv", "--as-at", "2025-07-31", *order, "--format", "json")
    ran = chcheck(*words, files=files)
    report = json.loads(ran.out)
    found = [
        {one["rule"]: one["verdict"] for one in case["findings"] if one["standard"] == "code"}
        for case in report["complaints"]
    ]
    assert [one["stage-1-response"] for one in found][:2] == ["met", "breach"], ran.err


def test_a_public_export_without_answers_decides_nothing(chcheck: Chcheck) -> None:
    words = ("cfpb.csv", "--as-at", "2025-07-31", "--dates", "us")
    ran = chcheck(*words, files=table_of("cfpb"))
    assert ran.code == 2
    assert ran.out.startswith("Nothing could be decided for 2 complaints: no column holds")


def test_a_reference_that_is_not_known_is_proposed(chcheck: Chcheck, tmp_path: Path) -> None:
    table = "Summary,Folder,Received\nDamp in the hall,L-1,2025-06-02\nNoise,L-2,2025-06-13\n"
    ran = chcheck("columns", "e.csv", "--write", "c.toml", files={"e.csv": table})
    assert proposed(ran.out) == ['"Folder" = "complaint", if that is the reference']
    text = (tmp_path / "c.toml").read_text(encoding="utf-8")
    assert '"Folder" = "ignore"  # or "complaint", if that is the reference\n' in text


def test_words_that_name_no_stage_are_proposed(chcheck: Chcheck, tmp_path: Path) -> None:
    rows = "A1,Stage 1,2025-06-02\nA2,Informal,2025-06-02\nA3,Informal,2025-06-02\n"
    files = {"e.csv": f"Ref,Stage,Date Received\n{rows}A1,Review,2025-07-02\n"}
    ran = chcheck("columns", "e.csv", "--write", "c.toml", files=files)
    listed = ran.out.split('IN "Stage"')[1].split("\n\n")[0].splitlines()[1:]
    assert [" ".join(line.split()) for line in listed] == [
        "Informal not known 2",
        "Review stage 2 1",
        "Stage 1 stage 1 1",
    ]
    path = tmp_path / "c.toml"
    text = path.read_text(encoding="utf-8")
    assert tomllib.loads(text)["stages"] == {"Review": 2, "Stage 1": 1}
    assert '# "Informal" = 1  # rows: 2\n' in text
    path.write_text(text.replace('# "Informal"', '"Informal"'), encoding="utf-8")
    assert "is not a stage" not in chcheck("e.csv", "--config", "c.toml").err


def test_the_day_of_a_complaint_is_no_reference(chcheck: Chcheck) -> None:
    table = "ref,complaint_date,response_date\nA,2025-06-02,2025-06-13\n"
    out = chcheck("columns", "e.csv", files={"e.csv": table}).out
    assert "complaint_date  complaint received" in out
