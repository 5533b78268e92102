"""A calendar of the open limits (RFC 5545): an event a limit, which a later file moves.

It holds references, dates and clauses, and nothing about a person.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from timeliness.model.calendars import working_days
from timeliness.model.clean import printable
from timeliness.model.dates import in_words
from timeliness.model.days_off import DayOff, days_off_in
from timeliness.model.plain import capital, on_or_between
from timeliness.model.uk_time import in_utc
from timeliness.model.verdict_words import REASONS
from timeliness.results.due import COMING, OVERDUE, UNCLEAR, OpenLimit
from timeliness.results.tally import Tally
from timeliness.version import __version__
from timeliness.write.due import hour, lateness, span, what
from timeliness.write.words import disclaimer, side_title

_OCTETS = 75
"""The most octets of a line before it has to be folded."""
_HOUR = 9
"""The hour of the working day before at which a reminder comes."""
_HOURS_BEFORE = 4
"""As many hours before a time of day that is due comes its reminder."""
_ERA = date(2020, 1, 1)
_BEFORE = {OVERDUE: "Overdue: ", UNCLEAR: "May be overdue: "}


def write_ics(tally: Tally) -> str:
    """Return the open limits as a calendar, the same bytes for the same run."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:-//chcheck//{__version__}//EN",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        "X-WR-CALNAME:Complaints: what is due",
    ]
    seen: Counter[str] = Counter()
    for one in sorted(tally.due.limits, key=lambda limit: limit.order):
        seen[one.identity] += 1
        lines += _event(one, seen[one.identity], tally)
    lines.append("END:VCALENDAR")
    return "".join(f"{part}\r\n" for line in lines for part in _folded(line))


def _event(one: OpenLimit, place: int, tally: Tally) -> Iterator[str]:
    """Yield the lines of an event; `place` tells limits apart that have everything in common."""
    stamp = f"{one.as_at:%Y%m%d}T000000Z"
    again = f"-{place}" if place > 1 else ""
    summary = f"{_BEFORE.get(one.when, '')}{one.complaint}: {what(one)}"
    yield "BEGIN:VEVENT"
    yield f"UID:{one.identity}{again}@chcheck"
    yield f"DTSTAMP:{stamp}"
    # A list of a later day takes the place of an earlier one.
    yield f"SEQUENCE:{max((one.as_at - _ERA).days, 0)}"
    yield from _when(one)
    yield f"SUMMARY:{_text(summary)}"
    yield f"DESCRIPTION:{_text(_description(one, tuple(tally.ombudsmen)))}"
    yield "TRANSP:TRANSPARENT"
    yield "BEGIN:VALARM"
    yield "ACTION:DISPLAY"
    yield f"TRIGGER:{_reminder(one, tally.due.days_off)}"
    yield f"DESCRIPTION:{_text(summary)}"
    yield "END:VALARM"
    yield "END:VEVENT"


def _when(one: OpenLimit) -> Iterator[str]:
    """Yield when it is due: a whole day, or of a clock in hours the moment, in UTC."""
    if one.due_at and one.due_at.exact:
        yield f"DTSTART:{in_utc(one.due_at.earliest):%Y%m%dT%H%M%SZ}"
        return
    yield f"DTSTART;VALUE=DATE:{one.first:%Y%m%d}"
    yield f"DTEND;VALUE=DATE:{one.first + timedelta(1):%Y%m%d}"


def _description(one: OpenLimit, ombudsmen: Sequence[str]) -> str:
    """Return the rule, its clause, and what else there is to know of the day."""
    clause = f"{side_title(one.sides[0])} {one.clauses[0]}".strip()
    said = [f"{one.title}: {clause} ({one.rule})."]
    if at := hour(one):
        said.append(f"Due by {at} on {in_words(one.first)}.")
    if not span(one).exact:
        said.append(f"Due {on_or_between(span(one))}; the earliest day is shown.")
    if one.when == OVERDUE:
        said.append(f"Overdue by {lateness(one)}.")
    if one.when == UNCLEAR:
        said.append(f"{capital(REASONS[one.reason])}.")
    said.append(f"As at {one.as_at.isoformat()}.")
    if one.when != COMING:
        said.append(disclaimer(ombudsmen))
    return "\n".join(said)


def _reminder(one: OpenLimit, days_off: tuple[DayOff, ...]) -> str:
    """Return how long before the reminder comes: at nine on the working day before.

    That of a clock in hours comes some hours before: it may have begun after the day before.
    """
    if hour(one):
        return f"-PT{_HOURS_BEFORE}H"
    off = days_off_in(one.nation, days_off)
    before = working_days(one.nation, days_off=off).last_before(one.first)
    hours = 24 * (one.first - before).days - _HOUR
    days, hours = divmod(hours, 24)
    return f"-P{f'{days}D' if days else ''}T{hours}H"


def _text(text: str) -> str:
    """Return a text as a calendar has it; no control character of the input gets into it."""
    plain = "\n".join(printable(" ".join(line.split())) for line in text.split("\n"))
    return re.sub(r"([\\;,])", r"\\\1", plain).replace("\n", "\\n")


def _folded(line: str) -> Iterator[str]:
    """Yield a line in parts of at most 75 octets, none of which cuts a character."""
    part, size = "", 0
    for letter in line:
        octets = len(letter.encode("utf-8", errors="replace"))
        if size + octets > _OCTETS:
            yield part
            part, size = " ", 1
        part += letter
        size += octets
    yield part
