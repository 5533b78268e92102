"""Which Codes a complaint is checked against: in a timeline, a configuration, a column, an option.

By the Housing Ombudsman's Code an acknowledgement is due 5 working days after Monday 3 March 2025,
on the 10th; by the Code of `COUNCILS` 3 working days after, on the 6th. It came on Friday the 7th.
"""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from tests.helpers.command import Chcheck, Ran
from tests.helpers.series import COUNCILS, HAZARDS

AS_AT = ("--as-at", "2025-03-12")
EVENTS = """\
events:
- 2025-03-03 complaint received
- 2025-03-07 complaint acknowledged
"""
BOTH = [
    ("housing-ombudsman", "acknowledge-complaint", "met"),
    ("councils", "acknowledge-complaint", "breach"),
]
FILES = {"councils.yaml": COUNCILS, "hazards.yaml": HAZARDS}


def found(ran: Ran) -> list[tuple[str, str, str]]:
    """Return the series, rule and verdict of each acknowledgement of a complaint."""
    data = json.loads(ran.out)
    return [
        (one["series"], one["rule"], one["verdict"])
        for case in data["complaints"]
        for one in case["findings"]
        if one["rule"] == "acknowledge-complaint"
    ]


@pytest.mark.parametrize(
    "head",
    [
        "code: [housing-ombudsman, ./councils.yaml]",
        "code:\n- housing-ombudsman-2024\n- ./councils.yaml",
        "code: [2024, ./councils.yaml]",
        "rules: [housing-ombudsman, ./councils.yaml]",
    ],
)
def test_a_timeline_asks_for_two_codes(chcheck: Chcheck, head: str) -> None:
    files = {**FILES, "case.yaml": f"complaint: C-1\n{head}\n{EVENTS}"}
    ran = chcheck("case.yaml", *AS_AT, "--format", "json", files=files)
    assert found(ran) == BOTH


def test_rules_name_policy_and_codes_together(chcheck: Chcheck) -> None:
    text = f"complaint: C-1\nrules: [luton, ./councils.yaml]\n{EVENTS}"
    ran = chcheck("case.yaml", *AS_AT, "--format", "json", files={**FILES, "case.yaml": text})
    assert [series for series, _, _ in found(ran)] == ["luton", "councils"]


@pytest.mark.parametrize(
    ("head", "says"),
    [
        ("rules: [luton]\npolicy: luton", "case.yaml:2: rules: policy can be written here as well; "
         "keep one of the two"),
        ("rules: [luton, mtvh]", 'case.yaml:2: rules: "luton" and "mtvh" are both policies, and a '
         "complaint has one; keep one of them"),
        ("rules: [lutton]", 'case.yaml:2: rules: there is no policy or Code "lutton"; did you mean '
         '"luton"? chcheck comes with '),
        ("code: [housing-ombudsman-2022, housing-ombudsman-2024]", 'case.yaml:2: code: '
         '"housing-ombudsman-2022" and "housing-ombudsman-2024" are both of the Code '
         '"housing-ombudsman"; write one of them, or housing-ombudsman, of which the day of '
         "receipt chooses the edition"),
        ("code: luton", 'case.yaml:2: code: "luton" is a policy, not a Code; write policy: luton, '
         "or --policy luton"),
        ("policy: housing-ombudsman", 'case.yaml:2: policy: "housing-ombudsman" is a Code, not a '
         "policy; write code: housing-ombudsman, or --code housing-ombudsman"),
        ("code: ./none.yaml", 'case.yaml:2: code: there is no Code file "./none.yaml" in this '
         "folder"),
        ("body: school", 'case.yaml:2: body: "school" is not one of housing, council'),
    ],
)  # fmt: skip
def test_what_cannot_be_asked_for(chcheck: Chcheck, head: str, says: str) -> None:
    files = {**FILES, "case.yaml": f"complaint: C-1\n{head}\n{EVENTS}"}
    ran = chcheck("case.yaml", *AS_AT, files=files)
    assert ran.code == 2
    assert says in ran.err + ran.out


def test_the_option_can_be_given_several_times(chcheck: Chcheck) -> None:
    files = {**FILES, "case.yaml": f"complaint: C-1\ncode: luton-no-matter\n{EVENTS}"}
    words = ("--code", "housing-ombudsman", "--code", "./councils.yaml")
    ran = chcheck("case.yaml", *AS_AT, "--format", "json", *words, files=files)
    assert found(ran) == BOTH


@pytest.mark.parametrize(
    "toml",
    [
        'code = ["housing-ombudsman", "councils.yaml"]',
        'rules = ["housing-ombudsman", "councils.yaml"]',
        '[landlords.Alder]\ncode = ["housing-ombudsman", "councils.yaml"]',
    ],
)
@pytest.mark.parametrize("name", ["case.yaml", "t.csv"])
def test_the_configuration_asks_for_codes(chcheck: Chcheck, toml: str, name: str) -> None:
    files = {
        **FILES,
        "chcheck.toml": toml,
        "case.yaml": f"complaint: C-1\nlandlord: Alder\n{EVENTS}",
        "t.csv": "Ref,Landlord,Received,Acknowledged\nC-1,Alder,2025-03-03,2025-03-07\n",
    }
    ran = chcheck(name, *AS_AT, "--format", "json", files=files)
    assert found(ran) == BOTH


def test_policy_and_rules_are_not_both_declared(chcheck: Chcheck) -> None:
    toml = 'policy = "luton"\nrules = ["luton"]\n'
    files = {"chcheck.toml": toml, "case.yaml": f"complaint: C-1\n{EVENTS}"}
    ran = chcheck("case.yaml", *AS_AT, files=files)
    assert ran.code == 2
    assert (
        ran.err == "chcheck.toml: rules: policy can be written here as well; keep one of the two\n"
    )


WIDE = "Ref,Code,Received,Acknowledged\n"
LONG = "Ref,Code,Event,Date\n"


@pytest.mark.parametrize(
    "text",
    [
        f"{WIDE}C-1,housing-ombudsman; councils.yaml,2025-03-03,2025-03-07\n",
        f'{WIDE}C-1,"housing-ombudsman, councils.yaml",2025-03-03,2025-03-07\n',
        f"{LONG}C-1,housing-ombudsman; councils.yaml,Received,2025-03-03\n"
        "C-1,,Acknowledged,2025-03-07\n",
    ],
)
def test_a_column_asks_for_codes(chcheck: Chcheck, text: str) -> None:
    ran = chcheck("t.csv", *AS_AT, "--format", "json", files={**FILES, "t.csv": text})
    assert found(ran) == BOTH


def test_a_column_of_other_codes_is_left_alone(chcheck: Chcheck) -> None:
    text = f"{WIDE}C-1,REP-12,2025-03-03,2025-03-07\n"
    ran = chcheck("t.csv", *AS_AT, "--format", "json", files={"t.csv": text})
    assert found(ran) == BOTH[:1]


def test_a_code_that_does_not_exist_rejects_its_row(chcheck: Chcheck) -> None:
    rows = "C-1,housing-ombudsman,2025-03-03,2025-03-07\nC-2,nobody,2025-03-03,2025-03-07\n"
    ran = chcheck("t.csv", *AS_AT, files={"t.csv": WIDE + rows})
    assert ran.code == 2
    says = 't.csv:3: complaint C-2: column "Code": there is no Code "nobody"; chcheck comes with'
    assert says in " ".join(ran.out.split())


def test_two_codes_come_to_the_same_in_a_timeline_a_wide_and_a_long_table(
    chcheck: Chcheck,
) -> None:
    names = "housing-ombudsman; councils.yaml"
    files = {
        **FILES,
        "y.yaml": f"complaint: C-1\ncode: [housing-ombudsman, councils.yaml]\nrecord: partial\n"
        f"{EVENTS}",
        "wide.csv": f"{WIDE}C-1,{names},2025-03-03,2025-03-07\n",
        "long.csv": f"{LONG}C-1,{names},Received,2025-03-03\nC-1,{names},Acknowledged,2025-03-07\n",
    }
    kept = ("standard", "series", "rule", "verdict", "due_latest", "done_latest", "late_by_most")
    rows = []
    for name in ("y.yaml", "wide.csv", "long.csv"):
        ran = chcheck(name, *AS_AT, "--format", "csv", files=files)
        told = csv.DictReader(ran.out.splitlines())
        rows.append(
            [tuple(one[key] for key in kept) for one in told if one["rule"].startswith("ack")]
        )
    rule, done = "acknowledge-complaint", "2025-03-07"
    assert rows[0] == [
        ("code", "housing-ombudsman", rule, "met", "2025-03-10", done, "0"),
        ("code", "councils", rule, "breach", "2025-03-06", done, "1"),
    ]
    assert rows[1] == rows[2] == rows[0]


def test_a_floor_may_be_for_one_series(chcheck: Chcheck) -> None:
    files = {
        **FILES,
        "t.csv": f"{WIDE}C-1,housing-ombudsman; councils.yaml,2025-03-03,2025-03-07\n",
        "chcheck.toml": 'code = "councils.yaml"\n[floors]\n'
        '"councils/acknowledge-complaint" = 0.5\n',
    }
    ran = chcheck("t.csv", *AS_AT, files=files)
    told = " ".join(ran.out.split())
    says = "Below the floor: acknowledge-complaint (councils) is 0.0% in time at worst"
    assert says in told
    Path("chcheck.toml").write_text(
        'code = "councils.yaml"\n[floors]\n"acknowledge-complaint" = 0.5\n', encoding="utf-8"
    )
    # Without a series it is a floor for every Code, and names the one below it.
    assert says in " ".join(chcheck("t.csv", *AS_AT).out.split())
    Path("chcheck.toml").write_text('[floors]\n"nobody/acknowledge-complaint" = 0.5\n')
    wrong = chcheck("t.csv", *AS_AT)
    assert wrong.code == 2
    assert wrong.err.startswith(
        'chcheck: floors: "nobody/acknowledge-complaint" must begin with code/, policy/ or the '
        "series of a Code; they are code, policy, "
    )


def test_a_code_of_another_nation_is_noted(chcheck: Chcheck) -> None:
    head = "complaint: A\nnation: scotland\n"
    says = (
        "! The 2024 Code is for England. This complaint is from Scotland; it is checked against it "
        "only because you named it."
    )

    def told(*words: str, code: str = "") -> str:
        text = chcheck("a.yaml", *AS_AT, *words, files={"a.yaml": head + code + EVENTS}).out
        return " ".join(text.split())

    assert says in told(code="code: housing-ombudsman\n")
    assert says in told("--code", "2024")
    assert "The Luton policy is for England. This complaint is from Scotland;" in told(
        "--policy", "luton-2022"
    )
    # The Code that is the nation's own has no such note.
    assert "only because you named it" not in told()
    assert "only because you named it" not in told("--nation", "england", "--code", "2024")


ACCEPTED = """\
[[accepted]]
complaint = "A"
standard = "code"
rule = "acknowledge-complaint"
reason = "agreed with the resident"
approver = "Head of Complaints"
expires = 2026-12-31
"""


@pytest.mark.parametrize("path", ["a.yaml", "a.csv"])
def test_an_acceptance_for_code_accepts_nothing_where_several_fit(
    chcheck: Chcheck, path: str
) -> None:
    # Acknowledged on 12 March, after the last day of both Codes.
    late = EVENTS.replace("03-07", "03-12")
    case = f"complaint: A\ncode: [housing-ombudsman, ./councils.yaml]\n{late}"
    table = "Ref,Received,Acknowledged\nA,2025-03-03,2025-03-12\n"
    files = {**FILES, "a.yaml": case, "a.csv": table, "chcheck.toml": ACCEPTED}
    code = ("--code", "./councils.yaml", "--code", "housing-ombudsman") if path == "a.csv" else ()
    ran = chcheck(path, *AS_AT, *code, files=files)
    assert ran.code == 1
    assert (
        "accepted, entry 1 (A, code, acknowledge-complaint): findings of more than one Code fit it "
        "(councils and housing-ombudsman), so it accepts none of them; say which Code is meant: "
        'series = "councils"\n'
    ) in ran.err
    assert "nothing in this run matches it" not in ran.err
    files["chcheck.toml"] = "\n".join(
        ACCEPTED + f'series = "{series}"' for series in ("councils", "housing-ombudsman")
    )
    ran = chcheck(path, *AS_AT, *code, files=files)
    assert (ran.code, "more than one Code" in ran.err) == (0, False)
    # Without a standard it is said of everything.
    files["chcheck.toml"] = ACCEPTED.replace('standard = "code"\n', "")
    assert chcheck(path, *AS_AT, *code, files=files).code == 0
