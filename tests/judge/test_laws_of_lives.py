"""What must hold of every life of a complaint, whatever its days, ends and beginnings."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.campaigns.making_lives import LifeMaker
from tests.campaigns.of_laws import (
    apart,
    clocks,
    in_parts,
    made_vaguer,
    reordered,
    same_clocks,
    told,
    turned,
)
from tests.campaigns.oracle import Fact, Record

FIXED = settings(derandomize=True, database=None, deadline=None, max_examples=25)
SO_MANY = 200


# Later starts ---------------------------------------------------------------------------------

REQUESTS = st.dates(date(2022, 5, 1), date(2026, 9, 30))


def exact(name: str, day: date) -> Fact:
    return Fact(name, day, day)


@pytest.mark.parametrize("rule", ["acknowledge-escalation", "stage-2-response"])
@FIXED
@given(received=REQUESTS, waits=st.tuples(*[st.integers(0, 60)] * 2), told=st.integers(0, 20))
def test_a_later_request_to_escalate_is_never_due_earlier(rule, received, waits, told):
    as_at = received + timedelta(days=120)
    answered = exact("stage 1 response", received)
    records = [
        Record(
            (
                exact("complaint received", received),
                answered,
                exact("escalation requested", received + timedelta(days=wait)),
                exact("escalation acknowledged", received + timedelta(days=max(waits) + told)),
            ),
            as_at,
        )
        for wait in sorted(waits)
    ]
    first, second = (found[rule] for found in clocks(records))
    for one, other in zip(first, second, strict=True):
        assert one.due.earliest <= other.due.earliest
        assert one.due.latest <= other.due.latest


# True lines -----------------------------------------------------------------------------------


def test_a_true_line_never_makes_a_verdict_vaguer():
    vaguer, compared = made_vaguer(SO_MANY, 71)
    assert compared > SO_MANY
    assert not vaguer, vaguer[0]


@pytest.mark.parametrize("name", ["complaint logged", "complaint acknowledged"])
def test_a_line_without_a_day_is_no_worse_than_none(name):
    maker = LifeMaker(72)
    lives = [life for life in (maker.exact() for _ in range(SO_MANY)) if name not in names(life)]
    lives = [replace(life, complete=name == "complaint logged") for life in lives]
    unknown = Fact(name, date.min, date.max)
    compared = 0
    with_it = [replace(life, facts=(*life.facts, unknown)) for life in lives]
    for life, without, more in zip(lives, clocks(lives), clocks(with_it), strict=True):
        if len(without["acknowledge-complaint"]) > 1:
            continue
        for before, after in same_clocks(without, more):
            if before.verdict != "cannot-tell":
                compared += 1
                same = {before.verdict, after.verdict} in ({before.verdict}, {"pending", "met"})
                assert same, told(before, after, life)
    assert compared > SO_MANY / 4


def names(record: Record) -> set[str]:
    return {fact.name for fact in record.facts}


# Wider dates ----------------------------------------------------------------------------------


def test_widening_a_date_never_turns_one_verdict_into_the_other():
    assert turned(SO_MANY, 73) == []


# One and many ---------------------------------------------------------------------------------


def test_many_lives_at_once_are_judged_as_each_alone():
    assert apart(50, 74) == []


def test_a_start_that_may_lie_after_the_answer_is_the_same_beside_others():
    # Acknowledged on 5 March at the earliest, and by the answer of the 7th at the latest: due 10
    # working days later, from the 19th to the 21st. The other was acknowledged on the 4th.
    march = [date(2025, 3, day) for day in range(1, 32)]
    rough = Fact("complaint acknowledged", march[4], march[9])
    early = exact("complaint acknowledged", march[3])
    records = [
        Record(
            (exact("complaint received", march[2]), told, exact("stage 1 response", march[6])),
            date(2025, 6, 30),
        )
        for told in (rough, early)
    ]
    first, second = (found["stage-1-response"][0] for found in clocks(records))
    assert (first.due.earliest, first.due.latest) == (march[18], march[20])
    assert (second.due.earliest, second.due.latest) == (march[17], march[17])


def test_a_table_in_two_files_says_what_it_says_in_one():
    assert in_parts(40, 75) == []


@pytest.mark.parametrize("rule", ["acknowledge-complaint", "stage-1-response"])
@FIXED
@given(received=REQUESTS, waits=st.tuples(*[st.integers(4, 60)] * 2))
def test_a_later_request_after_a_refusal_is_never_due_earlier(rule, received, waits):
    as_at = received + timedelta(days=120)
    records = [
        Record(
            (
                exact("complaint received", received),
                exact("complaint refused", received + timedelta(days=3)),
                exact("complaint received", received + timedelta(days=wait)),
            ),
            as_at,
        )
        for wait in sorted(waits)
    ]
    (_, one), (_, other) = (found[rule] for found in clocks(records))
    assert one.due.earliest <= other.due.earliest
    assert one.due.latest <= other.due.latest


def test_the_order_of_lines_does_not_matter():
    assert reordered(SO_MANY, 75) == []
