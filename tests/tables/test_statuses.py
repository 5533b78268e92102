"""What a status or an outcome that gives no day says of how a complaint ended.

Received on Monday 3 February 2025 and acknowledged on the 5th, a complaint was to be answered by
Wednesday 19 February, ten working days later. The day of the check is 30 June.
"""

from pathlib import Path

import pytest

from tests.helpers.command import Chcheck
from tests.helpers.tables import judged, read
from timeliness.model.statuses import IGNORED, STATUSES, meaning_of

HEAD = "Ref,Date Received,Date Acknowledged,Stage 1 Response"
STAGE_2 = f"{HEAD},Escalation Requested,Escalation Acknowledged,Stage 2 Response"
UNCLEAR = "cannot-tell"


def stage_1(header: str, cells: str, **settings: object) -> tuple[str, str]:
    table = read(f"{HEAD},{header}\nA,2025-02-03,2025-02-05,{cells}\n", **settings)
    assert not table.problems
    return judged(table)["A"]


@pytest.mark.parametrize(
    "status",
    ["Withdrawn", "WITHDRAWN", "Refused - out of jurisdiction", "Closed", "Closed - withdrawn"],
)
@pytest.mark.parametrize("header", ["Status", "Case Status", "Outcome", "Stage 1 Outcome"])
def test_what_ended_on_an_unknown_day_is_not_overdue(header: str, status: str) -> None:
    assert stage_1(header, f",{status}")[0] == UNCLEAR


@pytest.mark.parametrize("status", ["Open", "In progress", "", "Under review by Jo", "Upheld"])
def test_what_says_nothing_of_an_end_changes_nothing(status: str) -> None:
    assert stage_1("Status", f",{status}") == ("breach", "overdue")


@pytest.mark.parametrize("header", ["Status", "Outcome", "Stage 1 Outcome"])
def test_an_outcome_without_the_day_of_the_answer_is_named(header: str) -> None:
    rows = "A,2025-02-03,2025-02-05,,Not upheld\nB,2025-02-03,2025-02-05,2025-02-10,Upheld\n"
    table = read(f"{HEAD},{header}\n{rows}C,2025-02-03,2025-02-05,,Upheld\n")
    assert table.notes[-1] == (
        f'by the column "{header}" 2 rows without the day of an answer may have been answered; '
        "their answers count as not given; write yes where the day is not known"
    )
    table = read(f"{HEAD},{header}\nA,2025-02-03,2025-02-05,yes,Upheld\n{rows.splitlines()[1]}\n")
    assert judged(table)["A"][0] == UNCLEAR
    assert not any("may have been answered" in note for note in table.notes)


def test_a_closing_or_refusal_beside_the_answer_ends_nothing() -> None:
    # Answered on Friday 21 February, two working days late.
    assert stage_1("Status", "2025-02-21,Closed") == ("breach", "late")
    assert stage_1("Status", "2025-02-21,Refused") == ("breach", "late")
    assert stage_1("Outcome", "2025-02-21,Withdrawn") == ("breach", "late")
    assert stage_1("Outcome", "2025-02-21,Rejected") == ("breach", "late")


def test_a_withdrawal_that_has_its_own_day_keeps_it() -> None:
    # Withdrawn on 10 February, before the answer was due.
    assert stage_1("Withdrawn,Status", ",2025-02-10,Withdrawn") == ("not-applicable", "ended")


def test_a_refusal_at_stage_2_is_one_of_the_escalation() -> None:
    rows = "A,2025-02-03,2025-02-05,2025-02-17,2025-02-24,2025-02-26,,Refused"
    table = read(f"{STAGE_2},Status\n{rows}\n")
    # Due on 26 March, 20 working days after the acknowledgement, if it was not refused before.
    assert judged(table, "stage-2-response")["A"][0] == UNCLEAR
    assert judged(table)["A"] == ("met", "in-time")
    assert [one.name for one in table.timeline(0).events if "refused" in one.name] == [
        "escalation refused"
    ]


def test_closed_while_stage_2_is_open() -> None:
    rows = "A,2025-02-03,2025-02-05,2025-02-17,2025-02-24,2025-02-26,,Closed"
    table = read(f"{STAGE_2},Status\n{rows}\n")
    assert judged(table, "stage-2-response")["A"][0] == UNCLEAR
    assert judged(table)["A"] == ("met", "in-time")


def test_a_status_that_is_carried_is_read_too() -> None:
    assert stage_1("Status", ",Withdrawn", columns={"Status": "carry"})[0] == UNCLEAR
    assert stage_1("Status", ",Withdrawn", columns={"Status": "ignore"}) == ("breach", "overdue")


def test_a_status_that_is_not_known_is_noted() -> None:
    table = read(f"{HEAD},Status\nA,2025-02-03,2025-02-05,,Parked\nB,2025-02-03,,,Dropped\n")
    assert list(table.notes) == [
        'the column "Status" has 2 values that are not known as a status; `chcheck columns` lists '
        "them, and [status] in chcheck.toml can say what they mean"
    ]


def test_a_status_that_is_declared(chcheck: Chcheck) -> None:
    table = f"{HEAD},Status\nA,2025-02-03,2025-02-05,,Dropped\n"
    toml = '[status]\nDropped = "complaint withdrawn"\n'
    files = {"e.csv": table, "chcheck.toml": toml}
    ran = chcheck("e.csv", "--as-at", "2025-06-30", files=files)
    assert "No breach found in 1 complaint, but it cannot be fully decided" in ran.out
    assert stage_1("Status", ",Closed", statuses={"closed": "ignore"}) == ("breach", "overdue")


def test_a_status_that_is_declared_as_something_else_is_refused(chcheck: Chcheck) -> None:
    files = {"e.csv": f"{HEAD}\nA,2025-02-03,,\n", "c.toml": '[status]\nDropped = "stage 1"\n'}
    ran = chcheck("e.csv", "--config", "c.toml", files=files)
    assert ran.code == 2
    assert (
        'status: Dropped: "stage 1" is not one of complaint withdrawn, complaint refused, '
        "escalation refused, complaint closed, ignore"
    ) in ran.err


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("Closed - upheld", None),
        ("Closed/Resolved", "complaint closed"),
        ("Not withdrawn", None),
        ("Withdrawal requested", None),
        ("Withdrawn - moved away", "complaint withdrawn"),
        ("Escalation refused", "escalation refused"),
        ("In_Progress", "ignore"),
    ],
)
def test_parts_of_a_status(text: str, meaning: str | None) -> None:
    assert meaning_of(text, {}) == meaning


def test_the_list_is_published() -> None:
    page = Path(__file__).parents[2].joinpath("docs", "exports.md").read_text(encoding="utf-8")
    (table,) = [part for part in page.split("\n\n") if part.startswith("| status or outcome")]
    plain = " ".join(table.split())
    for meaning, words in STATUSES.items():
        if meaning != IGNORED:
            assert f"| {', '.join(words)} | `{meaning}` |" in plain
