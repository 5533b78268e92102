"""What the program does not keep yet: pytest does not collect this unless it is named."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.helpers.oracle import Record

from .test_laws_of_lives import FIXED, REQUESTS, clocks, exact


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
