"""The years that the calendar covers, and how far bank holidays have been announced."""

from __future__ import annotations

from datetime import date

from timeliness.model.errors import CalendarError

FIRST_YEAR, LAST_YEAR = 2000, 2040
"""The years in which dates may lie."""
ANNOUNCED_UNTIL = date(2028, 12, 31)
"""The last day for which bank holidays are officially announced (GOV.UK, bank holidays)."""


def check_covered(day: date) -> None:
    """Raise `CalendarError` where a day lies outside the years the calendar covers."""
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise CalendarError(
            f"{day.isoformat()} is outside the years that the calendar covers, {FIRST_YEAR} to "
            f"{LAST_YEAR}; correct the year"
        )


def is_projected(day: date) -> bool:
    """Whether a day lies past the officially announced bank holidays."""
    return day > ANNOUNCED_UNTIL
