"""`chcheck days --stated`: whether one figure or date is right, and if not, what is."""

from __future__ import annotations

import pytest
from click.testing import CliRunner, Result

from timeliness.commands.days import days_command
from timeliness.model.errors import UsageError


def run(*words: str) -> Result:
    return CliRunner().invoke(days_command, words, standalone_mode=False)


ANSWERS = [
    # 26 July to 21 October 2021: 62 working days, less the bank holiday of 30 August.
    (("2021-07-26", "2021-10-21", "63 working days"),
     "63 working days is right from Monday 26 July 2021 to Thursday 21 October 2021 only if "
     "counted differently: if the first day counts as day 1; or if bank holidays are ignored. "
     "Counted plainly it is 62 working days."),
    (("2021-07-26", "2021-10-21", "62 working days"),
     "62 working days is right from Monday 26 July 2021 to Thursday 21 October 2021: it is 62 "
     "working days."),
    (("2021-07-26", "2021-10-21", "60 working days"),
     "60 working days is wrong from Monday 26 July 2021 to Thursday 21 October 2021: it is 62 "
     "working days."),
    (("2021-02-10", "2021-03-15", "six weeks"),
     "6 weeks is wrong from Wednesday 10 February 2021 to Monday 15 March 2021: it is 4 weeks and "
     "5 days (33 days)."),
    (("2022-12-21", "2023-07-10", "approximately 6 months"),
     "About 6 months is right from Wednesday 21 December 2022 to Monday 10 July 2023: it is 6 "
     "months and 19 days."),
    # A date against a limit.
    (("2021-02-10", "6w", "2021-03-15"),
     "Monday 15 March 2021 is wrong: 6 weeks from Wednesday 10 February 2021 end on Wednesday 24 "
     "March 2021."),
    (("2021-09-04", "25wd", "11 October 2021"),
     "Monday 11 October 2021 is right for 25 working days from Saturday 4 September 2021 only if "
     "counted differently: if a day that is not a working day counts as the next working day "
     "(roll-forward). Counted plainly they end on Friday 8 October 2021."),
    # Monday 19 September 2022 was announced on the 10th; before, it was a working day.
    (("2022-08-22", "20wd", "2022-09-20"),
     "Tuesday 20 September 2022 is right for 20 working days from Monday 22 August 2022 only if "
     "counted differently: as worked out before the bank holiday of 19 September 2022 was "
     "announced, on 10 September 2022; or if the first day counts as day 1. Counted plainly they "
     "end on Wednesday 21 September 2022."),
    # 4 to 7, 10 to 12 March 2025: 7, and a tenth of 5 is less than a day.
    (("2025-03-03", "2025-03-12", "about 5 working days"),
     "About 5 working days is wrong from Monday 3 March 2025 to Wednesday 12 March 2025: it is 7 "
     "working days."),
    (("2022-11-03", "20wd", "2022-12-01"),
     "Thursday 1 December 2022 is right: 20 working days from Thursday 3 November 2022 end on it."),
]  # fmt: skip


@pytest.mark.parametrize(("words", "answer"), ANSWERS)
def test_the_answer_comes_first(words: tuple[str, str, str], answer: str) -> None:
    result = run(words[0], words[1], "--stated", words[2])
    first = result.output.split("\n\n")[0]
    assert " ".join(first.split()) == answer
    assert result.exit_code == 0


def test_every_count_is_shown_and_those_that_fit_are_marked() -> None:
    output = run("2021-07-26", "2021-10-21", "--stated", "63 working days").output
    assert output.split("\n\n")[1].splitlines() == [
        "    day-after                   62 working days",
        "    same-day                    63 working days   as stated",
        "    roll-forward                62 working days",
        "    weekdays (no bank holidays) 63 working days   as stated",
        "    calendar days               87 calendar days",
        "    weeks                       12 weeks and 3 days (87 days)",
        "    months                      2 months and 25 days",
    ]


def test_another_counting_rule_can_be_the_plain_one() -> None:
    output = run(
        "2021-07-26", "2021-10-21", "--counting", "same-day", "--stated", "63 working days"
    ).output
    assert output.startswith("63 working days is right from")


def test_what_is_no_figure_is_refused() -> None:
    result = run("2021-07-26", "2021-10-21", "--stated", "ages")
    assert isinstance(result.exception, UsageError)
    assert str(result.exception) == (
        '--stated "ages" is not a figure; write it as "63 working days", "nearly 4 weeks" or '
        '"6 months"'
    )
