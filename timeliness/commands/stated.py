"""`chcheck days --stated`: whether a stated figure or date is right, and if not, what is."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from timeliness.commands.options import DAY
from timeliness.judge.statements.figures import (
    RULES,
    WEEKDAYS,
    Way,
    due,
    measure,
    rule_words,
    rules_for,
    ways,
)
from timeliness.model.calendars import Limit, WorkingDays
from timeliness.model.dates import in_words
from timeliness.model.errors import UsageError
from timeliness.model.plain import capital
from timeliness.model.statements import Figure
from timeliness.read.statements import read_figure


def figure_answer(stated: str, start: date, end: date, calendar: WorkingDays) -> Iterator[str]:
    """Return the lines that say whether a figure is right between two days, by every count."""
    figure = read_figure(stated)
    if figure is None:
        raise UsageError(
            f'--stated "{stated}" is no figure; write it as "63 working days", "nearly 4 weeks" or '
            '"6 months"'
        )
    between = f"from {_weekday(start)} to {_weekday(end)}"
    told = [(way, measure(way, start, end, calendar)) for way in ways(figure, calendar.counting)]
    plain = told[0][1]
    fitting = [way for way, result in told if result.fits(figure)]
    stated = capital(str(figure))
    if fitting and fitting[0].departures == 0:
        yield f"{stated} is right {between}: it is {plain}."
    elif fitting:
        on = "; or ".join(", ".join(way.says) for way in fitting)
        yield f"{stated} is right {between} only on another reading: {on}."
        yield f"Counted plainly it is {plain}."
    else:
        yield f"{stated} is wrong {between}: it is {plain}."
    yield ""
    for name, way in _every_way(calendar.counting):
        result = measure(way, start, end, calendar)
        mark = "   as stated" if _names_unit(figure, way) and result.fits(figure) else ""
        yield f"    {name:28}{result}{mark}"


def date_answer(stated: str, start: date, limit: Limit, calendar: WorkingDays) -> Iterator[str]:
    """Return the lines that say whether a date is the last day of a limit, by every count."""
    day = DAY.convert(stated, None, None)
    last = {rule: due(limit, rule, start, calendar) for rule in rules_for(limit)}
    plain = last.get(calendar.counting) or next(iter(last.values()))
    fitting = [rule_words(rule) for rule, one in last.items() if one == day]
    run = f"{limit} from {_weekday(start)}"
    if day == plain:
        yield f"{_weekday(day)} is right: {run} end on it."
    elif fitting:
        on = "; or ".join(fitting)
        yield f"{_weekday(day)} is right for {run} only on another reading: {on}."
        yield f"Counted plainly they end on {_weekday(plain)}."
    else:
        yield f"{_weekday(day)} is wrong: {run} end on {_weekday(plain)}."
    yield ""
    for rule, one in last.items():
        name = rule if len(last) > 1 else "the last day"
        yield f"    {name:28}{_weekday(one)}" + ("   as stated" if one == day else "")


def _every_way(counting: str) -> Iterator[tuple[str, Way]]:
    for rule in (counting, *(other for other in RULES if other != counting)):
        told = "weekdays (no bank holidays)" if rule == WEEKDAYS else rule
        yield f"{told}", Way("working_days", rule, 0)
    for unit in ("calendar_days", "weeks", "months"):
        yield unit.replace("_", " "), Way(unit, counting if unit != "calendar_days" else "", 0)


def _names_unit(figure: Figure, way: Way) -> bool:
    days = figure.unit == "days" and way.unit in ("working_days", "calendar_days")
    return days or figure.unit == way.unit


def _weekday(day: date) -> str:
    return f"{day:%A} {in_words(day)}"
