"""A clock that another event ends: what was not due by then is no longer owed."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.helpers.command import Chcheck
from timeliness import Finding, check
from timeliness.model.errors import InputError
from timeliness.read.library import Loader, load_rulebooks

POLICY = """\
id: straight-2024
series: straight
title: A policy that takes some complaints straight to stage 2
publisher: Sample Homes
standard: policy
nations: [england]
source: made up for this test
in_force: {from: 2024-04-01}
checked: 2026-11-26
events:
  - {name: mould reported, says: mould was reported}
  - {name: mould removed, says: the mould was removed}
  - {name: mould ruled out, says: there was no mould, done: ruled out}
  - {name: no access, says: nobody could get in}
rules:
  - id: stage-1-response
    title: Stage 1 response
    clause: "3"
    duty: must
    says: We answer at stage 1 within 5 working days, or take the complaint to stage 2.
    provenance: quoted
    clock:
      start: complaint received
      stop: stage 1 response
      ended_by: [escalation requested]
      limit: {working_days: 5}
  - id: mould
    title: Mould
    clause: "4"
    duty: must
    says: We remove mould within 5 working days, unless there is none.
    provenance: quoted
    clock:
      start: mould reported
      stop: mould removed
      ended_by: [mould ruled out, no access]
      limit: {working_days: 5}
"""


def found(folder: Path, rule: str, *events: str) -> Finding:
    """The finding of a rule of the policy, for a complaint with these events."""
    (folder / "straight.yaml").write_text(POLICY, encoding="utf-8")
    text = "complaint: E-1\npolicy: ./straight.yaml\nas_at: 2025-06-30\nevents:\n"
    text += "".join(f"  - {event}\n" for event in events)
    loader = Loader(load_rulebooks())
    timelines = loader.parse(text.encode(), "case.yaml", folder)
    (case,) = check(timelines, loader.library).cases
    (finding,) = [one for one in case.findings if (one.rule, one.standard) == (rule, "policy")]
    return finding


# Received on Monday 3 March 2025: 4, 5, 6, 7 and 10 March are the five working days.
RECEIVED = "2025-03-03 complaint received"


@pytest.mark.parametrize(
    ("events", "verdict", "reason", "late"),
    [
        # Taken to stage 2 at once, on the due day itself, and on the day after it.
        (["2025-03-03 escalation requested"], "not-applicable", "ended", None),
        (["2025-03-10 escalation requested"], "not-applicable", "ended", None),
        (["2025-03-11 escalation requested"], "breach", "overdue", 1),
        # Answered first: in time, and two working days late (11 and 12 March).
        (
            ["2025-03-07 stage 1 response", "2025-03-20 escalation requested"],
            "met",
            "in-time",
            None,
        ),
        (["2025-03-12 stage 1 response", "2025-03-20 escalation requested"], "breach", "late", 2),
        # Answered although it was no longer owed.
        (
            ["2025-03-05 escalation requested", "2025-03-12 stage 1 response"],
            "not-applicable",
            "ended",
            None,
        ),
        # Nobody knows whether that was before the due day, or whether it happened at all.
        (["2025-03 escalation requested"], "cannot-tell", "imprecise-date", None),
        (["2025-03-11/2025-03-14 escalation requested"], "breach", "overdue", 1),
    ],
)
def test_what_another_event_ends_is_owed_until_then(
    tmp_path: Path, events: list[str], verdict: str, reason: str, late: int | None
) -> None:
    finding = found(tmp_path, "stage-1-response", RECEIVED, *events)
    assert (finding.verdict, finding.reason) == (verdict, reason)
    if late is not None:
        assert finding.late_by is not None
        assert finding.late_by.least == late


def test_an_end_that_nothing_shows_leaves_it_open(tmp_path: Path) -> None:
    finding = found(
        tmp_path,
        "stage-1-response",
        RECEIVED,
        "{date: 2025-03-05, event: escalation requested, evidence: claimed}",
    )
    assert finding.verdict == "cannot-tell"


def test_a_request_that_must_have_been_made_by_the_due_day_ends_it(tmp_path: Path) -> None:
    # Acknowledged on 6 March: it was asked for between 3 and 6 March, before the 10th.
    finding = found(
        tmp_path,
        "stage-1-response",
        RECEIVED,
        "2025-03-06 escalation acknowledged",
        "2025-03-28 stage 2 response",
    )
    assert (finding.verdict, finding.reason) == ("not-applicable", "ended")
    assert finding.says == (
        "The escalation was requested between 3 March and 6 March 2025, before this was due, on "
        "10 March 2025."
    )


def test_it_says_what_ended_it(tmp_path: Path) -> None:
    in_time = found(tmp_path, "stage-1-response", RECEIVED, "2025-03-03 escalation requested")
    assert in_time.says == (
        "The escalation was requested on 3 March 2025, before this was due, on 10 March 2025."
    )
    late = found(tmp_path, "stage-1-response", RECEIVED, "2025-03-11 escalation requested")
    assert late.says == (
        "Not answered before the escalation was requested on 11 March 2025; it was due on 10 March "
        "2025."
    )
    withdrawn = found(tmp_path, "stage-1-response", RECEIVED, "2025-03-05 complaint withdrawn")
    assert withdrawn.says == (
        "The complaint was withdrawn on 5 March 2025, before this was due, on 10 March 2025."
    )


def test_an_event_of_its_own_ends_a_clock_of_its_own(tmp_path: Path) -> None:
    ruled_out = found(
        tmp_path, "mould", RECEIVED, "2025-03-03 mould reported", "2025-03-06 mould ruled out"
    )
    assert (ruled_out.verdict, ruled_out.says) == (
        "not-applicable",
        "The mould was ruled out on 6 March 2025, before this was due, on 10 March 2025.",
    )
    no_access = found(
        tmp_path, "mould", RECEIVED, "2025-03-03 mould reported", "2025-03-06 no access"
    )
    assert no_access.says == (
        '"no access" came on 6 March 2025, before this was due, on 10 March 2025.'
    )
    never = found(tmp_path, "mould", RECEIVED, "2025-03-03 mould reported")
    assert (never.verdict, never.reason) == ("breach", "overdue")


def verdicts(folder: Path, *events: str) -> list[tuple[int, str]]:
    """The number and verdict of each turn of the limit on mould."""
    (folder / "straight.yaml").write_text(POLICY, encoding="utf-8")
    text = "complaint: E-1\npolicy: ./straight.yaml\nas_at: 2025-06-30\nevents:\n"
    text += "".join(f"  - {event}\n" for event in (RECEIVED, *events))
    loader = Loader(load_rulebooks())
    (case,) = check(loader.parse(text.encode(), "case.yaml", folder), loader.library).cases
    return [(one.episode, one.verdict) for one in case.findings if one.rule == "mould"]


def test_what_came_before_it_began_did_not_end_it(tmp_path: Path) -> None:
    assert verdicts(tmp_path, "2025-03-05 mould ruled out", "2025-03-10 mould reported") == [
        (1, "breach")
    ]


def test_each_turn_has_its_own_end(tmp_path: Path) -> None:
    # Ruled out on the third working day; reported again, and never removed.
    first = ("2025-03-03 mould reported", "2025-03-06 mould ruled out")
    again = "2025-04-01 mould reported"
    assert verdicts(tmp_path, *first, again) == [(1, "not-applicable"), (2, "breach")]
    # Reported on 1 April: 2, 3, 4, 7 and 8 April.
    assert verdicts(tmp_path, *first, again, "2025-04-08 mould ruled out") == [
        (1, "not-applicable"),
        (2, "not-applicable"),
    ]
    assert verdicts(tmp_path, *first, again, "2025-04-08 mould removed") == [
        (1, "not-applicable"),
        (2, "met"),
    ]


def test_an_event_that_is_not_known_is_a_mistake(tmp_path: Path) -> None:
    (tmp_path / "straight.yaml").write_text(
        POLICY.replace("[escalation requested]", "[escalaton requested]"), encoding="utf-8"
    )
    text = "complaint: E-1\npolicy: ./straight.yaml\nevents:\n  - 2025-03-03 complaint received\n"
    with pytest.raises(InputError) as caught:
        Loader(load_rulebooks()).parse(text.encode(), "case.yaml", tmp_path)
    assert [mistake.says for mistake in caught.value.mistakes] == [
        'ended_by: "escalaton requested" is not an event; did you mean "escalation requested"?'
    ]


def test_a_table_has_no_stop_before_the_start_either(chcheck: Chcheck) -> None:
    # The mould was removed before it was reported: that was other mould. A row has one date for it,
    # so it may have been removed again.
    table = "Complaint,Complaint received,Mould reported,Mould removed\n"
    table += "T-1,2025-03-03,2025-03-10,2025-03-05\nT-2,2025-03-03,2025-03-10,2025-03-12\n"
    ran = chcheck(
        "table.csv",
        "--policy",
        "./straight.yaml",
        "--as-at",
        "2025-06-30",
        "--format",
        "csv",
        files={"table.csv": table, "straight.yaml": POLICY},
    )
    rows = [line.split(",") for line in ran.out.splitlines()]
    rule, verdict = rows[0].index("rule"), rows[0].index("verdict")
    assert [row[verdict] for row in rows[1:] if row[rule] == "mould"] == ["cannot-tell", "met"]


def test_a_table_says_the_same(chcheck: Chcheck, tmp_path: Path) -> None:
    table = (
        "Complaint,Complaint received,Stage 1 response,Escalation requested\n"
        "T-1,2025-03-03,,2025-03-03\n"
        "T-2,2025-03-03,,2025-03-11\n"
    )
    ran = chcheck(
        "table.csv",
        "--policy",
        "./straight.yaml",
        "--as-at",
        "2025-06-30",
        "--format",
        "csv",
        files={"table.csv": table, "straight.yaml": POLICY},
    )
    assert ran.code == 1, ran.err
    rows = [line.split(",") for line in ran.out.splitlines()]
    head = rows[0]
    got = {
        (row[head.index("complaint")], row[head.index("rule")], row[head.index("standard")]): row[
            head.index("verdict")
        ]
        for row in rows[1:]
    }
    assert got["T-1", "stage-1-response", "policy"] == "not-applicable"
    assert got["T-2", "stage-1-response", "policy"] == "breach"
