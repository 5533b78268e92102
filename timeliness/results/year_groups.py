"""What the figures of a year are split by: tenure, outcome, month, quarter or a column."""

from __future__ import annotations

from datetime import date

from timeliness.model.errors import UsageError, hint
from timeliness.model.plain import listed
from timeliness.model.tenures import NOT_GIVEN, TENURES, WORDS, plain_tenure
from timeliness.results.year import (
    YearCount,
)
from timeliness.results.year_records import (
    OUTCOME_CODES,
)

MONTH, QUARTER, LANDLORD = "month", "quarter", "landlord"
BY_ITSELF = (MONTH, QUARTER, LANDLORD)
"""What figures may be split by whether or not a table has such a column."""
NO_GROUP = "not given"

_OUTCOMES = {"partially upheld": "partly upheld", "upheld in part": "partly upheld"}


def plain(name: str) -> str:
    """Return a header as it is compared."""
    return " ".join(name.lower().split())


def tenure_of(text: str, year: YearCount) -> int:
    """Return the code of a tenure as it is written; one that is not known is noted."""
    known = plain_tenure(text)
    meant = year.asked.tenures.get(known) or WORDS.get(known)
    if meant is None:
        meant = NOT_GIVEN
        if known:
            year.odd_tenures.setdefault(text, None)
    return TENURES.index(meant)


def outcome_of(text: str) -> int:
    """Return the code of an outcome as it is written, that of none where it is not known."""
    known = plain_tenure(text)
    return OUTCOME_CODES.get(_OUTCOMES.get(known, known), 0)


def group_of_day(day: date | None, by: str) -> str:
    """Return the month (2025-04), or the quarter of the year from April (2025/26 Q1) of a day."""
    if day is None:
        return ""
    if by == MONTH:
        return f"{day:%Y-%m}"
    first = day.year if day.month > 3 else day.year - 1
    return f"{first}/{(first + 1) % 100:02} Q{(day.month - 4) % 12 // 3 + 1}"


def check_columns(year: YearCount) -> None:
    """Refuse to split by a column that no table has. Raises `UsageError`."""
    known = {plain(name): name for name in year.columns}
    for name, option in ((year.asked.by, "--by"), (year.asked.tenure, "--tenure")):
        if not name or plain(name) in known or (option == "--by" and name in BY_ITSELF):
            continue
        columns = list(known.values()) + (list(BY_ITSELF) if option == "--by" else [])
        if not columns:
            raise UsageError(f'{option} "{name}": nothing here has a column')
        near = hint(name, columns, f"you can use {listed(columns, 'or')}", form=plain)
        raise UsageError(f'{option} "{name}": no table has that column; {near}')
