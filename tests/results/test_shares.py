"""A share in percent: one way of saying it, wherever it is printed."""

import pytest

from timeliness.results.shares import percent


@pytest.mark.parametrize(
    ("share", "says"),
    [
        (None, "-"),
        (0.0, "0.0%"),
        (1.0, "100.0%"),
        (0.5, "50.0%"),
        # A half goes up, as in a spreadsheet: 56.25, 0.125 and 33.35.
        (9 / 16, "56.3%"),
        (1 / 800, "0.1%"),
        (667 / 2000, "33.4%"),
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
