"""What the program does not keep yet: pytest does not collect this unless it is named."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.helpers.making_lives import LifeMaker
from tests.helpers.oracle import REOPENED, STAGES, Fact, Record
from tests.judge.campaign import gone_through
from tests.judge.test_laws_of_lives import (
    FIXED,
    REQUESTS,
    SO_MANY,
    clocks,
    exact,
    same_clocks,
    told,
)


@pytest.mark.parametrize("seed", range(4))
def test_the_program_agrees_with_every_world(seed):
    wrong, _ = gone_through(500, seed)
    assert not wrong, f"{len(wrong)} differences\n" + "\n".join(str(one) for one in wrong[:3])


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
                assert after.verdict == before.verdict, told(before, after, life)
    assert compared > SO_MANY / 4


def names(record: Record) -> set[str]:
    return {fact.name for fact in record.facts}


# True lines -----------------------------------------------------------------------------------

ADDED = tuple(name for stage in (1, 2) for name in (*STAGES[stage][1:3], STAGES[stage][4]))
"""Lines that say more of an episode; a request or an end may begin or end one, and an extension
may be in doubt."""


def test_a_true_line_never_makes_a_verdict_vaguer():
    maker = LifeMaker(71)
    lives = [replace(maker.exact(), complete=False) for _ in range(SO_MANY)]
    pairs = [
        (replace(life, facts=(*life.facts[:at], *life.facts[at + 1 :])), life)
        for life in lives
        for at, fact in enumerate(life.facts)
        if fact.name in ADDED and is_alone(life, fact)
    ]
    fewer, more = (clocks(records) for records in zip(*pairs, strict=True))
    compared = 0
    for pair, without, with_it in zip(pairs, fewer, more, strict=True):
        for before, after in same_clocks(without, with_it):
            if before.verdict != "cannot-tell":
                compared += 1
                assert after.verdict != "cannot-tell", told(before, after, *pair)
    assert compared > SO_MANY


def is_alone(record: Record, fact: Fact) -> bool:
    """Whether its stage was asked for once; an answer more may make a repeat a further request."""
    requests = [names[0] for names in STAGES.values() if fact.name in names]
    return len(record.named(REOPENED, *requests)) == 1
