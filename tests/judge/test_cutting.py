"""How a complaint is cut into episodes: which events are judged together, worked out by hand.

Each case gives its events, and for each way to cut them the rows: which episodes are judged in it
(stage.number), and the days of the events that belong to it.
"""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from textwrap import dedent, indent

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.helpers.judging import SHIPPED
from timeliness.judge.episodes.acts import acts_of
from timeliness.judge.episodes.courses import Cut, last_place, with_stage_1
from timeliness.judge.episodes.cutting import cuts_of, cuts_of_order
from timeliness.judge.episodes.life import Life, Row
from timeliness.judge.episodes.ways import life_of
from timeliness.model.dates import Span, When
from timeliness.model.timelines import Event, Timeline
from timeliness.model.vocabulary import COMMON
from timeliness.read.library import Loader

STAGE_1 = """
- 2025-03-03 complaint received
- 2025-03-05 complaint acknowledged
- 2025-03-14 stage 1 response
"""
REFUSED = STAGE_1 + "- 2025-04-01 escalation requested\n- 2025-04-03 escalation refused\n"


def life(events: str, record: str = "complete", as_at: str = "2026-06-30") -> Life:
    head = f"complaint: T-1\nas_at: {as_at}\nrecord: {record}\nevents:\n"
    text = head + indent(dedent(events).strip("\n"), "  ")
    (timeline,) = Loader(SHIPPED).parse(text.encode(), "case.yaml", Path())
    return life_of(timeline, date.fromisoformat(as_at), COMMON)


def shown(row: Row) -> str:
    numbers = " ".join(f"{stage}.{number}" for stage, number in sorted(row.numbers.items()))
    days = []
    for event in row.timeline.events:
        day = event.when.span.earliest if event.when else None
        days.append(f"{day:%d/%m} {event.name}" if day else f"no {event.name}")
    return f"{numbers}: {', '.join(days)}"


def ways(events: str, record: str = "complete") -> list[list[str]]:
    return sorted([shown(row) for row in way.rows] for way in life(events, record).ways)


def notes(events: str, record: str = "complete") -> list[tuple[str, str]]:
    return [(name, event.name) for name, event in life(events, record).notes]


S1 = "03/03 complaint received, 05/03 complaint acknowledged, 14/03 stage 1 response"
CASES = {
    # One request of each stage: one row, with everything.
    "one of each": (
        STAGE_1 + "- 2025-04-01 escalation requested\n- 2025-04-20 stage 2 response",
        [[f"1.1 2.1 3.1: {S1}, 01/04 escalation requested, 20/04 stage 2 response"]],
    ),
    # The answer at stage 3 follows from that at stage 2, though nobody recorded the request for it.
    "a third stage that was answered and is not known to have been asked for": (
        STAGE_1 + "- 2025-04-01 escalation requested\n- 2025-04-20 stage 2 response\n"
        "- 2025-05-10 stage 3 response\n- 2025-05-12 complaint closed",
        [
            [
                f"1.1 2.1 3.1: {S1}, 01/04 escalation requested, 20/04 stage 2 response, "
                "10/05 stage 3 response"
            ]
        ],
    ),
    # The answer shows that there was a complaint, so what follows it was asked for after it.
    "repeated while open, and no receipt on the record": (
        "- 2025-03-14 stage 1 response\n- 2025-04-01 escalation requested\n"
        "- 2025-04-08 escalation requested",
        [
            [
                "1.1 2.1 3.1: 14/03 stage 1 response, 01/04 escalation requested, "
                "08/04 escalation requested"
            ]
        ],
    ),
    # A further request while one is open is a repeat: the first counts.
    "repeated while open": (
        STAGE_1 + "- 2025-04-01 escalation requested\n- 2025-04-08 escalation requested",
        [[f"1.1 2.1 3.1: {S1}, 01/04 escalation requested, 08/04 escalation requested"]],
    ),
    # After a refusal a request begins an episode of its own; what was refused stays as it was.
    "again after a refusal": (
        REFUSED + "- 2025-05-05 escalation requested\n- 2025-06-30 stage 2 response",
        [
            [
                f"1.1 2.1 3.1: {S1}, 01/04 escalation requested, 03/04 escalation refused",
                f"2.2: {S1}, 05/05 escalation requested, 30/06 stage 2 response",
            ]
        ],
    ),
    "again after a withdrawal": (
        "- 2025-03-03 complaint received\n- 2025-03-05 complaint withdrawn\n"
        "- 2025-04-01 complaint received\n- 2025-04-03 complaint acknowledged",
        [
            [
                "1.1 2.1 3.1: 03/03 complaint received, 05/03 complaint withdrawn",
                "1.2: 01/04 complaint received, 03/04 complaint acknowledged",
            ]
        ],
    ),
    # After an answer a complaint is a further one, and what is escalated next is that one, since it
    # is the latest that was answered.
    "a further complaint": (
        STAGE_1 + "- 2025-06-02 complaint received\n- 2025-06-16 stage 1 response\n"
        "- 2025-06-20 escalation requested",
        [
            [
                f"1.1 3.1: {S1}",
                "1.2 2.1: 02/06 complaint received, 16/06 stage 1 response, "
                "20/06 escalation requested",
            ]
        ],
    ),
    # The further one is not answered yet: the first is what is escalated.
    "the first is escalated after a further one came": (
        STAGE_1 + "- 2025-06-02 complaint received\n- 2025-06-04 escalation requested",
        [
            [
                f"1.1 2.1 3.1: {S1}, 04/06 escalation requested",
                "1.2: 02/06 complaint received",
            ]
        ],
    ),
    # Stage 1 was passed over, and the complaint answered at stage 2: a further one is no repeat.
    "a further complaint after stage 1 was passed over": (
        "- 2025-03-03 complaint received\n- 2025-04-01 escalation requested\n"
        "- 2025-04-20 stage 2 response\n- 2025-06-02 complaint received",
        [
            [
                "1.1 2.1 3.1: 03/03 complaint received, 01/04 escalation requested, "
                "20/04 stage 2 response",
                "1.2: 02/06 complaint received",
            ]
        ],
    ),
    # Refused and asked for again on one day: a repeat that was refused with it, or a new request.
    "a tie of a refusal and a request": (
        REFUSED + "- 2025-04-03 escalation requested",
        [
            [
                f"1.1 2.1 3.1: {S1}, 01/04 escalation requested, 03/04 escalation refused",
                f"2.2: {S1}, 03/04 escalation requested",
            ],
            [
                f"1.1 2.1 3.1: {S1}, 01/04 escalation requested, 03/04 escalation refused, "
                "03/04 escalation requested",
            ],
        ],
    ),
    # The times settle it.
    "no tie where there are times": (
        STAGE_1 + "- 2025-04-01 escalation requested\n- 2025-04-03 09:00 escalation refused\n"
        "- 2025-04-03 11:00 escalation requested",
        [
            [
                f"1.1 2.1 3.1: {S1}, 01/04 escalation requested, 03/04 escalation refused",
                f"2.2: {S1}, 03/04 escalation requested",
            ]
        ],
    ),
    # The refusal lies before or after the second request.
    "an imprecise refusal": (
        STAGE_1 + "- 2025-04-01 escalation requested\n- 2025-04-03/2025-04-30 escalation refused\n"
        "- 2025-04-15 escalation requested",
        [
            [
                f"1.1 2.1 3.1: {S1}, 01/04 escalation requested, 03/04 escalation refused",
                f"2.2: {S1}, 15/04 escalation requested",
            ],
            [
                f"1.1 2.1 3.1: {S1}, 01/04 escalation requested, 15/04 escalation refused, "
                "15/04 escalation requested",
            ],
        ],
    ),
    # Answered, closed and escalated on one day: what was closed is what was answered.
    "a closing belongs to the answer of its day": (
        STAGE_1 + "- 2025-03-14 complaint closed\n- 2025-03-14 escalation requested",
        [[f"1.1 2.1 3.1: {S1}, 14/03 escalation requested"]],
    ),
    "with times too": (
        "- 2025-03-03 complaint received\n- 2025-03-14 09:15 stage 1 response\n"
        "- 2025-03-14 09:20 complaint closed\n- 2025-03-14 15:40 escalation requested",
        [
            [
                "1.1 2.1 3.1: 03/03 complaint received, 14/03 stage 1 response, "
                "14/03 escalation requested"
            ]
        ],
    ),
    # A closing without an answer ends nothing: a request after it may be a repeat or a further one.
    "a request after a closing": (
        "- 2025-03-03 complaint received\n- 2025-03-06 complaint closed\n"
        "- 2025-04-01 complaint received",
        [
            [
                "1.1 2.1 3.1: 03/03 complaint received, 06/03 complaint closed",
                "1.2: 01/04 complaint received",
            ],
            [
                "1.1 2.1 3.1: 03/03 complaint received, 06/03 complaint closed, "
                "01/04 complaint received",
            ],
        ],
    ),
    # Reopened after a closing, the clock never stopped.
    "reopened after a closing": (
        "- 2025-03-03 complaint received\n- 2025-03-06 complaint closed\n"
        "- 2025-03-10 complaint reopened\n- 2025-04-01 complaint received",
        [
            [
                "1.1 2.1 3.1: 03/03 complaint received, 01/04 complaint received",
            ]
        ],
    ),
    # Reopened after a withdrawal or a refusal, it is a request of its own day.
    "reopened after a withdrawal": (
        "- 2025-03-03 complaint received\n- 2025-03-06 complaint withdrawn\n"
        "- 2025-03-10 complaint reopened\n- 2025-03-12 complaint acknowledged",
        [
            [
                "1.1 2.1 3.1: 03/03 complaint received, 06/03 complaint withdrawn",
                "1.2: 10/03 complaint received, 12/03 complaint acknowledged",
            ]
        ],
    ),
    "reopened after the escalation was refused": (
        REFUSED + "- 2025-05-05 complaint reopened\n- 2025-05-07 escalation acknowledged",
        [
            [
                f"1.1 2.1 3.1: {S1}, 01/04 escalation requested, 03/04 escalation refused",
                f"2.2: {S1}, 05/05 escalation requested, 07/05 escalation acknowledged",
            ]
        ],
    ),
    # A withdrawal ends every open episode; escalated before stage 1 was answered, both.
    "a withdrawal ends both stages": (
        "- 2025-03-03 complaint received\n- 2025-03-06 escalation requested\n"
        "- 2025-03-10 complaint withdrawn\n- 2025-04-01 complaint reopened",
        [
            [
                "1.1 2.1 3.1: 03/03 complaint received, 06/03 escalation requested, "
                "10/03 complaint withdrawn",
                "2.2: 03/03 complaint received, 01/04 escalation requested",
                "1.2: 01/04 complaint received",
            ]
        ],
    ),
    # Escalated before the answer, and again after it: either day may be the one that counts.
    "escalated early and again": (
        "- 2025-03-03 complaint received\n- 2025-03-10 escalation requested\n"
        "- 2025-03-14 stage 1 response\n- 2025-03-20 escalation requested",
        [
            [
                "1.1 2.1 3.1: 03/03 complaint received, 10/03 escalation requested, "
                "14/03 stage 1 response, 20/03 escalation requested",
            ],
            [
                "1.1 2.1 3.1: 03/03 complaint received, 14/03 stage 1 response, "
                "20/03 escalation requested",
            ],
        ],
    ),
    # An acknowledgement between an end and the next request may be of either.
    "acknowledged between": (
        "- 2025-03-03 complaint received\n- 2025-03-05 complaint withdrawn\n"
        "- 2025-03-06 complaint acknowledged\n- 2025-03-10 complaint received",
        [
            [
                "1.1 2.1 3.1: 03/03 complaint received, 05/03 complaint withdrawn",
                "1.2: 10/03 complaint acknowledged, 10/03 complaint received",
            ],
            [
                "1.1 2.1 3.1: 03/03 complaint received, 05/03 complaint withdrawn, "
                "no complaint acknowledged",
                "1.2: 10/03 complaint received",
            ],
        ],
    ),
    # The next one was acknowledged itself, so the one between was not of it.
    "acknowledged between and after": (
        "- 2025-03-03 complaint received\n- 2025-03-05 complaint withdrawn\n"
        "- 2025-03-06 complaint acknowledged\n- 2025-03-10 complaint received\n"
        "- 2025-03-12 complaint acknowledged",
        [
            [
                "1.1 2.1 3.1: 03/03 complaint received, 05/03 complaint withdrawn",
                "1.2: 10/03 complaint acknowledged, 10/03 complaint received, "
                "12/03 complaint acknowledged",
            ],
            [
                "1.1 2.1 3.1: 03/03 complaint received, 05/03 complaint withdrawn, "
                "no complaint acknowledged",
                "1.2: 10/03 complaint received, 12/03 complaint acknowledged",
            ],
        ],
    ),
    # On one day the first request comes before its acknowledgement and its withdrawal.
    "within a day the first request comes first": (
        "- 2025-03-03 complaint received\n- 2025-03-03 complaint acknowledged\n"
        "- 2025-03-03 complaint withdrawn",
        [
            [
                "1.1 2.1 3.1: 03/03 complaint received, 03/03 complaint acknowledged, "
                "03/03 complaint withdrawn",
            ],
            [
                "1.1 2.1 3.1: 03/03 complaint received, no complaint acknowledged, "
                "03/03 complaint withdrawn",
            ],
        ],
    ),
    # Refused on the day of the second request: nothing else was open that could be refused.
    "refused on the day of a request after an end": (
        "- 2025-03-03 complaint received\n- 2025-03-05 complaint withdrawn\n"
        "- 2025-03-10 complaint received\n- 2025-03-10 complaint refused",
        [
            [
                "1.1 2.1 3.1: 03/03 complaint received, 05/03 complaint withdrawn",
                "1.2: 10/03 complaint received, 10/03 complaint refused",
            ],
        ],
    ),
    # Answered again on the day of a further complaint: that may have been the first one again.
    "answered on the day of a further complaint": (
        STAGE_1 + "- 2025-06-02 complaint received\n- 2025-06-02 stage 1 response",
        [
            [
                f"1.1 2.1 3.1: {S1}",
                "1.2: 02/06 complaint received, 02/06 stage 1 response",
            ],
            [
                f"1.1 2.1 3.1: {S1}, 02/06 stage 1 response",
                "1.2: 02/06 complaint received",
            ],
        ],
    ),
    # A refusal of what is not open ends nothing.
    "a refusal of what was answered": (
        STAGE_1 + "- 2025-04-01 complaint refused",
        [[f"1.1 2.1 3.1: {S1}"]],
    ),
    # A further complaint that was treated as an escalation is one.
    "treated as an escalation": (
        STAGE_1 + "- {date: 2025-04-01, event: complaint received, treated_as: escalation}",
        [[f"1.1 2.1 3.1: {S1}, 01/04 complaint received"]],
    ),
    # An answer that is only said may have been given or not: then a complaint is a further one, or
    # a repeat.
    "an answer that is only said": (
        "- 2025-03-03 complaint received\n"
        "- {date: 2025-03-14, event: stage 1 response, evidence: claimed}\n"
        "- 2025-06-02 complaint received",
        [
            [
                "1.1 2.1 3.1: 03/03 complaint received, 14/03 stage 1 response",
                "1.2: 02/06 complaint received",
            ],
            [
                "1.1 2.1 3.1: 03/03 complaint received, 14/03 stage 1 response, "
                "02/06 complaint received",
            ],
            # What is only said may have been sent after the request was repeated.
            [
                "1.1 2.1 3.1: 03/03 complaint received, 14/03 stage 1 response, "
                "02/06 complaint received",
            ],
        ],
    ),
    # What is to come belongs to what is open now.
    "an acknowledgement to come": (
        REFUSED + "- 2026-06-29 escalation requested\n- 2026-07-02 escalation acknowledged",
        [
            [
                f"1.1 2.1 3.1: {S1}, 01/04 escalation requested, 03/04 escalation refused",
                f"2.2: {S1}, 29/06 escalation requested, 02/07 escalation acknowledged",
            ]
        ],
    ),
    # A third request after two refusals.
    "three requests": (
        REFUSED + "- 2025-05-05 escalation requested\n- 2025-05-08 escalation refused\n"
        "- 2025-06-02 escalation requested",
        [
            [
                f"1.1 2.1 3.1: {S1}, 01/04 escalation requested, 03/04 escalation refused",
                f"2.2: {S1}, 05/05 escalation requested, 08/05 escalation refused",
                f"2.3: {S1}, 02/06 escalation requested",
            ]
        ],
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_a_complaint_is_cut(name: str) -> None:
    events, expected = CASES[name]
    assert ways(events) == sorted(expected)


NOTES = {
    "acknowledged after a withdrawal": (
        "- 2025-03-03 complaint received\n- 2025-03-05 complaint withdrawn\n"
        "- 2025-03-06 complaint acknowledged",
        [("after-end", "complaint acknowledged")],
    ),
    "answered after a refusal": (
        REFUSED + "- 2025-05-05 stage 2 response",
        [("after-end", "stage 2 response")],
    ),
    "escalated again after the stage 2 response": (
        STAGE_1 + "- 2025-04-01 escalation requested\n- 2025-04-20 stage 2 response\n"
        "- 2025-05-01 escalation requested",
        [("after-final", "escalation requested")],
    ),
    "reopened after an answer": (
        STAGE_1 + "- 2025-04-01 complaint reopened",
        [("reopened-answered", "complaint reopened")],
    ),
    "reopened after an answer, while the escalation is open": (
        STAGE_1 + "- 2025-04-01 escalation requested\n- 2025-04-02 complaint reopened",
        [("reopened-answered", "complaint reopened")],
    ),
    "closed, and so reopened after an answer": (
        STAGE_1 + "- 2025-03-14 complaint closed\n- 2025-04-01 complaint reopened",
        [("reopened-answered", "complaint reopened")],
    ),
    "refused after an answer": (
        STAGE_1 + "- 2025-04-01 complaint refused",
        [("not-open", "complaint refused")],
    ),
    "refused before anything was asked": (
        "- 2025-02-24 complaint refused\n- 2025-03-03 complaint received",
        [("not-open", "complaint refused")],
    ),
    # The refusal shows that there was a complaint.
    "refused, and no receipt on the record": ("- 2025-03-05 complaint refused", []),
    "refused though nothing was asked": (
        STAGE_1 + "- 2025-04-01 escalation refused",
        [("not-open", "escalation refused")],
    ),
    # The resident may withdraw what was answered, and a refusal that nothing shows asks nothing.
    "withdrawn after an answer": (STAGE_1 + "- 2025-04-01 complaint withdrawn", []),
    "said to be refused after an answer": (
        STAGE_1 + "- {date: 2025-04-01, event: complaint refused, evidence: claimed}",
        [],
    ),
    # Stage 2 of both complaints is open when one answer comes.
    "two open at once": (
        STAGE_1 + "- 2025-04-01 escalation requested\n- 2025-04-07 complaint received\n"
        "- 2025-04-10 stage 1 response\n- 2025-04-14 escalation requested\n"
        "- 2025-04-20 stage 2 response",
        [("two-open", "stage 2 response")],
    ),
    "nothing to ask": (REFUSED + "- 2025-05-05 escalation requested", []),
    # The same day: the refusal may have come before the answer.
    "refused on the day of the answer": (
        STAGE_1 + "- 2025-03-14 complaint refused",
        [],
    ),
}


@pytest.mark.parametrize("name", NOTES)
def test_what_the_record_leaves_to_ask(name: str) -> None:
    events, expected = NOTES[name]
    assert notes(events) == expected


def test_a_cut_without_courses() -> None:
    # Complaints are numbered from 0, and -1 stands for none.
    assert last_place(Cut(), 1, 0) == -1
    (course,) = with_stage_1(Cut()).courses
    assert (course.stage, course.complaint, course.before) == (1, 0, -1)


def test_two_complaints_that_are_open_at_once_are_marked() -> None:
    events, _ = NOTES["two open at once"]
    (way,) = life(events).ways
    assert [sorted(row.unclear) for row in way.rows] == [[2], [2]]


def test_more_orders_than_can_be_played_through_are_not_guessed_at() -> None:
    stage = "- unknown escalation requested\n- unknown escalation refused\n"
    found = life("- unknown complaint received\n- unknown stage 1 response\n" + 5 * stage)
    assert found.crowded
    assert len(found.ways) == 1


def test_what_is_looked_for_in_vain_was_so_of_each_episode() -> None:
    events = REFUSED + "- 2025-05-05 escalation requested\n"
    (way,) = life(events + "- {event: stage 2 response, evidence: absent}").ways
    assert [row.timeline.events[-1].evidence for row in way.rows] == ["absent", "absent"]


def test_an_episode_that_there_is_in_one_way_alone_is_not_sure() -> None:
    found = life(REFUSED + "- 2025-04-03 escalation requested").of(2)
    assert [(one.number, one.began, one.sure) for one in found] == [
        (1, "first", True),
        (2, "again", False),
    ]


# The same order on other days ------------------------------------------------------------------

CUT_NAMES = (
    *("complaint received", "complaint acknowledged", "stage 1 response", "stage 1 extended"),
    *("escalation requested", "stage 2 response", "complaint withdrawn", "escalation refused"),
    *("complaint closed", "complaint reopened"),
)
STEPS = st.tuples(
    st.sampled_from(CUT_NAMES),
    st.sampled_from((0, 0, 1, 1, 2, 3, 20, 60)),
    st.sampled_from((0, 0, 0, 1, 2, 30)),
    st.sampled_from((0, 0, 0, 1, 2, 30)),
    st.booleans(),
)


@settings(derandomize=True, database=None, deadline=None, max_examples=60)
@given(steps=st.lists(STEPS, min_size=2, max_size=6))
def test_what_comes_of_an_order_is_the_same_on_days_that_are_nearer_to_one_another(steps):
    # `cuts_of` works out each order once, on days brought near to one another; `cuts_of_order`
    # goes by the days themselves.
    day, events = date(2025, 3, 3), []
    for name, wait, before, after, seen in steps:
        day += timedelta(days=wait)
        span = Span(day - timedelta(days=before), day + timedelta(days=after))
        events.append(Event(name, When(span), "seen" if seen else "claimed"))
    acts = acts_of(Timeline("T-1", tuple(events)), date(2026, 6, 30), COMMON)
    assert [(cut, dict(cut.days)) for cut in cuts_of(acts)] == [
        (cut, dict(cut.days)) for cut in cuts_of_order(tuple(acts))
    ]
