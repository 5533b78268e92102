"""A clock that does not apply where an event came before a day, as before a law was in force."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.helpers.command import Chcheck
from timeliness import Case, check
from timeliness.model.errors import InputError
from timeliness.read.library import Loader, load_rulebooks

LAW = """\
id: mould-law-2025
series: mould-law
title: A law on mould
publisher: Somebody
standard: policy
nations: [england]
source: made up for this test
in_force: not stated
checked: 2026-11-26
events:
  - {name: mould reported, says: mould was reported}
  - {name: mould inspected, says: somebody looked at the mould}
  - {name: report sent, says: the report of the inspection was sent}
rules:
  - id: inspect
    title: Inspect
    clause: "1"
    duty: must
    says: The landlord inspects within 10 working days.
    provenance: quoted
    clock:
      start: mould reported
      unless: [{event: mould reported, before: 2025-10-27}]
      stop: mould inspected
      limit: {working_days: 10}
  - id: report
    title: Report
    clause: "2"
    duty: must
    says: The landlord sends a report within 3 working days of the inspection.
    provenance: quoted
    clock:
      start: mould inspected
      unless: [{event: mould reported, before: 2025-10-27}]
      stop: report sent
      limit: {working_days: 3}
"""


def case_of(folder: Path, *events: str) -> Case:
    """A complaint with these events, checked against the law."""
    (folder / "law.yaml").write_text(LAW, encoding="utf-8")
    text = "complaint: U-1\npolicy: ./law.yaml\nas_at: 2026-03-31\nevents:\n"
    text += "".join(f"  - {event}\n" for event in ("2025-10-01 complaint received", *events))
    loader = Loader(load_rulebooks())
    (case,) = check(loader.parse(text.encode(), "case.yaml", folder), loader.library).cases
    return case


def verdicts(case: Case) -> dict[str, str]:
    """The verdict of each of the two rules."""
    return {one.rule: one.verdict for one in case.findings if one.rule in ("inspect", "report")}


@pytest.mark.parametrize(
    ("reported", "inspected", "sent", "expected"),
    [
        # Monday 27 October 2025: 28 to 31 October, 3 to 7 and 10 November are ten working days;
        # from Monday the 10th, the 11th, 12th and 13th are three.
        ("2025-10-27", "2025-11-10", "2025-11-13", ["met", "met"]),
        ("2025-10-27", "2025-11-11", "2025-11-17", ["breach", "breach"]),
        # The day before: nothing of it applies, not even to an inspection that came after.
        ("2025-10-26", "2025-11-28", "2026-01-05", ["not-applicable", "not-applicable"]),
        # On one side of the day or on the other.
        ("2025-10-24/2025-10-28", "2025-11-28", "2026-01-05", ["cannot-tell", "cannot-tell"]),
    ],
)
def test_it_applies_from_the_day_on(
    tmp_path: Path, reported: str, inspected: str, sent: str, expected: list[str]
) -> None:
    case = case_of(
        tmp_path,
        f"{reported} mould reported",
        f"{inspected} mould inspected",
        f"{sent} report sent",
    )
    assert verdicts(case) == dict(zip(("inspect", "report"), expected, strict=True))


def test_it_says_from_when_it_applies(tmp_path: Path) -> None:
    case = case_of(tmp_path, "2025-10-26 mould reported", "2025-11-28 mould inspected")
    assert {one.says for one in case.findings if one.rule in ("inspect", "report")} == {
        "Not needed: the mould was reported on 26 October 2025, and this applies from 27 October "
        "2025."
    }


def test_a_report_that_nothing_shows_leaves_it_open(tmp_path: Path) -> None:
    case = case_of(
        tmp_path,
        "{date: 2025-10-20, event: mould reported, evidence: claimed}",
        "2025-11-28 mould inspected",
    )
    assert verdicts(case)["report"] == "cannot-tell"


def test_a_table_says_the_same(chcheck: Chcheck) -> None:
    table = (
        "Complaint,Complaint received,Mould reported,Mould inspected\n"
        "T-1,2025-10-01,2025-10-26,2025-11-28\n"
        "T-2,2025-10-01,2025-10-27,2025-11-11\n"
    )
    ran = chcheck(
        "table.csv",
        "--policy",
        "./law.yaml",
        "--as-at",
        "2026-03-31",
        "--format",
        "csv",
        files={"table.csv": table, "law.yaml": LAW},
    )
    rows = [line.split(",") for line in ran.out.splitlines()]
    complaint, rule, verdict = (rows[0].index(name) for name in ("complaint", "rule", "verdict"))
    told = {(row[complaint], row[rule]): row[verdict] for row in rows[1:]}
    assert told["T-1", "inspect"] == "not-applicable"
    assert told["T-2", "inspect"] == "breach"


@pytest.mark.parametrize(
    ("written", "says"),
    [
        ("unless: mould reported", "unless: a list is expected here"),
        ("unless: [mould reported]", "unless: each needs an event, and the day before"),
        ("unless: [{event: mould reported}]", 'unless needs the key "before"'),
        (
            "unless: [{event: mold reported, before: 2025-10-27}]",
            'event: "mold reported" is not an event; did you mean "mould reported"?',
        ),
    ],
)
def test_what_is_wrong_with_it_is_said(tmp_path: Path, written: str, says: str) -> None:
    right = "unless: [{event: mould reported, before: 2025-10-27}]"
    (tmp_path / "law.yaml").write_text(LAW.replace(right, written, 1), encoding="utf-8")
    text = "complaint: U-1\npolicy: ./law.yaml\nevents:\n  - 2025-10-01 complaint received\n"
    with pytest.raises(InputError) as caught:
        Loader(load_rulebooks()).parse(text.encode(), "case.yaml", tmp_path)
    assert [mistake.says for mistake in caught.value.mistakes] == [says]
