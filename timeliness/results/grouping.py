"""By what figures may be split: month or quarter of receipt, landlord, or a column of a table."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from timeliness.model.errors import UsageError, hint
from timeliness.model.plain import listed

MONTH, QUARTER, LANDLORD = "month", "quarter", "landlord"
DATED = (MONTH, QUARTER)
BY_ITSELF = (*DATED, LANDLORD)
"""What figures may be split by whether or not a table has such a column."""
NO_GROUP = "not given"
"""How what has no group is called."""


def plain(name: str) -> str:
    """Return a header as it is compared."""
    return " ".join(name.lower().split())


def split_by(text: str) -> str:
    """Return the name of a column as it was asked for, without needless blanks."""
    name = " ".join(text.split())
    return name.lower() if name.lower() in BY_ITSELF else name


def group_of_day(day: date | None, by: str) -> str:
    """Return the month (2025-04), or the quarter of the year from April (2025/26 Q1) of a day."""
    if day is None:
        return ""
    if by == MONTH:
        return f"{day:%Y-%m}"
    first = day.year if day.month > 3 else day.year - 1
    return f"{first}/{(first + 1) % 100:02} Q{(day.month - 4) % 12 // 3 + 1}"


def group_of(by: str, carried: Mapping[str, str], landlord: str, day: date | None) -> str:
    """Return the group of one complaint; `day` is the one that months and quarters go by."""
    own = {plain(name): text for name, text in carried.items()}
    if plain(by) in own:
        return own[plain(by)].strip()
    if by == LANDLORD:
        return landlord
    return group_of_day(day, by) if by in DATED else ""


def check_column(option: str, name: str, columns: Iterable[str], others: Iterable[str]) -> None:
    """Refuse a column that no table has, unless it is one of others. Raises `UsageError`."""
    known = {plain(one): one for one in columns}
    if not name or plain(name) in known or name in others:
        return
    usable = [*known.values(), *others]
    if not usable:
        raise UsageError(f'{option} "{name}": nothing here has a column')
    near = hint(name, usable, f"you can use {listed(usable, 'or')}", form=plain)
    raise UsageError(f'{option} "{name}": no table has that column; {near}')
