"""The answer for many complaints: never "No breach" of what could not be decided."""

from __future__ import annotations

import pytest

from tests.helpers.command import Chcheck

HEAD = "Ref,Received,Acknowledged,Stage 1 response,Date closed\n"
MET = "B,2026-06-01,2026-06-02,2026-06-10,\n"
# Mon 1 Jun, acknowledged on Tue 2 Jun + 3 4 5 8 9 10 11 12 15 16.
LATE = "C,2026-06-01,2026-06-02,2026-06-17,\n"
CLOSED = "D,2026-06-01,2026-06-02,,2026-06-04\n"

TABLES = {
    "all in time": (HEAD + MET, "No breach in 1 complaint."),
    "one late": (HEAD + MET + LATE, "1 of 2 complaints has a breach (50.0%)."),
    "closed without an answer": (
        HEAD + MET + CLOSED,
        "No breach found in 2 complaints, but 1 cannot be fully decided. 1 limit was closed "
        "without a recorded answer.",
    ),
    "one late and one closed": (
        HEAD + LATE + CLOSED,
        "1 of 2 complaints has a breach (50.0%). 1 more complaint cannot be fully decided. 1 limit "
        "was closed without a recorded answer.",
    ),
    "no column of the answer": (
        "Ref,Received,Acknowledged\nA,2026-06-01,2026-06-02\nB,2026-06-01,2026-06-02\n",
        "No breach found in 2 complaints, but 2 cannot be fully decided: no column holds the stage "
        "1 response.",
    ),
    "nothing decided": (
        "Ref,Received,Stage 1 extended to\nA,2026-06-01,2026-08-03\nB,2026-06-01,2026-08-03\n",
        "Nothing could be decided for 2 complaints: no column holds the acknowledgement of the "
        "complaint or the stage 1 response.",
    ),
    "no column of the receipt": (
        "Ref,Logged,Acknowledged,Stage 1 response\nA,2026-06-01,2026-06-02,2026-06-03\n"
        "B,2026-06-01,2026-06-02,2026-06-03\n",
        "Nothing could be decided for 2 complaints: no column holds the receipt of the complaint.",
    ),
    "no row is an answer": (
        "reference,date,event\nA,2026-06-01,complaint received\nA,2026-06-02,acknowledged\n",
        "No breach found in 1 complaint, but it cannot be fully decided: no row holds the stage 1 "
        "response.",
    ),
}


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        *((name, kind) for name in TABLES for kind in ("text", "markdown")),
        # In HTML one complaint has a page of its own, with an answer of its own.
        *((name, "html") for name in TABLES if name not in ("all in time", "no row is an answer")),
    ],
)
def test_the_answer_for_a_table(chcheck: Chcheck, name: str, kind: str) -> None:
    table, says = TABLES[name]
    words = ("a.csv", "--as-at", "2026-11-25", "--format", kind)
    out = chcheck(*words, files={"a.csv": table}).out
    assert says in " ".join(out.split())


def test_several_timelines_say_what_was_closed_without_an_answer(chcheck: Chcheck) -> None:
    case = "complaint: {}\nas_at: 2026-11-25\nevents:\n  - 2026-06-01 received\n{}"
    done = "  - 2026-06-02 acknowledged\n  - 2026-06-10 stage 1 response\n"
    closed = "  - 2026-06-02 acknowledged\n  - 2026-06-04 complaint closed\n"
    files = {"a.yaml": case.format("A", done), "b.yaml": case.format("B", closed)}
    told = " ".join(chcheck("a.yaml", "b.yaml", files=files).out.split())
    assert told.startswith(
        "No breach found in 2 complaints, but 1 cannot be fully decided. 1 limit was closed "
        "without a recorded answer."
    )
