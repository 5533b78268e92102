"""Columns of seconds or milliseconds since 1 January 1970 UTC, as programs export time stamps."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, datetime

from timeliness.model.dates import When, read_date
from timeliness.model.errors import VALUE, DateError
from timeliness.model.patterns import regex
from timeliness.tables.instead import is_not_done

_SECONDS = range(946_684_800, 2_240_611_200)
"""The seconds from 1 January 2000 to the end of 2040."""
_NUMBER = regex(r"(\d{9,10}|\d{12,13})(?:\.0+)?", re.ASCII)


def are_epochs(texts: Iterable[str]) -> bool:
    """Whether every text that is no blank is a time stamp in seconds or milliseconds."""
    given = [text for text in texts if not is_not_done(text)]
    return bool(given) and all(_seconds(text) is not None for text in given)


def read_epoch(text: str) -> When | None:
    """Read one time stamp as the day and time in London. Raises `DayError`."""
    if is_not_done(text):
        return None
    seconds = _seconds(text)
    if seconds is None:
        raise DateError(f"{VALUE} is not a date", text)
    return read_date(f"{datetime.fromtimestamp(seconds, UTC):%Y-%m-%dT%H:%M:%S}Z")


def _seconds(text: str) -> int | None:
    match = _NUMBER.fullmatch(text.strip())
    if not match:
        return None
    seconds = int(match[1]) if len(match[1]) < 12 else int(match[1]) // 1000
    return seconds if seconds in _SECONDS else None
