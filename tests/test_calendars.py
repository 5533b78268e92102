"""Working days against the vectors, a second library, and a loop that counts day by day."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from functools import cache
from pathlib import Path

import numpy as np
import pendulum
import pytest
from govuk_bank_holidays.bank_holidays import BankHolidays
from hypothesis import example, given, settings
from hypothesis import strategies as st

from timeliness.model.calendars import (
    COUNTING_RULES,
    FAR_FUTURE,
    FAR_PAST,
    NATIONS,
    UNITS,
    DayCounted,
    Limit,
    WorkingDays,
    working_days,
)
from timeliness.model.covered import ANNOUNCED_UNTIL, check_covered, is_projected
from timeliness.model.errors import CalendarError, UsageError

DIVISIONS = {
    "england": BankHolidays.ENGLAND_AND_WALES,
    "wales": BankHolidays.ENGLAND_AND_WALES,
    "scotland": BankHolidays.SCOTLAND,
    "northern-ireland": BankHolidays.NORTHERN_IRELAND,
}
DAY = timedelta(1)

nations = st.sampled_from(sorted(NATIONS))
counting_rules = st.sampled_from(sorted(COUNTING_RULES))
days = st.dates(date(2000, 1, 1), date(2040, 12, 31))
# Two years short of the end, so that a due date can itself be the end of a count.
starts = st.dates(date(2000, 1, 1), date(2038, 12, 31))
amounts = st.integers(1, 300)
limits = st.builds(Limit, st.integers(1, 24), st.sampled_from(UNITS))


def vectors() -> list[dict[str, str]]:
    path = Path(__file__).parent / "vectors" / "working-days.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def vector_name(row: dict[str, str]) -> str:
    return f"{row['nation']}-{row['count_from']}-{row['start']}+{row['add']}"


def every_day(first: date, last: date) -> Iterator[date]:
    while first <= last:
        yield first
        first += DAY


# The vectors ----------------------------------------------------------------------------------


def test_there_are_as_many_vectors_as_the_table_had() -> None:
    assert len(vectors()) == 29


@pytest.mark.parametrize("row", vectors(), ids=vector_name)
def test_the_due_day_of_each_vector(row: dict[str, str]) -> None:
    calendar = working_days(row["nation"], row["count_from"])
    start, limit = date.fromisoformat(row["start"]), Limit(int(row["add"]))
    assert calendar.due(start, limit).isoformat() == row["due"]


@pytest.mark.parametrize("row", vectors(), ids=vector_name)
def test_counting_back_gives_the_limit_of_each_vector(row: dict[str, str]) -> None:
    calendar = working_days(row["nation"], row["count_from"])
    start, due = date.fromisoformat(row["start"]), date.fromisoformat(row["due"])
    assert calendar.between(start, due) == int(row["add"])


# Bank holidays --------------------------------------------------------------------------------


@cache
def official(nation: str) -> frozenset[date]:
    source = BankHolidays(use_cached_holidays=True)
    return frozenset(one["date"] for one in source.get_holidays(division=DIVISIONS[nation]))


@pytest.mark.parametrize("nation", sorted(NATIONS))
def test_the_second_source_covers_2012_to_2028(nation: str) -> None:
    assert {day.year for day in official(nation)} == set(range(2012, 2029))


@pytest.mark.parametrize("nation", sorted(NATIONS))
def test_every_working_day_from_2012_to_2028_but_scotlands_world_cup_day(nation: str) -> None:
    """15 June 2026 is a bank holiday in Scotland that the second source does not list."""
    calendar = working_days(nation)
    differ = [
        day
        for day in every_day(date(2012, 1, 1), date(2028, 12, 31))
        if calendar.is_working(day) != (day.weekday() < 5 and day not in official(nation))
    ]
    assert differ == ([date(2026, 6, 15)] if nation == "scotland" else [])
    assert not working_days("scotland").is_working(date(2026, 6, 15))


def easter(year: int) -> date:
    """Return Easter Sunday by the anonymous Gregorian computus (Meeus, Jones, Butcher)."""
    a, (b, c) = year % 19, divmod(year, 100)
    (d, e), f = divmod(b, 4), (b + 8) // 25
    h = (19 * a + b - d - (b - f + 1) // 3 + 15) % 30
    i, k = divmod(c, 4)
    m = (32 + 2 * e + 2 * i - h - k) % 7
    n = (a + 11 * h + 22 * m) // 451
    month, day = divmod(h + m - 7 * n + 114, 31)
    return date(year, month, day + 1)


def monday(year: int, month: int, number: int) -> date:
    """Return the first, second ... Monday of a month; -1 is the last."""
    found = [day for day in month_of(year, month) if day.weekday() == 0]
    return found[number - 1 if number > 0 else number]


def month_of(year: int, month: int) -> list[date]:
    following = date(year + month // 12, month % 12 + 1, 1)
    return list(every_day(date(year, month, 1), following - DAY))


def by_the_rules(nation: str, year: int) -> set[date]:
    """Return the days off by the standing rules and the proclaimed exceptions.

    A day that falls on a weekend moves to the next weekday that is not itself one.
    """
    scotland, ireland = nation == "scotland", nation == "northern-ireland"
    good_friday = easter(year) - 2 * DAY
    off = {
        good_friday,
        {2020: date(2020, 5, 8)}.get(year) or monday(year, 5, 1),
        {2002: date(2002, 6, 4), 2012: date(2012, 6, 4), 2022: date(2022, 6, 2)}.get(year)
        or monday(year, 5, -1),
        monday(year, 8, 1 if scotland else -1),
    }
    if not scotland:
        off.add(easter(year) + DAY)
    fixed = [date(year, 1, 1), date(year, 12, 25), date(year, 12, 26)]
    fixed += [date(year, 1, 2), date(year, 11, 30)] if scotland else []
    fixed += [date(year, 3, 17), date(year, 7, 12)] if ireland else []
    off |= {day for day in fixed if day.weekday() < 5}
    for day in fixed:
        if day.weekday() > 4:
            while day.weekday() > 4 or day in off:
                day += DAY
            off.add(day)
    proclaimed = {
        date(2002, 6, 3),
        date(2011, 4, 29),
        date(2012, 6, 5),
        date(2022, 6, 3),
        date(2022, 9, 19),
        date(2023, 5, 8),
    }
    if scotland:
        proclaimed.add(date(2026, 6, 15))
    return off | {day for day in proclaimed if day.year == year}


@pytest.mark.parametrize("nation", sorted(NATIONS))
def test_every_working_day_from_2008_to_2040_by_the_rules(nation: str) -> None:
    calendar = working_days(nation)
    for year in range(2008, 2041):
        off = by_the_rules(nation, year)
        wrong = [
            day
            for day in every_day(date(year, 1, 1), date(year, 12, 31))
            if calendar.is_working(day) != (day.weekday() < 5 and day not in off)
        ]
        assert wrong == []


@pytest.mark.parametrize("nation", ["england", "wales", "northern-ireland"])
def test_every_working_day_from_2000_to_2007_by_the_rules(nation: str) -> None:
    """Without Scotland, where St Andrew's Day became a bank holiday in 2007."""
    calendar = working_days(nation)
    off = set().union(*(by_the_rules(nation, year) for year in range(2000, 2008)))
    for day in every_day(date(2000, 1, 1), date(2007, 12, 31)):
        assert calendar.is_working(day) == (day.weekday() < 5 and day not in off), day


@pytest.mark.parametrize(
    ("day", "off_in"),
    [
        ("2020-05-04", ""),
        ("2020-05-08", "england wales scotland northern-ireland"),
        ("2022-05-30", ""),
        ("2022-06-02", "england wales scotland northern-ireland"),
        ("2022-06-03", "england wales scotland northern-ireland"),
        ("2022-09-19", "england wales scotland northern-ireland"),
        ("2023-05-08", "england wales scotland northern-ireland"),
        ("2024-04-01", "england wales northern-ireland"),  # Easter Monday
        ("2024-01-02", "scotland"),
        ("2024-08-05", "scotland"),
        ("2024-08-26", "england wales northern-ireland"),
        ("2023-11-30", "scotland"),
        ("2025-03-17", "northern-ireland"),
        ("2024-07-12", "northern-ireland"),
        ("2026-06-15", "scotland"),
        ("2026-12-28", "england wales scotland northern-ireland"),
    ],
)
def test_one_off_moved_and_national_days(day: str, off_in: str) -> None:
    on_that_day = date.fromisoformat(day)
    found = [nation for nation in NATIONS if not working_days(nation).is_working(on_that_day)]
    assert found == off_in.split()


def test_the_announced_bank_holidays_end_with_2028() -> None:
    assert date(2028, 12, 31) == ANNOUNCED_UNTIL
    assert not is_projected(date(2028, 12, 31))
    assert is_projected(date(2029, 1, 1))


# The counting rules ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("counting", "start", "amount", "due"),
    [
        # Monday 9 June 2025, no holiday near: day 1 is Tuesday 10, day 5 Monday 16.
        ("day-after", "2025-06-09", 5, "2025-06-16"),
        ("roll-forward", "2025-06-09", 5, "2025-06-16"),
        # The Monday itself is day 1, so day 5 is Friday 13.
        ("same-day", "2025-06-09", 5, "2025-06-13"),
        ("same-day", "2025-06-09", 1, "2025-06-09"),
        # Saturday 14 June: day 1 is Monday 16 under both of these.
        ("day-after", "2025-06-14", 5, "2025-06-20"),
        ("same-day", "2025-06-14", 5, "2025-06-20"),
        # It counts as Monday 16, so that day 1 is Tuesday 17.
        ("roll-forward", "2025-06-14", 5, "2025-06-23"),
        ("roll-forward", "2025-06-15", 5, "2025-06-23"),
        # Good Friday 18 April 2025: the next working day is Tuesday 22.
        ("day-after", "2025-04-18", 1, "2025-04-22"),
        ("same-day", "2025-04-18", 1, "2025-04-22"),
        ("roll-forward", "2025-04-18", 1, "2025-04-23"),
    ],
)
def test_where_each_counting_rule_starts(counting: str, start: str, amount: int, due: str) -> None:
    calendar = working_days("england", counting)
    assert calendar.due(date.fromisoformat(start), Limit(amount)) == date.fromisoformat(due)


def test_the_counting_rules_by_name() -> None:
    assert list(COUNTING_RULES) == ["day-after", "same-day", "roll-forward"]


@pytest.mark.parametrize(
    ("start", "end", "passed"),
    [
        ("2025-06-13", "2025-06-13", 0),  # a Friday
        ("2025-06-13", "2025-06-15", 0),  # to the Sunday after it
        ("2025-06-13", "2025-06-16", 1),
        ("2025-06-16", "2025-06-13", 0),  # the end lies before the start
        ("2024-12-24", "2025-01-02", 4),  # 27, 30 and 31 December, 2 January
    ],
)
def test_working_days_that_have_passed(start: str, end: str, passed: int) -> None:
    calendar = working_days("england")
    assert calendar.between(date.fromisoformat(start), date.fromisoformat(end)) == passed


# Explaining a count ---------------------------------------------------------------------------


def test_explain_names_every_day_of_a_count_over_christmas() -> None:
    told = working_days("england").explain(date(2024, 12, 24), date(2025, 1, 3))
    assert told == [
        DayCounted(date(2024, 12, 24), 0, "day 0"),
        DayCounted(date(2024, 12, 25), None, "bank holiday: Christmas Day"),
        DayCounted(date(2024, 12, 26), None, "bank holiday: Boxing Day"),
        DayCounted(date(2024, 12, 27), 1, "counted"),
        DayCounted(date(2024, 12, 28), None, "weekend: Saturday"),
        DayCounted(date(2024, 12, 29), None, "weekend: Sunday"),
        DayCounted(date(2024, 12, 30), 2, "counted"),
        DayCounted(date(2024, 12, 31), 3, "counted"),
        DayCounted(date(2025, 1, 1), None, "bank holiday: New Year's Day"),
        DayCounted(date(2025, 1, 2), 4, "counted"),
        DayCounted(date(2025, 1, 3), 5, "counted"),
    ]


def test_explain_names_closure_days_but_bank_holidays_and_weekends_first() -> None:
    closures = tuple((date(2024, 12, day), "Christmas shutdown") for day in (25, 27, 28, 30, 31))
    told = working_days("england", "day-after", closures).explain(
        date(2024, 12, 24), date(2025, 1, 2)
    )
    assert [(one.day.day, one.number, one.why) for one in told] == [
        (24, 0, "day 0"),
        (25, None, "bank holiday: Christmas Day"),
        (26, None, "bank holiday: Boxing Day"),
        (27, None, "closure day: Christmas shutdown"),
        (28, None, "weekend: Saturday"),
        (29, None, "weekend: Sunday"),
        (30, None, "closure day: Christmas shutdown"),
        (31, None, "closure day: Christmas shutdown"),
        (1, None, "bank holiday: New Year's Day"),
        (2, 1, "counted"),
    ]


@pytest.mark.parametrize(
    ("counting", "start", "numbers"),
    [
        # Friday 13, Saturday 14, Sunday 15, Monday 16 and Tuesday 17 June 2025.
        ("day-after", "2025-06-13", [0, None, None, 1, 2]),
        ("day-after", "2025-06-14", [None, None, 1, 2]),
        ("same-day", "2025-06-13", [1, None, None, 2, 3]),
        ("same-day", "2025-06-14", [None, None, 1, 2]),
        ("roll-forward", "2025-06-13", [0, None, None, 1, 2]),
        ("roll-forward", "2025-06-14", [None, None, 0, 1]),
    ],
)
def test_explain_numbers_the_days_by_the_counting_rule(
    counting: str, start: str, numbers: list[int | None]
) -> None:
    told = working_days("england", counting).explain(date.fromisoformat(start), date(2025, 6, 17))
    assert [one.number for one in told] == numbers


def test_explain_of_an_end_before_the_start_is_empty() -> None:
    assert working_days("england").explain(date(2025, 6, 17), date(2025, 6, 16)) == []


# The next and the last working day ------------------------------------------------------------


@pytest.mark.parametrize(
    ("nation", "day", "before", "after"),
    [
        ("england", "2025-06-11", "2025-06-10", "2025-06-12"),  # a Wednesday
        ("england", "2025-06-13", "2025-06-12", "2025-06-16"),  # a Friday
        ("england", "2025-06-14", "2025-06-13", "2025-06-16"),  # a Saturday
        ("england", "2025-04-19", "2025-04-17", "2025-04-22"),  # between Good Friday and Monday
        ("scotland", "2025-04-19", "2025-04-17", "2025-04-21"),
        ("england", "2025-01-01", "2024-12-31", "2025-01-02"),
        ("scotland", "2025-01-01", "2024-12-31", "2025-01-03"),
        # Saturday 1 January 2000 had Monday 3 off instead; Friday 31 December 1999 was off too.
        ("england", "2000-01-01", "1999-12-30", "2000-01-04"),
        ("england", "2040-12-31", "2040-12-28", "2041-01-02"),
    ],
)
def test_the_working_days_on_either_side(nation: str, day: str, before: str, after: str) -> None:
    calendar = working_days(nation)
    assert calendar.last_before(date.fromisoformat(day)) == date.fromisoformat(before)
    assert calendar.next_after(date.fromisoformat(day)) == date.fromisoformat(after)


# Other units ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("start", "months", "due"),
    [
        ("2024-01-31", 1, "2024-02-29"),
        ("2023-01-31", 1, "2023-02-28"),
        ("2024-02-29", 12, "2025-02-28"),
        ("2023-11-30", 3, "2024-02-29"),
        ("2024-08-31", 1, "2024-09-30"),
        ("2024-12-31", 2, "2025-02-28"),
        ("2024-06-15", 12, "2025-06-15"),
    ],
)
def test_a_month_that_lacks_the_day_gives_its_last(start: str, months: int, due: str) -> None:
    found = working_days("england").due(date.fromisoformat(start), Limit(months, "months"))
    assert found == date.fromisoformat(due)


@settings(deadline=None)
@given(start=days, amount=st.integers(1, 24))
@example(start=date(2024, 1, 31), amount=1)
@example(start=date(2028, 2, 29), amount=24)
def test_months_are_added_as_pendulum_adds_them(start: date, amount: int) -> None:
    second = pendulum.date(start.year, start.month, start.day).add(months=amount)
    found = working_days("england").due(start, Limit(amount, "months"))
    assert (found.year, found.month, found.day) == (second.year, second.month, second.day)


@settings(deadline=None)
@given(start=days, amount=st.integers(1, 104))
def test_weeks_and_calendar_days_are_plain_time(start: date, amount: int) -> None:
    calendar = working_days("england")
    assert calendar.due(start, Limit(amount, "weeks")) == start + timedelta(weeks=amount)
    assert calendar.due(start, Limit(amount, "calendar_days")) == start + timedelta(amount)


@pytest.mark.parametrize(
    ("limit", "text"),
    [
        (Limit(10), "10 working days"),
        (Limit(1), "1 working day"),
        (Limit(28, "calendar_days"), "28 calendar days"),
        (Limit(1, "weeks"), "1 week"),
        (Limit(12, "months"), "12 months"),
    ],
)
def test_a_limit_in_words(limit: Limit, text: str) -> None:
    assert str(limit) == text


@pytest.mark.parametrize(
    ("unit", "due", "done", "late"),
    [
        ("working_days", "2025-06-13", "2025-06-14", 0),  # Saturday after a Friday limit
        ("calendar_days", "2025-06-13", "2025-06-14", 1),
        ("working_days", "2025-06-13", "2025-06-16", 1),
        ("working_days", "2025-06-13", "2025-06-12", 0),  # early
        ("working_days", "2024-12-24", "2025-01-03", 5),
        ("weeks", "2025-06-13", "2025-06-19", 0),
        ("weeks", "2025-06-13", "2025-06-20", 1),
        ("months", "2025-01-15", "2025-02-14", 0),
        ("months", "2025-01-15", "2025-02-15", 1),
        # One month after 31 January ends on 28 February.
        ("months", "2025-01-31", "2025-02-27", 0),
        ("months", "2025-01-31", "2025-02-28", 1),
        ("months", "2025-02-15", "2025-01-15", 0),
    ],
)
def test_how_late_in_whole_units(unit: str, due: str, done: str, late: int) -> None:
    found = working_days("england").late(column(due), column(done), unit)
    assert found.tolist() == [late]


def column(*iso: str) -> np.ndarray:
    return np.array([date.fromisoformat(one).toordinal() for one in iso], dtype=np.int64)


@pytest.mark.parametrize(
    ("hours", "due"), [(24, "2025-03-04"), (25, "2025-03-05"), (48, "2025-03-05")]
)
def test_the_last_day_on_which_hours_may_end(hours: int, due: str) -> None:
    # From any time of Monday 3 March 2025: 24 hours from its last minute are over on the 4th.
    assert working_days("england").due(date(2025, 3, 3), Limit(hours, "hours")).isoformat() == due


def test_a_pause_moves_nothing_past_the_last_day_of_the_calendar() -> None:
    # It ends with Monday 31 December 2046, and January 2025 has 22 working days.
    moved = working_days("england").lengthened(
        *(column("2046-12-20"), column("2025-01-01"), column("2025-02-01")), "working_days"
    )
    assert moved.tolist() == column("2046-12-31").tolist()


# Closure days ---------------------------------------------------------------------------------


def test_closure_days_are_not_counted() -> None:
    closures = ((date(2024, 12, 27), "shut"), (date(2024, 12, 30), "shut"))
    calendar = working_days("england", "day-after", closures)
    # From Monday 23 December: 24 is day 1, 31 day 2, 2 January day 3.
    assert calendar.due(date(2024, 12, 23), Limit(3)) == date(2025, 1, 2)
    assert working_days("england").due(date(2024, 12, 23), Limit(3)) == date(2024, 12, 30)
    assert not calendar.is_working(date(2024, 12, 27))
    assert calendar.next_after(date(2024, 12, 24)) == date(2024, 12, 31)
    assert calendar.last_before(date(2024, 12, 31)) == date(2024, 12, 24)


def test_a_closure_on_a_day_off_changes_nothing() -> None:
    closures = ((date(2024, 12, 25), "shut"), (date(2024, 12, 28), "shut"))
    shut, plain = working_days("england", "day-after", closures), working_days("england")
    for day in every_day(date(2024, 12, 1), date(2025, 1, 31)):
        assert shut.is_working(day) == plain.is_working(day)


def test_a_closure_outside_the_calendar_changes_nothing() -> None:
    calendar = working_days("england", "day-after", ((date(1950, 1, 2), "shut"),))
    assert calendar.due(date(2025, 6, 9), Limit(5)) == date(2025, 6, 16)


# Refusals -------------------------------------------------------------------------------------

OUTSIDE = {
    "1999-12-31": "1999-12-31 is outside the years that the calendar covers, 2000 to 2040; "
    "correct the year",
    "2041-01-01": "2041-01-01 is outside the years that the calendar covers, 2000 to 2040; "
    "correct the year",
    "0202-05-01": "0202-05-01 is outside the years that the calendar covers, 2000 to 2040; "
    "correct the year",
}
INSIDE = date(2025, 6, 9)


@pytest.mark.parametrize("day", OUTSIDE)
@pytest.mark.parametrize(
    "ask",
    [
        lambda calendar, day: check_covered(day),
        lambda calendar, day: calendar.due(day, Limit(5)),
        lambda calendar, day: calendar.between(day, INSIDE),
        lambda calendar, day: calendar.between(INSIDE, day),
        lambda calendar, day: calendar.is_working(day),
        lambda calendar, day: calendar.next_after(day),
        lambda calendar, day: calendar.last_before(day),
        lambda calendar, day: calendar.why_not(day),
        lambda calendar, day: calendar.explain(day, INSIDE),
        lambda calendar, day: calendar.explain(INSIDE, day),
    ],
    ids=[
        "check_covered",
        "due",
        "between, start",
        "between, end",
        "is_working",
        "next_after",
        "last_before",
        "why_not",
        "explain, start",
        "explain, end",
    ],
)
def test_a_day_outside_the_covered_years_is_refused(
    day: str, ask: Callable[[WorkingDays, date], object]
) -> None:
    with pytest.raises(CalendarError) as refused:
        ask(working_days("england"), date.fromisoformat(day))
    assert str(refused.value) == OUTSIDE[day]


@pytest.mark.parametrize("day", ["2000-01-01", "2040-12-31"])
def test_the_first_and_the_last_day_are_covered(day: str) -> None:
    check_covered(date.fromisoformat(day))
    assert not working_days("scotland").is_working(date(2000, 1, 1))
    assert working_days("england").is_working(date(2040, 12, 31))


@pytest.mark.parametrize(
    ("limit", "says"),
    [
        (
            Limit(5000),
            "5,000 working days from 2040-12-31 end past 2046, where the calendar ends; write a "
            "shorter limit",
        ),
        (
            Limit(1000, "months"),
            "1,000 months from 2040-12-31 end past 2046, where the calendar ends; write a shorter "
            "limit",
        ),
        (
            Limit(10**30, "calendar_days"),
            f"{10**30:,} calendar days from 2040-12-31 end past 2046, where the calendar ends; "
            "write a shorter limit",
        ),
    ],
)
def test_a_limit_past_the_end_of_the_calendar_is_refused(limit: Limit, says: str) -> None:
    with pytest.raises(CalendarError) as refused:
        working_days("england").due(date(2040, 12, 31), limit)
    assert str(refused.value) == says


def test_the_longest_limits_still_fit_at_the_end() -> None:
    calendar = working_days("england")
    assert calendar.due(date(2040, 12, 31), Limit(104, "weeks")) == date(2042, 12, 29)
    assert calendar.due(date(2040, 12, 31), Limit(24, "months")) == date(2042, 12, 31)


def test_an_unknown_nation_is_refused() -> None:
    with pytest.raises(UsageError) as refused:
        working_days("uk")
    assert str(refused.value) == (
        '"uk" is not a nation; choose one of england, wales, scotland, northern-ireland'
    )


def test_an_unknown_counting_rule_is_refused() -> None:
    with pytest.raises(UsageError) as refused:
        working_days("england", "next-day")
    assert str(refused.value) == (
        '"next-day" is not a counting rule; choose one of day-after, same-day, roll-forward'
    )


# Laws -----------------------------------------------------------------------------------------


@settings(deadline=None)
@given(nation=nations, counting=counting_rules, start=starts, amount=amounts)
def test_counting_to_the_due_day_gives_the_limit(
    nation: str, counting: str, start: date, amount: int
) -> None:
    calendar = working_days(nation, counting)
    due = calendar.due(start, Limit(amount))
    assert calendar.is_working(due)
    assert calendar.between(start, due) == amount
    assert calendar.between(start, due - DAY) < amount or due == start


@settings(deadline=None)
@given(
    nation=nations,
    counting=counting_rules,
    start=days,
    later=st.integers(0, 60),
    limit=limits,
)
def test_a_later_start_is_never_due_earlier(
    nation: str, counting: str, start: date, later: int, limit: Limit
) -> None:
    calendar = working_days(nation, counting)
    second = min(start + timedelta(later), date(2040, 12, 31))
    assert calendar.due(start, limit) <= calendar.due(second, limit)


@settings(deadline=None)
@given(nation=nations, counting=counting_rules, start=days, limit=limits)
def test_a_longer_limit_is_always_due_later(
    nation: str, counting: str, start: date, limit: Limit
) -> None:
    calendar = working_days(nation, counting)
    longer = Limit(limit.amount + 1, limit.unit)
    assert calendar.due(start, limit) < calendar.due(start, longer)


@settings(deadline=None)
@given(
    nation=nations,
    counting=counting_rules,
    pairs=st.lists(st.tuples(days, days), min_size=1, max_size=20),
    limit=limits,
)
def test_a_column_of_many_equals_many_columns_of_one(
    nation: str, counting: str, pairs: list[tuple[date, date]], limit: Limit
) -> None:
    calendar = working_days(nation, counting)
    first = np.array([one.toordinal() for one, _ in pairs], dtype=np.int64)
    second = np.array([other.toordinal() for _, other in pairs], dtype=np.int64)
    ones = [(first[at : at + 1], second[at : at + 1]) for at in range(len(pairs))]
    assert calendar.add(first, limit).tolist() == [
        calendar.add(one, limit).item() for one, _ in ones
    ]
    assert calendar.count(first, second).tolist() == [
        calendar.count(one, other).item() for one, other in ones
    ]
    assert calendar.late(first, second, limit.unit).tolist() == [
        calendar.late(one, other, limit.unit).item() for one, other in ones
    ]
    assert calendar.next_working(first).tolist() == [
        calendar.next_working(one).item() for one, _ in ones
    ]
    assert calendar.are_working(first).tolist() == [
        calendar.are_working(one).item() for one, _ in ones
    ]


@settings(deadline=None)
@given(pairs=st.lists(st.tuples(days, days), min_size=1, max_size=5), limit=limits)
def test_a_column_says_the_same_as_single_days(
    pairs: list[tuple[date, date]], limit: Limit
) -> None:
    calendar = working_days("england")
    first = np.array([one.toordinal() for one, _ in pairs], dtype=np.int64)
    second = np.array([other.toordinal() for _, other in pairs], dtype=np.int64)
    assert [date.fromordinal(one) for one in calendar.add(first, limit).tolist()] == [
        calendar.due(one, limit) for one, _ in pairs
    ]
    assert calendar.count(first, second).tolist() == [
        calendar.between(one, other) for one, other in pairs
    ]
    assert calendar.are_working(first).tolist() == [calendar.is_working(one) for one, _ in pairs]


@pytest.mark.parametrize("unit", UNITS)
def test_an_open_end_stays_open(unit: str) -> None:
    ends = np.array([FAR_PAST, FAR_FUTURE], dtype=np.int64)
    assert working_days("england").add(ends, Limit(10, unit)).tolist() == [FAR_PAST, FAR_FUTURE]


@settings(deadline=None)
@given(nation=nations, three=st.lists(days, min_size=3, max_size=3).map(sorted))
def test_counting_in_two_halves_adds_up(nation: str, three: list[date]) -> None:
    start, middle, end = three
    calendar = working_days(nation)
    assert calendar.between(start, end) == (
        calendar.between(start, middle) + calendar.between(middle, end)
    )


def loop(nation: str, counting: str, start: date, amount: int) -> date:
    """Return the due day by walking from day to day over the independent list of days off."""

    def working(day: date) -> bool:
        return day.weekday() < 5 and day not in by_the_rules(nation, day.year)

    day = start
    if counting == "roll-forward":
        while not working(day):
            day += DAY
    counted = int(counting == "same-day" and working(day))
    while counted < amount:
        day += DAY
        counted += working(day)
    return day


@settings(max_examples=150, deadline=None)
@given(
    nation=nations,
    counting=counting_rules,
    start=st.dates(date(2008, 1, 1), date(2039, 12, 31)),
    amount=st.integers(1, 40),
)
@example(nation="england", counting="same-day", start=date(2022, 10, 7), amount=12)
@example(nation="scotland", counting="roll-forward", start=date(2025, 12, 24), amount=10)
def test_a_loop_that_walks_day_by_day_agrees(
    nation: str, counting: str, start: date, amount: int
) -> None:
    calendar = working_days(nation, counting)
    assert calendar.due(start, Limit(amount)) == loop(nation, counting, start, amount)


@settings(max_examples=60, deadline=None)
@given(
    counting=counting_rules,
    start=starts,
    amount=st.integers(1, 20),
    closed=st.sets(st.integers(0, 40), max_size=12),
)
def test_a_loop_agrees_with_closure_days(
    counting: str, start: date, amount: int, closed: set[int]
) -> None:
    shut = tuple((start + timedelta(after), "shut") for after in sorted(closed))
    calendar, plain = working_days("england", counting, shut), working_days("england")
    days_shut = {day for day, _ in shut}
    day, counted = start, 0

    def working(day: date) -> bool:
        return plain.is_working(day) and day not in days_shut

    if counting == "roll-forward":
        while not working(day):
            day += DAY
    counted = int(counting == "same-day" and working(day))
    while counted < amount:
        day += DAY
        counted += working(day)
    assert calendar.due(start, Limit(amount)) == day


@settings(max_examples=60, deadline=None)
@given(nation=nations, counting=counting_rules, start=starts, length=st.integers(0, 40))
def test_explain_counts_as_between_does(
    nation: str, counting: str, start: date, length: int
) -> None:
    calendar = working_days(nation, counting)
    end = start + timedelta(length)
    told = calendar.explain(start, end)
    assert [one.day for one in told] == list(every_day(start, end))
    assert max([one.number or 0 for one in told]) == calendar.between(start, end)
    assert all((one.number is None) == (not calendar.is_working(one.day)) for one in told)


def test_st_andrews_day_is_a_scottish_bank_holiday_from_2007() -> None:
    # The Act received Royal Assent on 15 January 2007: Thursday 30 November 2006 was a working day,
    # Friday 30 November 2007 was none.
    calendar = working_days("scotland")
    assert calendar.between(date(2006, 11, 29), date(2006, 12, 1)) == 2
    assert calendar.is_working(date(2006, 11, 30))
    assert not calendar.is_working(date(2007, 11, 30))


def test_a_due_date_may_lie_past_the_years_in_which_dates_may() -> None:
    # From Tue 8 Jan 2041: 9 10 11 14 15 16 17 18 21 22.
    assert working_days("england").due_later(date(2041, 1, 8), Limit(10)) == date(2041, 1, 22)
