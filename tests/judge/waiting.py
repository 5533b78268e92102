"""What the program does not keep yet: pytest does not collect this unless it is named."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.helpers.making_lives import LifeMaker
from tests.helpers.oracle import Record
from tests.judge.campaign import RULES
from timeliness import Finding

from .test_laws_of_lives import FIXED, REQUESTS, SO_MANY, clocks, exact


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
    maker = LifeMaker(75)
    lives = [maker.record() for _ in range(SO_MANY)]
    shuffled = [
        replace(life, facts=tuple(maker.random.sample(life.facts, len(life.facts))))
        for life in lives
    ]
    for life, one, other in zip(lives, clocks(lives), clocks(shuffled), strict=True):
        assert [verdicts(one[rule]) for rule in RULES] == [
            verdicts(other[rule]) for rule in RULES
        ], life


def verdicts(findings: list[Finding]) -> list[tuple[object, ...]]:
    return [(f.verdict, f.reason, f.start, f.due, f.done, f.late_by) for f in findings]
