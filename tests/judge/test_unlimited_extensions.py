"""An extension that may be given without a stated maximum: a valid one moves the due date."""

from __future__ import annotations

import pytest

from tests.helpers.books import book, clock, findings_of, findings_of_rows
from tests.helpers.command import Chcheck

# 20 working days from Monday 10 March 2025 end on Monday 7 April: no holiday in Scotland between.
SECOND = clock(
    *("stage-2-response", "escalation requested", "stage 2 response", "20 working days"),
    "extension: {event: stage 2 extended, most: not stated, needs: [until], clause: '2', "
    "provenance: quoted}",
)
OWN = book(SECOND)
ASKED = "2025-03-10 escalation requested"


def extended(told: str = "2025-04-01", more: str = "until: 2025-09-01") -> str:
    return f"{{date: {told}, event: stage 2 extended, {more}}}"


@pytest.mark.parametrize(
    ("events", "verdict", "reason", "due"),
    [
        # However far it goes, the new date is when it is due.
        (
            (extended(), "2025-09-01 stage 2 response"),
            *("met", "within-extension", ("2025-09-01", "2025-09-01")),
        ),
        (
            (extended(), "2025-09-02 stage 2 response"),
            *("breach", "late", ("2025-09-01", "2025-09-01")),
        ),
        # Told on the day after the limit: it does not count.
        (
            (extended("2025-04-08"), "2025-04-09 stage 2 response"),
            *("breach", "late", ("2025-04-07", "2025-04-07")),
        ),
        # Without the new date that it needs it may reach any day, or not count.
        (
            (extended(more="note: a letter"), "2025-09-01 stage 2 response"),
            *("cannot-tell", "extension-unclear", ("2025-04-07", None)),
        ),
        # A second one, told before the first ran out, moves it again.
        (
            (
                extended(),
                extended("2025-08-29", "until: 2025-12-01"),
                "2025-12-01 stage 2 response",
            ),
            *("met", "within-extension", ("2025-12-01", "2025-12-01")),
        ),
    ],
)
def test_a_valid_one_moves_the_due_date_to_its_new_date(
    chcheck: Chcheck,
    events: tuple[str, ...],
    verdict: str,
    reason: str,
    due: tuple[str, str | None],
) -> None:
    one = findings_of(chcheck, OWN, "2025-02-03 complaint received", ASKED, *events)[
        "stage-2-response"
    ]
    assert (one["verdict"], one["reason"]) == (verdict, reason)
    assert (one["due"]["earliest"], one["due"]["latest"]) == due


@pytest.mark.parametrize(
    ("told", "verdict", "says"),
    [
        (
            "2025-04-01",
            "met",
            "The resident was told on 1 April 2025 that the date had moved to 1 September 2025. "
            "That was before the limit ran out on 7 April 2025, and gave everything required.",
        ),
        (
            "2025-04-08",
            "breach",
            "The extension given on 8 April 2025 falls short: it was given after the limit had run "
            "out (7 April 2025); so it does not move the due date.",
        ),
    ],
)
def test_the_extension_itself_is_judged(
    chcheck: Chcheck, told: str, verdict: str, says: str
) -> None:
    found = findings_of(chcheck, OWN, "2025-02-03 complaint received", ASKED, extended(told))
    one = found["stage-2-extended"]
    assert (one["verdict"], one["says"]) == (verdict, says)


def test_a_table_reads_it_alike(chcheck: Chcheck) -> None:
    table = (
        "Reference,Received,Escalation requested,Stage 2 extended,Stage 2 extended to,"
        "Stage 2 response\n"
        "A,2025-02-03,2025-03-10,2025-04-01,2025-09-01,2025-09-01\n"
        "B,2025-02-03,2025-03-10,2025-04-01,2025-09-01,2025-09-02\n"
        "C,2025-02-03,2025-03-10,2025-04-08,2025-09-01,2025-09-01\n"
    )
    found = findings_of_rows(chcheck, OWN, table)
    assert [(one["complaint"], one["rule"], one["verdict"]) for one in found] == [
        ("A", "stage-2-response", "met"),
        ("A", "stage-2-extended", "met"),
        ("B", "stage-2-response", "breach"),
        ("B", "stage-2-extended", "met"),
        ("C", "stage-2-response", "breach"),
        ("C", "stage-2-extended", "breach"),
    ]


def test_one_of_which_the_rulebook_does_not_speak_is_another_thing(chcheck: Chcheck) -> None:
    # Whether there may be one at all is not stated: perhaps, perhaps not.
    second = clock(
        *("stage-2-response", "escalation requested", "stage 2 response", "20 working days"),
        "extension: not stated",
    )
    events = ("2025-02-03 complaint received", ASKED, extended(), "2025-09-01 stage 2 response")
    one = findings_of(chcheck, book(second), *events)["stage-2-response"]
    assert (one["verdict"], one["due"]) == (
        "cannot-tell",
        {"earliest": "2025-04-07", "latest": "2025-09-01"},
    )


def test_an_extension_before_an_unstated_first_day_is_over_is_not_a_breach(
    chcheck: Chcheck,
) -> None:
    # Due on Friday 4 April or Monday 7 April; told on Saturday 5 April: in time by one count.
    own = book(SECOND, more="counting: not stated\n")
    events = ("2025-02-03 complaint received", ASKED, extended("2025-04-05"))
    one = findings_of(chcheck, own, *events)["stage-2-extended"]
    assert one["verdict"] == "cannot-tell"
