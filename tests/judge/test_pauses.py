"""Pauses, which a policy may allow and a Code never does."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.helpers.books import book, clock, findings_of, findings_of_rows
from tests.helpers.command import Chcheck
from timeliness import check
from timeliness.judge.policies import compare
from timeliness.model.errors import Mistakes
from timeliness.model.library import Library
from timeliness.read.library import Loader, load_rulebooks
from timeliness.read.rulebooks import parse_rulebook

ALLOWED = "pauses: {clause: '3.5', provenance: quoted}\n"
NEEDS = "pauses: {clause: '3.5', provenance: quoted, needs: [reason]}\n"
ANSWER = clock("stage-1-response", "complaint received", "stage 1 response", "10 working days")
RECEIVED = "2025-03-03 complaint received"


def paused(day: str, reason: str = "waiting") -> str:
    return f"{{date: {day}, event: clock paused, reason: {reason}}}"


def one_of(chcheck: Chcheck, *events: str, more: str = NEEDS, **asked: Any) -> dict[str, Any]:
    own = book(ANSWER, more=more)
    return findings_of(chcheck, own, RECEIVED, *events, nation="england", **asked)[
        "stage-1-response"
    ]


# Received on Monday 3 March 2025, so due on Monday 17 March. Working days from the first day of a
# pause to the day it was resumed: 5 to 12 March, 5 (so due on 24 March); 6 to 7 March, 1; 8 March
# (Saturday) to 10 March (Monday), 1: from Saturday one working day passes, Monday.
VECTORS = [
    ("2025-03-05", "2025-03-12", "2025-03-24"),
    ("2025-03-06", "2025-03-07", "2025-03-18"),
    ("2025-03-08", "2025-03-10", "2025-03-18"),
    ("2025-03-08", "2025-03-09", "2025-03-17"),
    # On the last day it still runs; on the day after it is over.
    ("2025-03-17", "2025-03-19", "2025-03-19"),
    ("2025-03-18", "2025-03-20", "2025-03-17"),
    # What was paused before the complaint came moves it only from the day it came: 3 to 6 March, 3.
    ("2025-02-24", "2025-03-06", "2025-03-20"),
    ("2025-02-24", "2025-03-03", "2025-03-17"),
]


@pytest.mark.parametrize(("begun", "ended", "due"), VECTORS)
def test_a_pause_moves_the_due_date(chcheck: Chcheck, begun: str, ended: str, due: str) -> None:
    one = one_of(chcheck, paused(begun), f"{ended} clock resumed", f"{due} stage 1 response")
    assert (one["verdict"], one["due"]) == ("met", {"earliest": due, "latest": due})


@pytest.mark.parametrize(("begun", "ended", "due"), VECTORS)
def test_tables_of_either_form_know_it(chcheck: Chcheck, begun: str, ended: str, due: str) -> None:
    own = book(ANSWER, more=ALLOWED)
    late = (date.fromisoformat(due) + timedelta(1)).isoformat()
    wide = (
        "Reference,Complaint received,Clock paused,Clock resumed,Stage 1 response\n"
        f"A,2025-03-03,{begun},{ended},{due}\nB,2025-03-03,{begun},{ended},{late}\n"
    )
    long = "Reference,Event,Date\n" + "".join(
        f"{name},complaint received,2025-03-03\n{name},clock paused,{begun}\n"
        f"{name},clock resumed,{ended}\n{name},stage 1 response,{day}\n"
        for name, day in (("A", due), ("B", late))
    )
    for table in (wide, long):
        found = findings_of_rows(chcheck, own, table, nation="england")
        assert [(one["complaint"], one["verdict"]) for one in found] == [
            ("A", "met"),
            ("B", "breach"),
        ]


def test_two_pauses_add_up(chcheck: Chcheck) -> None:
    # 5 to 7 March, 2; 11 to 14 March, 3: due on 24 March. A pause within a pause is a repeat.
    one = one_of(
        chcheck,
        *(paused("2025-03-05"), paused("2025-03-06"), "2025-03-07 clock resumed"),
        *(paused("2025-03-11"), "2025-03-14 clock resumed", "2025-03-24 stage 1 response"),
    )
    assert (one["verdict"], one["due"]["latest"]) == ("met", "2025-03-24")
    assert one["says"] == (
        "Answered on 24 March 2025, 15 working days after receipt; due on 24 March 2025. The clock "
        "was paused on 5 March 2025 until it was resumed on 7 March 2025 (3.5). The clock was "
        "paused on 11 March 2025 until it was resumed on 14 March 2025 (3.5)."
    )


# Received on 3 March and due on the 17th; answered on the 21st. Where it was paused twice and
# resumed on one day, the second pause may be a repeat, and then it was late, or the clock stands
# still.
@pytest.mark.parametrize(
    ("lines", "verdict", "reason"),
    [
        (["2025-03-05 clock paused"] * 2 + ["2025-03-05 clock resumed"], "cannot-tell", ""),
        (
            [
                "2025-03-05 09:00 clock paused",
                "2025-03-05 10:00 clock paused",
                "2025-03-05 11:00 clock resumed",
            ],
            "breach",
            "late",
        ),
        (
            [
                "2025-03-05 09:00 clock paused",
                "2025-03-05 11:00 clock paused",
                "2025-03-05 10:00 clock resumed",
            ],
            "met",
            "in-time",
        ),
        # Resumed on the 7th and paused again, until the 11th: 2 + 2 working days, due on the 21st.
        (
            [
                "2025-03-05 clock paused",
                "2025-03-07 clock resumed",
                "2025-03-07 clock paused",
                "2025-03-11 clock resumed",
            ],
            "met",
            "in-time",
        ),
        # The pause of the 7th is a repeat, and the clock stood still from the 10th to the 11th (due
        # on the 20th); or it began on the 7th, and that of the 10th is (due on the 21st).
        (
            [
                "2025-03-05 clock paused",
                "2025-03-07 clock resumed",
                "2025-03-07 clock paused",
                "2025-03-10 clock paused",
                "2025-03-11 clock resumed",
            ],
            "cannot-tell",
            "",
        ),
        # A pause of the 6th lies within the first, one of the 10th after it: due on the 19th or,
        # never resumed, not at all.
        (
            [
                "2025-03-05 clock paused",
                "2025-03-06/2025-03-10 clock paused",
                "2025-03-07 clock resumed",
            ],
            "cannot-tell",
            "",
        ),
    ],
)
def test_a_pause_that_may_be_a_repeat_may_count_or_not(
    chcheck: Chcheck, lines: list[str], verdict: str, reason: str
) -> None:
    one = one_of(chcheck, *lines, "2025-03-21 stage 1 response", more=ALLOWED)
    assert (one["verdict"], one["reason"]) == (verdict, reason or "pause-unclear")


def test_calendar_days_and_hours_are_moved_in_their_own_unit(chcheck: Chcheck) -> None:
    # 10 days from 3 March is 13 March; paused for 7 days, 20 March. 48 hours from Monday at 10:00
    # is Wednesday at 10:00; paused on Monday at 12:00 until Tuesday at 12:00, Thursday at 10:00.
    days = clock("stage-1-response", "complaint received", "stage 1 response", "10 calendar days")
    one = findings_of(
        chcheck,
        book(days, more=ALLOWED),
        *(RECEIVED, "2025-03-05 clock paused", "2025-03-12 clock resumed"),
    )["stage-1-response"]
    assert one["due"] == {"earliest": "2025-03-20", "latest": "2025-03-20"}
    hours = clock("stage-1-response", "complaint received", "stage 1 response", "{hours: 48}")
    own = book(hours, more=ALLOWED)
    events = (
        "2025-03-03 10:00 complaint received",
        *("2025-03-03 12:00 clock paused", "2025-03-04 12:00 clock resumed"),
    )
    for done, verdict in (("2025-03-06 10:00", "met"), ("2025-03-06 10:01", "breach")):
        one = findings_of(chcheck, own, *events, f"{done} stage 1 response")["stage-1-response"]
        assert one["verdict"] == verdict


def test_what_was_never_resumed_is_pending(chcheck: Chcheck) -> None:
    # Paused on 5 March, and still on 30 June: 79 working days from 5 March in England (Good Friday
    # 18 April, Easter Monday, 5 and 26 May are off), so not due before 10 July, whenever it ends.
    one = one_of(chcheck, paused("2025-03-05"), as_at="2025-06-30")
    assert (one["verdict"], one["reason"]) == ("pending", "not-yet-due")
    assert one["due"]["latest"] is None
    assert one["due"]["earliest"] == "2025-07-10"
    # Answered while it was paused: in time.
    done = one_of(chcheck, paused("2025-03-05"), "2025-05-06 stage 1 response")
    assert done["verdict"] == "met"
    # In a partial record it may have been resumed on any day.
    told = one_of(chcheck, paused("2025-03-05"), "2025-05-06 stage 1 response", record="partial")
    assert (told["verdict"], told["reason"]) == ("cannot-tell", "pause-unclear")
    assert told["settled_by"]["add"] == "- DATE clock resumed"


@pytest.mark.parametrize(
    ("pause", "verdict", "add"),
    [
        (
            "2025-03-05 clock paused",
            "cannot-tell",
            "reason: ...   (on the event of line 8)",
        ),
        (paused("2025-03-05", "none"), "breach", ""),
        (
            "{date: 2025-03-05, event: clock paused, reason: x, evidence: claimed}",
            "cannot-tell",
            "evidence: seen   (for the event on line 8)",
        ),
        (
            "{date: 2025-03-05/2025-03-10, event: clock paused, reason: x}",
            "cannot-tell",
            "date: DATE   (on the event of line 8)",
        ),
    ],
)
def test_a_pause_counts_with_what_the_policy_needs(
    chcheck: Chcheck, pause: str, verdict: str, add: str
) -> None:
    one = one_of(chcheck, pause, "2025-03-12 clock resumed", "2025-03-21 stage 1 response")
    assert one["verdict"] == verdict
    assert (one["settled_by"] or {"add": ""})["add"] == add


EXTENDABLE = book(
    clock(
        *("stage-1-response", "complaint received", "stage 1 response", "10 working days"),
        "extension: {event: stage 1 extended, most: not stated, needs: [until], clause: '2', "
        "provenance: quoted}",
    ),
    more=ALLOWED,
)


def test_an_extension_after_a_pause_sets_a_date_of_its_own(chcheck: Chcheck) -> None:
    told = "{date: 2025-03-13, event: stage 1 extended, until: 2025-04-01}"
    pause = ("2025-03-05 clock paused", "2025-03-12 clock resumed")
    later = ("2025-03-17 clock paused", "2025-03-20 clock resumed")
    # The new date stays; a pause of 3 working days after it was given moves it to 4 April.
    for events, due in ((pause, "2025-04-01"), (later, "2025-04-04")):
        one = findings_of(chcheck, EXTENDABLE, RECEIVED, told, *events, nation="england")
        assert one["stage-1-response"]["due"] == {"earliest": due, "latest": due}


def test_an_imprecise_receipt_is_what_leaves_it_open_and_not_the_pause(chcheck: Chcheck) -> None:
    # From the 3rd due on the 17th, from the 5th on the 19th, and 1 working day later by the pause.
    own = book(ANSWER, more=ALLOWED)
    one = findings_of(
        chcheck,
        own,
        *("2025-03-03/2025-03-05 complaint received", "2025-03-06 clock paused"),
        *("2025-03-07 clock resumed", "2025-03-19 stage 1 response"),
        nation="england",
    )["stage-1-response"]
    assert (one["verdict"], one["reason"]) == ("cannot-tell", "imprecise-date")
    assert one["due"] == {"earliest": "2025-03-18", "latest": "2025-03-20"}


def test_a_pause_that_may_come_before_an_extension_may_move_its_date(chcheck: Chcheck) -> None:
    # Extended to Tuesday 1 April; a pause of one working day came before that was told, or after.
    one = findings_of(
        chcheck,
        EXTENDABLE,
        RECEIVED,
        "{date: 2025-03-10/2025-03-14, event: stage 1 extended, until: 2025-04-01}",
        *("2025-03-12 clock paused", "2025-03-13 clock resumed"),
        nation="england",
    )["stage-1-response"]
    assert one["due"] == {"earliest": "2025-04-01", "latest": "2025-04-02"}


# The Code -------------------------------------------------------------------------------------


def test_the_code_knows_an_extension_and_no_pause(chcheck: Chcheck) -> None:
    files = {
        "case.yaml": "complaint: T\nas_at: 2025-06-30\nevents:\n"
        f"  - {RECEIVED}\n  - 2025-03-03 complaint acknowledged\n"
        f"  - {paused('2025-03-05')}\n  - 2025-03-12 clock resumed\n"
        "  - 2025-03-18 stage 1 response\n"
    }
    ran = chcheck("case.yaml", files=files)
    assert ran.code == 1
    assert "1 working day late" in ran.out
    told = " ".join(ran.out.split())
    assert (
        "A pause that nothing allows (line 6): The clock was paused on 5 March 2025, and no policy "
        "of this complaint allows that. The clocks of the Code never stop; what it knows is an "
        "extension."
    ) in told


def test_a_policy_that_allows_pauses_leaves_the_code_as_it_is(chcheck: Chcheck) -> None:
    findings_of(
        chcheck,
        book(ANSWER, more=ALLOWED),
        *(RECEIVED, "2025-03-03 complaint acknowledged", "2025-03-05 clock paused"),
        *("2025-03-12 clock resumed", "2025-03-24 stage 1 response"),
        nation="england",
    )
    told = " ".join(chcheck("case.yaml").out.split())
    assert "1 breach: stage 1 response 5 working days late (Code)" in told
    assert "A pause that nothing allows" not in told


def test_a_clause_on_pauses_is_weaker_than_the_code() -> None:
    policy = parse_rulebook(book(ANSWER, more=ALLOWED).encode(), Mistakes("own.yaml"))
    code = load_rulebooks().rulebooks["housing-ombudsman-2024"]
    (point,) = [one for one in compare(policy, code, "england") if one.aspect == "pauses"]
    assert (point.standing, point.counts_as) == ("weaker", "breach")
    assert point.says == (
        "The policy lets its clocks stand still (3.5); the Code's never stop, and what it knows is "
        "an extension."
    )


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ("pauses: yes\n", "8: pauses: the keys clause, provenance and needs are expected here"),
        ("pauses: {clause: '1'}\n", '8: pauses needs the key "provenance"'),
        (
            "pauses: {clause: '1', provenance: quoted, needs: [date]}\n",
            '8: needs: "date" is not one of its items; they are reason',
        ),
    ],
)
def test_what_is_wrong_with_the_key_is_said(chcheck: Chcheck, more: str, says: str) -> None:
    files = {"own.yaml": book(ANSWER, more=more)}
    ran = chcheck("policy", "own.yaml", files=files)
    assert (ran.code, says in ran.err) == (2, True), ran.err


def test_a_code_may_not_have_it(chcheck: Chcheck) -> None:
    text = book(ANSWER, more=ALLOWED).replace("standard: policy", "standard: code")
    ran = chcheck("policy", "own.yaml", files={"own.yaml": text})
    assert "8: pauses: the clocks of a Code never stop; leave this key out" in ran.err


# Laws -----------------------------------------------------------------------------------------

LIBRARY = load_rulebooks().rulebooks
OWN = parse_rulebook(book(ANSWER, more=ALLOWED).encode(), Mistakes("own.yaml"))
FROM = date(2025, 3, 3)
DAYS = st.integers(0, 30).map(lambda days: FROM + timedelta(days))
SPANS = st.tuples(DAYS, st.integers(0, 8))


def judged(received: str, begun: str, ended: str, done: str) -> tuple[str, str, str | None]:
    loader = Loader(Library({**LIBRARY, "own": OWN}))
    text = (
        "complaint: T\npolicy: own\nas_at: 2025-09-30\nevents:\n"
        f"  - {{date: {received}, event: complaint received}}\n"
        f"  - {{date: {begun}, event: clock paused}}\n"
        f"  - {{date: {ended}, event: clock resumed}}\n"
        f"  - {{date: {done}, event: stage 1 response}}\n"
    )
    (case,) = check(loader.parse(text.encode(), "case.yaml", Path()), loader.library).cases
    (one,) = [f for f in case.findings if f.rulebook == "own"]
    assert one.due
    assert one.due.earliest
    latest = one.due.latest.isoformat() if one.due.latest else None
    return one.verdict, one.due.earliest.isoformat(), latest


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(SPANS, SPANS, st.integers(0, 45), st.integers(0, 8), st.integers(0, 8))
def test_an_exact_day_never_says_otherwise_than_a_span_that_holds_it(
    begun: tuple[date, int], ended: tuple[date, int], done: int, one: int, two: int
) -> None:
    def span(days: tuple[date, int]) -> str:
        return f"{days[0]}/{days[0] + timedelta(days[1])}"

    def within(days: tuple[date, int], step: int) -> str:
        return str(days[0] + timedelta(min(step, days[1])))

    answered = str(FROM + timedelta(done))
    if ended[0] < begun[0] + timedelta(begun[1]):
        ended = (begun[0] + timedelta(begun[1]), ended[1])
    vague = judged(str(FROM), span(begun), span(ended), answered)
    exact = judged(str(FROM), within(begun, one), within(ended, two), answered)
    assert vague[0] in (exact[0], "cannot-tell")
    assert vague[1] <= exact[1]
    assert vague[2] is None or (exact[2] is not None and vague[2] >= exact[2])
