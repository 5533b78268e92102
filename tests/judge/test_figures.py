"""Counting a stated figure, and comparing last days, held against plain reckoning day by day."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timeliness.judge.policies import compare
from timeliness.judge.statements.figures import Way, measure
from timeliness.model.calendars import COUNTING_RULES, Limit, working_days
from timeliness.model.rulebooks import Clock, Rulebook
from timeliness.read.library import load_rulebooks
from timeliness.read.rulebooks import read_rulebook

POLICIES = sorted((Path(__file__).parent / "policies").glob("*.yaml"))
ENGLAND = working_days("england")
DAYS = st.dates(date(2019, 1, 1), date(2027, 12, 31))
LENGTHS = st.integers(0, 400)


def one_by_one(start: date, end: date, rule: str) -> int:
    """Count working days by walking from day to day."""

    def works(day: date) -> bool:
        return ENGLAND.is_working(day)

    if rule == "roll-forward":
        while not works(start):
            start += timedelta(1)
    counted = sum(works(start + timedelta(n)) for n in range(1, (end - start).days + 1))
    return counted + (rule == "same-day" and works(start) and end >= start)


@given(start=DAYS, length=LENGTHS, rule=st.sampled_from(list(COUNTING_RULES)))
def test_working_days_are_those_counted_one_by_one(start: date, length: int, rule: str) -> None:
    end = start + timedelta(length)
    counted = measure(Way("working_days", working_days("england", rule), 0, ()), start, end)
    assert (counted.whole, counted.left) == (one_by_one(start, end, rule), 0)


@given(start=DAYS, amount=st.integers(1, 60), rule=st.sampled_from(list(COUNTING_RULES)))
def test_the_last_day_of_a_limit_is_the_first_on_which_all_its_days_are_counted(
    start: date, amount: int, rule: str
) -> None:
    last = working_days("england", rule).due(start, Limit(amount))
    assert one_by_one(start, last, rule) == amount
    assert one_by_one(start, last - timedelta(1), rule) == amount - 1


@given(start=DAYS, length=LENGTHS)
def test_months_and_weeks_leave_less_than_one_of_them_over(start: date, length: int) -> None:
    end = start + timedelta(length)
    months = measure(Way("months", ENGLAND, 0, ()), start, end)
    reached = ENGLAND.due(start, Limit(months.whole, "months")) if months.whole else start
    assert reached + timedelta(months.left) == end
    assert ENGLAND.due(start, Limit(months.whole + 1, "months")) > end
    weeks = measure(Way("weeks", ENGLAND, 0, ()), start, end)
    assert weeks.whole * 7 + weeks.left == length
    assert weeks.left < 7


# A policy is weaker in a limit or its count where, from the same start, it ends later on any day:
# here each day of thirteen months is tried on its own, and with a cut-off also after that hour.
@pytest.mark.parametrize("path", POLICIES, ids=lambda path: path.stem)
def test_a_policy_is_weaker_exactly_where_some_day_ends_later(path: Path) -> None:
    policy, code = read_rulebook(path), load_rulebooks().rulebooks["housing-ombudsman-2024"]
    found = {(one.rule, one.aspect): one.standing for one in compare(policy, code, "england")}
    for rule in code.rules:
        own = policy.rule(rule.id)
        if own is None:
            continue
        later = any(
            policy_day > ENGLAND.due(start, rule.clock.limit)
            for start in (date(2024, 4, 1) + timedelta(n) for n in range(400))
            for policy_day in last_days(policy, own.clock, start)
        )
        weaker = "weaker" in (found[rule.id, "limit"], found.get((rule.id, "count")))
        assert weaker == later, rule.id


def last_days(policy: Rulebook, clock: Clock, start: date) -> list[date]:
    (calendar,) = policy.calendars("england", clock)
    limit = clock.limit
    days = [calendar.due(start, limit)]
    if policy.cut_off:
        days.append(calendar.due(calendar.next_after(start), limit))
    return days
