"""Times of day as people write them: 17:30, 17.30, 4.30pm, 5 pm, noon."""

from __future__ import annotations

import re
from datetime import time

from timeliness.model.errors import VALUE, DateError
from timeliness.model.patterns import regex

SPOKEN = (
    r"(?:\d{1,2}(?:[.:]\d{2})?\s?[ap]\.?m\b\.?"  # 5pm, 4.30 pm, 4:30 p.m.
    r"|\d{1,2}\.\d{2}(?![\d.])"  # 17.30
    r"|noon\b|midday\b|midnight\b)"
)
"""A time in one of the forms that no computer writes, as a pattern without groups."""

_PARTS = regex(
    r"(?P<hour>\d{1,2})(?:[.:](?P<minute>\d{2}))?\s?(?:(?P<half>[ap])\.?m\.?)?",
    re.ASCII | re.IGNORECASE,
)
_HOW = "write one such as 17:30, 5pm or noon"


def read_time(text: str) -> time:
    """Return a time of day.

    Raises `DateError` where it is not one, or where morning or evening may be meant.
    """
    text = " ".join(text.split())
    if text.lower() in ("noon", "midday"):
        return time(12)
    if text.lower() == "midnight":
        raise DateError(
            f"{VALUE} may begin the day or end it; write 00:00, or 23:59 for the end of the day",
            text,
        )
    match = _PARTS.fullmatch(text)
    if not match:
        raise DateError(f"{VALUE} is not a time; {_HOW}", text)
    hour, minute = int(match["hour"]), int(match["minute"] or 0)
    if match["half"]:
        if not 1 <= hour <= 12 or minute > 59:
            raise DateError(f"{VALUE} is not a time; {_HOW}", text)
        return time(hour % 12 + 12 * (match["half"].lower() == "p"), minute)
    if hour > 23 or minute > 59:
        raise DateError(f"{VALUE} is not a time; {_HOW}", text)
    if len(match["hour"]) == 1 or not match["minute"]:
        later = f" or {hour + 12:02d}:{minute:02d}" if 1 <= hour < 12 else ""
        raise DateError(
            f"{VALUE} may be morning or evening; write {hour:02d}:{minute:02d}{later}", text
        )
    return time(hour, minute)
