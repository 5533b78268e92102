"""The tenure and outcome of the complaints of a year, and the columns that its figures need."""

from __future__ import annotations

from timeliness.model.tenures import NOT_GIVEN, TENURES, WORDS, plain_tenure
from timeliness.results.grouping import BY_ITSELF, check_column
from timeliness.results.year import (
    YearCount,
)
from timeliness.results.year_records import (
    OUTCOME_CODES,
)

_OUTCOMES = {"partially upheld": "partly upheld", "upheld in part": "partly upheld"}


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


def check_columns(year: YearCount) -> None:
    """Refuse to split by a column that no table has. Raises `UsageError`."""
    check_column("--by", year.asked.by, year.columns, BY_ITSELF)
    check_column("--tenure", year.asked.tenure, year.columns, ())
