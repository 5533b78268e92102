"""What reports call several Codes, and whose finding a breach is not."""

from __future__ import annotations

import pytest

from tests.helpers.command import Chcheck
from tests.helpers.series import COUNCILS, HAZARDS, HIGHLANDS
from timeliness.write.words import disclaimer, only_theirs

CASE = """\
complaint: C-1
policy: luton
code: [housing-ombudsman, ./councils.yaml]
as_at: 2025-03-31
events:
- 2025-03-03 complaint received
- 2025-03-07 complaint acknowledged
- 2025-03-20 stage 1 response
"""
FILES = {"c.yaml": CASE, "councils.yaml": COUNCILS, "hazards.yaml": HAZARDS}


@pytest.mark.parametrize(
    ("names", "says"),
    [
        (["Housing Ombudsman"], "the Housing Ombudsman"),
        (["Housing Ombudsman", "court"], "the Housing Ombudsman or a court"),
        (["A Ombudsman", "B Ombudsman", "court"], "the A Ombudsman, the B Ombudsman or a court"),
        ([], "an ombudsman or a court"),
    ],
)
def test_a_breach_is_nobodys_finding(names: list[str], says: str) -> None:
    assert disclaimer(names) == f"A breach shown here is not a finding of {says}."


@pytest.mark.parametrize(
    ("names", "says"),
    [
        (["Housing Ombudsman"], "the Housing Ombudsman, and only the Ombudsman can make one."),
        (["court"], "a court, and only a court can make one."),
        (["Housing Ombudsman", "court"], "the Housing Ombudsman or a court, and only they can make "
         "one."),
        ([], "an ombudsman or a court."),
    ],
)  # fmt: skip
def test_only_they_can_make_one(names: list[str], says: str) -> None:
    assert only_theirs(names) == f"It is not a finding of {says}"


def test_text_has_a_column_for_each_side(chcheck: Chcheck) -> None:
    # By the policy 3 working days end on Thursday 6 March, as by the councils' Code; by the Housing
    # Ombudsman's 5 end on the 10th. The councils' rule of 12 working days is a "should".
    out = chcheck("c.yaml", files=FILES).out
    lines = out.splitlines()
    (head,) = [line.split() for line in lines if line.startswith(" " * 20) and "POLICY" in line]
    assert head == ["POLICY", "CODE", "COUNCIL", "CODE"]
    assert max(map(len, lines)) <= 80
    assert "complaint acknowledged 1 working day late (policy and Council Code)" in " ".join(
        out.split()
    )
    assert "* Acknowledge the complaint, Council Code 3\n" in out
    assert out.endswith(
        "A breach shown here is not a finding of the Housing Ombudsman or the Council\nOmbudsman.\n"
    )


def test_html_has_a_column_for_each_side_and_names_the_ombudsmen(chcheck: Chcheck) -> None:
    page = chcheck("c.yaml", "--format", "html", files=FILES).out
    for side in ("Policy", "Code", "Council Code"):
        assert f'<th scope="col" role="columnheader">{side}</th>' in page
    assert "policy, Code and Council Code side by side" in page
    assert "<span>Not a finding of the Housing Ombudsman or the Council Ombudsman</span>" in page
    assert "<dt>Council Code</dt>" in page
    assert "Code for councils 2024, published by Council Ombudsman." in page


def test_a_summary_keeps_the_shares_of_two_codes_apart(chcheck: Chcheck) -> None:
    table = "Ref,Received,Acknowledged\nA,2025-03-03,2025-03-07\nB,2025-03-03,2025-03-05\n"
    words = ("--code", "housing-ombudsman", "--code", "./councils.yaml", "--as-at", "2025-03-12")
    ran = chcheck("t.csv", *words, files={**FILES, "t.csv": table})
    shares = {
        line[:40].strip(): line[40:].split()[0]
        for line in ran.out.splitlines()
        if line.startswith("  Acknowledge the complaint,")
    }
    # Due on the 10th and on the 6th: both are in time for one, B alone for the other.
    assert shares == {
        "Acknowledge the complaint, Code": "100.0%",
        "Acknowledge the complaint, Council Cod": "50.0%",
    }


def test_a_code_of_another_nation_has_its_own_ombudsman(chcheck: Chcheck) -> None:
    case = CASE.replace("policy: luton\n", "nation: scotland\n").replace(
        "[housing-ombudsman, ./councils.yaml]", "./highlands.yaml"
    )
    out = chcheck("c.yaml", files={"c.yaml": case, "highlands.yaml": HIGHLANDS}).out
    assert out.endswith("A breach shown here is not a finding of the Highlands Ombudsman.\n")
