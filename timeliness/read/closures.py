"""Reading the days on which a landlord is closed: single days, ranges, or the same every year."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from timeliness.model.calendars import COVERED_YEARS
from timeliness.model.dates import Span, month_number
from timeliness.model.errors import Mistakes
from timeliness.model.patterns import regex
from timeliness.read.fields import Fields, date_in, shorten
from timeliness.read.nodes import ListNode, MapNode, Node, TextNode
from timeliness.read.rulebook_keys import CLOSURE_KEYS

Closures = Iterator[tuple[date, str]]

_MOST = 31
_DAY = r"(\d{1,2}) ([A-Za-z]+)"
_YEARLY = regex(rf"{_DAY}(?: to {_DAY})?", re.ASCII)


def closures_in(nodes: Iterable[Node], mistakes: Mistakes) -> tuple[tuple[date, str], ...]:
    """Return every closure day in some lines, with its reason; what is wrong is noted."""
    return tuple(pair for node in nodes for pair in _closures(node, mistakes))


def _closures(node: Node, mistakes: Mistakes) -> Closures:
    reason = "closed"
    when = None
    if isinstance(node, MapNode):
        inner = Fields(node, CLOSURE_KEYS, mistakes, "a closure")
        reason = inner.text("says", reason)
        if inner.has("date") == inner.has("yearly"):
            mistakes.add(node.line, 'a closure needs either the key "date" or the key "yearly"')
        elif inner.has("yearly"):
            yield from ((day, reason) for day in _yearly(inner))
        elif isinstance(inner.node("date"), ListNode):
            inner.wrong("date", "write each closure day as a line, or write a range")
        else:
            when = inner.when("date")
    elif isinstance(node, TextNode):
        when = date_in(node.text, node.line, mistakes)
    else:
        mistakes.add(node.line, "closure_days: a day is expected here")
    if when is None:
        return
    if when.time is not None:
        mistakes.add(
            node.line,
            "closure_days: a closure is a whole day; write the day without a time, or leave it out "
            "if the office was open for part of it",
        )
        return
    days = _days(when.span)
    if not days:
        mistakes.add(node.line, "closure_days: a day, or a range of at most a month, is expected")
    yield from ((day, reason) for day in days)


def _days(span: Span) -> list[date]:
    """Return the days of a span, or none where it is longer than a month."""
    first, last = span.earliest, span.latest
    if first is None or last is None or (last - first).days > _MOST:
        return []
    return [first + timedelta(days) for days in range((last - first).days + 1)]


def _yearly(fields: Fields) -> Iterator[date]:
    """Yield the days of a closure in every year that the calendar covers.

    A closure that ends before it begins goes on into the next year. 29 February counts where there
    is one.
    """
    text = fields.text("yearly")
    match = _YEARLY.fullmatch(text)
    ends = [(match[1], match[2]), (match[3] or match[1], match[4] or match[2])] if match else []
    known = [_in_leap_year(day, month) for day, month in ends]
    if not known or None in known:
        what = f'"{shorten(text)}" is not a day of every year; write it as 24 December, or as a '
        fields.wrong("yearly", f"{what}range: 24 December to 1 January")
        return
    first, last = (day for day in known if day)
    if first > last:
        first = _made(last.year - 1, first.month, first.day) or date(last.year - 1, 2, 28)
    days = _days(Span(first, last))
    if not days:
        fields.wrong("yearly", "a day, or a range of at most a month, is expected")
    for year in COVERED_YEARS:
        for day in days:
            # Of a closure over the new year, the days before it are those of the year before.
            on = _made(year - (day.year < last.year), day.month, day.day)
            if on:
                yield on


def _in_leap_year(day: str, month: str) -> date | None:
    number = month_number(month)
    return _made(2024, number, int(day)) if number else None


def _made(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
