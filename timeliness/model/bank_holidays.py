"""UK bank holidays, from the `holidays` package, always for a named nation."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping
from datetime import date
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

_PACKAGE = "holidays.countries"


def bank_holidays(subdivision: str, years: Iterable[int]) -> Mapping[date, str]:
    """Return the bank holidays of one nation ("ENG", "WLS", "SCT", "NIR"), with their names."""
    return dict(_united_kingdom()(subdiv=subdivision, years=years, language="en_GB").items())


def _united_kingdom() -> Any:
    """Return the class of the UK's holidays.

    The package of countries imports every country of the world, which takes longer than a whole
    check. So a package that is empty but for its path stands in for it, for this one import.
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
