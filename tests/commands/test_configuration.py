"""What the configuration and the options say of complaints, in tables and in timelines alike."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.helpers.command import Chcheck

ROOT = Path(__file__).parent.parent.parent
POLICY = (ROOT / "docs/examples/our-policy.yaml").read_text(encoding="utf-8")
CASE = """\
complaint: Y1
events:
  - 2025-03-03 complaint received
  - 2025-03-05 complaint acknowledged
  - 2025-03-10 stage 1 response
"""
TABLE = """\
Complaint Ref,Date Received,Acknowledged,Stage 1 Response
T1,2025-03-03,2025-03-05,2025-03-10
"""
CONFIG = """\
landlord = "Alder"
policy = "own/policy.yaml"
nation = "wales"
as-at = 2025-04-30
"""


def complaints(out: str) -> dict[str, dict[str, object]]:
    return {
        one["complaint"]: {
            "landlord": one["landlord"],
            "nation": one["nation"],
            "as_at": one["as_at"],
            "policy": any(found["standard"] == "policy" for found in one["findings"]),
        }
        for one in json.loads(out)["complaints"]
    }


@pytest.mark.parametrize(
    "paths", [("y.yaml",), ("y.yaml", "t.csv"), ("y.yaml", "--write-baseline", "b.csv")]
)
def test_a_timeline_that_says_nothing_itself_is_told_by_the_configuration(
    chcheck: Chcheck, paths: tuple[str, ...]
) -> None:
    files = {"y.yaml": CASE, "t.csv": TABLE, "own/policy.yaml": POLICY, "chcheck.toml": CONFIG}
    ran = chcheck(*paths, "--format", "json", files=files)
    told = {"landlord": "Alder", "nation": "wales", "as_at": "2025-04-30", "policy": True}
    found = complaints(ran.out)
    assert found == dict.fromkeys(found, told)
    assert set(found) == {"Y1", "T1"} if "t.csv" in paths else {"Y1"}


def test_what_a_timeline_says_goes_before_the_configuration(chcheck: Chcheck) -> None:
    own = "landlord: Birch\nnation: england\nas_at: 2025-05-31\npolicy: luton\n"
    files = {"y.yaml": own + CASE, "own/policy.yaml": POLICY, "chcheck.toml": CONFIG}
    ran = chcheck("y.yaml", "--format", "json", files=files)
    (one,) = complaints(ran.out).values()
    assert (one["landlord"], one["nation"], one["as_at"]) == ("Birch", "england", "2025-05-31")
    ran = chcheck("y.yaml", "--as-at", "2025-06-30", "--nation", "wales", "--format", "json")
    (one,) = complaints(ran.out).values()
    assert (one["nation"], one["as_at"]) == ("wales", "2025-06-30")


def test_what_differs_between_landlords_holds_for_timelines_and_for_tables_in_folders(
    chcheck: Chcheck,
) -> None:
    config = '[landlords."Birch"]\npolicy = "own/policy.yaml"\nnation = "wales"\n'
    files = {
        "in/y.yaml": "landlord: Birch\n" + CASE,
        "in/t.csv": "Landlord," + TABLE.replace("T1", "birch,T1").replace("Ref,", "Ref,", 1),
        "own/policy.yaml": POLICY,
        "chcheck.toml": config,
    }
    ran = chcheck("in", "--as-at", "2025-04-30", "--format", "json", files=files)
    found = complaints(ran.out)
    assert {name: (one["nation"], one["policy"]) for name, one in found.items()} == {
        "T1": ("wales", True),
        "Y1": ("wales", True),
    }


def test_a_policy_of_the_configuration_that_is_not_there_is_told(chcheck: Chcheck) -> None:
    ran = chcheck("y.yaml", files={"y.yaml": CASE, "chcheck.toml": 'policy = "no.yaml"\n'})
    assert ran.code == 2
    assert ran.err == 'chcheck: there is no policy file "no.yaml" in this folder\n'


def test_options_go_before_the_columns_of_a_table(chcheck: Chcheck) -> None:
    table = (
        "Complaint Ref,Nation,Policy,Date Received,Acknowledged\n"
        "T1,wales,southwark,2025-03-03,2025-03-05\nT2,nowhere,,2025-03-03,2025-03-05\n"
    )
    words = ("--as-at", "2025-04-30", "--nation", "england", "--policy", "luton")
    ran = chcheck("t.csv", *words, "--format", "json", files={"t.csv": table})
    found = complaints(ran.out)
    assert {name: (one["nation"], one["policy"]) for name, one in found.items()} == {
        "T1": ("england", True),
        "T2": ("england", True),
    }
    assert "southwark" not in ran.out
