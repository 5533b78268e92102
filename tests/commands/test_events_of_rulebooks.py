"""Events that a rulebook declares: known to the complaints that ask for it, and to no other.

By the law of `HAZARDS` a hazard is investigated within 10 working days: reported on Monday 3 March
2025, by Monday the 17th; investigated on Wednesday the 19th that is 2 working days late.
"""

from __future__ import annotations

import csv

import pytest

from tests.helpers.command import Chcheck, Ran
from tests.helpers.series import HAZARDS

AS_AT = ("--as-at", "2025-03-31")
FILES = {"hazards.yaml": HAZARDS}
EVENTS = """\
record: partial
events:
- 2025-03-03 complaint received
- 2025-03-03 hazard reported
- 2025-03-19 hazard investigated
"""
WIDE = "Ref,Received,Hazard reported,Hazard investigated\nC-1,2025-03-03,2025-03-03,2025-03-19\n"
LONG = """\
Ref,Event,Date
C-1,complaint received,2025-03-03
C-1,hazard reported,2025-03-03
C-1,hazard investigated,2025-03-19
"""


def investigated(ran: Ran) -> list[tuple[str, ...]]:
    names = ("series", "verdict", "due_latest", "late_by_least")
    rows = csv.DictReader(ran.out.splitlines())
    return [tuple(one[name] for name in names) for one in rows if one["rule"] == "investigate"]


@pytest.mark.parametrize(
    ("name", "text"),
    [("c.yaml", f"complaint: C-1\n{EVENTS}"), ("wide.csv", WIDE), ("long.csv", LONG)],
)
def test_they_start_and_stop_clocks_in_timelines_and_tables(
    chcheck: Chcheck, name: str, text: str
) -> None:
    toml = 'rules = ["housing-ombudsman", "hazards.yaml"]\n'
    files = {**FILES, name: text, "chcheck.toml": toml}
    ran = chcheck(name, *AS_AT, "--format", "csv", files=files)
    assert ran.code == 1
    assert investigated(ran) == [("hazards", "breach", "2025-03-17", "2")]


LEAKS = HAZARDS.replace("hazard reported", "leak reported").replace(
    "hazard investigated", "leak mended"
)
OWN_WIDE = """\
Ref,Code,Received,Leak reported,Leak mended
C-1,housing-ombudsman; leaks.yaml,2025-03-03,2025-03-03,2025-03-19
C-2,housing-ombudsman,2025-03-03,,
"""
OWN_LONG = """\
Ref,Code,Event,Date
C-1,housing-ombudsman; leaks.yaml,complaint received,2025-03-03
C-1,,leak reported,2025-03-03
C-1,,leak mended,2025-03-19
"""


@pytest.mark.parametrize("text", [OWN_WIDE, OWN_LONG, OWN_WIDE.replace("housing-ombudsman; ", "")])
def test_a_rulebook_that_only_a_cell_names_has_its_events(chcheck: Chcheck, text: str) -> None:
    # Its events are of no rulebook that comes with chcheck, so the cell has to be read before the
    # headers are known.
    files = {"leaks.yaml": LEAKS, "t.csv": text}
    ran = chcheck("t.csv", *AS_AT, "--format", "csv", files=files)
    assert ran.code == 1
    assert investigated(ran)[0] == ("hazards", "breach", "2025-03-17", "2")
    assert "not used" not in ran.err
    columns = chcheck("columns", "t.csv", files=files).out
    assert "leak mended                   2025-03-19" in columns


def test_a_rulebook_named_in_one_file_has_its_events_in_another(chcheck: Chcheck) -> None:
    files = {
        "leaks.yaml": LEAKS,
        "a.csv": "Ref,Event,Date\nC-1,leak reported,2025-03-03\nC-1,leak mended,2025-03-19\n",
        "b.csv": "Ref,Code,Received\nC-1,leaks.yaml,2025-03-03\n",
    }
    ran = chcheck("b.csv", "a.csv", *AS_AT, "--format", "csv", files=files)
    assert [one for one in investigated(ran) if one[1] == "breach"] == [
        ("hazards", "breach", "2025-03-17", "2")
    ], ran.err


def test_columns_know_the_events_of_a_rulebook_in_the_configuration(chcheck: Chcheck) -> None:
    files = {
        "leaks.yaml": LEAKS,
        "t.csv": "Ref,Received,Leaked,Leak mended\nC-1,2025-03-03,2025-03-03,2025-03-19\n",
        "chcheck.toml": 'rules = ["leaks.yaml"]\n[columns]\n"Leaked" = "leak reported"\n',
    }
    ran = chcheck("columns", "t.csv", files=files)
    assert ran.code == 0, ran.err
    assert "Investigate the hazard (Hazards' Law reg 5): breach, 2 working days late" in ran.out


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("c.yaml", "complaint: C-1\nevents:\n- 2025-03-03 received\n- 2025-03-07 acknowledged\n"),
        ("wide.csv", "Ref,Received,Acknowledged\nC-1,2025-03-03,2025-03-07\n"),
        ("long.csv", "Ref,Event,Date\nC-1,received,2025-03-03\nC-1,acknowledged,2025-03-07\n"),
    ],
)
def test_a_complaint_without_them_is_checked_all_the_same(
    chcheck: Chcheck, name: str, text: str
) -> None:
    words = ("--code", "housing-ombudsman", "--code", "./hazards.yaml", "--as-at", "2025-03-12")
    ran = chcheck(name, *words, "--format", "csv", files={**FILES, name: text})
    assert ran.code == 0
    assert all(verdict != "breach" for _, verdict, _, _ in investigated(ran))


@pytest.mark.parametrize(
    "line",
    ["- 2025-03-03 hazard reported by phone", "- {date: 2025-03-03, event: hazard-reported}"],
)
def test_an_event_of_a_rulebook_not_asked_for_says_how_to_ask(chcheck: Chcheck, line: str) -> None:
    # The policies here are those of landlords; this one declares what the timeline names.
    events = "events:\n- 2025-03-03 complaint received\n"
    files = {
        **FILES,
        "a.yaml": f"complaint: A\ncode: ./hazards.yaml\n{events}",
        "b.yaml": f"complaint: B\npolicy: luton\n{events}{line}\n",
    }
    ran = chcheck("a.yaml", "b.yaml", *AS_AT, files=files)
    assert ran.code == 2
    assert (
        'b.yaml:5: "hazard reported" is an event of Hazards\' Law; to check it, add: rules: '
        "[luton, housing-ombudsman, hazards]\n"
    ) in ran.err


def test_a_column_of_a_rulebook_not_asked_for_is_noted(chcheck: Chcheck) -> None:
    rows = WIDE.replace("Ref,", "Ref,Code,").replace("C-1,", "C-1,housing-ombudsman,")
    both = f"{WIDE.splitlines()[0].replace('Ref,', 'Ref,Code,')}\nC-2,hazards.yaml,2025-03-03,,\n"
    files = {**FILES, "a.csv": both, "b.csv": rows, "chcheck.toml": 'code = "hazards.yaml"\n'}
    ran = chcheck("b.csv", *AS_AT, files=files)
    assert (
        'b.csv: "hazard reported" is an event of Hazards\' Law; to check it, add: rules: '
        "[housing-ombudsman, hazards]\n"
    ) in ran.err
    assert "investigate" not in ran.out
