"""Columns of dates as people and spreadsheets write them: each different text is read once.

How 03/04/2025 is meant is settled by the rest of its column, or declared.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date, timedelta

import numpy as np
import polars as pl
from msgspec import Struct
from numpy.typing import NDArray

from timeliness.model.calendars import DAY, FAR_FUTURE, FAR_PAST
from timeliness.model.dates import UNKNOWN, Span, When, read_date
from timeliness.model.errors import VALUE, DateError, DayError
from timeliness.model.patterns import regex
from timeliness.read.fields import check_span
from timeliness.tables.complaints import Dated
from timeliness.tables.date_order import DAY_TOGETHER, numbers, order_of, respelt
from timeliness.tables.epochs import are_epochs, read_epoch
from timeliness.tables.formulas import NESTED, UNSAVED, is_failed
from timeliness.tables.instead import is_done, is_not_done

Read = Callable[[str], When | None]

_EPOCH = date(1970, 1, 1).toordinal()
_ISO = regex(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_SERIAL = regex(r"(\d{5})(?:\.(\d+))?", re.ASCII)
_ZERO_LOST = regex(r"[1-9]\d{2}20[0-4]\d", re.ASCII)
_FULL_DATES = (
    r"[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}|[0-9]{1,2}/[0-9]{1,2}/[0-9]{4}|[0-9]{1,2}\.[0-9]{1,2}\.[0-9]{4}|"
    r"[0-9]{1,2}-[0-9]{1,2}-[0-9]{4}|[0-9]{1,2}-[A-Za-z]{3,9}-[0-9]{4}"
)
_STAMP = rf"^({_FULL_DATES})[ T]([0-9]{{1,2}}:[0-9]{{2}})(?::[0-5][0-9](?:\.[0-9]+)?)?$"
_FIRST_SERIAL, _LAST_SERIAL = 36_526, 51_501
_SERIAL_ZERO = date(1899, 12, 30)
_MANY = 20_000


class DateColumn(Struct, frozen=True):
    """A column of dates: what each row has, and the reader by which it was read.

    `read` reads one text of the column as the column was read; it returns None for a blank and
    raises `DayError`.
    """

    dated: Dated
    read: Read


def read_columns(cells: Mapping[str, pl.Series]) -> dict[str, Unsettled]:
    """Return columns of texts, ready to be read as dates once their order is settled."""
    if not cells:
        return {}
    frame = pl.DataFrame([column.alias(name) for name, column in cells.items()])
    unique = frame.select(pl.all().unique().implode())
    days = frame.select(
        pl.all()
        .str.to_date("%Y-%m-%d", strict=False, cache=False)
        .to_physical()
        .fill_null(FAR_FUTURE - _EPOCH)
    )
    readers = _Readers()
    return {
        name: Unsettled(column, unique[name][0].drop_nulls(), days[name], readers)
        for name, column in cells.items()
    }


class Unsettled(Struct, frozen=True):
    """A column of texts, its different texts, and the days of those in ISO form."""

    cells: pl.Series
    unique: pl.Series
    iso: pl.Series
    readers: _Readers

    def in_order(self, declared: str = "") -> DateColumn:
        """Read every different text. Raises `OrderError` where it could be read in two ways."""
        if self.readers.are_iso(self.unique.to_list()):
            days = self.iso.to_numpy() + DAY(_EPOCH)
            return DateColumn(Dated(days, days), self.readers.reading(declared or "uk"))
        if are_epochs(self.unique.to_list()):
            return DateColumn(dates_by_text(self.cells, self.unique, read_epoch), read_epoch)
        read = self.readers.reading(declared or order_of(self.unique))
        if len(self.unique) > _MANY and (stamps := _read_stamps(self.cells, self.unique, read)):
            return DateColumn(stamps, read)
        return DateColumn(dates_by_text(self.cells, self.unique, read), read)


def dates_by_text(cells: pl.Series, unique: pl.Series, read: Read) -> Dated:
    """Read each different text once, and look every row up."""
    count = len(unique)
    earliest = np.full(count + 1, FAR_FUTURE, dtype=DAY)
    latest = np.full(count + 1, FAR_FUTURE, dtype=DAY)
    bad = np.zeros(count + 1, dtype=np.bool_)
    minute = np.full(count + 1, -1, dtype=np.int16)
    for place, text in enumerate(unique.to_list()):
        try:
            when = read(text)
        except DayError:
            bad[place] = True
            continue
        if when is None:
            continue
        span = when.span
        earliest[place] = span.earliest.toordinal() if span.earliest else FAR_PAST
        latest[place] = span.latest.toordinal() if span.latest else FAR_FUTURE
        if when.time:
            minute[place] = when.time.hour * 60 + when.time.minute
    codes = codes_of(cells, unique)
    first = earliest.take(codes)
    return Dated(
        first,
        first if (earliest == latest).all() else latest.take(codes),
        bad.take(codes) if bad.any() else None,
        minute.take(codes) if (minute >= 0).any() else None,
    )


def codes_of(cells: pl.Series, unique: pl.Series) -> NDArray[np.int64]:
    """Return for each cell the place of its text among the different texts, or one past them."""
    if not len(unique):
        return np.zeros(len(cells), dtype=np.int64)
    places = cells.cast(pl.Enum(unique)).to_physical().cast(pl.Int64)
    return places.fill_null(len(unique)).to_numpy()


class _Readers:
    """The readers of cells, one for each order: columns of a table hold much the same dates."""

    def __init__(self) -> None:
        self._by_order: dict[str, Read] = {}
        self._iso: set[str] = set()

    def reading(self, order: str) -> Read:
        """Return the reader for an order, which remembers what it has read."""
        return self._by_order.setdefault(order, _memoised(order))

    def are_iso(self, texts: Iterable[str]) -> bool:
        """Whether every text is a day in ISO form, which has no order, and is read as one."""
        for text in set(texts) - self._iso:
            if not _ISO.fullmatch(text):
                return False
            try:
                check_span(read_date(text).span)
            except DayError:
                return False
            self._iso.add(text)
        return True


def _memoised(order: str) -> Read:
    known: dict[str, When | None] = {}

    def read(text: str) -> When | None:
        if text not in known:
            if len(known) > 100_000:
                known.clear()
            known[text] = read_cell(text, order)
        return known[text]

    return read


def read_cell(text: str, order: str) -> When | None:
    """Read the date in one cell: none where it was not done, an unknown day where it only was.

    Raises `DayError`.
    """
    text = " ".join(text.split())
    if is_not_done(text):
        return None
    if is_done(text):
        return When(UNKNOWN)
    if match := _SERIAL.fullmatch(text):
        return _serial(text, int(match[1]), match[2])
    if match := DAY_TOGETHER.fullmatch(text):
        if order != "uk":
            raise DateError(
                f"{VALUE} has nothing between day, month and year; write the day as 2025-04-03 or "
                "3 Apr 2025",
                text,
            )
        text = "/".join(match.groups())
    if _ZERO_LOST.fullmatch(text):
        raise DateError(
            f"{VALUE} may be a day that has lost its first zero; write the day as 2025-04-03 or "
            "3 Apr 2025",
            text,
        )
    if text == UNSAVED:
        raise DateError(
            "the cell contains a formula with no saved result; open the file in Excel or "
            "LibreOffice and save it"
        )
    if text == NESTED:
        raise DateError("the cell contains a list or an object, not one value")
    if text.startswith("#") or is_failed(text):
        raise DateError(f"{VALUE} is a formula error, not a date; correct it in the table", text)
    if text.lower() == "unknown":
        what = f"{VALUE} is not a date; leave the cell blank if it was not done"
        raise DateError(what, "unknown")
    if order != "us" and (match := numbers(text)) and int(match["two"]) > 12 >= int(match["one"]):
        raise DateError(
            f"{VALUE} has no month {match['two']}; if the column is month first, declare it with "
            "--dates us",
            text,
        )
    when = read_date(respelt(text, order), day_first=order != "iso")
    check_span(when.span)
    return when


def _serial(text: str, number: int, fraction: str | None) -> When:
    """Read a spreadsheet's serial number, the days since 30 December 1899."""
    if not _FIRST_SERIAL <= number <= _LAST_SERIAL:
        raise DateError(f"{VALUE} is not a date; write the day as 2025-04-03 or 3 Apr 2025", text)
    day = _SERIAL_ZERO + timedelta(number)
    minutes = round(float(f"0.{fraction}") * 1440) if fraction else 0
    if not 0 < minutes < 1440:
        return When(Span.day(day))
    return read_date(f"{day} {minutes // 60:02d}:{minutes % 60:02d}")


def _read_stamps(cells: pl.Series, unique: pl.Series, read: Read) -> Dated | None:
    """Read a column of many different time stamps by its dates and its minutes apart.

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
    days, others = (
        dates_by_text(chosen[name], chosen[name].drop_nulls().unique(), read)
        for name in ("head", "rest")
    )
    # The time of a stamp belongs to a date that reads as one day.
    fits = days.given & (days.earliest == days.latest)
    minutes = np.where(fits, (hour * 60 + minute).fill_null(-1).to_numpy(), -1)
    flags = [one.bad for one in (days, others) if one.bad is not None]
    return Dated(
        np.minimum(days.earliest, others.earliest),
        np.minimum(days.latest, others.latest),
        np.logical_or.reduce(flags) if flags else None,
        (minutes if others.minute is None else np.maximum(minutes, others.minute)).astype(np.int16),
    )
