"""A share in percent: one way of saying it, wherever it is printed, and the floor for it."""

import pytest

from timeliness.results.gate import Floor
from timeliness.results.shares import Share, percent


@pytest.mark.parametrize(
    ("share", "says"),
    [
        (None, "-"),
        (0.0, "0.0%"),
        (1.0, "100.0%"),
        (0.5, "50.0%"),
        # Two of three.
        (2 / 3, "66.7%"),
        # 4 of 10,000 and 9,996 of 10,000 would round to 0.0 and 100.0: one was met, four were not.
        (0.0004, "under 0.1%"),
        (0.0001, "under 0.1%"),
        (0.9996, "99.9%"),
        (0.99999, "99.9%"),
        (0.001, "0.1%"),
        (0.999, "99.9%"),
    ],
)
def test_a_share_never_rounds_up_to_all_or_down_to_none(share: float | None, says: str) -> None:
    assert percent(share) == says


def test_a_share_of_exactly_the_floor_does_not_break_it() -> None:
    floor = Floor("code", "stage-1-response", 0.75)
    # 6 of 8 are three quarters, and so are 6 met with 1 late and 1 that may be late.
    assert not floor.broken_by(Share(6, 2))
    assert not floor.broken_by(Share(6, 1, 1))
    assert floor.broken_by(Share(5, 2, 1))
    assert not floor.broken_by(Share(0, 0))
