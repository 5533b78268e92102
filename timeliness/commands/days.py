"""`chcheck days`: count working days, with the count shown."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from datetime import date

import click

from timeliness.commands.options import DAY, read_limit
from timeliness.model.calendars import (
    ANNOUNCED_UNTIL,
    COUNTING_RULES,
    LAST_YEAR,
    NATIONS,
    WorkingDays,
    is_projected,
    working_days,
)
from timeliness.model.dates import in_words
from timeliness.model.errors import UsageError
from timeliness.model.plain import number
from timeliness.write.weeks import week_by_week


@click.command("days", short_help="Count working days between two dates, or add a limit.")
@click.argument("start", type=DAY)
@click.argument("end_or_limit")
@click.option("--nation", default="england", type=click.Choice(list(NATIONS)), show_default=True)
@click.option(
    "--counting",
    default="day-after",
    type=click.Choice(list(COUNTING_RULES)),
    show_default=True,
    help="The counting rule.",
)
@click.option(
    "--stated",
    default="",
    metavar="FIGURE|DATE",
    help="Say whether this figure (of a limit: this date) is right, and if not, what is.",
)
def days_command(start: date, end_or_limit: str, nation: str, counting: str, stated: str) -> None:
    """Count the working days from START to a second date, or add a limit to START.

    A limit is 20wd (working days), 28d (calendar days), 4w (weeks) or 12m (months).

    \b
    Example:
      chcheck days 2022-11-03 2022-12-09
      chcheck days 2022-11-03 20wd
      chcheck days 2024-12-20 10wd --nation scotland
      chcheck days 2021-07-26 2021-10-21 --stated "63 working days"
    """
    from timeliness.commands.stated import date_answer, figure_answer

    calendar = working_days(nation, counting)
    limit = read_limit(end_or_limit)
    if limit:
        end = calendar.due(start, limit)
        if end.year > LAST_YEAR:
            raise UsageError(
                f"{limit} from {in_words(start)} reach past {LAST_YEAR}, the last year covered"
            )
        ends = "ends" if limit.amount == 1 else "end"
        if stated:
            _answer(date_answer(stated, start, limit, calendar))
        click.echo(f"{limit} from {_weekday(start)} {ends} on {_weekday(end)}.")
    else:
        end = _second_day(end_or_limit)
        if end < start:
            raise UsageError(
                f"{end.isoformat()} is before {start.isoformat()}; write the earlier date first"
            )
        if stated:
            _answer(figure_answer(stated, start, end, calendar))
        click.echo(
            f"{number(calendar.between(start, end), 'working day')} from {_weekday(start)} to "
            f"{_weekday(end)}\n({number((end - start).days, 'calendar day')})."
        )
    counted = f"{nation.replace('-', ' ').title()}, {counting}: {COUNTING_RULES[counting]}."
    click.echo(textwrap.fill(counted, 80))
    if is_projected(end):
        click.echo(f"Projected: bank holidays after {in_words(ANNOUNCED_UNTIL)} are not announced.")
    _show(calendar, start, end)


def _second_day(text: str) -> date:
    try:
        return DAY.convert(text, None, None)
    except click.UsageError as error:
        if any(sign.isdigit() for sign in text) and len(text) >= len("1/2/2025"):
            raise
        raise UsageError(
            f'"{text}" is neither a day, such as 2025-04-03, nor a limit: 20wd (working days), '
            "28d (calendar days), 4w (weeks), 12m (months)"
        ) from error


def _answer(lines: Iterator[str]) -> None:
    for line in lines:
        click.echo(line if line.startswith(" ") else textwrap.fill(line, 80))
    click.echo()


def _show(calendar: WorkingDays, start: date, end: date) -> None:
    click.echo()
    for line in week_by_week(calendar.explain(start, end)):
        click.echo(line)


def _weekday(day: date) -> str:
    return f"{day:%A} {in_words(day)}"
