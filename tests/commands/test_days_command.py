"""`chcheck days`: the count, with the count shown."""

from __future__ import annotations

import pytest

from tests.helpers.command import Chcheck


def test_the_days_between_two_dates(chcheck: Chcheck) -> None:
    ran = chcheck("days", "2022-12-22", "2023-01-04")
    assert ran.code == 0
    # 25 and 26 December 2022 and 1 January 2023 fell on a weekend or were moved from one.
    assert (
        ran.out
        == """\
6 working days from Thursday 22 December 2022 to Wednesday 4 January 2023
(13 calendar days).
England, day-after: the first day counted is the working day after the event.

    week of        Mon  Tue  Wed  Thu  Fri  Sat  Sun
    19 Dec 2022                     0    1    -    x
                 Sun: bank holiday: Christmas Day
    26 Dec 2022      x    x    2    3    4    -    x
                 Mon: bank holiday: Boxing Day; Tue: bank holiday: Christmas Day
                 (observed); Sun: bank holiday: New Year's Day
     2 Jan 2023      x    5    6
                 Mon: bank holiday: New Year's Day (observed)
"""
    )


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("2022-11-03", "20wd"),
         "20 working days from Thursday 3 November 2022 end on Thursday 1 December 2022."),
        (("2024-06-28", "28d"),
         "28 calendar days from Friday 28 June 2024 end on Friday 26 July 2024."),
        (("2024-06-28", "4w"), "4 weeks from Friday 28 June 2024 end on Friday 26 July 2024."),
        (("2024-02-29", "12m"),
         "12 months from Thursday 29 February 2024 end on Friday 28 February 2025."),
        (("2025-01-31", "1m"), "1 month from Friday 31 January 2025 ends on Friday 28 February "
         "2025."),
        # Saturday 14 June 2025: five working days end on Friday, or with roll-forward on Monday.
        (("2025-06-14", "5wd"),
         "5 working days from Saturday 14 June 2025 end on Friday 20 June 2025."),
        (("2025-06-14", "5wd", "--counting", "roll-forward"),
         "5 working days from Saturday 14 June 2025 end on Monday 23 June 2025."),
        (("2025-06-16", "5wd", "--counting", "same-day"),
         "5 working days from Monday 16 June 2025 end on Friday 20 June 2025."),
        (("2025-04-17", "1wd", "--nation", "england"),
         "1 working day from Thursday 17 April 2025 ends on Tuesday 22 April 2025."),
        (("2025-04-17", "1wd", "--nation", "scotland"),
         "1 working day from Thursday 17 April 2025 ends on Monday 21 April 2025."),
        (("2025-07-11", "1wd", "--nation", "northern-ireland"),
         "1 working day from Friday 11 July 2025 ends on Tuesday 15 July 2025."),
        (("13/10/2022", "1 Nov 2022"),
         "13 working days from Thursday 13 October 2022 to Tuesday 1 November 2022"),
        (("2025-06-20", "2025-06-21"),
         "0 working days from Friday 20 June 2025 to Saturday 21 June 2025"),
    ],
)  # fmt: skip
def test_the_first_line_is_the_answer(chcheck: Chcheck, words: tuple[str, ...], says: str) -> None:
    ran = chcheck("days", *words)
    assert ran.code == 0
    assert ran.out.splitlines()[0] == says


def test_past_the_announced_bank_holidays_the_count_is_called_projected(chcheck: Chcheck) -> None:
    told = "Projected: bank holidays after 31 December 2028 are not announced.\n"
    assert told in chcheck("days", "2028-12-20", "10wd").out
    assert told not in chcheck("days", "2028-12-20", "2028-12-31").out


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("2022-11-03", "2022-11-01"),
         "2022-11-01 is before 2022-11-03; write the earlier date first"),
        (("2022-11-03", "5x"), '"5x" is neither a day, such as 2025-04-03, nor a limit: 20wd '
         "(working days), 28d (calendar days), 4w (weeks), 12m (months)"),
        (("2022-11-03", "5"), '"5" has no unit; write 5wd (working days) or 5d (calendar days)'),
        (("2022-11-03", "0wd"), '"0wd" is neither a day, such as 2025-04-03, nor a limit: 20wd '
         "(working days), 28d (calendar days), 4w (weeks), 12m (months)"),
        (("2022-11-03", "2022-11-31"), 'Invalid value: "2022-11-31": November 2022 has 30 days; '
         "write the day as 2025-04-03 (year-month-day) or 3 Apr 2025"),
        (("2040-12-01", "60d"), "60 calendar days from 1 December 2040 reach past 2040, the last "
         "year covered"),
        (("2040-01-01", "9999d"), "9,999 calendar days from 2040-01-01 end past 2046, where the "
         "calendar ends; write a shorter limit"),
        (("1999-12-31", "5wd"), "Invalid value for 'START': 1999-12-31 is outside the years that "
         "the calendar covers, 2000 to 2040; correct the year"),
        (("2025-04", "5wd"), "Invalid value for 'START': \"2025-04\" is not a single day; write "
         "it as 2025-04-03"),
    ],
)  # fmt: skip
def test_what_cannot_be_counted(chcheck: Chcheck, words: tuple[str, ...], says: str) -> None:
    ran = chcheck("days", *words)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.splitlines()[0] == f"chcheck: {says}"


def test_every_line_fits_80_columns(chcheck: Chcheck) -> None:
    for counting in ("day-after", "same-day", "roll-forward"):
        ran = chcheck("days", "2022-04-01", "2023-06-01", "--counting", counting)
        assert max(map(len, ran.out.splitlines())) <= 80
