"""The gate itself: floors on shares, and which accepted entry speaks of a row."""

from datetime import date

from timeliness.results.gate import AcceptedEntry, Floor, Gate
from timeliness.results.shares import Share


def test_a_share_of_exactly_the_floor_does_not_break_it() -> None:
    floor = Floor("code", "stage-1-response", 0.75)
    # 6 of 8 are three quarters, and so are 6 met with 1 late and 1 that may be late.
    assert not floor.broken_by(Share(6, 2))
    assert not floor.broken_by(Share(6, 1, 1))
    assert floor.broken_by(Share(5, 2, 1))
    assert not floor.broken_by(Share(0, 0))


def test_the_entry_that_lasts_longest_speaks_of_a_row_that_could_not_be_read() -> None:
    until_june, until_july = (
        AcceptedEntry("typed wrongly", "A. Manager", date(2025, month, 30), row="4f2a")
        for month in (6, 7)
    )
    for accepted in ((until_june, until_july), (until_july, until_june)):
        assert Gate(accepted=accepted).entry_for_row("4f2a09") == until_july
    assert Gate(accepted=(until_june,)).entry_for_row("5f2a09") is None
