"""Dates as people write them, read one way or refused, as the span of days that is known.

ISO forms, ranges and months; UK forms that read one way. A date that could be read two ways is an
error that says how to settle it; month-first is never guessed.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Iterable
from datetime import date, datetime, time
from functools import reduce
from zoneinfo import ZoneInfo

from msgspec import Struct
from msgspec.structs import replace

from timeliness.model.clock_times import SPOKEN, read_time
from timeliness.model.errors import VALUE, DateError
from timeliness.model.patterns import regex

LONDON = "Europe/London"

_MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
_WEEKDAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
_MONTH = "(?:" + "|".join(f"{name[:3]}(?:{name[3:]})?" for name in _MONTHS) + "|sept)"
_WEEKDAY = (
    "(?:" + "|".join(f"{name[:3]}(?:{name[3:]})?" for name in _WEEKDAYS) + "|tues|thur|thurs)"
)
_CLOCK = r"(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2})(?:\.\d+)?)?"
_OFFSET = r"(?P<offset>\s?(?:Z|[+-]\d{2}:?\d{2}))"

_ANY_CASE = re.ASCII | re.IGNORECASE

_DAY_ISO = regex(r"(?P<y>\d{4})-(?P<m>\d{1,2})-(?P<d>\d{1,2})", re.ASCII)
_MONTH_ISO = regex(r"(?P<y>\d{4})-(?P<m>\d{1,2})", re.ASCII)
_DAY_NUMBERS = regex(r"(?P<d>\d{1,2})([/.-])(?P<m>\d{1,2})\2(?P<y>\d{4})", re.ASCII)
_DAY_WORDS = regex(
    rf"(?:(?P<weekday>{_WEEKDAY}),?\s+)?(?P<d>\d{{1,2}})(?:st|nd|rd|th)?(?:\s+of)?[\s-]+"
    rf"(?P<m>{_MONTH})\.?,?[\s-]+(?P<y>\d{{4}})",
    _ANY_CASE,
)
_MONTH_THEN_DAY = regex(
    rf"(?P<m>{_MONTH})\.?\s+(?P<d>\d{{1,2}})(?:st|nd|rd|th)?(?:,\s*|\s+)(?P<y>\d{{4}})", _ANY_CASE
)
_MONTH_WORDS = regex(rf"(?P<m>{_MONTH})\.?\s+(?P<y>\d{{4}})", _ANY_CASE)
_STAMP_TAIL = regex(rf"(?:T|\s+(?:at\s+)?|,\s*){_CLOCK}{_OFFSET}?", _ANY_CASE)
_SPOKEN_TAIL = regex(rf"(?:\s+(?:at\s+)?|,\s*)(?P<spoken>{SPOKEN})", _ANY_CASE)

# What a one-line event may begin with, longest form first.
_TIME = rf"(?:\s+(?:at\s+)?(?:{SPOKEN}|{_CLOCK}{_OFFSET}?))"
_ONE = rf"(?:{_DAY_ISO.pattern}|{_MONTH_ISO.pattern})"
_HEAD = regex(
    "(?:"
    + "|".join(
        re.sub(r"\?P<\w+>", "?:", pattern)
        for pattern in (
            rf"(?:{_ONE}/{_ONE}|{_ONE}/\.\.|\.\./{_ONE})",
            rf"{_DAY_ISO.pattern}(?:T{_CLOCK}{_OFFSET}?|{_TIME})",
            _DAY_ISO.pattern,
            _MONTH_ISO.pattern,
            rf"(?:\d{{1,2}}[/.-]\d{{1,2}}[/.-]\d{{2,4}}){_TIME}?",
            rf"(?:{_DAY_WORDS.pattern}|{_MONTH_THEN_DAY.pattern}){_TIME}?",
            _MONTH_WORDS.pattern,
            "unknown",
        )
    )
    + r")(?=[,;:]?(?:\s|$))",
    _ANY_CASE,
)

_FORMS = "write the day as 2025-04-03 (year-month-day) or 3 Apr 2025"


class When(Struct, frozen=True):
    """A date as it was given: the days it may mean, and the time of day where one was given.

    `time` is local to London and belongs to a single day. `sources` holds the different dates
    that the sources give for the same event, where they disagree. `given` is the span as it was
    given, where `span` has since been cut by what must be true.
    """

    span: Span
    time: time | None = None
    sources: tuple[Span, ...] = ()
    given: Span | None = None

    @property
    def as_given(self) -> Span:
        """Return the days as they were given."""
        return self.given or self.span

    def within(self, earliest: date | None, latest: date | None) -> When:
        """Return the same date cut to some days; None leaves an end as it is."""
        first = max(filter(None, (self.span.earliest, earliest)), default=None)
        last = min(filter(None, (self.span.latest, latest)), default=None)
        span = Span(first, last)
        return self if span == self.span else replace(self, span=span, given=self.as_given)


def read_date(text: str, *, day_first: bool = False) -> When:
    """Read one date.

    `day_first` declares that dates such as 03/04/2025 are day first, as in the UK. Raises
    `DateError`, whose message says what is wrong and how to write it.
    """
    text = " ".join(text.split())
    if not text:
        raise DateError(f"there is no date; {_FORMS}, or unknown")
    if text.lower() == "unknown":
        return When(UNKNOWN)
    if match := _DAY_NUMBERS.match(text):
        return _stamp(_day_from_numbers(match, day_first), text, match.end())
    if "/" in text:
        return When(_range(text))
    for pattern, build in (
        (_DAY_ISO, _day_from_numbered),
        (_DAY_WORDS, _day_from_words),
        (_MONTH_THEN_DAY, _day_from_words),
    ):
        if match := pattern.match(text):
            return _stamp(build(match), text, match.end())
    if span := _month(text):
        return When(span)
    raise _unreadable(text)


def split_date(text: str) -> tuple[str, str] | None:
    """Split a one-line event into its date and the rest; None where it begins with no date."""
    text = " ".join(text.split())
    match = _HEAD.match(text)
    if not match:
        return None
    return match.group(), text[match.end() :].lstrip(",;: ")


def _shown(text: str) -> str:
    return text if len(text) <= 40 else text[:37] + "..."


def _unreadable(text: str) -> DateError:
    shown = _shown(text)
    if re.fullmatch(r"\d{1,2}[/.-]\d{1,2}[/.-]\d{2}", text, re.ASCII):
        return DateError(f"{VALUE} has a year of two digits; {_FORMS}", shown)
    if re.fullmatch(r"\d{4}", text, re.ASCII):
        return DateError(
            f"{VALUE} is only a year; write it as a range: {text}-01-01/{text}-12-31",
            shown,
        )
    return DateError(f"{VALUE} is not a date; {_FORMS}", shown)


def _make_day(year: int, month: int, day: int, text: str) -> date:
    if not 1 <= month <= 12:
        raise DateError(f"{VALUE}: there is no month {month}; {_FORMS}", text)
    if year < 1:
        raise DateError(f"{VALUE}: there is no year {year}; {_FORMS}", text)
    if day < 1:
        raise DateError(f"{VALUE}: there is no day {day}; {_FORMS}", text)
    days = monthrange(year, month)[1]
    if day > days:
        name = _MONTHS[month - 1].title()
        raise DateError(f"{VALUE}: {name} {year} has {days} days; {_FORMS}", text)
    return date(year, month, day)


def _day_from_numbered(match: re.Match[str]) -> date:
    return _make_day(int(match["y"]), int(match["m"]), int(match["d"]), match.group())


def _day_from_numbers(match: re.Match[str], day_first: bool) -> date:
    day, month, year = int(match["d"]), int(match["m"]), int(match["y"])
    if 1 <= day <= 12 < month:
        raise DateError(
            f"{VALUE}: there is no month {month}; such dates are day first, never month first; "
            f"{_FORMS}",
            match.group(),
        )
    if not day_first and day != month and 1 <= day <= 12 and 1 <= month <= 12 and year:
        one, other = date(year, month, day), date(year, day, month)
        raise DateError(
            f"{VALUE} can be read as {in_words(one)} or as {in_words(other)}; write "
            f"{one.isoformat()} or {other.isoformat()}",
            match.group(),
            in_a_file=", or put `dates: uk` at the top of the file to say that the day always "
            "comes first",
        )
    return _make_day(year, month, day, match.group())


def month_number(name: str) -> int:
    """Return the number of a month by its name, whole or its first three letters; or 0."""
    text = name.lower()
    found = [at for at, one in enumerate(_MONTHS, 1) if text in (one, one[:3])]
    return found[0] if found else 0


def _day_from_words(match: re.Match[str]) -> date:
    month = [name[:3] for name in _MONTHS].index(match["m"][:3].lower()) + 1
    day = _make_day(int(match["y"]), month, int(match["d"]), match.group())
    if match.groupdict().get("weekday"):
        stated = [name[:3] for name in _WEEKDAYS].index(match["weekday"][:3].lower())
        if stated != day.weekday():
            raise DateError(
                f"{VALUE}: {in_words(day)} was a {day:%A}; correct the day or the date",
                match.group(),
            )
    return day


def _stamp(day: date, text: str, end: int) -> When:
    """Read what follows the day: nothing, or a time, which an offset turns into London's."""
    if end == len(text):
        return When(Span.day(day))
    if spoken := _SPOKEN_TAIL.fullmatch(text, end):
        return When(Span.day(day), read_time(spoken["spoken"]))
    match = _STAMP_TAIL.fullmatch(text, end)
    if not match:
        raise _unreadable(text)
    hour, minute = int(match["hour"]), int(match["minute"])
    if hour > 23 or minute > 59 or int(match["second"] or 0) > 59:
        given = text[match.start("hour") : match.end("second" if match["second"] else "minute")]
        raise DateError(f"{VALUE}: there is no time {given}; write 00:00 to 23:59", _shown(text))
    if not match["offset"]:
        return When(Span.day(day), time(hour, minute))
    import pendulum

    stamp = f"{day.isoformat()}T{hour:02d}:{minute:02d}:00{match['offset'].strip().upper()}"
    try:
        moment = datetime.fromisoformat(stamp)
        local = pendulum.instance(moment).in_timezone(LONDON)
    except (ValueError, OverflowError):
        raise DateError(
            f"{VALUE}: there is no such offset from UTC; write +01:00, or Z for UTC itself",
            _shown(text),
        ) from None
    return When(Span.day(date(local.year, local.month, local.day)), time(local.hour, local.minute))


def _month(text: str) -> Span | None:
    if match := _MONTH_ISO.fullmatch(text):
        month = int(match["m"])
    elif match := _MONTH_WORDS.fullmatch(text):
        month = [name[:3] for name in _MONTHS].index(match["m"][:3].lower()) + 1
    else:
        return None
    first = _make_day(int(match["y"]), month, 1, text)
    return Span(first, first.replace(day=monthrange(first.year, first.month)[1]))


def _range(text: str) -> Span:
    ends = [end.strip() for end in text.split("/")]
    if len(ends) != 2:
        raise _unreadable(text)
    earliest = _end(ends[0], text, lambda span: span.earliest)
    latest = _end(ends[1], text, lambda span: span.latest)
    if earliest is None and latest is None:
        return UNKNOWN
    if earliest is not None and latest is not None and earliest > latest:
        raise DateError(f"{VALUE} ends before it begins; write the earlier day first", _shown(text))
    return Span(earliest, latest)


def _end(text: str, whole: str, pick: Callable[[Span], date | None]) -> date | None:
    if text == "..":
        return None
    if match := _DAY_ISO.fullmatch(text):
        return _day_from_numbered(match)
    if span := _month(text):
        return pick(span)
    raise DateError(
        f"{VALUE} is not a range of dates; write 2025-04-03/2025-04-10, 2025-04-03/.. (that day or "
        "later) or ../2025-04-03 (that day or earlier)",
        _shown(whole),
    )


def in_words(day: date) -> str:
    """Return a day as people write it: 3 April 2025."""
    return f"{day.day} {day:%B} {day.year}"


def today() -> date:
    """Return today's date in London."""
    return datetime.now(ZoneInfo(LONDON)).date()


class Span(Struct, frozen=True):
    """From the earliest to the latest possible day, both included.

    `None` leaves an end open: nothing is known of how early, or how late, the day may be.
    """

    earliest: date | None
    latest: date | None

    @classmethod
    def day(cls, day: date) -> Span:
        """Return the span of one day that is known exactly."""
        return cls(day, day)

    @property
    def exact(self) -> bool:
        """Whether only one day is possible."""
        return self.earliest is not None and self.earliest == self.latest

    def hull(self, other: Span) -> Span:
        """Return the smallest span that holds both."""
        return Span(
            None
            if self.earliest is None or other.earliest is None
            else min(self.earliest, other.earliest),
            None if self.latest is None or other.latest is None else max(self.latest, other.latest),
        )


def hull_of(spans: Iterable[Span | None]) -> Span | None:
    """Return the smallest span that holds all that are known; None where none is."""
    known = [span for span in spans if span is not None]
    return reduce(Span.hull, known) if known else None


UNKNOWN = Span(None, None)
