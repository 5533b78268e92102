"""Columns of dates as people and spreadsheets write them.

Every different text of a column is read once, by the one reader of dates, and taken for all the
rows in which it stands. How 03/04/2025 is meant is settled by the rest of its column, or declared.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta

import numpy as np
import polars as pl
from numpy.typing import NDArray

from timeliness.calendars import FAR_FUTURE, FAR_PAST
from timeliness.dates import When, read_date
from timeliness.errors import CalendarError, DateError
from timeliness.read.fields import check_span
from timeliness.spans import Span

ORDERS = ("uk", "us", "iso")
"""How dates of numbers are declared: day first, month first (never guessed), or none of them."""

BLANK = frozenset(
    ("", "n/a", "na", "n.a.", "-", "--", "none", "null", "nil", "nan", "nat", ".", "not applicable")
)
"""What stands in a cell that is as good as blank, in small letters."""

_NUMBERS = re.compile(r"\s*(\d{1,2})([/.-])(\d{1,2})\2(\d{4})(?!\d)", re.ASCII)
_SERIAL = re.compile(r"(\d{5})(?:\.(\d+))?", re.ASCII)
_SHORT_YEAR = re.compile(r"(\d{1,2}[\s-]+[A-Za-z]{3,9}[\s-]+)(\d{2})(?![\d])(.*)", re.ASCII)
_STAMP = r"^(\S+)[ T](\d{1,2}:\d{2})(?::\d{2}(?:\.\d+)?)?$"
_FIRST_SERIAL, _LAST_SERIAL = 36_526, 51_501
_SERIAL_ZERO = date(1899, 12, 30)
_MANY = 20_000


class OrderError(DateError):
    """A column of dates could be read day first or month first."""


@dataclass(frozen=True)
class DateColumn:
    """A column of dates: for each row the days it may mean.

    `given` marks the rows that have a date, `bad` those whose text is none. `minute` is the time
    of day, or None where no row has one.
    """

    earliest: NDArray[np.int32]
    latest: NDArray[np.int32]
    given: NDArray[np.bool_]
    bad: NDArray[np.bool_]
    minute: NDArray[np.int16] | None
    order: str
    read: Callable[[str], When | None]
    """Reads one text of the column as the column was read; None for a blank. Raises DateError."""


class Readers:
    """The readers of cells, one for each order: columns of a table hold much the same dates."""

    def __init__(self) -> None:
        self._by_order: dict[str, Callable[[str], When | None]] = {}

    def reading(self, order: str) -> Callable[[str], When | None]:
        """Return the reader for an order, which remembers what it has read."""
        return self._by_order.setdefault(order, _memoised(order))


def read_dates(cells: pl.Series, declared: str = "", readers: Readers | None = None) -> DateColumn:
    """Read a column of texts. Raises `OrderError` where it could be read in two ways."""
    unique = cells.drop_nulls().unique()
    order = declared or _order(unique)
    read = (readers or Readers()).reading(order)
    split = _split_stamps(cells, unique) if len(unique) > _MANY else None
    if split is None:
        return _by_text(cells, unique, order, read)
    heads, minutes, rest = split
    column = _by_text(heads, heads.drop_nulls().unique(), order, read)
    others = _by_text(rest, rest.drop_nulls().unique(), order, read)
    # The time of a stamp belongs to a date that reads as one day.
    fits = column.given & (column.earliest == column.latest)
    minute = np.where(others.given, _minute_of(others), np.where(fits, minutes, -1))
    return replace(
        column,
        earliest=np.where(others.given, others.earliest, column.earliest),
        latest=np.where(others.given, others.latest, column.latest),
        given=column.given | others.given,
        bad=column.bad | others.bad,
        minute=minute.astype(np.int16),
    )


def _minute_of(column: DateColumn) -> NDArray[np.int16]:
    if column.minute is not None:
        return column.minute
    return np.full(len(column.given), -1, dtype=np.int16)


def _by_text(
    cells: pl.Series, unique: pl.Series, order: str, read: Callable[[str], When | None]
) -> DateColumn:
    """Read each different text once, and look every row up."""
    count = len(unique)
    earliest = np.full(count + 1, FAR_FUTURE, dtype=np.int32)
    latest = np.full(count + 1, FAR_FUTURE, dtype=np.int32)
    given = np.zeros(count + 1, dtype=np.bool_)
    bad = np.zeros(count + 1, dtype=np.bool_)
    minute = np.full(count + 1, -1, dtype=np.int16)
    for place, text in enumerate(unique.to_list()):
        try:
            when = read(text)
        except (DateError, CalendarError):
            bad[place] = True
            continue
        if when is None:
            continue
        span = when.span
        given[place] = True
        earliest[place] = span.earliest.toordinal() if span.earliest else FAR_PAST
        latest[place] = span.latest.toordinal() if span.latest else FAR_FUTURE
        if when.time:
            minute[place] = when.time.hour * 60 + when.time.minute
    codes = codes_of(cells, unique)
    timed = bool((minute >= 0).any())
    one_day = bool((earliest == latest).all())
    first = earliest[codes]
    return DateColumn(
        first,
        first if one_day else latest[codes],
        given[codes],
        bad[codes],
        minute[codes] if timed else None,
        order,
        read,
    )


def codes_of(cells: pl.Series, unique: pl.Series) -> NDArray[np.int64]:
    """Return for each cell the place of its text among the different texts, or one past them."""
    if not len(unique):
        return np.zeros(len(cells), dtype=np.int64)
    places = cells.cast(pl.Enum(unique)).to_physical().cast(pl.Int64)
    return places.fill_null(len(unique)).to_numpy()


def _memoised(order: str) -> Callable[[str], When | None]:
    known: dict[str, When | None] = {}

    def read(text: str) -> When | None:
        if text not in known:
            if len(known) > 100_000:
                known.clear()
            known[text] = read_cell(text, order)
        return known[text]

    return read


def read_cell(text: str, order: str) -> When | None:
    """Read the date in one cell, None where it is blank. Raises `DateError`, `CalendarError`."""
    text = " ".join(text.split())
    if text.lower() in BLANK:
        return None
    if match := _SERIAL.fullmatch(text):
        return _serial(text, int(match[1]), match[2])
    if match := _SHORT_YEAR.fullmatch(text):
        text = f"{match[1]}20{match[2]}{match[3]}"
    if order == "us" and (match := _NUMBERS.match(text)):
        text = f"{match[3]}/{match[1]}/{match[4]}{text[match.end() :]}"
    if text.startswith("#"):
        raise DateError(f'"{text}" is an error of a formula and no date; mend it in the table')
    if text.lower() == "unknown":
        raise DateError('"unknown" is not a date; leave the cell blank if it was not done')
    when = read_date(text, day_first=order != "iso")
    check_span(when.span)
    return when


def _serial(text: str, number: int, fraction: str | None) -> When:
    """Read a spreadsheet's serial number, the days since 30 December 1899."""
    if not _FIRST_SERIAL <= number <= _LAST_SERIAL:
        raise DateError(f'"{text}" is not a date; write the day as 2025-04-03 or 3 Apr 2025')
    when = When(Span.day(_SERIAL_ZERO + timedelta(number)))
    minutes = round(float(f"0.{fraction}") * 1440) if fraction else 0
    if not 0 < minutes < 1440:
        return when
    day = when.span.earliest
    return read_date(f"{day} {minutes // 60:02d}:{minutes % 60:02d}")


def _order(texts: Iterable[str]) -> str:
    """Return how the dates of a column are meant: "uk" where a day past 12 only stands first."""
    day_first = month_first = either = ""
    # The different texts of a column come in no order; the same input gives the same message.
    for text in sorted(texts):
        match = _NUMBERS.match(text)
        if not match:
            continue
        one, two = int(match[1]), int(match[3])
        if one > 12:
            day_first = day_first or text.strip()
        elif two > 12:
            month_first = month_first or text.strip()
        elif one != two:
            either = either or text.strip()
    if not either or (day_first and not month_first):
        return "uk"
    if day_first:
        why = f'the column has both, "{day_first}" and "{month_first}"'
    elif month_first:
        why = f'"{month_first}" in the same column looks month first, which is never guessed'
    else:
        why = "no other date in the column settles it"
    raise OrderError(
        f'"{either}" can be read day first or month first, and {why}; declare it with --dates uk '
        '(day first) or --dates us (month first), or put dates = "uk" in the configuration'
    )


def _split_stamps(
    cells: pl.Series, unique: pl.Series
) -> tuple[pl.Series, NDArray[np.int64], pl.Series] | None:
    """Split a column of many different time stamps into its dates, its minutes and the rest.

    None where most of the column is something else.
    """
    sample = unique.head(1_000)
    if sample.str.contains(_STAMP).sum() < len(sample) * 0.5:
        return None
    parts = cells.str.extract_groups(_STAMP)
    heads = parts.struct.field("1")
    times = parts.struct.field("2")
    hours = times.str.split_exact(":", 1)
    hour = hours.struct.field("field_0").cast(pl.Int64, strict=False)
    minute = hours.struct.field("field_1").cast(pl.Int64, strict=False)
    proper = heads.is_not_null() & hour.is_between(0, 23) & minute.is_between(0, 59)
    proper = proper.fill_null(value=False)
    frame = pl.DataFrame({"cell": cells, "head": heads, "ok": proper})
    chosen = frame.select(head=pl.when("ok").then("head"), rest=pl.when(~pl.col("ok")).then("cell"))
    minutes = (hour * 60 + minute).fill_null(-1).to_numpy()
    return chosen["head"], minutes, chosen["rest"]
