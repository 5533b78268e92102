"""`chcheck days`: count working days, with the count shown."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TypeVar

import click

from timeliness.commands import COMMANDS
from timeliness.commands.options import DAY, read_limit
from timeliness.judge.statements.figures import (
    Count,
    Way,
    before_announced,
    counts,
    measure,
    ways,
    with_counting,
    without_bank_holidays,
)
from timeliness.model.calendars import COUNTING_RULES, NATIONS, Limit, WorkingDays, working_days
from timeliness.model.covered import ANNOUNCED_UNTIL, LAST_YEAR, is_projected
from timeliness.model.dates import in_words
from timeliness.model.days_off import days_off_in
from timeliness.model.errors import UsageError
from timeliness.model.plain import capital, nation_name, number
from timeliness.model.timelines import Figure
from timeliness.read.config import configuration_for
from timeliness.read.figures import read_figure
from timeliness.write.count import week_by_week
from timeliness.write.words import configuration_line


@click.command("days", short_help=COMMANDS["days"])
@click.argument("start", type=DAY)
@click.argument("end_or_limit")
@click.option(
    "--nation",
    default="england",
    type=click.Choice(list(NATIONS)),
    show_default=True,
    help="Whose bank holidays to use.",
)
@click.option(
    "--counting",
    default="day-after",
    type=click.Choice(list(COUNTING_RULES)),
    show_default=True,
    help="How to count the first day.",
)
@click.option(
    "--stated",
    default="",
    metavar="FIGURE|DATE",
    help="Check this figure (with a limit: this date), and show the right one.",
)
@click.option(
    "--config",
    "config_path",
    type=click.Path(path_type=Path),
    metavar="PATH",
    help="Configuration file with non-working days (default: the nearest, upwards from here).",
)
def days_command(
    start: date,
    end_or_limit: str,
    nation: str,
    counting: str,
    stated: str,
    config_path: Path | None,
) -> None:
    """Count the working days from START to a second date, or add a limit to START.

    A limit is 20wd (working days), 28d (calendar days), 4w (weeks) or 12m (months). The
    non-working days of the configuration are left out, and named.

    \b
    Example:
      chcheck days 2022-11-03 2022-12-09
      chcheck days 2022-11-03 20wd
      chcheck days 2024-12-20 10wd --nation scotland
      chcheck days 2021-07-26 2021-10-21 --stated "63 working days"
    """
    from timeliness.commands.days import date_answer, figure_answer

    config = configuration_for([Path()], config_path)
    off = config.declared.days_off
    calendar = working_days(nation, counting, days_off=days_off_in(nation, off))
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
    counted = f"{nation_name(nation)}, {counting}: {COUNTING_RULES[counting]}."
    click.echo(textwrap.fill(counted, 80))
    if config.source and off:
        click.echo(textwrap.fill(configuration_line(config.source), 80))
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


_Reading = TypeVar("_Reading", Way, Count)


def figure_answer(stated: str, start: date, end: date, calendar: WorkingDays) -> Iterator[str]:
    """Return the lines that say whether a figure is right between two days, by every count."""
    figure = read_figure(stated)
    if figure is None:
        raise UsageError(
            f'--stated "{stated}" is not a figure; write it as "63 working days", '
            '"nearly 4 weeks" or "6 months"'
        )
    between = f"from {_weekday(start)} to {_weekday(end)}"
    told = [(way, measure(way, start, end)) for way in ways(figure, counts(calendar))]
    plain = told[0][1]
    fitting = _nearest([way for way, result in told if result.fits(figure)])
    stated = capital(str(figure))
    if fitting and fitting[0].departures == 0:
        yield f"{stated} is right {between}: it is {plain}."
    elif fitting:
        on = "; or ".join(", ".join(way.says) for way in fitting)
        yield f"{stated} is right {between} only if counted differently: {on}."
        yield f"Counted plainly it is {plain}."
    else:
        yield f"{stated} is wrong {between}: it is {plain}."
    yield ""
    for name, way in _every_way(calendar):
        result = measure(way, start, end)
        mark = "   as stated" if _names_unit(figure, way) and result.fits(figure) else ""
        yield f"    {name:28}{result}{mark}"


def date_answer(stated: str, start: date, limit: Limit, calendar: WorkingDays) -> Iterator[str]:
    """Return the lines that say whether a date is the last day of a limit, by every count."""
    day = DAY.convert(stated, None, None)
    plain = calendar.due(start, limit)
    in_working_days = limit.unit == "working_days"
    every = counts(calendar, before_announced(calendar, start, plain))
    tried = [(one, one.calendar.due(start, limit)) for one in every if in_working_days]
    fitting = _nearest([one for one, last in tried if last == day])
    run = f"{limit} from {_weekday(start)}"
    if day == plain:
        yield f"{_weekday(day)} is right: {run} end on it."
    elif fitting:
        on = "; or ".join(", ".join(one.says) for one in fitting)
        yield f"{_weekday(day)} is right for {run} only if counted differently: {on}."
        yield f"Counted plainly they end on {_weekday(plain)}."
    else:
        yield f"{_weekday(day)} is wrong: {run} end on {_weekday(plain)}."
    yield ""
    rows = _by_rule(calendar) if in_working_days else [("the last day", calendar)]
    for name, one in rows:
        last = one.due(start, limit)
        yield f"    {name:28}{_weekday(last)}" + ("   as stated" if last == day else "")


def _nearest(fitting: list[_Reading]) -> list[_Reading]:
    """Return the readings that differ from the plain one in the fewest points."""
    least = min((one.departures for one in fitting), default=0)
    return [one for one in fitting if one.departures == least]


def _by_rule(calendar: WorkingDays) -> Iterator[tuple[str, WorkingDays]]:
    """Return each counting rule with its calendar, and last the plain one without bank holidays."""
    for rule in (
        calendar.counting,
        *(rule for rule in COUNTING_RULES if rule != calendar.counting),
    ):
        yield rule, with_counting(calendar, rule)
    yield "weekdays (no bank holidays)", without_bank_holidays(calendar)


def _every_way(calendar: WorkingDays) -> Iterator[tuple[str, Way]]:
    for name, one in _by_rule(calendar):
        yield name, Way("working_days", one)
    plain = with_counting(calendar, "day-after")
    for unit in ("calendar_days", "weeks", "months"):
        yield unit.replace("_", " "), Way(unit, plain)


def _names_unit(figure: Figure, way: Way) -> bool:
    days = figure.unit == "days" and way.unit in ("working_days", "calendar_days")
    return days or figure.unit == way.unit
