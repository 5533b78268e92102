"""UK bank holidays, from the `holidays` package, always for a named nation."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping
from datetime import date
from functools import partial
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

from msgspec import Struct

_PACKAGE = "holidays.countries"


class Announcement(Struct, frozen=True):
    """An extra bank holiday, the day on which it was announced, and where that is published."""

    day: date
    announced: date
    source: str


ANNOUNCEMENTS = (
    Announcement(
        date(2011, 4, 29),
        date(2010, 11, 23),
        "Prime Minister's Office, 23 November 2010: a holiday for the royal wedding",
    ),
    Announcement(
        date(2022, 9, 19),
        date(2022, 9, 10),
        "The Accession Council, 10 September 2022: the day of the State Funeral, by proclamation",
    ),
    Announcement(
        date(2023, 5, 8),
        date(2022, 11, 6),
        "GOV.UK, 6 November 2022: bank holiday proclaimed in honour of the coronation of His "
        "Majesty King Charles III",
    ),
    Announcement(
        date(2026, 6, 15),
        date(2026, 2, 4),
        "Buckingham Palace, 4 February 2026: a bank holiday in Scotland, by proclamation",
    ),
)
"""The extra bank holidays that were announced within a year before the day itself.

A date quoted before then could not allow for them.
"""

_NEVER_HELD = {"SCT": {date(2006, 11, 30)}}
"""Days that the package has and that were no bank holidays.

St Andrew's Day became a Scottish bank holiday by the St Andrew's Day Bank Holiday (Scotland) Act
2007, which received Royal Assent on 15 January 2007; so the first was in November 2007.
"""


def bank_holidays(subdivision: str, years: Iterable[int]) -> Mapping[date, str]:
    """Return the bank holidays of one nation ("ENG", "WLS", "SCT", "NIR"), with their names."""
    try:
        uk = _united_kingdom()
    except (ImportError, AttributeError):
        # The package is laid out anew: ask in the way that it documents, which is slower.
        uk = partial(import_module("holidays").country_holidays, "GB")
    found = uk(subdiv=subdivision, years=years, language="en_GB").items()
    never = _NEVER_HELD.get(subdivision, ())
    return {day: name for day, name in found if day not in never}


def calendar_source() -> str:
    """Return what the bank holidays come from, with its version."""
    return f"holidays {import_module('holidays').__version__}"


def _united_kingdom() -> Any:
    """Return the class of the UK's holidays, without those of other countries.

    The package of countries imports every country of the world, which takes longer than a whole
    check. So a package that is empty but for its path stands in for it, for this one import.
    Raises `ImportError` or `AttributeError` where the class is not found there.
    """
    if _PACKAGE in sys.modules:
        return import_module(f"{_PACKAGE}.united_kingdom").UnitedKingdom
    import holidays

    package = ModuleType(_PACKAGE)
    package.__path__ = [str(Path(holidays.__file__).parent / "countries")]
    sys.modules[_PACKAGE] = package
    try:
        return import_module(f"{_PACKAGE}.united_kingdom").UnitedKingdom
    finally:
        # Whoever else imports a country gets the real package.
        for name in (_PACKAGE, f"{_PACKAGE}.united_kingdom"):
            sys.modules.pop(name, None)
